import { instantOf, toIsoExact } from '../domain/instant';
import type { PreparedScenario } from './prepared-scenario';
import { countsOf, type BadgeResult, type SegmentResult } from './result';

/** A part of a replication's customers: its index, and how many parts there are. */
export interface CustomerPart {
  index: number;
  of: number;
}

/**
 * Whether customers of a scenario touch each other nowhere, so that parts of them can be simulated apart: described
 * customers, no limit of a whole badge, and no enrolments, which are drawn for all of them together.
 */
export function isSeparable({ scenario, badges }: PreparedScenario): boolean {
  return (
    scenario.customers !== null &&
    badges.every(
      ({ definition, entry }) =>
        entry.enrol.length === 0 && definition.badgeConstraints.every(({ kind }) => kind === 'NO_LIMIT'),
    )
  );
}

const sum = (values: readonly number[]): number => values.reduce((left, right) => left + right, 0);

function segmentOf(parts: readonly SegmentResult[]): SegmentResult {
  const sumOf = (key: keyof SegmentResult): number => sum(parts.map((part) => part[key]));
  return {
    customers: sumOf('customers'),
    awarded: sumOf('awarded'),
    customersAwarded: sumOf('customersAwarded'),
    customersTurnedAway: sumOf('customersTurnedAway'),
  };
}

function badgeOf(
  parts: readonly BadgeResult[],
  cost: PreparedScenario['badges'][number]['entry']['cost'],
): BadgeResult {
  const [first] = parts as readonly [BadgeResult];
  const sumOf = (of: (part: BadgeResult) => number): number => sum(parts.map(of));
  const counts = (of: (part: BadgeResult) => Readonly<Record<string, number>>): Record<string, number> =>
    countsOf(parts.flatMap((part) => Object.entries(of(part))));
  const rejectedAt = parts.flatMap(({ firstRejectedAt }) =>
    firstRejectedAt === null ? [] : [instantOf(firstRejectedAt)],
  );
  const awarded = sumOf((part) => part.awarded);
  return {
    enrolled: 0,
    enrolRejected: {},
    qualifying: sumOf((part) => part.qualifying),
    attempts: sumOf((part) => part.attempts),
    awarded,
    customersAwarded: sumOf((part) => part.customersAwarded),
    customersTurnedAway: sumOf((part) => part.customersTurnedAway),
    rejected: counts((part) => part.rejected),
    rejectedByConstraint: counts((part) => part.rejectedByConstraint),
    firstRejectedAt: rejectedAt.length === 0 ? null : toIsoExact(Math.min(...rejectedAt)),
    exhaustedAt: null,
    byDay: first.byDay.map(({ day }, index) => {
      const sumOfDay = (key: 'attempts' | 'awarded' | 'rejected'): number => sumOf((part) => part.byDay[index]![key]);
      return { day, attempts: sumOfDay('attempts'), awarded: sumOfDay('awarded'), rejected: sumOfDay('rejected') };
    }),
    bySegment: Object.fromEntries(
      Object.keys(first.bySegment).map((name) => [name, segmentOf(parts.map((part) => part.bySegment[name]!))]),
    ),
    awardsPerCustomer: counts((part) => part.awardsPerCustomer),
    cost: cost === null ? null : { expected: awarded * cost.perAward * cost.redemptionRate, currency: cost.currency },
  };
}

/** What a replication came to, of what its parts came to; {@link isSeparable} says where there may be parts. */
export function joinParts(
  { badges }: PreparedScenario,
  parts: readonly Readonly<Record<string, BadgeResult>>[],
): Record<string, BadgeResult> {
  return Object.fromEntries(
    badges.map(({ entry: { key, cost } }) => [
      key,
      badgeOf(
        parts.map((part) => part[key]!),
        cost,
      ),
    ]),
  );
}
