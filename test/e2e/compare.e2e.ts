import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, inTestLong, test } from './app';
import { badgeRows, connectTo } from './connect';
import { look } from './look';
import { OwnOrg } from './own-org';
import { callBackend, listenToWire } from './page-wire';
import { badgeBody, lasting, owners } from '../domain/badge-bodies';

const ACCESS = { user: 'laurel-tester', password: 'a password of the practice org' };
const MIGRATION = { 'X-CAP-BADGES-MIGRATION': 'migration' };

const liveBadge = badgeBody({
  ...{ startOn: '2026-01-01T00:00:00Z', expiresOn: '2099-01-01T00:00:00Z' },
  earnedBadgeExpiry: lasting(30, 'DAYS'),
  ...owners('Loyalty', 'Milestones'),
});
const window = {
  constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
  durationType: 'DAYS',
  refreshRate: 5,
  maxEarnLimit: 2,
};

let org: OwnOrg;
test.beforeEach(async ({ userData }) => {
  org = new OwnOrg(path.join(userData, 'org.sqlite'), ACCESS);
  await org.start();
});
test.afterEach(() => org.stop());

async function inOrg(badge: object): Promise<string> {
  const { data } = (await org.call('POST', '/badgeMeta', badge, MIGRATION)) as { data: { id: string } };
  return data.id;
}

/** Edits the draft that is open in the comparison, as the editor would save it. */
async function editDraft(page: Page, name: string, changes: object): Promise<void> {
  const { rows } = (await callBackend(page, 'badges.list', { limit: 100 })) as { rows: { id: string; name: string }[] };
  const id = rows.find((row) => row.name === name)?.id ?? '';
  const { body, revision } = (await callBackend(page, 'badges.get', { id })) as { body: string; revision: number };
  const next = JSON.stringify({ ...(JSON.parse(body) as object), ...changes });
  const saved = await callBackend(page, 'badges.save', {
    ...{ id, baseRevision: revision, body: next, migration: true, label: 'Edited' },
  });
  expect(saved).toHaveProperty('revision');
}

/** Makes a draft of a live badge, as a person does. */
async function adopt(page: Page, name: string): Promise<void> {
  await badgeRows(page, 'Rehearsal').filter({ hasText: name }).click();
  const comparison = page.getByRole('region', { name: 'Comparison of the draft with Rehearsal' });
  await comparison.getByRole('button', { name: 'Make a draft of it' }).click();
  await expect(badgeRows(page, 'Rehearsal').filter({ hasText: name })).toContainText('Same');
}

test('what the gateway would refuse stands on its field with its code before anything is sent, and leads to it', async ({
  laurel,
  page,
}) => {
  const limit = { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 3 };
  const id = await inOrg({ ...liveBadge, name: 'Five visits', customerConstraints: [limit] });
  await org.call('POST', `/badgeMeta/${id}/claim`, { ownerType: 'Loyalty', referenceId: '626' });
  await listenToWire(laurel);
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal');
  await adopt(page, 'Five visits');
  await editDraft(page, 'Five visits', {
    startOn: '2026-01-02T09:30:00.250Z',
    expiresOn: '2026-02-01T00:00:00Z',
    ownership: { restrictedToOwners: ['Milestones'] },
    customerConstraints: [window],
  });
  await laurel.menu('go.badges');
  await laurel.menu('go.sync');
  const row = badgeRows(page, 'Rehearsal').filter({ hasText: 'Five visits' });
  await row.click();
  const comparison = page.getByRole('region', { name: 'Comparison of the draft with Rehearsal' });
  const fields = comparison.getByRole('list', { name: 'Fields that differ' });
  const field = (title: string) =>
    fields.locator('> li').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  for (const [title, code] of [
    ['Start date', '723'],
    ['End date', '724'],
    ['Owners', '714'],
    ['Limits for each customer', '826'],
  ] as const) {
    await expect(field(title).getByRole('alert')).toContainText('The gateway would refuse this');
    await expect(field(title).getByRole('alert')).toContainText(code);
  }
  await expect(field('Start date')).toContainText('2 Jan 2026, 09:30:00.25 UTC');
  await look(laurel, 'sync-compare-refusals');

  for (const [title, place] of [
    ['Start date', 'startOn'],
    ['Owners', 'ownership.restrictedToOwners'],
    ['Limits for each customer', 'customerConstraints'],
  ] as const) {
    await field(title).getByRole('button', { name: 'Mend it in the draft' }).click();
    await expect(page.locator(`[data-path="${place}"] :focus`)).toHaveCount(1);
    await laurel.menu('go.sync');
  }

  await comparison.getByRole('button', { name: 'Review the push…' }).click();
  const push = page.getByRole('region', { name: 'Requests of the push' });
  await expect(push).toContainText('Held back');
  await expect(push).toContainText('723');
  await look(laurel, 'sync-push-held');
  await push.getByRole('button', { name: 'Mend it in the draft' }).click();
  await expect(page.locator('[data-path="startOn"] :focus')).toHaveCount(1);
  const { data } = (await org.call('GET', `/badgeMeta/${id}`)) as { data: object };
  expect(data).toMatchObject({ startOnISO: '2026-01-01T00:00:00Z', expiresOnISO: '2099-01-01T00:00:00Z' });
});

test(
  'a live fixed window shows its cycles before and after the edit, and the org then does what was shown',
  inTestLong,
  async ({ laurel, page }) => {
    const id = await inOrg({ ...liveBadge, name: 'Streak', customerConstraints: [window] });
    await listenToWire(laurel);
    await laurel.menu('go.sync');
    await connectTo(page, org, 'Rehearsal');
    await adopt(page, 'Streak');
    await editDraft(page, 'Streak', {
      customerConstraints: [{ ...window, durationType: 'MONTHS', refreshRate: null, maxEarnLimit: 4 }],
    });
    await laurel.menu('go.badges');
    await laurel.menu('go.sync');
    await badgeRows(page, 'Rehearsal').filter({ hasText: 'Streak' }).click();
    const comparison = page.getByRole('region', { name: 'Comparison of the draft with Rehearsal' });
    const cycles = (title: string) =>
      comparison
        .locator('div')
        .filter({ has: page.getByRole('heading', { name: title, exact: true, level: 5 }) })
        .last()
        .getByRole('listitem');
    await expect(cycles('Cycles after the edit').nth(3)).toBeVisible();
    const before = await cycles('Cycles now').allTextContents();
    const after = await cycles('Cycles after the edit').allTextContents();
    // The running cycle goes on as it is, also beyond the month's end; whole months follow (W6).
    expect(after[0]).toBe(before[0]);
    expect(after.some((label) => /^1–(28|29|30|31) \w{3} \d{4}: 4$/.test(label))).toBe(true);
    await look(laurel, 'sync-compare-cycles');

    await comparison.getByRole('button', { name: 'Review the push…' }).click();
    await page.getByRole('button', { name: 'Send 1 request to Rehearsal' }).click();
    await expect(page.getByText('1 of 1 done in Rehearsal.')).toBeVisible();
    const { data } = (await org.call('GET', `/badgeMeta/${id}`)) as { data: { customerConstraints: object[] } };
    expect(data.customerConstraints).toMatchObject([
      { durationType: 'DAYS', cycleStatus: 'ACTIVE' },
      { durationType: 'MONTHS', cycleStatus: 'UPCOMING' },
    ]);
  },
);
