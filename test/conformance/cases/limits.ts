import type { Vector } from '../vectors';
import {
  at,
  BADGE,
  caseOf,
  create,
  direct,
  earn,
  earnBulk,
  enrolled,
  get,
  given,
  refused,
  relative,
  update,
  type Json,
} from './case';

const customer = (constraintType: string, rest: Json): Json => ({
  customerConstraints: [{ constraintType: `CUSTOMER_BADGE_${constraintType}`, ...rest }],
});
const badge = (constraintType: string, rest: Json): Json => ({
  badgeConstraints: [{ constraintType: `BADGE_${constraintType}`, ...rest }],
});
const days = (refreshRate: number, maxEarnLimit = 1): Json =>
  customer('FIXED_WINDOW', { durationType: 'DAYS', refreshRate, maxEarnLimit });
const cycles = (query: Record<string, string> = {}): ReturnType<typeof get> =>
  get('badgeMeta/getFixedWindowDetails', { badgeMetaId: BADGE, ...query });
const cycle = (from: string, to: string): Json => ({
  startDateISO: `${from}T00:00:00Z`,
  endDateISO: `${to}T00:00:00Z`,
});
const upcoming = (changes: Json): Json => direct({ startOn: 1774000000, ...changes });

/** The badge of the printed five-day-to-month change: 15 April 2024 to the end of 2027. */
const april = (changes: Json): Json =>
  direct({ startOn: '2024-04-15T00:00:00Z', expiresOn: '2027-12-20T00:00:00Z', ...changes });
const monthly = customer('FIXED_WINDOW', { durationType: 'MONTHS', maxEarnLimit: 1 });
const MIGRATION = { 'X-CAP-BADGES-MIGRATION': 'migration' };
const changedInApril = given({
  now: '2024-04-26T10:00:00Z',
  named: [{ id: BADGE, createdAt: '2024-04-01T00:00:00Z', body: april(days(5)), headers: MIGRATION }],
  history: [at('2024-04-26T09:00:00Z', update(april(monthly)))],
});

/** C: limits; W: fixed windows and what happens to them when a badge is edited. */
export const LIMIT_CASES: readonly Vector[] = [
  // C
  refused(
    'limit-of-zero',
    'C1',
    given({ badges: [direct(customer('FIXED_VALUE', { maxEarnLimit: 0 }))] }),
    earn(),
    409,
    990001,
  ),
  refused(
    'badge-limit',
    'C1',
    given({
      badges: [direct(badge('FIXED_VALUE', { maxEarnLimit: 1 }))],
      history: [at('2026-03-01T00:00:00Z', earn({ customerId: 1 }))],
    }),
    earn({ customerId: 2 }),
    409,
    990002,
  ),
  refused(
    'all-limits-must-pass',
    'C5',
    given({
      badges: [
        direct({
          customerConstraints: [
            { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 5 },
            { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 1 },
          ],
        }),
      ],
      history: [at('2026-03-01T00:00:00Z', earn())],
    }),
    earn(),
    409,
    990001,
  ),
  refused(
    'limit-code-by-setting',
    'C5',
    given({ settings: { customerLimitCode: 4711 }, badges: [direct(customer('FIXED_VALUE', { maxEarnLimit: 0 }))] }),
    earn(),
    409,
    4711,
  ),
  refused(
    'rolling-days-a-microsecond-inside',
    'C3',
    given({
      now: '2026-03-08T11:59:59.999999Z',
      badges: [direct(customer('ROLLING_WINDOW', { rollForDays: 7, maxEarnForDays: 1 }))],
      history: [at('2026-03-01T12:00:00Z', earn())],
    }),
    earn(),
    409,
    990001,
  ),
  caseOf(
    'rolling-ignores-switched-off-windows',
    'C3',
    given({
      badges: [
        direct(customer('ROLLING_WINDOW', { rollForDays: 0, maxEarnForDays: 0, rollForWeeks: 1, maxEarnForWeeks: 2 })),
      ],
      history: [at('2026-03-09T00:00:00Z', earn())],
    }),
    earn(),
    { errors: [] },
  ),
  refused(
    'second-rolling-window-counts',
    'C3',
    given({
      badges: [
        direct(
          customer('ROLLING_WINDOW', { rollForDays: 1, maxEarnForDays: 1, rollForMonths: 1, maxEarnForMonths: 2 }),
        ),
      ],
      history: [at('2026-02-10T12:00:01Z', earn()), at('2026-02-20T00:00:00Z', earn())],
    }),
    earn(),
    409,
    990001,
  ),
  refused(
    'rolling-counts-processing-not-event',
    'C3',
    given({
      badges: [direct(customer('ROLLING_WINDOW', { rollForDays: 7, maxEarnForDays: 1 }))],
      history: [at('2026-03-09T00:00:00Z', earn({ earnEventDateISO: '2026-01-05T00:00:00Z' }))],
    }),
    earn({ earnEventDateISO: '2026-02-05T00:00:00Z' }),
    409,
    990001,
  ),
  refused(
    'badge-rolling-window',
    'C3',
    given({
      badges: [direct(badge('ROLLING_WINDOW', { rollType: 'WEEKS', rollValue: 1, maxEarnLimit: 1 }))],
      history: [at('2026-03-03T12:00:01Z', earn({ customerId: 1 }))],
    }),
    earn({ customerId: 2 }),
    409,
    990002,
  ),
  caseOf(
    'badge-rolling-window-edge',
    'C3',
    given({
      badges: [direct(badge('ROLLING_WINDOW', { rollType: 'WEEKS', rollValue: 1, maxEarnLimit: 1 }))],
      history: [at('2026-03-03T12:00:00Z', earn({ customerId: 1 }))],
    }),
    earn({ customerId: 2 }),
    { errors: [] },
  ),
  refused(
    'rolling-by-dates',
    'C3',
    given({
      now: '2026-03-02T00:00:00Z',
      settings: { rollingWindows: 'dates' },
      badges: [direct(customer('ROLLING_WINDOW', { rollForDays: 2, maxEarnForDays: 1 }))],
      history: [at('2026-03-01T00:00:00Z', earn())],
    }),
    earn(),
    409,
    990001,
  ),
  caseOf(
    'bulk-consumes-a-rolling-limit-in-order',
    'B1 C3',
    given({
      badges: [direct(badge('ROLLING_WINDOW', { rollType: 'DAYS', rollValue: 1, maxEarnLimit: 3 }))],
      history: [at('2026-03-10T00:00:00Z', earn({ customerId: 9 }))],
    }),
    earnBulk([1, 2, 3]),
    { perCustomer: { 1: 'earned', 2: 'earned', 3: 990002 } },
  ),
  refused(
    'enrolled-badges-are-limited-too',
    'C1',
    given({
      badges: [enrolled(customer('FIXED_VALUE', { maxEarnLimit: 1 }))],
      history: [
        at('2026-03-01T00:00:00Z', {
          endpoint: 'POST /api_gateway/v1/badges/badgeMeta/customer/issueBulk',
          body: { badgeMetaId: BADGE, customers: [1001], requestId: 'i', triggeredBy: { ownerType: 'Loyalty' } },
        }),
        at('2026-03-02T00:00:00Z', earn()),
      ],
    }),
    earn(),
    409,
    990001,
  ),
  caseOf(
    'no-limit-renamed-to-its-list',
    'C4',
    given(),
    create(upcoming({ badgeConstraints: [{ constraintType: 'CUSTOMER_BADGE_NO_LIMIT', maxEarnLimit: 3 }] })),
    {
      status: 201,
      data: { customerConstraints: [], badgeConstraints: [{ constraintType: 'BADGE_NO_LIMIT' }] },
    },
  ),
  refused(
    'unknown-constraint-type',
    'ERR400',
    given(),
    create(upcoming({ badgeConstraints: [{ constraintType: 'FIXED_VALUE', maxEarnLimit: 3 }] })),
    400,
    400,
  ),
  refused(
    'day-window-without-refresh-rate',
    'L7',
    given(),
    create(
      upcoming({ badgeConstraints: [{ constraintType: 'BADGE_FIXED_WINDOW', durationType: 'DAYS', maxEarnLimit: 3 }] }),
    ),
    400,
    400,
  ),
  // W
  caseOf(
    'next-cycle-opens-at-midnight',
    'W2',
    given({ now: '2026-01-04T00:00:00Z', badges: [direct(days(3))], history: [at('2026-01-03T23:59:59Z', earn())] }),
    earn(),
    { errors: [] },
  ),
  caseOf(
    'cycles-begin-on-the-date-of-the-start',
    'W3',
    given({ badges: [direct({ startOn: '2026-01-01T10:33:00Z', expiresOn: '2026-01-05T01:00:00Z', ...days(3) })] }),
    cycles(),
    {
      data: { fixedWindowCycles: [cycle('2026-01-01', '2026-01-03'), cycle('2026-01-04', '2026-01-05')] },
    },
  ),
  caseOf(
    'cycles-in-a-zone-with-a-short-day',
    'T4 W2',
    given({
      now: '2026-03-29T22:00:00Z',
      tz: 'Europe/Berlin',
      badges: [direct({ startOn: '2026-03-28T23:30:00Z', ...days(1) })],
      history: [at('2026-03-29T21:59:59Z', earn())],
    }),
    earn(),
    { errors: [] },
  ),
  refused(
    'one-short-day-is-one-cycle',
    'T4 W2',
    given({
      now: '2026-03-29T21:59:59Z',
      tz: 'Europe/Berlin',
      badges: [direct({ startOn: '2026-03-28T23:30:00Z', ...days(1) })],
      history: [at('2026-03-29T00:00:00Z', earn())],
    }),
    earn(),
    409,
    990001,
  ),
  caseOf(
    'weeks-from-start-by-setting',
    'W4',
    given({
      settings: { weeklyCycles: 'from-start' },
      badges: [
        direct({
          expiresOn: '2026-01-10T00:00:00Z',
          ...customer('FIXED_WINDOW', { durationType: 'WEEKS', maxEarnLimit: 1 }),
        }),
      ],
    }),
    cycles(),
    {
      data: { fixedWindowCycles: [cycle('2026-01-01', '2026-01-07'), cycle('2026-01-08', '2026-01-10')] },
    },
  ),
  caseOf(
    'monthly-cycles',
    'W11',
    given({
      badges: [
        direct({
          startOn: '2026-01-20T00:00:00Z',
          expiresOn: '2026-03-10T00:00:00Z',
          ...customer('FIXED_WINDOW', {
            durationType: 'MONTHLY',
            startDayOfTheWeek: 3,
            refreshRate: 9,
            maxEarnLimit: 1,
          }),
        }),
      ],
    }),
    cycles(),
    {
      data: {
        fixedWindowCycles: [
          cycle('2026-01-20', '2026-01-31'),
          cycle('2026-02-01', '2026-02-28'),
          cycle('2026-03-01', '2026-03-10'),
        ],
      },
    },
  ),
  caseOf(
    'month-reference-id',
    'W10',
    given(),
    create(upcoming(customer('FIXED_WINDOW', { durationType: 'MONTHS', maxEarnLimit: 1 }))),
    {
      status: 201,
      data: {
        customerConstraints: [
          { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'MONTHS', cycleStatus: 'UPCOMING' },
        ],
      },
    },
  ),
  refused(
    'weekday-seven',
    'W5 ERR400',
    given(),
    create(upcoming(customer('FIXED_WINDOW', { durationType: 'WEEKS', startDayOfTheWeek: 7, maxEarnLimit: 1 }))),
    400,
    400,
  ),
  caseOf('a-page-of-cycles', 'W2', given({ badges: [direct(days(3))] }), cycles({ page: '2', size: '50' }), {
    data: { pagination: { page: 2, size: 50, total: 122, totalPages: 3 } },
  }),
  caseOf(
    'cycles-of-both-levels-by-start',
    'W2',
    given({
      badges: [
        direct({
          expiresOn: '2026-01-05T12:00:00Z',
          ...days(3),
          ...badge('FIXED_WINDOW', { durationType: 'DAYS', refreshRate: 2, maxEarnLimit: 1 }),
        }),
      ],
    }),
    cycles(),
    {
      data: {
        fixedWindowCycles: [
          { ...cycle('2026-01-01', '2026-01-03'), constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW' },
          { ...cycle('2026-01-01', '2026-01-02'), constraintType: 'BADGE_FIXED_WINDOW' },
          { ...cycle('2026-01-03', '2026-01-04'), constraintType: 'BADGE_FIXED_WINDOW' },
          { ...cycle('2026-01-04', '2026-01-05'), constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW' },
          { ...cycle('2026-01-05', '2026-01-05'), constraintType: 'BADGE_FIXED_WINDOW' },
        ],
      },
    },
  ),
  caseOf(
    'cycles-of-an-endless-badge',
    'W2 T1',
    given({ named: [{ id: BADGE, body: direct({ expiresOn: 1798675200000, ...days(1) }) }] }),
    cycles({ page: '1000000', size: '1' }),
    {
      data: { fixedWindowCycles: [{ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW' }] },
    },
  ),
  refused(
    'cycle-counts-need-a-customer',
    'ERR812',
    given({ badges: [direct(days(3))] }),
    cycles({ includeEarnCount: 'true' }),
    400,
    812,
  ),
  caseOf(
    'badge-level-counts-need-no-customer',
    'ERR812',
    given({
      badges: [
        direct({
          expiresOn: '2026-01-03T00:00:00Z',
          ...badge('FIXED_WINDOW', { durationType: 'DAYS', refreshRate: 3, maxEarnLimit: 9 }),
        }),
      ],
      history: [at('2026-01-02T00:00:00Z', earnBulk([1, 2]))],
    }),
    cycles({ includeEarnCount: 'true', constraintType: 'BADGE' }),
    {
      data: { fixedWindowCycles: [{ earnCount: 2 }] },
    },
  ),
  refused('cycles-of-nothing', 'ERR404', given(), cycles(), 404, 404),
  // W6, W7, W8
  caseOf('the-printed-change-to-months', 'W6', changedInApril, cycles({ size: '5' }), {
    data: {
      fixedWindowCycles: [
        cycle('2024-04-15', '2024-04-19'),
        cycle('2024-04-20', '2024-04-24'),
        cycle('2024-04-25', '2024-04-29'),
        cycle('2024-04-30', '2024-04-30'),
        cycle('2024-05-01', '2024-05-31'),
      ],
      pagination: { page: 0, size: 5, total: 48, totalPages: 10 },
    },
  }),
  caseOf(
    'change-to-weeks',
    'W6',
    given({ now: '2026-01-03T00:00:00Z', badges: [direct(days(5))] }),
    update(direct(customer('FIXED_WINDOW', { durationType: 'WEEKS', startDayOfTheWeek: 'THURSDAY', maxEarnLimit: 1 }))),
    {
      data: {
        customerConstraints: [
          { durationType: 'DAYS', cycleStatus: 'ACTIVE', endDateISO: '2026-01-07T00:00:00Z' },
          { durationType: 'WEEKS', cycleStatus: 'UPCOMING', startDateISO: '2026-01-08T00:00:00Z' },
        ],
      },
    },
  ),
  caseOf(
    'second-change-replaces-the-pending-one',
    'W7',
    given({
      now: '2026-01-03T00:00:00Z',
      badges: [direct(days(5))],
      history: [at('2026-01-02T00:00:00Z', update(direct(days(7))))],
    }),
    update(direct(days(2))),
    {
      data: {
        customerConstraints: [
          { refreshRate: 5, cycleStatus: 'ACTIVE', endDateISO: '2026-01-05T00:00:00Z' },
          { refreshRate: 2, cycleStatus: 'UPCOMING', startDateISO: '2026-01-06T00:00:00Z' },
        ],
      },
    },
  ),
  caseOf(
    'changing-back-drops-the-pending-one',
    'W7',
    given({
      now: '2026-01-03T00:00:00Z',
      badges: [direct(days(5))],
      history: [at('2026-01-02T00:00:00Z', update(direct(days(7))))],
    }),
    update(direct(days(5, 3))),
    {
      data: {
        customerConstraints: [
          { refreshRate: 5, maxEarnLimit: 3, cycleStatus: 'ACTIVE', endDateISO: '2026-12-31T00:00:00Z' },
        ],
      },
    },
  ),
  caseOf(
    'old-cycles-stay-after-the-change',
    'W7',
    given({
      now: '2026-01-20T00:00:00Z',
      badges: [direct(days(5))],
      history: [at('2026-01-03T00:00:00Z', update(direct(days(7))))],
    }),
    get(`badgeMeta/${BADGE}`),
    {
      data: {
        customerConstraints: [
          { refreshRate: 5, cycleStatus: 'EXPIRED', currentCycle: null },
          {
            refreshRate: 7,
            cycleStatus: 'ACTIVE',
            currentCycle: { startDateISO: '2026-01-20T00:00:00Z', endDateISO: '2026-01-26T00:00:00Z' },
          },
        ],
      },
    },
  ),
  refused(
    'old-form-rules-until-the-change',
    'W6',
    given({
      now: '2026-01-05T23:59:59Z',
      badges: [direct(days(5))],
      history: [at('2026-01-02T00:00:00Z', earn()), at('2026-01-03T00:00:00Z', update(direct(days(7))))],
    }),
    earn(),
    409,
    990001,
  ),
  caseOf(
    'upcoming-badge-is-simply-replaced',
    'W7',
    given({ now: '2025-12-10T00:00:00Z', badges: [direct(days(5))] }),
    update(direct(days(7))),
    { data: { customerConstraints: [{ refreshRate: 7, startDate: 1767225600 }] } },
  ),
  refused(
    'fixed-window-to-value-while-live',
    'W8',
    given({ badges: [direct(days(5))] }),
    update(direct(customer('FIXED_VALUE', { maxEarnLimit: 5 }))),
    400,
    826,
  ),
  refused(
    'rolling-to-fixed-window-when-expired',
    'W8',
    given({
      now: '2027-02-01T00:00:00Z',
      badges: [direct(badge('ROLLING_WINDOW', { rollType: 'DAYS', rollValue: 1, maxEarnLimit: 1 }))],
    }),
    update(direct(badge('FIXED_WINDOW', { durationType: 'MONTHS', maxEarnLimit: 1 }))),
    400,
    826,
  ),
  caseOf(
    'levels-are-judged-apart',
    'W8',
    given({ badges: [direct(days(5))] }),
    update(direct({ ...days(5), ...badge('FIXED_VALUE', { maxEarnLimit: 5 }) })),
    { data: { badgeConstraints: [{ maxEarnLimit: 5 }] } },
  ),
  caseOf('fixed-window-where-there-was-nothing', 'W8', given({ badges: [direct()] }), update(direct(days(5))), {
    data: { customerConstraints: [{ refreshRate: 5, cycleStatus: 'ACTIVE' }] },
  }),
  caseOf('all-limits-dropped', 'W8', given({ badges: [direct(days(5))] }), update(direct()), {
    data: { customerConstraints: [] },
  }),
  // W9
  caseOf(
    'window-ends-with-relative-enrolment',
    'W9',
    given(),
    create(upcoming({ earnType: 'ISSUE_EARN', issuedBadgeExpiry: relative('DAYS', 10), ...days(3) })),
    {
      status: 201,
      data: { customerConstraints: [{ endDateISO: '2027-01-10T00:00:00Z' }] },
    },
  ),
  caseOf(
    'window-without-end',
    'W9',
    given(),
    create(upcoming({ earnType: 'ISSUE_EARN', issuedBadgeExpiry: { expiryType: 'NEVER' }, ...days(3) })),
    {
      status: 201,
      data: { customerConstraints: [{ endDate: null, endDateISO: null, cycleStatus: 'UPCOMING' }] },
    },
  ),
];
