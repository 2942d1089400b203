/** How several lanes share work that comes bit by bit. */
import { expect, test } from 'vitest';
import { Lanes, type LaneWork } from '../../../../electron/backend/sync/live-jobs/lanes';

/** Work that lasts until it is told to end. */
function work(changes: Partial<LaneWork<number>> & { waiting: number[] }) {
  const ends = new Map<number, (error?: Error) => void>();
  const others: number[] = [];
  const lanes = new Lanes<number>({
    isOver: () => false,
    take: (atWork) => {
      const task = changes.waiting.shift() ?? null;
      if (task !== null) others.push(atWork);
      return task;
    },
    pending: () => null,
    work: (task) =>
      new Promise((resolve, reject) => {
        ends.set(task, (error) => (error ? reject(error) : resolve()));
      }),
    failed: () => undefined,
    ...changes,
  });
  return { lanes, ends, others };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('each lane takes one thing after the other, and is told how many others are at work', async () => {
  const { lanes, ends, others } = work({ waiting: [1, 2, 3] });
  const over = lanes.run(2);
  expect([...ends.keys()]).toEqual([1, 2]);
  ends.get(2)?.();
  await turn();
  expect([...ends.keys()]).toEqual([1, 2, 3]);
  ends.get(1)?.();
  ends.get(3)?.();
  await over;
  expect(others).toEqual([0, 1, 1]);
});

test('a lane without work waits for what another may bring', async () => {
  const waiting = [1];
  const { lanes, ends } = work({ waiting });
  const over = lanes.run(2);
  waiting.push(2);
  lanes.wake();
  await turn();
  expect([...ends.keys()]).toEqual([1, 2]);
  ends.get(1)?.();
  await turn();
  waiting.push(3);
  ends.get(2)?.();
  await turn();
  expect(ends.has(3)).toBe(true);
  ends.get(3)?.();
  await over;
});

test('what is on its way is waited for although nobody works', async () => {
  const waiting: number[] = [];
  let pending: Promise<void> | null = turn().then(() => {
    pending = null;
    waiting.push(1);
  });
  const { lanes, ends } = work({ waiting, pending: () => pending });
  const over = lanes.run(1);
  await turn();
  await turn();
  expect(ends.has(1)).toBe(true);
  ends.get(1)?.();
  await over;
});

test('nothing is taken any more once it is over', async () => {
  let isOver = false;
  const waiting = [1, 2];
  const { lanes, ends } = work({ waiting, isOver: () => isOver });
  const over = lanes.run(1);
  isOver = true;
  ends.get(1)?.();
  await over;
  expect(waiting).toEqual([2]);
});

test('the first failure is told, and thrown', async () => {
  let failures = 0;
  const { lanes, ends } = work({ waiting: [1], failed: () => (failures += 1) });
  const over = lanes.run(2);
  ends.get(1)?.(new Error('no disk'));
  await expect(over).rejects.toThrow('no disk');
  expect(failures).toBe(1);
});
