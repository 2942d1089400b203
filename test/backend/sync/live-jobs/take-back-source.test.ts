/** Which records a take-back is about: of a job, or of a file by its columns; and what is no source of one. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { LiveJobState } from '../../../../db/workspace/live-jobs';
import { releaseTakeBack, resolveTakeBack } from '../../../../electron/backend/sync/live-jobs/take-back/source';
import type { SyncContext } from '../../../../electron/backend/sync/context';
import { resolveLiveSource } from '../../../../electron/backend/sync/live-jobs/live-source';
import type { LiveAction, TakeBackAction } from '../../../../shared/ipc/take-back-contract';
import type { Failure } from '../../../../shared/ipc/errors';
import { temporaryFolder } from '../../../db/temporary-folder';
import { NOW, testWorkspace, type TestWorkspace } from '../../../db/workspace/open-workspace';

const ID = ['ab', 'cd', 'ef'].map((each) => each.repeat(12)) as [string, string, string];
const CONNECTION = { key: 1, name: 'Acme', kind: 'test' } as never;

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await testWorkspace();
});

const context = (file = ''): SyncContext =>
  ({
    workspace: workspace.current,
    files: { find: () => ({ path: file, name: path.basename(file) }) },
    servedBySimulation: () => Promise.resolve({ areMadeUp: true, description: 'd', customers: new Float64Array(1) }),
  }) as unknown as SyncContext;

describe('a file', () => {
  const resolved = async (text: string, names: 'records' | 'customers' = 'records') => {
    const file = path.join(temporaryFolder(), 'given.csv');
    writeFileSync(file, text);
    const source = { kind: 'file', token: 't', names, action: 'revoke-award', remoteBadgeId: 'b1' } as never;
    const standing: unknown[] = [];
    const found = await resolveTakeBack(context(file), CONNECTION, source, (named, order) => {
      standing.push([named.kind, order]);
      return Promise.resolve([]);
    });
    releaseTakeBack(found.rows);
    return { ...found, standing };
  };
  const columnOf = async (text: string): Promise<number | string> =>
    resolved(text).then(
      ({ rows }) => (rows.kind === 'file' ? rows.recordColumn : rows.kind),
      (error: unknown) => (error as Failure).words.key,
    );

  test.each([
    ['by its cells, whatever it is called', `customer,what\n1,${ID[0]}\n2,${ID[1]}\n`, 1],
    ['by its cells, before the customers', `what,customer\n${ID[0]},1\n${ID[1]},2\n`, 0],
    ['by its heading, where the first rows name none', 'customer,state,record\n1,refused,\n2,refused,\n', 2],
    ['by any of its names', 'customer,state,Earned Badge-ID\n1,refused,\n2,refused,\n', 2],
    ['as an enrolment’s', 'customer,state,issue_id\n1,refused,\n2,refused,\n', 2],
    ['by its heading where two have records', `customer,other,id\n1,${ID[0]},${ID[1]}\n2,${ID[1]},${ID[2]}\n`, 2],
    ['by its cells where another has the heading', `customer,id,other\n1,,${ID[1]}\n2,,${ID[2]}\n`, 2],
  ])('has its records %s', async (_, text, column) => {
    expect(await columnOf(text)).toBe(column);
  });

  test.each([
    ['two have records and none a heading', `customer,a,b\n1,${ID[0]},${ID[1]}\n2,${ID[1]},${ID[2]}\n`],
    ['two have records and both a heading', `customer,id,record\n1,${ID[0]},${ID[1]}\n2,${ID[1]},${ID[2]}\n`],
    ['none has any', 'customer,points\n1,5\n2,6\n'],
    ['it is a bare list', '1\n2\n3\n'],
  ])('has none where %s', async (_, text) => {
    expect(await columnOf(text)).toBe('takeBack.noRecordColumn');
  });

  test('of customers alone is asked about by what they hold', async () => {
    const { rows, action, remoteBadgeId, standing } = await resolved('1\n2\n3\n', 'customers');
    const order = { action: 'revoke-award', remoteBadgeId: 'b1' };
    expect({ action, remoteBadgeId, rows }).toEqual({ ...order, rows: { kind: 'list', name: 'given.csv', rows: [] } });
    expect(standing).toEqual([['file', order]]);
  });
});

describe('a job', () => {
  const jobOf = (action: LiveAction, state: LiveJobState, connectionKey = 1): number => {
    const { liveJobs } = workspace.current;
    const { key } = liveJobs.add({
      ...{ uid: action + state, connectionKey, connectionName: 'Acme', badgeName: 'Gold', remoteBadgeId: 'b1', action },
      ...{ ownerType: '', referenceId: '', eventDate: null, source: 'typed', startedOn: NOW },
    });
    liveJobs.setState(key, state, null);
    return key;
  };
  const asked = (jobId: number) => {
    const source = { kind: 'job', jobId, customer: ' 12 ' } as never;
    return resolveTakeBack(context(), CONNECTION, source, () => Promise.resolve([]));
  };

  test.each<[LiveAction, TakeBackAction]>([
    ['award', 'revoke-award'],
    ['enrol', 'revoke-enrolment'],
  ])('that %ss is taken back by its opposite once it is over', async (action, opposite) => {
    for (const state of ['done', 'cancelled'] as const) {
      const jobKey = jobOf(action, state);
      const rows = { kind: 'job', jobKey, customer: '12', description: expect.stringContaining('Gold') as string };
      expect(await asked(jobKey)).toEqual({ action: opposite, remoteBadgeId: 'b1', rows });
    }
    for (const state of ['running', 'paused', 'waiting-for-org', 'reading'] as const) {
      await expect(asked(jobOf(action, state))).rejects.toMatchObject({ words: { key: 'takeBack.notOver' } });
    }
  });

  test('that takes back itself, or went to another org, is none', async () => {
    for (const key of [jobOf('revoke-award', 'done'), jobOf('award', 'done', 2)]) {
      await expect(asked(key)).rejects.toMatchObject({
        ...{ code: 'conflict', words: { key: 'takeBack.notOfJob', values: { org: 'Acme' } } },
      });
    }
  });
});

test('made-up customers are none of a real org’s', async () => {
  const customers = { kind: 'simulation', resultId: 1, badgeKey: 'a' } as never;
  await expect(resolveLiveSource(context(), customers, CONNECTION)).rejects.toMatchObject({
    ...{ code: 'invalid-input', words: { key: 'jobs.madeUp', values: { org: 'Acme' } } },
  });
  const practice = { key: 1, name: 'Acme', kind: 'practice' } as never;
  expect(await resolveLiveSource(context(), customers, practice)).toMatchObject({ kind: 'list', description: 'd' });
});
