import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, inTestLong, test } from './app';
import { look } from './look';
import { BADGES, callPractice, startPractice } from './practice-access';
import { badgeBody, lasting } from '../domain/badge-bodies';
import type { BadgeBody } from '../../shared/domain/templates';

async function connect(page: Page, name: string, kind: 'Practice' | 'Production' = 'Practice'): Promise<void> {
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('button', { name: 'Fill in' }).click();
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  if (kind === 'Production') await page.getByRole('radio', { name: /^Production/ }).click();
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await expect(page.getByText(/^Connected: /)).toBeVisible();
}

const DAY = 86_400_000;
const liveBadge = (name: string): BadgeBody =>
  badgeBody({
    name,
    startOn: new Date(Date.now() + DAY).toISOString(),
    expiresOn: new Date(Date.now() + 90 * DAY).toISOString(),
    earnedBadgeExpiry: lasting(30, 'DAYS'),
  });

/** Rows of the list of badges. */
const rows = (page: Page, org: string) =>
  page.getByRole('grid', { name: `Badges here and in ${org}` }).getByRole('row');

test('connects, pulls, compares, resolves and pushes exactly what was shown', async ({ laurel, page }) => {
  await laurel.menu('help.samples');
  const access = await startPractice(laurel);
  await connect(page, 'Rehearsal');
  await look(laurel, 'sync-connect');
  await page.getByRole('button', { name: 'Save the connection' }).click();
  await expect(page.getByRole('navigation', { name: 'Screens' })).toContainText('Rehearsal');
  expect(await page.content()).not.toContain(access.password);

  const theirBadge = liveBadge('Made by somebody else');
  const { data } = (await callPractice(access, 'POST', '/badgeMeta', theirBadge)) as {
    data: { id: string };
  };
  await page.getByRole('button', { name: 'Pull from Rehearsal' }).click();
  const theirs = rows(page, 'Rehearsal').filter({ hasText: 'Made by somebody else' });
  await expect(theirs).toContainText('Only there');
  await theirs.click();
  const comparison = page.getByRole('region', { name: 'Comparison of the draft with Rehearsal' });
  await comparison.getByRole('button', { name: 'Make a draft of it' }).click();
  await expect(theirs).toContainText('Same');

  // Both sides rename it, and somebody else ends it earlier: one conflict, one change there.
  const renamed = {
    ...theirBadge,
    name: 'Their name',
    id: data.id,
    expiresOn: new Date(Date.now() + 60 * DAY).toISOString(),
  };
  expect(await callPractice(access, 'PUT', '/badgeMeta', renamed)).toMatchObject({ errors: [] });
  await comparison.getByRole('button', { name: 'Open the draft' }).click();
  // Until it stands there, the form is of the badge that was open before.
  await expect(page.getByRole('heading', { name: 'Made by somebody else', level: 1 })).toBeVisible();
  await page.getByRole('textbox', { name: /^Name/ }).first().fill('Our name');
  await expect(page.getByRole('status').filter({ hasText: /^\s*Saved\s*$/ })).toBeVisible();
  await laurel.menu('go.sync');
  await page.getByRole('button', { name: 'Pull from Rehearsal' }).click();
  const ours = rows(page, 'Rehearsal').filter({ hasText: 'Our name' });
  await expect(ours).toContainText('Conflict');
  await ours.click();
  const fields = comparison.getByRole('list', { name: 'Fields that differ' });
  await expect(fields.getByRole('heading', { name: 'Name', exact: true })).toBeVisible();
  await expect(fields).toContainText('Their name');
  await expect(fields.getByRole('heading', { name: 'End date' })).toBeVisible();
  await look(laurel, 'sync-compare');
  await fields.getByRole('button', { name: 'Keep the draft’s' }).click();
  await fields
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'End date' }) })
    .getByRole('button', { name: 'Take Rehearsal’s' })
    .click();
  await expect(ours).toContainText('Changed here');

  await comparison.getByRole('button', { name: 'Review the push…' }).click();
  const shown = page.getByRole('region', { name: 'Request: Update “Our name”' });
  await expect(shown).toContainText(`PUT ${access.url}${BADGES}/badgeMeta`);
  await expect(shown).toContainText('Authorization: (added when sent)');
  const text = (await shown.textContent()) ?? '';
  const body = text.slice(text.indexOf('{'));
  expect((await callPractice(access, 'GET', `/badgeMeta/${data.id}`))['data']).toMatchObject({ name: 'Their name' });
  await look(laurel, 'sync-push');
  await page.getByRole('button', { name: 'Send 1 request to Rehearsal' }).click();
  await expect(page.getByText('1 of 1 done in Rehearsal.')).toBeVisible();
  expect((await callPractice(access, 'GET', `/badgeMeta/${data.id}`))['data']).toMatchObject({ name: 'Our name' });
  await expect(ours).toContainText('Same');
  const pack = path.join(laurel.userData, 'pack.zip');
  await laurel.chooseInSaveDialog(pack);
  await page.getByRole('button', { name: 'Audit pack …' }).click();
  await expect(page.getByText('The audit pack was written to pack.zip.')).toBeVisible();
  expect((await readFile(pack)).subarray(0, 2).toString()).toBe('PK');
  await look(laurel, 'sync-pushed');

  // What the practice org got is what was shown, byte for byte.
  await page.getByRole('button', { name: /^Practice org/ }).click();
  await page.getByRole('tab', { name: 'Calls' }).click();
  await page
    .getByRole('grid', { name: 'Calls, newest first' })
    .getByRole('row')
    .filter({ hasText: 'PUT' })
    .first()
    .click();
  const arrived = page.getByRole('region', { name: 'Body of the request' });
  await expect(arrived).toBeVisible();
  expect(JSON.parse((await arrived.textContent()) ?? '')).toEqual(JSON.parse(body));
});

test(
  'what the gateway refuses lands on its field, and production asks for its name',
  inTestLong,
  async ({ laurel, page }) => {
    const access = await startPractice(laurel);
    await connect(page, 'Acme', 'Production');
    await page.getByRole('button', { name: 'Save the connection' }).click();
    await expect(page.getByText('Production, read-only')).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Screens' })).toContainText('Acme (production');
    await callPractice(access, 'POST', '/badgeMeta', liveBadge('Taken'));
    await page.getByRole('button', { name: 'Pull from Acme' }).click();
    const row = rows(page, 'Acme').filter({ hasText: 'Taken' });
    await row.click();
    const comparison = page.getByRole('region', { name: 'Comparison of the draft with Acme' });
    await comparison.getByRole('button', { name: 'Make a draft of it' }).click();
    await comparison.getByRole('button', { name: 'Open the draft' }).click();
    await page.getByRole('textbox', { name: /^Name/ }).first().fill('Wanted');
    await expect(page.getByRole('status').filter({ hasText: /^\s*Saved\s*$/ })).toBeVisible();
    await laurel.menu('go.sync');
    // Since the pull somebody else took the name, which only the gateway can tell.
    await callPractice(access, 'POST', '/badgeMeta', liveBadge('Wanted'));
    await rows(page, 'Acme').filter({ hasText: 'Wanted' }).click();
    await comparison.getByRole('button', { name: 'Review the push…' }).click();
    const send = page.getByRole('button', { name: 'Send 1 request to Acme' });
    await expect(send).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('button', { name: 'Unlock…' }).click();
    await look(laurel, 'sync-unlock');
    await page.getByLabel('Type Acme to unlock writing').fill('Acme');
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await expect(page.getByText('Production, unlocked for writing')).toBeVisible();
    await expect(send).toHaveAttribute('aria-disabled', 'true');
    await page.getByLabel('This writes to production. Type Acme to go on').fill('Acme');
    await send.click();
    const results = page.getByRole('list', { name: 'Results' });
    await expect(results).toContainText('Refused');
    await expect(results).toContainText('Name: ');
    await expect(results).toContainText('725');
    await expect(results).toContainText('Choose another name');
    await look(laurel, 'sync-refused');
    await results.getByRole('button', { name: 'Mend it in the draft' }).click();
    await expect(page.getByRole('textbox', { name: /^Name/ }).first()).toBeFocused();
    await expect(page.getByRole('textbox', { name: /^Name/ }).first()).toHaveValue('Wanted');
    // Activity tells the same of the request.
    await laurel.menu('go.activity');
    const tasks = page.getByRole('grid', { name: 'What was done, newest first' });
    const push = tasks.getByRole('row').filter({ hasText: 'Push' }).first();
    await expect(push).toContainText('1 Refused');
    await push.click();
    await page
      .getByRole('grid', { name: 'Requests, newest first' })
      .getByRole('row')
      .filter({ hasText: 'Refused' })
      .first()
      .click();
    await expect(page.getByRole('list', { name: 'What to do' })).toContainText('Choose another name');
    await look(laurel, 'activity-refused');
  },
);

test(
  'a live job serves every customer once, and writes all of them to a file',
  inTestLong,
  async ({ laurel, page, userData }) => {
    const access = await startPractice(laurel);
    const begun = { ...liveBadge('Running badge'), startOn: new Date(Date.now() - DAY).toISOString() };
    const created = await callPractice(access, 'POST', '/badgeMeta', begun, { 'X-CAP-BADGES-MIGRATION': 'MIGRATION' });
    const { id } = created['data'] as { id: string };
    await callPractice(access, 'POST', `/badgeMeta/${id}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
    await connect(page, 'Rehearsal');
    await page.getByRole('button', { name: 'Save the connection' }).click();
    await page.getByRole('button', { name: 'Pull from Rehearsal' }).click();
    await expect(rows(page, 'Rehearsal').filter({ hasText: 'Running badge' })).toBeVisible();

    await page.getByRole('tab', { name: /^Live jobs/ }).click();
    await page.getByRole('button', { name: 'New live job…' }).click();
    await page.getByRole('combobox', { name: 'Badge in Rehearsal' }).fill('Running');
    await page.getByRole('option', { name: /^Running badge/ }).click();
    await expect(page.getByRole('combobox', { name: /In the name of/ })).toContainText('Loyalty 626');
    await page.getByRole('radio', { name: 'Range' }).click();
    await page.getByLabel('Last customer id').fill('1200');
    await look(laurel, 'sync-job-new');
    await page.getByRole('button', { name: 'Award 1,200 customers in Rehearsal' }).click();
    await expect(page.getByText('1,200 of 1,200 customers awarded.')).toBeVisible();
    const customers = page.getByRole('grid', { name: 'Customers of the job' });
    await expect(customers.getByRole('row').nth(1)).toContainText('Done');
    await look(laurel, 'sync-job-done');

    const file = path.join(userData, 'customers.csv');
    await laurel.chooseInSaveDialog(file);
    await page.getByRole('button', { name: 'Export table' }).click();
    await expect(page.getByText('1,200 rows were written to customers.csv.')).toBeVisible();
    expect((await readFile(file, 'utf8')).trim().split('\r\n')).toHaveLength(1201);

    await page.getByRole('button', { name: /^Practice org/ }).click();
    await expect(page.getByLabel('What the practice org holds')).toContainText('Awards 1,200');
  },
);

test('Activity has every request with its answer, and never a secret', async ({ laurel, page, userData }) => {
  await laurel.menu('go.activity');
  await expect(page.getByRole('heading', { name: 'Nothing was sent yet' })).toBeVisible();
  await look(laurel, 'activity-empty');
  const access = await startPractice(laurel);
  await callPractice(access, 'POST', '/badgeMeta', liveBadge('Looked at'));
  await connect(page, 'Rehearsal');
  await page.getByRole('button', { name: 'Save the connection' }).click();
  await page.getByRole('button', { name: 'Pull from Rehearsal' }).click();
  await expect(rows(page, 'Rehearsal').filter({ hasText: 'Looked at' })).toBeVisible();
  await look(laurel, 'sync-pulled');

  await laurel.menu('go.activity');
  // The pull is one line, and its requests are all reads, which are shown where there is nothing else.
  const tasks = page.getByRole('grid', { name: 'What was done, newest first' });
  const pulled = tasks.getByRole('row').filter({ hasText: 'Pull' });
  await expect(pulled).toHaveCount(1);
  await expect(pulled).toContainText('reads only');
  await look(laurel, 'activity-tasks');
  await page.getByRole('button', { name: 'Filter' }).click();
  await look(laurel, 'activity-filter');
  await page.keyboard.press('Escape');
  await pulled.click();
  await expect(page.getByRole('heading', { name: 'Pull' })).toBeVisible();
  await look(laurel, 'activity-task');
  await page.getByRole('button', { name: 'All tasks' }).click();
  // Request by request nothing changed anything, until reads are asked for.
  await page
    .getByRole('combobox', { name: 'Show' })
    .or(page.getByRole('button', { name: 'Show' }))
    .first()
    .click();
  await page.getByRole('option', { name: 'Request by request' }).click();
  await expect(page.getByText('Reads are folded away.')).toBeVisible();
  await page.getByRole('switch', { name: 'Reads, too' }).click();
  const requests = page.getByRole('grid', { name: 'Requests, newest first' });
  await expect(requests.getByRole('row').nth(1)).toContainText('Rehearsal');
  const before = await requests.getByRole('row').count();
  expect(before).toBeGreaterThan(2);
  await page.getByRole('searchbox', { name: 'Search the requests' }).fill('customField');
  await expect(requests.getByRole('row')).toHaveCount(2);
  await page.getByRole('searchbox', { name: 'Search the requests' }).fill('');
  await expect(requests.getByRole('row')).toHaveCount(before);
  await requests.getByRole('row').nth(1).click();
  const detail = page.getByRole('region', { name: 'Request and answer' });
  await expect(detail.getByRole('region', { name: 'Body of the answer' })).toBeVisible();
  await look(laurel, 'activity');
  expect(await page.content()).not.toContain(access.password);

  const archive = path.join(userData, 'requests.har');
  await laurel.chooseInSaveDialog(archive);
  await detail.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('menuitem', { name: 'As HAR archive…' }).click();
  await expect(page.getByText('1 request was written to requests.har.')).toBeVisible();
  expect(await readFile(archive, 'utf8')).not.toContain(access.password);

  const file = path.join(userData, 'requests.csv');
  await laurel.chooseInSaveDialog(file);
  await page.getByRole('button', { name: 'Export table' }).click();
  await expect(page.getByText(`${before - 1} requests were written to requests.csv.`)).toBeVisible();
  const written = await readFile(file, 'utf8');
  expect(written.trim().split('\r\n')).toHaveLength(before);
  expect(written).not.toContain(access.password);
});
