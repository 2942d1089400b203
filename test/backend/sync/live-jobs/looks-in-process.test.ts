/** Looks, claims and readings of one customer over a real org in the same process: what is asked, and what is said of it. */
import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../../electron/backend/sync/client/answers';
import type { Attempt } from '../../../../electron/backend/sync/client/gateway-client';
import type { OrgSessions } from '../../../../electron/backend/sync/client/org-sessions';
import { RateLimit } from '../../../../electron/backend/sync/client/pace';
import { BadgeLooks, type LookedJob } from '../../../../electron/backend/sync/live-jobs/badge-looks';
import { claimLive } from '../../../../electron/backend/sync/live-jobs/look-ahead/claim';
import { CustomerReader } from '../../../../electron/backend/sync/live-jobs/customer-reader';
import { RunStop } from '../../../../electron/backend/sync/live-jobs/run-stop';
import { readIntoChunks, ReadingStopped } from '../../../../electron/backend/sync/live-jobs/source';
import type { CustomerBatch } from '../../../../electron/backend/customers/batch';
import type { CustomerStream } from '../../../../electron/backend/customers/source';
import type { LiveJob } from '../../../../db/workspace/live-jobs';
import { DAY, SECOND } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';
import { inProcess, type InProcess } from '../badges/in-process';

const sentence = message('org.lessOften', { host: 'acme.example' });
const lost: Outcome = { kind: 'ambiguous', status: null, retryAfter: null, isAnswer: false, sentence };
const refused = (code: number, status = 400): Outcome => ({
  ...{ kind: 'refused', status, sentence },
  errors: [{ code, message: 'No', reference: null }],
});
const OWNER = { ownerType: 'Loyalty', referenceId: '626' };
const ENROLLED = {
  earnType: 'ISSUE_EARN',
  issuedBadgeExpiry: { expiryType: 'ABSOLUTE', type: 'WITH_BADGE_META', expireWithBadgeMeta: true },
};
const sessionsOf = (org: InProcess): OrgSessions => ({ of: () => org.session }) as unknown as OrgSessions;
async function failed(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'it did not fail',
    (error: unknown) => (error instanceof Failure ? `${error.code}: ${error.message}` : String(error)),
  );
}

describe('a look at a live badge', () => {
  const job = (remoteBadgeId: string, changes: Partial<LookedJob> = {}): LookedJob => ({
    ...{ remoteBadgeId, action: 'award', owner: OWNER, eventDate: null },
    rows: { total: 60, good: 50, bad: 7, duplicate: 3 },
    ...changes,
  });
  const worded = (_: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'key' in value && 'values' in value
      ? inEnglish(value as Message)
      : value;

  test('tells what the badge is and what is to be expected, word for word', async () => {
    const org = await inProcess();
    const looks = new BadgeLooks(org.context, sessionsOf(org));
    const said: string[] = [];
    const look = async (name: string, id: string, changes: Partial<LookedJob> = {}): Promise<void> => {
      const { ahead } = await looks.look(org.connection, job(id, changes), true);
      const { seen, ...told } = ahead;
      said.push(`${name}: ${JSON.stringify({ ...told, seen: seen !== '' }, worded).replaceAll(/[0-9a-f]{24}/g, 'ID')}`);
    };
    const fixed = (level: string, maxEarnLimit: number): object => ({
      constraintType: `${level}_FIXED_VALUE`,
      maxEarnLimit,
    });
    const plain = org.live();
    await look('unclaimed', plain);
    org.call('POST', `badgeMeta/${plain}/claim`, OWNER);
    await look('well', plain);
    await look('enrolled into', plain, { action: 'enrol' });
    await look('no owner', plain, { owner: null });
    await look('no reference', plain, { owner: { ownerType: 'Loyalty', referenceId: '' } });
    await look('an owner that may not', plain, { owner: { ownerType: 'Journeys', referenceId: '1' } });
    await look('through MemberCare', plain, { owner: { ownerType: 'Goodwill_Module', referenceId: '1' } });
    await look('no rows yet', plain, { rows: null });
    await look('no good row', plain, { rows: { total: 3, good: 0, bad: 2, duplicate: 1 } });
    await look('an event before', plain, { eventDate: org.now - 200 * DAY });
    await look('an event ahead', plain, { eventDate: org.now + 3 * DAY });
    await look('none there', 'f'.repeat(24));
    const off = org.live({ name: 'Off', active: false });
    await look('switched off', off);
    const later = org.live({ name: 'Later', startOn: '2027-01-01T00:00:00Z' });
    await look('not live yet', later, { action: 'award' });
    const over = org.live({ name: 'Over', expiresOn: '2026-02-01T00:00:00Z' });
    await look('over', over);
    const first = org.live({ name: 'First', ...ENROLLED });
    org.call('POST', `badgeMeta/${first}/claim`, OWNER);
    await look('nobody enrolled', first);
    await look('enrolling', first, { action: 'enrol' });
    await look('enrolling through another', first, {
      action: 'enrol',
      owner: { ownerType: 'Journeys', referenceId: '1' },
    });
    const small = org.live({ name: 'Small', badgeConstraints: [fixed('BADGE', 20)] });
    org.call('POST', `badgeMeta/${small}/claim`, OWNER);
    await look('too many', small);
    const zero = org.live({ name: 'Zero', customerConstraints: [fixed('CUSTOMER_BADGE', 0)] });
    await look('a limit of none', zero);
    const window = org.live({
      name: 'Window',
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_WINDOW', durationType: 'MONTHLY', maxEarnLimit: 30 }],
    });
    org.call('POST', `badgeMeta/${window}/claim`, OWNER);
    await look('a window', window);
    org.call('POST', 'customer/earnBulk', {
      ...{ badgeMetaId: window, customerIds: Array.from({ length: 30 }, (_, index) => index + 1), requestId: 'r1' },
      triggeredBy: OWNER,
    });
    await look('a full window', window);
    await look('a full window of a day', window, { eventDate: org.now - DAY });
    org.script = (request) => (request.purpose === 'read' ? refused(1) : undefined);
    await look('not told', plain);
    org.script = (request, pass) => {
      const outcome = pass();
      return outcome.kind === 'success' && request.url.includes(plain)
        ? { ...outcome, data: { ...(outcome.data as object), startOn: 'soon', startOnISO: 'soon' } }
        : outcome;
    };
    await look('unreadable', plain);
    await expect(`${said.join('\n')}\n`).toMatchFileSnapshot('./records/looks.txt');
  });

  test('is taken from a moment ago, unless it is asked for anew or ten seconds have passed', async () => {
    const org = await inProcess();
    const looks = new BadgeLooks(org.context, sessionsOf(org));
    const id = org.live();
    const other = org.live({ name: 'Other' });
    const reads = async (again: boolean, what = id): Promise<number> => {
      const before = org.sent.length;
      await looks.look(org.connection, job(what), again);
      return org.sent.length - before;
    };
    expect([await reads(false), await reads(false), await reads(true), await reads(false, other)]).toEqual([
      1, 0, 1, 1,
    ]);
    org.now += 10 * SECOND - 1;
    expect(await reads(false)).toBe(0);
    org.now += 1;
    expect(await reads(false)).toBe(1);
    org.now -= 60 * SECOND;
    expect(await reads(false)).toBe(1);
    looks.forget(org.connection, other);
    expect([await reads(false), await reads(false, other)]).toEqual([0, 1]);
  });

  test('is another look once something of it has moved', async () => {
    const org = await inProcess();
    const looks = new BadgeLooks(org.context, sessionsOf(org));
    const id = org.live();
    const seen = async (changes: Partial<LookedJob> = {}): Promise<string> =>
      (await looks.look(org.connection, job(id, changes), true)).ahead.seen;
    const first = await seen();
    expect([await seen(), await seen({ rows: null })]).toEqual([first, first]);
    org.call('POST', `badgeMeta/${id}/claim`, OWNER);
    const claimed = await seen();
    expect(claimed).not.toBe(first);
    org.edit(id, { badgeRank: 4 });
    expect(await seen()).not.toBe(claimed);
  });

  test('a failure comes with it', async () => {
    const org = await inProcess();
    org.script = () => ({ kind: 'unauthorized', status: 401, sentence });
    const { ahead, failure } = await new BadgeLooks(org.context, sessionsOf(org)).look(org.connection, job('x'), false);
    expect([failure?.code, ahead.findings, ahead.badge, ahead.seen, ahead.requests]).toEqual([
      ...['unauthorized', [], null, '', 3],
    ]);
    expect(inEnglish(ahead.unread!)).toMatch(/^.*Acme/);
  });
});

describe('a claim in a live org', () => {
  const claim = (org: InProcess, id: string) => claimLive(org.context, sessionsOf(org), org.connection, id, OWNER);

  test('is made, seen and said', async () => {
    const org = await inProcess();
    const id = org.live();
    expect(inEnglish(await claim(org, id))).toContain('Loyalty 626');
    expect(org.sent.map((line) => line.replace(id, 'ID'))).toEqual([
      'POST badgeMeta/ID/claim claim',
      'GET badgeMeta/ID read',
    ]);
    expect(org.workspace.snapshots.find(org.connection.key, id)?.claims).toEqual([OWNER]);
  });

  test('that fails is said with what is known of it', async () => {
    const org = await inProcess();
    const id = org.live();
    const said: string[] = [];
    for (const outcome of [
      ...[refused(714), lost, { kind: 'unauthorized', status: 401, sentence }],
      { kind: 'unusable', status: 200, sentence },
    ] as Outcome[]) {
      org.script = (request) => (request.purpose === 'claim' ? outcome : undefined);
      said.push(`${outcome.kind} → ${await failed(claim(org, id))}`);
    }
    expect(org.sent.filter((line) => line.endsWith('claim'))).toHaveLength(1 + 6 + 1 + 1);
    await expect(`${said.join('\n')}\n`).toMatchFileSnapshot('./records/claims.txt');
    org.script = (request) => (request.purpose === 'read' ? lost : undefined);
    expect(inEnglish(await claim(org, id))).toContain('Loyalty 626');
    expect(org.workspace.snapshots.find(org.connection.key, id)).toBeUndefined();
  });
});

describe('what customers have', () => {
  const JOB = { key: 1, action: 'award', remoteBadgeId: 'b' } as unknown as LiveJob;
  async function reader(answer: (customer: number, tries: number) => Outcome, parallel = 2) {
    const org = await inProcess();
    const tries = new Map<number, number>();
    const stop = new RunStop(() => undefined);
    const read = new CustomerReader({
      ...{ ledger: org.workspace.ledger, job: JOB, org: org.session.client.org, parallel, stop, dice: () => 0 },
      ...{ rate: new RateLimit(100_000), times: org.context.times, now: () => org.now },
      attempt: (request) => {
        const customer = Number(/management\/(\d+)/.exec(request.url)?.[1]);
        tries.set(customer, (tries.get(customer) ?? 0) + 1);
        const outcome = answer(customer, tries.get(customer) ?? 0);
        const kept = {
          outcome: 'answered',
          answeredOn: null,
          status: null,
          codes: [],
          sentence: 'kept',
          headers: [],
          body: null,
        };
        return Promise.resolve({ outcome, answer: kept, serverSeconds: null, hadToken: false } as Attempt);
      },
    });
    return { org, stop, tries, read };
  }
  const has = (...ids: string[]): Outcome => ({
    ...{ kind: 'success', status: 200, text: '' },
    data: { earnDetails: { earnCount: ids.length, earns: ids.map((earnId) => ({ earnId })) } },
  });
  const odd: Outcome = { kind: 'success', status: 200, data: {}, text: '' };

  test('is read of each, with a line in the list of calls', async () => {
    const { read, org, tries } = await reader((customer, times) =>
      customer === 2 ? (times === 1 ? lost : has('a', 'b')) : customer === 3 ? refused(404) : has(),
    );
    const found = await read.readAll([1, 2, 3]);
    expect([...(found ?? [])].sort().map(([customer, records]) => [customer, records.map(({ id }) => id)])).toEqual([
      [1, []],
      [2, ['a', 'b']],
      [3, []],
    ]);
    expect([...tries].sort()).toEqual([
      [1, 1],
      [2, 2],
      [3, 1],
    ]);
    const { total, lines } = org.workspace.ledger.list({ connectionKey: null, search: 'settle', outcomes: [] }, 0, 9);
    expect([total, lines[0]?.sentence]).toEqual([4, 'kept']);
    expect(await read.readAll([])).toEqual(new Map());
  });

  test.each([
    ['three refusals in a row', () => refused(1), 3],
    ['six answers that cannot be read', () => odd, 6],
    ['six answers that are none', (): Outcome => ({ kind: 'unusable', status: 200, sentence }), 6],
  ])('%s pause the job', async (_, answer, times) => {
    const { read, stop, tries } = await reader(answer, 1);
    expect(await read.readAll([7, 8])).toBeNull();
    expect([stop.how, tries.get(7), tries.get(8)]).toEqual(['paused', times, undefined]);
    expect(stop.note).toContain('Acme');
    expect(stop.note).toContain('7');
    expect(stop.note).toContain(times === 3 || answer().kind === 'unusable' ? 'less often' : 'cannot be read');
  });

  test('refusals that others interrupt do not', async () => {
    const answers = [
      refused(1),
      refused(1),
      lost,
      refused(1),
      refused(1),
      odd,
      odd,
      odd,
      odd,
      odd,
      lost,
      odd,
      has('a'),
    ];
    const { read, stop } = await reader((_, times) => answers[times - 1] ?? lost);
    expect((await read.readAll([7]))?.get(7)).toHaveLength(1);
    expect(stop.how).toBeNull();
  });

  test('a run that stops asks no more', async () => {
    const { read, stop, tries } = await reader(() => {
      stop.stop('paused');
      return lost;
    }, 1);
    expect(await read.readAll([1, 2])).toBeNull();
    expect([...tries]).toEqual([[1, 1]]);
  });
});

describe('the rows of a source', () => {
  type Row = readonly [customer: number, fault?: number, line?: number];
  const streamOf = (batches: readonly (readonly Row[])[], thrown?: Error): CustomerStream => {
    let next = 0;
    return {
      description: 'a list',
      fill: (batch: CustomerBatch) => {
        if (thrown) throw thrown;
        const rows = batches[next] ?? [];
        next += 1;
        rows.forEach(([customer, fault = 0, line = 0], index) => {
          batch.customerIds[index] = customer;
          batch.faults[index] = fault as never;
          batch.lineNumbers[index] = line;
          batch.lines[index] = `text ${'x'.repeat(300)}`;
        });
        (batch as { length: number }).length = rows.length;
      },
    } as unknown as CustomerStream;
  };
  async function read(chunkSize: number, stream: CustomerStream, isStopped = (): boolean => false) {
    const org = await inProcess();
    const { liveJobs, liveRows } = org.workspace;
    const job = liveJobs.add({
      ...{ uid: 'u', connectionKey: 1, connectionName: 'x', badgeName: 'b', remoteBadgeId: 'r', action: 'award' },
      ...{ ownerType: 'Loyalty', referenceId: '1', eventDate: null, source: '', startedOn: 0 },
    });
    let told = 0;
    const reading = await readIntoChunks(liveJobs, job, stream, chunkSize, isStopped, () => (told += 1));
    const sizes = liveJobs
      .chunkNumbers(job.key, 'waiting')
      .map((number) => liveJobs.chunk(job.key, number)?.customers.length);
    return { reading, sizes, rows: [...liveRows.all(job.key)], told };
  }

  test('go into five small chunks, then into whole ones', async () => {
    const rows = Array.from({ length: 175 }, (_, index): Row => [index + 1]);
    expect((await read(50, streamOf([rows]))).sizes).toEqual([20, 20, 20, 20, 20, 50, 25]);
    expect((await read(5, streamOf([rows.slice(0, 12)]))).sizes).toEqual([5, 5, 2]);
    expect(await read(50, streamOf([rows.slice(0, 20)]))).toMatchObject({
      ...{ sizes: [20], reading: { total: 20, customers: 20, description: 'a list' }, told: 2 },
    });
    expect((await read(50, streamOf([]))).sizes).toEqual([]);
  });

  test('that name nobody, or somebody again, are told with their reason and never sent', async () => {
    const { reading, rows, sizes } = await read(
      50,
      streamOf([
        [[1], [0, 2], [1], [0, 4, 9]],
        [[2], [1]],
      ]),
    );
    expect([reading, sizes]).toEqual([{ total: 6, customers: 2, description: 'a list' }, [2]]);
    expect(rows.map(({ ordinal, state, message: said }) => [ordinal, state, said])).toMatchInlineSnapshot(`
      [
        [
          0,
          "waiting",
          null,
        ],
        [
          1,
          "refused",
          "The line is not a customer id: it must be a whole number",
        ],
        [
          2,
          "refused",
          "Is named more than once; only the first time counts",
        ],
        [
          3,
          "refused",
          "Line 9: A customer id cannot be zero",
        ],
        [
          4,
          "waiting",
          null,
        ],
        [
          5,
          "refused",
          "Is named more than once; only the first time counts",
        ],
      ]
    `);
    expect(rows[1]?.customer).toHaveLength(200);
    expect(rows[2]?.customer).toBe('1');
  });

  test('end where the reading is stopped', async () => {
    expect((await read(50, streamOf([[[1]]]), () => true)).reading).toBeNull();
    expect((await read(50, streamOf([], new ReadingStopped('stop')))).reading).toBeNull();
    await expect(read(50, streamOf([], new Error('broken')))).rejects.toThrow('broken');
  });
});
