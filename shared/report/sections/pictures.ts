import type { BarRow, Level, TimeRange, TimeSeries } from '../../charts/chart-data';
import type { BarPicture, ChartPicture } from '../../charts/chart-svg';
import { dateAt, startOfDate, type Zone } from '../../domain/calendar';
import { readInstant } from '../../domain/instant';
import { exhaustionOf } from '../../simulation/exhaustion';
import type { BadgeBands, BadgeResult } from '../../simulation/result';
import { numberOf, zoneOf, type Section } from '../context';
import { figure, named, type Part } from '../html';
import { measureOf, pathText, type Figure } from '../measure';
import { reasonInWords } from '../reason-words';
import type { ReportBadge, ReportVersion } from '../report-model';

/** A chart with a title that stands alone, and the table of its numbers. */
export interface ReportChart {
  title: string;
  note: string;
  picture: ChartPicture;
  columns: readonly string[];
  rows: readonly (readonly Part[])[];
}

/** More days than these are told week by week. */
const MOST_DAYS = 400;
const MOST_ROWS = 24;

/** The charts of one badge, in the order of the report. */
export function badgeCharts(section: Section, version: ReportVersion, badge: ReportBadge): ReportChart[] {
  const { result } = version;
  const found = result.badges[badge.key];
  if (found === undefined || found.byDay.length === 0) return [];
  const bands = result.bands?.[badge.key] ?? null;
  const days = daysOf(found, bands, badge.key);
  return [
    capChart(section, version, badge, days),
    found.byDay.length <= MOST_DAYS ? dailyChart(section, version, badge, days) : weeklyChart(section, version, days),
    ...reasonsChart(section, version, badge, found),
    ...perCustomerChart(section, version, badge, found, bands),
  ];
}

type DayName = 'awarded' | 'rejected';

/** The days of a badge with every number the result has of them. */
interface Days {
  names: readonly string[];
  /** Over all runs: their mean, or the number of the only run. */
  mean(what: DayName): Figure[];
  /** Null where there is one run. */
  band(what: DayName, part: 'p10' | 'p50' | 'p90'): Figure[] | null;
}

function daysOf(result: BadgeResult, bands: BadgeBands | null, key: string): Days {
  return {
    names: result.byDay.map(({ day }) => day),
    mean: (what) =>
      result.byDay.map((day, index) =>
        bands === null
          ? { value: day[what], path: pathText(['badges', key, 'byDay', String(index), what]) }
          : {
              value: bands.byDay[index]?.[what].mean ?? 0,
              path: pathText(['bands', key, 'byDay', String(index), what, 'mean']),
            },
      ),
    band: (what, part) =>
      bands === null
        ? null
        : bands.byDay.map((day, index) => ({
            value: day[what][part],
            path: pathText(['bands', key, 'byDay', String(index), what, part]),
          })),
  };
}

const values = (figures: readonly Figure[]): number[] => figures.map(({ value }) => value);

function addedUp(numbers: readonly number[]): number[] {
  let sum = 0;
  return numbers.map((value) => (sum += value));
}

/** How the awards add up, to the cap where there is one. */
function capChart(section: Section, version: ReportVersion, badge: ReportBadge, days: Days): ReportChart {
  const { words } = section;
  const { say } = words;
  const zone = zoneOf(version);
  const total = addedUp(values(days.mean('awarded')));
  const runs = version.result.replications;
  const answer = exhaustionOf(version.result, badge.key);
  const used = (answer?.p50 ?? null) !== null;
  const { cap } = badge;
  const limits: Level[] = cap === null ? [] : [{ value: cap, label: say('report.capLevel', { cap }) }];
  const all = weeksOfDays(days.names);
  return {
    title: capTitle(section, version, badge, total.at(-1) ?? 0),
    note: runs === 1 ? say('report.chartCapNoteOnce') : say(used ? 'report.chartCapNote' : 'report.chartCapNoteNone'),
    picture: {
      ...{
        kind: 'time',
        positions: days.names,
        limits,
        range: used ? rangeOf(section, version, badge, zone) : undefined,
      },
      series: [{ id: 'total', label: say('report.soFar'), colour: 1, kind: 'line', values: total }],
      format: (value) => words.axis(value),
      formatPosition: (day) => words.shortDay(day),
    },
    columns: [say('report.week'), say('report.awards'), say('report.soFar')],
    rows: all.map(({ day, from, to }) => [
      words.day(day),
      reckoned(words, sum(values(days.mean('awarded').slice(from, to)))),
      reckoned(words, total[to - 1] ?? 0),
    ]),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);
const reckoned = (words: Section['words'], value: number): Part => figure({ value, path: null }, words.count(value));

function capTitle({ words }: Section, version: ReportVersion, { key, cap }: ReportBadge, total: number): string {
  const { say } = words;
  const runs = version.result.replications;
  const zone = zoneOf(version);
  const answer = exhaustionOf(version.result, key);
  const [half, most] = [answer?.p50 ?? null, answer?.p90 ?? null];
  if (answer === null || half === null || most === null)
    return cap === null
      ? say('report.chartUncapped', { count: words.count(total) })
      : say('report.chartCapLasts', { cap });
  const ever = Math.round((1 - answer.never) * runs);
  const middle = words.dayOf(half, zone);
  const late = words.dayOf(most, zone);
  // A number that the engine filled and nobody knows: the result of a file without its scenario.
  if (cap === null)
    return ever === runs && runs > 1
      ? say('report.chartUncappedAll', { day: late })
      : say('report.chartUncapped', { count: words.count(total) });
  if (runs === 1) return say('report.chartCapOnce', { cap, day: middle });
  return ever === runs
    ? say('report.chartCapAll', { cap, day: late })
    : say('report.chartCapSome', { cap, ever, runs, day: middle });
}

/** When the cap is used up, as a stretch on the axis of days. */
function rangeOf(
  { words }: Section,
  { result }: ReportVersion,
  { key }: ReportBadge,
  zone: Zone,
): TimeRange | undefined {
  const answer = exhaustionOf(result, key);
  const first = readInstant(`${result.badges[key]?.byDay[0]?.day ?? ''}T00:00:00Z`);
  if (answer === null || !first.ok) return undefined;
  const origin = startOfDate(dateAt(first.instant, 'UTC'), zone);
  const place = (at: string | null): number | null => {
    const reading = readInstant(at);
    return reading.ok ? (reading.instant - origin) / 86_400_000_000 : null;
  };
  const [from, at, to] = [place(answer.p10), place(answer.p50), place(answer.p90)];
  // A position's middle stands for its whole day.
  return from === null || at === null || to === null
    ? undefined
    : { from: from - 0.5, at: at - 0.5, to: to - 0.5, label: words.say('report.usedUp') };
}

/** Awards and refusals day by day. */
function dailyChart(section: Section, version: ReportVersion, badge: ReportBadge, days: Days): ReportChart {
  const { words } = section;
  const { say } = words;
  const awarded = days.mean('awarded');
  const line = (id: DayName, label: string, colour: 1 | 4): TimeSeries => {
    const [low, middle, high] = [days.band(id, 'p10'), days.band(id, 'p50'), days.band(id, 'p90')];
    if (low === null || middle === null || high === null)
      return { id, label, colour, kind: 'bar', values: values(days.mean(id)) };
    const band = { label: '', low: values(low), high: values(high) };
    return { id, label, colour, kind: 'line', dashed: id === 'rejected', values: values(middle), band };
  };
  const most = Math.max(...values(awarded));
  const at = days.names[values(awarded).indexOf(most)] ?? '';
  const [attempts, given] = [numberOf(version, badge, 'attempts'), numberOf(version, badge, 'awarded')];
  const refused = attempts.value - given.value;
  const facts = { count: words.count(most), day: words.day(at) };
  const names: readonly (readonly [DayName, string])[] = [
    ['awarded', say('report.awarded')],
    ['rejected', say('report.refused')],
  ];
  const columns = names.flatMap(([what, label]) => {
    const [low, middle, high] = [days.band(what, 'p10'), days.band(what, 'p50'), days.band(what, 'p90')];
    return low === null || middle === null || high === null
      ? [{ label, figures: days.mean(what) }]
      : [
          { label: say('report.low', { label }), figures: low },
          { label: say('report.middle', { label }), figures: middle },
          { label: say('report.high', { label }), figures: high },
        ];
  });
  return {
    title:
      most === 0
        ? refused > 0
          ? say('report.chartDailyNoneRefused', { share: words.share(refused / attempts.value) })
          : say('report.chartDailyNone')
        : refused > 0
          ? say('report.chartDailyRefused', { ...facts, share: words.share(refused / attempts.value) })
          : say('report.chartDaily', facts),
    note: say(version.result.replications === 1 ? 'report.chartDailyNoteOnce' : 'report.chartDailyNote'),
    picture: {
      ...{ kind: 'time', positions: days.names, limits: [] },
      series: names.map(([what, label]) => line(what, label, what === 'awarded' ? 1 : 4)),
      format: (value) => words.axis(value),
      formatPosition: (day) => words.shortDay(day),
    },
    columns: [say('report.day'), ...columns.map(({ label }) => label)],
    rows: days.names.map((day, index) => [
      words.day(day),
      ...columns.map(({ figures }): Part => {
        const one = figures[index] ?? { value: 0, path: null };
        return figure(one, words.count(one.value));
      }),
    ]),
  };
}

interface Week {
  /** Its first day that is in the period. */
  day: string;
  from: number;
  to: number;
}

/** The days in their weeks, which begin on Mondays. */
function weeksOfDays(names: readonly string[]): Week[] {
  const weeks: Week[] = [];
  names.forEach((day, index) => {
    const last = weeks.at(-1);
    if (last === undefined || new Date(`${day}T00:00:00Z`).getUTCDay() === 1)
      weeks.push({ day, from: index, to: index + 1 });
    else last.to = index + 1;
  });
  return weeks;
}

function weeklyChart({ words }: Section, version: ReportVersion, days: Days): ReportChart {
  const { say } = words;
  const weeks = weeksOfDays(days.names);
  const sums = (what: DayName): number[] => {
    const all = values(days.mean(what));
    return weeks.map(({ from, to }) => sum(all.slice(from, to)));
  };
  const [awarded, refused] = [sums('awarded'), sums('rejected')];
  const most = Math.max(...awarded);
  return {
    title: say('report.chartWeekly', {
      count: words.count(most),
      day: words.day(weeks[awarded.indexOf(most)]?.day ?? ''),
    }),
    note: say(version.result.replications === 1 ? 'report.chartDailyNoteOnce' : 'report.chartWeeklyNote'),
    picture: {
      ...{ kind: 'time', positions: weeks.map(({ day }) => day), limits: [] },
      series: [
        { id: 'awarded', label: say('report.awarded'), colour: 1, kind: 'bar', values: awarded },
        { id: 'rejected', label: say('report.refused'), colour: 4, kind: 'bar', values: refused },
      ],
      format: (value) => words.axis(value),
      formatPosition: (day) => (day === '' ? '' : words.day(day)),
    },
    columns: [say('report.week'), say('report.awarded'), say('report.refused')],
    rows: weeks.map(({ day }, index) => [
      words.day(day),
      reckoned(words, awarded[index] ?? 0),
      reckoned(words, refused[index] ?? 0),
    ]),
  };
}

/** Refused attempts by what refused them. Codes of limits are told by their constraint. */
function reasonsChart(
  { words }: Section,
  version: ReportVersion,
  badge: ReportBadge,
  found: BadgeResult,
): ReportChart[] {
  const { say, speaker } = words;
  const bands = version.result.bands?.[badge.key];
  const names = (what: 'rejected' | 'rejectedByConstraint'): string[] =>
    Object.keys(bands === undefined ? found[what] : bands[what]);
  const rows = [
    ...names('rejectedByConstraint').map((name) => ['rejectedByConstraint', name] as const),
    ...names('rejected')
      .filter((code) => !code.startsWith('9900'))
      .map((name) => ['rejected', name] as const),
  ]
    .map(([what, name]) => ({ name, measure: measureOf(version.result, badge.key, [what, name]) }))
    .filter(({ measure }) => measure.value > 0)
    .toSorted((left, right) => right.measure.value - left.measure.value);
  const all = sum(rows.map(({ measure }) => measure.value));
  const [first] = rows;
  if (first === undefined) return [];
  return [
    {
      title: say('report.chartReasons', {
        share: words.share(first.measure.value / all),
        reason: reasonInWords(speaker, first.name),
      }),
      note: version.result.replications === 1 ? '' : say('report.meanOfRuns'),
      picture: barPicture(
        words,
        [{ id: 'refused', label: say('report.attempts'), colour: 4 }],
        [
          ...rows.map(({ name, measure }): BarRow => ({
            ...{ id: name, label: reasonInWords(speaker, name), values: [measure.value] },
            note: words.count(measure.value),
          })),
        ],
      ),
      columns: [say('report.reason'), say('report.attempts'), say('report.share')],
      rows: rows.map(({ name, measure }) => [
        reasonInWords(speaker, name),
        figure(measure, words.count(measure.value)),
        words.share(measure.value / all),
      ]),
    },
  ];
}

export function barPicture(
  words: Section['words'],
  series: BarPicture['series'],
  rows: readonly BarRow[],
  grouped = false,
): BarPicture {
  return { kind: 'bars', series, rows: rows.slice(0, MOST_ROWS), grouped, format: (value) => words.axis(value) };
}

/** How many customers got how many awards; only where somebody got more than one. */
function perCustomerChart(
  { words }: Section,
  version: ReportVersion,
  badge: ReportBadge,
  found: BadgeResult,
  bands: BadgeBands | null,
): ReportChart[] {
  const { say } = words;
  const names = Object.keys(bands === null ? found.awardsPerCustomer : bands.awardsPerCustomer)
    .map(Number)
    .toSorted((left, right) => left - right);
  if (names.length < 2) return [];
  const rows = names.map((count) => ({
    count,
    measure: measureOf(version.result, badge.key, ['awardsPerCustomer', String(count)]),
  }));
  const all = sum(rows.map(({ measure }) => measure.value));
  const once = rows.find(({ count }) => count === 1)?.measure.value ?? 0;
  return [
    {
      title: say('report.chartPerCustomer', { share: words.share(all === 0 ? 0 : once / all) }),
      note: say('report.chartPerCustomerNote'),
      picture: barPicture(
        words,
        [{ id: 'customers', label: say('report.customers'), colour: 2 }],
        [
          ...rows.slice(0, 12).map(({ count, measure }): BarRow => ({
            ...{ id: String(count), label: say('simulate.awardCount', { count }), values: [measure.value] },
            note: words.count(measure.value),
          })),
        ],
      ),
      columns: [say('report.awardsEach'), say('report.customers')],
      rows: rows.map(({ count, measure }) => [words.count(count), figure(measure, words.count(measure.value))]),
    },
  ];
}

/** Customers of each segment: served, turned away, and those who never tried. */
export function segmentsChart({ words }: Section, version: ReportVersion, badge: ReportBadge): ReportChart | null {
  const { say } = words;
  const names = Object.keys(version.result.badges[badge.key]?.bySegment ?? {});
  const rows = names.map((name) => {
    const of = (what: string) => measureOf(version.result, badge.key, ['bySegment', name, what]);
    const [all, served, away] = [of('customers'), of('customersAwarded'), of('customersTurnedAway')];
    const tried = served.value + away.value;
    return { name, all, served, away, share: tried === 0 ? null : away.value / tried };
  });
  if (rows.length === 0) return null;
  const total = {
    served: numberOf(version, badge, 'customersAwarded'),
    away: numberOf(version, badge, 'customersTurnedAway'),
  };
  const worst = rows
    .filter(({ share }) => share !== null && share > 0)
    .toSorted((left, right) => (right.share ?? 0) - (left.share ?? 0))[0];
  const tried = total.served.value + total.away.value;
  const facts = { name: badge.name, share: words.share(tried === 0 ? 0 : total.away.value / tried) };
  return {
    title:
      tried === 0
        ? say('report.losesNoTry', { name: badge.name })
        : worst === undefined
          ? say('report.losesNobody', { name: badge.name })
          : rows.length === 1
            ? say('report.losesShare', facts)
            : say('report.losesMost', { ...facts, segment: worst.name, share: words.share(worst.share ?? 0) }),
    note: version.result.replications === 1 ? '' : say('report.meanOfRuns'),
    picture: barPicture(
      words,
      [
        { id: 'served', label: say('report.served'), colour: 1 },
        { id: 'away', label: say('report.turnedAway'), colour: 4 },
        { id: 'never', label: say('report.neverTried'), colour: 6 },
      ],
      rows.map(({ name, all, served, away }): BarRow => ({
        ...{
          id: name,
          label: name,
          values: [served.value, away.value, Math.max(0, all.value - served.value - away.value)],
        },
        note: say('report.countOfCustomers', { served: Math.round(served.value), all: Math.round(all.value) }),
      })),
    ),
    columns: [
      ...[say('report.segment'), say('report.customers'), say('report.served')],
      ...[say('report.turnedAway'), say('report.triedShare')],
    ],
    rows: rows.map(({ name, all, served, away, share }) => [
      named(name),
      figure(all, words.count(all.value)),
      figure(served, words.count(served.value)),
      figure(away, words.count(away.value)),
      share === null ? '–' : words.share(share),
    ]),
  };
}
