import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { BeginForm, beginWord } from '../../../renderer/features/sync/begin.svelte';
import { ImportForm } from '../../../renderer/features/sync/import.svelte';
import { JobForm } from '../../../renderer/features/sync/job-form.svelte';
import JobsTab from '../../../renderer/features/sync/JobsTab.svelte';
import JobWizard from '../../../renderer/features/sync/JobWizard.svelte';
import { LiveJobs } from '../../../renderer/features/sync/live-jobs.svelte';
import { TakeBackForm } from '../../../renderer/features/sync/take-back.svelte';
import { readDateText } from '../../../renderer/lib/date-text';
import { say } from '../../../renderer/lib/say.svelte';
import { instantOf } from '../../../shared/domain/instant';
import type { Handlers } from '../../../shared/ipc/contract';
import type { LiveJobView } from '../../../shared/ipc/sync-contract';
import { speak } from '../gallery/speak';
import { connectionView, liveJob, lookAhead, quietLook, scripted, syncRow, type Scripted } from './scripted-backend';

const BERLIN = { timeZone: 'Europe/Berlin' };
const running = liveJob({ id: 7, badgeName: 'Coffee' });
const paused = liveJob({ id: 8, state: 'paused' });
const over = liveJob({ id: 9, state: 'done' });
const waiting = liveJob({ id: 10, state: 'queued', place: 1 });

describe('what is proposed', () => {
  test('is behind those that run, and at once where none does or all that are left are paused', () => {
    const form = new BeginForm();
    expect(form.chosen([over])).toBe('now');
    expect(form.chosen([over, running])).toBe('after');
    expect(form.chosen([waiting])).toBe('after');
    expect(form.chosen([paused, liveJob({ state: 'queued', startsOn: 5 })])).toBe('now');
    expect(new BeginForm(false).chosen([running])).toBe('now');
    form.choice = 'after';
    expect([form.chosen([paused]), form.chosen([over])]).toEqual(['after', 'now']);
  });

  test('a time is to be said, and to lie ahead', () => {
    const form = new BeginForm();
    form.choice = 'at';
    expect([form.begin([running]), form.blocked([running], 5)]).toEqual([null, 'Say when it starts.']);
    form.on = 5;
    expect(form.blocked([], 5)).toBe('That time is over; choose one that lies ahead.');
    expect([form.blocked([], 4), form.begin([])]).toEqual([null, { kind: 'at', on: 5 }]);
    form.on = instantOf('2098-03-29T00:00:00Z');
    expect(beginWord('Award 3', form, [], 'UTC')).toMatch(/^Award 3, on .*2098/);
    form.choice = 'now';
    expect([form.blocked([running], 9), beginWord('Award 3', form, [running], 'UTC')]).toEqual([null, 'Award 3']);
  });
});

test.each(['en', 'de'] as const)('the times that are suggested can be read in %s', async (language) => {
  await speak(language);
  onTestFinished(() => speak('en'));
  const context = {
    zone: 'Europe/Berlin',
    now: instantOf('2026-05-05T10:00:00Z'),
    edge: 'start' as const,
    locale: language,
  };
  expect([
    readDateText(say('live.suggestTonight'), context),
    readDateText(say('live.suggestTomorrow'), context),
  ]).toEqual([
    { ok: true, instant: instantOf('2026-05-05T20:00:00Z') },
    { ok: true, instant: instantOf('2026-05-06T00:00:00Z') },
  ]);
  if (language === 'de')
    expect(readDateText('morgen um 3 Uhr', context)).toEqual({ ok: true, instant: instantOf('2026-05-06T01:00:00Z') });
});

async function wizard(others: readonly LiveJobView[]): Promise<Scripted & { form: JobForm }> {
  const backend = scripted({
    'sync.list': () => ({ total: 1, rows: [syncRow()], counts: {} }),
    'sync.compare': () => ({ row: syncRow(), art: null, differences: [], claims: [], warnings: [], ids: null }),
    'requests.list': () => ({ total: 0, rows: [] }),
    'liveJobs.simulations': () => ({ badges: [] }),
    ...quietLook(),
    'liveJobs.lookAhead': () => lookAhead(),
    'liveJobs.start': () => liveJob(),
  });
  const form = new JobForm(backend.door, 1);
  const nothing = (): void => undefined;
  await render(JobWizard, { connection: connectionView(BERLIN), form, others, onstarted: nothing, onclose: nothing });
  await page.getByRole('combobox', { name: 'Badge in Acme UAT' }).click();
  await page.getByRole('option', { name: /Ten visits/ }).click();
  await page.getByRole('radio', { name: 'Range' }).click();
  await page.getByRole('textbox', { name: 'Last customer id' }).fill('3');
  return { ...backend, form };
}
const started = ({ asked }: Scripted): unknown => asked.find(({ method }) => method === 'liveJobs.start')?.input;

describe('the form of a job', () => {
  test('is put behind those that run, with how it was filled in', async () => {
    const backend = await wizard([running]);
    await page.getByRole('button', { name: 'Award 3 customers in Acme UAT, after the others' }).click();
    await vi.waitFor(() => expect(started(backend)).toMatchObject({ begin: { kind: 'after' } }));
    expect(started(backend)).toMatchObject({ form: { action: 'award', customers: { kind: 'range', rangeTo: '3' } } });
  });

  test('starts beside them where that is chosen, and at once where there are none', async () => {
    const backend = await wizard([running]);
    await page.getByRole('radio', { name: 'Beside the others' }).click();
    await expect.element(page.getByText('The jobs share the 20 requests a second of this org.')).toBeVisible();
    expect(backend.form.draft.begin).toEqual({ choice: 'now', on: null, typed: null });
    await page.getByRole('button', { name: /^Award 3 customers in Acme UAT$/ }).click();
    await vi.waitFor(() => expect(started(backend)).toBeDefined());
    expect(started(backend)).not.toHaveProperty('begin');
  });

  test('at a time in the zone of the org: one that is skipped or comes twice is asked about', async () => {
    const backend = await wizard([over]);
    await page.getByRole('radio', { name: 'At a time' }).click();
    const start = page.getByRole('button', { name: /^Award 3 customers/ });
    await expect.element(start).toHaveAccessibleDescription('Say when it starts.');
    const time = page.getByRole('textbox', { name: 'Date and time (Europe/Berlin)' });
    // Clocks in Berlin go forward at 2 in the night of 30 March 2098, and back at 3 in that of 26 October.
    await time.fill('2098-03-30 02:30');
    await expect.element(page.getByText(/does not exist in Europe\/Berlin/)).toBeVisible();
    await time.fill('2098-10-26 02:30');
    await page.getByRole('button', { name: /second/i }).click();
    expect(backend.form.begin.on).toBe(instantOf('2098-10-26T01:30:00Z'));
    await time.fill('2020-01-01 02:00');
    await page.getByRole('radio', { name: 'At a time' }).click();
    await expect.element(start).toHaveAccessibleDescription('That time is over; choose one that lies ahead.');
    await time.fill('2098-11-01 02:00');
    await page.getByRole('radio', { name: 'At a time' }).click();
    await start.click();
    const on = instantOf('2098-11-01T01:00:00Z');
    await vi.waitFor(() => expect(started(backend)).toMatchObject({ begin: { kind: 'at', on } }));
  });
});

describe('the list and the pane', () => {
  afterEach(async () => {
    await page.viewport(414, 896);
    delete document.documentElement.dataset['theme'];
    await speak('en');
  });

  const all = [
    liveJob({ id: 1, badgeName: 'Coffee', done: 400, waiting: 600 }),
    liveJob({ id: 2, badgeName: 'Ten visits', state: 'queued', place: 1, canTakeOut: true }),
    liveJob({ id: 3, badgeName: 'Spring', state: 'queued', place: 2, action: 'enrol' }),
    liveJob({ id: 4, badgeName: 'Night', state: 'queued', startsOn: instantOf('2098-10-26T01:30:00Z') }),
  ];

  async function shown(handlers: Partial<Handlers> = {}, width = 1280) {
    await page.viewport(width, 760);
    const backend = scripted({
      'liveJobs.rows': () => ({ total: 0, rows: [] }),
      'liveJobs.beginNow': ({ id }) => liveJob({ ...all[id - 1], state: 'running', place: null }),
      'liveJobs.reorder': ({ id, place }) => liveJob({ ...all[id - 1], place }),
      'liveJobs.takeOut': ({ id }) => liveJob({ ...all[id - 1], state: 'cancelled', place: null }),
      'liveJobs.wait': ({ id }) => liveJob({ ...all[id - 1], startsOn: instantOf('2098-11-01T01:00:00Z') }),
      ...handlers,
    });
    const nothing = (): (() => void) => () => undefined;
    const jobs = new LiveJobs(backend.door, nothing, nothing);
    for (const job of all) jobs.take(job);
    const form = new JobForm(backend.door, 1);
    const { door } = backend;
    await render(JobsTab, {
      ...{ jobs, connection: connectionView(BERLIN), form, onlookup: nothing },
      ...{ takeBack: new TakeBackForm(door, 1), importing: new ImportForm(door, 1) },
    });
    return { ...backend, jobs, form };
  }
  const job = (name: RegExp) => page.getByRole('button', { name });
  const asked = (backend: Scripted, method: string): unknown =>
    backend.asked.find((each) => each.method === method)?.input;

  test('say place and time, whom a job waits for, and let it be moved, started, changed and put off', async () => {
    const backend = await shown();
    await expect.element(job(/Ten visits.*No\. 1 in the queue/)).toBeVisible();
    await expect.element(job(/Night.*02:30/)).toBeVisible();
    await job(/Ten visits/).click();
    await expect.element(page.getByText(/no\. 1 of 2\. Before it: Award “Coffee”/)).toBeVisible();
    await page.getByRole('button', { name: 'Later in the queue' }).click();
    await vi.waitFor(() => expect(asked(backend, 'liveJobs.reorder')).toEqual({ id: 2, place: 2 }));
    await job(/Spring/).click();
    await expect.element(page.getByRole('button', { name: 'Change in the form' })).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Start now' }).click();
    await vi.waitFor(() => expect(asked(backend, 'liveJobs.beginNow')).toEqual({ id: 3 }));
    await job(/Night/).click();
    await expect.element(page.getByText(/Starts by itself on .*02:30 \(Europe\/Berlin\)/)).toBeVisible();
    await page.getByRole('button', { name: 'Another time…' }).click();
    await page.getByRole('textbox', { name: /^Date and time/ }).fill('2098-11-01 02:00');
    await page.getByRole('radio', { name: 'At a time' }).click();
    await page.getByRole('button', { name: 'Put to wait' }).click();
    const begin = { kind: 'at', on: instantOf('2098-11-01T01:00:00Z') };
    await vi.waitFor(() => expect(asked(backend, 'liveJobs.wait')).toEqual({ id: 4, begin }));
    await expect.element(page.getByRole('textbox', { name: /^Date and time/ })).not.toBeInTheDocument();
  });

  test('a job that is taken out is in the form, and replaces another there only when that is confirmed', async () => {
    const draft = {
      ...{ isOpen: true, action: 'enrol' as const, source: 'list' as const, requestId: null, simulation: null },
      ...{ eventDate: null, owner: null, badge: { badgeId: 'a', remoteId: 'b', name: 'Ten visits' } },
      customers: { kind: 'paste' as const, pasted: '5 6', rangeFrom: '1', rangeTo: '2', file: null },
    };
    let isTaken = false;
    const backend = await shown({
      ...quietLook(),
      'liveJobs.draft': () => (isTaken ? { draft, file: null, goneFile: null } : null),
      'liveJobs.takeOut': ({ id }) => {
        isTaken = true;
        return liveJob({ ...all[id - 1], state: 'cancelled', place: null });
      },
      'sync.list': () => ({ total: 0, rows: [], counts: {} }),
      'requests.list': () => ({ total: 0, rows: [] }),
      'liveJobs.simulations': () => ({ badges: [] }),
    });
    backend.form.badge = { badgeId: 'x', remoteId: 'x', name: 'Begun' };
    await job(/Ten visits/).click();
    await page.getByRole('button', { name: 'Change in the form' }).click();
    expect(isTaken).toBe(false);
    await page.getByRole('alertdialog').getByRole('button', { name: 'Change in the form' }).click();
    await vi.waitFor(() => expect(backend.form.badge?.name).toBe('Ten visits'));
    await expect.element(page.getByRole('button', { name: 'Close the form' })).toBeVisible();
    expect([backend.form.customers.pasted, backend.form.isOpen, backend.form.action]).toEqual(['5 6', true, 'enrol']);
  });

  test('a form that was started leaves no draft behind when it closes', async () => {
    const backend = await shown({
      ...quietLook(),
      'sync.list': () => ({ total: 0, rows: [], counts: {} }),
      'requests.list': () => ({ total: 0, rows: [] }),
      'liveJobs.simulations': () => ({ badges: [] }),
    });
    await page.getByRole('button', { name: 'New…' }).click();
    backend.form.badge = { badgeId: 'x', remoteId: 'x', name: 'Begun' };
    const kept = (): unknown[] => backend.asked.filter(({ method }) => method === 'liveJobs.keepDraft');
    await vi.waitFor(() => expect(kept().at(-1)).toMatchObject({ input: { draft: { badge: { name: 'Begun' } } } }));
    await backend.form.startOver(false);
    await expect.element(page.getByRole('button', { name: 'Close the form' })).not.toBeInTheDocument();
    expect(kept().at(-1)).toMatchObject({ input: { draft: null } });
  });

  test.each([
    ['en', 'light', 1440],
    ['de', 'dark', 960],
  ] as const)('look as they should in %s, %s, %d', async (language, theme, width) => {
    document.documentElement.dataset['theme'] = theme;
    await speak(language);
    const backend = await shown({}, width);
    backend.jobs.open(2);
    await page.getByRole('button', { name: language === 'en' ? 'Another time…' : 'Andere Zeit …' }).click();
    await page.screenshot({ path: `../../../test-results/queue-${language}.png` });
  });
});
