import type { Input } from '../../../shared/ipc/contract';
import type { ImportLook } from '../../../shared/ipc/import-contract';
import type { ConnectionView, LiveJobView, SyncRow } from '../../../shared/ipc/sync-contract';
import type { TableChoices } from '../../../shared/ipc/tables-contract';
import { TableLook } from '../../customers/table-look.svelte';
import { BeginForm } from './begin.svelte';
import type { Door } from '../../lib/backend';
import { isCancelled } from '../../lib/failure-wording';
import { say } from '../../lib/say.svelte';

type Source = Input<'liveJobs.lookImport'>;

const MOST_SUGGESTIONS = 100;

/** An import of past awards as a person sets it up: what is written is shown before anything is sent. */
export class ImportForm {
  isOpen = $state(false);
  badge = $state.raw<{ badgeId: string; remoteId: string; name: string } | null>(null);
  badges = $state.raw<readonly SyncRow[]>([]);
  file = $state.raw<{ token: string; name: string } | null>(null);
  /** Whether awards are written that a customer has already. */
  again = $state(false);
  look = $state.raw<ImportLook | null>(null);
  /** Rows gone through by a look that is under way; null: none is. */
  looking = $state<number | null>(null);
  failure = $state.raw<unknown>(null);
  busy = $state(false);
  typedName = $state('');
  readonly begin = new BeginForm();
  readonly connectionId: number;
  readonly #door: Door;
  #searched = 0;
  #looker: AbortController | null = null;
  /** How the table is read. */
  readonly table: TableLook;

  /** Whether a person has to say something of the table first. */
  readonly asks = $derived.by(() => (this.table.inspection?.questions.length ?? 0) > 0);

  /** What is asked for; null: not said whole yet. */
  readonly source = $derived.by<Source | null>(() => {
    const { badge, file, table, again, connectionId, asks } = this;
    if (badge === null || file === null || table.inspection === null || table.running || asks) return null;
    return { connectionId, remoteBadgeId: badge.remoteId, token: file.token, choices: table.choices, again };
  });

  constructor(door: Door, connectionId: number) {
    this.#door = door;
    this.connectionId = connectionId;
    this.table = new TableLook(door);
  }

  open(): void {
    this.isOpen = true;
    void this.searchBadges('');
  }

  /** Leaves it as it is filled in. */
  hide(): void {
    this.isOpen = false;
  }

  /** Empties the form. */
  close(): void {
    this.#looker?.abort();
    this.#looker = null;
    this.table.clear();
    this.isOpen = false;
    this.file = null;
    this.badge = null;
    this.again = false;
    this.typedName = '';
    this.look = null;
    this.looking = null;
    this.failure = null;
    this.begin.take(undefined);
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

  writeAgain(again: boolean): Promise<void> {
    this.again = again;
    return this.ask();
  }

  /** Takes a table, and reads it as was said of the last one with these headings. */
  async take(file: { token: string; name: string }): Promise<void> {
    this.file = file;
    await this.#read({});
    const proposed = this.table.proposed?.choices;
    if (this.file === file && proposed !== undefined) await this.#read(proposed);
  }

  /** A person said more of how the table is read. */
  choose(choice: TableChoices): Promise<void> {
    const before = this.table.choices;
    return this.#read({ ...before, ...choice, columns: { ...before.columns, ...choice.columns } });
  }

  /** Reads the table as it is found, without what was remembered. */
  async drop(): Promise<void> {
    await this.table.forget();
    await this.#read({});
  }

  async #read(choices: TableChoices): Promise<void> {
    const { file } = this;
    if (file === null) return;
    void this.ask();
    if ((await this.table.inspect(file.token, 'awards', choices)) !== null) await this.ask();
  }

  /** Looks at what would be written; only the last question counts. */
  async ask(): Promise<void> {
    this.#looker?.abort();
    this.#looker = null;
    this.look = null;
    this.looking = null;
    this.failure = null;
    const { source } = this;
    if (source === null) return;
    const looker = new AbortController();
    this.#looker = looker;
    this.looking = 0;
    const isLast = (): boolean => looker === this.#looker;
    try {
      const onProgress = ({ done }: { done: number }): void => {
        if (isLast()) this.looking = done;
      };
      const look = await this.#door('liveJobs.lookImport', source, { signal: looker.signal, onProgress });
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
    if (this.badge === null) return say('takeBack.chooseBadge');
    if (this.file === null) return say('imports.chooseFile');
    if (this.table.running) return say('imports.lookingAtTable');
    if (this.asks) return say('imports.answerFirst');
    if (this.look === null) return say('lookAhead.notLookedYet');
    if (this.look.awards === 0) return say('imports.nothing');
    if (kind === 'production' && this.typedName !== name) return say('sync.typeNameFirst');
    return null;
  }

  /** @param others all live jobs of the org */
  async start(
    connection: ConnectionView,
    others: readonly LiveJobView[],
    onstarted: (job: LiveJobView) => void,
  ): Promise<void> {
    const begin = this.begin.begin(others);
    const { source, look, typedName, file, table } = this;
    if (this.busy || begin === null || source === null || look === null || file === null) return;
    this.busy = true;
    this.failure = null;
    try {
      const named = connection.kind === 'production' ? { typedName } : {};
      const job = await this.#door('liveJobs.import', { ...source, seen: look.seen, begin, ...named });
      if (Object.keys(table.choices).length > 0) await table.remember(file.name, table.choices);
      this.close();
      onstarted(job);
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }
}
