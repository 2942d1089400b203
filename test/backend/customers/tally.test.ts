import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CustomerBatch } from '../../../electron/backend/customers/batch';
import { openCustomers } from '../../../electron/backend/customers/source';
import { inspectTable } from '../../../electron/backend/tables/inspect-table';
import { dialects, tables, written } from '../tables/random-tables';
import { temporaryFolder } from '../../db/temporary-folder';

/** Cells that are read with something taken off, or not at all. */
const oddIds = fc.constantFrom(
  '007',
  "'12",
  '90001.0',
  '\u00a05',
  '="77"',
  '1.0E+11',
  '12,345',
  '',
  'x',
  'a@b.de',
  '0',
  '-3',
);

async function read(bytes: Buffer): Promise<{ look: unknown; tallied: unknown }> {
  const file = path.join(temporaryFolder(), 'members.csv');
  writeFileSync(file, bytes);
  const { inspection, reading, dispose } = await inspectTable(file, 'members.csv', {}, 'customers');
  const stream = openCustomers({ kind: 'file', name: 'members.csv', reading });
  const batch = new CustomerBatch();
  try {
    do stream.fill(batch);
    while (batch.length > 0);
    const { good, cleaned, doubtful, bad, reasons, notes } = inspection;
    return { look: { good, cleaned, doubtful, bad, reasons, notes }, tallied: stream.tallied!() };
  } finally {
    stream.close();
    dispose();
  }
}

it('reading the customers counts what a look at the whole table counts', async () => {
  const rows = fc.tuple(tables, fc.array(oddIds, { maxLength: 40 }));
  await fc.assert(
    fc.asyncProperty(rows, dialects, async ([plain, odd], dialect) => {
      const mixed = [...plain, ...odd.map((id, row): [string, string, string] => [id, `note ${String(row)}`, 'x'])];
      const { look, tallied } = await read(written(mixed as never, dialect));
      expect(tallied).toEqual(look);
    }),
    { numRuns: 60 },
  );
});

it('counts a row of a list that holds several ids once, however many there are', async () => {
  const ids = Array.from({ length: 3000 }, (_, place) =>
    place === 2999 ? 'x' : place === 5 ? '007' : String(place + 1),
  );
  const { look, tallied } = await read(Buffer.from(`${ids.join(',')}\n5,6\n007\n`));
  expect(tallied).toEqual(look);
});

it('names an unclosed quote and a row that is too long', async () => {
  const { look, tallied } = await read(Buffer.from(`id,note\n1,"open\n2,${'x'.repeat(2_000_000)}\n3\n,y\n`));
  expect(tallied).toEqual(look);
  expect(tallied).toMatchObject({
    reasons: [{ code: 'row-too-long' }, { code: 'customer-empty' }, { code: 'unclosed-quote' }],
  });
});
