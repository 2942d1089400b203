import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { BadgeEditor } from '../../../renderer/features/badges/editor.svelte';
import { accessibilityFaults } from '../components/accessibility';
import FormHost from './FormHost.svelte';
import { codes, goodBody, StoredBadge } from './stored-badge';

async function show(change: Record<string, unknown> = {}): Promise<BadgeEditor> {
  const store = new StoredBadge(goodBody(change));
  const editor = new BadgeEditor(store.detail(), store.ports());
  await render(FormHost, { editor });
  return editor;
}

const everything = {
  earnType: 'ISSUE_EARN',
  issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: 1926235957 },
  earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpirytype: 'WEEKS', value: 0 },
  customerConstraints: [
    { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', maxEarnLimit: 2, durationType: 'WEEKLY', startDayOfTheWeek: 1 },
    { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 5, maxEarnForDays: 50 },
    { constraintType: 'BADGE_NO_LIMIT' },
  ],
  badgeConstraints: [
    { constraintType: 'BADGE_FIXED_VALUE' },
    { constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 1, maxEarnLimit: 300 },
  ],
  benefits: [
    { benefitType: 'LOYALTY_POINTS', points: 100 },
    { benefitType: 'COUPON', seriesId: 5 },
  ],
  tags: [{ name: 'Type', value: 'Birthday' }],
  images: [{ name: 'A', url: 'https://example.org/a.png', tag: 'EARNED' }],
  customFields: { CF1: 'one' },
};

describe('the form', () => {
  test.each(['light', 'dark'])('with everything in it, axe finds nothing in the %s theme', async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    await show(everything);
    await page.getByRole('button', { name: /^More/ }).first().click({ trial: true });
    expect(await accessibilityFaults()).toBe('');
  });

  test('a mistake is said beside its field with its code, and goes when it is mended', async () => {
    const editor = await show({
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'DAYS', refreshRate: 3 }],
    });
    const field = page.getByRole('textbox', { name: 'At most' });
    await expect.element(field).toHaveAttribute('aria-invalid', 'true');
    await expect.element(page.getByText(/maxEarnLimit is mandatory/).first()).toBeVisible();
    await field.fill('4');
    await expect.element(field).not.toHaveAttribute('aria-invalid');
    expect(codes(editor)).toEqual([]);
    expect(editor.at(['customerConstraints', 0, 'maxEarnLimit'])).toBe(4);
  });

  test('limits are added, changed in kind and removed', async () => {
    const editor = await show();
    await page.getByRole('button', { name: /^Add a limit, for each customer/ }).click();
    await page.getByRole('menuitem', { name: /In each window/ }).click();
    await expect.element(page.getByRole('combobox', { name: 'Window' })).toBeVisible();
    await page.getByRole('combobox', { name: 'Window' }).click();
    await page.getByRole('option', { name: 'Week' }).click();
    expect(editor.at(['customerConstraints', 0])).toEqual({
      constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
      maxEarnLimit: 1,
      durationType: 'WEEKS',
      startDayOfTheWeek: 'MONDAY',
    });
    await page.getByRole('combobox', { name: 'Limit' }).click();
    await page.getByRole('option', { name: /^In any period/ }).click();
    expect(editor.at(['customerConstraints', 0])).toEqual({
      constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
      rollForDays: 7,
      maxEarnForDays: 1,
    });
    await page.getByRole('button', { name: 'Remove this limit' }).click();
    expect(editor.at(['customerConstraints'])).toEqual([]);
    expect(codes(editor)).toEqual([]);
  });

  test('a cap takes “no limit” away, and “no limit” beside a cap is warned of', async () => {
    const editor = await show({ customerConstraints: [{ constraintType: 'BADGE_NO_LIMIT' }] });
    await page.getByRole('button', { name: /^Add a limit, for each customer/ }).click();
    await page.getByRole('menuitem', { name: /In all/ }).click();
    expect(editor.at(['customerConstraints'])).toEqual([
      { constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 1 },
    ]);
    await page.getByRole('button', { name: /^Add a limit, for each customer/ }).click();
    await page.getByRole('menuitem', { name: /No limit/ }).click();
    await expect.element(page.getByText(/It says nothing: the other limits of this list count/)).toBeVisible();
  });

  test('a text that is no number is in no draft, and a blank at the end of a name is said', async () => {
    const editor = await show({
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 8000 }],
    });
    await page.getByRole('textbox', { name: 'At most' }).fill('2.5');
    expect(editor.at(['customerConstraints', 0, 'maxEarnLimit'])).toBe(8000);
    await expect.element(page.getByText(/Until then 8,000 holds/)).toBeVisible();
    await page.getByRole('textbox', { name: /^Name/ }).first().fill('Gold ');
    expect(editor.at(['name'])).toBe('Gold ');
    await expect.element(page.getByText('It ends with a blank, which is kept.')).toBeVisible();
  });

  test('a badge of another earn type asks for the end of its enrolments', async () => {
    const editor = await show();
    await page.getByRole('radio', { name: /Enrol first/ }).click();
    expect(codes(editor)).toEqual([400]);
    await page.getByRole('combobox', { name: /An enrolment ends/ }).click();
    await page.getByRole('option', { name: /After a period/ }).click();
    expect(codes(editor)).toEqual([]);
    expect(editor.at(['issuedBadgeExpiry'])).toEqual({ expiryType: 'RELATIVE', relativeExpiryType: 'DAYS', value: 30 });
  });

  test('the panel jumps to the field, also into what is folded', async () => {
    await show({ tags: [{ name: ['not text'], value: '' }] });
    await page.getByRole('button', { name: /1 problem/ }).click();
    await page.getByRole('button', { name: /tags\[0\]\.name/ }).click();
    await expect.element(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveFocus();
  });

  test('an unreadable start is shown as it is, and a typed one replaces it', async () => {
    const editor = await show({ startOn: '2027-01-01T00:00:00' });
    const start = page.getByRole('textbox', { name: /Starts/ });
    await expect.element(start).toHaveValue('2027-01-01T00:00:00');
    await start.fill('2027-02-01');
    await userEvent.keyboard('{Enter}');
    expect(editor.at(['startOn'])).toBe('2027-02-01T00:00:00Z');
    expect(codes(editor)).toEqual([]);
  });

  test('while the JSON cannot be read the form keeps still', async () => {
    const editor = await show();
    editor.type('{');
    await expect.element(page.getByText(/The form shows the last version/)).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: /Name/, includeHidden: true }).first()).toBeDisabled();
  });

  test('lines pasted into a tag stand as one text, and a list in it is said to be one tag', async () => {
    const editor = await show({ tags: [{ name: '', value: '' }] });
    await page.getByRole('button', { name: /^More/ }).first().click();
    const field = page.getByRole('group', { name: 'Tags' }).getByRole('textbox', { name: 'Name' });
    await field.click();
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'red\nblue, green\n');
    field.element().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    await expect.element(field).toHaveValue('red blue, green');
    await expect.element(page.getByText(/What was pasted has 2 lines. They stand here as one text/)).toBeVisible();
    await expect.element(page.getByText(/This is one tag, not 2/)).toBeVisible();
    expect(editor.at(['tags', 0, 'name'])).toBe('red blue, green');
    await field.fill('red');
    await expect.element(page.getByText(/This is one tag/)).not.toBeInTheDocument();
    await expect.element(page.getByText(/What was pasted/)).not.toBeInTheDocument();
  });
});
