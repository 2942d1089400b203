import type { StoredConnection } from '../../../../../db/workspace/connections';
import { isRecordId } from '../../../../../db/workspace/live-chunks';
import { Failure } from '../../../../../shared/ipc/errors';
import type { CancelSignal } from '../../../../../shared/ipc/method';
import {
  OPPOSITE,
  takesBack,
  type TakeBackAction,
  type TakeBackSource,
} from '../../../../../shared/ipc/take-back-contract';
import { inEnglish } from '../../../../../shared/words/english';
import { message } from '../../../../../shared/words/message';
import { releaseSource, resolveSource } from '../../../customers/resolve-source';
import type { ResolvedSource } from '../../../customers/source';
import { requireColumn } from '../../../customers/rows';
import { trimInvisible } from '../../../tables/customer-value';
import { lookAtTable, type TableLook } from '../../../tables/inspect-table';
import type { SyncContext } from '../../context';
import type { TakeBackRow, TakeBackRows } from './rows';

/** What is taken back, with every token resolved; whoever takes `rows` calls {@link releaseTakeBack} in the end. */
export interface ResolvedTakeBack {
  action: TakeBackAction;
  remoteBadgeId: string;
  rows: TakeBackRows;
}

/** Headings that say that a column holds records, where none of the first rows names one: exports of jobs and packs, fields of the API. */
const RECORD_HEADINGS = new Set(['id', 'record', 'recordid', 'earnedbadgeid', 'earnid', 'issuedid', 'issueid']);

/**
 * Finds the records that a take-back is about.
 *
 * @param standing what the customers of a file hold, where it names no records
 * @throws Failure `conflict` where the job is not over, takes back itself, or went to another org; `invalid-input` where
 *   only a person can say which column is what; `not-found`
 */
export async function resolveTakeBack(
  { workspace, files }: SyncContext,
  connection: StoredConnection,
  source: TakeBackSource,
  standing: (named: ResolvedSource, order: Omit<ResolvedTakeBack, 'rows'>) => Promise<readonly TakeBackRow[]>,
  signal?: CancelSignal,
): Promise<ResolvedTakeBack> {
  if (source.kind === 'job') {
    const job = workspace.liveJobs.get(source.jobId);
    const { action, remoteBadgeId } = job;
    if (job.connectionKey !== connection.key || takesBack(action))
      throw new Failure('conflict', message('takeBack.notOfJob', { org: connection.name }));
    if (job.state !== 'done' && job.state !== 'cancelled') throw new Failure('conflict', message('takeBack.notOver'));
    const { key, badgeName } = job;
    const description = inEnglish(message('sources.givenByJob', { badge: badgeName, job: String(key) }));
    const rows: TakeBackRows = { kind: 'job', jobKey: key, customer: source.customer.trim(), description };
    return { action: OPPOSITE[action], remoteBadgeId, rows };
  }
  const file = files.find(source.token, 'read');
  if (source.names === 'customers') {
    const { action, remoteBadgeId } = source;
    const named = await resolveSource({ files }, { kind: 'file', token: source.token }, signal);
    try {
      const rows = await standing(named, { action, remoteBadgeId });
      return { action, remoteBadgeId, rows: { kind: 'list', name: file.name, rows } };
    } finally {
      releaseSource(named);
    }
  }
  const look = await lookAtTable(file.path, file.name, {}, 'customers', signal);
  try {
    requireColumn(look.questions, file.name);
    const recordColumn = recordColumnOf(look);
    if (recordColumn === null || look.reading.isList)
      throw new Failure('invalid-input', message('takeBack.noRecordColumn', { name: file.name }));
    const { action, remoteBadgeId } = source;
    return { action, remoteBadgeId, rows: { kind: 'file', name: file.name, reading: look.reading, recordColumn } };
  } catch (error) {
    look.decoded.dispose();
    throw error;
  }
}

/** Removes what was made to read the rows. */
export function releaseTakeBack(rows: TakeBackRows): void {
  if (rows.kind === 'file') releaseSource({ kind: 'file', name: rows.name, reading: rows.reading });
}

/** The one column in which record ids stand, by its cells or else by its heading; null where none or several may be it. */
function recordColumnOf({ dialect: { header, sample }, reading }: TableLook): number | null {
  const width = Math.max(header?.length ?? 0, ...sample.map(({ cells }) => cells.length));
  const others = Array.from({ length: width }, (_, column) => column).filter(
    (column) => column !== (reading.places.customer ?? 0),
  );
  const filled = others.filter((column) => sample.some(({ cells }) => isRecordId(trimInvisible(cells[column] ?? ''))));
  const headed = others.filter((column) =>
    RECORD_HEADINGS.has((header?.[column] ?? '').toLowerCase().replaceAll(/[\s_-]+/g, '')),
  );
  const candidates = filled.length > 0 ? filled : headed;
  const both = candidates.filter((column) => headed.includes(column));
  if (candidates.length === 1) return candidates[0] ?? null;
  return both.length === 1 ? (both[0] ?? null) : null;
}
