/**
 * `npm run bench:gateway`: the practice org against a bare server of the same framework that parses the same body and
 * inserts the same rows with a prepared statement, under the same load generator, turn by turn in one run.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon, { type Request, type Result } from 'autocannon';
import { runSimulation } from '../../electron/backend/simulation/run';
import { badgeBody } from '../domain/badge-bodies';
import { serveBare } from './gateway-bare-server';
import { BADGE_ID, servePractice } from './gateway-practice-server';

const CONNECTIONS = 16;
const ROUNDS = Number(process.env['LAUREL_ROUNDS'] ?? 5);
const SECONDS = Number(process.env['LAUREL_SECONDS'] ?? 4);
const BULK_CUSTOMERS = 1_000;
const MEMORY_CALLS = 200_000;
const LATENCY_SECONDS = 10;
/** A live job as it comes without being told anything. */
const JOB = { customers: 500, parallel: 4 };

type Side = 'practice' | 'bare';

interface Usage {
  /** Bytes after a collection. */
  heapUsed: number;
  rss: number;
  /** Microseconds of processor time since the start. */
  processor: number;
}

interface Server {
  url: string;
  child: ChildProcess;
  usage(): Promise<Usage>;
}

async function startServer(side: Side, folder: string): Promise<Server> {
  const child = spawn(process.execPath, ['--expose-gc', process.argv[1] ?? '', 'serve', side, folder], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = (await once(child, 'message')) as [number];
  return {
    url: `http://127.0.0.1:${port}/api_gateway/v1/badges`,
    child,
    usage: async () => {
      child.send('usage');
      const [usage] = (await once(child, 'message')) as [Usage];
      return usage;
    },
  };
}

let counter = 0;
const trigger = '"triggeredBy":{"ownerType":"Loyalty","referenceId":"1"}';

function singleBody(): string {
  counter += 1;
  return `{"badgeMetaId":"${BADGE_ID}","customerId":${counter % 1_000_000},"requestId":"r${counter}",${trigger}}`.replace(
    ':0,',
    ':1,',
  );
}

const CUSTOMERS = Array.from({ length: BULK_CUSTOMERS }, (_, index) => index + 1);
function bulkBody(size: number): string {
  counter += 1;
  const from = (counter % 1_000) * BULK_CUSTOMERS;
  const customers = CUSTOMERS.slice(0, size).map((customer) => customer + from);
  return `{"badgeMetaId":"${BADGE_ID}","customerIds":[${customers.join(',')}],"requestId":"r${counter}",${trigger}}`;
}

function load(
  server: Server,
  kind: 'single' | 'bulk',
  limits: { duration: number } | { amount: number },
  rate?: number,
  size = BULK_CUSTOMERS,
): Promise<Result> {
  const request: Request = {
    method: 'POST',
    path: `/api_gateway/v1/badges/customer/${kind === 'single' ? 'earn' : 'earnBulk'}`,
    headers: { 'content-type': 'application/json' },
    setupRequest: (given) => ({ ...given, body: kind === 'single' ? singleBody() : bulkBody(size) }),
  };
  return autocannon({
    url: server.url,
    connections: kind === 'single' ? CONNECTIONS : JOB.parallel,
    ...limits,
    ...(rate === undefined ? {} : { overallRate: rate }),
    requests: [request],
  });
}

function callsASecond(result: Result): number {
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} refused and ${result.errors} failed calls: the bench is wrong`);
  return result['2xx'] / result.duration;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function compare(kind: 'single' | 'bulk', practice: Server, bare: Server): Promise<number> {
  for (const server of [practice, bare]) await load(server, kind, { duration: 2 });
  const ratios: number[] = [];
  const rates: Record<Side, number[]> = { practice: [], bare: [] };
  // The same by processor time: on a machine that does other work meanwhile, the clock measures that work too.
  const costs: Record<Side, number[]> = { practice: [], bare: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    // Whoever comes first changes from round to round, so that a machine that slows down harms both.
    const order: Side[] = round % 2 === 0 ? ['practice', 'bare'] : ['bare', 'practice'];
    for (const side of order) {
      const server = side === 'practice' ? practice : bare;
      const before = await server.usage();
      const result = await load(server, kind, { duration: SECONDS });
      const after = await server.usage();
      rates[side].push(callsASecond(result));
      costs[side].push((after.processor - before.processor) / result['2xx']);
    }
    ratios.push((rates.practice.at(-1) ?? 0) / (rates.bare.at(-1) ?? 1));
  }
  const target = kind === 'single' ? 0.5 : 0.6;
  const title = kind === 'single' ? 'single awards' : `bulk awards of ${BULK_CUSTOMERS}`;
  console.log(
    `${title}: practice org ${median(rates.practice).toFixed(0)} calls/s, bare server ${median(rates.bare).toFixed(0)} calls/s, ` +
      `ratio ${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}), wanted ≥ ${target}; ` +
      `processor time a call ${median(costs.practice).toFixed(0)} against ${median(costs.bare).toFixed(0)} µs, ` +
      `ratio ${(median(costs.bare) / median(costs.practice)).toFixed(2)}`,
  );
  return median(rates.practice);
}

/** Half of the top rate, with nothing else to do; beside a bulk job on the same org; beside a simulation on this machine. */
async function measureLatency(practice: Server, topRate: number): Promise<void> {
  const rate = Math.max(1, Math.floor(topRate / 2));
  const measure = async (where: string): Promise<void> => {
    const result = await load(practice, 'single', { duration: LATENCY_SECONDS }, rate);
    const perSecond = callsASecond(result);
    console.log(
      `single awards at half of the top rate${where}: p50 ${result.latency.p50} ms, p99 ${result.latency.p99} ms under ` +
        `${where === '' ? 'no' : 'other'} load, wanted p99 ≤ 25 ms; ${perSecond.toFixed(0)} of ${String(rate)} calls/s`,
    );
  };
  await measure('');
  const bulk = load(practice, 'bulk', { duration: LATENCY_SECONDS }, undefined, JOB.customers);
  await measure(`, beside a bulk job of ${String(JOB.customers)} a call on ${String(JOB.parallel)} connections`);
  console.log(`  the bulk job meanwhile: ${callsASecond(await bulk).toFixed(0)} calls/s`);
  const simulation = spawn(process.execPath, [process.argv[1] ?? '', 'simulate'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    await measure(', beside a simulation');
  } finally {
    simulation.kill();
  }
}

/** Simulates a year of a million customers again and again, as the window does: on as many threads as it takes. */
async function simulateOn(): Promise<void> {
  const body = {
    ...{ schema: 'laurel/scenario@1', name: 'Beside', seed: 7 },
    ...{ from: '2026-01-05T00:00:00Z', to: '2027-01-04T00:00:00Z' },
    badges: [
      {
        key: 'badge',
        badge: badgeBody({ startOn: '2026-01-01T00:00:00Z', expiresOn: '2027-02-01T00:00:00Z' }),
        owner: { ownerType: 'Loyalty', referenceId: '626' },
      },
    ],
    customers: { segments: [{ name: 'all', size: 1_000_000, activity: { perWeek: 1.2, dispersion: 0.5 } }] },
  };
  for (;;) await runSimulation({ body, csv: null });
}

async function measureMemory(practice: Server): Promise<void> {
  const samples: Usage[] = [];
  const steps = 8;
  for (let step = 0; step < steps; step += 1) {
    const result = await load(practice, 'single', { amount: MEMORY_CALLS / steps });
    callsASecond(result);
    samples.push(await practice.usage());
  }
  const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);
  console.log(
    `memory over ${MEMORY_CALLS} calls, MB: heap ${samples.map((sample) => megabytes(sample.heapUsed)).join(' ')}; ` +
      `resident ${samples.map((sample) => megabytes(sample.rss)).join(' ')}; wanted: flat`,
  );
}

async function run(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
  const servers = await Promise.all([startServer('practice', folder), startServer('bare', folder)]);
  const [practice, bare] = servers;
  try {
    const topRate = await compare('single', practice, bare);
    await compare('bulk', practice, bare);
    await measureLatency(practice, topRate);
    await measureMemory(practice);
  } finally {
    for (const { child } of servers) child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function serve(side: Side, folder: string): Promise<void> {
  const file = path.join(folder, `${side}.laurel-org`);
  const port = side === 'practice' ? await servePractice(file) : await serveBare(file);
  process.on('message', () => {
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    process.send?.({ heapUsed, rss, processor: user + system } satisfies Usage);
  });
  process.send?.(port);
}

const [, , role, side, folder] = process.argv;
if (role === 'serve') await serve(side as Side, folder ?? '');
else if (role === 'simulate') await simulateOn();
else await run();
