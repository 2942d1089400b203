import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Checkbox from '../../../renderer/components/Checkbox.svelte';
import DateTimeField from '../../../renderer/components/DateTimeField.svelte';
import JsonEditor from '../../../renderer/components/JsonEditor.svelte';
import NumberField from '../../../renderer/components/NumberField.svelte';
import Select from '../../../renderer/components/Select.svelte';
import { instantOf } from '../../../shared/domain/instant';
import Lists from '../gallery/stories/Lists.svelte';
import { locale } from '../../../renderer/lib/locale.svelte';

// Files of tests share the browser's store, where another one may have left its locale.
beforeEach(() => locale.choose(null));

describe('a table', () => {
  test('draws only what is in view, and the keyboard walks through it', async () => {
    await render(Lists);
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

describe('a checkbox', () => {
  test('asks for a change, by mouse and by key, and shows what its owner says', async () => {
    const onchange = vi.fn();
    const { rerender } = await render(Checkbox, { label: 'Active', checked: false, onchange });
    const box = page.getByRole('checkbox', { name: 'Active' });
    await box.click();
    expect(onchange).toHaveBeenLastCalledWith(true);
    // The owner has kept it as it was.
    await expect.element(box).not.toBeChecked();
    await rerender({ checked: true });
    await expect.element(box).toBeChecked();
    await userEvent.keyboard(' ');
    expect(onchange).toHaveBeenLastCalledWith(false);
    await expect.element(box).toBeChecked();
    await rerender({ checked: false, indeterminate: true });
    await expect.element(box).toBePartiallyChecked();
    await page.getByText('Active').click();
    expect(onchange).toHaveBeenLastCalledWith(true);
    await expect.element(box).toBePartiallyChecked();
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

  test('says in words what is typed, as it is typed', async () => {
    await render(DateTimeField, { ...base, value: null, onchange: vi.fn() });
    await page.getByRole('textbox', { name: 'Start' }).fill('03/04/2027');
    await expect.element(page.getByText(/Thursday 4 March 2027/)).toBeVisible();
    await page.getByRole('textbox', { name: 'Start' }).fill('1803891600');
    await expect.element(page.getByText(/Read as seconds since 1970/)).toBeVisible();
  });

  test('asks which of two days is meant, and takes the one that is pressed', async () => {
    const onchange = vi.fn();
    await render(DateTimeField, { ...base, value: null, onchange });
    const input = page.getByRole('textbox', { name: 'Start' });
    await input.fill('08.02.2027');
    await userEvent.tab();
    expect(onchange).not.toHaveBeenCalled();
    await expect.element(input).toHaveValue('08.02.2027');
    await expect.element(input).toHaveAttribute('aria-invalid', 'true');
    await page.getByRole('button', { name: 'Monday 8 February 2027' }).click();
    expect(onchange).toHaveBeenCalledExactlyOnceWith(instantOf('2027-02-07T18:30:00Z'));
  });

  test('a day of the calendar keeps the time of day that stands there', async () => {
    const onchange = vi.fn();
    const value = instantOf('2027-01-14T03:30:15.25Z');
    await render(DateTimeField, { ...base, value, onchange });
    await page.getByRole('button', { name: 'Suggestions for Start' }).click();
    await expect.element(page.getByRole('combobox', { name: 'Month' })).toHaveValue('1');
    await page.getByRole('combobox', { name: 'Month' }).selectOptions('February');
    await page.getByRole('combobox', { name: 'Year' }).selectOptions('2028');
    await page.getByRole('button', { name: /29 February 2028|February 29, 2028/ }).click();
    expect(onchange).toHaveBeenCalledExactlyOnceWith(instantOf('2028-02-29T03:30:15.25Z'));
  });

  test('a day of the calendar alone is the edge of that day', async () => {
    const onchange = vi.fn();
    await render(DateTimeField, { ...base, edge: 'end', value: null, onchange });
    await page.getByRole('button', { name: 'Suggestions for Start' }).click();
    await page.getByRole('button', { name: 'Month after' }).click();
    await page.getByRole('button', { name: /December 24, 2026|24 December 2026/ }).click();
    expect(onchange).toHaveBeenCalledExactlyOnceWith(instantOf('2026-12-24T18:29:59Z'));
  });

  test('a day on which the clocks have that time twice is asked about', async () => {
    const onchange = vi.fn();
    const value = instantOf('2026-10-24T00:30:00Z');
    await render(DateTimeField, { ...base, zone: 'Europe/Berlin', value, onchange });
    await page.getByRole('button', { name: 'Suggestions for Start' }).click();
    await page.getByRole('button', { name: /October 25, 2026|25 October 2026/ }).click();
    expect(onchange).not.toHaveBeenCalled();
    await expect.element(page.getByRole('textbox', { name: 'Start' })).toHaveValue('2026-10-25 02:30:00');
    await page.getByRole('group', { name: 'What may be meant in Start' }).getByRole('button').last().click();
    expect(onchange).toHaveBeenCalledExactlyOnceWith(instantOf('2026-10-25T01:30:00Z'));
  });

  test('a date that does not exist is said with the date that holds', async () => {
    const onchange = vi.fn();
    await render(DateTimeField, { ...base, value: instantOf('2027-01-01T00:00:00Z'), onchange });
    await page.getByRole('textbox', { name: 'Start' }).fill('31 April 2027');
    await userEvent.tab();
    await expect.element(page.getByText(/no day 31 in April 2027/)).toBeVisible();
    await expect.element(page.getByText(/Until then 2027-01-01 05:30 holds/)).toBeVisible();
    expect(onchange).not.toHaveBeenCalled();
  });

  test('what is typed stays while what holds moves on, and Escape shows what holds', async () => {
    const screen = await render(DateTimeField, {
      ...base,
      value: instantOf('2027-01-01T00:00:00Z'),
      onchange: vi.fn(),
    });
    const input = page.getByRole('textbox', { name: 'Start' });
    await input.fill('1 Mar');
    await screen.rerender({ value: instantOf('2027-01-01T00:01:00Z') });
    await expect.element(input).toHaveValue('1 Mar');
    await userEvent.keyboard('{Escape}');
    await expect.element(input).toHaveValue('2027-01-01 05:31');
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
  interface Shown {
    input: ReturnType<typeof page.getByRole>;
    onchange: ReturnType<typeof vi.fn>;
    /** The number that holds is changed from elsewhere, as undo does. */
    hold: (value: number | string | null) => Promise<void>;
  }

  /** The field as a form keeps it: what it tells is what holds. */
  async function show(value: number | string | null, props: Record<string, unknown> = {}): Promise<Shown> {
    const onchange = vi.fn((next: number | null) => void screen.rerender({ value: next }));
    const screen = await render(NumberField, { label: 'At most', value, onchange, ...props });
    return {
      input: page.getByRole('textbox', { name: 'At most' }),
      onchange,
      hold: async (next) => {
        await screen.rerender({ value: next });
      },
    };
  }

  test('entered with Tab, what is typed replaces what stood there', async () => {
    const { input, onchange } = await show(1000);
    await expect.element(input).toHaveValue('1,000');
    await userEvent.tab();
    await userEvent.keyboard('60000');
    await userEvent.tab();
    expect(onchange).toHaveBeenLastCalledWith(60_000);
    await expect.element(input).toHaveValue('60,000');
  });

  test('entering it takes the groups out and keeps the place of the cursor', async () => {
    const { input } = await show(12_345);
    const element = input.element() as HTMLInputElement;
    element.setSelectionRange(4, 4);
    element.focus();
    await expect.element(input).toHaveValue('12345');
    expect([element.selectionStart, element.selectionEnd]).toEqual([3, 3]);
  });

  test.each(['2.5', '1,5', '5E+08', 'many', '1.000', '12345678901234567890'])(
    '“%s” stays in the field, is said, and changes nothing',
    async (text) => {
      const { input, onchange } = await show(25);
      await userEvent.tab();
      await userEvent.keyboard('{Delete}');
      onchange.mockClear();
      await input.fill(text);
      await userEvent.tab();
      await expect.element(input).toHaveValue(text);
      await expect.element(input).toHaveAttribute('aria-invalid', 'true');
      await expect.element(page.getByText(/Until then 25 holds/)).toBeVisible();
      for (const [value] of onchange.mock.calls as unknown[][]) expect(value).toBe(25);
    },
  );

  test('on the way to a text that is no number nothing that nobody meant is kept', async () => {
    const { input, onchange } = await show(25);
    await userEvent.tab();
    await userEvent.keyboard('2.5');
    await userEvent.tab();
    expect(onchange.mock.calls.at(-1)).toEqual([25]);
    await expect.element(page.getByText(/“2\.5” is not a whole number/)).toBeVisible();
    await expect.element(page.getByText(/Until then 25 holds/)).toBeVisible();
    await expect.element(input).toHaveValue('2.5');
  });

  test('Escape takes back what was typed since it was entered', async () => {
    const { input, onchange } = await show(25);
    await userEvent.tab();
    await userEvent.keyboard('60{Escape}');
    expect(onchange).toHaveBeenLastCalledWith(25);
    await expect.element(input).toHaveValue('25');
    await expect.element(input).not.toHaveAttribute('aria-invalid');
  });

  test('undo begins with a text that was not taken over', async () => {
    const { input } = await show(25);
    const reached = vi.fn();
    document.addEventListener('keydown', reached);
    await input.fill('many');
    reached.mockClear();
    await userEvent.keyboard('{Control>}z{/Control}');
    document.removeEventListener('keydown', reached);
    await expect.element(input).toHaveValue('25');
    expect(reached.mock.calls.filter(([event]) => (event as KeyboardEvent).key === 'z')).toEqual([]);
  });

  test('a number that is changed from elsewhere is shown, whatever is typed', async () => {
    const { input, hold } = await show(25);
    await input.fill('60');
    await hold(25);
    await expect.element(input).toHaveValue('25');
    await input.fill('many');
    await hold(7);
    await expect.element(input).toHaveValue('7');
  });

  test('the arrows step, and do not step away a text that is no number', async () => {
    const { input, onchange } = await show(5);
    await input.fill('10');
    await userEvent.keyboard('{ArrowUp}');
    expect(onchange).toHaveBeenLastCalledWith(11);
    await userEvent.keyboard('{Shift>}{ArrowDown}{/Shift}');
    expect(onchange).toHaveBeenLastCalledWith(1);
    await input.fill('ten');
    onchange.mockClear();
    await userEvent.keyboard('{ArrowUp}');
    expect(onchange).not.toHaveBeenCalled();
    await expect.element(input).toHaveValue('ten');
  });

  test('the wheel never changes it', async () => {
    const { input, onchange } = await show(5);
    (input.element() as HTMLElement).focus();
    input.element().dispatchEvent(new WheelEvent('wheel', { deltaY: 120, bubbles: true, cancelable: true }));
    expect(onchange).not.toHaveBeenCalled();
    await expect.element(input).toHaveValue('5');
  });

  test('what an input method is composing is read when it is done', async () => {
    const { input, onchange } = await show(5);
    const element = input.element() as HTMLInputElement;
    element.focus();
    element.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    element.value = '１２';
    element.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
    expect(onchange).not.toHaveBeenCalled();
    element.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    expect(onchange).toHaveBeenCalledExactlyOnceWith(12);
  });

  test('a part of a number field’s kind may refuse more, with the number that holds', async () => {
    const { input, onchange } = await show(8080, {
      ungrouped: true,
      refuse: (next: number | null) =>
        next !== null && next <= 65_535 ? null : { code: null, message: 'A number up to 65535.' },
    });
    await expect.element(input).toHaveValue('8080');
    await input.fill('80800');
    expect(onchange).not.toHaveBeenCalled();
    await expect.element(page.getByText(/Until then 8080 holds/)).toBeVisible();
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
