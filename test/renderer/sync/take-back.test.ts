import { expect, test, vi } from 'vitest';
import { TakeBackForm } from '../../../renderer/features/sync/take-back.svelte';
import type { TakeBackDraft, TakeBackLook } from '../../../shared/ipc/take-back-contract';
import { saidFailure } from '../../ipc/said-failure';
import { connectionView, liveJob, scripted, syncRow, type Scripted } from './scripted-backend';

const looked = (change: Partial<TakeBackLook> = {}): TakeBackLook => ({
  ...{ action: 'revoke-award', badgeName: 'Ten visits', remoteBadgeId: 'b', total: 3, records: 3, leftOut: [] },
  ...{ sample: [], requests: 3, secondsAtLeast: 1, notes: [], seen: 'seal' },
  ...change,
});

const looks = (asked: Scripted['asked']): unknown[] =>
  asked.filter(({ method }) => method === 'liveJobs.lookBack').map(({ input }) => input);

test('what a job gave is looked at when the form opens, and again with each change; only the last look counts', async () => {
  const answers: ((look: TakeBackLook) => void)[] = [];
  const { door, asked } = scripted({
    'liveJobs.lookBack': () => new Promise((resolve) => answers.push(resolve)),
    'liveJobs.takeBack': () => liveJob({ id: 7, action: 'revoke-award' }),
  });
  const form = new TakeBackForm(door, 1);
  expect(form.source).toBeNull();
  form.openFor(liveJob({ id: 4, state: 'done' }), '12');
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  expect(form.looking).toBe(0);
  void form.find(' 5 ');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[0]?.(looked({ records: 99 }));
  answers[1]?.(looked());
  await vi.waitFor(() => expect(form.look?.records).toBe(3));
  expect(form.looking).toBeNull();
  expect(looks(asked).at(-1)).toEqual({ connectionId: 1, source: { kind: 'job', jobId: 4, customer: '5' } });
  expect(form.blocked(connectionView({ writable: false }))).toContain('read-only');
  const production = connectionView({ kind: 'production', name: 'Acme' });
  expect(form.blocked(production)).not.toBeNull();
  form.typedName = 'Acme';
  expect(form.blocked(production)).toBeNull();
  const started: number[] = [];
  await form.start(production, [], (job) => started.push(job.id));
  expect(started).toEqual([7]);
  const sent = asked.find(({ method }) => method === 'liveJobs.takeBack')?.input;
  expect(sent).toMatchObject({ seen: 'seal', typedName: 'Acme' });
  expect(asked.at(-1)).toEqual({ method: 'liveJobs.keepTakeBackDraft', input: { connectionId: 1, draft: null } });
  expect([form.job, form.typedName, form.look]).toEqual([null, '', null]);
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
  form.openForFile();
  await form.shown();
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
  expect(looks(asked).at(-1)).toMatchObject({ source: { kind: 'file', action: 'revoke-enrolment', token: 'token' } });
  await form.startOver();
  expect(form.source).toBeNull();
});

test('a draft of before is taken whole; what it held of a file is still there after a job was taken back from', async () => {
  const draft: TakeBackDraft = {
    ...{ isOpen: true, job: null, customer: '', action: 'revoke-enrolment', names: 'customers' },
    ...{ badge: { badgeId: 'x', remoteId: 'b', name: 'Ten visits' }, file: { token: 'draft-1', name: 'back.csv' } },
  };
  const { door, asked } = scripted({
    'liveJobs.takeBackDraft': () => ({ draft, file: { token: 'draft-1', name: 'back.csv', bytes: 9 }, goneFile: null }),
    'liveJobs.lookBack': () => looked(),
    'sync.list': () => ({ total: 0, rows: [] }) as never,
  });
  const form = new TakeBackForm(door, 1);
  await form.restore();
  expect(form.draft).toEqual(draft);
  await form.shown();
  expect(looks(asked)).toMatchObject([{ source: { kind: 'file', names: 'customers', token: 'draft-1' } }]);
  form.openFor(liveJob({ id: 4, state: 'done', badgeName: 'Coffee' }), '12');
  form.show(false);
  form.openFor(liveJob({ id: 4, state: 'done', badgeName: 'Coffee' }), '');
  expect(form.draft).toEqual({ ...draft, job: { id: 4, badgeName: 'Coffee' }, customer: '12' });
  form.openForFile();
  await vi.waitFor(() => expect(form.look).not.toBeNull());
  expect(looks(asked).at(-1)).toMatchObject({ source: { kind: 'file', token: 'draft-1' } });
  await form.keep();
  const kept = asked.findLast(({ method }) => method === 'liveJobs.keepTakeBackDraft');
  expect(kept?.input).toMatchObject({ draft: { job: null, customer: '12' } });
});
