import type { Zone } from '../../../shared/domain/calendar';
import { addMonths, dateAt, startOfDate } from '../../../shared/domain/calendar';
import { withTextsWritten } from '../../../shared/domain/badge-texts';
import { isObject } from '../../../shared/domain/body-reader';
import {
  numberText,
  numberTexts,
  parseJson,
  readJson,
  tellNumberTexts,
  writeJson,
  type NumberText,
} from '../../../shared/domain/json';
import { toIsoExact, type Instant } from '../../../shared/domain/instant';
import type { BadgeDetail } from '../../../shared/ipc/badges-contract';
import { snapshot } from '../../lib/snapshot.svelte';
import type { EventsFile, ScenarioBody } from '../../../shared/ipc/simulation-contract';
import { say } from '../../lib/say.svelte';

/** How events become attempts; exactly one of every, count, amount and weeksInRow. */
export interface TriggerDraft {
  every?: number;
  count?: number;
  amount?: number;
  withinDays?: number;
  weeksInRow?: number;
  minAmount: number;
  probability: number;
}

export interface WaveDraft {
  at: string;
  /** Absent: everybody. */
  segments?: string[];
  share: number;
}

export interface CostDraft {
  perAward: number;
  redemptionRate: number;
  currency: string;
}

export interface BadgeDraft {
  key: string;
  /** The create body; a path stays a path, and the check says so. */
  badge: Record<string, unknown>;
  /** The badge of the library that it was copied from, and at which revision; absent where it came from elsewhere. */
  library?: { badge: string; revision: number };
  owner: { ownerType: string; referenceId: string } | null;
  trigger: TriggerDraft;
  enrol: WaveDraft[];
  cost: CostDraft | null;
}

export interface SegmentDraft {
  name: string;
  size: number;
  /** Newcomers within the period; absent: none. */
  joins?: { perWeek: number } | null;
  activity: {
    perWeek: number;
    dispersion: number;
    weekdays: number[];
    growthPerMonth: number;
    /** Weights of the hours of the clock, midnight first; absent: all alike. */
    hours?: number[] | null;
    /** By what the rate is multiplied in each month, January first; absent: by nothing. */
    season?: number[] | null;
    /** How customers leave after an event; absent: nobody does. */
    dropOut?: { probability: number; dispersion?: number } | null;
    /** How uncertain numbers are, which each run draws anew; absent: they are as they stand. */
    uncertainty?: {
      perWeek?: number;
      growthPerMonth?: number;
      joins?: number;
      /** Those who are there are the customers that the numbers are from. */
      sameCustomers?: boolean;
      /** What hangs together, by draws. */
      together?: {
        draw: string;
        perWeek?: number;
        growthPerMonth?: number;
        joins?: number;
        amount?: number;
        amountSpread?: number;
        dispersion?: number;
        leaving?: number;
        leavingDispersion?: number;
        weekdays?: number[] | null;
        season?: number[] | null;
      }[];
    } | null;
    amount: { mean: number; spread: number } | null;
  };
}

/** Days on which customers come more or less often, the last one included; dates as `2026-12-24`. */
export interface CalendarDraft {
  from: string;
  to?: string;
  factor: number;
  name?: string;
}

export interface EventsDraft {
  csv: string;
  customer: string;
  at: string;
  amount: string | null;
  segment: string | null;
  /** How the file is read, as far as it was said or found; absent: as ISO instants and seconds. */
  sheet?: string;
  time?: string;
  dateFormat?: string;
  zone?: string;
  decimal?: '.' | ',';
  /** So many days each row is later in the scenario; absent: none. */
  shiftDays?: number;
}

/** A scenario under construction: the file's own shape, with every field the editor shows filled in. */
export interface ScenarioDraft {
  schema: string;
  name: string;
  seed: number;
  timeZone: string;
  from: string;
  to: string;
  replications: number;
  badges: BadgeDraft[];
  customers: { segments: SegmentDraft[] } | null;
  events: EventsDraft | null;
  /** Absent: there is none. */
  calendar?: CalendarDraft[] | null;
}

const EVEN_WEEK = [1, 1, 1, 1, 1, 1, 1];
const everyEvent = (): TriggerDraft => ({ every: 1, minAmount: 0, probability: 1 });

export function newSegment(name: string): SegmentDraft {
  return {
    name,
    size: 10_000,
    activity: {
      perWeek: 1,
      dispersion: 0.5,
      weekdays: [...EVEN_WEEK],
      growthPerMonth: 0,
      amount: { mean: 40, spread: 0.6 },
    },
  };
}

/** A name that none of the others has. */
export function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number += 1) name = `${wanted} ${number}`;
  return name;
}

/** The next three months, one segment, no badge yet. */
export function newScenario(now: Instant, zone: Zone): ScenarioDraft {
  const from = startOfDate(dateAt(now, zone), zone);
  return {
    schema: 'laurel/scenario@1',
    name: say('simulate.newScenario'),
    seed: 1,
    timeZone: zone,
    from: toIsoExact(from),
    to: toIsoExact(addMonths(from, 3, zone)),
    replications: 10,
    badges: [],
    customers: { segments: [newSegment('customers')] },
    events: null,
  };
}

/** The longest period that is proposed for a badge, in months: more days than a person looks through. */
const LONGEST_MONTHS = 24;

/** Where the customers of a badge's scenario are from. */
export type CustomersFrom = 'before' | 'last-run' | 'example';

/** Whether customers are those that a new scenario begins with, and nobody's. */
export function isExample(customers: ScenarioDraft['customers']): boolean {
  return JSON.stringify(customers?.segments) === JSON.stringify([newSegment('customers')]);
}

/** What customers were learned from, as far as it is told beside them; null: from nothing. */
export function learnedFacts(
  customers: ScenarioDraft['customers'],
): { file: string; events: number; customers: number } | null {
  const learned = (customers as { learned?: unknown } | null)?.learned;
  if (!isObject(learned)) return null;
  const { file, events, customers: many } = learned;
  return typeof file === 'string' && typeof events === 'number' && typeof many === 'number'
    ? { file, events, customers: many }
    : null;
}

/** Names of badges that were not taken into a scenario, by reason. */
export interface LeftOut {
  /** They have ended. */
  ended: readonly string[];
  /** They begin after what is simulated. */
  later: readonly string[];
  /** Their JSON cannot be read. */
  unread: readonly string[];
}

/** What the scenario of badges of the library is made of besides them. */
export interface ScenarioGround {
  /** The scenario in the editor; its customers, runs and seed are kept. */
  before: ScenarioDraft | null;
  now: Instant;
  zone: Zone;
  /** The customers of the last run; null: there was none with described ones. */
  lastRun?: ScenarioDraft['customers'];
  /** The key that a badge had in a scenario before. */
  keyOf?: (badgeId: string) => string | null;
  /** What a scenario of several badges is called. */
  name?: string;
}

/** A scenario of badges of the library, and what a person should know of how it came about. */
export interface MadeScenario {
  draft: ScenarioDraft;
  /** They last longer than what is simulated. */
  isCut: boolean;
  customersFrom: CustomersFrom;
  leftOut: LeftOut;
}

/**
 * Badges of the library as a scenario, each for its own owner and with its own limits, with the customers of the scenario
 * that was there before, or else of the last run. One badge has its whole own life; several stand together from today, or
 * from the first start where none has begun, until the last of them ends. Of several, those that have ended are left out,
 * unless all have.
 *
 * @returns null when the JSON of none can be read
 */
export function scenarioOfBadges(details: readonly BadgeDetail[], ground: ScenarioGround): MadeScenario | null {
  const { before, now, zone, lastRun = null, keyOf = () => null } = ground;
  const plain = newScenario(now, zone);
  const ofBefore = before !== null && !isExample(before.customers) ? before.customers : null;
  const customers = ofBefore ?? lastRun ?? before?.customers ?? plain.customers;
  const customersFrom = isExample(customers) ? 'example' : ofBefore === null ? 'last-run' : 'before';
  const segments = customers?.segments.map(({ name }) => name) ?? [];
  const today = startOfDate(dateAt(now, zone), zone);

  const hasEnded = ({ summary: { expiresOn } }: BadgeDetail): boolean => expiresOn !== null && expiresOn <= now;
  const ended = details.length > 1 && !details.every(hasEnded) ? details.filter(hasEnded) : [];
  const others = details.filter((detail) => !ended.includes(detail));
  const isRead = (detail: BadgeDetail): boolean => copyOfLibrary(detail) !== null;
  const read = others.filter(isRead);
  const starts = read.map(({ summary }) => summary.startOn ?? today);
  if (starts.length === 0) return null;
  const first = Math.min(...starts);
  const from =
    details.length > 1 && ended.length < details.length && !read.some(hasEnded) ? Math.max(first, today) : first;
  const ends = read.map(({ summary: { expiresOn } }) =>
    expiresOn !== null && expiresOn > from ? expiresOn : addMonths(from, 3, zone),
  );
  const latest = addMonths(from, LONGEST_MONTHS, zone);
  const end = Math.max(...ends);
  const to = Math.min(end, latest);
  const isLater = ({ summary: { startOn } }: BadgeDetail): boolean => startOn !== null && startOn >= to;
  const badges: BadgeDraft[] = [];
  for (const detail of read.filter((one) => !isLater(one))) {
    const at = toIsoExact(Math.max(from, detail.summary.startOn ?? from));
    const taken = badges.map(({ key }) => key);
    const badge = badgeDraft(detail, taken, segments, at, keyOf(detail.id));
    if (badge !== null) badges.push(badge);
  }
  const [only] = read;
  const name = details.length === 1 && only !== undefined ? only.summary.name : (ground.name ?? plain.name);
  const draft: ScenarioDraft = {
    ...plain,
    ...(before === null ? {} : { seed: before.seed, replications: Math.max(before.replications, 2) }),
    ...{ name, from: toIsoExact(from), to: toIsoExact(to) },
    badges,
    customers: snapshot(customers),
  };
  const names = (some: readonly BadgeDetail[]): string[] => some.map(({ summary }) => summary.name);
  const unread = others.filter((detail) => !isRead(detail));
  const leftOut = { ended: names(ended), later: names(read.filter(isLater)), unread: names(unread) };
  return { draft, isCut: end > latest, customersFrom, leftOut };
}

/** What a scenario copies of a badge of the library: as it stands, and its first owner. @returns null when its JSON cannot be read */
export function copyOfLibrary(detail: BadgeDetail): Required<Pick<BadgeDraft, 'badge' | 'library' | 'owner'>> | null {
  const reading = readJson(detail.body);
  if (!reading.ok || !isObject(reading.value)) return null;
  const [claim] = detail.claims;
  return {
    badge: withTextsWritten(reading.value),
    library: { badge: detail.id, revision: detail.revision },
    owner: claim === undefined ? null : { ownerType: claim.ownerType, referenceId: claim.referenceId },
  };
}

/**
 * A badge of the library as it stands now, for its first owner.
 *
 * @param keyBefore the key it had in a scenario before, whatever it was called then
 * @returns null when its JSON cannot be read
 */
export function badgeDraft(
  detail: BadgeDetail,
  taken: readonly string[],
  segments: readonly string[],
  at: string,
  keyBefore: string | null = null,
): BadgeDraft | null {
  const copy = copyOfLibrary(detail);
  if (copy === null) return null;
  const needsEnrolment = detail.summary.earnType === 'ISSUE_EARN';
  return {
    key: freeName(
      (keyBefore ??
        detail.summary.name
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
          .replaceAll(/^-|-$/g, '')) ||
        'badge',
      taken,
    ),
    ...copy,
    trigger: detail.trigger === null ? everyEvent() : { ...detail.trigger, minAmount: 0, probability: 1 },
    enrol: needsEnrolment ? [{ at, ...(segments.length > 0 ? { segments: [...segments] } : {}), share: 1 }] : [],
    cost: null,
  };
}

type Loose = Record<string, unknown>;
const objects = (value: unknown): Loose[] =>
  Array.isArray(value) ? value.filter((entry): entry is Loose => typeof entry === 'object' && entry !== null) : [];
/** Ids are text in the form; the engine takes a number for the same id. */
const ownerOf = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return null;
  const owner = value as Loose;
  const referenceId = numberText(owner, 'referenceId');
  return referenceId === null ? owner : { ...owner, referenceId };
};
const amountOf = (value: unknown): unknown => (value ? { spread: 0, ...(value as Loose) } : null);

/** A scenario as it is kept or written, with what the editor shows filled in as the engine would fill it in. */
export function draftOf(body: ScenarioBody): ScenarioDraft {
  const customers = body['customers'] as Loose | null | undefined;
  const events = body['events'] as Loose | null | undefined;
  const filled = {
    ...body,
    seed: body['seed'] ?? 1,
    timeZone: body['timeZone'] ?? 'UTC',
    replications: body['replications'] ?? 1,
    badges: objects(body['badges']).map((entry) => ({
      ...entry,
      owner: ownerOf(entry['owner']),
      trigger: { ...everyTrigger(entry['trigger']) },
      enrol: objects(entry['enrol']).map((wave) => ({ share: 1, ...wave })),
      cost: entry['cost'] ? { redemptionRate: 1, currency: '', ...(entry['cost'] as Loose) } : null,
    })),
    customers: customers
      ? {
          ...customers,
          segments: objects(customers['segments']).map((segment) => ({
            ...segment,
            activity: {
              perWeek: 0,
              dispersion: 0,
              weekdays: [...EVEN_WEEK],
              growthPerMonth: 0,
              ...(segment['activity'] as Loose | undefined),
              amount: amountOf((segment['activity'] as Loose | undefined)?.['amount']),
            },
          })),
        }
      : null,
    events: events ? { amount: null, segment: null, ...events } : null,
  };
  return parseJson(writeJson(filled)) as ScenarioDraft;
}

function everyTrigger(given: unknown): Loose {
  const trigger = { minAmount: 0, probability: 1, ...(given as Loose | null | undefined) };
  const isSaid = ['every', 'count', 'amount', 'weeksInRow'].some((kind) => kind in trigger);
  return isSaid ? trigger : { every: 1, ...trigger };
}

/** What a scenario is called. */
export function scenarioName(body: ScenarioBody): string {
  const { name } = body;
  return typeof name === 'string' ? name : '';
}

/** A scenario as it travels: a plain value, and how its numbers were written. */
export interface TravellingScenario {
  body: ScenarioBody;
  numbers: NumberText[];
}

export function travelling(scenario: ScenarioBody | ScenarioDraft): TravellingScenario {
  return { body: snapshot(scenario) as ScenarioBody, numbers: numberTexts(scenario) };
}

/** The scenario that came, its numbers with the digits they were written with. */
export function arrived({ body, numbers }: { body: ScenarioBody; numbers: readonly NumberText[] }): ScenarioBody {
  return tellNumberTexts(body, numbers);
}

/** A scenario with where the transactions it replays come from. */
export interface ScenarioToSave extends TravellingScenario {
  events: EventsFile | null;
}
