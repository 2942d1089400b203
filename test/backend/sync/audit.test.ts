import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { writeAuditPack } from '../../../electron/backend/sync/audit/pack';
import { RequestsOfCustomers, sentIn } from '../../../electron/backend/sync/audit/requests-of-customers';
import { verifyPack } from '../../../electron/backend/sync/audit/verify';
import { fromMilliseconds } from '../../../shared/domain/instant';
import { askInProcess } from '../../cli/command-line';
import { laurel } from './laurel';
import { OWNER } from '../../domain/badge-bodies';
import { createClaimed, CREDENTIALS, startOrg } from './practice-org';

const GOING = { aborted: false };
const FILES = ['readme.txt', 'about.json', 'badge.json', 'requests.jsonl', 'customers.csv'];

interface Packed {
  folder: string;
  zip: string;
  workspace: string;
  job: number;
  badge: string;
  source: string;
}
let packed: Packed;
let lasting: string;

// One job and its packs for all tests: each of these only looks at copies.
beforeAll(() => {
  lasting = mkdtempSync(path.join(tmpdir(), 'laurel-test-'));
});
afterAll(() => rmSync(lasting, { recursive: true, force: true }));

const place = (name: string): string => path.join(lasting, name);
const read = (name: string): string => readFileSync(path.join(packed.folder, name), 'utf8');
const lines = (name: string): string[] => read(name).trim().split(/\r?\n/);

/** A copy of the pack's folder with one file changed. */
function changedFolder(change: (folder: string) => void): string {
  const folder = mkdtempSync(path.join(lasting, 'copy-'));
  for (const name of [...FILES, 'manifest.json'])
    writeFileSync(path.join(folder, name), readFileSync(path.join(packed.folder, name)));
  change(folder);
  return folder;
}

test('a job against a practice org is packed from the window and the command line, with who, what, and each customer', async () => {
  const org = await startOrg();
  onTestFinished(() => org.stop());
  const here = await laurel();
  await here.call('audit.setName', { name: '  Ada Example ' });
  expect(await here.call('audit.name', {})).toEqual({ name: 'Ada Example' });
  const { id: connectionId } = await here.connect(org.url, { chunkSize: 3 });
  const badge = createClaimed(org);
  await here.job('sync.pull', { connectionId });
  const source = 'customer\n11\n12\n13\n14\nnobody\n12\n';
  const token = here.file('members.csv', source);
  const { id } = await here.call('liveJobs.start', {
    ...{ connectionId, remoteBadgeId: badge, action: 'award', owner: OWNER },
    customers: { kind: 'file', token },
  });
  expect((await here.until(id)).state).toBe('done');
  const target = here.saveTarget('window.zip');
  const written = await here.job('audit.pack', { id, target: target.token });
  expect(written).toMatchObject({ name: 'window.zip' });
  // The window has the workspace open meanwhile.
  const cli = (...args: string[]) => askInProcess(here.folder, ...args);
  const listed = await cli('audit', '--workspace', 'test.laurel', '--json');
  expect(JSON.parse(listed.out)).toMatchObject({ schema: 'laurel/live-jobs@1', jobs: [{ job: id, state: 'done' }] });
  const asFolder = await cli('audit', '--workspace', 'test.laurel', '--job', String(id), '--out', 'pack', '--json');
  expect(JSON.parse(asFolder.out)).toEqual({ schema: 'laurel/audited@1', job: id, out: 'pack', customers: 6 });

  const again = await cli('audit', '--workspace', 'test.laurel', '--job', String(id), '--out', 'pack');
  expect([again.code, again.error]).toEqual([1, expect.stringContaining('not empty')]);
  expect((await cli('audit', '--workspace', 'test.laurel', '--job', '99', '--out', 'none')).code).toBe(1);
  const before = readFileSync(path.join(here.folder, 'window.zip'));
  const over = await cli('audit', '--workspace', 'test.laurel', '--job', String(id), '--out', 'window.zip');
  expect([over.code, over.error]).toEqual([1, expect.stringContaining('is there already')]);
  expect(readFileSync(path.join(here.folder, 'window.zip')).equals(before)).toBe(true);
  const tar = await cli('audit', '--workspace', 'test.laurel', '--job', String(id), '--out', 'pack.tar');
  expect([tar.code, tar.error]).toEqual([2, expect.stringContaining('not in .tar')]);
  expect((await cli('audit', '--workspace', 'test.laurel', '--job', '1')).code).toBe(2);
  for (const name of ['pack', 'window.zip']) {
    const verified = await cli('verify', name);
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('all as they were written')]);
  }
  writeFileSync(path.join(here.folder, 'cut.zip'), before.subarray(0, 100));
  const cut = await cli('verify', 'cut.zip');
  expect([cut.code, cut.out]).toEqual([1, expect.not.stringContaining('cut.zip: cut.zip')]);
  packed = { folder: place('pack'), zip: place('pack.zip'), workspace: here.workspacePath, job: id, badge, source };
  renameSync(path.join(here.folder, 'pack'), packed.folder);
  renameSync(target.path, packed.zip);

  const about = JSON.parse(read('about.json')) as Record<string, unknown>;
  expect(about).toMatchObject({
    schema: 'laurel/audit@1',
    who: { user: userInfo().username, name: 'Ada Example' },
    job: { action: 'award', org: 'Practice', badge: { id: badge }, owner: OWNER },
    files: [{ name: 'members.csv', bytes: source.length, sha256: createHash('sha256').update(source).digest('hex') }],
  });
  expect(JSON.parse(read('badge.json'))).toMatchObject({ badge: { name: 'Five visits' }, claims: [OWNER] });
  const rows = lines('customers.csv').map((line) => line.split(','));
  const { rows: shown } = await here.call('liveJobs.rows', { id, offset: 0, limit: 50 });
  expect(rows[0]).toEqual(['row', 'customer', 'state', 'request', 'record', 'code', 'message']);
  expect(rows.slice(1).map(([row, customer, state, , record]) => [row, customer, state, record])).toEqual(
    shown.map(({ ordinal, customer, state, issuedId }) => [String(ordinal + 1), customer, state, issuedId ?? '']),
  );
  const requests = lines('requests.jsonl').map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const [, customer, state, request, record] of rows.slice(1)) {
    if (state !== 'done') {
      expect(request).toBe('');
      continue;
    }
    // The request that is named is the one whose answer has the record.
    const answered = requests.filter(({ requestId }) => requestId === request);
    expect(answered.some(({ requestBody }) => String(requestBody).includes(customer!))).toBe(true);
    expect(org.store.findAward(record!)?.customerId).toBe(Number(customer));
  }
  const whole = [...FILES, 'manifest.json'].map(read).join('\n');
  expect(whole).not.toContain(CREDENTIALS.password);
});

describe('laurel verify', () => {
  test('finds every single byte that is changed, in the folder and in the zip', async () => {
    const { zip } = packed;
    const bytes = readFileSync(zip);
    const copy = place('flipped.zip');
    const flips = fc.record({
      share: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      by: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(flips, async ({ share, by }) => {
        const at = Math.floor(share * bytes.length);
        const flipped = Buffer.from(bytes);
        flipped[at] = flipped[at]! ^ by;
        writeFileSync(copy, flipped);
        const { problems } = await verifyPack(copy, GOING);
        expect([at, problems.length > 0]).toEqual([at, true]);
      }),
      { numRuns: 300 },
    );
    const folder = changedFolder(() => undefined);
    const sizes = new Map([...FILES, 'manifest.json'].map((name) => [name, readFileSync(path.join(folder, name))]));
    const inFolder = fc.record({ name: fc.constantFrom(...sizes.keys()), flip: flips });
    await fc.assert(
      fc.asyncProperty(inFolder, async ({ name, flip: { share, by } }) => {
        const whole = sizes.get(name)!;
        const flipped = Buffer.from(whole);
        const at = Math.floor(share * whole.length);
        flipped[at] = flipped[at]! ^ by;
        writeFileSync(path.join(folder, name), flipped);
        const { problems } = await verifyPack(folder, GOING);
        writeFileSync(path.join(folder, name), whole);
        expect([name, at, problems.length > 0]).toEqual([name, at, true]);
        if (name !== 'manifest.json') expect(problems).toMatchObject([{ file: name, problem: 'changed' }]);
      }),
      { numRuns: 300 },
    );
  });

  test('finds each bit of a manifest', async () => {
    const folder = changedFolder(() => undefined);
    const file = path.join(folder, 'manifest.json');
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at += 1) {
      const flipped = Buffer.from(whole);
      flipped[at] = flipped[at]! ^ (1 << (at % 8));
      writeFileSync(file, flipped);
      const { problems } = await verifyPack(folder, GOING);
      expect([at, problems.length > 0]).toEqual([at, true]);
    }
  });

  test.each([
    ['a file that is missing', (folder: string) => rmSync(path.join(folder, 'badge.json')), 'badge.json', 'missing'],
    ['one too many', (folder: string) => writeFileSync(path.join(folder, 'more.txt'), ''), 'more.txt', 'unexpected'],
    ['a folder too many', (folder: string) => mkdirSync(path.join(folder, 'more')), 'more', 'unexpected'],
    [
      'a link in the place of a file',
      (folder: string) => {
        renameSync(path.join(folder, 'badge.json'), `${folder}-away`);
        symlinkSync(`${folder}-away`, path.join(folder, 'badge.json'));
      },
      ...['badge.json', 'changed'],
    ],
    ['no manifest', (folder: string) => rmSync(path.join(folder, 'manifest.json')), 'manifest.json', 'missing'],
    [
      'an endless manifest',
      (folder: string) => writeFileSync(path.join(folder, 'manifest.json'), ' '.repeat(200_000)),
      'manifest.json',
      'unreadable',
    ],
  ] as [string, (folder: string) => unknown, string, string][])('names %s', async (_name, change, file, problem) => {
    const folder = changedFolder(change);
    const { code, out } = await askInProcess(lasting, 'verify', folder, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ schema: 'laurel/verified@1', ok: false, problems: [{ file, problem }] });
  });

  test.each([
    ['the end of a zip that is cut off', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['bytes after a zip', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
    ['bytes before a zip', (bytes: Buffer) => Buffer.concat([Buffer.from('x'), bytes])],
    ['an empty file', () => Buffer.alloc(0)],
  ])('refuses %s', async (_name, change) => {
    const file = place('odd.zip');
    writeFileSync(file, change(readFileSync(packed.zip)));
    expect((await verifyPack(file, GOING)).problems).not.toEqual([]);
  });

  test('says in words what it cannot read', async () => {
    const none = await askInProcess(lasting, 'verify', 'nowhere.zip');
    expect([none.code, none.error]).toEqual([1, expect.stringContaining('Nothing was verified')]);
    expect((await askInProcess(lasting, 'verify')).code).toBe(2);
  });
});

test('a pack is the same bytes whenever it is written of the same instant, and leaves nothing when it is cancelled', async () => {
  const org = await startOrg();
  onTestFinished(() => org.stop());
  const here = await laurel();
  const { id: connectionId } = await here.connect(org.url, { chunkSize: 300 });
  const remoteBadgeId = createClaimed(org);
  const { id } = await here.call('liveJobs.start', {
    ...{ connectionId, remoteBadgeId, action: 'award', owner: OWNER },
    customers: { kind: 'range', from: 1, to: 2_000 },
  });
  await here.until(id);
  const order = { workspaceFile: here.workspacePath, jobKey: id, now: fromMilliseconds(0), progress: () => undefined };
  const write = (name: string, signal = GOING) =>
    writeAuditPack(order, { path: path.join(here.folder, name), form: 'zip', signal });
  expect(await write('a.zip')).toBe(2_000);
  await write('b.zip');
  const [one, other] = ['a.zip', 'b.zip'].map((name) => readFileSync(path.join(here.folder, name)));
  expect(one!.equals(other!)).toBe(true);
  expect((await verifyPack(path.join(here.folder, 'a.zip'), GOING)).problems).toEqual([]);
  await expect(write('c.zip', { aborted: true })).rejects.toThrow();
  expect(() => readFileSync(path.join(here.folder, 'c.zip'))).toThrow();
});

test('the request of a customer is the last one that named them', () => {
  const requests = new RequestsOfCustomers('ab');
  const sent = (attempt: number, customers: number[]): void =>
    requests.note(sentIn(JSON.stringify({ requestId: `laurel-ab-1-${String(attempt)}`, customers }))!);
  sent(1, [1, 2, 3]);
  sent(1, [1, 2, 3]);
  sent(2, [2, 3]);
  sent(3, [3]);
  requests.note({ requestId: 'laurel-other-2-1', customers: [4] });
  requests.note({ requestId: 'anything', customers: [4] });
  expect([1, 2, 3].map((customer) => requests.of(0, customer))).toEqual(
    [1, 2, 3].map((number) => `laurel-ab-1-${String(number)}`),
  );
  expect(requests.of(1, 4)).toBe('');
  expect(['', 'null', '{}', '[1]', 'x'].map(sentIn)).toEqual([null, null, null, null, null]);
});
