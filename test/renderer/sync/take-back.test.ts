import { expect, test, vi } from 'vitest';
import { TakeBackForm } from '../../../renderer/features/sync/take-back.svelte';
import type { TakeBackLook } from '../../../shared/ipc/take-back-contract';
import { saidFailure } from '../../ipc/said-failure';
import { connectionView, liveJob, scripted, syncRow } from './scripted-backend';

const looked = (change: Partial<TakeBackLook> = {}): TakeBackLook => ({
  ...{ action: 'revoke-award', badgeName: 'Ten visits', remoteBadgeId: 'b', total: 3, records: 3, leftOut: [] },
  ...{ sample: [], requests: 3, secondsAtLeast: 1, notes: [], seen: 'seal' },
  ...change,
});

test('what a job gave is looked at when the form opens, and again with each change; only the last look counts', async () => {
  const answers: ((look: TakeBackLook) => void)[] = [];
  const { door, asked } = scripted({
    'liveJobs.lookBack': () => new Promise((resolve) => answers.push(resolve)),
    'liveJobs.takeBack': () => liveJob({ id: 7, action: 'revoke-award' }),
  });
  const form = new TakeBackForm(door, 1);
  expect(form.source).toBeNull();
  form.open({ kind: 'job', job: liveJob({ id: 4, state: 'done' }) }, '12');
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  expect(form.looking).toBe(0);
  void form.find(' 5 ');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[0]?.(looked({ records: 99 }));
  answers[1]?.(looked());
  await vi.waitFor(() => expect(form.look?.records).toBe(3));
  expect(form.looking).toBeNull();
  expect(asked.at(-1)?.input).toEqual({ connectionId: 1, source: { kind: 'job', jobId: 4, customer: '5' } });
  expect(form.blocked(connectionView({ writable: false }))).toContain('read-only');
  const production = connectionView({ kind: 'production', name: 'Acme' });
  expect(form.blocked(production)).not.toBeNull();
  form.typedName = 'Acme';
  expect(form.blocked(production)).toBeNull();
  const started: number[] = [];
  await form.start(production, [], (job) => started.push(job.id));
  expect(started).toEqual([7]);
  expect(asked.at(-1)?.input).toMatchObject({ seen: 'seal', typedName: 'Acme' });
  expect([form.from, form.typedName, form.look]).toEqual([null, '', null]);
});

test('a file needs its badge; a look that fails says why, and nothing can be started', async () => {
  let isWell = false;
  const { door, asked } = scripted({
    'sync.list': () => ({ total: 1, rows: [syncRow()] }) as never,
    'liveJobs.lookBack': () => {
      if (isWell) return looked({ records: 0 });
      throw saidFailure('invalid-input', 'No column of record ids.');
    },
  });
  const form = new TakeBackForm(door, 1);
  form.open({ kind: 'file' });
  await vi.waitFor(() => expect(form.badges).toHaveLength(1));
  expect(form.blocked(connectionView())).toBe('Choose the badge.');
  await form.chooseBadge(syncRow().badgeId);
  expect(form.blocked(connectionView())).toBe('Choose the file.');
  await form.take({ token: 'token', name: 'back.csv' });
  expect(form.failure).toMatchObject({ code: 'invalid-input' });
  expect(form.blocked(connectionView())).not.toBeNull();
  isWell = true;
  await form.choose('revoke-enrolment');
  expect(form.failure).toBeNull();
  expect(form.blocked(connectionView())).toBe('There is nothing to take back.');
  expect(asked.at(-1)?.input).toMatchObject({ source: { kind: 'file', action: 'revoke-enrolment', token: 'token' } });
  form.close();
  expect(form.source).toBeNull();
});
