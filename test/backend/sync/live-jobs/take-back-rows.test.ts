import { expect, test } from 'vitest';
import type { LiveChunk } from '../../../../db/workspace/live-jobs';
import { countTakeBack, rowsOfJob } from '../../../../electron/backend/sync/live-jobs/take-back/rows';
import { SECOND } from '../../../../shared/domain/instant';
import { NOW, testWorkspace } from '../../../db/workspace/open-workspace';

/** A record id of a second since 1970. */
const idOf = (second: number, rest: number): string =>
  second.toString(16).padStart(8, '0') + rest.toString(16).padStart(16, '0');

test('what was there before the job’s request is not the job’s; nor what nobody knows, or that has no id', async () => {
  const { current } = await testWorkspace();
  const { liveJobs, liveRows } = current;
  const { key } = liveJobs.add({
    ...{
      uid: 'ab',
      connectionKey: 1,
      connectionName: 'Acme',
      badgeName: 'Badge',
      remoteBadgeId: 'b1',
      action: 'enrol',
    },
    ...{ ownerType: 'Loyalty', referenceId: '626', eventDate: null, source: 'typed', startedOn: NOW },
  });
  const settled = (chunk: Partial<LiveChunk> & Pick<LiveChunk, 'number' | 'customers' | 'outcomes'>): void => {
    liveJobs.addChunk(key, chunk.number, chunk.customers);
    const rest = { state: 'settled', attempt: 0, codes: [], sentAfter: null, known: null, records: null } as const;
    liveJobs.saveChunk(key, { ...rest, ...chunk });
  };
  const done = (issuedId: string | null) => ({ kind: 'done' as const, issuedId });
  // Its customers were read before: one had this record already, and the org answered with it.
  settled({
    ...{ number: 0, customers: [1, 2], known: [idOf(100, 1).toUpperCase()] },
    outcomes: [done(idOf(100, 1)), done(idOf(100, 2))],
  });
  // The org's clock stood at second 200 when it left; a stand-in is of somebody who was forgotten.
  settled({
    ...{ number: 1, customers: [3, 4, 5, -1], sentAfter: 200 * SECOND },
    outcomes: [done(idOf(199, 3)), done(idOf(200, 4)), done(null), done(idOf(201, 5))],
  });
  settled({
    number: 2,
    customers: [6, 7],
    state: 'unknown',
    outcomes: [{ kind: 'open' }, { kind: 'refused', code: 1040 }],
  });
  liveJobs.addChunk(key, 3, [8]);
  const rows = [...rowsOfJob({ store: liveJobs, rows: liveRows }, key, '')];
  expect(rows.map((row) => (row.leftOut === null ? [row.customer, row.record] : [row.shown, row.leftOut]))).toEqual([
    ['1', 'before'],
    [2, idOf(100, 2)],
    ['3', 'before'],
    [4, idOf(200, 4)],
    ['5', 'untold'],
    ['-1', 'noCustomer'],
    ['6', 'unknown'],
  ]);
  const order = { action: 'revoke-enrolment', remoteBadgeId: 'b1' } as const;
  const count = await countTakeBack(
    rows,
    order,
    500,
    () => false,
    () => undefined,
  );
  expect(count).toMatchObject({ total: 7, records: 2, requests: 1 });
});
