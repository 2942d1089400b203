/**
 * A Laurel without a window that does one thing and says how it went: `faulted-laurel ORDER`. What it prints is what a
 * person would be shown; a mistake in the program ends it with its stack, as a fault to be found.
 */
import { openSync } from 'node:fs';
import path from 'node:path';
import { openBackend, type Backend } from '../../../electron/backend/backend';
import { toSecret } from '../../../electron/backend/sync/client/credentials';
import type { SecretKeeper } from '../../../electron/backend/secrets/secret-keeper';
import { contract, type CallName, type Input, type Output } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { LiveJobView, PushedRequest } from '../../../shared/ipc/sync-contract';
import { FIXTURE_DAY } from '../look';
import { OWNER } from '../../domain/badge-bodies';
import { CREDENTIALS, liveBody } from '../../backend/sync/practice-org';
import { inEnglish } from '../../../shared/words/english';

interface Order {
  task: 'open' | 'push' | 'push-again' | 'live' | 'live-again';
  folder: string;
  url: string;
  badge: string;
  customers: number;
}

/** What a start after a faulted push knew, and how it ended. */
export interface PushedAgain {
  /** Creates of which the list of calls knows. */
  entries: number;
  state: string | undefined;
}

/** How a live job ended at a start after a fault. */
export interface LiveJobEnd {
  /** Whether the job was there at the start. */
  found: boolean;
  /** What was said of it then. */
  note: string;
  view: LiveJobView;
}

const NAME = 'Five visits';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const times = { exchange: { connect: 5_000, idle: 5_000, total: 10_000 }, backoff: { first: 5, most: 50 }, quiet: 20 };
const order = JSON.parse(process.argv[2] ?? '') as Order;

/** A keychain that survives whatever happens to Laurel. */
const secrets: SecretKeeper = {
  hasKeychain: () => Promise.resolve(true),
  put: () => Promise.resolve('keychain'),
  take: () => Promise.resolve(toSecret({ kind: 'basic', user: CREDENTIALS.user, password: CREDENTIALS.password })),
  placeOf: () => Promise.resolve('keychain'),
  forget: () => Promise.resolve(),
};

function open(): Promise<Backend> {
  const workspacePath = path.join(order.folder, 'w.laurel');
  const options = { workspacePath, appVersion: '0', runtime: 'test', log: quiet, sync: { secrets, times } };
  return openBackend(order.task === 'open' ? { ...options, now: () => FIXTURE_DAY } : options);
}

/** Calls as the page does: the input is parsed by the contract first. */
async function call<N extends CallName>({ handlers }: Backend, name: N, input: Input<N>): Promise<Output<N>> {
  const parsed: unknown = contract[name].input.parse(input);
  return (handlers[name] as (given: unknown) => Output<N> | Promise<Output<N>>)(parsed);
}

/** From here on calls that change files count. */
function beginFaults(): void {
  try {
    openSync(path.join(order.folder, 'begin-faults'), 'r');
  } catch {
    // It is a sign, and no file.
  }
}

async function connection(backend: Backend): Promise<number> {
  const [known] = (await call(backend, 'connections.list', {})).connections;
  if (known) return known.id;
  const { user, password } = CREDENTIALS;
  const settings = { name: 'Practice', baseUrl: order.url, kind: 'practice', timeZone: 'UTC', chunkSize: 20 } as const;
  const saved = await call(backend, 'connections.save', {
    connection: { ...settings, parallel: 2, perSecond: 1_000 },
    credentials: { kind: 'basic', user, password },
    acceptRisk: false,
  });
  return saved.id;
}

async function pushAll(backend: Backend, connectionId: number, badgeId: string): Promise<readonly PushedRequest[]> {
  const all: PushedRequest[] = [];
  // A create, then what needs its answer.
  for (let round = 0; round < 2; round += 1) {
    const { planId, requests } = await call(backend, 'sync.plan', { connectionId, badgeIds: [badgeId] });
    if (requests.length === 0) break;
    const keys = requests.map(({ key }) => key);
    const job = { signal: new AbortController().signal, progress: () => undefined };
    all.push(...(await backend.handlers['sync.push']({ planId, keys }, job)).results);
  }
  return all;
}

async function push(backend: Backend): Promise<void> {
  const connectionId = await connection(backend);
  const body = JSON.stringify(liveBody({ name: NAME }));
  const { id } = await call(backend, 'badges.create', { body, migration: true });
  await call(backend, 'badges.claim', { id, ...OWNER });
  beginFaults();
  const results = await pushAll(backend, connectionId, id);
  console.log(JSON.stringify(results));
}

async function pushAgain(backend: Backend): Promise<void> {
  const connectionId = await connection(backend);
  const page = { offset: 0, limit: 100 };
  const { rows } = await call(backend, 'activity.list', { connectionId, search: 'create', ...page });
  const filter = { search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false };
  const sort = { by: 'changedOn', descending: true } as const;
  const drafts = await call(backend, 'badges.list', { filter, sort, ...page });
  await pushAll(backend, connectionId, drafts.rows[0]?.id ?? '');
  const list = await call(backend, 'sync.list', { connectionId, ...page });
  const state = list.rows.find((row) => row.name === NAME)?.state;
  const again: PushedAgain = { entries: rows.length, state };
  console.log(`again ${JSON.stringify(again)}`);
}

async function startJob(backend: Backend, connectionId: number): Promise<number> {
  const job = await call(backend, 'liveJobs.start', {
    connectionId,
    remoteBadgeId: order.badge,
    action: 'award',
    owner: OWNER,
    eventDate: null,
    customers: { kind: 'range', from: 1, to: order.customers },
  });
  return job.id;
}

async function untilOver(backend: Backend, id: number): Promise<LiveJobView> {
  for (;;) {
    const view = await call(backend, 'liveJobs.get', { id });
    if (view.state === 'done' || view.state === 'paused' || view.state === 'cancelled') return view;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function live(backend: Backend): Promise<void> {
  const connectionId = await connection(backend);
  beginFaults();
  const view = await untilOver(backend, await startJob(backend, connectionId));
  console.log(`${view.state}: ${view.note ?? ''}`);
  if (view.state !== 'done') process.exitCode = 1;
}

/** Goes on with the job as a person would: what is paused is resumed, what was never begun is started. */
async function liveAgain(backend: Backend): Promise<void> {
  const connectionId = await connection(backend);
  const [known] = (await call(backend, 'liveJobs.list', {})).jobs;
  let view = known ? await untilOver(backend, known.id) : null;
  const note = view?.note ?? '';
  if (view?.state === 'paused') {
    await call(backend, 'liveJobs.resume', { id: view.id });
    view = await untilOver(backend, view.id);
  }
  if (view === null || view.state === 'cancelled')
    view = await untilOver(backend, await startJob(backend, connectionId));
  const end: LiveJobEnd = { found: known !== undefined, note, view };
  console.log(`over ${JSON.stringify(end)}`);
}

const TASKS = { open: () => undefined, push, 'push-again': pushAgain, live, 'live-again': liveAgain };

try {
  const backend = await open();
  try {
    for (const notice of backend.notices) console.log(inEnglish(notice));
    backend.noteTold();
    await TASKS[order.task](backend);
  } finally {
    await backend.close();
  }
} catch (error) {
  console.error(error instanceof Failure ? error.message : error);
  process.exitCode = 1;
}
