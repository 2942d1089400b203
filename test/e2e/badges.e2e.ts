import type { Page } from '@playwright/test';
import { expect, inTestLong, test } from './app';
import { look } from './look';
import { callBackend, listenToWire } from './page-wire';

const saved = (page: Page) => expect(page.locator('[data-save-state]')).toHaveAttribute('data-save-state', 'saved');
const nameField = (page: Page) => page.getByRole('textbox', { name: 'Name (required)' });
const badgeRow = (page: Page, name: string) =>
  page.getByRole('grid', { name: 'Badges' }).getByRole('row').filter({ hasText: name });

async function makeFromTemplate(page: Page, title: string): Promise<void> {
  await page.keyboard.press('Control+n');
  await page.getByRole('dialog').getByRole('button', { name: title }).click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

/** Replaces the JSON beside the form, as a paste does. */
async function pasteJson(page: Page, text: string): Promise<void> {
  if (!(await page.getByRole('region', { name: 'Request body' }).isVisible())) await page.keyboard.press('Control+j');
  await page.locator('.cm-content').click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

test('a first start teaches, and the sample programme fills it', async ({ laurel, page }) => {
  await expect(page.getByText('A badge says what a customer gets')).toBeVisible();
  await look(laurel, 'badges-empty');
  await page.getByRole('button', { name: 'Add the sample programme' }).click();
  await expect(page.getByText(/The sample programme is here/)).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Badges' }).getByRole('row')).not.toHaveCount(0);
  await look(laurel, 'badges-samples');
});

test(
  'badges come from files, and one that is half written is told by its name',
  inTestLong,
  async ({ laurel, page }) => {
    const file = (name: string, text: string) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
    const first = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import files…' }).click();
    const files = [
      file('whole.badge.json', '{ "name": "From a file" }'),
      file('half.badge.json', '{ "name": "Half a badge", "startOn": '),
      file('huge.badge.json', ' '.repeat(4_000_001)),
    ];
    await (await first).setFiles(files);
    await expect(page.getByText('2 badges imported.')).toBeVisible();
    await expect(page.getByText(/^huge\.badge\.json could not be read/)).toBeVisible();
    await expect(badgeRow(page, 'From a file')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Unfinished JSON: Half a badge', level: 1 })).toBeVisible();
    await expect(badgeRow(page, 'Unfinished JSON: Half a badge')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Request body' })).toBeVisible();
    await look(laurel, 'badges-half-written');
    await page.getByRole('searchbox', { name: 'Search badges' }).fill('half a');
    await expect(page.getByRole('grid', { name: 'Badges' }).getByRole('row')).toHaveCount(1);

    const second = page.waitForEvent('filechooser');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('import badges');
    await page.keyboard.press('Enter');
    await (await second).setFiles([file('more.badge.json', '{ "name": "By a command" }')]);
    await expect(page.getByRole('heading', { name: 'By a command', level: 1 })).toBeVisible();
  },
);

test('a badge from a template breaks no rule, saves itself, and undo survives a restart', async ({ laurel, page }) => {
  await page.keyboard.press('Control+n');
  await look(laurel, 'badges-new');
  await page.getByRole('button', { name: /^Challenge/ }).click();
  await expect(page.getByText('No problems: this badge can be issued').first()).toBeVisible();
  // A new badge wants a name first: what is typed takes the place of the template's.
  await expect(nameField(page)).toBeFocused();
  await page.keyboard.type('Autumn challenge');
  await expect(nameField(page)).toHaveValue('Autumn challenge');
  await saved(page);
  await look(laurel, 'badges-editor');

  const again = await laurel.restart();
  await expect(again.getByRole('heading', { name: 'Autumn challenge', level: 1 })).toBeVisible();
  await again.keyboard.press('Control+z');
  await expect(nameField(again)).toHaveValue('Challenge');
  await again.keyboard.press('Control+Shift+z');
  await expect(nameField(again)).toHaveValue('Autumn challenge');

  await again.keyboard.press('Control+Shift+h');
  const history = again.getByRole('region', { name: 'History' });
  await expect(history.getByRole('listitem')).toHaveCount(2);
  await look(laurel, 'badges-history');
  await history.getByRole('button', { name: 'Go back to this' }).click();
  await expect(nameField(again)).toHaveValue('Challenge');

  await again.getByRole('button', { name: 'Close the history' }).click();
  await again.getByRole('button', { name: 'Suggestions for Ends' }).click();
  await again.getByRole('combobox', { name: 'Year' }).selectOption('2030');
  await again.getByRole('combobox', { name: 'Month' }).selectOption('May');
  await look(laurel, 'badges-calendar');
  await again.getByRole('button', { name: /May 17, 2030/ }).click();
  await expect(again.getByRole('textbox', { name: 'Ends' })).toHaveValue(/^2030-05-17 /);
  await saved(again);
});

test('a badge is kept as a template, and the next one begins with it', inTestLong, async ({ laurel, page }) => {
  await makeFromTemplate(page, 'Challenge');
  await saved(page);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused();
  await page.keyboard.type('keep as a template');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Keep as a template' });
  await expect(dialog.getByRole('textbox', { name: 'Name of the template' })).toHaveValue('Challenge');
  await look(laurel, 'badges-template-name');
  await dialog.getByRole('textbox', { name: 'Name of the template' }).fill('Five in a month');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The template “Five in a month” is kept.')).toBeVisible();
  await page.keyboard.press('Control+n');
  const own = page.getByRole('list', { name: 'Your templates' });
  await expect(own.getByRole('listitem')).toHaveCount(1);
  await look(laurel, 'badges-own-templates');
  await own.getByRole('button', { name: /^Five in a month/ }).click();
  await expect(page.getByRole('heading', { name: 'Five in a month', level: 1 })).toBeVisible();
  await expect(nameField(page)).toBeFocused();
  await page.keyboard.press('Control+n');
  await page.getByRole('button', { name: 'Delete the template “Five in a month”' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(own).toBeHidden();
});

test('form and JSON follow each other, keep what they do not know, and say what is wrong', async ({ laurel, page }) => {
  await makeFromTemplate(page, 'Welcome');
  const body = {
    name: 'Pasted',
    startOn: 1716803487,
    expiresOn: 1726804000,
    earnType: 'EARN',
    earnedBadgeExpiry: { expiryType: 'NEVER' },
    ownership: { restrictedToOwners: [] },
    vendorNote: { keep: ['me'] },
  };
  await pasteJson(page, JSON.stringify(body));
  await expect(nameField(page)).toHaveValue('Pasted');
  await expect(page.getByText(/^722 · Start Date cannot be past date/)).toBeVisible();
  await look(laurel, 'badges-problems');

  await page.getByRole('button', { name: /^2 problems/ }).click();
  await page.getByRole('button', { name: /^728/ }).click();
  await expect(page.getByRole('checkbox', { name: 'Loyalty', exact: true })).toBeFocused();
  await page.keyboard.press('Space');
  await page.getByRole('textbox', { name: /^Starts/ }).fill('start of next quarter');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: /^Ends/ }).fill('in 2 years');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No problems, 1 warning').first()).toBeVisible();
  await saved(page);
  const text = await page.locator('.cm-content').innerText();
  const written = JSON.parse(text.replaceAll('\u200b', '')) as typeof body;
  expect(written.vendorNote).toEqual({ keep: ['me'] });
  expect(written.ownership.restrictedToOwners).toEqual(['Loyalty']);
  // Seconds stay seconds.
  expect(typeof written.startOn).toBe('number');

  await pasteJson(page, '{ "name": "Half');
  await expect(page.getByText(/The form shows the last version that could be read/)).toBeVisible();
  await expect(nameField(page)).toBeDisabled();
  await look(laurel, 'badges-json-fault');
});

test('claims answer with the gateway’s codes', inTestLong, async ({ page }) => {
  await makeFromTemplate(page, 'Referral');
  const claims = page.getByRole('group', { name: 'Claims' });
  await claims.getByRole('button', { name: 'Claim' }).click();
  await expect(claims.getByText(/^717 · Owner id is mandatory/)).toBeVisible();
  await claims.getByRole('textbox', { name: 'Its reference id' }).fill('626');
  await claims.getByRole('combobox', { name: 'Module' }).click();
  await page.getByRole('option', { name: /^Journeys/ }).click();
  await claims.getByRole('button', { name: 'Claim' }).click();
  await expect(claims.getByText(/^714 · Owner type is not allowed/)).toBeVisible();
  await claims.getByRole('combobox', { name: 'Module' }).click();
  await page.getByRole('option', { name: 'Referral campaigns' }).click();
  await claims.getByRole('button', { name: 'Claim' }).click();
  await expect(claims.getByRole('list', { name: 'Active claims' }).getByText('626')).toBeVisible();
  await claims.getByRole('textbox', { name: 'Its reference id' }).fill('626');
  await claims.getByRole('button', { name: 'Claim', exact: true }).click();
  await expect(claims.getByText(/900 · Badge is already claimed/)).toBeVisible();
  await claims.getByRole('button', { name: /^Give up the claim/ }).click();
  await expect(claims.getByText('Without a claim no award is made (810).')).toBeVisible();
});

test('the list is searched, filtered, selected, duplicated, deleted and brought back', async ({ laurel, page }) => {
  await page.getByRole('button', { name: 'Add the sample programme' }).click();
  const grid = page.getByRole('grid', { name: 'Badges' });
  await expect(grid).toHaveAttribute('aria-rowcount', /[1-9]/);
  const total = Number(await grid.getAttribute('aria-rowcount'));

  await page.getByRole('button', { name: 'Status: all' }).click();
  await page.getByRole('checkbox', { name: 'Expired' }).click();
  await page.keyboard.press('Escape');
  await expect(grid).not.toHaveAttribute('aria-rowcount', String(total));
  await look(laurel, 'badges-filtered');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('iced summer');
  await expect(grid).toHaveAttribute('aria-rowcount', '1');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await expect(grid).toHaveAttribute('aria-rowcount', String(total));

  // By keyboard alone: into the list, three rows, twice as many, gone, and back.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('3 badges selected')).toBeVisible();
  await look(laurel, 'badges-selected');
  await page.keyboard.press('Control+d');
  await expect(grid).toHaveAttribute('aria-rowcount', String(total + 3));
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Control+a');
  await expect(page.getByText(`${total + 3} badges selected`)).toBeVisible();
  await page.getByRole('toolbar', { name: 'Selected badges' }).getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('No badges yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(grid).toHaveAttribute('aria-rowcount', String(total + 3));
});

test('settings, commands and shortcuts are read and changed by keyboard, in both themes', async ({ laurel, page }) => {
  await laurel.menu('go.settings');
  const zone = page.getByRole('combobox', { name: 'Time zone' });
  await zone.click();
  await page.keyboard.type('kolkata');
  await page
    .getByRole('option', { name: /Kolkata|Calcutta/ })
    .first()
    .click();
  await expect(page.getByText(/^Saved: time zone/)).toBeVisible();
  await page.getByRole('switch', { name: /Refuse an award/ }).click();
  await expect(page.getByText(/overlapping awards are refused/)).toBeVisible();
  await look(laurel, 'settings');

  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Find a command' })).toBeFocused();
  await look(laurel, 'palette');
  await page.keyboard.type('go badges');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Badges', level: 1 })).toBeVisible();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await look(laurel, 'shortcuts');
  await page.keyboard.press('Escape');
  // Behind an open dialog the menu's commands do nothing.
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeHidden();
  await laurel.menu('help.about');
  await expect(page.getByRole('dialog', { name: 'About Laurel' }).getByText('Runtime', { exact: true })).toBeVisible();
  await look(laurel, 'about');
  await page.keyboard.press('Escape');

  const again = await laurel.restart();
  await laurel.menu('go.settings');
  await expect(again.getByRole('combobox', { name: 'Time zone' })).toHaveValue(/Kolkata|Calcutta/);
  await expect(again.getByRole('switch', { name: /Refuse an award/ })).toBeChecked();
  // The workspace that is made next takes the zone of this one.
  await listenToWire(laurel);
  await callBackend(again, 'settings.update', { timeZone: 'UTC' });
});

test('a change made elsewhere is never overwritten in silence', inTestLong, async ({ laurel, page }) => {
  await listenToWire(laurel);
  await makeFromTemplate(page, 'Goodwill');
  const { rows } = (await callBackend(page, 'badges.list', {})) as { rows: { id: string }[] };
  const id = rows[0]?.id ?? '';
  const { body, revision } = (await callBackend(page, 'badges.get', { id })) as { body: string; revision: number };
  const theirs = body.replace('A thank-you', 'Theirs: a thank-you');
  await callBackend(page, 'badges.save', {
    id,
    baseRevision: revision,
    body: theirs,
    migration: false,
    label: 'Elsewhere',
  });
  await nameField(page).fill('Mine');
  await expect(page.getByText(/was changed elsewhere/)).toBeVisible();
  await look(laurel, 'badges-conflict');
  await page.getByRole('button', { name: 'Load theirs' }).click();
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue(/^Theirs/);
  await nameField(page).fill('Both');
  await saved(page);
  await expect(badgeRow(page, 'Both')).toBeVisible();
});

test('what is typed while the engine is away is saved when it is back; when it stays away the window says so', async ({
  laurel,
  page,
}) => {
  await makeFromTemplate(page, 'Weekly visitor');
  const first = await laurel.killBackend();
  await nameField(page).fill('Typed meanwhile');
  const second = await laurel.backendPid(first);
  await saved(page);
  await laurel.killBackend();
  await expect(page.getByRole('heading', { name: 'Laurel’s engine has stopped' })).toBeVisible();
  await look(laurel, 'recovery');
  await page.getByRole('button', { name: 'Start it again' }).click();
  await laurel.backendPid(second);
  await expect(nameField(page)).toHaveValue('Typed meanwhile');
  await nameField(page).fill('And after');
  await saved(page);
});

test('Laurel can be quit while its engine is gone', inTestLong, async ({ laurel, page }) => {
  await laurel.backendPid(await laurel.killBackend());
  await expect(page.getByText('No badges yet')).toBeVisible();
  await laurel.killBackend();
  await expect(page.getByRole('heading', { name: 'Laurel’s engine has stopped' })).toBeVisible();
  await laurel.quit();
});
