import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { JobForm } from '../../../renderer/features/sync/job-form.svelte';
import JobWizard from '../../../renderer/features/sync/JobWizard.svelte';
import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { JobDraft, LookFinding } from '../../../shared/ipc/look-ahead-contract';
import { message } from '../../../shared/words/message';
import { connectionView, liveJob, lookAhead, quietLook, scripted, syncRow, type Scripted } from './scripted-backend';

const CLAIM = { ownerType: 'Loyalty', referenceId: '626' };
const finding = (change: Partial<LookFinding>): LookFinding => ({
  ...{ kind: 'refuses', code: 810, words: message('lookAhead.unclaimed', { owner: 'Loyalty 626' }) },
  ...{ advice: null, fix: null, atMost: null },
  ...change,
});

async function shown(
  handlers: Partial<Handlers>,
  change: Parameters<typeof connectionView>[0] = {},
): Promise<Scripted & { form: JobForm; again: () => Promise<void> }> {
  const backend = scripted({
    'sync.list': () => ({ total: 1, rows: [syncRow()], counts: {} }),
    'sync.compare': () => ({ row: syncRow(), art: null, differences: [], claims: [], warnings: [], ids: null }),
    'requests.list': () => ({ total: 0, rows: [] }),
    'liveJobs.simulations': () => ({ badges: [] }),
    ...quietLook(),
    'liveJobs.start': () => liveJob(),
    ...handlers,
  });
  const form = new JobForm(backend.door, 1);
  const props = {
    connection: connectionView(change),
    form,
    others: [],
    onstarted: () => undefined,
    onclose: () => undefined,
  };
  const first = await render(JobWizard, props);
  const again = async (): Promise<void> => {
    await first.unmount();
    await render(JobWizard, props);
  };
  return { ...backend, form, again };
}

async function fill(): Promise<void> {
  await page.getByRole('combobox', { name: 'Badge in Acme UAT' }).click();
  await page.getByRole('option', { name: /Ten visits/ }).click();
  await page.getByRole('radio', { name: 'Range' }).click();
  await page.getByRole('textbox', { name: 'Last customer id' }).fill('3');
}

const look = () => page.getByRole('region', { name: 'Before the first request' });
const start = () => page.getByRole('button', { name: /^(Award|Enrol) [\d,]+ customers/ });
const methods = ({ asked }: Scripted): string[] => asked.map(({ method }) => method);

test('a badge that nobody has claimed proposes the claim; once it is made, the job can be started', async () => {
  let isClaimed = false;
  const badge = { ...lookAhead().badge!, claims: [] };
  const backend = await shown({
    'liveJobs.lookAhead': ({ owner }) =>
      isClaimed
        ? lookAhead({ seen: 'after' })
        : lookAhead({ badge, findings: [finding({ fix: { kind: 'claim', ...(owner ?? CLAIM) } })] }),
    'liveJobs.claim': () => {
      isClaimed = true;
      return { sentence: message('lookAhead.claimed', { owner: 'Loyalty 626' }) };
    },
  });
  await fill();
  // An owner that the badge allows, whose reference only a person knows.
  await expect.element(page.getByRole('combobox', { name: 'Owner type' })).toHaveTextContent('Loyalty');
  await expect.element(start()).toHaveAccessibleDescription(/Choose the owner/);
  await page.getByRole('textbox', { name: 'Reference id' }).fill('626');
  await expect.element(look()).toMatchTextContent(/Loyalty 626 has not claimed the badge.*code 810/);
  await expect
    .element(start())
    .toHaveAccessibleDescription(/The org would refuse every row: Loyalty 626 has not claimed/);
  await look().getByRole('button', { name: 'Claim it for Loyalty 626' }).click();
  await expect.element(look()).toMatchTextContent(/Nothing stands in the way/);
  expect(backend.asked.find(({ method }) => method === 'liveJobs.claim')?.input).toMatchObject({ owner: CLAIM });
  expect(backend.asked.findLast(({ method }) => method === 'liveJobs.lookAhead')?.input).toMatchObject({ again: true });
  expect(backend.form.owner).toEqual(CLAIM);
  await start().click();
  await vi.waitFor(() => expect(methods(backend)).toContain('liveJobs.start'));
  expect(backend.asked.find(({ method }) => method === 'liveJobs.start')?.input).toMatchObject({ looked: 'after' });
});

test('an owner that may not claim the badge is changed for one that can, with one click', async () => {
  const backend = await shown({
    'liveJobs.lookAhead': ({ owner }) =>
      owner?.ownerType === 'Journeys'
        ? lookAhead({
            findings: [finding({ fix: { kind: 'owners', claimed: [CLAIM], allowed: ['Loyalty', 'Milestones'] } })],
          })
        : lookAhead(),
  });
  await fill();
  await vi.waitFor(() => expect(backend.form.owner).toEqual(CLAIM));
  backend.form.typeOwner({ ownerType: 'Journeys', referenceId: '9' });
  await expect.element(look().getByRole('button', { name: 'In the name of Milestones' })).toBeVisible();
  await look().getByRole('button', { name: 'In the name of Loyalty 626' }).click();
  await expect.element(look()).toMatchTextContent(/Nothing stands in the way/);
  expect(backend.form.owner).toEqual(CLAIM);
});

test('an org that cannot be looked at is said so, and a person decides', async () => {
  const unread = message('lookAhead.notLooked', { org: 'Acme UAT', reason: 'It is offline.' });
  const backend = await shown({ 'liveJobs.lookAhead': () => lookAhead({ badge: null, unread, seen: '' }) });
  await fill();
  await page.getByRole('textbox', { name: 'Reference id' }).fill('626');
  await expect.element(look()).toMatchTextContent(/could not be looked at in Acme UAT: It is offline/);
  await expect.element(start()).toHaveAccessibleDescription(/Decide whether to start all the same/);
  await look().getByRole('checkbox', { name: 'Start all the same' }).click();
  await start().click();
  await vi.waitFor(() => expect(methods(backend)).toContain('liveJobs.start'));
  expect(backend.asked.find(({ method }) => method === 'liveJobs.start')?.input).toMatchObject({ looked: null });
});

test('what is counted and how long it takes at least stand below, and a decision holds for what was seen only', async () => {
  let seen = 'first';
  const backend = await shown({
    'liveJobs.countRows': () => ({ total: 1_010, good: 1_000, bad: 7, duplicate: 3 }),
    'liveJobs.lookAhead': ({ rows }) =>
      lookAhead({
        ...{ requests: rows === null || rows === undefined ? null : 7, secondsAtLeast: 2, seen },
        findings: [
          finding({
            ...{ kind: 'asks', code: 990_002, atMost: 0 },
            words: message('lookAhead.full', { limit: 12, used: 12, org: 'Acme UAT' }),
          }),
        ],
      }),
  });
  await fill();
  await expect
    .element(look())
    .toMatchTextContent(/7 requests with up to 500 customers; at 20 a second at least 2 seconds/);
  await expect.element(look()).toMatchTextContent(/Customers to send\s*1,000\s*Bad\s*7\s*Named again\s*3/);
  const anyway = look().getByRole('checkbox', { name: 'Start all the same' });
  await anyway.click();
  await expect.element(start()).not.toHaveAttribute('aria-disabled', 'true');
  await look().getByRole('button', { name: 'Look again' }).click();
  await expect.element(anyway).toBeChecked();
  seen = 'second';
  await look().getByRole('button', { name: 'Look again' }).click();
  await expect.element(anyway).not.toBeChecked();
  expect(backend.form.look.counts?.good).toBe(1_000);
});

test('rows that are counted while the badge is looked at are held against it all the same', async () => {
  let tell: (counts: object) => void = () => undefined;
  let isCounted = false;
  const { asked } = await shown({
    'liveJobs.countRows': () => new Promise((resolve) => (tell = resolve as never)),
    'liveJobs.lookAhead': async ({ rows }) => {
      tell({ total: 3, good: 3, bad: 0, duplicate: 0 });
      // Not before the count has reached the page.
      await new Promise((resolve) => setTimeout(resolve, isCounted ? 0 : 1_000));
      isCounted = true;
      return lookAhead({ requests: rows ? 1 : null, secondsAtLeast: rows ? 1 : null });
    },
  });
  await fill();
  await expect.element(look()).toMatchTextContent(/1 request with up to 500 customers/);
  expect(asked.findLast(({ method }) => method === 'liveJobs.lookAhead')?.input).toMatchObject({ rows: { good: 3 } });
});

test('a start that is refused keeps the form, and looks again', async () => {
  const backend = await shown({
    'liveJobs.start': () => {
      throw new Failure('conflict', message('lookAhead.moved', { org: 'Acme UAT' }));
    },
  });
  await fill();
  await start().click();
  await expect.element(page.getByRole('alert')).toMatchTextContent(/has changed since it was looked at/);
  await vi.waitFor(() =>
    expect(backend.asked.findLast(({ method }) => method === 'liveJobs.lookAhead')?.input).toMatchObject({
      again: true,
    }),
  );
  expect(backend.form.badge?.name).toBe('Ten visits');
});

test('the form is still there when its screen was left, and is kept as it was typed', async () => {
  const backend = await shown({});
  await fill();
  await page.getByRole('radio', { name: 'Paste' }).click();
  await page.getByRole('textbox', { name: /^Customer ids/ }).fill('1 2\nhalf-');
  await page.getByRole('textbox', { name: 'Date of the event' }).fill('12 Ma');
  await backend.again();
  await expect.element(page.getByRole('textbox', { name: /^Customer ids/ })).toHaveValue('1 2\nhalf-');
  await expect.element(page.getByRole('textbox', { name: 'Date of the event' })).toHaveValue('12 Ma');
  await vi.waitFor(() =>
    expect(backend.asked.findLast(({ method }) => method === 'liveJobs.keepDraft')?.input).toMatchObject({
      connectionId: 1,
      draft: { badge: { name: 'Ten visits' }, customers: { kind: 'paste', pasted: '1 2\nhalf-', rangeTo: '3' } },
    }),
  );
  await page.getByRole('button', { name: 'Start over' }).click();
  await vi.waitFor(() =>
    expect(backend.asked.at(-1)).toEqual({ method: 'liveJobs.keepDraft', input: { connectionId: 1, draft: null } }),
  );
  await expect.element(page.getByRole('combobox', { name: 'Badge in Acme UAT' })).toHaveValue('');
});

test.each([
  [true, false],
  [false, true],
])('whoever said %s before the draft of before was read, in which it was %s, is not overruled', async (said, kept) => {
  const reading = Promise.withResolvers<undefined>();
  const draft: JobDraft = { ...new JobForm(scripted({}).door, 1).draft, isOpen: kept, eventDateTyped: '31 Febr' };
  const { door } = scripted({
    'liveJobs.draft': async () => {
      await reading.promise;
      return { draft, file: null, goneFile: null };
    },
    'liveJobs.keepDraft': () => null,
  });
  const form = new JobForm(door, 1);
  const restored = form.restore();
  form.show(said);
  reading.resolve(undefined);
  await restored;
  expect(form.isOpen).toBe(said);
});

test('a draft of before is taken whole, with its file; a file that is gone is named', async () => {
  const draft: JobDraft = {
    ...{ isOpen: true, action: 'enrol', source: 'list', requestId: null, simulation: null, eventDate: null },
    eventDateTyped: '31 Febr',
    badge: { badgeId: 'a'.repeat(24), remoteId: 'b'.repeat(24), name: 'Ten visits' },
    owner: { ownerType: 'Milestones', referenceId: '7 ', isClaimed: false },
    customers: { kind: 'file', pasted: 'kept', rangeFrom: '5', rangeTo: '1e', file: null },
  };
  const { form } = await shown({ 'liveJobs.draft': () => ({ draft, file: null, goneFile: 'members.csv' }) });
  await expect.element(page.getByText(/“members.csv” cannot be read any more/)).toBeVisible();
  await expect.element(page.getByRole('textbox', { name: 'Reference id' })).toHaveValue('7 ');
  await expect.element(look()).toMatchTextContent(/Nothing stands in the way/);
  await expect.element(page.getByRole('textbox', { name: 'Date of the event' })).toHaveValue('31 Febr');
  expect(form.draft).toEqual(draft);
  expect(form.owner).toEqual({ ownerType: 'Milestones', referenceId: '7' });
});
