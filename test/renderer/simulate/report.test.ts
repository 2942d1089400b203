import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Handlers } from '../../../shared/ipc/contract';
import type { PickedFile } from '../../../shared/ipc/native';
import type { ReportLook } from '../../../shared/ipc/report-contract';
import { toasts } from '../../../renderer/shell/toasts.svelte';
import { saidFailure } from '../../ipc/said-failure';
import { accessibilityFaults } from '../components/accessibility';
import { scripted, type Scripted } from '../sync/scripted-backend';
import ReportHost from './ReportHost.svelte';

const LOOK: ReportLook = { format: 'pdf', brandColour: '#aa0000', logo: 'acme.svg' };
const PICKED: PickedFile = { token: 'logo', name: 'new.png', bytes: 100 };

const native = () => ({
  pickLogoFile: vi.fn(() => Promise.resolve<PickedFile | null>(PICKED)),
  pickSaveTarget: vi.fn((name: string) =>
    Promise.resolve<{ token: string; name: string } | null>({ token: 't', name }),
  ),
  openWritten: vi.fn(() => Promise.resolve()),
});

async function opened(
  handlers: Partial<Handlers> = {},
  ids = [7, 8, 9],
): Promise<Scripted & { native: ReturnType<typeof native> }> {
  toasts.clear();
  const backend = scripted({ 'report.look': () => LOOK, ...handlers });
  const calls = native();
  await render(ReportHost, { door: backend.door, ids, native: calls });
  await expect.element(page.getByRole('textbox', { name: 'Brand colour' })).toHaveValue('#aa0000');
  return { ...backend, native: calls };
}

const write = () => page.getByRole('button', { name: 'Write the report…' });

test.each(['light', 'dark'])('axe finds nothing at the dialog in the %s theme', async (theme) => {
  document.documentElement.dataset['theme'] = theme;
  await opened();
  expect(await accessibilityFaults()).toBe('');
});

test('it opens as the last report looked, writes what is chosen, and offers to open what was written', async () => {
  const { asked, native: calls } = await opened({ 'report.write': () => ({ name: 'cups.pdf' }) });
  await expect.element(page.getByText('acme.svg')).toBeVisible();
  await expect.element(page.getByRole('radio', { name: /^PDF/ })).toBeChecked();
  await page.getByRole('textbox', { name: 'Title' }).fill('Cups & costs');
  await page.getByRole('radio', { name: 'The result alone' }).click();
  await write().click();
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  expect(calls.pickSaveTarget).toHaveBeenCalledWith('cups-costs.pdf');
  expect(asked.find(({ method }) => method === 'report.write')?.input).toEqual({
    ...{ target: 't', ids: [7], format: 'pdf', title: 'Cups & costs', brandColour: '#aa0000', language: 'en' },
  });
  expect(toasts.items[0]?.message).toBe('The report lies in cups.pdf.');
  toasts.items[0]?.action?.run();
  expect(calls.openWritten).toHaveBeenCalledWith('t');
});

test('all versions are written side by side unless somebody says otherwise', async () => {
  const { asked } = await opened({ 'report.write': () => ({ name: 'cups.pdf' }) });
  await write().click();
  await expect
    .poll(() => asked.find(({ method }) => method === 'report.write')?.input)
    .toMatchObject({ ids: [7, 8, 9] });
});

test('a colour that is none is said where it is typed, and nothing is written', async () => {
  await opened({}, [7]);
  await expect.element(page.getByRole('radio', { name: 'The result alone' })).not.toBeInTheDocument();
  await page.getByRole('textbox', { name: 'Brand colour' }).fill('rot');
  await expect.element(page.getByText('The brand colour is written as #1a7f50, not rot.').first()).toBeVisible();
  await expect.element(write()).toHaveAttribute('aria-disabled', 'true');
});

test('a logo is chosen and removed; what is refused keeps the one that was there, and says why', async () => {
  let refuses = true;
  const { asked } = await opened({
    'report.useLogo': ({ token }) => {
      if (refuses) throw saidFailure('invalid-input', 'new.png is no whole picture.');
      return { ...LOOK, logo: token === null ? null : 'new.png' };
    },
  });
  await page.getByRole('button', { name: 'Choose a picture…' }).click();
  await expect.element(page.getByText('new.png is no whole picture.')).toBeVisible();
  await expect.element(page.getByText('acme.svg')).toBeVisible();
  refuses = false;
  await page.getByRole('button', { name: 'Choose a picture…' }).click();
  await expect.element(page.getByText('new.png', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Remove the logo' }).click();
  await expect.element(page.getByText('No logo')).toBeVisible();
  expect(asked.filter(({ method }) => method === 'report.useLogo').map(({ input }) => input)).toEqual([
    ...[{ token: 'logo' }, { token: 'logo' }, { token: null }],
  ]);
});

test('what could not be written keeps the dialog and everything in it; nobody who says no place is told anything', async () => {
  const { native: calls, asked } = await opened({
    'report.write': () => {
      throw saidFailure('internal', 'The PDF could not be printed.');
    },
  });
  await page.getByRole('textbox', { name: 'Title' }).fill('Kept');
  calls.pickSaveTarget.mockResolvedValueOnce(null);
  await write().click();
  await expect.element(write()).not.toHaveAttribute('aria-disabled');
  expect(asked.some(({ method }) => method === 'report.write')).toBe(false);
  await write().click();
  await expect.element(page.getByText('The PDF could not be printed.')).toBeVisible();
  await expect.element(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Kept');
  expect(toasts.items).toEqual([]);
});
