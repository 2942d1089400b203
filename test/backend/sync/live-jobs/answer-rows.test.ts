import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAwardedRow, readIssuedRow } from '../../../../electron/backend/sync/live-jobs/answer-rows';
import { awardedRow, issuedRow } from '../../../../shared/gateway/client-schemas';

const ID = '65f0c1a2abcdefe000000001';
const customerId = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 9_000_000_000 }) },
  fc.constantFrom<unknown>(
    '17',
    '017',
    'x',
    '',
    -3,
    -0,
    0,
    1.5,
    NaN,
    2 ** 53,
    2 ** 53 - 1,
    null,
    undefined,
    true,
    {},
    [],
  ),
);
const id = fc.oneof(
  { weight: 4, arbitrary: fc.constant<unknown>(ID) },
  fc.constantFrom<unknown>('', 'x', 'x'.repeat(1_000), 'x'.repeat(1_001), 17, 1.5, null, undefined, false, {}, []),
);
const error = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(undefined, null) },
  fc.constantFrom<unknown>({ code: 1040, message: 'Held' }, { code: '811' }, {}, [], '', 'no', 0, false),
);
const row = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record(
      { customerId, issuedId: id, earnedBadgeId: id, error, status: fc.constantFrom('LIVE', null) },
      { requiredKeys: [] },
    ),
  },
  fc.constantFrom<unknown>(null, undefined, 1, 'row', [], [17], true),
  fc.json().map((text): unknown => JSON.parse(text)),
);

test('a plain row is read as its schema reads it, and so is any other', () => {
  let plain = 0;
  fc.assert(
    fc.property(row, (given) => {
      const issued = issuedRow.safeParse(given);
      const read = readIssuedRow(given);
      expect(read).toEqual(
        issued.success
          ? { customerId: issued.data.customerId, id: issued.data.issuedId, error: issued.data.error }
          : null,
      );
      if (read?.id === ID && read.error === null) plain += 1;
      const awarded = awardedRow.safeParse(given);
      expect(readAwardedRow(given)).toEqual(
        awarded.success ? { customerId: awarded.data.customerId, id: awarded.data.earnedBadgeId, error: null } : null,
      );
    }),
    { numRuns: 3_000 },
  );
  expect(plain).toBeGreaterThan(100);
});
