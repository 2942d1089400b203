import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import DateTimeField from '../../../renderer/components/DateTimeField.svelte';
import JsonEditor from '../../../renderer/components/JsonEditor.svelte';
import NumberField from '../../../renderer/components/NumberField.svelte';
import Select from '../../../renderer/components/Select.svelte';
import { instantOf } from '../../../shared/domain/instant';
import { accessibilityFaults } from './accessibility';
import Gallery from './Gallery.svelte';

describe('every control', () => {
  test.each(['light', 'dark'])('axe finds nothing in the %s theme', async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    await render(Gallery);
    expect(await accessibilityFaults()).toBe('');
  });

  test('a table draws only what is in view, and the keyboard walks through it', async () => {
    await render(Gallery);
    const grid = page.getByRole('grid', { name: 'Rows' });
    await expect.element(grid).toHaveAttribute('aria-rowcount', '1001');
    expect(grid.element().querySelectorAll('[role=row]').length).toBeLessThan(40);
    (grid.element() as HTMLElement).focus();
    await userEvent.keyboard('{End}');
    await expect.element(page.getByText('Row 999')).toBeVisible();
    const current = grid.element().getAttribute('aria-activedescendant') ?? '';
    expect(document.getElementById(current)?.textContent).toContain('Row 999');
    await userEvent.keyboard('{Home}');
    await expect.element(page.getByText('Row 0', { exact: true })).toBeVisible();
  });
});

describe('a date field', () => {
  const base = { label: 'Start', zone: 'Asia/Kolkata', now: instantOf('2026-11-18T10:00:00Z') };

  test('takes a relative date on Enter and answers with the instant', async () => {
    const onchange = vi.fn();
    await render(DateTimeField, { ...base, value: null, onchange });
    const input = page.getByRole('textbox', { name: 'Start' });
    await input.fill('start of next month');
    expect(onchange).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    expect(onchange).toHaveBeenCalledExactlyOnceWith(instantOf('2026-11-30T18:30:00Z'));
  });

  test('keeps what it cannot read, says so when it is left, and changes nothing', async () => {
    const onchange = vi.fn();
    await render(DateTimeField, { ...base, value: null, onchange });
    const input = page.getByRole('textbox', { name: 'Start' });
    await input.fill('whenever');
    await userEvent.tab();
    await expect.element(page.getByText(/“whenever” is not a date Laurel can read/)).toBeVisible();
    await expect.element(input).toHaveValue('whenever');
    expect(onchange).not.toHaveBeenCalled();
  });

  test('shows a stored value that is no date as it is, and its own date in the zone', async () => {
    const screen = await render(DateTimeField, { ...base, value: null, unreadable: '2026-13-45', onchange: vi.fn() });
    await expect.element(page.getByRole('textbox', { name: 'Start' })).toHaveValue('2026-13-45');
    await screen.rerender({ value: instantOf('2027-01-01T00:00:00Z'), unreadable: null });
    await expect.element(page.getByRole('textbox', { name: 'Start' })).toHaveValue('2027-01-01 05:30');
  });

  test('emptied, it answers null', async () => {
    const onchange = vi.fn();
    await render(DateTimeField, { ...base, value: instantOf('2027-01-01T00:00:00Z'), onchange });
    await page.getByRole('textbox', { name: 'Start' }).fill('');
    await userEvent.tab();
    expect(onchange).toHaveBeenCalledExactlyOnceWith(null);
  });
});

describe('a number field', () => {
  test('reads grouped digits, steps with the arrows, and refuses words', async () => {
    const onchange = vi.fn();
    await render(NumberField, { label: 'At most', value: 5, onchange });
    const input = page.getByRole('textbox', { name: 'At most' });
    await input.fill('10,000');
    expect(onchange).toHaveBeenLastCalledWith(10_000);
    await userEvent.keyboard('{ArrowUp}');
    expect(onchange).toHaveBeenLastCalledWith(6);
    onchange.mockClear();
    await input.fill('many');
    expect(onchange).not.toHaveBeenCalled();
    await expect.element(page.getByText(/This is not a whole number/)).toBeVisible();
  });
});

test('a select is operated by keyboard alone', async () => {
  const onchange = vi.fn();
  await render(Select, {
    label: 'Unit',
    value: 'DAYS',
    options: [
      { value: 'DAYS', label: 'days' },
      { value: 'WEEKS', label: 'weeks' },
    ],
    onchange,
  });
  (page.getByRole('combobox', { name: 'Unit' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('option', { name: 'weeks' })).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onchange).toHaveBeenCalledExactlyOnceWith('WEEKS');
});

describe('the JSON editor', () => {
  test('adopts its styles instead of writing a style element, which the security policy refuses', async () => {
    const before = document.querySelectorAll('style').length;
    await render(JsonEditor, { label: 'Body', value: '{}', onchange: vi.fn() });
    const host = page.getByRole('group', { name: 'Body' }).element().querySelector('.host');
    expect(host?.shadowRoot?.adoptedStyleSheets.length).toBeGreaterThan(0);
    expect(host?.shadowRoot?.querySelector('style')).toBeNull();
    expect(document.querySelectorAll('style').length - before).toBeLessThanOrEqual(1);
  });

  test('tells what is typed, and takes what the form wrote without telling it back', async () => {
    const onchange = vi.fn();
    const screen = await render(JsonEditor, { label: 'Body', value: '{"name": "A"}', onchange });
    const content = page
      .getByRole('group', { name: 'Body' })
      .element()
      .querySelector('.host')
      ?.shadowRoot?.querySelector<HTMLElement>('.cm-content');
    expect(content?.textContent).toBe('{"name": "A"}');
    await screen.rerender({ value: '{"name": "Anna"}' });
    expect(content?.textContent).toBe('{"name": "Anna"}');
    expect(onchange).not.toHaveBeenCalled();
    content?.focus();
    await userEvent.keyboard('{Control>}a{/Control}1');
    expect(onchange).toHaveBeenLastCalledWith('1');
    expect(content?.querySelector('[style]:not(.cm-content)')).toBeNull();
  });
});
