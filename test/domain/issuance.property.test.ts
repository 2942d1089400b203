import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openAward, type AwardOutcome } from '../../shared/domain/award';
import type { BadgeDefinition } from '../../shared/domain/badge';
import { capsInForce, countsTowards } from '../../shared/domain/caps';
import { openEnrolment } from '../../shared/domain/enrolment';
import { awardExpiry, enrolmentExpiry } from '../../shared/domain/expiry';
import { freesAt } from '../../shared/domain/explain';
import { DAY, instantOf, MICROSECOND, toIso, type Instant } from '../../shared/domain/instant';
import { addMonths } from '../../shared/domain/calendar';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { MemoryOrg } from '../../shared/domain/memory-org';
import type { Award, StoredBadge } from '../../shared/domain/org';
import { badgeDefinition, OWNER } from './badge-bodies';
import { badge, instant, zone } from './arbitraries';

function orgWith(definition: BadgeDefinition, inZone = 'UTC'): { org: MemoryOrg; stored: StoredBadge } {
  const org = new MemoryOrg({ zone: inZone });
  const stored = org.setClaims(org.addBadge(definition, definition.startOn), [
    { ownerType: 'Loyalty', referenceId: '626', isActive: true },
  ]);
  return { org, stored };
}

interface Step {
  kind: 'enrol' | 'award';
  customers: number[];
  now: Instant;
  eventDate: Instant | null;
}

/** Requests at arbitrary clocks in arbitrary order, some with an explicit event date; the clock may even run backwards. */
const stepsFor = (definition: BadgeDefinition): fc.Arbitrary<Step[]> => {
  const within = fc.integer({ min: definition.startOn - DAY, max: definition.expiresOn + DAY });
  return fc.array(
    fc.record({
      kind: fc.constantFrom('enrol' as const, 'award' as const, 'award' as const),
      customers: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
      now: within,
      eventDate: fc.option(within),
    }),
    { minLength: 1, maxLength: 25 },
  );
};

const history = fc
  .tuple(badge, zone)
  .chain(([definition, inZone]) => fc.tuple(fc.constant(definition), fc.constant(inZone), stepsFor(definition)));

function play(
  org: MemoryOrg,
  stored: StoredBadge,
  steps: readonly Step[],
  check?: (before: AwardOutcome, step: Step, customer: number) => void,
): void {
  steps.forEach((step, index) => {
    const input = { badgeMetaId: stored.id, requestId: `r${index}`, triggeredBy: OWNER, eventDate: step.eventDate };
    const seen = new Set<number>();
    const once = { add: (customer: number): boolean => !seen.has(customer) && Boolean(seen.add(customer)) };
    if (step.kind === 'enrol') {
      const opening = openEnrolment(org, input, step.now, once);
      if (opening.ok) for (const customer of step.customers) opening.run.enrol(customer);
      return;
    }
    const opening = openAward(org, input, 'earnBulk', 'given', step.now, once);
    if (!opening.ok) return;
    opening.run.begin();
    for (const customer of step.customers) {
      const outcome = opening.run.award(customer);
      check?.(outcome, step, customer);
    }
  });
}

const CUSTOMERS = [1, 2, 3, 4];
const awardsOf = (org: MemoryOrg, stored: StoredBadge): Award[] =>
  CUSTOMERS.flatMap((customer) => [...org.awardHistory(stored, customer)]);

describe('issuance, over any order of requests', () => {
  test('no cap in force at an award is ever exceeded', () => {
    fc.assert(
      fc.property(history, ([definition, inZone, steps]) => {
        const { org, stored } = orgWith(definition, inZone);
        play(org, stored, steps, (outcome, step, customer) => {
          if (!outcome.ok) return;
          const eventDate = step.eventDate ?? step.now;
          for (const cap of capsInForce(definition, step.now, eventDate, org.settings)) {
            const counted = awardsOf(org, stored).filter(
              (award) => countsTowards(award, cap) && (cap.level === 'BADGE' || award.customerId === customer),
            );
            expect(counted.length).toBeLessThanOrEqual(cap.limit);
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  test('a refused award names a cap that really was full', () => {
    fc.assert(
      fc.property(history, ([definition, inZone, steps]) => {
        const { org, stored } = orgWith(definition, inZone);
        play(org, stored, steps, (outcome, _step, customer) => {
          if (outcome.ok || outcome.breach === null) return;
          const { cap, count } = outcome.breach;
          const counted = awardsOf(org, stored).filter(
            (award) => countsTowards(award, cap) && (cap.level === 'BADGE' || award.customerId === customer),
          );
          expect(counted.length).toBe(count);
          expect(count).toBeGreaterThanOrEqual(cap.limit);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('a customer never has two overlapping enrolments (I5)', () => {
    fc.assert(
      fc.property(history, ([definition, inZone, steps]) => {
        const { org, stored } = orgWith(
          {
            ...definition,
            earnType: 'ISSUE_EARN',
            issuedBadgeExpiry: definition.issuedBadgeExpiry ?? { kind: 'RELATIVE', unit: 'DAYS', value: 3 },
          },
          inZone,
        );
        play(
          org,
          stored,
          steps.map((step) => ({ ...step, kind: 'enrol' as const })),
        );
        for (const customer of CUSTOMERS) {
          const periods = org.enrolmentsOf(stored, customer);
          for (const [index, first] of periods.entries()) {
            for (const second of periods.slice(index + 1)) {
              expect(first.eventDate < second.expiresOn && second.eventDate < first.expiresOn).toBe(false);
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the same requests in the same order leave the same state', () => {
    fc.assert(
      fc.property(history, ([definition, inZone, steps]) => {
        const state = (): unknown => {
          const { org, stored } = orgWith(definition, inZone);
          play(org, stored, steps);
          return CUSTOMERS.map((customer) => [
            org.enrolmentHistory(stored, customer),
            org.awardHistory(stored, customer),
          ]);
        };
        expect(state()).toEqual(state());
      }),
      { numRuns: 200 },
    );
  });
});

describe('expiry', () => {
  test('is monotone in its start', () => {
    fc.assert(
      fc.property(badge, zone, instant, fc.nat({ max: 60 * DAY }), (definition, inZone, start, later) => {
        expect(awardExpiry(definition, start + later, inZone)).toBeGreaterThanOrEqual(
          awardExpiry(definition, start, inZone),
        );
        expect(enrolmentExpiry(definition, start + later, start, inZone)).toBeGreaterThanOrEqual(
          enrolmentExpiry(definition, start, start, inZone),
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('when a full rolling window frees (C3)', () => {
  test('an award passes at that instant and not a microsecond before', () => {
    const unit = fc.constantFrom('DAYS' as const, 'WEEKS' as const, 'MONTHS' as const);
    fc.assert(
      fc.property(
        unit,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        zone,
        fc.array(fc.integer({ min: 0, max: 100 * DAY }), { minLength: 1, maxLength: 6 }),
        (rollType, rollValue, maxEarnLimit, inZone, gaps) => {
          const definition = badgeDefinition({
            badgeConstraints: [{ kind: 'BADGE_ROLLING_WINDOW', rollType, rollValue, maxEarnLimit }],
          });
          const { org, stored } = orgWith(definition, inZone);
          let now = definition.startOn;
          gaps.forEach((gap, index) => {
            now = Math.min(now + gap, definition.expiresOn - DAY);
            play(org, stored, [{ kind: 'award', customers: [(index % 4) + 1], now, eventDate: null }]);
          });
          const [cap] = capsInForce(definition, now, now, org.settings);
          const counted = awardsOf(org, stored).filter((award) => cap !== undefined && countsTowards(award, cap));
          fc.pre(cap !== undefined && counted.length >= cap.limit);
          const freeing = freesAt(
            cap,
            counted.map((award) => award.earnedOn),
            null,
            org.settings,
          );
          if (!('at' in freeing)) throw new Error('a rolling window always frees');
          const countAt = (at: Instant): number => {
            const [then] = capsInForce(definition, at, at, org.settings);
            return awardsOf(org, stored).filter((award) => then !== undefined && countsTowards(award, then)).length;
          };
          expect(countAt(freeing.at)).toBeLessThan(maxEarnLimit);
          expect(countAt(freeing.at - MICROSECOND)).toBeGreaterThanOrEqual(maxEarnLimit);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('around every clock change of a year, at either end of the window, it is the first such instant', () => {
    const minutes = 60_000_000;
    const from = instantOf('2026-01-01T00:00:00Z');
    for (const inZone of ['America/Santiago', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York']) {
      const settings = { ...DEFAULT_SETTINGS, zone: inZone };
      const offsetAt = (at: Instant): string => toIso(at, inZone).slice(-6);
      const hours = Array.from({ length: 365 * 24 }, (_, hour) => from + hour * 60 * minutes);
      const changes = hours.filter((at) => offsetAt(at) !== offsetAt(at - 60 * minutes));
      expect(changes.length).toBe(2);
      for (const change of changes)
        for (const months of [1, 2])
          for (let quarter = -9; quarter <= 9; quarter += 1)
            for (const near of [change, addMonths(change, -months, inZone)]) {
              const counted = near + quarter * 15 * minutes + 1;
              const definition = badgeDefinition({
                badgeConstraints: [
                  { kind: 'BADGE_ROLLING_WINDOW', rollType: 'MONTHS', rollValue: months, maxEarnLimit: 1 },
                ],
              });
              const [cap] = capsInForce(definition, counted, counted, settings);
              const freeing = freesAt(cap!, [counted], null, settings);
              if (!('at' in freeing)) throw new Error('a rolling window always frees');
              const isCounted = (at: Instant): boolean =>
                (capsInForce(definition, at, at, settings)[0]?.span?.from ?? 0) <= counted;
              expect(isCounted(freeing.at)).toBe(false);
              for (
                let at = freeing.at - MICROSECOND;
                at > counted;
                at -= at > freeing.at - 3 * DAY ? 15 * minutes : DAY
              )
                expect(isCounted(at)).toBe(true);
            }
    }
  });
});
