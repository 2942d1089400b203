import path from 'node:path';
import { parseArgs } from 'node:util';
import type { WinnersAndLosers } from '../../shared/simulation/variants';
import type { Decided, DecidedTarget, PairedDifference } from '../../shared/simulation/paired';
import type { Setting } from '../../shared/simulation/scenario-value';
import { loadScenario } from '../backend/simulation/load-scenario';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { compareScenarios } from './compared';
import { ALLOW, ALLOW_HELP, inputsOf, namedBy, settingsFrom, wholeNumber } from './simulate';
import { toldOf } from './loaded-scenario';
import { RULES, RULES_HELP, rulesFrom, rulesKept } from './rules-file';
import { requireTidyPlace, writeTidy } from './tidy';
import { replayLines, simulationProgressLine } from './simulation-words';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  json: { type: 'boolean', default: false },
  set: { type: 'string', multiple: true, default: [] as string[] },
  seed: { type: 'string' },
  replications: { type: 'string' },
  'until-decided': { type: 'string' },
  tidy: { type: 'string', completes: 'files' },
  allow: ALLOW,
  rules: RULES,
} as const satisfies CommandOptions;

const HELP = `Compares scenarios that run on the same draws, so that a difference is of the rules and not of luck.

Usage: laurel compare A B [C…] [OPTIONS]
       laurel compare A --set PATH=VALUE

  A, B, C…          scenarios, *.scenario.json; all are compared with the first. One alone is compared with itself as
                    --set changes it
  --set PATH=VALUE  change one value, of all where several are named; may be repeated
  --seed N          the seed of all; default: that of A
  --replications N  of all; default: those of A
  --until-decided WHAT
                    run all only until it is known of each which has more, with 95 % over all looks: BADGE:MEASURE, such as
                    streak:awarded, cost.expected or bySegment.new.customersAwarded; --replications is the most then
${ALLOW_HELP}
${RULES_HELP}
  --tidy FILE       writes every number of all as one table, a row for variant × badge × segment × day × measure, as CSV,
                    or as FILE's ending says: .xlsx, .parquet
  --json            the comparison (laurel/comparison@1) as JSON

With replications, the difference is taken in each of them and its mean and spread are told. Customers who win and lose
are told where the variants have the same customers; they are those of the first replication. How many customers got
how many awards, and the days, stand in --json only.
Exit code: 0 done, 1 mistakes in a file or cancelled, 2 called wrongly.`;

interface Plan {
  name: string;
  file: string;
  settings: readonly Setting[];
}

const count = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });
const signed = (value: number): string => `${value > 0 ? '+' : ''}${count(value)}`;

function differenceLine(
  { measure, means, differences, above, below }: PairedDifference,
  variant: number,
  replications: number,
): string[] {
  const difference = differences[variant] ?? null;
  const before = means[0] ?? null;
  const after = means[variant] ?? null;
  if (difference === null || before === null || after === null) return [];
  if (above[variant] === 0 && below[variant] === 0) return [];
  const spread =
    replications === 1
      ? ''
      : `, P10 ${signed(difference.p10)}, P90 ${signed(difference.p90)}; more in ${above[variant] ?? 0} and less in ${below[variant] ?? 0} of ${replications} runs`;
  return [`    ${measure}: ${count(before)} → ${count(after)} (${signed(difference.mean)}${spread})`];
}

function peopleLine(row: WinnersAndLosers): string {
  return `    customers: ${count(row.winners)} get more (${count(row.newlyServed)} of them had none), ${count(row.losers)} get less (${count(row.noLongerServed)} of them get none)`;
}

/** @throws UsageError */
function targetOf(text: string): DecidedTarget {
  const [, badge, measure] = /^(?:([^:]+):)?([^:]+)$/.exec(text) ?? [];
  if (measure === undefined)
    throw new UsageError(
      `--until-decided needs BADGE:MEASURE, such as streak:awarded, or a MEASURE of the first badge, not ${text}.`,
    );
  return { badge: badge ?? null, measure };
}

function decidedLine({ badge, measure, reached, most, confidence }: Decided, runs: number): string {
  const sure = `${String(Math.round(confidence * 100))}%`;
  if (!reached) return `${badge}, ${measure}: not decided after all ${String(most)} runs.`;
  return runs < most
    ? `${badge}, ${measure}: decided with ${sure} after ${String(runs)} of ${String(most)} runs.`
    : `${badge}, ${measure}: decided with ${sure} after all ${String(most)} runs.`;
}

/** The plans of a call: what is run, and under which name. @throws UsageError */
function plansOf(files: readonly string[], settings: readonly Setting[], sets: readonly string[]): Plan[] {
  const [only] = files;
  if (only === undefined) throw new UsageError('Name at least two scenario files, or one and a --set.');
  if (files.length > 1) {
    return files.map((file, index) => {
      const name = files.indexOf(file) === index ? file : `${file} (${String(index + 1)})`;
      return { name, file, settings };
    });
  }
  if (sets.length === 0) throw new UsageError('Name a second scenario file, or a --set to compare the first with.');
  return [
    { name: only, file: only, settings: [] },
    { name: `${only} with ${sets.join(', ')}`, file: only, settings },
  ];
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: OPTIONS,
  });
  const seed = wholeNumber('seed', values.seed, -Infinity);
  const replications = wholeNumber('replications', values.replications, 1);
  const untilDecided = values['until-decided'] === undefined ? undefined : targetOf(values['until-decided']);
  const plans = plansOf(positionals, settingsFrom(values.set, undefined, undefined), values.set);
  const named = namedBy(values.allow, terminal.cwd);
  const rules = rulesFrom(values.rules, terminal.cwd);
  const load = (plan: Plan, shared: readonly Setting[]) =>
    loadScenario(path.resolve(terminal.cwd, plan.file), [...plan.settings, ...shared], named, rules);
  if (values.tidy !== undefined) {
    const inputs = [
      ...positionals.flatMap((file) => inputsOf(terminal.cwd, file, named)),
      ...rulesKept(values.rules, terminal.cwd),
    ];
    requireTidyPlace(terminal.cwd, values.tidy, inputs);
  }
  // Versions run on the same draws: a seed and a number of runs are of all of them, however they are set.
  const ofAll = plans.flatMap(({ settings }) =>
    settings.filter(({ path: at }) => at === 'seed' || at === 'replications'),
  );
  const base = load(plans[0]!, [...ofAll, ...settingsFrom([], seed, replications)]);
  if (base.ok && untilDecided !== undefined && base.prepared.scenario.replications < 2)
    throw new UsageError('--until-decided needs at least 2 runs: say how many may be made with --replications N.');
  // The same draws: one seed, and as many replications, for all.
  const draws = base.ok
    ? settingsFrom([], base.prepared.scenario.seed, base.prepared.scenario.replications)
    : settingsFrom([], seed, replications);
  const loaded = plans.map((plan) => ({ plan, scenario: load(plan, draws) }));
  const sound = toldOf(
    terminal,
    loaded.map(({ plan, scenario }) => ({ file: plan.file, scenario })),
  );
  if (sound === null) return 1;
  const { variants, document } = await compareScenarios(
    sound.map((scenario, index) => ({ name: plans[index]!.name, scenario })),
    {
      signal: terminal.signal,
      progress: (name, report) => terminal.draw(`${name}  ${simulationProgressLine(report)}`),
      ...(untilDecided === undefined ? {} : { untilDecided }),
    },
  );
  terminal.draw('');
  const told = variants.flatMap(({ outcome }, index) =>
    replayLines(sound[index]!.prepared.scenario, outcome.result.events, outcome.replay),
  );
  for (const line of new Set(told)) terminal.error(line);
  const { paired, people, seed: drawn, replications: runs } = document;
  if (values.tidy !== undefined) {
    await writeTidy(
      terminal,
      values.tidy,
      variants.map(({ name, outcome }) => ({ name, result: outcome.result })),
    );
  }
  if (values.json) {
    terminal.document(JSON.stringify(document, null, 2));
    return 0;
  }
  const [first, ...others] = variants;
  if (document.decided !== undefined) terminal.out(decidedLine(document.decided, runs));
  terminal.out(`${first!.name}: seed ${drawn}, ${runs === 1 ? '1 run' : `${runs} runs`}`);
  others.forEach(({ name }, index) => {
    terminal.out(`against ${name}:`);
    const keys = [...new Set(paired.map(({ badge }) => badge))];
    let isSame = true;
    for (const key of keys) {
      const lines = paired
        .filter(({ badge, measure }) => badge === key && !measure.startsWith('awardsPerCustomer.'))
        .flatMap((difference) => differenceLine(difference, index + 1, runs));
      const served = (people ?? []).filter((row) => row.badge === key && row.variant === name);
      if (lines.length === 0) continue;
      isSame = false;
      for (const line of [`  ${key}`, ...lines, ...served.map(peopleLine)]) terminal.out(line);
    }
    const isIn = (key: string, variant: number): boolean =>
      Object.hasOwn(variants[variant]!.outcome.result.badges, key);
    const only = keys.filter((key) => isIn(key, 0) !== isIn(key, index + 1));
    for (const key of only) terminal.out(`  ${key}: only in ${isIn(key, 0) ? first!.name : name}`);
    if (isSame && only.length === 0) terminal.out('  no number differs');
  });
  return 0;
}

/** `laurel compare`. */
export const compareCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run,
};
