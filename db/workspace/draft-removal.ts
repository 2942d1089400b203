import type { Database } from 'better-sqlite3';
import { and, count, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { DAY, type Instant } from '../../shared/domain/instant';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import type { ListRows } from './list-row';
import { badges } from './schema';

/** How long a deleted draft can be brought back. */
export const KEPT_AFTER_DELETION = 30 * DAY;

/** A deleted draft that can still be brought back. */
export interface DeletedDraft {
  id: string;
  name: string;
  deletedOn: Instant;
}

export interface RemovalCandidate {
  id: string;
  name: string;
  pushedOn: Instant | null;
}

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofId = eq(badges.id, given(badges.id, 'id'));
  return lazily({
    candidate: () =>
      database
        .select({ id: badges.id, name: badges.name, pushedOn: badges.pushedOn })
        .from(badges)
        .where(and(ofId, isNull(badges.deletedOn)))
        .prepare(),
    mark: () =>
      database
        .update(badges)
        .set({ ...givenColumns(badges, 'deletedOn'), nameShared: false })
        .where(and(ofId, isNull(badges.deletedOn)))
        .returning({ key: badges.key, name: badges.name })
        .prepare(),
    unmark: () =>
      database
        .update(badges)
        .set({ deletedOn: null })
        .where(and(ofId, isNotNull(badges.deletedOn)))
        .returning({ key: badges.key })
        .prepare(),
    deleted: () =>
      database
        .select({ id: badges.id, name: badges.name, deletedOn: sql<Instant>`${badges.deletedOn}` })
        .from(badges)
        .where(isNotNull(badges.deletedOn))
        .orderBy(desc(badges.deletedOn), desc(badges.key))
        .limit(sql.placeholder('limit'))
        .offset(sql.placeholder('offset'))
        .prepare(),
    trashed: () =>
      database
        .select({ id: badges.id, name: badges.name, revision: badges.revision })
        .from(badges)
        .where(and(ofId, isNotNull(badges.deletedOn)))
        .prepare(),
    deletedCount: () => database.select({ count: count() }).from(badges).where(isNotNull(badges.deletedOn)).prepare(),
    forget: () =>
      database
        .delete(badges)
        .where(and(ofId, isNotNull(badges.deletedOn)))
        .prepare(),
    purge: () =>
      database
        .delete(badges)
        .where(and(isNotNull(badges.deletedOn), lt(badges.deletedOn, given(badges.deletedOn, 'before'))))
        .prepare(),
  });
}

/** Deleting drafts and bringing them back. A deleted draft keeps everything until its time is over. */
export class DraftRemoval {
  readonly #connection: Database;
  readonly #rows: ListRows;
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database, rows: ListRows) {
    this.#connection = connection;
    this.#rows = rows;
    this.#queries = prepareQueries(connection);
  }

  /** The drafts among these ids, in the order given; unknown ids and those deleted already are left out. */
  candidates(ids: readonly string[]): RemovalCandidate[] {
    return ids.map((id) => this.#queries.candidate.get({ id })).filter((candidate) => candidate !== undefined);
  }

  /** All in one transaction. */
  delete(ids: readonly string[], now: Instant): void {
    this.#connection
      .transaction(() => {
        const names = new Set<string>();
        for (const id of ids) {
          const deleted = this.#queries.mark.get({ id, deletedOn: now });
          if (!deleted) continue;
          this.#rows.removeTags(deleted.key);
          names.add(deleted.name);
        }
        for (const name of names) this.#rows.refreshNamesakes(name);
      })
      .immediate();
  }

  /** @returns the ids that came back; others were not deleted, or their time is over */
  undelete(ids: readonly string[]): string[] {
    return this.#connection
      .transaction(() =>
        ids.filter((id) => {
          const restored = this.#queries.unmark.get({ id });
          if (restored) this.#rows.refresh(restored.key, id);
          return restored !== undefined;
        }),
      )
      .immediate();
  }

  /** The deleted drafts, the one deleted last first. */
  deleted(offset: number, limit: number): { total: number; rows: DeletedDraft[] } {
    return {
      total: this.#queries.deletedCount.get({})?.count ?? 0,
      rows: this.#queries.deleted.all({ offset, limit }),
    };
  }

  /** Those among these ids that lie in the trash, each with the revision that it comes back with. */
  inTrash(ids: readonly string[]): { id: string; name: string; revision: number }[] {
    return ids.flatMap((id) => this.#queries.trashed.get({ id }) ?? []);
  }

  /** Removes deleted drafts for good, in one transaction. @returns how many of these ids were deleted drafts */
  forget(ids: readonly string[]): number {
    return this.#connection
      .transaction(() => ids.reduce((sum, id) => sum + this.#queries.forget.run({ id }).changes, 0))
      .immediate();
  }

  /** Removes for good what was deleted too long ago. @returns how many drafts that were */
  purge(now: Instant): number {
    return this.#queries.purge.run({ before: now - KEPT_AFTER_DELETION }).changes;
  }
}
