import { expect, test } from './app';
import { look, speak } from './look';
import { callBackend, listenToWire } from './page-wire';

test('a customer who asks for it is looked for, erased, and taken out of the backups that hold them', async ({
  laurel,
  page,
}) => {
  await listenToWire(laurel);
  await callBackend(page, 'badges.addSamples', {});
  const { rows } = (await callBackend(page, 'badges.list', { filter: { search: 'first cup' } })) as {
    rows: { id: string; name: string }[];
  };
  const request = (await callBackend(page, 'issuance.run', {
    ...{ badgeId: rows.find(({ name }) => name === 'First Cup')?.id, action: 'award' },
    customers: { kind: 'range', from: 70_000, to: 70_020 },
    owner: { ownerType: 'Loyalty', referenceId: '626' },
    ...{ at: null, eventDate: null, requestId: null },
  })) as { id: number; succeeded: number };
  expect(request.succeeded).toBe(21);
  await callBackend(page, 'backups.take', {});

  await laurel.menu('go.settings');
  const section = page.getByRole('region', { name: 'Customers’ data' });
  const field = section.getByLabel('Customer', { exact: true });
  await field.fill('70007');
  await field.press('Enter');
  await expect(section.getByText('70007 stands in:')).toBeVisible();
  await expect(section.getByText('Enrolments and awards of the local org')).toBeVisible();
  await expect(section.getByText('stays until it is deleted')).toBeVisible();
  await section.scrollIntoViewIfNeeded();
  await look(laurel, 'forget-found');

  await section.getByRole('button', { name: 'Erase this customer …' }).click();
  await look(laurel, 'forget-confirm');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Erase' }).click();
  await expect(section.getByText(/^70007 was erased/)).toBeVisible();
  await section.getByRole('button', { name: 'Delete this backup …' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(section.getByText('One backup was deleted.')).toBeVisible();
  await field.press('Enter');
  await expect(section.getByText('70007 is nowhere in this workspace.')).toBeVisible();
  const page21 = (await callBackend(page, 'requests.rows', { id: request.id, filter: {}, offset: 0, limit: 50 })) as {
    total: number;
  };
  expect(page21.total).toBe(21);

  const kept = page.getByRole('region', { name: 'How long things are kept' });
  await kept.getByRole('combobox', { name: 'Activity' }).click();
  await page.getByRole('option', { name: '90 days' }).click();
  await expect(kept.getByText('Saved.')).toBeVisible();
  await look(laurel, 'retention');
  await speak(page, 'de');
  await expect(page.getByRole('heading', { name: 'Daten von Kunden' })).toBeVisible();
});
