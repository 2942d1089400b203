import type { draftBadge, KeptDraft } from '../../../shared/ipc/form-draft';
import type { z } from 'zod';
import type { JobDraft } from '../../../shared/ipc/look-ahead-contract';
import type { ConnectionView, LiveJobView, SyncRow } from '../../../shared/ipc/sync-contract';
import type { JobBegin } from '../../../shared/ipc/job-queue-contract';
import type { Message } from '../../../shared/words/message';
import type { Door } from '../../lib/backend';
import { isCancelled } from '../../lib/failure-wording';
import { say } from '../../lib/say.svelte';
import { BeginForm } from './begin.svelte';
import { DraftKeeper } from './draft-keeper';

const MOST_SUGGESTIONS = 100;

export type ChosenBadge = z.output<typeof draftBadge>;
export type ChosenFile = { token: string; name: string };

/** What every draft of such a form keeps. */
export interface LookedDraft {
  isOpen: boolean;
  badge: ChosenBadge | null;
  file: ChosenFile | null;
  begin?: JobDraft['begin'];
}

/** What every look says. */
export interface FoundRows {
  leftOut: readonly { count: number; words: Message }[];
  notes: readonly Message[];
}

/** How a look is followed. */
export interface LookOptions {
  signal: AbortSignal;
  onProgress: (progress: { done: number }) => void;
}

/** With what a form is started. */
export interface StartWith<Draft> {
  begin: JobBegin;
  form?: Draft;
  typedName?: string;
}

/**
 * A live job that is filled in with a badge and a file, whose rows are looked at before anything is sent: an import, a
 * take-back. It is kept as a draft until it is started.
 */
export abstract class LookedForm<Look extends FoundRows, Draft extends LookedDraft> {
  isOpen = $state(false);
  badge = $state.raw<ChosenBadge | null>(null);
  badges = $state.raw<readonly SyncRow[]>([]);
  file = $state.raw<ChosenFile | null>(null);
  /** The file of a kept draft that cannot be read any more. */
  goneFile = $state<string | null>(null);
  look = $state.raw<Look | null>(null);
  /** Rows gone through by a look that is under way; null: none is. */
  looking = $state<number | null>(null);
  failure = $state.raw<unknown>(null);
  busy = $state(false);
  typedName = $state('');
  readonly begin: BeginForm;
  readonly connectionId: number;
  readonly #keeper: DraftKeeper<Draft>;
  readonly #door: Door;
  #searched = 0;
  #looker: AbortController | null = null;

  /** @param proposesAfter while others of the org run, behind them is proposed; else beside them */
  constructor(door: Door, connectionId: number, proposesAfter: boolean) {
    this.#door = door;
    this.connectionId = connectionId;
    this.begin = new BeginForm(proposesAfter);
    this.#keeper = new DraftKeeper<Draft>({
      current: () => this.draft,
      read: () => this.readDraft(),
      write: (draft) => this.writeDraft(draft),
      take: (draft, goneFile) => {
        this.isOpen = draft.isOpen;
        this.badge = draft.badge;
        this.file = draft.file;
        this.begin.take(draft.begin);
        this.fill(draft);
        this.goneFile = goneFile;
      },
      failed: (error) => (this.failure = error),
    });
  }

  /** The form as it is kept. */
  abstract get draft(): Draft;
  /** Whether anything is filled in that another form in its place would overwrite. */
  abstract get isBegun(): boolean;
  protected abstract readDraft(): Promise<KeptDraft<Draft> | null>;
  protected abstract writeDraft(draft: Draft | null): Promise<unknown>;
  /** Takes what this kind of form has of its own. @param draft null: nothing is filled in */
  protected abstract fill(draft: Draft | null): void;
  /** @returns null where it is not said whole yet what is to be looked at */
  protected abstract lookAt(options: LookOptions): Promise<Look> | null;
  /** What is missing before it can be started; null: nothing. */
  protected abstract missing(): string | null;
  /** @returns null where it is not said whole yet */
  protected abstract send(look: Look, given: StartWith<Draft>): Promise<LiveJobView> | null;

  /** Opens or closes the form, as a person does; it stays as it is filled in. */
  show(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.#keeper.said();
  }

  /** It is on the screen: what can be chosen is read, and what was kept is looked at. */
  async shown(): Promise<void> {
    void this.searchBadges('');
    await this.restore();
    if (this.look === null && this.looking === null) await this.ask();
  }

  /** Takes the draft that was kept, unless the form is in use already. */
  restore(): Promise<void> {
    return this.#keeper.restore();
  }

  /** Keeps the form as it stands, once it has come to rest. */
  keepSoon(): void {
    this.#keeper.soon();
  }

  keep(): Promise<void> {
    return this.#keeper.keep();
  }

  /** Empties the form, and with it the draft. */
  async startOver(isOpen = true): Promise<void> {
    this.#empty();
    this.isOpen = isOpen;
    await this.#keeper.forget();
  }

  /** Shows what a job that was taken out was filled in as. */
  async reload(): Promise<void> {
    this.#keeper.leave();
    this.#empty();
    await this.restore();
  }

  async searchBadges(search: string): Promise<void> {
    const searched = (this.#searched += 1);
    try {
      const { connectionId } = this;
      const { rows } = await this.#door('sync.list', { connectionId, search, limit: MOST_SUGGESTIONS });
      if (searched === this.#searched) this.badges = rows.filter(({ remoteId }) => remoteId !== null);
    } catch (error) {
      this.failure = error;
    }
  }

  chooseBadge(badgeId: string): Promise<void> {
    const row = this.badges.find((known) => known.badgeId === badgeId);
    this.badge = row?.remoteId ? { badgeId, remoteId: row.remoteId, name: row.name } : null;
    return this.ask();
  }

  take({ token, name }: ChosenFile): Promise<void> {
    this.file = { token, name };
    this.goneFile = null;
    return this.ask();
  }

  /** Looks at what would be done; only the last question counts. */
  async ask(): Promise<void> {
    this.#stopLooking();
    this.failure = null;
    const looker = new AbortController();
    const isLast = (): boolean => looker === this.#looker;
    const asked = this.lookAt({
      signal: looker.signal,
      onProgress: ({ done }) => {
        if (isLast()) this.looking = done;
      },
    });
    if (asked === null) return;
    this.#looker = looker;
    this.looking = 0;
    try {
      const look = await asked;
      if (isLast()) this.look = look;
    } catch (error) {
      if (isLast() && !isCancelled(error)) this.failure = error;
    } finally {
      if (isLast()) this.looking = null;
    }
  }

  /** What keeps it from being started; null: nothing. */
  blocked({ name, kind, writable }: ConnectionView): string | null {
    if (!writable) return say('sync.readOnly', { name });
    const missing = this.missing();
    if (missing !== null) return missing;
    return kind === 'production' && this.typedName !== name ? say('sync.typeNameFirst') : null;
  }

  /**
   * Starts the job, or puts it to wait. Where that fails, `failure` says why, nothing was sent, and the form stays.
   *
   * @param others all live jobs of the org
   */
  async start(
    connection: ConnectionView,
    others: readonly LiveJobView[],
    onstarted: (job: LiveJobView) => void,
  ): Promise<void> {
    const begin = this.begin.begin(others);
    const { look } = this;
    if (this.busy || begin === null || look === null) return;
    const sent = this.send(look, {
      begin,
      ...(begin.kind === 'now' ? {} : { form: this.draft }),
      ...(connection.kind === 'production' ? { typedName: this.typedName } : {}),
    });
    if (sent === null) return;
    this.busy = true;
    this.failure = null;
    try {
      onstarted(await sent);
      await this.startOver(false);
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }

  #stopLooking(): void {
    this.#looker?.abort();
    this.#looker = null;
    this.look = null;
    this.looking = null;
  }

  #empty(): void {
    this.#stopLooking();
    this.badge = null;
    this.file = null;
    this.goneFile = null;
    this.typedName = '';
    this.failure = null;
    this.begin.take(undefined);
    this.fill(null);
  }
}
