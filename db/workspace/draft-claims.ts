import type { Database } from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Claim } from '../../shared/domain/badge';
import type { Instant } from '../../shared/domain/instant';
import type { Draft, DraftStore } from './drafts';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import type { ListRows } from './list-row';
import { claims } from './schema';

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  return lazily({
    keys: () =>
      database
        .select({ key: claims.key })
        .from(claims)
        .where(eq(claims.badgeKey, given(claims.badgeKey, 'badgeKey')))
        .orderBy(claims.key)
        .prepare(),
    insert: () =>
      database
        .insert(claims)
        .values(givenColumns(claims, 'badgeKey', 'ownerType', 'referenceId', 'isActive', 'claimedOn'))
        .prepare(),
    setActive: () =>
      database
        .update(claims)
        .set(givenColumns(claims, 'isActive'))
        .where(eq(claims.key, given(claims.key, 'key')))
        .prepare(),
  });
}

/** The claims of drafts. A claim row is never removed: giving one up only ends it (semantics K4). */
export class DraftClaims {
  readonly #connection: Database;
  readonly #drafts: DraftStore;
  readonly #rows: ListRows;
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database, drafts: DraftStore, rows: ListRows) {
    this.#connection = connection;
    this.#drafts = drafts;
    this.#rows = rows;
    this.#queries = prepareQueries(connection);
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
        const rows = this.#queries.keys.all({ badgeKey: draft.key });
        decide(draft).forEach((claim, position) => {
          const row = rows[position];
          if (!row) this.#queries.insert.run({ ...claim, badgeKey: draft.key, claimedOn: now });
          else if (claim.isActive !== draft.claims[position]?.isActive) {
            this.#queries.setActive.run({ key: row.key, isActive: claim.isActive });
          }
        });
        this.#rows.refresh(draft.key, id);
        return this.#drafts.get(id);
      })
      .immediate();
  }
}
