/** Live jobs that wait for their turn or their time: by an injected clock, over restarts, sleep and clocks that are set. */
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { StoredConnection } from '../../../../db/workspace/connections';
import type { LiveJob, LiveJobState } from '../../../../db/workspace/live-jobs';
import { RateLimit } from '../../../../electron/backend/sync/client/pace';
import type { OrgSessions } from '../../../../electron/backend/sync/client/org-sessions';
import type { SyncContext } from '../../../../electron/backend/sync/context';
import { LiveJobs, type LiveJobOrder } from '../../../../electron/backend/sync/live-jobs/jobs';
import type { LookBefore } from '../../../../electron/backend/sync/live-jobs/turns';
import { dueOf, inTurn, LATEST, lookIn } from '../../../../electron/backend/sync/live-jobs/queue';
import type { LiveJobSource } from '../../../../electron/backend/sync/live-jobs/source';
import { DAY, HOUR, instantOf, SECOND } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import type { JobBegin } from '../../../../shared/ipc/job-queue-contract';
import type { JobDraft } from '../../../../shared/ipc/look-ahead-contract';
import { message } from '../../../../shared/words/message';
import { NOW, testWorkspace, type TestWorkspace } from '../../../db/workspace/open-workspace';
import { DIRECTLY } from '../../network/directly';
import { hostileGateway, json } from '../hostile-gateway';

const ORDER: LiveJobOrder = {
  ...{ badgeName: 'Badge', remoteBadgeId: 'badge-1', action: 'award', ownerType: 'Loyalty', referenceId: '626' },
  ...{ eventDate: null, source: 'typed' },
};
const FORM: JobDraft = {
  ...{ isOpen: false, action: 'award', source: 'list', requestId: null, simulation: null, eventDate: null },
  badge: { badgeId: 'b', remoteId: 'badge-1', name: 'Badge' },
  owner: { ownerType: 'Loyalty', referenceId: '626', isClaimed: true },
  customers: { kind: 'paste', pasted: '5\n6', rangeFrom: '1', rangeTo: '2', file: null },
};
const AFTER: JobBegin = { kind: 'after' };
const at = (on: number): JobBegin => ({ kind: 'at', on });
const list = (...customers: number[]): LiveJobSource => ({
  ...{ kind: 'list', description: 'a list', customers: Float64Array.from(customers) },
});

describe('what is due', () => {
  let keys = 0;
  const job = (state: LiveJobState, wait: Partial<Pick<LiveJob, 'queuePlace' | 'startsOn'>> = {}): LiveJob =>
    ({ key: (keys += 1), state, queuePlace: null, startsOn: null, ...wait }) as LiveJob;

  test.each<[LiveJobState, boolean]>([
    ['reading', false],
    ['running', false],
    ['paused', false],
    ['waiting-for-org', false],
    ['done', true],
    ['cancelled', true],
  ])('the next in turn begins beside one that is %s: %s', (state, begins) => {
    const [second, first] = [job('queued', { queuePlace: 9 }), job('queued', { queuePlace: 2 })];
    expect(dueOf([second, job(state), first], NOW)).toEqual({ start: begins ? [first] : [], missed: [] });
  });

  test('nobody overtakes one whose customers are still being read, and who waits for a time is in nobody’s way', () => {
    const reading = job('reading', { queuePlace: 1 });
    const next = job('queued', { queuePlace: 2 });
    expect(dueOf([reading, next], NOW).start).toEqual([]);
    expect(inTurn([next, reading, job('done', { queuePlace: 0 })])).toEqual([reading, next]);
    const timed = job('queued', { startsOn: NOW + 1 });
    expect(dueOf([timed, next], NOW).start).toEqual([next]);
    expect([lookIn([next, job('done', { startsOn: 3 })], NOW, 500), lookIn([next, timed], NOW, 500)]).toEqual([
      null,
      1,
    ]);
  });

  test('one that is overdue makes no other late: the next time is looked at, at the latest after as long as ever', () => {
    const overdue = job('queued', { startsOn: NOW - HOUR });
    const soon = job('queued', { startsOn: NOW + SECOND });
    expect(lookIn([overdue], NOW, 10_000)).toBe(10_000);
    expect(lookIn([overdue, soon, job('queued', { startsOn: NOW + DAY })], NOW, 10_000)).toBe(1_001);
  });

  test('a time holds for a minute, beside whatever runs; then a person is asked', () => {
    const timed = job('queued', { startsOn: NOW });
    const all = [job('running'), timed];
    expect(dueOf(all, NOW - 1)).toEqual({ start: [], missed: [] });
    expect(dueOf(all, NOW)).toEqual({ start: [timed], missed: [] });
    expect(dueOf(all, NOW + LATEST)).toEqual({ start: [timed], missed: [] });
    expect(dueOf(all, NOW + LATEST + 1)).toEqual({ start: [], missed: [timed] });
  });
});

describe('jobs that wait', () => {
  let workspace: TestWorkspace;
  let context: SyncContext;
  let now: number;
  let jobs: LiveJobs;
  let sessions: OrgSessions;

  let before: LookBefore;
  const open = (): LiveJobs => new LiveJobs(context, sessions, (...asked) => before(...asked), 3);
  beforeEach(async () => {
    workspace = await testWorkspace();
    now = NOW;
    before = () => Promise.resolve(null);
    let uid = 0;
    context = {
      ...{ workspace: workspace.current, workspaceFile: workspace.file, network: DIRECTLY, dice: () => 0 },
      ...{ log: { warn: vi.fn(), info: vi.fn(), error: vi.fn() }, now: () => now, files: { find: () => undefined } },
      ...{ times: { exchange: {}, backoff: { first: 1, most: 2 }, quiet: 1 } },
      randomBytes: (length: number) => Buffer.alloc(length, (uid += 1)),
    } as unknown as SyncContext;
    const session = {
      authorizer: {
        authorize: () => Promise.resolve({ ok: true, header: { name: 'authorization', value: 'Basic eA==' } }),
      },
      ...{ state: 'unknown', rate: new RateLimit(1_000) },
    };
    sessions = { known: () => session, of: () => session } as unknown as OrgSessions;
    jobs = open();
  });
  afterEach(() => jobs.close());

  /** An org that awards whomever it is sent, while it is open. */
  async function org(name = 'Org') {
    const sent: number[][] = [];
    const state = { isDown: false, held: [] as (() => void)[], isHolding: false };
    const gateway = await hostileGateway((request, response) => {
      let body = '';
      request.on('data', (bytes: Buffer) => (body += bytes.toString()));
      request.on('end', () => {
        if (state.isDown) return json(response, {}, 503);
        if (request.method === 'GET')
          return json(response, { data: { earnDetails: { earnCount: 0, earns: [] } }, errors: [] });
        const { customerIds } = JSON.parse(body) as { customerIds: number[] };
        const answer = (): void => {
          const earnedBadgesList = customerIds.map((customerId) => ({
            ...{ customerId, earnedBadgeId: customerId.toString(16).padStart(24, '0') },
          }));
          json(response, { data: { earnedBadgesList, failedEarnBadgeErrorList: [] }, errors: [] });
        };
        sent.push(customerIds);
        if (state.isHolding) return void state.held.push(answer);
        return answer();
      });
    });
    onTestFinished(() => gateway.stop());
    const connection = workspace.current.connections.add({
      ...{ name, baseUrl: gateway.url, kind: 'test', timeZone: 'Europe/Berlin', chunkSize: 20, parallel: 1 },
      ...{ perSecond: 1_000, auth: 'basic', account: 'a', secretId: 's' },
    });
    return {
      ...{ connection, sent, state },
      release: () => {
        state.isHolding = false;
        for (const answer of state.held.splice(0)) answer();
      },
    };
  }

  /** Starts a job for one customer on a badge of its own. */
  function add(
    connection: StoredConnection,
    customer: number,
    begin?: JobBegin,
    badge = `b${String(customer)}`,
  ): number {
    return jobs.start(connection, { ...ORDER, remoteBadgeId: badge, badgeName: badge }, list(customer), begin).id;
  }
  const until = async (key: number, ...states: string[]): Promise<void> => {
    await vi.waitFor(() => expect(states).toContain(jobs.view(key).state), { timeout: 9_000, interval: 5 });
  };
  /** Some looks at the clock go by. */
  const looks = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 40));
  const refusal = async (work: () => unknown): Promise<string> => {
    try {
      await work();
    } catch (error) {
      if (error instanceof Failure) return `${error.code}: ${error.message}`;
      throw error;
    }
    return 'done';
  };

  test('one after another: each begins when those before it are over, in the order they were put', async () => {
    const { connection, sent, state, release } = await org();
    state.isHolding = true;
    const first = add(connection, 1);
    await vi.waitFor(() => expect(sent).toEqual([[1]]));
    const [second, third] = [add(connection, 2, AFTER), add(connection, 3, AFTER)];
    await Promise.all([until(second, 'queued'), until(third, 'queued')]);
    expect([second, third].map((key) => jobs.view(key))).toMatchObject([
      { place: 1, startsOn: null, canTakeOut: false },
      { place: 2, startsOn: null },
    ]);
    now += HOUR;
    jobs.reorder(third, 1);
    expect([jobs.view(second).place, jobs.view(third).place]).toEqual([2, 1]);
    // Side by side, because it was chosen.
    const beside = add(connection, 4);
    await vi.waitFor(() => expect(sent).toEqual([[1], [4]]));
    release();
    for (const key of [first, second, third, beside]) await until(key, 'done');
    expect(sent).toEqual([[1], [4], [3], [2]]);
    expect(jobs.view(second)).toMatchObject({ place: null, startedOn: now });
  });

  test('a paused job keeps those behind it, until it is over or one of them is started', async () => {
    const { connection, sent, state } = await org();
    state.isDown = true;
    const first = add(connection, 1);
    await until(first, 'waiting-for-org');
    await jobs.pause(first);
    const [second, third] = [add(connection, 2, AFTER), add(connection, 3, AFTER)];
    await Promise.all([until(second, 'queued'), until(third, 'queued')]);
    state.isDown = false;
    await looks();
    expect([sent, jobs.view(second).state]).toEqual([[], 'queued']);
    await jobs.beginNow(connection, second);
    await until(second, 'done');
    expect(jobs.view(third)).toMatchObject({ state: 'queued', place: 1 });
    await jobs.cancel(first, connection);
    await until(third, 'done');
    expect(sent).toEqual([[2], [3]]);
  });

  test('a network that is gone while others wait: who runs goes on when it is back, and then the next begins', async () => {
    const { connection, sent, state } = await org();
    state.isDown = true;
    const first = add(connection, 1);
    const second = add(connection, 2, AFTER);
    await Promise.all([until(first, 'waiting-for-org'), until(second, 'queued')]);
    await looks();
    expect(jobs.view(second)).toMatchObject({ state: 'queued', note: null });
    state.isDown = false;
    await Promise.all([until(first, 'done'), until(second, 'done')]);
    expect(sent).toEqual([[1], [2]]);
  });

  test('one that does the same to the same badge may wait behind the other, and is not begun beside it', async () => {
    const { connection, sent, state, release } = await org();
    state.isHolding = true;
    const first = add(connection, 1, undefined, 'same');
    await vi.waitFor(() => expect(sent).toEqual([[1]]));
    const [second, timed] = [add(connection, 2, AFTER, 'same'), add(connection, 3, at(now + HOUR), 'same')];
    await Promise.all([until(second, 'queued'), until(timed, 'queued')]);
    const words = 'Another job awards same there and is not over';
    expect(await refusal(() => jobs.beginNow(connection, second))).toContain(words);
    now += HOUR;
    await until(timed, 'paused');
    expect(jobs.view(timed).note).toContain(words);
    expect(await refusal(() => jobs.resume(connection, timed))).toContain(words);
    release();
    await until(first, 'done');
    await jobs.cancel(timed, connection);
    await until(second, 'done');
    expect(sent).toEqual([[1], [2]]);
  });

  test('two of one badge that are paused before anything was sent do not keep each other from going on', async () => {
    const { connection, sent } = await org();
    const keys = [1, 2].map((customer) => add(connection, customer, at(now + DAY), 'same')) as [number, number];
    await Promise.all(keys.map((key) => until(key, 'queued')));
    for (const key of keys) await jobs.pause(key);
    for (const key of keys) {
      await jobs.resume(connection, key);
      await until(key, 'done');
    }
    expect(sent).toEqual([[1], [2]]);
  });

  test('one that is partly sent and cancelled while it waits does not wait in the file before it is looked up', async () => {
    const { connection, sent } = await org();
    const key = add(connection, 1, at(now + DAY));
    await until(key, 'queued');
    const { liveJobs } = workspace.current;
    const chunk = liveJobs.chunk(key, 0);
    if (chunk) liveJobs.saveChunk(key, { ...chunk, state: 'unknown', sentAfter: NOW, known: [] });
    const cancelled = jobs.cancel(key, connection);
    await vi.waitFor(() => expect(liveJobs.get(key)).not.toMatchObject({ state: 'queued' }), { interval: 1 });
    expect(liveJobs.get(key)).toMatchObject({ startsOn: null });
    expect(await cancelled).toMatchObject({ state: 'cancelled' });
    expect(sent).toEqual([]);
  });

  test('going on right after a pause waits for the thread that is at its end', async () => {
    const { connection, sent, state, release } = await org();
    state.isHolding = true;
    const key = add(connection, 1);
    await vi.waitFor(() => expect(sent).toEqual([[1]]));
    const paused = jobs.pause(key);
    release();
    await vi.waitFor(() => expect(['paused', 'done']).toContain(workspace.current.liveJobs.get(key).state), {
      interval: 1,
    });
    if (workspace.current.liveJobs.get(key).state === 'paused') await jobs.resume(connection, key);
    await paused;
    await until(key, 'done');
    expect(sent).toEqual([[1]]);
  });

  test('two orgs know nothing of each other', async () => {
    const [one, other] = [await org('One'), await org('Other')];
    one.state.isHolding = true;
    add(one.connection, 1);
    const [behind, free] = [add(one.connection, 2, AFTER), add(other.connection, 3, AFTER)];
    await until(free, 'done');
    await until(behind, 'queued');
    expect([one.sent, other.sent, jobs.view(behind).place]).toEqual([[[1]], [[3]], 1]);
    one.release();
    await until(behind, 'done');
  });

  describe('for a time', () => {
    /** 02:30 of the day on which clocks in Berlin go back: the first of the two. */
    const TIME = instantOf('2026-10-25T00:30:00Z');
    beforeEach(() => {
      now = TIME - DAY;
    });

    test('begin at it, once, whatever the clock does afterwards', async () => {
      const { connection, sent } = await org();
      const key = add(connection, 1, at(TIME));
      await until(key, 'queued');
      expect(jobs.view(key)).toMatchObject({ startsOn: TIME, place: null });
      now = TIME - 1;
      await looks();
      expect(sent).toEqual([]);
      now = TIME;
      await until(key, 'done');
      now = TIME - HOUR;
      await looks();
      now = TIME;
      await looks();
      expect([sent, jobs.view(key).startsOn, jobs.view(key).startedOn]).toEqual([[[1]], null, TIME]);
    });

    test('wait on when the clock is set back before it, and begin when it comes', async () => {
      const { connection, sent } = await org();
      const key = add(connection, 1, at(TIME));
      await until(key, 'queued');
      now = TIME - 10 * DAY;
      await looks();
      expect([jobs.view(key).state, sent]).toEqual(['queued', []]);
      now = TIME + 40 * SECOND;
      await until(key, 'done');
      expect(sent).toEqual([[1]]);
    });

    test('are asked about when it went by in sleep or by a clock that jumped, and can go on or wait anew', async () => {
      const { connection, sent } = await org();
      const [first, second] = [add(connection, 1, at(TIME)), add(connection, 2, at(TIME))];
      await Promise.all([until(first, 'queued'), until(second, 'queued')]);
      now = TIME + 6 * HOUR;
      await Promise.all([until(first, 'paused'), until(second, 'paused')]);
      expect(jobs.view(first).note).toContain('It was to start at 2026-10-25T02:30:00+02:00, and is too late for it');
      now = TIME;
      await looks();
      expect(sent).toEqual([]);
      await jobs.resume(connection, first);
      await until(first, 'done');
      expect(jobs.view(first).startedOn).toBe(TIME);
      await jobs.wait(connection, second, { kind: 'at', on: TIME + HOUR });
      expect(jobs.view(second)).toMatchObject({ state: 'queued', note: null, startsOn: TIME + HOUR });
      now = TIME + HOUR;
      await until(second, 'done');
      expect(sent).toEqual([[1], [2]]);
    });

    test('wait over a restart, and are asked about when Laurel did not run at it', async () => {
      const { connection, sent } = await org();
      const [soon, late, behind] = [
        add(connection, 1, at(TIME)),
        add(connection, 2, at(TIME + DAY)),
        add(connection, 3, at(TIME + DAY)),
      ];
      await Promise.all([soon, late, behind].map((key) => until(key, 'queued')));
      await jobs.wait(connection, behind, { kind: 'after' });
      await until(behind, 'done');
      await jobs.close();
      now = TIME + HOUR;
      jobs = open();
      jobs.resumeAll();
      expect(jobs.view(soon)).toMatchObject({ state: 'paused', done: 0 });
      expect(jobs.view(soon).note).toContain(
        'It was to start at 2026-10-25T02:30:00+02:00, and Laurel was not running',
      );
      expect(jobs.view(late)).toMatchObject({ state: 'queued', startsOn: TIME + DAY });
      now = TIME + DAY;
      await until(late, 'done');
      expect(sent).toEqual([[3], [2]]);
    });

    test('that is over are refused, and nothing is kept', async () => {
      const { connection } = await org();
      const words = 'invalid-input: That time is over. Nothing was sent; choose one that lies ahead, or start now.';
      expect(await refusal(() => add(connection, 1, at(now)))).toBe(words);
      expect(jobs.list()).toEqual([]);
      const key = add(connection, 1, at(TIME));
      await until(key, 'queued');
      expect(await refusal(() => jobs.wait(connection, key, { kind: 'at', on: now - 1 }))).toBe(words);
      expect(jobs.view(key)).toMatchObject({ state: 'queued', startsOn: TIME });
    });
  });

  test('one whose time has come and that cannot begin is looked at now and then, and not at once', async () => {
    const { connection } = await org();
    await jobs.close();
    jobs = new LiveJobs(context, sessions, undefined, 200);
    const key = add(connection, 1, at(now + DAY));
    await until(key, 'queued');
    const { liveJobs } = workspace.current;
    const setState = vi.spyOn(liveJobs, 'setState').mockImplementation(() => {
      throw new Error('full');
    });
    now += 2 * DAY;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(setState.mock.calls.length).toBeLessThan(5);
    setState.mockRestore();
    await until(key, 'paused');
  });

  test('what waits for its turn goes on waiting after a restart, and is next when it has come', async () => {
    const { connection, sent, state } = await org();
    state.isDown = true;
    const first = add(connection, 1);
    const second = add(connection, 2, AFTER);
    await Promise.all([until(first, 'waiting-for-org'), until(second, 'queued')]);
    await jobs.close();
    state.isDown = false;
    jobs = open();
    jobs.resumeAll();
    await Promise.all([until(first, 'done'), until(second, 'done')]);
    expect(sent).toEqual([[1], [2]]);
  });

  test('taken out is back in the form; cancelled, paused and locked it is not sent', async () => {
    const { connection, sent } = await org();
    const keys = [1, 2, 3, 4].map((customer) => add(connection, customer, at(now + DAY)));
    const [out, gone, held, locked] = keys as [number, number, number, number];
    jobs.forms.giving.keepForm(out, FORM);
    jobs.forms.giving.keepForm(gone, FORM);
    await Promise.all(keys.map((key) => until(key, 'queued')));
    expect(await refusal(() => jobs.takeOut(held))).toContain('whose form is kept');
    expect(jobs.view(out)).toMatchObject({ canTakeOut: true });
    expect(await jobs.takeOut(out)).toMatchObject({
      ...{ state: 'cancelled', note: 'Taken out and back in the form. Nothing was sent.', startsOn: null },
    });
    expect(jobs.forms.giving.of(connection.key)?.draft).toEqual({ ...FORM, isOpen: true });
    expect(workspace.current.liveJobs.chunk(out, 0)).toBeUndefined();
    expect(await jobs.cancel(gone, connection)).toMatchObject({
      state: 'cancelled',
      note: 'Cancelled. Nothing was sent.',
    });
    expect(await jobs.pause(held)).toMatchObject({ state: 'paused', startsOn: null });
    await jobs.pauseAll(connection.key, 'Locked.');
    expect(jobs.view(locked)).toMatchObject({ state: 'paused', note: 'Locked.' });
    expect([out, gone].map((key) => jobs.forms.giving.hasForm(key))).toEqual([false, false]);
    now += DAY;
    await looks();
    expect(sent).toEqual([]);
    expect(await refusal(() => jobs.beginNow(connection, gone))).toContain('Only a job that waits can be started.');
    expect(await refusal(() => jobs.reorder(locked, 1))).toContain('Only a job that waits for its turn');
    expect(await refusal(() => jobs.wait(connection, gone, { kind: 'after' }))).toContain(
      'Only a job that waits or is paused',
    );
  });

  test('one whose turn comes is not begun where the org would refuse every row, and is where it cannot be asked', async () => {
    const { connection, sent, state } = await org();
    const asked: string[] = [];
    before = (_connection, { badgeName, remoteBadgeId }) => {
      asked.push(badgeName);
      if (remoteBadgeId === 'b1')
        return Promise.resolve(message('jobs.refusedAtStart', { org: 'Org', finding: 'It is not claimed.' }));
      return Promise.reject(new Error('no answer'));
    };
    const [refused, other] = [add(connection, 1, at(now + HOUR)), add(connection, 2, at(now + HOUR))];
    await Promise.all([until(refused, 'queued'), until(other, 'queued')]);
    now += HOUR;
    await Promise.all([until(refused, 'paused'), until(other, 'done')]);
    expect(jobs.view(refused).note).toContain('would refuse every row now: It is not claimed. Nothing was sent.');
    expect([asked.sort(), sent, state.isDown]).toEqual([['b1', 'b2'], [[2]], false]);
    // A person decides: nobody asks again.
    await jobs.resume(connection, refused);
    await until(refused, 'done');
  });

  test('what is done with a job while the org is asked about it holds, and it begins once', async () => {
    const { connection, sent } = await org();
    const answers: (() => void)[] = [];
    before = () => new Promise((resolve) => answers.push(() => resolve(null)));
    const keys = [1, 2, 3].map((customer) => add(connection, customer, at(now + HOUR)));
    const [cancelled, moved, begun] = keys as [number, number, number];
    await Promise.all(keys.map((key) => until(key, 'queued')));
    now += HOUR;
    await vi.waitFor(() => expect(answers).toHaveLength(3));
    await looks();
    expect(answers).toHaveLength(3);
    await jobs.cancel(cancelled, connection);
    await jobs.wait(connection, moved, { kind: 'at', on: now + DAY });
    await jobs.beginNow(connection, begun);
    await until(begun, 'done');
    for (const answer of answers) answer();
    await looks();
    expect(keys.map((key) => jobs.view(key).state)).toEqual(['cancelled', 'queued', 'done']);
    expect(sent).toEqual([[3]]);
  });

  test('whose thread cannot be started is paused, says so, and goes on when it is asked to', async () => {
    const { connection, sent } = await org();
    const [waiting, paused, timed] = [1, 2, 3].map((customer) => add(connection, customer, at(now + DAY))) as [
      ...[number, number, number],
    ];
    await Promise.all([waiting, paused, timed].map((key) => until(key, 'queued')));
    await jobs.pause(paused);
    const { of } = sessions;
    sessions.of = () => {
      throw new Error('no threads are left');
    };
    await expect(jobs.beginNow(connection, waiting)).rejects.toThrow('no threads');
    await expect(jobs.resume(connection, paused)).rejects.toThrow('no threads');
    const before = jobs.list().length;
    expect(() => add(connection, 4)).toThrow('no threads');
    expect(
      jobs
        .list()
        .slice(before - 3)
        .map(({ state }) => state),
    ).not.toContain('running');
    expect(jobs.view(Math.max(...jobs.list().map(({ id }) => id)))).toMatchObject({ state: 'cancelled' });
    now += DAY;
    await until(timed, 'paused');
    for (const key of [waiting, paused, timed]) {
      expect(jobs.view(key)).toMatchObject({ state: 'paused', startsOn: null });
      expect(jobs.view(key).note).not.toBeNull();
    }
    sessions.of = of;
    for (const key of [waiting, paused, timed]) {
      await jobs.resume(connection, key);
      await until(key, 'done');
    }
    expect(sent).toEqual([[1], [2], [3]]);
  });

  test('one under way whose thread cannot be started at the next start does not keep the workspace shut', async () => {
    const { connection, state } = await org();
    state.isDown = true;
    const key = add(connection, 1);
    await until(key, 'waiting-for-org');
    await jobs.close();
    const { of } = sessions;
    sessions.of = () => {
      throw new Error('no threads are left');
    };
    jobs = open();
    jobs.resumeAll();
    expect(jobs.view(key)).toMatchObject({ state: 'paused' });
    sessions.of = of;
  });

  test('what began while the thread that read the customers came to its end is seen before this one begins', async () => {
    const { connection, sent, state, release } = await org();
    state.isHolding = true;
    const key = add(connection, 2, at(now + DAY), 'same');
    await until(key, 'queued');
    const job = workspace.current.liveJobs.get(key);
    const get = vi.spyOn(workspace.current.liveJobs, 'get');
    // It is put to wait by its thread just after the file was asked.
    get.mockReturnValueOnce({ ...job, state: 'reading' }).mockReturnValueOnce({ ...job, state: 'reading' });
    const begun = refusal(() => jobs.beginNow(connection, key));
    add(connection, 3, undefined, 'same');
    expect(await begun).toContain('Another job awards same there and is not over');
    await vi.waitFor(() => expect(sent).toEqual([[3]]));
    release();
  });

  test('what is said while the customers are still read holds once they are', async () => {
    const { connection, sent } = await org();
    const many: LiveJobSource = {
      ...{
        kind: 'list',
        description: 'many',
        customers: Float64Array.from({ length: 300_000 }, (_, index) => index + 1),
      },
    };
    const start = (badge: string): number => jobs.start(connection, { ...ORDER, remoteBadgeId: badge }, many, AFTER).id;
    const [cancelled, paused] = [start('a'), start('b')];
    expect(await jobs.cancel(cancelled, connection)).toMatchObject({ state: 'cancelled' });
    expect(await jobs.pause(paused)).toMatchObject({ state: 'paused' });
    await looks();
    expect(sent).toEqual([]);
  });

  test('without its connection it is paused at the start, and one whose org is gone begins nothing', async () => {
    const { connection } = await org();
    const key = add(connection, 1, at(now + DAY));
    await until(key, 'queued');
    await jobs.close();
    workspace.current.connections.delete(connection.key);
    jobs = open();
    jobs.resumeAll();
    expect(jobs.view(key)).toMatchObject({ state: 'paused', note: 'Its connection was deleted.' });
  });
});
