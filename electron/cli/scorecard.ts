import path from 'node:path';
import { parseArgs } from 'node:util';
import { dateAt } from '../../shared/domain/calendar';
import { scorecardInWords, scorecardTable } from '../../shared/report/scorecard-words';
import { ENGINE_VERSION } from '../../shared/simulation/engine';
import type { SimulationResult } from '../../shared/simulation/result';
import type { Scenario } from '../../shared/simulation/scenario';
import type { Scored, Score } from '../../shared/simulation/scorecard';
import { dateText as dayText, Timeline } from '../../shared/simulation/timeline';
import { inEnglish } from '../../shared/words/english';
import { speakerOf } from '../../shared/words/spoken';
import { writeTable } from '../backend/files/written-table';
import { loadScenario, type LoadedScenario } from '../backend/simulation/load-scenario';
import { runSimulation } from '../backend/simulation/run';
import { savedTable } from '../backend/simulation/saved-table';
import { observeFile, type ObservedFile } from '../backend/simulation/scorecard/observe-file';
import { score, scorecardRuns, type PurchasesFile } from '../backend/simulation/scorecard/score';
import type { ReadingChoices } from '../backend/tables/table-reading';
import { requireOutput } from '../disk/output-place';
import { reasonOf } from '../disk/system-reasons';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { toldOf, type Loaded } from './loaded-scenario';
import { resultIn } from './report-versions';
import { ALLOW, ALLOW_HELP, inputsOf, namedBy, settingsFrom, wholeNumber } from './simulate';
import { RULES, RULES_HELP, rulesFrom } from './rules-file';
import { badRowLines, simulationProgressLine } from './simulation-words';
import { readTableOptions, TABLE_OPTIONS, TABLE_OPTIONS_HELP, tableChoicesOf } from './table-options';

const HELP = `Holds a forecast against what really came, week by week: in or out of its band, since when, and what would explain it. With
purchases and a group that was kept out, also the badge's uplift with its interval.

Usage: laurel scorecard SCENARIO AWARDS [OPTIONS]
       laurel scorecard RESULT AWARDS --scenario SCENARIO [OPTIONS]

  SCENARIO           what was forecast, *.scenario.json; it is run as often as it says, or 40 times where that is less than 20
  RESULT             a result of it; it must be that of the scenario as it is now
  AWARDS             a table of the awards that were really made of one badge: customer and date
  --badge KEY        which badge of the scenario; needed where there are several
  --until DAY        the last day of which all awards are in the file, as 2026-12-24; default: the day of its last row. Whole
                     weeks up to there are judged
  --sales FILE       a table of the purchases of customers who could get the badge, from its beginning on: how often and for
                     how much they bought is held against the scenario, too
  --sales-column ROLE=NAME  as --column, of --sales and --control; may be repeated
  --control FILE     a table of the purchases of customers who were kept out
  --control-segment NAME  or: those of --sales whose segment column says NAME
  --control-size N   how many customers were kept out, those who never came too
  --size N           how many could get the badge, those who never came too; default: those of the scenario
  --out FILE         the weeks as a table: .csv, .xlsx or .parquet
  --set PATH=VALUE   change one value of the scenario; may be repeated
${ALLOW_HELP}
${RULES_HELP}
${TABLE_OPTIONS_HELP}
  --json             everything as one JSON document

A band is P10 to P90: of ten forecasts that are right two are out of it. Exit code: 0 in band, 1 out of it, too early to say, or a
file cannot be read, 2 called wrongly.`;

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  ...TABLE_OPTIONS,
  scenario: { type: 'string', completes: 'files' },
  badge: { type: 'string' },
  until: { type: 'string' },
  sales: { type: 'string', completes: 'files' },
  'sales-column': { type: 'string', multiple: true, default: [] as string[] },
  control: { type: 'string', completes: 'files' },
  'control-segment': { type: 'string' },
  'control-size': { type: 'string' },
  size: { type: 'string' },
  out: { type: 'string', completes: 'files' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  allow: ALLOW,
  rules: RULES,
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

/** How the files of a call are read. */
interface Reading {
  scenario: Scenario;
  terminal: Terminal;
  dateFormat: string | null;
}

/** @returns null where something of the table has to be said first, which is told */
async function observed(
  name: string,
  choices: ReadingChoices,
  bySegment: boolean,
  { scenario, terminal, dateFormat }: Reading,
  option: string,
): Promise<ObservedFile | null> {
  const { from, to, timeZone: zone } = scenario;
  const found = await observeFile({
    ...{ file: path.resolve(terminal.cwd, name), name: path.basename(name), dateFormat, zone, from, to, bySegment },
    ...{ choices: { zone, ...choices }, signal: terminal.signal },
  });
  if ('questions' in found) {
    for (const { words, option: asked } of found.questions)
      terminal.error(`${name}: ${inEnglish(words)} Say it with ${asked === '--column' ? option : asked}.`);
    return null;
  }
  for (const line of badRowLines(name, found.firstBadRows, found.badRows)) terminal.error(line);
  if (found.skipped > 0)
    terminal.error(`${name}: ${found.skipped.toLocaleString('en')} rows lie outside of the scenario's period.`);
  return found;
}

/** Days of the period up to a day, that one included. @throws UsageError */
function daysUntil(text: string | undefined, { from, to, timeZone }: Scenario): number | null {
  if (text === undefined) return null;
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // Some runtimes read the 31st of a shorter month as the 1st of the next.
  if (Number.isNaN(instant) || dayText(instant / 86_400_000) !== text)
    throw new UsageError(`--until must be a day such as 2026-12-24, not ${text}.`);
  const { firstDate, days } = new Timeline(from, to, timeZone);
  const known = instant / 86_400_000 - firstDate + 1;
  if (known < 1) throw new UsageError(`--until ${text} is before the scenario begins.`);
  return Math.min(days, known);
}

/** @throws UsageError where the scenario has several badges and none is named */
function badgeFrom(named: string | undefined, { badges }: Scenario): string {
  const keys = badges.map(({ key }) => key);
  const key = named ?? (keys.length === 1 ? keys[0] : undefined);
  if (key !== undefined && keys.includes(key)) return key;
  throw new UsageError(
    `${named === undefined ? 'The scenario has several badges' : `The scenario has no badge ${named}`}: name one of ${keys.join(', ')} with --badge.`,
  );
}

/** The scenario with as many runs as a band needs. @returns null where it has mistakes, which are told */
function loadForCard(
  file: string,
  settings: ReturnType<typeof settingsFrom>,
  values: { allow: string[]; rules?: string | undefined },
  terminal: Terminal,
): Loaded | null {
  const named = namedBy(values.allow, terminal.cwd);
  const rules = rulesFrom(values.rules, terminal.cwd);
  const load = (more: ReturnType<typeof settingsFrom>): LoadedScenario =>
    loadScenario(path.resolve(terminal.cwd, file), [...settings, ...more], named, rules);
  let loaded = load([]);
  if (loaded.ok) loaded = load(settingsFrom([], undefined, scorecardRuns(loaded.prepared.scenario)));
  return toldOf(terminal, [{ file, scenario: loaded }])?.[0] ?? null;
}

/** Why a result is not that of the scenario that was run; null: it is. */
function otherThan(result: SimulationResult, ran: SimulationResult, file: string, scenario: string): string | null {
  if (result.engine !== ENGINE_VERSION)
    return `${file}: engine ${result.engine} made it, and this is engine ${ENGINE_VERSION}, which may draw otherwise: name ${scenario} in its place.`;
  return JSON.stringify(result.badges) === JSON.stringify(ran.badges)
    ? null
    : `${file}: it is not the result of ${scenario} as that is now: its first run gives other numbers. Name the scenario in its place.`;
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const [forecast, awardsFile, ...others] = positionals;
  if (forecast === undefined || awardsFile === undefined || others.length > 0)
    throw new UsageError('Name a scenario and a file of awards: laurel scorecard SCENARIO AWARDS.');
  const { sales, control, out } = values;
  const kept = values['control-segment'];
  const controlSize = wholeNumber('control-size', values['control-size'], 2);
  const size = wholeNumber('size', values.size, 2) ?? null;
  if (control !== undefined && kept !== undefined)
    throw new UsageError('--control and --control-segment are one or the other.');
  const hasControl = control !== undefined || kept !== undefined;
  if (hasControl && sales === undefined)
    throw new UsageError('A group that was kept out gets no awards: name the purchases of the others with --sales.');
  if (hasControl && controlSize === undefined)
    throw new UsageError('Say how many customers were kept out, those who never came too: --control-size N.');
  const choices = readTableOptions(values);
  const dateFormat = tableChoicesOf(values).dateFormat ?? null;
  const salesChoices = readTableOptions({ ...values, sheet: undefined, column: values['sales-column'] });

  let result: ReturnType<typeof resultIn>;
  try {
    result = resultIn(terminal.cwd, forecast);
  } catch (error) {
    terminal.error(`${forecast}: cannot be read (${reasonOf(error)})`);
    return 1;
  }
  if (result?.result === null) {
    terminal.error(`${forecast}: is no whole result (laurel/result@1): make it anew`);
    return 1;
  }
  if (result !== null && values.scenario === undefined)
    throw new UsageError('A result has no bands of weeks: name its scenario, too, with --scenario.');
  if (result === null && values.scenario !== undefined)
    throw new UsageError('--scenario names the scenario of a result.');
  const file = values.scenario ?? forecast;
  const settings = settingsFrom(values.set, result?.result?.seed, result?.result?.replications);
  const loaded = loadForCard(file, settings, values, terminal);
  if (loaded === null) return 1;
  const { scenario } = loaded.prepared;
  const badge = badgeFrom(values.badge, scenario);
  const known = daysUntil(values.until, scenario);
  if (out !== undefined)
    requireOutput(
      path.resolve(terminal.cwd, out),
      out,
      [
        ...inputsOf(terminal.cwd, file, namedBy(values.allow, terminal.cwd)),
        ...[forecast, awardsFile, sales, control].flatMap((name) =>
          name === undefined ? [] : [{ path: path.resolve(terminal.cwd, name), what: 'a file that is read' }],
        ),
      ],
      'Nothing was written.',
    );
  const reading: Reading = { scenario, terminal, dateFormat };
  const awards = await observed(awardsFile, choices, false, reading, '--column');
  const bought =
    sales === undefined
      ? undefined
      : await observed(sales, salesChoices, kept !== undefined, reading, '--sales-column');
  const apart =
    control === undefined ? undefined : await observed(control, salesChoices, false, reading, '--sales-column');
  if (awards === null || bought === null || apart === null) return 1;
  const outcome = await runSimulation(loaded.job, {
    signal: terminal.signal,
    progress: (report) => terminal.draw(simulationProgressLine(report)),
  });
  outcome.replay?.dispose();
  terminal.draw('');
  const other = result?.result ? otherThan(result.result, outcome.result, forecast, file) : null;
  if (other !== null) {
    terminal.error(other);
    return 1;
  }
  const purchases: PurchasesFile | null =
    bought === undefined
      ? null
      : {
          ...{ sales: bought, size, controlSize: controlSize ?? 0 },
          control: apart !== undefined ? { file: apart } : kept !== undefined ? { segment: kept } : null,
        };
  const card = score({ scenario, badge, replications: outcome.replications, awards, known, purchases });
  if (out !== undefined) await writeWeeks(card, out, terminal);
  if (values.json) terminal.document(JSON.stringify(inJson(card, { scenario, badge, awards }), null, 2));
  else for (const line of await inWords(card, sales)) terminal.out(line);
  return card.place === 'in' ? 0 : 1;
}

async function writeWeeks(card: Score, out: string, terminal: Terminal): Promise<void> {
  const { portions, ...table } = savedTable(scorecardTable(await speakerOf('en'), card.weeks));
  await writeTable({ path: path.resolve(terminal.cwd, out), name: out }, table, portions, { signal: terminal.signal });
}

async function inWords(card: Score, sales: string | undefined): Promise<string[]> {
  const { verdict, weeks, causes, uplift } = scorecardInWords(await speakerOf('en'), card, {
    day: (day) => day,
    month: (month) => month,
  });
  const isOut = card.place === 'below' || card.place === 'above';
  return [
    verdict,
    ...(weeks === null ? [] : [weeks]),
    ...causes.map((cause) => `  ${cause}`),
    ...(isOut && sales !== undefined
      ? [`  To learn again from there: laurel learn ${sales} --out next.scenario.json`]
      : []),
    ...uplift,
  ];
}

/** Up to six digits: no forecast is known better. */
const rounded = (value: number): number => Number(value.toPrecision(6));

/** `laurel/scorecard@1`. */
function inJson(
  { weeks, place, since, weeksOut, causes, uplift, known, runs }: Score,
  { scenario, badge, awards }: { scenario: Scenario; badge: string; awards: ObservedFile },
): unknown {
  const scored = ({ actual, forecast, place: of }: Scored): unknown => ({
    ...{ actual, p10: rounded(forecast.p10), p50: rounded(forecast.p50), p90: rounded(forecast.p90), place: of },
  });
  return {
    ...{ schema: 'laurel/scorecard@1', scenario: scenario.name, badge, runs },
    awards: { rows: awards.rows, skipped: awards.skipped, badRows: awards.badRows },
    ...{ from: dayText(dateAt(scenario.from, scenario.timeZone)), knownDays: known, place, since, weeksOut },
    weeks: weeks.map(({ from, to, week, total }) => ({ from, to, ...(scored(week) as object), total: scored(total) })),
    causes: causes.map((cause) => ({ ...cause, ratio: rounded(cause.ratio) })),
    uplift:
      uplift === undefined || uplift === null
        ? null
        : Object.fromEntries(Object.entries(uplift).map(([name, value]: [string, number]) => [name, rounded(value)])),
  };
}

/** `laurel scorecard`. */
export const scorecardCommand: Command = { options: OPTIONS, help: HELP, run };
