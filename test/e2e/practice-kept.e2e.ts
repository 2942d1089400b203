import { badgeBody, lasting, LIVE, OWNER } from '../domain/badge-bodies';
import { expect, inTestLong, test } from './app';
import { look } from './look';
import { accessOf, callPractice, openPractice, startPractice, type Access } from './practice-access';

const MIGRATION = { 'x-cap-badges-migration': 'migration' };

async function claimedBadge(access: Access): Promise<string> {
  const badge = badgeBody({ ...LIVE, name: 'Running badge', earnedBadgeExpiry: lasting(30, 'DAYS') });
  const { id } = (await callPractice(access, 'POST', '/badgeMeta', badge, MIGRATION))['data'] as { id: string };
  await callPractice(access, 'POST', `/badgeMeta/${id}/claim`, OWNER);
  return id;
}

test('one click connects Laurel, and a live job goes on by itself after a restart, at the same address', async ({
  laurel,
  page: first,
}) => {
  let page = first;
  const access = await startPractice(laurel);
  const id = await claimedBadge(access);
  await look(laurel, 'practice-connect-button');
  await page.getByRole('button', { name: 'Connect Laurel to this' }).click();
  await page.getByRole('button', { name: 'Pull from Practice org' }).click();
  await expect(page.getByText('Last pulled')).toBeVisible();

  // Slowly, so that much of it is left when Laurel ends.
  await page.getByRole('tab', { name: 'Connection', exact: true }).click();
  for (const [label, value] of [
    ['Customers in one request', '10'],
    ['Requests at once', '1'],
    ['Requests a second', '4'],
  ] as const) {
    await page.getByLabel(label).fill(value);
  }
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await page.getByRole('tab', { name: /^Live jobs/ }).click();
  await page.getByRole('button', { name: /^New( live job)?…$/ }).click();
  await page.getByRole('combobox', { name: 'Badge in Practice org' }).fill('Running');
  await page.getByRole('option', { name: /^Running badge/ }).click();
  await page.getByRole('radio', { name: 'Range' }).click();
  await page.getByLabel('Last customer id').fill('200');
  await page.getByRole('button', { name: 'Award 200 customers in Practice org' }).click();
  const told = () => page.getByRole('status').filter({ hasText: /customers awarded/ });
  await expect(told()).toContainText(/[1-9]\d*0 of 200 customers awarded/);

  page = await laurel.restart();
  await laurel.menu('go.sync');
  const countOf = async (): Promise<number> =>
    ((await callPractice(access, 'GET', `/badgeMeta/${id}`))['data'] as { earnedCount: number }).earnedCount;
  await expect.poll(async () => countOf().catch(() => 0), { timeout: 60_000 }).toBe(200);
  await openPractice(laurel);
  expect(await accessOf(page)).toEqual(access);
});

test('states are saved under names and restored, and what was made since is gone', async ({ laurel, page }) => {
  const access = await startPractice(laurel);
  await claimedBadge(access);
  await page.getByRole('tab', { name: 'States' }).click();
  await page.getByRole('textbox', { name: 'Name of the state' }).fill('Before the launch');
  await page.getByRole('button', { name: 'Save the state' }).click();
  const states = page.getByRole('list', { name: 'Saved states' });
  await expect(states.getByRole('listitem')).toHaveCount(1);
  await callPractice(access, 'POST', '/badgeMeta', badgeBody({ ...LIVE, name: 'Second badge' }), MIGRATION);
  await states.getByRole('button', { name: 'More about “Before the launch”' }).click();
  await page.getByRole('menuitem', { name: 'Copy it' }).click();
  await expect(states.getByRole('listitem')).toHaveCount(2);
  await look(laurel, 'practice-states');

  await states.getByRole('button', { name: 'Restore “Before the launch”' }).click();
  const asked = page.getByRole('alertdialog');
  await expect(asked).toContainText('2 badges');
  await asked.getByRole('button', { name: 'Restore', exact: true }).click();
  await expect(page.getByText('The practice org is as “Before the launch” says.')).toBeVisible();
  const { data } = (await callPractice(access, 'GET', '/badgeMeta')) as {
    data: { metaBasicDetails: { name: string }[] };
  };
  expect(data.metaBasicDetails.map(({ name }) => name)).toEqual(['Running badge']);
});

test(
  'a preset is one click, says what it does, and the clock can stand still',
  inTestLong,
  async ({ laurel, page }) => {
    const access = await startPractice(laurel);
    await page.getByRole('tab', { name: 'Faults' }).click();
    const preset = page.getByRole('button', { name: '100 requests a minute' });
    await preset.click();
    await expect(preset).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('switch', { name: /429 Too many requests.*beyond 100 a minute/ })).toBeChecked();
    await look(laurel, 'practice-presets');
    await expect
      .poll(async () => {
        const answers = await Promise.all(Array.from({ length: 110 }, () => callPractice(access, 'GET', '/badgeMeta')));
        return answers.filter(({ data }) => data === null).length;
      })
      .toBeGreaterThan(0);
    await preset.click();
    await expect(page.getByText('Nothing goes wrong now: no fault is on.')).toBeVisible();

    await page.getByRole('tab', { name: 'Set-up' }).click();
    await page.getByRole('switch', { name: 'The clock stands still' }).click();
    await expect(page.getByRole('textbox', { name: /^It stands at/ })).toBeVisible();
    await look(laurel, 'practice-clock');
    const moved = await fetch(`${access.url}/__practice/clock`, {
      method: 'PUT',
      headers: {
        authorization: `Basic ${Buffer.from(`${access.user}:${access.password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ now: '2030-05-01T12:00:00Z' }),
    });
    expect(moved.status).toBe(200);
    await expect(page.getByRole('textbox', { name: /^It stands at/ })).toHaveValue(/2030/);
  },
);
