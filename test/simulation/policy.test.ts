import { describe, expect, it } from 'vitest';
import { instantOf } from '../../shared/domain/instant';
import { finding } from '../../shared/simulation/json-path';
import { readPolicy, type Policy } from '../../shared/simulation/policy';
import { verdictsOf, type Verdict } from '../../shared/simulation/policy-verdict';
import type { BadgeResult } from '../../shared/simulation/result';
import { message } from '../../shared/words/message';

const badge = (awarded: number, changes: Partial<BadgeResult> = {}): BadgeResult => ({
  enrolled: 0,
  enrolRejected: {},
  qualifying: 10,
  attempts: 10,
  awarded,
  customersAwarded: awarded,
  customersTurnedAway: 10 - awarded,
  rejected: awarded === 10 ? {} : { 990002: 10 - awarded },
  rejectedByConstraint: awarded === 10 ? {} : { BADGE_FIXED_VALUE: 10 - awarded },
  firstRejectedAt: null,
  exhaustedAt: null,
  byDay: [{ day: '2026-03-01', attempts: 10, awarded, rejected: 10 - awarded }],
  bySegment: {
    all: { customers: 10, awarded, customersAwarded: awarded, customersTurnedAway: 10 - awarded },
    none: { customers: 0, awarded: 0, customersAwarded: 0, customersTurnedAway: 0 },
  },
  awardsPerCustomer: { 1: awarded },
  cost: { expected: awarded * 10, currency: 'EUR' },
  ...changes,
});

function policy(...expectations: unknown[]): Policy {
  const reading = readPolicy({ schema: 'laurel/policy@1', scenario: 'x.scenario.json', expect: expectations });
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.policy;
}

const runsOf = (...awarded: number[]) => awarded.map((number) => ({ streak: badge(number) }));

function measured(expectation: Record<string, unknown>, runs = runsOf(1, 2, 3, 4, 10)) {
  const [verdict] = verdictsOf(policy({ badge: 'streak', ...expectation }), runs, []) as [Verdict];
  return verdict.kind === 'measure'
    ? [verdict.value, verdict.ok, verdict.lines.map(({ margin }) => margin)]
    : [verdict.kind, verdict.kind === 'mistake' ? `${verdict.path} ${verdict.message}` : ''];
}

describe('a policy', () => {
  it('looks at a measure where it says in the spread, its lines included', () => {
    expect(measured({ measure: 'cost.expected', at: 'p90', max: 76 })).toEqual([76, true, [0]]);
    expect(measured({ measure: 'cost.expected', at: 'p90', max: 75 })).toEqual([76, false, [-1]]);
    expect(measured({ measure: 'awarded', at: 'p10', min: 1.5 })).toEqual([1.4, false, [expect.closeTo(-0.1)]]);
    expect(measured({ measure: 'awarded', at: 'p50', min: 3, max: 3 })).toEqual([3, true, [0, 0]]);
    expect(measured({ measure: 'awarded', at: 'mean', max: 4 })).toEqual([4, true, [0]]);
    expect(measured({ measure: 'awarded', at: 'first', max: 4 })).toEqual([1, true, [3]]);
  });

  it('takes paths of the badge, of a segment and of a day, and counts that are left out as zero', () => {
    expect(measured({ measure: 'bySegment.all.awarded', at: 'first', max: 1 })[0]).toBe(1);
    expect(measured({ segment: 'all', measure: 'customersAwarded', at: 'mean', max: 4 })[0]).toBe(4);
    expect(measured({ measure: 'byDay.2026-03-01.rejected', at: 'first', max: 9 })[0]).toBe(9);
    expect(measured({ measure: 'rejectedByConstraint.BADGE_FIXED_VALUE', at: 'p10', max: 9 })[0]).toBeCloseTo(2.4);
    expect(measured({ measure: 'enrolRejected.1040', at: 'mean', max: 0 })).toEqual([0, true, [0]]);
  });

  it('knows the share of those served, which is 1 where nobody tried', () => {
    expect(measured({ measure: 'servedShare', at: 'p10', min: 0.14 })[0]).toBeCloseTo(0.14);
    expect(measured({ segment: 'none', measure: 'servedShare', at: 'p10', min: 1 })).toEqual([1, true, [0]]);
  });

  it('puts an instant that never comes after every date', () => {
    const at = (...dates: (string | null)[]) => dates.map((exhaustedAt) => ({ streak: badge(1, { exhaustedAt }) }));
    const day = '2026-05-20T00:00:00Z';
    const early = '2026-05-10T00:00:00Z';
    expect(measured({ measure: 'exhaustedAt', at: 'p10', notBefore: day }, at(null, null))).toEqual([
      null,
      true,
      [null],
    ]);
    expect(measured({ measure: 'exhaustedAt', at: 'p10', notAfter: day }, at(null, null))).toEqual([
      null,
      false,
      [null],
    ]);
    expect(measured({ measure: 'exhaustedAt', at: 'p10', notBefore: day }, at(early, early, null))).toEqual([
      early,
      false,
      [-10 * 86_400],
    ]);
    // Nine of ten runs reach the day: the tenth part of the way from the first to the second is past it.
    const nine = at(early, ...Array<null>(9).fill(null));
    expect(measured({ measure: 'exhaustedAt', at: 'p10', notBefore: day }, nine)[1]).toBe(true);
    expect(measured({ measure: 'exhaustedAt', at: 'p50', notBefore: day }, at(day, day, null))).toEqual([
      day,
      true,
      [0],
    ]);
    expect(measured({ measure: 'exhaustedAt', at: 'mean', notBefore: day }, at(day, null))).toEqual([
      null,
      true,
      [null],
    ]);
    expect(measured({ measure: 'exhaustedAt', at: 'first', notAfter: day }, at(early, null))[0]).toBe(early);
    expect(instantOf(early)).toBeLessThan(instantOf(day));
  });

  it('names what is not there instead of judging it', () => {
    expect(measured({ measure: 'awarded', max: 4 })).toEqual([
      'mistake',
      expect.stringContaining('expect[0].at is needed'),
    ]);
    expect(measured({ measure: 'awarded', max: 4 }, runsOf(2))).toEqual([2, true, [2]]);
    expect(measured({ badge: 'streek', measure: 'awarded', at: 'first', max: 4 })).toEqual([
      'mistake',
      'expect[0].badge is not there; to choose from: streak',
    ]);
    expect(measured({ segment: 'some', measure: 'awarded', at: 'first', max: 4 })).toEqual([
      'mistake',
      'expect[0].segment is not there; to choose from: all, none',
    ]);
    expect(measured({ measure: 'cost', at: 'first', max: 4 })[1]).toMatch(
      /measure is not there; to choose from: cost\.expected$/,
    );
    expect(measured({ measure: 'bySegment.al.awarded', at: 'first', max: 4 })[1]).toMatch(
      /to choose from: bySegment\.all, bySegment\.none$/,
    );
    for (const measure of ['award', 'cost', 'rejectedByConstraint.FOO', 'rejected.x', 'byDay.2027-01-01.awarded', ''])
      if (measure !== '') expect(measured({ measure, at: 'first', max: 4 })[0]).toBe('mistake');
    expect(measured({ measure: 'cost.expected', at: 'first', max: 4 }, [{ streak: badge(1, { cost: null }) }])[0]).toBe(
      'mistake',
    );
    expect(measured({ measure: 'exhaustedAt', at: 'first', max: 4 })[0]).toBe('mistake');
    expect(measured({ measure: 'awarded', at: 'first', notBefore: '2026-01-01T00:00:00Z' })[0]).toBe('mistake');
  });

  it('refuses a code that nothing answers, which would be zero for ever, and names all there are', () => {
    const never = measured({ measure: 'rejected.999', at: 'first', max: 0 });
    expect(never[0]).toBe('mistake');
    expect(never[1]).toMatch(/to choose from: .*rejected\.815, .*rejected\.990002/);
    // A warning refuses nothing.
    for (const measure of ['rejected.990103', 'enrolRejected.1', 'rejected.4711'])
      expect(measured({ measure, at: 'first', max: 0 })[0]).toBe('mistake');
    expect(measured({ measure: 'rejected.990001', at: 'first', max: 0 })).toEqual([0, true, [0]]);
    const own = { badge: 'streak', measure: 'rejected.4711', at: 'first', max: 0 };
    expect(verdictsOf(policy(own), runsOf(1), [], { badgeLimitCode: 4711 })[0]).toMatchObject({ value: 0, ok: true });
    const answered = [{ streak: badge(1) }, { streak: badge(1, { rejected: { 4711: 9 } }) }];
    expect(measured({ measure: 'rejected.4711', at: 'first', max: 0 }, answered)).toEqual([0, true, [0]]);
    const [, all] = measured({ measure: 'awardedd', at: 'first', max: 0 });
    for (const name of ['servedShare', 'cost.expected', 'exhaustedAt', 'firstRejectedAt', 'rejected.*', 'byDay.*'])
      expect(all).toContain(name);
    const [, ofSegment] = measured({ segment: 'all', measure: 'awardedd', at: 'first', max: 0 });
    expect(ofSegment).toMatch(
      /to choose from: servedShare, customers, awarded, customersAwarded, customersTurnedAway$/,
    );
    const [, kinds] = measured({ measure: 'rejectedByConstraint.FOO', at: 'first', max: 0 });
    expect(kinds).toContain('rejectedByConstraint.CUSTOMER_');
  });

  it('asks for a scenario without contradictions, but for those that may stand', () => {
    const warnings = [finding('badges[0].enrol', message('scenarios.nobodyEnrolled'))];
    expect(verdictsOf(policy({ lint: 'clean' }), runsOf(1), warnings)).toEqual([
      {
        kind: 'lint',
        ok: false,
        found: [{ code: 'nobodyEnrolled', ...warnings[0]! }],
      },
    ]);
    expect(verdictsOf(policy({ lint: ['nobodyEnrolled'] }), runsOf(1), warnings)[0]!.ok).toBe(true);
    expect(verdictsOf(policy({ lint: 'clean' }), runsOf(1), [])[0]!.ok).toBe(true);
  });

  it('is refused with every mistake at its place', () => {
    const places = (body: unknown) => {
      const reading = readPolicy(body);
      return reading.ok ? [] : reading.findings.map(({ path, message: text }) => `${path}: ${text}`);
    };
    expect(
      places({
        schema: 'laurel/policy@1',
        scenario: 'x.scenario.json',
        expects: [],
        expect: [
          { badge: 'a', measure: 'awarded' },
          { badge: 'a', measure: 'awarded', at: 'p95', max: '4' },
          { badge: 'a', measure: 'awarded', max: 1, notBefore: '2026-01-01' },
          { badge: 'a', measure: 'awarded', maximum: 1, max: 2 },
          { lint: 'dirty' },
        ],
      }),
    ).toEqual([
      'expect[0]: needs a line: min, max, notBefore or notAfter',
      expect.stringContaining('expect[1].at: must be "p10"'),
      'expect[1].max: must be a number, not text',
      expect.stringContaining('expect[2].notBefore: the instant'),
      'expect[3]: has what means nothing here: maximum',
      'expect[4].lint: must be "clean", or a list of codes that may stand',
      ': has what means nothing here: expects',
    ]);
    // A file of another kind has one mistake.
    expect(places({ schema: 'laurel/scenario@1', name: 'x', badges: [] })).toEqual([
      'schema: says that the file is laurel/scenario@1; a policy is needed here (laurel/policy@1)',
    ]);
    // No value can keep to these, so that a line of them is no line.
    const odd = [
      { badge: 'a', measure: 'awarded', min: 5, max: 4 },
      { badge: 'a', measure: 'exhaustedAt', notBefore: '2026-03-02T00:00:00Z', notAfter: '2026-03-01T00:00:00Z' },
    ];
    expect(places({ schema: 'laurel/policy@1', scenario: 'x.scenario.json', expect: odd })).toEqual([
      'expect[0]: has two lines between which nothing lies: no value can keep to both',
      'expect[1]: has two lines between which nothing lies: no value can keep to both',
    ]);
    for (const other of [null, 3, [], 'x']) expect(places(other)).toHaveLength(1);
    expect(places({ schema: 'laurel/policy@2', scenario: '', expect: [] })).toHaveLength(3);
  });
});
