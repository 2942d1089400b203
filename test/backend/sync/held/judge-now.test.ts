/** What an org leaves out is said to be unknown: the same look with one thing after the other taken away. */
import { describe, expect, test } from 'vitest';
import { heldRecordsIn } from '../../../../electron/backend/sync/held/held-records';
import { judgeNow, type HeldQuestion } from '../../../../electron/backend/sync/held/judge-now';
import { DAY, HOUR, instantOf } from '../../../../shared/domain/instant';
import type { StoredBadge } from '../../../../shared/domain/org';
import { DEFAULT_SETTINGS } from '../../../../shared/domain/settings';
import { customerLimits } from '../../../../shared/gateway/client-schemas';
import type { HeldRecord } from '../../../../shared/ipc/held-contract';
import { badgeDefinition } from '../../../domain/badge-bodies';

const NOW = instantOf('2026-06-10T12:00:00Z');

function record(id: string, change: Partial<HeldRecord> = {}): HeldRecord {
  return {
    ...{ id, status: 'LIVE', recordedOn: NOW - DAY, eventDate: NOW - DAY, expiresOn: NOW + DAY, revokedOn: null },
    ...{ ownerType: 'Loyalty', referenceId: '626' },
    ...change,
  };
}

const stored = (definition: Parameters<typeof badgeDefinition>[0] = {}): StoredBadge => ({
  ...{ key: 0, id: 'a'.repeat(24), numericId: 0, createdOn: 0, createdBy: 0, lastUpdatedOn: 0, lastUpdatedBy: 0 },
  definition: badgeDefinition(definition),
  claims: [{ ownerType: 'Loyalty', referenceId: '626', isActive: true }],
});

const question = (change: Partial<HeldQuestion> = {}): HeldQuestion => ({
  ...{ org: 'Acme', badge: stored(), status: 'LIVE', enrolments: [], awards: [], uses: { CUSTOMER: [], BADGE: [] } },
  ...{ now: NOW, settings: DEFAULT_SETTINGS },
  ...change,
});

const two = stored({ customerConstraints: [{ kind: 'FIXED_VALUE', maxEarnLimit: 2 }] });
const ofBadge = stored({ badgeConstraints: [{ kind: 'FIXED_VALUE', maxEarnLimit: 2 }] });
const enrolFirst = stored({ earnType: 'ISSUE_EARN', issuedBadgeExpiry: { kind: 'WITH_BADGE_META' } });
const overall = (count: number | null, limit = 2) =>
  customerLimits.parse({
    customerConstraints: [
      {
        constraintType: 'OVERALL',
        maxEarnLimit: limit,
        earnConstraintBlockStatistics: { currentEarnCount: count },
      },
    ],
  }).customerConstraints;

const outcome = (asked: HeldQuestion): [string, number | null, string] => {
  const { verdicts } = judgeNow(asked);
  const award = verdicts.find(({ action }) => action === 'award');
  return [award?.outcome ?? '', award?.code ?? null, award?.words.key ?? ''];
};

describe('where the org does not tell', () => {
  test('its list of awards, its own count decides; without either nobody does', () => {
    expect(outcome(question({ badge: two, awards: null }))).toEqual(['unknown', null, 'held.limitUntold']);
    const told = (count: number | null) => ({ CUSTOMER: overall(count), BADGE: [] });
    expect(outcome(question({ badge: two, awards: null, uses: told(1) }))[0]).toBe('yes');
    expect(outcome(question({ badge: two, awards: null, uses: told(2) }))[0]).toBe('no');
    expect(outcome(question({ badge: two, awards: null, uses: told(null) }))[0]).toBe('unknown');
    const other = { CUSTOMER: overall(2, 3), BADGE: [] };
    expect(outcome(question({ badge: two, awards: null, uses: other })), 'another limit’s count').toEqual([
      ...['unknown', null, 'held.limitUntold'],
    ]);
  });

  test('a date of an award, no list of them is gone by', () => {
    const awards = [record('a', { eventDate: null })];
    expect(outcome(question({ badge: two, awards }))).toEqual(['unknown', null, 'held.limitUntold']);
  });

  test('the same in its list and in its count, both numbers are said', () => {
    const uses = { CUSTOMER: overall(2), BADGE: [] };
    const asked = question({ badge: two, awards: [record('a')], uses });
    expect(outcome(asked)).toEqual(['unknown', null, 'held.countsDiffer']);
    expect(judgeNow(asked).limits[0]).toMatchObject({ counted: 1, told: 2, state: 'unknown' });
    // Both leave room: then it does not matter.
    expect(outcome(question({ badge: two, awards: [record('a')], uses: { CUSTOMER: overall(0), BADGE: [] } }))[0]).toBe(
      'yes',
    );
  });

  test('how far a limit of the badge is used up, an award is not known; a full limit of the customer refuses all the same', () => {
    expect(outcome(question({ badge: ofBadge }))).toEqual(['unknown', null, 'held.limitUntold']);
    const both = stored({ ...two.definition, badgeConstraints: ofBadge.definition.badgeConstraints });
    const awards = [record('a'), record('b')];
    expect(outcome(question({ badge: both, awards }))).toEqual([
      ...['no', DEFAULT_SETTINGS.customerLimitCode, 'held.customerFull'],
    ]);
  });

  test('its enrolments, neither an enrolment nor an award is decided', () => {
    const asked = question({ badge: enrolFirst, enrolments: null });
    expect(judgeNow(asked).verdicts.map((verdict) => [verdict.action, verdict.outcome])).toEqual([
      ['enrol', 'unknown'],
      ['award', 'unknown'],
    ]);
    const undated = question({ badge: enrolFirst, enrolments: [record('e', { status: 'ACTIVE', expiresOn: null })] });
    expect(outcome(undated)[0]).toBe('unknown');
    const full = stored({ ...enrolFirst.definition, customerConstraints: [{ kind: 'FIXED_VALUE', maxEarnLimit: 0 }] });
    expect(outcome(question({ badge: full, enrolments: null })), 'refused for one or the other').toEqual([
      ...['no', null, 'held.customerFull'],
    ]);
  });
});

describe('a clock that is not the org’s', () => {
  test('makes what hangs on it unknown: records ahead of us, or states that are not those of now', () => {
    const ahead = question({ badge: two, awards: [record('a', { recordedOn: NOW + HOUR })] });
    expect(outcome(ahead)).toEqual(['unknown', null, 'held.clocksDiffer']);
    const late = question({ badge: two, awards: [record('a', { expiresOn: NOW - HOUR })] });
    expect(outcome(late)).toEqual(['unknown', null, 'held.clocksDiffer']);
    const early = question({ badge: two, awards: [record('a', { status: 'EXPIRED' })] });
    expect(outcome(early)).toEqual(['unknown', null, 'held.clocksDiffer']);
  });

  test('of a few seconds is none: an award of just now counts', () => {
    const roll = stored({
      customerConstraints: [
        {
          kind: 'CUSTOMER_ROLLING_WINDOW',
          ...{
            rollForDays: 1,
            maxEarnForDays: 1,
            rollForWeeks: 0,
            maxEarnForWeeks: 0,
            rollForMonths: 0,
            maxEarnForMonths: 0,
          },
        },
      ],
    });
    const ahead = { recordedOn: NOW + 3_000_000, eventDate: NOW + 3_000_000 };
    expect(outcome(question({ badge: roll, awards: [record('a', ahead)] }))[0]).toBe('no');
  });

  test('does not matter where the org’s own word decides', () => {
    expect(outcome(question({ status: 'EXPIRED' }))).toEqual(['no', 815, 'held.badgeOver']);
    expect(outcome(question({ status: 'UPCOMING' }))).toEqual(['no', 815, 'lookAhead.upcoming']);
  });
});

test('the settings of the workspace are gone by: awards that overlap, revoked ones that count', () => {
  const overlap = { ...DEFAULT_SETTINGS, refuseOverlappingAwards: true };
  expect(outcome(question({ awards: [record('a')], settings: overlap }))).toEqual(['no', 1040, 'held.heldAlready']);
  expect(outcome(question({ awards: null, settings: overlap }))).toEqual(['unknown', null, 'held.awardsUntold']);
  const revoked = ['a', 'b'].map((id) => record(id, { status: 'REVOKED', revokedOn: NOW - HOUR }));
  expect(outcome(question({ badge: two, awards: revoked }))[0]).toBe('yes');
  const counts = { ...DEFAULT_SETTINGS, revokeFreesCaps: false };
  expect(outcome(question({ badge: two, awards: revoked, settings: counts }))[0]).toBe('no');
});

test('an enrolment holds from its date until it ends, and not at its end', () => {
  const verdict = (action: 'enrol' | 'award', enrolment: Partial<HeldRecord>): [string, number | null, string] => {
    const { verdicts } = judgeNow(question({ badge: enrolFirst, enrolments: [record('e', enrolment)] }));
    const { outcome: said, code, words } = verdicts.find((each) => each.action === action)!;
    return [said, code, words.key as string];
  };
  const ends = (eventDate: number, expiresOn: number) => ({ eventDate: NOW + eventDate, expiresOn: NOW + expiresOn });
  expect(verdict('enrol', ends(-DAY, DAY))).toEqual(['no', 1040, 'held.enrolledAlready']);
  expect(verdict('enrol', ends(-DAY, 1))).toEqual(['no', 1040, 'held.enrolledAlready']);
  expect(verdict('enrol', ends(-DAY, 0))).toEqual(['yes', null, 'held.wouldEnrol']);
  expect(verdict('award', ends(0, 1))[0]).toBe('yes');
  expect(verdict('award', ends(-DAY, 0))).toEqual(['no', 811, 'held.notEnrolledNow']);
  expect(verdict('award', ends(1, DAY))).toEqual(['no', 811, 'held.notEnrolledNow']);
  const none = judgeNow(question({ badge: enrolFirst })).verdicts.find(({ action }) => action === 'award');
  expect([none?.code, none?.words.key]).toEqual([811, 'held.notEnrolled']);
  // One that begins when the badge has ended stands in nobody's way.
  expect(verdict('enrol', { eventDate: Infinity, expiresOn: Infinity })[0]).toBe('yes');
});

test('an award that is held until now overlaps with nothing any more', () => {
  const overlap = { ...DEFAULT_SETTINGS, refuseOverlappingAwards: true };
  const until = (expiresOn: number) =>
    outcome(question({ awards: [record('a', { expiresOn })], settings: overlap }))[0];
  expect([until(NOW), until(NOW + 1)]).toEqual(['yes', 'no']);
});

test('a badge that is off, not begun or over stands in everybody’s way, with its dates', () => {
  const judged = (change: Parameters<typeof badgeDefinition>[0], status: HeldQuestion['status'] = 'LIVE') =>
    judgeNow(question({ badge: stored(change), status })).verdicts.map(({ action, outcome: said, code, words }) => [
      ...[action, said, code, words.key],
    ]);
  const off = judged({ active: false });
  expect(off.every(([, said, , words]) => said === 'no' && words === 'lookAhead.inactive')).toBe(true);
  const over = judged({ startOn: NOW - 2 * DAY, expiresOn: NOW - DAY }, 'EXPIRED');
  expect(over.every(([, said, , words]) => said === 'no' && words === 'held.badgeOver')).toBe(true);
  const ahead = judged({ startOn: NOW + DAY, expiresOn: NOW + 2 * DAY }, 'UPCOMING');
  expect(ahead.every(([, said, , words]) => said === 'no' && words === 'lookAhead.upcoming')).toBe(true);
  const first = judgeNow(
    question({
      badge: stored({
        earnType: 'ISSUE_EARN',
        issuedBadgeExpiry: { kind: 'WITH_BADGE_META' },
        startOn: NOW - 2 * DAY,
        expiresOn: NOW - DAY,
      }),
      status: 'EXPIRED',
    }),
  ).verdicts;
  expect(first.map(({ action, code, words }) => [action, code, words.key])).toEqual([
    ['enrol', 1039, 'held.badgeOver'],
    ['award', 811, 'held.notEnrolled'],
  ]);
});

test('a list that says less than it counts, or nothing, is no list', () => {
  const earn = { earnId: 'a', earnedOn: NOW / 1e6, earnStatus: 'REVOKED' };
  expect(heldRecordsIn({ earnDetails: { earnCount: 2, earns: [earn] }, issualDetails: null })).toEqual({
    ...{ awards: null, enrolments: [] },
  });
  expect(heldRecordsIn({}).awards).toBeNull();
  expect(heldRecordsIn('nothing')).toEqual({ awards: null, enrolments: null });
  expect(heldRecordsIn({ earnDetails: { earnCount: 1, earns: [earn] } }).awards).toMatchObject([
    { id: 'a', status: 'REVOKED', recordedOn: NOW, eventDate: null, ownerType: null },
  ]);
});
