import { dateAt, type Zone } from '../domain/calendar';
import type { Instant } from '../domain/instant';
import { band } from './bands';
import type { Band } from './result';
import { areAlike, oddOneOf, ratioOf, scoredOf, stepOf, type Place, type Scored, type Stretch } from './scorecard';
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

/** How many awards an org said there were at an instant. */
export interface OrgReading {
  readOn: Instant;
  awards: number;
}

/** What an org said of a badge at one instant, and what it had said before. */
export interface OrgCounts {
  /** Of the badge in the org. */
  id: string;
  readOn: Instant;
  startOn: Instant;
  expiresOn: Instant;
  /** Every award ever made of it, revoked ones too (semantics N1); null: the org does not say. */
  awards: number | null;
  cycles: readonly OrgCycle[];
  /** What it said of the same badge on days before, the oldest first. */
  earlier: readonly OrgReading[];
  /** The last that was heard of another badge that had its name; null: there was none. */
  namesake: OrgReading | null;
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

/** A reading, and its day in the scenario's time zone, as `2026-12-24`. */
export interface DatedReading extends OrgReading {
  day: string;
}

/** One time at which an org was asked, held against the forecast. */
export interface ScoredReading extends DatedReading {
  /** What came since the reading before, or since the beginning of the history; null: its span is not known. */
  span: Scored | null;
  /** What came since the beginning of the history. */
  total: Scored;
}

/**
 * What the counts tell of why they are out. `since`: they were as forecast until the one of the day `from`, and are off alike since then;
 * `ratio` is of these. `span`: what came between two of them is not as the rest, after the level of all is set
 * right. `even`: all are off alike. `unclear`: they are not, and none stands out. `ratio` is actual over expected.
 */
export type CountsCause =
  | { code: 'since'; ratio: number; from: string }
  | { code: 'span'; ratio: number; from: string; to: string }
  | { code: 'even' | 'unclear'; ratio: number };

/** What an org said time after time, held against the forecast. */
export interface OrgHistory {
  /** From when on awards are counted: the beginning of the forecast, or the first reading where the badge began before that. */
  from: { at: Instant; day: string };
  /** At least one, the oldest first. */
  readings: ScoredReading[];
  place: Place;
  /** The first reading from which on the total is out of its band without a break, and the one before it; null: it is in. */
  since: { from: DatedReading; before: DatedReading | null } | null;
  /** Spans between two readings that are out of a band of their own, of so many. */
  spansOut: number;
  spans: number;
  /** Null: the total is in, or two spans from the beginning on are not known. */
  cause: CountsCause | null;
  /** Day by day up to the last reading: the total that was forecast at the end of the day, or at its reading, and what came up to that. */
  days: { day: string; forecast: Band; awards: number | null }[];
}

/** Two readings of which the later one is smaller, which no count of all awards ever made can be (semantics N1). */
export interface FallenCount {
  before: DatedReading;
  after: DatedReading;
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
  /** Null: no reading lies in the forecast, or only one from which on awards could be counted. */
  history: OrgHistory | null;
  /** The last time that the count fell; readings before it are not used. Null: it never did. */
  fell: FallenCount | null;
  /** The last that was heard of another badge of this name, which is not used; null: there was none. */
  namesake: DatedReading | null;
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

/** Awards of the period up to an instant, of a day that goes on its share. */
function soFarOf(values: ArrayLike<number>, timeline: Timeline, share: ShareOfDay): (at: Instant) => number {
  const { from, to, days, starts } = timeline;
  const sums = new Float64Array(days + 1);
  for (let day = 0; day < days; day += 1) sums[day + 1] = sums[day]! + (values[day] ?? 0);
  return (at) => {
    if (at <= from) return 0;
    if (at >= to) return sums[days]!;
    const day = timeline.dayAt(at);
    return at === starts[day] ? sums[day]! : sums[day]! + (values[day] ?? 0) * share(day, at);
  };
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
  counts: OrgCounts,
  file: FileOfAwards | null,
  shareOfDay: ShareOfDay | null = null,
): OrgScore {
  const { readOn, startOn, expiresOn, awards, cycles, namesake } = counts;
  const { from, to, starts, days, zone } = timeline;
  const until = Math.min(readOn, to);
  const shares = new Map<Instant, number>();
  // Asked for each run at the same few instants.
  const share: ShareOfDay = (day, at) => {
    const found = shares.get(at) ?? shareOfDay?.(day, at) ?? (at - starts[day]!) / (starts[day + 1]! - starts[day]!);
    shares.set(at, found);
    return found;
  };
  const forecast = runs.map((run) => soFarOf(run, timeline, share));
  const inFile = file === null ? null : { known: file.known, soFar: soFarOf(file.actual, timeline, share) };
  const held = (actual: number, begin: Instant, end: Instant): Scored =>
    scoredOf(
      actual,
      forecast.map((soFar) => soFar(end) - soFar(begin)),
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
    if (inFile === null || first < 0 || last < 0 || last > inFile.known) return null;
    return inFile.soFar(end) - inFile.soFar(begin);
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
    if (inFile === null || awards === null || total === null) return null;
    const { soFar } = inFile;
    const end = starts[Math.min(inFile.known, days)]!;
    if (end <= until) {
      const known = soFar(end);
      const later = awards - known;
      // Up to the last instant of the file nothing is left to come later.
      const differs = later < 0 || (end === until && later > 0);
      return { awards: known, differs, later: differs || end === until ? null : held(later, end, until) };
    }
    // Which awards of its day came before the org was read no file of days tells.
    const day = timeline.dayAt(until);
    const [least, most] = [soFar(starts[day]!), soFar(starts[day + 1]!)];
    return { awards: Math.min(most, Math.max(least, awards)), differs: awards < least || awards > most, later: null };
  };
  return {
    ...{ readOn, awards, total, unjudged, cycles: scored },
    cyclesOut: scored.filter(({ scored: { place } }) => place !== 'in').length,
    ...{
      file: beside(),
      ...historyOf(timeline, forecast, counts),
      namesake: namesake && dated(namesake, zone),
      runs: runs.length,
    },
  };
}

function dated(reading: OrgReading, zone: Zone): DatedReading {
  return { ...reading, day: dateText(dateAt(reading.readOn, zone)) };
}

/** Holds all that an org said of a badge, time after time, against the forecast. */
function historyOf(
  timeline: Timeline,
  forecast: readonly ((at: Instant) => number)[],
  { readOn, startOn, expiresOn, awards, earlier }: OrgCounts,
): Pick<OrgScore, 'history' | 'fell'> {
  const { from, to, zone } = timeline;
  const said = (awards === null ? earlier : [...earlier, { readOn, awards }]).map((reading) => dated(reading, zone));
  const fellAt = said.findLastIndex((reading, place) => place > 0 && reading.awards < said[place - 1]!.awards);
  const fell = fellAt < 0 ? null : { before: said[fellAt - 1]!, after: said[fellAt]! };
  const inside = said.slice(Math.max(0, fellAt)).filter((reading) => reading.readOn > from && reading.readOn <= to);
  // Where the badge ended with the forecast nothing came after it: the last count is that of its end.
  const final = said.at(-1);
  const isFinal = final !== undefined && final.readOn > to && expiresOn <= to;
  const readings = (isFinal ? [...inside, final] : inside).map((reading) => ({
    ...reading,
    at: Math.min(reading.readOn, to),
  }));
  const isFromStart = startOn >= from;
  const [oldest] = readings;
  const begin = isFromStart ? { at: from, awards: 0 } : oldest;
  const judged = isFromStart ? readings : readings.slice(1);
  if (begin === undefined || judged.length === 0) return { history: null, fell };
  const sums = (at: Instant): number[] => forecast.map((soFar) => soFar(at));
  const beginSums = sums(begin.at);
  const less = (values: readonly number[], others: readonly number[]): number[] =>
    values.map((value, run) => value - others[run]!);
  // After a fall it is not known what came since the beginning of the forecast in one go.
  let last = isFromStart && fell !== null ? null : { awards: begin.awards, sums: beginSums };
  const stretches: Stretch[] = [];
  const scored = judged.map(({ at, ...reading }): ScoredReading => {
    const now = sums(at);
    const stretch = last && { came: reading.awards - last.awards, sums: less(now, last.sums) };
    if (stretch !== null) stretches.push(stretch);
    const span = stretch && scoredOf(stretch.came, stretch.sums);
    last = { awards: reading.awards, sums: now };
    return { ...reading, span, total: scoredOf(reading.awards - begin.awards, less(now, beginSums)) };
  });
  const { place } = scored.at(-1)!.total;
  const lastIn = scored.findLastIndex(({ total }) => total.place !== place);
  const spans = scored.flatMap(({ span }) => (span === null ? [] : [span]));
  const since = place === 'in' ? null : { from: scored[lastIn + 1]!, before: scored[lastIn] ?? null };
  const isWhole = stretches.length === scored.length;
  const first = dateText(dateAt(begin.at, zone));
  const days = [first, ...scored.map(({ day }) => day)];
  return {
    history: {
      from: { at: begin.at, day: first },
      ...{ readings: scored, place, since, spans: spans.length },
      spansOut: spans.filter((span) => span.place !== 'in').length,
      cause: place === 'in' || !isWhole ? null : causeOf(stretches, days),
      days: daysOf(timeline, scored, begin.at, (at) => less(sums(at), beginSums)),
    },
    fell,
  };
}

/** @param days on which each stretch begins, and the last ends */
function causeOf(stretches: readonly Stretch[], days: readonly string[]): CountsCause | null {
  if (stretches.length < 2) return null;
  const ratio = ratioOf(stretches);
  if (ratio === null) return null;
  const step = stepOf(stretches, ratio);
  if (step !== null) return { code: 'since', ratio: step.ratio, from: days[step.place]! };
  const odd = oddOneOf(stretches, ratio);
  if (odd !== null) return { code: 'span', ratio: odd.ratio, from: days[odd.place]!, to: days[odd.place + 1]! };
  return { code: areAlike(stretches, ratio) ? 'even' : 'unclear', ratio };
}

function daysOf(
  timeline: Timeline,
  readings: readonly ScoredReading[],
  from: Instant,
  totals: (at: Instant) => number[],
): OrgHistory['days'] {
  const { starts, zone } = timeline;
  // A reading at midnight is of the day that ended then.
  const dayOf = (at: Instant): number => timeline.dayAt(at - 1);
  // `dayAt` takes what lies after the period for its last day.
  const read = new Map(readings.map((reading) => [dayOf(reading.readOn), reading]));
  const [first, last] = [dayOf(from + 1), dayOf(readings.at(-1)!.readOn)];
  return Array.from({ length: last - first + 1 }, (_, place) => {
    const day = first + place;
    const total = read.get(day)?.total ?? null;
    return {
      ...{ day: dateText(dateAt(starts[day]!, zone)), awards: total === null ? null : total.actual },
      forecast: total === null ? band(totals(starts[day + 1]!)) : total.forecast,
    };
  });
}
