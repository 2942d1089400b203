/** An audit pack of a small job, to the letter, and every way in which one can be other than it was written. */
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LedgerRequest } from '../../../db/workspace/ledger';
import { writeAuditPack } from '../../../electron/backend/sync/audit/pack';
import { verifyPack, type PackVerdict } from '../../../electron/backend/sync/audit/verify';
import { inEnglish } from '../../../shared/words/english';
import { temporaryFolder } from '../../db/temporary-folder';
import { NOW, testWorkspace } from '../../db/workspace/open-workspace';

const GOES_ON = { aborted: false };
const id = (character: string): string => character.repeat(24);

async function smallJob() {
  const workspace = await testWorkspace();
  const { liveJobs, ledger, settings } = workspace.current;
  const { key } = liveJobs.add({
    ...{
      uid: 'ab',
      connectionKey: 1,
      connectionName: 'Acme',
      badgeName: 'Badge',
      remoteBadgeId: 'b1',
      action: 'award',
    },
    ...{ ownerType: 'Loyalty', referenceId: '626', eventDate: null, source: 'typed', startedOn: NOW },
  });
  liveJobs.addReject(key, 0, '=x', 'Is no number');
  const chunk = { attempt: 0, sentAfter: null, known: null, records: null, terms: null, codes: [] };
  liveJobs.addChunk(key, 0, [5, 6]);
  liveJobs.saveChunk(key, {
    ...{ ...chunk, number: 0, state: 'settled', customers: [5, 6], codes: [[811, 1, 'No "badge"']] },
    outcomes: [
      { kind: 'done', issuedId: id('a') },
      { kind: 'refused', code: 811 },
    ],
  });
  liveJobs.addChunk(key, 1, [7]);
  liveJobs.setTotal(key, 4, 'typed');
  liveJobs.setState(key, 'paused', 'Wait.');
  const line: LedgerRequest = {
    ...{ connectionKey: 1, connectionName: 'Acme', purpose: 'award', badgeId: null, jobKey: key, method: 'POST' },
    ...{ url: 'https://acme.example/x', headers: [], sentOn: NOW },
    body: '{"requestId":"laurel-ab-1-1","customerIds":[5,6]}',
  };
  const first = ledger.begin(line, true);
  ledger.settle(
    first,
    {
      ...{ outcome: 'answered', answeredOn: NOW + 1_000_000, status: 200, codes: [], sentence: 'Done.', headers: [] },
      body: '{}',
    },
    true,
  );
  ledger.begin({ ...line, purpose: 'settle', method: 'GET', body: null }, true);
  ledger.begin({ ...line, jobKey: key + 1 }, true);
  const told: unknown[] = [];
  const write = (target: string, form: 'folder' | 'zip' = 'folder'): Promise<number> =>
    writeAuditPack(
      { workspaceFile: workspace.file, jobKey: key, now: NOW, progress: (report) => void told.push(report) },
      { path: target, form },
    );
  return { workspace, key, liveJobs, settings, told, write };
}

async function pack(form: 'folder' | 'zip' = 'folder'): Promise<string> {
  const { write } = await smallJob();
  const target = path.join(temporaryFolder(), form === 'zip' ? 'pack.zip' : 'pack');
  await write(target, form);
  return target;
}

const short = ({ problems }: PackVerdict): string[] => problems.map(({ file, problem }) => `${file} ${problem}`);

describe('a pack', () => {
  test('says of each row which request decided, and of each request what was answered', async () => {
    const { write, told } = await smallJob();
    const target = path.join(temporaryFolder(), 'pack');
    expect(await write(target)).toBe(4);
    expect(told.at(-1)).toEqual({ done: 4, total: 4 });
    expect(readdirSync(target).sort()).toEqual([
      ...['about.json', 'badge.json', 'customers.csv', 'manifest.json', 'readme.txt', 'requests.jsonl'],
    ]);
    const text = (name: string): string => readFileSync(path.join(target, name), 'utf8');
    expect(text('customers.csv').split('\r\n')).toEqual([
      'row,customer,state,request,record,code,message',
      expect.stringMatching(/^1,.*=x.*,refused,,,,Is no number$/) as string,
      `2,5,done,laurel-ab-1-1,${id('a')},,`,
      '3,6,refused,laurel-ab-1-1,,811,"No ""badge"""',
      '4,7,waiting,,,,',
      '',
    ]);
    const lines = text('requests.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ line, requestId, org, purpose, outcome }) => [line, requestId, org, purpose, outcome])).toEqual(
      [
        [1, 'laurel-ab-1-1', 'Acme', 'award', 'answered'],
        [2, null, 'Acme', 'settle', 'sending'],
      ],
    );
    expect(lines[0]).toMatchObject({ sentOn: '2026-05-04T09:30:00Z', answeredOn: '2026-05-04T09:30:01Z', status: 200 });
    expect(lines[1]).toMatchObject({ answeredOn: null, requestBody: null });
    expect(lines[0]).not.toHaveProperty('connectionKey');
    expect(JSON.parse(text('badge.json'))).toBeNull();
    const verdict = await verifyPack(target, GOES_ON);
    expect(verdict).toMatchObject({ files: 5, problems: [], about: JSON.parse(text('about.json')) as object });
    expect(verdict.bytes).toBe(
      ['about.json', 'badge.json', 'customers.csv', 'readme.txt', 'requests.jsonl'].reduce(
        (sum, name) => sum + Buffer.byteLength(text(name)),
        0,
      ),
    );
    expect(verdict.about).toMatchObject({ job: expect.anything() as unknown });
  });

  test('of a take-back names the line that decided about each record, and the record', async () => {
    const { write, workspace, key } = await smallJob();
    const { liveJobs, ledger } = workspace.current;
    const back = liveJobs.add({
      ...{
        uid: 'cd',
        connectionKey: 1,
        connectionName: 'Acme',
        badgeName: 'Badge',
        remoteBadgeId: 'b1',
        startedOn: NOW,
      },
      ...{ action: 'revoke-enrolment', ownerType: '', referenceId: '', eventDate: null, source: 'job' },
    });
    liveJobs.addChunk(back.key, 0, [5, 6, 7], [id('a'), id('b'), id('c')]);
    liveJobs.saveChunk(back.key, {
      ...{
        number: 0,
        state: 'settled',
        attempt: 0,
        sentAfter: null,
        known: null,
        records: null,
        terms: null,
        customers: [5, 6, 7],
      },
      codes: [[404, 1, 'none']],
      outcomes: [{ kind: 'done', issuedId: id('a') }, { kind: 'refused', code: 404 }, { kind: 'open' }],
    });
    liveJobs.setState(back.key, 'done', null);
    const named = [5, 6].map((customerId, index) => ({ customerId, issueId: id('ab'[index] ?? '') }));
    const line: LedgerRequest = {
      ...{ connectionKey: 1, connectionName: 'Acme', purpose: 'revoke-enrolment', badgeId: null, jobKey: back.key },
      ...{ method: 'POST', url: 'https://acme.example/x', headers: [], sentOn: NOW },
      body: JSON.stringify({ badgeMetaId: 'b1', revokeIssuals: named }),
    };
    const number = ledger.begin(line, true);
    const target = path.join(temporaryFolder(), 'pack');
    await writeAuditPack(
      { workspaceFile: workspace.file, jobKey: back.key, now: NOW, progress: () => undefined },
      { path: target, form: 'folder' },
    );
    expect(readFileSync(path.join(target, 'customers.csv'), 'utf8').split('\r\n').slice(1, 4)).toEqual([
      `1,5,done,line ${String(number)},${id('a')},,`,
      `2,6,refused,line ${String(number)},${id('b')},404,none`,
      `3,7,waiting,,${id('c')},,`,
    ]);
    expect(await verifyPack(target, GOES_ON)).toMatchObject({ problems: [], about: { job: { owner: null } } });
    expect([key === back.key, await write(path.join(temporaryFolder(), 'other'))]).toEqual([false, 4]);
  });

  test('is not made while the customers are still being read', async () => {
    const { write, liveJobs, key } = await smallJob();
    liveJobs.setState(key, 'reading', null);
    await expect(write(path.join(temporaryFolder(), 'pack'))).rejects.toMatchObject({
      ...{ code: 'conflict', words: { key: 'audit.reading' } },
    });
  });

  test('as a zip is checked to the byte, too', async () => {
    const file = await pack('zip');
    expect(await verifyPack(file, GOES_ON)).toMatchObject({ files: 5, problems: [] });
    const bytes = readFileSync(file);
    // The time of its first file, of which the manifest says nothing.
    bytes.writeUInt8(bytes.readUInt8(10) ^ 1, 10);
    writeFileSync(file, bytes);
    expect(await verifyPack(file, GOES_ON)).toMatchObject({
      files: 5,
      problems: [{ file: 'pack.zip', problem: 'changed', words: { key: 'audit.archiveBytes' } }],
    });
    appendFileSync(file, 'x');
    expect(await verifyPack(file, GOES_ON)).toMatchObject({
      ...{ files: 0, bytes: 0, about: null },
      problems: [{ file: 'pack.zip', problem: 'unreadable', words: { key: 'audit.noArchive' } }],
    });
  });
});

describe('a pack that was changed', () => {
  const at = (folder: string, name: string): string => path.join(folder, name);

  test.each<[string, (folder: string) => void, string[], RegExp]>([
    ['a byte more', (f) => appendFileSync(at(f, 'customers.csv'), ' '), ['customers.csv changed'], /\S/],
    ['nothing where something was', (f) => writeFileSync(at(f, 'badge.json'), ''), ['badge.json changed'], /\S/],
    ['a file less', (f) => rmSync(at(f, 'readme.txt')), ['readme.txt missing'], /\S/],
    ['a file more', (f) => writeFileSync(at(f, 'more.txt'), ''), ['more.txt unexpected'], /\S/],
    ['a folder more', (f) => mkdirSync(at(f, 'more')), ['more unexpected'], /\S/],
    [
      'a file under another name',
      (f) => renameSync(at(f, 'readme.txt'), at(f, 'README')),
      ['readme.txt missing', 'README unexpected'],
      /\S/,
    ],
    [
      'a link in the place of a file',
      (f) => {
        renameSync(at(f, 'readme.txt'), `${f}-elsewhere`);
        symlinkSync(`${f}-elsewhere`, at(f, 'readme.txt'));
      },
      ['readme.txt changed'],
      /link/i,
    ],
    ['no manifest', (f) => rmSync(at(f, 'manifest.json')), ['manifest.json missing'], /\S/],
    [
      'a link to a manifest',
      (f) => {
        renameSync(at(f, 'manifest.json'), `${f}-elsewhere`);
        symlinkSync(`${f}-elsewhere`, at(f, 'manifest.json'));
      },
      ['manifest.json changed'],
      /link/i,
    ],
    ['a manifest that is none', (f) => writeFileSync(at(f, 'manifest.json'), '{}'), ['manifest.json unreadable'], /\S/],
  ])('%s', async (_, change, problems, words) => {
    const folder = await pack();
    change(folder);
    const verdict = await verifyPack(folder, GOES_ON);
    expect(short(verdict)).toEqual(problems);
    expect(inEnglish(verdict.problems[0]!.words)).toMatch(words);
    const hasManifest = !problems[0]!.startsWith('manifest.json');
    expect([verdict.files, verdict.about === null]).toEqual(hasManifest ? [5, false] : [0, true]);
  });

  test('says of its job only what is as it was written', async () => {
    const folder = await pack();
    cpSync(folder, `${folder}-2`, { recursive: true });
    writeFileSync(at(folder, 'about.json'), '{"job":"other"}');
    expect(await verifyPack(folder, GOES_ON)).toMatchObject({
      ...{ files: 5, about: null, problems: [{ file: 'about.json', problem: 'changed' }] },
    });
    rmSync(at(`${folder}-2`, 'about.json'));
    expect(await verifyPack(`${folder}-2`, GOES_ON)).toMatchObject({ about: null });
  });

  test('is not read on after a cancel, and is no pack where there is nothing', async () => {
    await expect(verifyPack(await pack(), { aborted: true })).rejects.toMatchObject({ code: 'cancelled' });
    await expect(verifyPack(path.join(temporaryFolder(), 'none'), GOES_ON)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
