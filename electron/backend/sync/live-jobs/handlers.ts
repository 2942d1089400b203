import type { LiveRow } from '../../../../db/workspace/live-job-rows';
import type { LiveJob } from '../../../../db/workspace/live-jobs';
import type { SimulationStore } from '../../../../db/workspace/simulations';
import { outcomeLabel } from '../../../../db/org/outcomes';
import { toIsoExact } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import type { LiveCustomerRow, ServedBadge } from '../../../../shared/ipc/sync-contract';
import type { OutputColumn, OutputRow } from '../../files/table-output';
import { writeTable } from '../../files/written-table';
import { refusalLabel } from './view';
import type { BadgeLooks } from './badge-looks';
import { releaseLiveSource, resolveLiveSource } from './live-source';
import { keepOrigin, originOf } from '../origin/origin';
import type { jobQueueMethods } from '../../../../shared/ipc/job-queue-contract';
import type { importMethods } from '../../../../shared/ipc/import-contract';
import type { takeBackMethods } from '../../../../shared/ipc/take-back-contract';
import { requireStartable, type LookMethod, type StartInput } from './look-ahead/handlers';
import type { LiveJobs } from './jobs';
import { LiveReads } from '../badges/live-reads';
import type { OrgSessions } from '../client/org-sessions';
import { linked } from '../client/linked-signal';
import type { SyncContext, SyncHandlers } from '../context';
import { requireWritable } from '../connections/write-permission';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { takesBack } from '../../../../shared/ipc/take-back-contract';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';

type LiveJobMethod = Exclude<
  Extract<keyof SyncHandlers, `liveJobs.${string}`>,
  LookMethod | keyof typeof takeBackMethods | keyof typeof importMethods | keyof typeof jobQueueMethods
>;

/** What a scenario that was run surely has: only those are kept. */
interface KeptScenario {
  badges: readonly { key: string; badge: { name: string } }[];
}

const COLUMNS: readonly OutputColumn[] = [
  { name: 'row', kind: 'integer' },
  { name: 'customer', kind: 'text' },
  { name: 'state', kind: 'text' },
  { name: 'id', kind: 'text' },
  { name: 'code', kind: 'integer' },
  { name: 'message', kind: 'text' },
];
/** Of an import: what it writes. */
const AWARD_COLUMNS: readonly OutputColumn[] = [
  { name: 'date', kind: 'text' },
  { name: 'expiry', kind: 'text' },
];
/** Rows written at a time while exporting. */
const PORTION = 1_000;

/** Handlers of `liveJobs.*`. */
export function liveJobHandlers(
  context: SyncContext,
  sessions: OrgSessions,
  jobs: LiveJobs,
  looks: BadgeLooks,
  closing: AbortSignal,
): Pick<SyncHandlers, LiveJobMethod> {
  const { workspace, files } = context;
  const { connections, liveJobs, liveRows } = workspace;

  const connectionOf = (id: number): StoredConnection => connections.get(liveJobs.get(id).connectionKey);

  /** The badge by its name, so that a job is never started on a badge that is not there. */
  const nameOf = async (connection: StoredConnection, remoteBadgeId: string): Promise<string> => {
    const known = workspace.snapshots.find(connection.key, remoteBadgeId);
    if (known) return known.name;
    const patience = { dice: context.dice, times: context.times.backoff };
    const badge = await new LiveReads(sessions.of(connection).client, patience, message('jobs.nothingSent')).badge(
      remoteBadgeId,
    );
    if (badge) return badge.name;
    throw new Failure('not-found', message('jobs.noSuchBadge', { org: connection.name }));
  };

  /** What is started is what a person was shown, and nothing that the org would refuse for every row. @returns the badge's name */
  const startable = async (connection: StoredConnection, input: StartInput): Promise<string> => {
    const { remoteBadgeId, looked } = input;
    if (looked === null) return nameOf(connection, remoteBadgeId);
    const { ahead, failure } = await looks.look(connection, { ...input, rows: null }, true);
    if (failure !== null) throw new Failure(failure.code, ahead.unread ?? failure.words, failure.gatewayErrors);
    requireStartable(connection.name, ahead, looked);
    return ahead.badge?.name ?? nameOf(connection, remoteBadgeId);
  };

  return {
    'liveJobs.start': async (input) => {
      const { connectionId, remoteBadgeId, action, owner, eventDate, customers, begin, form, typedName } = input;
      const connection = connections.get(connectionId);
      requireWritable(connection, sessions, typedName);
      const source = await resolveLiveSource(context, customers, connection);
      try {
        const badgeName = await startable(connection, input);
        const { ownerType, referenceId } = owner;
        const origin = await originOf(
          context,
          connection,
          remoteBadgeId,
          customers.kind === 'file' ? customers.token : null,
        );
        // The org may have been locked while it was asked.
        requireWritable(connections.get(connectionId), sessions, typedName);
        const view = jobs.start(
          connection,
          { badgeName, remoteBadgeId, action, ownerType, referenceId, eventDate, source: '' },
          source,
          begin,
          form,
        );
        keepOrigin(context, view.id, origin);
        return view;
      } catch (error) {
        releaseLiveSource(source);
        throw error;
      }
    },
    'liveJobs.simulations': ({ limit }) => ({ badges: simulatedBadges(workspace.simulations.scenarios(limit)) }),
    'liveJobs.list': () => ({ jobs: jobs.list() }),
    'liveJobs.get': ({ id }) => jobs.view(id),
    'liveJobs.watch': (_input, { signal, progress }) =>
      new Promise((resolve) => {
        let watched = 0;
        const stopWatching = jobs.watch((view) => {
          watched += 1;
          progress(view);
        });
        for (const view of jobs.list()) progress(view);
        const end = (): void => {
          stopWatching();
          resolve({ watched });
        };
        const stop = linked(signal, closing);
        if (stop.aborted) end();
        else stop.addEventListener('abort', end);
      }),
    'liveJobs.pause': ({ id }) => jobs.pause(id),
    'liveJobs.resume': ({ id }) => {
      const connection = connectionOf(id);
      requireWritable(connection, sessions, connection.name);
      return jobs.resume(connection, id);
    },
    'liveJobs.cancel': ({ id }) => jobs.cancel(id, connections.find(liveJobs.get(id).connectionKey)),
    'liveJobs.retryRefused': ({ id, typedName }) => {
      const connection = connectionOf(id);
      requireWritable(connection, sessions, typedName);
      return jobs.retryRefused(connection, id);
    },
    'liveJobs.rows': ({ id, state, customer, offset, limit }) => {
      const job = liveJobs.get(id);
      const { total, rows } = liveRows.page(id, { states: state, customer }, offset, limit);
      return { total, rows: rows.map((row) => rowView(row, job)) };
    },
    'liveJobs.export': async ({ id, target }, { signal, progress }) => {
      const job = liveJobs.get(id);
      const file = files.output(target);
      const columns = job.action === 'import' ? [...COLUMNS, ...AWARD_COLUMNS] : COLUMNS;
      const table = { sheet: 'Customers', columns, zone: 'UTC' };
      const rows = await writeTable(file, table, rowsOf(liveRows.all(id), job), {
        signal: linked(signal, closing),
        progress: (done) => progress({ done, total: Math.max(done, job.total) }),
      });
      return { rows, name: file.name };
    },
  };
}

/** The badges that kept simulations simulated, by the names that they had then. */
function simulatedBadges(kept: ReturnType<SimulationStore['scenarios']>): ServedBadge[] {
  return kept.flatMap(({ key, name, ranOn, scenario }) =>
    (scenario as KeptScenario).badges.map((entry) => ({
      ...{ resultId: key, badgeKey: entry.key, simulation: name, badge: entry.badge.name, ranOn },
    })),
  );
}

function rowView(row: LiveRow, job: LiveJob): LiveCustomerRow {
  const { ordinal, customer, state, issuedId, code, terms } = row;
  const award = terms && { eventDate: terms.eventDate, expiresOn: terms.expiresOn };
  return { ordinal, customer, state, issuedId, code, award, label: labelOf(row, job.action) };
}

function labelOf({ state, code, message: said }: LiveRow, action: LiveJob['action']): Message {
  switch (state) {
    case 'waiting':
      return message('live.rowWaiting');
    case 'sent':
      return message('live.rowSent');
    case 'unknown':
      return message('live.rowUnknown');
    case 'done':
      if (action === 'import') return message('live.rowImported');
      return takesBack(action)
        ? message(action === 'revoke-award' ? 'live.rowAwardRevoked' : 'live.rowEnrolmentRevoked')
        : outcomeLabel('ok', action);
    case 'refused':
      return refusalLabel(code ?? 0, said ?? '', action);
  }
}

function* rowsOf(rows: Iterable<LiveRow>, job: LiveJob): Generator<OutputRow[]> {
  let portion: OutputRow[] = [];
  for (const row of rows) {
    const { ordinal, customer, state, issuedId, code, terms } = row;
    const cells = [ordinal + 1, customer, state, issuedId, code, inEnglish(labelOf(row, job.action))];
    const dates = terms === null ? [null, null] : [terms.eventDate, terms.expiresOn].map(toIsoExact);
    portion.push(job.action === 'import' ? [...cells, ...dates] : cells);
    if (portion.length < PORTION) continue;
    yield portion;
    portion = [];
  }
  yield portion;
}
