import { MOST_WEEKS_IN_ROW } from '../domain/badge-trigger';
import { z } from 'zod';
import { dateAt, isZone } from '../domain/calendar';
import { DAY, readInstant } from '../domain/instant';
import { dayFactors } from './day-factors';
import { mostDispersion } from './drop-out';
import { finding, jsonPath, type Finding } from './json-path';
import { MOST_BADGES } from './limits';
import { isTooDeep, TOO_DEEP } from './nesting';
import { otherKind } from './schema-kind';
import { carried, mistakeSentence, uncarried } from './scenario-mistakes';
import { message, type Message } from '../words/message';
import { instantReason } from './instant-reasons';
import { busiestMonth, farthest } from './uncertain-segments';

export const SCENARIO_SCHEMA = 'laurel/scenario@1';

/** Customers are indexed by 32-bit typed arrays; this many still fit the memory of a desktop. */
const MOST_CUSTOMERS = 50_000_000;
const MOST_REPLICATIONS = 100_000;
const MOST_YEARS = 50;
/** Numbers by day that all replications of all badges together keep. */
const MOST_DAYS_KEPT = 10_000_000;
/** Events of one replication: more take days on any machine. */
const MOST_EVENTS = 1e12;
const MOST_WAVES = 1_000;
const MOST_SEGMENTS = 10_000;
const MOST_CALENDAR = 1_000;
/** Of one entry, and of all that share a day. */
const MOST_FACTOR = 1_000;
const MOST_FINDINGS = 100;
/** Of a logarithm: beyond it nothing is known at all. */
const MOST_DEVIATION = 1;
/** The same of what hardly moves how many events there are. */
const MOST_SHAPE_DEVIATION = 3;
/** Draws that a segment may name. */
const MOST_DRAWS = 40;

const asMilliseconds = (value: string | number): Message | string => {
  const date = new Date(Number(value));
  return Number.isNaN(date.getTime()) ? message('scenarios.anotherDate') : String(Number(value) / 1000);
};

/** `every and count`, in the words of each language. */
const allOf = (names: readonly string[]): Message | string => {
  const [first, ...others] = names;
  return others.reduce<Message | string>((before, other) => message('scenarios.and', { before, other }), first ?? '');
};

const instant = z
  .union([z.string(), z.number()], { error: carried(message('scenarios.mustBeInstant')) })
  .transform((value, context) => {
    const reading = readInstant(value);
    if (reading.ok && !reading.looksLikeMilliseconds) return reading.instant;
    if (reading.ok) {
      context.addIssue({
        code: 'custom',
        message: carried(message('scenarios.looksLikeMilliseconds', { meant: asMilliseconds(value) })),
      });
      return z.NEVER;
    }
    context.addIssue({
      code: 'custom',
      message: carried(message('scenarios.theInstant', { reason: instantReason(reading.reason) })),
    });
    return z.NEVER;
  });

const positive = z.number().positive();
const text = z.string().min(1);
// JSON objects are keyed by these names, and this one name would not become a key.
const name = text.max(200).refine((value) => value !== '__proto__', carried(message('scenarios.noResultName')));
const list = <T extends z.ZodType>(element: T, most: number) =>
  z
    .array(element)
    .max(most, carried(message('scenarios.moreEntries', { most })))
    .nullish()
    .transform((value) => value ?? []);

const trigger = z
  .object({
    every: z.number().int().min(1).optional(),
    count: z.number().int().min(1).optional(),
    amount: positive.optional(),
    withinDays: positive.optional(),
    weeksInRow: z.number().int().min(1).max(MOST_WEEKS_IN_ROW).optional(),
    minAmount: z.number().default(0),
    probability: z.number().min(0).max(1).default(1),
  })
  .transform((given, context) => {
    const { minAmount, probability, withinDays } = given;
    const kinds = (['every', 'count', 'amount', 'weeksInRow'] as const).filter((kind) => given[kind] !== undefined);
    if (kinds.length > 1) {
      context.addIssue({
        code: 'custom',
        message: carried(message('scenarios.triggerKinds', { kinds: allOf(kinds) })),
      });
      return z.NEVER;
    }
    if (given.weeksInRow !== undefined)
      return { kind: 'weeks' as const, weeksInRow: given.weeksInRow, minAmount, probability };
    if (given.count === undefined && given.amount === undefined) {
      return { kind: 'every' as const, every: given.every ?? 1, minAmount, probability };
    }
    if (withinDays === undefined) {
      context.addIssue({ code: 'custom', path: ['withinDays'], message: carried(message('scenarios.neededBeside')) });
      return z.NEVER;
    }
    return given.count === undefined
      ? { kind: 'amount' as const, amount: given.amount ?? 0, withinDays, minAmount, probability }
      : { kind: 'count' as const, count: given.count, withinDays, minAmount, probability };
  });

const enrolment = z.object({
  at: instant,
  segments: z
    .array(text)
    .max(MOST_SEGMENTS, carried(message('scenarios.moreEntries', { most: MOST_SEGMENTS })))
    .nullish()
    .transform((value) => value ?? null),
  share: z.number().min(0).max(1).default(1),
});

const cost = z.object({
  perAward: z.number().min(0),
  redemptionRate: z.number().min(0).max(1).default(1),
  currency: z.string().default(''),
});

const badge = z.object({
  key: name,
  badge: z.union([text, z.record(z.string(), z.unknown())], {
    error: carried(message('scenarios.pathOrBody')),
  }),
  owner: z
    .object({ ownerType: text, referenceId: z.union([text, z.number().transform(String)]) })
    .nullish()
    .transform((value) => value ?? null),
  trigger: trigger
    .nullish()
    .transform((value) => value ?? { kind: 'every' as const, every: 1, minAmount: 0, probability: 1 }),
  enrol: list(enrolment, MOST_WAVES),
  cost: cost.nullish().transform((value) => value ?? null),
});

const moves = (most: number) => z.number().min(-most).max(most).default(0);

const segment = z.object({
  name,
  size: z.number().int().min(0),
  /** Newcomers in a week of average activity, beside `size`; each has their first event when they join. Absent: none. */
  joins: z.object({ perWeek: z.number().min(0).max(MOST_CUSTOMERS) }).nullish(),
  activity: z.object({
    perWeek: z.number().min(0).max(10_000),
    dispersion: z.number().min(0).max(1000).default(0),
    weekdays: z
      .array(z.number().min(0).max(1_000_000))
      .length(7, carried(message('scenarios.sevenWeights')))
      .refine((weights) => weights.some((weight) => weight > 0), carried(message('scenarios.notAllZero')))
      .default([1, 1, 1, 1, 1, 1, 1]),
    growthPerMonth: z.number().gt(-1).max(100).default(0),
    /** Weights of the hours that the clock shows, midnight first; absent: all hours alike. */
    hours: z
      .array(z.number().min(0).max(1_000_000))
      .length(24, carried(message('scenarios.twentyFourWeights')))
      .refine((weights) => weights.some((weight) => weight > 0), carried(message('scenarios.notAllZero')))
      .nullish(),
    /** By what the rate is multiplied in each month, January first; absent: in every month alike. */
    season: z
      .array(z.number().min(0).max(MOST_FACTOR))
      .length(12, carried(message('scenarios.twelveFactors')))
      .refine((factors) => factors.some((factor) => factor > 0), carried(message('scenarios.notAllZero')))
      .nullish(),
    /** After each event but that of joining a customer leaves for good with a probability of their own. Absent: nobody does. */
    dropOut: z
      .object({ probability: z.number().min(0).max(1), dispersion: z.number().min(0).default(0) })
      .refine(
        ({ probability, dispersion }) => dispersion === 0 || dispersion < mostDispersion(probability),
        carried(message('scenarios.dropOutTooWide')),
      )
      .nullish(),
    /** Standard deviations of the logarithms of numbers that each run draws anew; absent: they are as they stand. */
    uncertainty: z
      .object({
        perWeek: z.number().min(0).max(MOST_DEVIATION).default(0),
        /** Of 1 + growthPerMonth. */
        growthPerMonth: z.number().min(0).max(MOST_DEVIATION).default(0),
        joins: z.number().min(0).max(MOST_DEVIATION).default(0),
        /**
         * Those who are there are the very customers that the numbers are from: a run draws who of them comes how often, but not
         * how often all of them come, which is known.
         */
        sameCustomers: z.boolean().default(false),
        /** Numbers that hang together: each entry is one draw, and says by how much it moves each of them. */
        together: z
          .array(
            z.object({
              /** Entries of several segments that have the same name are the same draw. */
              draw: text.max(300),
              perWeek: moves(MOST_DEVIATION),
              growthPerMonth: moves(MOST_DEVIATION),
              joins: moves(MOST_DEVIATION),
              amount: moves(MOST_DEVIATION),
              amountSpread: moves(MOST_SHAPE_DEVIATION),
              dispersion: moves(MOST_SHAPE_DEVIATION),
              /** Of the log odds of the drop-out's probability, and of the logarithm of its dispersion. */
              leaving: moves(MOST_SHAPE_DEVIATION),
              leavingDispersion: moves(MOST_SHAPE_DEVIATION),
              /** Of each weekday's weight, Monday first; their mean stays 1. */
              weekdays: z
                .array(z.number().min(-MOST_DEVIATION).max(MOST_DEVIATION))
                .length(7, carried(message('scenarios.sevenWeights')))
                .nullish(),
              /** Of each month's factor, January first. */
              season: z
                .array(z.number().min(-MOST_DEVIATION).max(MOST_DEVIATION))
                .length(12, carried(message('scenarios.twelveFactors')))
                .nullish(),
            }),
          )
          .max(MOST_DRAWS)
          .optional(),
      })
      .nullish(),
    amount: z
      .object({ mean: positive, spread: z.number().min(0).max(100).default(0) })
      .nullish()
      .transform((value) => value ?? null),
  }),
});

const calendarDay = z.iso
  .date({ error: carried(message('scenarios.mustBeDay')) })
  .transform((text) => Date.parse(text) / (DAY / 1000));

const calendarEntry = z
  .object({
    from: calendarDay,
    /** The last day, included; absent: only the first. */
    to: calendarDay.nullish(),
    factor: z.number().min(0).max(MOST_FACTOR),
    name: z.string().max(200).default(''),
  })
  .transform(({ from, to, factor, name }, context) => {
    if (typeof to === 'number' && to < from)
      context.addIssue({ code: 'custom', path: ['to'], message: carried(message('scenarios.dayBeforeFrom')) });
    return { from, to: to ?? from, factor, name };
  });

const estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** What the customers were learned from and how well that forecasts; it says nothing to the engine. */
const learned = z.object({
  /** Name of the file. */
  file: z.string(),
  from: z.string(),
  to: z.string(),
  events: z.number(),
  customers: z.number(),
  segments: z.array(
    z.object({
      name: z.string(),
      perWeek: estimate,
      dispersion: estimate,
      /** How much more the days scatter than the model's do. */
      scatter: z.number(),
    }),
  ),
  holdOut: z
    .object({
      from: z.string(),
      forecast: z.number(),
      actual: z.number(),
      error: z.number().nullable(),
      naive: z.number(),
      naiveError: z.number().nullable(),
      naiveDaysBack: z.number(),
    })
    .nullable(),
});

/** Days; a century. */
const MOST_SHIFT = 36_525;

const events = z.object({
  csv: text,
  /** Of a workbook. */
  sheet: text.optional(),
  customer: text,
  at: text,
  /** Column of the time of day, where the file has it apart from the date. */
  time: text.optional(),
  amount: text.nullish().transform((value) => value ?? null),
  segment: text.nullish().transform((value) => value ?? null),
  /** What the dates are where they are no ISO instants and no seconds; how it is written, the reader of tables says. */
  dateFormat: text.optional(),
  /** Zone of the dates that name none. */
  zone: z
    .string()
    .refine(isZone, carried(message('scenarios.noTimeZone')))
    .optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** So many days of 24 hours each instant of the file is later in the scenario; whole weeks keep each weekday. */
  shiftDays: z.number().int().min(-MOST_SHIFT).max(MOST_SHIFT).optional(),
});

const scenario = z
  .object({
    schema: z.literal(SCENARIO_SCHEMA),
    name: z.string(),
    seed: z.number().int().default(1),
    timeZone: z
      .string()
      .refine(isZone, carried(message('scenarios.noTimeZone')))
      .default('UTC'),
    from: instant,
    to: instant,
    replications: z.number().int().min(1).max(MOST_REPLICATIONS).default(1),
    badges: z
      .array(badge)
      .min(1, carried(message('scenarios.needsBadge')))
      .max(MOST_BADGES, carried(message('scenarios.moreBadges', { most: MOST_BADGES }))),
    customers: z
      .object({
        segments: z
          .array(segment)
          .min(1, carried(message('scenarios.needsSegment')))
          .max(MOST_SEGMENTS, carried(message('scenarios.moreSegments', { most: MOST_SEGMENTS }))),
        learned: learned.nullish().transform((value) => value ?? null),
      })
      .nullish()
      .transform((value) => value ?? null),
    events: events.nullish().transform((value) => value ?? null),
    calendar: list(calendarEntry, MOST_CALENDAR),
  })
  .superRefine((given, context) => {
    const wrong = (path: PropertyKey[], words: Message): void =>
      context.addIssue({ code: 'custom', path, message: carried(words) });
    if (given.from >= given.to) wrong(['to'], message('scenarios.afterFrom'));
    const days = Math.ceil((given.to - given.from) / DAY);
    if (days > MOST_YEARS * 366) wrong(['to'], message('scenarios.yearsAfterFrom', { years: MOST_YEARS }));
    else if (days * given.replications * given.badges.length > MOST_DAYS_KEPT) {
      const most = Math.max(1, Math.floor(MOST_DAYS_KEPT / (days * given.badges.length)));
      wrong(['replications'], message('scenarios.tooMuch', { days, badges: given.badges.length, most }));
    }
    if (given.customers === null && given.events === null) wrong(['customers'], message('scenarios.customersMissing'));
    if (given.customers !== null && given.events !== null) wrong(['events'], message('scenarios.besideCustomers'));
    const unique = (names: readonly string[], path: (index: number) => PropertyKey[]): void => {
      const seen = new Set<string>();
      names.forEach((value, index) => {
        if (seen.has(value)) wrong(path(index), message('scenarios.usedTwice', { name: value }));
        seen.add(value);
      });
    };
    unique(
      given.badges.map((entry) => entry.key),
      (index) => ['badges', index, 'key'],
    );
    const segments = given.customers?.segments ?? [];
    unique(
      segments.map((entry) => entry.name),
      (index) => ['customers', 'segments', index, 'name'],
    );
    // What is wrong with one of these is said above: no day can be counted with it.
    const isLasting = given.from < given.to && days <= MOST_YEARS * 366 && isZone(given.timeZone);
    const factors = isLasting
      ? dayFactors(given.calendar, dateAt(given.from, given.timeZone), days + 1)
      : new Float64Array();
    const busiest = factors.reduce((most, factor) => Math.max(most, factor), 1);
    if (busiest > MOST_FACTOR) wrong(['calendar'], message('scenarios.tooBusy', { most: MOST_FACTOR }));
    // A run whose numbers are not certain may draw them as high as this.
    const mostWeeks = ({ activity }: (typeof segments)[number]): number => {
      const monthly = (1 + activity.growthPerMonth) * farthest(activity, 'growthPerMonth');
      const growth = Math.max(1, monthly ** (days / 30.44));
      return (days / 7) * growth * busiest * busiestMonth(activity);
    };
    const newcomers = (entry: (typeof segments)[number]): number =>
      (entry.joins?.perWeek ?? 0) === 0
        ? 0
        : entry.joins!.perWeek * farthest(entry.activity, 'joins') * mostWeeks(entry);
    if (!(segments.reduce((sum, entry) => sum + entry.size + newcomers(entry), 0) <= MOST_CUSTOMERS)) {
      wrong(['customers', 'segments'], message('scenarios.mostCustomers', { most: String(MOST_CUSTOMERS) }));
    }
    const events = segments.reduce((sum, entry) => {
      const people = entry.size + newcomers(entry);
      if (people === 0 || entry.activity.perWeek === 0) return sum;
      return sum + people * entry.activity.perWeek * farthest(entry.activity, 'perWeek') * mostWeeks(entry);
    }, 0);
    if (!(events <= MOST_EVENTS)) wrong(['customers', 'segments'], message('scenarios.mostEvents'));
    const known = new Set(segments.map((candidate) => candidate.name));
    given.badges.forEach((entry, index) => {
      if (entry.trigger.kind === 'amount') {
        const without = segments.findIndex((candidate) => candidate.activity.amount === null);
        if (without >= 0)
          wrong(
            ['customers', 'segments', without, 'activity', 'amount'],
            message('scenarios.amountNeeded', { key: entry.key }),
          );
        if (given.events?.amount === null) {
          wrong(['events', 'amount'], message('scenarios.amountNeeded', { key: entry.key }));
        }
      }
      if (given.customers === null) {
        entry.enrol.forEach((wave, position) => {
          if (given.events?.segment === null && (wave.segments ?? []).length > 0)
            wrong(['badges', index, 'enrol', position, 'segments'], message('scenarios.noSegmentColumn'));
        });
        return;
      }
      entry.enrol.forEach((wave, position) => {
        wave.segments?.forEach((wanted, place) => {
          if (!known.has(wanted)) {
            wrong(
              ['badges', index, 'enrol', position, 'segments', place],
              message('scenarios.noSuchSegment', { name: wanted }),
            );
          }
        });
      });
    });
  });

/** A scenario file as the engine reads it: defaults filled in, dates as instants. */
export type Scenario = z.output<typeof scenario>;
export type ScenarioBadge = Scenario['badges'][number];
export type Trigger = ScenarioBadge['trigger'];
export type Segment = NonNullable<Scenario['customers']>['segments'][number];
export type LearnedFrom = z.output<typeof learned>;
export type ReplayEvents = NonNullable<Scenario['events']>;

/** Whether days differ by more than their weekdays and the growth. */
export function hasCalendar({ calendar, customers }: Pick<Scenario, 'calendar' | 'customers'>): boolean {
  return calendar.length > 0 || (customers?.segments ?? []).some(({ activity }) => activity.season);
}

export type ScenarioReading = { ok: true; scenario: Scenario } | { ok: false; findings: Finding[] };

/** Reads a scenario (`laurel/scenario@1`) and lists everything wrong with it, each with its place in the JSON. */
export function readScenario(body: unknown): ScenarioReading {
  if (isTooDeep(body)) return { ok: false, findings: [finding('', TOO_DEEP)] };
  const other = otherKind(body, SCENARIO_SCHEMA);
  if (other !== null)
    return { ok: false, findings: [finding('schema', message('scenarios.notScenario', { schema: other }))] };
  const parsed = scenario.safeParse(body, { error: mistakeSentence });
  if (parsed.success) return { ok: true, scenario: parsed.data };
  const { issues } = parsed.error;
  const findings = issues
    .slice(0, MOST_FINDINGS)
    .map((issue) => finding(jsonPath(issue.path), uncarried(issue.message)));
  const left = issues.length - findings.length;
  if (left > 0) findings.push(finding('', message('scenarios.moreMistakes', { count: left })));
  return { ok: false, findings };
}
