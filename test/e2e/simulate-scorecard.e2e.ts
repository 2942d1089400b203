import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app';
import { look } from './look';
import { asTable, drawnTransactions } from '../simulation/learning/drawn-transactions';

test('real awards over a kept forecast, with purchases, a control group, and on to learning again', async ({
  laurel,
  page,
  userData,
}) => {
  const [from, to] = ['2026-03-01T00:00:00Z', '2026-05-01T00:00:00Z'];
  const badge = {
    ...{ name: 'Every visit', startOnISO: from, expiresOnISO: to, earnType: 'EARN', active: true },
    earnedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META' },
    ownership: { restrictedToOwners: ['Loyalty'] },
  };
  const scenario = {
    ...{ schema: 'laurel/scenario@1', name: 'Visits', seed: 3, timeZone: 'UTC', from, to, replications: 2 },
    badges: [{ key: 'visit', badge, owner: { ownerType: 'Loyalty', referenceId: '1' }, trigger: { every: 1 } }],
    customers: { segments: [{ name: 'all', size: 500, activity: { perWeek: 1.2, dispersion: 0.5 } }] },
  };
  const file = (name: string): string => path.join(userData, name);
  await writeFile(file('visits.scenario.json'), JSON.stringify(scenario));
  const drawn = (...segments: [string, number, number][]): string =>
    asTable(
      drawnTransactions(
        9,
        from,
        to,
        segments.map(([name, size, perWeek]) => ({ name, size, activity: { perWeek, dispersion: 0.5 } })),
      ),
    );
  await writeFile(file('awards.csv'), drawn(['all', 500, 0.8]));
  await writeFile(file('purchases.csv'), drawn(['reached', 500, 0.8], ['kept out', 400, 0.6]));

  await laurel.menu('go.simulate');
  await laurel.chooseInOpenDialog([file('visits.scenario.json')]);
  await page.getByRole('button', { name: 'Open a scenario file…' }).click();
  await expect(page.getByRole('textbox', { name: 'Scenario', exact: true })).toHaveValue('Visits');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const result = page.getByRole('article', { name: 'Result Visits' });
  await expect(result).toBeVisible({ timeout: 60_000 });
  await result.getByRole('tab', { name: 'Scorecard' }).click();

  for (const [label, name] of [
    ['Awards that were made', 'awards.csv'],
    ['Purchases since the launch', 'purchases.csv'],
  ] as const) {
    await laurel.chooseInOpenDialog([file(name)]);
    await result.getByRole('region', { name: label, exact: true }).getByRole('button', { name: 'Choose…' }).click();
    await expect(result.getByText(name).first()).toBeVisible();
  }
  await result.getByText('A group of the file').click();
  await result.getByRole('textbox', { name: 'Group that was kept out' }).fill('kept out');
  await result.getByRole('textbox', { name: 'Customers kept out' }).fill('400');
  await look(laurel, 'simulate-scorecard-asked');
  await result.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(result.getByText(/^Below the band since the week of/)).toBeVisible({ timeout: 60_000 });
  await expect(result.getByText(/less often than the scenario says/)).toBeVisible();
  await expect(result.getByText(/more often than those kept out/)).toBeVisible();
  await look(laurel, 'simulate-scorecard');

  await result.getByRole('button', { name: 'Learn again from the purchases' }).click();
  await expect(page.getByText('The purchases stand under Customers: press Learn.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Learn', exact: true })).toBeEnabled();
});
