import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app';
import { badgeRows, connectTo } from './connect';
import { look } from './look';
import { OwnOrg } from './own-org';
import { callBackend, listenToWire } from './page-wire';
import { badgeBody, lasting, owners } from '../domain/badge-bodies';

const ACCESS = { user: 'laurel-tester', password: 'a password of the practice org' };

let org: OwnOrg;
test.beforeEach(async ({ userData }) => {
  org = new OwnOrg(path.join(userData, 'org.sqlite'), ACCESS);
  await org.start();
});
test.afterEach(() => org.stop());

test('a group and a custom field made here are pushed with their badge, and what the org has is taken over', async ({
  laurel,
  page,
}) => {
  await org.call('POST', '/group', { name: 'Winter', rank: 4 });
  await org.call('POST', '/customField', {
    name: 'Region',
    dataType: 'STRING',
    isMandatory: false,
    defaultValue: null,
  });
  await listenToWire(laurel);
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal');
  const { id } = (await callBackend(page, 'badges.createGroup', { name: 'Summer' })) as { id: string };
  const body = badgeBody({
    ...{ name: 'Iced Summer', startOn: '2098-01-01T00:00:00Z', expiresOn: '2099-01-01T00:00:00Z' },
    ...{ earnedBadgeExpiry: lasting(30, 'DAYS'), badgeGroupId: id, badgeRank: 1 },
    ...owners('Loyalty'),
  });
  await callBackend(page, 'badges.create', { body: JSON.stringify(body), migration: false, label: 'Created' });
  await laurel.menu('go.badges');
  await laurel.menu('go.sync');

  // What is there and not here is taken over; a field is made here.
  await expect(page.getByText('1 to push, 2 only there')).toBeVisible();
  await page.getByRole('button', { name: 'Groups and custom fields', exact: true }).click();
  const pane = page.getByRole('region', { name: 'Groups and custom fields here and in Rehearsal' });
  await look(laurel, 'sync-definitions');
  await page.getByRole('button', { name: 'Take over all 2 that are only there' }).click();
  await expect(pane.getByRole('listitem').filter({ hasText: 'Winter' })).toContainText('Same');
  await pane.getByRole('button', { name: 'New field…' }).click();
  const dialog = page.getByRole('dialog', { name: 'New custom field' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Season');
  await dialog.getByRole('checkbox', { name: 'Every badge has it' }).check();
  await dialog.getByRole('textbox', { name: 'Default' }).fill('all');
  await look(laurel, 'sync-definitions-field');
  await dialog.getByRole('button', { name: 'Save the field' }).click();
  await pane.getByRole('checkbox', { name: 'Choose Season' }).check();
  await page.getByRole('button', { name: 'Review the push of 1…' }).click();
  await page.getByRole('button', { name: 'Send 1 request to Rehearsal' }).click();
  await expect(page.getByText('1 of 1 done in Rehearsal')).toBeVisible();
  await page.getByRole('button', { name: 'Close the push' }).click();
  await expect(pane.getByRole('listitem').filter({ hasText: 'Season' })).toContainText('Same');

  // The badge brings its group: first the group, then the badge with the id that the org gave.
  await badgeRows(page, 'Rehearsal').filter({ hasText: 'Iced Summer' }).click();
  const comparison = page.getByRole('region', { name: 'Comparison of the draft with Rehearsal' });
  await comparison.getByRole('button', { name: 'Review the push…' }).click();
  const push = page.getByRole('region', { name: 'Requests of the push' });
  await expect(push.getByRole('checkbox')).toHaveCount(2);
  await expect(push).toContainText('‹Summer› is replaced by the id that the org gives the group.');
  await look(laurel, 'sync-definitions-push');
  await page.getByRole('button', { name: 'Send 2 requests to Rehearsal' }).click();
  await expect(page.getByText('2 of 2 done in Rehearsal')).toBeVisible();
  await expect(badgeRows(page, 'Rehearsal').filter({ hasText: 'Iced Summer' })).toContainText('Same');

  type Group = { id: string; name: string };
  const { data } = (await org.call('GET', '/group')) as { data: { badgeGroups: Group[] } };
  const summer = data.badgeGroups.find(({ name }) => name === 'Summer');
  const { data: badges } = (await org.call('GET', '/badgeMeta')) as {
    data: { metaBasicDetails: { name: string; badgeGroupId: string | null; customFields: object }[] };
  };
  expect(badges.metaBasicDetails).toEqual([
    expect.objectContaining({ name: 'Iced Summer', badgeGroupId: summer?.id, customFields: { Season: 'all' } }),
  ]);
  await page.getByRole('button', { name: 'Close the push' }).click();
  await page.getByRole('button', { name: 'Pull from Rehearsal' }).click();
  await expect(page.getByText('As in Rehearsal')).toBeVisible();

  // What somebody changes there is asked about, and either side is taken.
  await org.call('PUT', `/group/${summer?.id ?? ''}`, { name: 'High summer', rank: 9 });
  await page.getByRole('button', { name: 'Pull from Rehearsal' }).click();
  await expect(page.getByText('1 to decide')).toBeVisible();
  await page.getByRole('button', { name: 'Groups and custom fields', exact: true }).click();
  const changed = pane.getByRole('list', { name: 'Fields that differ' }).getByRole('listitem');
  await expect(changed).toHaveCount(2);
  await look(laurel, 'sync-definitions-differs');
  await changed.filter({ hasText: 'High summer' }).getByRole('button', { name: 'Take Rehearsal’s' }).click();
  await expect(changed).toHaveCount(1);
  await changed.getByRole('button', { name: 'Push what is here over it' }).click();
  await expect(page.getByText('1 to push')).toBeVisible();
  await page.getByRole('button', { name: 'Close groups and custom fields' }).click();

  // And what is here goes into a file beside the badge files.
  await page.getByRole('button', { name: 'Groups and custom fields', exact: true }).click();
  const file = path.join(laurel.userData, 'programme.definitions.json');
  await laurel.chooseInSaveDialog(file);
  await page.getByRole('button', { name: 'Save as a file…' }).click();
  await expect(page.getByText('The groups and custom fields are saved in programme.definitions.json.')).toBeVisible();
  const written = JSON.parse(await readFile(file, 'utf8')) as { groups: Group[]; customFields: { name: string }[] };
  expect(written.groups).toEqual([
    { id, name: 'High summer' },
    { id: expect.any(String) as unknown, name: 'Winter' },
  ]);
  expect(written.customFields.map(({ name }) => name)).toEqual(['Region', 'Season']);
});
