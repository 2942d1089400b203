/** What Settings says of updates, in each state that main can tell, and what its buttons ask of main. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import UpdatesSection from '../../../renderer/features/settings/UpdatesSection.svelte';
import { updates } from '../../../renderer/lib/updates.svelte';
import { instantOf } from '../../../shared/domain/instant';
import type { UpdatesState } from '../../../shared/ipc/updates';
import { message } from '../../../shared/words/message';
import { standInForMain } from './page-backend';

const STATE: UpdatesState = {
  ...{ version: '1.2.3', availability: 'feed', managed: null, choice: 'on', work: null, progress: null },
  ...{ lastCheck: null, offered: null, waiting: null },
};

const asked: string[] = [];
let told = STATE;

beforeEach(() => {
  asked.length = 0;
  standInForMain({
    updatesState: () => Promise.resolve(told),
    chooseUpdates: (on) => void asked.push(`choose ${String(on)}`),
    checkForUpdates: () => void asked.push('check'),
    downloadUpdate: () => void asked.push('download'),
    stopUpdate: () => void asked.push('stop'),
  });
});
afterEach(() => {
  updates.state = null;
});

async function show(state: Partial<UpdatesState>): Promise<void> {
  told = { ...STATE, ...state };
  await render(UpdatesSection);
  await expect.element(page.getByText('You have version 1.2.3.')).toBeVisible();
}

const button = (name: string) => page.getByRole('button', { name });

test('who may look is chosen, and looking is asked for', async () => {
  await show({ choice: 'off' });
  await expect.element(page.getByText('Nobody has looked yet.')).toBeVisible();
  const automatic = page.getByRole('switch', { name: 'Look for updates once a day' });
  await expect.element(automatic).not.toBeChecked();
  await automatic.click();
  await button('Check now').click();
  expect(asked).toEqual(['choose true', 'check']);
  expect(button('Download and install on quit').query()).toBeNull();
});

test('a version that is there can be downloaded, and a download that runs can be stopped', async () => {
  const offered = { version: '1.3.0', bytes: 91_000_000, isInstallable: true };
  await show({ offered });
  await expect.element(page.getByText('Version 1.3.0, 91 MB.', { exact: false })).toBeVisible();
  await button('Download and install on quit').click();
  updates.state = { ...told, work: 'downloading', progress: { done: 45_500_000, total: 91_000_000 } };
  await expect.element(page.getByRole('progressbar')).toHaveAttribute('aria-valuetext', 'Downloading: 45.5 of 91 MB');
  expect(button('Check now').query()).toBeNull();
  await button('Cancel').click();
  expect(asked).toEqual(['download', 'stop']);
});

test('a version that waits is named, and nothing is left to ask for', async () => {
  await show({ waiting: '1.3.0', offered: { version: '1.3.0', bytes: 1, isInstallable: true } });
  await expect.element(page.getByText('Version 1.3.0 is ready. It is installed when you quit Laurel.')).toBeVisible();
  expect(page.getByRole('button').all()).toEqual([]);
});

test('what no package can renew is named without a download', async () => {
  await show({ offered: { version: '1.3.0', bytes: 1, isInstallable: false } });
  await expect.element(page.getByText('get it the way you got this one', { exact: false })).toBeVisible();
  expect(button('Download and install on quit').query()).toBeNull();
});

test('a look that failed says why and when', async () => {
  const at = instantOf('2026-05-04T09:30:00Z');
  await show({ lastCheck: { at, result: 'failed', said: message('updates.newest', { version: '9.9.9' }) } });
  const said = page.getByText('You have the newest version, 9.9.9.');
  await expect.element(said).toBeVisible();
  await expect.element(said).toHaveClass(/failed/);
  await expect.element(page.getByText('Last look', { exact: false })).toBeVisible();
});

test('where updates are forbidden, or nobody knows an address, it is said and nothing is offered', async () => {
  await show({ availability: 'managed', managed: message('updates.managedOff', { file: '/etc/laurel/managed.json' }) });
  await expect
    .element(page.getByText('has turned updates off (/etc/laurel/managed.json)', { exact: false }))
    .toBeVisible();
  expect(page.getByRole('button').all()).toEqual([]);
  updates.state = { ...STATE, availability: 'none' };
  await expect.element(page.getByText('This Laurel knows no address for updates.', { exact: false })).toBeVisible();
  expect(page.getByRole('switch').all()).toEqual([]);
});
