/**
 * What the rules say, word for word: codes, the problems of odd bodies with their advice, and the bodies of templates.
 * A record is read by a person when it changes (`vitest -u` writes it); any other change of a word or a number fails.
 */
import { expect, test } from 'vitest';
import { MESSAGES, enumError, parseError } from '../../shared/domain/codes';
import { answeredIssues, inspectBadge } from '../../shared/domain/create-badge';
import { decideClaim, decideUnclaim, readClaim } from '../../shared/domain/claims';
import { capInWords, freesAt, neverInWords } from '../../shared/domain/explain';
import { instantOf, readInstant } from '../../shared/domain/instant';
import { MemoryOrg } from '../../shared/domain/memory-org';
import { readBadge } from '../../shared/domain/read-badge';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { BADGE_TEMPLATES, emptyBadgeBody } from '../../shared/domain/templates';
import { earnTypeIssue, judgeUpdate } from '../../shared/domain/update-badge';
import { badgeBody, badgeDefinition, enrolFirst, NEVER } from './badge-bodies';
import { inEnglish } from '../../shared/words/english';
import { message, type Message, type PlainKey } from '../../shared/words/message';

const NOW = instantOf('2026-05-04T09:30:00Z');
const english = (key: PlainKey): string => inEnglish(message(key));
/** Messages are recorded as people read them. */
const worded = (key: string, value: unknown): unknown =>
  (key === 'advice' || key === 'message') && typeof value === 'object' ? inEnglish(value as Message) : value;
const lines = (values: readonly unknown[]): string =>
  `${values.map((value) => JSON.stringify(value, worded)).join('\n')}\n`;
const record = (name: string): string => `./records/${name}.txt`;

const GOOD = badgeBody({ startOn: '2026-06-01T00:00:00Z', earnedBadgeExpiry: NEVER });

/** A body with every field that there is. */
const WHOLE = {
  ...GOOD,
  description: 'All of it',
  earnType: 'ISSUE_EARN',
  earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'WEEKS', value: '2' },
  issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: 1_798_675_200.25 },
  ownership: {
    restrictedToOwners: ['Loyalty', 'Milestones', 'Loyalty'],
    claims: [{ ownerType: 'Milestones', referenceId: '1' }, {}],
  },
  customerConstraints: [
    { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 9 },
    { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'WEEKLY', startDayOfTheWeek: 2, maxEarnLimit: 3 },
    { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'WEEKS', maxEarnLimit: 3 },
    { constraintType: 'BADGE_FIXED_WINDOW', durationType: 'DAILY', refreshRate: 5, maxEarnLimit: 0 },
    {
      constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
      ...{
        rollForDays: 7,
        maxEarnForDays: 2,
        rollForWeeks: 0,
        maxEarnForWeeks: 5,
        rollForMonths: 3,
        maxEarnForMonths: 4,
      },
    },
  ],
  badgeConstraints: [
    { constraintType: 'BADGE_FIXED_WINDOW', durationType: 'MONTHLY', maxEarnLimit: 3 },
    { constraintType: 'BADGE_FIXED_WINDOW', durationType: 'MONTHS', refreshRate: 4, maxEarnLimit: 3 },
    { constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'WEEKS', rollValue: 1, maxEarnLimit: 0 },
    { constraintType: 'CUSTOMER_BADGE_NO_LIMIT' },
    { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 0 },
  ],
  active: false,
  images: [{ name: 'a', fileSvcHandle: 'b', url: 'c', tag: null }, {}, {}],
  tags: [{ name: 'n', value: 1 }, { value: true }],
  benefits: [
    { benefitType: 'COUPON', seriesId: 1 },
    {
      benefitType: 'LOYALTY_POINTS',
      ...{
        points: 1,
        programId: 2,
        promotionId: 3,
        allocationStrategyId: 4,
        expirationStrategyId: 5,
        defaultTillId: 6,
      },
    },
  ],
  badgeGroupId: 'g',
  badgeRank: 4,
  defaultTillId: 5,
  customFields: { one: 1, two: true, three: null, __proto__x: 'x' },
};

const many = (count: number, element: unknown): unknown[] => Array.from({ length: count }, () => element);
const constraint = (fields: Record<string, unknown>): Record<string, unknown> => ({ customerConstraints: [fields] });
const window = (fields: Record<string, unknown>): Record<string, unknown> =>
  constraint({ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', maxEarnLimit: 1, ...fields });
const rolling = (fields: Record<string, unknown>): Record<string, unknown> =>
  constraint({ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', ...fields });
const earned = (fields: unknown): Record<string, unknown> => ({ earnedBadgeExpiry: fields });

/** Bodies with something wrong: what stands in the place of a good one's field, or is added to it. */
const ODD: readonly unknown[] = [
  ...[null, [], 'text', 5],
  ...[null, 7, true, { a: 1 }, [1], '', ' '].map((name) => ({ ...GOOD, name })),
  ...[{}, []].map((description) => ({ ...GOOD, description })),
  ...[null, {}, 'soon', '2026-06-01T00:00:00', 1e12, -1e300, '+999999-01-01T00:00:00Z', false].map((startOn) => ({
    ...GOOD,
    startOn,
  })),
  ...[null, 1_780_000_000_000, '2026-06-01T00:00:00Z', '2026-05-31T23:59:59.999999Z'].map((expiresOn) => ({
    ...GOOD,
    expiresOn,
  })),
  { ...GOOD, startOn: 'unread', startOnISO: '2026-07-01T00:00:00Z', expiresOnISO: 'unread' },
  { ...GOOD, startOnISO: null, expiresOnISO: null },
  ...[null, 'earn', {}, [], 3].map((earnType) => ({ ...GOOD, earnType })),
  { ...GOOD, earnType: 'ISSUE_EARN' },
  { ...GOOD, ...enrolFirst({}) },
  { ...GOOD, issuedBadgeExpiry: {} },
  ...[
    ...[null, [], 'never', {}, { expiryType: null }, { expiryType: 'never' }, { expiryType: 'RELATIVE' }],
    ...[0, 1.5, -1, 'x', '12345678901234567', [], null].map((value) => ({
      expiryType: 'RELATIVE',
      relativeExpirytype: 'DAYS',
      value,
    })),
    { expiryType: 'RELATIVE', relativeExpirytype: 'YEARS', value: 1 },
    { expiryType: 'RELATIVE', relativeExpiryType: 'YEARS', relativeExpirytype: 'DAYS', value: 1 },
    { expiryType: 'RELATIVE', relativeExpiryType: null, relativeExpirytype: 'DAYS', value: 1 },
    ...[{}, { type: 'NEVER' }, { expireWithBadgeMeta: true }, { expireWithBadgeMeta: 'true' }].map((more) => ({
      expiryType: 'ABSOLUTE',
      ...more,
    })),
    ...[{}, { expiresOn: 'x' }, { expiresOn: 1e12 }].map((more) => ({
      expiryType: 'ABSOLUTE',
      type: 'FIXED_DATE',
      ...more,
    })),
  ].map((expiry) => ({ ...GOOD, ...earned(expiry) })),
  ...[
    ...[null, [], 'x', {}, { restrictedToOwners: null }, { restrictedToOwners: 'Loyalty' }, { restrictedToOwners: [] }],
    { restrictedToOwners: ['Loyalty', 'loyalty', null, {}] },
    ...[{}, [5], [{ ownerType: 'x' }], [{ ownerType: 'Milestones' }]].map((claims) => ({
      restrictedToOwners: ['Loyalty'],
      claims,
    })),
  ].map((ownership) => ({ ...GOOD, ownership })),
  ...[
    ...[{ customerConstraints: {} }, { customerConstraints: ['x'] }, { badgeConstraints: [{}] }],
    ...[constraint({ constraintType: 'X' }), constraint({ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: -1 })],
    ...[window({}), window({ durationType: 'YEARS' }), window({ durationType: 'DAYS' })],
    ...[window({ durationType: 'DAYS', refreshRate: 0 }), window({ durationType: 'DAYS', refreshRate: 1.5 })],
    ...[7, -1, 1.5, 'SUN', {}].map((startDayOfTheWeek) => window({ durationType: 'WEEKS', startDayOfTheWeek })),
    ...[
      rolling({ rollForDays: -1 }),
      rolling({ rollForWeeks: 1 }),
      rolling({ rollForMonths: 1, maxEarnForMonths: -1 }),
    ],
    ...[rolling({ rollForDays: 'x' }), rolling({ rollForDays: 0, maxEarnForDays: -4 })],
    ...[{}, { rollType: 'x', rollValue: 0 }, { rollType: 'DAYS', rollValue: 1 }].map((more) => ({
      badgeConstraints: [{ constraintType: 'BADGE_ROLLING_WINDOW', ...more }],
    })),
    ...[{ images: many(4, {}) }, { images: {} }, { images: [{ tag: 'x', url: {} }] }],
    ...[{ tags: 'x' }, { tags: [1] }, { tags: [{ name: [], value: {} }] }],
    ...[{ benefits: many(11, { benefitType: 'COUPON' }) }, { benefits: [{}] }, { benefits: [{ benefitType: 'X' }] }],
    {
      benefits: [
        { benefitType: 'LOYALTY_POINTS', points: 'x', programId: 1.5 },
        { benefitType: 'COUPON', seriesId: {} },
      ],
    },
    ...[{ badgeGroupId: {} }, { badgeGroupId: 'inactive' }, { badgeRank: 'x' }, { defaultTillId: [] }],
    ...[{ customFields: [] }, { customFields: { a: {} } }, { active: 'yes' }, { isActive: 1 }],
  ].map((more) => ({ ...GOOD, ...more })),
];

const context = (migration: boolean) => ({
  now: NOW,
  settings: DEFAULT_SETTINGS,
  migration,
  nameTaken: (name: string) => name === 'Taken',
  groupIsActive: (id: string) => id !== 'inactive',
});

test('every code has its message, and the messages that are made have theirs', async () => {
  const made = [enumError('x', 'field', ['a', 'b']), parseError('no')];
  await expect(lines([...Object.entries(MESSAGES), ...made])).toMatchFileSnapshot(record('codes'));
});

test('a body with every field is read whole', async () => {
  const { definition, issues, warnings, claimOwnerTypes, parts } = readBadge(WHOLE);
  expect([issues, warnings]).toEqual([[], []]);
  const bare = readBadge({ ...GOOD, isActive: false }).definition;
  await expect(`${JSON.stringify({ definition, claimOwnerTypes, parts, bare }, null, 1)}\n`).toMatchFileSnapshot(
    record('whole-badge'),
  );
});

test('each odd body has its problems, with their place and what to do', async () => {
  const said = ODD.flatMap((body) => {
    const { definition, issues, warnings } = inspectBadge(body, context(false));
    const answered = answeredIssues(issues).length;
    const changed = Object.entries((body ?? {}) as object).filter(
      ([key, value]) => (GOOD as Record<string, unknown>)[key] !== value,
    );
    return [
      { body: typeof body === 'object' ? Object.fromEntries(changed) : body, answered },
      ...issues,
      ...warnings,
      definition !== null,
    ];
  });
  await expect(lines(said)).toMatchFileSnapshot(record('problems'));
});

test('the rules of a new badge', async () => {
  const bodies = [
    ...['2026-05-04T09:29:59.999999Z', '2026-05-04T09:30:00Z'].map((startOn) => ({ ...GOOD, startOn })),
    ...['1926-05-04T09:29:59Z', '1926-05-04T09:30:00Z'].map((startOn) => ({ ...GOOD, startOn })),
    { ...GOOD, name: 'Taken', startOn: 0, expiresOn: 0, ownership: {}, badgeGroupId: 'inactive' },
  ];
  const said = bodies.flatMap((body) =>
    [false, true].map((migration) => inspectBadge(body, context(migration)).issues),
  );
  await expect(lines(said)).toMatchFileSnapshot(record('new-badge'));
});

test('the rules of an update', async () => {
  const org = new MemoryOrg();
  const startOn = instantOf('2026-05-01T00:00:00Z');
  const live = org.addBadge(badgeDefinition({ startOn, expiresOn: instantOf('2026-12-31T00:00:00Z') }), startOn);
  const claimed = { ...live, claims: [{ ownerType: 'Loyalty' as const, referenceId: '1', isActive: true }] };
  const upcoming = { ...claimed, definition: { ...live.definition, startOn: instantOf('2026-06-01T00:00:00Z') } };
  const same = { ...GOOD, startOn: '2026-05-01T00:00:00Z' };
  const bodies = [
    ...[same, GOOD, { ...same, name: 'Taken' }, { ...same, ownership: {} }, { ...same, badgeGroupId: 'inactive' }],
    ...[
      { ...same, expiresOn: '2026-05-04T09:29:59Z' },
      { ...same, expiresOn: '2026-05-01T00:00:00Z' },
    ],
    ...[
      { ...same, ...window({ durationType: 'MONTHS' }) },
      { ...same, ownership: { restrictedToOwners: ['Milestones'] } },
    ],
    {
      ...same,
      earnType: live.definition.earnType === 'EARN' ? 'ISSUE_EARN' : 'EARN',
      issuedBadgeExpiry: { expiryType: 'NEVER' },
    },
  ];
  const said = [claimed, upcoming].flatMap((stored) =>
    bodies.flatMap((body) =>
      [0, 1].map((count) => {
        const counts = { issuedCount: 0, earnedCount: count };
        const judged = { ...context(false), counts };
        const reading = readBadge(body);
        return [judgeUpdate(stored, reading, judged), earnTypeIssue(stored, reading, judged)];
      }),
    ),
  );
  await expect(lines(said)).toMatchFileSnapshot(record('update'));
});

test('claims: what is read, decided and refused', async () => {
  const bodies = [
    null,
    [],
    'x',
    {},
    { ownerType: '' },
    { ownerType: 'x' },
    { ownerType: {} },
    { ownerType: 'Loyalty' },
  ];
  const references = [null, '', 'a', 0, 12, {}, true].map((referenceId) => ({ ownerType: 'Loyalty', referenceId }));
  const claims = [{ ownerType: 'Loyalty' as const, referenceId: '1', isActive: true }];
  const definition = { restrictedToOwners: ['Loyalty' as const, 'Milestones' as const], active: true };
  const decided = [
    decideClaim({ claims, definition }, 'Goodwill_Module', '1'),
    decideClaim({ claims, definition: { ...definition, active: false } }, 'Loyalty', '1'),
    ...[decideClaim({ claims, definition }, 'Loyalty', '1'), decideClaim({ claims, definition }, 'Loyalty', '2')],
    ...[decideUnclaim({ claims }, 'Loyalty', '1'), decideUnclaim({ claims }, 'Loyalty', '2')],
    decideUnclaim({ claims }, 'Milestones', '1'),
  ];
  await expect(lines([...[...bodies, ...references].map(readClaim), ...decided])).toMatchFileSnapshot(record('claims'));
});

test('the templates, and the empty badge', async () => {
  const built = BADGE_TEMPLATES.map(({ id, title, sentence, description, build }) => ({
    ...{ id, title: english(title), sentence: english(sentence) },
    ...{ body: build({ name: 'Mine', description: english(description), now: NOW, zone: 'Europe/Berlin' }) },
  }));
  await expect(`${JSON.stringify([...built, emptyBadgeBody('Mine')], null, 1)}\n`).toMatchFileSnapshot(
    record('templates'),
  );
});

test('the settings that hold where nothing is chosen', async () => {
  await expect(`${JSON.stringify(DEFAULT_SETTINGS, null, 1)}\n`).toMatchFileSnapshot(record('settings'));
});

test('dates at their limits', async () => {
  const numbers = [
    0,
    -0,
    1.5,
    -1.5,
    1e-7,
    1e11 - 1,
    1e11,
    2 ** 33,
    2 ** 33 - 0.5,
    4e12,
    5e12,
    -5e12,
    1e21,
    NaN,
    Infinity,
  ];
  const texts = [
    '',
    'x',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00.1234567+05:30',
  ];
  const more = [
    '1969-12-31T23:59:59.9999999Z',
    '+57906-01-01T00:00:00Z',
    '+200000-01-01T00:00:00Z',
    '-200000-01-01T00:00:00Z',
  ];
  const read = [...numbers, ...texts, ...more, null, {}, true].map((value) => [
    typeof value === 'number' ? String(value) : value,
    readInstant(value),
  ]);
  await expect(lines(read)).toMatchFileSnapshot(record('instants'));
});

test('limits in words, and when a place frees', async () => {
  const base = { limit: 2, by: 'eventDate' as const, span: { from: 0, to: NOW }, roll: null };
  const caps = [
    base,
    { ...base, span: null },
    { ...base, limit: 0 },
    ...(['DAYS', 'WEEKS', 'MONTHS'] as const).flatMap((unit) =>
      [1, 3].map((value) => ({ ...base, roll: { unit, value } })),
    ),
  ] as unknown as Parameters<typeof capInWords>[0][];
  const counted = ['2026-05-01T10:00:00Z', '2026-04-30T10:00:00Z', '2026-05-03T23:00:00Z'].map(instantOf);
  const ends = [null, { at: NOW, with: 'badge' as const }, { at: NOW, with: 'enrolment' as const }];
  const said = caps.flatMap((cap) => [
    capInWords(cap),
    ...ends.flatMap((end) =>
      (['hours', 'dates'] as const).map((rollingWindows) =>
        [counted, []].map((dates) => freesAt(cap, dates, end, { zone: 'Europe/Berlin', rollingWindows })),
      ),
    ),
  ]);
  const never = (['limit-is-zero', 'counts-for-ever', 'last-cycle', 'badge-ends', 'enrolment-ends'] as const).map(
    neverInWords,
  );
  await expect(lines([...said, ...never])).toMatchFileSnapshot(record('limits'));
});
