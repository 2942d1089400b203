import type { Database, Statement } from 'better-sqlite3';
import type { Instant } from '../../shared/domain/instant';
import { isCurrentMeaning, meaningOfBody } from '../../shared/gateway/meaning-text';
import { currentMeaning, readableMeaning } from './stored-meaning';

/** A draft's tie to a live badge. */
export interface Link {
  badgeKey: number;
  remoteId: string;
  /** What both sides last agreed on; null when they were only found to be the same badge. */
  baseMeaning: string | null;
  syncedOn: Instant | null;
}

/** A draft, a live badge, or both: one line of a comparison. Meanings are null where a side cannot be read. */
export interface SyncLine {
  badgeKey: number | null;
  badgeId: string | null;
  remoteId: string | null;
  name: string;
  problems: number;
  draftMeaning: string | null;
  liveMeaning: string | null;
  baseMeaning: string | null;
  defaultTill: number | null;
  syncedOn: Instant | null;
}

interface StaleDraft {
  key: number;
  revision: number;
  body: string;
}

/** A draft whose meaning is not known: it was edited since, or a version with other fields wrote it. */
const STALE = '(draft_meanings.revision IS NOT badges.revision OR is_meaning_stale(draft_meanings.meaning))';

/** A past that cannot be read is no past: a person decides then, as for a badge that was never synced. */
function readLink(link: Link | undefined): Link | undefined {
  return link && { ...link, baseMeaning: link.baseMeaning && readableMeaning(link.baseMeaning) };
}

/** Which draft is which live badge, and where all of them stand. */
export class SyncState {
  readonly #connection: Database;
  readonly #link: Statement<[number, number], Link>;
  readonly #linkOf: Statement<[number, string], Link>;
  readonly #putMeaning: Statement<[number, number, string | null]>;
  readonly #rebase: Statement<[string, Instant, number, number]>;

  constructor(connection: Database) {
    this.#connection = connection;
    const select =
      'SELECT badge_key AS badgeKey, remote_id AS remoteId, base_meaning AS baseMeaning, synced_on AS syncedOn FROM links';
    connection.function('is_meaning_stale', { deterministic: true }, (text: unknown) =>
      typeof text === 'string' && !isCurrentMeaning(text) ? 1 : 0,
    );
    this.#link = connection.prepare(`${select} WHERE connection_key = ? AND badge_key = ?`);
    this.#linkOf = connection.prepare(`${select} WHERE connection_key = ? AND remote_id = ?`);
    this.#putMeaning = connection.prepare(
      'INSERT OR REPLACE INTO draft_meanings (badge_key, revision, meaning) VALUES (?, ?, ?)',
    );
    this.#rebase = connection.prepare(
      'UPDATE links SET base_meaning = ?, synced_on = ? WHERE connection_key = ? AND badge_key = ?',
    );
  }

  find(connectionKey: number, badgeKey: number): Link | undefined {
    return readLink(this.#link.get(connectionKey, badgeKey));
  }

  /** The link of a live badge, also where its draft was deleted and can still come back. */
  ofRemote(connectionKey: number, remoteId: string): Link | undefined {
    return readLink(this.#linkOf.get(connectionKey, remoteId));
  }

  /** Whether a draft is there and not deleted. */
  isAlive(badgeKey: number): boolean {
    return (
      this.#connection.prepare('SELECT 1 FROM badges WHERE key = ? AND deleted_on IS NULL').get(badgeKey) !== undefined
    );
  }

  /** Ties a draft to a live badge, in place of whatever either was tied to, and marks the draft as pushed. */
  put(connectionKey: number, link: Link, now: Instant): void {
    this.#connection
      .prepare(
        `INSERT OR REPLACE INTO links (connection_key, badge_key, remote_id, base_meaning, synced_on)
         VALUES (:connectionKey, :badgeKey, :remoteId, :baseMeaning, :syncedOn)`,
      )
      .run({ ...link, connectionKey });
    this.#connection
      .prepare('UPDATE badges SET pushed_on = coalesce(pushed_on, ?) WHERE key = ?')
      .run(now, link.badgeKey);
  }

  /** What a draft means at its present revision; worked out once for each revision. */
  meaningOfDraft(draft: { key: number; revision: number; body: string }): string | null {
    const known = this.#connection
      .prepare<[number], { revision: number; meaning: string | null }>(
        'SELECT revision, meaning FROM draft_meanings WHERE badge_key = ?',
      )
      .get(draft.key);
    if (known?.revision === draft.revision && (known.meaning === null || isCurrentMeaning(known.meaning))) {
      return known.meaning;
    }
    const meaning = meaningOfBody(draft.body);
    this.#putMeaning.run(draft.key, draft.revision, meaning);
    return meaning;
  }

  /** Drafts whose meaning is not known for their present revision. */
  staleCount(): number {
    return this.#connection
      .prepare(
        `SELECT count(*) FROM badges LEFT JOIN draft_meanings ON badge_key = key
          WHERE deleted_on IS NULL AND ${STALE}`,
      )
      .pluck()
      .get() as number;
  }

  /** Works out the meaning of up to `most` drafts that were edited since. @returns how many those were */
  refresh(most: number): number {
    const stale = this.#connection
      .prepare<[number], StaleDraft>(
        `SELECT key, badges.revision, body FROM badges
           JOIN revisions ON revisions.badge_key = key AND revisions.revision = badges.revision
           LEFT JOIN draft_meanings ON draft_meanings.badge_key = key
          WHERE deleted_on IS NULL AND ${STALE} LIMIT ?`,
      )
      .all(most);
    if (stale.length === 0) return this.#refreshSnapshots(most);
    this.#connection
      .transaction(() => {
        for (const { key, revision, body } of stale) this.#putMeaning.run(key, revision, meaningOfBody(body));
      })
      .immediate();
    return stale.length;
  }

  /** Works out anew what live badges mean whose text a version with other fields wrote. */
  #refreshSnapshots(most: number): number {
    const stale = this.#connection
      .prepare<[number], { connectionKey: number; remoteId: string; meaning: string; body: string }>(
        `SELECT connection_key AS connectionKey, remote_id AS remoteId, meaning, body FROM snapshots
          WHERE is_meaning_stale(meaning) LIMIT ?`,
      )
      .all(most);
    if (stale.length === 0) return 0;
    const put = this.#connection.prepare('UPDATE snapshots SET meaning = ? WHERE connection_key = ? AND remote_id = ?');
    this.#connection
      .transaction(() => {
        for (const { connectionKey, remoteId, meaning, body } of stale) {
          put.run(currentMeaning(meaning, body), connectionKey, remoteId);
        }
      })
      .immediate();
    return stale.length;
  }

  /** All drafts and all live badges of a connection, drafts first, by name. Meanings must be {@link refresh}ed before. */
  lines(connectionKey: number, problemsColumn: 'problems' | 'problems_past_allowed'): SyncLine[] {
    return this.#connection
      .prepare<{ connectionKey: number }, SyncLine>(
        `SELECT badges.key AS badgeKey, badges.id AS badgeId, snapshots.remote_id AS remoteId, badges.name, badges.sort_name AS sortName,
                badges.${problemsColumn} + badges.name_shared AS problems, draft_meanings.meaning AS draftMeaning,
                snapshots.meaning AS liveMeaning, links.base_meaning AS baseMeaning,
                snapshots.default_till AS defaultTill, links.synced_on AS syncedOn
           FROM badges
           LEFT JOIN draft_meanings ON draft_meanings.badge_key = badges.key
           LEFT JOIN links ON links.connection_key = :connectionKey AND links.badge_key = badges.key
           LEFT JOIN snapshots ON snapshots.connection_key = :connectionKey AND snapshots.remote_id = links.remote_id
          WHERE badges.deleted_on IS NULL
         UNION ALL
         SELECT NULL, NULL, snapshots.remote_id, snapshots.name, lower(snapshots.name), 0, NULL, snapshots.meaning, NULL,
                snapshots.default_till, NULL
           FROM snapshots
          WHERE snapshots.connection_key = :connectionKey
            AND NOT EXISTS (SELECT 1 FROM links JOIN badges ON badges.key = links.badge_key AND badges.deleted_on IS NULL
                             WHERE links.connection_key = :connectionKey AND links.remote_id = snapshots.remote_id)
          ORDER BY sortName`,
      )
      .all({ connectionKey })
      .map((line) => (line.baseMeaning === null ? line : { ...line, baseMeaning: readableMeaning(line.baseMeaning) }));
  }

  /**
   * Ties drafts to live badges of exactly their name where neither is tied yet: names are unique in an org (L6), so
   * pushing such a draft as a new badge could only fail. What the two agree on is for a comparison to say.
   */
  linkByName(connectionKey: number): void {
    this.#connection
      .prepare(
        `INSERT OR IGNORE INTO links (connection_key, badge_key, remote_id)
         SELECT :connectionKey, badges.key, snapshots.remote_id
           FROM snapshots JOIN badges ON badges.name = snapshots.name AND badges.deleted_on IS NULL
          WHERE snapshots.connection_key = :connectionKey
            AND NOT EXISTS (SELECT 1 FROM links WHERE connection_key = :connectionKey AND remote_id = snapshots.remote_id)
            AND NOT EXISTS (SELECT 1 FROM links WHERE connection_key = :connectionKey AND badge_key = badges.key)
            AND (SELECT count(*) FROM badges AS other WHERE other.name = badges.name AND other.deleted_on IS NULL) = 1`,
      )
      .run({ connectionKey });
    this.#connection
      .prepare(
        `UPDATE badges SET pushed_on = (SELECT last_pulled_on FROM connections WHERE key = :connectionKey)
          WHERE pushed_on IS NULL AND key IN (SELECT badge_key FROM links WHERE connection_key = :connectionKey)`,
      )
      .run({ connectionKey });
  }

  /** What both sides agree on from now on. */
  rebase(connectionKey: number, badgeKey: number, baseMeaning: string, now: Instant): void {
    this.#rebase.run(baseMeaning, now, connectionKey, badgeKey);
  }
}
