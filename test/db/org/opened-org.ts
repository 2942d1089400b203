import Database from 'better-sqlite3';
import { orgMigrations } from '../../../db/migrations';
import { migrate } from '../../../db/migrate';
import { ensureOrg, OrgStore } from '../../../db/org/org-store';
import type { BadgeDefinition } from '../../../shared/domain/badge';
import { instantOf } from '../../../shared/domain/instant';
import { DEFAULT_SETTINGS, type OrgSettings } from '../../../shared/domain/settings';
import { badgeDefinition } from '../../domain/badge-bodies';

export const START = instantOf('2026-01-01T00:00:00Z');

/** A migrated org in memory, with the real migrations. */
export function openOrg(settings: Partial<OrgSettings> = {}): { connection: Database.Database; org: OrgStore } {
  const connection = new Database(':memory:');
  migrate(connection, orgMigrations, 1);
  ensureOrg(connection, { orgId: 1, salt: 0xabcdef, createdOn: START });
  return { connection, org: new OrgStore(connection, { ...DEFAULT_SETTINGS, ...settings }) };
}

/** A direct badge of the year 2026 without limits, changed as the test needs. */
export const definition = (changes: Partial<BadgeDefinition> = {}): BadgeDefinition =>
  badgeDefinition({
    name: 'Badge',
    expiresOn: instantOf('2027-01-01T00:00:00Z'),
    earnedBadgeExpiry: { kind: 'RELATIVE', unit: 'DAYS', value: 14 },
    ...changes,
  });
