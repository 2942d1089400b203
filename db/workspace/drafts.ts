import type { Database, Statement } from 'better-sqlite3';
import type { Claim } from '../../shared/domain/badge';
import type { Instant } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { inspectDraft, type DraftInspection } from './inspect-draft';
import type { ListRows } from './list-row';
import { outlineOf } from './outline';
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
}

/** What a save writes besides the text. */
export interface SavedState {
  body: string;
  migration: boolean;
  label: string;
  now: Instant;
}

type DraftRow = Omit<Draft, 'migration' | 'claims'> & { migration: number };
interface RevisionRow {
  body: string;
  migration: number;
  startSetOn: Instant;
}

/** Drafts and their saved states. Every change is one transaction that also brings the list up to date. */
export class DraftStore {
  readonly #connection: Database;
  readonly #settings: SettingsStore;
  readonly #rows: ListRows;
  readonly #find: Statement<[string], DraftRow>;
  readonly #claims: Statement<[number], { ownerType: Claim['ownerType']; referenceId: string; isActive: number }>;
  readonly #insertBadge: Statement<[{ id: string; now: Instant }]>;
  readonly #insertRevision: Statement<[Record<string, unknown>]>;
  readonly #dropRedo: Statement<[number, number]>;
  readonly #dropOldest: Statement<[{ key: number }]>;
  readonly #point: Statement<[{ key: number; revision: number; now: Instant }]>;
  readonly #revision: Statement<[number, number], RevisionRow>;
  readonly #numbers: Statement<[number], { current: number; last: number }>;
  readonly #nameTaken: Statement<[{ name: string; exceptId: string }], number>;

  constructor(connection: Database, settings: SettingsStore, rows: ListRows) {
    this.#connection = connection;
    this.#settings = settings;
    this.#rows = rows;
    this.#find = connection.prepare(
      `SELECT key, id, body, migration, badges.revision, start_set_on AS startSetOn, created_on AS createdOn, changed_on AS changedOn, pushed_on AS pushedOn
         FROM badges JOIN revisions ON badge_key = key AND revisions.revision = badges.revision
        WHERE id = ? AND deleted_on IS NULL`,
    );
    this.#claims = connection.prepare(
      'SELECT owner_type AS ownerType, reference_id AS referenceId, is_active AS isActive FROM claims WHERE badge_key = ? ORDER BY key',
    );
    this.#insertBadge = connection.prepare(
      `INSERT INTO badges (id, revision, last_revision, created_on, changed_on, name, sort_name, search_text, active, owners, tags,
                           active_claims, problems, problems_past_allowed, name_shared)
       VALUES (:id, 0, 0, :now, :now, '', '', '', 0, 0, '[]', 0, 0, 0, 0)`,
    );
    this.#insertRevision = connection.prepare(
      `INSERT INTO revisions (badge_key, revision, saved_on, label, body, migration, start_set_on)
       VALUES (:key, :revision, :now, :label, :body, :migration, :startSetOn)`,
    );
    this.#dropRedo = connection.prepare('DELETE FROM revisions WHERE badge_key = ? AND revision > ?');
    // octet_length is known from the head of a row: the texts themselves are not read.
    this.#dropOldest = connection.prepare(
      `DELETE FROM revisions WHERE badge_key = :key AND revision <= (
         SELECT max(revision) FROM (
           SELECT revision, row_number() OVER newest_first AS place, sum(octet_length(body)) OVER newest_first AS bytes
             FROM revisions WHERE badge_key = :key
           WINDOW newest_first AS (ORDER BY revision DESC ROWS UNBOUNDED PRECEDING)
         ) WHERE place > ${String(MOST_REVISIONS)} OR (place > 1 AND bytes > ${String(MOST_REVISION_BYTES)}))`,
    );
    this.#point = connection.prepare(
      'UPDATE badges SET revision = :revision, last_revision = max(last_revision, :revision), changed_on = :now WHERE key = :key',
    );
    this.#revision = connection.prepare(
      'SELECT body, migration, start_set_on AS startSetOn FROM revisions WHERE badge_key = ? AND revision = ?',
    );
    this.#numbers = connection.prepare('SELECT revision AS current, last_revision AS last FROM badges WHERE key = ?');
    this.#nameTaken = connection
      .prepare<[{ name: string; exceptId: string }], number>(
        'SELECT EXISTS (SELECT 1 FROM badges WHERE name = :name AND deleted_on IS NULL AND id <> :exceptId)',
      )
      .pluck();
  }

  find(id: string): Draft | undefined {
    const row = this.#find.get(id);
    if (!row) return undefined;
    const claims = this.#claims.all(row.key).map((claim) => ({ ...claim, isActive: claim.isActive === 1 }));
    return { ...row, migration: row.migration === 1, claims };
  }

  /** @throws Failure `not-found` */
  get(id: string): Draft {
    const draft = this.find(id);
    if (draft) return draft;
    throw new Failure(
      'not-found',
      'That badge is no longer here; it may have been deleted. Deleted drafts can be brought back for 30 days.',
    );
  }

  /** A draft judged by the rules of the create call as they stand in this workspace. */
  inspect(draft: Draft): DraftInspection {
    const claimedBy = draft.claims.filter((claim) => claim.isActive).map((claim) => claim.ownerType);
    return inspectDraft({ ...draft, claimedBy }, this.#settings.current, (name) => this.nameTaken(name, draft.id));
  }

  /** Whether a draft other than `exceptId` has exactly this name (semantics L6). */
  nameTaken(name: string, exceptId = ''): boolean {
    return this.#nameTaken.get({ name, exceptId }) === 1;
  }

  /** @param id a fresh id of 24 hex digits */
  create(id: string, state: SavedState): Draft {
    return this.#connection
      .transaction(() => {
        const key = Number(this.#insertBadge.run({ id, now: state.now }).lastInsertRowid);
        this.#append(key, id, { ...state, startSetOn: state.now });
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
          throw new Failure(
            'conflict',
            'This badge was changed elsewhere after you began. The other change was kept and yours was not saved: look at the badge as it is now and make your change again.',
          );
        }
        if (draft.body === state.body && draft.migration === state.migration) return draft;
        const startMoved = outlineOf(draft.body).startOn !== outlineOf(state.body).startOn;
        this.#append(draft.key, id, { ...state, startSetOn: startMoved ? state.now : draft.startSetOn });
        return this.get(id);
      })
      .immediate();
  }

  /** Makes an earlier saved state the newest one again; what came between stays in the history. @throws Failure `not-found` */
  appendCopy(draft: Draft, revision: number, label: string, now: Instant): Draft {
    return this.#connection
      .transaction(() => {
        const earlier = this.#revision.get(draft.key, revision);
        if (!earlier) throw noSuchRevision();
        this.#append(draft.key, draft.id, { ...earlier, migration: earlier.migration === 1, label, now });
        return this.get(draft.id);
      })
      .immediate();
  }

  /** Moves to another saved state without writing a new one. @throws Failure `not-found` */
  moveTo(draft: Draft, revision: number, now: Instant): Draft {
    return this.#connection
      .transaction(() => {
        if (!this.#revision.get(draft.key, revision)) throw noSuchRevision();
        this.#point.run({ key: draft.key, revision, now });
        this.#rows.refresh(draft.key, draft.id);
        return this.get(draft.id);
      })
      .immediate();
  }

  #append(key: number, id: string, state: SavedState & { startSetOn: Instant }): void {
    const { current, last } = this.#numbers.get(key) ?? { current: 0, last: 0 };
    const revision = last + 1;
    this.#dropRedo.run(key, current);
    this.#insertRevision.run({ ...state, key, revision, migration: state.migration ? 1 : 0 });
    this.#point.run({ key, revision, now: state.now });
    this.#dropOldest.run({ key });
    this.#rows.refresh(key, id);
  }
}

function noSuchRevision(): Failure {
  return new Failure(
    'not-found',
    `That state is no longer in the history, which keeps the last ${String(MOST_REVISIONS)} of each badge, and fewer of very long ones. The badge is as it was.`,
  );
}
