import { readInstant } from '../../../shared/domain/instant';
import type { LimitType } from '../../../shared/domain/read-constraints';
import type { ScenarioBody } from '../../../shared/ipc/simulation-contract';
import { partsOfPath, valueAt } from '../../../shared/simulation/scenario-value';
import { tornadoKnobs } from '../../../shared/simulation/tornado';
import { numberFormat } from '../../lib/format';
import { say, sayMessage } from '../../lib/say.svelte';
import type { MessageKey } from '../../../shared/words/message';

const FIELD_KEYS: Readonly<Record<string, MessageKey>> = {
  maxEarnLimit: 'simulate.knobLimit',
  refreshRate: 'simulate.knobLength',
  rollValue: 'simulate.knobLength',
  rollForDays: 'simulate.knobDays',
  maxEarnForDays: 'simulate.knobDayLimit',
  rollForWeeks: 'simulate.knobWeeks',
  maxEarnForWeeks: 'simulate.knobWeekLimit',
  rollForMonths: 'simulate.knobMonths',
  maxEarnForMonths: 'simulate.knobMonthLimit',
  expiresOn: 'simulate.knobEnd',
  expiresOnISO: 'simulate.knobEnd',
  every: 'simulate.knobEvents',
  count: 'simulate.knobEvents',
  amount: 'simulate.knobAmount',
  withinDays: 'simulate.knobWithinDays',
  weeksInRow: 'simulate.knobWeeksInRow',
  minAmount: 'simulate.knobMinAmount',
  perWeek: 'simulate.knobPerWeek',
};

const CONSTRAINT_KEYS: Readonly<Record<string, MessageKey>> = {
  CUSTOMER_BADGE_FIXED_VALUE: 'simulate.knobCustomerInAll',
  CUSTOMER_BADGE_FIXED_WINDOW: 'simulate.knobCustomerFixed',
  CUSTOMER_BADGE_ROLLING_WINDOW: 'simulate.knobCustomerRolling',
  BADGE_FIXED_VALUE: 'simulate.knobBadgeInAll',
  BADGE_FIXED_WINDOW: 'simulate.knobBadgeFixed',
  BADGE_ROLLING_WINDOW: 'simulate.knobBadgeRolling',
} satisfies Record<LimitType, MessageKey>;

/** The words of a value's key, or the value as it is. */
function worded(keys: Readonly<Record<string, MessageKey>>, value: string): string {
  const key = Object.hasOwn(keys, value) ? keys[value] : undefined;
  return key === undefined ? value : sayMessage({ key, values: {} });
}

/** A path of a scenario in words: `Badge, in all: limit`. */
export function knobWords(body: ScenarioBody, path: string): string {
  const parts = partsOfPath(path);
  const field = parts.at(-1) ?? '';
  const words = worded(FIELD_KEYS, field);
  const list = parts.findIndex((part) => part === 'customerConstraints' || part === 'badgeConstraints');
  if (list >= 0) {
    const type = valueAt(body, [...parts.slice(0, list + 2), 'constraintType'].join('.'));
    return `${worded(CONSTRAINT_KEYS, String(type))}: ${words}`;
  }
  if (field === 'value')
    return say(parts.includes('issuedBadgeExpiry') ? 'simulate.knobEnrolmentLasts' : 'simulate.knobAwardLasts');
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
