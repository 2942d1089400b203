import { expect, test, vi } from 'vitest';
import { Activity } from '../../../renderer/features/activity/activity.svelte';
import { JobForm } from '../../../renderer/features/sync/job-form.svelte';
import { isActive, jobSentence, LiveJobs, shareOf } from '../../../renderer/features/sync/live-jobs.svelte';
import type { RunningJob } from '../../../renderer/shell/running.svelte';
import type { LiveJobView } from '../../../shared/ipc/sync-contract';
import { connectionView, liveJob, quietLook, scripted, syncRow } from './scripted-backend';
import { saidFailure } from '../../ipc/said-failure';

test('jobs are followed, stand in the sidebar while they go on, and leave it when they end', async () => {
  let report: (job: LiveJobView) => void = () => undefined;
  const { door } = scripted({
    'liveJobs.watch': (_input, { signal, progress }) => {
      report = progress;
      progress(liveJob());
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ watched: 1 })));
    },
    'liveJobs.rows': () => ({ total: 0, rows: [] }),
  });
  const shown: RunningJob[] = [];
  const opened: number[] = [];
  let turns = 0;
  const jobs = new LiveJobs(
    door,
    (job) => {
      shown.push(job);
      return () => shown.splice(shown.indexOf(job), 1);
    },
    (job) => opened.push(job.id),
    () => (turns += 1),
  );
  jobs.follow();
  await vi.waitFor(() => expect(jobs.list).toHaveLength(1));
  expect(shown[0]?.progress).toBe(0);
  report(liveJob({ done: 240, refused: 10, waiting: 750 }));
  await vi.waitFor(() => expect(shown[0]?.progress).toBe(0.25));
  expect(shown[0]?.text).toBe('250 of 1,000');
  shown[0]?.open();
  expect(opened).toEqual([1]);
  expect(jobs.opened?.id).toBe(1);
  report(liveJob({ state: 'waiting-for-org', done: 240, refused: 10, waiting: 750, note: 'Offline.' }));
  await vi.waitFor(() => expect(jobs.opened?.note).toBe('Offline.'));
  expect(shown).toHaveLength(1);
  // Whether the org answers is asked for again when a job turned, not at each of its steps.
  expect(turns).toBe(1);
  report(liveJob({ state: 'done', done: 990, refused: 10, waiting: 0 }));
  await vi.waitFor(() => expect(shown).toHaveLength(0));
  report(liveJob({ id: 2, state: 'paused' }));
  await vi.waitFor(() => expect(jobs.jobsOf(1).map(({ id }) => id)).toEqual([2, 1]));
  expect(shown).toHaveLength(0);
});

test('a step that is refused leaves the job as it is and says why', async () => {
  const { door, asked } = scripted({
    'liveJobs.resume': () => {
      throw saidFailure('conflict', 'Acme is read-only.');
    },
    'liveJobs.retryRefused': () => liveJob({ state: 'running' }),
  });
  const jobs = new LiveJobs(
    door,
    () => () => undefined,
    () => undefined,
  );
  jobs.take(liveJob({ state: 'paused' }));
  await jobs.resume(1);
  expect(jobs.failure).toMatchObject({ message: 'Acme is read-only.' });
  expect(jobs.list[0]?.state).toBe('paused');
  await jobs.retryRefused(1, 'Acme');
  expect(asked.at(-1)?.input).toEqual({ id: 1, typedName: 'Acme' });
  expect(jobs.failure).toBeNull();
  expect(jobs.list[0]?.state).toBe('running');
});

test('the sentence of a job forgets nobody', () => {
  const job = liveJob({ done: 600, refused: 50, unknown: 100, sent: 50, waiting: 200 });
  expect(jobSentence(job)).toBe('600 of 1,000 customers awarded, 50 refused, 100 unknown, being asked for, 250 to go.');
  expect(jobSentence({ ...job, state: 'cancelled', unknown: 0, sent: 0, waiting: 350 })).toContain('350 never sent');
  expect(jobSentence({ ...job, action: 'enrol' })).toContain('customers enrolled');
  expect(shareOf(job)).toBe(0.65);
  expect(shareOf(liveJob({ total: 0 }))).toBe(1);
  expect(isActive(liveJob({ state: 'waiting-for-org' }))).toBe(true);
  expect(isActive(liveJob({ state: 'paused' }))).toBe(false);
});

test('the form of a job needs badge, owner, customers and, for production, the name', async () => {
  const { door, asked } = scripted({
    'sync.list': () => ({
      total: 2,
      rows: [syncRow(), syncRow({ badgeId: 'c'.repeat(24), remoteId: null, name: 'Only here' })],
      counts: {},
    }),
    'sync.compare': () => ({
      row: syncRow(),
      art: null,
      differences: [],
      claims: [
        { ownerType: 'Journeys', referenceId: '9', here: true, live: false },
        { ownerType: 'Loyalty', referenceId: '626', here: true, live: true },
      ],
      warnings: [],
      ids: null,
    }),
    ...quietLook(),
    'liveJobs.start': () => liveJob(),
  });
  const form = new JobForm(door, 1);
  const production = connectionView({ name: 'Acme', kind: 'production' });
  await form.searchBadges('');
  // A job is over what the org has, never over a draft that was not pushed.
  expect(form.badges.map(({ name }) => name)).toEqual(['Ten visits']);
  expect(form.blocked({ ...production, writable: false })).toMatch(/read-only/);
  expect(form.blocked(production)).toBe('Choose the badge.');
  await form.chooseBadge('a'.repeat(24));
  expect(form.owner).toEqual({ ownerType: 'Loyalty', referenceId: '626' });
  expect(form.blocked(production)).toMatch(/Choose a file/);
  form.customers.kind = 'range';
  form.customers.rangeTo = '1,200';
  form.look.ask(form.question);
  expect(form.blocked(production)).toBe('Wait until the badge was looked at.');
  await vi.waitFor(() => expect(form.blocked(production)).toBe('Type the name of the org first.'));
  form.typedName = 'Acme';
  expect(form.blocked(production)).toBeNull();
  form.eventDate = 5;
  form.action = 'enrol';
  form.isOpen = true;
  // The form stays until its job is shown: nothing else may come up in between.
  const shown: boolean[] = [];
  await form.start(production, [], () => shown.push(form.isOpen));
  expect(shown).toEqual([true]);
  expect(asked.find(({ method }) => method === 'liveJobs.start')).toEqual({
    method: 'liveJobs.start',
    input: {
      connectionId: 1,
      remoteBadgeId: 'b'.repeat(24),
      action: 'enrol',
      owner: { ownerType: 'Loyalty', referenceId: '626' },
      eventDate: 5,
      customers: { kind: 'range', from: 1, to: 1200 },
      looked: 'seen',
      typedName: 'Acme',
    },
  });
  expect(form.typedName).toBe('');
  // What was started is no draft any more.
  expect(asked.at(-1)).toEqual({ method: 'liveJobs.keepDraft', input: { connectionId: 1, draft: null } });
  expect([form.badge, form.owner, form.isOpen]).toEqual([null, null, false]);
});

test('the filter of Activity goes to the backend, and a request that is gone says so', async () => {
  const { door, asked } = scripted({
    'activity.list': () => ({ total: 0, rows: [], next: { on: 8, key: 2 } }),
    'activity.tasks': () => ({ total: 0, rows: [], next: null }),
    'activity.get': () => {
      throw saidFailure('not-found', 'That request is not in the ledger.');
    },
  });
  const activity = new Activity(door);
  activity.showConnection(4);
  activity.narrow({ outcome: 'unknown', badgeId: 'b', endpoint: 'claim', from: 1, until: 2, kind: 'push' });
  activity.searchFor(' 809 ');
  await vi.waitFor(() => expect(activity.tasks.total).toBe(0));
  const wanted = {
    connectionId: 4,
    outcome: ['unknown'],
    search: '809',
    badgeId: 'b',
    endpoint: 'claim',
    kinds: ['push'],
  };
  expect(asked.at(-1)).toMatchObject({
    method: 'activity.tasks',
    input: { ...wanted, from: 1, until: 2, offset: 0, reads: false },
  });
  expect([activity.isFiltered, activity.narrowings]).toEqual([true, 6]);
  // Request by request, with what only reads, and on below what was looked through.
  activity.group(false);
  activity.showReads(true);
  await vi.waitFor(() => expect(activity.next).toEqual({ on: 8, key: 2 }));
  expect(asked.at(-1)).toMatchObject({ method: 'activity.list', input: { ...wanted, reads: true } });
  activity.lookFurther();
  await vi.waitFor(() => expect(asked.at(-1)?.input).toMatchObject({ ...wanted, before: { on: 8, key: 2 } }));
  await activity.open(3);
  expect(activity.failure).toMatchObject({ code: 'not-found' });
  activity.clearFilter();
  expect(activity.isFiltered).toBe(false);
});
