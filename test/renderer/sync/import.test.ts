import { expect, test, vi } from 'vitest';
import { ImportForm } from '../../../renderer/features/sync/import.svelte';
import type { ImportDraft, ImportLook } from '../../../shared/ipc/import-contract';
import type { FoundTable, TableQuestion } from '../../../shared/ipc/tables-contract';
import { message } from '../../../shared/words/message';
import { saidFailure } from '../../ipc/said-failure';
import { connectionView, liveJob, scripted, syncRow } from './scripted-backend';

const looked = (change: Partial<ImportLook> = {}): ImportLook => ({
  ...{ badgeName: 'Ten visits', remoteBadgeId: 'b', total: 3, awards: 3, repeated: 0, leftOut: [], sample: [] },
  ...{ span: null, requests: 1, reads: 3, secondsAtLeast: 1, notes: [], seen: 'seal' },
  ...change,
});

const ZONE: TableQuestion = {
  ...{ code: 'zone', words: message('tables.datesWithoutZone'), option: '--zone ZONE', choices: [] },
};

const found = (change: Partial<FoundTable> = {}): FoundTable =>
  ({ questions: [], columns: [], shape: 'shape', remembered: null, sheet: null, ...change }) as unknown as FoundTable;

test('a table that asks is answered first; then what would be written is looked at, and started as it was shown', async () => {
  const { door, asked } = scripted({
    'sync.list': () => ({ total: 1, rows: [syncRow()] }) as never,
    'tables.inspect': (input) => found(input.choices?.zone === undefined ? { questions: [ZONE] } : {}),
    'tables.remember': () => null,
    'liveJobs.lookImport': () => looked(),
    'liveJobs.import': () => liveJob({ id: 7, action: 'import' }),
  });
  const form = new ImportForm(door, 1);
  form.show(true);
  await form.shown();
  await vi.waitFor(() => expect(form.badges).toHaveLength(1));
  expect(form.blocked(connectionView({ writable: false }))).toContain('read-only');
  expect(form.blocked(connectionView())).toBe('Choose the badge.');
  await form.chooseBadge(syncRow().badgeId);
  expect(form.blocked(connectionView())).toBe('Choose the table.');
  await form.take({ token: 'token', name: 'past.csv' });
  expect([form.asks, form.source]).toEqual([true, null]);
  expect(form.blocked(connectionView())).toBe('Answer what is asked about the table.');
  await form.choose({ zone: 'Europe/Berlin' });
  expect(form.look?.awards).toBe(3);
  await form.writeAgain(true);
  const choices = { zone: 'Europe/Berlin', columns: {} };
  expect(asked.at(-1)?.input).toMatchObject({ connectionId: 1, token: 'token', choices, again: true });
  const production = connectionView({ kind: 'production', name: 'Acme' });
  expect(form.blocked(production)).not.toBeNull();
  form.typedName = 'Acme';
  expect(form.blocked(production)).toBeNull();
  form.show(false);
  expect([form.isOpen, form.file?.name]).toEqual([false, 'past.csv']);
  const started: number[] = [];
  await form.start(production, [], (job) => started.push(job.id));
  expect(started).toEqual([7]);
  const sent = asked.find(({ method }) => method === 'liveJobs.import')?.input;
  expect(sent).toMatchObject({ seen: 'seal', typedName: 'Acme', again: true, choices });
  // The next table with these headings is read alike.
  expect(asked.findLast(({ method }) => method === 'tables.remember')?.input).toMatchObject({
    shape: 'shape',
    choices,
  });
  expect(asked.at(-1)).toEqual({ method: 'liveJobs.keepImportDraft', input: { connectionId: 1, draft: null } });
  expect([form.file, form.look, form.typedName, form.again]).toEqual([null, null, '', false]);
});

test('a look that fails says why, and nothing can be started; what was remembered of such a table is taken', async () => {
  let isWell = false;
  const remembered = { name: 'last.csv', shape: 'shape', choices: { zone: 'UTC' } };
  const { door, asked } = scripted({
    'sync.list': () => ({ total: 1, rows: [syncRow()] }) as never,
    'tables.inspect': () => found({ remembered }),
    'tables.forget': () => null,
    'liveJobs.lookImport': () => {
      if (isWell) return looked({ awards: 0 });
      throw saidFailure('not-found', 'No such badge.');
    },
  });
  const form = new ImportForm(door, 1);
  form.show(true);
  await form.shown();
  await vi.waitFor(() => expect(form.badges).toHaveLength(1));
  await form.chooseBadge(syncRow().badgeId);
  await form.take({ token: 'token', name: 'past.csv' });
  expect(form.failure).toMatchObject({ code: 'not-found' });
  expect(form.blocked(connectionView())).not.toBeNull();
  const inspections = asked.filter(({ method }) => method === 'tables.inspect').map(({ input }) => input);
  expect(inspections).toMatchObject([{ choices: {} }, { choices: { zone: 'UTC' } }]);
  isWell = true;
  await form.drop();
  expect(form.failure).toBeNull();
  expect(form.blocked(connectionView())).toBe('There is nothing to import.');
  await form.startOver();
  expect(form.source).toBeNull();
});

test('a draft of before is taken whole, and its table is read as was said of it once it is on the screen', async () => {
  const draft: ImportDraft = {
    ...{ isOpen: true, badge: { badgeId: 'x', remoteId: 'b', name: 'Ten visits' }, again: true },
    ...{ file: { token: 'draft-1', name: 'past.csv' }, choices: { zone: 'UTC' } },
    begin: { choice: 'at', on: null, typed: '31 Febr' },
  };
  const { door, asked } = scripted({
    'liveJobs.importDraft': () => ({ draft, file: { token: 'draft-1', name: 'past.csv', bytes: 9 }, goneFile: null }),
    'sync.list': () => ({ total: 0, rows: [] }) as never,
    'tables.inspect': () => found(),
    'liveJobs.lookImport': () => looked(),
  });
  const form = new ImportForm(door, 1);
  await form.restore();
  expect([form.draft, form.isOpen, form.isBegun]).toEqual([draft, true, true]);
  expect(asked.some(({ method }) => method === 'tables.inspect')).toBe(false);
  await form.shown();
  expect(asked.find(({ method }) => method === 'tables.inspect')?.input).toMatchObject({ choices: { zone: 'UTC' } });
  expect(form.look?.awards).toBe(3);
  await form.keep();
  expect(asked.some(({ method }) => method === 'liveJobs.keepImportDraft')).toBe(false);
});

test('one that waits keeps how it was filled in, and a form that is shown before its draft was read loses neither', async () => {
  const reading = Promise.withResolvers<undefined>();
  const kept: ImportDraft = {
    ...{ isOpen: false, badge: null, file: null, choices: {}, again: true },
  };
  const { door, asked } = scripted({
    'liveJobs.importDraft': async () => {
      await reading.promise;
      return { draft: kept, file: null, goneFile: 'past.csv' };
    },
    'sync.list': () => ({ total: 1, rows: [syncRow()] }) as never,
    'tables.inspect': () => found(),
    'liveJobs.lookImport': () => looked(),
    'liveJobs.import': () => liveJob({ id: 7, action: 'import', state: 'queued' }),
  });
  const form = new ImportForm(door, 1);
  const restored = form.restore();
  form.show(true);
  expect(asked.some(({ method }) => method === 'liveJobs.keepImportDraft')).toBe(false);
  reading.resolve(undefined);
  await restored;
  expect([form.isOpen, form.again, form.goneFile]).toEqual([true, true, 'past.csv']);
  await form.shown();
  await vi.waitFor(() => expect(form.badges).toHaveLength(1));
  await form.chooseBadge(syncRow().badgeId);
  await form.take({ token: 'token', name: 'past.csv' });
  expect(form.goneFile).toBeNull();
  form.begin.take({ choice: 'at', on: 4e15, typed: null });
  const { draft } = form;
  await form.start(connectionView(), [], () => undefined);
  const sent = asked.find(({ method }) => method === 'liveJobs.import')?.input;
  expect(sent).toMatchObject({ begin: { kind: 'at', on: 4e15 }, form: { ...draft, isOpen: true } });
  expect(form.isBegun).toBe(false);
});
