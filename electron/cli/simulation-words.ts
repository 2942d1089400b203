import type { Known } from '../../shared/simulation/known-width';
import { toIsoExact, type Instant } from '../../shared/domain/instant';
import { weeksOnto } from '../../shared/simulation/shift-weeks';
import type { Finding } from '../../shared/simulation/json-path';
import type { ReplayFile } from '../backend/simulation/replay/replay-file';
import type { BadRow, SkippedSpan } from '../backend/simulation/replay/replay-part';
import type { Scenario } from '../../shared/simulation/scenario';
import type { SimulationProgress } from '../backend/simulation/run';
import { numberedInWords } from '../backend/tables/customer-text';
import { knownForm, unseenOften } from '../../shared/simulation/measure-words';
import { inEnglish } from '../../shared/words/english';
import { judgedInWords } from '../../shared/simulation/result-rules';
import { message } from '../../shared/words/message';
import type { BadgeBands, BadgeResult, EventCounts, SimulationResult } from '../../shared/simulation/result';

const BAR = 24;
const count = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 1 });
const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(1)}%)`;

/** Findings on standard error: the file, the JSON path, and what is wrong. */
export function findingLine(file: string, { path, message }: Finding): string {
  return `${file}: ${path === '' ? 'the whole file' : path}: ${message}`;
}

/** Bad rows by line, the first few. */
export function badRowLines(csv: string, rows: readonly BadRow[], total: number): string[] {
  const shown = rows.slice(0, 10).map(({ file, line, reason }) => `${file ?? csv}:${line}: ${reason}`);
  return total > shown.length ? [...shown, `${csv}: ${count(total - shown.length)} more rows were left out`] : shown;
}

/** From when to when a file's rows are, where none of them lies in the period. */
function outsideLines(
  csv: string,
  { total, skipped }: EventCounts,
  span: SkippedSpan | null,
  { from, to, shiftDays }: { from: Instant; to: Instant; shiftDays: number },
): string[] {
  if (total > 0 || span === null) return [];
  const days = weeksOnto(span.first, from) + shiftDays;
  const rows = skipped === 1 ? 'its only readable row is' : `its ${count(skipped)} readable rows are`;
  return [
    `${csv}: no row lies in the period from ${toIsoExact(from)} to before ${toIsoExact(to)}: ${rows} from ${toIsoExact(span.first)} to ${toIsoExact(span.last)}${shiftDays === 0 ? '' : `, shifted by ${count(shiftDays)} days`}; --set events.shiftDays=${String(days)} shifts them onto it`,
  ];
}

export function simulationProgressLine({ phase, share, done, perSecond, secondsLeft }: SimulationProgress): string {
  const filled = Math.round(share * BAR);
  const left = secondsLeft === null ? '' : `  ${Math.ceil(secondsLeft)} s left`;
  const what = phase === 'reading' ? 'rows' : 'events';
  return `[${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}] ${Math.floor(share * 100)}%  ${count(done)} ${what}  ${count(Math.round(perSecond))}/s${left}`;
}

/** @param cap the badge's cap; null: it has none; undefined: it is not known whether it has one */
function exhaustion(result: BadgeResult, bands: BadgeBands | null, cap: number | null | undefined): string[] {
  const named = typeof cap === 'number' ? `the cap of ${count(cap)}` : 'the cap';
  if (bands === null) {
    if (result.exhaustedAt !== null) return [`  ${named} ran out on ${result.exhaustedAt}`];
    return typeof cap === 'number' ? [`  ${named} never ran out`] : [];
  }
  const { p10, p50, p90, share } = bands.exhaustedAt;
  if (share === 0) {
    if (cap === null) return [];
    return [
      `  ${cap === undefined ? 'no cap' : named} ${cap === undefined ? 'ran' : 'never ran'} out, in any replication`,
    ];
  }
  const first = result.exhaustedAt === null ? `${named} did not run out` : `${named} ran out on ${result.exhaustedAt}`;
  if (share === 1) return [`  ${first}  P10 ${p10}, P50 ${p50}, P90 ${p90}`];
  return [
    `  ${first}; where it did: P10 ${p10}, P50 ${p50}, P90 ${p90}; in ${count((1 - share) * 100)}% of the replications it never did`,
  ];
}

function enrolments(result: BadgeResult): string[] {
  if (result.enrolled === 0 && Object.keys(result.enrolRejected).length === 0) return [];
  const refused = Object.entries(result.enrolRejected).map(
    ([code, number]) => `, ${count(number)} refused with ${code}`,
  );
  return [`  ${count(result.enrolled)} enrolled${refused.join('')}`];
}

function refusals(result: BadgeResult): string[] {
  const reasons = [
    ...Object.entries(result.rejectedByConstraint),
    ...Object.entries(result.rejected).filter(([code]) => code.length < 6),
  ];
  if (reasons.length === 0) return [];
  const shown = reasons.map(([reason, number]) => `${reason}: ${count(number)}`).join(', ');
  return [`  refused by ${shown}; first on ${result.firstRejectedAt}`];
}

function badgeLines(
  key: string,
  result: BadgeResult,
  bands: BadgeBands | null,
  nobody: string | null,
  cap: number | null | undefined,
): string[] {
  if (nobody !== null) return [`${key}: ${nobody}`, ...refusals(result), ...enrolments(result)];
  const eligible = result.customersAwarded + result.customersTurnedAway;
  const spread =
    bands === null
      ? ''
      : `  P10 ${count(bands.awarded.p10)}, P50 ${count(bands.awarded.p50)}, P90 ${count(bands.awarded.p90)}`;
  return [
    `${key}: ${count(result.awarded)} awards from ${count(result.attempts)} attempts${percent(result.awarded, result.attempts)}${spread}`,
    `  ${count(result.customersAwarded)} customers served${percent(result.customersAwarded, eligible)}, ${count(result.customersTurnedAway)} turned away`,
    ...enrolments(result),
    ...refusals(result),
    ...exhaustion(result, bands, cap),
    ...(result.cost === null
      ? []
      : [
          `  expected cost ${count(result.cost.expected)} ${result.cost.currency}${bands?.cost ? `, at risk P90 ${count(bands.cost.expected.p90)}` : ''}`.trimEnd(),
        ]),
  ];
}

/** What a file's customers are known by, where they were given numbers. */
function numberedLines(csv: string, replay: ReplayFile | null): string[] {
  const customers = replay?.customers;
  if (!customers?.texts) return [];
  const { texts, counts } = customers;
  return [`${csv}: ${inEnglish(numberedInWords(counts, texts.ends.length))}`];
}

/** That rows repeat the one before, which an event must not. */
function repeatedLines(csv: string, { repeated = 0 }: Pick<EventCounts, 'repeated'>): string[] {
  return repeated === 0 ? [] : [`${csv}: ${inEnglish(message('tables.repeatedRows', { count: repeated }))}`];
}

/** What is to be said of the file that a scenario replays: none of its rows is lost in silence. Empty where it replays none. */
export function replayLines(
  { events, from, to }: Pick<Scenario, 'events' | 'from' | 'to'>,
  counts: EventCounts,
  replay: ReplayFile | null,
): string[] {
  if (events === null) return [];
  const { csv } = events;
  const { total, skipped, badRows } = counts;
  return [
    ...numberedLines(csv, replay),
    ...repeatedLines(csv, counts),
    ...badRowLines(csv, replay?.firstBadRows ?? [], badRows),
    ...outsideLines(csv, counts, replay?.skippedSpan ?? null, { from, to, shiftDays: events.shiftDays ?? 0 }),
    ...(total + skipped + badRows === 0 ? [`${csv}: it has a heading and no row, so that nothing was played`] : []),
  ];
}

/** How well the number is known for which so many runs were made. */
function knownLine(known: Known, runs: number): string {
  const { badge, measure, at, low, high, confidence, reached } = known;
  const told = (value: number | string | null): string =>
    value === null
      ? 'never'
      : typeof value === 'number'
        ? value.toLocaleString('en', { maximumSignificantDigits: 6 })
        : value;
  const named = `${at === 'mean' ? 'the mean' : at.toUpperCase()} of ${measure}`;
  const form = knownForm(known);
  if (form === 'each')
    return `${badge}: ${measure} is ${told(low)} in each of ${count(runs)} runs; what comes less often than once in ${count(unseenOften(runs))} they may not show`;
  const lies = {
    interval: `lies between ${told(low)} and ${told(high)}`,
    same: low === null ? 'never comes' : `is ${told(low)}`,
    atLeast: `is at least ${told(low)}`,
    atMost: `is at most ${told(high)}`,
    nothing: 'cannot be told by so few runs',
  }[form];
  return `${badge}: ${named} ${lies} (${String(confidence * 100)}%), known after ${count(runs)} runs${reached ? '' : ': not as well as was asked'}`;
}

/**
 * A result in a few sentences a badge.
 *
 * @param nobody by key: why nobody at all can get the badge, in place of the rest
 * @param caps by key: the badge's cap, or null for none; a badge of which it is not known is left out
 */
export function resultLines(
  result: SimulationResult,
  nobody: ReadonlyMap<string, string>,
  caps: ReadonlyMap<string, number | null> = new Map(),
): string[] {
  const { total, skipped, badRows } = result.events;
  const left = [
    skipped > 0 ? `${count(skipped)} outside the period` : '',
    badRows > 0 ? `${count(badRows)} bad rows` : '',
  ].filter((part) => part !== '');
  const runs =
    result.replications === 1
      ? ''
      : `, ${count(result.replications)} replications (numbers of the first, spread over all)`;
  return [
    `${result.scenario}: ${count(total)} events${left.length > 0 ? ` (left out: ${left.join(', ')})` : ''}, seed ${result.seed}${runs}`,
    ...Object.entries(result.badges).flatMap(([key, badge]) =>
      badgeLines(key, badge, result.bands?.[key] ?? null, nobody.get(key) ?? null, caps.get(key)),
    ),
    ...(result.rules === undefined
      ? []
      : [inEnglish(judgedInWords(result.rules, (on) => toIsoExact(on).slice(0, 10)))]),
    ...(result.known === undefined ? [] : [knownLine(result.known, result.replications)]),
  ];
}
