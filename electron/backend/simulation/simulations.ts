import path from 'node:path';
import type { KeptSimulation, SimulationLine } from '../../../db/workspace/simulations';
import { toIso } from '../../../shared/domain/instant';
import { numberTexts, tellNumberTexts, type NumberText } from '../../../shared/domain/json';
import { answerSentence } from '../../../shared/simulation/answer-sentence';
import { ENGINE_VERSION } from '../../../shared/simulation/engine';
import { monthlyCost } from '../../../shared/simulation/monthly-cost';
import {
  keptResultRules,
  settingsOfRules,
  simulatedRules,
  type ResultRules,
} from '../../../shared/simulation/result-rules';
import { prepareScenario, type PreparedScenario } from '../../../shared/simulation/prepared-scenario';
import type { SimulationResult } from '../../../shared/simulation/result';
import { whyNobody } from '../../../shared/simulation/why-nobody';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import type {
  BadgeAnswers,
  EventsFile,
  RunProgress,
  ScenarioBody,
  SimulationSummary,
  SimulationView,
} from '../../../shared/ipc/simulation-contract';
import type { BackendContext } from '../context';
import { isTableAtHand, stateOfTable } from '../tables/table-files';
import type { ReplayFile } from './replay/replay-file';
import type { BadRow } from './replay/replay-part';
import type { JudgedPolicy, PolicyText } from '../../../shared/ipc/policies-contract';
import { judgePolicies, type JudgedRuns } from './judged-policies';
import { withWorkers, type WorkerPool } from './worker-pool';
import { runUntilKnown } from './until-known';
import type { KnownTarget } from '../../../shared/simulation/known-width';
import type { ReplicationRange } from '../../../shared/simulation/slice';
import { runReplications, runSimulation, type Replications, type SimulationJob, type SimulationOutcome } from './run';
import { message } from '../../../shared/words/message';
import { inEnglish } from '../../../shared/words/english';

/** What the simulating side works with. */
export type SimulationContext = Pick<BackendContext, 'workspace' | 'files' | 'now' | 'settings' | 'beforeDeletion'>;

/** A scenario as the page asks for it. */
export interface AskedScenario {
  body: ScenarioBody;
  numbers: readonly NumberText[];
  events: EventsFile | null;
  pseudonyms: boolean;
}

/** The scenario that was asked, its numbers with the digits they were written with. */
export function bodyOf({ body, numbers }: Pick<AskedScenario, 'body' | 'numbers'>): ScenarioBody {
  return tellNumberTexts(body, numbers);
}

interface KeptAnswers {
  badges: BadgeAnswers[];
  badRows: BadRow[];
  policies?: JudgedPolicy[];
}

/** The replayed file that was read last: the questions after a run are about the same one. */
interface LastReplay {
  key: string;
  file: ReplayFile;
}

/** The badge's smallest cap for good, in its place among the scenario's badges. */
export function capOf({ definition }: PreparedScenario['badges'][number]): number | null {
  const limits = definition.badgeConstraints.flatMap((limit) =>
    limit.kind === 'FIXED_VALUE' ? [limit.maxEarnLimit] : [],
  );
  return limits.length === 0 ? null : Math.min(...limits);
}

export type RulesInUse = Parameters<typeof simulatedRules>[0];

const playedIn = ({ replications, result }: Pick<SimulationOutcome, 'replications' | 'result'>): JudgedRuns => ({
  ...{ replications, events: result.events.total },
});

/** Runs scenarios of a workspace, keeps what came out, and makes kept ones ready to be run again. */
export class Simulations {
  readonly #context: SimulationContext;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  #lastReplay: LastReplay | null = null;
  readonly #retired: ReplayFile[] = [];

  readonly #rulesInUse: () => RulesInUse;

  /** @param rulesInUse whose rules the workspace judges by */
  constructor(context: SimulationContext, rulesInUse: () => RulesInUse) {
    this.#context = context;
    this.#rulesInUse = rulesInUse;
  }

  /** Absolute path of the file to replay. @throws Failure `not-found` when it is no longer at hand */
  csvOf(events: EventsFile | null): string | null {
    if (events === null) return null;
    if ('token' in events) return this.#context.files.find(events.token, 'read').path;
    return this.#context.workspace.simulations.get(events.resultId).csv;
  }

  /** The job of an asked scenario. @throws Failure `not-found` */
  jobOf(asked: AskedScenario): SimulationJob {
    return {
      ...{ body: bodyOf(asked), csv: this.csvOf(asked.events), pseudonyms: asked.pseudonyms },
      ...this.ruledNow(),
    };
  }

  /** The job of a kept result, by the rules that it was judged by. @throws Failure `not-found` for the result, or for the file it replays */
  jobOfKept(kept: KeptSimulation): SimulationJob {
    if (kept.csv !== null && !isTableAtHand(kept.csv)) {
      throw new Failure('not-found', message('scenarios.replayGone', { file: path.basename(kept.csv) }));
    }
    return {
      ...{ body: kept.scenario, csv: kept.csv, pseudonyms: kept.pseudonyms },
      ...ruledBy(keptResultRules(kept.result)),
    };
  }

  /** The rules that the workspace judges by now, as part of a job. */
  ruledNow(): Pick<SimulationJob, 'settings' | 'rules'> {
    return ruledBy(simulatedRules(this.#rulesInUse()));
  }

  /** Runs one job; ends with the signal, or with the backend. @param pool threads of a question that runs several */
  async outcome(
    job: SimulationJob,
    signal: CancelSignal,
    progress: (report: RunProgress) => void,
    pool?: WorkerPool,
  ): Promise<SimulationOutcome> {
    const replay = this.#replayOf(job);
    const outcome = await this.track(signal, (stop) =>
      runSimulation(
        { ...job, replay },
        { signal: stop, progress, yields: true, ...(pool === undefined ? {} : { pool }) },
      ),
    );
    this.#keepReplay(job, outcome);
    return outcome;
  }

  /** Runs a slice of a job's replications, as {@link outcome} runs all of them. */
  async runs(
    job: SimulationJob,
    range: ReplicationRange,
    signal: CancelSignal,
    progress: (report: RunProgress) => void,
    pool: WorkerPool,
  ): Promise<Replications['answers']> {
    const replay = this.#replayOf(job);
    const done = await this.track(signal, (stop) =>
      runReplications({ ...job, replay }, { signal: stop, progress, yields: true, pool }, range),
    );
    this.#keepReplay(job, done);
    return done.answers;
  }

  #keepReplay(job: SimulationJob, { replay }: Pick<SimulationOutcome, 'replay'>): void {
    if (replay === null || replay === this.#lastReplay?.file) return;
    if (this.#lastReplay !== null) this.#retired.push(this.#lastReplay.file);
    this.#lastReplay = { key: replayKey(job), file: replay };
    this.#disposeRetired();
  }

  /** Does long work that runs several jobs on the same threads; ends with the signal, or with the backend. */
  withPool<T>(signal: CancelSignal, work: (pool: WorkerPool, stop: CancelSignal) => Promise<T>): Promise<T> {
    return this.track(signal, (stop) => withWorkers(true, (pool) => work(pool, stop)));
  }

  /** The job with its file in memory, if it was the last one read. */
  withReplay(job: SimulationJob): SimulationJob {
    return { ...job, replay: this.#replayOf(job) };
  }

  /** A file that was replaced may still be replayed by what runs: it goes once nothing does. */
  #disposeRetired(): void {
    if (this.#running.size === 0) for (const file of this.#retired.splice(0)) file.dispose();
  }

  #replayOf(job: SimulationJob): ReplayFile | null {
    return job.csv !== null && this.#lastReplay?.key === replayKey(job) ? this.#lastReplay.file : null;
  }

  /** Does long work that ends with the signal or with the backend, whichever is first. */
  async track<T>(signal: CancelSignal, work: (stop: CancelSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    const abort = (): void => stop.abort();
    if (signal.aborted || this.#closing.signal.aborted) abort();
    signal.addEventListener('abort', abort);
    this.#closing.signal.addEventListener('abort', abort);
    const running = work(stop.signal);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
      this.#disposeRetired();
      signal.removeEventListener('abort', abort);
      this.#closing.signal.removeEventListener('abort', abort);
    }
  }

  /** Runs a job as often as its scenario says, or until something is known: then the scenario says how often that was. */
  async #runs(
    job: SimulationJob,
    target: KnownTarget | null,
    signal: CancelSignal,
    progress: (report: RunProgress) => void,
  ): Promise<{ job: SimulationJob; outcome: SimulationOutcome }> {
    if (target === null) return { job, outcome: await this.outcome(job, signal, progress) };
    const { outcome, body } = await this.track(signal, (stop) =>
      runUntilKnown(this.withReplay(job), target, { signal: stop, progress, yields: true }),
    );
    this.#keepReplay(job, outcome);
    return { job: { ...job, body }, outcome };
  }

  /** Judges what a job came to by policies; what they are run with otherwise is run. */
  judge(
    job: SimulationJob,
    policies: readonly PolicyText[],
    outcome: Pick<SimulationOutcome, 'replications' | 'result'>,
    signal: CancelSignal,
    progress: (report: RunProgress) => void,
  ): Promise<JudgedPolicy[]> {
    return judgePolicies(job.body, job.settings, policies, playedIn(outcome), async (body) =>
      playedIn(await this.outcome({ ...job, body, detail: false }, signal, progress)),
    );
  }

  /** Judges a kept result, and keeps what came of it. @throws Failure `not-found` */
  async judgeKept(
    key: number,
    policies: readonly PolicyText[],
    signal: CancelSignal,
    progress: (report: RunProgress) => void,
  ): Promise<JudgedPolicy[]> {
    const store = this.#context.workspace.simulations;
    const kept = store.get(key);
    const job = this.jobOfKept(kept);
    const judged =
      policies.length === 0
        ? []
        : await this.judge(job, policies, await this.outcome(job, signal, progress), signal, progress);
    store.answer(key, { ...(kept.answers as KeptAnswers), policies: judged });
    return judged;
  }

  /** Runs a scenario and keeps the result; `unnamed` is what one without a name is called then. */
  async run(
    asked: AskedScenario & { policies?: readonly PolicyText[]; untilKnown?: KnownTarget | null },
    unnamed: string,
    signal: CancelSignal,
    progress: (report: RunProgress) => void,
  ): Promise<SimulationView> {
    const { workspace, now } = this.#context;
    const given = { ...this.jobOf(asked), detail: true };
    const started = performance.now();
    const { job, outcome } = await this.#runs(given, asked.untilKnown ?? null, signal, progress);
    const { result } = outcome;
    const policies = asked.policies ?? [];
    const judged = policies.length === 0 ? null : await this.judge(job, policies, outcome, signal, progress);
    const answers: KeptAnswers = {
      badges: this.answersOf(job, outcome),
      badRows: [...outcome.badRows],
      ...(judged === null ? {} : { policies: judged }),
    };
    const key = workspace.simulations.add({
      name: result.scenario === '' ? unnamed : result.scenario,
      ranOn: now(),
      milliseconds: Math.round(performance.now() - started),
      seed: result.seed,
      engine: ENGINE_VERSION,
      replications: result.replications,
      events: result.events.total,
      sentence: answers.badges[0]?.sentence ?? '',
      scenario: job.body,
      csv: job.csv,
      pseudonyms: asked.pseudonyms,
      result,
      answers,
    });
    return this.view(key);
  }

  /** What is told of each badge beside the result file. */
  answersOf(job: SimulationJob, outcome: SimulationOutcome): BadgeAnswers[] {
    const preparation = prepareScenario(job.body, job.settings);
    if (preparation.ok) return badgeAnswers(preparation.prepared, outcome);
    throw new Failure('internal', message('scenarios.notReadAgain'));
  }

  /** @throws Failure `not-found` */
  view(key: number): SimulationView {
    const kept = this.#context.workspace.simulations.get(key);
    const answers = kept.answers as KeptAnswers;
    const { csv } = kept;
    return {
      summary: summaryOf(kept),
      body: kept.scenario as ScenarioBody,
      numbers: numberTexts(kept.scenario),
      result: kept.result as SimulationResult,
      badges: answers.badges,
      badRows: answers.badRows,
      replay:
        csv === null ? null : { name: path.basename(csv), isAtHand: isTableAtHand(csv), pseudonyms: kept.pseudonyms },
      ...(answers.policies === undefined ? {} : { policies: answers.policies }),
    };
  }

  /** Ends what is under way; nothing of it is kept. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#running);
    if (this.#lastReplay !== null) this.#retired.push(this.#lastReplay.file);
    this.#lastReplay = null;
    this.#disposeRetired();
  }
}

function ruledBy(rules: ResultRules | null): Pick<SimulationJob, 'settings' | 'rules'> {
  return rules === null ? {} : { settings: settingsOfRules(rules), rules };
}

/** A kept simulation as the list shows it. */
export function summaryOf({
  key,
  name,
  ranOn,
  milliseconds,
  seed,
  engine,
  replications,
  events,
  sentence,
}: SimulationLine): SimulationSummary {
  return { id: key, name, ranOn, milliseconds, seed, engine, replications, events, sentence };
}

/** Everything that decides what reading the file gives. */
function replayKey({ csv, body, pseudonyms }: SimulationJob): string {
  const { from, to, events } = body as Record<string, unknown>;
  return JSON.stringify([csv, csv === null ? null : stateOfTable(csv), from, to, events, pseudonyms === true]);
}

/** Where no row of a replayed file lies in the period: that, and when its rows are. */
function outsideSentence({ result, skippedSpan }: SimulationOutcome): string | null {
  if (result.events.total > 0 || skippedSpan === null) return null;
  const { first, last } = skippedSpan;
  return inEnglish(message('answers.noRowInPeriod', { first: toIso(first, 'UTC'), last: toIso(last, 'UTC') }));
}

function badgeAnswers(prepared: PreparedScenario, outcome: SimulationOutcome): BadgeAnswers[] {
  const { scenario, timeline } = prepared;
  return prepared.badges.map((badge): BadgeAnswers => {
    const { key } = badge.entry;
    const { name } = badge.definition;
    const cap = capOf(badge);
    const replications = outcome.replications.map((answer) => answer[key]!);
    const exhausted = replications.map(({ exhaustedAt }) => exhaustedAt);
    const whys = replications.map((result) => whyNobody(badge, scenario, result));
    // Somebody who gets it in any of the runs can get it.
    const nobody = whys.includes(null) ? null : (whys[0] ?? null);
    return {
      key,
      name,
      sentence:
        outsideSentence(outcome) ??
        answerSentence({ result: outcome.result, key, name, zone: scenario.timeZone, cap, exhausted, nobody }),
      nobody,
      cap,
      cost: monthlyCost(badge, timeline, replications, null),
      awarded: replications.map((result) => result.awarded),
      crowding: outcome.detail?.crowding[key] ?? [],
    };
  });
}
