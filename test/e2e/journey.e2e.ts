import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './app';
import { drop } from './drop';
import { look } from './look';
import { callBackend, listenToWire } from './page-wire';

const sample = path.join(import.meta.dirname, 'fixtures', 'create-sample.json');
const nextYear = new Date().getUTCFullYear() + 1;
const CUSTOMERS = 100_000;

/** Everything that must be the same after a restart. */
async function stateOf(page: Page, badgeId: string): Promise<unknown> {
  const detail = await callBackend(page, 'badges.get', { id: badgeId });
  const requests = await callBackend(page, 'requests.list', {});
  const rows = await callBackend(page, 'requests.rows', { id: 2, offset: 290, limit: 20 });
  return { detail, requests, rows };
}

test('from a pasted badge to a bulk award and the reason of a refusal, and it is all there after a restart', async ({
  laurel,
  page,
  userData,
}) => {
  test.setTimeout(300_000);
  const file = path.join(userData, 'customers.csv');
  await writeFile(
    file,
    `customerId,segment\n${Array.from({ length: CUSTOMERS }, (_, index) => `${1_000_001 + index},gold`).join('\n')}\n`,
  );
  await look(laurel, 'journey-1-empty');

  // New badge, from the JSON of a create sample.
  await page.getByRole('button', { name: 'Paste JSON' }).click();
  await page.getByLabel('JSON of the badge').fill(await readFile(sample, 'utf8'));
  await page.getByRole('button', { name: 'Create from JSON' }).click();
  await expect(page.getByRole('heading', { name: 'Badge Issue earnn' })).toBeVisible();

  // Its mistake stands beside its field with the gateway's code, and it cannot be issued.
  const starts = page.locator('[data-path="startOn"]');
  await expect(starts).toContainText('722');
  await expect(starts).toContainText('Start Date cannot be past date');
  const issue = page.getByRole('article').getByRole('button', { name: /^Issue/ });
  await expect(issue).toHaveAttribute('aria-disabled', 'true');
  await look(laurel, 'journey-2-mistake');

  await page.getByRole('textbox', { name: 'Starts' }).fill(`${nextYear}-01-01 00:00`);
  await page.getByRole('textbox', { name: 'Starts' }).press('Enter');
  await page.getByRole('textbox', { name: 'Ends' }).fill(`${nextYear}-12-31 00:00`);
  await page.getByRole('textbox', { name: 'Ends' }).press('Enter');
  await expect(starts).not.toContainText('722');
  await expect(page.getByRole('button', { name: /^No problems/ })).toBeVisible();

  // A claim.
  await page.getByLabel('Its reference id').fill('626');
  await page.getByRole('button', { name: 'Claim', exact: true }).click();
  await expect(page.getByText('Claimed by Loyalty 626.')).toBeVisible();
  await expect(page.locator('[data-save-state="saved"]')).toBeVisible();

  // Issue: drop the file, enrol everybody.
  await issue.click();
  await expect(page.getByRole('radio', { name: /^Enrol many/ })).toBeChecked();
  await drop(page, file, '.compose');
  await expect(page.getByText(/parted by commas/)).toBeVisible();
  await page.getByRole('button', { name: 'Run as of the start date' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await look(laurel, 'journey-3-enrol');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('All 100,000 customers are enrolled.').last()).toBeVisible({ timeout: 60_000 });

  // Award them; the day's limit lets 300 through.
  await page.getByRole('button', { name: 'New request' }).click();
  await page.getByRole('radio', { name: /^Award many/ }).click();
  await page.keyboard.press('Control+Enter');
  const sentence = page.getByText(/^300 of 100,000 customers got the badge; 99,700 were refused/).last();
  await expect(sentence).toBeVisible({ timeout: 60_000 });

  // Why not customer 1,000,301?
  await page.getByRole('button', { name: /990002.*99,700/ }).click();
  const table = page.getByRole('grid', { name: 'Customers of the request' });
  await page.getByLabel('Search by customer id').fill('1000301');
  await expect(table.getByRole('row')).toHaveCount(2);
  await table.getByRole('gridcell', { name: '1000301', exact: true }).click();
  const why = page.getByRole('complementary', { name: 'Why this customer came out so' });
  await expect(why).toContainText('BADGE_ROLLING_WINDOW');
  await expect(why).toContainText('300 of 300');
  await expect(why).toContainText(`Jan 2, ${nextYear}`);
  await look(laurel, 'journey-4-explained');

  // Quit, start again: everything is there.
  await listenToWire(laurel);
  const badgeId = (
    (await callBackend(laurel.page, 'badges.list', {})) as { rows: { id: string; issuedCount: number }[] }
  ).rows[0]?.id;
  const before = await stateOf(laurel.page, badgeId ?? '');
  expect(before).toMatchObject({
    detail: { problems: [], summary: { issuedCount: CUSTOMERS, earnedCount: 300 } },
    requests: { total: 2 },
  });
  const again = await laurel.restart();
  await expect(again.getByRole('button', { name: 'Issue' })).toHaveAttribute('aria-current', 'page');
  const history = again.getByRole('grid', { name: 'Requests, newest first' });
  await history.getByRole('row').first().click();
  await expect(again.getByText(/^300 of 100,000 customers got the badge; 99,700 were refused/).last()).toBeVisible();
  await listenToWire(laurel);
  expect(await stateOf(again, badgeId ?? '')).toEqual(before);
});
