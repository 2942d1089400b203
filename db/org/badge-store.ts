import type { Database, Statement } from 'better-sqlite3';
import type { BadgeDefinition, Claim, OwnerType } from '../../shared/domain/badge';
import type { Instant } from '../../shared/domain/instant';
import type { StoredBadge } from '../../shared/domain/org';
import { Failure } from '../../shared/ipc/errors';
import { isRecord, jsonOr } from '../stored-json';

interface BadgeRow {
  key: number;
  id: string;
  numeric_id: number;
  name: string;
  definition: string;
  created_on: number;
  created_by: number;
  last_updated_on: number;
  last_updated_by: number;
}

interface ClaimRow {
  owner_type: OwnerType;
  reference_id: string;
  is_active: number;
}

/** Records ever made of a badge, revoked ones included (semantics N1). */
export interface RecordCounts {
  issuedCount: number;
  earnedCount: number;
}

/** Badges read are kept at hand up to this many; then the memory is cleared and fills again. */
const MOST_AT_HAND = 10_000;

const SELECT = `SELECT badges.key, badges.id, numeric_id, badges.name, definition, created_on, created_by, last_updated_on, last_updated_by
  FROM badges JOIN definitions ON definitions.key = badges.definition_key`;

/** The badges of an org as they are registered, with their claims and every form they have had. */
export class BadgeStore {
  readonly #connection: Database;
  readonly #byId: Statement<[string], BadgeRow>;
  readonly #byKey: Statement<[number], BadgeRow>;
  readonly #claims: Statement<[number], ClaimRow>;
  readonly #counts: Statement<[string], { issued_count: number; earned_count: number }>;
  readonly #addCounts: Statement<[number, number, number]>;
  readonly #definitionKey: Statement<[number], number>;
  readonly #atHand = new Map<string, StoredBadge>();

  constructor(connection: Database) {
    this.#connection = connection;
    this.#byId = connection.prepare(`${SELECT} WHERE badges.id = ?`);
    this.#byKey = connection.prepare(`${SELECT} WHERE badges.key = ?`);
    this.#claims = connection.prepare(
      'SELECT owner_type, reference_id, is_active FROM claims WHERE badge_key = ? ORDER BY position',
    );
    this.#counts = connection.prepare('SELECT issued_count, earned_count FROM badges WHERE id = ?');
    this.#definitionKey = connection
      .prepare<[number], number>('SELECT definition_key FROM badges WHERE key = ?')
      .pluck();
    this.#addCounts = connection.prepare(
      'UPDATE badges SET issued_count = issued_count + ?, earned_count = earned_count + ? WHERE key = ?',
    );
  }

  /** Forgets what was read, because the file was changed from elsewhere or a transaction was undone. */
  forget(): void {
    this.#atHand.clear();
  }

  find(id: string): StoredBadge | undefined {
    const known = this.#atHand.get(id);
    if (known) return known;
    const row = this.#byId.get(id);
    if (!row) return undefined;
    const badge = this.#read(row);
    if (this.#atHand.size >= MOST_AT_HAND) this.#atHand.clear();
    this.#atHand.set(id, badge);
    return badge;
  }

  findByKey(key: number): StoredBadge | undefined {
    const row = this.#byKey.get(key);
    return row && this.#read(row);
  }

  /** All badges whose rules can be read, oldest first, one by one: of the others the start has told (odd-json.ts). */
  *all(): Generator<StoredBadge> {
    // Page by page: an open cursor would forbid every write between two badges.
    const page = this.#connection.prepare<[number], BadgeRow>(
      `${SELECT} WHERE badges.key > ? ORDER BY badges.key LIMIT 500`,
    );
    for (let rows = page.all(0); rows.length > 0; rows = page.all(rows.at(-1)?.key ?? 0)) {
      for (const row of rows) if (definitionOf(row.definition) !== null) yield this.#read(row);
    }
  }

  /** The badge with exactly this name (semantics L6). */
  named(name: string): StoredBadge | undefined {
    const row = this.#connection
      .prepare<[string], BadgeRow>(`${SELECT} WHERE badges.name = ? ORDER BY badges.key LIMIT 1`)
      .get(name);
    return row && this.#read(row);
  }

  /** The form a badge had when a request was judged. */
  definition(definitionKey: number): BadgeDefinition {
    const text = this.#connection
      .prepare<[number], string>('SELECT definition FROM definitions WHERE key = ?')
      .pluck()
      .get(definitionKey);
    if (text === undefined) throw new Error(`The org file lacks definition ${String(definitionKey)}.`);
    return readDefinition(text, 'of that time');
  }

  definitionKeyOf(badge: StoredBadge): number {
    const key = this.#definitionKey.get(badge.key);
    if (key === undefined) throw new Error(`The org file lacks badge ${badge.id}.`);
    return key;
  }

  /** Records ever made, for the given badge ids; ids the org does not know are left out. */
  countsByBadge(ids: readonly string[]): ReadonlyMap<string, RecordCounts> {
    const counts = new Map<string, RecordCounts>();
    for (const id of ids) {
      const row = this.#counts.get(id);
      if (row) counts.set(id, { issuedCount: row.issued_count, earnedCount: row.earned_count });
    }
    return counts;
  }

  /** When the last enrolment of a badge ends, exclusive; null where nobody was enrolled. Revoked ones count like others. */
  enrolledUntil(id: string): Instant | null {
    const until = this.#connection
      .prepare<[string], number | null>(
        `SELECT max(requests.expires_on) FROM requests JOIN badges ON badges.key = requests.badge_key
         WHERE badges.id = ? AND requests.kind = 'issueBulk' AND requests.state = 'answered' AND requests.succeeded > 0`,
      )
      .pluck()
      .get(id);
    return until ?? null;
  }

  /** @param id 24 hex digits, not yet used in this org */
  add(id: string, definition: BadgeDefinition, now: Instant, by: number): StoredBadge {
    const { lastInsertRowid } = this.#connection
      .prepare(
        `INSERT INTO badges (id, numeric_id, definition_key, name, start_on, expires_on, earn_type, active, group_id, rank,
           created_on, created_by, last_updated_on, last_updated_by)
         VALUES (@id, (SELECT coalesce(max(numeric_id), 0) + 1 FROM badges), 0, @name, @startOn, @expiresOn, @earnType, @active,
           @groupId, @rank, @now, @by, @now, @by)`,
      )
      .run({ id, ...columnsOf(definition), now, by });
    this.#pointTo(Number(lastInsertRowid), JSON.stringify(definition));
    return this.#reread(id);
  }

  /** Gives a badge a new form; the former ones stay for the requests that were judged by them. */
  update(badge: StoredBadge, definition: BadgeDefinition, now: Instant, by: number): StoredBadge {
    this.#connection
      .prepare(
        `UPDATE badges SET name = @name, start_on = @startOn, expires_on = @expiresOn, earn_type = @earnType, active = @active,
           group_id = @groupId, rank = @rank, last_updated_on = @now, last_updated_by = @by WHERE key = @key`,
      )
      .run({ key: badge.key, ...columnsOf(definition), now, by });
    const text = JSON.stringify(definition);
    if (text !== JSON.stringify(badge.definition)) this.#pointTo(badge.key, text);
    return this.#reread(badge.id);
  }

  setClaims(badge: StoredBadge, claims: readonly Claim[]): StoredBadge {
    this.#connection.prepare('DELETE FROM claims WHERE badge_key = ?').run(badge.key);
    const insert = this.#connection.prepare(
      'INSERT INTO claims (badge_key, position, owner_type, reference_id, is_active) VALUES (?, ?, ?, ?, ?)',
    );
    claims.forEach((claim, position) =>
      insert.run(badge.key, position, claim.ownerType, claim.referenceId, claim.isActive ? 1 : 0),
    );
    return this.#reread(badge.id);
  }

  /** Counts records just made. */
  addCounts(badgeKey: number, issued: number, earned: number): void {
    this.#addCounts.run(issued, earned, badgeKey);
  }

  #reread(id: string): StoredBadge {
    this.#atHand.delete(id);
    const badge = this.find(id);
    if (!badge) throw new Error(`The org file lacks badge ${id}.`);
    return badge;
  }

  #read(row: BadgeRow): StoredBadge {
    return {
      key: row.key,
      id: row.id,
      numericId: row.numeric_id,
      definition: readDefinition(row.definition, `“${row.name}”`),
      claims: this.#claims.all(row.key).map((claim) => ({
        ownerType: claim.owner_type,
        referenceId: claim.reference_id,
        isActive: claim.is_active === 1,
      })),
      createdOn: row.created_on,
      createdBy: row.created_by,
      lastUpdatedOn: row.last_updated_on,
      lastUpdatedBy: row.last_updated_by,
    };
  }

  #pointTo(badgeKey: number, definition: string): void {
    const { lastInsertRowid } = this.#connection
      .prepare('INSERT INTO definitions (badge_key, definition) VALUES (?, ?)')
      .run(badgeKey, definition);
    this.#connection.prepare('UPDATE badges SET definition_key = ? WHERE key = ?').run(lastInsertRowid, badgeKey);
  }
}

function columnsOf(definition: BadgeDefinition): Record<string, string | number | null> {
  return {
    name: definition.name,
    startOn: definition.startOn,
    expiresOn: definition.expiresOn,
    earnType: definition.earnType,
    active: definition.active ? 1 : 0,
    groupId: definition.badgeGroupId,
    rank: definition.badgeRank,
  };
}

const definitionOf = (text: string): BadgeDefinition | null => jsonOr<BadgeDefinition | null>(text, null, isRecord);

/**
 * @param which badge, for people
 * @throws Failure `database` when the text of the file cannot be read
 */
function readDefinition(text: string, which: string): BadgeDefinition {
  const definition = definitionOf(text);
  if (definition !== null) return definition;
  throw new Failure(
    'database',
    `The rules of the badge ${which} are stored in the org file in a form that cannot be read. They are kept as they are; all other badges work. ` +
      'Issue a copy of the badge under another name, or put back a copy of the file from before.',
  );
}
