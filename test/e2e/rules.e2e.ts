import path from 'node:path';
import { expect, test } from './app';
import { connectTo } from './connect';
import { look } from './look';
import { OwnOrg } from './own-org';

const ACCESS = { user: 'laurel-tester', password: 'a password of the practice org' };

let org: OwnOrg;
test.beforeEach(async ({ userData }) => {
  const turned = ['--weekly-cycles', 'from-start', '--customer-limit-code', '4711'];
  org = new OwnOrg(path.join(userData, 'org.sqlite'), ACCESS, turned);
  await org.start();
});
test.afterEach(() => org.stop());

test('an org’s rules are learned after its name was typed, set in the practice org, used here and given up again', async ({
  laurel,
  page,
}) => {
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal');
  await page.getByRole('tab', { name: 'Rules' }).click();
  await look(laurel, 'sync-rules-empty');
  await page.getByRole('button', { name: 'Show what would be sent' }).click();
  await expect(page.getByRole('heading', { name: /^\d+ calls would be sent$/ })).toBeVisible();
  await page.getByRole('button', { name: /^4 / }).click();
  await look(laurel, 'sync-rules-plan');
  await page.getByLabel('Type Rehearsal to send these calls there').fill('Rehearsal');
  await page.getByRole('button', { name: 'Learn', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'How Rehearsal answers' })).toBeVisible();
  const weekly = page.getByRole('row', { name: /^Weekly cycles change/ });
  await expect(weekly).toContainText('Every 7 days from the start');
  await expect(page.getByRole('row', { name: /^Code of a customer limit/ })).toContainText('4711');
  await weekly.getByRole('button').first().click();
  await expect(page.getByRole('region', { name: 'Body of the answer' })).toBeVisible();
  await page.getByRole('button', { name: 'Set the practice org so' }).click();
  await expect(page.getByText(/^The practice org now answers like Rehearsal: /)).toBeVisible();
  await page.getByRole('button', { name: 'Use these rules here' }).click();
  const used = page.getByText(/^Issue and Simulate now judge by the rules of Rehearsal: /);
  await expect(used).toContainText('Code of a customer limit: 4711');
  await look(laurel, 'sync-rules');

  await laurel.menu('go.simulate');
  await page.getByRole('button', { name: 'Run “A thousand cups of the season”' }).click();
  const result = page.getByRole('article', { name: 'Result Pumpkin season' });
  await expect(result).toBeVisible({ timeout: 60_000 });
  await expect(result).toContainText(
    /Judged by the rules of Rehearsal, learned on .*: Code of a customer limit: 4711; Weekly/,
  );
  await look(laurel, 'simulate-rules');

  await laurel.menu('go.settings');
  const section = page.getByRole('region', { name: 'Whose rules are used here' });
  await expect(section).toContainText('by the rules of Rehearsal, learned on');
  await section.scrollIntoViewIfNeeded();
  await look(laurel, 'settings-rules');
  await section.getByRole('button', { name: 'Back to the documents' }).click();
  await expect(section).toContainText('judge as Laurel reads the documents again.');
});
