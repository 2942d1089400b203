import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import TableLookView from '../../../renderer/customers/TableLook.svelte';
import { TableLook } from '../../../renderer/customers/table-look.svelte';
import type { Door } from '../../../renderer/lib/backend';
import { Failure } from '../../../shared/ipc/errors';
import type { TableColumn, TableInspection } from '../../../shared/ipc/tables-contract';
import { message } from '../../../shared/words/message';

const column = (name: string, more: Partial<TableColumn> = {}): TableColumn => ({
  name,
  role: null,
  why: null,
  type: 'text',
  dateOrder: null,
  decimal: null,
  storedType: null,
  examples: [],
  empty: 0,
  shortened: 0,
  ...more,
});

const table = (more: Partial<TableInspection> = {}): TableInspection => ({
  kind: 'excel',
  fileCount: 1,
  notes: [],
  sentence: message('tables.workbook', { sheet: 'Members', rows: 61_204, columns: 3 }),
  packing: null,
  encoding: null,
  delimiter: null,
  sheet: 'Members',
  sheets: ['Notes', 'Members'],
  header: true,
  isList: false,
  titles: [],
  rows: 61_204,
  blankRows: 0,
  columns: [
    column('Kundennummer', {
      role: 'customer',
      why: message('tables.itsHeading', { heading: 'Kundennummer' }),
      type: 'number',
      empty: 3,
      shortened: 12,
    }),
    column('Datum', { role: 'at', why: message('tables.onlyDates'), type: 'date', dateOrder: 'day-month-year' }),
    column('Betrag', { role: 'amount', why: message('tables.chosenByYou'), type: 'number', decimal: ',' }),
  ],
  sample: [{ line: 2, file: null, cells: ['0017', '31.12.2025', '1,50'] }],
  good: 61_180,
  cleaned: 40,
  doubtful: 4,
  bad: 20,
  reasons: [
    {
      code: 'customer-scientific',
      words: message('tables.customerIs', {
        cell: '1.0E+11',
        fault: message('tables.customerFaultScientific'),
      }),
      verdict: 'bad',
      count: 12,
      lines: [7, 9, 11, 15, 20, 31],
      files: [],
    },
  ],
  span: null,
  questions: [],
  ...more,
});

async function shownLook(found: TableInspection) {
  const look = new TableLook((() => Promise.resolve(found)) as unknown as Door);
  await look.inspect('t', 'events');
  const onchoose = vi.fn();
  await render(TableLookView, { look, onchoose, ondrop: vi.fn(), whole: true, zone: 'Europe/Berlin' });
  return onchoose;
}

test('it says what the table is, which column is what and why, and counts rows with their reasons and lines', async () => {
  await shownLook(table());
  await expect
    .element(page.getByText('Excel workbook, sheet “Members”, 61,204 rows, 3 columns.', { exact: true }))
    .toBeVisible();
  const columns = page.getByRole('list', { name: 'Columns' });
  await expect
    .element(columns)
    .toMatchTextContent(
      /Kundennummer.*customer id.*numbers, 3 empty, 12 that Excel has shortened.*because its heading/s,
    );
  await expect.element(columns).toMatchTextContent(/Datum.*date.*dates day-first.*because it is the only one/s);
  await expect.element(page.getByText('61,180')).toBeVisible();
  await expect.element(page.getByText('12 bad, left out')).toBeVisible();
  await expect.element(page.getByText('Lines 7, 9, 11, 15, 20 and more')).toBeVisible();
  await expect.element(page.getByRole('cell', { name: '31.12.2025' })).toBeInTheDocument();
});

test('a date order, a decimal sign and a sheet are corrected with one click', async () => {
  const onchoose = await shownLook(table());
  await page.getByRole('button', { name: 'Read as dates month-first' }).click();
  expect(onchoose).toHaveBeenLastCalledWith({ dateFormat: 'month-day-year' });
  await page.getByRole('button', { name: 'Read as decimal point' }).click();
  expect(onchoose).toHaveBeenLastCalledWith({ decimal: '.' });
  await page.getByRole('button', { name: 'Notes' }).click();
  expect(onchoose).toHaveBeenLastCalledWith({ sheet: 'Notes' });
});

test('where two readings are possible it asks, and each answer is one click', async () => {
  const onchoose = await shownLook(
    table({
      sheets: [],
      questions: [
        {
          code: 'date-order',
          words: message('tables.eitherOrder'),
          option: '',
          choices: ['day-month-year', 'month-day-year'],
        },
        { code: 'zone', words: message('tables.datesWithoutZone'), option: '', choices: [] },
        {
          code: 'column',
          role: 'customer',
          words: message('tables.severalNumbers'),
          option: '',
          choices: ['Kundennummer', 'Punkte'],
        },
      ],
    }),
  );
  await page.getByRole('button', { name: 'dates day-first', exact: true }).click();
  expect(onchoose).toHaveBeenLastCalledWith({ dateFormat: 'day-month-year' });
  await page.getByRole('button', { name: 'Europe/Berlin' }).click();
  expect(onchoose).toHaveBeenLastCalledWith({ zone: 'Europe/Berlin' });
  await page.getByRole('button', { name: 'Punkte' }).click();
  expect(onchoose).toHaveBeenLastCalledWith({ columns: { customer: 'Punkte' } });
});

test('counting shows how far it is, is stopped, and can be begun again', async () => {
  let asked = 0;
  const look = new TableLook(((
    _name: string,
    _input: unknown,
    options: { signal: AbortSignal; onProgress: (report: { share: number }) => void },
  ) => {
    asked += 1;
    if (asked === 2) return Promise.resolve(table());
    options.onProgress({ share: 0.4 });
    return new Promise((_, reject) =>
      options.signal.addEventListener('abort', () => reject(new Failure('cancelled', message('tables.cancelled')))),
    );
  }) as unknown as Door);
  void look.inspect('t', 'events');
  await render(TableLookView, { look, onchoose: vi.fn(), ondrop: vi.fn() });
  await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '40');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect.element(page.getByText(/^Looking at the rows was stopped/)).toBeVisible();
  await page.getByRole('button', { name: 'Look at all rows' }).click();
  await expect.element(page.getByText('61,180')).toBeVisible();
});

test('the answer to an older question never takes the place of a newer one', async () => {
  const answers: ((found: TableInspection) => void)[] = [];
  const look = new TableLook((() => new Promise((resolve) => answers.push(resolve))) as unknown as Door);
  const older = look.inspect('t', 'events');
  const newer = look.inspect('t', 'events', { decimal: '.' });
  answers[1]?.(table({ good: 2 }));
  answers[0]?.(table({ good: 1 }));
  await Promise.all([older, newer]);
  expect(look.inspection?.good).toBe(2);
});

test('a table without rows, and one that cannot be read, are said', async () => {
  await shownLook(table({ rows: 0, good: 0, cleaned: 0, doubtful: 0, bad: 0, reasons: [], sample: [], sheets: [] }));
  await expect.element(page.getByText(/a header and no row below it/)).toBeVisible();
  const look = new TableLook((() =>
    Promise.reject(new Failure('invalid-input', message('tables.isEmpty', { name: 'a.csv' })))) as unknown as Door);
  await look.inspect('t', 'customers');
  await render(TableLookView, { look, onchoose: vi.fn(), ondrop: vi.fn() });
  await expect.element(page.getByRole('alert')).toMatchTextContent(/a\.csv is empty/);
});

test('a column that is only confirmed keeps the reason why it was found; another one is chosen by the person', async () => {
  const chosen = { ...table().columns[0]!, why: message('tables.chosenByYou') };
  const answers = [table(), table({ columns: [chosen] }), table({ columns: [{ ...chosen, name: 'Punkte' }] })];
  const look = new TableLook((() => Promise.resolve(answers.shift())) as unknown as Door);
  await look.inspect('t', 'events');
  await look.inspect('t', 'events', { columns: { customer: 'Kundennummer' } });
  expect(look.inspection?.columns[0]?.why).toEqual(message('tables.itsHeading', { heading: 'Kundennummer' }));
  await look.inspect('t', 'events', { columns: { customer: 'Punkte' } });
  expect(look.inspection?.columns[0]?.why).toEqual(message('tables.chosenByYou'));
});

test('what is said of a file that was just chosen is brought into sight, once, and not while somebody types', async () => {
  const foot = document.createElement('div');
  const frame = document.createElement('div');
  frame.style.cssText = 'height: 300px; overflow: auto';
  const space = document.createElement('div');
  space.style.height = '900px';
  const field = document.createElement('input');
  space.append(field);
  frame.append(space, foot);
  document.body.append(frame);
  try {
    const look = new TableLook(() => Promise.resolve({ ...table(), shape: 's', remembered: null }) as never);
    await render(TableLookView, { target: foot, props: { look, onchoose: () => undefined, ondrop: () => undefined } });
    await look.inspect('1', 'customers');
    await expect.element(page.getByText(/61,204 rows/)).toBeInTheDocument();
    expect(frame.scrollTop).toBe(0);
    field.focus();
    look.startWaiting();
    await look.inspect('2', 'customers');
    await new Promise(requestAnimationFrame);
    expect(frame.scrollTop).toBe(0);
    field.blur();
    look.startWaiting();
    await look.inspect('3', 'customers');
    await vi.waitFor(() => expect(frame.scrollTop).toBeGreaterThan(500));
    frame.scrollTop = 0;
    await look.inspect('3', 'customers', { zone: 'UTC' });
    await new Promise(requestAnimationFrame);
    expect(frame.scrollTop).toBe(0);
  } finally {
    frame.remove();
  }
});
