/** What an org’s store answers, query by query: rows that fit, rows that almost fit, and their order. */
import { describe, expect, test } from 'vitest';
import { OrgListing } from '../../../db/org/org-listing';
import type { OrgStore } from '../../../db/org/org-store';
import { RequestHistory } from '../../../db/org/request-history';
import type { Claim } from '../../../shared/domain/badge';
import { DAY } from '../../../shared/domain/instant';
import type { IssuanceKind, IssuanceRequest, StoredBadge } from '../../../shared/domain/org';
import { definition, openOrg, START } from './opened-org';

const CIRCUMSTANCES = { source: 'here', eventDateSent: true, madeOn: START + 9, durationMilliseconds: 3 };
const NONE = { line: null, lineNumber: null, earlierKey: null, cap: null, capCount: null };

const request = (badge: StoredBadge, kind: IssuanceKind, changes: Partial<IssuanceRequest> = {}): IssuanceRequest => ({
  ...{ kind, badge, requestId: 'r', ownerType: 'Loyalty', referenceId: '1' },
  ...{ eventDate: START, expiresOn: START + 9 * DAY, processedOn: START + DAY },
  ...changes,
});

/** Records customers, or refuses those that are negative. @returns the request's key */
const make = (
  org: OrgStore,
  badge: StoredBadge,
  kind: 'earn' | 'earnBulk' | 'issueBulk',
  customers: readonly number[],
  changes: Partial<IssuanceRequest> = {},
): number =>
  org.transaction(() => {
    org.openRequest(request(badge, kind, changes));
    for (const customer of customers) {
      if (customer < 0) org.recordRefusal({ outcome: 811, customerId: -customer, ...NONE });
      else if (kind === 'issueBulk') org.recordEnrolment(customer);
      else org.recordAward(customer, null);
    }
    return org.closeRequest(CIRCUMSTANCES);
  });

function twoBadges() {
  const opened = openOrg();
  const { org } = opened;
  const [one, other] = [definition({ name: 'One' }), definition({ name: 'Other' })].map((form) =>
    org.addBadge(form, START),
  ) as [StoredBadge, StoredBadge];
  return { ...opened, one, other };
}

describe('badges', () => {
  test('are listed newest first by part of name or id, whatever its case, with their claims and counts', () => {
    const { org, connection, one, other } = twoBadges();
    const third = org.addBadge(definition({ name: 'Another ONE' }), START, 'f0'.repeat(12));
    org.setClaims(one, [
      { ownerType: 'Loyalty', referenceId: '1', isActive: true },
      { ownerType: 'Loyalty', referenceId: '2', isActive: false },
      { ownerType: 'Journeys', referenceId: '3', isActive: true },
    ]);
    org.setClaims(other, [{ ownerType: 'Loyalty', referenceId: '1', isActive: true }]);
    make(org, one, 'earnBulk', [1, 2, -3]);
    make(org, other, 'issueBulk', [1, 2, 3]);
    const listing = new OrgListing(connection);
    const ids = (search: string, offset = 0, limit = 9): unknown => {
      const { total, rows } = listing.badges(search, offset, limit);
      return [total, rows.map(({ id }) => id)];
    };
    expect(ids('')).toEqual([3, [third.id, other.id, one.id]]);
    expect(ids('one')).toEqual([2, [third.id, one.id]]);
    expect(ids('oNE', 1, 1)).toEqual([2, [one.id]]);
    expect(ids('', 0, 2)).toEqual([3, [third.id, other.id]]);
    expect(ids('F0F0')).toEqual([1, [third.id]]);
    expect(ids('none')).toEqual([0, []]);
    expect(listing.badge(one.id)).toMatchObject({ name: 'One', claims: 2, issuedCount: 0, earnedCount: 2 });
    expect(listing.badge(other.id)).toMatchObject({ name: 'Other', claims: 1, issuedCount: 3, earnedCount: 0 });
    expect(listing.badge(third.id)).toMatchObject({ claims: 0, issuedCount: 0, earnedCount: 0 });
    expect(listing.badge('none')).toBeUndefined();
    expect(listing.totals()).toEqual({ badges: 3, claims: 3, enrolments: 3, awards: 2 });
    expect(new OrgListing(openOrg().connection).totals()).toEqual({ badges: 0, claims: 0, enrolments: 0, awards: 0 });
  });

  test('are found by id, by key and by their exact name, the oldest of one name', () => {
    const { org, one, other } = twoBadges();
    const same = org.addBadge(definition({ name: 'Other' }), START);
    const store = org.badgeStore;
    expect([store.find(one.id)?.key, store.findByKey(one.key)?.id, store.findByKey(99)]).toEqual([
      ...[one.key, one.id, undefined],
    ]);
    expect([store.named('Other')?.key, store.named('other'), same.key > other.key]).toEqual([
      ...[other.key, undefined, true],
    ]);
    expect([one, other, same].map(({ numericId }) => numericId)).toEqual([1, 2, 3]);
    expect(store.countsByBadge([one.id, 'none'])).toEqual(new Map([[one.id, { issuedCount: 0, earnedCount: 0 }]]));
    expect(new Set([one.id, other.id, same.id]).size).toBe(3);
  });

  test('are gone through from the oldest, past any page of them, without those that cannot be read', () => {
    const { org, connection } = openOrg();
    org.transaction(() => {
      for (let count = 0; count < 1_203; count += 1) org.addBadge(definition({ name: `b${String(count)}` }), START);
    });
    connection.exec("UPDATE definitions SET definition = 'odd' WHERE badge_key IN (3, 501)");
    const keys = [...org.badgeStore.all()].map(({ key }) => key);
    expect(keys).toEqual(
      Array.from({ length: 1_203 }, (_, index) => index + 1).filter((key) => key !== 3 && key !== 501),
    );
  });

  test('keep who changed them and when, and give claims in their order, in place of those before', () => {
    const { org, one } = twoBadges();
    const claims = ['3', '1', '2'].map((referenceId): Claim => ({ ownerType: 'Loyalty', referenceId, isActive: true }));
    expect(org.setClaims(one, claims).claims).toEqual(claims);
    expect(org.setClaims(one, claims.slice(1)).claims).toEqual(claims.slice(1));
    const changed = org.badgeStore.update(one, definition({ name: 'New' }), START + 5, 7);
    expect(changed).toMatchObject({ createdOn: START, createdBy: 1, lastUpdatedOn: START + 5, lastUpdatedBy: 7 });
    expect([org.badgeNamed('New')?.id, org.badgeNamed('One')]).toEqual([one.id, undefined]);
  });

  test('know when their last enrolment ends', () => {
    const { org, one, other } = twoBadges();
    const until = (): unknown => org.badgeStore.enrolledUntil(one.id);
    expect(until()).toBeNull();
    make(org, one, 'earnBulk', [1], { expiresOn: START + 90 * DAY });
    make(org, other, 'issueBulk', [1], { expiresOn: START + 80 * DAY });
    make(org, one, 'issueBulk', [-1], { expiresOn: START + 70 * DAY });
    org.addRefusedRequest(request(one, 'issueBulk', { expiresOn: START + 60 * DAY }), [], CIRCUMSTANCES);
    expect(until()).toBeNull();
    make(org, one, 'issueBulk', [1], { expiresOn: START + 20 * DAY });
    make(org, one, 'issueBulk', [2], { expiresOn: START + 10 * DAY });
    expect(until()).toBe(START + 20 * DAY);
  });
});

describe('the history of requests', () => {
  test('is newest first, of one badge or of all, page by page, under the name the badge had', () => {
    const { org, connection, one, other } = twoBadges();
    make(org, one, 'earnBulk', [1, -2, -3], { requestId: 'a' });
    make(org, other, 'issueBulk', [1], { requestId: 'b' });
    const renamed = org.updateBadge(one, definition({ name: 'Renamed' }), START);
    make(org, renamed, 'earn', [4], { requestId: 'c' });
    const errors = [{ code: 811, message: 'No', reference: null }];
    org.addRefusedRequest(request(renamed, 'earn', { requestId: 'd' }), errors, CIRCUMSTANCES, {
      ...{ outcome: 811, customerId: 5, ...NONE },
    });
    const history = new RequestHistory(connection);
    const page = (badge: string | null, offset = 0, limit = 9): unknown => {
      const { total, requests } = history.list(badge, offset, limit);
      return [total, requests.map(({ requestId, badgeName }) => `${requestId} ${badgeName}`)];
    };
    expect(page(null)).toEqual([4, ['d Renamed', 'c Renamed', 'b Other', 'a One']]);
    expect(page(null, 1, 2)).toEqual([4, ['c Renamed', 'b Other']]);
    expect(page(one.id)).toEqual([3, ['d Renamed', 'c Renamed', 'a One']]);
    expect(page(one.id, 1, 1)).toEqual([3, ['c Renamed']]);
    expect(page(other.id)).toEqual([1, ['b Other']]);
    expect(page('none')).toEqual([0, []]);
    expect([history.count(), history.hasAnswered('a'), history.hasAnswered('d'), history.hasAnswered('x')]).toEqual([
      ...[4, true, false, false],
    ]);
    expect(history.get(1)).toMatchObject({ ...CIRCUMSTANCES, requestId: 'a', total: 3, succeeded: 1, errors: [] });
    expect(history.get(1)).toMatchObject({ eventDate: START, processedOn: START + DAY, expiresOn: START + 9 * DAY });
    expect([...(history.get(1)?.refusals ?? [])]).toEqual([[811, 2]]);
    expect(history.get(4)).toMatchObject({ state: 'refused', errors, total: 1, succeeded: 0, badgeId: one.id });
    expect(history.get(9)).toBeUndefined();
    // What cannot be read is counted anew, of this request alone.
    connection.exec("UPDATE requests SET refusals = 'odd', errors = 'odd'; UPDATE definitions SET definition = 'odd'");
    expect([...(history.get(1)?.refusals ?? [])]).toEqual([[811, 2]]);
    expect([history.get(1)?.errors.length, history.get(4)?.errors.length]).toEqual([0, 1]);
    expect(history.get(1)?.badgeName).toBe('Renamed');
  });
});

describe('records', () => {
  test('of a customer are of the badge asked for, oldest first, with what their request says', () => {
    const { org, one, other } = twoBadges();
    make(org, one, 'earnBulk', [7, 8, 7], { requestId: 'a', ownerType: 'Journeys', referenceId: null });
    make(org, other, 'earnBulk', [7], { requestId: 'b' });
    make(org, one, 'issueBulk', [7], { requestId: 'c', expiresOn: START + 5 });
    const { records } = org;
    expect(records.awardsOf(one.key, 7).map(({ key }) => key)).toEqual([1, 3]);
    expect(records.awardsOf(one.key, 7)[1]).toEqual({
      ...{ key: 3, badgeKey: one.key, customerId: 7, requestKey: 1, earnedOn: START + DAY, eventDate: START },
      ...{ expiresOn: START + 9 * DAY, enrolmentKey: null, revokedOn: null, ownerType: 'Journeys', referenceId: null },
    });
    expect([records.awardsOf(other.key, 7).length, records.awardsOf(other.key, 8), records.award(9)]).toEqual([
      ...[1, [], undefined],
    ]);
    expect(records.enrolmentsOf(one.key, 7)).toEqual([
      {
        ...{ key: 1, badgeKey: one.key, customerId: 7, requestKey: 3, issuedOn: START + DAY, eventDate: START },
        ...{ expiresOn: START + 5, revokedOn: null, ownerType: 'Loyalty', referenceId: '1' },
      },
    ]);
    expect(records.enrolment(1)?.customerId).toBe(7);
    expect([records.enrolmentsOf(other.key, 7), records.enrolment(2)]).toEqual([[], undefined]);
    const badges = (customer: number): number[] => [...records.badgeKeysOf(customer)].sort();
    expect([badges(7), badges(8), badges(9)]).toEqual([[one.key, other.key], [one.key], []]);
    expect([records.nextKey('award'), records.nextKey('enrolment')]).toEqual([5, 2]);
    expect(openOrg().org.records.nextKey('award')).toBe(1);
  });

  test('are revoked once, each alone', () => {
    const { org, one } = twoBadges();
    make(org, one, 'earnBulk', [1, 2]);
    make(org, one, 'issueBulk', [1, 2]);
    const { records } = org;
    expect([records.revokeAward(1, 5), records.revokeAward(1, 6), records.revokeAward(9, 5)]).toEqual([
      ...[true, false, false],
    ]);
    expect([records.revokeEnrolment(2, 7), records.revokeEnrolment(2, 8)]).toEqual([true, false]);
    expect([1, 2].map((key) => [records.award(key)?.revokedOn, records.enrolment(key)?.revokedOn])).toEqual([
      [5, null],
      [null, 7],
    ]);
  });

  test('are gone through backwards, and counted by instant, as of a request', () => {
    const { org, one, other } = twoBadges();
    const at = (day: number): object => ({ requestId: `r${String(day)}`, processedOn: START + day * DAY });
    const first = make(org, one, 'earnBulk', [1, -9, 2], at(1));
    make(org, other, 'earnBulk', [1], at(2));
    make(org, one, 'issueBulk', [1], at(3));
    make(org, one, 'earnBulk', [-1], at(4));
    org.addRefusedRequest(request(one, 'earn'), [], CIRCUMSTANCES);
    org.importAward(one, 3, START + 5 * DAY, START + 9 * DAY, 'imported');
    const last = make(org, one, 'earn', [4], at(6));
    const later = make(org, one, 'earnBulk', [5, 6], at(7));
    const { records } = org;
    const backwards = (from: number, end: number): number[] =>
      [...records.awardsBackwards(one.key, from, end)].map(({ customerId }) => customerId);
    const all = records.nextKey('award');
    expect(backwards(later, all)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(backwards(later, all - 1)).toEqual([5, 4, 3, 2, 1]);
    expect(backwards(last, all - 3)).toEqual([3, 2, 1]);
    expect([backwards(first, 2), backwards(first, 1)]).toEqual([[1], []]);
    const instants = (before: number, from: number, to: number, revoked = true): unknown[] =>
      records
        .awardInstants(one.key, before, { from: START + from * DAY, to: START + to * DAY }, revoked)
        .map(({ earnedOn, count }) => [(earnedOn - START) / DAY, count]);
    expect(instants(later + 1, 0, 9)).toEqual([
      [7, 2],
      [6, 1],
      [5, 1],
      [4, 0],
      [1, 2],
    ]);
    expect(instants(later, 0, 9)).toEqual([
      [6, 1],
      [5, 1],
      [4, 0],
      [1, 2],
    ]);
    expect([instants(later, 5, 6), instants(later, 2, 4), instants(later, 1, 2)]).toEqual([[[5, 1]], [], [[1, 2]]]);
    records.revokeAward(1, START + 8 * DAY);
    records.revokeAward(all - 1, START + 8 * DAY);
    expect(instants(later, 0, 2)).toEqual([[1, 2]]);
    expect(instants(later, 0, 2, false)).toEqual([[1, 1]]);
    expect(instants(later + 1, 7, 9, false)).toEqual([[7, 1]]);
  });
});
