import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { nodePath } from '../../scripts/bootstrap/pinned-node.mjs';
import { expect, inTestLong, type Laurel, test } from './app';
import { drop } from './drop';
import { look } from './look';

const repository = path.resolve(import.meta.dirname, '..', '..');

/** The ready scenario with its badge file beside it, small, with a field that no form shows. */
async function scenarioFolder(userData: string): Promise<{ folder: string; file: string }> {
  const folder = path.join(userData, 'scenarios');
  await cp(path.join(repository, 'test', 'fixtures', 'scenarios'), folder, { recursive: true });
  const file = path.join(folder, 'spring.scenario.json');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace('"size": 20000', '"size": 900').replace('"seed": 7', '"approvedBy": "Ada",\n  "seed": 7'),
  );
  return { folder, file };
}

/** What `laurel simulate --json` says of a scenario file. */
async function commandLine(file: string): Promise<string> {
  const cli = path.join(repository, 'out', 'main', 'cli.js');
  const { stdout } = await promisify(execFile)(nodePath(), [cli, 'simulate', file, '--json'], {
    maxBuffer: 100_000_000,
  });
  return stdout;
}

async function openSimulate(laurel: Laurel): Promise<void> {
  await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
  await laurel.menu('go.simulate');
}

test('a scenario file is opened, run, and saved again, and window and command line agree to the byte', async ({
  laurel,
  page,
  userData,
}) => {
  const { folder, file } = await scenarioFolder(userData);
  const expected = await commandLine(file);
  await openSimulate(laurel);
  await laurel.chooseInOpenDialog([file]);
  await page.getByRole('button', { name: 'Open a scenario file…' }).click();
  await expect(page.getByRole('textbox', { name: 'Scenario', exact: true })).toHaveValue('Spring streak');
  await expect(page.getByText('The badge is read from badges/streak.badge.json.', { exact: false })).toBeVisible();
  await expect(page.getByText('kept as it is and saved again: approvedBy.', { exact: false })).toBeVisible();
  await look(laurel, 'simulate-opened-file');

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const result = page.getByRole('article', { name: 'Result Spring streak' });
  await expect(result).toBeVisible({ timeout: 60_000 });
  const json = path.join(userData, 'spring.result.json');
  await laurel.chooseInSaveDialog(json);
  await result.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Result, JSON/ }).click();
  await expect(page.getByText('Written to spring.result.json')).toBeVisible();
  expect(await readFile(json, 'utf8')).toBe(expected);

  const saved = path.join(folder, 'again.scenario.json');
  await laurel.chooseInSaveDialog(saved);
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Save scenario as…/ }).click();
  await expect(page.getByText('Written to again.scenario.json')).toBeVisible();
  expect(JSON.parse(await readFile(saved, 'utf8'))).toMatchObject({ approvedBy: 'Ada' });
  expect(await commandLine(saved)).toBe(expected);
});

test(
  'a scenario that is dropped takes the place of the one there, which can be had back; a broken one does not',
  inTestLong,
  async ({ laurel, page, userData }) => {
    const { folder, file } = await scenarioFolder(userData);
    await openSimulate(laurel);
    await page.getByRole('button', { name: 'Describe your own' }).click();
    const name = page.getByRole('textbox', { name: 'Scenario', exact: true });
    await drop(page, file, 'h2');
    await expect(name).toHaveValue('Spring streak');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(name).toHaveValue('New scenario');

    const broken = path.join(folder, 'broken.scenario.json');
    const text = await readFile(file, 'utf8');
    await writeFile(broken, text.replace('"every": 3', '"every": 0').replace('"perWeek": 0.4', '"perWeek": "often"'));
    await drop(page, broken, 'h2');
    const mistakes = page.getByRole('list', { name: 'Mistakes in broken.scenario.json' });
    await expect(mistakes.getByRole('listitem')).toHaveCount(2);
    await expect(mistakes).toContainText('badges[0].trigger.every');
    await expect(mistakes).toContainText('customers.segments[1].activity.perWeek');
    await expect(name).toHaveValue('New scenario');
    await look(laurel, 'simulate-refused-file');
  },
);

test('a CSV of transactions that is dropped is replayed', inTestLong, async ({ laurel, page, userData }) => {
  await openSimulate(laurel);
  const file = path.join(userData, 'visits.csv');
  await writeFile(file, 'customerId,eventDate\n1001,2026-03-02T12:00:00Z\n');
  await drop(page, file, 'h2');
  await expect(page.getByRole('radio', { name: 'Replay a file' })).toBeChecked();
  await expect(page.getByRole('combobox', { name: 'Date and time' })).toContainText('eventDate');
  await expect(page.getByText('visits.csv').first()).toBeVisible();
});

test(
  'two readings of a file are asked about, one click answers, and the answer stands in the scenario',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await openSimulate(laurel);
    const file = path.join(userData, 'orders.csv');
    await writeFile(file, 'Kundennummer;Datum;Betrag\n17;01/02/2020 10:00;1,50\n18;03/04/2020 11:00;2,75\n');
    await drop(page, file, 'h2');
    const found = page.getByRole('region', { name: 'What the table is' });
    await expect(found.getByText('2 rows, 3 columns', { exact: false })).toBeVisible();
    await look(laurel, 'simulate-table-ambiguous');
    await found.getByRole('button', { name: 'dates day-first', exact: true }).click();
    await found.getByRole('button', { name: 'UTC', exact: true }).first().click();
    await expect(page.getByText(/^No row lies in the period of the scenario/)).toBeVisible();
    // Last year’s rows onto the badge’s life, by whole weeks; and back.
    await page.getByText(/^No row lies in the period of the scenario/).scrollIntoViewIfNeeded();
    await look(laurel, 'simulate-table-outside');
    await page.getByRole('button', { name: 'Shift the file onto the period' }).click();
    await expect(page.getByText(/^No row lies in the period of the scenario/)).toBeHidden();
    const shift = page.getByRole('textbox', { name: 'Shift the rows by' });
    await expect(shift).toHaveValue(/^[\d,]+$/);
    await shift.scrollIntoViewIfNeeded();
    await look(laurel, 'simulate-table-shifted');
    await shift.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('0');
    await expect(page.getByText(/^No row lies in the period of the scenario/)).toBeVisible();
    await page.getByRole('button', { name: 'Take the file’s time as the period' }).click();
    await expect(page.getByText(/^No row lies in the period of the scenario/)).toBeHidden();
    const kept = (): Promise<unknown> =>
      page.evaluate(() => (JSON.parse(localStorage.getItem('laurel.scenario') ?? '{}') as { events?: unknown }).events);
    await expect
      .poll(kept)
      .toMatchObject({ customer: 'Kundennummer', dateFormat: 'day-month-year', zone: 'UTC', decimal: ',' });
    await look(laurel, 'simulate-table-good');
  },
);
