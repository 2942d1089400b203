import path from 'node:path';
import type { ReportVersion } from '../../shared/report/report-model';
import { readResult } from '../../shared/simulation/read-result';
import { RESULT_SCHEMA, type SimulationResult } from '../../shared/simulation/result';
import { readSetting, type Setting } from '../../shared/simulation/scenario-value';
import { compareVariants, type WinnersAndLosers } from '../../shared/simulation/variants';
import { ENGINE_VERSION } from '../../shared/simulation/engine';
import type { ResultRules } from '../../shared/simulation/result-rules';
import { Failure } from '../../shared/ipc/errors';
import { inEnglish } from '../../shared/words/english';
import { Artist } from '../backend/art/artist';
import { ART_ENDING, readArtFile } from '../backend/art/art-file';
import { BADGE_ENDING } from '../backend/folder/scan';
import { readRegularText } from '../disk/regular-file';
import { reasonOf } from '../disk/system-reasons';
import { resultVersion, scenarioVersion } from '../backend/report/versions';
import { loadScenario, type LoadedScenario } from '../backend/simulation/load-scenario';
import { fileNamedIn, type NamedByPerson } from '../backend/simulation/named-files';
import { runSimulation, type SimulationOutcome } from '../backend/simulation/run';
import { withWorkers } from '../backend/simulation/worker-pool';
import { UsageError, type Terminal } from './command';
import { toldOf } from './loaded-scenario';
import { settingsFrom } from './simulate';
import { replayLines, simulationProgressLine } from './simulation-words';
import { shellWord } from '../../shared/ipc/shell-word';

/** Bytes. Longer texts cannot be held in one piece. */
const LARGEST = 500_000_000;

/** What a call of `laurel report` asks for. */
export interface ReportOrder {
  files: readonly string[];
  /** `path=value`, each a version of the first file. */
  variants: readonly string[];
  sets: readonly string[];
  settings: readonly Setting[];
  /** That scenarios are judged by; a result stays by its own. */
  rules: ResultRules | null;
  /** The scenario of the only result. */
  scenario: string | null;
  seed: number | undefined;
  replications: number | undefined;
  named: NamedByPerson;
}

type Planned =
  | { kind: 'result'; file: string; result: SimulationResult }
  | { kind: 'scenario'; file: string; changes: readonly string[]; loaded: Extract<LoadedScenario, { ok: true }> };

/** Everything that a report is made of, read and checked. */
export interface ReportPlan {
  versions: readonly Planned[];
  /** The scenario of the only result, as it was run. */
  ofResult: Extract<LoadedScenario, { ok: true }> | null;
  scenarios: readonly string[];
  results: readonly string[];
}

/** A result where the file says that it is one; null: it is something else. @throws the system's error when it cannot be read */
export function resultIn(cwd: string, file: string): { result: SimulationResult | null } | null {
  const text = readRegularText(path.resolve(cwd, file), LARGEST);
  try {
    const body: unknown = JSON.parse(text);
    const isResult = typeof body === 'object' && body !== null && 'schema' in body && body.schema === RESULT_SCHEMA;
    return isResult ? { result: readResult(body) } : null;
  } catch {
    // What is no JSON is refused as a scenario, with its line and column.
    return null;
  }
}

/**
 * Reads what a report is to be made of.
 *
 * @returns null where something is wrong with it, which is said
 * @throws UsageError
 */
export function planReport(order: ReportOrder, terminal: Terminal): ReportPlan | null {
  const { cwd } = terminal;
  const { files, variants, named, settings, rules } = order;
  const read = files.map((file) => {
    try {
      return { file, found: resultIn(cwd, file) };
    } catch (error) {
      terminal.error(`${file}: cannot be read (${reasonOf(error)})`);
      return null;
    }
  });
  if (read.some((one) => one === null)) return null;
  const known = read.filter((one) => one !== null);
  const broken = known.filter(({ found }) => found?.result === null);
  for (const { file } of broken) terminal.error(`${file}: is no whole result (laurel/result@1): make it anew`);
  if (broken.length > 0) return null;
  const isOnlyResult = known.length === 1 && (known[0]?.found ?? null) !== null;
  if (order.scenario !== null && !isOnlyResult) throw new UsageError('--scenario names the scenario of one result.');
  if (isOnlyResult && order.scenario === null && (variants.length > 0 || settings.length > 0))
    throw new UsageError('--set and --variant change scenarios, and this is a result: name its scenario instead.');
  if (isOnlyResult && (order.seed !== undefined || order.replications !== undefined))
    throw new UsageError('--seed and --replications are of scenarios, and this is a result.');
  if (variants.length > 0 && (known[0]?.found ?? null) !== null)
    throw new UsageError('--variant changes the first file, which is a result: name its scenario instead.');

  const load = (file: string, more: readonly Setting[]): LoadedScenario =>
    loadScenario(path.resolve(cwd, file), [...settings, ...more], named, rules);
  const first = known.find(({ found }) => found === null);
  let draws = settingsFrom([], order.seed, order.replications);
  if (first !== undefined && files.length + variants.length > 1) {
    const base = load(first.file, draws);
    // The same draws: one seed, and as many replications, for all.
    if (base.ok) draws = settingsFrom([], base.prepared.scenario.seed, base.prepared.scenario.replications);
  }
  const versions: Planned[] = [];
  const tried: { file: string; scenario: LoadedScenario }[] = [];
  const add = (file: string, changes: readonly string[], more: readonly Setting[]): void => {
    const loaded = load(file, [...more, ...draws]);
    tried.push({ file, scenario: loaded });
    if (loaded.ok) versions.push({ kind: 'scenario', file, changes, loaded });
  };
  for (const { file, found } of known) {
    const result = found?.result ?? null;
    if (result !== null) versions.push({ kind: 'result', file, result });
    else add(file, order.sets, []);
  }
  for (const text of variants) {
    const setting = readSetting(text);
    if (setting !== null) add(files[0] ?? '', [...order.sets, text], [setting]);
  }
  if (toldOf(terminal, tried) === null) return null;
  const scenarios = versions.flatMap((one) => (one.kind === 'scenario' ? [one.file] : []));
  const results = versions.flatMap((one) => (one.kind === 'result' ? [one.file] : []));
  if (order.scenario === null) return { versions, ofResult: null, scenarios, results };
  const [of] = versions;
  const result = of?.kind === 'result' ? of.result : null;
  const scenario = load(order.scenario, settingsFrom([], result?.seed, result?.replications));
  const [loaded] = toldOf(terminal, [{ file: order.scenario, scenario }]) ?? [];
  return loaded === undefined ? null : { versions, ofResult: loaded, scenarios: [order.scenario], results };
}

/** What was run for a report. */
export interface RunReport {
  versions: readonly [ReportVersion, ...ReportVersion[]];
  sameDraws: boolean;
  people: readonly WinnersAndLosers[];
  commands: readonly string[];
}

/**
 * Pictures of the badges that the first version takes from files, by key: of the designs that lie beside these.
 *
 * A design that is there and cannot be drawn is said, and left out.
 */
export async function picturesBeside(
  { versions: [first], ofResult }: ReportPlan,
  named: NamedByPerson,
  terminal: Terminal,
): Promise<ReadonlyMap<string, string>> {
  const loaded = ofResult ?? (first?.kind === 'scenario' ? first.loaded : null);
  const pictures = new Map<string, string>();
  if (loaded === null) return pictures;
  const artist = new Artist();
  const { folder, named: badges } = loaded.badgeFiles;
  for (const { key, file } of badges) {
    if (!file.endsWith(BADGE_ENDING)) continue;
    const name = `${file.slice(0, -BADGE_ENDING.length)}${ART_ENDING}`;
    const found = fileNamedIn(folder, name, named);
    if (!found.ok) continue;
    try {
      pictures.set(key, (await artist.draw(await readArtFile(found.path, name), 'EARNED')).svg);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      terminal.error(`${inEnglish(error.words)} The report has no picture of that badge.`);
    }
  }
  return pictures;
}

/** Runs the scenarios of a report. @returns null where a result does not belong to its scenario, which is said */
export async function runReport(plan: ReportPlan, order: ReportOrder, terminal: Terminal): Promise<RunReport | null> {
  if (plan.ofResult !== null) return ofResultAndScenario(plan, order, terminal, plan.ofResult);
  const isMany = plan.versions.length > 1;
  const outcomes = await withWorkers(false, async (pool) => {
    const done: (SimulationOutcome | null)[] = [];
    for (const one of plan.versions) {
      if (one.kind === 'result') {
        done.push(null);
        continue;
      }
      const { loaded, file } = one;
      const outcome = await runSimulation(
        { ...loaded.job, detail: isMany },
        {
          ...{ signal: terminal.signal, pool },
          progress: (report) => terminal.draw(`${isMany ? `${file}  ` : ''}${simulationProgressLine(report)}`),
        },
      );
      outcome.replay?.dispose();
      terminal.draw('');
      const { result, replay } = outcome;
      for (const line of replayLines(loaded.prepared.scenario, result.events, replay)) terminal.error(line);
      done.push(outcome);
    }
    return done;
  });
  const versions = plan.versions.map((one, index): ReportVersion => {
    const outcome = outcomes[index];
    if (one.kind === 'result') return resultVersion(nameOf(plan.versions, index), one.result);
    const { loaded, changes } = one;
    const name = nameOf(plan.versions, index);
    return scenarioVersion(
      { name, changes, body: loaded.job.body },
      loaded.prepared,
      outcome!.result,
      outcome!.replications,
    );
  });
  const [first, ...others] = versions;
  const isRun = outcomes.every((outcome) => outcome !== null);
  const { people } = compareVariants(
    versions.map(({ name }, index) => ({
      ...{ name, result: versions[index]!.result, awards: outcomes[index]?.detail?.awards ?? null },
    })),
  );
  return {
    ...{ versions: [first!, ...others], sameDraws: isRun, people: people ?? [] },
    commands: plan.versions.flatMap((one) =>
      one.kind === 'result'
        ? []
        : [
            commandLine([
              ...['laurel', 'simulate', one.file, '--json'],
              ...[...one.changes].flatMap((text) => ['--set', text]),
              ...['--seed', String(one.loaded.prepared.scenario.seed)],
              ...['--replications', String(one.loaded.prepared.scenario.replications)],
            ]),
          ],
    ),
  };
}

/** What a version is called: its scenario, with its file where several have that name and are not told apart by what was changed. */
function nameOf(versions: readonly Planned[], index: number): string {
  const own = versions.map((one) => {
    const name = one.kind === 'result' ? one.result.scenario : one.loaded.prepared.scenario.name;
    return name === '' ? path.basename(one.file) : name;
  });
  const changed = versions.map((one) => (one.kind === 'scenario' ? one.changes.at(-1) : undefined));
  const name = own[index] ?? '';
  const { file } = versions[index]!;
  const isLone = own.filter((other) => other === name).length === 1;
  const isVariant = changed[index] !== undefined && versions.findIndex((one) => one.file === file) < index;
  if (isLone) return name;
  if (isVariant) return `${name}, ${changed[index] ?? ''}`;
  return `${name} (${path.basename(file)}${versions.findIndex((one) => one.file === file) < index ? ` ${String(index + 1)}` : ''})`;
}

/** A result beside its scenario: the first run is made again, and must be that of the file. */
async function ofResultAndScenario(
  plan: ReportPlan,
  order: ReportOrder,
  terminal: Terminal,
  loaded: Extract<LoadedScenario, { ok: true }>,
): Promise<RunReport | null> {
  const [of] = plan.versions;
  if (of?.kind !== 'result' || order.scenario === null) throw new Error('A scenario without its result');
  const { file, result } = of;
  if (result.engine !== ENGINE_VERSION) {
    terminal.error(
      `${file}: engine ${result.engine} made it, and this is engine ${ENGINE_VERSION}, which may draw otherwise: run ${order.scenario} again. Nothing was written.`,
    );
    return null;
  }
  const { prepared, job } = loaded;
  const once = await runSimulation(
    { ...job, settings: { ...job.settings }, body: { ...(job.body as object), replications: 1 } },
    { signal: terminal.signal, progress: (report) => terminal.draw(simulationProgressLine(report)) },
  );
  once.replay?.dispose();
  terminal.draw('');
  const isSame =
    result.scenario === once.result.scenario && JSON.stringify(result.badges) === JSON.stringify(once.result.badges);
  if (!isSame) {
    terminal.error(
      `${file}: it is not the result of ${order.scenario} as that is now: its first run gives other numbers. Run it again, or leave --scenario out. Nothing was written.`,
    );
    return null;
  }
  const version = scenarioVersion(
    { name: nameOf(plan.versions, 0), changes: order.sets, body: job.body },
    prepared,
    result,
    result.replications === 1 ? [result.badges] : null,
  );
  return {
    ...{ versions: [version], sameDraws: true, people: [] },
    commands: [
      commandLine([
        ...['laurel', 'simulate', order.scenario, '--json'],
        ...order.sets.flatMap((text) => ['--set', text]),
        ...['--seed', String(result.seed), '--replications', String(result.replications)],
      ]),
    ],
  };
}

/** A line as it is typed in a shell; in a report it may be typed on any machine, and most shells read it so. */
export function commandLine(parts: readonly string[]): string {
  return parts.map((part) => shellWord(part, 'linux')).join(' ');
}
