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

test('a job’s awards are taken back: looked at first, for those who were searched for, then for all', async ({
  laurel,
  page,
}) => {
  const badge = badgeBody({ ...LIVE, name: 'Running badge', earnedBadgeExpiry: lasting(30, 'DAYS') });
  const created = await org.call('POST', '/badgeMeta', badge, { 'X-CAP-BADGES-MIGRATION': 'migration' });
  const { id } = created['data'] as { id: string };
  await org.call('POST', `/badgeMeta/${id}/claim`, OWNER);
  /** Customers who hold the badge, as the org tells of each. */
  const standing = async (): Promise<number> => {
    let held = 0;
    for (let customer = 1; customer <= 24; customer += 1) {
      const answer = await org.call('GET', `/management/${String(customer)}/badge/${id}?includeStatistics=true`);
      held += (answer['data'] as { activeEarnedCount: number }).activeEarnedCount;
    }
    return held;
  };
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal');
  await page.getByRole('tab', { name: /^Live jobs/ }).click();
  await page.getByRole('button', { name: 'New live job…' }).click();
  await page.getByRole('combobox', { name: 'Badge in Rehearsal' }).fill('Running');
  await page.getByRole('option', { name: /^Running badge/ }).click();
  await page.getByRole('radio', { name: 'Range' }).click();
  await page.getByLabel('Last customer id').fill('24');
  await page.getByRole('button', { name: 'Award 24 customers in Rehearsal' }).click();
  const told = page.locator('header').getByRole('status');
  await expect(told).toContainText('24 of 24 customers awarded.');
  expect(await standing()).toBe(24);

  const search = page.getByRole('searchbox', { name: 'Search by customer id' });
  await search.fill('2');
  await page.getByRole('button', { name: 'Take back…' }).click();
  const preview = page.getByRole('region', { name: 'What would be taken back' });
  await expect(preview).toContainText('7 awards of “Running badge” are revoked in Rehearsal.');
  await look(laurel, 'sync-take-back');
  expect(await standing(), 'nothing is sent by a look').toBe(24);
  await page.getByRole('button', { name: 'Revoke 7 awards in Rehearsal' }).click();
  await expect(told).toContainText('7 of 7 revoked.');
  expect(await standing()).toBe(17);
  await look(laurel, 'sync-taken-back');

  await page.getByRole('button', { name: 'Show the job that gave it' }).click();
  await expect(page.getByText('Taken back: 7 of 7 revoked.')).toBeVisible();
  await look(laurel, 'sync-was-taken-back');
  await page.getByRole('button', { name: 'Show the take-back' }).click();
  await expect(told).toContainText('7 of 7 revoked.');
  await page.getByRole('button', { name: /^Award “Running badge”/ }).click();
  await page.getByRole('button', { name: 'Take back…' }).click();
  await page.getByRole('button', { name: 'Revoke 24 awards in Rehearsal' }).click();
  await expect(told).toContainText('17 of 24 revoked, 7 refused.');
  await expect(page.getByRole('list', { name: 'Why customers were refused' })).toContainText('was revoked already');
  expect(await standing()).toBe(0);

  await page.getByRole('button', { name: 'Take back from a file…' }).click();
  await page.getByRole('radio', { name: 'Customers: all they hold' }).click();
  await page.getByRole('combobox', { name: 'Badge in Rehearsal' }).fill('Running');
  await page.getByRole('option', { name: /^Running badge/ }).click();
  await expect(page.getByText('Choose the file.').last()).toBeVisible();
  await look(laurel, 'sync-take-back-file');
});
