/** What an org answers while a request is open: its own records count before they are closed, and only where they belong. */
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../shared/domain/instant';
import type { IssuanceKind, IssuanceRequest, StoredBadge } from '../../../shared/domain/org';
import type { OrgStore } from '../../../db/org/org-store';
import { RequestHistory } from '../../../db/org/request-history';
import { definition, openOrg, START } from './opened-org';

const NOW = START + 9 * DAY;
const EVENT = START + 4 * DAY;
const NONE = { line: null, lineNumber: null, earlierKey: null, cap: null, capCount: null };

const request = (badge: StoredBadge, kind: IssuanceKind, changes: Partial<IssuanceRequest> = {}): IssuanceRequest => ({
  ...{ kind, badge, requestId: 'open', ownerType: 'Loyalty', referenceId: '1' },
  ...{ eventDate: EVENT, expiresOn: NOW + DAY, processedOn: NOW },
  ...changes,
});

/** A badge with three awards and two enrolments of closed requests, one of each revoked, and another badge. */
function orgWithHistory(settings = {}): {
  org: OrgStore;
  badge: StoredBadge;
  other: StoredBadge;
  history: RequestHistory;
} {
  const { org, connection } = openOrg(settings);
  const badge = org.addBadge(definition({ name: 'One' }), START);
  const other = org.addBadge(definition({ name: 'Other' }), START);
  org.transaction(() => {
    org.openRequest(request(badge, 'earnBulk', { requestId: 'a', eventDate: START, processedOn: START + DAY }));
    for (const customer of [1, 2, 3]) org.recordAward(customer, null);
  });
  org.transaction(() => {
    org.openRequest(request(badge, 'issueBulk', { requestId: 'b', eventDate: START, processedOn: START + DAY }));
    for (const customer of [1, 2]) org.recordEnrolment(customer);
  });
  org.transaction(() => {
    const { key } = org.awardHistory(badge, 1)[0]!;
    org.revokeAward(key, NOW);
    org.revokeEnrolment(org.enrolmentHistory(badge, 1)[0]!.key, NOW);
  });
  return { org, badge, other, history: new RequestHistory(connection) };
}

describe('counts of a badge', () => {
  test.each<[string, IssuanceKind | null, number, object]>([
    ['no request is open', null, NOW, { issuedCount: 2, earnedCount: 3, activeEarnedCount: 2 }],
    ['one awards', 'earnBulk', NOW, { issuedCount: 2, earnedCount: 5, activeEarnedCount: 4 }],
    ['one enrols', 'issueBulk', NOW, { issuedCount: 4, earnedCount: 3, activeEarnedCount: 2 }],
    ['all but the open one’s awards ended', 'earnBulk', NOW + DAY - 1, { activeEarnedCount: 4 }],
    ['its awards end at that instant', 'earnBulk', NOW + DAY, { issuedCount: 2, earnedCount: 5, activeEarnedCount: 0 }],
  ])('while %s', (_, kind, now, counts) => {
    const { org, badge, other } = orgWithHistory();
    org.transaction(() => {
      if (kind !== null) org.openRequest(request(badge, kind));
      for (const customer of [7, 8]) {
        if (kind === 'earnBulk') org.recordAward(customer, null);
        if (kind === 'issueBulk') org.recordEnrolment(customer);
      }
      expect(org.countsOf(badge, now)).toMatchObject(counts);
      expect(org.countsOf(other, now)).toEqual({ issuedCount: 0, earnedCount: 0, activeEarnedCount: 0 });
    });
    // The same once it is closed.
    expect(org.countsOf(badge, now)).toMatchObject(counts);
  });

  test.each<[IssuanceKind, [awards: boolean, enrolments: boolean]]>([
    ['earn', [true, false]],
    ['earnBulk', [true, false]],
    ['issueBulk', [false, true]],
  ])('a first record of %s is one', (kind, has) => {
    const { org, other, badge } = orgWithHistory();
    const asked = (of: StoredBadge): unknown => [org.hasAwards(of), org.hasEnrolments(of)];
    org.transaction(() => {
      org.openRequest(request(other, kind));
      expect(asked(other)).toEqual([false, false]);
      if (kind === 'issueBulk') org.recordEnrolment(7);
      else org.recordAward(7, null);
      expect([asked(other), asked(badge)]).toEqual([has, [true, true]]);
    });
    expect(asked(other)).toEqual(has);
  });

  test.each<[boolean, number]>([
    [false, 3],
    [true, 2],
  ])('awards that count, revoked ones free: %s', (revokeFreesCaps, closed) => {
    const { org, badge, other } = orgWithHistory({ revokeFreesCaps });
    const all = (): number[] => [
      org.countAwards(badge, 'earnedOn', null),
      org.countAwards(badge, 'earnedOn', { from: NOW, to: NOW + 1 }),
      org.countAwards(badge, 'earnedOn', { from: NOW + 1, to: NOW + DAY }),
      org.countAwards(badge, 'eventDate', { from: EVENT, to: EVENT + 1 }),
      org.countAwards(badge, 'eventDate', { from: NOW, to: NOW + 1 }),
      org.countAwards(badge, 'eventDate', { from: START, to: EVENT }),
    ];
    expect(all()).toEqual([closed, 0, 0, 0, 0, closed]);
    org.transaction(() => {
      org.openRequest(request(badge, 'earnBulk'));
      for (const customer of [7, 8]) org.recordAward(customer, null);
      expect(all()).toEqual([closed + 2, 2, 0, 2, 0, closed]);
      expect(org.countAwards(other, 'earnedOn', null)).toBe(0);
    });
    expect(all()).toEqual([closed + 2, 2, 0, 2, 0, closed]);
    org.transaction(() => {
      org.openRequest(request(badge, 'issueBulk', { requestId: 'enrol' }));
      org.recordEnrolment(9);
      expect(all()).toEqual([closed + 2, 2, 0, 2, 0, closed]);
    });
  });
});

describe('customers that a request has met', () => {
  test.each<[IssuanceKind]>([['earnBulk'], ['issueBulk']])('of %s are those it recorded or refused', (kind) => {
    const { org, badge } = orgWithHistory();
    org.transaction(() => {
      org.openRequest(request(badge, kind));
      const seen = org.seenCustomers(10);
      // Customer 1 has records of requests before.
      expect([1, 2, 3].map((customer) => seen.add(customer))).toEqual([true, true, true]);
      if (kind === 'issueBulk') org.recordEnrolment(1);
      else org.recordAward(1, null);
      org.recordRefusal({ outcome: 811, customerId: 2, ...NONE });
      // Met, but neither recorded nor refused: the filter's doubt is settled by the store.
      expect([1, 2, 3].map((customer) => seen.add(customer))).toEqual([false, false, true]);
    });
  });
});

describe('what was read ahead', () => {
  test.each([1, 2, 3, 4])(
    'is what is read later, also of those who got something since, where %s are enough',
    (enough) => {
      const { org, badge, other } = orgWithHistory({ revokeFreesCaps: false });
      const all = [1, 2, 3, 4];
      const counts = (): number[] => all.map((customer) => org.countedAwardsOf(badge, customer).length);
      const reach = (): boolean[] =>
        all.map((customer) => org.countedAwardsOf(badge, customer, enough).length >= enough);
      org.transaction(() => {
        org.openRequest(request(badge, 'earnBulk'));
        org.readAhead(badge, 'awards', [...all, 1], enough);
        org.readAhead(badge, 'enrolments', all, 1);
        expect(counts()).toEqual([1, 1, 1, 0]);
        expect(org.countedAwardsOf(other, 1, enough)).toEqual([]);
        for (const [before, customer] of [1, 1, 1].entries()) {
          expect(reach()).toEqual([before + 1 >= enough, 1 >= enough, 1 >= enough, false]);
          org.recordAward(customer, null);
        }
        expect(reach()).toEqual([true, 1 >= enough, 1 >= enough, false]);
        expect(org.awardHistory(badge, 1).length).toBe(4);
        expect(all.map((customer) => org.enrolmentHistory(badge, customer).length)).toEqual([1, 1, 0, 0]);
      });
      expect(counts()).toEqual([4, 1, 1, 0]);
      expect(() => org.readAhead(badge, 'awards', all, enough)).toThrow('outside a request');
    },
  );
});

describe('a request', () => {
  test('is closed by the next one, by a revocation and by its transaction; and written only while it is open', () => {
    const { org, badge, history } = orgWithHistory({ revokeFreesCaps: true });
    const before = history.count();
    const last = () => history.list(null, 0, 1).requests[0]!;
    expect(() => org.recordAward(1, null)).toThrow('outside a request');
    expect(() => org.closeRequest()).toThrow('outside a request');
    org.transaction(() => {
      org.openRequest(request(badge, 'earnBulk', { requestId: 'first' }));
      org.recordAward(7, null);
      org.openRequest(request(badge, 'earnBulk', { requestId: 'second' }));
      org.recordRefusal({ outcome: 811, customerId: 8, ...NONE });
      const key = org.recordAward(9, null);
      org.revokeAward(key, NOW + 1);
      expect(() => org.recordAward(1, null)).toThrow('outside a request');
      expect(last()).toMatchObject({
        requestId: 'second',
        total: 2,
        succeeded: 1,
        source: '',
        durationMilliseconds: 0,
      });
      expect([...last().refusals]).toEqual([[811, 1]]);
    });
    expect(history.count()).toBe(before + 2);
    expect(org.countsOf(badge, NOW).earnedCount).toBe(5);
    // Of the three closed before one was revoked; of these two, too.
    expect(org.countAwards(badge, 'earnedOn', null)).toBe(3);
  });

  test('within another transaction ends with its own', () => {
    const { org, badge } = orgWithHistory();
    org.transaction(() => {
      org.transaction(() => {
        org.openRequest(request(badge, 'earnBulk'));
        org.recordAward(7, null);
      });
      expect(() => org.recordAward(8, null)).toThrow('outside a request');
    });
    expect(org.countsOf(badge, NOW).earnedCount).toBe(4);
  });

  test('that fails leaves nothing behind, also of what was read meanwhile', () => {
    const { org, badge } = orgWithHistory({ revokeFreesCaps: false });
    expect(org.countAwards(badge, 'earnedOn', null)).toBe(3);
    const fail = (): never => {
      throw new Error('undo');
    };
    expect(() =>
      org.transaction(() => {
        const renamed = org.updateBadge(badge, definition({ name: 'Renamed' }), NOW);
        org.openRequest(request(renamed, 'earnBulk'));
        org.recordAward(7, null);
        org.closeRequest();
        org.openRequest(request(renamed, 'earnBulk'));
        org.recordAward(9, null);
        fail();
      }),
    ).toThrow('undo');
    expect([7, 9].map((customer) => org.awardHistory(badge, customer))).toEqual([[], []]);
    expect(() => org.recordAward(8, null)).toThrow('outside a request');
    expect(org.findBadge(badge.id)?.definition.name).toBe('One');
    expect([org.countAwards(badge, 'earnedOn', null), org.countsOf(badge, NOW).earnedCount]).toEqual([3, 3]);
    expect(org.isRequestConsumed('open', 'earnBulk', badge.id)).toBe(false);
  });

  test.each<['org' | 'endpoint' | 'badge', boolean[]]>([
    ['org', [true, true, true]],
    ['endpoint', [true, true, false]],
    ['badge', [true, false, true]],
  ])('of an id that was used is one within %s; one refused or imported uses none', (requestIdScope, used) => {
    const { org, badge, other } = orgWithHistory({ requestIdScope });
    const isUsed = (id: string, kind: IssuanceKind, of: StoredBadge): boolean => org.isRequestConsumed(id, kind, of.id);
    expect([isUsed('a', 'earnBulk', badge), isUsed('a', 'earnBulk', other), isUsed('a', 'issueBulk', badge)]).toEqual(
      used,
    );
    org.importAward(badge, 7, START, NOW, 'imported');
    const circumstances = { source: 'here', eventDateSent: true, madeOn: NOW, durationMilliseconds: 3 };
    org.addRefusedRequest(request(badge, 'earn', { requestId: 'refused' }), [], circumstances);
    for (const id of ['imported', 'refused', 'none']) expect(isUsed(id, 'earn', badge), id).toBe(false);
  });
});
