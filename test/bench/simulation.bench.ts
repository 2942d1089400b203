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
import { badgeBody, NEVER } from '../domain/badge-bodies';

const FROM = '2026-01-05T00:00:00Z';
const TO = '2027-01-04T00:00:00Z';
const MILLION = 1_000_000;
const KERNEL_EVENTS = 20 * MILLION;
const REPLAY_ROWS = 10 * MILLION;

type Json = Record<string, unknown>;

/** Time by the clock, and of all processors together: the latter is what a busy machine leaves comparable. */
interface Took {
  seconds: number;
  processor: number;
}

interface Replayed extends Took {
  megabytes: number;
}

interface Synthetic extends Replayed {
  events: number;
}

function badge(customerConstraints: Json[], badgeConstraints: Json[] = []): Json {
  const life = { startOn: '2026-01-01T00:00:00Z', expiresOn: '2027-02-01T00:00:00Z' };
  return badgeBody({ ...life, earnedBadgeExpiry: NEVER, customerConstraints, badgeConstraints });
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

/** The model of the physical limit: a rolling window of three, and no limit of the badge. */
function unlimited(customers: number): Json {
  const segments = [{ name: 'all', size: customers, activity: { perWeek: 1.2, dispersion: 0.5 } }];
  return scenario(badge([ROLLING]), { customers: { segments } });
}

function mustPrepare(body: Json): PreparedScenario {
  const preparation = prepareScenario(body);
  if (!preparation.ok) throw new Error(JSON.stringify(preparation.findings));
  return preparation.prepared;
}

async function took(work: () => unknown): Promise<Took> {
  const before = process.cpuUsage();
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { seconds, processor: (user + system) / MILLION };
}

const quicker = (left: Took, right: Took): Took => ({
  seconds: Math.min(left.seconds, right.seconds),
  processor: Math.min(left.processor, right.processor),
});

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
  const { length } = customer;
  for (let index = 0; index < length; index += 1) {
    const who = customer[index]!;
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

/** Kernel and bare loop by turns, so that both meet the same machine; the best of each. */
async function kernelAgainst(
  columns: ReplayColumns,
  constraint: Json,
  bareLoop: () => number,
): Promise<{ bare: Took; kernel: Took }> {
  const events = { csv: 'none', customer: 'c', at: 'a' };
  const prepared = mustPrepare(scenario(badge([constraint]), { events }));
  let bare: Took = { seconds: Infinity, processor: Infinity };
  let kernel = bare;
  for (let turn = 0; turn < 5; turn += 1) {
    let expected = 0;
    bare = quicker(bare, await took(() => (expected = bareLoop())));
    const source = new ReplaySource(columns);
    const kernels = kernelsOf(prepared, source, 0);
    kernel = quicker(kernel, await took(() => takeAll(kernels, source)));
    const awarded = kernels[0]!.awarded;
    if (awarded !== expected) throw new Error(`The bare loop awards ${expected}, the kernel ${awarded}`);
  }
  return { bare, kernel };
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

const megabytes = (): number => process.resourceUsage().maxRSS / 1024;

/** Measurements by name; each is run as `program NAME ARGUMENT…` and prints one JSON line. */
const PARTS: Record<string, (...args: string[]) => Promise<unknown>> = {
  kernel: async () => {
    const columns = kernelColumns();
    const total = { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 15 };
    return {
      total: await kernelAgainst(columns, total, () => bareTotal(columns, 15)),
      window: await kernelAgainst(columns, ROLLING, () => bareWindow(columns, 30 * DAY)),
    };
  },
  synthetic: async (customers) => {
    let events = 0;
    const time = await took(async () => {
      const { result } = await runSimulation({ body: synthetic(Number(customers)), csv: null });
      events = result.events.total;
    });
    return { ...time, events, megabytes: megabytes() };
  },
  unlimited: async (customers, workers) => {
    let events = 0;
    const time = await took(async () => {
      const job = { body: unlimited(Number(customers)), csv: null };
      const { result } = await runSimulation(job, { workers: Number(workers) });
      events = result.events.total;
    });
    return { ...time, events, megabytes: megabytes() };
  },
  replications: async (workers) => {
    const body = synthetic(100_000, { replications: 200, to: '2026-02-02T00:00:00Z' });
    return took(() => runSimulation({ body, csv: null }, { workers: Number(workers) }));
  },
  replay: async (file) => {
    const events = { csv: 'events.csv', customer: 'customerId', at: 'eventDate', amount: 'amount' };
    const cap = { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 5 * MILLION };
    const body = scenario(badge([ROLLING], [cap]), { events });
    const time = await took(async () => (await runSimulation({ body, csv: file ?? '' })).replay?.dispose());
    return { ...time, megabytes: megabytes() };
  },
  duckdb: async (file) => {
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const sql = `CREATE TABLE events AS SELECT * FROM read_csv('${file ?? ''}') ORDER BY eventDate`;
    const time = await took(() => connection.run(sql));
    return { ...time, megabytes: megabytes() };
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

/** One line; `ratio` by the clock decides, by processor time it stands beside. */
function line(what: string, measured: string, ratio: number, goal: string, isMet: boolean, byProcessor?: number): void {
  const processor = byProcessor === undefined ? '' : `  (by processor time ${byProcessor.toFixed(2)})`;
  const verdict = isMet ? 'met   ' : 'MISSED';
  console.log(
    `${verdict} ${what.padEnd(40)} ${measured.padEnd(60)} ${ratio.toFixed(2).padStart(7)}  goal ${goal}${processor}`,
  );
  if (!isMet) process.exitCode = 1;
}

const rate = (events: number, seconds: number): string => `${(events / seconds / MILLION).toFixed(2)} M/s`;

function benchKernel(): void {
  const { total, window } = part('kernel') as Record<'total' | 'window', { bare: Took; kernel: Took }>;
  const goals = [
    ['kernel: customer total', total, 0.3],
    ['kernel: rolling window of three', window, 0.5],
  ] as const;
  for (const [name, { bare, kernel }, goal] of goals) {
    const ratio = bare.seconds / kernel.seconds;
    const measured = `${rate(KERNEL_EVENTS, kernel.seconds)}, bare loop ${rate(KERNEL_EVENTS, bare.seconds)}`;
    line(name, measured, ratio, `≥ ${goal}`, ratio >= goal, bare.processor / kernel.processor);
  }
}

/** The same model in C, compiled for this very processor: the compiler's best, and nothing around it. */
function benchLimit(): void {
  const compiler = ['gcc', 'cc', 'clang'].find((name) => spawnSync(name, ['--version']).status === 0);
  if (compiler === undefined) {
    console.log(
      'MISSED There is no C compiler (Debian: apt-get install gcc libc6-dev): no physical limit to compare with.',
    );
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-limit-'));
  try {
    const program = path.join(folder, 'limit');
    const source = path.join(process.cwd(), 'test/bench/physical_limit.c');
    const made = spawnSync(compiler, ['-O3', '-march=native', '-o', program, source, '-lm'], { encoding: 'utf8' });
    if (made.status !== 0) throw new Error(made.stderr);
    let limit: Took & { events: number } = { seconds: Infinity, processor: Infinity, events: 0 };
    let [alone, together] = [limit, limit];
    // By turns, so that both meet the same machine; the best of each.
    for (let turn = 0; turn < 3; turn += 1) {
      const printed = spawnSync(program, [String(MILLION), '52'], { encoding: 'utf8' })
        .stdout.trim()
        .split(' ');
      const [events = 0, , seconds = 0, processor = 0] = printed.map(Number);
      limit = { events, ...quicker(limit, { seconds, processor }) };
      const [one, two] = [1, 2].map((workers) => part('unlimited', MILLION, workers) as Synthetic);
      alone = { events: one!.events, ...quicker(alone, one!) };
      together = { events: two!.events, ...quicker(together, two!) };
    }
    const ratios = [alone, together].map((ours) => limit.seconds / ours.seconds);
    const measured = ({ events, seconds }: typeof limit): string =>
      `${rate(events, seconds)}, C on one ${rate(limit.events, limit.seconds)}`;
    const [one = 0, two = 0] = ratios;
    const byProcessor = limit.processor / alone.processor;
    line('physical limit, on one core', measured(alone), one, '≥ 0.6', one >= 0.6, byProcessor);
    line('physical limit, on two cores', measured(together), two, '≥ 1', two >= 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** SimPy's rate falls with its customers, whose timers it keeps in one heap; a tenth of ours is to its favour. */
const SIMPY_CUSTOMERS = 100_000;

function benchSimpy(): Synthetic {
  const million = part('synthetic', MILLION) as Synthetic;
  // Debian's package lies where Debian's own Python looks.
  const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
  const model = path.join(process.cwd(), 'test/bench/simpy_model.py');
  const simpy = spawnSync(python, [model, String(SIMPY_CUSTOMERS), '52'], { encoding: 'utf8' });
  if (simpy.status === 0) {
    const [events = 0, , seconds = 1, processor = 1] = simpy.stdout.trim().split(' ').map(Number);
    const ratio = million.events / million.seconds / (events / seconds);
    const byProcessor = million.events / million.processor / (events / processor);
    const measured = `${rate(million.events, million.seconds)}, SimPy ${rate(events, seconds)}`;
    line('whole run, a million customers, 52 weeks', measured, ratio, '≥ 150', ratio >= 150, byProcessor);
  } else {
    console.log('MISSED SimPy is not installed (Debian: apt-get install python3-simpy3): nothing to compare with.');
    process.exitCode = 1;
  }
  line('  its peak memory', `${million.megabytes.toFixed(0)} MB`, million.megabytes, '≤ 600', million.megabytes <= 600);
  return million;
}

function benchGrowth(million: Synthetic): void {
  const small = part('synthetic', MILLION / 10) as Synthetic;
  const large = part('synthetic', 10 * MILLION) as Synthetic;
  const inSeconds = [small, million, large].map(({ seconds }) => seconds.toFixed(2)).join(', ');
  const ratio = large.seconds / million.seconds;
  const measured = `0.1, 1 and 10 million: ${inSeconds} s`;
  line('ten million in the time of one', measured, ratio, '≤ 11', ratio <= 11, large.processor / million.processor);
  const { megabytes: peak } = large;
  line('  its peak memory', `${peak.toFixed(0)} MB`, peak, '≤ 1200', peak <= 1200);
}

function benchReplay(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
  try {
    const file = path.join(folder, 'events.csv');
    writeTransactions(file);
    const twice = (name: string): Replayed => {
      const [first, second] = [part(name, file) as Replayed, part(name, file) as Replayed];
      return { ...first, ...quicker(first, second) };
    };
    const [ours, duckdb] = [twice('replay'), twice('duckdb')];
    const ratio = ours.seconds / duckdb.seconds;
    const measured = `${ours.seconds.toFixed(2)} s, DuckDB reads and sorts in ${duckdb.seconds.toFixed(2)} s`;
    line('replay of 10 million rows', measured, ratio, '≤ 1.2', ratio <= 1.2, ours.processor / duckdb.processor);
    const { megabytes: peak } = ours;
    line('  its peak memory', `${peak.toFixed(0)} MB`, peak, '≤ 400', peak <= 400);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function benchReplications(): void {
  const threads = availableParallelism();
  const alone = part('replications', 1) as Took;
  const together = part('replications', threads) as Took;
  const ratio = together.seconds / alone.seconds;
  const measured = `${together.seconds.toFixed(2)} s on ${threads} workers, ${alone.seconds.toFixed(2)} s on one`;
  line('200 replications of 100,000 customers', measured, ratio, '≤ 0.6', ratio <= 0.6);
}

const [name, ...args] = process.argv.slice(2);
const asked = name === undefined ? undefined : PARTS[name];
if (asked !== undefined) {
  console.log(JSON.stringify(await asked(...args)));
} else {
  benchKernel();
  benchLimit();
  benchGrowth(benchSimpy());
  benchReplay();
  benchReplications();
}
