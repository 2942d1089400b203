import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, inTestLong, test } from './app';
import { drop } from './drop';
import { look } from './look';

const fixtures = path.resolve(import.meta.dirname, '..', 'fixtures', 'scenarios');

test(
  'policies beside a scenario file stand beside its answer, one is dropped, and a line is added and saved',
  inTestLong,
  async ({ laurel, page, userData }) => {
    const folder = path.join(userData, 'scenarios');
    await cp(fixtures, folder, { recursive: true });
    const file = path.join(folder, 'spring.scenario.json');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"size": 20000', '"size": 900'));
    const policy = (measure: string, line: Record<string, unknown>): string =>
      JSON.stringify({
        ...{ schema: 'laurel/policy@1', scenario: 'spring.scenario.json', set: { replications: 3 } },
        expect: [{ badge: 'streak', measure, at: 'p90', ...line }, { lint: 'clean' }],
      });
    await writeFile(path.join(folder, 'board.policy.json'), policy('attempts', { min: 1 }));
    const strict = path.join(userData, 'strict.policy.json');
    await writeFile(strict, policy('awarded', { max: 1 }));

    await laurel.menu('go.simulate');
    await laurel.chooseInOpenDialog([file]);
    await page.getByRole('button', { name: 'Open a scenario file…' }).click();
    await expect(page.getByText('One policy stands beside the answer.')).toBeVisible();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const section = page.getByRole('region', { name: 'Policies beside the answer' });
    await expect(section.getByText('board.policy.json')).toBeVisible({ timeout: 60_000 });
    await expect(section.getByText(/streak: P90 of attempts at least 1/)).toBeVisible();
    await expect(section.getByText('holds', { exact: true }).first()).toBeVisible();

    await drop(page, strict, '.area');
    await expect(section.getByText(/streak: P90 of awards at most 1/)).toBeVisible({ timeout: 60_000 });
    await expect(section.getByText('broken', { exact: true })).toBeVisible();
    await expect(section.getByText(/too much\)/)).toBeVisible();
    await look(laurel, 'simulate-policies');

    await section.getByRole('button', { name: 'Add a line' }).first().click();
    await section.getByRole('textbox', { name: 'Line' }).fill('100000');
    await section.getByRole('button', { name: 'Add a line' }).last().click();
    await expect(section.getByText('Own lines')).toBeVisible({ timeout: 60_000 });
    const saved = path.join(userData, 'own.policy.json');
    await laurel.chooseInSaveDialog(saved);
    await section.getByRole('button', { name: 'Save “Own lines” as a file…' }).click();
    await expect.poll(() => readFile(saved, 'utf8').catch(() => '')).toContain('laurel/policy@1');
  },
);
