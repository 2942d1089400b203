import type { Database } from 'better-sqlite3';
import { and, desc, eq, gt, lt, max, min } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { given } from '../given';
import { lazily } from '../lazily';
import type { Draft, DraftStore } from './drafts';
import { revisions } from './schema';

export interface RevisionLine {
  revision: number;
  savedOn: Instant;
  label: string;
}

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofDraft = eq(revisions.badgeKey, given(revisions.badgeKey, 'key'));
  const current = given(revisions.revision, 'revision');
  return lazily({
    before: () =>
      database
        .select({ revision: max(revisions.revision) })
        .from(revisions)
        .where(and(ofDraft, lt(revisions.revision, current)))
        .prepare(),
    after: () =>
      database
        .select({ revision: min(revisions.revision) })
        .from(revisions)
        .where(and(ofDraft, gt(revisions.revision, current)))
        .prepare(),
    list: () =>
      database
        .select({ revision: revisions.revision, savedOn: revisions.savedOn, label: revisions.label })
        .from(revisions)
        .where(ofDraft)
        .orderBy(desc(revisions.revision))
        .prepare(),
  });
}

/** Going back and forth through the saved states of a draft. The place reached is in the store, so it survives a restart. */
export class DraftHistory {
  readonly #drafts: DraftStore;
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database, drafts: DraftStore) {
    this.#drafts = drafts;
    this.#queries = prepareQueries(connection);
  }

  /** The revisions that undo and redo would lead to; null where there is nothing to undo or redo. */
  neighbours({ key, revision }: Draft): { undo: number | null; redo: number | null } {
    return {
      undo: this.#queries.before.get({ key, revision })?.revision ?? null,
      redo: this.#queries.after.get({ key, revision })?.revision ?? null,
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
    return this.#queries.list.all({ key: draft.key });
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
