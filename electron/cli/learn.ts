import path from 'node:path';
import { parseArgs } from 'node:util';
import { toIso, type Instant } from '../../shared/domain/instant';
import { isZone, type Zone } from '../../shared/domain/calendar';
import type { FileTimes } from '../../shared/simulation/learning/hour-profile';
import type { LearnedNote, LearnedSegment } from '../../shared/simulation/learning/learn';
import type { Estimate } from '../../shared/simulation/learning/count-model';
import type { ShapeIntervals } from '../../shared/simulation/learning/shape-intervals';
import { verdictSentences } from '../../shared/simulation/learning/verdict-words';
import type { DropOut } from '../../shared/simulation/drop-out';
import { Failure } from '../../shared/ipc/errors';
import { prepareScenario } from '../../shared/simulation/prepared-scenario';
import { serialiseScenario } from '../../shared/simulation/scenario-file';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';
import { pathsOfTable } from '../backend/tables/table-files';
import { learnFile, type Learned } from '../backend/simulation/learn/learn-file';
import { learnedScenario, rounded, weightOf } from '../backend/simulation/learn/learned-scenario';
import { scenarioWithBadges } from '../backend/simulation/load-scenario';
import { writeWhole } from '../disk/whole-file';
import { agreeing } from './counted';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { periodEndFrom } from './day-option';
import { requireNamedOutput } from './output-ending';
import { wholeNumber } from './simulate';
import { badRowLines } from './simulation-words';
import { readTableOptions, TABLE_OPTIONS, TABLE_OPTIONS_HELP, tableChoicesOf } from './table-options';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  ...TABLE_OPTIONS,
  out: { type: 'string', completes: 'files' },
  segments: { type: 'string' },
  population: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  'hold-out': { type: 'string', default: '0.2' },
  badge: { type: 'string', completes: 'files', multiple: true, default: [] as string[] },
  owner: { type: 'string' },
  seed: { type: 'string', default: '1' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Learns how customers act from a file of their transactions, and writes a scenario with them. How far off a forecast by
what was learned would have been is said beside it.

Usage: laurel learn FILE --out SCENARIO [OPTIONS]

  --out SCENARIO     the scenario to write, *.scenario.json; it goes on where the file ends, for as long as the file was
  --segments N|column  column: the segments of the file, each customer in that of their first event. N: so many groups by how
                     often customers are to be expected from now on, given when and how often they came. Default: column where
                     there is one, else 1
  --population N     all customers there are, those without an event too; without it the fit says how many there must be.
                     Not with several segments of a column
  --from DAY, --to DAY  learn from this period only, both days included, by the clock of --zone; or instants
                     such as 2025-01-01T00:00:00Z: the first of the period, and the first after it. Default: whole days
                     from the first row to the last
  --hold-out SHARE   share of the days at the end that is forecast from those before; default 0.2; 0: none
  --badge FILE       badge the scenario simulates, as it lies beside the scenario; may be repeated; default: a direct badge
                     without limits, so that the customers can be looked at
  --owner TYPE:REF   on whose behalf, such as Loyalty:626
  --seed N           seed of the scenario; default 1
${TABLE_OPTIONS_HELP}
  --json             the fit and how the forecast did, as one JSON document

Customers act by themselves at rates of their own (Gamma), each as a Poisson process with weekdays, hours of the
day, growth and a yearly season; amounts have a mean and a spread. A season needs every month of the calendar, and growth is told from it where six
of them are there twice: of a year alone its course counts as season. From eight weeks on newcomers and drop-out are
learned where chance does not explain them; then what rises or falls counts as customers who come and go, and not as
growth, and newcomers are a segment of their own. Groups are parts of the same fit. Hours are learned where the file says
when events were: not from dates alone, nor from times at which imports wrote them. Nothing else is learned, such as
holidays; what differs because of those shows in the forecast of the days held back. Every number has its 90% interval in brackets. See docs/learning.md.
Exit code: 0 done, 1 nothing can be learned, or something has to be said of the file first, 2 called wrongly.`;

const ALL = 'Every event';
const PLAIN_OWNER = { ownerType: 'Loyalty', referenceId: '1' };

/** A direct badge that everybody gets at every event. */
const PLAIN_BADGE = (from: string, to: string): unknown => ({
  name: ALL,
  ...{ startOnISO: from, expiresOnISO: to, earnType: 'EARN' },
  earnedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META' },
  ownership: { restrictedToOwners: [PLAIN_OWNER.ownerType] },
  active: true,
});

/** `laurel learn`. */
export const learnCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0)
      throw new UsageError('Name one file: laurel learn FILE --out SCENARIO.');
    if (values.out === undefined) throw new UsageError('Say where the scenario goes: --out spring.scenario.json.');
    const { zone = 'UTC' } = values;
    if (!isZone(zone)) throw new UsageError(`--zone ${zone} is no time zone; name one such as Europe/Berlin.`);
    const file = path.resolve(terminal.cwd, name);
    const target = path.resolve(terminal.cwd, values.out);
    const read = [
      ...[file, ...pathsOfTable(file)].map((each) => ({ path: each, what: 'the file to learn from' })),
      ...values.badge.map((badge) => ({ path: path.resolve(path.dirname(target), badge), what: 'a badge file' })),
    ];
    const kind = { ending: '.scenario.json', what: 'scenario' };
    requireNamedOutput(target, values.out, kind, read, 'Nothing was learned.');
    const order = {
      ...{ file, name: path.basename(name), zone, signal: terminal.signal },
      choices: readTableOptions(values),
      dateFormat: tableChoicesOf(values).dateFormat ?? null,
      from: periodEndFrom(values.from, '--from', zone),
      to: periodEndFrom(values.to, '--to', zone),
      holdOut: shareFrom(values['hold-out']),
      population: wholeNumber('population', values.population, 2) ?? null,
      segments: segmentsFrom(values.segments),
    };
    let learned = await learnFile(order);
    // Days are counted in some zone anyway: where none is said it is told which.
    const isZoneTaken = 'questions' in learned && learned.questions.every(({ code }) => code === 'zone');
    if (isZoneTaken) learned = await learnFile({ ...order, choices: { ...order.choices, zone } });
    if ('questions' in learned) {
      for (const { words, option } of learned.questions) terminal.error(`${inEnglish(words)} Say it with ${option}.`);
      return 1;
    }
    const until = toIso(learned.to + (learned.to - learned.from), zone);
    const badges =
      values.badge.length === 0
        ? [{ key: 'events', badge: PLAIN_BADGE(toIso(learned.to, zone), until) }]
        : values.badge.map((given) => ({ key: keyOf(given), badge: given }));
    const scenario = learnedScenario(learned, {
      ...{ name: path.basename(values.out).replace(/\.scenario\.json$/i, ''), zone, badges },
      file: path.basename(name),
      seed: wholeNumber('seed', values.seed, 0) ?? 1,
      owner: ownerFrom(values.owner) ?? (values.badge.length === 0 ? PLAIN_OWNER : null),
    });
    const text = serialiseScenario(scenario);
    requireRunnable(text, path.dirname(target), values.badge);
    await writeWhole(target, text, { name: values.out });
    if (isZoneTaken)
      terminal.error(`${name}: its dates name no time zone, and were read in ${zone}; --zone says another.`);
    if (order.population !== null && learned.population === null)
      terminal.error(
        '--population was not used: it is of all customers, and the segments of the file are learned apart.',
      );
    return tell(learned, { name, out: values.out, json: values.json, zone }, terminal);
  },
};

/** @throws Failure `invalid-input` where `laurel simulate` would not run what was learned */
function requireRunnable(text: string, folder: string, badges: readonly string[]): void {
  const named = { paths: badges.map((badge) => path.resolve(folder, badge)) };
  const read = scenarioWithBadges(JSON.parse(text), folder, named);
  const checked = read.ok ? prepareScenario(read.body) : read;
  if (checked.ok) return;
  const reasons = checked.findings.slice(0, 5).map(({ path: at, message: said }) => `${at}: ${said}`);
  throw new Failure('invalid-input', message('learning.notRunnable', { reasons: reasons.join('; ') }));
}

function tell(
  learned: Learned,
  { name, out, json, zone }: { name: string; out: string; json: boolean; zone: Zone },
  terminal: Terminal,
): ExitCode {
  for (const line of badRowLines(name, learned.firstBadRows, learned.badRows)) terminal.error(line);
  if (json) terminal.document(JSON.stringify(inJson(learned, out), null, 2));
  else for (const line of inWords(learned, out, zone)) terminal.out(line);
  return 0;
}

const NOTES: Readonly<Record<LearnedNote, string>> = {
  short: 'less than eight weeks: no growth can be told',
  'growth-not-told': 'no growth that chance could not explain',
  'season-needs-year': 'no season is learned: it needs every month of the calendar, or it cannot be told from growth',
  'season-not-told': 'no season that chance could not explain',
  'season-or-growth':
    'one year, not two: what it rose or fell counts as its season, not as growth; from eighteen months on both are told apart',
  'growth-or-season':
    'one year, not two: it rose or fell evenly, which counts as growth, not as season; from eighteen months on both are told apart',
  'hours-short': 'no hours are learned: that needs 240 events, and a week in which every hour of the clock is there',
  'hours-not-told': 'no hours of the day that chance could not explain',
  'growth-as-coming': 'what rises or falls over time counts as customers who come and go, and not as a growth of each',
  'coming-not-told': 'no newcomers and no drop-out that chance could not explain',
  'group-of-those-there':
    'its customers are to be expected so often from now on, given when and how often they came, of a fit of all customers',
  'dispersion-not-told': 'how far customers differ cannot be told from so few events',
};

const count = (value: number): string => Math.round(value).toLocaleString('en');
const figure = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 3 });
const share = (value: number): string => `${(value * 100).toLocaleString('en', { maximumFractionDigits: 1 })}%`;
const interval = ({ value, low, high }: Estimate): string => `${figure(value)} (${figure(low)} to ${figure(high)})`;

function inWords(learned: Learned, out: string, zone: Zone): string[] {
  const { events, customers, from, to, segments, leftOut, returns, skipped, badRows, inspection } = learned;
  const day = (at: Instant): string => toIso(at, zone).slice(0, 10);
  const lines = [
    `${inEnglish(inspection.sentence)}.`,
    `${count(events)} ${agreeing(events, 'event', 'events')} of ${count(customers)} ${agreeing(customers, 'customer', 'customers')}, from ${day(from)} to before ${day(to)}.`,
  ];
  if (skipped > 0) lines.push(`${count(skipped)} rows lie outside the period.`);
  if (badRows > 0)
    lines.push(
      `${count(badRows)} ${agreeing(badRows, 'row', 'rows')} cannot be read and ${agreeing(badRows, 'was', 'were')} left out.`,
    );
  if (returns > 0) lines.push(`${count(returns)} amounts of zero or less are events, and are no part of the amounts.`);
  lines.push(...amountHint(inspection.columns));
  lines.push(...timesLines(learned.times));
  if (learned.times.kind !== 'dates')
    lines.push(
      `Days and hours are those of ${zone}${zone === 'UTC' ? '; --zone Europe/Berlin, say, takes those of the clocks there' : ''}.`,
    );
  // What is the same of every group is said once, after them.
  const all =
    segments.length < 2 ? [] : segments[0]!.notes.filter((note) => segments.every(({ notes }) => notes.includes(note)));
  for (const segment of segments) lines.push('', ...segmentLines(segment, all));
  if (all.length > 0) lines.push('', ...all.map((note) => `Every group: ${NOTES[note]}.`));
  for (const name of leftOut) lines.push('', `“${name}”: fewer than two customers with an event; left out.`);
  lines.push('', ...fitLines(learned, day(learned.cut)), '', `${out} was written.`);
  return lines;
}

/** Why no hours are learned, where the file does not say when events were. */
function timesLines(times: FileTimes): string[] {
  switch (times.kind) {
    case 'timed':
      return [];
    case 'dates':
      return ['The dates have no time of day: no hours are learned, and a day’s events are spread evenly.'];
    case 'stamped':
      return [
        `${share(times.share)} of the events are at exactly ${times.at.join(', ')}, as imports or dates without a time of day leave them: no hours are learned, and a day’s events are spread evenly.`,
      ];
  }
}

/** Which columns of numbers may be the amounts, where none was found to be. */
function amountHint(columns: Learned['inspection']['columns']): string[] {
  if (columns.some(({ role }) => role === 'amount')) return [];
  const numbers = columns.filter(({ role, type }) => role === null && type === 'number').map(({ name }) => name);
  const [first] = numbers;
  if (first === undefined) return [];
  const names = numbers.slice(0, 5).map((name) => `“${name}”`);
  return [`No column of amounts was found; ${names.join(', ')} may be one: say it with --column "amount=${first}".`];
}

function segmentLines(
  { name, size, seen, perWeek, dispersion, growthPerMonth, ...rest }: LearnedSegment,
  told: readonly LearnedNote[],
) {
  const { scatter, season, coming, notes, intervals } = rest;
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const unseen = size > seen ? `, ${count(seen)} of them seen` : '';
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return [
    `“${name}”: ${count(size)} ${agreeing(size, 'customer', 'customers')}${unseen}.`,
    `  ${interval(perWeek)} events a week each; dispersion ${interval(dispersion)}.`,
    intervals.weekdays === null
      ? '  Weekdays: all alike, of fewer than fourteen days.'
      : `  Weekdays: ${intervals.weekdays.map((weight, index) => `${days[index] ?? ''} ${interval(weight)}`).join(', ')}.`,
    ...(intervals.hours === null
      ? []
      : [
          `  Hours: ${intervals.hours.map((weight, hour) => `${String(hour).padStart(2, '0')} ${interval(weight)}`).join(', ')}.`,
        ]),
    ...(growthPerMonth.value === 0
      ? []
      : [
          `  Growth a month: ${share(growthPerMonth.value)} (${share(growthPerMonth.low)} to ${share(growthPerMonth.high)}).`,
        ]),
    ...(season === null
      ? []
      : [`  Season: ${season.map((factor, month) => `${months[month] ?? ''} ${interval(factor)}`).join(', ')}.`]),
    ...(coming?.joins
      ? [
          `  Newcomers: ${interval(coming.joins)} a week, who act as ${interval(coming.newcomers.perWeek)} events a week each.`,
        ]
      : []),
    ...(coming === null ? [] : leavingLines(coming)),
    ...(intervals.amount === null
      ? []
      : [`  Amounts: ${interval(intervals.amount.mean)} on average, spread ${interval(intervals.amount.spread)}.`]),
    ...(scatter < 1.5
      ? []
      : [
          `  Days scatter ${figure(scatter)} times as much as the model’s: something else moves them, and bands of single weeks are too narrow.`,
        ]),
    ...notes.filter((note) => !told.includes(note)).map((note) => `  Note: ${NOTES[note]}.`),
  ];
}

/** How newcomers leave, and those who are there at the end. */
function leavingLines({ probability, dropOut }: NonNullable<LearnedSegment['coming']>): string[] {
  const ofNew =
    probability === null
      ? []
      : [
          `A newcomer leaves after an event with ${share(probability.value)} (${share(probability.low)} to ${share(probability.high)})`,
        ];
  const ofThose =
    dropOut === null ? [] : [`of those there at the end ${share(dropOut.probability)} of events are the last`];
  const both = [...ofNew, ...ofThose].join('; ');
  return both === '' ? [] : [`  ${both.charAt(0).toUpperCase()}${both.slice(1)}.`];
}

const monthName = new Intl.DateTimeFormat('en', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** How good the fit is, and the events of the days held back. */
function fitLines({ holdOut: held, verdict }: Learned, cut: string): string[] {
  const [first = '', ...others] = verdictSentences(
    { verdict, holdOut: held, heldDays: held?.days.length ?? 0 },
    { say: inEnglish, share, month: (month) => monthName.format(new Date(`${month}-01T00:00:00Z`)) },
  );
  const events =
    held === null
      ? []
      : [
          `Held back, from ${cut}: ${count(held.actual)} events. Forecast from the days before: ${count(held.forecast)}; what was ${String(held.naiveDaysBack)} days earlier, repeated: ${count(held.naive)}.`,
        ];
  return [first, ...events, ...others];
}

/** `laurel/learned@1`. */
function inJson(learned: Learned, out: string): unknown {
  const { events, customers, returns, skipped, badRows, from, to, cut, segments, leftOut, holdOut, times } = learned;
  const { verdict } = learned;
  const misfit = <T extends { error: number | null }>(of: T | null): T | null =>
    typeof of?.error === 'number' ? { ...of, error: rounded(of.error) } : of;
  const estimate = ({ value, low, high }: Estimate) => ({
    value: rounded(value),
    low: rounded(low),
    high: rounded(high),
  });
  return {
    schema: 'laurel/learned@1',
    scenario: out,
    events: { total: events, skipped, badRows, returns },
    customers,
    times: times.kind === 'stamped' ? { ...times, share: rounded(times.share) } : times,
    period: { from: toIso(from, 'UTC'), to: toIso(to, 'UTC') },
    segments: segments.map(
      ({
        perWeek,
        dispersion,
        growthPerMonth,
        weekdays,
        hours,
        season,
        coming,
        uncertainty,
        draws: _,
        drawnAs: __,
        isSizeKnown: ___,
        scatter,
        amount,
        intervals,
        ...rest
      }) => ({
        ...rest,
        perWeek: estimate(perWeek),
        dispersion: estimate(dispersion),
        growthPerMonth: estimate(growthPerMonth),
        weekdays: weekdays.map(weightOf),
        hours: hours === null ? null : hours.map(weightOf),
        season: season === null ? null : season.map(estimate),
        coming:
          coming === null
            ? null
            : {
                joins: coming.joins === null ? null : estimate(coming.joins),
                probability: coming.probability === null ? null : estimate(coming.probability),
                spread: coming.spread === null ? null : estimate(coming.spread),
                newcomers: {
                  perWeek: estimate(coming.newcomers.perWeek),
                  dispersion: estimate(coming.newcomers.dispersion),
                  dropOut: dropOutInJson(coming.newcomers.dropOut),
                },
                dropOut: dropOutInJson(coming.dropOut),
              },
        uncertainty: {
          perWeek: rounded(uncertainty.perWeek),
          growthPerMonth: rounded(uncertainty.growthPerMonth),
        },
        scatter: rounded(scatter),
        amount: amount === null ? null : { mean: rounded(amount.mean), spread: rounded(amount.spread) },
        intervals: intervalsInJson(intervals),
      }),
    ),
    leftOut,
    holdOut:
      holdOut === null
        ? null
        : {
            from: toIso(cut, 'UTC'),
            forecast: rounded(holdOut.forecast),
            actual: holdOut.actual,
            error: holdOut.error === null ? null : rounded(holdOut.error),
            naive: holdOut.naive,
            naiveError: holdOut.naiveError === null ? null : rounded(holdOut.naiveError),
            naiveDaysBack: holdOut.naiveDaysBack,
          },
    verdict: {
      ...verdict,
      weekday: misfit(verdict.weekday),
      hour: misfit(verdict.hour),
      month: misfit(verdict.month),
    },
  };
}

type Ends = Pick<Estimate, 'low' | 'high'>;

/** The ends of the intervals of what stands beside them by itself. */
function intervalsInJson({ weekdays, hours, amount }: ShapeIntervals) {
  const ends = ({ low, high }: Estimate): Ends => ({ low: rounded(low), high: rounded(high) });
  return {
    weekdays: weekdays?.map(ends) ?? null,
    hours: hours?.map(ends) ?? null,
    amount: amount && { mean: ends(amount.mean), spread: ends(amount.spread) },
  };
}

function dropOutInJson(dropOut: DropOut | null): DropOut | null {
  return dropOut && { probability: rounded(dropOut.probability), dispersion: rounded(dropOut.dispersion) };
}

function keyOf(file: string): string {
  return path.basename(file).replace(/\.badge\.json$/i, '');
}

function shareFrom(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 0.9) return value;
  throw new UsageError(`--hold-out is a share from 0 to 0.9, not “${text}”.`);
}

function segmentsFrom(text: string | undefined): 'column' | number | 'auto' {
  if (text === undefined) return 'auto';
  return text === 'column' ? 'column' : (wholeNumber('segments', text, 1) ?? 1);
}

function ownerFrom(text: string | undefined): { ownerType: string; referenceId: string } | null {
  if (text === undefined) return null;
  const [, ownerType, referenceId] = /^([^:]+):(.+)$/s.exec(text) ?? [];
  if (ownerType === undefined || referenceId === undefined)
    throw new UsageError(`--owner is TYPE:REF, such as Loyalty:626, not “${text}”.`);
  return { ownerType, referenceId };
}
