import type { Database } from 'better-sqlite3';
import { FileIdentity } from '../../../db/file-identity';
import { ORG } from '../../../db/kinds';
import { lockFile, type FileLock } from '../../../db/lock';
import type { LockRole } from '../../disk/lock-holder';
import { openDatabase, type OpenedDatabase, type Opening } from '../../../db/open';
import { BadgeStore, type RecordCounts } from '../../../db/org/badge-store';
import { ensureOrg, orgMarkOf, OrgStore, type OrgMark } from '../../../db/org/org-store';
import { RequestHistory } from '../../../db/org/request-history';
import type { OrgSettings } from '../../../shared/domain/settings';
import type { Instant } from '../../../shared/domain/instant';

/** Printed as orgId by the workspace's own org. */
const LOCAL_ORG_ID = 1;

/** The org file beside a workspace, open for reading and for what the backend itself writes. */
export interface OrgFile {
  connection: Database;
  /** The org under these settings, with everything that workers have written to the file so far. */
  org(settings: Readonly<OrgSettings>): OrgStore;
  history: RequestHistory;
  /** Whether it was brought up to date at this start. */
  wasUpdated: boolean;
  /** Records ever made, by badge id; ids without any are left out. */
  countsByBadge(ids: readonly string[]): ReadonlyMap<string, RecordCounts>;
  /** When the last enrolment of a badge ends, exclusive; null where nobody was enrolled. */
  enrolledUntil(id: string): Instant | null;
  /** What tells this org from every other. */
  mark: OrgMark;
  /** @throws Failure `database` when the file was deleted, moved or replaced since it was opened */
  requireThere(): void;
  /** Reads the file through where that was left for later. @throws Failure `database` when it is damaged */
  readThrough(): void;
  close(): void;
}

/**
 * Opens an org file, or makes it, for this process alone: a practice org could be started on it, too.
 *
 * @param path absolute
 * @param role as what this process opens it
 * @param how it is opened
 * @throws Failure as openDatabase does
 */
export async function openOrgFile(
  path: string,
  now: Instant,
  randomBytes: (length: number) => Uint8Array,
  role: LockRole,
  how: Opening,
): Promise<OrgFile> {
  const lock = lockFile(path, role);
  let connection: Database | undefined;
  try {
    const opened = await openDatabase(path, ORG, how);
    connection = opened.connection;
    return assemble(opened, lock, now, randomBytes);
  } catch (error) {
    connection?.close();
    lock.release();
    throw error;
  }
}

function assemble(
  { connection, wasCreated, versionBefore, version, readThrough }: OpenedDatabase,
  lock: FileLock,
  now: Instant,
  randomBytes: (length: number) => Uint8Array,
): OrgFile {
  const salt = Buffer.from(randomBytes(3)).readUIntBE(0, 3);
  ensureOrg(connection, { orgId: LOCAL_ORG_ID, salt, createdOn: now });
  const identity = new FileIdentity(connection.name);
  const badges = new BadgeStore(connection);
  let org: OrgStore | undefined;
  return {
    connection,
    org: (settings) => {
      if (org?.settings !== settings) org = new OrgStore(connection, settings);
      org.refresh();
      return org;
    },
    history: new RequestHistory(connection),
    wasUpdated: !wasCreated && versionBefore < version,
    countsByBadge: (ids) => badges.countsByBadge(ids),
    enrolledUntil: (id) => badges.enrolledUntil(id),
    mark: orgMarkOf(connection),
    requireThere: () => identity.require(),
    readThrough,
    close: () => {
      connection.close();
      lock.release();
    },
  };
}
