/** What may be done with a live job in each of its states, and what is written down however it ends. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StoredConnection } from '../../../../db/workspace/connections';
import type { LiveChunk, LiveJobState } from '../../../../db/workspace/live-jobs';
import type { Workspace } from '../../../../db/workspace/workspace';
import type { OrgSession, OrgSessions } from '../../../../electron/backend/sync/client/org-sessions';
import { RateLimit } from '../../../../electron/backend/sync/client/pace';
import type { SyncContext } from '../../../../electron/backend/sync/context';
import { LiveJobs, type LiveJobOrder } from '../../../../electron/backend/sync/live-jobs/jobs';
import type { LiveJobSource } from '../../../../electron/backend/sync/live-jobs/source';
import type { TableReading } from '../../../../electron/backend/tables/table-reading';
import { Failure } from '../../../../shared/ipc/errors';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import { NOW, testWorkspace, type TestWorkspace } from '../../../db/workspace/open-workspace';
import { DIRECTLY } from '../../network/directly';
import { hostileGateway, json } from '../hostile-gateway';

const BASIC = { name: 'authorization', value: 'Basic dGVzdDp0ZXN0ZXI=' };
const ORDER: LiveJobOrder = {
  ...{ badgeName: 'Badge', remoteBadgeId: 'badge-1', action: 'award', ownerType: 'Loyalty', referenceId: '626' },
  ...{ eventDate: null, source: 'typed' },
};
const list = (...customers: number[]): LiveJobSource => ({
  ...{ kind: 'list', description: 'a list', customers: Float64Array.from(customers) },
});
/** A list of ids, as the look at a file finds it. */
const READING: Omit<TableReading, 'text'> = {
  ...{ files: null, linesAreRows: false, delimiter: null, rowsAbove: 0, hasHeader: false, isList: true, places: {} },
  ...{ customersAre: 'numbers', date: null, decimal: '.', isDecimalCertain: true, isDecimalDecided: true },
  oneCurrency: true,
};
const STATES: readonly LiveJobState[] = [
  'reading',
  'queued',
  'running',
  'paused',
  'waiting-for-org',
  'done',
  'cancelled',
];

let workspace: TestWorkspace;
let here: Workspace;
let context: SyncContext;
let session: {
  authorizer: { authorize: ReturnType<typeof vi.fn>; rejected: ReturnType<typeof vi.fn> };
  state: string;
  rate: RateLimit;
};
let sessions: OrgSessions;
let jobs: LiveJobs;
let told: LiveJobView[];
let errors: unknown[];

function connect(baseUrl = 'http://127.0.0.1:1', name = 'Org'): StoredConnection {
  return here.connections.add({
    ...{ name, baseUrl, kind: 'test', timeZone: 'UTC', chunkSize: 2, parallel: 1 },
    ...{ perSecond: 1_000, auth: 'basic', account: 'a', secretId: 's' },
  });
}

beforeEach(async () => {
  workspace = await testWorkspace();
  here = workspace.current;
  errors = [];
  told = [];
  const log = { warn: vi.fn(), info: vi.fn(), error: (facts: unknown) => void errors.push(facts) };
  context = {
    ...{ workspace: here, workspaceFile: workspace.file, log, network: DIRECTLY, dice: () => 0, now: () => NOW },
    ...{ times: { exchange: {}, backoff: { first: 1, most: 2 }, quiet: 1 } },
    randomBytes: (length: number) => Buffer.alloc(length, 0xab),
  } as unknown as SyncContext;
  session = {
    authorizer: { authorize: vi.fn(() => Promise.resolve({ ok: true, header: BASIC })), rejected: vi.fn() },
    state: 'unknown',
    rate: new RateLimit(1_000),
  };
  sessions = { known: () => session, of: () => session } as unknown as OrgSessions;
  jobs = new LiveJobs(context, sessions);
  jobs.watch((view) => void told.push(view));
});
afterEach(() => jobs.close());

/** A job as an earlier start left it, with a chunk of two customers. */
function kept(
  state: LiveJobState,
  changes: Partial<LiveJobOrder> & { connectionKey?: number; uid?: string } = {},
): number {
  const { liveJobs } = here;
  const { connectionKey = 1, uid = 'uid', ...order } = changes;
  const { key } = liveJobs.add({ ...ORDER, ...order, uid, connectionKey, connectionName: 'Org', startedOn: NOW });
  liveJobs.addChunk(key, 0, [1, 2]);
  liveJobs.setTotal(key, 2, 'typed');
  liveJobs.setState(key, state, state === 'paused' ? 'Wait.' : null, state === 'done' ? NOW : null);
  return key;
}
const state = (key: number): unknown => [here.liveJobs.get(key).state, here.liveJobs.get(key).note];

/** As {@link refused}, of what answers later. */
async function refusal(work: () => Promise<unknown>): Promise<string> {
  const [outcome] = await Promise.allSettled([work()]);
  return refused(() => {
    if (outcome?.status === 'rejected') throw outcome.reason;
  });
}

function refused(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'done';
}

/** Waits until a job has ended, whatever came of it. */
async function ended(key: number): Promise<LiveJobView> {
  await vi.waitFor(() => expect(['running', 'waiting-for-org']).not.toContain(jobs.view(key).state), {
    timeout: 9_000,
  });
  await jobs.close();
  return jobs.view(key);
}

describe('at the start', () => {
  test('a job whose customers were being read is given up, one without its connection is paused', () => {
    const [reading, running, waiting, paused, done] = (
      ['reading', 'running', 'waiting-for-org', 'paused', 'done'] as const
    ).map((each, index) => kept(each, { connectionKey: 99, remoteBadgeId: `b${String(index)}`, uid: each })) as [
      ...[number, number, number, number, number],
    ];
    jobs.resumeAll();
    const gone = 'Its connection was deleted.';
    expect([running, waiting, paused, done].map(state)).toEqual([
      ...[
        ['paused', gone],
        ['paused', gone],
        ['paused', 'Wait.'],
        ['done', null],
      ],
    ]);
    expect(state(reading)).toEqual([
      'cancelled',
      'Laurel ended while the customers were being read. Nothing was sent; start the job again.',
    ]);
    expect([here.liveJobs.get(reading).endedOn, here.liveJobs.chunk(reading, 0)]).toEqual([NOW, undefined]);
    expect(here.liveJobs.chunk(running, 0)).toBeDefined();
  });
});

describe('what is refused in each state', () => {
  const IS: Readonly<Record<LiveJobState, string>> = {
    reading: 'This one is running.',
    queued: 'This one waits for its turn or its time.',
    running: 'This one is running.',
    paused: 'This one is paused.',
    'waiting-for-org': 'This one is waiting for the org.',
    done: 'This one is done.',
    cancelled: 'This one is cancelled.',
  };

  test.each(STATES.filter((each) => each !== 'paused'))('resuming one that is %s', async (each) => {
    const key = kept(each);
    expect(await refusal(() => jobs.resume(connect(), key))).toBe(
      `conflict: Only a paused job can be resumed. ${IS[each]} Nothing was changed.`,
    );
    expect(here.liveJobs.get(key).state).toBe(each);
  });

  test.each(STATES.filter((each) => each !== 'paused' && each !== 'done'))(
    'trying again one that is %s',
    async (each) => {
      const key = kept(each);
      expect(await refusal(() => jobs.retryRefused(connect(), key))).toBe(
        `conflict: Refused customers can be tried again once the job is done or paused. ${IS[each]} Nothing was changed.`,
      );
    },
  );

  test('trying again one with a rival, or with nobody whom that could serve', async () => {
    const key = kept('done');
    const settled = (code: number): LiveChunk => ({
      ...{
        number: 0,
        state: 'settled',
        attempt: 0,
        customers: [1, 2],
        sentAfter: null,
        known: null,
        records: null,
        terms: null,
      },
      ...{ outcomes: [1, 2].map(() => ({ kind: 'refused', code })), codes: [[code, 2, 'No']] },
    });
    here.liveJobs.saveChunk(key, settled(816));
    expect(await refusal(() => jobs.retryRefused(connect(), key))).toBe(
      'conflict: Org would refuse every one of them again for the same reason. Nothing was changed; start another job once something about it is different.',
    );
    here.liveJobs.saveChunk(key, settled(811));
    const rival = kept('running', { uid: 'rival' });
    expect(await refusal(() => jobs.retryRefused(connect(), key))).toBe(
      'conflict: Another job over Badge is not over; let it end first. This one is done. Nothing was changed.',
    );
    expect(here.liveJobs.chunk(key, 0)?.state).toBe('settled');
    here.liveJobs.setState(rival, 'cancelled', null);
    expect(await jobs.retryRefused(connect(), key)).toMatchObject({ state: 'running', unknown: 2, refused: 0 });
  });

  test.each([
    ['award', 'Another job awards Badge there'],
    ['enrol', 'Another job enrols customers in Badge there'],
  ] as const)('starting to %s beside one that does the same', (action, words) => {
    const connection = connect();
    kept('running', { action, connectionKey: connection.key });
    const before = here.liveJobs.list().length;
    expect(refused(() => jobs.start(connection, { ...ORDER, action }, list(1)))).toContain(`conflict: ${words}`);
    expect([here.liveJobs.list().length, told]).toEqual([before, []]);
  });

  test('cancelling one that is over', async () => {
    for (const each of ['done', 'cancelled'] as const) {
      const key = kept(each, { uid: each });
      expect(await jobs.cancel(key, connect())).toMatchObject({ state: each });
      expect(state(key)).toEqual([each, null]);
    }
  });
});

describe('a job without its connection', () => {
  test.each(['paused', 'running', 'waiting-for-org'] as const)(
    'that is %s is cancelled without a look',
    async (each) => {
      const key = kept(each);
      expect(await jobs.cancel(key, undefined)).toMatchObject({ state: 'cancelled', endedOn: NOW });
      expect(state(key)).toEqual(['cancelled', 'Cancelled; what was not sent by then was not sent.']);
    },
  );
});

describe('jobs of a connection', () => {
  test.each<[LiveJobState, boolean]>([
    ['reading', true],
    ['queued', true],
    ['running', true],
    ['paused', true],
    ['waiting-for-org', true],
    ['done', false],
    ['cancelled', false],
  ])('that are %s are unfinished: %s', (each, isUnfinished) => {
    kept(each, { connectionKey: 7 });
    expect([jobs.hasUnfinished(7), jobs.hasUnfinished(8)]).toEqual([isUnfinished, false]);
  });

  test('are listed newest first, and left as they are by a pause of all that run', async () => {
    const [first, second] = [kept('paused'), kept('running', { uid: 'b', remoteBadgeId: 'b' })];
    await jobs.pauseAll(1, 'Locked.');
    expect([state(first), state(second)]).toEqual([
      ['paused', 'Wait.'],
      ['running', null],
    ]);
    expect(jobs.list().map(({ id }) => id)).toEqual([second, first]);
    expect(await jobs.pause(first)).toMatchObject({ id: first, state: 'paused' });
  });

  test('have a draft until it is forgotten', () => {
    const keep = vi.spyOn(jobs.forms.giving, 'keep');
    jobs.forgetDraft(4);
    expect(keep.mock.calls).toEqual([[4, null]]);
  });
});

describe('a job in its thread', () => {
  /** An org that awards whomever it is sent, and says what each has. */
  async function org(more: (url: string) => { status: number; body: object } | undefined = () => undefined, delay = 0) {
    const bodies: { customerIds: number[]; requestId: string }[] = [];
    const headers: unknown[] = [];
    const gateway = await hostileGateway((request, response) => {
      let body = '';
      headers.push(request.headers.authorization);
      request.on('data', (bytes: Buffer) => (body += bytes.toString()));
      const answer = (): void => {
        const said = more(request.url ?? '');
        if (said) return json(response, said.body, said.status);
        if (request.method === 'GET')
          return json(response, { data: { earnDetails: { earnCount: 0, earns: [] } }, errors: [] });
        const sent = JSON.parse(body) as { customerIds: number[]; requestId: string };
        bodies.push(sent);
        const earnedBadgesList = sent.customerIds.map((customerId) => ({
          customerId,
          earnedBadgeId: customerId.toString(16).padStart(24, '0'),
        }));
        return json(response, { data: { earnedBadgesList, failedEarnBadgeErrorList: [] }, errors: [] });
      };
      request.on('end', () => setTimeout(answer, delay));
    });
    return { ...gateway, bodies, headers };
  }

  test('reads its customers, sends them with what the session gives, tells how it goes, and ends', async () => {
    const gateway = await org(undefined, 80);
    const unheard: LiveJobView[] = [];
    jobs.watch((view) => void unheard.push(view))();
    const view = jobs.start(connect(gateway.url), ORDER, list(5, 6, 5, 7));
    expect(view).toMatchObject({ state: 'running', note: 'Reading the customers; nothing has been sent yet.' });
    const end = await ended(view.id);
    expect(end).toMatchObject({ state: 'done', total: 4, done: 3, refused: 1, note: null });
    expect(here.liveJobs.get(view.id)).toMatchObject({ uid: 'abababababab', source: 'a list', startedOn: NOW });
    expect(gateway.bodies).toEqual([
      expect.objectContaining({ customerIds: [5, 6], requestId: 'laurel-abababababab-1-1' }),
      expect.objectContaining({ customerIds: [7], requestId: 'laurel-abababababab-2-1' }),
    ]);
    expect(new Set(gateway.headers)).toEqual(new Set([BASIC.value]));
    expect(session.state).toBe('online');
    expect(told.at(0)).toMatchObject({ id: view.id, state: 'running' });
    expect(told.at(-1)).toMatchObject({ id: view.id, state: 'done', done: 3 });
    // Every fifth of a second it says how far it is.
    expect(told.slice(1, -1).map((each) => [each.state, each.total])).toContainEqual(['running', 4]);
    expect([errors, unheard]).toEqual([[], []]);
    await gateway.stop();
  });

  test('that is cancelled while its customers are read says that nothing was sent', async () => {
    const connection = connect();
    const { id } = jobs.start(connection, ORDER, {
      ...{
        kind: 'list',
        description: 'many',
        customers: Float64Array.from({ length: 200_000 }, (_, index) => index + 1),
      },
    });
    expect(await jobs.cancel(id, connection)).toMatchObject({ state: 'cancelled', endedOn: NOW });
    expect(state(id)).toEqual(['cancelled', 'Cancelled. Nothing was sent.']);
    expect(here.liveJobs.chunk(id, 0)).toBeUndefined();
    // The same of a text, which is read cell by cell and asks in between whether it is to stop.
    const text = Array.from({ length: 300_000 }, (_, index) => String(index + 1)).join('\n');
    const other = jobs.start(
      connection,
      { ...ORDER, remoteBadgeId: 'other' },
      {
        ...{ kind: 'customers', source: { kind: 'text', text } },
      },
    );
    expect(await jobs.cancel(other.id, connection)).toMatchObject({ state: 'cancelled', endedOn: NOW });
    expect(state(other.id)).toEqual(['cancelled', 'Cancelled. Nothing was sent.']);
  });

  test('whose credentials the org refuses tells the session so, and pauses', async () => {
    const gateway = await org((url) => (url.includes('earnBulk') ? { status: 401, body: {} } : undefined));
    const { id } = jobs.start(connect(gateway.url), ORDER, list(5));
    expect(await ended(id)).toMatchObject({ state: 'paused', waiting: 1 });
    expect(session.authorizer.rejected).toHaveBeenCalledWith(BASIC);
    expect(session.state).toBe('unauthorized');
    await gateway.stop();
  });

  test('that goes on is told of when it has ended, and what is closed waits for what is on its way', async () => {
    const gateway = await org(undefined, 60);
    const connection = connect(gateway.url);
    const first = kept('paused');
    await jobs.resume(connection, first);
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ id: first, state: 'done' }), { timeout: 9_000 });
    const second = kept('paused', { uid: 'second', remoteBadgeId: 'b2' });
    for (let number = 1; number < 20; number += 1)
      here.liveJobs.addChunk(second, number, [number * 2 + 1, number * 2 + 2]);
    await jobs.resume(connection, second);
    const before = gateway.bodies.length;
    await vi.waitFor(() => expect(gateway.bodies.length).toBeGreaterThan(before), { timeout: 9_000 });
    await jobs.close();
    const sent = gateway.bodies.length - before;
    const counts = here.liveJobs.counts(second);
    expect([counts.done, counts.sent, counts.unknown, here.liveJobs.get(second).state]).toEqual([
      ...[2 * sent, 0, 0, 'running'],
    ]);
    expect(sent).toBeLessThan(20);
    await gateway.stop();
  });

  test('without a connection any more has nobody to prove who is calling', async () => {
    sessions.known = () => undefined;
    const connection = connect();
    const key = kept('paused', { connectionKey: connection.key });
    await jobs.resume(connection, key);
    here.connections.delete(connection.key);
    const end = await ended(key);
    expect(end).toMatchObject({ state: 'paused', waiting: 2 });
    expect(end.note).toBe('The connection of this job was deleted.');
  });

  test('opens a session where none is open, for the connection it has', async () => {
    const gateway = await org();
    const connection = connect(gateway.url);
    const opened: number[] = [];
    sessions.known = () => undefined;
    sessions.of = ({ key }) => {
      opened.push(key);
      return session as unknown as OrgSession;
    };
    const { id } = jobs.start(connection, ORDER, list(5));
    expect(await ended(id)).toMatchObject({ state: 'done' });
    expect(new Set(opened)).toEqual(new Set([connection.key]));
    await gateway.stop();
  });

  test.each<[string, LiveJobSource, string | RegExp]>([
    [
      'a history that is gone',
      { kind: 'request', orgFile: path.join('/none', 'org'), facts: {} as never },
      'The customers could not be read: the file was moved, deleted, or may not be read by you. Nothing was sent.',
    ],
    [
      'a text that does not say which column',
      { kind: 'customers', source: { kind: 'text', text: 'Bestellung;Anzahl;Punkte\n1;88001;100\n2;88002;250\n' } },
      /^The pasted text: The whole numbers .* Say which when you start the job anew\. Nothing was sent\.$/,
    ],
    [
      'what is no file',
      {
        kind: 'customers',
        source: {
          kind: 'file',
          name: 'x',
          reading: { ...READING, text: { path: path.dirname(import.meta.filename) } },
        },
      },
      /^The customers could not be read: .* Nothing was sent\.$/,
    ],
  ])('that cannot read its customers is given up: %s', async (_, source, words) => {
    const { id } = jobs.start(connect(), ORDER, source);
    const end = await ended(id);
    expect([end.state, here.liveJobs.get(id).endedOn]).toEqual(['cancelled', NOW]);
    if (typeof words === 'string') expect(end.note).toBe(words);
    else expect(end.note).toMatch(words);
  });

  test('whose store is gone stops; while it was reading it is given up', async () => {
    const running = kept('paused');
    context.workspaceFile = path.join(path.dirname(workspace.file), 'none.laurel');
    jobs = new LiveJobs(context, sessions);
    await jobs.resume(connect(), running);
    const paused = await ended(running);
    expect(paused.state).toBe('paused');
    expect(paused.note).toMatch(
      /^Laurel ran into a fault of its own\. What was sent and answered is kept; resume to go on\./,
    );
    jobs = new LiveJobs(context, sessions);
    const { id } = jobs.start(connect(), { ...ORDER, remoteBadgeId: 'other' }, list(1));
    const given = await ended(id);
    expect(given.state).toBe('cancelled');
    expect(given.note).toMatch(/^The customers could not all be noted\. .* Nothing was sent; start the job again\.$/);
    expect(given.note).toContain(inEnglish(message('jobs.ownFault')));
    expect(errors.length).toBe(2);
    rmSync(context.workspaceFile, { force: true });
  });

  test('that runs into a fault of the program stops, and says that it was one', async () => {
    const key = kept('paused');
    context.times = undefined as never;
    await jobs.resume(connect(), key);
    expect(await ended(key)).toMatchObject({
      state: 'paused',
      note: 'Laurel ran into a fault of its own. What was sent and answered is kept; resume to go on. The log has the details.',
    });
    expect(errors).toEqual([{ job: key, detail: expect.stringContaining('TypeError') as string }]);
  });

  test('whose end cannot be written down is shown as it ended, and can be resumed', async () => {
    const key = kept('paused');
    context.workspaceFile = path.join(path.dirname(workspace.file), 'none.laurel');
    jobs = new LiveJobs(context, sessions);
    const { setState } = here.liveJobs;
    await jobs.resume(connect(), key);
    here.liveJobs.setState = () => {
      throw new Database.SqliteError('full', 'SQLITE_FULL');
    };
    await vi.waitFor(() => expect(jobs.view(key).state).toBe('paused'), { timeout: 9_000 });
    here.liveJobs.setState = setState;
    expect([here.liveJobs.get(key).state, jobs.view(key).note]).toEqual([
      'running',
      expect.stringMatching(/^Laurel could not write down how the job goes\. .+ resume to go on\.$/),
    ]);
    expect(errors.length).toBe(2);
    await jobs.close();
    expect(await jobs.resume(connect(), key)).toMatchObject({ state: 'running' });
  });
});
