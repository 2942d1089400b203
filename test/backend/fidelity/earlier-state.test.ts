import { expect, test } from 'vitest';
import { replay } from '../../../electron/backend/fidelity/replay/replay';
import type { OrgSettings } from '../../../shared/domain/settings';
import type { RecordedCall } from '../../../shared/fidelity/recording';
import { idOf, RecordedSession, recordingOfCalls } from './recorded-session';

const trigger = { ownerType: 'Loyalty', referenceId: '626' };
type Json = Record<string, unknown>;

/** An org with a history, and the place in the calls at which somebody begins to record. */
async function longLivedOrg(settings: Partial<OrgSettings> = {}) {
  const session = await RecordedSession.open(settings);
  const call = session.call.bind(session);
  await call('POST', 'group', { body: { name: 'Summer', rank: 2 } });
  await call('POST', 'customField', { body: { name: 'Colour', dataType: 'STRING' } });
  await call('POST', 'orgMeta', { body: { tags: [{ name: 'season' }] } });
  const made = await call('POST', 'badgeMeta', {
    body: {
      ...{ name: 'Visits', startOn: session.day(0) + 60, expiresOn: session.day(120), earnType: 'ISSUE_EARN' },
      ...{ earnedBadgeExpiry: { expiryType: 'NEVER' }, issuedBadgeExpiry: { expiryType: 'NEVER' } },
      ownership: { restrictedToOwners: ['Loyalty'] },
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
    },
  });
  const badge = idOf(made);
  await call('POST', `badgeMeta/${badge}/claim`, { body: trigger });
  session.wait(3_600);
  const earn = (customerId: number, requestId: string) =>
    call('POST', 'customer/earn', { body: { badgeMetaId: badge, customerId, requestId, triggeredBy: trigger } });
  await call('POST', 'badgeMeta/customer/issueBulk', {
    body: { badgeMetaId: badge, customers: [1, 2, 3], requestId: 'issue', triggeredBy: trigger },
  });
  await earn(1, 'before');
  session.wait(86_400);
  session.calls.length = 0;
  return { session, call, badge, earn };
}

test('what the recording reads of the org is there again: badges, claims, groups, fields, and what a customer has', async () => {
  const { session, call, badge, earn } = await longLivedOrg();
  await call('GET', 'badgeMeta');
  await call('GET', `badgeMeta/${badge}`);
  await call('GET', 'group');
  await call('GET', 'customField');
  await call('GET', 'orgMeta');
  const held = await call('GET', `management/1/badge/${badge}`);
  await earn(1, 'now');
  await earn(1, 'too many');
  const { earns } = (held.body['data'] as Json)['earnDetails'] as { earns: Json[] };
  await call('POST', 'customer/revokeEarn', {
    body: { badgeMetaId: badge, customerId: 1, earnedBadgeId: earns[0]?.['earnId'] },
  });
  await earn(1, 'free again');
  await call('GET', `management/1/badge/${badge}`);
  await call('GET', `badgeMeta/${badge}`);
  const report = await replay(session.end(), { settings: {} });
  expect(report.calls.filter(({ verdict }) => verdict !== 'same')).toEqual([]);
});

test('what is not known is not decided, with its reason', async () => {
  const { session, call, badge, earn } = await longLivedOrg();
  await earn(9, 'unread');
  await call('GET', `badgeMeta/${badge}`);
  await earn(2, 'enrolled before');
  await earn(8, 'before');
  await call('POST', 'group', { body: { name: 'Summer', rank: 1 } });
  await call('POST', 'badgeMeta', { body: { name: 'Visits' } });
  await call('GET', 'customer/a@example.com', { headers: { 'x-cap-customer-identifier': 'email' } });
  const recording = session.end();
  const report = await replay(recording, { settings: {} });
  expect(report.calls.map(({ path, verdict, reason }) => [path.split('/').at(-1), verdict, reason])).toEqual([
    ['earn', 'same', null],
    [badge, 'same', null],
    ['earn', 'undecidable', 'history'],
    ['earn', 'undecidable', 'request-id'],
    ['group', 'undecidable', 'catalogue'],
    ['badgeMeta', 'same', null],
    ['a@example.com', 'same', null],
  ]);
  const [first] = recording.calls;
  const alone = await replay(recordingOfCalls([first!]), { settings: {} });
  expect(alone.calls[0]).toMatchObject({ verdict: 'undecidable', reason: 'badge-unknown' });
});

/** The recording of a badge that is made and awarded, with some of its calls changed. */
async function changed(change: (call: RecordedCall, index: number) => RecordedCall | null) {
  const session = await RecordedSession.open();
  const made = await session.call('POST', 'badgeMeta', {
    body: {
      ...{ name: 'Visits', startOn: session.day(0) + 60, expiresOn: session.day(120), earnType: 'EARN' },
      ...{ earnedBadgeExpiry: { expiryType: 'NEVER' }, ownership: { restrictedToOwners: ['Loyalty'] } },
    },
  });
  const badge = idOf(made);
  await session.call('POST', `badgeMeta/${badge}/claim`, { body: trigger });
  session.wait(3_600);
  for (const requestId of ['a', 'a', 'b'])
    await session.call('POST', 'customer/earn', {
      body: { badgeMetaId: badge, customerId: 1, requestId, triggeredBy: trigger },
    });
  await session.call('GET', `management/1/badge/${badge}`);
  const calls = session
    .end()
    .calls.map(change)
    .filter((call) => call !== null);
  return (await replay(recordingOfCalls(calls), { settings: {} })).calls.map(
    ({ verdict, reason }) => reason ?? verdict,
  );
}

const answered = (call: RecordedCall, status: number, body = ''): RecordedCall => ({
  ...call,
  answer: { status, headers: {}, body, missing: null },
});

test.each([
  [
    'a lost answer that a refused repeat proves to have been carried out',
    (call: RecordedCall, index: number) => (index === 2 ? { ...call, answer: null } : call),
    ['same', 'same', 'no-answer', 'same', 'same', 'same'],
  ],
  [
    'a lost answer that nothing tells of',
    (call: RecordedCall, index: number) => (index === 4 ? { ...call, answer: null } : call),
    ['same', 'same', 'same', 'same', 'no-answer', 'lost-before'],
  ],
  [
    'an outage and a limit of calls change nothing that is compared',
    (call: RecordedCall, index: number) =>
      index === 3 ? answered(call, 429) : index === 5 ? answered(call, 503, '<html>') : call,
    ['same', 'same', 'same', 'too-many', 'same', 'outage'],
  ],
  [
    'a body that was not kept',
    (call: RecordedCall, index: number): RecordedCall =>
      index === 4 ? { ...call, body: null, missing: 'not-recorded' } : call,
    ['same', 'same', 'same', 'same', 'body-missing', 'lost-before'],
  ],
  [
    'an answer that was not kept',
    (call: RecordedCall, index: number): RecordedCall =>
      index === 4 ? { ...call, answer: { status: 200, headers: {}, body: null, missing: 'not-recorded' } } : call,
    ['same', 'same', 'same', 'same', 'answer-missing', 'same'],
  ],
  [
    'an endpoint that nobody knows',
    (call: RecordedCall, index: number) => (index === 5 ? { ...call, path: `${call.path}/more` } : call),
    ['same', 'same', 'same', 'same', 'same', 'no-endpoint'],
  ],
  [
    'a code that is another, by no switch',
    (call: RecordedCall, index: number) =>
      index === 3 ? answered(call, 400, '{"data":null,"errors":[{"code":810,"message":"x"}],"warnings":null}') : call,
    ['same', 'same', 'same', 'different', 'same', 'same'],
  ],
] as const)('%s', async (_, change, verdicts) => {
  expect(await changed(change)).toEqual(verdicts);
});
