import type { OrgSettings } from '../../../shared/domain/settings';
import type { Recording } from '../../../shared/fidelity/recording';
import { idOf, RecordedSession } from './recorded-session';

type Json = Record<string, unknown>;

let requests = 0;

/** A session that comes to every endpoint, and to every point at which a switch makes a difference. */
export async function richSession(settings: Partial<OrgSettings> = {}): Promise<Recording> {
  const session = await RecordedSession.open(settings);
  const call = session.call.bind(session);
  const earn = (badge: string, customerId: unknown, more: Json = {}) =>
    call('POST', 'customer/earn', {
      body: {
        ...{ badgeMetaId: badge, customerId, requestId: `r${String((requests += 1))}` },
        ...{ triggeredBy: { ownerType: 'Loyalty', referenceId: '626' }, ...more },
      },
    });
  const bulk = (path: string, badge: string, customers: readonly number[], more: Json = {}) =>
    call('POST', path, {
      body: {
        ...{ badgeMetaId: badge, requestId: `b${String((requests += 1))}` },
        [path.endsWith('issueBulk') ? 'customers' : 'customerIds']: customers,
        ...{ triggeredBy: { ownerType: 'Loyalty', referenceId: '626' }, ...more },
      },
    });
  const badge = async (name: string, more: Json = {}, headers: Record<string, string> = {}) => {
    const made = await call('POST', 'badgeMeta', {
      headers,
      body: {
        ...{ name, startOn: session.day(0) + 60, expiresOn: session.day(120), earnType: 'EARN' },
        ...{ earnedBadgeExpiry: { expiryType: 'NEVER' }, ownership: { restrictedToOwners: ['Loyalty', 'Membercare'] } },
        ...more,
      },
    });
    return idOf(made);
  };
  const live = async (name: string, more: Json = {}) => {
    const id = await badge(name, more);
    await call('POST', `badgeMeta/${id}/claim`, { body: { ownerType: 'Loyalty', referenceId: '626' } });
    return id;
  };

  // The catalogue of the org.
  const group = await call('POST', 'group', { body: { name: 'Summer', rank: 2 } });
  await call('PUT', `group/${idOf(group)}`, { body: { name: 'Summer of 26', rank: 1 } });
  await call('GET', `group/${idOf(group)}`);
  await call('GET', 'group', { query: 'order=DESC' });
  const field = await call('POST', 'customField', {
    body: { name: 'Colour', dataType: 'STRING', defaultValue: 'green' },
  });
  await call('PUT', `customField/${idOf(field)}`, { body: { name: 'Colour', isMandatory: true, defaultValue: 'red' } });
  await call('GET', `customField/${idOf(field)}`);
  await call('GET', 'customField');
  await call('POST', 'orgMeta', { body: { tags: [{ name: 'season' }] } });
  await call('PUT', 'orgMeta', { body: { tags: [{ name: 'year' }] } });
  await call('GET', 'orgMeta');

  // Badges, and one that starts in the past: refused, or not.
  await call('POST', 'badgeMeta', {
    body: {
      ...{ name: 'Past', startOn: session.day(-3), expiresOn: session.day(50), earnType: 'EARN' },
      ...{ earnedBadgeExpiry: { expiryType: 'NEVER' }, ownership: { restrictedToOwners: ['Loyalty'] } },
    },
  });
  const limited = await live('Limited', {
    ...{ badgeGroupId: idOf(group), customFields: { Colour: 'blue' } },
    customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
    badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 3 }],
  });
  const weekly = await live('Weekly', {
    customerConstraints: [
      {
        ...{ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'WEEKS', maxEarnLimit: 1 },
        startDayOfTheWeek: 'THURSDAY',
      },
    ],
  });
  const rolling = await live('Rolling', {
    customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 2, maxEarnForDays: 1 }],
  });
  const plain = await live('Plain', {
    earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'DAYS', value: 30 },
  });
  const enrolled = await live('Enrolled', { earnType: 'ISSUE_EARN', issuedBadgeExpiry: { expiryType: 'NEVER' } });
  const upcoming = await live('Upcoming', {
    ...{ startOn: session.day(90), expiresOn: session.day(120) },
    ...{ earnType: 'ISSUE_EARN', issuedBadgeExpiry: { expiryType: 'NEVER' } },
  });
  await call('PUT', 'badgeMeta', {
    body: {
      ...{ id: upcoming, name: 'Upcoming again', startOn: session.day(91), expiresOn: session.day(120) },
      ...{ earnType: 'ISSUE_EARN', issuedBadgeExpiry: { expiryType: 'NEVER' } },
      ...{ earnedBadgeExpiry: { expiryType: 'NEVER' }, ownership: { restrictedToOwners: ['Loyalty'] } },
    },
  });
  await call('POST', `badgeMeta/${plain}/claim`, { body: { ownerType: 'Loyalty', referenceId: '9' } });
  await call('POST', `badgeMeta/${plain}/unclaim`, { body: { ownerType: 'Loyalty', referenceId: '9' } });
  session.wait(120);

  // HTTP statuses that no document names.
  await bulk('badgeMeta/customer/issueBulk', plain, [1]);
  await earn(upcoming, 1);
  await earn(plain, 1, { earnEventDate: session.day(-40) });
  await bulk('badgeMeta/customer/issueBulk', upcoming, [1]);

  // Limits, and what a revocation does to them.
  const first = await earn(limited, 1);
  await earn(limited, 1);
  await earn(limited, 1);
  await call('POST', 'customer/revokeEarn', {
    body: {
      ...{ badgeMetaId: limited, customerId: 1 },
      earnedBadgeId: (first.body['data'] as Json)['earnedBadgeId'],
    },
  });
  await earn(limited, 1);
  await bulk('customer/earnBulk', limited, [2, 3, 2]);
  await earn(limited, 4);

  // Enrolments.
  await bulk('badgeMeta/customer/issueBulk', enrolled, [5, 6, 5]);
  await earn(enrolled, 5);
  await earn(enrolled, 7);
  await call('POST', 'badgeMeta/customer/revokeIssue', { body: { badgeMetaId: enrolled, customers: [6, 8] } });

  // How far a request id must be unique: on another badge, and at another endpoint.
  await earn(plain, 10, { requestId: 'again' });
  await earn(weekly, 10, { requestId: 'again' });
  await bulk('customer/earnBulk', plain, [11], { requestId: 'again' });
  await earn(plain, 10, { requestId: 'again' });

  // Overlapping awards, and awards without a claim.
  await bulk('customer/earnBulk', plain, [12, 13]);
  await bulk('customer/earnBulk', plain, [12, 14]);
  await earn(plain, 15, { triggeredBy: { ownerType: 'Membercare', referenceId: '1' } });
  await earn(plain, 15, { triggeredBy: { ownerType: 'Goodwill_Module', referenceId: '1' } });

  // Weeks: the recording begins on a Monday, cycles change on Thursday or every seven days.
  await earn(weekly, 20);
  await earn(weekly, 20);
  session.wait(3 * 86_400 + 3_600);
  await earn(weekly, 20);

  // Days: 47 hours later two dates have begun.
  session.wait(10 * 3_600);
  await earn(rolling, 21);
  session.wait(47 * 3_600);
  await earn(rolling, 21);

  // Everything is looked at.
  await call('POST', 'import/customerBadges', {
    body: [
      { badgeMetaId: plain, customerId: 30, earnEventDate: session.day(-400), earnExpiresOn: session.day(400) },
      { badgeMetaId: 'f'.repeat(24), customerId: 30, earnEventDate: session.day(-1), earnExpiresOn: session.day(1) },
    ],
  });
  for (const id of [limited, weekly, rolling, plain, enrolled, upcoming]) {
    await call('GET', `badgeMeta/${id}`);
    await call('GET', `management/1/badge/${id}`);
  }
  await call('GET', 'badgeMeta', { query: 'size=5&sortOn=NAME' });
  await call('GET', 'badgeMeta', { query: 'status=LIVE&page=0' });
  await call('GET', 'badgeMeta/getFixedWindowDetails', {
    query: `badgeMetaId=${weekly}&includeEarnCount=true&customerId=20`,
  });
  await call('GET', 'customer/1', { query: 'badgeType=EARNED' });
  await call('GET', 'management/20');
  await call('GET', 'customer/nobody@example.com', { headers: { 'x-cap-customer-identifier': 'email' } });
  await call('PUT', `badgeMeta/${plain}/deactivate`);
  await earn(plain, 31);
  return session.end();
}
