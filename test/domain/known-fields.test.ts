import { expect, test } from 'vitest';
import { unknownBadgeFields } from '../../shared/domain/known-fields';

const meant = (name: string): string | null | undefined => unknownBadgeFields({ [name]: 1 })[0]?.meant;

test.each([
  // Short names allow one slip, longer ones two.
  ['nam', 'name'],
  ['naem', null],
  ['NAME', 'name'],
  ['startonn', 'startOn'],
  ['strtonn', 'startOn'],
  ['discription', 'description'],
  ['dscripton', 'description'],
  ['dscriptn', null],
  ['benifit', 'benefits'],
  ['benefi', null],
  // The nearest of several.
  ['expireson', 'expiresOn'],
  ['expiresOnIS', 'expiresOnISO'],
  ['isActiv', 'isActive'],
  ['colour', null],
  ['', null],
])('%s: what was meant is %s', (name, field) => {
  expect(meant(name)).toBe(field);
});

test('the place is told at any level, in the order of the body; a plain value has no inside', () => {
  const body = {
    first: 1,
    name: { inside: 1 },
    tags: { '*': [{ other: 1 }] },
    benefits: ['text', { serieId: 1 }, { points: { at: 1 } }],
    ownership: { claims: [{ ownertype: 'x' }] },
    customFields: { anything: { goes: 1 } },
  };
  expect(unknownBadgeFields(body)).toEqual([
    { path: 'first', name: 'first', meant: null },
    { path: 'benefits[1].serieId', name: 'serieId', meant: 'seriesId' },
    { path: 'ownership.claims[0].ownertype', name: 'ownertype', meant: 'ownerType' },
  ]);
});

test('a hundred are told, wherever they stand', () => {
  const odd = (count: number): object =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, 1]));
  expect(unknownBadgeFields({ benefits: [odd(60), odd(60)] })).toHaveLength(100);
  expect(unknownBadgeFields({ benefits: [odd(60), odd(40)], odd: 1 })).toHaveLength(100);
  expect(unknownBadgeFields({ benefits: [odd(60), odd(39)], odd: 1 })).toHaveLength(100);
  expect(unknownBadgeFields({ benefits: [odd(60), odd(38)], odd: 1 })).toHaveLength(99);
});
