import type { Database } from 'better-sqlite3';
import { and, asc, eq, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
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

const KEPT = 'What is stored is kept as it is';

/** What of a workspace cannot be read and would decide something, in sentences. */
export function oddInWorkspace(connection: Database): readonly string[] {
  const database = drizzle(connection);
  const told: string[] = [];
  const filling = database
    .select({ name: connections.name })
    .from(connections)
    .where(recordIsOdd(connections.fieldDefaults))
    .orderBy(asc(connections.key))
    .all();
  for (const { name } of filling) {
    told.push(
      `What “${name}” fills into custom fields by itself cannot be read. ${KEPT} until the next pull replaces it; pull before you push.`,
    );
  }
  const claims = database
    .select({ name: snapshots.name })
    .from(snapshots)
    .where(listIsOdd(snapshots.claims))
    .orderBy(asc(snapshots.name))
    .all()
    .map(({ name }) => name);
  if (claims.length > 0) {
    told.push(
      `The claims of ${several(claims, 'live badge')} cannot be read and count as none. ${KEPT} until the next pull replaces it; pull before you push.`,
    );
  }
  const pasts = database
    .select({ meaning: links.baseMeaning })
    .from(links)
    .where(isNotNull(links.baseMeaning))
    .all()
    .filter(({ meaning }) => meaning !== null && readableMeaning(meaning) === null).length;
  if (pasts > 0) {
    told.push(
      `What ${pasts === 1 ? 'a badge' : `${pasts.toLocaleString('en')} badges`} had in common with an org at the last sync cannot be read. ${KEPT}; where both sides differ, you are asked.`,
    );
  }
  const jobs = database
    .selectDistinct({ badge: liveJobs.badgeName })
    .from(liveChunks)
    .innerJoin(liveJobs, eq(liveJobs.key, liveChunks.jobKey))
    .where(or(listIsOdd(liveChunks.codes), and(isNotNull(liveChunks.known), listIsOdd(liveChunks.known))))
    .orderBy(asc(liveJobs.badgeName))
    .all();
  for (const { badge } of jobs) {
    told.push(
      `In a live job of “${badge}”, why some customers were refused, or what they held before, cannot be read. ${KEPT}; look at those customers in the org before you try them again.`,
    );
  }
  return told;
}

/** What of an org file cannot be read and would decide something, in sentences. */
export function oddInOrg(connection: Database): readonly string[] {
  const database = drizzle(connection);
  const badges = database
    .select({ name: org.badges.name })
    .from(org.badges)
    .innerJoin(org.definitions, eq(org.definitions.key, org.badges.definitionKey))
    .where(recordIsOdd(org.definitions.definition))
    .orderBy(asc(org.badges.name))
    .all()
    .map(({ name }) => name);
  const told: string[] = [];
  if (badges.length > 0) {
    told.push(
      `The rules of ${several(badges, 'badge')} in the org file cannot be read, so nobody can be given ${badges.length === 1 ? 'it' : 'them'}. ${KEPT}, and all other badges work. Issue a copy of the badge under another name, or put back a copy of the file from before.`,
    );
  }
  const tags = database.select({ key: org.orgMeta.key }).from(org.orgMeta).where(listIsOdd(org.orgMeta.tags)).all();
  if (tags.length > 0)
    told.push(`The tag definitions of the org file cannot be read and count as none. ${KEPT} until they are set anew.`);
  return told;
}

/** `badge “Ten visits”`, `badges “A”, “B”, “C” and 7 more`. */
function several(names: readonly string[], what: string): string {
  const shown = names.slice(0, 3).map((name) => `“${name}”`);
  const rest = names.length - shown.length;
  const list = rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${rest.toLocaleString('en')} more`;
  return `${what}${names.length === 1 ? '' : 's'} ${list}`;
}
