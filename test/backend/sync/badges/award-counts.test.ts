/** Whatever an org is asked for, how many awards it says there are is kept, under the day of its clock; real HTTP, real store. */
import { expect, onTestFinished, test } from 'vitest';
import { readJobs } from '../../../../db/workspace/read-jobs';
import { LiveReads } from '../../../../electron/backend/sync/badges/live-reads';
import { pull } from '../../../../electron/backend/sync/badges/pull';
import { readAwardCounts } from '../../../../electron/backend/sync/badges/award-counts';
import { openOrgWork } from '../../../../electron/backend/sync/open-org-work';
import { DAY, fromMilliseconds, instantOf, type Instant } from '../../../../shared/domain/instant';
import { OWNER } from '../../../domain/badge-bodies';
import { testWorkspace } from '../../../db/workspace/open-workspace';
import { laurel, QUICK } from '../laurel';
import { createClaimed, CREDENTIALS, startOrg } from '../practice-org';

const FIRST = instantOf('2026-01-05T06:00:00Z');
const EVER = Number.MAX_SAFE_INTEGER;

/** An org over HTTP that is asked as of any day, and the workspace that keeps what it says. */
async function asked(kind: 'practice' | 'test') {
  const org = await startOrg();
  onTestFinished(() => org.stop());
  const { current: workspace } = await testWorkspace();
  const connection = workspace.connections.add({
    ...{ name: 'Acme', baseUrl: org.url, kind, timeZone: 'UTC', chunkSize: 500, parallel: 4, perSecond: 1_000 },
    ...{ auth: 'basic', account: '', secretId: '0a1b' },
  });
  const at = async <T>(
    clock: Instant,
    ask: (work: Awaited<ReturnType<typeof openOrgWork>>) => Promise<T>,
  ): Promise<T> => {
    const work = await openOrgWork({
      ...{ org: connection, credentials: { kind: 'basic', ...CREDENTIALS }, kept: { workspace, connection } },
      ...{ network: undefined, environment: {}, clock, times: QUICK },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    try {
      return await ask(work);
    } finally {
      work.close();
    }
  };
  const award = (badgeMetaId: string, ...customers: number[]): void => {
    const rows = customers.map((customerId) => ({ badgeMetaId, customerId, earnEventDate: '2026-01-01T00:00:00Z' }));
    const { status } = org.call(
      'POST',
      'import/customerBadges',
      rows.map((row) => ({ ...row, earnExpiresOn: '2039-01-01T00:00:00Z' })),
    );
    expect(status).toBe(200);
  };
  const kept = (id: string) => workspace.counts.before(connection.key, id, EVER);
  return { org, workspace, connection, at, award, kept };
}

const never = new AbortController().signal;

test('a pull keeps the counts of all badges, also of those that it does not read again', async () => {
  const { org, workspace, connection, at, award, kept } = await asked('test');
  const [one, other] = [createClaimed(org, { name: 'One' }), createClaimed(org, { name: 'Other' })];
  award(one, 1, 2);
  const pulled = ({ context, session }: Parameters<Parameters<typeof at>[1]>[0]) =>
    pull(context, connection, session, never, () => undefined);
  const now = fromMilliseconds(Date.now()) + 30 * DAY;
  await at(now, pulled);
  // As long after the badges were made as their rows need to prove that they are as they were.
  for (const id of [one, other]) workspace.snapshots.seen(connection.key, id, now);
  award(one, 3);
  const before = org.activity.length;
  await at(now + 7 * DAY, pulled);
  const read = org.activity.slice(before).map(({ path }) => path);
  expect(read.filter((path) => path.includes(one))).toEqual([]);
  expect(kept(one)).toEqual([
    { readOn: now, awards: 2 },
    { readOn: now + 7 * DAY, awards: 3 },
  ]);
  expect(kept(other).map(({ awards }) => awards)).toEqual([0, 0]);
});

test('a look at one badge keeps its count, and a scorecard hears of it what was said on days before', async () => {
  const { org, at, award, kept } = await asked('practice');
  const id = createClaimed(org, { name: 'One' });
  award(id, 1);
  await at(FIRST, ({ session: { client }, context: { dice, times } }) =>
    new LiveReads(client, { dice, times: times.backoff }, null, never).badge(id, 'read', { includeStatistics: 'true' }),
  );
  award(id, 2, 3);
  const ask = (clock: Instant) =>
    at(clock, ({ context, connection, session }) =>
      readAwardCounts(context, connection, session, { name: 'One', from: FIRST, to: FIRST + 90 * DAY }, never),
    );
  expect(await ask(FIRST + 7 * DAY)).toMatchObject({
    ...{ id, readOn: FIRST + 7 * DAY, awards: 3, namesake: null },
    earlier: [{ readOn: FIRST, awards: 1 }],
  });
  award(id, 4);
  // A second time on the same day is the same count, newer.
  expect(await ask(FIRST + 7 * DAY + 1)).toMatchObject({ awards: 4, earlier: [{ awards: 1 }] });
  expect(kept(id).map(({ awards }) => awards)).toEqual([1, 4]);
});

test('a badge made anew under its name begins with nothing, and what the earlier one had is told', async () => {
  const { org, at, award } = await asked('practice');
  const old = createClaimed(org, { name: 'One' });
  award(old, 1, 2, 3);
  const ask = (clock: Instant) =>
    at(clock, ({ context, connection, session }) =>
      readAwardCounts(context, connection, session, { name: 'One', from: FIRST, to: FIRST + 90 * DAY }, never),
    );
  await ask(FIRST);
  org.edit(old, { name: 'Former' });
  const anew = createClaimed(org, { name: 'One' });
  expect(await ask(FIRST + 7 * DAY)).toMatchObject({
    ...{ id: anew, awards: 0, earlier: [] },
    namesake: { readOn: FIRST, awards: 3 },
  });
  // Once it is heard of under its new name it is no namesake any more.
  await at(FIRST + 8 * DAY, ({ context, connection, session }) =>
    pull(context, connection, session, never, () => undefined),
  );
  expect(await ask(FIRST + 14 * DAY)).toMatchObject({ earlier: [{ awards: 0 }, { awards: 0 }], namesake: null });
});

test('a connection that leads to another org forgets what the one before said', async () => {
  const app = await laurel();
  const [one, other] = [await startOrg(), await startOrg()];
  onTestFinished(async () => {
    await Promise.all([one.stop(), other.stop()]);
  });
  const id = createClaimed(one, { name: 'One' });
  one.call('POST', `badgeMeta/${id}/claim`, OWNER);
  const connection = await app.connect(one.url);
  await app.job('sync.pull', { connectionId: connection.id });
  const kept = (): number => {
    const { counts, close } = readJobs(app.workspacePath);
    try {
      return counts.before(connection.id, id, EVER).length;
    } finally {
      close();
    }
  };
  expect(kept()).toBe(1);
  const {
    id: _,
    lastPulledOn: __,
    secret: ___,
    writable: ____,
    state: _____,
    auth: ______,
    account: _______,
    ...same
  } = connection;
  await app.call('connections.save', { id: connection.id, connection: { ...same, name: 'Renamed' } });
  expect(kept()).toBe(1);
  await app.call('connections.save', {
    ...{ id: connection.id, connection: { ...same, baseUrl: other.url } },
    credentials: { kind: 'basic', ...CREDENTIALS },
  });
  expect(kept()).toBe(0);
});
