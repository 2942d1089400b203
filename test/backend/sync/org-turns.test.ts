/** One thing at a time on each connection, and an end that waits. */
import { expect, test } from 'vitest';
import { keepPushOrigin, type PushOrigin } from '../../../electron/backend/sync/origin/origin';
import { OrgTurns } from '../../../electron/backend/sync/badges/org-turns';
import type { SyncContext } from '../../../electron/backend/sync/context';
import { resultsInWords } from '../../../electron/backend/sync/badges/send-requests';
import type { PushedRequest } from '../../../shared/ipc/sync-contract';
import { inEnglish } from '../../../shared/words/english';
import { testWorkspace } from '../../db/workspace/open-workspace';

test('what is asked for on a connection waits for what was before it, however that ended; others do not', async () => {
  const turns = new OrgTurns();
  const log: string[] = [];
  const held = Promise.withResolvers<undefined>();
  const first = turns.take(1, async () => {
    log.push('first');
    await held.promise;
    throw new Error('failed');
  });
  const second = turns.take(1, () => Promise.resolve(log.push('second')));
  await turns.take(2, () => Promise.resolve(log.push('other')));
  expect(log).toEqual(['first', 'other']);
  held.resolve(undefined);
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(log).toEqual(['first', 'other', 'second']);
});

test('closing tells what is under way to stop, and waits for its end', async () => {
  const turns = new OrgTurns();
  let ended = false;
  const work = turns.take(1, async () => {
    await new Promise((resolve) => turns.closing.addEventListener('abort', resolve));
    await Promise.resolve();
    ended = true;
  });
  expect(turns.closing.aborted).toBe(false);
  // Its turn has come by then.
  await Promise.resolve();
  await turns.close();
  expect([turns.closing.aborted, ended]).toEqual([true, true]);
  await work;
});

test('what a push came to is told by what there is, and nothing of what there is not', () => {
  const of = (...outcomes: PushedRequest['outcome'][]): string =>
    inEnglish(resultsInWords('Acme', outcomes.map((outcome) => ({ outcome })) as PushedRequest[]));
  expect(of('done', 'done')).toBe('2 of 2 done in Acme.');
  const all = of('done', 'refused', 'unknown', 'skipped');
  expect(all).toMatch(/^1 of 4 done in Acme/);
  for (const [outcome, word] of [
    ['refused', 'refused'],
    ['unknown', 'unknown'],
    ['skipped', 'not sent'],
  ] as const) {
    expect(all).toContain(word);
    expect(of('done', outcome)).toContain(word);
    expect(of('done')).not.toContain(word);
  }
});

test('where a push comes from is noted with its first change, and stays', async () => {
  const { current } = await testWorkspace();
  const context = { workspace: current, log: { error: () => undefined } } as unknown as SyncContext;
  const origin = (name: string): PushOrigin => ({ user: 'u', computer: 'c', name, files: [], badges: [] });
  keepPushOrigin(context, 4, origin('first'));
  keepPushOrigin(context, 4, origin('second'));
  expect(current.settings.kept('pushOrigin:4')).toMatchObject({ name: 'first' });
});
