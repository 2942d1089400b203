import type { BadgeDetail, BadgeFacets, BadgeSummary } from '../../../shared/ipc/badges-contract';
import type { ParsedInput } from '../../../shared/ipc/contract';
import { backend } from '../../lib/backend';
import { RowPages } from '../../lib/row-pages.svelte';
import { say } from '../../lib/say.svelte';
import type { BadgeLook } from '../../../shared/ipc/views-contract';
import { Programme } from './programme.svelte';

type Filter = ParsedInput<'badges.list'>['filter'];
type Sort = ParsedInput<'badges.list'>['sort'];
/** What the list can be sorted by. */
export type DraftSortName = Sort['by'];

const SEARCH_AFTER = 120;
const FACETS_AFTER = 1_000;
/** Its rows are in this order, whatever the list is sorted by. */
const PROGRAMME_ORDER: Sort = { by: 'programme', descending: false };
const noFilter = (): Filter => ({ search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false });
const newestFirst = (): Sort => ({ by: 'changedOn', descending: true });

/** The badges that a filter selects, in their order, read page by page; and how many each choice of a filter would. */
export class BadgeListing {
  filter = $state<Filter>(noFilter());
  sort = $state<Sort>(newestFirst());
  facets = $state.raw<BadgeFacets | null>(null);
  /** How many were found, for people who hear the window. */
  announcement = $state('');
  /** How often another filter or order was asked for: the list then shows its top. */
  relisted = $state(0);

  readonly rows = new RowPages<BadgeSummary>((offset, limit) =>
    backend('badges.list', { filter: this.filter, sort: this.#order, offset, limit, withFacts: this.#withFacts }),
  );
  readonly filtered = $derived(
    this.filter.search !== '' ||
      this.filter.withProblems ||
      [this.filter.status, this.filter.earnType, this.filter.owner, this.filter.tag].some(
        (chosen) => chosen.length > 0,
      ),
  );
  /** The workspace has no badge at all. */
  readonly empty = $derived(!this.filtered && this.rows.total === 0);

  /** Read while the badges are shown as one. */
  readonly programme = new Programme(backend);

  readonly #onlisted: () => void;
  #orderedIds: Promise<readonly string[]> | null = null;
  #counted = 0;
  #withFacts = false;
  #asProgramme = false;
  #searchTimer: ReturnType<typeof setTimeout> | undefined;
  #facetsTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param onlisted called when rows may have other places than before */
  constructor(onlisted: () => void) {
    this.#onlisted = onlisted;
  }

  change(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change };
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => void this.#relist(), 'search' in change ? SEARCH_AFTER : 0);
  }

  get #order(): Sort {
    return this.#asProgramme ? PROGRAMME_ORDER : this.sort;
  }

  /** Rows are read with what the look shows and in the order it has; those that are here otherwise are read again. */
  shownAs(look: BadgeLook): void {
    const [withFacts, asProgramme] = [look === 'table' || look === 'programme', look === 'programme'];
    const isMore = withFacts && !this.#withFacts;
    const isOtherOrder = asProgramme !== this.#asProgramme;
    this.#withFacts = withFacts;
    this.#asProgramme = asProgramme;
    if (this.rows.total === null) return;
    if (isOtherOrder) void this.#relist().catch(() => undefined);
    else if (isMore) void this.rows.reload();
  }

  /** Shows what a view says. */
  show({ filter, sort }: { filter: Filter; sort: Sort }): void {
    this.filter = { ...filter };
    this.sort = { ...sort };
    clearTimeout(this.#searchTimer);
    void this.#relist();
  }

  /** Lists everything, in the order of a new window. */
  showEverything(): void {
    this.show({ filter: noFilter(), sort: newestFirst() });
  }

  clearFilter(): void {
    this.change(noFilter());
  }

  sortBy(by: Sort['by']): void {
    const descending = this.sort.by === by ? !this.sort.descending : by === 'changedOn';
    this.sort = { by, descending };
    void this.#relist();
  }

  /** Reads the list from its top. */
  async restart(): Promise<void> {
    this.#orderedIds = null;
    const rows = this.rows.restart();
    // The list can be used without the counts beside its filters, which take longer.
    void this.loadFacets().catch(() => undefined);
    await Promise.all([rows, this.#readProgramme()]);
    this.#onlisted();
  }

  /** Reads the list again where it stands, for example after another screen changed it. */
  async reload(): Promise<void> {
    this.#orderedIds = null;
    await Promise.all([this.rows.reload(), this.#readProgramme(), this.loadFacets()]);
    this.#onlisted();
  }

  /** Lists everything, what was changed last at the top. */
  async showNewest(): Promise<void> {
    this.filter = noFilter();
    this.sort = newestFirst();
    await this.restart();
  }

  /** Counts under the filter as it is now; the answer for an older one never overwrites a newer. */
  async loadFacets(): Promise<void> {
    const counted = (this.#counted += 1);
    const facets = await backend('badges.facets', { filter: this.filter });
    if (counted === this.#counted) this.facets = facets;
  }

  /** The store has a new state of a badge: its row is shown at once, its place and the counts when the list is read again. */
  stored(detail: BadgeDetail): void {
    this.rows.replace((row) => row.id === detail.id, detail.summary);
    this.#orderedIds = null;
    clearTimeout(this.#facetsTimer);
    this.#facetsTimer = setTimeout(() => void this.#lookAfter().catch(() => undefined), FACETS_AFTER);
  }

  /** The ids of all badges the filter selects, in list order; at most 100,000. */
  ids(): Promise<readonly string[]> {
    this.#orderedIds ??= backend('badges.ids', { filter: this.filter, sort: this.#order }).then(
      ({ ids }) => ids,
      (error: unknown) => {
        this.#orderedIds = null;
        throw error;
      },
    );
    return this.#orderedIds;
  }

  /** A badge may have another lane, place or bar than before. */
  async #lookAfter(): Promise<void> {
    if (this.#asProgramme) await this.reload();
    else await this.loadFacets();
  }

  async #readProgramme(): Promise<void> {
    if (this.#asProgramme) await this.programme.read(this.filter);
  }

  async #relist(): Promise<void> {
    this.#orderedIds = null;
    this.relisted += 1;
    const rows = this.rows.restart();
    void this.loadFacets().catch(() => undefined);
    await Promise.all([rows, this.#readProgramme()]);
    this.#onlisted();
    if (this.rows.total !== null) this.announcement = say('badges.count', { count: this.rows.total });
  }
}

/** Whether nothing is searched, filtered or sorted otherwise than at first. */
export function isEverything({ filtered, sort }: BadgeListing): boolean {
  const { by, descending } = newestFirst();
  return !filtered && sort.by === by && sort.descending === descending;
}
