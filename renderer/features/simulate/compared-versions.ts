import type { ComparedVersion } from '../../../shared/ipc/simulation-contract';
import type { BarRow, BarSeries, Level, SeriesColour, TimeSeries } from '../../../shared/charts/chart-data';
import { formatNumber, formatShare } from '../../lib/format';
import {
  badgeView,
  crowdingRows,
  histogramRows,
  money,
  reasonRows,
  rounded,
  segmentRows,
  whyNobody,
  type BadgeView,
} from './answers';
import { dayText } from './day-text';
import { say } from '../../lib/say.svelte';

/** One version of a comparison with the badge that is looked at. */
export interface VersionView {
  id: string;
  /** A, B, C …: what stands where there is no room for the name. */
  letter: string;
  name: string;
  /** Letter and name, short enough for a legend. */
  label: string;
  colour: SeriesColour;
  badge: BadgeView;
}

const COLOURS: readonly SeriesColour[] = [1, 2, 3, 4, 5, 6];
const LONGEST_NAME = 36;

/** Names as a legend can hold them: what a version has before its own change is that of the first one. */
function shortName(name: string, first: string): string {
  const own = name !== first && name.startsWith(`${first}, `) ? name.slice(first.length + 2) : name;
  return own.length > LONGEST_NAME ? `${own.slice(0, LONGEST_NAME - 1)}…` : own;
}

/** The versions that have a badge of this key, in the order in which they were compared. */
export function versionViews(versions: readonly ComparedVersion[], key: string): VersionView[] {
  const first = versions[0]?.name ?? '';
  return versions.flatMap((version, index) => {
    const at = version.badges.findIndex((badge) => badge.key === key);
    if (at < 0) return [];
    const letter = String.fromCharCode(65 + index);
    return [
      {
        id: letter,
        letter,
        name: version.name,
        label: `${letter} · ${shortName(version.name, first)}`,
        colour: COLOURS[index % COLOURS.length] ?? 1,
        badge: badgeView(version, at),
      },
    ];
  });
}

/** A chart over time with a line for each version; null where all versions have the same numbers. */
export interface OverlaidTime {
  positions: readonly string[];
  series: readonly TimeSeries[];
}

/** The same for bars. */
export interface OverlaidBars {
  series: readonly BarSeries[];
  rows: readonly BarRow[];
}

/** What one version has at each position of a chart. */
type Points = ReadonlyMap<string, number>;

const areSame = (all: readonly Points[]): boolean =>
  all.every((points) => points.size === all[0]?.size && [...points].every(([at, value]) => all[0]?.get(at) === value));

/** A line for each version over all of their positions, in the order of the positions' text. */
function lines(versions: readonly VersionView[], points: readonly Points[]): OverlaidTime {
  const positions = [...new Set(points.flatMap((own) => [...own.keys()]))].sort();
  const series = versions.map(({ id, label, colour }, index): TimeSeries => ({
    id,
    label,
    colour,
    kind: 'line',
    dashed: id !== 'A',
    values: positions.map((at) => points[index]?.get(at) ?? null),
  }));
  return { positions, series };
}

const overlay = (versions: readonly VersionView[], pointsOf: (badge: BadgeView) => Points): OverlaidTime | null => {
  const points = versions.map(({ badge }) => pointsOf(badge));
  return areSame(points) ? null : lines(versions, points);
};

/** Awards or refusals of each day; with replications, their mean. */
function days({ result, bands }: BadgeView, what: 'awarded' | 'rejected'): (readonly [day: string, count: number])[] {
  return result.byDay.map((day, index) => [day.day, bands?.byDay[index]?.[what].mean ?? day[what]]);
}

function addedUp(entries: readonly (readonly [string, number])[]): Points {
  let sum = 0;
  return new Map(entries.map(([at, value]) => [at, (sum += value)]));
}

/** Monday of the week a day lies in. */
export function mondayOf(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7;
  return new Date(at - sinceMonday * 86_400_000).toISOString().slice(0, 10);
}

function byWeek(entries: readonly (readonly [string, number])[]): Points {
  const weeks = new Map<string, number>();
  for (const [day, value] of entries) weeks.set(mondayOf(day), (weeks.get(mondayOf(day)) ?? 0) + value);
  return weeks;
}

/** How the awards of each version add up. */
export const awardsSoFar = (versions: readonly VersionView[]): OverlaidTime | null =>
  overlay(versions, (badge) => addedUp(days(badge, 'awarded')));

/** Awards or refusals by week. */
export const weekly = (versions: readonly VersionView[], what: 'awarded' | 'rejected'): OverlaidTime | null =>
  overlay(versions, (badge) => byWeek(days(badge, what)));

/** Expected cost by month, or how it adds up. A version without a cost has no line. */
export function costByMonth(versions: readonly VersionView[], soFar: boolean): OverlaidTime | null {
  const costed = versions.filter(({ badge }) => badge.answers.cost !== null);
  const points = costed.map(({ badge }) => {
    const months = (badge.answers.cost?.months ?? []).map(({ month, expected }) => [month, expected] as const);
    return soFar ? addedUp(months) : new Map(months);
  });
  const hasNews = costed.length > 0 && (costed.length < versions.length || !areSame(points));
  return hasNews ? lines(costed, points) : null;
}

/** The caps of the versions as levels: one for all that have the same. */
export function capLevels(versions: readonly VersionView[]): Level[] {
  const letters = new Map<number, string[]>();
  for (const { letter, badge } of versions) {
    const { cap } = badge.answers;
    if (cap !== null) letters.set(cap, [...(letters.get(cap) ?? []), letter]);
  }
  return [...letters].map(([value, of]) => ({
    value,
    label:
      of.length === versions.length
        ? say('simulate.capLevel', { cap: value })
        : `${of.join(', ')}: ${formatNumber(value)}`,
  }));
}

/** The day by which the cap is used up in half of the runs that use it up, and in how many that is. */
function usedUpOn({ badge }: VersionView): string {
  if (badge.answers.cap === null) return say('simulate.noCap');
  const day = (badge.bands === null ? badge.result.exhaustedAt : badge.bands.exhaustedAt.p50)?.slice(0, 10);
  if (day === undefined) return say('simulate.never');
  const share = badge.bands?.exhaustedAt.share ?? 1;
  return share < 1 ? say('simulate.usedUpInShare', { day: dayText(day), share: formatShare(share) }) : dayText(day);
}

/** Bars of all versions beside each other, row by row; null where all have the same. */
function bars(
  versions: readonly VersionView[],
  rowsOf: (badge: BadgeView) => BarRow[],
  value: number,
): OverlaidBars | null {
  const own = versions.map(({ badge }) => rowsOf(badge));
  const points = own.map((rows): Points => new Map(rows.map((row) => [row.id, row.values[value] ?? 0])));
  if (areSame(points)) return null;
  const labels = new Map(own.flatMap((rows) => rows.map(({ id, label }) => [id, label])));
  // Numbers of awards in their order, also those that only a later version has; names keep the order they came in.
  const number = (id: string): number => (/^\d+$/.test(id) ? Number(id) : Infinity);
  const ordered = [...labels].sort(([left], [right]) => (number(left) < number(right) ? -1 : 0));
  return {
    series: versions.map(({ id, label, colour }) => ({ id, label, colour })),
    rows: ordered.map(([id, label]) => ({ id, label, values: points.map((each) => each.get(id) ?? 0) })),
  };
}

/** Refused attempts by reason. */
export const reasonBars = (versions: readonly VersionView[]): OverlaidBars | null => bars(versions, reasonRows, 0);

/** Customers served, or turned away, by segment. */
export const segmentBars = (versions: readonly VersionView[], what: 'served' | 'away'): OverlaidBars | null =>
  bars(versions, segmentRows, what === 'served' ? 0 : 1);

/** Customers by the number of their awards. */
export const histogramBars = (versions: readonly VersionView[]): OverlaidBars | null =>
  bars(versions, histogramRows, 0);

/** Customers turned away by when they joined in. */
export const crowdingBars = (versions: readonly VersionView[]): OverlaidBars | null => bars(versions, crowdingRows, 1);

/** A row of the numbers people look at first: what each version has, and how much more or less than the first one. */
export interface KeyRow {
  label: string;
  cells: readonly { text: string; change: string }[];
}

/** The numbers people look at first, version by version; means where there are several runs. */
export function keyRows(versions: readonly VersionView[]): KeyRow[] {
  const row = (
    label: string,
    numberOf: (badge: BadgeView) => number | null,
    words: (value: number, badge: BadgeView) => string,
  ): KeyRow => {
    // Of a badge that nobody can get there are no figures, and so nothing to hold others against.
    const figureOf = (badge: BadgeView): number | null => (whyNobody(badge) === null ? numberOf(badge) : null);
    const first = versions[0] === undefined ? null : figureOf(versions[0].badge);
    return {
      label,
      cells: versions.map(({ badge }) => {
        const value = figureOf(badge);
        if (value === null) return { text: '–', change: '' };
        const difference = first === null ? 0 : value - first;
        const more = difference > 0 ? `+${rounded(difference)}` : `−${rounded(-difference)}`;
        return { text: words(value, badge), change: difference === 0 ? '' : more };
      }),
    };
  };
  const count = (label: string, name: 'customersAwarded' | 'customersTurnedAway' | 'awarded'): KeyRow =>
    row(label, ({ bands, result }) => bands?.[name].mean ?? result[name], rounded);
  return [
    count(say('simulate.customersServed'), 'customersAwarded'),
    count(say('simulate.turnedAway'), 'customersTurnedAway'),
    count(say('simulate.awards'), 'awarded'),
    {
      label: say('simulate.capUsedUp'),
      cells: versions.map((version) => ({
        text: whyNobody(version.badge) === null ? usedUpOn(version) : '–',
        change: '',
      })),
    },
    ...(versions.some(({ badge }) => badge.answers.cost !== null)
      ? [
          row(
            say('simulate.expectedCost'),
            ({ answers }) => answers.cost?.expected ?? null,
            (value, { answers }) => money(value, answers.cost?.currency ?? ''),
          ),
        ]
      : []),
  ];
}
