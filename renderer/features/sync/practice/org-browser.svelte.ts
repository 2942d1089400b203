import type { PracticeBadge, PracticeClaim, PracticeRecord } from '../../../../shared/ipc/practice-contract';
import { RowPages } from '../../../lib/row-pages.svelte';
import type { Door } from '../../../lib/backend';

/** Between a call and what is read again because of it: a load of calls must not become a load of questions. */
const SETTLE_MILLISECONDS = 250;

/** What the practice org holds, read page by page while it runs. */
export class OrgBrowser {
  readonly badges: RowPages<PracticeBadge>;
  readonly records: RowPages<PracticeRecord>;
  search = $state('');
  kind = $state<'enrolment' | 'award'>('award');
  /** As it was typed. */
  customer = $state('');
  /** The badge whose records are shown; null: those of every badge. */
  chosen = $state.raw<PracticeBadge | null>(null);
  claims = $state.raw<readonly PracticeClaim[]>([]);
  /** The newest badge of the org, for the ready-made calls; null: there is none. */
  newest = $state.raw<PracticeBadge | null>(null);
  /** False until the org runs. */
  isOpen = $state(false);

  readonly customerIsWrong = $derived(this.customer.trim() !== '' && this.#customerId() === undefined);

  readonly #door: Door;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(door: Door) {
    this.#door = door;
    this.badges = new RowPages((offset, limit) =>
      this.#door('practice.badges', { search: this.search, offset, limit }),
    );
    this.records = new RowPages((offset, limit) =>
      this.#door('practice.records', {
        kind: this.kind,
        badgeId: this.chosen?.id ?? null,
        customerId: this.#customerId() ?? null,
        offset,
        limit,
      }),
    );
  }

  #customerId(): number | undefined {
    const text = this.customer.trim();
    return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
  }

  /** The org runs: what was shown of another one is forgotten. */
  opened(): void {
    this.isOpen = true;
    this.chosen = null;
    this.claims = [];
    void this.#reread(true);
  }

  closed(): void {
    this.isOpen = false;
    this.newest = null;
  }

  /** Something was written: what is shown is read again, soon. */
  changed(): void {
    if (!this.isOpen || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#reread(false);
    }, SETTLE_MILLISECONDS);
  }

  searchFor(text: string): void {
    this.search = text;
    void this.badges.restart();
  }

  choose(badge: PracticeBadge | null): void {
    this.chosen = badge;
    this.claims = [];
    if (badge !== null) this.kind = badge.earnType === 'ISSUE_EARN' && badge.earnedCount === 0 ? 'enrolment' : 'award';
    void this.#readChosen();
    void this.records.restart();
  }

  show(kind: 'enrolment' | 'award'): void {
    this.kind = kind;
    void this.records.restart();
  }

  findCustomer(text: string): void {
    this.customer = text;
    if (!this.customerIsWrong) void this.records.restart();
  }

  async #reread(fromTop: boolean): Promise<void> {
    if (!this.isOpen) return;
    const read = (pages: RowPages<unknown>): Promise<void> => (fromTop ? pages.restart() : pages.reload());
    await Promise.all([read(this.badges), read(this.records), this.#readChosen(), this.#readNewest()]);
  }

  async #readChosen(): Promise<void> {
    const id = this.chosen?.id;
    if (id === undefined) return;
    try {
      const { badge, claims } = await this.#door('practice.badge', { id });
      if (this.chosen?.id !== id) return;
      this.chosen = badge;
      this.claims = claims;
    } catch {
      // It is gone with a reset; then its records are, too.
      if (this.chosen?.id !== id) return;
      this.chosen = null;
      this.claims = [];
      await this.records.restart();
    }
  }

  async #readNewest(): Promise<void> {
    try {
      const { rows } = await this.#door('practice.badges', { limit: 1 });
      this.newest = rows[0] ?? null;
    } catch {
      this.newest = null;
    }
  }
}
