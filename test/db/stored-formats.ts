import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { ORG, WORKSPACE } from '../../db/kinds';
import { migrate } from '../../db/migrate';
import type { DatabaseKind } from '../../db/open';
import { capNumber, UNIT_NUMBERS } from '../../db/org/caps-on-rows';
import { LINE_FAULTS } from '../../db/org/outcomes';
import { packCustomers, packOutcomes } from '../../db/workspace/live-chunks';
import * as tables from '../../db/workspace/schema';
import { OWNER_BITS } from '../../db/workspace/stored-owners';
import {
  storedImportDraft,
  storedJobDraft,
  storedTakeBackDraft,
} from '../../electron/backend/sync/live-jobs/look-ahead/drafts';
import type { Cap } from '../../shared/domain/caps';
import { instantOf } from '../../shared/domain/instant';
import { RECORD_KINDS, recordId } from '../../shared/domain/object-id';
import { readBadge } from '../../shared/domain/read-badge';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { meaningOfBody } from '../../shared/gateway/meaning-text';

const BADGE = {
  name: 'Größte “1”',
  startOn: '2026-01-01T00:00:00Z',
  expiresOn: '2027-01-01T00:00:00Z',
  earnType: 'ISSUE_EARN',
  earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpirytype: 'MONTHS', value: 3 },
  issuedBadgeExpiry: { expiryType: 'NEVER' },
  ownership: { restrictedToOwners: ['Loyalty', 'Historical_Import'] },
  customerConstraints: [{ constraintType: 'CUSTOMER_FIXED_VALUE', maxEarnLimit: 2 }],
  tags: [{ name: 'season', value: 'été' }],
};

/** As version 1 wrote it; read as it stands here for as long as that version is. */
export const JOB_DRAFT = {
  version: 1,
  draft: {
    isOpen: true,
    action: 'award',
    badge: { badgeId: '69f86ea0beef0e0000000001', remoteId: 'remote-1', name: 'Größte “1”' },
    owner: { ownerType: 'Loyalty', referenceId: ' 626', isClaimed: false },
    source: 'list',
    customers: {
      kind: 'file',
      pasted: '1 2\nhalf-typed,',
      rangeFrom: '1',
      rangeTo: '1e',
      file: { token: 'token', name: 'members.xlsx', column: 2, sheet: 'Members' },
    },
    requestId: 7,
    simulation: { resultId: 3, badgeKey: 'badge' },
    eventDate: 1_780_000_000_000_000,
  },
  path: '/data/käufer/members.xlsx',
};

const IMPORT_DRAFT = {
  version: 1,
  draft: {
    isOpen: true,
    badge: JOB_DRAFT.draft.badge,
    file: { token: 'token', name: 'past.csv' },
    choices: { columns: { customer: '#1' }, dateFormat: 'D.M.YYYY', zone: 'Europe/Berlin' },
    again: true,
    begin: { choice: 'at', on: null, typed: '31 Febr' },
  },
  path: '/data/käufer/past.csv',
};

const TAKE_BACK_DRAFT = {
  version: 1,
  draft: {
    isOpen: false,
    job: { id: 4, badgeName: 'Größte “1”' },
    customer: '12',
    action: 'revoke-award',
    names: 'customers',
    badge: null,
    file: null,
  },
  path: null,
};

/** One format: its parts by name, each of which may be added to and never change without a migration. */
export type StoredFormat = Record<string, unknown>;

/** Everything that is written to people's disks in a form that the code decides, as far as a value shows it. */
export function storedFormats(): { workspace: StoredFormat; org: StoredFormat } {
  return {
    workspace: {
      version: WORKSPACE.migrations.length,
      applicationId: WORKSPACE.applicationId,
      ...schemaOf(WORKSPACE),
      'meaning of a badge': meaningOfBody(JSON.stringify(BADGE)),
      ...named('owner bit', OWNER_BITS),
      'customers of a live chunk': packCustomers([1, 2 ** 53 - 1]).toString('hex'),
      'outcomes of a live chunk': packOutcomes([
        { kind: 'open' },
        { kind: 'done', issuedId: '69f86ea0beef0e0000000001' },
        { kind: 'done', issuedId: null },
        { kind: 'refused', code: 990_001 },
      ]).toString('hex'),
      ...words('ledger outcome', tables.ledger.outcome.enumValues),
      ...words('ledger task kind', tables.ledgerTasks.kind.enumValues),
      ...words('live job state', tables.liveJobs.state.enumValues),
      ...words('live job action', tables.liveJobs.action.enumValues),
      ...words('live chunk state', tables.liveChunks.state.enumValues),
      ...words('connection kind', tables.connections.kind.enumValues),
      'live job draft': storedJobDraft.parse(JOB_DRAFT),
      'live import draft': storedImportDraft.parse(IMPORT_DRAFT),
      'live take-back draft': storedTakeBackDraft.parse(TAKE_BACK_DRAFT),
      ...words('setting', Object.keys(DEFAULT_SETTINGS)),
    },
    org: {
      version: ORG.migrations.length,
      applicationId: ORG.applicationId,
      ...schemaOf(ORG),
      'definition of a badge': JSON.stringify(readBadge(BADGE).definition),
      ...named('rolling unit', UNIT_NUMBERS),
      'number of a cap': [
        capNumber({ level: 'BADGE', index: 2, roll: { unit: 'WEEKS', value: 1 } } as unknown as Cap),
        capNumber({ level: 'CUSTOMER', index: 3, roll: null } as unknown as Cap),
      ],
      ...named('line fault', LINE_FAULTS),
      ...named('record kind', RECORD_KINDS),
      'id of a record': recordId('award', instantOf('2026-05-04T09:30:00Z'), '00beef', 77),
    },
  };
}

function schemaOf(kind: DatabaseKind): StoredFormat {
  const connection = new Database(':memory:');
  migrate(connection, kind.migrations, kind.applicationId);
  const rows = connection
    .prepare("SELECT type || ' ' || name AS name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY 1")
    .all() as { name: string; sql: string }[];
  connection.close();
  const digest = (sql: string): string =>
    createHash('sha256').update(sql.replaceAll(/\s+/g, ' ')).digest('hex').slice(0, 16);
  return Object.fromEntries(rows.map(({ name, sql }) => [name, digest(sql)]));
}

const named = (what: string, values: Readonly<Record<string, unknown>>): StoredFormat =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${what} ${name}`, value]));
const words = (what: string, values: readonly string[]): StoredFormat =>
  Object.fromEntries(values.map((value) => [`${what} ${value}`, value]));
