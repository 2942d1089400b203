/** Imports and take-backs where live jobs stand: kept while something else is looked at, and changed while they wait. */
import '../../../renderer/styles/tokens.css';
import '../../../renderer/styles/base.css';
import { afterEach, expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { ImportForm } from '../../../renderer/features/sync/import.svelte';
import { JobForm } from '../../../renderer/features/sync/job-form.svelte';
import JobsTab from '../../../renderer/features/sync/JobsTab.svelte';
import { LiveJobs } from '../../../renderer/features/sync/live-jobs.svelte';
import { TakeBackForm } from '../../../renderer/features/sync/take-back.svelte';
import type { Handlers } from '../../../shared/ipc/contract';
import type { ImportDraft, ImportLook } from '../../../shared/ipc/import-contract';
import { message } from '../../../shared/words/message';
import { instantOf } from '../../../shared/domain/instant';
import { speak } from '../gallery/speak';
import { connectionView, liveJob, scripted, syncRow } from './scripted-backend';

afterEach(async () => {
  await page.viewport(414, 896);
  delete document.documentElement.dataset['theme'];
  await speak('en');
});

const BADGE = { badgeId: syncRow().badgeId, remoteId: syncRow().remoteId ?? '', name: 'Ten visits' };
const DRAFT: ImportDraft = {
  ...{ isOpen: true, badge: BADGE, file: { token: 'draft-1', name: 'past-2024.csv' }, choices: {}, again: true },
};
const LOOK: ImportLook = {
  ...{ badgeName: 'Ten visits', remoteBadgeId: 'b', total: 4, awards: 3, repeated: 1, requests: 1, reads: 3 },
  ...{ secondsAtLeast: 1, notes: [message('imports.unchecked')], seen: 'seal' },
  span: { from: instantOf('2024-01-04T10:00:00Z'), to: instantOf('2024-03-04T10:00:00Z') },
  leftOut: [{ count: 1, words: message('refusals.lineNoExpiry') }],
  sample: [
    {
      ...{ customer: '4711', eventDate: instantOf('2024-01-04T10:00:00Z') },
      expiresOn: instantOf('2031-01-01T00:00:00Z'),
    },
  ],
};
const INSPECTION = {
  ...{ questions: [], columns: [], shape: 's', remembered: null, sheet: null, doubtful: 0, good: 4, bad: 0 },
  ...{ cleaned: 0, reasons: [], kind: 'csv', fileCount: 1, notes: [], sheets: [], titles: [], sample: [], span: null },
  ...{ sentence: message('imports.unchecked'), rows: 4, blankRows: 0, header: true, isList: false, packing: null },
  ...{ encoding: 'UTF-8', delimiter: ',' },
};

async function shown(draft: () => ImportDraft | null, handlers: Partial<Handlers> = {}, width = 1280) {
  await page.viewport(width, 860);
  const backend = scripted({
    'liveJobs.rows': () => ({ total: 0, rows: [] }),
    'liveJobs.importDraft': () => {
      const kept = draft();
      return kept && { draft: kept, file: kept.file && { ...kept.file, bytes: 9 }, goneFile: null };
    },
    'liveJobs.lookImport': () => LOOK,
    'tables.inspect': () => INSPECTION as never,
    'sync.list': () => ({ total: 1, rows: [syncRow()] }) as never,
    'requests.list': () => ({ total: 0, rows: [] }),
    'liveJobs.simulations': () => ({ badges: [] }),
    ...handlers,
  });
  const nothing = (): (() => void) => () => undefined;
  const jobs = new LiveJobs(backend.door, nothing, nothing);
  jobs.take(liveJob({ id: 1, badgeName: 'Coffee', done: 400, waiting: 600 }));
  jobs.take(liveJob({ id: 2, badgeName: 'Old ones', action: 'import', state: 'queued', place: 1, canTakeOut: true }));
  const { door } = backend;
  const [form, importing, takeBack] = [new JobForm(door, 1), new ImportForm(door, 1), new TakeBackForm(door, 1)];
  await render(JobsTab, { jobs, connection: connectionView(), form, takeBack, importing, onlookup: nothing });
  return { ...backend, form, importing, takeBack };
}

const preview = () => page.getByRole('region', { name: 'What would be imported' });

test('an import that was filled in is there again, while a job is looked at, and until it is emptied', async () => {
  const backend = await shown(() => DRAFT);
  await expect.element(preview()).toMatchTextContent(/3 awards of “Ten visits” are written/);
  await page.getByRole('button', { name: /Coffee/ }).click();
  await expect.element(preview()).not.toBeInTheDocument();
  await vi.waitFor(() =>
    expect(backend.asked.findLast(({ method }) => method === 'liveJobs.keepImportDraft')?.input).toEqual({
      ...{ connectionId: 1, draft: { ...DRAFT, isOpen: false } },
    }),
  );
  await page.getByRole('button', { name: 'Take back from a file…' }).click();
  await page.getByRole('button', { name: 'Import past awards…' }).click();
  await expect.element(page.getByText('past-2024.csv')).toBeVisible();
  await expect.element(preview()).toBeVisible();
  expect([backend.takeBack.isOpen, backend.importing.again]).toEqual([false, true]);
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect.element(page.getByText('past-2024.csv')).not.toBeInTheDocument();
  expect(backend.asked.at(-1)).toEqual({ method: 'liveJobs.keepImportDraft', input: { connectionId: 1, draft: null } });
});

test('an import that waits is changed in its own form; only one that it would replace is asked about', async () => {
  let kept: ImportDraft | null = null;
  const backend = await shown(() => kept, {
    'liveJobs.takeOut': () => {
      kept = DRAFT;
      return liveJob({ id: 2, action: 'import', state: 'cancelled', place: null });
    },
  });
  backend.form.badge = BADGE;
  await page.getByRole('button', { name: /Old ones/ }).click();
  await page.getByRole('button', { name: 'Change in the form' }).click();
  await expect.element(preview()).toBeVisible();
  expect([backend.importing.draft, backend.form.isOpen]).toEqual([DRAFT, false]);
});

test.each([
  ['en', 'light', 1440],
  ['de', 'dark', 960],
] as const)('look as they should in %s, %s, %d', async (language, theme, width) => {
  document.documentElement.dataset['theme'] = theme;
  await speak(language);
  const { takeBack, importing } = await shown(() => DRAFT, {}, width);
  await expect.element(page.getByText('past-2024.csv')).toBeVisible();
  await vi.waitFor(() => expect(importing.look).not.toBeNull());
  await page.screenshot({ path: `../../../test-results/import-form-${language}.png` });
  importing.show(false);
  takeBack.openForFile();
  takeBack.goneFile = 'members.csv';
  await expect.element(page.getByText(/members\.csv/)).toBeVisible();
  await page.screenshot({ path: `../../../test-results/take-back-form-${language}.png` });
});
