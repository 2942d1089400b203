import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './app';
import { connectTo } from './connect';
import { look } from './look';
import { OwnOrg } from './own-org';
import { badgeBody, lasting, LIVE } from '../domain/badge-bodies';

const ACCESS = { user: 'laurel-tester', password: 'a password of the practice org' };

let org: OwnOrg;
test.beforeEach(async ({ userData }) => {
  org = new OwnOrg(path.join(userData, 'org.sqlite'), ACCESS);
  await org.start();
});
test.afterEach(() => org.stop());

test('past awards are imported from a table: asked for what it does not say, looked at, written once however often', async ({
  laurel,
  page,
  userData,
}) => {
  const badge = badgeBody({ ...LIVE, name: 'Veteran', earnedBadgeExpiry: lasting(30, 'DAYS') });
  const created = await org.call('POST', '/badgeMeta', badge, { 'X-CAP-BADGES-MIGRATION': 'migration' });
  const { id } = created['data'] as { id: string };
  const held = async (customer: number): Promise<number> => {
    const answer = await org.call('GET', `/management/${String(customer)}/badge/${id}?includeStatistics=true`);
    return (answer['data'] as { earnDetails: { earnCount: number } }).earnDetails.earnCount;
  };
  const table = path.join(userData, 'veterans.csv');
  const rows = Array.from({ length: 24 }, (_, row) => `${String(row + 1)};${String((row % 12) + 1)}/3/2021;1/1/2031`);
  writeFileSync(
    table,
    ['Kundennummer;Vergabedatum;gültig bis', ...rows, '7;7/3/2021;1/1/2031', 'nobody;1/3/2021;1/1/2031'].join('\n'),
  );
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal');
  await page.getByRole('tab', { name: /^Live jobs/ }).click();
  await page.getByRole('button', { name: 'Import past awards…' }).click();
  await page.getByRole('combobox', { name: 'Badge in Rehearsal' }).fill('Veteran');
  await page.getByRole('option', { name: /^Veteran/ }).click();
  await laurel.chooseInOpenDialog([table]);
  await page.getByRole('button', { name: 'Choose a table…' }).click();
  const foot = page.getByText('Answer what is asked about the table.');
  await expect(foot.last()).toBeVisible();
  await look(laurel, 'sync-import-asks');
  await page.getByRole('button', { name: 'dates day-first' }).click();
  await page
    .getByRole('group', { name: /time zone/ })
    .getByRole('button', { name: 'UTC' })
    .click();
  const preview = page.getByRole('region', { name: 'What would be imported' });
  await expect(preview).toContainText('24 awards of “Veteran” are written in Rehearsal.');
  await expect(preview).toContainText('The same award stands in an earlier row');
  await look(laurel, 'sync-import');
  expect(await held(7), 'nothing is sent by a look').toBe(0);
  await page.getByRole('button', { name: 'Import 24 awards into Rehearsal' }).click();
  const told = page.locator('header').getByRole('status');
  await expect(told).toContainText('24 of 26 awards imported, 2 refused or left out.');
  expect([await held(1), await held(7), await held(24)]).toEqual([1, 1, 1]);
  await look(laurel, 'sync-imported');

  // The same table again: what was said of it is remembered, and nothing is written twice.
  await page.getByRole('button', { name: 'Import past awards…' }).click();
  await page.getByRole('combobox', { name: 'Badge in Rehearsal' }).fill('Veteran');
  await page.getByRole('option', { name: /^Veteran/ }).click();
  await laurel.chooseInOpenDialog([table]);
  await page.getByRole('button', { name: 'Choose a table…' }).click();
  await page.getByRole('button', { name: 'Import 24 awards into Rehearsal' }).click();
  await expect(told).toContainText('0 of 26 awards imported, 26 refused or left out.');
  await expect(page.getByRole('list', { name: 'Why customers were refused' })).toContainText('same date and expiry');
  expect([await held(1), await held(7), await held(24)]).toEqual([1, 1, 1]);
});
