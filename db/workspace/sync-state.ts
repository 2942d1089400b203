import type { Database, Statement } from 'better-sqlite3';
import { and, count, eq, inArray, isNull, notExists, or, sql, type SQLWrapper } from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { alias, unionAll } from 'drizzle-orm/sqlite-core';
import type { Instant } from '../../shared/domain/instant';
import { isCurrentMeaning, meaningOfBody } from '../../shared/gateway/meaning-text';
import { prepareForDriver } from '../driver-statements';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { badges, connections, draftMeanings, links, revisions, snapshots } from './schema';
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

/** Whether a start in the past counts as a problem (semantics L4). */
type ProblemsColumn = 'problems' | 'problems_past_allowed';

/** A draft whose meaning is not known: it was edited since, or a version with other fields wrote it. */
const IS_STALE = sql`(${draftMeanings.revision} IS NOT ${badges.revision} OR is_meaning_stale(${draftMeanings.meaning}))`;

/** A past that cannot be read is no past: a person decides then, as for a badge that was never synced. */
function readLink(link: Link | undefined): Link | undefined {
  return link && { ...link, baseMeaning: link.baseMeaning && readableMeaning(link.baseMeaning) };
}

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const { badgeKey, remoteId, baseMeaning, syncedOn } = links;
  const ofConnection = eq(links.connectionKey, given(links.connectionKey, 'connectionKey'));
  const ofBadge = and(ofConnection, eq(badgeKey, given(badgeKey, 'badgeKey')));
  const ofRemote = and(ofConnection, eq(remoteId, given(remoteId, 'remoteId')));
  const meaningOfBadge = eq(draftMeanings.badgeKey, badges.key);
  return lazily({
    link: () => database.select({ badgeKey, remoteId, baseMeaning, syncedOn }).from(links).where(ofBadge).prepare(),
    linkOf: () => database.select({ badgeKey, remoteId, baseMeaning, syncedOn }).from(links).where(ofRemote).prepare(),
    tiedIn: () => database.select({ badgeKey }).from(links).where(ofConnection).prepare(),
    isAlive: () =>
      database
        .select({ key: badges.key })
        .from(badges)
        .where(and(eq(badges.key, given(badges.key, 'key')), isNull(badges.deletedOn)))
        .prepare(),
    untie: () => database.delete(links).where(or(ofBadge, ofRemote)).prepare(),
    tie: () =>
      database
        .insert(links)
        .values(givenColumns(links, 'connectionKey', 'badgeKey', 'remoteId', 'baseMeaning', 'syncedOn'))
        .prepare(),
    markPushed: () =>
      database
        .update(badges)
        .set({ pushedOn: sql`coalesce(${badges.pushedOn}, ${given(badges.pushedOn, 'now')})` })
        .where(eq(badges.key, given(badges.key, 'badgeKey')))
        .prepare(),
    rebase: () =>
      database
        .update(links)
        .set(givenColumns(links, 'baseMeaning', 'syncedOn'))
        .where(ofBadge)
        .prepare(),
    meaning: () =>
      database
        .select({ revision: draftMeanings.revision, meaning: draftMeanings.meaning })
        .from(draftMeanings)
        .where(eq(draftMeanings.badgeKey, given(draftMeanings.badgeKey, 'badgeKey')))
        .prepare(),
    putMeaning: () =>
      database
        .insert(draftMeanings)
        .values(givenColumns(draftMeanings, 'badgeKey', 'revision', 'meaning'))
        .onConflictDoUpdate({
          target: draftMeanings.badgeKey,
          set: givenColumns(draftMeanings, 'revision', 'meaning'),
        })
        .prepare(),
    staleCount: () =>
      database
        .select({ count: count() })
        .from(badges)
        .leftJoin(draftMeanings, meaningOfBadge)
        .where(and(isNull(badges.deletedOn), IS_STALE))
        .prepare(),
    staleDrafts: () =>
      database
        .select({ badgeKey: badges.key, revision: badges.revision, body: revisions.body })
        .from(badges)
        .innerJoin(revisions, and(eq(revisions.badgeKey, badges.key), eq(revisions.revision, badges.revision)))
        .leftJoin(draftMeanings, meaningOfBadge)
        .where(and(isNull(badges.deletedOn), IS_STALE))
        .limit(sql.placeholder('most'))
        .prepare(),
    staleSnapshots: () =>
      database
        .select({
          connectionKey: snapshots.connectionKey,
          remoteId: snapshots.remoteId,
          meaning: snapshots.meaning,
          body: snapshots.body,
        })
        .from(snapshots)
        .where(sql`is_meaning_stale(${snapshots.meaning})`)
        .limit(sql.placeholder('most'))
        .prepare(),
    putLiveMeaning: () =>
      database
        .update(snapshots)
        .set(givenColumns(snapshots, 'meaning'))
        .where(
          and(
            eq(snapshots.connectionKey, given(snapshots.connectionKey, 'connectionKey')),
            eq(snapshots.remoteId, given(snapshots.remoteId, 'remoteId')),
          ),
        )
        .prepare(),
    linkByName: () => linkByName(database).prepare(),
    markLinked: () =>
      database
        .update(badges)
        .set({
          pushedOn: sql`${database
            .select({ on: connections.lastPulledOn })
            .from(connections)
            .where(eq(connections.key, given(connections.key, 'connectionKey')))}`,
        })
        .where(
          and(
            isNull(badges.pushedOn),
            inArray(badges.key, database.select({ key: badgeKey }).from(links).where(ofConnection)),
          ),
        )
        .prepare(),
  });
}

/** Ties each live badge to the one draft of its name, where neither is tied yet. */
function linkByName(database: BetterSQLite3Database) {
  const connectionKey = given(links.connectionKey, 'connectionKey');
  const other = alias(badges, 'other');
  const tied = database.select({ key: links.badgeKey }).from(links);
  const namesakes = database
    .select({ count: count() })
    .from(other)
    .where(and(eq(other.name, badges.name), isNull(other.deletedOn)));
  return database
    .insert(links)
    .select(
      database
        .select({
          connectionKey: snapshots.connectionKey,
          badgeKey: badges.key,
          remoteId: snapshots.remoteId,
          baseMeaning: sql`NULL`.as('base_meaning'),
          syncedOn: sql`NULL`.as('synced_on'),
        })
        .from(snapshots)
        .innerJoin(badges, and(eq(badges.name, snapshots.name), isNull(badges.deletedOn)))
        .where(
          and(
            eq(snapshots.connectionKey, connectionKey),
            notExists(tied.where(and(eq(links.connectionKey, connectionKey), eq(links.remoteId, snapshots.remoteId)))),
            notExists(
              database
                .select({ key: links.badgeKey })
                .from(links)
                .where(and(eq(links.connectionKey, connectionKey), eq(links.badgeKey, badges.key))),
            ),
            eq(sql`${namesakes}`, 1),
          ),
        ),
    )
    .onConflictDoNothing();
}

/**
 * Drafts with the live badge of each, then live badges without a draft: all of them for each comparison, and each costs
 * a microsecond less by the driver than by the builder.
 */
function prepareLines(connection: Database, problemsColumn: ProblemsColumn): Statement<number[], SyncLine> {
  const problems = problemsColumn === 'problems' ? badges.problems : badges.problemsPastAllowed;
  const database = drizzle(connection);
  const connectionKey = given(links.connectionKey, 'connectionKey');
  const named = <T>(value: SQLWrapper, name: keyof SyncLine | 'sortName') => sql<T>`${value}`.as(name);
  const drafts = database
    .select({
      badgeKey: named<number | null>(badges.key, 'badgeKey'),
      badgeId: named<string | null>(badges.id, 'badgeId'),
      remoteId: named<string | null>(snapshots.remoteId, 'remoteId'),
      name: named<string>(badges.name, 'name'),
      sortName: named<string>(badges.sortName, 'sortName'),
      problems: named<number>(sql`${problems} + ${badges.nameShared}`, 'problems'),
      draftMeaning: named<string | null>(draftMeanings.meaning, 'draftMeaning'),
      liveMeaning: named<string | null>(snapshots.meaning, 'liveMeaning'),
      baseMeaning: named<string | null>(links.baseMeaning, 'baseMeaning'),
      defaultTill: named<number | null>(snapshots.defaultTill, 'defaultTill'),
      syncedOn: named<number | null>(links.syncedOn, 'syncedOn'),
    })
    .from(badges)
    .leftJoin(draftMeanings, eq(draftMeanings.badgeKey, badges.key))
    .leftJoin(links, and(eq(links.connectionKey, connectionKey), eq(links.badgeKey, badges.key)))
    .leftJoin(snapshots, and(eq(snapshots.connectionKey, connectionKey), eq(snapshots.remoteId, links.remoteId)))
    .where(isNull(badges.deletedOn));
  const none = sql`NULL`;
  const live = database
    .select({
      badgeKey: named<number | null>(none, 'badgeKey'),
      badgeId: named<string | null>(none, 'badgeId'),
      remoteId: named<string | null>(snapshots.remoteId, 'remoteId'),
      name: named<string>(snapshots.name, 'name'),
      sortName: named<string>(sql`lower(${snapshots.name})`, 'sortName'),
      problems: named<number>(sql`0`, 'problems'),
      draftMeaning: named<string | null>(none, 'draftMeaning'),
      liveMeaning: named<string | null>(snapshots.meaning, 'liveMeaning'),
      baseMeaning: named<string | null>(none, 'baseMeaning'),
      defaultTill: named<number | null>(snapshots.defaultTill, 'defaultTill'),
      syncedOn: named<number | null>(none, 'syncedOn'),
    })
    .from(snapshots)
    .where(
      and(
        eq(snapshots.connectionKey, connectionKey),
        notExists(
          database
            .select({ key: badges.key })
            .from(links)
            .innerJoin(badges, and(eq(badges.key, links.badgeKey), isNull(badges.deletedOn)))
            .where(and(eq(links.connectionKey, connectionKey), eq(links.remoteId, snapshots.remoteId))),
        ),
      ),
    );
  const lines = unionAll(drafts, live).orderBy(sql`${sql.identifier('sortName')}`);
  const values = Array.from({ length: 4 }, () => 'connectionKey');
  return prepareForDriver<number[], SyncLine>(connection, lines, ...values);
}

/** Which draft is which live badge, and where all of them stand. */
export class SyncState {
  readonly #connection: Database;
  readonly #queries: ReturnType<typeof prepareQueries>;
  readonly #lines: Readonly<Record<ProblemsColumn, Statement<number[], SyncLine>>>;

  constructor(connection: Database) {
    this.#connection = connection;
    connection.function('is_meaning_stale', { deterministic: true }, (text: unknown) =>
      typeof text === 'string' && !isCurrentMeaning(text) ? 1 : 0,
    );
    this.#queries = prepareQueries(connection);
    this.#lines = lazily({
      problems: () => prepareLines(connection, 'problems'),
      problems_past_allowed: () => prepareLines(connection, 'problems_past_allowed'),
    });
  }

  find(connectionKey: number, badgeKey: number): Link | undefined {
    return readLink(this.#queries.link.get({ connectionKey, badgeKey }));
  }

  /** The link of a live badge, also where its draft was deleted and can still come back. */
  ofRemote(connectionKey: number, remoteId: string): Link | undefined {
    return readLink(this.#queries.linkOf.get({ connectionKey, remoteId }));
  }

  /** The keys of all drafts that are tied to a live badge of a connection. */
  tiedIn(connectionKey: number): Set<number> {
    return new Set(this.#queries.tiedIn.all({ connectionKey }).map(({ badgeKey }) => badgeKey));
  }

  /** Whether a draft is there and not deleted. */
  isAlive(badgeKey: number): boolean {
    return this.#queries.isAlive.get({ key: badgeKey }) !== undefined;
  }

  /** Ties a draft to a live badge, in place of whatever either was tied to, and marks the draft as pushed. */
  put(connectionKey: number, link: Link, now: Instant): void {
    this.#connection.transaction(() => {
      this.#queries.untie.run({ ...link, connectionKey });
      this.#queries.tie.run({ ...link, connectionKey });
      this.#queries.markPushed.run({ badgeKey: link.badgeKey, now });
    })();
  }

  /** What a draft means at its present revision; worked out once for each revision. */
  meaningOfDraft(draft: { key: number; revision: number; body: string }): string | null {
    const known = this.#queries.meaning.get({ badgeKey: draft.key });
    if (known?.revision === draft.revision && (known.meaning === null || isCurrentMeaning(known.meaning))) {
      return known.meaning;
    }
    const meaning = meaningOfBody(draft.body);
    this.#queries.putMeaning.run({ badgeKey: draft.key, revision: draft.revision, meaning });
    return meaning;
  }

  /** Drafts whose meaning is not known for their present revision. */
  staleCount(): number {
    return this.#queries.staleCount.get()?.count ?? 0;
  }

  /** Works out the meaning of up to `most` drafts that were edited since. @returns how many those were */
  refresh(most: number): number {
    const stale = this.#queries.staleDrafts.all({ most });
    if (stale.length === 0) return this.#refreshSnapshots(most);
    this.#connection
      .transaction(() => {
        for (const { badgeKey, revision, body } of stale) {
          this.#queries.putMeaning.run({ badgeKey, revision, meaning: meaningOfBody(body) });
        }
      })
      .immediate();
    return stale.length;
  }

  /** Works out anew what live badges mean whose text a version with other fields wrote. */
  #refreshSnapshots(most: number): number {
    const stale = this.#queries.staleSnapshots.all({ most });
    if (stale.length === 0) return 0;
    this.#connection
      .transaction(() => {
        for (const { connectionKey, remoteId, meaning, body } of stale) {
          this.#queries.putLiveMeaning.run({ connectionKey, remoteId, meaning: currentMeaning(meaning, body) });
        }
      })
      .immediate();
    return stale.length;
  }

  /** All drafts and all live badges of a connection, drafts first, by name. Meanings must be {@link refresh}ed before. */
  lines(connectionKey: number, problemsColumn: ProblemsColumn): SyncLine[] {
    return this.#lines[problemsColumn]
      .all(...Array.from({ length: 4 }, () => connectionKey))
      .map((line) => (line.baseMeaning === null ? line : { ...line, baseMeaning: readableMeaning(line.baseMeaning) }));
  }

  /**
   * Ties drafts to live badges of exactly their name where neither is tied yet: names are unique in an org (L6), so
   * pushing such a draft as a new badge could only fail. What the two agree on is for a comparison to say.
   */
  linkByName(connectionKey: number): void {
    this.#queries.linkByName.run({ connectionKey });
    this.#queries.markLinked.run({ connectionKey });
  }

  /** What both sides agree on from now on. */
  rebase(connectionKey: number, badgeKey: number, baseMeaning: string, now: Instant): void {
    this.#queries.rebase.run({ connectionKey, badgeKey, baseMeaning, syncedOn: now });
  }
}
