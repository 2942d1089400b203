import type { LedgerLine, LedgerStore } from '../../../../db/workspace/ledger';
import { toIsoExact } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import type { LedgerEntry } from '../../../../shared/ipc/sync-contract';
import { csvCell } from '../../files/csv';
import { adviceOf } from '../client/refusal-advice';
import { linked } from '../client/linked-signal';
import type { SyncContext, SyncHandlers } from '../context';
import { writeRows } from '../../files/written-rows';
import type { Message } from '../../../../shared/words/message';

type ActivityMethod = Extract<keyof SyncHandlers, `activity.${string}`>;

/** Lines read at a time while exporting. */
const PORTION = 500;

const HEADER = [
  'id',
  'connection',
  'purpose',
  'method',
  'url',
  'sent',
  'answered',
  'outcome',
  'status',
  'codes',
  'sentence',
];

/** Handlers of `activity.*`: every request to an org, and what came back. */
export function activityHandlers(
  { workspace, files }: SyncContext,
  closing: AbortSignal,
): Pick<SyncHandlers, ActivityMethod> {
  const { ledger } = workspace;
  return {
    'activity.list': ({ connectionId, search, outcome, offset, limit }) => {
      const filter = { connectionKey: connectionId ?? null, search, outcomes: outcome };
      const { total, lines } = ledger.list(filter, offset, limit);
      return { total, rows: lines.map(entryOf) };
    },
    'activity.get': ({ id }) => {
      const line = ledger.find(id);
      if (!line) throw new Failure('not-found', 'That request is not in the ledger of this workspace.');
      return { entry: entryOf(line), advice: adviceOn(line.codes), ...ledger.contents(id) };
    },
    'activity.export': async ({ connectionId, target }, { signal, progress }) => {
      const file = files.output(target);
      const connectionKey = connectionId ?? null;
      const { total } = ledger.list({ connectionKey, search: '', outcomes: [] }, 0, 1);
      const rows = await writeRows(file, linked(signal, closing), csvOf(ledger, connectionKey), (done) =>
        progress({ done, total: Math.max(done, total) }),
      );
      return { rows, name: file.name };
    },
  };
}

function adviceOn(codes: readonly number[]): { code: number; advice: Message }[] {
  return [...new Set(codes)].flatMap((code) => {
    const advice = adviceOf(code);
    return advice === null ? [] : [{ code, advice }];
  });
}

function entryOf({ key, connectionKey, ...line }: LedgerLine): LedgerEntry {
  return { ...line, id: key, connectionId: connectionKey };
}

function* csvOf(ledger: LedgerStore, connectionKey: number | null): Generator<{ text: string; rows: number }> {
  yield { text: `\ufeff${HEADER.join(',')}\r\n`, rows: 0 };
  for (let after = 0; ;) {
    const lines = ledger.after(connectionKey, after, PORTION);
    const last = lines.at(-1);
    if (!last) return;
    after = last.key;
    yield { text: lines.map(csvLineOf).join(''), rows: lines.length };
  }
}

function csvLineOf(line: LedgerLine): string {
  const cells = [
    String(line.key),
    line.connectionName,
    line.purpose,
    line.method,
    line.url,
    toIsoExact(line.sentOn),
    line.answeredOn === null ? '' : toIsoExact(line.answeredOn),
    line.outcome,
    line.status === null ? '' : String(line.status),
    line.codes.join(' '),
    line.sentence,
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}
