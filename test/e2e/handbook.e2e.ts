import { expect, test } from './app';
import { look } from './look';

test('F1 opens the page of what is on the screen, without a network, and the focus comes back', async ({
  laurel,
  page,
}) => {
  test.setTimeout(180_000);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  const handbook = page.getByRole('complementary', { name: 'Handbook' });
  const title = (name: string) => handbook.getByRole('heading', { name, level: 2 });

  await page.getByRole('button', { name: /^Add the sample programme/ }).click();
  const search = page.getByRole('searchbox', { name: 'Search badges' });
  await search.focus();
  // Also while somebody types.
  await page.keyboard.press('F1');
  await expect(title('Your first badge')).toBeVisible();
  await look(laurel, 'handbook-1-page');
  await handbook.press('Escape');
  await expect(handbook).toHaveCount(0);
  await expect(search).toBeFocused();

  // The native menu, another screen, and a link to a page with pictures.
  await page.keyboard.press('Control+3');
  await laurel.menu('help.handbook');
  await expect(title('Simulate')).toBeVisible();
  await handbook.getByRole('button', { name: 'All pages' }).click();
  await handbook.getByRole('button', { name: 'Limits, windows and expiries' }).click();
  await expect(title('Limits, windows and expiries')).toBeVisible();
  for (const picture of await handbook.getByRole('img').all()) {
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100);
  }
  await look(laurel, 'handbook-2-limits');
  await handbook.press('Escape');

  // A heading from the palette.
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'Find a command' }).fill('production is guarded');
  await page.getByRole('option', { name: 'Handbook: Connect to an org › Production is guarded' }).click();
  await expect(handbook.getByRole('heading', { name: 'Production is guarded' })).toBeFocused();

  // At twice its size in the smallest window.
  await laurel.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setContentSize(960, 640);
    window?.webContents.setZoomFactor(2);
  });
  await expect.poll(() => page.evaluate(() => innerWidth)).toBe(480);
  await expect(handbook.getByRole('button', { name: 'Close the handbook' })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await page.screenshot({ path: 'test-results/screens/handbook-3-zoom.png', caret: 'initial' });

  expect(asked.filter((url) => !/^(app|data):/.test(url))).toEqual([]);
});
