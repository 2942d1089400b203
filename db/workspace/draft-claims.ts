import type { Database, Statement } from 'better-sqlite3';
import type { Claim } from '../../shared/domain/badge';
import type { Instant } from '../../shared/domain/instant';
import type { Draft, DraftStore } from './drafts';
import type { ListRows } from './list-row';

/** The claims of drafts. A claim row is never removed: giving one up only ends it (semantics K4). */
export class DraftClaims {
  readonly #connection: Database;
  readonly #drafts: DraftStore;
  readonly #rows: ListRows;
  readonly #keys: Statement<[number], number>;
  readonly #insert: Statement<[Record<string, unknown>]>;
  readonly #setActive: Statement<[number, number]>;

  constructor(connection: Database, drafts: DraftStore, rows: ListRows) {
    this.#connection = connection;
    this.#drafts = drafts;
    this.#rows = rows;
    this.#keys = connection
      .prepare<[number], number>('SELECT key FROM claims WHERE badge_key = ? ORDER BY key')
      .pluck();
    this.#insert = connection.prepare(
      `INSERT INTO claims (badge_key, owner_type, reference_id, is_active, claimed_on)
       VALUES (:badgeKey, :ownerType, :referenceId, :isActive, :now)`,
    );
    this.#setActive = connection.prepare('UPDATE claims SET is_active = ? WHERE key = ?');
  }

  /**
   * Records what a claim decision made of a draft's claims.
   *
   * @param decide from the draft's claims as they are inside the transaction to the new list: the same claims in the
   *   same order, some ended, new ones after them; what it throws is passed on and nothing is written
   */
  change(id: string, now: Instant, decide: (draft: Draft) => readonly Claim[]): Draft {
    return this.#connection
      .transaction(() => {
        const draft = this.#drafts.get(id);
        const keys = this.#keys.all(draft.key);
        decide(draft).forEach((claim, position) => {
          const isActive = claim.isActive ? 1 : 0;
          const key = keys[position];
          if (key === undefined) this.#insert.run({ ...claim, badgeKey: draft.key, isActive, now });
          else if (claim.isActive !== draft.claims[position]?.isActive) this.#setActive.run(isActive, key);
        });
        this.#rows.refresh(draft.key, id);
        return this.#drafts.get(id);
      })
      .immediate();
  }
}
