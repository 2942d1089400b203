import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import type { Draft, DraftStore } from './drafts';

export interface RevisionLine {
  revision: number;
  savedOn: Instant;
  label: string;
}

/** Going back and forth through the saved states of a draft. The place reached is in the store, so it survives a restart. */
export class DraftHistory {
  readonly #drafts: DraftStore;
  readonly #before: Statement<[number, number], number | null>;
  readonly #after: Statement<[number, number], number | null>;
  readonly #list: Statement<[number], RevisionLine>;

  constructor(connection: Database, drafts: DraftStore) {
    this.#drafts = drafts;
    this.#before = connection
      .prepare<[number, number], number | null>(
        'SELECT max(revision) FROM revisions WHERE badge_key = ? AND revision < ?',
      )
      .pluck();
    this.#after = connection
      .prepare<[number, number], number | null>(
        'SELECT min(revision) FROM revisions WHERE badge_key = ? AND revision > ?',
      )
      .pluck();
    this.#list = connection.prepare(
      'SELECT revision, saved_on AS savedOn, label FROM revisions WHERE badge_key = ? ORDER BY revision DESC',
    );
  }

  /** The revisions that undo and redo would lead to; null where there is nothing to undo or redo. */
  neighbours(draft: Draft): { undo: number | null; redo: number | null } {
    return {
      undo: this.#before.get(draft.key, draft.revision) ?? null,
      redo: this.#after.get(draft.key, draft.revision) ?? null,
    };
  }

  /** The draft unchanged when there is nothing to undo. */
  undo(id: string, now: Instant): Draft {
    const draft = this.#drafts.get(id);
    const { undo } = this.neighbours(draft);
    return undo === null ? draft : this.#drafts.moveTo(draft, undo, now);
  }

  /** The draft unchanged when there is nothing to redo. */
  redo(id: string, now: Instant): Draft {
    const draft = this.#drafts.get(id);
    const { redo } = this.neighbours(draft);
    return redo === null ? draft : this.#drafts.moveTo(draft, redo, now);
  }

  /** All kept states, newest first; those above the current one are what redo would bring back. */
  list(draft: Draft): readonly RevisionLine[] {
    return this.#list.all(draft.key);
  }

  /**
   * Goes to any kept state. An earlier one is saved again as the newest, so that nothing between is lost; one that was
   * undone is reached as redo would reach it.
   *
   * @throws Failure `not-found` when the state is no longer kept
   */
  restore(id: string, revision: number, now: Instant): Draft {
    const draft = this.#drafts.get(id);
    if (revision === draft.revision) return draft;
    if (revision > draft.revision) return this.#drafts.moveTo(draft, revision, now);
    return this.#drafts.appendCopy(draft, revision, `Back to revision ${String(revision)}`, now);
  }
}
