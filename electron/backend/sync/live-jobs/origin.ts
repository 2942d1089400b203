import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';
import { streamRegular } from '../../../disk/regular-file';
import { causeOf } from '../../../disk/system-reasons';
import { pathsOfTable } from '../../tables/table-files';
import type { SyncContext } from '../context';

/** Who started a job, from which files, and on which badge: noted then, because none of it can be found out later. */
export const jobOrigin = z.object({
  /** Account of the operating system; empty where it has none. */
  user: z.string(),
  computer: z.string(),
  /** As it was set in the settings; empty: none was. */
  name: z.string(),
  /** Empty where the customers were not read from files. */
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
  /** As the org last showed it, with its active claims; null where it was never read. */
  badge: z.object({ seenOn: z.number(), body: z.string(), claims: z.array(z.unknown()) }).nullable(),
});
export type JobOrigin = z.output<typeof jobOrigin>;

/** What a pack tells of a file. @throws Failure `not-found` where it cannot be read */
async function fileFacts(file: string): Promise<JobOrigin['files'][number]> {
  const hash = createHash('sha256');
  const name = path.basename(file);
  let bytes = 0;
  try {
    for await (const portion of streamRegular(file) as AsyncIterable<Buffer>) {
      hash.update(portion);
      bytes += portion.length;
    }
  } catch (error) {
    throw new Failure('not-found', message('tables.cannotBeRead', { name, reason: causeOf(error) }));
  }
  return { name, bytes, sha256: hash.digest('hex') };
}

function account(): string {
  try {
    return userInfo().username;
  } catch {
    // An account without an entry in the system's list.
    return '';
  }
}

/**
 * Notes where a job comes from, as it is now.
 *
 * @param token of the file that its rows are read from; null: they come from elsewhere
 * @throws Failure `not-found` where a file cannot be read
 */
export async function originOf(
  { workspace, files }: SyncContext,
  connection: StoredConnection,
  remoteBadgeId: string,
  token: string | null,
): Promise<JobOrigin> {
  const named = workspace.settings.kept('auditName');
  const seen = workspace.snapshots.find(connection.key, remoteBadgeId);
  const given = token === null ? [] : pathsOfTable(files.find(token, 'read').path);
  const facts: JobOrigin['files'] = [];
  for (const file of given) facts.push(await fileFacts(file));
  return {
    ...{ user: account(), computer: hostname(), name: typeof named === 'string' ? named : '', files: facts },
    badge: seen ? { seenOn: seen.seenOn, body: seen.body, claims: [...seen.claims] } : null,
  };
}

/** Keeps it with the job, which runs already: to say that it did not start would make a person start it twice. */
export function keepOrigin({ workspace, log }: SyncContext, jobKey: number, origin: JobOrigin): void {
  try {
    workspace.settings.keep(`jobOrigin:${jobKey}`, origin);
  } catch (error) {
    log.error({ err: error, job: jobKey }, 'who started a live job could not be written down');
  }
}
