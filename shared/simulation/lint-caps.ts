import type { BadgeDefinition, Constraint, ConstraintLevel, PeriodUnit } from '../domain/badge';
import { DAY } from '../domain/instant';
import { message, type Message, type MessageKey } from '../words/message';
import { finding, type Finding } from './json-path';

/** A limit as a person reads it: so many awards in so many days. */
interface Limit {
  level: ConstraintLevel;
  path: string;
  words: Message;
  limit: number;
  /** Shortest and longest the window can be, in days; Infinity for the badge's whole life. */
  shortest: number;
  longest: number;
  form: 'total' | 'cycle' | 'rolling';
}

const SHORTEST: Readonly<Record<PeriodUnit, number>> = { DAYS: 1, WEEKS: 7, MONTHS: 28 };
const LONGEST: Readonly<Record<PeriodUnit, number>> = { DAYS: 1, WEEKS: 7, MONTHS: 31 };

const IN_THE_LAST = {
  DAYS: 'scenarios.inTheLastDays',
  WEEKS: 'scenarios.inTheLastWeeks',
  MONTHS: 'scenarios.inTheLastMonths',
} as const satisfies Record<PeriodUnit, MessageKey>;
const EVERY = {
  DAYS: 'scenarios.everyDays',
  WEEKS: 'scenarios.everyWeeks',
  MONTHS: 'scenarios.everyMonths',
} as const satisfies Record<PeriodUnit, MessageKey>;

function limitsOf(constraint: Constraint, level: ConstraintLevel, place: string): Limit[] {
  const rolling = (unit: PeriodUnit, value: number, limit: number, field: string): Limit[] =>
    value === 0
      ? []
      : [
          {
            level,
            path: `${place}.${field}`,
            words: message(IN_THE_LAST[unit], { limit: String(limit), value }),
            limit,
            shortest: value * SHORTEST[unit],
            longest: value * LONGEST[unit],
            form: 'rolling',
          },
        ];
  switch (constraint.kind) {
    case 'NO_LIMIT':
      return [];
    case 'FIXED_VALUE':
      return [
        {
          level,
          path: `${place}.maxEarnLimit`,
          words: message('scenarios.limitInAll', { limit: String(constraint.maxEarnLimit) }),
          limit: constraint.maxEarnLimit,
          shortest: Infinity,
          longest: Infinity,
          form: 'total',
        },
      ];
    case 'FIXED_WINDOW': {
      const value = constraint.refreshRate ?? 1;
      const unit = constraint.durationType;
      // The first and the last cycle may be cut short (semantics W3, W4): the shortest that counts is a whole one.
      return [
        {
          level,
          path: `${place}.maxEarnLimit`,
          words: message(EVERY[unit], { limit: String(constraint.maxEarnLimit), value }),
          limit: constraint.maxEarnLimit,
          shortest: value * SHORTEST[unit],
          longest: value * LONGEST[unit],
          form: 'cycle',
        },
      ];
    }
    case 'BADGE_ROLLING_WINDOW':
      return rolling(constraint.rollType, constraint.rollValue, constraint.maxEarnLimit, 'rollValue');
    case 'CUSTOMER_ROLLING_WINDOW':
      return [
        ...rolling('DAYS', constraint.rollForDays, constraint.maxEarnForDays, 'rollForDays'),
        ...rolling('WEEKS', constraint.rollForWeeks, constraint.maxEarnForWeeks, 'rollForWeeks'),
        ...rolling('MONTHS', constraint.rollForMonths, constraint.maxEarnForMonths, 'rollForMonths'),
      ];
  }
}

/** The most awards that a tighter limit lets into one window of a wider one. */
function mostWithin(tight: Limit, wide: Limit): number {
  if (tight.form === 'total') return tight.limit;
  if (wide.longest === Infinity) return Infinity;
  const windows = Math.ceil(wide.longest / tight.shortest);
  // Windows that do not begin together overlap one more of the tighter kind; single days always begin with a cycle.
  const isAligned = tight.form === 'rolling' || (wide.form === 'cycle' && tight.longest === 1);
  return tight.limit * (isAligned ? windows : windows + 1);
}

/** Each limit is held against each other one: no form has so many, and a body of ten thousands would never be through. */
const MOST_COMPARED = 100;

/** Contradictions among the limits of one badge, of the first hundred of each level. @param place of the badge body in the scenario, such as `badges[0].badge` */
export function lintCaps(definition: BadgeDefinition, place: string): Finding[] {
  const limits = [
    ...definition.customerConstraints
      .slice(0, MOST_COMPARED)
      .flatMap((constraint, index) => limitsOf(constraint, 'CUSTOMER', `${place}.customerConstraints[${index}]`)),
    ...definition.badgeConstraints
      .slice(0, MOST_COMPARED)
      .flatMap((constraint, index) => limitsOf(constraint, 'BADGE', `${place}.badgeConstraints[${index}]`)),
  ];
  const findings: Finding[] = [];
  const life = (definition.expiresOn - definition.startOn) / DAY;
  for (const [index, limit] of limits.entries()) {
    if (limit.limit === 0) findings.push(finding(limit.path, message('scenarios.limitIsZero')));
    if (limit.form === 'rolling' && definition.earnType === 'EARN' && limit.shortest > life) {
      findings.push(
        finding(limit.path, message('scenarios.longerThanLife', { limit: limit.words, days: String(Math.ceil(life)) })),
      );
    }
    const tighter = limits.find(
      (other, position) =>
        position !== index &&
        other.level === limit.level &&
        other.limit > 0 &&
        (other.longest < limit.shortest || (other.form === 'total' && limit.form !== 'total')) &&
        mostWithin(other, limit) <= limit.limit,
    );
    if (tighter !== undefined) {
      findings.push(
        finding(limit.path, message('scenarios.neverReached', { limit: limit.words, other: tighter.words })),
      );
    }
    const badgeWide = limits.find(
      (other) => other.level === 'BADGE' && other.form === 'total' && other.limit > 0 && other.limit <= limit.limit,
    );
    if (limit.level === 'CUSTOMER' && badgeWide !== undefined) {
      findings.push(
        finding(limit.path, message('scenarios.noCustomerReaches', { limit: limit.words, awards: badgeWide.limit })),
      );
    }
  }
  return findings;
}
