import { DAY, readInstant, toIsoExact, toSecondsText } from '../domain/instant';
import { decisionLooks, farthest, unseenBy, type VersionRuns } from './decided';
import type { BadgeResult } from './result';
import { valueAt, type Setting } from './scenario-value';

/** A knob of the scenario with a position below and one above where it stands. */
export interface TornadoKnob {
  /** `streak: 1 award in the last 7 days`-like words come from the page; this names field and badge. */
  path: string;
  lowWords: string;
  highWords: string;
  low: Setting[];
  high: Setting[];
}

export interface TornadoBar {
  path: string;
  lowWords: string;
  highWords: string;
  /** Difference of the measured number to the scenario as it stands; both 0 for a knob without effect. */
  low: number;
  high: number;
}

/** The number of a badge that the bars show. */
export type TornadoMeasure = 'awarded' | 'customersAwarded' | 'customersTurnedAway' | 'cost';

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields of a constraint that can be turned; a roll of 0 is switched off and stays so. */
const CONSTRAINT_FIELDS = [
  ...['maxEarnLimit', 'refreshRate', 'rollValue', 'rollForDays', 'maxEarnForDays'],
  ...['rollForWeeks', 'maxEarnForWeeks', 'rollForMonths', 'maxEarnForMonths'],
];
const TRIGGER_FIELDS = ['every', 'count', 'amount', 'withinDays', 'weeksInRow', 'minAmount'];
const STEP = 0.25;
const ARRIVAL_STEP = 0.2;

function numberKnob(body: unknown, path: string): TornadoKnob[] {
  const value = valueAt(body, path);
  if (typeof value !== 'number' || value <= 0) return [];
  const isWhole = Number.isInteger(value);
  const step = isWhole ? Math.max(1, Math.round(value * STEP)) : value * STEP;
  const low = isWhole ? Math.max(1, value - step) : value - step;
  const high = value + step;
  return [
    {
      path,
      lowWords: String(low),
      highWords: String(high),
      low: [{ path, value: low }],
      high: [{ path, value: high }],
    },
  ];
}

function dateKnob(body: unknown, path: string, life: number): TornadoKnob[] {
  const value = valueAt(body, path);
  const reading = readInstant(value);
  if (!reading.ok) return [];
  const step = Math.max(1, Math.round((life * STEP) / DAY)) * DAY;
  const written = (at: number): unknown => (typeof value === 'number' ? Number(toSecondsText(at)) : toIsoExact(at));
  const [low, high] = [reading.instant - step, reading.instant + step];
  return [
    {
      path,
      lowWords: toIsoExact(low),
      highWords: toIsoExact(high),
      low: [{ path, value: written(low) }],
      high: [{ path, value: written(high) }],
    },
  ];
}

function badgeKnobs(body: unknown, badge: JsonObject, place: string): TornadoKnob[] {
  const knobs: TornadoKnob[] = [];
  for (const list of ['customerConstraints', 'badgeConstraints']) {
    const constraints = badge[list];
    if (!Array.isArray(constraints)) continue;
    constraints.forEach((_, index) => {
      for (const field of CONSTRAINT_FIELDS)
        knobs.push(...numberKnob(body, `${place}.badge.${list}.${index}.${field}`));
    });
  }
  const end = badge['expiresOnISO'] === undefined || badge['expiresOnISO'] === null ? 'expiresOn' : 'expiresOnISO';
  const [from, to] = [readInstant(badge['startOnISO'] ?? badge['startOn']), readInstant(badge[end])];
  if (from.ok && to.ok) knobs.push(...dateKnob(body, `${place}.badge.${end}`, to.instant - from.instant));
  // Nothing follows from the enrolment expiry of a direct badge (semantics X6).
  const expiries = badge['earnType'] === 'EARN' ? ['earnedBadgeExpiry'] : ['issuedBadgeExpiry', 'earnedBadgeExpiry'];
  for (const expiry of expiries) {
    if (isObject(badge[expiry]) && badge[expiry]['expiryType'] === 'RELATIVE')
      knobs.push(...numberKnob(body, `${place}.badge.${expiry}.value`));
  }
  for (const field of TRIGGER_FIELDS) knobs.push(...numberKnob(body, `${place}.trigger.${field}`));
  return knobs;
}

/** How busy customers are, all segments together. */
function arrivalKnob(body: unknown): TornadoKnob[] {
  const segments = valueAt(body, 'customers.segments');
  if (!Array.isArray(segments)) return [];
  const settings = (factor: number): Setting[] =>
    segments.flatMap((_, index) => {
      const path = `customers.segments.${index}.activity.perWeek`;
      const rate = valueAt(body, path);
      return typeof rate === 'number' ? [{ path, value: rate * factor }] : [];
    });
  const words = (factor: number): string => `${Math.round(factor * 100)}%`;
  const [low, high] = [1 - ARRIVAL_STEP, 1 + ARRIVAL_STEP];
  return [
    {
      path: 'customers.segments.activity.perWeek',
      lowWords: words(low),
      highWords: words(high),
      low: settings(low),
      high: settings(high),
    },
  ];
}

/** The knobs of one badge that a tornado turns: caps, windows, threshold, end and expiries, and the arrival rate. */
export function tornadoKnobs(body: unknown, badge: number): TornadoKnob[] {
  const definition = valueAt(body, `badges.${badge}.badge`);
  return [...(isObject(definition) ? badgeKnobs(body, definition, `badges.${badge}`) : []), ...arrivalKnob(body)];
}

function measure(badge: BadgeResult | undefined, what: TornadoMeasure): number {
  return (what === 'cost' ? badge?.cost?.expected : badge?.[what]) ?? 0;
}

/** An end of a bar is known when it is so near what all runs would give: a share of the longest bar, about as much as can be seen of it. */
const KNOWN = 0.02;
/** And its direction, but for one that cannot be seen whichever it has. */
const UNSEEN = 0.001;
const KNOWN_DEVIATIONS = 2;

/** What matters most, and how many of the runs asked for it took. */
export interface TornadoAnswer {
  bars: TornadoBar[];
  /** Runs of all ends and of the scenario as it stands. */
  runs: number;
  /** What all of them would have been. */
  of: number;
}

/**
 * Answer 5: what matters most. Runs the scenario with each knob a quarter (the arrival rate a fifth) lower and higher on
 * the same draws; longest bar first. An end is run on only for as long as it is not known to a fiftieth of the longest bar, and by its direction:
 * as differences are taken run by run, many are after few.
 *
 * @param runsOf the runs of the scenario with these changes
 */
export async function tornado(
  knobs: readonly TornadoKnob[],
  key: string,
  what: TornadoMeasure,
  runsOf: (settings: readonly Setting[]) => VersionRuns,
): Promise<TornadoAnswer> {
  const valuesOf = async (version: VersionRuns, many: number): Promise<number[]> =>
    (await version.more(many)).map((badges) => measure(badges[key], what));
  const standing = { version: runsOf([]), values: [] as number[] };
  const { most } = standing.version;
  const ends = knobs.flatMap(({ low, high }) =>
    [low, high].map((settings) => ({ version: runsOf(settings), values: [] as number[], mean: 0, isOpen: true })),
  );
  for (const look of decisionLooks(most)) {
    const open = ends.filter(({ isOpen }) => isOpen);
    if (open.length === 0 && standing.values.length > 0) break;
    standing.values.push(...(await valuesOf(standing.version, look - standing.values.length)));
    const differences: number[][] = [];
    for (const end of open) {
      end.values.push(...(await valuesOf(end.version, look - end.values.length)));
      differences.push(end.values.map((value, run) => value - standing.values[run]!));
    }
    const known = differences.map((values) => farthest(values, most, KNOWN_DEVIATIONS));
    open.forEach((end, place) => (end.mean = known[place]!.mean));
    const longest = ends.reduce((reach, { mean }) => Math.max(reach, Math.abs(mean)), 0);
    open.forEach((end, place) => {
      const { mean, off } = known[place]!;
      // A limit that was reached in none of so few runs may be in others, and then by as much as runs differ.
      const unseen = unseenBy(look, most, standing.values);
      end.isOpen = Math.max(off, unseen) > KNOWN * longest || (off > Math.abs(mean) && off > UNSEEN * longest);
    });
  }
  const bars = knobs.map(({ path, lowWords, highWords }, place): TornadoBar => {
    const [low, high] = [ends[2 * place]!.mean, ends[2 * place + 1]!.mean];
    return { path, lowWords, highWords, low, high };
  });
  const reach = (bar: TornadoBar): number => Math.max(Math.abs(bar.low), Math.abs(bar.high));
  return {
    bars: bars.sort((left, right) => reach(right) - reach(left)),
    runs: [standing, ...ends].reduce((sum, { values }) => sum + values.length, 0),
    of: (1 + ends.length) * most,
  };
}
