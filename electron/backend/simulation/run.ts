import { availableParallelism } from 'node:os';
import type { OrgSettings } from '../../../shared/domain/settings';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import { resultOfReplications } from '../../../shared/simulation/bands';
import { isSeparable, joinParts } from '../../../shared/simulation/parts';
import type { ResultRules } from '../../../shared/simulation/result-rules';
import { prepareScenario, type PreparedScenario } from '../../../shared/simulation/prepared-scenario';
import type { Scenario } from '../../../shared/simulation/scenario';
import type { BadgeResult, EventCounts, SimulationResult } from '../../../shared/simulation/result';
import type { ReplicationRange } from '../../../shared/simulation/slice';
import type { ExplainedCustomer } from '../../../shared/ipc/simulation-contract';
import type { WhyNot } from '../../../shared/simulation/why-not';
import { readCustomerText } from '../tables/customer-text';
import { readCustomerCell } from '../tables/customer-value';
import { numberOf, textOf, type NumberedTexts } from '../tables/text-index';
import { readEvents } from './replay/read-events';
import type { ReplayFile, ReplayLimits } from './replay/replay-file';
import type { BadRow, SkippedSpan } from './replay/replay-part';
import { drawnAheadLink } from './drawn-ahead';
import type { Detail, ReplicationAnswer } from './replication-work';
import type { SimulationRequest, SimulationTask } from './simulation.worker';
import { cancelledRun, withWorkers, type WorkerPool, type WorkerProgress } from './worker-pool';
import { message, type Message } from '../../../shared/words/message';
import type { Finding } from '../../../shared/simulation/json-path';

/** A scenario that is ready to run anywhere: no paths inside but that of the events, which is absolute. */
export interface SimulationJob {
  /** The scenario as JSON, its badges as create bodies. */
  body: unknown;
  /** Settings of the org; the zone is the scenario's own. */
  settings?: Partial<OrgSettings>;
  /** Whose rules these are, for the result to say; nothing: they are as Laurel reads the documents. */
  rules?: ResultRules;
  /** Absolute path of the events to replay; null for synthetic customers. */
  csv: string | null;
  /** Numbers replayed customers 1, 2, 3 … in the order of their first row; their own ids go no further than the reading. */
  pseudonyms?: boolean;
  /** The same file, if an earlier run with the same period has read it. */
  replay?: ReplayFile | null;
  /** Asks for the answers that look at customers one by one. */
  detail?: boolean;
}

export interface SimulationProgress {
  phase: 'reading' | 'simulating';
  /** From 0 to 1. */
  share: number;
  /** Events (or rows, while reading) so far, and how many a second. */
  done: number;
  perSecond: number;
  secondsLeft: number | null;
}

export interface SimulationOptions {
  /** Aborting ends the workers at once, wherever they are; nothing of the run is left. */
  signal?: CancelSignal;
  progress?(report: SimulationProgress): void;
  /** Works only where nothing else wants the processor; for runs beside a window. */
  yields?: boolean;
  /** How reading the replayed file is bounded; the result does not depend on it. */
  limits?: ReplayLimits;
  /** Worker threads; the number of processors unless told. The result does not depend on it. */
  workers?: number;
  /** Threads of a question that runs several scenarios, one after the other; whoever lends them ends them. */
  pool?: WorkerPool;
}

export interface SimulationOutcome {
  result: SimulationResult;
  /** The badges' results of every replication, in order: what costs and their risk are made of. */
  replications: readonly Readonly<Record<string, BadgeResult>>[];
  /** First and last instant of the rows of a replayed file outside the period. */
  skippedSpan: SkippedSpan | null;
  /** The first bad rows of a replayed file; how many there are in all is in the result. */
  badRows: readonly BadRow[];
  detail: Detail | null;
  /** What was read of the replayed file, to spare the next run the reading; whoever takes it disposes of it. */
  replay: ReplayFile | null;
}

/** Turns what workers report into shares, rates and time left. */
class ProgressMeter {
  private started = performance.now();
  private phase: SimulationProgress['phase'] = 'simulating';

  constructor(private readonly report: ((report: SimulationProgress) => void) | undefined) {}

  begin(phase: SimulationProgress['phase']): void {
    this.phase = phase;
    this.started = performance.now();
  }

  tell(done: number, share: number): void {
    const seconds = (performance.now() - this.started) / 1000;
    const within = Math.min(1, share);
    const secondsLeft = within > 0.01 ? (seconds / within) * (1 - within) : null;
    this.report?.({ phase: this.phase, share: within, done, perSecond: seconds > 0 ? done / seconds : 0, secondsLeft });
  }
}

/** A finding as a line of a message. */
const lineOf = ({ path, message: text, words }: Finding): Message =>
  message('scenarios.findingLine', { path, message: words ?? text });

/** Lines of findings under what they mean for the run. */
const wrongScenario = (lines: readonly Message[]): Message =>
  lines.reduce((above, line) => message('scenarios.lines', { above, line }), message('scenarios.hasMistakes'));

function mustBeSound(job: SimulationJob): PreparedScenario {
  const preparation = prepareScenario(job.body, job.settings);
  if (preparation.ok) return preparation.prepared;
  throw new Failure('invalid-input', wrongScenario(preparation.findings.map(lineOf)));
}

/** Runs work on the threads that were lent, or on some that end with it; the signal ends the waiting for either at once. */
async function withPool<T>(
  job: SimulationJob,
  options: SimulationOptions,
  work: (pool: WorkerPool, task: SimulationTask, meter: ProgressMeter) => Promise<T>,
): Promise<T> {
  if (options.signal?.aborted) throw cancelledRun();
  const task: SimulationTask = { body: job.body, settings: job.settings ?? {} };
  const run = async (pool: WorkerPool): Promise<T> => {
    const cancel = (): void => pool.cancel();
    options.signal?.addEventListener('abort', cancel);
    try {
      return await work(pool, task, new ProgressMeter(options.progress?.bind(options)));
    } finally {
      options.signal?.removeEventListener('abort', cancel);
    }
  };
  return options.pool === undefined ? withWorkers(options.yields ?? false, run) : run(options.pool);
}

const MOST_NAMED = 10;

/**
 * Enrolments can only name segments that the file has; which these are is known when it has been read.
 *
 * @throws Failure `invalid-input`
 */
function withKnownSegments({ badges, events }: Scenario, file: ReplayFile): ReplayFile {
  const known = new Set(file.columns.segmentNames);
  const unknown = badges.flatMap(({ enrol }, badge) =>
    enrol.flatMap(({ segments }, wave) =>
      (segments ?? []).flatMap((name, place) =>
        known.has(name)
          ? []
          : [
              message('scenarios.findingLine', {
                path: `badges[${badge}].enrol[${wave}].segments[${place}]`,
                message: message('scenarios.noSegmentOfFile', {
                  file: events?.csv ?? message('scenarios.theFile'),
                  name,
                }),
              }),
            ],
      ),
    ),
  );
  if (unknown.length === 0) return file;
  const names = [...known].slice(0, MOST_NAMED).join(', ');
  const there =
    known.size === 0
      ? message('scenarios.fileHasNone')
      : message(known.size > MOST_NAMED ? 'scenarios.fileHasOthers' : 'scenarios.fileHas', { names });
  throw new Failure('invalid-input', wrongScenario([...unknown.slice(0, MOST_NAMED), there]));
}

async function eventsOf(
  job: SimulationJob,
  scenario: Scenario,
  pool: WorkerPool,
  task: SimulationTask,
  meter: ProgressMeter,
  { workers = availableParallelism(), signal, limits }: SimulationOptions,
): Promise<ReplayFile | null> {
  const { events } = scenario;
  if (job.csv === null || events === null) return job.replay ?? null;
  if (job.replay) return withKnownSegments(scenario, job.replay);
  meter.begin('reading');
  const tell = (progress: WorkerProgress): void => meter.tell(progress.events, progress.share);
  const file = await readEvents(pool, task, job.csv, { ...scenario, events }, workers, tell, signal, limits);
  try {
    withKnownSegments(scenario, file);
  } catch (error) {
    file.dispose();
    throw error;
  }
  if (job.pseudonyms !== true) return file;
  return { ...file, columns: { ...file.columns, ids: Float64Array.from(file.columns.ids, (_, index) => index + 1) } };
}

interface Prepared {
  pool: WorkerPool;
  task: SimulationTask;
  meter: ProgressMeter;
  replay: ReplayFile | null;
}

/**
 * Reads the events of a job and does the work with them. Files that hold them go with the work, unless it is a run that
 * comes to an end: who gets its outcome has them then.
 */
function withEvents<T>(
  job: SimulationJob,
  scenario: Scenario,
  options: SimulationOptions,
  what: 'run' | 'explain',
  work: (prepared: Prepared) => Promise<T>,
): Promise<T> {
  return withPool(job, options, async (pool, task, meter) => {
    const replay = await eventsOf(job, scenario, pool, task, meter, options);
    const isLent = replay === (job.replay ?? null);
    let isDone = false;
    try {
      const answer = await work({ pool, task, meter, replay });
      isDone = true;
      return answer;
    } finally {
      if (!isLent && (what === 'explain' || !isDone)) replay?.dispose();
    }
  });
}

type ReplicateRequest = Extract<SimulationRequest, { kind: 'replicate' }>;

type Ask = (
  place: number,
  request: ReplicateRequest,
  tell: (progress: WorkerProgress) => void,
) => Promise<ReplicationAnswer>;

/** Asks one worker for a replication, or a part of one. */
function askOne(pool: WorkerPool, task: SimulationTask): Ask {
  return async (worker, request, tell) => (await pool.ask(worker, task, request, 'answer', tell)).answer;
}

/** Asks two workers for a replication: one draws the events that the other judges. */
function askTwo(pool: WorkerPool, task: SimulationTask): Ask {
  return async (pair, request, tell) => {
    const { drawing, judging, giveUp } = drawnAheadLink();
    const draw = { kind: 'draw', replication: request.replication, drawn: drawing } as const;
    pool.prepare(2 * pair + 2);
    const drawn = pool.ask(2 * pair, task, draw, 'drawn', () => undefined);
    const judged = pool.ask(2 * pair + 1, task, { ...request, drawn: judging }, 'answer', tell);
    try {
      const [{ answer }] = await Promise.all([judged, drawn]);
      return answer;
    } catch (error) {
      giveUp();
      // The pool may be lent: it is used again only when both have ended.
      await Promise.allSettled([judged, drawn]);
      throw error;
    }
  };
}

/** Requests, each of them as soon as there is a place for it; answers in order. */
async function answersTo(
  ask: Ask,
  requests: readonly ReplicateRequest[],
  places: number,
  meter: ProgressMeter,
): Promise<ReplicationAnswer[]> {
  meter.begin('simulating');
  const count = requests.length;
  const answers: ReplicationAnswer[] = [];
  const running = new Map<number, WorkerProgress>();
  let finishedEvents = 0;
  let finished = 0;
  let next = 0;
  const tell = (): void => {
    const now = [...running.values()];
    const events = now.reduce((sum, progress) => sum + progress.events, finishedEvents);
    meter.tell(events, now.reduce((sum, progress) => sum + progress.share, finished) / count);
  };
  const work = async (worker: number): Promise<void> => {
    while (next < count) {
      const place = next++;
      const answer = await ask(worker, requests[place]!, (progress) => {
        running.set(worker, progress);
        tell();
      });
      answers[place] = answer;
      running.delete(worker);
      finishedEvents += answer.events;
      finished += 1;
      tell();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(places, count)) }, (_, worker) => work(worker)));
  return answers;
}

/** Customers that one worker should have at least, or starting it takes longer than its work. */
const LEAST_CUSTOMERS_OF_PART = 100_000;

const customersOf = ({ scenario }: PreparedScenario): number =>
  scenario.customers?.segments.reduce((sum, { size }) => sum + size, 0) ?? 0;

/**
 * How many parts the customers of each replication are simulated in: as many as there are workers for it, where customers
 * touch each other nowhere and nobody asks for answers that look at all of them.
 */
function partsOf(
  prepared: PreparedScenario,
  { count }: ReplicationRange,
  workers: number,
  wantsDetail: boolean,
): number {
  if (wantsDetail || !isSeparable(prepared)) return 1;
  const parts = Math.floor(customersOf(prepared) / LEAST_CUSTOMERS_OF_PART);
  return Math.max(1, Math.min(Math.floor(workers / count), parts));
}

function joined(prepared: PreparedScenario, parts: readonly ReplicationAnswer[]): ReplicationAnswer {
  const [first] = parts as readonly [ReplicationAnswer];
  const events = parts.reduce((sum, part) => sum + part.events, 0);
  return {
    ...first,
    events,
    badges: joinParts(
      prepared,
      parts.map(({ badges }) => badges),
    ),
  };
}

/** What a result says of the rows of a replayed file beside its events. */
export function leftOutOf(replay: ReplayFile | null): Omit<EventCounts, 'total'> {
  const { skipped = 0, badRows = 0, repeated = 0 } = replay ?? {};
  return { skipped, badRows, ...(repeated === 0 ? {} : { repeated }) };
}

/** What a result says of the rules of its job. */
export const judgedBy = ({ rules }: Pick<SimulationJob, 'rules'>): Pick<SimulationResult, 'rules'> =>
  rules === undefined ? {} : { rules };

/** What some replications of a scenario came to, before they are put together to a result. */
export interface Replications {
  answers: readonly ReplicationAnswer[];
  /** What was read of the replayed file; whoever takes it disposes of it. */
  replay: ReplayFile | null;
}

/**
 * Runs some replications of a scenario in worker threads: in parallel, and the same on any number of them and in any
 * company, because each draws from its own number (docs/decisions/0020).
 *
 * @param range default: all of them
 * @throws Failure as {@link runSimulation} does
 */
export async function runReplications(
  job: SimulationJob,
  options: SimulationOptions = {},
  range?: ReplicationRange,
): Promise<Replications> {
  const prepared = mustBeSound(job);
  const { scenario } = prepared;
  return withEvents(job, scenario, options, 'run', async ({ pool, task, meter, replay }) => {
    const workers = options.workers ?? availableParallelism();
    const columns = replay?.columns ?? null;
    const wantsDetail = job.detail === true;
    const { first, count } = range ?? { first: 0, count: scenario.replications };
    const of = partsOf(prepared, { first, count }, workers, wantsDetail);
    const requests = Array.from({ length: count * of }, (_, place): ReplicateRequest => {
      const replication = first + Math.floor(place / of);
      const detail = wantsDetail && replication === 0;
      const whole = { kind: 'replicate', replication, columns, detail } as const;
      return of === 1 ? whole : { ...whole, part: { index: place % of, of } };
    });
    // Where one replication cannot be parted and there are workers to spare, drawing and judging still overlap.
    const isPaired = of === 1 && 2 * count <= workers && customersOf(prepared) >= LEAST_CUSTOMERS_OF_PART;
    const answers = await (isPaired
      ? answersTo(askTwo(pool, task), requests, count, meter)
      : answersTo(askOne(pool, task), requests, workers, meter));
    if (of === 1) return { answers, replay };
    const inParts = Array.from({ length: count }, (_, place) => answers.slice(place * of, (place + 1) * of));
    return { answers: inParts.map((parts) => joined(prepared, parts)), replay };
  });
}

/**
 * Runs a scenario in worker threads: replications in parallel, results the same on any number of them.
 *
 * @throws Failure `invalid-input` for an unsound scenario or an unreadable events file, `cancelled` when the signal was
 *   raised
 */
export async function runSimulation(job: SimulationJob, options: SimulationOptions = {}): Promise<SimulationOutcome> {
  const { scenario } = mustBeSound(job);
  const { answers, replay } = await runReplications(job, options);
  const first = answers[0]!;
  const replications = answers.map((answer) => answer.badges);
  const events = { total: first.events, ...leftOutOf(replay) };
  return {
    result: { ...resultOfReplications(scenario, events, replications), ...judgedBy(job) },
    replications,
    skippedSpan: replay?.skippedSpan ?? null,
    badRows: replay?.firstBadRows ?? [],
    detail: first.detail,
    replay,
  };
}

/**
 * Why one customer did not get a badge: every attempt of the first replication, explained.
 *
 * @param badge position of the badge in the scenario
 * @param customer by number; one of a replayed file that knows its customers by texts by that text, too
 * @returns null when the scenario has no such customer; texts of the customers named where the file knows them by texts
 * @throws Failure as `runSimulation` does
 */
export async function explainSimulation(
  job: SimulationJob,
  badge: number,
  customer: number | string,
  options: SimulationOptions = {},
): Promise<ExplainedCustomer | null> {
  const { scenario } = mustBeSound(job);
  return withEvents(job, scenario, options, 'explain', async ({ pool, task, meter, replay }) => {
    meter.begin('simulating');
    const texts = job.pseudonyms === true ? null : (replay?.customers.texts ?? null);
    const customerId = idOf(customer, texts);
    if (customerId === null) return null;
    const request: SimulationRequest = { kind: 'explain', badge, customerId, columns: replay?.columns ?? null };
    const { explanation } = await pool.ask(0, task, request, 'explanation', ({ events, share }) =>
      meter.tell(events, share),
    );
    return explanation === null || texts === null ? explanation : withTexts(explanation, texts);
  });
}

/** A customer as a person names it is read as a cell of the file is. */
function idOf(customer: number | string, texts: NumberedTexts | null): number | null {
  const cell = String(customer);
  const text = texts === null ? null : readCustomerText(cell);
  // Among texts a number may be one of them: it is meant before the one that was given here.
  const known = texts !== null && text?.ok === true ? numberOf(texts, text.text) : -1;
  if (known >= 0) return known + 1;
  if (typeof customer === 'number') return customer;
  const number = readCustomerCell(cell);
  return number.ok ? number.customerId : null;
}

function withTexts(explanation: WhyNot, texts: NumberedTexts): ExplainedCustomer {
  const usedUp = explanation.attempts.flatMap(({ cap }) => cap?.usedUpBy ?? []);
  const named = new Set([explanation.customerId, ...usedUp.map(({ customerId }) => customerId)]);
  return { ...explanation, texts: Object.fromEntries([...named].map((id) => [id, textOf(texts, id - 1)])) };
}
