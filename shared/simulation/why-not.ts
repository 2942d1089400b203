import { capsInForce, type Cap } from '../domain/caps';
import { MESSAGES } from '../domain/codes';
import { awardsEnd, capInWords, freesAt, neverInWords, untilEnd, type AwardsEnd } from '../domain/explain';
import { toIsoExact, type Instant } from '../domain/instant';
import { isWithin } from '../domain/org';
import type { OrgSettings } from '../domain/settings';
import type { EventSource } from './event-slice';
import type { PreparedScenario } from './prepared-scenario';
import { kernelsOf, takeAll, type Control } from './simulate';

/** An award that took a place under a cap. */
export interface UsedPlace {
  at: string;
  customerId: number;
}

/** Why a cap refused an attempt. */
export interface CapReason {
  constraintType: string;
  /** `2 in the last 7 days`. */
  limitInWords: string;
  limit: number;
  count: number;
  /** The window whose awards count, exclusive at its end; null for the badge's whole life. */
  from: string | null;
  to: string | null;
  /** The latest awards that used the cap up, oldest first; at most as many as a person would read. */
  usedUpBy: UsedPlace[];
  /** When the next place frees if nothing else is awarded; null with the reason why it never does. */
  freesAt: string | null;
  neverBecause: string | null;
}

/** One attempt of the customer and what became of it. */
export interface ExplainedAttempt {
  at: string;
  /** Null: the badge was awarded. */
  code: number | null;
  message: string;
  cap: CapReason | null;
}

export interface WhyNot {
  badge: string;
  customerId: number;
  attempts: ExplainedAttempt[];
}

const MOST_SHOWN = 100;

/** All awards of a badge in the order of time, in typed arrays that grow. */
class AwardLog {
  length = 0;
  private at = new Float64Array(1024);
  private customer = new Uint32Array(1024);

  add(customer: number, at: Instant): void {
    if (this.length === this.at.length) {
      const instants = new Float64Array(2 * this.length);
      instants.set(this.at);
      this.at = instants;
      const customers = new Uint32Array(2 * this.length);
      customers.set(this.customer);
      this.customer = customers;
    }
    this.at[this.length] = at;
    this.customer[this.length] = customer;
    this.length += 1;
  }

  /** Awards within a span, oldest first. */
  *within(span: Cap['span']): Generator<{ at: Instant; customer: number }> {
    for (let index = 0; index < this.length; index += 1) {
      const at = this.at[index]!;
      if (span === null || isWithin(span, at)) yield { at, customer: this.customer[index]! };
    }
  }
}

/** What is known of a cap when it refuses; when its next place frees hangs on enrolments that may still come. */
interface Reached {
  reason: Omit<CapReason, 'freesAt' | 'neverBecause'>;
  freeing(end: AwardsEnd | null): Pick<CapReason, 'freesAt' | 'neverBecause'>;
}

function reached(cap: Cap, log: AwardLog, settings: OrgSettings, source: EventSource): Reached {
  const counted: Instant[] = [];
  let latest: { at: Instant; customer: number }[] = [];
  for (const award of log.within(cap.span)) {
    counted.push(award.at);
    latest.push(award);
    if (latest.length > 2 * MOST_SHOWN) latest = latest.slice(-MOST_SHOWN);
  }
  const freeing = freesAt(cap, counted, null, settings);
  return {
    reason: {
      constraintType: cap.constraintType,
      limitInWords: capInWords(cap),
      limit: cap.limit,
      count: counted.length,
      from: cap.span === null ? null : toIsoExact(cap.span.from),
      to: cap.span === null ? null : toIsoExact(cap.span.to),
      usedUpBy: latest
        .slice(-MOST_SHOWN)
        .map(({ at, customer }) => ({ at: toIsoExact(at), customerId: source.idOf(customer) })),
    },
    freeing: (end) => {
      const known = 'never' in freeing ? freeing : untilEnd(cap, freeing.at, end);
      return {
        freesAt: 'at' in known ? toIsoExact(known.at) : null,
        neverBecause: 'never' in known ? neverInWords(known.never) : null,
      };
    },
  };
}

const messageOf = (code: number | null): string =>
  code === null ? 'Awarded' : ((MESSAGES as Readonly<Record<number, string>>)[code] ?? 'Refused');

/**
 * Runs a replication once more and explains every attempt of one customer at one badge: constraint, window, count
 * against limit, the awards that used it up, and when a place frees (semantics C, W).
 *
 * @param badge position of the badge in the scenario
 * @returns null when there is no such customer
 */
export function explainCustomer(
  prepared: PreparedScenario,
  source: EventSource,
  replication: number,
  badge: number,
  customerId: number,
  control: Control = {},
): WhyNot | null {
  let watched = -1;
  for (let customer = 0; customer < source.customers && watched < 0; customer += 1)
    if (source.idOf(customer) === customerId) watched = customer;
  if (watched < 0) return null;
  const kernel = kernelsOf(prepared, source, replication)[badge]!;
  const { definition, org } = kernel.badge;
  const ofBadge = new AwardLog();
  const ofCustomer = new AwardLog();
  const keepsBadgeLog = kernel.caps.all.some((cap) => cap.level === 'BADGE');
  const attempts: (Omit<ExplainedAttempt, 'cap'> & { cap: Reached | null })[] = [];
  const enrolments: { expiresOn: Instant }[] = [];
  kernel.waves.observer = (customer, expiresOn) => {
    if (customer === watched) enrolments.push({ expiresOn });
  };
  kernel.observer = {
    decided: (customer, at, code, compiled) => {
      if (customer === watched) {
        const { cap: stated } = compiled ?? { cap: null };
        const cap =
          stated === null
            ? undefined
            : capsInForce(definition, at, at, org.settings).find(
                ({ level, index, roll }) =>
                  level === stated.level && index === stated.index && roll?.unit === stated.roll?.unit,
              );
        const log = cap?.level === 'BADGE' ? ofBadge : ofCustomer;
        attempts.push({
          at: toIsoExact(at),
          code,
          message: messageOf(code),
          cap: cap === undefined ? null : reached(cap, log, org.settings, source),
        });
        if (code === null) ofCustomer.add(customer, at);
      }
      if (code === null && keepsBadgeLog) ofBadge.add(customer, at);
    },
  };
  takeAll([kernel], source, control);
  // Only now all enrolments are known: a place that frees after the last one ends is none for this customer.
  const end = awardsEnd(definition, enrolments);
  return {
    badge: kernel.badge.entry.key,
    customerId,
    attempts: attempts.map(({ cap, ...attempt }) => ({
      ...attempt,
      cap: cap === null ? null : { ...cap.reason, ...cap.freeing(end) },
    })),
  };
}
