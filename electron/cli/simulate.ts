import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { serialiseResult, type SimulationResult } from '../../shared/simulation/result';
import type { ResultRules } from '../../shared/simulation/result-rules';
import { Failure } from '../../shared/ipc/errors';
import { requireOutput, type KeptFile } from '../disk/output-place';
import { reasonOf } from '../disk/system-reasons';
import { writeWhole } from '../disk/whole-file';
import { readScenarioFile } from '../backend/simulation/load-scenario';
import { pathsOfTable } from '../backend/tables/table-files';
import { runSimulation, type SimulationProgress } from '../backend/simulation/run';
import { capOf } from '../backend/simulation/simulations';
import { runUntilKnown } from '../backend/simulation/until-known';
import { knownTarget, type KnownTarget } from '../../shared/simulation/known-width';
import { partText } from '../backend/simulation/part-file';
import { runSlice } from '../backend/simulation/slices';
import { rangeOfSlice, type Slice } from '../../shared/simulation/slice';
import { whyNobody } from '../../shared/simulation/why-nobody';
import { readSetting, type Setting } from '../../shared/simulation/scenario-value';
import type { NamedByPerson } from '../backend/simulation/named-files';
import { mistakeInWords } from './mistake';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { replayLines, resultLines, simulationProgressLine } from './simulation-words';
import { loadTold } from './loaded-scenario';
import { RULES, RULES_HELP, rulesFrom, rulesKept } from './rules-file';
import { requireTidyPlace, writeTidy } from './tidy';
import { plainFailure } from './plain-failure';

/** The option that names files outside a scenario's folder. */
export const ALLOW = { type: 'string', multiple: true, default: [] as string[], completes: 'files' } as const;

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  json: { type: 'boolean', default: false },
  out: { type: 'string', completes: 'files' },
  tidy: { type: 'string', completes: 'files' },
  replications: { type: 'string' },
  seed: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  allow: ALLOW,
  rules: RULES,
  workers: { type: 'string' },
  slice: { type: 'string' },
  'until-known': { type: 'string' },
  'most-runs': { type: 'string' },
} as const satisfies CommandOptions;

export const ALLOW_HELP = `  --allow PATH      a file, or a folder with all that is in it, outside the scenario's own folder that the scenario may
                    read badges and transactions from; may be repeated`;

/** What `--allow` names. */
export function namedBy(allowed: readonly string[], cwd: string): NamedByPerson {
  return { paths: allowed.map((name) => path.resolve(cwd, name)) };
}

const HELP = `Simulates who gets a badge, who is turned away and why, before anything is live.

Usage: laurel simulate FILE… [OPTIONS]

  FILE              scenario, *.scenario.json; paths inside it are relative to it
  --json            the result (laurel/result@1) as JSON; of several files, a list
  --out DIR         write each result as NAME.result.json into this folder; never over a file that is read
  --tidy FILE       write every number of all as one table for a notebook, a row for variant × badge × segment × day ×
                    measure, as CSV, or as FILE's ending says: .xlsx, .parquet
  --replications N  run this many times on different draws
  --until-known WHAT  run until a number is known well enough, and say how well: BADGE:MEASURE@PLACE=WIDTH, such as
                    streak:cost.expected@p90=500 or awarded@p90=2%. The badge may be left out where there is one; a measure
                    is that of a policy, the place p10, p50, p90 or mean, the width that of a 95 % interval: a number, a
                    share of the value, or for a date days, exhaustedAt@p50=3d. See docs/methods.md
  --most-runs N     with it: runs after which it ends all the same; default 2000
  --seed N          another seed
  --set PATH=VALUE  change one value of the scenario; may be repeated, and reaches into badges:
                    badges.0.badge.badgeConstraints.0.maxEarnLimit=5000
${ALLOW_HELP}
${RULES_HELP}
  --workers N       threads; the result does not depend on it
  --slice K/N       only the K-th of N slices of the replications, into the file that --out names: any machine can run
                    one, and laurel merge puts all of them together to the bytes of one run

The same scenario, seed and engine version give the same bytes.
Exit code: 0 done, 1 mistakes in a file, no row of a replay that could be read, or cancelled, 2 called wrongly.`;

/** A whole number from an option. @throws UsageError */
export function wholeNumber(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
    throw new UsageError(`--${option} needs a whole number${least > 0 ? ` from ${least} on` : ''}, not ${text}.`);
  return value;
}

/** `--set`, `--seed` and `--replications` as changes of the scenario. @throws UsageError */
export function settingsFrom(
  sets: readonly string[],
  seed: number | undefined,
  replications: number | undefined,
): Setting[] {
  const settings = sets.map((text) => {
    const setting = readSetting(text);
    if (setting === null) throw new UsageError(`--set needs PATH=VALUE, not ${text}.`);
    return setting;
  });
  if (seed !== undefined) settings.push({ path: 'seed', value: seed });
  if (replications !== undefined) settings.push({ path: 'replications', value: replications });
  return settings;
}

/** `streak:cost.expected@p90=500`. @throws UsageError */
function targetFrom(text: string, most: number): KnownTarget {
  const [, badge, measure, at, width, unit] =
    /^(?:([^:]+):)?([^:@]+)@(p10|p50|p90|mean)=(\d+(?:\.\d+)?)(%|d)?$/.exec(text) ?? [];
  const isInstant = measure === 'exhaustedAt' || measure === 'firstRejectedAt';
  if (measure !== undefined && isInstant === (unit === 'd')) {
    const size = Number(width) / (unit === '%' ? 100 : 1);
    const read = knownTarget.safeParse({ badge, measure, at, width: size, isShare: unit === '%', most });
    if (read.success) return read.data;
  }
  throw new UsageError(
    `--until-known needs BADGE:MEASURE@PLACE=WIDTH, such as streak:cost.expected@p90=500, awarded@p90=2% or exhaustedAt@p50=3d, not ${text}.`,
  );
}

interface SliceRequest {
  slice: Slice;
  out: string;
  settings: readonly Setting[];
  named: NamedByPerson;
  rules: ResultRules | null;
  keptRules: readonly KeptFile[];
  workers: number | undefined;
  json: boolean;
}

/** A result, and by key why nobody at all can get a badge. */
interface Simulated {
  result: SimulationResult;
  nobody: ReadonlyMap<string, string>;
  /** By key: the badge's cap; null: it has none. */
  caps: ReadonlyMap<string, number | null>;
  /** It replays a file of which not one row could be read. */
  isUnread: boolean;
}

async function simulateFile(
  terminal: Terminal,
  file: string,
  settings: readonly Setting[],
  named: NamedByPerson,
  rules: ResultRules | null,
  workers: number | undefined,
  target: KnownTarget | null,
): Promise<Simulated | null> {
  const loaded = loadTold(terminal, file, settings, named, rules);
  if (loaded === null) return null;
  const options = {
    signal: terminal.signal,
    progress: (report: SimulationProgress) => terminal.draw(simulationProgressLine(report)),
    ...(workers === undefined ? {} : { workers }),
  };
  const outcome =
    target === null
      ? await runSimulation(loaded.job, options)
      : (await runUntilKnown(loaded.job, target, options)).outcome;
  const { result, replications, replay } = outcome;
  replay?.dispose();
  terminal.draw('');
  for (const line of replayLines(loaded.prepared.scenario, result.events, replay)) terminal.error(line);
  const nobody = loaded.prepared.badges.flatMap((badge): [string, string][] => {
    const { key } = badge.entry;
    const whys = replications.map((answer) => whyNobody(badge, loaded.prepared.scenario, answer[key]!));
    const [why] = whys;
    return why === undefined || why === null || whys.includes(null) ? [] : [[key, why]];
  });
  const caps = loaded.prepared.badges.map((badge): [string, number | null] => [badge.entry.key, capOf(badge)]);
  const { total, skipped } = result.events;
  const isUnread = loaded.prepared.scenario.events !== null && total + skipped === 0;
  return { result, nobody: new Map(nobody), caps: new Map(caps), isUnread };
}

/** `x/spring.scenario.json` → `spring.result.json`. */
function resultName(file: string): string {
  return `${path
    .basename(file)
    .replace(/\.json$/, '')
    .replace(/\.scenario$/, '')}.result.json`;
}

/** What a scenario reads: itself, its badges and its transactions. */
export function inputsOf(cwd: string, file: string, named: NamedByPerson): KeptFile[] {
  const scenario = path.resolve(cwd, file);
  const read = readScenarioFile(scenario, named);
  const kept: KeptFile[] = [{ path: scenario, what: 'a scenario file' }];
  if (!read.ok) return kept;
  const { events } = read.body as { events?: { csv?: unknown } | null };
  const csv = typeof events === 'object' ? events?.csv : undefined;
  kept.push(...read.badgeFiles.map((badge) => ({ path: path.resolve(read.folder, badge), what: 'a badge file' })));
  if (typeof csv === 'string') {
    const place = path.resolve(read.folder, csv);
    kept.push(...[place, ...pathsOfTable(place)].map((one) => ({ path: one, what: 'a file of transactions' })));
  }
  return kept;
}

/** Makes the folder of the results and refuses it, before anything is simulated, where a result could not be written. */
function requireOutFolder(
  cwd: string,
  out: string,
  files: readonly string[],
  names: readonly string[],
  named: NamedByPerson,
  keptRules: readonly KeptFile[],
): void {
  const folder = path.resolve(cwd, out);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw plainFailure(
      'invalid-input',
      `--out ${out} cannot be a folder for results: ${isFile ? 'it is a file' : reasonOf(error)}. Name a folder. Nothing was simulated.`,
    );
  }
  const inputs = [...files.flatMap((file) => inputsOf(cwd, file, named)), ...keptRules];
  for (const name of names)
    requireOutput(path.join(folder, name), path.join(out, name), inputs, 'Nothing was simulated.');
}

/** `3/64`. @throws UsageError */
function sliceFrom(text: string): Slice {
  const [, number, of] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  const slice = { number: Number(number), of: Number(of) };
  if (slice.number >= 1 && slice.number <= slice.of) return slice;
  throw new UsageError(`--slice needs K/N, K from 1 to N, such as 3/64, not ${text}.`);
}

/** Runs one slice of one scenario into a file of its own. */
async function runToPart(
  file: string,
  { slice, out, settings, named, rules, keptRules, workers, json }: SliceRequest,
  terminal: Terminal,
): Promise<ExitCode> {
  const target = path.resolve(terminal.cwd, out);
  requireOutput(target, out, [...inputsOf(terminal.cwd, file, named), ...keptRules], 'Nothing was simulated.');
  const loaded = loadTold(terminal, file, settings, named, rules);
  if (loaded === null) return 1;
  const { part, replay } = await runSlice(loaded.job, loaded.prepared, slice, {
    signal: terminal.signal,
    progress: (report) => terminal.draw(simulationProgressLine(report)),
    ...(workers === undefined ? {} : { workers }),
  });
  replay?.dispose();
  terminal.draw('');
  for (const line of replayLines(
    loaded.prepared.scenario,
    { total: part.runs[0]?.events ?? 0, ...part.events },
    replay,
  ))
    terminal.error(line);
  await writeWhole(target, partText(part), { name: out });
  const { first, count } = rangeOfSlice(slice, part.scenario.replications);
  if (json)
    terminal.document(
      JSON.stringify({
        schema: 'laurel/slice@1',
        ok: true,
        part: out,
        slice,
        replications: { first: first + 1, count },
      }),
    );
  else
    terminal.out(
      `${out}: slice ${slice.number}/${slice.of} of ${part.scenario.name}, ${count === 0 ? 'which has no replication' : count === 1 ? `replication ${first + 1}` : `replications ${first + 1} to ${first + count}`} of ${part.scenario.replications}`,
    );
  return 0;
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: OPTIONS,
  });
  if (positionals.length === 0) throw new UsageError('Name at least one scenario file.');
  const settings = settingsFrom(
    values.set,
    wholeNumber('seed', values.seed, -Infinity),
    wholeNumber('replications', values.replications, 1),
  );
  const workers = wholeNumber('workers', values.workers, 1);
  const most = wholeNumber('most-runs', values['most-runs'], 2);
  const known = values['until-known'];
  if (known === undefined && most !== undefined) throw new UsageError('--most-runs goes with --until-known.');
  if (known !== undefined && (values.replications !== undefined || values.slice !== undefined))
    throw new UsageError('--until-known finds how many runs it takes: leave --replications and --slice out.');
  const target = known === undefined ? null : targetFrom(known, most ?? 2000);
  const keptRules = rulesKept(values.rules, terminal.cwd);
  if (values.slice !== undefined) {
    const [file, ...others] = positionals;
    if (file === undefined || others.length > 0) throw new UsageError('--slice cuts one scenario: name one file.');
    if (values.tidy !== undefined) throw new UsageError('--tidy is of whole results: merge the slices first.');
    if (values.out === undefined) throw new UsageError('--slice needs --out PART, the file that the slice goes into.');
    const named = namedBy(values.allow, terminal.cwd);
    const { out, json } = values;
    const rules = rulesFrom(values.rules, terminal.cwd);
    const slice = sliceFrom(values.slice);
    return runToPart(file, { slice, out, settings, named, rules, keptRules, workers, json }, terminal);
  }
  const names = positionals.map(resultName);
  if (values.out !== undefined && new Set(names).size < names.length) {
    throw new UsageError(
      `Two files would be written as ${names.find((name, index) => names.indexOf(name) < index) ?? ''}: run them one by one.`,
    );
  }
  const named = namedBy(values.allow, terminal.cwd);
  if (values.out !== undefined) requireOutFolder(terminal.cwd, values.out, positionals, names, named, keptRules);
  if (values.tidy !== undefined) {
    const inputs = [...positionals.flatMap((file) => inputsOf(terminal.cwd, file, named)), ...keptRules];
    requireTidyPlace(terminal.cwd, values.tidy, inputs);
  }
  const rules = rulesFrom(values.rules, terminal.cwd);
  const results: SimulationResult[] = [];
  let isUnwritten = false;
  let isUnread = false;
  for (const [index, file] of positionals.entries()) {
    const simulated = await orSaid(terminal, file, () =>
      simulateFile(terminal, file, settings, named, rules, workers, target),
    );
    if (terminal.signal.aborted) return 1;
    if (simulated === null) continue;
    const { result, nobody, caps } = simulated;
    isUnread ||= simulated.isUnread;
    results.push(result);
    if (values.out !== undefined) {
      const name = names[index] ?? '';
      const target = path.resolve(terminal.cwd, values.out, name);
      const bytes = serialiseResult(result);
      const written = await orSaid(terminal, null, () => writeWhole(target, bytes, { name }).then(() => true));
      isUnwritten ||= written === null;
    }
    // A result that could not be written is not lost: it is printed.
    if (!values.json) for (const line of resultLines(result, nobody, caps)) terminal.out(line);
  }
  const { tidy } = values;
  if (tidy !== undefined && results.length > 0) {
    const variants = results.map((result) => ({ name: result.scenario, result }));
    const written = await orSaid(terminal, null, () => writeTidy(terminal, tidy, variants).then(() => true));
    isUnwritten ||= written === null;
  }
  if (values.json) {
    const [only] = results;
    if (positionals.length === 1) {
      if (only !== undefined) terminal.document(serialiseResult(only).trimEnd());
    } else {
      terminal.document(JSON.stringify(results, null, 2));
    }
  }
  const isDone = results.length === positionals.length && !isUnwritten && !isUnread;
  return isDone ? 0 : 1;
}

/**
 * What the work comes to; null, with the reason on standard error, when it fails: other files go on.
 *
 * @param file that the reason is about; null where it says so itself
 */
async function orSaid<T>(terminal: Terminal, file: string | null, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    terminal.draw('');
    const words = error instanceof Failure ? error.message : mistakeInWords(error);
    const [first = '', ...more] = words.split('\n');
    for (const line of [file === null ? first : `${file}: ${first}`, ...more]) terminal.error(line);
    return null;
  }
}

/** `laurel simulate`. */
export const simulateCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run,
};
