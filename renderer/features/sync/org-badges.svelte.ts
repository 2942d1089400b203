import { pictureAddress } from '../../../shared/art/picture-address';
import { SvelteMap } from 'svelte/reactivity';
import type { ComparisonView, SyncRow } from '../../../shared/ipc/sync-contract';
import { LongWork, type WorkOptions } from '../../lib/long-work.svelte';
import { RowPages } from '../../lib/row-pages.svelte';
import type { Door } from '../../lib/backend';
import { Definitions, type ChosenDefinitions } from './definitions.svelte';
import { Push } from './push.svelte';
import { missingOf, Promotion } from './promotion.svelte';
import type { Reference } from '../../../shared/gateway/references';
import { message, type Message } from '../../../shared/words/message';

/** The states that a filter offers, in the order in which a person would look at them. */
export const STATE_ORDER: readonly SyncRow['state'][] = [
  'conflict',
  'both-changed',
  'live-changed',
  'draft-changed',
  'only-here',
  'only-live',
  'unreadable',
  'unknown',
  'in-sync',
];

/** The gateway takes badges one by one, and a person reads each request before it leaves. */
export const MOST_IN_A_PUSH = 1_000;

export interface PullProgress {
  done: number;
  total: number | null;
}

/** The badges of one connection: what is here, what is there as last pulled, and how they differ. */
export class OrgBadges {
  readonly rows: RowPages<SyncRow>;
  counts = $state.raw<Readonly<Record<string, number>>>({});
  search = $state('');
  state = $state<SyncRow['state'] | 'all'>('all');
  /** Badges that a push, or taking over, is to be about; they stay chosen when the filter changes. */
  readonly chosen = new SvelteMap<string, SyncRow['state']>();
  /** Of those, the ones that have a draft to push, and the ones that are only in the org. */
  readonly chosenHere = $derived(this.#chosenWhere(false));
  readonly chosenThere = $derived(this.#chosenWhere(true));

  /** The badge that is compared; null: none. */
  comparison = $state.raw<ComparisonView | null>(null);
  openedId = $state<string | null>(null);
  /** Why it cannot be compared, or the last choice could not be taken. */
  /** Address of the picture of the badge that is compared; null: it has none, or it is not there yet. */
  picture = $state.raw<string | null>(null);
  #drawn: string | null = null;
  compareFailure = $state.raw<unknown>(null);

  /** Null: no pull is under way. */
  pulling = $state.raw<LongWork<PullProgress, { sentence: Message }> | null>(null);
  pullSentence = $state.raw<Message | null>(null);
  pullFailure = $state.raw<unknown>(null);

  /** Groups and custom fields, here and there. */
  readonly definitions: Definitions;
  /** True while they are shown in the place of the comparison. */
  showsDefinitions = $state(false);

  /** What the org calls what badges bring from others. */
  readonly promotion: Promotion;
  /** What others call what live badges have. */
  readonly there: Promotion;
  /** True while it is shown in the place of the comparison. */
  showsPromotion = $state(false);

  readonly push: Push;
  /** True while the requests of a push are shown in the place of the comparison. */
  showsPush = $state(false);

  readonly isFiltered = $derived(this.search.trim() !== '' || this.state !== 'all');
  readonly connectionId: number;
  readonly #door: Door;
  /** What is told to others when the connection may have changed its state. */
  readonly #onasked: () => void;
  #resolved: Promise<void> = Promise.resolve();

  constructor(door: Door, connectionId: number, onasked: () => void = () => undefined) {
    this.#door = door;
    this.connectionId = connectionId;
    this.#onasked = onasked;
    this.definitions = new Definitions(door, connectionId);
    this.promotion = new Promotion(door, connectionId);
    this.there = new Promotion(door, connectionId);
    this.push = new Push(door, connectionId, (badgeIds) => {
      // What was pushed is done with; another push is another choice.
      for (const badgeId of badgeIds) this.chosen.delete(badgeId);
      void this.refresh();
    });
    this.rows = new RowPages(async (offset, limit) => {
      const page = await door('sync.list', {
        connectionId,
        search: this.search,
        state: this.state === 'all' ? [] : [this.state],
        offset,
        limit,
      });
      this.counts = page.counts;
      return page;
    });
  }

  /** Reads the list and what is opened again; drafts may have been edited meanwhile. */
  async refresh(): Promise<void> {
    this.#onasked();
    await Promise.all([
      this.rows.reload(),
      this.definitions.refresh(),
      this.openedId === null ? undefined : this.open(this.openedId),
    ]);
  }

  searchFor(text: string): void {
    this.search = text;
    void this.rows.restart();
  }

  filter(state: SyncRow['state'] | 'all'): void {
    this.state = state;
    void this.rows.restart();
  }

  choose({ badgeId, state }: Pick<SyncRow, 'badgeId' | 'state'>, isChosen: boolean): void {
    if (isChosen) this.chosen.set(badgeId, state);
    else this.chosen.delete(badgeId);
  }

  #chosenWhere(isOnlyLive: boolean): readonly string[] {
    return [...this.chosen].filter(([, state]) => (state === 'only-live') === isOnlyLive).map(([badgeId]) => badgeId);
  }

  /** Chooses every badge that the filter lets through. */
  async chooseAll(): Promise<void> {
    for (let offset = 0; ;) {
      const { rows, total } = await this.#door('sync.list', {
        connectionId: this.connectionId,
        search: this.search,
        state: this.state === 'all' ? [] : [this.state],
        offset,
        limit: 500,
      });
      for (const row of rows) this.choose(row, true);
      offset += rows.length;
      if (rows.length === 0 || offset >= total) return;
    }
  }

  async open(badgeId: string): Promise<void> {
    this.showsDefinitions = false;
    this.showsPromotion = false;
    this.openedId = badgeId;
    this.compareFailure = null;
    try {
      const comparison = await this.#door('sync.compare', { connectionId: this.connectionId, badgeId });
      if (this.openedId !== badgeId) return;
      this.comparison = comparison;
      void this.#draw(comparison.art);
    } catch (error) {
      if (this.openedId !== badgeId) return;
      this.comparison = null;
      this.compareFailure = error;
    }
  }

  /** The picture of what is compared; a comparison without it is whole all the same. */
  async #draw(art: string | null): Promise<void> {
    if (art === this.#drawn) return;
    this.#drawn = art;
    this.picture = null;
    if (art === null) return;
    const { pictures } = await this.#door('art.thumbnails', { digests: [art] }).catch(() => ({ pictures: {} }));
    const svg = (pictures as Readonly<Record<string, string>>)[art];
    if (this.#drawn === art && svg !== undefined) this.picture = pictureAddress(svg);
  }

  close(): void {
    this.openedId = null;
    this.comparison = null;
    this.compareFailure = null;
  }

  /**
   * Takes one side of some fields. The draft changes, or the live value counts as seen; nothing is sent. Choices made
   * quickly are taken one after the other; a field that is settled by then is left out.
   */
  resolve(fields: readonly string[], take: 'draft' | 'live'): Promise<void> {
    const badgeId = this.openedId;
    this.#resolved = this.#resolved.then(() => this.#resolve(badgeId, fields, take));
    return this.#resolved;
  }

  async #resolve(badgeId: string | null, fields: readonly string[], take: 'draft' | 'live'): Promise<void> {
    const open = this.comparison?.differences.map(({ field }): string => field) ?? [];
    const choices = fields.filter((field) => open.includes(field)).map((field) => ({ field, take }));
    if (badgeId === null || this.openedId !== badgeId || choices.length === 0) return;
    this.compareFailure = null;
    try {
      const { connectionId } = this;
      const comparison = await this.#door('sync.resolve', { connectionId, badgeId, choices });
      if (this.openedId === badgeId) this.comparison = comparison;
      await this.rows.reload();
    } catch (error) {
      this.compareFailure = error;
    }
  }

  /** Makes drafts of live badges. @returns how many were made; a badge that is here already makes none */
  async adopt(remoteIds: readonly string[]): Promise<number> {
    this.compareFailure = null;
    try {
      const { created } = await this.#door('sync.adopt', {
        connectionId: this.connectionId,
        remoteIds: [...remoteIds],
      });
      for (const id of remoteIds) this.chosen.delete(id);
      const [first] = created;
      if (this.openedId !== null && remoteIds.includes(this.openedId) && first !== undefined) await this.open(first);
      await this.rows.reload();
      return created.length;
    } catch (error) {
      this.compareFailure = error;
      return 0;
    }
  }

  /** Reads all badges of the org. */
  async pull(): Promise<void> {
    if (this.pulling !== null) return;
    this.pullSentence = null;
    this.pullFailure = null;
    const { connectionId } = this;
    const work = new LongWork((options: WorkOptions<PullProgress>) =>
      this.#door('sync.pull', { connectionId }, options),
    );
    this.pulling = work;
    await work.run();
    this.pulling = null;
    if (work.state === 'cancelled') this.pullSentence = message('sync.pullCancelled');
    else this.pullSentence = work.answer?.sentence ?? null;
    this.pullFailure = work.failure;
    await this.refresh();
  }

  cancelPull(): void {
    this.pulling?.cancel();
  }

  /** Shows groups and custom fields in the place of the comparison. */
  async openDefinitions(): Promise<void> {
    this.close();
    this.closePush();
    this.showsPromotion = false;
    this.showsDefinitions = true;
    await this.definitions.refresh();
  }

  /** Shows what the org calls what badges bring from others, in the place of the comparison. */
  async openPromotion(): Promise<void> {
    this.close();
    this.closePush();
    this.showsDefinitions = false;
    this.showsPromotion = true;
    await this.promotion.look(null);
  }

  /** Keeps what a held push asked for, and plans it again. */
  async saveMissing(from: number, references: readonly Reference[]): Promise<void> {
    if (!(await this.promotion.save(from, references, 'never'))) return;
    await this.push.again();
    await this.rows.reload();
  }

  /** Says of which org the ids of badges of a push are, and plans it again. Nothing is sent. */
  async sayHome(badgeIds: readonly string[], home: number): Promise<void> {
    try {
      await this.#door('sync.setHome', { badgeIds: [...badgeIds], home });
    } catch (error) {
      this.push.failure = error;
      return;
    }
    await this.push.again();
    const [first] = missingOf(this.push.current?.held ?? []);
    if (first) await this.promotion.look(first.home.id);
    await this.rows.reload();
  }

  /** Says of which org the ids of the draft that is compared are. Nothing is sent. */
  async setHome(home: number): Promise<void> {
    const badgeId = this.openedId;
    if (badgeId === null) return;
    try {
      await this.#door('sync.setHome', { badgeIds: [badgeId], home });
      await this.refresh();
    } catch (error) {
      this.compareFailure = error;
    }
  }

  /** Keeps what the home of the compared draft calls what the live badge has. */
  async saveThere(home: number, references: readonly Reference[]): Promise<void> {
    if (await this.there.saveThere(home, references)) await this.refresh();
  }

  /** Shows what a push of these badges and definitions would send. Nothing leaves. */
  async plan(badgeIds: readonly string[], definitions?: ChosenDefinitions): Promise<void> {
    this.showsPush = true;
    await this.push.plan(badgeIds, definitions);
    const [first] = missingOf(this.push.current?.held ?? []);
    if (first) await this.promotion.look(first.home.id);
  }

  /** Shows what of a plan file is still to be sent. Nothing leaves. */
  async lookAtPlan(source: string): Promise<void> {
    this.showsPush = true;
    await this.push.look(source);
    await this.refresh();
  }

  closePush(): void {
    this.showsPush = false;
    this.push.reset();
  }
}
