/** The three steps of a first start: what each keeps, and what one that is skipped leaves. */
import { beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { locale } from '../../../renderer/lib/locale.svelte';
import { words } from '../../../renderer/lib/say.svelte';
import { workspace } from '../../../renderer/lib/workspace.svelte';
import FirstStart from '../../../renderer/shell/FirstStart.svelte';
import { saidFailure } from '../../ipc/said-failure';
import { answerPage, standInForMain } from '../settings/page-backend';

const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const asked: string[] = [];
let refuses = false;

beforeEach(() => {
  asked.length = 0;
  refuses = false;
  workspace.settings = { ...workspace.settings, timeZone: here };
  standInForMain({
    setLanguage: () => undefined,
    moveWorkspace: () => void asked.push('move'),
    openWorkspace: () => {
      asked.push('open');
      return Promise.resolve();
    },
  });
  answerPage({
    'settings.update': ({ timeZone }) => {
      if (refuses) throw saidFailure('database', 'The disk is full.');
      asked.push(`zone ${String(timeZone)}`);
      return { ...workspace.settings, timeZone: timeZone ?? here };
    },
  });
});

const button = (name: string) => page.getByRole('button', { name });

test('three steps, each of which can be skipped, change nothing', async () => {
  await render(FirstStart, { open: true });
  await expect.element(page.getByText('Which language?')).toBeVisible();
  await expect.element(page.getByText('Step 1 of 3')).toBeVisible();
  await button('Skip').click();
  await expect
    .element(page.getByText(`This computer is in ${here}. Where this step is skipped, the workspace is, too.`))
    .toBeVisible();
  await button('Skip').click();
  await expect.element(page.getByText('Step 3 of 3')).toBeVisible();
  expect(button('Skip').query()).toBeNull();
  await button('Back').click();
  await expect.element(page.getByText('Step 2 of 3')).toBeVisible();
  await button('Skip').click();
  await button('Begin').click();
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  expect(asked).toEqual([]);
});

test('a workspace in another zone says that it stays there', async () => {
  workspace.settings = { ...workspace.settings, timeZone: 'Pacific/Apia' };
  await render(FirstStart, { open: true });
  await button('Skip').click();
  await expect.element(page.getByText('the workspace stays in Pacific/Apia', { exact: false })).toBeVisible();
});

test('a zone is kept when a person goes on, and one that cannot be kept stays the question', async () => {
  await render(FirstStart, { open: true });
  await button('Next').click();
  await userEvent.fill(page.getByRole('combobox', { name: 'Time zone' }), 'Apia');
  await page.getByRole('option', { name: /Pacific\/Apia/ }).click();
  expect(asked).toEqual([]);
  refuses = true;
  await button('Next').click();
  await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full.');
  await expect.element(page.getByText('Step 2 of 3')).toBeVisible();
  refuses = false;
  await button('Next').click();
  await expect.element(page.getByText('Step 3 of 3')).toBeVisible();
  expect(asked).toEqual(['zone Pacific/Apia']);
  expect(workspace.zone).toBe('Pacific/Apia');
});

test('the window speaks a language as soon as it is chosen', async () => {
  await render(FirstStart, { open: true });
  await page.getByRole('radio', { name: 'Deutsch' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Willkommen bei Laurel' })).toBeVisible();
  locale.chooseLanguage('en');
  await words.follow();
  await expect.element(page.getByRole('dialog', { name: 'Welcome to Laurel' })).toBeVisible();
});

test('another place, or a workspace that is there, is asked for in the last step', async () => {
  await render(FirstStart, { open: true });
  await button('Skip').click();
  await button('Skip').click();
  await button('Choose another place…').click();
  await button('Open one that I have…').click();
  expect(asked).toEqual(['move', 'open']);
});
