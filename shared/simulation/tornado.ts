import { DAY, readInstant, toIsoExact, toSecondsText } from '../domain/instant';
import type { SimulationResult } from './result';
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

function measure(result: SimulationResult, key: string, what: TornadoMeasure): number {
  const badge = result.badges[key];
  const bands = result.bands?.[key];
  if (what === 'cost') return bands?.cost?.expected.mean ?? badge?.cost?.expected ?? 0;
  return bands?.[what].mean ?? badge?.[what] ?? 0;
}

/**
 * Answer 5: what matters most. Runs the scenario with each knob a quarter (the arrival rate a fifth) lower and higher on
 * the same draws; longest bar first.
 *
 * @param run runs the scenario with these changes
 */
export async function tornado(
  knobs: readonly TornadoKnob[],
  key: string,
  what: TornadoMeasure,
  run: (settings: readonly Setting[]) => Promise<SimulationResult>,
): Promise<TornadoBar[]> {
  const base = measure(await run([]), key, what);
  const bars: TornadoBar[] = [];
  for (const { path, lowWords, highWords, low, high } of knobs) {
    const below = measure(await run(low), key, what) - base;
    const above = measure(await run(high), key, what) - base;
    bars.push({ path, lowWords, highWords, low: below, high: above });
  }
  const reach = (bar: TornadoBar): number => Math.max(Math.abs(bar.low), Math.abs(bar.high));
  return bars.sort((left, right) => reach(right) - reach(left));
}
