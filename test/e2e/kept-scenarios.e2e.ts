import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { springScenario } from '../simulation/scenarios';
import { expect, test } from './app';
import { look } from './look';

test('a scenario is kept in the workspace, is a file of its folder, and what others change there is told before it is lost', async ({
  laurel,
  page,
  userData,
}) => {
  test.slow();
  const folder = path.join(userData, 'programme');
  await mkdir(folder);
  const file = path.join(folder, 'spring-study.scenario.json');
  const write = async (fields: Record<string, unknown>): Promise<void> =>
    writeFile(file, `${JSON.stringify({ ...springScenario(), name: 'Spring study', ...fields }, null, 2)}\n`);
  const seed = async (): Promise<unknown> =>
    (JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as { seed?: unknown }).seed;
  await write({ seed: 1 });
  await page.keyboard.press('Control+,');
  const section = page.getByRole('region', { name: 'Workspace folder' });
  await laurel.chooseInOpenDialog([folder]);
  await section.getByRole('button', { name: 'Work with a folder …' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Work with it' }).click();
  await expect(section.getByText('And 1 file besides.')).toBeVisible();

  // It is on the start of Simulate, for everybody who shares the folder.
  await page.keyboard.press('Control+3');
  await look(laurel, 'kept-scenarios');
  await page.getByRole('button', { name: 'Open Spring study' }).click();
  await expect(page.getByText('Kept in this workspace as spring-study.scenario.json')).toBeVisible();
  const name = page.getByRole('textbox', { name: 'Scenario', exact: true });
  await name.fill('Spring study, mine');
  const keep = async (): Promise<void> => {
    await page.getByRole('button', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Keep in this workspace' }).click();
  };
  await keep();
  await expect.poll(async () => readFile(file, 'utf8')).toContain('Spring study, mine');

  // A pull brings another one while it is being edited: nothing of either is lost.
  await write({ seed: 77 });
  await expect(page.getByText('It was changed elsewhere since it was opened here.')).toBeVisible();
  await look(laurel, 'kept-scenario-changed');
  await keep();
  const asked = page.getByRole('dialog', { name: 'It was changed elsewhere' });
  await expect(asked).toBeVisible();
  expect(await seed()).toBe(77);
  await asked.getByRole('button', { name: 'Keep mine beside it' }).click();
  await expect.poll(async () => readdir(folder)).toHaveLength(2);
  expect(await seed()).toBe(77);
  await page.getByRole('button', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Scenarios of this workspace…' }).click();
  const list = page.getByRole('dialog', { name: 'Scenarios of this workspace' });
  await list.getByRole('button', { name: 'Take Spring study away', exact: true }).click();
  await expect.poll(async () => readdir(folder)).toHaveLength(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(seed).toBe(77);

  // The one in the editor is taken away and comes back: the editor has it again.
  const tie = page.getByText('Kept in this workspace as spring-study-mine.scenario.json');
  await expect(tie).toBeVisible();
  await page.getByRole('button', { name: 'Take Spring study, mine away', exact: true }).click();
  await expect(tie).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(tie).toBeVisible();

  // From any screen it is found by its name or its file.
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox', { name: 'Find a command' }).fill('spring-study.scenario');
  await expect(page.getByRole('option', { name: 'Spring study' })).toBeVisible();
  await look(laurel, 'kept-scenario-found');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Kept in this workspace as spring-study.scenario.json')).toBeVisible();
});
