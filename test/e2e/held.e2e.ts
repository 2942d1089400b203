import path from 'node:path';
import { expect, test } from './app';
import { connectTo } from './connect';
import { look } from './look';
import { OwnOrg } from './own-org';
import { badgeBody, lasting, LIVE, OWNER } from '../domain/badge-bodies';

const ACCESS = { user: 'laurel-tester', password: 'a password of the practice org' };

let org: OwnOrg;
test.beforeEach(async ({ userData }) => {
  org = new OwnOrg(path.join(userData, 'org.sqlite'), ACCESS);
  await org.start();
});
test.afterEach(() => org.stop());

test('a customer is looked up from a job’s row and by typing: what they hold, and why not more', async ({
  laurel,
  page,
}) => {
  const limits = {
    customerConstraints: [
      {
        constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
        ...{
          rollForDays: 7,
          maxEarnForDays: 2,
          rollForWeeks: 0,
          maxEarnForWeeks: 0,
          rollForMonths: 0,
          maxEarnForMonths: 0,
        },
      },
    ],
    badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 500 }],
  };
  const body = badgeBody({ ...LIVE, name: 'Running badge', earnedBadgeExpiry: lasting(30, 'DAYS'), ...limits });
  const created = await org.call('POST', '/badgeMeta', body, { 'X-CAP-BADGES-MIGRATION': 'migration' });
  const { id } = created['data'] as { id: string };
  await org.call('POST', `/badgeMeta/${id}/claim`, OWNER);
  const award = { badgeMetaId: id, requestId: 'before', triggeredBy: OWNER, customerIds: [7] };
  await org.call('POST', '/customer/earnBulk', award);
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal');
  await page.getByRole('tab', { name: /^Live jobs/ }).click();
  await page.getByRole('button', { name: 'New live job…' }).click();
  await page.getByRole('combobox', { name: 'Badge in Rehearsal' }).fill('Running');
  await page.getByRole('option', { name: /^Running badge/ }).click();
  await page.getByRole('radio', { name: 'Range' }).click();
  await page.getByLabel('Last customer id').fill('12');
  await page.getByRole('button', { name: 'Award 12 customers in Rehearsal' }).click();
  await expect(page.locator('header').getByRole('status')).toContainText('12 of 12 customers awarded.');

  await page.getByRole('row', { name: /^7 7 / }).click();
  await page.getByRole('button', { name: 'Look up customer 7' }).click();
  const verdict = page.getByRole('region', { name: 'What would happen now' });
  await expect(verdict).toContainText('Would be refused');
  await expect(verdict).toContainText('Of the customer’s awards 2 count under the limit of 2 in the last 7 days');
  await expect(page.getByRole('region', { name: 'Awards (2)' }).getByText('Held')).toHaveCount(2);
  await expect(page.getByRole('button', { name: /^Running badge/ })).toContainText('2 awards');
  await look(laurel, 'sync-customer');

  await page.getByRole('textbox', { name: 'Customer' }).fill('8');
  await page.getByRole('button', { name: 'Look up', exact: true }).click();
  await page.getByRole('button', { name: /^Running badge/ }).click();
  await expect(verdict).toContainText('Rehearsal would award the badge now.');
  await page.getByRole('textbox', { name: 'Customer' }).fill('somebody');
  await page.getByRole('textbox', { name: 'Customer' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Rehearsal knows no such customer.' })).toBeVisible();
  await look(laurel, 'sync-customer-nobody');
});
