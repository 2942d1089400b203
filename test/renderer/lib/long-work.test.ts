import { flushSync } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ExportNote from '../../../renderer/components/ExportNote.svelte';
import { FileExport } from '../../../renderer/lib/file-export.svelte';
import { LongWork, shareOfReport, type WorkOptions } from '../../../renderer/lib/long-work.svelte';
import { saidFailure } from '../../ipc/said-failure';

interface Report {
  done: number;
  total: number;
}

/** Work that a test moves on and ends by hand. */
function scripted<Answer>() {
  let report: (report: Report) => void = () => undefined;
  let end: (answer: Answer) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const work = ({ signal, onProgress }: WorkOptions<Report>): Promise<Answer> => {
    report = onProgress;
    return new Promise((resolve, reject) => {
      end = resolve;
      fail = reject;
      signal.addEventListener('abort', () => reject(saidFailure('cancelled', 'Cancelled.')));
    });
  };
  return {
    work,
    report: (done: number, total: number) => report({ done, total }),
    end: (answer: Answer) => end(answer),
    fail: (error: unknown) => fail(error),
  };
}

test('work tells how far it is, the quarter it has reached, and its answer', async () => {
  const { work: act, report, end } = scripted<string>();
  const work = new LongWork(act);
  const ended = work.run();
  expect(work).toMatchObject({ state: 'running', active: true, share: null, quarter: 0 });
  report(7, 10);
  expect(work).toMatchObject({ share: 0.7, quarter: 50, progress: { done: 7, total: 10 } });
  end('whole');
  await ended;
  work.cancel();
  expect(work).toMatchObject({ state: 'finished', active: false, answer: 'whole', failure: null });
});

test('a cancellation is none of its failures, and a failure is kept', async () => {
  const first = scripted<string>();
  const cancelled = new LongWork(first.work);
  const ended = cancelled.run();
  cancelled.cancel();
  expect(cancelled).toMatchObject({ state: 'cancelling', active: true });
  await ended;
  expect(cancelled).toMatchObject({ state: 'cancelled', active: false, failure: null, answer: null });
  const second = scripted<string>();
  const failed = new LongWork(second.work);
  const over = failed.run();
  const full = saidFailure('database', 'The disk is full.');
  second.fail(full);
  await over;
  expect(failed).toMatchObject({ state: 'failed', failure: full, answer: null });
});

test('a share is said only where there is a whole, and never above it', () => {
  expect(shareOfReport({ share: 0.3 })).toBe(0.3);
  expect(shareOfReport({ done: 3, total: null })).toBeNull();
  expect(shareOfReport({ done: 0, total: 0 })).toBeNull();
  expect(shareOfReport({ done: 12, total: 10 })).toBe(1);
});

test('a file is told from its first row to its place in the folder, and one is written at a time', async () => {
  const file = new FileExport();
  const { work, report, end } = scripted<{ rows: number; name: string }>();
  const revealed: string[] = [];
  await render(ExportNote, { export: file, noun: 'row', onreveal: (token: string) => revealed.push(token) });
  const writing = file.write('t1', work);
  await file.write('t2', () => Promise.reject(new Error('A second file was begun.')));
  report(500, 1_000);
  await expect.element(page.getByText('Writing the CSV file, 500 of 1,000 rows')).toBeVisible();
  file.dismiss();
  expect(file.active).toBe(true);
  end({ rows: 1, name: 'awards.csv' });
  await writing;
  await expect.element(page.getByText(/^1 row was written to awards\.csv\./)).toBeVisible();
  await page.getByRole('button', { name: 'Show the file' }).click();
  expect(revealed).toEqual(['t1']);
  file.dismiss();
  expect(file).toMatchObject({ visible: false, written: null });
});

test('a file that failed says why, and one that was cancelled says nothing', async () => {
  const file = new FileExport();
  await render(ExportNote, { export: file, noun: 'row', onreveal: () => undefined });
  await file.write('t', () => Promise.reject(saidFailure('database', 'The disk is full.')));
  await expect.element(page.getByText(/The disk is full\./)).toBeVisible();
  const { work } = scripted<{ rows: number; name: string }>();
  const writing = file.write('t', work);
  expect(file.failure).toBeNull();
  await expect.element(page.getByText('Writing the CSV file')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel the export' }).click();
  await writing;
  flushSync();
  expect(file).toMatchObject({ visible: false, failure: null, written: null });
});
