/**
 * `npm run bench:sync`: a live bulk job through its whole path, ledger included, against autocannon sending the same chunk
 * bodies to the same server without any client logic, turn by turn; and comparing 5,000 drafts with their snapshots
 * against parsing the JSON of both once.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import Database from 'better-sqlite3';
import { openBackend, type Backend } from '../../electron/backend/backend';
import { BADGE_ID, servePractice } from './gateway-practice-server';
import { ordinaryBadge } from './ordinary-badge';

const ROUNDS = Number(process.env['LAUREL_ROUNDS'] ?? 3);
const CUSTOMERS = Number(process.env['LAUREL_CUSTOMERS'] ?? 1_000_000);
const CHUNK = 500;
const PARALLEL = 4;
const DRAFTS = 5_000;
const OWNER = { ownerType: 'Loyalty', referenceId: '1' };
const WANTED_RATIO = 0.8;
const WANTED_FACTOR = 2;

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
let nextCustomer = 1;

interface Rates {
  whole: number;
  steady: number;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/**
 * Customers per second of a live job, from the first request to the last answer; nobody was awarded before. `steady`: of
 * the last nine tenths of them, because a job reads its first customers for five seconds (docs/decisions/0032).
 */
async function byLaurel(backend: Backend, connectionId: number): Promise<Rates> {
  const { handlers } = backend;
  const from = nextCustomer;
  nextCustomer += CUSTOMERS;
  const started = performance.now();
  let tenth: { at: number; left: number } | null = null;
  const { id } = await handlers['liveJobs.start']({
    ...{ connectionId, remoteBadgeId: BADGE_ID, action: 'award', owner: OWNER, eventDate: null },
    customers: { kind: 'range', from, to: nextCustomer - 1 },
    begin: { kind: 'now' },
  });
  for (;;) {
    const view = await handlers['liveJobs.get']({ id });
    if (view.state === 'done') {
      if (view.done !== CUSTOMERS)
        throw new Error(`${String(view.done)} of ${String(CUSTOMERS)} were awarded: the bench is wrong`);
      const ended = performance.now();
      const whole = (CUSTOMERS * 1_000) / (ended - started);
      return { whole, steady: tenth === null ? NaN : (tenth.left * 1_000) / (ended - tenth.at) };
    }
    if (view.done * 10 >= CUSTOMERS) tenth ??= { at: performance.now(), left: CUSTOMERS - view.done };
    if (view.state !== 'running') throw new Error(`The job is ${view.state}: ${view.note ?? ''}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Customers per second of bare requests with bodies of the same form, made beforehand. */
async function byAutocannon(url: string, round: number): Promise<Rates> {
  const bodies = Array.from({ length: CUSTOMERS / CHUNK }, (_, chunk) => {
    const customerIds = Array.from({ length: CHUNK }, () => nextCustomer++);
    return JSON.stringify({
      badgeMetaId: BADGE_ID,
      customerIds,
      requestId: `bare-${String(round)}-${String(chunk)}`,
      triggeredBy: OWNER,
    });
  });
  let next = 0;
  // autocannon itself tells its duration in whole ticks of a second.
  let started = 0;
  let lastLeft = 0;
  const result = await autocannon({
    url,
    connections: PARALLEL,
    amount: bodies.length,
    requests: [
      {
        method: 'POST',
        path: '/api_gateway/v1/badges/customer/earnBulk',
        headers: { 'content-type': 'application/json' },
        setupRequest: (given) => {
          lastLeft = performance.now();
          if (next === 0) started = lastLeft;
          return { ...given, body: bodies[next++] ?? '' };
        },
      },
    ],
  });
  if (result['2xx'] !== bodies.length)
    throw new Error(`${String(result['2xx'])} of ${String(bodies.length)} were answered: the bench is wrong`);
  const rate = ((CUSTOMERS - PARALLEL * CHUNK) * 1_000) / (lastLeft - started);
  return { whole: rate, steady: rate };
}

async function benchJob(backend: Backend, url: string, connectionId: number): Promise<void> {
  await byLaurel(backend, connectionId);
  await byAutocannon(url, 0);
  const rates = { laurel: [] as number[], bare: [] as number[] };
  const ratios: number[] = [];
  const steady: number[] = [];
  // On a machine that does other work meanwhile, the clock measures that work too; processor time does not.
  const costs = { laurel: [] as number[], bare: [] as number[] };
  const measured = async (side: 'laurel' | 'bare', work: () => Promise<Rates>): Promise<Rates> => {
    const before = process.cpuUsage();
    const rate = await work();
    const { user, system } = process.cpuUsage(before);
    costs[side].push((user + system) / (CUSTOMERS / CHUNK));
    return rate;
  };
  for (let round = 1; round <= ROUNDS; round += 1) {
    // Whoever comes first changes from round to round, so that a machine that slows down harms both.
    const laurelFirst = round % 2 === 0;
    const laurelSide = (): Promise<Rates> => measured('laurel', () => byLaurel(backend, connectionId));
    const bareSide = (): Promise<Rates> => measured('bare', () => byAutocannon(url, round));
    const first = await (laurelFirst ? laurelSide() : bareSide());
    const second = await (laurelFirst ? bareSide() : laurelSide());
    const [laurel, bare] = laurelFirst ? [first, second] : [second, first];
    rates.laurel.push(laurel.whole);
    rates.bare.push(bare.whole);
    ratios.push(laurel.whole / bare.whole);
    steady.push(laurel.steady / bare.steady);
  }
  console.log(
    `live job of ${String(CUSTOMERS)} in chunks of ${String(CHUNK)}: ${median(rates.laurel).toFixed(0)} customers/s, ` +
      `autocannon ${median(rates.bare).toFixed(0)} customers/s, ratio ${median(ratios).toFixed(2)} ` +
      `(${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}), wanted ≥ ${String(WANTED_RATIO)}; ` +
      `of the last nine tenths ${median(steady).toFixed(2)} (${steady.map((ratio) => ratio.toFixed(2)).join(' ')}); ` +
      `processor time a chunk: Laurel ${median(costs.laurel).toFixed(0)} µs, autocannon ${median(costs.bare).toFixed(0)} µs`,
  );
}

/** Milliseconds of the fastest of some tries: what the work takes when nothing else is in the way. */
async function fastest(tries: number, work: () => unknown): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < tries; round += 1) {
    const started = performance.now();
    await work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

async function benchComparison(
  backend: Backend,
  workspacePath: string,
  url: string,
  connectionId: number,
): Promise<void> {
  const { handlers } = backend;
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-cap-badges-migration': 'migration' },
  };
  for (let number = 1; number <= DRAFTS; number += 1) {
    const answer = await fetch(`${url}/api_gateway/v1/badges/badgeMeta`, {
      ...post,
      body: JSON.stringify(ordinaryBadge(number)),
    });
    if (answer.status !== 201) throw new Error(await answer.text());
    await answer.arrayBuffer();
  }
  const nobody = { signal: new AbortController().signal, progress: () => undefined };
  await handlers['sync.pull']({ connectionId }, nobody);
  const { rows } = await handlers['sync.list']({
    connectionId,
    search: 'Badge',
    state: ['only-live'],
    offset: 0,
    limit: 100_000,
  });
  const { created } = await handlers['sync.adopt']({ connectionId, remoteIds: rows.map(({ badgeId }) => badgeId) });
  const list = (): unknown =>
    handlers['sync.list']({ connectionId, search: '', state: ['conflict'], offset: 0, limit: 1 });

  const workspace = new Database(workspacePath, { readonly: true });
  const drafts = workspace
    .prepare(
      'SELECT body FROM revisions JOIN badges ON badges.key = badge_key AND badges.revision = revisions.revision',
    )
    .pluck()
    .all() as string[];
  const snapshots = workspace.prepare('SELECT body FROM snapshots').pluck().all() as string[];
  workspace.close();
  const bodies = [...drafts, ...snapshots];
  const parsing = await fastest(15, () =>
    bodies.reduce((sum, text) => sum + Object.keys(JSON.parse(text) as object).length, 0),
  );

  const report = async (what: string): Promise<void> => {
    await list();
    const comparing = await fastest(15, list);
    console.log(
      `comparing ${String(created.length)} drafts with their snapshots, ${what}: ${comparing.toFixed(1)} ms, ` +
        `parsing their JSON once ${parsing.toFixed(1)} ms, factor ${(comparing / parsing).toFixed(2)}, wanted ≤ ${String(WANTED_FACTOR)}`,
    );
  };
  await report('none edited');
  const edit = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) {
      const draft = await handlers['badges.get']({ id });
      const changed = JSON.stringify(
        { ...(JSON.parse(draft.body) as object), badgeRank: 77, description: 'Edited' },
        null,
        2,
      );
      await handlers['badges.save']({
        id,
        baseRevision: draft.revision,
        body: changed,
        migration: draft.migration,
        label: 'Edited',
      });
    }
  };
  await edit(created.filter((_, index) => index % 10 === 0));
  const started = performance.now();
  await list();
  console.log(
    `the first comparison after 500 edits works their meanings out: ${(performance.now() - started).toFixed(1)} ms`,
  );
  await report('one in ten edited');
  await edit(created.filter((_, index) => index % 10 !== 0));
  await report('all edited');
}

async function run(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
  const server = spawn(process.execPath, [process.argv[1] ?? '', 'serve', path.join(folder, 'org')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  try {
    const [port] = (await once(server, 'message')) as [number];
    const url = `http://127.0.0.1:${String(port)}`;
    const workspacePath = path.join(folder, 'bench.laurel');
    const backend = await openBackend({ workspacePath, appVersion: '0', runtime: 'bench', log: quiet });
    const { id } = await backend.handlers['connections.save']({
      connection: {
        name: 'Bench',
        baseUrl: url,
        kind: 'practice',
        timeZone: 'UTC',
        chunkSize: CHUNK,
        parallel: PARALLEL,
        perSecond: 1_000,
      },
      credentials: { kind: 'basic', user: 'bench', password: 'bench' },
      acceptRisk: false,
    });
    await benchJob(backend, url, id);
    await benchComparison(backend, workspacePath, url, id);
    await backend.close();
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, , role, file] = process.argv;
if (role === 'serve') {
  const port = await servePractice(file ?? '');
  process.send?.(port);
} else await run();
