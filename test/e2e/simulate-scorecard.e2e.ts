import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from './app';
import { connectTo } from './connect';
import { look } from './look';
import { OwnOrg } from './own-org';
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
  // Four weeks as forecast, and then a third of it is gone.
  const drawn = (...segments: [string, number, number][]): string =>
    asTable(
      drawnTransactions(
        9,
        from,
        to,
        segments.map(([name, size, perWeek]) => ({ name, size, activity: { perWeek, dispersion: 0.5 } })),
      ).filter(({ at }, row) => at < '2026-03-29' || row % 3 > 0),
    );
  await writeFile(file('awards.csv'), drawn(['all', 500, 1.2]));
  await writeFile(file('purchases.csv'), drawn(['reached', 500, 1.2], ['kept out', 400, 0.9]));

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
  await result.getByRole('textbox', { name: 'Customers who could get it' }).fill('500');
  await look(laurel, 'simulate-scorecard-asked');
  await result.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(result.getByText(/^Below the band since the week of/)).toBeVisible({ timeout: 60_000 });
  await expect(result.getByText(/less often than the scenario says/)).toBeVisible();
  await expect(result.getByText(/more often than those kept out/)).toBeVisible();
  await expect(result.getByText(/over 500 customers who could get the badge and 400 kept out/)).toBeVisible();
  await look(laurel, 'simulate-scorecard');

  await result.getByRole('button', { name: 'Learn again from the purchases' }).click();
  await expect(
    page.getByText('The purchases stand under Customers, to be learned from Mar 29, 2026 on: press Learn.').first(),
  ).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Learn from' })).toHaveValue('2026-03-29');
  await expect(page.getByRole('button', { name: 'Learn', exact: true })).toBeEnabled();
  await page.getByRole('textbox', { name: 'Learn until' }).fill('2026-04-25');
  await page.getByRole('textbox', { name: 'Learn until' }).scrollIntoViewIfNeeded();
  await look(laurel, 'simulate-learn-days');
  await page.getByRole('button', { name: 'Learn', exact: true }).click();
  await expect(page.getByText(/28 days from .*29.* to .*25/)).toBeVisible({ timeout: 60_000 });
});

test('an org is asked what it counts, beside a file that holds the awards of two badges', async ({
  laurel,
  page,
  userData,
}) => {
  const [from, to] = ['2026-03-01T00:00:00Z', '2026-05-01T00:00:00Z'];
  const org = new OwnOrg(path.join(userData, 'org.sqlite'), { user: 'laurel-tester', password: 'a password' });
  await org.start();
  try {
    const badge = (name: string) => ({
      ...{ name, startOnISO: from, expiresOnISO: to, earnType: 'EARN', active: true },
      earnedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META' },
      ownership: { restrictedToOwners: ['Loyalty'] },
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_WINDOW', durationType: 'WEEKS', maxEarnLimit: 100_000 }],
    });
    const migration = { 'X-CAP-BADGES-MIGRATION': 'migration' };
    const created = await org.call('POST', '/badgeMeta', badge('Every visit'), migration);
    const { id } = created['data'] as { id: string };
    const drawn = (seed: number, perWeek: number) =>
      drawnTransactions(seed, from, to, [{ name: 'all', size: 100, activity: { perWeek, dispersion: 0.5 } }]);
    const [visits, tenths] = [drawn(9, 1.2), drawn(10, 0.6)];
    const awards = visits.map(({ customer, at }) => ({
      ...{ badgeMetaId: id, customerId: customer, earnEventDate: at, earnExpiresOn: '2027-05-01T00:00:00Z' },
    }));
    await org.call('POST', '/import/customerBadges', awards.slice(0, 500));
    await org.call('POST', '/import/customerBadges', awards.slice(500));
    const lines = (rows: typeof visits, name: string): string[] =>
      rows.map(({ customer, at }) => `${String(customer)},${at},${name}`);
    const table = ['customer,date,badge', ...lines(visits, 'Every visit'), ...lines(tenths, 'B-10'), ''].join('\n');
    await writeFile(path.join(userData, 'awards.csv'), table);
    const owner = { ownerType: 'Loyalty', referenceId: '1' };
    const scenario = {
      ...{ schema: 'laurel/scenario@1', name: 'Two badges', seed: 3, timeZone: 'UTC', from, to, replications: 2 },
      badges: ['Every visit', 'Every second'].map((name, at) => ({
        ...{ key: `badge-${String(at)}`, badge: badge(name), owner, trigger: { every: at + 1 } },
      })),
      customers: { segments: [{ name: 'all', size: 100, activity: { perWeek: 1.2, dispersion: 0.5 } }] },
    };
    await writeFile(path.join(userData, 'two.scenario.json'), JSON.stringify(scenario));
    await laurel.menu('go.sync');
    await connectTo(page, org, 'Rehearsal');

    await laurel.menu('go.simulate');
    await laurel.chooseInOpenDialog([path.join(userData, 'two.scenario.json')]);
    await page.getByRole('button', { name: 'Open a scenario file…' }).click();
    await expect(page.getByRole('textbox', { name: 'Scenario', exact: true })).toHaveValue('Two badges');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const result = page.getByRole('article', { name: 'Result Two badges' });
    await expect(result).toBeVisible({ timeout: 60_000 });
    await result.getByRole('tab', { name: 'Scorecard' }).click();
    await laurel.chooseInOpenDialog([path.join(userData, 'awards.csv')]);
    await result
      .getByRole('region', { name: 'Awards that were made' })
      .getByRole('button', { name: 'Choose…' })
      .click();
    await result.getByRole('combobox', { name: 'Badges in the file' }).click();
    await page.getByRole('option', { name: 'Column “badge”' }).click();
    await result.getByRole('combobox', { name: 'Counts of an org' }).click();
    await page.getByRole('option', { name: 'Rehearsal' }).click();
    await result.getByRole('button', { name: 'Compare', exact: true }).click();
    const visit = result.getByRole('region', { name: 'Every visit', exact: true });
    await expect(visit.getByText(/^By the count of Rehearsal/)).toBeVisible({ timeout: 60_000 });
    await expect(visit.getByText(`${visits.length.toLocaleString('en')} awards when it was asked`)).toBeVisible();
    await expect(visit.getByText('The file of awards agrees with it.')).toBeVisible();
    const second = result.getByRole('region', { name: 'Every second', exact: true });
    await expect(second.getByText('Rehearsal has no badge of this name.')).toBeVisible();
    await expect(second.getByText(/0 awards until/)).toBeVisible();
    await look(laurel, 'simulate-scorecard-org');
    await result.getByRole('combobox', { name: '“B-10” is' }).click();
    await page.getByRole('option', { name: 'Every second' }).click();
    await result.getByRole('button', { name: 'Compare', exact: true }).click();
    await expect(second.getByText(/of the forecast|awards until/).first()).toBeVisible({ timeout: 60_000 });
    await expect(second.getByText(/^Below the band.* 0 awards/)).toHaveCount(0);
    await expect(result.getByText(/of no badge of the scenario/)).toHaveCount(0);
  } finally {
    await org.stop();
  }
});
