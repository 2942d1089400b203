import { shellWord } from '../../shared/ipc/shell-word';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dateAt, type Zone } from '../../shared/domain/calendar';
import { toIsoExact, type Instant } from '../../shared/domain/instant';
import {
  countsTable,
  orgScoreInWords,
  scorecardInWords,
  scorecardTable,
  unmatchedInWords,
} from '../../shared/report/scorecard-words';
import { ENGINE_VERSION } from '../../shared/simulation/engine';
import type { SimulationResult } from '../../shared/simulation/result';
import type { Scenario } from '../../shared/simulation/scenario';
import type { ScoredBadge } from '../../shared/ipc/scorecard-contract';
import type { DatedReading } from '../../shared/simulation/org-score';
import { sinceOf, type Compared, type Scored, type Score } from '../../shared/simulation/scorecard';
import type { Uplift } from '../../shared/simulation/uplift';
import { dateText as dayText, Timeline } from '../../shared/simulation/timeline';
import { inEnglish } from '../../shared/words/english';
import { speakerOf } from '../../shared/words/spoken';
import { writeTable } from '../backend/files/written-table';
import { loadScenario, type LoadedScenario } from '../backend/simulation/load-scenario';
import { runSimulation } from '../backend/simulation/run';
import { savedTable } from '../backend/simulation/saved-table';
import { compareGroups } from '../backend/simulation/scorecard/compare-groups';
import { observeFile, type ObservedFile, type ObserveOrder } from '../backend/simulation/scorecard/observe-file';
import { scorecardRuns, sizeIsMissing, type PurchasesFile } from '../backend/simulation/scorecard/score';
import { scoreBadges, type BadgeToScore, type UnmatchedAwards } from '../backend/simulation/scorecard/score-badges';
import { readAwardCounts } from '../backend/sync/badges/award-counts';
import type { ReadingChoices } from '../backend/tables/table-reading';
import { requireOutput } from '../disk/output-place';
import { reasonOf } from '../disk/system-reasons';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { dayFrom } from './day-option';
import { toldOf, type Loaded } from './loaded-scenario';
import { openToldOrg, ORG_OPTIONS, readNow, toldOrg, type OrgValues } from './org-option';
import { resultIn } from './report-versions';
import { ALLOW, ALLOW_HELP, inputsOf, namedBy, settingsFrom, wholeNumber } from './simulate';
import { RULES, RULES_HELP, rulesFrom, rulesKept } from './rules-file';
import { badRowLines, replayLines, simulationProgressLine } from './simulation-words';
import { readTableOptions, TABLE_OPTIONS, TABLE_OPTIONS_HELP, tableChoicesOf } from './table-options';

const HELP = `Holds a forecast against what really came, week by week: in or out of its band, since when, and what would explain it. With
purchases and a group that was kept out, also the badge's uplift with its interval.

Usage: laurel scorecard SCENARIO AWARDS [OPTIONS]
       laurel scorecard SCENARIO [AWARDS] --org CONNECTION [OPTIONS]
       laurel scorecard RESULT AWARDS --scenario SCENARIO [OPTIONS]

  SCENARIO           what was forecast, *.scenario.json; it is run as often as it says, or 40 times where that is less than 20
  RESULT             a result of it; it must be that of the scenario as it is now
  AWARDS             a table of the awards that were really made of one badge: customer and date; may be left out with --org
  --badge KEY        which badge of the scenario; needed where there are several. May be repeated with --badge-column
  --badge-column NAME  a column of AWARDS that says of which badge each award is, by its key, its name or its id in the
                     org that is asked: every badge of the scenario is held against its own, or those of --badge.
                     --badge KEY=VALUE says what the column calls one
  --until DAY        the last day of which all awards are in the file, as 2026-12-24; default: the day of its last row. Whole
                     weeks up to there are judged, and an uplift is counted up to there
  --sales FILE       a table of the purchases of customers who could get the badge, from its beginning on: how often and for
                     how much they bought is held against the scenario, too
  --sales-column ROLE=NAME  as --column, of --sales and --control; may be repeated
  --control FILE     a table of the purchases of customers who were kept out. Both groups are compared over the same days: where
                     one file ends before the other, or begins after it, the days that it does not know count for neither
  --control-segment NAME  or: those of --sales whose segment column says NAME
  --control-size N   how many customers were kept out, those who never came too
  --size N           how many could get the badge, those who never came too and without those kept out; has to be said where
                     some were kept out, else it is those of the scenario
  --org CONNECTION   asks an org what it counts of its badge of the same name: all awards, and those of each cycle of its own
                     windows. Both are held against the forecast as of now, and it is told where they and AWARDS disagree.
                     With --workspace what it says is kept there, one count a day, and what it said before, there and in
                     the window, is judged from count to count: out of the band since when, without AWARDS
                     An address, a *.connection.json, or the name of a connection of --workspace; --kind and --time-zone
                     belong to an address, and credentials come from the environment, as with laurel diff
  --now ISO          the org is asked as of then, for a practice org whose clock stands still
  --workspace FILE, --kind KIND, --time-zone ZONE  of --org
  --out FILE         the weeks as a table, or without AWARDS what the org counted time after time: .csv, .xlsx or .parquet
  --set PATH=VALUE   change one value of the scenario; may be repeated
${ALLOW_HELP}
${RULES_HELP}
${TABLE_OPTIONS_HELP}
  --json             everything as one JSON document

A band is P10 to P90: of ten forecasts that are right two are out of it. Exit code: 0 in band, 1 out of it, file
and org disagree, too early to say, or a file or the org cannot be read, 2 called wrongly.`;

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  ...TABLE_OPTIONS,
  ...ORG_OPTIONS,
  now: { type: 'string' },
  scenario: { type: 'string', completes: 'files' },
  badge: { type: 'string', multiple: true, default: [] as string[] },
  'badge-column': { type: 'string' },
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

function observing(
  name: string,
  choices: ReadingChoices,
  bySegment: boolean,
  { scenario: { from, to, timeZone: zone }, terminal, dateFormat }: Reading,
  byColumn: string | null = null,
): ObserveOrder {
  return {
    ...{ file: path.resolve(terminal.cwd, name), name: path.basename(name), dateFormat, zone, from, to },
    ...{ bySegment, byColumn },
    ...{ choices: { zone, ...choices }, signal: terminal.signal },
  };
}

/** @returns null where something of the table has to be said first, which is told */
async function observed(
  name: string,
  choices: ReadingChoices,
  bySegment: boolean,
  reading: Reading,
  option: string,
  byColumn: string | null = null,
): Promise<ObservedFile | null> {
  const { terminal } = reading;
  const found = await observeFile(observing(name, choices, bySegment, reading, byColumn));
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
  const { firstDate, days } = new Timeline(from, to, timeZone);
  const known = dayFrom(text, '--until') - firstDate + 1;
  if (known < 1) throw new UsageError(`--until ${text} is before the scenario begins.`);
  return Math.min(days, known);
}

/**
 * The badges that are held against the awards, with what their column calls them.
 *
 * @param named `KEY` or, with a column, `KEY=VALUE`; a key may hold the sign, too
 * @throws UsageError where the scenario has several badges and neither one nor a column is named
 */
function badgesFrom(
  named: readonly string[],
  column: string | undefined,
  { badges }: Scenario,
): { key: string; value: string | undefined }[] {
  const keys = badges.map(({ key }) => key);
  const choice = `name one of ${keys.join(', ')} with --badge`;
  const values = new Map<string, string>();
  const chosen = named.flatMap((text) => {
    if (keys.includes(text)) return [text];
    const key = keys.find((one) => text.startsWith(`${one}=`));
    if (key === undefined) throw new UsageError(`The scenario has no badge ${text}: ${choice}.`);
    if (column === undefined)
      throw new UsageError(`--badge ${text}: what a file calls a badge belongs to --badge-column.`);
    values.set(key, text.slice(key.length + 1));
    return [];
  });
  if (column === undefined && chosen.length > 1) throw new UsageError('Awards of several badges need --badge-column.');
  const all = chosen.length > 0 ? chosen : keys;
  if (column === undefined && all.length > 1)
    throw new UsageError(
      `The scenario has several badges: ${choice}, or with --badge-column the column of AWARDS that says of which each is.`,
    );
  return all.map((key) => ({ key, value: values.get(key) }));
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
  if (forecast === undefined || (awardsFile === undefined && values.org === undefined) || others.length > 0)
    throw new UsageError('Name a scenario and a file of awards, or --org: laurel scorecard SCENARIO AWARDS.');
  if (values.org === undefined && (values.now ?? values.kind ?? values['time-zone'] ?? values.workspace) !== undefined)
    throw new UsageError('--now, --kind, --time-zone and --workspace belong to --org.');
  if (values['badge-column'] !== undefined && awardsFile === undefined)
    throw new UsageError('--badge-column is a column of AWARDS: name that file.');
  const now = values.now === undefined ? null : readNow(values.now);
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
  if (hasControl && size === null)
    throw new UsageError(`${inEnglish(sizeIsMissing(scenario, controlSize ?? 0))} Say it with --size N.`);
  const column = values['badge-column'];
  const wanted = badgesFrom(values.badge, column, scenario);
  const known = daysUntil(values.until, scenario);
  if (out !== undefined)
    requireOutput(
      path.resolve(terminal.cwd, out),
      out,
      [
        ...inputsOf(terminal.cwd, file, namedBy(values.allow, terminal.cwd)),
        ...rulesKept(values.rules, terminal.cwd),
        ...[forecast, awardsFile, sales, control].flatMap((name) =>
          name === undefined ? [] : [{ path: path.resolve(terminal.cwd, name), what: 'a file that is read' }],
        ),
      ],
      'Nothing was written.',
    );
  const reading: Reading = { scenario, terminal, dateFormat };
  const named = wanted.map((badge) => ({
    ...badge,
    name: loaded.prepared.badges[scenario.badges.findIndex(({ key }) => key === badge.key)]!.definition.name,
  }));
  const badges: BadgeToScore[] =
    values.org === undefined
      ? named.map((badge) => ({ ...badge, org: null }))
      : await askOrg(values, named, { scenario, now }, terminal);
  const awards =
    awardsFile === undefined ? undefined : await observed(awardsFile, choices, false, reading, '--column', column);
  const bought =
    sales === undefined
      ? undefined
      : await observed(sales, salesChoices, kept !== undefined, reading, '--sales-column');
  const apart =
    control === undefined ? undefined : await observed(control, salesChoices, false, reading, '--sales-column');
  if (awards === null || bought === null || apart === null) return 1;
  const keptOut = apart !== undefined ? { file: apart } : kept !== undefined ? { segment: kept } : null;
  const compared =
    bought === undefined || keptOut === null
      ? null
      : await compareGroups({
          ...{ sales: bought, control: keptOut, known },
          timeline: new Timeline(scenario.from, scenario.to, scenario.timeZone),
          again: async (of, days) => {
            const [name, bySegment] = of === 'sales' ? [sales!, kept !== undefined] : [control!, false];
            const found = await observeFile({ ...observing(name, salesChoices, bySegment, reading), ...days });
            // What had to be said of it was said the first time.
            if ('questions' in found) throw new Error(`${name} changed while it was read`);
            return found;
          },
        });
  const outcome = await runSimulation(loaded.job, {
    signal: terminal.signal,
    progress: (report) => terminal.draw(simulationProgressLine(report)),
  });
  outcome.replay?.dispose();
  terminal.draw('');
  for (const line of replayLines(scenario, outcome.result.events, outcome.replay)) terminal.error(line);
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
          control: keptOut && compared && { ...keptOut, compared },
        };
  const { replications } = outcome;
  const ofSeveral = column !== undefined;
  const order = { scenario, replications, known, purchases, badges, awards: awards ?? null, ofSeveral };
  const { badges: cards, unmatched } = scoreBadges(order);
  if (out !== undefined) await writeWeeks(cards, out, terminal);
  if (values.json) {
    const head = { schema: 'laurel/scorecard@1', scenario: scenario.name };
    const bodies = cards.map((card) => inJson(card, scenario, awards ?? null, replications.length));
    terminal.document(
      JSON.stringify(ofSeveral ? { ...head, badges: bodies, unmatched } : { ...head, ...bodies[0] }, null, 2),
    );
  } else await tell(cards, unmatched, ofSeveral, { values, zone: scenario.timeZone }, terminal);
  const isOfOthers = unmatched.length > 0 && cards.every(({ score: card }) => card === null);
  return !isOfOthers && cards.every(isAsForecast) ? 0 : 1;
}

/** The file of purchases as it was named, if it was, and the zone of the scenario's days. */
interface SalesOf {
  values: {
    sales?: string | undefined;
    'sales-column'?: readonly string[] | undefined;
    'date-format'?: string | undefined;
    decimal?: string | undefined;
    zone?: string | undefined;
  };
  /** Of the scenario. */
  zone: Zone;
}

async function tell(
  cards: readonly ScoredBadge[],
  unmatched: readonly UnmatchedAwards[],
  ofSeveral: boolean,
  of: SalesOf,
  terminal: Terminal,
): Promise<void> {
  const speaker = await speakerOf('en');
  const others = unmatchedInWords(speaker, { unmatched, badges: cards });
  if (others !== null) terminal.error(`${others} --badge KEY=VALUE says what the column calls one.`);
  cards.forEach(({ key, name, score: card, org }, place) => {
    if (ofSeveral && (card !== null || org !== null)) terminal.out(`${key} (${name})`);
    const told = card === null ? null : scorecardInWords(speaker, card, PLAIN_DAYS);
    for (const line of card === null || told === null ? [] : inWords(card, told, of)) terminal.out(line);
    // Who was kept out was so from all of them: it is told once.
    if (told !== null && place === 0) for (const line of told.uplift) terminal.out(line);
    if (org === null) return;
    const { lines, differs } = orgScoreInWords(speaker, org, PLAIN_DAYS);
    for (const line of [...lines, ...differs]) terminal.out(line);
  });
}

/** Everything that is judged is in its band, and nothing disagrees. */
function isAsForecast({ score: card, org }: ScoredBadge): boolean {
  const isFileIn = card === null || card.place === 'in';
  if (org === null) return isFileIn;
  const { score: of } = org;
  if (of === null || of.file?.differs === true) return false;
  // Beside a file, an org that says nothing of the forecast takes nothing from it.
  const place = of.total?.place ?? of.history?.place;
  return isFileIn && (place === undefined ? card !== null : place === 'in');
}

async function askOrg(
  values: OrgValues,
  badges: readonly Omit<BadgeToScore, 'org'>[],
  { scenario: { from, to }, now }: { scenario: Scenario; now: Instant | null },
  terminal: Terminal,
): Promise<BadgeToScore[]> {
  const told = await toldOrg(values, terminal.cwd, 'keep-if-free');
  if (told.onlyRead !== null)
    terminal.error(`${inEnglish(told.onlyRead.why)} What ${told.org.name} counts is judged, and not kept for later.`);
  try {
    const { context, connection, session, close } = await openToldOrg(told, terminal, now);
    try {
      const found: BadgeToScore[] = [];
      for (const badge of badges) {
        const order = { name: badge.name, from, to };
        const said = await readAwardCounts(context, connection, session, order, terminal.signal);
        const heard = said && told.onlyRead?.heard({ id: said.id, name: badge.name }, said.readOn);
        found.push({ ...badge, org: { org: connection.name, counts: said && { ...said, ...heard } } });
      }
      return found;
    } finally {
      close();
    }
  } finally {
    told.close();
  }
}

const PLAIN_DAYS = { day: (day: string): string => day, month: (month: string): string => month };

async function writeWeeks(cards: readonly ScoredBadge[], out: string, terminal: Terminal): Promise<void> {
  const speaker = await speakerOf('en');
  const { portions, ...table } = savedTable(
    cards.some(({ score: card }) => card !== null)
      ? scorecardTable(
          speaker,
          cards.map(({ name, score: card }) => ({ name, weeks: card?.weeks ?? [] })),
        )
      : countsTable(
          speaker,
          cards.map(({ name, org }) => ({ name, history: org?.score?.history ?? null })),
        ),
  );
  await writeTable({ path: path.resolve(terminal.cwd, out), name: out }, table, portions, { signal: terminal.signal });
}

/** The command that learns again from there, with what was said of the purchases: as they were read, and from the day since which it is off. */
function learningAgain(card: Score, sales: string, { values, zone }: SalesOf): string {
  const since = sinceOf(card);
  const said = (option: string, value: string | undefined): string[] => (value === undefined ? [] : [option, value]);
  const words = [
    ...['laurel', 'learn', sales],
    // The segments of a scorecard's file are who was kept out.
    ...(values['sales-column'] ?? []).flatMap((column) => (column.startsWith('segment=') ? [] : ['--column', column])),
    ...said('--date-format', values['date-format']),
    ...said('--decimal', values.decimal),
    ...said('--from', since ?? undefined),
    ...said('--zone', values.zone ?? (zone === 'UTC' ? undefined : zone)),
    ...['--out', 'next.scenario.json'],
  ];
  return words.map((word) => shellWord(word, process.platform)).join(' ');
}

function inWords(card: Score, { verdict, weeks, causes }: ReturnType<typeof scorecardInWords>, of: SalesOf): string[] {
  const { place } = card;
  const { sales } = of.values;
  const isOut = place === 'below' || place === 'above';
  return [
    verdict,
    ...(weeks === null ? [] : [weeks]),
    ...causes.map((cause) => `  ${cause}`),
    ...(isOut && sales !== undefined ? [`  To learn again from there: ${learningAgain(card, sales, of)}`] : []),
  ];
}

/** Up to six digits: no forecast is known better. */
const rounded = (value: number): number => Number(value.toPrecision(6));

const scoredInJson = ({ actual, forecast, place }: Scored): Record<string, unknown> => ({
  ...{ actual, p10: rounded(forecast.p10), p50: rounded(forecast.p50), p90: rounded(forecast.p90), place },
});

function orgInJson({ name, score: of }: NonNullable<ScoredBadge['org']>): unknown {
  if (of === null) return { name, found: false };
  const { readOn, awards, total, unjudged, cycles, cyclesOut, file, history, fell, namesake } = of;
  const reading = (one: DatedReading): unknown => ({
    readOn: toIsoExact(one.readOn),
    day: one.day,
    awards: one.awards,
  });
  return {
    ...{ name, found: true, readOn: toIsoExact(readOn), awards },
    ...{ total: total && scoredInJson(total), unjudged, cyclesOut },
    cycles: cycles.map(({ window, from, to, isOpen, scored, file: inFile }) => ({
      ...{ window, from, to, open: isOpen, ...scoredInJson(scored), file: inFile },
    })),
    history: history && {
      ...{ from: toIsoExact(history.from.at), place: history.place, since: history.since?.from.day ?? null },
      ...{ inBefore: history.since?.before?.day ?? null, spans: history.spans, spansOut: history.spansOut },
      cause: history.cause && { ...history.cause, ratio: rounded(history.cause.ratio) },
      counts: history.readings.map((one) => ({
        ...(reading(one) as object),
        ...{ span: one.span && scoredInJson(one.span), total: scoredInJson(one.total) },
      })),
    },
    fell: fell && { before: reading(fell.before), after: reading(fell.after) },
    namesake: namesake && reading(namesake),
    file: file && { awards: file.awards, differs: file.differs, later: file.later && scoredInJson(file.later) },
  };
}

const upliftInJson = (uplift: Uplift | null | undefined): Record<keyof Uplift, number> | null =>
  uplift
    ? {
        ...{ value: rounded(uplift.value), low: rounded(uplift.low), high: rounded(uplift.high) },
        ...{ reached: rounded(uplift.reached), control: rounded(uplift.control) },
      }
    : null;

/** @returns null where nobody asked for an uplift */
const comparedInJson = (compared: Compared | undefined): unknown =>
  compared
    ? {
        ...{ from: compared.days?.from ?? null, to: compared.days?.to ?? null },
        ...{ reached: compared.reached, control: compared.control, scenario: compared.scenario },
        unknown: (compared.days?.unknown ?? []).map((one) => ({ ...one, expected: rounded(one.expected) })),
      }
    : null;

/** One badge of a `laurel/scorecard@1`. */
function inJson(
  { key, score: card, org }: ScoredBadge,
  scenario: Scenario,
  awards: ObservedFile | null,
  runs: number,
): Record<string, unknown> {
  const {
    known = null,
    place = null,
    since = null,
    weeksOut = 0,
    weeks = [],
    causes = [],
    uplift,
    upliftOfAmounts,
    compared,
  } = card ?? {};
  return {
    ...{ badge: key, runs },
    awards: awards && { rows: awards.rows, skipped: awards.skipped, badRows: awards.badRows },
    ...{ from: dayText(dateAt(scenario.from, scenario.timeZone)), knownDays: known, place, since, weeksOut },
    weeks: weeks.map(({ from, to, week, total }) => ({ from, to, ...scoredInJson(week), total: scoredInJson(total) })),
    causes: causes.map((cause) => ({ ...cause, ratio: rounded(cause.ratio) })),
    ...{ uplift: upliftInJson(uplift), upliftOfAmounts: upliftInJson(upliftOfAmounts) },
    compared: comparedInJson(compared),
    org: org && orgInJson(org),
  };
}

/** `laurel scorecard`. */
export const scorecardCommand: Command = { options: OPTIONS, help: HELP, run };
