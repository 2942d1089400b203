import { DAY, HOUR, instantOf, toIsoExact, type Instant } from '../../shared/domain/instant';
import { addMonths, dateAt, doubledMidnight, startOfDate } from '../../shared/domain/calendar';
import type { OrgSettings } from '../../shared/domain/settings';
import { RandomStream } from '../../shared/simulation/random';

/** Zones whose clocks change at midnight, at night, by half an hour, and never; some years back and some ahead. */
const ZONES: readonly (readonly [string, string])[] = [
  ['UTC', '2026-02-20T00:00:00Z'],
  ['Europe/Berlin', '2026-03-20T00:00:00Z'],
  ['Europe/Berlin', '2026-10-10T00:00:00Z'],
  ['America/New_York', '2026-10-20T00:00:00Z'],
  ['America/Sao_Paulo', '2018-10-20T00:00:00Z'],
  ['America/Sao_Paulo', '2018-02-01T00:00:00Z'],
  ['America/Havana', '2026-10-20T00:00:00Z'],
  ['America/St_Johns', '2010-10-30T00:00:00Z'],
  ['Australia/Lord_Howe', '2026-03-20T00:00:00Z'],
  ['Asia/Kolkata', '2024-02-10T00:00:00Z'],
  ['Africa/Cairo', '2026-04-10T00:00:00Z'],
  ['Europe/Berlin', '2026-02-15T00:00:00Z'],
  ['America/New_York', '2026-09-25T00:00:00Z'],
  ['Asia/Kathmandu', '2026-12-20T00:00:00Z'],
];

export interface RandomWave {
  at: Instant;
  /** Indices of the customers, ascending. */
  customers: number[];
}

/** A badge, its org and what happens to it: everything one comparison needs. */
export interface RandomHistory {
  settings: Partial<OrgSettings> & { zone: string };
  body: Record<string, unknown>;
  owner: { ownerType: string; referenceId: string };
  from: Instant;
  to: Instant;
  customers: number;
  waves: RandomWave[];
  events: { at: Instant; customer: number }[];
}

/** Dice for building histories: whole numbers, choices and chances from one seeded stream. */
class Dice {
  private readonly stream: RandomStream;

  constructor(seed: number) {
    this.stream = new RandomStream(['history', seed]);
  }

  whole(low: number, high: number): number {
    return low + Math.floor(this.stream.uniform() * (high - low + 1));
  }

  of<T>(values: readonly T[]): T {
    const value = values[this.whole(0, values.length - 1)];
    if (value === undefined) throw new Error('Nothing to choose from');
    return value;
  }

  chance(probability: number): boolean {
    return this.stream.uniform() < probability;
  }
}

const WEEK_DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

function constraintOf(dice: Dice, level: 'CUSTOMER' | 'BADGE', mostAwards: number): Record<string, unknown> {
  const prefix = level === 'CUSTOMER' ? 'CUSTOMER_BADGE_' : 'BADGE_';
  const limit = dice.chance(0.06) ? 0 : dice.whole(1, mostAwards);
  switch (dice.whole(0, 6)) {
    case 0:
      return { constraintType: `${prefix}FIXED_VALUE`, maxEarnLimit: limit };
    case 1:
      return {
        constraintType: `${prefix}FIXED_WINDOW`,
        durationType: 'DAYS',
        refreshRate: dice.whole(1, 9),
        maxEarnLimit: limit,
      };
    case 2:
      return {
        constraintType: `${prefix}FIXED_WINDOW`,
        durationType: 'WEEKS',
        startDayOfTheWeek: dice.of(WEEK_DAYS),
        maxEarnLimit: limit,
      };
    case 3:
      return { constraintType: `${prefix}FIXED_WINDOW`, durationType: 'MONTHS', maxEarnLimit: limit };
    case 4:
      return { constraintType: `${prefix}NO_LIMIT`, maxEarnLimit: limit };
    default: {
      if (level === 'BADGE') {
        const rollType = dice.of(['DAYS', 'WEEKS', 'MONTHS']);
        return {
          constraintType: `${prefix}ROLLING_WINDOW`,
          rollType,
          rollValue: dice.whole(1, rollType === 'DAYS' ? 9 : 2),
          maxEarnLimit: limit,
        };
      }
      const isOn = (): boolean => dice.chance(0.45);
      return {
        constraintType: `${prefix}ROLLING_WINDOW`,
        rollForDays: isOn() ? dice.whole(1, 9) : 0,
        maxEarnForDays: limit,
        rollForWeeks: isOn() ? dice.whole(1, 3) : 0,
        maxEarnForWeeks: dice.whole(0, mostAwards + 1),
        rollForMonths: isOn() ? dice.whole(1, 2) : 0,
        maxEarnForMonths: dice.whole(1, mostAwards + 3),
      };
    }
  }
}

function expiryOf(dice: Dice, start: Instant, end: Instant): Record<string, unknown> {
  switch (dice.whole(0, 4)) {
    case 0:
      return { expiryType: 'NEVER' };
    case 1:
      return { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META' };
    case 2:
      return {
        expiryType: 'ABSOLUTE',
        type: 'FIXED_DATE',
        expiresOnISO: toIsoExact(dice.whole(start / HOUR, end / HOUR + 200) * HOUR),
      };
    default: {
      const relativeExpiryType = dice.of(['DAYS', 'DAYS', 'WEEKS', 'MONTHS']);
      return {
        expiryType: 'RELATIVE',
        relativeExpiryType,
        value: dice.whole(1, relativeExpiryType === 'DAYS' ? 20 : 2),
      };
    }
  }
}

/** One random badge with a random history, the same for the same number. */
export function randomHistory(seed: number): RandomHistory {
  const dice = new Dice(seed);
  const [zone, fromText] = dice.of(ZONES);
  const from = instantOf(fromText) + (dice.chance(0.5) ? dice.whole(0, 30) * HOUR : 0);
  const days = dice.whole(1, dice.chance(0.3) ? 80 : 30);
  const to = from + days * DAY;
  const start =
    from + (dice.chance(0.3) ? dice.whole(-90 * 24, 24 * Math.ceil(days / 3)) * HOUR : dice.whole(-48, 12) * HOUR);
  const end = Math.max(
    start + HOUR,
    dice.chance(0.4) ? from + dice.whole(1, days * 24) * HOUR : to + dice.whole(0, 400) * HOUR,
  );
  const enrolsFirst = dice.chance(0.45);
  const customers = dice.whole(1, 4);
  const eventCount = dice.whole(5, 34);
  const constraints = (level: 'CUSTOMER' | 'BADGE', most: number): Record<string, unknown>[] =>
    Array.from({ length: dice.of([0, 1, 1, 1, 2, 3]) }, () => constraintOf(dice, level, most));
  const body: Record<string, unknown> = {
    name: `History ${seed}`,
    startOnISO: toIsoExact(start),
    expiresOnISO: toIsoExact(end),
    earnType: enrolsFirst ? 'ISSUE_EARN' : 'EARN',
    earnedBadgeExpiry: expiryOf(dice, start, end),
    issuedBadgeExpiry: enrolsFirst ? expiryOf(dice, start, end) : null,
    ownership: { restrictedToOwners: dice.chance(0.05) ? ['Journeys'] : ['Loyalty', 'Journeys'] },
    customerConstraints: constraints('CUSTOMER', dice.chance(0.1) ? 14 : 4),
    badgeConstraints: constraints('BADGE', dice.chance(0.3) ? 14 : 7),
    active: !dice.chance(0.03),
  };

  // Instants where rules change, and one microsecond either side of them, are where a kernel would go wrong.
  const edges: Instant[] = [start, end];
  const firstDate = dateAt(from, zone);
  const hoursOfChange: Instant[] = [];
  const pieces: Instant[] = [];
  for (let date = firstDate; date <= firstDate + days; date += 1) {
    const midnight = startOfDate(date, zone);
    edges.push(midnight);
    const twice = doubledMidnight(date, zone);
    if (twice !== null) pieces.push(twice.first, twice.change, twice.second);
    if (startOfDate(date + 1, zone) - midnight !== DAY)
      for (let hour = 0; hour < 8; hour += 1) hoursOfChange.push(midnight + hour * HOUR);
  }
  const events: RandomHistory['events'] = [];
  const instant = (): Instant => {
    const earlier = events.length > 0 && dice.chance(0.7) ? dice.of(events).at : null;
    const minutes = (): Instant => from + dice.whole(0, days * 24 * 60) * (HOUR / 60) + dice.whole(0, 999_999);
    const ways: (() => Instant)[] = [minutes, minutes, () => dice.of(edges)];
    // Where clocks go back over midnight, dates change back and forth within the hour.
    if (pieces.length > 0) {
      const near = (): Instant => dice.of(pieces) + dice.whole(-40, 40) * (HOUR / 60);
      ways.push(near, near, near);
    }
    if (hoursOfChange.length > 0) ways.push(() => addMonths(dice.of(hoursOfChange), -dice.of([0, 0, 1, 2]), zone));
    if (earlier !== null) {
      ways.push(
        () => earlier,
        () => addMonths(earlier, dice.of([1, 2]), zone) + dice.of([0, 0, 1, -1]) * HOUR,
        () => earlier + dice.of([1, 2, 3, 5, 7, 9, 14, 21, 28, 30, 31]) * DAY,
      );
    }
    const at = dice.of(ways)();
    return at + (dice.chance(0.25) ? dice.of([-1, 1]) : 0);
  };
  for (let index = 0; index < eventCount; index += 1) {
    const at = instant();
    if (at >= from && at < to) events.push({ at, customer: dice.whole(0, customers - 1) });
  }
  // Events of one instant come in the order of their customers, as they do where each customer is a block.
  events.sort((left, right) => left.at - right.at || left.customer - right.customer);

  const waves: RandomWave[] = [];
  for (let index = dice.whole(enrolsFirst ? 1 : 0, enrolsFirst ? 5 : 1); index > 0; index -= 1) {
    const at = events.length > 0 && dice.chance(0.3) ? dice.of(events).at : from + dice.whole(-24, days * 24) * HOUR;
    waves.push({
      at,
      customers: Array.from({ length: customers }, (_, customer) => customer).filter(() => dice.chance(0.75)),
    });
  }
  return {
    settings: {
      zone,
      weeklyCycles: dice.chance(0.15) ? 'from-start' : 'weekday',
      rollingWindows: dice.chance(0.15) ? 'dates' : 'hours',
    },
    body,
    owner: { ownerType: dice.chance(0.04) ? 'Membercare' : 'Loyalty', referenceId: '626' },
    from,
    to,
    customers,
    waves,
    events,
  };
}
