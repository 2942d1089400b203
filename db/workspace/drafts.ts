import type { Database } from 'better-sqlite3';
import { and, eq, gt, isNull, lte, max, ne, or, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { Claim } from '../../shared/domain/badge';
import type { Instant } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { inspectDraft, type DraftInspection } from './inspect-draft';
import type { ListRows } from './list-row';
import { outlineOf } from './outline';
import { badges, claims, revisions } from './schema';
import type { SettingsStore } from './settings';

/** Saved states kept of each draft. */
export const MOST_REVISIONS = 200;
/** Bytes of text that they hold together; the newest is kept however long it is. */
export const MOST_REVISION_BYTES = 32 * 1024 * 1024;

/** A draft as it stands. Instants are microseconds since the epoch. */
export interface Draft {
  key: number;
  id: string;
  /** The create body as JSON text, exactly as it was saved; may break any rule, or not be JSON. */
  body: string;
  /** Sent with X-CAP-BADGES-MIGRATION (semantics L4). */
  migration: boolean;
  revision: number;
  /** When the start date got its value: 722 is judged as of then. */
  startSetOn: Instant;
  createdOn: Instant;
  changedOn: Instant;
  /** Null while no live org has it. */
  pushedOn: Instant | null;
  /** In the order they were made, unclaimed ones included. */
  claims: readonly Claim[];
  /** Digest of the design (arts.ts); null: it has none. */
  art: string | null;
}

/** What a save writes besides the text. */
export interface SavedState {
  body: string;
  migration: boolean;
  label: string;
  now: Instant;
  /** Digest of a kept design, or null to take it away; the one of the revision before unless given. */
  art?: string | null;
}

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofKey = eq(badges.key, given(badges.key, 'key'));
  const ofDraft = eq(revisions.badgeKey, given(revisions.badgeKey, 'key'));
  const revision = given(revisions.revision, 'revision');
  const isCurrent = and(eq(revisions.badgeKey, badges.key), eq(revisions.revision, badges.revision));
  const newestFirst = sql`(ORDER BY ${revisions.revision} DESC ROWS UNBOUNDED PRECEDING)`;
  // octet_length is known from the head of a row: the texts themselves are not read.
  const places = database
    .select({
      revision: revisions.revision,
      place: sql<number>`row_number() OVER ${newestFirst}`.as('place'),
      bytes: sql<number>`sum(octet_length(${revisions.body})) OVER ${newestFirst}`.as('bytes'),
    })
    .from(revisions)
    .where(ofDraft)
    .as('places');
  const newestToDrop = database
    .select({ revision: max(places.revision) })
    .from(places)
    .where(or(gt(places.place, MOST_REVISIONS), and(gt(places.place, 1), gt(places.bytes, MOST_REVISION_BYTES))));
  return lazily({
    find: () =>
      database
        .select({
          key: badges.key,
          id: badges.id,
          body: revisions.body,
          migration: revisions.migration,
          revision: badges.revision,
          startSetOn: revisions.startSetOn,
          createdOn: badges.createdOn,
          changedOn: badges.changedOn,
          pushedOn: badges.pushedOn,
          art: revisions.art,
        })
        .from(badges)
        .innerJoin(revisions, isCurrent)
        .where(and(eq(badges.id, given(badges.id, 'id')), isNull(badges.deletedOn)))
        .prepare(),
    claims: () =>
      database
        .select({ ownerType: claims.ownerType, referenceId: claims.referenceId, isActive: claims.isActive })
        .from(claims)
        .where(eq(claims.badgeKey, given(claims.badgeKey, 'key')))
        .orderBy(claims.key)
        .prepare(),
    insertBadge: () =>
      database
        .insert(badges)
        .values({
          ...givenColumns(badges, 'id', 'createdOn', 'changedOn'),
          ...{ revision: 0, lastRevision: 0, name: '', sortName: '', searchText: '', active: false, owners: 0 },
          ...{ tags: '[]', activeClaims: 0, problems: 0, problemsPastAllowed: 0, nameShared: false },
        })
        .prepare(),
    insertRevision: () =>
      database
        .insert(revisions)
        .values(
          givenColumns(revisions, 'badgeKey', 'revision', 'savedOn', 'label', 'body', 'migration', 'startSetOn', 'art'),
        )
        .prepare(),
    dropRedo: () =>
      database
        .delete(revisions)
        .where(and(ofDraft, gt(revisions.revision, revision)))
        .prepare(),
    dropOldest: () =>
      database
        .delete(revisions)
        .where(and(ofDraft, lte(revisions.revision, newestToDrop)))
        .prepare(),
    point: () =>
      database
        .update(badges)
        .set({
          ...givenColumns(badges, 'revision', 'changedOn'),
          lastRevision: sql`max(${badges.lastRevision}, ${revision})`,
        })
        .where(ofKey)
        .prepare(),
    revision: () =>
      database
        .select({
          body: revisions.body,
          migration: revisions.migration,
          startSetOn: revisions.startSetOn,
          art: revisions.art,
        })
        .from(revisions)
        .where(and(ofDraft, eq(revisions.revision, revision)))
        .prepare(),
    numbers: () =>
      database.select({ current: badges.revision, last: badges.lastRevision }).from(badges).where(ofKey).prepare(),
    namesakes: () =>
      database
        .select({ key: badges.key })
        .from(badges)
        .where(
          and(
            eq(badges.name, given(badges.name, 'name')),
            isNull(badges.deletedOn),
            ne(badges.id, given(badges.id, 'exceptId')),
          ),
        )
        .limit(1)
        .prepare(),
    ofName: () =>
      database
        .select({ id: badges.id })
        .from(badges)
        .where(and(eq(badges.name, given(badges.name, 'name')), isNull(badges.deletedOn)))
        .limit(2)
        .prepare(),
    allOfName: () =>
      database
        .select({ id: badges.id })
        .from(badges)
        .where(and(eq(badges.name, given(badges.name, 'name')), isNull(badges.deletedOn)))
        .prepare(),
  });
}

/** Drafts and their saved states. Every change is one transaction that also brings the list up to date. */
export class DraftStore {
  readonly #connection: Database;
  readonly #settings: SettingsStore;
  readonly #rows: ListRows;
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database, settings: SettingsStore, rows: ListRows) {
    this.#connection = connection;
    this.#settings = settings;
    this.#rows = rows;
    this.#queries = prepareQueries(connection);
  }

  find(id: string): Draft | undefined {
    const row = this.#queries.find.get({ id });
    return row && { ...row, claims: this.#queries.claims.all({ key: row.key }) as Claim[] };
  }

  /** @throws Failure `not-found` */
  get(id: string): Draft {
    const draft = this.find(id);
    if (draft) return draft;
    throw new Failure('not-found', message('badges.gone'));
  }

  /** A draft judged by the rules of the create call as they stand in this workspace. */
  inspect(draft: Draft): DraftInspection {
    const claimedBy = draft.claims.filter((claim) => claim.isActive).map((claim) => claim.ownerType);
    return inspectDraft({ ...draft, claimedBy }, this.#settings.current, (name) => this.nameTaken(name, draft.id));
  }

  /** The one draft of exactly this name; undefined where there is none, or several (semantics L6). */
  named(name: string): Draft | undefined {
    const [only, another] = this.#queries.ofName.all({ name });
    return only === undefined || another !== undefined ? undefined : this.find(only.id);
  }

  /** All drafts of exactly this name. */
  idsNamed(name: string): string[] {
    return this.#queries.allOfName.all({ name }).map(({ id }) => id);
  }

  /** Whether a draft other than `exceptId` has exactly this name (semantics L6). */
  nameTaken(name: string, exceptId = ''): boolean {
    return this.#queries.namesakes.get({ name, exceptId }) !== undefined;
  }

  /** @param id a fresh id of 24 hex digits */
  create(id: string, state: SavedState): Draft {
    return this.#connection
      .transaction(() => {
        const key = Number(
          this.#queries.insertBadge.run({ id, createdOn: state.now, changedOn: state.now }).lastInsertRowid,
        );
        this.#append(key, id, { ...state, art: state.art ?? null, startSetOn: state.now });
        return this.get(id);
      })
      .immediate();
  }

  /**
   * Saves the next state. What redo could have brought back is gone then. A save that changes nothing writes nothing.
   *
   * @param baseRevision the revision the change was made on
   * @throws Failure `conflict` when the draft has moved on since, `not-found`; nothing is written
   */
  save(id: string, baseRevision: number, state: SavedState): Draft {
    return this.#connection
      .transaction(() => {
        const draft = this.get(id);
        if (draft.revision !== baseRevision) {
          throw new Failure('conflict', message('badges.changedMeanwhile'));
        }
        const art = state.art === undefined ? draft.art : state.art;
        if (draft.body === state.body && draft.migration === state.migration && draft.art === art) return draft;
        const startMoved = outlineOf(draft.body).startOn !== outlineOf(state.body).startOn;
        this.#append(draft.key, id, { ...state, art, startSetOn: startMoved ? state.now : draft.startSetOn });
        return this.get(id);
      })
      .immediate();
  }

  /** Makes an earlier saved state the newest one again; what came between stays in the history. @throws Failure `not-found` */
  appendCopy(draft: Draft, revision: number, label: string, now: Instant): Draft {
    return this.#connection
      .transaction(() => {
        const earlier = this.#queries.revision.get({ key: draft.key, revision });
        if (!earlier) throw noSuchRevision();
        this.#append(draft.key, draft.id, { ...earlier, label, now });
        return this.get(draft.id);
      })
      .immediate();
  }

  /** Moves to another saved state without writing a new one. @throws Failure `not-found` */
  moveTo(draft: Draft, revision: number, now: Instant): Draft {
    return this.#connection
      .transaction(() => {
        if (!this.#queries.revision.get({ key: draft.key, revision })) throw noSuchRevision();
        this.#queries.point.run({ key: draft.key, revision, changedOn: now });
        this.#rows.refresh(draft.key, draft.id);
        return this.get(draft.id);
      })
      .immediate();
  }

  #append(key: number, id: string, state: SavedState & { startSetOn: Instant; art: string | null }): void {
    const { current, last } = this.#queries.numbers.get({ key }) ?? { current: 0, last: 0 };
    const revision = last + 1;
    this.#queries.dropRedo.run({ key, revision: current });
    this.#queries.insertRevision.run({ ...state, badgeKey: key, revision, savedOn: state.now });
    this.#queries.point.run({ key, revision, changedOn: state.now });
    this.#queries.dropOldest.run({ key });
    this.#rows.refresh(key, id);
  }
}

function noSuchRevision(): Failure {
  return new Failure('not-found', message('badges.noSuchRevision', { most: MOST_REVISIONS }));
}
