import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import axe from 'axe-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { handbook } from '../../../renderer/handbook/handbook.svelte';
import { handbookCommands } from '../../../renderer/handbook/handbook-commands';
import HelpButton from '../../../renderer/handbook/HelpButton.svelte';
import { PAGE_NAMES } from '../../../renderer/handbook/page';
import Panel from '../../../renderer/handbook/Panel.svelte';
import { searchCommands } from '../../../renderer/shell/command-search';
import { locale } from '../../../renderer/lib/locale.svelte';
import { words } from '../../../renderer/lib/say.svelte';
import type { Language } from '../../../shared/words/message';

async function speak(language: Language): Promise<void> {
  locale.chooseLanguage(language);
  await words.follow();
}

beforeEach(async () => {
  handbook.close();
  await page.viewport(1280, 800);
  await speak('en');
});

const title = (name: string) => page.getByRole('heading', { name, level: 2 });

describe('the handbook beside the screens', () => {
  test('opens at the page it was asked for, and goes on by its links and back', async () => {
    handbook.show('first-badge');
    await render(Panel);
    await expect.element(title('Your first badge')).toBeVisible();
    await page.getByRole('button', { name: 'Limits, windows and expiries' }).click();
    await expect.element(title('Limits, windows and expiries')).toBeVisible();
    await page.getByRole('button', { name: 'Back' }).click();
    await expect.element(title('Your first badge')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Back' })).toHaveAttribute('aria-disabled', 'true');
  });

  test('a link to a heading puts the focus there, for the keys that follow', async () => {
    handbook.show('simulate');
    await render(Panel);
    await page.getByRole('button', { name: 'Read an answer' }).click();
    await expect.element(page.getByRole('heading', { name: 'Ranges' })).toHaveFocus();
  });

  test('lists every page, and finds a heading by a word below it', async () => {
    handbook.show(null);
    await render(Panel);
    await expect.element(page.getByRole('searchbox')).toHaveFocus();
    expect(page.getByRole('list').getByRole('button').elements()).toHaveLength(PAGE_NAMES.length);
    await userEvent.keyboard('redeemed');
    await expect.element(page.getByRole('status')).toHaveTextContent('1 place');
    await page.getByRole('button', { name: /^What is counted Read an answer .*redeemed/ }).click();
    await expect.element(page.getByRole('heading', { name: 'What is counted' })).toHaveFocus();
    await expect.element(page.getByRole('searchbox')).toHaveValue('');
  });

  test('says that nothing has the words', async () => {
    handbook.show(null);
    await render(Panel);
    await page.getByRole('searchbox').fill('qwertz asdf');
    await expect.element(page.getByRole('status')).toHaveTextContent('Nothing in the handbook has these words.');
  });

  test('follows the language of the window, on the same page', async () => {
    handbook.show('push');
    await render(Panel);
    await expect.element(title('Push')).toBeVisible();
    await speak('de');
    await expect.element(title('Übertragen')).toBeVisible();
  });

  test('Esc closes it, and the focus goes back to the button that opened it', async () => {
    await render(HelpButton, { page: 'audit' });
    const help = page.getByRole('button', { name: 'Handbook: What was done, and by which request' });
    await help.click();
    expect(handbook.isOpen).toBe(true);
    const panel = await render(Panel);
    await expect.element(title('What was done, and by which request')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(handbook.isOpen).toBe(false);
    await panel.unmount();
    await expect.element(help).toHaveFocus();
  });

  test('pictures are there', async () => {
    handbook.show('limits');
    await render(Panel);
    await expect.element(title('Limits, windows and expiries')).toBeVisible();
    const pictures = page.getByRole('img').elements() as HTMLImageElement[];
    expect(pictures.length).toBeGreaterThan(2);
    await Promise.all(pictures.map((picture) => picture.decode()));
  });

  test.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['de', 'light'],
    ['de', 'dark'],
  ] as const)('axe finds nothing on any page, %s, %s', async (language, theme) => {
    document.documentElement.dataset['theme'] = theme;
    await speak(language);
    handbook.show(null);
    await render(Panel);
    for (const name of [null, ...PAGE_NAMES]) {
      handbook.show(name);
      if (name !== null) await expect.poll(() => handbook.page?.name).toBe(name);
      const { violations } = await axe.run(document.querySelector('aside')!);
      expect(violations.map(({ id, nodes }) => `${String(name)} ${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    }
    delete document.documentElement.dataset['theme'];
  });
});

describe('F1 and the palette', () => {
  test('F1 opens what the part of the screen that came last offers, else the page of the screen', async () => {
    const f1 = () => handbookCommands(handbook, 'connect').find(({ id }) => id === 'help.handbook')!;
    f1().run();
    expect(handbook.place?.page).toBe('connect');
    await render(HelpButton, { page: 'connect' });
    const pane = await render(HelpButton, { page: 'push' });
    await render(HelpButton, { page: 'limits', aside: true });
    await expect.poll(() => handbook.topic).toBe('push');
    f1().run();
    expect(handbook.place?.page).toBe('push');
    await pane.unmount();
    await expect.poll(() => handbook.topic).toBe('connect');
  });

  test('the palette lists every page, and headings only when they are searched', async () => {
    await handbook.load();
    const offered = handbookCommands(handbook, 'settings');
    const listed = searchCommands(offered, '').map(({ title: said }) => said);
    expect(listed).toHaveLength(PAGE_NAMES.length + 1);
    expect(listed).toContain('Handbook: Push');
    const [found] = searchCommands(offered, 'held nobody twice');
    expect(found).toBeUndefined();
    const [heading] = searchCommands(offered, 'why nobody twice');
    expect(heading?.title).toBe('Handbook: Live jobs › Why nobody is served twice');
    heading?.run();
    expect(handbook.place).toEqual({ page: 'live-job', anchor: 'why-nobody-is-served-twice' });
  });
});
