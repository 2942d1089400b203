import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeBody, changeOf, changeText, type BadgeChange, type BulkChange } from '../../shared/domain/bulk-change';
import { limitOf, newLimit, raised, type WantedLimit } from '../../shared/domain/bulk-limits';
import { instantOf } from '../../shared/domain/instant';
import { inEnglish } from '../../shared/words/english';
import { badgeBody } from './badge-bodies';

const ZONE = 'Europe/Berlin';

function changed(body: object, change: BadgeChange): { body: unknown; paths: string[] } {
  const done = changeText(JSON.stringify(body), change, ZONE);
  if ('kept' in done) throw new Error(inEnglish(done.kept));
  return { body: JSON.parse(done.text), paths: done.cells.map(({ path }) => path) };
}

function keptBecause(text: string, change: BadgeChange): string {
  const done = changeText(text, change, ZONE);
  return 'kept' in done ? inEnglish(done.kept) : 'changed';
}

const rename = (find: string, replacement: string, matchCase = false): BadgeChange => ({
  ...{ kind: 'replace', find, replacement, matchCase },
  fields: ['name', 'description'],
});

test('find and replace takes both texts literally, with capitals or without', () => {
  const body = badgeBody({ name: 'Spring (2025) spring', description: 'a.b $& axb' });
  expect(changed(body, rename('spring', 'Summer')).body).toMatchObject({ name: 'Summer (2025) Summer' });
  expect(changed(body, rename('spring', 'Summer', true)).body).toMatchObject({ name: 'Spring (2025) Summer' });
  expect(changed(body, rename('(2025)', '$&-$1')).body).toMatchObject({ name: 'Spring $&-$1 spring' });
  expect(changed(body, rename('a.b', '')).body).toMatchObject({ description: ' $& axb' });
  expect(changed(body, rename('winter', 'x')).paths).toEqual([]);
});

test('what is not named stays, and as it is written', () => {
  const text = '{"name":"Spring","extra":12345678901234567890,"description":"Spring","list":[1.0,{"a":1e3}]}';
  const done = changeText(text, rename('Spring', 'Fall'), ZONE);
  expect('text' in done && JSON.parse(JSON.stringify(done.text))).toContain('12345678901234567890');
  expect('text' in done && done.text.replaceAll(/\s/g, '')).toBe(
    '{"name":"Fall","extra":12345678901234567890,"description":"Fall","list":[1.0,{"a":1e3}]}',
  );
  expect(changeText(text, rename('Winter', 'Fall'), ZONE)).toEqual({ text, cells: [] });
});

test('what is no badge, or cannot be read, is kept with the reason', () => {
  expect(keptBecause('{ no', rename('a', 'b'))).toBe('Its text is no JSON object. Mend it first.');
  expect(keptBecause('[]', rename('a', 'b'))).toBe('Its text is no JSON object. Mend it first.');
  expect(keptBecause('{"name":["a"]}', rename('a', 'b'))).toBe('name cannot be read. Mend it first.');
  const shift: BadgeChange = { kind: 'dates', which: 'all', days: 1 };
  expect(keptBecause('{"startOn":"2026-01-01T00:00:00Z"}', shift)).toBe('It has no expiresOn to shift.');
  expect(keptBecause('{"startOn":"soon"}', shift)).toBe('startOn cannot be read. Mend it first.');
  const raise: BadgeChange = { kind: 'limit', level: 'BADGE', change: { action: 'raise', kind: 'ANY', percent: 10 } };
  expect(keptBecause('{}', raise)).toBe('It has no such limit.');
  expect(
    keptBecause('{"badgeConstraints":[{"constraintType":"BADGE_FIXED_VALUE","maxEarnLimit":"many"}]}', raise),
  ).toBe('badgeConstraints[0] cannot be read. Mend it first.');
});

test('limits are raised by whole numbers away from the old one, without errors of fractions', () => {
  expect([raised(10, 10), raised(5, 10), raised(5, -10), raised(100, 15), raised(0, 50), raised(3, -100)]).toEqual([
    11, 6, 4, 115, 0, 0,
  ]);
});

test('a limit counts by its own prefix, in whichever list it stands; a rolling one by what is switched on', () => {
  const body = badgeBody({
    customerConstraints: [
      { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 1000 },
      {
        constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
        ...{ rollForDays: 7, maxEarnForDays: 20, rollForWeeks: 0, maxEarnForWeeks: 5 },
      },
    ],
  });
  const raise = (level: 'CUSTOMER' | 'BADGE'): BadgeChange => ({
    ...{ kind: 'limit', level, change: { action: 'raise', kind: 'ANY', percent: 10 } },
  });
  expect(changed(body, raise('CUSTOMER'))).toMatchObject({
    body: { customerConstraints: [{ maxEarnLimit: 1000 }, { maxEarnForDays: 22, maxEarnForWeeks: 5 }] },
    paths: ['customerConstraints[1]'],
  });
  expect(changed(body, raise('BADGE')).body).toMatchObject({ customerConstraints: [{ maxEarnLimit: 1100 }, {}] });
  expect(
    changed(body, { kind: 'limit', level: 'BADGE', change: { action: 'remove', kind: 'FIXED_VALUE' } }).body,
  ).toMatchObject({ customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW' }] });
});

test('a limit is added once', () => {
  const add: BadgeChange = {
    ...{ kind: 'limit', level: 'CUSTOMER' },
    change: { action: 'add', constraint: { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 3 } },
  };
  const once = changed(badgeBody(), add);
  expect(once.body).toMatchObject({ customerConstraints: [{ maxEarnLimit: 3 }] });
  expect(changed(once.body as object, add).paths).toEqual([]);
  expect(limitOf({ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 3 })?.level).toBe('CUSTOMER');
});

test('every limit that can be added is one the rules read as it was meant', () => {
  const read = (level: 'CUSTOMER' | 'BADGE', wanted: WantedLimit): unknown => {
    const made = newLimit(level, wanted);
    return made === null ? null : limitOf(made);
  };
  const base = { limit: 3, unit: 'DAYS', length: 7 } as const;
  expect(read('BADGE', { ...base, kind: 'FIXED_VALUE' })).toMatchObject({
    level: 'BADGE',
    constraint: { maxEarnLimit: 3 },
  });
  expect(read('CUSTOMER', { ...base, kind: 'FIXED_WINDOW' })).toMatchObject({
    ...{ level: 'CUSTOMER', constraint: { kind: 'FIXED_WINDOW', refreshRate: 7, maxEarnLimit: 3 } },
  });
  expect(read('BADGE', { ...base, kind: 'FIXED_WINDOW', unit: 'MONTHS', length: null })).toMatchObject({
    constraint: { durationType: 'MONTHS', refreshRate: null },
  });
  expect(read('CUSTOMER', { ...base, kind: 'ROLLING_WINDOW', unit: 'WEEKS' })).toMatchObject({
    constraint: { rollForWeeks: 7, maxEarnForWeeks: 3, rollForDays: 0 },
  });
  expect(read('BADGE', { ...base, kind: 'ROLLING_WINDOW' })).toMatchObject({
    constraint: { rollType: 'DAYS', rollValue: 7 },
  });
  expect(read('BADGE', { ...base, kind: 'ROLLING_WINDOW', length: null })).toBeNull();
  expect(read('BADGE', { ...base, kind: 'FIXED_VALUE', limit: null })).toBeNull();
});

test('dates are shifted by calendar days in the zone, under both of their keys, fixed expiries too', () => {
  const body = badgeBody({
    startOn: 1_774_652_400,
    startOnISO: '2026-03-28T00:00:00+01:00',
    expiresOn: '2026-04-28T00:00:00+02:00',
    earnedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: '2026-05-01T00:00:00+02:00' },
  });
  const { body: next, paths } = changed(body, { kind: 'dates', which: 'all', days: 2 });
  // Clocks go forward on 29 March: two calendar days are 47 hours.
  expect(next).toMatchObject({
    startOn: instantOf('2026-03-30T00:00:00+02:00') / 1_000_000,
    startOnISO: '2026-03-30T00:00:00+02:00',
    expiresOn: '2026-04-30T00:00:00+02:00',
    earnedBadgeExpiry: { expiresOn: '2026-05-03T00:00:00+02:00' },
  });
  expect(paths).toEqual(['startOnISO', 'expiresOn', 'earnedBadgeExpiry.expiresOn']);
  expect(changed(body, { kind: 'dates', which: 'end', days: -7 }).paths).toEqual(['expiresOn']);
});

test('owners, tags, custom fields and plain fields are added once, set and taken away', () => {
  const body = badgeBody({
    tags: [
      { name: 'a', value: '1' },
      { name: 'a', value: '2' },
    ],
    isActive: true,
  });
  expect(changed(body, { kind: 'owner', action: 'add', owner: 'Journeys' }).body).toMatchObject({
    ownership: { restrictedToOwners: ['Loyalty', 'Journeys'] },
  });
  expect(changed(body, { kind: 'owner', action: 'add', owner: 'Loyalty' }).paths).toEqual([]);
  expect(changed(body, { kind: 'tag', action: 'add', name: 'a', value: '2' }).paths).toEqual([]);
  expect(changed(body, { kind: 'tag', action: 'add', name: 'b', value: null }).body).toMatchObject({
    tags: [{}, {}, { name: 'b' }],
  });
  expect(changed(body, { kind: 'tag', action: 'remove', name: 'a', value: null }).body).toMatchObject({ tags: [] });
  expect(changed(body, { kind: 'tag', action: 'remove', name: 'a', value: '1' }).body).toMatchObject({
    tags: [{ value: '2' }],
  });
  const field = changed(body, { kind: 'customField', name: '__proto__', value: 'x' }).body as { customFields: object };
  expect(Object.entries(field.customFields)).toEqual([['__proto__', 'x']]);
  expect(changed(body, { kind: 'field', field: 'active', value: false }).body).toMatchObject({ isActive: false });
  expect(changed(body, { kind: 'field', field: 'badgeGroupId', value: 'g1' }).paths).toEqual(['badgeGroupId']);
  expect(changed(body, { kind: 'field', field: 'badgeRank', value: null }).paths).toEqual([]);
});

test('a place is a group and a rank; what says the same stays as it is written, and what is none is none', () => {
  const place = (group: string | null, rank: number | null): BadgeChange => ({ kind: 'place', group, rank });
  expect(changed(badgeBody({ badgeGroupId: 12, badgeRank: '2' }), place('12', 2)).paths).toEqual([]);
  expect(changed(badgeBody({ badgeGroupId: 12, badgeRank: '2' }), place('12', 3))).toMatchObject({
    ...{ body: { badgeGroupId: 12, badgeRank: 3 }, paths: ['badgeRank'] },
  });
  expect(changed(badgeBody({ badgeGroupId: { a: 1 }, badgeRank: '' }), place(null, null)).paths).toEqual([]);
  const left = changed(badgeBody({ badgeGroupId: 'spring', badgeRank: 1 }), place(null, null));
  expect(left.paths).toEqual(['badgeGroupId', 'badgeRank']);
  expect(left.body).not.toHaveProperty('badgeGroupId');
  expect(left.body).not.toHaveProperty('badgeRank');
});

test('a change of places is for each badge its own, and none for those that are not named', () => {
  const shift: BulkChange = { kind: 'dates', which: 'all', days: 1 };
  expect(changeOf(shift)('a')).toBe(shift);
  const of = changeOf({ kind: 'places', places: [{ id: 'a', group: 'g', rank: 2 }] });
  expect([of('a'), of('b')]).toEqual([{ kind: 'place', group: 'g', rank: 2 }, null]);
});

const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 });
const anyChange: fc.Arbitrary<BadgeChange> = fc.oneof(
  fc.record({
    ...{
      kind: fc.constant('replace' as const),
      find: word,
      replacement: fc.string({ maxLength: 4 }),
      matchCase: fc.boolean(),
    },
    fields: fc.subarray(['name', 'description'] as const),
  }),
  fc.record({
    ...{ kind: fc.constant('dates' as const), which: fc.constantFrom('start', 'end', 'all') },
    days: fc.integer({ min: -100_000, max: 100_000 }),
  }),
  fc.record({
    kind: fc.constant('owner' as const),
    action: fc.constantFrom('add', 'remove'),
    owner: fc.constant('Loyalty'),
  }),
  fc.record({
    ...{ kind: fc.constant('tag' as const), action: fc.constantFrom('add', 'remove'), name: word },
    value: fc.option(word),
  }),
  fc.record({
    ...{ kind: fc.constant('image' as const), tag: fc.constantFrom('EARNED', 'UN_EARNED') },
    image: fc.option(fc.record({ name: word, url: fc.option(word), fileSvcHandle: fc.option(word) })),
  }),
  fc.record({
    kind: fc.constant('benefit' as const),
    change: fc.oneof(
      fc.record({
        action: fc.constantFrom('add', 'remove'),
        benefit: fc.record({
          benefitType: fc.constantFrom('COUPON', 'LOYALTY_POINTS'),
          numbers: fc.constantFrom({}, { seriesId: 1 }, { points: 2, programId: 3 }),
        }),
      }),
      fc.record({
        ...{ action: fc.constant('set' as const), field: fc.constantFrom('seriesId', 'points') },
        value: fc.option(fc.nat(3)),
      }),
    ),
  }),
  fc.record({
    ...{ kind: fc.constant('date' as const), field: fc.constantFrom('startOn', 'expiresOn') },
    at: fc.integer({ min: 0, max: 4_000_000_000_000_000 }),
  }),
  fc.record({
    ...{ kind: fc.constant('expiry' as const), field: fc.constantFrom('earnedBadgeExpiry', 'issuedBadgeExpiry') },
    expiry: fc.oneof(
      fc.constant(null),
      fc.constant({ kind: 'NEVER' as const }),
      fc.constant({ kind: 'WITH_BADGE_META' as const }),
      fc.record({ kind: fc.constant('FIXED_DATE' as const), expiresOn: fc.nat() }),
      fc.record({ kind: fc.constant('RELATIVE' as const), unit: fc.constant('WEEKS'), value: fc.integer({ min: 1 }) }),
    ),
  }),
  fc.record({ kind: fc.constant('customField' as const), name: word, value: fc.option(word) }),
  fc.record({ kind: fc.constant('place' as const), group: fc.option(word), rank: fc.option(fc.integer()) }),
  fc.record({
    ...{ kind: fc.constant('limit' as const), level: fc.constantFrom('CUSTOMER', 'BADGE') },
    change: fc.oneof(
      fc.record({ action: fc.constant('set' as const), kind: fc.constant('ANY' as const), limit: fc.nat() }),
      fc.record({ action: fc.constant('remove' as const), kind: fc.constant('ANY' as const) }),
    ),
  }),
);
const limit = fc.record({
  constraintType: fc.constantFrom('BADGE_FIXED_VALUE', 'CUSTOMER_BADGE_FIXED_VALUE', 'BADGE_NO_LIMIT'),
  maxEarnLimit: fc.oneof(fc.nat(), fc.constant('7'), fc.constant(null)),
});
const anyBody = fc.record(
  {
    name: fc.oneof(word, fc.integer()),
    description: fc.oneof(word, fc.constant(null)),
    startOn: fc.oneof(fc.constant('2026-01-01T00:00:00Z'), fc.constant(1_800_000_000), fc.jsonValue()),
    expiresOn: fc.oneof(fc.constant('2027-01-01T00:00:00Z'), fc.jsonValue()),
    earnedBadgeExpiry: fc.oneof(
      fc.constant({ expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: 1_800_000_000 }),
      fc.constant({ expiryType: 'RELATIVE', relativeExpirytype: 'DAYS', value: 3, own: 1 }),
      fc.jsonValue(),
    ),
    issuedBadgeExpiry: fc.jsonValue(),
    earnType: fc.constantFrom('EARN', 'ISSUE_EARN'),
    ownership: fc.oneof(fc.constant({ restrictedToOwners: ['Loyalty'] }), fc.jsonValue()),
    tags: fc.oneof(fc.array(fc.record({ name: word, value: word })), fc.jsonValue()),
    badgeConstraints: fc.oneof(fc.array(limit), fc.jsonValue()),
    customerConstraints: fc.array(limit),
    badgeGroupId: fc.oneof(word, fc.nat(), fc.jsonValue()),
    badgeRank: fc.oneof(fc.nat(), fc.constant('2'), fc.jsonValue()),
    unknown: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

test('start and end are set to one date, in the spelling of each badge; both twins move', () => {
  const at = instantOf('2027-03-31T21:59:59Z');
  const set: BadgeChange = { kind: 'date', field: 'expiresOn', at };
  expect(changed({ expiresOn: 1_800_000_000 }, set)).toEqual({
    body: { expiresOn: 1_806_530_399 },
    paths: ['expiresOn'],
  });
  expect(changed({ expiresOnISO: '2026-01-01T00:00:00Z' }, set)).toEqual({
    ...{ body: { expiresOnISO: '2027-03-31T23:59:59+02:00' }, paths: ['expiresOnISO'] },
  });
  expect(changed({ expiresOn: 1, expiresOnISO: '2026-01-01T00:00:00Z' }, set).body).toEqual({
    ...{ expiresOn: 1_806_530_399, expiresOnISO: '2027-03-31T23:59:59+02:00' },
  });
  // One that was never there, and one that nobody could read.
  expect(changed({}, set).body).toEqual({ expiresOn: '2027-03-31T23:59:59+02:00' });
  expect(changed({ expiresOn: 'soon' }, set).body).toEqual({ expiresOn: '2027-03-31T23:59:59+02:00' });
  expect(changed({ expiresOn: '2027-03-31T21:59:59Z' }, set).paths).toEqual([]);
});

test('expiries are set, keep the spelling of their kind and keys that no rule knows, and are left where nobody enrols', () => {
  const relative: BadgeChange = {
    ...{ kind: 'expiry', field: 'earnedBadgeExpiry', expiry: { kind: 'RELATIVE', unit: 'MONTHS', value: 6 } },
  } as const;
  const body = { earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpirytype: 'DAYS', value: 30, own: 1 } };
  expect(changed(body, relative)).toEqual({
    body: { earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpirytype: 'MONTHS', value: 6, own: 1 } },
    paths: ['earnedBadgeExpiry'],
  });
  expect(changed({ earnedBadgeExpiry: { expiryType: 'NEVER', own: 1 } }, relative).body).toEqual({
    earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpiryType: 'MONTHS', value: 6, own: 1 },
  });
  const fixed: BadgeChange = {
    ...{ kind: 'expiry', field: 'issuedBadgeExpiry' },
    expiry: { kind: 'FIXED_DATE', expiresOn: instantOf('2027-03-31T21:59:59Z') },
  };
  expect(changed({ earnType: 'ISSUE_EARN' }, fixed).body).toEqual({
    earnType: 'ISSUE_EARN',
    issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: '2027-03-31T23:59:59+02:00' },
  });
  expect(keptBecause('{"earnType":"EARN"}', fixed)).toBe('It is awarded directly: nobody enrols.');
  expect(keptBecause('{"earnedBadgeExpiry":"never"}', relative)).toBe(
    'earnedBadgeExpiry cannot be read. Mend it first.',
  );
  const none: BadgeChange = { ...fixed, expiry: null };
  expect(changed({ earnType: 'EARN', issuedBadgeExpiry: { expiryType: 'NEVER' } }, none).body).toEqual({
    earnType: 'EARN',
  });
  expect(changed({}, none).paths).toEqual([]);
});

test('whatever the body is, a change changes only what it names, tells every place, and made twice changes nothing more', () => {
  const touched: Record<BadgeChange['kind'], string[]> = {
    replace: ['name', 'description'],
    field: [],
    limit: ['customerConstraints', 'badgeConstraints'],
    date: ['startOn', 'startOnISO', 'expiresOn', 'expiresOnISO'],
    expiry: ['earnedBadgeExpiry', 'issuedBadgeExpiry'],
    dates: ['startOn', 'startOnISO', 'expiresOn', 'expiresOnISO', 'earnedBadgeExpiry', 'issuedBadgeExpiry'],
    owner: ['ownership'],
    tag: ['tags'],
    customField: ['customFields'],
    place: ['badgeGroupId', 'badgeRank'],
    image: ['images'],
    benefit: ['benefits'],
  };
  fc.assert(
    fc.property(anyBody, anyChange, (given, change) => {
      const body = JSON.parse(JSON.stringify(given)) as Record<string, unknown>;
      const done = changeBody(body, change, ZONE);
      if ('kept' in done) return;
      const keys = new Set([...Object.keys(body), ...Object.keys(done.body)]);
      const moved = [...keys].filter((key) => done.body[key] !== body[key]);
      expect(moved.filter((key) => !touched[change.kind].includes(key))).toEqual([]);
      const told = new Set(done.cells.map(({ path }) => path.split(/[.[]/)[0]?.replace(/ISO$/, '')));
      expect(moved.filter((key) => !told.has(key.replace(/ISO$/, '')))).toEqual([]);
      if (
        change.kind === 'replace' ||
        change.kind === 'dates' ||
        (change.kind === 'limit' && change.change.action === 'remove')
      )
        return;
      const again = changeBody(done.body, change, ZONE);
      expect('cells' in again && again.cells).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('the picture of one state becomes the same in all, or goes; pictures of other states stay', () => {
  const images = [
    { tag: 'EARNED', url: 'https://a.example/1.png', name: 'one', width: '12345678901234567890' },
    { tag: 'UN_EARNED', url: 'https://a.example/0.png' },
    { tag: 'EARNED', fileSvcHandle: 'h1' },
  ];
  const image = { name: 'all', url: 'https://b.example/e.png', fileSvcHandle: null };
  const set: BadgeChange = { kind: 'image', tag: 'EARNED', image };
  expect(changed(badgeBody({ images }), set)).toEqual({
    body: badgeBody({
      images: [{ name: 'all', url: image.url, tag: 'EARNED', width: '12345678901234567890' }, images[1], images[2]],
    }),
    paths: ['images.EARNED'],
  });
  expect(changed(changed({ name: 'x' }, set).body as object, set).paths).toEqual([]);
  expect(changed({ name: 'x' }, set).body).toEqual({
    name: 'x',
    images: [{ name: 'all', url: image.url, tag: 'EARNED' }],
  });
  const none: BadgeChange = { kind: 'image', tag: 'EARNED', image: null };
  expect(changed({ images }, none).body).toEqual({ images: [images[1]] });
  expect(changed({ images: [images[1]] }, none).paths).toEqual([]);
  const done = changeText(JSON.stringify({ images }), none, ZONE);
  expect('cells' in done && done.cells).toEqual([
    { path: 'images.EARNED', before: { kind: 'text', text: 'https://a.example/1.png, h1' }, after: null },
  ]);
  expect(keptBecause('{"images":{"EARNED":"x"}}', set)).toBe('images cannot be read. Mend it first.');
});

test('a benefit is added once, taken away by what it says, and one number of it is said of all', () => {
  const coupon = { benefitType: 'COUPON', seriesId: 55 };
  const points = { benefitType: 'LOYALTY_POINTS', points: 10, programId: 3, note: 'kept' };
  const body = { benefits: [coupon, points] };
  const change = (what: Extract<BadgeChange, { kind: 'benefit' }>['change']): BadgeChange => ({
    kind: 'benefit',
    change: what,
  });
  const add = change({ action: 'add', benefit: { benefitType: 'COUPON', numbers: { seriesId: 56 } } });
  expect(changed(body, add).body).toEqual({ benefits: [coupon, points, { benefitType: 'COUPON', seriesId: 56 }] });
  expect(changed({}, add).body).toEqual({ benefits: [{ benefitType: 'COUPON', seriesId: 56 }] });
  expect(changed(changed({}, add).body as object, add).paths).toEqual([]);
  const remove = (numbers: { seriesId?: number }): unknown =>
    changed(body, change({ action: 'remove', benefit: { benefitType: 'COUPON', numbers } })).body;
  expect(remove({ seriesId: 55 })).toEqual({ benefits: [points] });
  expect(remove({ seriesId: 56 })).toEqual(body);
  expect(remove({})).toEqual({ benefits: [points] });
  expect(
    changed(body, change({ action: 'remove', benefit: { benefitType: 'LOYALTY_POINTS', numbers: { programId: 3 } } }))
      .body,
  ).toEqual({
    benefits: [coupon],
  });
  const set = change({ action: 'set', field: 'points', value: 20 });
  expect(changed(body, set)).toEqual({
    body: { benefits: [coupon, { ...points, points: 20 }] },
    paths: ['benefits.points'],
  });
  expect(changed({ benefits: [{ ...points, points: 20 }] }, set).paths).toEqual([]);
  expect(changed(body, change({ action: 'set', field: 'programId', value: null })).body).toEqual({
    benefits: [coupon, { benefitType: 'LOYALTY_POINTS', points: 10, note: 'kept' }],
  });
  const series = change({ action: 'set', field: 'seriesId', value: 7 });
  expect(changed(body, series).body).toEqual({ benefits: [{ ...coupon, seriesId: 7 }, points] });
  expect(keptBecause(JSON.stringify({ benefits: [points] }), series)).toBe('It has no such benefit.');
  expect(keptBecause(JSON.stringify({ benefits: [coupon, { ...coupon, seriesId: 56 }] }), series)).toBe(
    'It has several coupons: they would become one and the same.',
  );
  expect(keptBecause('{"benefits":[3]}', add)).toBe('benefits cannot be read. Mend it first.');
});
