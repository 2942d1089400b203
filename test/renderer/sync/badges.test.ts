import { expect, test, vi } from 'vitest';
import { fieldOfErrorPath, placeOfField, placeToMend } from '../../../renderer/features/sync/error-path';
import { OrgBadges } from '../../../renderer/features/sync/org-badges.svelte';
import { requestTitle } from '../../../renderer/features/sync/sync-wording';
import type { PlanLook } from '../../../shared/ipc/plans-contract';
import type {
  ComparisonView,
  DifferenceView,
  PlannedRequest,
  PushedRequest,
  SyncRow,
} from '../../../shared/ipc/sync-contract';
import { scripted, syncRow } from './scripted-backend';
import { message, type Message } from '../../../shared/words/message';
import { inEnglish } from '../../../shared/words/english';
import { saidFailure } from '../../ipc/said-failure';

const quoted = (text: string): Message => message('refusals.quoted', { text });
const difference = (field: DifferenceView['field']): DifferenceView => ({
  ...{
    field,
    label: quoted(field),
    change: 'conflict',
    base: null,
    draft: quoted('a'),
    live: quoted('b'),
    refusal: null,
    cycles: null,
  },
});
const comparison = (differences: readonly DifferenceView[], state: SyncRow['state'] = 'conflict'): ComparisonView => ({
  row: syncRow({ state }),
  art: null,
  differences,
  claims: [],
  warnings: [],
  ids: null,
});
const planned = (key: string): PlannedRequest => ({
  key,
  badgeId: 'a'.repeat(24),
  badgeName: 'Ten visits',
  purpose: 'update',
  claim: null,
  group: null,
  method: 'PUT',
  url: 'https://uat.example.com/api_gateway/v1/badges/badgeMeta',
  headers: [],
  body: '{}',
});
const pushed = (key: string, outcome: PushedRequest['outcome']): PushedRequest => ({
  key,
  badgeId: 'a'.repeat(24),
  badgeName: 'Ten visits',
  purpose: 'update',
  claim: null,
  outcome,
  sentence: quoted(''),
  errors: [],
});
const list = (): { total: number; rows: ReturnType<typeof syncRow>[]; counts: Record<string, number> } => ({
  total: 1,
  rows: [syncRow()],
  counts: { conflict: 1 },
});

test('a pull tells how far it is, what it found, and that what was known is kept when it is cancelled', async () => {
  let end: () => void = () => undefined;
  const { door } = scripted({
    'sync.list': list,
    'sync.pull': (_input, { signal, progress }) => {
      progress({ done: 3, total: 10 });
      return new Promise((resolve, reject) => {
        end = () => resolve({ pulled: 10, added: 10, changed: 0, gone: 0, sentence: quoted('Ten badges are new.') });
        signal.addEventListener('abort', () => reject(saidFailure('cancelled', 'Cancelled.')));
      });
    },
  });
  const badges = new OrgBadges(door, 1);
  const first = badges.pull();
  await vi.waitFor(() => expect(badges.pulling?.progress).toEqual({ done: 3, total: 10 }));
  end();
  await first;
  expect(badges.pulling).toBeNull();
  expect(inEnglish(badges.pullSentence!)).toBe('Ten badges are new.');
  expect(badges.counts).toEqual({ conflict: 1 });
  const second = badges.pull();
  await vi.waitFor(() => expect(badges.pulling?.progress?.done).toBe(3));
  badges.cancelPull();
  await second;
  expect(inEnglish(badges.pullSentence!)).toMatch(/cancelled; what was known before is kept/);
  expect(badges.pullFailure).toBeNull();
});

test('sides are taken one after the other, never of a field that is settled; a refusal keeps the comparison', async () => {
  let left = [difference('name'), difference('expiresOn'), difference('tags')];
  let isRefused = false;
  const { door, asked } = scripted({
    'sync.list': list,
    'sync.compare': () => comparison(left),
    'sync.resolve': ({ choices }) => {
      if (isRefused) throw saidFailure('conflict', 'That field no longer differs.');
      left = left.filter(({ field }) => !choices.some((choice) => choice.field === field));
      return comparison(left, 'draft-changed');
    },
  });
  const badges = new OrgBadges(door, 7);
  const badgeId = 'a'.repeat(24);
  await badges.open(badgeId);
  // A hasty person: two fields, and the first one twice.
  const taking = [badges.resolve(['name'], 'live'), badges.resolve(['name'], 'live')];
  await Promise.all([...taking, badges.resolve(['expiresOn'], 'draft')]);
  const resolved = asked.filter(({ method }) => method === 'sync.resolve').map(({ input }) => input);
  expect(resolved).toEqual([
    { connectionId: 7, badgeId, choices: [{ field: 'name', take: 'live' }] },
    { connectionId: 7, badgeId, choices: [{ field: 'expiresOn', take: 'draft' }] },
  ]);
  expect(badges.comparison?.differences.map(({ field }) => field)).toEqual(['tags']);
  isRefused = true;
  await badges.resolve(['tags'], 'draft');
  expect(badges.compareFailure).toMatchObject({ code: 'conflict' });
  expect(badges.comparison?.row.state).toBe('draft-changed');
});

test('only chosen requests are sent, once, and the name goes along only for production', async () => {
  const { door, asked } = scripted({
    'sync.list': list,
    'sync.plan': () => ({
      planId: 'plan-1',
      connectionId: 1,
      requests: [planned('k1'), planned('k2'), planned('k3')],
      held: [],
      later: [],
      unsaid: null,
    }),
    'sync.push': ({ keys }) => ({
      results: keys.map((key) => pushed(key, key === 'k1' ? 'refused' : 'done')),
      sentence: quoted('One of two done.'),
      taskId: 40 + keys.length,
    }),
    'audit.packPush': ({ id }) => {
      if (id === 41) throw saidFailure('conflict', 'The disk is full.');
      return { rows: 3, name: 'pack.zip' };
    },
  });
  const { push } = new OrgBadges(door, 1);
  await push.plan(['a'.repeat(24)]);
  expect(asked.some(({ method }) => method === 'sync.push')).toBe(false);
  push.choose('k2', false);
  expect(push.chosenCount).toBe(2);
  expect(await push.pack('t')).toBeNull();
  await push.send(false);
  expect(asked.find(({ method }) => method === 'sync.push')?.input).toEqual({ planId: 'plan-1', keys: ['k1', 'k3'] });
  expect(push.results.map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
  expect(push.open.map(({ key }) => key)).toEqual(['k2']);
  // What was done is packed by its number in Activity.
  expect(await push.pack('t')).toEqual({ rows: 3, name: 'pack.zip' });
  expect(asked.at(-1)).toMatchObject({ method: 'audit.packPush', input: { id: 42, target: 't' } });
  // What is left was not chosen, so nothing more leaves by itself.
  await push.send(false);
  expect(asked.filter(({ method }) => method === 'sync.push')).toHaveLength(1);
  push.choose('k2', true);
  push.typedName = 'Acme';
  await push.send(true);
  expect(asked.findLast(({ method }) => method === 'sync.push')?.input).toEqual({
    planId: 'plan-1',
    keys: ['k2'],
    typedName: 'Acme',
  });
  expect(push.typedName).toBe('');
  expect(await push.pack('t')).toBeNull();
  expect(push.failure).not.toBeNull();
  push.reset();
  expect(push.taskId).toBeNull();
});

test('a plan file is sent whole and by its own call; where the org has moved nothing of it can be sent', async () => {
  const seen: PlanLook = {
    plan: {
      planId: 'file-1',
      connectionId: 1,
      requests: [planned('1'), planned('2')],
      held: [],
      later: [],
      unsaid: null,
    },
    ...{ file: 'a.plan.json', madeOn: 0, madeBy: 'Laurel', moved: [], unchecked: [], doneBefore: 1 },
  };
  let moved: PlanLook['moved'] = [quoted('Moved.')];
  const { door, asked } = scripted({
    'sync.list': list,
    'plans.open': () => ({ ...seen, moved }),
    'plans.apply': () => ({
      results: [pushed('1', 'done'), pushed('2', 'done')],
      sentence: quoted('Done.'),
      taskId: 7,
    }),
  });
  const { push } = new OrgBadges(door, 1);
  await push.look('token');
  expect([push.file?.moved.length, push.open, push.chosenCount]).toEqual([1, [], 0]);
  await push.send(false);
  moved = [];
  await push.again();
  expect(push.chosenCount).toBe(2);
  await push.send(false);
  expect(asked.filter(({ method }) => method !== 'sync.list' && method !== 'sync.definitions')).toEqual([
    { method: 'plans.open', input: { connectionId: 1, source: 'token' } },
    { method: 'plans.open', input: { connectionId: 1, source: 'token' } },
    { method: 'plans.apply', input: { planId: 'file-1' } },
  ]);
  expect(push.open).toEqual([]);
});

test('a push that could not begin keeps its requests; a cancelled one must be looked at again', async () => {
  let failure = saidFailure('conflict', 'The address of the org has changed.');
  const { door } = scripted({
    'sync.list': list,
    'sync.plan': () => ({
      planId: 'plan-1',
      connectionId: 1,
      requests: [planned('k1')],
      held: [],
      later: [],
      unsaid: null,
    }),
    'sync.push': () => {
      throw failure;
    },
  });
  const { push } = new OrgBadges(door, 1);
  await push.plan(['a'.repeat(24)]);
  await push.send(false);
  expect(push.failure).toMatchObject({ code: 'conflict' });
  expect(push.open).toHaveLength(1);
  failure = saidFailure('cancelled', 'Cancelled.');
  await push.send(false);
  expect(push.current).toBeNull();
  expect(inEnglish(push.sentence!)).toMatch(/may have arrived/);
});

test('all badges that the filter lets through are chosen, over every page', async () => {
  const rows = Array.from({ length: 1200 }, (_, index) =>
    syncRow({ badgeId: index.toString(16).padStart(24, '0'), state: index < 200 ? 'only-live' : 'only-here' }),
  );
  const { door } = scripted({
    'sync.list': ({ offset, limit }) => ({ total: 1200, rows: rows.slice(offset, offset + limit), counts: {} }),
  });
  const badges = new OrgBadges(door, 1);
  await badges.chooseAll();
  expect(badges.chosen.size).toBe(1200);
  // What has no draft cannot be pushed; a draft of it can be made.
  expect(badges.chosenHere).toHaveLength(1000);
  expect(badges.chosenThere).toHaveLength(200);
  badges.choose(syncRow({ badgeId: '0'.repeat(24), state: 'only-live' }), false);
  expect(badges.chosenThere).toHaveLength(199);
});

test.each([
  ['name', 'Name'],
  ['ownership.restrictedToOwners[0]', 'Owners'],
  ['isActive', 'Active'],
  ['customerConstraints[1].limit', 'Limits for each customer'],
  ['somethingElse', 'somethingElse'],
])('an error at %s is told of as %s', (path, words) => {
  expect(fieldOfErrorPath(path)).toBe(words);
});

test.each([
  ['update', [null, 'expiresOn', 'name'], 'expiresOn'],
  ['create', [null], null],
  ['claim', ['ownerType'], 'claims'],
  ['deactivate', [null], 'active'],
] as const)('the refusal of %s with errors at %j is mended at %s', (purpose, paths, place) => {
  const errors = paths.map((path) => ({ code: 400, message: 'No.', path, advice: null }));
  expect(placeToMend({ purpose, errors })).toBe(place);
});

test('a field of a comparison has its place in the editor', () => {
  expect(placeOfField('startOn')).toBe('startOn');
  expect(placeOfField('restrictedToOwners')).toBe('ownership.restrictedToOwners');
});

test('two claims of one badge are told apart', () => {
  const claim = { ownerType: 'Loyalty_Promotion', referenceId: '7' };
  expect(requestTitle({ purpose: 'claim', badgeName: 'Ten visits', claim })).toMatch(/^Claim “Ten visits” for .+ 7$/);
  expect(requestTitle({ purpose: 'update', badgeName: 'Ten visits', claim: null })).toBe('Update “Ten visits”');
});
