import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { writeXlsx } from 'hucre/xlsx';
import type { BadgeDetail } from '../../shared/ipc/badges-contract';
import { expect, inTestLong, type Laurel, test } from './app';
import { look } from './look';
import { callBackend, listenToWire } from './page-wire';
import { writeParquet } from '../backend/tables/parquet-files';
import { badgeText } from '../domain/badge-bodies';

const year = new Date().getUTCFullYear();
const BADGE = badgeText({
  name: 'Ten visits',
  startOn: `${year + 1}-01-01T00:00:00Z`,
  expiresOn: `${year + 1}-12-31T00:00:00Z`,
});

/** Opens Issue on a badge that may be awarded, as of its start. */
async function openIssue(laurel: Laurel): Promise<void> {
  const { page } = laurel;
  await listenToWire(laurel);
  const { id } = (await callBackend(page, 'badges.create', { body: BADGE })) as BadgeDetail;
  await callBackend(page, 'badges.claim', { id, ownerType: 'Loyalty', referenceId: '626' });
  await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await laurel.menu('go.issue');
  await page.getByRole('combobox', { name: 'Badge' }).click();
  await page.keyboard.type('Ten visits');
  await page.getByRole('option', { name: 'Ten visits' }).click();
}

async function choose(laurel: Laurel, file: string): Promise<void> {
  await laurel.chooseInOpenDialog([file]);
  await laurel.page.getByRole('button', { name: 'Choose a file…' }).click();
}

/** Runs the request and waits until its table shows these customers and no others. */
async function expectAwarded(laurel: Laurel, customers: readonly string[]): Promise<void> {
  const { page } = laurel;
  await page.getByRole('button', { name: 'Run as of the start date' }).click();
  await expect(page.getByText('Nothing stands in the way')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  const table = page.getByRole('grid', { name: 'Customers of the request' });
  const shown = (): Promise<string[]> =>
    table
      .getByRole('row')
      .evaluateAll((rows) =>
        rows.slice(1).map((row) => row.querySelector('[role="gridcell"]')?.textContent.trim() ?? ''),
      );
  await expect.poll(shown).toEqual(customers);
}

test('a German sheet, packed: its own heading says which column, and the right customers get the badge', async ({
  laurel,
  page,
  userData,
}) => {
  await openIssue(laurel);
  const file = path.join(userData, 'kunden.csv.gz');
  await writeFile(file, gzipSync('Name;Punkte;Kundennummer\r\nAda;100;88001\r\nBo;250;88002\r\nCy;75;88003\r\n'));
  await choose(laurel, file);
  await expect(page.getByText('Ids come from “Kundennummer”: its heading is “Kundennummer”.')).toBeVisible();
  await expect(
    page.getByText('Text table (UTF-8, parted by semicolons, packed with gzip), 3 rows, 3 columns.'),
  ).toBeVisible();
  await look(laurel, 'issue-table-good');
  await expectAwarded(laurel, ['88001', '88002', '88003']);
});

test(
  'where several columns may hold the customers, nothing goes on before a person says which',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await openIssue(laurel);
    const file = path.join(userData, 'orders.csv');
    await writeFile(file, 'Order total;Points\r\n5001;10\r\n5002;11\r\n');
    await choose(laurel, file);
    await expect(page.getByText('no heading says which column holds the customers')).toBeVisible();
    await expect(page.getByRole('paragraph').filter({ hasText: 'Say which column holds' })).toBeVisible();
    await look(laurel, 'issue-which-column');
    await page
      .getByRole('button', { name: 'Customer ids are in' })
      .or(page.getByRole('combobox', { name: 'Customer ids are in' }))
      .click();
    await page.getByRole('option', { name: 'Points' }).click();
    await expect(page.getByText('you chose it').first()).toBeVisible();
    await expectAwarded(laurel, ['10', '11']);
  },
);

test(
  'a workbook of two sheets: the one with customers is taken, and another can be',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await openIssue(laurel);
    const file = path.join(userData, 'members.xlsx');
    const rows = (from: number): (string | number)[][] => [
      ['Customer id', 'Name'],
      [from, 'Ada'],
      [from + 1, 'Bo'],
    ];
    await writeFile(
      file,
      await writeXlsx({
        sheets: [
          { name: 'Notes', rows: [['as of March']] },
          { name: 'Members', rows: rows(61) },
          { name: 'Old', rows: [['Old ids'], [7]] },
        ],
      }),
    );
    await choose(laurel, file);
    await expect(page.getByText('Excel workbook, sheet “Members”')).toBeVisible();
    await look(laurel, 'issue-workbook');
    await expectAwarded(laurel, ['61', '62']);
  },
);

test(
  'a folder of Parquet files is one table, and its own column says who gets the badge',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await openIssue(laurel);
    const folder = path.join(userData, 'members');
    await mkdir(folder);
    await writeParquet(
      path.join(folder, 'part-0.parquet'),
      "SELECT * FROM (VALUES (71, 'Ada'), (72, 'Bo')) t(customerId, name)",
    );
    await writeParquet(path.join(folder, 'part-1.parquet'), "SELECT * FROM (VALUES (73, 'Cy')) t(customerId, name)");
    await laurel.chooseInOpenDialog([folder]);
    await page.getByRole('button', { name: 'Choose a folder…' }).click();
    await expect(page.getByText(/^Parquet, 2 files, 3 rows, 2 columns/)).toBeVisible();
    await look(laurel, 'issue-parquet-folder');
    await expectAwarded(laurel, ['71', '72', '73']);
  },
);

test(
  'bad and cleaned rows are counted by kind, with their lines, before anything is done, in German too',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await openIssue(laurel);
    const file = path.join(userData, 'kunden.csv');
    const rows = ['Ada;00017', 'Bo;1,0E+11', 'Cy;', 'Di;18', 'Ed;2,0E+11'];
    await writeFile(file, `Name;Kundennummer\r\n${rows.join('\r\n')}\r\n`);
    await choose(laurel, file);
    const found = page.getByRole('region', { name: 'What the table is' });
    await expect(found.getByText('2 bad, left out')).toBeVisible();
    await expect(found).toContainText('Excel shortened this number');
    await expect(found).toContainText('Lines 3, 6');
    await expect(found).toContainText('1 empty, 2 that Excel has shortened');
    await look(laurel, 'issue-table-bad');
    await page.evaluate(() => localStorage.setItem('laurel.language', 'de'));
    await page.reload();
    await page.getByRole('button', { name: 'Datei wählen …' }).waitFor();
    await laurel.chooseInOpenDialog([file]);
    await page.getByRole('button', { name: 'Datei wählen …' }).click();
    const german = page.getByRole('region', { name: 'Was die Tabelle ist' });
    await expect(german.getByText('2 fehlerhaft, ausgelassen')).toBeVisible();
    await expect(german).toContainText('Zeilen 3, 6');
    await look(laurel, 'issue-table-german');
  },
);
