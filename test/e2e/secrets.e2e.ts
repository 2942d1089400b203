import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { nodePath } from '../../scripts/bootstrap/pinned-node.mjs';
import { electronPath } from '../../scripts/runtime-path.mjs';
import { CANARY, canaryForms, formsIn } from '../backend/sync/canary-forms';
import { expect, testOfOwnStart as test, type Laurel } from './app';
import { OwnOrg } from './own-org';
import { badgeBody, LIVE } from '../domain/badge-bodies';

const FORMS = canaryForms(CANARY);

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) return [];
    return found.isDirectory() ? filesBelow(file) : found.isFile() ? [file] : [];
  });
}

/** The forms among the strings of a heap snapshot: everything that the process's scripts can still reach. */
function formsInHeap(snapshot: string): string[] {
  const { strings } = JSON.parse(snapshot) as { strings: readonly string[] };
  return FORMS.filter((form) => strings.some((text) => text.includes(form)));
}

async function pageHeap(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  let text = '';
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (text += chunk));
  await session.send('HeapProfiler.takeHeapSnapshot');
  await session.detach();
  return text;
}

async function mainHeap(laurel: Laurel, file: string): Promise<string> {
  await laurel.app.evaluate((_electron, target) => {
    process.getBuiltinModule('node:v8').writeHeapSnapshot(target);
  }, file);
  return readFileSync(file, 'utf8');
}

/** Asks the backend's Node for what it writes into this folder at a signal. */
async function askBackend(laurel: Laurel, folder: string, signal: NodeJS.Signals, ending: string): Promise<string> {
  process.kill(await laurel.backendPid(), signal);
  let text = '';
  await expect
    .poll(
      () => {
        const file = readdirSync(folder).find((name) => name.endsWith(ending));
        if (file === undefined) return false;
        text = readFileSync(path.join(folder, file), 'utf8');
        try {
          JSON.parse(text);
          return true;
        } catch {
          return false;
        }
      },
      { timeout: 60_000 },
    )
    .toBe(true);
  return text;
}

/** What stands in the page's text, attributes and fields. */
async function shownInPage(page: Page): Promise<Buffer> {
  const values = await page.evaluate(() =>
    [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value).join('\n'),
  );
  return Buffer.from(`${await page.content()}\n${values}`);
}

/** Types a connection as a person does, key by key. */
async function typeConnection(page: Page, org: OwnOrg, name: string, auth: 'basic' | 'oauth'): Promise<void> {
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  await page.getByRole('textbox', { name: /^Address/ }).fill(org.url);
  await page.getByRole('radio', { name: /^Practice/ }).click();
  if (auth === 'oauth') await page.getByRole('radio', { name: /OAuth/ }).click();
  await page.getByRole('textbox', { name: auth === 'basic' ? /^User/ : /^Key/ }).fill(CANARY.user);
  await page.locator('input[type=password]').pressSequentially(CANARY.password);
}

const liveBadge = badgeBody({ ...LIVE, name: 'Canary badge' });

test('a secret is gone from the page once it is saved, and in no heap, file, log or crash report', async ({
  laurel,
  userData,
}) => {
  test.skip(process.platform !== 'linux', 'asks for crash reports by signals');
  test.setTimeout(240_000);
  const dumps = path.join(userData, 'dumps');
  const backendReports = path.join(userData, 'backend-reports');
  const heaps = path.join(userData, 'heaps');
  for (const folder of [dumps, backendReports, heaps]) mkdirSync(folder);
  const { hosts } = await electronPath();
  const node = path.join(userData, 'node-with-reports.sh');
  const flags = `--heapsnapshot-signal=SIGUSR2 --report-on-signal --report-signal=SIGQUIT --diagnostic-dir=${backendReports} --report-directory=${backendReports}`;
  writeFileSync(node, `#!/bin/sh\nexec '${nodePath()}' ${flags} "$@"\n`, { mode: 0o700 });

  const org = new OwnOrg(path.join(userData, 'org.sqlite'), CANARY);
  await org.start();
  try {
    const created = await org.call('POST', '/badgeMeta', liveBadge, { 'X-CAP-BADGES-MIGRATION': 'migration' });
    const { id } = created['data'] as { id: string };
    await org.call('POST', `/badgeMeta/${id}/claim`, { ownerType: 'Loyalty', referenceId: '626' });

    const page = await laurel.start({
      env: hosts ? {} : { LAUREL_NODE: node },
      // Laurel itself never asks for crash reports; a person’s system may.
      before: (app) =>
        app.evaluate(
          (electron, [folder, options]) => {
            electron.app.setPath('crashDumps', folder);
            electron.crashReporter.start({ uploadToServer: false, submitURL: '' });
            // The driver takes it out of the environment that main is started with; the backend starts later.
            process.env['NODE_OPTIONS'] = options;
          },
          [dumps, flags] as const,
        ),
    });
    await laurel.menu('go.sync');
    for (const auth of ['basic', 'oauth'] as const) {
      const name = `Canary by ${auth}`;
      await page.getByRole('button', { name: 'Connect', exact: true }).first().click();
      await typeConnection(page, org, name, auth);
      if (auth === 'basic') {
        // While it is typed the page has it, and the search finds what is there.
        expect(formsInHeap(await pageHeap(page))).toContain(CANARY.password);
        expect(formsIn(await shownInPage(page), FORMS)).toContain(CANARY.password);
      }
      await page.getByRole('button', { name: 'Test the connection' }).click();
      await expect(page.getByText(/^Connected: /)).toBeVisible();
      await page.getByRole('button', { name: 'Save the connection' }).click();
      await page.getByRole('button', { name: `Pull from ${name}` }).click();
      const row = page.getByRole('grid', { name: `Badges here and in ${name}` }).getByRole('row');
      await expect(row.filter({ hasText: 'Canary badge' })).toBeVisible();
      await page.getByRole('tab', { name: /^Live jobs/ }).click();
      await page.getByRole('button', { name: 'New live job…' }).click();
      await page.getByRole('combobox', { name: `Badge in ${name}` }).fill('Canary');
      await page.getByRole('option', { name: /^Canary badge/ }).click();
      await page.getByRole('radio', { name: 'Range' }).click();
      await page.getByLabel('Last customer id').fill('100');
      await page.getByRole('button', { name: `Award 100 customers in ${name}` }).click();
      await expect(page.getByText('100 of 100 customers awarded.')).toBeVisible();
    }

    // Where the field stays in the page after saving, nothing brings the secret back into it.
    await page.getByRole('tab', { name: 'Connection' }).click();
    const field = page.locator('input[type=password]');
    await page.getByRole('textbox', { name: /^Key/ }).fill(CANARY.user);
    await field.pressSequentially(CANARY.password);
    await page.getByRole('button', { name: /^Save/ }).click();
    await expect(field).toHaveValue('');
    await field.focus();
    await page.keyboard.press('Control+Z');
    await expect(field).toHaveValue('');
    await laurel.menu('go.activity');
    await expect(page.getByRole('grid', { name: 'What was done, newest first' })).toBeVisible();

    expect(formsIn(await shownInPage(page), FORMS), 'what the page shows').toEqual([]);
    expect(formsInHeap(await pageHeap(page)), 'heap of the page').toEqual([]);
    expect(formsInHeap(await mainHeap(laurel, path.join(heaps, 'main.json'))), 'heap of main').toEqual([]);
    const heap = await askBackend(laurel, backendReports, 'SIGUSR2', '.heapsnapshot');
    expect(heap).toContain('Canary by oauth');
    expect(formsInHeap(heap), 'heap of the backend').toEqual([]);
    await askBackend(laurel, backendReports, 'SIGQUIT', '.json');

    // Both crash.
    laurel.provokes(/backend|crashed/i);
    const backend = await laurel.backendPid();
    process.kill(backend, 'SIGSEGV');
    await laurel.backendPid(backend);
    await expect
      .poll(() => filesBelow(path.join(userData, 'logs')).map((file) => path.basename(file)))
      .toContain('backend-last-death.txt');
    const renderer = await laurel.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    process.kill(renderer ?? 0, 'SIGSEGV');
    const reports = (): string[] => filesBelow(dumps).filter((file) => file.endsWith('.dmp'));
    await expect.poll(reports, { timeout: 30_000 }).not.toEqual([]);
    for (const file of reports()) expect(readFileSync(file).subarray(0, 4).toString()).toBe('MDMP');
  } finally {
    await laurel.quit();
    await org.stop();
  }
  const files = filesBelow(userData).filter((file) => !file.startsWith(heaps) && file !== node);
  expect(files.map((file) => path.basename(file))).toEqual(expect.arrayContaining(['workspace.laurel', 'backend.log']));
  expect(files.filter((file) => formsIn(readFileSync(file), FORMS).length > 0)).toEqual([]);
  expect(formsIn(Buffer.from(laurel.output), FORMS)).toEqual([]);
});
