import { AmountEvidence } from '../../../../electron/backend/tables/amount-value';
import { expect, test } from 'vitest';
import { NOBODY } from '../../../../electron/backend/simulation/replay/customer-texts';
import { joinReplayParts } from '../../../../electron/backend/simulation/replay/replay-file';
import type { ReplayPart } from '../../../../electron/backend/simulation/replay/replay-part';
import { spanOf } from '../../../../electron/backend/simulation/replay/sort-events';
import { RandomStream } from '../../../../shared/simulation/random';

/** The order of rows with these instants, read in so many parts; every row is of a customer of its own. */
async function orderOf(at: Float64Array, cuts: number): Promise<number[]> {
  const parts = Array.from({ length: cuts }, (_, part): ReplayPart => {
    const low = Math.floor((at.length * part) / cuts);
    const high = Math.floor((at.length * (part + 1)) / cuts);
    const rows = {
      at: at.slice(low, high),
      customer: Uint32Array.from({ length: high - low }, (_row, row) => row),
      amount: at.slice(low, high),
      segment: Uint16Array.from({ length: high - low }, (_row, row) => row % 3),
    };
    return {
      rows,
      span: spanOf(rows.at),
      runs: [],
      firsts: null,
      ids: Float64Array.from({ length: high - low }, (_row, row) => low + row + 1),
      customers: NOBODY,
      hasTooManyTexts: false,
      // Each part met them in another order.
      segmentNames: [0, 1, 2].map((segment) => `kind ${(segment + low) % 3}`),
      skipped: 0,
      repeated: 0,
      firstEvent: null,
      lastEvent: null,
      badRows: 0,
      firstBadRows: [],
      lines: high - low,
      hasQuotes: false,
      skippedSpan: null,
      amounts: new AmountEvidence(),
    };
  });
  const { columns } = await joinReplayParts(parts);
  expect(columns.at).toEqual(at.toSorted());
  expect(columns.amount).toEqual(columns.at);
  const rows = [...columns.customer].map((customer) => columns.ids[customer]! - 1);
  expect(rows.map((_row, place) => columns.segmentNames[columns.segmentOf![columns.customer[place]!]!])).toEqual(
    rows.map((row) => `kind ${row % 3}`),
  );
  return rows;
}

test.each([
  ['many ties', 3000, 40, 1_000_000, 0],
  ['a year of seconds', 3000, 3e7, 1_000_000, 0],
  ['a month of milliseconds', 3000, 3e9, 1000, 0],
  ['a year of microseconds', 3000, 3e13, 1, -1e15],
  ['all that an instant can be', 300, 9e15, 1, -4e15],
  ['two rows', 2, 5, 1, 0],
  ['one row', 1, 5, 1, 0],
  ['no row', 0, 5, 1, 0],
])(
  'rows come in the order of their instants and ties in file order: %s, in any parts',
  async (_, count, range, unit, from) => {
    const draws = new RandomStream(['order', count, range]);
    const at = Float64Array.from({ length: count }, () => Math.floor(draws.uniform() * range) * unit + from);
    const expected = Array.from(at.keys()).sort((left, right) => at[left]! - at[right]! || left - right);
    for (const cuts of [1, 2, 3]) expect(await orderOf(at, cuts)).toEqual(expected);
    for (const cuts of [1, 2, 3]) expect(await orderOf(at.toSorted(), cuts)).toEqual([...at.keys()]);
  },
);
