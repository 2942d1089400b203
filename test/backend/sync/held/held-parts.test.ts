/** One customer's views as an org answers them, page by page, however oddly: what is asked, and what is said of it. */
import { describe, expect, test } from 'vitest';
import { heldHandlers } from '../../../../electron/backend/sync/held/handlers';
import { heldBadgesIn, heldRecordsIn } from '../../../../electron/backend/sync/held/held-records';
import type { OrgSessions } from '../../../../electron/backend/sync/client/org-sessions';
import { instantOf } from '../../../../shared/domain/instant';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';
import { inProcess } from '../badges/in-process';

const row = (number: number, changes: object = {}): object => ({
  ...{ badgeMetaId: `b${String(number)}`, name: `Badge ${String(number)}`, badgeStatus: 'LIVE', badgeType: 'EARN' },
  ...{ earnCount: 2, lastEarnedOn: '2026-05-04T09:30:00Z', issueStatus: 'ACTIVE' },
  ...changes,
});
const pageOf = (rows: readonly object[], totalPages: number): object => ({
  customerBadges: rows,
  pagination: { totalPages },
});

/** Handlers over an org that answers every read of a customer with this. */
async function handlersOf(answer: (page: number) => object) {
  const org = await inProcess();
  const asked: { path: string; query: object; headers: unknown }[] = [];
  org.script = ({ url, headers }) => {
    const { pathname, searchParams } = new URL(url);
    asked.push({ path: pathname.split('/badges/')[1] ?? '', query: Object.fromEntries(searchParams), headers });
    if (asked.length > 60) throw new Error('asks for ever');
    const given = answer(Number(searchParams.get('page')));
    return ('kind' in given ? given : { kind: 'success', status: 200, data: given, text: '' }) as never;
  };
  const sessions = { of: () => org.session } as unknown as OrgSessions;
  const handlers = heldHandlers(org.context, sessions, new AbortController().signal);
  const badges = (customer: object = { by: 'id', value: '9' }) =>
    handlers['held.badges']({ connectionId: org.connection.key, customer } as never);
  return { org, asked, badges };
}

describe('the badges of a customer', () => {
  test('are read page by page, by what the customer is named by', async () => {
    const { asked, badges } = await handlersOf((page) => pageOf([row(page * 2), row(page * 2 + 1)], 2));
    const found = await badges({ by: 'email', value: 'a b@x' });
    expect([found.isKnown, found.isWhole, found.badges.map(({ remoteBadgeId }) => remoteBadgeId)]).toEqual([
      ...[true, true, ['b0', 'b1', 'b2', 'b3']],
    ]);
    expect(asked).toEqual(
      ['0', '1'].map((page) => ({
        path: 'management/a%20b%40x',
        query: { page, size: '100' },
        headers: [{ name: expect.stringMatching(/^x-cap-/i) as string, value: 'email' }],
      })),
    );
    const byId = await handlersOf(() => pageOf([row(1)], 1));
    await byId.badges();
    expect(byId.asked).toMatchObject([{ path: 'management/9', headers: [] }]);
  });

  test('end at an empty page; a list that says the same again or has no end is told as one that is not whole', async () => {
    const empty = await handlersOf((page) => pageOf(page === 0 ? [row(1)] : [], 9));
    expect(await empty.badges()).toMatchObject({ isWhole: true, badges: [{ remoteBadgeId: 'b1' }] });
    expect(empty.asked).toHaveLength(2);
    const same = await handlersOf(() => pageOf([row(1)], 9));
    expect(await same.badges()).toMatchObject({ isWhole: false, badges: [{ remoteBadgeId: 'b1' }] });
    expect(same.asked).toHaveLength(2);
    const endless = await handlersOf((page) => pageOf([row(page)], 1e6));
    const { isWhole, badges } = await endless.badges();
    expect([isWhole, badges.length, endless.asked.length]).toEqual([false, 50, 50]);
  });

  test('that are no list, or refused, are said so', async () => {
    const odd = await handlersOf(() => ({ customerBadges: 'none' }));
    await expect(odd.badges()).rejects.toMatchObject({
      code: 'rejected-by-gateway',
      message: inEnglish(message('org.notAsGateway', { org: 'Acme', what: message('held.listUnlike') })),
    });
    const refused = (code: number): object => ({
      ...{ kind: 'refused', status: 400, errors: [{ code, message: 'No', reference: null }] },
      sentence: message('org.gotToken'),
    });
    await expect((await handlersOf(() => refused(5))).badges()).rejects.toMatchObject({ code: 'rejected-by-gateway' });
    expect(await (await handlersOf(() => refused(1026))).badges()).toEqual({
      isKnown: false,
      badges: [],
      isWhole: true,
    });
  });

  test('are each told as far as the org tells it', () => {
    const read = (changes: object): unknown => heldBadgesIn(pageOf([row(1, changes)], 3))?.badges[0];
    const whole = {
      ...{ remoteBadgeId: 'b1', name: 'Badge 1', status: 'LIVE', earnType: 'EARN', awards: 2, enrolment: 'ACTIVE' },
      lastEarnedOn: instantOf('2026-05-04T09:30:00Z'),
    };
    expect(read({})).toEqual(whole);
    expect(heldBadgesIn(pageOf([], 3))).toEqual({ badges: [], pages: 3 });
    expect(read({ badgeType: 'ISSUE_EARN' })).toEqual({ ...whole, earnType: 'ISSUE_EARN' });
    expect(read({ badgeType: 'OTHER', badgeStatus: 'ODD', earnCount: null, lastEarnedOn: null })).toEqual({
      ...{ ...whole, earnType: null, status: null, awards: null, lastEarnedOn: null },
    });
    for (const [said, told] of [
      ['EXPIRED', 'EXPIRED'],
      ['UPCOMING', 'UPCOMING'],
      ['REVOKED', 'REVOKED'],
      ['LIVE', null],
      ['odd', null],
      [null, null],
    ]) {
      expect(read({ issueStatus: said }), String(said)).toEqual({ ...whole, enrolment: told });
    }
    expect(heldBadgesIn([])).toBeNull();
  });
});

test('records are told latest first, those without a date last, and each with whose they are', () => {
  const at = (day: number): string => `2026-05-0${String(day)}T09:30:00Z`;
  const issual = (issueId: string, issuedOn: string | null, changes: object = {}): object => ({
    ...{ issueId, issuedOn, issuedStatus: 'ACTIVE', issueEventDate: at(1), issueExpiresOn: at(9), revokedOn: null },
    ...{ ownerType: 'Loyalty', ownerReferenceId: '626' },
    ...changes,
  });
  const earn = (earnId: string, earnedOn: string | null, changes: object = {}): object => ({
    ...{ earnId, earnedOn, earnStatus: 'LIVE', earnEventDate: at(1), earnExpiresOn: at(9), revokedOn: null },
    ...{ ownerType: 'Loyalty', ownerReferenceId: '626' },
    ...changes,
  });
  const { enrolments, awards } = heldRecordsIn({
    issualDetails: { issuedCount: 3, issuals: [issual('a', at(1)), issual('b', null), issual('c', at(3))] },
    earnDetails: {
      earnCount: 4,
      earns: [
        ...[earn('d', null), earn('e', at(2), { revokedOn: at(3) }), earn('f', null, { ownerType: null })],
        earn('g', at(4), { earnStatus: 'odd', ownerReferenceId: null }),
      ],
    },
  });
  expect(enrolments?.map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  const record = {
    ...{ id: 'c', status: 'ACTIVE', recordedOn: instantOf(at(3)), eventDate: instantOf(at(1)) },
    ...{ expiresOn: instantOf(at(9)), revokedOn: null, ownerType: 'Loyalty', referenceId: '626' },
  };
  expect(enrolments?.[0]).toEqual(record);
  expect(awards?.map(({ id }) => id)).toEqual(['g', 'e', 'd', 'f']);
  expect(awards?.[0]).toEqual({ ...record, id: 'g', status: null, recordedOn: instantOf(at(4)), referenceId: null });
  expect(awards?.[1]).toEqual({
    ...{ ...record, id: 'e', status: 'REVOKED', recordedOn: instantOf(at(2)), revokedOn: instantOf(at(3)) },
  });
  expect(awards?.[3]).toMatchObject({ ownerType: null, recordedOn: null });
});
