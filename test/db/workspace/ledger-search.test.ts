/** Requests are found by what people ask for, put together by what they were for, and counted with each line. */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LedgerAnswer, LedgerRequest, LedgerStore } from '../../../db/workspace/ledger';
import { LOOKED_THROUGH, type LedgerFilter } from '../../../db/workspace/ledger-search';
import type { LedgerErrand } from '../../../db/workspace/ledger-tasks';
import { openWorkspace } from '../../../db/workspace/workspace';
import { temporaryFolder } from '../temporary-folder';
import { NOW, testWorkspace } from './open-workspace';

const MINUTE = 60_000_000;
const EVERYTHING: LedgerFilter = { connectionKey: null, search: '', outcomes: [] };
const READ: LedgerRequest = {
  ...{ connectionKey: 1, connectionName: 'North', purpose: 'list', badgeId: null, jobKey: null },
  ...{ method: 'GET', url: 'https://north.example/api_gateway/v1/badges/badgeMeta?page=0', headers: [], body: null },
  sentOn: NOW,
};
const CREATE: LedgerRequest = {
  ...READ,
  ...{ purpose: 'create', method: 'POST', badgeId: 'a'.repeat(24) },
  url: 'https://north.example/api_gateway/v1/badges/badgeMeta',
};
const ANSWER: LedgerAnswer = {
  ...{ outcome: 'answered', answeredOn: NOW + 7, status: 200, codes: [], sentence: 'Done.', headers: [], body: null },
};

async function opened(): Promise<{ ledger: LedgerStore; send: (changes: Partial<LedgerRequest>) => number }> {
  const { ledger } = (await testWorkspace()).current;
  return { ledger, send: (changes) => ledger.begin({ ...READ, ...changes }, false) };
}

test('lines of before the tasks were kept are put together, and counted as they are', async () => {
  const file = path.join(temporaryFolder(), 'old.laurel');
  copyFileSync(path.resolve(import.meta.dirname, '../../fixtures/databases/v0003-workspace.synced.sqlite'), file);
  const workspace = await openWorkspace(file);
  const { ledger } = workspace;
  const all = ledger.list(EVERYTHING, 0, 1_000);
  expect(all.total).toBeGreaterThan(2);
  const { rows } = ledger.search.tasks(EVERYTHING, 0, 1_000);
  for (const { key, kind, jobKey, requests, writes, ...counts } of rows) {
    const { lines } = ledger.list({ ...EVERYTHING, taskKey: key }, 0, 1_000);
    const outcomes = (wanted: string): number => lines.filter(({ outcome }) => outcome === wanted).length;
    expect([requests, counts.answered, counts.refused, counts.failed]).toEqual([
      lines.length,
      ...['answered', 'refused', 'failed'].map(outcomes),
    ]);
    expect(counts.sending + counts.unknown).toBe(outcomes('sending') + outcomes('unknown'));
    expect(writes).toBe(ledger.list({ ...EVERYTHING, taskKey: key, reads: false }, 0, 1).total);
    expect([counts.startedOn, counts.lastOn >= counts.startedOn]).toEqual([
      Math.min(...lines.map(({ sentOn }) => sentOn)),
      true,
    ]);
    expect(jobKey === null).toBe(kind !== 'job' && kind !== 'settling');
  }
  expect(rows.reduce((sum, { requests }) => sum + requests, 0)).toBe(all.total);
  workspace.close();
});

test('lines are counted, of all connections or of one', async () => {
  const { ledger, send } = await opened();
  expect(ledger.count(null)).toBe(0);
  for (const connectionKey of [1, 1, 2]) send({ connectionKey });
  expect([ledger.count(null), ledger.count(1), ledger.count(2), ledger.count(3)]).toEqual([3, 2, 1, 0]);
});

describe('tasks', () => {
  test('are what an errand sends, whoever sends between; a job is one over all starts, and what it looks up another', async () => {
    const { ledger, send } = await opened();
    const [push, other]: LedgerErrand[] = [
      { kind: 'push', about: 'Summer, Winter' },
      { kind: 'push', about: 'Spring' },
    ];
    send({ errand: push!, purpose: 'read before writing' });
    send({ ...CREATE, errand: other! });
    send({ ...CREATE, errand: push! });
    send({ ...CREATE, errand: push!, connectionKey: 2, connectionName: 'South' });
    send({ jobKey: 5, purpose: 'award', method: 'POST' });
    send({ jobKey: 5, purpose: 'settle' });
    send({ jobKey: 5, purpose: 'award', method: 'POST', sentOn: NOW + 90 * MINUTE });
    const { total, rows, next } = ledger.search.tasks(EVERYTHING, 0, 10);
    expect([total, next]).toEqual([5, null]);
    expect(
      rows.map(({ kind, about, connectionName, requests, writes }) => [kind, about, connectionName, requests, writes]),
    ).toEqual([
      ['settling', null, 'North', 1, 0],
      ['job', null, 'North', 2, 2],
      ['push', 'Summer, Winter', 'South', 1, 1],
      ['push', 'Spring', 'North', 1, 1],
      ['push', 'Summer, Winter', 'North', 2, 1],
    ]);
    expect(rows[1]).toMatchObject({ startedOn: NOW, lastOn: NOW + 90 * MINUTE });
  });

  test('of nobody are put together while no more than a minute is between them, each kind and org for itself', async () => {
    const { ledger, send } = await opened();
    for (const sentOn of [NOW, NOW + MINUTE, NOW + 2 * MINUTE + 1, NOW + 2 * MINUTE + 2]) send({ sentOn });
    send({ sentOn: NOW + MINUTE, connectionKey: 2 });
    send({ sentOn: NOW + MINUTE, purpose: 'token', method: 'POST' });
    const { rows } = ledger.search.tasks(EVERYTHING, 0, 10);
    expect(rows.map(({ kind, connectionKey, requests, writes }) => [kind, connectionKey, requests, writes])).toEqual([
      ['pull', 1, 2, 0],
      ['other', 1, 1, 0],
      ['pull', 2, 1, 0],
      ['pull', 1, 2, 0],
    ]);
  });

  test('count what became of their lines, twice settled and interrupted ones too', async () => {
    const { ledger, send } = await opened();
    const errand: LedgerErrand = { kind: 'push', about: null };
    const keys = Array.from({ length: 6 }, () => send({ ...CREATE, errand }));
    for (const [index, outcome] of (['answered', 'refused', 'failed', 'unknown'] as const).entries()) {
      ledger.settle(keys[index]!, { ...ANSWER, outcome, answeredOn: outcome === 'unknown' ? null : NOW + index }, true);
    }
    const counts = () => {
      const { sending, answered, refused, unknown, failed } = ledger.search.tasks(EVERYTHING, 0, 1).rows[0]!;
      return { sending, answered, refused, unknown, failed };
    };
    expect(counts()).toEqual({ sending: 2, answered: 1, refused: 1, unknown: 1, failed: 1 });
    ledger.settle(keys[3]!, ANSWER, true);
    expect(counts()).toEqual({ sending: 2, answered: 2, refused: 1, unknown: 0, failed: 1 });
    ledger.settleInterrupted('Laurel ended.');
    expect(counts()).toEqual({ sending: 0, answered: 2, refused: 1, unknown: 2, failed: 1 });
    expect(ledger.search.tasks(EVERYTHING, 0, 1).rows[0]?.lastOn).toBe(NOW + 7);
  });

  test('that a rolled-back transaction began are begun anew', async () => {
    const { current: workspace } = await testWorkspace();
    const errand: LedgerErrand = { kind: 'push', about: null };
    expect(() =>
      workspace.transaction(() => {
        workspace.ledger.begin({ ...CREATE, errand }, true);
        throw new Error('taken back');
      }),
    ).toThrow('taken back');
    const key = workspace.ledger.begin({ ...CREATE, errand }, true);
    const { rows } = workspace.ledger.search.tasks(EVERYTHING, 0, 10);
    expect(rows).toMatchObject([{ requests: 1, sending: 1 }]);
    expect(workspace.ledger.find(key)?.taskKey).toBe(rows[0]?.key);
  });
});

describe('lines', () => {
  test('are found by every filter, and tasks by their lines', async () => {
    const { ledger, send } = await opened();
    const [push, pull]: LedgerErrand[] = [
      { kind: 'push', about: null },
      { kind: 'pull', about: null },
    ];
    const badge = 'b'.repeat(24);
    const read = send({ errand: pull!, sentOn: NOW });
    const create = send({ ...CREATE, errand: push!, sentOn: NOW + 1 });
    const claim = send({
      ...{ purpose: 'claim', method: 'POST', badgeId: badge, errand: push!, sentOn: NOW + 2, connectionKey: 2 },
      ...{ connectionName: 'South', url: `https://south.example/x/api_gateway/v1/badges/badgeMeta/${badge}/claim` },
    });
    const signIn = send({ purpose: 'token', method: 'POST', errand: pull!, sentOn: NOW + 3 });
    ledger.settle(claim, { ...ANSWER, outcome: 'refused', status: 409, codes: [714], sentence: 'Overlaps.' }, true);
    const of = (method: string, url: string): string | null =>
      method === 'POST' && url.endsWith('/claim') ? 'claim' : null;
    const cases: [Partial<LedgerFilter>, number[]][] = [
      [{}, [signIn, claim, create, read]],
      [{ reads: false }, [claim, create]],
      [{ connectionKey: 1 }, [signIn, create, read]],
      [{ connectionKey: 1, reads: false }, [create]],
      [{ purposes: ['create', 'list'] }, [create, read]],
      [{ badgeIds: [badge, 'c'] }, [claim]],
      [{ badgeIds: ['a'.repeat(24), badge] }, [claim, create]],
      [{ outcomes: ['refused'] }, [claim]],
      [{ endpoint: { name: 'claim', of } }, [claim]],
      [{ from: NOW + 1, until: NOW + 3 }, [claim, create]],
      [{ kinds: ['pull'] }, [signIn, read]],
      [{ search: 'SOUTH 714' }, [claim]],
      [{ search: 'south', outcomes: ['sending'] }, []],
      [{ before: { on: NOW + 2, key: claim } }, [create, read]],
      [{ taskKey: ledger.find(create)!.taskKey, reads: false }, [create]],
    ];
    for (const [changes, wanted] of cases) {
      const filter = { ...EVERYTHING, ...changes };
      const { total, lines } = ledger.list(filter, 0, 10);
      expect([changes, total, lines.map(({ key }) => key)]).toEqual([changes, wanted.length, wanted]);
      const found = ledger.search.tasks(filter, 0, 10).rows.map(({ key }) => key);
      const tasks = new Set(wanted.map((key) => ledger.find(key)!.taskKey));
      if (changes.reads === undefined && changes.from === undefined && changes.before === undefined) {
        expect([changes, new Set(found)]).toEqual([changes, tasks]);
      }
    }
    expect(ledger.search.badges(10)).toEqual(['a'.repeat(24), badge]);
    expect(ledger.search.badges(1)).toEqual(['a'.repeat(24)]);
    expect(ledger.search.purposes(10)).toEqual(['claim', 'create', 'list', 'token']);
  });

  test('below those that one look goes through are found where it goes on', async () => {
    const { current: workspace } = await testWorkspace();
    const { ledger } = workspace;
    const old = ledger.begin({ ...CREATE, sentOn: NOW - 1 }, true);
    workspace.transaction(() => {
      for (let line = 0; line < LOOKED_THROUGH; line += 1) ledger.begin({ ...READ, sentOn: NOW + line }, false);
    });
    const filter = { ...EVERYTHING, search: 'create' };
    const first = ledger.list(filter, 0, 10);
    expect([first.total, first.next]).toEqual([0, { on: NOW, key: old + 1 }]);
    const second = ledger.list({ ...filter, before: first.next }, 0, 10);
    expect([second.total, second.lines.map(({ key }) => key), second.next]).toEqual([1, [old], null]);
    // An index leads to what it is of, however many lines are above.
    expect(ledger.list({ ...EVERYTHING, reads: false }, 0, 10).lines.map(({ key }) => key)).toEqual([old]);
    expect(ledger.list({ ...filter, purposes: ['create'] }, 0, 10).total).toBe(1);
  });
});
