import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app';
import { look } from './look';

const RECORDING = path.join(import.meta.dirname, '..', 'fixtures', 'recordings', 'visits.recording.json');

test('a recording is read, compared with the practice org, explained by a switch, and the practice org set so', async ({
  laurel,
  page,
}) => {
  await laurel.menu('go.activity');
  await page.getByRole('button', { name: 'Fidelity…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: 'How truly does the practice org answer?' })).toBeVisible();
  const file = path.join(laurel.userData, 'visits.recording.json');
  await copyFile(RECORDING, file);
  await laurel.chooseInOpenDialog([file]);
  await dialog.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(dialog.getByRole('heading', { name: '8 calls of visits.recording.json' })).toBeVisible();
  await expect(dialog.getByText('1 customer got another id')).toBeVisible();
  await look(laurel, 'fidelity-read');

  await dialog.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(dialog.getByText('Everything is explained by customer-limit-code=4711.')).toBeVisible();
  const rules = dialog.getByRole('table', { name: 'By rule' });
  await expect(rules.getByRole('row').filter({ hasText: 'Code of a customer limit' })).toContainText(
    'turned: 990001 would answer call 5 differently',
  );
  await look(laurel, 'fidelity-report');

  const page1 = path.join(laurel.userData, 'fidelity.html');
  await laurel.chooseInSaveDialog(page1);
  await dialog.getByRole('button', { name: 'Save the report…' }).click();
  await expect(dialog.getByText('fidelity.html was saved.')).toBeVisible();
  expect(await readFile(page1, 'utf8')).toContain('Everything is explained by customer-limit-code=4711.');

  await dialog.getByRole('button', { name: 'Set the practice org so' }).click();
  await expect(dialog.getByText('The practice org now has customer-limit-code=4711.')).toBeVisible();

  await dialog.getByRole('button', { name: 'Another recording' }).click();
  await laurel.chooseInOpenDialog([page1]);
  await dialog.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(dialog.getByRole('alert')).toContainText('fidelity.html is no JSON');
});
