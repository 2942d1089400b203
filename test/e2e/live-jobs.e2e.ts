import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { scenarioBody } from '../simulation/scenarios';
import { expect, inTestLong, test } from './app';
import { connectTo } from './connect';
import { look } from './look';
import { OwnOrg } from './own-org';
import { begin, callBackend, listenToWire } from './page-wire';
import { badgeBody, enrolFirst, lasting, LIVE, OWNER } from '../domain/badge-bodies';

const ACCESS = { user: 'laurel-tester', password: 'a password of the practice org' };

const direct = badgeBody({
  ...LIVE,
  name: 'Running badge',
  earnedBadgeExpiry: lasting(30, 'DAYS'),
});

/** Makes a claimed badge in the org, as somebody else would. */
async function claimed(org: OwnOrg, badge: object): Promise<string> {
  const created = await org.call('POST', '/badgeMeta', badge, { 'X-CAP-BADGES-MIGRATION': 'migration' });
  const { id } = created['data'] as { id: string };
  await org.call('POST', `/badgeMeta/${id}/claim`, OWNER);
  return id;
}

async function countsOf(org: OwnOrg, id: string): Promise<{ earnedCount: number; issuedCount: number }> {
  const answer = await org.call('GET', `/badgeMeta/${id}?includeStatistics=true`);
  return answer['data'] as { earnedCount: number; issuedCount: number };
}

async function composeJob(page: Page, org: string): Promise<void> {
  await page.getByRole('tab', { name: /^Live jobs/ }).click();
  await page.getByRole('button', { name: /^New( live job)?…$/ }).click();
  await page.getByRole('combobox', { name: `Badge in ${org}` }).fill('Running');
  await page.getByRole('option', { name: /^Running badge/ }).click();
  await expect(page.getByRole('combobox', { name: /In the name of/ })).toContainText('Loyalty 626');
}

async function startJob(page: Page, org: string, customers: number): Promise<void> {
  await composeJob(page, org);
  await page.getByRole('radio', { name: 'Range' }).click();
  await page.getByLabel('Last customer id').fill(String(customers));
  await page.getByRole('button', { name: `Award ${customers.toLocaleString('en-US')} customers in ${org}` }).click();
}

/** The sentence that tells how far the job is. */
const told = (page: Page) => page.getByRole('status').filter({ hasText: /customers awarded/ });
/** Customers served, as the job's sentence says. */
async function servedIn(page: Page): Promise<number> {
  return Number(((await told(page).textContent()) ?? '').trim().split(' ')[0]?.replaceAll(',', ''));
}
const chip = (page: Page, text: string) => page.locator('header').getByText(text, { exact: true });

const SLOW = { chunkSize: 10, parallel: 1, perSecond: 4 };

let org: OwnOrg;
test.beforeEach(async ({ userData }) => {
  org = new OwnOrg(path.join(userData, 'org.sqlite'), ACCESS);
  await org.start();
});
test.afterEach(() => org.stop());

test('before the first request the form says what would be refused, mends it, and is kept over a restart', async ({
  laurel,
  page,
}) => {
  const limit = { constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 1 };
  const made = async (badge: object): Promise<string> => {
    const created = await org.call('POST', '/badgeMeta', badge, { 'X-CAP-BADGES-MIGRATION': 'migration' });
    return (created['data'] as { id: string }).id;
  };
  const id = await made({ ...direct, badgeConstraints: [limit] });
  await made({ ...direct, name: 'Waiting badge', startOn: '2098-01-01T00:00:00Z' });
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal');
  await page.getByRole('tab', { name: /^Live jobs/ }).click();
  await page.getByRole('button', { name: /^New( live job)?…$/ }).click();
  const badge = page.getByRole('combobox', { name: 'Badge in Rehearsal' });
  const ahead = page.getByRole('region', { name: 'Before the first request' });
  await badge.fill('Waiting');
  await page.getByRole('option', { name: /^Waiting badge/ }).click();
  await expect(ahead).toContainText('The badge is not live before');
  await badge.fill('Running');
  await page.getByRole('option', { name: /^Running badge/ }).click();
  await page.getByRole('radio', { name: 'Paste' }).click();
  await page.getByRole('textbox', { name: /^Customer/ }).fill('1 2 2 nobody');
  await page.getByLabel('Reference id').fill('626');
  await expect(ahead).toContainText('Loyalty 626 has not claimed the badge');
  await expect(ahead).toContainText('at most 1 of 2 customers get it');
  await expect(ahead).toContainText(/Customers to send\s*2\s*Bad\s*1\s*Named again\s*1/);
  await ahead.scrollIntoViewIfNeeded();
  await look(laurel, 'sync-job-look-refused');

  // The form waits while something else is done, and while Laurel is closed.
  await page.getByRole('tab', { name: 'Badges' }).click();
  await page.getByRole('tab', { name: /^Live jobs/ }).click();
  await expect(page.getByRole('textbox', { name: /^Customer/ })).toHaveValue('1 2 2 nobody');
  await page.waitForTimeout(600);
  await laurel.quit();
  const again = await laurel.start();
  await laurel.menu('go.sync');
  await again.getByRole('tab', { name: /^Live jobs/ }).click();
  await expect(again.getByRole('textbox', { name: /^Customer/ })).toHaveValue('1 2 2 nobody');
  const region = again.getByRole('region', { name: 'Before the first request' });
  await region.getByRole('button', { name: 'Claim it for Loyalty 626' }).click();
  await expect(region).not.toContainText('has not claimed');
  await region.scrollIntoViewIfNeeded();
  await look(laurel, 'sync-job-look-some');
  await again.getByRole('button', { name: /^Award .*customers in Rehearsal$/ }).click();
  await expect(told(again)).toContainText('1 of 4 customers awarded, 3 refused.');
  expect((await countsOf(org, id)).earnedCount).toBe(1);
});

test(
  'a request refused as a whole is asked about; once its cause is mended it is tried again',
  inTestLong,
  async ({ laurel, page }) => {
    const id = await claimed(org, direct);
    await laurel.menu('go.sync');
    await connectTo(page, org, 'Rehearsal', SLOW);
    await startJob(page, 'Rehearsal', 40);
    await expect.poll(() => servedIn(page)).toBeGreaterThan(0);
    await org.call('POST', `/badgeMeta/${id}/unclaim`, OWNER);
    await expect(chip(page, 'Paused')).toBeVisible();
    await expect(page.getByText(/refused everybody in one request for the same reason/)).toBeVisible();
    await look(laurel, 'sync-job-asks');
    await org.call('POST', `/badgeMeta/${id}/claim`, OWNER);
    await page.getByRole('button', { name: /^Retry 10 refused customers/ }).click();
    await expect(told(page)).toContainText('40 of 40 customers awarded.');
  },
);

test('a job is paused, goes on, and is cancelled; who was not sent by then was not sent', async ({ laurel, page }) => {
  const id = await claimed(org, direct);
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal', { ...SLOW, chunkSize: 5, perSecond: 20 });
  await startJob(page, 'Rehearsal', 3000);
  await expect.poll(() => servedIn(page)).toBeGreaterThan(0);
  await look(laurel, 'sync-job-running');
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(chip(page, 'Paused')).toBeVisible();
  await expect.poll(async () => (await countsOf(org, id)).earnedCount).toBe(await servedIn(page));
  const paused = await servedIn(page);
  await look(laurel, 'sync-job-paused');
  expect((await countsOf(org, id)).earnedCount, 'nothing is sent while it is paused').toBe(paused);

  await page.getByRole('button', { name: 'Go on', exact: true }).click();
  await expect(chip(page, 'Running')).toBeVisible();
  await expect.poll(() => servedIn(page)).toBeGreaterThan(paused);

  await page.getByRole('button', { name: 'Cancel…' }).click();
  await page.getByRole('button', { name: 'Cancel the job' }).click();
  await expect(chip(page, 'Cancelled')).toBeVisible();
  await expect(told(page)).toContainText('never sent');
  const served = await servedIn(page);
  expect((await countsOf(org, id)).earnedCount).toBe(served);
  expect(served).toBeLessThan(3000);
  await expect(page.getByRole('button', { name: 'Go on', exact: true })).toBeHidden();
});

test(
  'refused customers say why and what to do, are tried again, and all results go to a file',
  inTestLong,
  async ({ laurel, page, userData }) => {
    const id = await claimed(org, { ...direct, ...enrolFirst() });
    // Three of five, so that no request is refused as a whole.
    const isEnrolled = (customer: number): boolean => customer % 5 < 3;
    const enrol = (requestId: string, isWanted: (customer: number) => boolean) =>
      org.call('POST', '/badgeMeta/customer/issueBulk', {
        ...{ badgeMetaId: id, requestId, triggeredBy: OWNER },
        customers: Array.from({ length: 100 }, (_, index) => index + 1).filter(isWanted),
      });
    await enrol('first', isEnrolled);
    await laurel.menu('go.sync');
    await connectTo(page, org, 'Rehearsal');
    await startJob(page, 'Rehearsal', 100);
    await expect(told(page)).toContainText('60 of 100 customers awarded, 40 refused.');
    const why = page.getByRole('list', { name: 'Why customers were refused' });
    await expect(why).toContainText('811');
    await expect(why).toContainText('Enrol these customers first');
    await look(laurel, 'sync-job-refused');
    const customers = page.getByRole('grid', { name: 'Customers of the job' });
    await page.getByRole('combobox', { name: 'State' }).click();
    await page.getByRole('option', { name: /^Refused/ }).click();
    await expect(customers.getByRole('row').nth(1)).toContainText('3');
    await expect(customers.getByText('811 · Was not enrolled', { exact: false }).first()).toBeVisible();

    const file = path.join(userData, 'results.csv');
    await laurel.chooseInSaveDialog(file);
    await page.getByRole('button', { name: 'Export table' }).click();
    await expect(page.getByText('100 rows were written to results.csv.')).toBeVisible();
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
    expect(lines[0]).toBe('\ufeffrow,customer,state,id,code,message');
    expect(lines[1]).toMatch(/^1,1,done,[0-9a-f]{24},,/);
    expect(lines[99]).toMatch(/^99,99,refused,,811,./);

    const pack = path.join(userData, 'job.zip');
    await laurel.chooseInSaveDialog(pack);
    await page.getByRole('button', { name: 'Audit pack …' }).click();
    await expect(page.getByText('100 rows were written to job.zip.')).toBeVisible();
    expect((await readFile(pack, 'latin1')).slice(-400)).toContain('manifest.json');

    await enrol('others', (customer) => !isEnrolled(customer));
    await page.getByRole('button', { name: 'Retry 40 refused customers' }).click();
    await expect(told(page)).toContainText('100 of 100 customers awarded.');
    await expect(chip(page, 'Finished')).toBeVisible();
    expect(await countsOf(org, id)).toMatchObject({ issuedCount: 100, earnedCount: 100 });

    // Lines that are refused here, for reasons without a code, stand beside each other.
    await composeJob(page, 'Rehearsal');
    await page.getByRole('radio', { name: 'Paste' }).click();
    await page.getByRole('textbox', { name: /^Customer/ }).fill('1 1 nobody');
    await page.getByRole('button', { name: /^Award .* in Rehearsal$/ }).click();
    await expect(told(page)).toContainText('1 of 3 customers awarded, 2 refused.');
    await expect(why.getByRole('listitem')).toHaveCount(2);
  },
);

test('a job survives quitting and starting again: it goes on by itself, and nobody is served twice', async ({
  laurel,
  page,
}) => {
  const id = await claimed(org, direct);
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal', { chunkSize: 20, parallel: 2, perSecond: 20 });
  await startJob(page, 'Rehearsal', 2400);
  await expect.poll(() => servedIn(page)).toBeGreaterThan(100);
  await laurel.quit();
  const before = (await countsOf(org, id)).earnedCount;
  expect(before).toBeLessThan(2400);

  const again = await laurel.start();
  await laurel.menu('go.sync');
  await again.getByRole('tab', { name: /^Live jobs/ }).click();
  await again.getByRole('button', { name: /^Award “Running badge”/ }).click();
  await expect(told(again)).toContainText('2,400 of 2,400 customers awarded.', { timeout: 60_000 });
  expect((await countsOf(org, id)).earnedCount).toBe(2400);
  const customers = again.getByRole('grid', { name: 'Customers of the job' });
  await expect(customers.getByRole('row').nth(1)).toContainText('Done');
});

test(
  'main is killed in the middle of a job: the backend ends with it, and the next start goes on',
  inTestLong,
  async ({ laurel, page }) => {
    const id = await claimed(org, direct);
    await laurel.menu('go.sync');
    await connectTo(page, org, 'Rehearsal', { chunkSize: 20, parallel: 2, perSecond: 40 });
    await startJob(page, 'Rehearsal', 600);
    await expect.poll(() => servedIn(page)).toBeGreaterThan(100);
    await laurel.killMain();

    // The workspace is free for the next start without anybody's help.
    const again = await laurel.start();
    await expect(again.getByRole('alert')).toHaveCount(0);
    await laurel.menu('go.sync');
    await again.getByRole('button', { name: /^Rehearsal/ }).click();
    await again.getByRole('tab', { name: /^Live jobs/ }).click();
    await again.getByRole('button', { name: /^Award “Running badge”/ }).click();
    await expect(told(again)).toContainText('600 of 600 customers awarded.', { timeout: 60_000 });
    expect((await countsOf(org, id)).earnedCount).toBe(600);
  },
);

test('after “Start it again” the job goes on, and Sync shows it as it is', inTestLong, async ({ laurel, page }) => {
  laurel.provokes(/backend/i);
  const id = await claimed(org, direct);
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal', { chunkSize: 10, parallel: 1, perSecond: 20 });
  await startJob(page, 'Rehearsal', 400);
  await expect.poll(() => servedIn(page)).toBeGreaterThan(20);
  const first = await laurel.killBackend();
  await laurel.backendPid(first);
  await expect.poll(() => servedIn(page)).toBeGreaterThan(40);
  await laurel.killBackend();
  await expect(page.getByRole('alert')).toContainText('nobody is served twice');
  await expect(page.getByRole('alert')).not.toContainText('none of its customers');
  await look(laurel, 'engine-stopped-in-a-job');
  await page.getByRole('button', { name: 'Start it again' }).click();
  await page.getByRole('tab', { name: /^Live jobs/ }).click();
  await page.getByRole('button', { name: /^Award “Running badge”/ }).click();
  await expect(told(page)).toContainText('400 of 400 customers awarded.', { timeout: 60_000 });
  await expect(chip(page, 'Finished')).toBeVisible();
  expect((await countsOf(org, id)).earnedCount).toBe(400);
});

test(
  'a job waits while the org is away, says so, and goes on by itself when it is back',
  inTestLong,
  async ({ laurel, page }) => {
    const id = await claimed(org, direct);
    await laurel.menu('go.sync');
    await connectTo(page, org, 'Rehearsal', SLOW);
    await startJob(page, 'Rehearsal', 160);
    await expect.poll(() => servedIn(page)).toBeGreaterThan(0);
    await org.stop();
    await expect(chip(page, 'Waiting for the org')).toBeVisible();
    await expect(page.getByText(/goes on by itself/)).toBeVisible();
    await expect(page.getByText('Offline', { exact: true }).first()).toBeVisible();
    await look(laurel, 'sync-job-waiting');
    await org.start();
    await expect(told(page)).toContainText('160 of 160 customers awarded.', { timeout: 90_000 });
    expect((await countsOf(org, id)).earnedCount).toBe(160);
  },
);

test(
  'the customers of a local result, and those whom a simulation served, go to the org',
  inTestLong,
  async ({ laurel, page }) => {
    const id = await claimed(org, direct);
    await listenToWire(laurel);
    const body = JSON.stringify(direct);
    const local = (await callBackend(page, 'badges.create', { body, migration: true })) as { id: string };
    await callBackend(page, 'badges.claim', { id: local.id, ...OWNER });
    const customers = { kind: 'paste', text: '5 6 nobody 7' };
    await begin(page, 'issuance.run', { badgeId: local.id, action: 'award', owner: OWNER, customers });
    await begin(page, 'simulation.run', { body: scenarioBody({ name: 'Spring' }) });
    const kept = async () =>
      ((await callBackend(page, 'simulation.list', {})) as { rows: { name: string }[] }).rows.map(({ name }) => name);
    await expect.poll(kept).toEqual(['Spring']);

    await laurel.menu('go.sync');
    await connectTo(page, org, 'Rehearsal');
    await composeJob(page, 'Rehearsal');
    await page.getByRole('radio', { name: 'A local result' }).click();
    await page.getByRole('combobox', { name: /^Local result/ }).click();
    await page.getByRole('option', { name: /^Running badge: 3 customers/ }).click();
    await page.getByRole('button', { name: 'Award 3 customers in Rehearsal' }).click();
    await expect(told(page)).toContainText('3 of 3 customers awarded.');
    expect((await countsOf(org, id)).earnedCount).toBe(3);

    await composeJob(page, 'Rehearsal');
    await page.getByRole('radio', { name: 'A simulation' }).click();
    await page.getByRole('combobox', { name: /^Simulation/ }).click();
    await page.getByRole('option', { name: /^Spring: Test badge/ }).click();
    await look(laurel, 'sync-job-simulation');
    await page.getByRole('button', { name: 'Award the served customers in Rehearsal' }).click();
    await expect(chip(page, 'Finished')).toBeVisible();
    const served = await servedIn(page);
    expect(served).toBeGreaterThan(3);
    expect((await countsOf(org, id)).earnedCount).toBe(3 + served);
  },
);

test('jobs wait for their turn and for a time, over a restart; one is moved, one is taken back into the form', async ({
  laurel,
  page,
}) => {
  const first = await claimed(org, direct);
  const second = await claimed(org, { ...direct, name: 'Second badge' });
  await laurel.menu('go.sync');
  await connectTo(page, org, 'Rehearsal', { ...SLOW, chunkSize: 2, perSecond: 12 });
  await startJob(page, 'Rehearsal', 2000);
  await expect.poll(() => servedIn(page)).toBeGreaterThan(0);

  const compose = async (of: Page): Promise<void> => {
    await of.getByRole('button', { name: 'New…' }).click();
    await of.getByRole('combobox', { name: 'Badge in Rehearsal' }).fill('Second');
    await of.getByRole('option', { name: /^Second badge/ }).click();
    await of.getByRole('radio', { name: 'Range' }).click();
    await of.getByLabel('Last customer id').fill('20');
  };
  await compose(page);
  const behind = page.getByRole('button', { name: 'Award 20 customers in Rehearsal, after the others' });
  await expect(behind).toBeEnabled();
  await page.getByRole('radio', { name: 'At a time' }).scrollIntoViewIfNeeded();
  await look(laurel, 'sync-job-begin');
  await behind.click();
  await expect(page.getByText(/Waits for its turn: no\. 1 of 1\. Before it: Award “Running badge”/)).toBeVisible();

  await compose(page);
  await page.getByRole('radio', { name: 'At a time' }).click();
  await page.getByRole('textbox', { name: /^Date and time/ }).fill('2098-01-01 02:00');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: /^Award 20 customers in Rehearsal, on .*2098/ }).click();
  await expect(page.getByText(/Starts by itself on .*2098/)).toBeVisible();
  await look(laurel, 'sync-job-waits');

  await laurel.quit();
  const again = await laurel.start();
  await laurel.menu('go.sync');
  await again.getByRole('tab', { name: /^Live jobs/ }).click();
  await again.getByRole('button', { name: /Second badge.*2098/ }).click();
  await again.getByRole('button', { name: 'Change in the form' }).click();
  await expect(again.getByRole('textbox', { name: /^Date and time/ })).toHaveValue(/2098/);
  expect((await countsOf(org, second)).earnedCount).toBe(0);
  await again.getByRole('button', { name: /Running badge/ }).click();
  await again.getByRole('button', { name: 'Cancel…' }).click();
  await again.getByRole('button', { name: 'Cancel the job' }).click();
  // The next begins by itself, once that one is over.
  await again.getByRole('button', { name: /Second badge.*20 of 20/ }).click();
  await expect(told(again)).toContainText('20 of 20 customers awarded.');
  expect((await countsOf(org, second)).earnedCount).toBe(20);
  expect((await countsOf(org, first)).earnedCount).toBeLessThan(2000);
});
