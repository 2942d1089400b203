import type { BadgeDetail, BadgeSummary } from '../../../shared/ipc/badges-contract';
import type { Door } from '../../lib/backend';

const MOST_SUGGESTIONS = 50;

/** Which badge a request is for: a search over the workspace, and the badge that was chosen in full. */
export class BadgeChoice {
  search = $state('');
  suggestions = $state.raw<readonly BadgeSummary[]>([]);
  /** How many badges the search finds, of which at most 50 are suggested. */
  found = $state<number | null>(null);
  /** How many badges the workspace holds; null until known. Zero teaches where badges come from. */
  inWorkspace = $state<number | null>(null);

  detail = $state.raw<BadgeDetail | null>(null);
  loading = $state(false);
  failure = $state.raw<unknown>(null);

  readonly #door: Door;
  #asked = 0;
  #opened = 0;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Reads the suggestions for a text; the answer of an older text never overwrites a newer one. */
  async suggest(search: string): Promise<void> {
    this.search = search;
    const asked = (this.#asked += 1);
    try {
      const page = await this.#door('badges.list', {
        filter: { search: search.trim() },
        sort: { by: search.trim() === '' ? 'changedOn' : 'name', descending: search.trim() === '' },
        limit: MOST_SUGGESTIONS,
      });
      if (asked !== this.#asked) return;
      this.suggestions = page.rows;
      this.found = page.total;
      if (search.trim() === '') this.inWorkspace = page.total;
      this.failure = null;
    } catch (error) {
      if (asked === this.#asked) this.failure = error;
    }
  }

  /** Chooses a badge and reads it in full: its claims, its problems, its dates. */
  async choose(id: string): Promise<void> {
    const opened = (this.#opened += 1);
    this.loading = true;
    try {
      const detail = await this.#door('badges.get', { id });
      if (opened !== this.#opened) return;
      this.detail = detail;
      this.failure = null;
    } catch (error) {
      if (opened !== this.#opened) return;
      this.detail = null;
      this.failure = error;
    } finally {
      if (opened === this.#opened) this.loading = false;
    }
  }

  /** Reads the chosen badge again, since it may have been edited or deleted on another screen. */
  async refresh(): Promise<void> {
    if (this.detail) await this.choose(this.detail.id);
    await this.suggest(this.search);
  }

  /** Takes the badge as a call has just answered it. */
  replace(detail: BadgeDetail): void {
    this.#opened += 1;
    this.loading = false;
    this.detail = detail;
  }
}
