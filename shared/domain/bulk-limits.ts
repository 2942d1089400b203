import { BodyReader, isObject, type JsonObject } from './body-reader';
import type { Constraint, ConstraintLevel, PeriodUnit } from './badge';
import { numberText, withNumberTexts } from './json';
import { readConstraints, type CONSTRAINT_TYPES } from './read-constraints';
import { message, type Message } from '../words/message';

/** Which limits of a level a change is about. */
export const LIMIT_KINDS = ['ANY', 'FIXED_VALUE', 'FIXED_WINDOW', 'ROLLING_WINDOW'] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** A limit as a body spells it. */
export interface NewLimit {
  [key: string]: string | number;
  constraintType: (typeof CONSTRAINT_TYPES)[number];
}

/** What is said of a limit that is to be added; `length` counts the days of a window, or the units of a period. */
export interface WantedLimit {
  kind: Exclude<LimitKind, 'ANY'>;
  limit: number | null;
  unit: PeriodUnit;
  length: number | null;
}

/** The limit that is wanted, as a body spells it; null while a number is missing. */
export function newLimit(level: ConstraintLevel, { kind, limit, unit, length }: WantedLimit): NewLimit | null {
  const constraintType = `${level === 'CUSTOMER' ? 'CUSTOMER_BADGE_' : 'BADGE_'}${kind}` as const;
  if (limit === null) return null;
  if (kind === 'FIXED_VALUE') return { constraintType, maxEarnLimit: limit };
  if (kind === 'FIXED_WINDOW' && unit !== 'DAYS') return { constraintType, maxEarnLimit: limit, durationType: unit };
  if (length === null) return null;
  if (kind === 'FIXED_WINDOW') return { constraintType, maxEarnLimit: limit, durationType: unit, refreshRate: length };
  if (level === 'BADGE') return { constraintType, rollType: unit, rollValue: length, maxEarnLimit: limit };
  const roll = ({ DAYS: 'Days', WEEKS: 'Weeks', MONTHS: 'Months' } as const)[unit];
  return { constraintType, [`rollFor${roll}`]: length, [`maxEarnFor${roll}`]: limit };
}

/** A change of the limits of one level. `percent` is a whole number, below zero to lower. */
export type LimitAction =
  | { action: 'set'; kind: LimitKind; limit: number }
  | { action: 'raise'; kind: LimitKind; percent: number }
  | { action: 'remove'; kind: LimitKind }
  | { action: 'add'; constraint: NewLimit };

/** One limit before and after; null where there was, or is, none. As it stands in the body. */
export interface LimitStep {
  path: string;
  before: JsonObject | null;
  after: JsonObject | null;
}

export type LimitChange = { body: JsonObject; steps: readonly LimitStep[] } | { kept: Message };

const LISTS = ['customerConstraints', 'badgeConstraints'] as const;
const ROLLS = ['Days', 'Weeks', 'Months'] as const;
const DIGITS = /^-?\d{1,15}$/;

const listOf = (level: ConstraintLevel): (typeof LISTS)[number] => (level === 'CUSTOMER' ? LISTS[0] : LISTS[1]);

/** A limit counts for the level of its own prefix, in whichever list it stands (semantics C6). */
function isMeant(constraint: unknown, level: ConstraintLevel, kind: LimitKind): constraint is JsonObject {
  if (!isObject(constraint)) return false;
  const type = String(constraint['constraintType']);
  if (type.endsWith('NO_LIMIT') || type.startsWith('CUSTOMER_') !== (level === 'CUSTOMER')) return false;
  return kind === 'ANY' ? /FIXED_VALUE$|FIXED_WINDOW$|ROLLING_WINDOW$/.test(type) : type.endsWith(kind);
}

/** The keys of a limit that hold how often; of a customer's rolling limit those that are switched on (semantics C3). */
function limitKeys(constraint: JsonObject): string[] {
  if (constraint['constraintType'] !== 'CUSTOMER_BADGE_ROLLING_WINDOW') return ['maxEarnLimit'];
  return ROLLS.filter((unit) => Number(constraint[`rollFor${unit}`] ?? 0) > 0).map((unit) => `maxEarnFor${unit}`);
}

/** A share of a limit as a whole number, away from the old one: 5 and 10 % make 6, 5 and −10 % make 4. */
export function raised(limit: number, percent: number): number {
  const hundredths = BigInt(limit) * BigInt(100 + percent);
  const whole = hundredths / 100n;
  const up = percent > 0 && hundredths % 100n > 0n ? 1n : 0n;
  return Number(whole + up);
}

function numbered(constraint: JsonObject, next: (limit: number) => number): JsonObject | null {
  let changed = constraint;
  for (const key of limitKeys(constraint)) {
    const text = numberText(constraint, key) ?? constraint[key];
    if (typeof text !== 'string' || !DIGITS.test(text)) return null;
    const value = next(Number(text));
    if (!Number.isSafeInteger(value)) return null;
    if (value !== Number(text)) changed = { ...changed, [key]: value };
  }
  return changed;
}

/** The limit as the rules read it; null where they cannot. */
export function limitOf(constraint: JsonObject): { level: ConstraintLevel; constraint: Constraint } | null {
  const { customerConstraints, badgeConstraints } = readConstraints(new BodyReader(), {
    customerConstraints: [constraint],
  });
  const [ofCustomer] = customerConstraints;
  const [ofBadge] = badgeConstraints;
  if (ofCustomer !== undefined) return { level: 'CUSTOMER', constraint: ofCustomer };
  return ofBadge === undefined ? null : { level: 'BADGE', constraint: ofBadge };
}

const sameLimit = (one: unknown, other: JsonObject): boolean =>
  isObject(one) && JSON.stringify(limitOf(one)) === JSON.stringify(limitOf(other));

function added(body: JsonObject, level: ConstraintLevel, constraint: JsonObject): LimitChange {
  const key = listOf(level);
  const list = body[key] ?? [];
  if (!Array.isArray(list)) return { kept: message('bulk.unreadableField', { field: key }) };
  if (LISTS.some((name) => Array.isArray(body[name]) && body[name].some((held) => sameLimit(held, constraint))))
    return { body, steps: [] };
  const next: unknown[] = withNumberTexts([...(list as unknown[]), constraint], list);
  return {
    body: { ...body, [key]: next },
    steps: [{ path: `${key}[${next.length - 1}]`, before: null, after: constraint }],
  };
}

/**
 * Changes the limits of one level of a body. What is written beside them, and how, stays.
 *
 * @returns `kept` with the reason where no such limit is there, or its number cannot be read; no step where it says so already
 */
export function changeLimits(body: JsonObject, level: ConstraintLevel, change: LimitAction): LimitChange {
  if (change.action === 'add') return added(body, level, change.constraint);
  const steps: LimitStep[] = [];
  let found = false;
  let next = body;
  for (const key of LISTS) {
    const list = body[key];
    if (list === undefined || list === null) continue;
    if (!Array.isArray(list)) return { kept: message('bulk.unreadableField', { field: key }) };
    const kept: unknown[] = [];
    for (const [index, constraint] of (list as unknown[]).entries()) {
      const path = `${key}[${index}]`;
      if (!isMeant(constraint, level, change.kind)) {
        kept.push(constraint);
        continue;
      }
      found = true;
      if (change.action === 'remove') {
        steps.push({ path, before: constraint, after: null });
        continue;
      }
      const after = numbered(constraint, (limit) =>
        change.action === 'set' ? change.limit : raised(limit, change.percent),
      );
      if (after === null) return { kept: message('bulk.unreadableField', { field: path }) };
      if (after !== constraint) steps.push({ path, before: constraint, after });
      kept.push(after);
    }
    if (kept.length !== list.length || kept.some((entry, index) => entry !== list[index]))
      next = { ...next, [key]: withNumberTexts(kept, kept.length === list.length ? list : {}) };
  }
  return found ? { body: next, steps } : { kept: message('bulk.noSuchLimit') };
}
