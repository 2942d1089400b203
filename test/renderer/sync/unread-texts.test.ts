import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ConnectionFields from '../../../renderer/features/sync/ConnectionFields.svelte';
import { Connections } from '../../../renderer/orgs/connections.svelte';
import JobWizard from '../../../renderer/features/sync/JobWizard.svelte';
import { Practice } from '../../../renderer/features/sync/practice/practice.svelte';
import { JobForm } from '../../../renderer/features/sync/job-form.svelte';
import { connectionView, liveJob, quietLook, scripted, syncRow } from './scripted-backend';

test('a connection is not saved with the last number while something else stands in its field', async () => {
  const { door, asked } = scripted({ 'connections.save': () => connectionView() });
  await render(ConnectionFields, {
    connections: new Connections(door),
    practice: new Practice(door),
    connection: connectionView(),
    onsaved: () => undefined,
  });
  const field = page.getByRole('textbox', { name: 'Requests a second' });
  const save = page.getByRole('button', { name: 'Save the changes' });
  await field.fill('2.5');
  await expect.element(save).toHaveAccessibleDescription(/What is typed in Requests a second could not be read/);
  await userEvent.keyboard('{Enter}');
  await save.click({ force: true });
  expect(asked).toEqual([]);
  await field.fill('25');
  await save.click();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]?.input).toMatchObject({ connection: { perSecond: 25 } });
});

test('a live job does not start with no date while a date that could not be read stands in its field', async () => {
  const { door, asked } = scripted({
    'sync.list': () => ({ total: 1, rows: [syncRow()], counts: {} as never }),
    'sync.compare': () => ({
      row: syncRow(),
      art: null,
      differences: [],
      claims: [{ ownerType: 'Loyalty', referenceId: '626', here: true, live: true }],
      warnings: [],
      ids: null,
    }),
    'requests.list': () => ({ total: 0, offset: 0, rows: [] }),
    'liveJobs.simulations': () => ({ badges: [] }),
    ...quietLook(),
    'liveJobs.start': () => liveJob(),
  });
  await render(JobWizard, {
    ...{ connection: connectionView(), form: new JobForm(door, 1) },
    ...{ others: [], onstarted: () => undefined, onclose: () => undefined },
  });
  await page.getByRole('combobox', { name: 'Badge in Acme UAT' }).click();
  await page.getByRole('option', { name: /Ten visits/ }).click();
  await page.getByRole('radio', { name: 'Range' }).click();
  await page.getByRole('textbox', { name: 'Last customer id' }).fill('3');
  const start = page.getByRole('button', { name: /^Award 3 customers/ });
  await page.getByRole('textbox', { name: 'Date of the event' }).fill('yesterdayish');
  await expect.element(start).toHaveAccessibleDescription(/What is typed in Date of the event could not be read/);
  await start.click({ force: true });
  expect(asked.map(({ method }) => method)).not.toContain('liveJobs.start');
  await page.getByRole('textbox', { name: 'Date of the event' }).fill('');
  await userEvent.keyboard('{Enter}');
  await start.click();
  await vi.waitFor(() => expect(asked.map(({ method }) => method)).toContain('liveJobs.start'));
});
