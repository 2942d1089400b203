import { expect, test, vi } from 'vitest';
import { BulkEdit } from '../../../renderer/features/badges/bulk.svelte';
import type { Door } from '../../../renderer/lib/backend';
import type { BulkPreview, BulkProgress } from '../../../shared/ipc/bulk-contract';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';

const preview = (changing: number): BulkPreview => ({
  ...{
    rows: [],
    counts: { changes: changing, breaks: 0, same: 0, kept: 0 },
    changing,
    seen: `seen-${String(changing)}`,
  },
});

/** A door whose looks and changes wait until the test lets them go on. */
function held() {
  const asked: { method: string; input: unknown; signal: AbortSignal; tell: (report: BulkProgress) => void }[] = [];
  const answers: ((answer: unknown) => void)[] = [];
  const door = ((
    method: string,
    input: unknown,
    options: { signal: AbortSignal; onProgress: (r: BulkProgress) => void },
  ) => {
    asked.push({ method, input, signal: options.signal, tell: options.onProgress });
    return new Promise((resolve, reject) => {
      answers.push((answer) => (answer instanceof Failure ? reject(answer) : resolve(answer)));
    });
  }) as unknown as Door;
  return { door, asked, answer: (index: number, value: unknown) => answers[index]?.(value) };
}

const cancelled = (): Failure => new Failure('cancelled', message('bulk.cancelled'));

test('only the last look counts; the one before is given up, and how far it is is told', async () => {
  const { door, asked, answer } = held();
  const edit = new BulkEdit(['a', 'b'], door);
  edit.find = 'x';
  edit.lookSoon();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  expect(edit.progress).toBeNull();
  asked[0]?.tell({ done: 250, total: 1_000 });
  expect(edit.progress?.share).toBe(0.25);
  edit.find = 'y';
  edit.lookSoon();
  expect([asked[0]?.signal.aborted, edit.looking, edit.preview]).toEqual([true, true, null]);
  answer(0, cancelled());
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  answer(1, preview(2));
  await vi.waitFor(() => expect(edit.preview?.changing).toBe(2));
  expect([edit.looking, edit.progress, edit.failure]).toEqual([false, null, null]);
});

test('a change is stopped before it is written, and can be made then; a failure looks again', async () => {
  const { door, asked, answer } = held();
  const edit = new BulkEdit(['a'], door);
  edit.find = 'x';
  edit.lookSoon();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  answer(0, preview(1));
  await vi.waitFor(() => expect(edit.preview).not.toBeNull());
  const first = edit.apply();
  expect([edit.applying, await edit.apply()]).toEqual([true, null]);
  edit.cancel();
  expect(asked[1]?.signal.aborted).toBe(true);
  answer(1, cancelled());
  expect(await first).toBeNull();
  expect([edit.applying, edit.failure, edit.preview?.changing]).toEqual([false, null, 1]);
  const second = edit.apply();
  answer(2, new Failure('conflict', message('bulk.movedMeanwhile')));
  expect(await second).toBeNull();
  expect([edit.failure instanceof Failure, edit.looking]).toEqual([true, true]);
  await vi.waitFor(() => expect(asked).toHaveLength(4));
  answer(3, preview(1));
  await vi.waitFor(() => expect(edit.preview).not.toBeNull());
  const third = edit.apply();
  answer(4, { key: 9, changed: 1 });
  expect(await third).toEqual({ key: 9, changed: 1 });
  expect(asked.map(({ method }) => method.slice(5))).toEqual(['preview', 'apply', 'apply', 'preview', 'apply']);
  edit.close();
});
