import type { Database, Statement } from 'better-sqlite3';
import { DAY, type Instant } from '../../shared/domain/instant';
import type { ListRows } from './list-row';

/** How long a deleted draft can be brought back. */
export const KEPT_AFTER_DELETION = 30 * DAY;

export interface RemovalCandidate {
  id: string;
  name: string;
  pushedOn: Instant | null;
}

/** Deleting drafts and bringing them back. A deleted draft keeps everything until its time is over. */
export class DraftRemoval {
  readonly #connection: Database;
  readonly #rows: ListRows;
  readonly #candidate: Statement<[string], RemovalCandidate>;
  readonly #mark: Statement<[{ id: string; now: Instant }], { key: number; name: string }>;
  readonly #unmark: Statement<[string], { key: number }>;
  readonly #purge: Statement<[Instant]>;

  constructor(connection: Database, rows: ListRows) {
    this.#connection = connection;
    this.#rows = rows;
    this.#candidate = connection.prepare(
      'SELECT id, name, pushed_on AS pushedOn FROM badges WHERE id = ? AND deleted_on IS NULL',
    );
    this.#mark = connection.prepare(
      'UPDATE badges SET deleted_on = :now, name_shared = 0 WHERE id = :id AND deleted_on IS NULL RETURNING key, name',
    );
    this.#unmark = connection.prepare(
      'UPDATE badges SET deleted_on = NULL WHERE id = ? AND deleted_on IS NOT NULL RETURNING key',
    );
    this.#purge = connection.prepare('DELETE FROM badges WHERE deleted_on IS NOT NULL AND deleted_on < ?');
  }

  /** The drafts among these ids, in the order given; unknown ids and those deleted already are left out. */
  candidates(ids: readonly string[]): RemovalCandidate[] {
    return ids.map((id) => this.#candidate.get(id)).filter((candidate) => candidate !== undefined);
  }

  /** All in one transaction. */
  delete(ids: readonly string[], now: Instant): void {
    this.#connection
      .transaction(() => {
        const names = new Set<string>();
        for (const id of ids) {
          const deleted = this.#mark.get({ id, now });
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
          const restored = this.#unmark.get(id);
          if (restored) this.#rows.refresh(restored.key, id);
          return restored !== undefined;
        }),
      )
      .immediate();
  }

  /** Removes for good what was deleted too long ago. @returns how many drafts that were */
  purge(now: Instant): number {
    return this.#purge.run(now - KEPT_AFTER_DELETION).changes;
  }
}
