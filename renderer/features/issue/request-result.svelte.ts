import { message } from '../../../shared/words/message';
import { SvelteSet } from 'svelte/reactivity';
import { Failure } from '../../../shared/ipc/errors';
import type { IssueRow, OutcomeCount, RequestSummary, RowExplanation } from '../../../shared/ipc/issuance-contract';
import { FileExport } from '../../lib/file-export.svelte';
import { RowPages } from '../../lib/row-pages.svelte';
import type { Door } from '../../lib/backend';

const SEARCH_DELAY_MILLISECONDS = 150;

/** One request of the history, opened: its outcomes, its customers by filter, and why one of them came out so. */
export class RequestResult {
  readonly summary: RequestSummary;
  readonly outcomes = new SvelteSet<string>();
  customer = $state('');
  readonly rows: RowPages<IssueRow>;

  selected = $state<number | null>(null);
  explanation = $state.raw<RowExplanation | null>(null);
  explainedRow = $state.raw<IssueRow | null>(null);
  explaining = $state(false);
  explainFailure = $state.raw<unknown>(null);

  readonly export = new FileExport();

  /** Counts the changes of the filter, after each of which the table begins at its top. */
  filterChanges = $state(0);

  readonly filtered = $derived(this.outcomes.size > 0 || this.customer.trim() !== '');

  readonly #door: Door;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(door: Door, summary: RequestSummary) {
    this.#door = door;
    this.summary = summary;
    this.rows = new RowPages(
      (offset, limit) => this.#door('requests.rows', { id: this.summary.id, filter: this.filter(), offset, limit }),
      200,
    );
  }

  /** The filter as the backend takes it; also what an export of the filtered rows means. */
  filter(): { outcomes: string[]; customer: string } {
    return { outcomes: [...this.outcomes], customer: this.customer.trim().slice(0, 40) };
  }

  toggleOutcome(outcome: string): void {
    if (!this.outcomes.delete(outcome)) this.outcomes.add(outcome);
    this.#filterChanged();
  }

  clearFilter(): void {
    this.outcomes.clear();
    this.customer = '';
    this.#filterChanged();
  }

  /** Searches by customer shortly after the last keystroke. */
  searchCustomer(text: string): void {
    this.customer = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#filterChanged(), SEARCH_DELAY_MILLISECONDS);
  }

  #filterChanged(): void {
    clearTimeout(this.#timer);
    this.closeExplanation();
    this.filterChanges += 1;
    void this.rows.restart();
  }

  /** Opens the explanation of the row at a place of the filtered list, also of one whose page is not here yet. */
  async explain(index: number): Promise<void> {
    const asked = (this.#asked += 1);
    this.selected = index;
    this.explainedRow = this.rows.at(index) ?? this.explainedRow;
    this.explanation = null;
    this.explainFailure = null;
    this.explaining = true;
    try {
      const row = this.rows.at(index) ?? (await this.#fetchRow(index));
      if (asked !== this.#asked) return;
      this.explainedRow = row;
      const explanation = await this.#door('requests.explain', { id: this.summary.id, ordinal: row.ordinal });
      if (asked === this.#asked) this.explanation = explanation;
    } catch (error) {
      if (asked === this.#asked) this.explainFailure = error;
    } finally {
      if (asked === this.#asked) this.explaining = false;
    }
  }

  async #fetchRow(index: number): Promise<IssueRow> {
    const page = await this.#door('requests.rows', {
      id: this.summary.id,
      filter: this.filter(),
      offset: index,
      limit: 1,
    });
    const [row] = page.rows;
    if (row === undefined) throw new Failure('not-found', message('issue.rowGone'));
    return row;
  }

  closeExplanation(): void {
    this.#asked += 1;
    this.selected = null;
    this.explainedRow = null;
    this.explanation = null;
    this.explaining = false;
    this.explainFailure = null;
  }

  /** Writes all rows, or the filtered ones, to the file a save dialog named. */
  exportRows(token: string, onlyFiltered: boolean): Promise<void> {
    const filter = onlyFiltered ? this.filter() : { outcomes: [], customer: '' };
    return this.export.write(token, (options) =>
      this.#door('requests.export', { id: this.summary.id, filter, target: token }, options),
    );
  }
}

/** The outcomes of a request as shares of a whole, the granted first, then refusals from the most frequent on. */
export function outcomeShares(outcomes: readonly OutcomeCount[]): readonly (OutcomeCount & { share: number })[] {
  const total = outcomes.reduce((sum, { count }) => sum + count, 0);
  return outcomes
    .filter(({ count }) => count > 0)
    .map((outcome) => ({ ...outcome, share: total === 0 ? 0 : outcome.count / total }))
    .sort((a, b) => Number(b.outcome === 'ok') - Number(a.outcome === 'ok') || b.count - a.count);
}
