import { isObject, type JsonObject } from '../domain/body-reader';
import { readInstant, SECOND } from '../domain/instant';
import type { KnownIds } from './known-ids';

/** One place in which two answers do not mean the same. */
export interface AnswerDifference {
  /** `status`, or the way through the body: `data.issuedBadges[2].error.code`. */
  path: string;
  /** As JSON; null: it is not there. */
  recorded: string | null;
  practice: string | null;
}

export interface ComparableAnswer {
  status: number;
  /** Parsed; undefined: there was none, or it was not recorded and is not compared. */
  body: unknown;
}

/** Clocks of an org and of who calls it are never quite the same; and a call takes its time. */
export const CLOCK_TOLERANCE = 10 * SECOND;

/** Characters of a value in an example. */
const LONGEST_VALUE = 200;

/** What is said for people, or of whom the org belongs to. */
const IGNORED = new Set(['message', 'errorMessage', 'orgId', 'createdBy', 'lastUpdatedBy', 'defaultTillId']);
/** Ids that the gateway gives. */
const IDS = new Set([
  ...['id', 'badgeMetaId', 'issuedId', 'issueId', 'earnedBadgeId', 'earnId', 'badgeGroupId', 'fixedWindowReferenceId'],
  ...['fixedWindowCycleReferenceId'],
]);
/** Numbers that an org counts by itself. */
const COUNTERS = new Set(['badgeNumericId']);
/** Instants that a caller gave: they come back as they were. */
const GIVEN_INSTANTS = /^starts?On(?:ISO)?$/;
const INSTANT = /(?:On|Date)(?:ISO)?$/;
/** What older answers lack and newer ones have (gateway-api): to have it is no difference. */
const SUPERSET = new Set([
  ...['issuedCount', 'earnedCount', 'badgeNumericId', 'badgeMetaId', 'isActive', 'totalCount', 'failedCount'],
  ...['earnedBadgesList', 'failedEarnBadgeErrorList', 'issuedBadges', 'triggeredBy', 'currentCycle', 'reference'],
]);
/** Lists whose order says nothing. */
const SETS = new Set(['restrictedToOwners', 'owner', 'claimedBy']);
const BATCH_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}_\d+$/i;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0);

function shown(value: unknown): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

class Comparison {
  readonly found: AnswerDifference[] = [];
  readonly #ids: KnownIds;

  constructor(ids: KnownIds) {
    this.#ids = ids;
  }

  note(path: string, recorded: unknown, practice: unknown): void {
    this.found.push({ path, recorded: shown(recorded), practice: shown(practice) });
  }

  value(path: string, key: string, recorded: unknown, practice: unknown): void {
    if (IGNORED.has(key) || (isNothing(recorded) && isNothing(practice))) return;
    // A reference is told for people, too: it counts where both name one.
    if (key === 'reference' && (isNothing(recorded) || isNothing(practice))) return;
    if (Array.isArray(recorded) && Array.isArray(practice)) this.#list(path, key, recorded, practice);
    else if (isObject(recorded) && isObject(practice)) this.#object(path, recorded, practice);
    else if (!this.#isSameLeaf(key, recorded, practice)) this.note(path, recorded, practice);
  }

  #object(path: string, recorded: JsonObject, practice: JsonObject): void {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(practice)])) {
      if (!Object.hasOwn(recorded, key) && (SUPERSET.has(key) || isTwin(key, practice))) continue;
      const place = path === '' ? key : `${path}.${key}`;
      this.value(place, key, recorded[key], practice[key]);
    }
  }

  #list(path: string, key: string, recorded: readonly unknown[], practice: readonly unknown[]): void {
    if (SETS.has(key)) {
      const sorted = (list: readonly unknown[]): string =>
        JSON.stringify(list.map((one) => JSON.stringify(one)).sort());
      if (sorted(recorded) !== sorted(practice)) this.note(path, recorded, practice);
      return;
    }
    if (recorded.length !== practice.length) this.note(`${path}.length`, recorded.length, practice.length);
    const byCustomer = customersOf(recorded) && customersOf(practice);
    for (const [index, row] of recorded.entries()) {
      const other = byCustomer ? byCustomer.get((row as JsonObject)['customerId']) : practice[index];
      if (other !== undefined) this.value(`${path}[${String(index)}]`, key, row, other);
      else if (recorded.length === practice.length) this.note(`${path}[${String(index)}]`, row, undefined);
    }
  }

  #isSameLeaf(key: string, recorded: unknown, practice: unknown): boolean {
    if (recorded === practice) {
      if (IDS.has(key) && typeof recorded === 'string') return this.#ids.areSame(recorded, recorded);
      return true;
    }
    if (COUNTERS.has(key)) return this.#ids.areSame(String(recorded), String(practice), `${key} `);
    if (typeof recorded === 'string' && typeof practice === 'string') {
      const isId =
        IDS.has(key) ||
        (key === 'requestId' && BATCH_ID.test(recorded) && BATCH_ID.test(practice)) ||
        (key === 'referenceId' && UUID.test(recorded) && UUID.test(practice));
      if (isId) return this.#ids.areSame(recorded, practice);
    }
    if (INSTANT.test(key) && !GIVEN_INSTANTS.test(key)) {
      const [one, other] = [readInstant(recorded), readInstant(practice)];
      if (one.ok && other.ok) return Math.abs(one.instant - other.instant) <= CLOCK_TOLERANCE;
    }
    if (key === 'badgeGroupId' || key === 'requestId') return String(recorded) === String(practice);
    return false;
  }
}

/** The ISO form of a field that is there, which answers of older days lack. */
const isTwin = (key: string, holder: JsonObject): boolean =>
  key.endsWith('ISO') && Object.hasOwn(holder, key.slice(0, -'ISO'.length));

/** Rows by their customer; null where they are no such rows or a customer comes twice. */
function customersOf(rows: readonly unknown[]): Map<unknown, JsonObject> | null {
  const found = new Map<unknown, JsonObject>();
  for (const row of rows) {
    if (!isObject(row) || typeof row['customerId'] !== 'number' || found.has(row['customerId'])) return null;
    found.set(row['customerId'], row);
  }
  return found;
}

/**
 * How two answers differ in what they mean: ids that the gateway gives are matched, times of clocks tolerated within
 * {@link CLOCK_TOLERANCE}, keys come in any order, nothing, null and empty are one; statuses, codes, counts and flags
 * are compared exactly. Pairs of ids that come up are noted in `ids`.
 */
export function compareAnswers(
  recorded: ComparableAnswer,
  practice: ComparableAnswer,
  ids: KnownIds,
): AnswerDifference[] {
  const comparison = new Comparison(ids);
  if (recorded.status !== practice.status) comparison.note('status', recorded.status, practice.status);
  if (recorded.body !== undefined) comparison.value('', '', recorded.body, practice.body);
  return comparison.found;
}
