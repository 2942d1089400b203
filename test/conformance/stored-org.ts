import Database from 'better-sqlite3';
import { ORG } from '../../db/kinds';
import { migrate } from '../../db/migrate';
import { ensureOrg, OrgStore } from '../../db/org/org-store';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import type { MakeOrg } from './pure-gateway';

/** An org in SQLite that lives as long as its connection. */
export const storedOrg: MakeOrg = (settings) => {
  const connection = new Database(':memory:');
  migrate(connection, ORG.migrations, ORG.applicationId);
  ensureOrg(connection, { orgId: 1, salt: 0x5a17, createdOn: 0 });
  return new OrgStore(connection, { ...DEFAULT_SETTINGS, ...settings });
};
