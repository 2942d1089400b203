/**
 * `npm run bench:simulation`: the engine against a bare loop, against SimPy, against DuckDB and against itself. Each
 * measurement runs in a process of its own, so that none sees another's memory; only ratios are compared.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { runSimulation } from '../../electron/backend/simulation/run';
import { DAY, instantOf } from '../../shared/domain/instant';
import { prepareScenario, type PreparedScenario } from '../../shared/simulation/prepared-scenario';
import { RandomStream } from '../../shared/simulation/random';
import { ReplaySource, type ReplayColumns } from '../../shared/simulation/replay-source';
import { kernelsOf, takeAll } from '../../shared/simulation/simulate';

const FROM = '2026-01-05T00:00:00Z';
const TO = '2027-01-04T00:00:00Z';
const MILLION = 1_000_000;
const KERNEL_EVENTS = 20 * MILLION;
const REPLAY_ROWS = 10 * MILLION;

type Json = Record<string, unknown>;

interface Took {
  seconds: number;
}

interface Synthetic extends Took {
  events: number;
  megabytes: number;
}

function badge(customerConstraints: Json[], badgeConstraints: Json[] = []): Json {
  return {
    name: 'Bench',
    startOnISO: '2026-01-01T00:00:00Z',
    expiresOnISO: '2027-02-01T00:00:00Z',
    earnType: 'EARN',
    earnedBadgeExpiry: { expiryType: 'NEVER' },
    ownership: { restrictedToOwners: ['Loyalty'] },
    customerConstraints,
    badgeConstraints,
  };
}

const ROLLING = { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 30, maxEarnForDays: 3 };

function scenario(body: Json, changes: Json): Json {
  return {
    schema: 'laurel/scenario@1',
    name: 'Bench',
    seed: 7,
    from: FROM,
    to: TO,
    badges: [{ key: 'badge', badge: body, owner: { ownerType: 'Loyalty', referenceId: '626' } }],
    ...changes,
  };
}

function synthetic(customers: number, changes: Json = {}): Json {
  const body = badge([ROLLING], [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 20 * customers }]);
  const segments = [{ name: 'all', size: customers, activity: { perWeek: 1.2, dispersion: 0.5 } }];
  return scenario(body, { customers: { segments }, ...changes });
}

function mustPrepare(body: Json): PreparedScenario {
  const preparation = prepareScenario(body);
  if (!preparation.ok) throw new Error(JSON.stringify(preparation.findings));
  return preparation.prepared;
}

const seconds = (work: () => void): number => {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
};
const best = (times: number, work: () => number): number => Math.min(...Array.from({ length: times }, work));

/** 20 million events over a million customers, in order. */
function kernelColumns(): ReplayColumns {
  const draws = new RandomStream(['bench']);
  const from = instantOf(FROM);
  const step = (instantOf(TO) - from) / KERNEL_EVENTS;
  return {
    at: Float64Array.from({ length: KERNEL_EVENTS }, (_, index) => Math.floor(from + index * step)),
    customer: Uint32Array.from({ length: KERNEL_EVENTS }, () => Math.floor(draws.uniform() * MILLION)),
    amount: null,
    ids: new Float64Array(MILLION),
    segmentNames: [],
    segmentOf: null,
  };
}

/** The limit: a loop over the same arrays that only tests and updates the counters of a total. */
function bareTotal({ customer }: ReplayColumns, limit: number): number {
  const counts = new Uint16Array(MILLION);
  let awarded = 0;
  for (const who of customer) {
    const count = counts[who]!;
    if (count < limit) {
      counts[who] = count + 1;
      awarded += 1;
    }
  }
  return awarded;
}

/** The limit: a loop over the same arrays that only tests and updates rings of three instants. */
function bareWindow({ customer, at }: ReplayColumns, span: number): number {
  const times = new Float64Array(3 * MILLION).fill(-Infinity);
  let awarded = 0;
  for (let index = 0; index < customer.length; index += 1) {
    const first = 3 * customer[index]!;
    const now = at[index]!;
    if (times[first]! <= now - span) {
      times[first] = times[first + 1]!;
      times[first + 1] = times[first + 2]!;
      times[first + 2] = now;
      awarded += 1;
    }
  }
  return awarded;
}

/** Kernel and bare loop by turns, so that both meet the same machine. */
function kernelAgainst(columns: ReplayColumns, constraint: Json, bare: () => number): { bare: number; kernel: number } {
  const prepared = mustPrepare(scenario(badge([constraint]), { events: { csv: 'none', customer: 'c', at: 'a' } }));
  const took = { bare: Infinity, kernel: Infinity };
  for (let turn = 0; turn < 5; turn += 1) {
    let expected = 0;
    took.bare = Math.min(
      took.bare,
      seconds(() => (expected = bare())),
    );
    const source = new ReplaySource(columns);
    const kernels = kernelsOf(prepared, source, 0);
    took.kernel = Math.min(
      took.kernel,
      seconds(() => takeAll(kernels, source)),
    );
    if (kernels[0]!.awarded !== expected)
      throw new Error(`The bare loop awards ${expected}, the kernel ${kernels[0]!.awarded}`);
  }
  return took;
}

function writeTransactions(file: string): void {
  const draws = new RandomStream(['transactions']);
  const handle = openSync(file, 'w');
  const from = Date.parse(FROM);
  const span = Date.parse(TO) - from;
  writeSync(handle, 'customerId,eventDate,amount\n');
  let lines: string[] = [];
  for (let row = 0; row < REPLAY_ROWS; row += 1) {
    const at = new Date(from + Math.floor((draws.uniform() * span) / 1000) * 1000).toISOString();
    lines.push(
      `${100_000 + Math.floor(draws.uniform() * MILLION)},${at.slice(0, 19)}Z,${(draws.uniform() * 100).toFixed(2)}`,
    );
    if (lines.length === 50_000) {
      writeSync(handle, `${lines.join('\n')}\n`);
      lines = [];
    }
  }
  closeSync(handle);
}

/** Measurements by name; each is run as `program NAME ARGUMENT…` and prints one JSON line. */
const PARTS: Record<string, (...args: string[]) => Promise<unknown>> = {
  kernel: async () => {
    const columns = kernelColumns();
    const total = { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 15 };
    return Promise.resolve({
      total: kernelAgainst(columns, total, () => bareTotal(columns, 15)),
      window: kernelAgainst(columns, ROLLING, () => bareWindow(columns, 30 * DAY)),
    });
  },
  synthetic: async (customers) => {
    const started = performance.now();
    const { result } = await runSimulation({ body: synthetic(Number(customers)), csv: null });
    return {
      events: result.events.total,
      seconds: (performance.now() - started) / 1000,
      megabytes: process.resourceUsage().maxRSS / 1024,
    };
  },
  replications: async (workers) => {
    const body = synthetic(100_000, { replications: 200, to: '2026-02-02T00:00:00Z' });
    const started = performance.now();
    await runSimulation({ body, csv: null }, { workers: Number(workers) });
    return { seconds: (performance.now() - started) / 1000 };
  },
  replay: async (file) => {
    const events = { csv: 'events.csv', customer: 'customerId', at: 'eventDate', amount: 'amount' };
    const body = scenario(badge([ROLLING], [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 5 * MILLION }]), {
      events,
    });
    const started = performance.now();
    const { result } = await runSimulation({ body, csv: file ?? '' });
    return {
      rows: result.events.total,
      seconds: (performance.now() - started) / 1000,
      megabytes: process.resourceUsage().maxRSS / 1024,
    };
  },
  duckdb: async (file) => {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const started = performance.now();
    await connection.run(`CREATE TABLE events AS SELECT * FROM read_csv('${file ?? ''}') ORDER BY eventDate`);
    return { seconds: (performance.now() - started) / 1000 };
  },
};

function part(name: string, ...args: (string | number)[]): unknown {
  const program = process.argv[1] ?? '';
  const run = spawnSync(process.execPath, [program, name, ...args.map(String)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) throw new Error(`The measurement ${name} failed`);
  return JSON.parse(run.stdout);
}

function line(what: string, measured: string, ratio: number, goal: string, isMet: boolean): void {
  console.log(
    `${isMet ? 'met   ' : 'MISSED'} ${what.padEnd(46)} ${measured.padEnd(66)} ${ratio.toFixed(2).padStart(7)}  goal ${goal}`,
  );
  if (!isMet) process.exitCode = 1;
}

const rate = (events: number, took: number): string => `${(events / took / MILLION).toFixed(1)} M/s`;

function benchKernel(): void {
  const { total, window } = part('kernel') as Record<'total' | 'window', { bare: number; kernel: number }>;
  for (const [name, took, goal] of [
    ['kernel: customer total', total, 0.3],
    ['kernel: rolling window of three', window, 0.5],
  ] as const) {
    const ratio = took.bare / took.kernel;
    line(
      name,
      `${rate(KERNEL_EVENTS, took.kernel)}, bare loop ${rate(KERNEL_EVENTS, took.bare)}`,
      ratio,
      `≥ ${goal}`,
      ratio >= goal,
    );
  }
}

function benchSimpy(): Synthetic {
  const million = part('synthetic', MILLION) as Synthetic;
  const simpy = spawnSync(
    existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3',
    [path.join(process.cwd(), 'test/bench/simpy_model.py'), '20000', '52'],
    { encoding: 'utf8' },
  );
  if (simpy.status === 0) {
    const [events = 0, , took = 1] = simpy.stdout.trim().split(' ').map(Number);
    const ratio = million.events / million.seconds / (events / took);
    line(
      'whole run, a million customers, 52 weeks',
      `${rate(million.events, million.seconds)}, SimPy ${rate(events, took)}`,
      ratio,
      '≥ 40',
      ratio >= 40,
    );
  } else {
    console.log('       SimPy is not installed (Debian: apt-get install python3-simpy3); the comparison is left out.');
    process.exitCode = 1;
  }
  line('  its peak memory', `${million.megabytes.toFixed(0)} MB`, million.megabytes, '≤ 600', million.megabytes <= 600);
  return million;
}

function benchGrowth(million: { seconds: number }): void {
  const small = part('synthetic', MILLION / 10) as Synthetic;
  const large = part('synthetic', 5 * MILLION) as Synthetic;
  const perDecade = (large.seconds / small.seconds) ** (1 / Math.log10(50));
  const measured = `0.1 M ${small.seconds.toFixed(2)} s, 1 M ${million.seconds.toFixed(2)} s, 5 M ${large.seconds.toFixed(2)} s (${large.megabytes.toFixed(0)} MB)`;
  line('time for ten times the customers', measured, perDecade, '≤ 11', perDecade <= 11);
}

function benchReplay(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
  try {
    const file = path.join(folder, 'events.csv');
    writeTransactions(file);
    const ours = best(2, () => (part('replay', file) as Took).seconds);
    const duckdb = best(2, () => (part('duckdb', file) as Took).seconds);
    const ratio = ours / duckdb;
    line(
      'replay of 10 million rows',
      `${ours.toFixed(2)} s, DuckDB reads and sorts in ${duckdb.toFixed(2)} s`,
      ratio,
      '≤ 1.5',
      ratio <= 1.5,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function benchReplications(): void {
  const alone = (part('replications', 1) as Took).seconds;
  const together = (part('replications', availableParallelism()) as Took).seconds;
  const ratio = together / alone;
  const measured = `${together.toFixed(2)} s on ${availableParallelism()} workers, ${alone.toFixed(2)} s on one`;
  line('200 replications of 100,000 customers', measured, ratio, '≤ 0.6', ratio <= 0.6);
}

const [name, ...args] = process.argv.slice(2);
const asked = name === undefined ? undefined : PARTS[name];
if (asked !== undefined) {
  console.log(JSON.stringify(await asked(...args)));
} else {
  benchKernel();
  benchGrowth(benchSimpy());
  benchReplay();
  benchReplications();
}
