import type { Database } from 'better-sqlite3';
import { and, asc, eq, gt, max, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { BadgeDefinition, Claim } from '../../shared/domain/badge';
import type { Instant } from '../../shared/domain/instant';
import type { StoredBadge } from '../../shared/domain/org';
import { Failure } from '../../shared/ipc/errors';
import { message, type MessagePart } from '../../shared/words/message';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { isRecord, jsonOr } from '../stored-json';
import { badges, claims, definitions, requests } from './schema';

/** Records ever made of a badge, revoked ones included (semantics N1). */
export interface RecordCounts {
  issuedCount: number;
  earnedCount: number;
}

/** Badges read are kept at hand up to this many; then the memory is cleared and fills again. */
const MOST_AT_HAND = 10_000;

const BADGE = {
  key: badges.key,
  id: badges.id,
  numericId: badges.numericId,
  name: badges.name,
  definition: definitions.definition,
  createdOn: badges.createdOn,
  createdBy: badges.createdBy,
  lastUpdatedOn: badges.lastUpdatedOn,
  lastUpdatedBy: badges.lastUpdatedBy,
};

/** Parts of the definition that the row repeats. */
const REPEATED = ['name', 'startOn', 'expiresOn', 'earnType', 'active', 'groupId', 'rank'] as const;

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofId = eq(badges.id, given(badges.id, 'id'));
  const ofKey = eq(badges.key, given(badges.key, 'key'));
  const claimsOfBadge = eq(claims.badgeKey, given(claims.badgeKey, 'badgeKey'));
  const select = () =>
    database.select(BADGE).from(badges).innerJoin(definitions, eq(definitions.key, badges.definitionKey));
  return lazily({
    byId: () => select().where(ofId).prepare(),
    byKey: () => select().where(ofKey).prepare(),
    named: () =>
      select()
        .where(eq(badges.name, given(badges.name, 'name')))
        .orderBy(asc(badges.key))
        .limit(1)
        .prepare(),
    page: () =>
      select()
        .where(gt(badges.key, given(badges.key, 'after')))
        .orderBy(asc(badges.key))
        .limit(500)
        .prepare(),
    claims: () =>
      database
        .select({ ownerType: claims.ownerType, referenceId: claims.referenceId, isActive: claims.isActive })
        .from(claims)
        .where(claimsOfBadge)
        .orderBy(asc(claims.position))
        .prepare(),
    counts: () =>
      database
        .select({ issuedCount: badges.issuedCount, earnedCount: badges.earnedCount })
        .from(badges)
        .where(ofId)
        .prepare(),
    addCounts: () =>
      database
        .update(badges)
        .set({
          issuedCount: sql`${badges.issuedCount} + ${given(badges.issuedCount, 'issued')}`,
          earnedCount: sql`${badges.earnedCount} + ${given(badges.earnedCount, 'earned')}`,
        })
        .where(ofKey)
        .prepare(),
    definitionKey: () => database.select({ definitionKey: badges.definitionKey }).from(badges).where(ofKey).prepare(),
    definition: () =>
      database
        .select({ definition: definitions.definition })
        .from(definitions)
        .where(eq(definitions.key, given(definitions.key, 'key')))
        .prepare(),
    addDefinition: () =>
      database
        .insert(definitions)
        .values(givenColumns(definitions, 'badgeKey', 'definition'))
        .prepare(),
    pointTo: () => database.update(badges).set(givenColumns(badges, 'definitionKey')).where(ofKey).prepare(),
    enrolledUntil: () =>
      database
        .select({ until: max(requests.expiresOn) })
        .from(requests)
        .innerJoin(badges, eq(badges.key, requests.badgeKey))
        .where(and(ofId, eq(requests.kind, 'issueBulk'), eq(requests.state, 'answered'), gt(requests.succeeded, 0)))
        .prepare(),
    add: () =>
      database
        .insert(badges)
        .values({
          ...givenColumns(badges, 'id', ...REPEATED, 'createdOn', 'createdBy', 'lastUpdatedOn', 'lastUpdatedBy'),
          numericId: sql`(SELECT coalesce(max(${badges.numericId}), 0) + 1 FROM ${badges})`,
          definitionKey: 0,
        })
        .prepare(),
    update: () =>
      database
        .update(badges)
        .set(givenColumns(badges, ...REPEATED, 'lastUpdatedOn', 'lastUpdatedBy'))
        .where(ofKey)
        .prepare(),
    removeClaims: () => database.delete(claims).where(claimsOfBadge).prepare(),
    addClaim: () =>
      database
        .insert(claims)
        .values(givenColumns(claims, 'badgeKey', 'position', 'ownerType', 'referenceId', 'isActive'))
        .prepare(),
  });
}

type BadgeRow = NonNullable<ReturnType<ReturnType<typeof prepareQueries>['byId']['get']>>;

/** The badges of an org as they are registered, with their claims and every form they have had. */
export class BadgeStore {
  readonly #queries: ReturnType<typeof prepareQueries>;
  readonly #atHand = new Map<string, StoredBadge>();

  constructor(connection: Database) {
    this.#queries = prepareQueries(connection);
  }

  /** Forgets what was read, because the file was changed from elsewhere or a transaction was undone. */
  forget(): void {
    this.#atHand.clear();
  }

  find(id: string): StoredBadge | undefined {
    const known = this.#atHand.get(id);
    if (known) return known;
    const row = this.#queries.byId.get({ id });
    if (!row) return undefined;
    const badge = this.#read(row);
    if (this.#atHand.size >= MOST_AT_HAND) this.#atHand.clear();
    this.#atHand.set(id, badge);
    return badge;
  }

  findByKey(key: number): StoredBadge | undefined {
    const row = this.#queries.byKey.get({ key });
    return row && this.#read(row);
  }

  /** All badges whose rules can be read, oldest first, one by one: of the others the start has told (odd-json.ts). */
  *all(): Generator<StoredBadge> {
    // Page by page: an open cursor would forbid every write between two badges.
    const { page } = this.#queries;
    for (let rows = page.all({ after: 0 }); rows.length > 0; rows = page.all({ after: rows.at(-1)?.key ?? 0 })) {
      for (const row of rows) if (definitionOf(row.definition) !== null) yield this.#read(row);
    }
  }

  /** The badge with exactly this name (semantics L6). */
  named(name: string): StoredBadge | undefined {
    const row = this.#queries.named.get({ name });
    return row && this.#read(row);
  }

  /** The form a badge had when a request was judged. */
  definition(definitionKey: number): BadgeDefinition {
    const text = this.#queries.definition.get({ key: definitionKey })?.definition;
    if (text === undefined) throw new Error(`The org file lacks definition ${String(definitionKey)}.`);
    return readDefinition(text, message('store.ofThatTime'));
  }

  definitionKeyOf(badge: StoredBadge): number {
    const key = this.#queries.definitionKey.get({ key: badge.key })?.definitionKey;
    if (key === undefined) throw new Error(`The org file lacks badge ${badge.id}.`);
    return key;
  }

  /** Records ever made, for the given badge ids; ids the org does not know are left out. */
  countsByBadge(ids: readonly string[]): ReadonlyMap<string, RecordCounts> {
    const counts = new Map<string, RecordCounts>();
    for (const id of ids) {
      const row = this.#queries.counts.get({ id });
      if (row) counts.set(id, row);
    }
    return counts;
  }

  /** When the last enrolment of a badge ends, exclusive; null where nobody was enrolled. Revoked ones count like others. */
  enrolledUntil(id: string): Instant | null {
    return this.#queries.enrolledUntil.get({ id })?.until ?? null;
  }

  /** @param id 24 hex digits, not yet used in this org */
  add(id: string, definition: BadgeDefinition, now: Instant, by: number): StoredBadge {
    const { lastInsertRowid } = this.#queries.add.run({
      ...repeatedOf(definition),
      id,
      createdOn: now,
      createdBy: by,
      lastUpdatedOn: now,
      lastUpdatedBy: by,
    });
    this.#pointTo(Number(lastInsertRowid), JSON.stringify(definition));
    return this.#reread(id);
  }

  /** Gives a badge a new form; the former ones stay for the requests that were judged by them. */
  update(badge: StoredBadge, definition: BadgeDefinition, now: Instant, by: number): StoredBadge {
    this.#queries.update.run({
      ...repeatedOf(definition),
      key: badge.key,
      lastUpdatedOn: now,
      lastUpdatedBy: by,
    });
    const text = JSON.stringify(definition);
    if (text !== JSON.stringify(badge.definition)) this.#pointTo(badge.key, text);
    return this.#reread(badge.id);
  }

  setClaims(badge: StoredBadge, claims: readonly Claim[]): StoredBadge {
    this.#queries.removeClaims.run({ badgeKey: badge.key });
    claims.forEach((claim, position) => this.#queries.addClaim.run({ ...claim, badgeKey: badge.key, position }));
    return this.#reread(badge.id);
  }

  /** Counts records just made. */
  addCounts(badgeKey: number, issued: number, earned: number): void {
    this.#queries.addCounts.run({ key: badgeKey, issued, earned });
  }

  #reread(id: string): StoredBadge {
    this.#atHand.delete(id);
    const badge = this.find(id);
    if (!badge) throw new Error(`The org file lacks badge ${id}.`);
    return badge;
  }

  #read({ name, ...row }: BadgeRow): StoredBadge {
    return {
      ...row,
      definition: readDefinition(row.definition, `“${name}”`),
      claims: this.#queries.claims.all({ badgeKey: row.key }),
    };
  }

  #pointTo(key: number, definition: string): void {
    const { lastInsertRowid } = this.#queries.addDefinition.run({ badgeKey: key, definition });
    this.#queries.pointTo.run({ key, definitionKey: lastInsertRowid });
  }
}

function repeatedOf(definition: BadgeDefinition): Pick<typeof badges.$inferInsert, (typeof REPEATED)[number]> {
  return {
    name: definition.name,
    startOn: definition.startOn,
    expiresOn: definition.expiresOn,
    earnType: definition.earnType,
    active: definition.active,
    groupId: definition.badgeGroupId,
    rank: definition.badgeRank,
  };
}

const definitionOf = (text: string): BadgeDefinition | null => jsonOr<BadgeDefinition | null>(text, null, isRecord);

/**
 * @param badge which one, for people
 * @throws Failure `database` when the text of the file cannot be read
 */
function readDefinition(text: string, badge: MessagePart): BadgeDefinition {
  const definition = definitionOf(text);
  if (definition !== null) return definition;
  throw new Failure('database', message('store.rulesUnreadable', { badge }));
}
