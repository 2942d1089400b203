/**
 * A Laurel without a window that does what it is asked on its standard input, one order after the other, and says how
 * each went. What it says is what a person would be shown; a mistake in the program comes with its stack, as a fault to
 * be found.
 */
import { openSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
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
import type { Fault } from '../fault-library';

/** The workspace is `w.laurel` in the folder, and calls that change files count there. */
interface Place {
  folder: string;
}
export interface OpenOrder extends Place {
  task: 'open';
}
export interface PushOrder extends Place {
  task: 'push' | 'push-again';
  url: string;
}
export interface LiveOrder extends Place {
  task: 'live' | 'live-again';
  url: string;
  badge: string;
  customers: number;
  chunkSize: number;
  /** A file of the folder whose awards are imported; null: customers are awarded. */
  table: string | null;
}
export type Order = OpenOrder | PushOrder | LiveOrder;

/** A line of the input. */
export interface Asked {
  order: Order;
  fault: Fault | null;
  /** Whether a death is played, so that the process can be asked again. */
  played: boolean;
}

/** A line of the output: what a person is told, then how the order ended. */
export type Said = { out: string } | { error: string } | { ended: number };

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

/** What the order under way ends with. */
let code: number;

/** Where the order under way is carried out. */
let place = '';

const isDead = (): boolean => sign(path.join(place, 'am-i-dead'));

/** The dead say nothing. */
function say(said: Said): void {
  if (!isDead()) process.stdout.write(`${JSON.stringify(said)}\n`);
}

/** A keychain that survives whatever happens to Laurel. */
const secrets: SecretKeeper = {
  hasKeychain: () => Promise.resolve(true),
  put: () => Promise.resolve('keychain'),
  take: () => Promise.resolve(toSecret({ kind: 'basic', user: CREDENTIALS.user, password: CREDENTIALS.password })),
  placeOf: () => Promise.resolve('keychain'),
  forget: () => Promise.resolve(),
};

function open(order: Order): Promise<Backend> {
  const workspacePath = path.join(order.folder, 'w.laurel');
  const options = { workspacePath, appVersion: '0', runtime: 'test', log: quiet, sync: { secrets, times } };
  return openBackend(order.task === 'open' ? { ...options, now: () => FIXTURE_DAY } : options);
}

/** Calls as the page does: the input is parsed by the contract first. */
async function call<N extends CallName>({ handlers }: Backend, name: N, input: Input<N>): Promise<Output<N>> {
  const parsed: unknown = contract[name].input.parse(input);
  return (handlers[name] as (given: unknown) => Output<N> | Promise<Output<N>>)(parsed);
}

/** A sign to the library: there is no such file. @returns whether it answers that a death is being played */
function sign(file: string): boolean {
  try {
    openSync(file, 'r');
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EIO';
  }
}

/** From here on calls that change files count. */
function beginFaults({ order: { folder }, fault, played }: Asked): void {
  const { kind, at, lasting } = fault ?? { kind: 'full', at: 0, lasting: false };
  sign(path.join(folder, ['begin-faults', kind, at, Number(lasting), Number(played)].join(',')));
}

async function connection(backend: Backend, url: string, chunkSize: number): Promise<number> {
  const [known] = (await call(backend, 'connections.list', {})).connections;
  if (known) return known.id;
  const { user, password } = CREDENTIALS;
  const settings = { name: 'Practice', baseUrl: url, kind: 'practice', timeZone: 'UTC', chunkSize } as const;
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

async function push(backend: Backend, order: PushOrder, asked: Asked): Promise<void> {
  const connectionId = await connection(backend, order.url, 20);
  const body = JSON.stringify(liveBody({ name: NAME }));
  const { id } = await call(backend, 'badges.create', { body, migration: true });
  await call(backend, 'badges.claim', { id, ...OWNER });
  beginFaults(asked);
  say({ out: JSON.stringify(await pushAll(backend, connectionId, id)) });
}

async function pushAgain(backend: Backend, order: PushOrder): Promise<void> {
  const connectionId = await connection(backend, order.url, 20);
  const page = { offset: 0, limit: 100 };
  const { rows } = await call(backend, 'activity.list', { connectionId, search: 'create', ...page });
  const filter = { search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false };
  const sort = { by: 'changedOn', descending: true } as const;
  const drafts = await call(backend, 'badges.list', { filter, sort, ...page });
  await pushAll(backend, connectionId, drafts.rows[0]?.id ?? '');
  const list = await call(backend, 'sync.list', { connectionId, ...page });
  const state = list.rows.find((row) => row.name === NAME)?.state;
  const again: PushedAgain = { entries: rows.length, state };
  say({ out: `again ${JSON.stringify(again)}` });
}

async function startJob(backend: Backend, order: LiveOrder, connectionId: number): Promise<number> {
  if (order.table !== null) {
    const given = { path: path.join(order.folder, order.table), name: order.table, bytes: 1, mode: 'read' } as const;
    backend.grantFile('table', given);
    const source = { connectionId, remoteBadgeId: order.badge, token: 'table', choices: {}, again: false };
    const signal = new AbortController().signal;
    const { seen } = await backend.handlers['liveJobs.lookImport'](source, { signal, progress: () => undefined });
    return (await call(backend, 'liveJobs.import', { ...source, seen })).id;
  }
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
    if (view.state === 'done' || view.state === 'paused' || view.state === 'cancelled' || isDead()) return view;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function live(backend: Backend, order: LiveOrder, asked: Asked): Promise<void> {
  const connectionId = await connection(backend, order.url, order.chunkSize);
  beginFaults(asked);
  const view = await untilOver(backend, await startJob(backend, order, connectionId));
  say({ out: `${view.state}: ${view.note ?? ''}` });
  if (view.state !== 'done') code = 1;
}

/** Goes on with the job as a person would: what is paused is resumed, what was never begun is started. */
async function liveAgain(backend: Backend, order: LiveOrder): Promise<void> {
  const connectionId = await connection(backend, order.url, order.chunkSize);
  const [known] = (await call(backend, 'liveJobs.list', {})).jobs;
  let view = known ? await untilOver(backend, known.id) : null;
  const note = view?.note ?? '';
  if (view?.state === 'paused') {
    await call(backend, 'liveJobs.resume', { id: view.id });
    view = await untilOver(backend, view.id);
  }
  if (view === null || view.state === 'cancelled')
    view = await untilOver(backend, await startJob(backend, order, connectionId));
  const end: LiveJobEnd = { found: known !== undefined, note, view };
  say({ out: `over ${JSON.stringify(end)}` });
}

async function perform(backend: Backend, asked: Asked): Promise<void> {
  const { order } = asked;
  if (order.task === 'push') await push(backend, order, asked);
  if (order.task === 'push-again') await pushAgain(backend, order);
  if (order.task === 'live') await live(backend, order, asked);
  if (order.task === 'live-again') await liveAgain(backend, order);
}

async function carryOut(asked: Asked): Promise<void> {
  process.env['TMPDIR'] = asked.order.folder;
  place = asked.order.folder;
  try {
    if (asked.order.task === 'open') beginFaults(asked);
    const backend = await open(asked.order);
    try {
      for (const notice of backend.notices) say({ out: inEnglish(notice) });
      backend.noteTold();
      await perform(backend, asked);
    } finally {
      await backend.close();
    }
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say({ error: error instanceof Failure ? error.message : words });
    code = 1;
  } finally {
    sign(path.join(asked.order.folder, 'end-faults'));
  }
}

for await (const line of createInterface(process.stdin)) {
  code = 0;
  await carryOut(JSON.parse(line) as Asked);
  say({ ended: code });
}
