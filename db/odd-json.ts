import type { Database } from 'better-sqlite3';
import { and, asc, eq, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { message, type Message, type MessagePart } from '../shared/words/message';
import * as org from './org/schema';
import { connections, links, liveChunks, liveJobs, snapshots } from './workspace/schema';
import { readableMeaning } from './workspace/stored-meaning';

/*
 * Lists that decide what Laurel does, and cannot be read in this file: they are taken for empty (stored-json.ts), which
 * a person has to know before anything is sent or issued by them. What is only shown says so where it is shown.
 */

const listIsOdd = (column: SQLiteColumn): SQL =>
  sql`CASE WHEN json_valid(${column}) THEN json_type(${column}) <> 'array' ELSE 1 END`;
const recordIsOdd = (column: SQLiteColumn): SQL =>
  sql`CASE WHEN json_valid(${column}) THEN json_type(${column}) <> 'object' ELSE 1 END`;

/** What of a workspace cannot be read and would decide something. */
export function oddInWorkspace(connection: Database): readonly Message[] {
  const database = drizzle(connection);
  const told: Message[] = [];
  const filling = database
    .select({ name: connections.name })
    .from(connections)
    .where(recordIsOdd(connections.fieldDefaults))
    .orderBy(asc(connections.key))
    .all();
  for (const { name } of filling) {
    told.push(message('store.oddFilling', { org: name }));
  }
  const claims = database
    .select({ name: snapshots.name })
    .from(snapshots)
    .where(listIsOdd(snapshots.claims))
    .orderBy(asc(snapshots.name))
    .all()
    .map(({ name }) => name);
  if (claims.length > 0) {
    told.push(message('store.oddClaims', { count: claims.length, badges: several(claims) }));
  }
  const pasts = database
    .select({ meaning: links.baseMeaning })
    .from(links)
    .where(isNotNull(links.baseMeaning))
    .all()
    .filter(({ meaning }) => meaning !== null && readableMeaning(meaning) === null).length;
  if (pasts > 0) told.push(message('store.oddPasts', { count: pasts }));
  const jobs = database
    .selectDistinct({ badge: liveJobs.badgeName })
    .from(liveChunks)
    .innerJoin(liveJobs, eq(liveJobs.key, liveChunks.jobKey))
    .where(
      or(
        listIsOdd(liveChunks.codes),
        and(isNotNull(liveChunks.known), listIsOdd(liveChunks.known)),
        and(isNotNull(liveChunks.records), listIsOdd(liveChunks.records)),
      ),
    )
    .orderBy(asc(liveJobs.badgeName))
    .all();
  for (const { badge } of jobs) {
    told.push(message('store.oddLiveJob', { badge }));
  }
  return told;
}

/** What of an org file cannot be read and would decide something. */
export function oddInOrg(connection: Database): readonly Message[] {
  const database = drizzle(connection);
  const badges = database
    .select({ name: org.badges.name })
    .from(org.badges)
    .innerJoin(org.definitions, eq(org.definitions.key, org.badges.definitionKey))
    .where(recordIsOdd(org.definitions.definition))
    .orderBy(asc(org.badges.name))
    .all()
    .map(({ name }) => name);
  const told: Message[] = [];
  if (badges.length > 0) {
    told.push(message('store.oddRules', { count: badges.length, badges: several(badges) }));
  }
  const tags = database.select({ key: org.orgMeta.key }).from(org.orgMeta).where(listIsOdd(org.orgMeta.tags)).all();
  if (tags.length > 0) told.push(message('store.oddTags'));
  return told;
}

/** `“Ten visits”`, `“A”, “B”, “C” and 7 more`. */
function several(names: readonly string[]): MessagePart {
  const shown = names
    .slice(0, 3)
    .map((name) => `“${name}”`)
    .join(', ');
  const count = names.length - Math.min(names.length, 3);
  return count === 0 ? shown : message('store.andMore', { names: shown, count });
}
