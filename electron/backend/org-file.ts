import type { Database } from 'better-sqlite3';
import { ORG } from '../../db/kinds';
import { openDatabase } from '../../db/open';
import { BadgeStore, type RecordCounts } from '../../db/org/badge-store';
import { ensureOrg, OrgStore } from '../../db/org/org-store';
import { RequestHistory } from '../../db/org/request-history';
import type { OrgSettings } from '../../shared/domain/settings';
import type { Instant } from '../../shared/domain/instant';

/** Printed as orgId by the workspace's own org. */
const LOCAL_ORG_ID = 1;

/** The org file beside a workspace, open for reading and for what the backend itself writes. */
export interface OrgFile {
  connection: Database;
  /** The org under these settings, with everything that workers have written to the file so far. */
  org(settings: Readonly<OrgSettings>): OrgStore;
  history: RequestHistory;
  /** Path of the copy saved before an update at this start; null when there was none. */
  backup: string | null;
  /** Records ever made, by badge id; ids without any are left out. */
  countsByBadge(ids: readonly string[]): ReadonlyMap<string, RecordCounts>;
  close(): void;
}

/**
 * Opens an org file, or makes it. The workspace's lock must be held.
 *
 * @param path absolute
 * @throws Failure as openDatabase does
 */
export async function openOrgFile(
  path: string,
  now: Instant,
  randomBytes: (length: number) => Uint8Array,
): Promise<OrgFile> {
  const { connection, backup } = await openDatabase(path, ORG);
  try {
    const salt = Buffer.from(randomBytes(3)).readUIntBE(0, 3);
    ensureOrg(connection, { orgId: LOCAL_ORG_ID, salt, createdOn: now });
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
      backup,
      countsByBadge: (ids) => badges.countsByBadge(ids),
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw error;
  }
}
