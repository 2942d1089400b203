import { dateAt } from '../domain/calendar';
import type { Instant } from '../domain/instant';
import { scoredOf, type Scored } from './scorecard';
import { dateText, type Timeline } from './timeline';

/** Awards of a cycle of a badge-level fixed window, as the org counts them: by event date, without revoked ones. */
export interface OrgCycle {
  /** Tells the windows of a badge apart. */
  window: string;
  from: Instant;
  /** Excluded. */
  to: Instant;
  awards: number;
}

/** What an org said of a badge at one instant. */
export interface OrgCounts {
  /** Of the badge in the org. */
  id: string;
  readOn: Instant;
  startOn: Instant;
  expiresOn: Instant;
  /** Every award ever made of it, revoked ones too (semantics N1); null: the org does not say. */
  awards: number | null;
  cycles: readonly OrgCycle[];
}

/** A cycle held against the forecast, up to its end or to when the org was read. */
export interface ScoredCycle {
  window: string;
  /** First and last day, both included, in the scenario's time zone. */
  from: string;
  to: string;
  /** It went on when the org was read. */
  isOpen: boolean;
  scored: Scored;
  /** Awards of the file in the same days; null: there is no file, or it does not know just these days. */
  file: number | null;
}

/** An org's count of all awards beside a file of them. */
export interface OrgBesideFile {
  /** Awards of the file until the org was read. */
  awards: number;
  /** They cannot both be right. */
  differs: boolean;
  /** What came since the last day of the file by the count of the org; null: the file goes as far as the count, or they differ. */
  later: Scored | null;
}

/** Why the count of all awards says nothing of the forecast. */
export type Unjudged =
  | 'not-counted'
  /** The badge began before the forecast, so that the count holds awards of which the forecast knows nothing. */
  | 'began-before'
  /** It was read after the end of the forecast, and the badge went on. */
  | 'read-after'
  /** The forecast had not begun. */
  | 'too-early';

/** What an org counted, held against the forecast at the time it was read. */
export interface OrgScore {
  readOn: Instant;
  /** All awards ever made. */
  awards: number | null;
  /** Against the forecast up to `readOn`; null: `unjudged` says why not. */
  total: Scored | null;
  unjudged: Unjudged | null;
  /** In the order of their beginnings. */
  cycles: ScoredCycle[];
  /** Cycles that are out of a band of their own. */
  cyclesOut: number;
  file: OrgBesideFile | null;
  /** Of which the bands are made. */
  runs: number;
}

/** Awards by day of a file, and so many days of which it has all. */
export interface FileOfAwards {
  actual: ArrayLike<number>;
  known: number;
}

/** How much of a day's awards is taken to have come by an instant within it, from 0 to 1. */
type ShareOfDay = (day: number, at: Instant) => number;

/** Awards up to an instant, of a day that goes on its share. */
function sumUntil(
  values: ArrayLike<number>,
  { from, to, days }: Timeline,
  day: number,
  at: Instant,
  share: ShareOfDay,
): number {
  const whole = at >= to ? days : at <= from ? 0 : day;
  let sum = 0;
  for (let index = 0; index < whole; index += 1) sum += values[index] ?? 0;
  if (whole >= days || at <= from) return sum;
  return sum + (values[whole] ?? 0) * share(whole, at);
}

/**
 * Holds what an org counts against a forecast: all awards at the time they were read, and each cycle of its windows that lies in the period.
 *
 * @param runs awards by day of each run, at least two
 * @param file the same by a file of awards; null: there is none
 * @param shareOfDay of a day that goes on; null: awards are taken to come evenly over it
 */
export function scoreOrgCounts(
  timeline: Timeline,
  runs: readonly ArrayLike<number>[],
  { readOn, startOn, expiresOn, awards, cycles }: OrgCounts,
  file: FileOfAwards | null,
  shareOfDay: ShareOfDay | null = null,
): OrgScore {
  const { from, to, starts, days, zone } = timeline;
  const until = Math.min(readOn, to);
  const shares = new Map<Instant, number>();
  // Asked for each run at the same few instants.
  const share: ShareOfDay = (day, at) => {
    const found = shares.get(at) ?? shareOfDay?.(day, at) ?? (at - starts[day]!) / (starts[day + 1]! - starts[day]!);
    shares.set(at, found);
    return found;
  };
  const sum = (values: ArrayLike<number>, at: Instant): number =>
    sumUntil(values, timeline, timeline.dayAt(at), at, share);
  const held = (actual: number, begin: Instant, end: Instant): Scored =>
    scoredOf(
      actual,
      runs.map((run) => sum(run, end) - sum(run, begin)),
    );
  const unjudged: Unjudged | null =
    readOn <= from
      ? 'too-early'
      : awards === null
        ? 'not-counted'
        : startOn < from
          ? 'began-before'
          : readOn > to && expiresOn > to
            ? 'read-after'
            : null;
  const total = awards === null || unjudged !== null ? null : held(awards, from, until);
  const dayOf = (at: Instant): number => starts.indexOf(at);
  const fileOf = (begin: Instant, end: Instant): number | null => {
    const [first, last] = [dayOf(begin), dayOf(end)];
    if (file === null || first < 0 || last < 0 || last > file.known) return null;
    return sum(file.actual, end) - sum(file.actual, begin);
  };
  // Before the badge began and after its end there were no awards, wherever the cycle begins and ends.
  const scored = cycles
    .map((cycle) => ({ ...cycle, begin: Math.max(cycle.from, startOn), end: Math.min(cycle.to, expiresOn, readOn) }))
    .filter(({ begin, end }) => begin >= from && end <= to && begin < end)
    .sort((one, other) => one.begin - other.begin)
    .map(({ window, begin, end, to: over, awards: came }): ScoredCycle => {
      const isOpen = Math.min(over, expiresOn) > readOn;
      return {
        ...{ window, from: dateText(dateAt(begin, zone)), to: dateText(dateAt(end - 1, zone)), isOpen },
        scored: held(came, begin, end),
        file: isOpen ? null : fileOf(begin, end),
      };
    });
  const beside = (): OrgBesideFile | null => {
    if (file === null || awards === null || total === null) return null;
    const end = starts[Math.min(file.known, days)]!;
    if (end <= until) {
      const known = sum(file.actual, end);
      const later = awards - known;
      // Up to the last instant of the file nothing is left to come later.
      const differs = later < 0 || (end === until && later > 0);
      return { awards: known, differs, later: differs || end === until ? null : held(later, end, until) };
    }
    // Which awards of its day came before the org was read no file of days tells.
    const day = timeline.dayAt(until);
    const [least, most] = [sum(file.actual, starts[day]!), sum(file.actual, starts[day + 1]!)];
    return { awards: Math.min(most, Math.max(least, awards)), differs: awards < least || awards > most, later: null };
  };
  return {
    ...{ readOn, awards, total, unjudged, cycles: scored },
    cyclesOut: scored.filter(({ scored: { place } }) => place !== 'in').length,
    ...{ file: beside(), runs: runs.length },
  };
}
