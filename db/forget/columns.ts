import { getTableColumns, is } from 'drizzle-orm';
import { SQLiteTable, type SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { TextKind } from '../../shared/fidelity/without-person';
import type { ForgetKind } from '../../shared/ipc/forget-contract';
import * as org from '../org/schema';
import * as workspace from '../workspace/schema';

/**
 * What a column holds of a customer. `id`: the number itself; `name`: what identifies them, in a row about nothing else; a
 * {@link TextKind}: a text in which they may stand, as it is or `deflated`, or `packed`, which another column tells;
 * `chunk`: customers of a live job (live-chunks.ts).
 */
export type Holding = { as: 'id' | 'name' | 'chunk' } | { as: TextKind; bytes?: 'deflated' | 'packed' };

/** What a table's columns hold; a table that is not named holds nothing of any customer. */
export interface Holder {
  kind: ForgetKind;
  columns: Readonly<Record<string, Holding>>;
  /** Columns of text or bytes that hold nothing of any customer. */
  nothing: readonly string[];
}

type Holders<S> = { readonly [T in keyof S as S[T] extends SQLiteTable ? T : never]: Holder | 'nothing' };

const LINE = { as: 'line' } as const;
const TEXT = { as: 'text' } as const;
const JSON_TEXT = { as: 'json' } as const;
const DEFLATED = { as: 'json', bytes: 'deflated' } as const;
const PACKED = { as: 'json', bytes: 'packed' } as const;

/** What an org file holds of customers. */
export const IN_ORG: Holders<typeof org> = {
  org: 'nothing',
  badges: 'nothing',
  definitions: 'nothing',
  claims: 'nothing',
  groups: 'nothing',
  customFields: 'nothing',
  orgMeta: 'nothing',
  customerIdentifiers: {
    kind: 'requests',
    columns: { customerId: { as: 'id' }, value: { as: 'name' } },
    nothing: ['kind'],
  },
  requests: {
    kind: 'requests',
    columns: { source: TEXT, errors: JSON_TEXT },
    nothing: ['kind', 'requestId', 'state', 'ownerType', 'referenceId', 'refusals'],
  },
  enrolments: { kind: 'records', columns: { customerId: { as: 'id' } }, nothing: [] },
  awards: { kind: 'records', columns: { customerId: { as: 'id' } }, nothing: [] },
  refusals: { kind: 'requests', columns: { customerId: { as: 'id' }, line: LINE }, nothing: [] },
};

/** What a workspace holds of customers. */
export const IN_WORKSPACE: Holders<typeof workspace> = {
  badges: 'nothing',
  revisions: 'nothing',
  arts: 'nothing',
  artPictures: 'nothing',
  artUses: 'nothing',
  badgeTags: 'nothing',
  claims: 'nothing',
  settings: { kind: 'notes', columns: { value: JSON_TEXT }, nothing: ['name'] },
  jobs: { kind: 'notes', columns: { title: TEXT, cause: TEXT }, nothing: ['requestId'] },
  connections: 'nothing',
  snapshots: 'nothing',
  countedBadges: 'nothing',
  awardCounts: 'nothing',
  links: 'nothing',
  draftMeanings: 'nothing',
  folderFiles: 'nothing',
  ledger: {
    kind: 'ledger',
    columns: { url: { as: 'url' }, sentence: TEXT },
    nothing: ['connectionName', 'purpose', 'badgeId', 'method', 'outcome', 'codes'],
  },
  ledgerTasks: 'nothing',
  ledgerContents: {
    kind: 'ledger',
    columns: { requestHeaders: JSON_TEXT, responseHeaders: JSON_TEXT, requestBody: PACKED, responseBody: PACKED },
    nothing: [],
  },
  liveJobs: {
    kind: 'jobs',
    columns: { source: TEXT, note: TEXT },
    nothing: [
      ...['uid', 'connectionName', 'badgeName', 'remoteBadgeId', 'action', 'ownerType', 'referenceId', 'state'],
    ],
  },
  liveChunks: {
    kind: 'jobs',
    columns: { customers: { as: 'chunk' }, codes: JSON_TEXT },
    nothing: ['state', 'known', 'records', 'outcomes'],
  },
  liveRejects: { kind: 'jobs', columns: { line: LINE, reason: TEXT }, nothing: [] },
  simulations: {
    kind: 'results',
    columns: { name: TEXT, sentence: TEXT, csv: TEXT, scenario: DEFLATED, result: DEFLATED, answers: DEFLATED },
    nothing: ['engine'],
  },
};

/** One table to be gone through, with its columns. */
export interface Place extends Holder {
  table: SQLiteTable;
  all: Readonly<Record<string, SQLiteColumn>>;
}

function placesOf(schema: object, holders: Readonly<Record<string, Holder | 'nothing'>>): readonly Place[] {
  return Object.entries(schema).flatMap(([name, table]: [string, unknown]) => {
    const holder = holders[name];
    if (!is(table, SQLiteTable) || holder === undefined || holder === 'nothing') return [];
    return [{ table, all: getTableColumns(table), ...holder }];
  });
}

export const ORG_PLACES = placesOf(org, IN_ORG);
export const WORKSPACE_PLACES = placesOf(workspace, IN_WORKSPACE);
