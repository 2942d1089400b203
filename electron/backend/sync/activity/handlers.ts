import type { FoundTask, LedgerFilter, LedgerLine, LedgerStore } from '../../../../db/workspace/ledger';
import { LOOKED_THROUGH } from '../../../../db/workspace/ledger-search';
import { Failure } from '../../../../shared/ipc/errors';
import type { ActivityTask, LedgerEntry } from '../../../../shared/ipc/sync-contract';
import type { OutputColumn, OutputRow } from '../../files/table-output';
import { writeTable } from '../../files/written-table';
import { adviceOf } from '../client/refusal-advice';
import { linked } from '../client/linked-signal';
import type { SyncContext, SyncHandlers } from '../context';
import { filterOf } from './filter';
import { commandsOf, shareExchanges } from './share';
import { type Message, message } from '../../../../shared/words/message';

type ActivityMethod = Extract<keyof SyncHandlers, `activity.${string}`>;

/** Badges that the filter offers at most; by the text every one is found. */
const MOST_BADGES = 1_000;
const MOST_PURPOSES = 100;

/** Lines read at a time while exporting. */
const PORTION = 500;

const COLUMNS: readonly OutputColumn[] = [
  { name: 'id', kind: 'integer' },
  { name: 'connection', kind: 'text' },
  { name: 'purpose', kind: 'text' },
  { name: 'method', kind: 'text' },
  { name: 'url', kind: 'text' },
  { name: 'sent', kind: 'exact-instant' },
  { name: 'answered', kind: 'exact-instant' },
  { name: 'outcome', kind: 'text' },
  { name: 'status', kind: 'integer' },
  { name: 'codes', kind: 'text' },
  { name: 'sentence', kind: 'text' },
];

/** Handlers of `activity.*`: every request to an org, and what came back. */
export function activityHandlers(
  { workspace, files }: SyncContext,
  closing: AbortSignal,
): Pick<SyncHandlers, ActivityMethod> {
  const { ledger } = workspace;
  return {
    'activity.list': ({ offset, limit, ...asked }) => {
      const { total, lines, next } = ledger.list(filterOf(ledger, asked), offset, limit);
      return { total, rows: lines.map(entryOf), next };
    },
    'activity.tasks': ({ offset, limit, ...asked }) => {
      const { total, rows, next } = ledger.search.tasks(filterOf(ledger, asked), offset, limit);
      return { total, rows: rows.map(taskOf), next };
    },
    'activity.choices': () => {
      const badges = new Map<string, string>();
      for (const named of ledger.search.badges(MOST_BADGES)) {
        const badge = ledger.search.badge(named) ?? { id: named, name: named };
        badges.set(badge.id, badge.name);
      }
      const byName = [...badges].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
      return { badges: byName, purposes: ledger.search.purposes(MOST_PURPOSES) };
    },
    'activity.get': ({ id }) => {
      const line = ledger.find(id);
      if (!line) throw new Failure('not-found', message('activity.noSuchEntry'));
      return { entry: entryOf(line), advice: adviceOn(line.codes), ...ledger.contents(id) };
    },
    'activity.curl': async ({ ids }) => ({ text: await commandsOf(ledger, ids, process.platform) }),
    'activity.share': async ({ ids, form, target, ...asked }, { signal, progress }) => {
      const file = files.output(target);
      const order = { file, form, signal: linked(signal, closing), progress };
      return { rows: await shareExchanges(ledger, ids ?? filterOf(ledger, asked), order), name: file.name };
    },
    'activity.export': async ({ target, ...asked }, { signal, progress }) => {
      const file = files.output(target);
      const filter = filterOf(ledger, asked);
      const total = ledger.count(filter.connectionKey);
      const table = { sheet: 'Activity', columns: COLUMNS, zone: 'UTC' };
      const looked = (done: number): void => progress({ done: Math.min(done, total), total });
      const rows = await writeTable(file, table, rowsOf(ledger, filter, looked), { signal: linked(signal, closing) });
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

function entryOf({ key, connectionKey, taskKey, ...line }: LedgerLine): LedgerEntry {
  return { ...line, id: key, connectionId: connectionKey, taskId: taskKey };
}

function taskOf({ key, connectionKey, jobKey, ...task }: FoundTask): ActivityTask {
  return { ...task, id: key, connectionId: connectionKey, jobId: jobKey };
}

/** What a filter finds, newest first: look by look to the end, as somebody would who looks further and further back. */
function* rowsOf(
  ledger: LedgerStore,
  filter: LedgerFilter,
  looked: (lines: number) => void,
): Generator<readonly OutputRow[]> {
  for (let [before, looks] = [filter.before ?? null, 1]; ; looks += 1) {
    const { lines, next } = ledger.list({ ...filter, before }, 0, LOOKED_THROUGH);
    for (let first = 0; first < lines.length; first += PORTION)
      yield lines.slice(first, first + PORTION).map(outputRow);
    looked(next === null ? Infinity : looks * LOOKED_THROUGH);
    if (next === null) return;
    // A look that found nothing gives the others their turn, too.
    if (lines.length === 0) yield [];
    before = next;
  }
}

function outputRow(line: LedgerLine): OutputRow {
  const { key, connectionName, purpose, method, url, sentOn, answeredOn, outcome, status, codes, sentence } = line;
  return [
    ...[key, connectionName, purpose, method, url, sentOn, answeredOn],
    ...[outcome, status, codes.join(' '), sentence],
  ];
}
