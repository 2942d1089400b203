import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app';
import { look } from './look';

test('a push is saved as a plan, looked at again, applied; one that was edited is refused', async ({
  laurel,
  page,
}) => {
  await laurel.menu('help.samples');
  await laurel.menu('go.sync');
  await page.getByRole('button', { name: 'Start', exact: true }).first().click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('button', { name: 'Fill in' }).click();
  await page.getByRole('textbox', { name: /^Name/ }).fill('Rehearsal');
  await page.getByRole('button', { name: 'Save the connection' }).click();
  await page.getByRole('button', { name: 'Pull from Rehearsal' }).click();
  const rows = page.getByRole('grid', { name: 'Badges here and in Rehearsal' }).getByRole('row');
  await expect(rows.filter({ hasText: 'Only here' }).first()).toBeVisible();
  await page.getByRole('button', { name: /^Choose all/ }).click();
  await page.getByRole('button', { name: /^Review the push of/ }).click();
  const send = page.getByRole('button', { name: /^Send \d+ requests? to Rehearsal$/ });
  const words = (await send.textContent()) ?? '';
  const file = path.join(laurel.userData, 'spring.plan.json');
  await laurel.chooseInSaveDialog(file);
  await page.getByRole('button', { name: 'Save as plan…' }).click();
  await expect(page.getByText(/saved as a plan in spring\.plan\.json\. Nothing was sent\./)).toBeVisible();
  const plan = await readFile(file, 'utf8');
  expect(plan.startsWith('{\n  "schema": "laurel/plan@1",\n')).toBe(true);
  await page.getByRole('button', { name: 'Close the push' }).click();

  await writeFile(file, plan.replace('"purpose": "create"', '"purpose": "update"'));
  await laurel.chooseInOpenDialog([file]);
  await page.getByRole('button', { name: 'Apply a plan…' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'is not as Laurel wrote it' })).toBeVisible();
  await expect(send).toBeHidden();

  await writeFile(file, plan);
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByRole('region', { name: 'Requests of the push' })).toContainText('spring.plan.json');
  await expect(page.getByRole('checkbox', { name: /^Create / })).toHaveCount(0);
  await look(laurel, 'sync-plan');
  await page.getByRole('button', { name: words.trim(), exact: true }).click();
  await expect(page.getByText(/ done in Rehearsal\./)).toBeVisible();
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByText('Rehearsal is as the plan wants it. There is nothing to send.')).toBeVisible();
  await expect(rows.filter({ hasText: 'Same' }).first()).toBeVisible();

  await laurel.menu('go.activity');
  await page.getByRole('row', { name: /Push/ }).first().click();
  const pack = page.getByRole('button', { name: 'Audit pack …' });
  await look(laurel, 'activity-push');
  const zip = path.join(laurel.userData, 'push.zip');
  await laurel.chooseInSaveDialog(zip);
  await pack.click();
  await expect(page.getByText(/push\.zip/).first()).toBeVisible();
  expect((await readFile(zip)).includes('"name": "spring.plan.json"')).toBe(true);
});
