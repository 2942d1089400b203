import { isKnownCode, MESSAGES } from '../domain/codes';
import { instantOf, SECOND, toIsoExact } from '../domain/instant';
import { CONSTRAINT_TYPES } from '../domain/read-constraints';
import type { OrgSettings } from '../domain/settings';
import { message } from '../words/message';
import { inOrder, percentile } from './bands';
import { finding, type Finding } from './json-path';
import type { LintExpectation, MeasureExpectation, Place, Policy } from './policy';
import type { BadgeResult } from './result';

/** A line that a measure must keep to. Instants are ISO texts in verdicts. */
export type LineKind = 'min' | 'max' | 'notBefore' | 'notAfter';

export interface LineVerdict {
  line: LineKind;
  limit: number | string;
  ok: boolean;
  /** How far on the right side of the line; below zero: how far beyond it. Seconds of instants; null: never reached. */
  margin: number | null;
}

export type Verdict =
  | {
      kind: 'measure';
      badge: string;
      segment: string | null;
      measure: string;
      at: Place;
      /** Null: an instant that never comes. */
      value: number | string | null;
      ok: boolean;
      lines: LineVerdict[];
    }
  | {
      kind: 'lint';
      ok: boolean;
      /** Findings that may not stand. */
      found: ({ code: string } & Finding)[];
    }
  | ({ kind: 'mistake'; ok: false } & Finding);

/** Replications of a scenario, in order, by badge. */
type Runs = readonly Readonly<Record<string, BadgeResult>>[];

/** Measures that are instants. */
export const INSTANTS: ReadonlySet<string> = new Set(['exhaustedAt', 'firstRejectedAt']);
const WHOLE = /^[1-9]\d{0,8}$/;
const TYPES: readonly string[] = CONSTRAINT_TYPES;
/** Codes from here on are warnings, with which nothing is refused. */
const FIRST_WARNING = 990_100;
const isRefusal = (code: string): boolean =>
  WHOLE.test(code) && isKnownCode(Number(code)) && Number(code) < FIRST_WARNING;
const REFUSALS = Object.keys(MESSAGES).filter(isRefusal);
interface Count {
  has: (name: string) => boolean;
  /** Those to choose from, of which the result may leave out what is zero. */
  names: readonly string[];
}
/** Counts of which those that are zero are left out: what may stand in them. */
const COUNTS: Readonly<Record<string, Count>> = {
  enrolRejected: { has: isRefusal, names: REFUSALS },
  rejected: { has: isRefusal, names: REFUSALS },
  rejectedByConstraint: { has: (name) => TYPES.includes(name), names: TYPES },
  awardsPerCustomer: { has: (awards) => WHOLE.test(awards), names: ['1'] },
};

/** Codes with which an org answers a full limit: they may be other than those that are known. */
export type LimitCodes = Readonly<Partial<Pick<OrgSettings, 'customerLimitCode' | 'badgeLimitCode'>>>;

/** Whether a count that no run holds is one that could be there: with every other name it would be zero for ever. */
function isCount([counts = '', name = '', ...rest]: readonly string[], own: LimitCodes, runs: Runs): boolean {
  if (rest.length > 0 || !Object.hasOwn(COUNTS, counts)) return false;
  if (COUNTS[counts]!.has(name)) return true;
  if (counts === 'rejected' && [own.customerLimitCode, own.badgeLimitCode].some((code) => String(code) === name))
    return true;
  return runs.some((badges) =>
    Object.values(badges).some((badge) => {
      const held: unknown = badge[counts as keyof BadgeResult];
      return isObject(held) && Object.hasOwn(held, name);
    }),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The number at a path of a badge's, or a segment's, block; days by their date. Undefined where there is none. */
function numberAt(block: unknown, path: readonly string[], isZero: boolean): number | undefined {
  let value = block;
  path.forEach((part, depth) => {
    if (Array.isArray(value)) value = value.find((entry) => isObject(entry) && entry['day'] === part);
    else if (isObject(value) && Object.hasOwn(value, part)) value = value[part];
    else value = depth === 1 && isObject(value) && isZero ? 0 : undefined;
  });
  return typeof value === 'number' ? value : undefined;
}

/** Which numbers there are where a path stops leading on; at the beginning, those of the block. */
function numbersAlong(block: object, path: readonly string[]): string[] {
  let at: object = block;
  const walked: string[] = [];
  for (const part of path) {
    const next: unknown = Object.hasOwn(at, part) ? (at as Record<string, unknown>)[part] : undefined;
    if (!isObject(next) || Array.isArray(next)) break;
    at = next;
    walked.push(part);
  }
  const start = walked.join('.');
  if (Object.hasOwn(COUNTS, start)) {
    const held = [...new Set([...COUNTS[start]!.names, ...Object.keys(at)])];
    return held.map((name) => `${start}.${name}`);
  }
  const names = Object.entries(at).flatMap(([name, value]) => {
    if (typeof value === 'number') return [[...walked, name].join('.')];
    if (walked.length > 0) return isObject(value) ? [[...walked, name].join('.')] : [];
    if (INSTANTS.has(name)) return [name];
    if (name === 'cost') return value === null ? [] : ['cost.expected'];
    return isObject(value) ? [`${name}.*`] : [];
  });
  return walked.length > 0 && names.length > 0 ? names : ['servedShare', ...names];
}

/** Of those who tried, the share who got it; 1 where nobody tried. */
const servedShare = (block: { customersAwarded: number; customersTurnedAway: number }): number => {
  const tried = block.customersAwarded + block.customersTurnedAway;
  return tried === 0 ? 1 : block.customersAwarded / tried;
};

/** Microseconds since 1970 of an instant that a result holds; what never comes is after every date. */
const atInstant = (value: string | null): number => (value === null ? Infinity : instantOf(value));

/** A spread's number, in which some may be infinite. */
function numberOf(values: readonly number[], at: Place): number {
  if (at === 'first') return values[0]!;
  if (at === 'mean') return values.reduce((sum, value) => sum + value / values.length, 0);
  return percentile(inOrder(values), { p10: 0.1, p50: 0.5, p90: 0.9 }[at]);
}

/** A measure of a badge in every replication, and whether it is an instant; why it cannot be taken. */
export function measureValues(
  what: { badge: string; measure: string },
  runs: Runs,
  own: LimitCodes = {},
): { values: number[]; isInstant: boolean } | { names: string; field: 'badge' | 'measure' } {
  const taken = valuesOf(what, runs, own);
  if (!('field' in taken)) return { ...taken, isInstant: INSTANTS.has(what.measure) };
  return { names: taken.names, field: taken.field === 'badge' ? 'badge' : 'measure' };
}

/** A measure in every replication; why it cannot be taken. */
function valuesOf(
  { badge, segment, measure }: Pick<MeasureExpectation, 'badge' | 'segment' | 'measure'>,
  runs: Runs,
  own: LimitCodes,
): { values: number[] } | { field: 'badge' | 'segment' | 'measure'; names: string } {
  const results = runs.map((badges) => (Object.hasOwn(badges, badge) ? badges[badge] : undefined));
  const [first] = results;
  if (first === undefined) return { field: 'badge', names: Object.keys(runs[0] ?? {}).join(', ') };
  const blocks = results.map((result) => (segment === undefined ? result! : result!.bySegment[segment]));
  if (segment !== undefined && !Object.hasOwn(first.bySegment, segment))
    return { field: 'segment', names: Object.keys(first.bySegment).join(', ') };
  if (measure === 'servedShare') return { values: blocks.map((block) => servedShare(block!)) };
  if (INSTANTS.has(measure) && segment === undefined)
    return { values: results.map((result) => atInstant(result![measure as 'exhaustedAt' | 'firstRejectedAt'])) };
  const path = measure.split('.');
  const isZero = isCount(path, own, runs);
  const values = blocks.map((block) => numberAt(block, path, isZero));
  if (values.every((value) => value !== undefined)) return { values };
  return { field: 'measure', names: numbersAlong(blocks[0]!, path).join(', ') };
}

function linesOf(expectation: MeasureExpectation, value: number): LineVerdict[] {
  const verdicts: LineVerdict[] = [];
  const judge = (line: LineKind, limit: number | undefined, told: number | string, unit: number): void => {
    if (limit === undefined) return;
    const isLeast = line === 'min' || line === 'notBefore';
    const margin = (isLeast ? value - limit : limit - value) / unit;
    verdicts.push({ line, limit: told, ok: margin >= 0, margin: Number.isFinite(margin) ? margin : null });
  };
  const { min, max, notBefore, notAfter } = expectation;
  judge('min', min, min ?? 0, 1);
  judge('max', max, max ?? 0, 1);
  judge('notBefore', notBefore, notBefore === undefined ? 0 : toIsoExact(notBefore), SECOND);
  judge('notAfter', notAfter, notAfter === undefined ? 0 : toIsoExact(notAfter), SECOND);
  return verdicts;
}

function verdictOnMeasure(expectation: MeasureExpectation, place: string, runs: Runs, own: LimitCodes): Verdict {
  const { badge, segment, measure } = expectation;
  const mistake = (found: Finding): Verdict => ({ kind: 'mistake', ok: false, ...found });
  if (expectation.at === undefined && runs.length > 1) {
    return mistake(finding(`${place}.at`, message('scenarios.policyNeedsPlace', { runs: runs.length })));
  }
  const taken = valuesOf(expectation, runs, own);
  if ('field' in taken)
    return mistake(finding(`${place}.${taken.field}`, message('scenarios.policyNoSuch', { names: taken.names })));
  const isInstant = INSTANTS.has(measure);
  const wantsInstant = expectation.notBefore !== undefined || expectation.notAfter !== undefined;
  if (isInstant !== wantsInstant)
    return mistake(
      finding(`${place}.measure`, message(isInstant ? 'scenarios.policyIsInstant' : 'scenarios.policyIsNumber')),
    );
  const at = expectation.at ?? 'first';
  const value = numberOf(taken.values, at);
  const lines = linesOf(expectation, value);
  return {
    kind: 'measure',
    badge,
    segment: segment ?? null,
    measure,
    at,
    value: !isInstant ? value : Number.isFinite(value) ? toIsoExact(Math.round(value)) : null,
    ok: lines.every(({ ok }) => ok),
    lines,
  };
}

/** The name by which a policy lets a finding stand: what the finding says, without its facts. */
export function lintCode({ words }: Finding): string {
  return words === undefined ? 'unnamed' : words.key.slice(words.key.indexOf('.') + 1);
}

function verdictOnLint({ lint }: LintExpectation, warnings: readonly Finding[]): Verdict {
  const allowed = lint === 'clean' ? [] : lint;
  const found = warnings
    .map((warning) => ({ code: lintCode(warning), ...warning }))
    .filter(({ code }) => !allowed.includes(code));
  return { kind: 'lint', ok: found.length === 0, found };
}

/**
 * Judges what a scenario came to by a policy: one verdict for each expectation, in order.
 *
 * @param runs every replication's badges, in order and at least one
 * @param warnings of the scenario's lint
 * @param own codes by which the org of the scenario answers a full limit
 */
export function verdictsOf(
  { expect }: Policy,
  runs: Runs,
  warnings: readonly Finding[],
  own: LimitCodes = {},
): Verdict[] {
  return expect.map((expectation, index) =>
    'lint' in expectation
      ? verdictOnLint(expectation, warnings)
      : verdictOnMeasure(expectation, `expect[${String(index)}]`, runs, own),
  );
}
