import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { niceScale, niceTicks, spread } from '../../../shared/charts/scale';
import { accessibilityFaults } from '../components/accessibility';
import ChartsHost from './ChartsHost.svelte';

const value = (name: RegExp): string =>
  page.getByRole('slider', { name }).element().getAttribute('aria-valuetext') ?? '';
const focus = (name: RegExp): void => (page.getByRole('slider', { name }).element() as HTMLElement).focus();

test.each(['light', 'dark'])('axe finds nothing at charts in the %s theme', async (theme) => {
  document.documentElement.dataset['theme'] = theme;
  await render(ChartsHost, { onsave: vi.fn() });
  expect(await accessibilityFaults()).toBe('');
});

test('a chart is read with the arrow keys, a marked stretch is zoomed into, and Escape leaves it', async () => {
  await render(ChartsHost, { onsave: vi.fn() });
  focus(/^Awards/);
  await userEvent.keyboard('{Home}');
  expect(value(/^Awards/)).toBe('2026-03-01 · Awarded 0 · Refused 5');
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(value(/^Awards/)).toBe('2026-03-03 · Awarded 2 · Refused 5');
  await userEvent.keyboard('{Shift>}{PageDown}{/Shift}{Enter}{Home}');
  expect(value(/^Awards/)).toMatch(/^2026-03-03/);
  await userEvent.keyboard('{End}');
  expect(value(/^Awards/)).toMatch(/^2026-03-10/);
  await userEvent.keyboard('{Escape}{End}');
  expect(value(/^Awards/)).toMatch(/^2026-03-30/);
});

test('a dragged stretch is zoomed into', async () => {
  await render(ChartsHost, { onsave: vi.fn() });
  const plot = page.getByRole('slider', { name: /^Awards/ }).element();
  const { left, top, width } = plot.getBoundingClientRect();
  const at = (share: number) => ({
    clientX: left + 56 + (width - 68) * share,
    clientY: top + 60,
    bubbles: true,
    pointerId: 1,
    button: 0,
  });
  // A pointer made by a test cannot be captured.
  vi.spyOn(plot, 'setPointerCapture').mockImplementation(() => undefined);
  plot.dispatchEvent(new PointerEvent('pointerdown', at(0.2)));
  plot.dispatchEvent(new PointerEvent('pointermove', at(0.5)));
  plot.dispatchEvent(new PointerEvent('lostpointercapture', at(0.5)));
  await expect.element(page.getByRole('button', { name: 'Show the whole period of “Awards”' })).toBeVisible();
  focus(/^Awards/);
  await userEvent.keyboard('{Home}');
  expect(value(/^Awards/)).toMatch(/^2026-03-07/);
});

test('a series that is hidden is neither drawn nor read, and the scale follows', async () => {
  await render(ChartsHost, { onsave: vi.fn() });
  await page.getByRole('button', { name: 'Refused' }).click();
  focus(/^Awards/);
  await userEvent.keyboard('{Home}');
  expect(value(/^Awards/)).toBe('2026-03-01 · Awarded 0');
  await expect.element(page.getByRole('button', { name: 'Refused' })).toHaveAttribute('aria-pressed', 'false');
});

test('behind each chart stands its table', async () => {
  await render(ChartsHost, { onsave: vi.fn() });
  await page.getByRole('button', { name: 'Show “Knobs” as a table' }).click();
  const table = page.getByRole('region', { name: 'Table of Knobs' }).element();
  expect(
    [...table.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => cell.textContent.trim())),
  ).toEqual([
    ['Knob', 'Down', 'Up'],
    ['Cap', '-25', '25'],
    ['End', '0', '0'],
  ]);
});

test('a chart leaves as SVG that any program reads, as PNG, and as CSV', async () => {
  const onsave = vi.fn();
  await render(ChartsHost, { onsave });
  for (const [kind, calls] of [
    ['SVG', 1],
    ['PNG', 2],
    ['CSV', 3],
  ] as const) {
    await page.getByRole('button', { name: 'Export “Awards”' }).click();
    await page.getByRole('menuitem', { name: new RegExp(`^${kind}`) }).click();
    await vi.waitFor(() => expect(onsave).toHaveBeenCalledTimes(calls));
  }
  const [[svgName, svg], [pngName, png], [csvName, csv]] = onsave.mock.calls as unknown as [
    [string, { text: string }],
    [string, { base64: string }],
    [string, { table: { columns: string[]; rows: unknown[][] } }],
  ];
  expect([svgName, pngName, csvName]).toEqual(['awards.svg', 'awards.png', 'awards.csv']);
  const drawn = new DOMParser().parseFromString(svg.text, 'image/svg+xml');
  expect(drawn.querySelector('parsererror')).toBeNull();
  expect(drawn.querySelector('title')?.textContent).toBe('Awards');
  expect(svg.text).not.toMatch(/oklch|var\(|light-dark|class=/);
  expect(atob(png.base64).slice(1, 4)).toBe('PNG');
  expect(csv.table.columns).toEqual(['Day', 'Awarded', 'Refused']);
  expect(csv.table.rows[0]).toEqual(['2026-03-01', 0, 5]);
});

test('a chart is copied as it stands in a report: what is hidden is left out, and a refusal is said', async () => {
  await render(ChartsHost, { onsave: vi.fn() });
  const copied: ClipboardItem[][] = [];
  const clipboard = vi.spyOn(navigator.clipboard, 'write').mockImplementation((items) => {
    copied.push(items);
    return Promise.resolve();
  });
  const copy = page.getByRole('button', { name: 'Copy “Awards” as a picture' });
  await copy.click();
  await expect.element(page.getByText('The picture is on the clipboard.')).toBeVisible();
  await page.getByRole('button', { name: 'Refused', exact: true }).click();
  await copy.click();
  await vi.waitFor(() => expect(copied).toHaveLength(2));
  const [whole, part] = await Promise.all(
    copied.map(async ([item]) => createImageBitmap(await item!.getType('image/png'))),
  );
  expect(whole?.width).toBe(1504);
  // Without the line of the legend: one series needs none.
  expect(part!.height).toBeLessThan(whole!.height);
  clipboard.mockRejectedValueOnce(new DOMException('Refused', 'NotAllowedError'));
  await copy.click();
  await expect.element(page.getByText('The picture could not be put on the clipboard.')).toBeVisible();
  clipboard.mockRestore();
});

test('scales end at round values', () => {
  expect(niceTicks(0, 7, 4)).toEqual([0, 2, 4, 6, 8]);
  expect(niceTicks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3]);
  expect(niceTicks(-250, 250, 4)).toEqual([-400, -200, 0, 200, 400]);
  const scale = niceScale(0, 95, [100, 0], 5);
  expect([scale(0), scale(50), scale(100)]).toEqual([100, 50, 0]);
  expect(niceScale(0, 0, [10, 0], 4).ticks.length).toBeGreaterThan(1);
  expect(spread(31, 5)).toEqual([0, 7, 14, 21, 28]);
});
