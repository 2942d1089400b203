import { expect, test, vi } from 'vitest';
import { ImportForm } from '../../../renderer/features/sync/import.svelte';
import type { ImportLook } from '../../../shared/ipc/import-contract';
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
  form.open();
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
  form.hide();
  expect([form.isOpen, form.file?.name]).toEqual([false, 'past.csv']);
  const started: number[] = [];
  await form.start(production, [], (job) => started.push(job.id));
  expect(started).toEqual([7]);
  const sent = asked.find(({ method }) => method === 'liveJobs.import')?.input;
  expect(sent).toMatchObject({ seen: 'seal', typedName: 'Acme', again: true, choices });
  // The next table with these headings is read alike.
  expect(asked.at(-1)).toMatchObject({ method: 'tables.remember', input: { shape: 'shape', choices } });
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
  form.open();
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
  form.close();
  expect(form.source).toBeNull();
});
