import type { Database } from 'better-sqlite3';
import { readableMeaning } from './workspace/stored-meaning';

/*
 * Lists that decide what Laurel does, and cannot be read in this file: they are taken for empty (stored-json.ts), which
 * a person has to know before anything is sent or issued by them. What is only shown says so where it is shown.
 */

const listIsOdd = (column: string): string =>
  `CASE WHEN json_valid(${column}) THEN json_type(${column}) <> 'array' ELSE 1 END`;
const recordIsOdd = (column: string): string =>
  `CASE WHEN json_valid(${column}) THEN json_type(${column}) <> 'object' ELSE 1 END`;

const KEPT = 'What is stored is kept as it is';

/** What of a workspace cannot be read and would decide something, in sentences. */
export function oddInWorkspace(connection: Database): readonly string[] {
  const names = (sql: string): string[] => connection.prepare<[], string>(sql).pluck().all();
  const told: string[] = [];
  for (const name of names(`SELECT name FROM connections WHERE ${recordIsOdd('field_defaults')} ORDER BY key`)) {
    told.push(
      `What “${name}” fills into custom fields by itself cannot be read. ${KEPT} until the next pull replaces it; pull before you push.`,
    );
  }
  const claims = names(`SELECT name FROM snapshots WHERE ${listIsOdd('claims')} ORDER BY name`);
  if (claims.length > 0) {
    told.push(
      `The claims of ${several(claims, 'live badge')} cannot be read and count as none. ${KEPT} until the next pull replaces it; pull before you push.`,
    );
  }
  const pasts = connection
    .prepare<[], string>('SELECT base_meaning FROM links WHERE base_meaning IS NOT NULL')
    .pluck()
    .all()
    .filter((meaning) => readableMeaning(meaning) === null).length;
  if (pasts > 0) {
    told.push(
      `What ${pasts === 1 ? 'a badge' : `${pasts.toLocaleString('en')} badges`} had in common with an org at the last sync cannot be read. ${KEPT}; where both sides differ, you are asked.`,
    );
  }
  const jobs = names(
    `SELECT DISTINCT badge_name FROM live_chunks JOIN live_jobs ON live_jobs.key = live_chunks.job_key
      WHERE ${listIsOdd('codes')} OR (known IS NOT NULL AND ${listIsOdd('known')}) ORDER BY badge_name`,
  );
  for (const badge of jobs) {
    told.push(
      `In a live job of “${badge}”, why some customers were refused, or what they held before, cannot be read. ${KEPT}; look at those customers in the org before you try them again.`,
    );
  }
  return told;
}

/** What of an org file cannot be read and would decide something, in sentences. */
export function oddInOrg(connection: Database): readonly string[] {
  const badges = connection
    .prepare<[], string>(
      `SELECT badges.name FROM badges JOIN definitions ON definitions.key = badges.definition_key
        WHERE ${recordIsOdd('definition')} ORDER BY badges.name`,
    )
    .pluck()
    .all();
  const told: string[] = [];
  if (badges.length > 0) {
    told.push(
      `The rules of ${several(badges, 'badge')} in the org file cannot be read, so nobody can be given ${badges.length === 1 ? 'it' : 'them'}. ${KEPT}, and all other badges work. Issue a copy of the badge under another name, or put back a copy of the file from before.`,
    );
  }
  const tags = connection.prepare(`SELECT 1 FROM org_meta WHERE ${listIsOdd('tags')}`).get();
  if (tags !== undefined)
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
