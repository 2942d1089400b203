import path from 'node:path';
import { savedTable } from './saved-table';
import { writeTable } from '../files/written-table';
import { readKnob } from '../../../shared/simulation/knob';
import { ENGINE_VERSION } from '../../../shared/simulation/engine';
import { prepareScenario } from '../../../shared/simulation/prepared-scenario';
import { withSettings } from '../../../shared/simulation/scenario-value';
import { tornado, tornadoKnobs } from '../../../shared/simulation/tornado';
import { compareVariants, type Variant } from '../../../shared/simulation/variants';
import type { SimulationResult } from '../../../shared/simulation/result';
import { mostTrials, type Trial } from '../../../shared/simulation/goal';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { HandlersOf } from '../../../shared/ipc/serve';
import type {
  ComparedVersion,
  GoalTrial,
  simulationMethods,
  RunProgress,
  TrialProgress,
} from '../../../shared/ipc/simulation-contract';
import { writeWhole } from '../../disk/whole-file';
import { EXPORT_AGAIN } from '../files/granted-files';
import { readyScenarios } from '../badges/samples/ready-scenarios';
import { checkScenario } from './load-scenario';
import { explainSimulation, type SimulationJob, type SimulationOutcome } from './run';
import { seekKnob, soundRange } from './seek';
import { versionRuns } from './version-runs';
import type { VersionRuns } from '../../../shared/simulation/decided';
import type { ReplicationRange } from '../../../shared/simulation/slice';
import type { WorkerPool } from './worker-pool';
import { openPolicyFile } from './policy-files';
import type { policiesMethods } from '../../../shared/ipc/policies-contract';
import { openScenarioFile, saveScenarioFile } from './scenario-files';
import { bodyOf, summaryOf, type Simulations, type SimulationContext } from './simulations';
import { message } from '../../../shared/words/message';
import { speakerOf } from '../../../shared/words/spoken';

/** Counts the runs of an answer that takes several, and adds up how far they are. */
class TrialMeter {
  #done = 0;

  constructor(
    private readonly of: number,
    private readonly report: (progress: TrialProgress) => void,
  ) {}

  /** @param part of what comes next, or of so many that do */
  within(part: number): void {
    this.report({ done: this.#done, of: this.of, share: Math.min(1, (this.#done + part) / this.of) });
  }

  finished(count = 1): void {
    this.#done += count;
    this.within(0);
  }
}

/** How many runs a sound scenario asks for. */
function replicationsOf(body: unknown): number {
  const { replications } = body as { replications?: unknown };
  return typeof replications === 'number' ? replications : 1;
}

/** @throws Failure `not-found` when the scenario has no such badge */
function keyOfBadge(body: unknown, badge: number): string {
  const { badges } = body as { badges?: readonly { key?: unknown }[] };
  const key = badges?.[badge]?.key;
  if (typeof key === 'string') return key;
  throw new Failure('not-found', message('scenarios.noSuchBadge'));
}

/** Handlers of `simulation.*`. */
export function simulationHandlers(
  context: SimulationContext,
  simulations: Simulations,
): HandlersOf<typeof simulationMethods & typeof policiesMethods> {
  const store = context.workspace.simulations;

  /** Runs versions of a scenario one after the other, on the same threads and one reading of their file. */
  const runner =
    (pool: WorkerPool, stop: CancelSignal, meter: TrialMeter) =>
    async (job: SimulationJob): Promise<SimulationOutcome> => {
      const outcome = await simulations.outcome(
        job,
        stop,
        ({ phase, share }) => meter.within(phase === 'reading' ? 0 : share),
        pool,
      );
      meter.finished();
      return outcome;
    };

  /**
   * The runs of versions of a kept scenario, as they are asked for, on the same threads and one reading of its file.
   *
   * @param within hears of each slice how many of its runs are made
   * @param made hears of each slice when it is over
   */
  const slicer =
    (
      pool: WorkerPool,
      stop: CancelSignal,
      within: (range: ReplicationRange, runs: number) => void,
      made: (range: ReplicationRange) => void = () => undefined,
    ) =>
    (job: SimulationJob): VersionRuns =>
      versionRuns(job, replicationsOf(job.body), async (version, range) => {
        const report = ({ phase, share }: RunProgress): void =>
          within(range, phase === 'reading' ? 0 : share * range.count);
        const answers = await simulations.runs(version, range, stop, report, pool);
        made(range);
        return answers.map(({ badges }) => badges);
      });

  return {
    'simulation.ready': async ({ language }) => ({
      scenarios: readyScenarios(context.now(), context.settings().zone, await speakerOf(language)),
    }),

    'simulation.check': (asked) => {
      const csv = simulations.csvOf(asked.events);
      const { events } = asked.body;
      // The page knows the file's name only; whether the file is there is asked of the folder behind its token.
      const [body, folder] =
        csv === null
          ? [asked.body, path.sep]
          : [{ ...asked.body, events: { ...(events as object), csv: path.basename(csv) } }, path.dirname(csv)];
      const loaded = checkScenario(body, folder, undefined, simulations.ruledNow().rules ?? null);
      return loaded.ok ? { mistakes: [], warnings: loaded.warnings } : { mistakes: loaded.findings, warnings: [] };
    },

    'simulation.run': async ({ language, ...asked }, { signal, progress }) => {
      const unnamed = (await speakerOf(language)).say('scenarios.unnamed');
      return simulations.run(asked, unnamed, signal, progress);
    },

    'simulation.list': ({ search, offset, limit }) => {
      const { total, rows } = store.list(search, offset, limit);
      return { total, rows: rows.map(summaryOf) };
    },

    'simulation.get': ({ id }) => simulations.view(id),
    'simulation.rename': ({ id, name }) => summaryOf(store.rename(id, name)),
    'simulation.delete': async ({ ids }) => {
      await context.beforeDeletion(ids.length);
      return { deleted: store.remove(ids) };
    },

    'simulation.explain': ({ id, badge, customer }, { signal, progress }) => {
      const job = simulations.jobOfKept(store.get(id));
      keyOfBadge(job.body, badge);
      return simulations.track(signal, (stop) =>
        explainSimulation(simulations.withReplay(job), badge, customer, { signal: stop, progress, yields: true }),
      );
    },

    'simulation.seek': async ({ id, badge, knob: knobPath, goal }, { signal, progress }) => {
      const kept = store.get(id);
      const job = simulations.jobOfKept(kept);
      const key = keyOfBadge(job.body, badge);
      const preparation = prepareScenario(job.body, job.settings);
      if (!preparation.ok) throw new Failure('invalid-input', message('scenarios.keptHasMistakes'));
      if ('budget' in goal && preparation.prepared.scenario.badges[badge]?.cost === null) {
        throw new Failure('invalid-input', message('scenarios.noCost'));
      }
      const reading = readKnob(job.body, knobPath, preparation.prepared.scenario, kept.result as SimulationResult);
      if (!reading.ok)
        throw new Failure('invalid-input', message('scenarios.cannotBeTurned', { reason: reading.reason }));
      const range = soundRange(job, reading.knob);
      if (range === null) {
        const { words, low, high } = reading.knob;
        throw new Failure(
          'invalid-input',
          message('scenarios.everySettingWrong', { low: words(low), high: words(high) }),
        );
      }
      const knob = { ...reading.knob, ...range };
      const tried = new Map<number, GoalTrial>();
      const view = (trial: Trial): GoalTrial => ({
        ...trial,
        measure: Number.isNaN(trial.measure) ? null : trial.measure,
        words: knob.words(trial.position),
        value: knob.at(trial.position).value,
      });
      const most = mostTrials(knob.low, knob.high);
      const answer = await simulations.withPool(signal, (pool, stop) => {
        const meter = new TrialMeter(most, progress);
        const runs = replicationsOf(job.body);
        const slices = slicer(pool, stop, ({ first }, made) => meter.within((first + made) / runs));
        return seekKnob(
          job,
          knob,
          key,
          goal,
          (body) => slices({ ...job, body }),
          (trial) => {
            tried.set(trial.position, view(trial));
            meter.finished();
          },
        );
      });
      const inOrder = [...tried.values()].sort((left, right) => left.position - right.position);
      return answer.found
        ? {
            found: true,
            best: view(answer.best),
            neighbour: answer.neighbour === null ? null : view(answer.neighbour),
            beyond: answer.beyond === null ? null : view(answer.beyond),
            all: answer.all,
            tried: inOrder,
            runs: replicationsOf(job.body),
          }
        : {
            found: false,
            low: view(answer.low),
            high: view(answer.high),
            closest: view(answer.closest),
            all: answer.all,
            tried: inOrder,
            runs: replicationsOf(job.body),
          };
    },

    'simulation.tornado': async ({ id, badge, measure }, { signal, progress }) => {
      const job = simulations.jobOfKept(store.get(id));
      const key = keyOfBadge(job.body, badge);
      // A knob whose other position breaks a rule of the badge has no bar, and must not cost the others theirs.
      const knobs = tornadoKnobs(job.body, badge).filter(({ low, high }) =>
        [low, high].every((settings) => prepareScenario(withSettings(job.body, settings), job.settings).ok),
      );
      return simulations.withPool(signal, async (pool, stop) => {
        const meter = new TrialMeter((1 + 2 * knobs.length) * replicationsOf(job.body), progress);
        const slices = slicer(
          pool,
          stop,
          (_, made) => meter.within(made),
          ({ count }) => meter.finished(count),
        );
        return tornado(knobs, key, measure, (settings) => slices({ ...job, body: withSettings(job.body, settings) }));
      });
    },

    'simulation.compare': ({ ids }, { signal, progress }) =>
      simulations.withPool(signal, async (pool, stop) => {
        const meter = new TrialMeter(ids.length, progress);
        const run = runner(pool, stop, meter);
        const variants: Variant[] = [];
        const versions: ComparedVersion[] = [];
        for (const id of ids) {
          const kept = store.get(id);
          const job = { ...simulations.jobOfKept(kept), detail: true };
          // What it came to is kept; only who got how many is not, and that is of the first run. A file may have changed.
          if (kept.engine === ENGINE_VERSION && kept.csv === null) {
            const within = ({ share }: RunProgress): void => meter.within(share);
            const [first] = await simulations.runs(job, { first: 0, count: 1 }, stop, within, pool);
            meter.finished();
            const { result, badges } = simulations.view(id);
            variants.push({ name: kept.name, result, awards: first?.detail?.awards ?? null });
            versions.push({ id, name: kept.name, result, badges });
            continue;
          }
          const outcome = await run(job);
          variants.push({ name: kept.name, result: outcome.result, awards: outcome.detail?.awards ?? null });
          versions.push({
            id,
            name: kept.name,
            result: outcome.result,
            badges: simulations.answersOf(job, outcome),
          });
        }
        return { versions, ...compareVariants(variants) };
      }),

    'simulation.openPolicy': ({ token }) => openPolicyFile(context.files, token),

    'simulation.judge': async ({ id, policies }, { signal, progress }) => ({
      policies: await simulations.judgeKept(id, policies, signal, progress),
    }),

    'simulation.open': ({ token }) => openScenarioFile(context.files, token),

    'simulation.saveScenario': async ({ target, scenario }) => {
      const csv = simulations.csvOf(scenario.events);
      // The scenario's own file may be saved over; the transactions it replays may not.
      const file = context.files.output(target, csv === null ? [] : [csv]);
      await saveScenarioFile(file.path, bodyOf(scenario), csv);
      return { name: file.name };
    },

    'simulation.saveFile': async ({ target, content }) => {
      const file = context.files.output(target);
      if ('table' in content) {
        const { portions, ...table } = savedTable(content.table);
        await writeTable(file, table, portions, { signal: new AbortController().signal });
        return { name: file.name };
      }
      const bytes = 'text' in content ? Buffer.from(content.text, 'utf8') : Buffer.from(content.base64, 'base64');
      await writeWhole(file.path, bytes, { name: file.name, again: EXPORT_AGAIN });
      return { name: file.name };
    },
  };
}
