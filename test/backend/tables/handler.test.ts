import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import { tablesHandlers } from '../../../electron/backend/tables/handlers';
import { CancelSource } from '../../../shared/ipc/cancel';
import type { TableChoices, TableInspection } from '../../../shared/ipc/tables-contract';
import { inEnglish } from '../../../shared/words/english';
import { temporaryFolder } from '../../db/temporary-folder';

/** Looks at a file as the window does. */
function inspect(
  text: string,
  choices: TableChoices = {},
  cancel = new CancelSource(),
  progress: (share: number) => void = () => undefined,
): Promise<TableInspection> {
  const place = path.join(temporaryFolder(), 'table.csv');
  writeFileSync(place, text);
  const files = new GrantedFiles([]);
  files.grant('t', { path: place, name: 'table.csv', bytes: text.length, mode: 'read' });
  return Promise.resolve(
    tablesHandlers({ files, workspace: { settings: { kept: () => undefined, keep: () => undefined } } })[
      'tables.inspect'
    ]({ token: 't', purpose: 'events', choices }, { signal: cancel.signal, progress: ({ share }) => progress(share) }),
  );
}

test('every row is counted, each column by what its cells look like', async () => {
  const rows = Array.from({ length: 300 }, (_, row) => `${row + 1};31.12.2025;1,50;`);
  rows[290] = '1,0E+11;31.12.2025;1,50;x';
  rows[291] = ';31.12.2025;1,50;';
  const found = await inspect(`Kundennummer;Datum;Betrag;Notiz\n${rows.join('\n')}\n`, { zone: 'Europe/Berlin' });
  expect(found).toMatchObject({ rows: 300, good: 298, bad: 2, questions: [] });
  expect(found.columns).toMatchObject([
    { name: 'Kundennummer', role: 'customer', empty: 1, shortened: 1 },
    { name: 'Datum', role: 'at', dateOrder: 'day-month-year', empty: 0 },
    { name: 'Betrag', role: 'amount', decimal: ',' },
    { name: 'Notiz', role: null, empty: 299, shortened: 0 },
  ]);
  expect(found.reasons.map(({ code, lines }) => [code, lines])).toEqual([
    ['customer-scientific', [292]],
    ['customer-empty', [293]],
  ]);
});

test('what is said changes the counts; what is not said is asked', async () => {
  const text = 'customer,date,amount\n1,01/02/2025,10\n2,03/04/2025,11\n';
  const asked = await inspect(text);
  expect(asked.questions.map(({ code }) => code)).toEqual(['date-order', 'zone']);
  expect(asked.bad).toBe(2);
  const said = await inspect(text, { dateFormat: 'month-day-year', zone: 'UTC' });
  expect(said).toMatchObject({ questions: [], good: 2, bad: 0, span: { from: '2025-01-02T00:00:00Z' } });
});

test('a date format that is none is refused with its words', async () => {
  await expect(inspect('customer,date\n1,2025-01-01\n', { dateFormat: 'sometimes' })).rejects.toSatisfy(
    (failure: { words?: unknown; message: string }) => failure.message.includes('sometimes'),
  );
});

test('others are answered while a large table is looked at, its progress is told, and a cancel ends it', async () => {
  const text = `customer,date\n${'17,2025-01-01T00:00:00Z\n'.repeat(60_000)}`;
  const cancel = new CancelSource();
  const shares: number[] = [];
  let turns = 0;
  const turn = setInterval(() => (turns += 1), 0);
  try {
    expect((await inspect(text, {}, new CancelSource(), (share) => shares.push(share))).rows).toBe(60_000);
  } finally {
    clearInterval(turn);
  }
  expect(turns).toBeGreaterThan(1);
  expect(shares).toEqual([...shares].sort((left, right) => left - right));
  expect(shares.at(-1)).toBeGreaterThan(0.5);
  const stopped = inspect(text, {}, cancel, () => cancel.cancel());
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
});

test('a sentence says what it is', async () => {
  expect(inEnglish((await inspect('Name;Punkte;Kundennummer\nAda;100;88001\n')).sentence)).toBe(
    'Text table (UTF-8, parted by semicolons), 1 row, 3 columns',
  );
});

test.each([
  ['name,x\nAda,77\nBo,78\n', 'tables.onlyNumbers'],
  ['order,x\n5001,77\n5002,78\n', 'tables.onlyOwnNumbers'],
])('a column is not called the only one of whole numbers where others hold them: %j', async (text, key) => {
  const found = await inspect(text);
  expect(found.columns[1]?.why).toEqual({ key, values: {} });
});
