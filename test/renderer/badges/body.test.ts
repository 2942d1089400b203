import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  constraintShape,
  dateField,
  dateValue,
  durationOf,
  expiryKind,
  isActive,
  newConstraint,
  startDayOf,
  withExpiryKind,
} from '../../../renderer/lib/body-fields';
import { pathText, valueAt, withValueAt } from '../../../renderer/lib/body-path';
import { readBadgeText } from '../../../renderer/features/badges/json-text';
import { instantOf } from '../../../shared/domain/instant';
import { readBadge } from '../../../shared/domain/read-badge';

// Keys that look like numbers are put first by the language itself, whatever their place.
const key = fc.string({ maxLength: 6 }).map((text) => `k${text}`);

describe('a place in a body', () => {
  test('a value that was put there is there, and everything else is as it was', () => {
    fc.assert(
      fc.property(
        fc.dictionary(key, fc.jsonValue()),
        fc.array(key, { minLength: 1, maxLength: 3 }),
        fc.jsonValue(),
        (body, path, value) => {
          const before = structuredClone(body);
          const after = withValueAt(body, path, value) as Record<string, unknown>;
          expect(valueAt(after, path)).toEqual(value);
          expect(body).toEqual(before);
          for (const other of Object.keys(body)) if (other !== path[0]) expect(after[other]).toEqual(before[other]);
          const kept = Object.keys(before);
          expect(Object.keys(after).slice(0, kept.length)).toEqual(kept);
        },
      ),
    );
  });

  test('undefined takes a key or an element away, and only that', () => {
    const body = { a: 1, list: [{ x: 1 }, { x: 2 }, { x: 3 }], z: null };
    expect(withValueAt(body, ['list', 1], undefined)).toEqual({ a: 1, list: [{ x: 1 }, { x: 3 }], z: null });
    expect(withValueAt(body, ['list', 1, 'x'], undefined)).toEqual({ a: 1, list: [{ x: 1 }, {}, { x: 3 }], z: null });
    expect(withValueAt(body, ['a'], undefined)).toEqual({ list: body.list, z: null });
    expect(pathText(['list', 1, 'x'])).toBe('list[1].x');
  });
});

describe('the many spellings of a body', () => {
  test('the ISO twin of a date wins, and a number is written back as a number', () => {
    expect(dateField({ startOn: 5, startOnISO: '2027-01-01T00:00:00Z' }, 'startOn')).toEqual({
      key: 'startOnISO',
      instant: instantOf('2027-01-01T00:00:00Z'),
      unreadable: null,
    });
    expect(dateField({ startOn: '2027-01-01T00:00:00' }, 'startOn')).toEqual({
      key: 'startOn',
      instant: null,
      unreadable: '2027-01-01T00:00:00',
    });
    const instant = instantOf('2027-01-01T00:00:00Z');
    expect(dateValue(instant, 1716803487, 'UTC')).toBe(1798761600);
    expect(dateValue(instant, undefined, 'Asia/Kolkata')).toBe('2027-01-01T05:30:00+05:30');
  });

  test('active wins over isActive, and absent means active', () => {
    expect(isActive({})).toBe(true);
    expect(isActive({ isActive: false })).toBe(false);
    expect(isActive({ active: true, isActive: false })).toBe(true);
  });

  test('an expiry of another kind is right by the rules, and keeps keys that no rule knows', () => {
    const body = {
      name: 'B',
      startOn: 1,
      expiresOn: 2,
      earnType: 'EARN',
      ownership: { restrictedToOwners: ['Loyalty'] },
    };
    const old = { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: 12, note: 'mine' };
    for (const kind of ['NEVER', 'WITH_BADGE_META', 'RELATIVE'] as const) {
      const next = withExpiryKind(old, kind);
      expect(expiryKind(next)).toBe(kind);
      expect(next['note']).toBe('mine');
      expect(readBadge({ ...body, earnedBadgeExpiry: next }).issues).toEqual([]);
    }
    expect(expiryKind(withExpiryKind({}, 'FIXED_DATE'))).toBe('FIXED_DATE');
  });

  test('every new limit is right by the rules at once', () => {
    const body = { name: 'B', startOn: 1, expiresOn: 2, earnType: 'EARN', earnedBadgeExpiry: { expiryType: 'NEVER' } };
    for (const [list, level] of [
      ['customerConstraints', 'CUSTOMER'],
      ['badgeConstraints', 'BADGE'],
    ] as const) {
      for (const kind of ['FIXED_VALUE', 'FIXED_WINDOW', 'ROLLING_WINDOW', 'NO_LIMIT'] as const) {
        const constraint = newConstraint(kind, level);
        const { issues, definition } = readBadge({ ...body, [list]: [constraint] });
        expect(issues).toEqual([]);
        expect(definition?.[list]).toHaveLength(1);
        expect(constraintShape(constraint, level)).toEqual({ kind, level });
      }
    }
  });

  test('limits of the seed are understood: synonyms, ordinals, the wrong list', () => {
    expect(durationOf({ durationType: 'WEEKLY' })).toBe('WEEKS');
    expect(startDayOf({ startDayOfTheWeek: 1 })).toBe('TUESDAY');
    expect(constraintShape({ constraintType: 'BADGE_NO_LIMIT' }, 'CUSTOMER')).toEqual({
      kind: 'NO_LIMIT',
      level: 'CUSTOMER',
    });
    expect(constraintShape({ constraintType: 'BADGE_FIXED_VALUE' }, 'CUSTOMER')).toEqual({
      kind: 'FIXED_VALUE',
      level: 'BADGE',
    });
    expect(constraintShape({ constraintType: 'WHAT' }, 'BADGE').kind).toBeNull();
  });
});

describe('a badge as text', () => {
  test.each([
    ['{\n  "name": "A",\n  "startOn": }', 3],
    ['{"name": "A"', 1],
    ['', 1],
    ['{\n\n"a": tru}', 3],
  ])('%j stops at line %i, inside the text', (text, line) => {
    const { fault } = readBadgeText(text);
    expect(fault?.line).toBe(line);
    expect(fault?.from).toBeLessThanOrEqual(text.length);
    expect(fault?.message).toMatch(/^Line \d+, column \d+: .+\.$/);
    expect(fault?.message).not.toMatch(/position|JSON\.parse|undefined/);
  });

  test('a list or a word is no badge', () => {
    expect(readBadgeText('[{}]').fault?.message).toContain('list');
    expect(readBadgeText('"badge"').fault?.message).toContain('object');
  });
});
