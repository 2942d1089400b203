import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { BadgeDetail } from '../../shared/ipc/badges-contract';
import type { RequestSummary } from '../../shared/ipc/issuance-contract';
import { expect, inTestLong, type Laurel, test } from './app';
import { look } from './look';
import { callBackend, listenToWire } from './page-wire';
import { badgeBody, owners } from '../domain/badge-bodies';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const year = new Date().getUTCFullYear();
const DIRECT = badgeBody({
  name: 'Ten visits',
  startOn: `${year + 1}-01-01T00:00:00Z`,
  expiresOn: `${year + 1}-12-31T00:00:00Z`,
  ...owners('Loyalty', 'Milestones'),
});

/** Makes a badge without the editor, which has tests of its own, and claims it for Loyalty 626. */
async function makeBadge(laurel: Laurel, body: Record<string, unknown>, claim = true): Promise<string> {
  await listenToWire(laurel);
  const { id } = (await callBackend(laurel.page, 'badges.create', { body: JSON.stringify(body) })) as BadgeDetail;
  if (claim) await callBackend(laurel.page, 'badges.claim', { id, ownerType: 'Loyalty', referenceId: '626' });
  return id;
}

async function requests(page: Page): Promise<{ total: number; rows: RequestSummary[] }> {
  return (await callBackend(page, 'requests.list', {})) as { total: number; rows: RequestSummary[] };
}

async function openIssue(laurel: Laurel, badge: string): Promise<void> {
  const { page } = laurel;
  await laurel.menu('go.issue');
  await page.getByRole('combobox', { name: 'Badge' }).click();
  await page.keyboard.type(badge);
  await page.getByRole('option', { name: badge }).click();
  await expect(page.getByRole('button', { name: 'Open the badge' })).toBeVisible();
}

async function asOfStart(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run as of the start date' }).click();
  await expect(page.getByText('Nothing stands in the way')).toBeVisible();
}

async function chooseRange(page: Page, from: number, to: number): Promise<void> {
  await page.getByRole('radio', { name: 'Range' }).click();
  await page.getByLabel('First customer id').fill(String(from));
  await page.getByLabel('Last customer id').fill(String(to));
}

/** Wide enough for the check to stand beside the form. */
async function widen(laurel: Laurel): Promise<void> {
  await laurel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900));
}

test(
  'lines that name no customer become rows with a reason, and nothing else is lost',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await makeBadge(laurel, DIRECT);
    await widen(laurel);
    await openIssue(laurel, 'Ten visits');
    await laurel.chooseInOpenDialog([path.join(fixtures, 'customers-with-faults.csv')]);
    await page.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(page.getByText(/parted by commas/)).toBeVisible();
    await expect(page.getByText('Ids come from “customerId”: its heading is “customerId”')).toBeVisible();
    await asOfStart(page);
    await look(laurel, 'issue-file');
    await page.keyboard.press('Control+Enter');

    const table = page.getByRole('grid', { name: 'Customers of the request' });
    await expect(table.getByRole('row')).toHaveCount(11);
    const cells = await table.getByRole('row').evaluateAll((rows) =>
      rows.slice(1).map((row) => {
        const [customer, outcome] = [...row.querySelectorAll('[role="gridcell"]')].map((cell) =>
          cell.textContent.trim(),
        );
        return `${customer} → ${outcome?.replaceAll(/\s+/g, ' ')}`;
      }),
    );
    expect(cells).toEqual([
      '1001 → Got the badge',
      '1002 → Got the badge',
      'not a number → Line 4 · The line is not a customer id: it must be a whole number',
      '-7 → Line 5 · A customer id cannot be negative',
      'empty line → Line 6 · The line has no customer id',
      '1001 → 990003 · Is named more than once in the request',
      '123456789012345678901234567890 → Line 8 · The number is too long to be a customer id',
      '1003.5 → Line 9 · A customer id cannot have decimals',
      '0 → Line 10 · A customer id cannot be zero',
      '1004 → Got the badge',
    ]);

    await page.getByRole('button', { name: /Got the badge.*3/ }).click();
    await expect(table.getByRole('row')).toHaveCount(4);
    await expect(page.getByText('3 of 10 customers', { exact: true })).toBeVisible();
    const target = path.join(userData, 'granted.csv');
    await laurel.chooseInSaveDialog(target);
    await page.getByRole('button', { name: 'Export table' }).click();
    await page.getByRole('menuitem', { name: /The 3 filtered/ }).click();
    await expect(page.getByText('3 rows were written to granted.csv')).toBeVisible();
    const written = (await readFile(target, 'utf8')).trim().split(/\r?\n/);
    expect(written).toHaveLength(4);
    expect(written.slice(1).map((line) => line.split(',')[0]?.replaceAll('"', ''))).toEqual(['1001', '1002', '1004']);
    await look(laurel, 'issue-result');
  },
);

test(
  'a file with its ids in another column is read from the column a person chooses',
  inTestLong,
  async ({ laurel, page, userData }) => {
    await makeBadge(laurel, DIRECT);
    await widen(laurel);
    await openIssue(laurel, 'Ten visits');
    const file = path.join(userData, 'orders.csv');
    await writeFile(file, '\uFEFForder;buyer\r\n5001;77\r\n5002;78\r\n');
    await laurel.chooseInOpenDialog([file]);
    await page.getByRole('button', { name: 'Choose a file…' }).click();
    await expect(page.getByText('Text table (UTF-8, parted by semicolons)')).toBeVisible();
    await page
      .getByRole('button', { name: 'Customer ids are in' })
      .or(page.getByRole('combobox', { name: 'Customer ids are in' }))
      .click();
    await page.getByRole('option', { name: 'order' }).click();
    await expect(page.getByText('Ids come from “order”: you chose it')).toBeVisible();
    await asOfStart(page);
    await page.keyboard.press('Control+Enter');
    const table = page.getByRole('grid', { name: 'Customers of the request' });
    await expect(table.getByRole('gridcell', { name: '5001', exact: true })).toBeVisible();
    await expect(table.getByRole('gridcell', { name: '5002', exact: true })).toBeVisible();
    await expect(table.getByRole('row')).toHaveCount(3);
  },
);

test('what would refuse the whole request is said before it runs, with a button that mends it', async ({
  laurel,
  page,
}) => {
  await makeBadge(laurel, DIRECT, false);
  await laurel.menu('go.issue');
  await look(laurel, 'issue-new');
  await widen(laurel);
  await openIssue(laurel, 'Ten visits');
  await page.getByRole('radio', { name: 'Award one' }).click();
  await page.getByLabel('Customer id').fill('1001');
  await page.getByLabel('Reference id').fill('626');
  await expect(page.getByText('815 ·', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Run as of the start date' }).click();
  await expect(page.getByText('810 ·', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Award\b/ })).toHaveAttribute('aria-disabled', 'true');
  await look(laurel, 'issue-refused-before');
  await widen(laurel);
  await page.getByRole('button', { name: 'Claim it for Loyalty 626' }).click();
  await expect(page.getByText('Nothing stands in the way')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('grid', { name: 'Customers of the request' }).getByRole('row')).toHaveCount(2);
});

test('repeating a request id is refused with 809, and the history keeps both', inTestLong, async ({ laurel, page }) => {
  await makeBadge(laurel, DIRECT);
  await widen(laurel);
  await openIssue(laurel, 'Ten visits');
  await asOfStart(page);
  await chooseRange(page, 1, 3);
  await page.getByRole('button', { name: /Event date and request id/ }).click();
  await page.getByLabel('Request id').fill('march-campaign');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('grid', { name: 'Customers of the request' }).getByRole('row')).toHaveCount(4);
  await page.getByRole('button', { name: 'New request' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert').filter({ hasText: '809' })).toBeVisible();
  const history = page.getByRole('grid', { name: 'Requests, newest first' });
  await expect(history.getByRole('row')).toHaveCount(2);
  await expect(history.getByRole('row').first()).toContainText('Refused');
  await look(laurel, 'issue-refused');

  await history.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('grid', { name: 'Customers of the request' }).getByRole('row')).toHaveCount(4);
  await page.getByRole('button', { name: 'Use again' }).click();
  await expect(page.getByRole('heading', { name: 'New request' })).toBeVisible();
  await expect(page.getByLabel('Request id')).not.toHaveValue('march-campaign');
});

test(
  'the table is read with the keyboard: arrows, Enter explains, Escape goes back',
  inTestLong,
  async ({ laurel, page }) => {
    await makeBadge(laurel, {
      ...DIRECT,
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
    });
    await widen(laurel);
    await openIssue(laurel, 'Ten visits');
    await asOfStart(page);
    await chooseRange(page, 1, 500);
    await page.keyboard.press('Control+Enter');
    const table = page.getByRole('grid', { name: 'Customers of the request' });
    // An arrow moves among rows that have come.
    await expect(table.getByRole('row').nth(3)).toBeVisible();
    await page.keyboard.press('Control+f');
    await expect(page.getByLabel('Search by customer id')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(table).toBeFocused();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const why = page.getByRole('complementary', { name: 'Why this customer came out so' });
    await expect(why.getByRole('heading', { name: 'Customer 3' })).toBeVisible();
    await expect(why.getByText('2 of 2')).toBeVisible();
    await look(laurel, 'issue-explained');
    await widen(laurel);
    await table.focus();
    await page.keyboard.press('End');
    await expect(why.getByRole('heading', { name: 'Customer 500' })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(why).toBeHidden();
    await expect(table).toBeFocused();
  },
);

test('cancelling a job writes nothing and leaves its request id free', inTestLong, async ({ laurel, page }) => {
  const id = await makeBadge(laurel, DIRECT);
  await widen(laurel);
  await openIssue(laurel, 'Ten visits');
  await asOfStart(page);
  await chooseRange(page, 1, 9_000_000);
  await page.getByRole('button', { name: /Event date and request id/ }).click();
  await page.getByLabel('Request id').fill('cancelled-once');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/ of 9,000,000 customers/).first()).toBeVisible();
  await look(laurel, 'issue-running');
  // The job goes on while its screen is left, and the sidebar leads back to it.
  await laurel.menu('go.settings');
  await page.getByRole('button', { name: /Awarding Ten visits/ }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Cancelled' })).toBeVisible();
  await look(laurel, 'issue-cancelled');
  expect((await requests(page)).total).toBe(0);
  const detail = (await callBackend(page, 'badges.get', { id })) as BadgeDetail;
  expect(detail.summary.earnedCount).toBe(0);

  await page.getByRole('button', { name: 'Back to the form' }).click();
  await chooseRange(page, 1, 10);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('grid', { name: 'Customers of the request' }).getByRole('row')).toHaveCount(11);
  expect((await requests(page)).rows).toMatchObject([{ requestId: 'cancelled-once', total: 10, succeeded: 10 }]);
});

test('a backend killed in the middle of a job: the window says so, recovers, and the store is whole', async ({
  laurel,
  page,
}) => {
  laurel.provokes(/backend/i);
  const id = await makeBadge(laurel, DIRECT);
  await widen(laurel);
  await openIssue(laurel, 'Ten visits');
  await asOfStart(page);
  await chooseRange(page, 1, 9_000_000);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/ of 9,000,000 customers/).first()).toBeVisible();
  await expect
    .poll(async () =>
      Number(
        (
          await page
            .getByText(/ of 9,000,000 customers/)
            .first()
            .innerText()
        )
          .split(' ')[0]
          ?.replaceAll(',', ''),
      ),
    )
    .toBeGreaterThan(100_000);
  const first = await laurel.killBackend();
  await expect(page.getByRole('heading', { name: 'The request did not finish' })).toBeVisible();
  await expect(page.getByText('Nothing of this request was written')).toBeVisible();
  await look(laurel, 'issue-backend-lost');
  await laurel.backendPid(first);

  await page.getByRole('button', { name: 'Back to the form' }).click();
  await widen(laurel);
  await chooseRange(page, 1, 10);
  await expect(page.getByText('Nothing stands in the way')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('grid', { name: 'Customers of the request' }).getByRole('row')).toHaveCount(11);

  await laurel.restart();
  await listenToWire(laurel);
  expect((await requests(laurel.page)).rows).toMatchObject([{ state: 'answered', total: 10, succeeded: 10 }]);
  const detail = (await callBackend(laurel.page, 'badges.get', { id })) as BadgeDetail;
  expect(detail.summary.earnedCount).toBe(10);
});
