import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBadgeText } from '../../../renderer/features/badges/json-text';
import { readJson } from '../../../shared/domain/json';

test.each([
  ['{\n  "a": 1,\n  "b": x\n}\n', 3],
  ['{\n  "a": 1\n  "b": 2\n}', 3],
  ['{\n  "a": 1,\n}', 3],
  ['{\n  "a": "one\ntwo"\n}', 2],
  ['{\n  "a": 01\n}', 2],
  ['{\n  a: 1\n}', 2],
  ['{\n  "a": [1, 2\n}\n\n', 3],
  ['{\n  "a": 1\n}\n}\n\n', 4],
  ['{\n  "a": "\\x"\n}\n', 2],
  ['{\n  "a": {\n', 3],
])('the fault of %j is said on line %i', (text, line) => {
  expect(readBadgeText(text).fault?.line).toBe(line);
});

test('a fault is found exactly where JSON.parse finds one, and nowhere else', () => {
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.constantFrom('', '"', '{', '}', ']', ',', ':', '0', 'x', '\n'),
      (json, at, sign) => {
        const place = at % (json.length + 1);
        const text = json.slice(0, place) + sign + json.slice(place + (at % 2));
        let whole = true;
        try {
          JSON.parse(text);
        } catch {
          whole = false;
        }
        const reading = readJson(text);
        expect(reading.ok).toBe(whole);
        if (!reading.ok) expect(() => void JSON.parse(text.slice(0, reading.mistake.offset + 1))).toThrow();
      },
    ),
  );
});
