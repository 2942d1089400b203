import type { Message } from '../words/message';
import { z } from 'zod';
import { FARTHEST } from '../domain/instant';
import { boundedList } from './bounded-list';
import { call, job } from './method';
import type { CountedRows } from './tables-contract';

const badgeId = z.string().min(1).max(64);
/** As far as the rules read dates: what was meant as milliseconds lies beyond the exact integers (semantics T1). */
const instant = z.number().refine((at) => Number.isInteger(at) && Math.abs(at) <= FARTHEST, 'lists.farDate');

/** Where the customers of a request come from. A file is named by the token that the native dialog or a drop gave. */
export const customerSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paste'), text: z.string().max(20_000_000) }),
  z.object({ kind: z.literal('range'), from: z.int().min(1), to: z.int().min(1) }),
  z.object({
    kind: z.literal('file'),
    token: z.string().min(1).max(100),
    /** Of the customer ids, from 0. */
    column: z.int().min(0).optional(),
    /** As options of the command line say them: the column by its name, the sheet of a workbook. */
    choices: z.object({ column: z.string().max(1000).optional(), sheet: z.string().max(200).optional() }).optional(),
  }),
  z.object({ kind: z.literal('one'), customerId: z.string().max(100) }),
]);
export type CustomerSource = z.input<typeof customerSource>;

export const issueInput = z.object({
  badgeId,
  /** enrol = issueBulk, award = earnBulk, awardOne = earn. */
  action: z.enum(['enrol', 'award', 'awardOne']),
  customers: customerSource,
  owner: z.object({ ownerType: z.string().max(100), referenceId: z.string().max(200) }),
  /** The clock of the call; null: now. */
  at: instant.nullable().default(null),
  /** Explicit event date; null: none sent. */
  eventDate: instant.nullable().default(null),
  /** Null: a fresh one is made. Repeating one gives 809. */
  requestId: z.string().max(200).nullable().default(null),
});
export type IssueInput = z.input<typeof issueInput>;

/** What a customer file looks like, before anything is done with it. */
export interface CustomerFileView {
  token: string;
  name: string;
  bytes: number;
  kind: 'csv' | 'excel' | 'open-document' | 'parquet';
  /** Of a workbook: the sheet that is read, and all there are. */
  sheet: string | null;
  sheets: readonly string[];
  /** Of a text; null: one value a line. */
  delimiter: string | null;
  encoding: string | null;
  header: readonly string[] | null;
  /** Every cell holds a customer id. */
  isList: boolean;
  /** Zero-based index of the column taken for the customer id, null where only a person can say; and why in words. */
  column: number | null;
  columnReason: Message;
  /** Names of the columns that a replay needs, as far as they were found; of two with one name the second is `Name#2`. */
  roles: Readonly<Record<'customer' | 'at' | 'time' | 'amount' | 'segment', string | null>>;
  columns: number;
  /** First data lines, cut into fields. */
  sample: readonly (readonly string[])[];
  estimatedLines: number;
}

/** How a table of customers was read. */
export interface CustomersReading extends CountedRows {
  kind: CustomerFileView['kind'];
  sheet: string | null;
  /** The column that was read and why that one; null where every cell is a customer. */
  column: string | null;
  why: Message | null;
  /** Of how many columns. */
  columns: number;
  /** What else there is to say of it. */
  notes: readonly Message[];
}

/** What a request came to, and of a table how it was read. Of a request that was refused as a whole no row was read. */
type IssueAnswer = RequestSummary & { reading: CustomersReading | null };

export interface IssueProgress {
  phase: 'reading' | 'issuing' | 'saving';
  /** Of a table that is no text, while it is made one: which share is done. */
  share?: number;
  done: number;
  /** Exact for paste and range, estimated from bytes for files. */
  total: number | null;
  /** Customers per second over the last second; null at the start. */
  perSecond: number | null;
  secondsLeft: number | null;
}

export interface OutcomeCount {
  /** `ok`, a gateway code such as `811`, or a line fault such as `not-a-number`. */
  outcome: string;
  count: number;
  /** Plain words for the outcome. */
  label: Message;
}

export interface RequestSummary {
  id: number;
  requestId: string;
  action: 'enrol' | 'award' | 'awardOne' | 'import';
  badgeId: string;
  badgeName: string;
  ownerType: string;
  referenceId: string | null;
  /** `answered`: its records count. `refused`: the request failed as a whole, `errors` say why. */
  state: 'answered' | 'refused';
  errors: readonly { code: number; message: string; reference: string | null; advice: Message }[];
  /** Clock of the call, and when the work was really done. */
  processedOn: number;
  madeOn: number;
  eventDate: number | null;
  expiresOn: number | null;
  source: string;
  total: number;
  succeeded: number;
  refused: number;
  outcomes: readonly OutcomeCount[];
  /** One plain sentence: "98,412 of 100,000 customers got the badge; 1,588 were refused, most because …". */
  sentence: Message;
  durationMilliseconds: number;
}

/** One customer of a request. */
export interface IssueRow {
  /** Place in the request, from 0. */
  ordinal: number;
  /** Of a row that names no customer: its line in the file, from 1, header and blank lines counted; else null. */
  line: number | null;
  /** The customer id, or the text of the line when it is not one. */
  customer: string;
  /** 24-hex id of the enrolment or award; for 1040 the earlier one. */
  issuedId: string | null;
  status: string | null;
  expiresOn: number | null;
  outcome: string;
  label: Message;
}

export interface RowPage {
  total: number;
  offset: number;
  rows: readonly IssueRow[];
}

/** Why one row came out as it did (semantics C5, W, I5, E6). All instants in microseconds. */
export interface RowExplanation {
  sentence: Message;
  constraintType: string | null;
  level: 'CUSTOMER' | 'BADGE' | null;
  windowFrom: number | null;
  windowTo: number | null;
  count: number | null;
  limit: number | null;
  freesAt: number | null;
  /** Plain words when freesAt is null: never, or on what it depends. */
  freesNote: Message | null;
  /** The awards or enrolments that stand in the way, latest first, at most 20. */
  evidence: readonly { id: string; eventDate: number; recordedOn: number; expiresOn: number }[];
}

const rowFilter = z.object({
  /** Empty: all outcomes. */
  outcomes: boundedList(z.string().max(40), 500, 'lists.outcomes').default([]),
  customer: z.string().max(40).default(''),
});

export const issuanceMethods = {
  /** What would refuse the whole request now (1039, 810, 815 …), before any customer is read. Empty: nothing. */
  'issuance.check': call<{
    errors: readonly { code: number; message: string; advice: Message }[];
    expiresOn: number | null;
  }>()(() => issueInput.omit({ customers: true, requestId: true })),
  'issuance.run': job<IssueProgress, IssueAnswer>()(() => issueInput),
  'customers.inspectFile': call<CustomerFileView>()(() =>
    z.object({
      token: z.string(),
      column: z.int().min(0).optional(),
      sheet: z.string().max(200).optional(),
      purpose: z.enum(['customers', 'events']).optional(),
    }),
  ),
  'requests.list': call<{ total: number; rows: readonly RequestSummary[] }>()(() =>
    z.object({
      badgeId: badgeId.optional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
  ),
  'requests.get': call<RequestSummary>()(() => z.object({ id: z.int() })),
  'requests.rows': call<RowPage>()(() =>
    z.object({ id: z.int(), filter: rowFilter.prefault({}), offset: z.int().min(0), limit: z.int().min(1).max(500) }),
  ),
  'requests.explain': call<RowExplanation>()(() => z.object({ id: z.int(), ordinal: z.int().min(0) })),
  /** Writes the rows a filter selects as CSV to the file the native dialog named. */
  'requests.export': job<{ done: number; total: number }, { rows: number; name: string }>()(() =>
    z.object({ id: z.int(), filter: rowFilter.prefault({}), target: z.string().min(1).max(100) }),
  ),
};
