import { beforeEach, expect, test } from 'vitest';
import { newScenario, scenarioOfBadges } from '../../../renderer/features/simulate/scenario-draft';
import { instantOf } from '../../../shared/domain/instant';
import type { BadgeDetail } from '../../../shared/ipc/badges-contract';
import { StoredBadge } from '../badges/stored-badge';
import { badgeBody } from '../../domain/badge-bodies';

const now = instantOf('2026-11-28T09:30:00Z');
const zone = 'UTC';

beforeEach(() => localStorage.clear());

function detail(name: string, from: string, to: string, change: Partial<BadgeDetail['summary']> = {}): BadgeDetail {
  const stored = new StoredBadge(JSON.stringify(badgeBody({ name, startOn: from, expiresOn: to, badgeRank: 2 })));
  stored.claims = [{ ownerType: 'Loyalty', referenceId: '626' }];
  const whole = stored.detail();
  const [startOn, expiresOn] = [instantOf(from), instantOf(to)];
  return { ...whole, id: name, summary: { ...whole.summary, name, startOn, expiresOn, ...change } };
}
const live = detail('Live', '2026-06-01T00:00:00Z', '2027-02-01T00:00:00Z');
const coming = detail('Coming', '2027-01-01T00:00:00Z', '2027-05-01T00:00:00Z', { earnType: 'ISSUE_EARN' });
const ended = detail('Ended', '2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z');

test('one badge has its own life; several stand together from today until the last ends', () => {
  const alone = scenarioOfBadges([ended], { before: null, now, zone, name: 'unused' });
  expect(alone?.draft).toMatchObject({ name: 'Ended', from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' });
  const made = scenarioOfBadges([live, coming, ended], { before: null, now, zone, name: 'Spring' });
  expect(made?.draft).toMatchObject({ name: 'Spring', from: '2026-11-28T00:00:00Z', to: '2027-05-01T00:00:00Z' });
  expect(made?.draft.badges.map(({ key, owner, badge }) => [key, owner, badge['badgeRank']])).toEqual([
    ['live', { ownerType: 'Loyalty', referenceId: '626' }, 2],
    ['coming', { ownerType: 'Loyalty', referenceId: '626' }, 2],
  ]);
  // Who must enrol does so when the badge begins.
  expect(made?.draft.badges.map(({ enrol }) => enrol.map(({ at }) => at))).toEqual([[], ['2027-01-01T00:00:00Z']]);
  expect(made?.leftOut).toEqual({ ended: ['Ended'], later: [], unread: [] });
  expect([made?.isCut, made?.customersFrom]).toEqual([false, 'example']);
});

test('badges that all have ended are simulated over their lives; none has begun: from the first start', () => {
  const other = detail('Other', '2025-12-01T00:00:00Z', '2026-02-01T00:00:00Z');
  const past = scenarioOfBadges([ended, other], { before: null, now, zone, name: 'Last year' });
  expect(past?.draft).toMatchObject({ from: '2025-12-01T00:00:00Z', to: '2026-03-01T00:00:00Z' });
  expect([past?.draft.badges.length, past?.leftOut.ended]).toEqual([2, []]);
  const future = scenarioOfBadges([coming, coming], { before: null, now, zone, name: 'Next year' });
  expect(future?.draft.from).toBe('2027-01-01T00:00:00Z');
  // Each has a key of its own.
  expect(future?.draft.badges.map(({ key }) => key)).toEqual(['coming', 'coming 2']);
});

test('what cannot be read or begins after two years is left out by name; nothing to read is no scenario', () => {
  const broken: BadgeDetail = { ...live, body: '{ no' };
  const far = detail('Far', '2031-01-01T00:00:00Z', '2032-01-01T00:00:00Z');
  const made = scenarioOfBadges([live, broken, far], { before: null, now, zone, name: 'All' });
  expect(made?.draft).toMatchObject({ from: '2026-11-28T00:00:00Z', to: '2028-11-28T00:00:00Z' });
  expect([made?.isCut, made?.leftOut]).toEqual([true, { ended: [], later: ['Far'], unread: ['Live'] }]);
  expect(scenarioOfBadges([broken, broken], { before: null, now, zone })).toBeNull();
  expect(scenarioOfBadges([], { before: null, now, zone })).toBeNull();
});

test('a streak asks once a customer came in each of its weeks, any other badge with every event', () => {
  const made = scenarioOfBadges([{ ...live, trigger: { weeksInRow: 4 } }, coming], { before: null, now, zone });
  expect(made?.draft.badges.map(({ trigger }) => trigger)).toEqual([
    { weeksInRow: 4, minAmount: 0, probability: 1 },
    { every: 1, minAmount: 0, probability: 1 },
  ]);
});

test('customers, seed and runs are those of the scenario before, and a key that a badge had is kept', () => {
  const before = { ...newScenario(now, zone), seed: 9, replications: 40 };
  const [segment] = before.customers?.segments ?? [];
  if (segment !== undefined) segment.name = 'regulars';
  const keyOf = (id: string): string | null => (id === 'Live' ? 'spring' : null);
  const made = scenarioOfBadges([live, coming], { before, now, zone, keyOf });
  expect(made?.draft).toMatchObject({ seed: 9, replications: 40, customers: { segments: [{ name: 'regulars' }] } });
  expect(made?.draft.badges.map(({ key }) => key)).toEqual(['spring', 'coming']);
  expect(made?.draft.badges[1]?.enrol[0]?.segments).toEqual(['regulars']);
  expect(made?.customersFrom).toBe('before');
});
