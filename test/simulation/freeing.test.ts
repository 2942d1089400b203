import { describe, expect, test } from 'vitest';
import { prepareScenario } from '../../shared/simulation/prepared-scenario';
import { ReplaySource } from '../../shared/simulation/replay-source';
import { explainCustomer, type CapReason } from '../../shared/simulation/why-not';
import { instantOf } from '../../shared/domain/instant';
import { badgeBody, scenarioBody, type Json } from './scenarios';

const rolling = (months: number) => [
  { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForMonths: months, maxEarnForMonths: 1 },
];
const daily = [
  { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'DAYS', refreshRate: 1, maxEarnLimit: 1 },
];

/** What refused the second of two attempts of one customer. */
function refusal(badge: Json, first: string, second: string, entry: Json = {}): CapReason | null {
  const events = { csv: 'e.csv', customer: 'c', at: 'at' };
  const body = scenarioBody(
    { from: '2026-01-01T00:00:00Z', to: '2026-12-01T00:00:00Z', customers: null, events },
    { badge: badgeBody(badge), ...entry },
  );
  const preparation = prepareScenario(body);
  if (!preparation.ok) throw new Error(JSON.stringify(preparation.findings));
  const source = new ReplaySource({
    at: Float64Array.of(instantOf(first), instantOf(second)),
    customer: Uint32Array.of(0, 0),
    amount: null,
    ids: Float64Array.of(7),
    segmentNames: [],
    segmentOf: null,
  });
  const why = explainCustomer(preparation.prepared, source, 0, 0, 7);
  expect(why?.attempts.map(({ code }) => code)).toEqual([null, 990001]);
  return why?.attempts[1]?.cap ?? null;
}

const LIFE = { startOnISO: '2026-01-01T00:00:00Z', expiresOnISO: '2026-02-01T00:00:00Z' };

describe('a place that would free when nobody can be awarded any more', () => {
  test('of a direct badge never frees from the instant of its end on', () => {
    const ended = refusal({ ...LIFE, customerConstraints: rolling(3) }, '2026-01-05T00:00:00Z', '2026-01-10T00:00:00Z');
    expect(ended).toMatchObject({ freesAt: null, neverBecause: expect.stringMatching(/badge ends before/) as string });
    const lives = { ...LIFE, expiresOnISO: '2026-04-05T00:00:00.000001Z', customerConstraints: rolling(3) };
    expect(refusal(lives, '2026-01-05T00:00:00Z', '2026-01-10T00:00:00Z')).toMatchObject({
      freesAt: '2026-04-05T00:00:00Z',
      neverBecause: null,
    });
    const atOnce = { ...lives, expiresOnISO: '2026-04-05T00:00:00Z' };
    expect(refusal(atOnce, '2026-01-05T00:00:00Z', '2026-01-10T00:00:00Z')).toMatchObject({ freesAt: null });
  });

  test('of a fixed window never frees where the badge ends at the very midnight that ends the cycle', () => {
    const badge = { ...LIFE, customerConstraints: daily };
    expect(refusal(badge, '2026-01-31T10:00:00Z', '2026-01-31T11:00:00Z')).toMatchObject({
      freesAt: null,
      neverBecause: expect.stringMatching(/last cycle/) as string,
    });
    expect(refusal(badge, '2026-01-30T10:00:00Z', '2026-01-30T11:00:00Z')).toMatchObject({
      freesAt: '2026-01-31T00:00:00Z',
    });
  });

  test('of a badge with enrolment frees for as long as the customer’s last enrolment runs, whatever the badge’s end', () => {
    const badge = {
      ...LIFE,
      earnType: 'ISSUE_EARN',
      issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: '2026-04-20T00:00:00Z' },
      customerConstraints: rolling(3),
    };
    const enrol = [{ at: '2026-01-02T00:00:00Z' }];
    const [first, second] = ['2026-01-05T00:00:00Z', '2026-01-10T00:00:00Z'];
    expect(refusal(badge, first, second, { enrol })).toMatchObject({ freesAt: '2026-04-05T00:00:00Z' });
    const short = { ...badge, issuedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpirytype: 'DAYS', value: 20 } };
    expect(refusal(short, first, second, { enrol })).toMatchObject({
      freesAt: null,
      neverBecause: expect.stringMatching(/enrolment ends/) as string,
    });
    // A second enrolment, made after the refusal, brings the place back.
    const again = { ...short, expiresOnISO: '2026-10-01T00:00:00Z' };
    const twice = [...enrol, { at: '2026-03-25T00:00:00Z' }];
    expect(refusal(again, first, second, { enrol: twice })).toMatchObject({ freesAt: '2026-04-05T00:00:00Z' });
  });
});
