import { readInstant } from '../../../shared/domain/instant';
import type { ScenarioBody } from '../../../shared/ipc/simulation-contract';
import { partsOfPath, valueAt } from '../../../shared/simulation/scenario-value';
import { tornadoKnobs } from '../../../shared/simulation/tornado';
import { numberFormat } from '../../lib/format';

const FIELD_WORDS: Readonly<Record<string, string>> = {
  maxEarnLimit: 'limit',
  refreshRate: 'length',
  rollValue: 'length',
  rollForDays: 'days',
  maxEarnForDays: 'day limit',
  rollForWeeks: 'weeks',
  maxEarnForWeeks: 'week limit',
  rollForMonths: 'months',
  maxEarnForMonths: 'month limit',
  expiresOn: 'End of the badge',
  expiresOnISO: 'End of the badge',
  every: 'Events for an attempt',
  count: 'Events for an attempt',
  amount: 'Amount for an attempt',
  withinDays: 'Days within which they count',
  minAmount: 'Least amount of an event',
  perWeek: 'Events a week',
};

const CONSTRAINT_WORDS: Readonly<Record<string, string>> = {
  CUSTOMER_BADGE_FIXED_VALUE: 'Customer, in all',
  CUSTOMER_BADGE_FIXED_WINDOW: 'Customer, fixed',
  CUSTOMER_BADGE_ROLLING_WINDOW: 'Customer, rolling',
  BADGE_FIXED_VALUE: 'Badge, in all',
  BADGE_FIXED_WINDOW: 'Badge, fixed',
  BADGE_ROLLING_WINDOW: 'Badge, rolling',
};

/** A path of a scenario in words: `Badge, in all: limit`. */
export function knobWords(body: ScenarioBody, path: string): string {
  const parts = partsOfPath(path);
  const field = parts.at(-1) ?? '';
  const words = FIELD_WORDS[field] ?? field;
  const list = parts.findIndex((part) => part === 'customerConstraints' || part === 'badgeConstraints');
  if (list >= 0) {
    const type = valueAt(body, [...parts.slice(0, list + 2), 'constraintType'].join('.'));
    return `${CONSTRAINT_WORDS[String(type)] ?? String(type)}: ${words}`;
  }
  if (field === 'value')
    return parts.includes('issuedBadgeExpiry') ? 'How long an enrolment lasts' : 'How long an award lasts';
  return words;
}

export interface KnobChoice {
  path: string;
  label: string;
  /** What the scenario has there now. */
  value: unknown;
  isDate: boolean;
}

/** What of a badge can be turned in whole steps. */
export function knobChoices(body: ScenarioBody, badge: number): KnobChoice[] {
  return tornadoKnobs(body, badge).flatMap(({ path }) => {
    const value = valueAt(body, path);
    const isDate = /expiresOn(ISO)?$/.test(path);
    if (!isDate && !Number.isInteger(value)) return [];
    return [{ path, label: knobWords(body, path), value, isDate }];
  });
}

/** A knob's value as people read it: numbers grouped, instants as the days of UTC. */
export function valueWords(value: unknown): string {
  if (typeof value === 'string' && readInstant(value).ok) return value.slice(0, 10);
  return typeof value === 'number' ? numberFormat({ maximumFractionDigits: 2 }).format(value) : String(value);
}
