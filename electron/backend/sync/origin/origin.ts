import { createHash } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { Failure } from '../../../../shared/ipc/errors';
import { isDefinitionPurpose } from '../../../../shared/ipc/sync-contract';
import { message } from '../../../../shared/words/message';
import { streamRegular } from '../../../disk/regular-file';
import { causeOf } from '../../../disk/system-reasons';
import { pathsOfTable } from '../../tables/table-files';
import type { SyncContext } from '../context';

/** A file that something was read from. */
const originFile = z.object({ name: z.string(), bytes: z.number(), sha256: z.string() });
export type OriginFile = z.output<typeof originFile>;

/** A badge as an org last showed it, with its active claims. */
const seenBadge = z.object({ seenOn: z.number(), body: z.string(), claims: z.array(z.unknown()) });

const who = {
  /** Account of the operating system; empty where it has none. */
  user: z.string(),
  computer: z.string(),
  /** As it was set in the settings; empty: none was. */
  name: z.string(),
};

/** Who started a job, from which files, and on which badge: noted then, because none of it can be found out later. */
export const jobOrigin = z.object({
  ...who,
  /** Empty where the customers were not read from files. */
  files: z.array(originFile),
  /** Null where it was never read. */
  badge: seenBadge.nullable(),
});
export type JobOrigin = z.output<typeof jobOrigin>;

/** Who started a push, from which plan, and how the badges were before it. */
export const pushOrigin = z.object({
  ...who,
  /** The file of the plan; empty where it was planned in the window. */
  files: z.array(originFile),
  badges: z.array(
    z.object({
      /** Of the draft, or in the org. */
      badgeId: z.string(),
      name: z.string(),
      /** Null: the org had no such badge, or never showed it. */
      before: seenBadge.nullable(),
    }),
  ),
});
export type PushOrigin = z.output<typeof pushOrigin>;

/** What a pack tells of a file. @throws Failure `not-found` where it cannot be read */
export async function fileFacts(file: string): Promise<OriginFile> {
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

function whoNow({ settings }: SyncContext['workspace']): Pick<JobOrigin, 'user' | 'computer' | 'name'> {
  const named = settings.kept('auditName');
  return { user: account(), computer: hostname(), name: typeof named === 'string' ? named : '' };
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
  const seen = workspace.snapshots.find(connection.key, remoteBadgeId);
  const given = token === null ? [] : pathsOfTable(files.find(token, 'read').path);
  const facts: JobOrigin['files'] = [];
  for (const file of given) facts.push(await fileFacts(file));
  return {
    ...{ ...whoNow(workspace), files: facts },
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

/**
 * Notes where a push comes from: who, which plan, and how its badges are in the org as far as Laurel was shown.
 *
 * @param files the file of the plan; empty where there is none
 */
export function originOfPush(
  { workspace }: SyncContext,
  connection: StoredConnection,
  requests: readonly { badgeId: string; badgeName: string; purpose: string; remoteId: string | null }[],
  files: readonly OriginFile[],
): PushOrigin {
  const badges = new Map<string, PushOrigin['badges'][number]>();
  for (const { badgeId, badgeName: name, purpose, remoteId } of requests) {
    if (isDefinitionPurpose(purpose) || badges.has(badgeId)) continue;
    const seen = remoteId === null ? null : workspace.snapshots.find(connection.key, remoteId);
    const before = seen ? { seenOn: seen.seenOn, body: seen.body, claims: [...seen.claims] } : null;
    badges.set(badgeId, { badgeId, name, before });
  }
  return { ...whoNow(workspace), files: [...files], badges: [...badges.values()] };
}

/** Keeps it with the first request of the push that changes something: later ones of the same push find it there. */
export function keepPushOrigin({ workspace, log }: SyncContext, taskKey: number, origin: PushOrigin): void {
  const { settings } = workspace;
  try {
    if (settings.kept(`pushOrigin:${taskKey}`) === undefined) settings.keep(`pushOrigin:${taskKey}`, origin);
  } catch (error) {
    log.error({ err: error, task: taskKey }, 'who started a push could not be written down');
  }
}
