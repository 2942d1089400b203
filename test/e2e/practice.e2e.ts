import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, inTestLong, type Laurel, test } from './app';
import { look } from './look';
import { sendToPractice, startPractice } from './practice-access';

const run = promisify(execFile);

async function openSync(laurel: Laurel): Promise<void> {
  await laurel.menu('go.sync');
  await expect(laurel.page.getByRole('heading', { name: 'Practice org', exact: true })).toBeVisible();
}

/** A real HTTP client in a process of its own, for a shell's line as it stands in the window. */
async function paste(page: Page, title: RegExp): Promise<Record<string, unknown>> {
  const command = await page.getByRole('listitem').filter({ hasText: title }).locator('code').textContent();
  const { stdout } = await run('/bin/sh', ['-c', command ?? '']);
  return JSON.parse(stdout) as Record<string, unknown>;
}

async function showTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click();
}

test('the ready-made commands run as they are, and the window follows each call', async ({ laurel, page }) => {
  await openSync(laurel);
  await look(laurel, 'practice-stopped');
  const access = await startPractice(laurel);
  expect(access.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await expect(page.getByText('No button reaches a live org')).toHaveCount(1);

  const created = await paste(page, /Make a badge/);
  expect(created).toMatchObject({ errors: [] });
  await expect(page.getByRole('listitem').filter({ hasText: /^Claim/ })).toBeVisible();
  expect(await paste(page, /^Claim/)).toMatchObject({ errors: null });
  expect(await paste(page, /^Award/)).toMatchObject({ errors: [], data: { customerId: 1 } });
  expect(await paste(page, /List the badges/)).toMatchObject({ errors: [] });
  expect(await paste(page, /Get an access token/)).toMatchObject({ data: { ttlSeconds: 3600 } });
  const figures = page.getByLabel('What the practice org holds');
  await expect(figures).toContainText('Awards 1');
  await expect(figures).toContainText('Calls answered 5');
  await look(laurel, 'practice-connect');

  await showTab(page, 'Calls');
  const calls = page.getByRole('grid', { name: 'Calls, newest first' });
  await expect(calls.getByRole('row')).toHaveCount(6);
  await sendToPractice(access, 'POST', '/badgeMeta', { name: 'Wrong', startOn: 'never' });
  await expect(calls.getByRole('row')).toHaveCount(7);
  const latest = calls.getByRole('row').nth(1);
  await expect(latest).toContainText('POST');
  await expect(latest).toContainText('400');
  await latest.click();
  const detail = page.getByRole('region', { name: 'Request and answer' });
  await expect(detail.getByRole('region', { name: 'Body of the request' })).toContainText('"startOn": "never"');
  await expect(detail.getByRole('region', { name: 'Body of the answer' })).toContainText('"errors": [');
  await detail
    .getByRole('button', { name: /Headers/ })
    .first()
    .click();
  await expect(detail).toContainText('password not shown');
  expect(await page.locator('main').textContent()).not.toContain(access.password);
  await look(laurel, 'practice-calls');

  await showTab(page, 'Badges');
  const badge = page
    .getByRole('grid', { name: /Badges of the practice org/ })
    .getByRole('row')
    .nth(1);
  await expect(badge).toContainText('Practice badge');
  await badge.click();
  await expect(page.getByText('Loyalty 626').first()).toBeVisible();
  const awards = page.getByRole('grid', { name: 'Awards, newest first' });
  await expect(awards.getByRole('row')).toHaveCount(2);
  const { id } = created['data'] as { id: string };
  for (const customerId of [2, 3]) {
    await sendToPractice(access, 'POST', '/customer/earn', {
      badgeMetaId: id,
      customerId,
      requestId: `e2e-${customerId}`,
      triggeredBy: { ownerType: 'Loyalty', referenceId: '626' },
    });
  }
  await expect(awards.getByRole('row')).toHaveCount(4);
  await expect(badge).toContainText('3');
  await look(laurel, 'practice-org');

  // It goes on while other screens are used, and says so on each of them.
  await laurel.menu('go.badges');
  expect((await sendToPractice(access, 'GET', '/badgeMeta')).status).toBe(200);
  await expect(page.getByRole('navigation', { name: 'Screens' })).toContainText('Practice org');
  await laurel.menu('practice.toggle');
  await expect(page.getByRole('heading', { name: 'The practice org is not running' })).toBeVisible();
  await expect(sendToPractice(access, 'GET', '/badgeMeta')).rejects.toThrow();
});

test(
  'copies the password, and a page that is loaded again finds the practice org running',
  inTestLong,
  async ({ laurel, page }) => {
    const access = await startPractice(laurel);
    await page.getByRole('button', { name: 'Copy the password' }).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await laurel.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(access.password);
    await sendToPractice(access, 'GET', '/badgeMeta');
    await page.reload();
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await showTab(page, 'Calls');
    await expect(page.getByRole('grid', { name: 'Calls, newest first' }).getByRole('row')).toHaveCount(2);
  },
);

test(
  'faults are made in a form, hold from the next call on, and count what they strike',
  inTestLong,
  async ({ laurel, page }) => {
    const access = await startPractice(laurel);
    await showTab(page, 'Faults');
    await expect(page.getByText('Nothing goes wrong now')).toBeVisible();
    await page.getByRole('button', { name: 'Add a fault' }).click();
    await page.getByLabel('Share of them').fill('100');
    await page.getByRole('combobox', { name: 'With which calls' }).fill('List badges');
    await page.getByRole('option', { name: 'List badges' }).click();
    await page.getByLabel('Retry-After').fill('9');
    await expect(page.getByText('1 fault is on and struck 0 calls so far.')).toBeVisible();
    await expect
      .poll(async () => {
        const answer = await sendToPractice(access, 'GET', '/badgeMeta');
        return [answer.status, answer.headers.get('retry-after')];
      })
      .toEqual([429, '9']);
    await expect(page.getByText(/struck [1-9]\d* calls? so far/)).toBeVisible();
    expect((await sendToPractice(access, 'GET', '/orgMeta')).status).not.toBe(429);
    await look(laurel, 'practice-faults');
    await page.getByRole('button', { name: 'All off' }).click();
    await expect(page.getByText('Nothing goes wrong now')).toBeVisible();
    await expect.poll(async () => (await sendToPractice(access, 'GET', '/badgeMeta')).status).toBe(200);
  },
);

test(
  'a taken port is said plainly and left with one click; kept data outlives a restart and can be emptied',
  inTestLong,
  async ({ laurel, page }) => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    try {
      await openSync(laurel);
      await showTab(page, 'Set-up');
      await page.getByLabel('Port', { exact: true }).fill(String(port));
      await page.getByRole('button', { name: 'Start', exact: true }).first().click();
      await expect(page.getByRole('alert')).toContainText(`Port ${port} is taken by another program`);
      await look(laurel, 'practice-port-taken');
      await page.getByRole('button', { name: 'Start on any free port' }).click();
      await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    } finally {
      other.close();
    }
    await page.getByRole('switch', { name: 'Allow badges that start in the past' }).click();
    await look(laurel, 'practice-setup');
    await showTab(page, 'Connect');
    expect(await paste(page, /Make a badge/)).toMatchObject({ errors: [] });
    await expect(page.getByLabel('What the practice org holds')).toContainText('Badges 1');

    const restarted = await laurel.restart();
    await openSync(laurel);
    // It ran when Laurel ended.
    await expect(restarted.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await expect(restarted.getByLabel('What the practice org holds')).toContainText('Badges 1');
    await showTab(restarted, 'Set-up');
    await expect(restarted.getByRole('switch', { name: 'Allow badges that start in the past' })).toBeChecked();
    await restarted.getByRole('button', { name: 'Empty the practice org…' }).click();
    await restarted.getByRole('button', { name: 'Empty it' }).click();
    await showTab(restarted, 'Connect');
    await expect(restarted.getByLabel('What the practice org holds')).toContainText('Badges 0');
  },
);

test(
  'it ends with Laurel’s engine, and starts again with the next one, as it was',
  inTestLong,
  async ({ laurel, page }) => {
    const access = await startPractice(laurel);
    const before = await laurel.backendPid();
    await laurel.killBackend();
    await laurel.backendPid(before);
    await expect
      .poll(async () => (await sendToPractice(access, 'GET', '/badgeMeta').catch(() => null))?.status)
      .toBe(200);
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  },
);

test(
  'one that lives in memory is gone with Laurel’s engine, and the window says so',
  inTestLong,
  async ({ laurel, page }) => {
    await openSync(laurel);
    await showTab(page, 'Set-up');
    await page.getByRole('switch', { name: 'Keep its data' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).first().click();
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await laurel.killBackend();
    await expect(page.getByText('stopped together with Laurel’s engine')).toBeVisible();
    await page.getByRole('button', { name: 'Start', exact: true }).first().click();
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
  },
);
