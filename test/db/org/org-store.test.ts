import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAward } from '../../../shared/domain/award';
import type { BadgeDefinition } from '../../../shared/domain/badge';
import { openEnrolment } from '../../../shared/domain/enrolment';
import { DAY, HOUR } from '../../../shared/domain/instant';
import { MemoryOrg } from '../../../shared/domain/memory-org';
import type { OrgState, StoredBadge } from '../../../shared/domain/org';
import type { OrgSettings } from '../../../shared/domain/settings';
import { CustomersOfRequest } from '../../../shared/gateway/customers-of-request';
import { answerRequest } from '../../../shared/gateway/router';
import { atLength } from '../../setup/length';
import { definition, openOrg, START } from './opened-org';

const DEFINITIONS: readonly BadgeDefinition[] = [
  definition({ name: 'Direct' }),
  definition({
    name: 'Limited',
    customerConstraints: [
      {
        kind: 'CUSTOMER_ROLLING_WINDOW',
        rollForDays: 3,
        maxEarnForDays: 1,
        rollForWeeks: 0,
        maxEarnForWeeks: 0,
        rollForMonths: 1,
        maxEarnForMonths: 3,
      },
    ],
    badgeConstraints: [
      { kind: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 2, maxEarnLimit: 4 },
      {
        kind: 'FIXED_WINDOW',
        durationType: 'WEEKS',
        refreshRate: null,
        startDayOfTheWeek: 'MONDAY',
        maxEarnLimit: 6,
        fromDate: null,
        untilDate: null,
      },
      { kind: 'FIXED_VALUE', maxEarnLimit: 30 },
    ],
  }),
  definition({
    name: 'Enrolled',
    earnType: 'ISSUE_EARN',
    issuedBadgeExpiry: { kind: 'RELATIVE', unit: 'DAYS', value: 5 },
    customerConstraints: [{ kind: 'FIXED_VALUE', maxEarnLimit: 2 }],
  }),
];

type Step =
  | {
      do: 'enrol' | 'award';
      badge: number;
      customers: number[];
      requestId: number;
      back: number | null;
      /** Whom the run is told to expect: any customers, those it judges or others; null: nobody. */
      expected: number[] | null;
      /** Whether the records are looked at before the request is closed. */
      looks: boolean;
    }
  | { do: 'revokeAward' | 'revokeEnrolment'; badge: number; customer: number; nth: number }
  | { do: 'import'; badge: number; customer: number; back: number }
  | { do: 'fail'; badge: number; customers: number[] };

const badge = fc.integer({ min: 0, max: DEFINITIONS.length - 1 });
const customer = fc.integer({ min: 1, max: 6 });
const customers = fc.array(customer, { maxLength: 8 });
const back = fc.integer({ min: 0, max: 20 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('enrol' as const, 'award' as const),
      badge,
      customers,
      requestId: fc.integer({ min: 1, max: 100 }),
      back: fc.option(back),
      expected: fc.option(customers),
      looks: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('revokeAward' as const, 'revokeEnrolment' as const),
      badge,
      customer,
      nth: fc.integer({ min: 0, max: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('import' as const), badge, customer, back }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), badge, customers }) },
);

/** An org under test with its badges, and how its requests remember the customers they met. */
interface Host {
  org: OrgState;
  badges: StoredBadge[];
  seen: () => { add(customerId: number): boolean };
  /** The store finds a repeated customer among the rows it keeps; the one in memory keeps none. */
  refuse: (customerId: number, outcome: number) => void;
}

const dates = (record: { eventDate: number; expiresOn: number; revokedOn: number | null }) => ({
  eventDate: record.eventDate,
  expiresOn: record.expiresOn,
  revokedOn: record.revokedOn,
});

/** Customers of whom the run expects the first few. */
const halves = ({ customers: all }: { customers: number[] }): { customers: number[]; expected: number[] } => ({
  customers: all,
  expected: all.slice(0, all.length / 2),
});

/** Keys and ids differ between the two orgs; everything else must not. */
function take(host: Host, action: Step, now: number, undo: boolean): unknown {
  const { org } = host;
  const stored = org.findBadge(host.badges[action.badge]?.id ?? '') as StoredBadge;
  switch (action.do) {
    case 'fail':
      // What a request wrote before it failed must be gone; the org in memory is not asked to take anything back.
      if (!undo) return 'undone';
      expect(() =>
        org.transaction(() => {
          take(
            host,
            {
              ...{ do: 'award', badge: action.badge, requestId: 999, back: null },
              ...{ looks: false },
              ...halves(action),
            },
            now,
            undo,
          );
          throw new Error('undo');
        }),
      ).toThrow('undo');
      return 'undone';
    case 'enrol':
    case 'award':
      return org.transaction(() => {
        const input = {
          badgeMetaId: stored.id,
          requestId: String(action.requestId),
          triggeredBy: { ownerType: 'Loyalty', referenceId: '626' },
          eventDate: action.back === null ? null : now - action.back * DAY,
        };
        const look = (): unknown => (action.looks ? observe(host, now) : null);
        if (action.do === 'enrol') {
          const opening = openEnrolment(org, input, now, host.seen());
          if (!opening.ok) return opening.errors;
          if (action.expected !== null) opening.run.expect(action.expected);
          const outcomes = action.customers.map((id) => {
            const outcome = opening.run.enrol(id);
            if (!outcome.ok) host.refuse(id, outcome.code);
            return outcome.ok ? 'ok' : [outcome.code, outcome.existing && dates(outcome.existing)];
          });
          return [outcomes, look()];
        }
        const opening = openAward(org, input, 'earnBulk', 'given', now, host.seen());
        if (!opening.ok) return opening.errors;
        opening.run.begin();
        if (action.expected !== null) opening.run.expect(action.expected);
        const outcomes = action.customers.map((id) => {
          const outcome = opening.run.award(id);
          if (!outcome.ok) host.refuse(id, outcome.code);
          return outcome.ok ? 'ok' : [outcome.code, outcome.breach, outcome.existing && dates(outcome.existing)];
        });
        return [outcomes, look()];
      });
    case 'revokeAward':
    case 'revokeEnrolment': {
      const history =
        action.do === 'revokeAward'
          ? org.awardHistory(stored, action.customer)
          : org.enrolmentHistory(stored, action.customer);
      const record = history[action.nth];
      if (record?.revokedOn === null) org[action.do](record.key, now);
      return history.length;
    }
    case 'import': {
      const eventDate = now - action.back * DAY;
      org.transaction(() => org.importAward(stored, action.customer, eventDate, eventDate + 30 * DAY, '7'));
      return 'imported';
    }
  }
}

function observe({ org, badges }: Host, now: number): unknown {
  return badges.map(({ id }) => {
    const stored = org.findBadge(id) as StoredBadge;
    return {
      counts: org.countsOf(stored, now),
      has: [org.hasAwards(stored), org.hasEnrolments(stored)],
      spans: [1, 3, 30].flatMap((days) =>
        (['earnedOn', 'eventDate'] as const).map((by) =>
          org.countAwards(stored, by, { from: now - days * DAY, to: now }),
        ),
      ),
      total: org.countAwards(stored, 'earnedOn', null),
      customers: [1, 2, 3, 4, 5, 6].map((id) => [
        org.enrolmentsOf(stored, id).map(dates),
        org.countedAwardsOf(stored, id).map(dates),
        org.awardHistory(stored, id).map(({ ownerType, enrolmentKey }) => [ownerType, enrolmentKey === null]),
      ]),
    };
  });
}

const settings: fc.Arbitrary<Partial<OrgSettings>> = fc.record({
  refuseOverlappingAwards: fc.boolean(),
  revokeFreesCaps: fc.boolean(),
  requestIdScope: fc.constantFrom('org' as const, 'endpoint' as const, 'badge' as const),
});

describe('OrgStore', () => {
  it('answers any sequence of calls as the org in memory does', () => {
    fc.assert(
      fc.property(
        settings,
        fc.array(fc.tuple(step, fc.integer({ min: 1, max: 60 })), { maxLength: 30, size: 'max' }),
        (chosen, steps) => {
          const { org, connection } = openOrg(chosen);
          const memory = new MemoryOrg(chosen);
          const hosts: Host[] = [
            {
              org,
              badges: [],
              seen: () => org.seenCustomers(10),
              refuse: (customerId, outcome) =>
                org.recordRefusal({
                  outcome,
                  customerId,
                  line: null,
                  lineNumber: null,
                  earlierKey: null,
                  cap: null,
                  capCount: null,
                }),
            },
            { org: memory, badges: [], seen: () => new CustomersOfRequest(), refuse: () => undefined },
          ];
          for (const host of hosts) {
            host.badges = DEFINITIONS.map((form, index) => {
              const added = host.org.addBadge(form, START, `b${String(index)}`.padEnd(24, '0'));
              return host.org.setClaims(added, [{ ownerType: 'Loyalty', referenceId: '626', isActive: true }]);
            });
          }
          let now = START + 25 * DAY;
          for (const [action, hours] of steps) {
            now += hours * HOUR;
            const [ours, theirs] = hosts.map((host) => take(host, action, now, host.org === org));
            expect(ours).toEqual(theirs);
            const [left, right] = hosts.map((host) => observe(host, now));
            expect(left).toEqual(right);
          }
          connection.close();
        },
      ),
      { numRuns: atLength(40, 2_000) },
    );
  });

  it.each([
    ['a limit of two for a customer', { refuseOverlappingAwards: false }],
    ['and no two awards at once', { refuseOverlappingAwards: true }],
  ])('answers bulk requests of thousands as the org in memory does, with %s', (_, chosen) => {
    const { org, connection } = openOrg(chosen);
    const memory = new MemoryOrg(chosen);
    const form = { ...DEFINITIONS[2]!, badgeConstraints: [{ kind: 'FIXED_VALUE' as const, maxEarnLimit: 3_500 }] };
    const ids = Array.from({ length: 2_345 }, (_each, index) => ((index * 7) % 2_300) + 1);
    const now = START + 25 * DAY;
    // Records are numbered across both tables in memory, and by table in the store: an id ends with the number.
    const withoutIds = (body: unknown): string =>
      JSON.stringify(body).replaceAll(/"[0-9a-f]{14}[ae][0-9a-f]{9}"/g, '"id"');
    const answers = [org, memory].map((target: OrgState) => {
      const { id } = target.setClaims(target.addBadge(form, START, 'b0'.repeat(12)), [
        { ownerType: 'Loyalty', referenceId: '626', isActive: true },
      ]);
      const rest = { badgeMetaId: id, triggeredBy: { ownerType: 'Loyalty', referenceId: '626' } };
      const call = (path: string, body: object, days: number): string => {
        const request = { method: 'POST', path: `/api_gateway/v1/badges${path}`, query: {}, headers: {} };
        const context = { now: now + days * DAY, newBatchId: () => 'batch' };
        return withoutIds(
          answerRequest(target, { ...request, body: JSON.stringify({ ...rest, ...body }) }, context).body,
        );
      };
      const enrol = '/badgeMeta/customer/issueBulk';
      const award = '/customer/earnBulk';
      return [
        call(enrol, { customers: ids.slice(0, 2_100), requestId: 'a' }, 0),
        call(enrol, { customers: ids, requestId: 'b' }, 1),
        // Some have none, some one, some two by the end: whoever has two gets no third.
        call(award, { customerIds: ids.slice(0, 1_700), requestId: 'c' }, 1),
        call(award, { customerIds: ids.slice(600, 1_900), requestId: 'd' }, 2),
        call(award, { customerIds: ids, requestId: 'e' }, 3),
      ];
    });
    expect(answers[0]).toEqual(answers[1]);
    const kept = (of: string): (number | null)[] =>
      connection.prepare(`SELECT ${of} FROM awards ORDER BY key`).pluck().all() as number[];
    expect(kept('key')).toEqual(kept('key').map((__, index) => index + 1));
    expect(kept('key').length).toBeGreaterThan(1_700);
    // Each is of its own customer's enrolment.
    expect(
      kept(
        '(SELECT customer_id FROM enrolments WHERE enrolments.key = enrolment_key AND enrolments.badge_key = awards.badge_key)',
      ),
    ).toEqual(kept('customer_id'));
    connection.close();
  });

  it('finds a record by its id, and no other by an id that was changed', () => {
    const { org } = openOrg();
    const stored = org.addBadge(definition(), START);
    const key = org.importAward(stored, 7, START, START + DAY, 'r');
    const id = org.awardId({ key, earnedOn: START });
    expect(org.findAward(id)).toMatchObject({ key, customerId: 7, eventDate: START });
    expect(org.findAward(`0${id.slice(1)}`)).toBeUndefined();
    expect(org.findEnrolment(id)).toBeUndefined();
  });

  it('keeps every form of a badge for the requests that were judged by it', () => {
    const { org } = openOrg();
    const first = org.addBadge(definition({ name: 'Before' }), START);
    const before = org.badgeStore.definitionKeyOf(first);
    const second = org.updateBadge(first, definition({ name: 'After' }), START + 1);
    expect(org.badgeStore.definition(before).name).toBe('Before');
    expect(org.badgeNamed('After')?.id).toBe(first.id);
    expect(org.badgeNamed('Before')).toBeUndefined();
    expect(org.badgeStore.definitionKeyOf(org.updateBadge(second, second.definition, START + 2))).toBe(
      org.badgeStore.definitionKeyOf(second),
    );
  });

  it('keeps groups, custom fields and tag definitions', () => {
    const { org } = openOrg();
    const stamps = { createdOn: START, createdBy: 1, lastUpdatedOn: START, lastUpdatedBy: 1 };
    const group = org.addGroup({ name: 'Summer', rank: 2, isActive: true, ...stamps });
    org.updateGroup({ ...group, rank: 1, lastUpdatedOn: START + 1 });
    expect(org.groups()).toEqual([{ ...group, rank: 1, lastUpdatedOn: START + 1 }]);
    const field = org.addCustomField({
      name: 'Tier',
      dataType: 'STRING',
      isMandatory: false,
      defaultValue: null,
      isActive: true,
      ...stamps,
    });
    org.updateCustomField({ ...field, isActive: false });
    expect(org.findCustomField(field.id)).toEqual({ ...field, isActive: false });
    const meta = org.setOrgMeta({ tags: [{ key: 'Category' }], ...stamps });
    expect(org.setOrgMeta({ ...meta, tags: [] }).id).toBe(meta.id);
    expect(org.orgMeta()?.tags).toEqual([]);
  });
});
