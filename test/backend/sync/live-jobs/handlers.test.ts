/** What the page asks of live jobs, on a real store without a thread or an org. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { LiveChunk } from '../../../../db/workspace/live-jobs';
import type { OrgSessions } from '../../../../electron/backend/sync/client/org-sessions';
import type { BadgeLooks } from '../../../../electron/backend/sync/live-jobs/badge-looks';
import { liveJobHandlers } from '../../../../electron/backend/sync/live-jobs/handlers';
import type { LiveJobs } from '../../../../electron/backend/sync/live-jobs/jobs';
import { inEnglish } from '../../../../shared/words/english';
import type { Message } from '../../../../shared/words/message';
import { temporaryFolder } from '../../../db/temporary-folder';
import { inProcess, type InProcess } from '../badges/in-process';

const ID = 'ab'.repeat(12);

let org: InProcess;
let key: number;
let handlers: ReturnType<typeof liveJobHandlers>;
let closing: AbortController;
let listeners: ((view: never) => void)[];
const jobs = {
  ...{
    start: vi.fn(() => ({ id: 1 })),
    pause: vi.fn(),
    resume: vi.fn(),
    cancel: vi.fn(),
    retryRefused: vi.fn(),
    list: vi.fn(() => [{ id: 1 }]),
  },
  view: vi.fn((id: number) => ({ id })),
  watch: (listener: (view: never) => void) => {
    listeners.push(listener);
    return () => listeners.splice(listeners.indexOf(listener), 1);
  },
};

beforeEach(async () => {
  vi.clearAllMocks();
  listeners = [];
  closing = new AbortController();
  org = await inProcess();
  const { liveJobs } = org.workspace;
  const job = {
    ...{ connectionKey: org.connection.key, connectionName: 'Acme', badgeName: 'Badge', remoteBadgeId: 'b' },
    ...{ action: 'award' as const, ownerType: 'Loyalty', referenceId: '1', eventDate: null, source: '', startedOn: 1 },
  };
  ({ key } = liveJobs.add({ ...job, uid: 'a' }));
  const other = liveJobs.add({ ...job, uid: 'b' }).key;
  const chunk = (number: number, changes: Partial<LiveChunk>): void => {
    const { customers = [] } = changes;
    liveJobs.addChunk(key, number, customers);
    liveJobs.saveChunk(key, {
      ...{
        number,
        state: 'waiting',
        attempt: 0,
        customers,
        codes: [],
        sentAfter: null,
        known: null,
        records: null,
        terms: null,
      },
      outcomes: customers.map(() => ({ kind: 'open' })),
      ...changes,
    });
  };
  liveJobs.addReject(key, 0, 'x', 'Not a number');
  chunk(0, {
    ...{
      state: 'settled',
      customers: [5, 6, 7],
      codes: [
        [811, 1, 'No'],
        [777, 1, 'Not today'],
      ],
    },
    outcomes: [
      { kind: 'done', issuedId: ID },
      { kind: 'refused', code: 811 },
      { kind: 'refused', code: 777 },
    ],
  });
  chunk(1, { customers: [8] });
  chunk(2, { customers: [9], state: 'sent' });
  chunk(3, { customers: [10], state: 'unknown' });
  liveJobs.addChunk(other, 0, [99]);
  liveJobs.setTotal(key, 7, '');
  const sessions = { of: () => org.session } as unknown as OrgSessions;
  const file = path.join(temporaryFolder(), 'rows.csv');
  const context = { ...org.context, files: { output: (token: string) => ({ name: `${token}.csv`, path: file }) } };
  handlers = liveJobHandlers(context as never, sessions, jobs as unknown as LiveJobs, {} as BadgeLooks, closing.signal);
  written = () => readFileSync(file, 'utf8');
});
let written: () => string;

const LABELS = [
  'Not a number',
  'Got the badge',
  'Was not enrolled at that time',
  'Not today',
  'Not sent yet',
  'Sent, no answer yet',
  'Unknown; the org is being asked',
];

describe('the rows of a job', () => {
  test('are shown with what became of each, in words, page by page and state by state', () => {
    const page = (state: string[], offset = 0, limit = 9, customer = '') => {
      const { total, rows } = handlers['liveJobs.rows']({ id: key, state, customer, offset, limit } as never) as {
        total: number;
        rows: readonly { customer: string; label: Message }[];
      };
      return [total, rows.map((row) => [row.customer, inEnglish(row.label)])];
    };
    const customers = ['x', '5', '6', '7', '8', '9', '10'];
    const all = customers.map((customer, index) => [customer, LABELS[index]]);
    expect(page([])).toEqual([7, all]);
    expect(page([], 2, 2)).toEqual([7, all.slice(2, 4)]);
    expect(page(['done'])).toEqual([1, [all[1]]]);
    expect(page(['waiting', 'sent'])).toEqual([2, [all[4], all[5]]]);
    expect(page(['refused'], 0, 9, '7')).toEqual([1, [all[3]]]);
  });

  test('are exported in full, with a heading for each column', async () => {
    const told: unknown[] = [];
    const watch = { signal: new AbortController().signal, progress: (report: unknown) => void told.push(report) };
    expect(await handlers['liveJobs.export']({ id: key, target: 't' } as never, watch as never)).toEqual({
      ...{ rows: 7, name: 't.csv' },
    });
    expect(told.at(-1)).toEqual({ done: 7, total: 7 });
    expect(
      written()
        .replace(/^\uFEFF/, '')
        .split(/\r?\n/),
    ).toEqual([
      'row,customer,state,id,code,message',
      '1,x,refused,,,Not a number',
      `2,5,done,${ID},,Got the badge`,
      '3,6,refused,,811,Was not enrolled at that time',
      '4,7,refused,,777,Not today',
      '5,8,waiting,,,Not sent yet',
      '6,9,sent,,,"Sent, no answer yet"',
      '7,10,unknown,,,Unknown; the org is being asked',
      '',
    ]);
    closing.abort();
    const stopped = handlers['liveJobs.export']({ id: key, target: 't' } as never, watch as never);
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('a job', () => {
  test('is handed on with its connection, while there is one', async () => {
    await handlers['liveJobs.cancel']({ id: key } as never);
    await handlers['liveJobs.resume']({ id: key } as never);
    await handlers['liveJobs.retryRefused']({ id: key } as never);
    const connection = org.workspace.connections.get(org.connection.key);
    expect([jobs.cancel.mock.calls, jobs.resume.mock.calls, jobs.retryRefused.mock.calls]).toEqual([
      ...[[[key, connection]], [[connection, key]], [[connection, key]]],
    ]);
    await handlers['liveJobs.pause']({ id: key } as never);
    expect([jobs.pause.mock.calls, handlers['liveJobs.get']({ id: key } as never)]).toEqual([[[key]], { id: key }]);
    org.workspace.connections.delete(connection.key);
    await handlers['liveJobs.cancel']({ id: key } as never);
    expect(jobs.cancel).toHaveBeenLastCalledWith(key, undefined);
    expect(() => handlers['liveJobs.resume']({ id: key } as never)).toThrow();
  });

  test('of production is started and tried again only by whoever types its name', async () => {
    const { connections } = org.workspace;
    const production = connections.add({
      ...{ name: 'Shop', baseUrl: 'https://shop.example', kind: 'production', timeZone: 'UTC', chunkSize: 1 },
      ...{ parallel: 1, perSecond: 1, auth: 'basic', account: 'a', secretId: 'x' },
    });
    const { key: id } = org.workspace.liveJobs.add({
      ...{ connectionKey: production.key, connectionName: 'Shop', badgeName: 'Badge', remoteBadgeId: 'b', uid: 'p' },
      ...{ action: 'award', ownerType: 'Loyalty', referenceId: '1', eventDate: null, source: '', startedOn: 1 },
    });
    org.session.isUnlocked = true;
    const start = (typedName?: string): unknown =>
      handlers['liveJobs.start']({
        ...{
          connectionId: production.key,
          remoteBadgeId: 'b',
          action: 'award',
          eventDate: null,
          looked: null,
          typedName,
        },
        ...{ owner: { ownerType: 'Loyalty', referenceId: '1' }, customers: { kind: 'one', customer: 5 } },
      } as never);
    await expect(start()).rejects.toMatchObject({ words: { key: 'connections.typeName' } });
    await expect(start('Other')).rejects.toMatchObject({ words: { key: 'connections.typeName' } });
    expect(jobs.start).not.toHaveBeenCalled();
    const again = (typedName?: string): unknown => handlers['liveJobs.retryRefused']({ id, typedName } as never);
    expect(() => again()).toThrow();
    expect(() => again('Other')).toThrow();
    expect(jobs.retryRefused).not.toHaveBeenCalled();
    again('Shop');
    expect(jobs.retryRefused).toHaveBeenCalledWith(production, id);
  });

  test('that takes back says of each row what was revoked', () => {
    for (const [action, words] of [
      ['revoke-award', 'live.rowAwardRevoked'],
      ['revoke-enrolment', 'live.rowEnrolmentRevoked'],
    ] as const) {
      const { liveJobs } = org.workspace;
      const { key: id } = liveJobs.add({
        ...{ connectionKey: org.connection.key, connectionName: 'Acme', badgeName: 'Badge', remoteBadgeId: 'b' },
        ...{ uid: action, action, ownerType: '', referenceId: '', eventDate: null, source: '', startedOn: 1 },
      });
      liveJobs.addChunk(id, 0, [5], [ID]);
      liveJobs.saveChunk(id, {
        ...{ number: 0, state: 'settled', attempt: 0, customers: [5], codes: [], sentAfter: null, known: null },
        ...{ records: null, terms: null, outcomes: [{ kind: 'done', issuedId: ID }] },
      });
      const page = { id, state: [], customer: '', offset: 0, limit: 9 };
      expect(handlers['liveJobs.rows'](page as never)).toMatchObject({ rows: [{ label: { key: words } }] });
    }
  });

  test.each(['signal', 'closing'] as const)('is watched from what it is now, until the %s', async (which) => {
    const stop = new AbortController();
    const told: unknown[] = [];
    const watched = handlers['liveJobs.watch'](
      {} as never,
      {
        ...{ signal: stop.signal, progress: (view: unknown) => void told.push(view) },
      } as never,
    );
    expect(told).toEqual([{ id: 1 }]);
    for (const listener of [...listeners]) listener({ id: 2 } as never);
    (which === 'signal' ? stop : closing).abort();
    expect([await watched, told, listeners]).toEqual([{ watched: 1 }, [{ id: 1 }, { id: 2 }], []]);
    const late = handlers['liveJobs.watch']({} as never, { signal: stop.signal, progress: () => undefined } as never);
    expect(await late).toEqual({ watched: 0 });
  });

  test('may come from each badge of the simulations that are kept', () => {
    org.workspace.simulations.add({
      ...{ name: 'Two', ranOn: 5, milliseconds: 1, seed: 1, engine: 'e', replications: 1, events: 1, sentence: '' },
      ...{ csv: null, pseudonyms: false, result: {}, answers: {} },
      scenario: { badges: ['a', 'b'].map((each) => ({ key: each, badge: { name: `Badge ${each}` } })) },
    });
    const { badges } = handlers['liveJobs.simulations']({ limit: 9 } as never) as { badges: unknown };
    expect(badges).toEqual([
      { resultId: 1, badgeKey: 'a', simulation: 'Two', badge: 'Badge a', ranOn: 5 },
      { resultId: 1, badgeKey: 'b', simulation: 'Two', badge: 'Badge b', ranOn: 5 },
    ]);
  });
});
