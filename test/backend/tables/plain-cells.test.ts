import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AmountEvidence, readAmountCell } from '../../../electron/backend/tables/amount-value';
import { DateEvidence, DateReader } from '../../../electron/backend/tables/date-format';
import { dateCell } from '../../../electron/backend/tables/date-forms';
import { plainAmountSign } from '../../../electron/backend/tables/plain-amount';
import { plainInstantOf } from '../../../electron/backend/tables/plain-instant';
import type { TextRow } from '../../../electron/backend/tables/text-rows';

/** A row of one cell that stands between others. */
function rowOf(text: string): TextRow {
  const bytes = Buffer.from(`9${text}9`);
  const end = bytes.length - 1;
  const [starts, ends] = [Int32Array.of(1), Int32Array.of(end)];
  return { bytes, line: 1, lines: 1, cells: 1, starts, ends, note: null };
}

const digits = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.nat({ max: 9 }), { minLength: length, maxLength: length }).map((all) => all.join(''));
const small = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('01', '02', '09', '12', '28', '30') }, digits(2));
const year = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('2024', '2026', '1900') }, digits(4));
const parting = fc.constantFrom('-', '.', '/', ':', ' ');

/** Dates in the plainest forms, and what comes near to one. */
const dates = fc
  .tuple(
    fc.oneof(
      fc.tuple(year, parting, small, parting, small),
      fc.tuple(small, parting, small, parting, year),
      fc.tuple(year, fc.constant('-'), small, fc.constant('-'), small),
    ),
    fc.constantFrom('T', 'T', 'T', ' ', ' ', 't', '', ','),
    fc.oneof(
      fc.constant(['']),
      fc.tuple(small, fc.constantFrom(':', '.', ''), small),
      fc.tuple(small, fc.constant(':'), small, fc.constantFrom(':', '.'), small),
      fc.tuple(
        fc.constantFrom('00', '09', '23'),
        fc.constant(':'),
        small,
        fc.constant(':'),
        fc.constantFrom('00', '59'),
      ),
    ),
    fc.constantFrom('', '', 'Z', 'Z', 'z', '.5', '+01:00'),
  )
  .map(([day, between, time, end]) => [...day, between, ...time, end].join(''));

test('a date in a plain form is what careful reading makes of it', () => {
  fc.assert(
    // A blank in front is no part of a date, and no plain form has one.
    fc.property(dates, (text) => {
      expect(dateCell(text)).toEqual(dateCell(` ${text}`));
    }),
    { numRuns: 5000 },
  );
});

test('an instant that is read from its bytes is the one that its text says', () => {
  const reader = new DateReader({ format: 'day-month-year', zone: null, dayOne: null });
  let plain = 0;
  fc.assert(
    fc.property(dates, (text) => {
      const instant = plainInstantOf(rowOf(text), 0);
      if (Number.isNaN(instant)) return;
      plain += 1;
      expect(reader.read(` ${text}`, '11:11')).toEqual({ ok: true, instant });
      const [one, other] = [new DateEvidence(), new DateEvidence()];
      one.addInstant(instant);
      other.add(` ${text}`);
      expect(one).toEqual(other);
    }),
    { numRuns: 5000 },
  );
  expect(plain).toBeGreaterThan(0);
});

test('the sign of a plain amount is the one that careful reading finds', () => {
  const amounts = fc
    .tuple(fc.constantFrom('', '', '-', '+'), fc.nat({ max: 4 }).chain(digits), fc.constantFrom('', '.', ',', '..'))
    .chain(([sign, whole, point]) =>
      fc.nat({ max: 4 }).chain((length) => digits(length).map((rest) => `${sign}${whole}${point}${rest}`)),
    );
  let plain = 0;
  fc.assert(
    fc.property(amounts, (text) => {
      const sign = plainAmountSign(rowOf(text), 0);
      if (sign === null) return;
      plain += 1;
      const [one, other] = [new AmountEvidence(), new AmountEvidence()];
      one.addPlain(sign);
      other.add(text);
      expect(one).toEqual(other);
      for (const decimal of ['.', ','] as const)
        if (sign === 'whole' || sign.startsWith(decimal))
          expect(readAmountCell(text, decimal, true)).toEqual({
            ...{ ok: true, cleaned: false, amount: Number(text.replace(',', '.')) },
          });
    }),
    { numRuns: 5000 },
  );
  expect(plain).toBeGreaterThan(0);
});
