/** A folder of badge files against a real org in the same process: what is read of each file, and how each stands. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { toSecret } from '../../../electron/backend/sync/client/credentials';
import { openOrgWork } from '../../../electron/backend/sync/open-org-work';
import { readBadgeFolder } from '../../../electron/backend/sync/plans/badge-folder';
import { compareFolder, type FolderLine, type FolderOptions } from '../../../electron/backend/sync/plans/folder-side';
import { meaningOfBody } from '../../../shared/gateway/meaning-text';
import { inEnglish } from '../../../shared/words/english';
import { temporaryFolder } from '../../db/temporary-folder';
import { testWorkspace } from '../../db/workspace/open-workspace';
import { inProcess, type InProcess } from './badges/in-process';
import { hostileGateway, json, page } from './hostile-gateway';
import { liveBody } from './practice-org';

const bodyOf = (changes: object = {}): string => JSON.stringify(liveBody(changes as Record<string, unknown>));

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return folder;
}
const read = (files: Readonly<Record<string, string | Uint8Array>>, now = 0) =>
  readBadgeFolder(folderOf(files), '.', now);

describe('the files of a folder', () => {
  test('are its badges, wherever below it, and nothing else', () => {
    const { badges, unreadable, shared } = read({
      'a.badge.json': bodyOf({ name: 'A' }),
      'deep/er/b.badge.json': bodyOf({ name: 'B' }),
      'c.json': bodyOf({ name: 'C' }),
      'badge.json': bodyOf({ name: 'D' }),
    });
    expect(badges.map(({ file, name }) => [file, name]).sort()).toEqual([
      ['a.badge.json', 'A'],
      [path.join('deep', 'er', 'b.badge.json'), 'B'],
    ]);
    expect(
      badges
        .map(({ text }) => JSON.parse(text) as { name: string })
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...['A', 'B']]);
    expect([unreadable, shared]).toEqual([[], []]);
  });

  test('of one name are told together, and none of them counts', () => {
    const { badges, shared } = read({
      'a.badge.json': bodyOf({ name: 'Same' }),
      'b.badge.json': bodyOf({ name: 'Same', description: 'x' }),
      'c.badge.json': bodyOf({ name: 'Other' }),
    });
    expect(badges.map(({ name }) => name)).toEqual(['Other']);
    expect(shared).toEqual([{ name: 'Same', files: ['a.badge.json', 'b.badge.json'] }]);
  });

  test.each<[string, string | Uint8Array, RegExp, number]>([
    ['no JSON', '{\n"name": }', /no JSON: Line 2, column 9/, 0],
    ['both sides of a merge', 'a\n\n<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n', /^Line 3 holds the mark/, 0],
    ['a later mark of a merge', '{\r\n======= \n}', /^Line 2 holds the mark/, 0],
    ['no mark of a merge', '<<<<<<<< HEAD\n', /no JSON: Line 1,/, 0],
    ['no text', Uint8Array.of(0x7b, 0xff, 0xfe, 0x00), /text/, 0],
    ['no badge', '{"name":"x"}', /\S/, 1],
    ['a list', '[]', /\S/, 1],
  ])('that hold %s are told, and why', (_, text, words, issues) => {
    const { badges, unreadable } = read({ 'a.badge.json': text });
    expect(badges).toEqual([]);
    expect(unreadable.map(({ file }) => file)).toEqual(['a.badge.json']);
    expect(inEnglish(unreadable[0]!.reason)).toMatch(words);
    expect(Math.min(1, unreadable[0]!.issues.length)).toBe(issues);
  });

  test('that are too long to be a badge are not read', () => {
    const long = bodyOf({ description: 'x'.repeat(4_000_001) });
    expect(read({ 'a.badge.json': long }).unreadable).toHaveLength(1);
  });
});

describe('a folder against an org', () => {
  const ALL: FolderOptions = {
    ...{ only: null, migration: true, judgedOn: null, past: () => undefined },
    ...{ definitions: null, definitionsPast: undefined, partners: null },
  };

  async function compared(
    org: InProcess,
    files: Readonly<Record<string, string>>,
    options: Partial<FolderOptions> = {},
  ): Promise<readonly FolderLine[]> {
    const watch = { signal: new AbortController().signal, progress: () => undefined };
    const folder = read(files, org.now);
    const given = { ...ALL, ...options };
    return (await compareFolder(org.context, org.connection, org.session, folder, given, watch)).lines;
  }
  const short = (lines: readonly FolderLine[]): unknown[] =>
    lines.map(({ name, file, id, state, requests }) => [
      ...[name, file, id === null ? null : 'live', state, requests.map(({ purpose }) => purpose).join()],
    ]);

  test('names every badge once, by name, with what would bring the org there', async () => {
    const org = await inProcess();
    // What of a name that several files have is live already is told with them, not once more.
    for (const name of ['Same', 'Changed', 'Gone', 'Twin']) org.live({ name, description: 'd' });
    const lines = await compared(org, {
      'same.badge.json': bodyOf({ name: 'Same', description: 'd' }),
      'changed.badge.json': bodyOf({ name: 'Changed', description: 'other' }),
      'new.badge.json': bodyOf({ name: 'New' }),
      'twin-1.badge.json': bodyOf({ name: 'Twin' }),
      'twin-2.badge.json': bodyOf({ name: 'Twin' }),
      'odd.badge.json': '{',
      'unfit.badge.json': '{"name":"x"}',
    });
    expect(short(lines)).toEqual([
      ['', 'odd.badge.json', null, 'unreadable', ''],
      ['', 'unfit.badge.json', null, 'unreadable', ''],
      ['Changed', 'changed.badge.json', 'live', 'changed', 'update'],
      ['Gone', null, 'live', 'gone', ''],
      ['New', 'new.badge.json', null, 'new', 'create'],
      ['Same', 'same.badge.json', 'live', 'same', ''],
      ['Twin', 'twin-1.badge.json', null, 'conflicting', ''],
    ]);
    const [odd, unfit, changed, gone, fresh, same, twin] = lines;
    expect(changed!.differences.map(({ field }) => field)).toEqual(['description']);
    expect([gone, fresh, same].map((line) => [line!.differences, line!.held, line!.warnings])).toEqual([
      ...[1, 2, 3].map(() => [[], null, []]),
    ]);
    expect(inEnglish(twin!.held!.reason)).toContain('twin-1.badge.json, twin-2.badge.json');
    expect([odd!.held?.errors, inEnglish(odd!.held!.reason) !== '']).toEqual([[], true]);
    expect(unfit!.held?.errors[0]).toEqual({
      ...{ code: expect.any(Number) as number, message: expect.any(String) as string },
      ...{ path: expect.any(String) as string, advice: expect.anything() as unknown },
    });
  });

  test('names only those that are asked for, and then no file that is none', async () => {
    const org = await inProcess();
    for (const name of ['One', 'Two']) org.live({ name });
    const files = {
      'a.badge.json': bodyOf({ name: 'New' }),
      'b.badge.json': bodyOf({ name: 'Other' }),
      'c.badge.json': '{',
    };
    expect(short(await compared(org, files, { only: ['One', 'New'] }))).toEqual([
      ['New', 'a.badge.json', null, 'new', 'create'],
      ['One', null, 'live', 'gone', ''],
    ]);
    // The others are not even taken in.
    expect(['New', 'Other'].map((name) => org.workspace.drafts.nameTaken(name))).toEqual([true, false]);
  });

  test.each<[string, null | undefined, string, string]>([
    ['nobody remembers: the file counts', undefined, 'changed', 'update'],
    ['they never agreed: a person decides', null, 'conflicting', ''],
  ])('where they differ and %s', async (_, past, state, requests) => {
    const org = await inProcess();
    const remoteId = org.live({ name: 'A', description: 'live' });
    const asked: unknown[] = [];
    const lines = await compared(
      org,
      { 'a.badge.json': bodyOf({ name: 'A', description: 'file' }) },
      {
        past: (badge) => {
          asked.push(badge);
          return past;
        },
      },
    );
    expect(short(lines)).toEqual([['A', 'a.badge.json', 'live', state, requests]]);
    expect(asked).toEqual([{ name: 'A', remoteId }]);
  });

  test('what the org alone has changed since they agreed is conflicting too, and only then', async () => {
    const org = await inProcess();
    org.live({ name: 'A', description: 'live' });
    const files = { 'a.badge.json': bodyOf({ name: 'A', description: 'file' }) };
    const agreed = meaningOfBody(files['a.badge.json']);
    expect(short(await compared(org, files, { past: () => agreed }))).toEqual([
      ['A', 'a.badge.json', 'live', 'conflicting', ''],
    ]);
  });

  test.each<[string, 'practice' | 'test', number | null, boolean]>([
    ['a practice org may have another clock', 'practice', null, false],
    ['another org has ours', 'test', null, true],
    ['somebody said as of when', 'practice', 0, true],
  ])('a start that has passed is held or not: %s', async (_, kind, offset, isHeld) => {
    const org = await inProcess({ kind });
    const startOn = '2026-01-01T00:00:00Z';
    const judgedOn = offset === null ? null : org.now + offset;
    const [line] = await compared(
      org,
      { 'a.badge.json': bodyOf({ name: 'A', startOn }) },
      { migration: false, judgedOn },
    );
    expect([line!.held === null, line!.requests.length]).toEqual([!isHeld, isHeld ? 0 : 1]);
    if (isHeld) expect(line!.held!.errors.map(({ code }) => code)).toEqual([722]);
  });
});

describe('an org for one command', () => {
  const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() } as never;
  const credentials = { kind: 'basic' as const, user: 'somebody', password: 'geheim' };
  const options = (baseUrl: string) => ({
    org: {
      ...{ name: 'Acme', baseUrl, kind: 'test' as const, timeZone: 'UTC', chunkSize: 5, parallel: 2, perSecond: 9 },
    },
    ...{ credentials: credentials as never, kept: null, network: undefined, log },
    environment: { variables: {} } as never,
  });

  test('is asked with the credentials that were given, and nothing of it is kept', async () => {
    const gateway = await hostileGateway((_request, response) => json(response, page([])));
    const work = await openOrgWork({ ...options(gateway.url), environment: {} as never });
    expect(work.connection).toMatchObject({ name: 'Acme', chunkSize: 5, parallel: 2, perSecond: 9, auth: 'basic' });
    expect(work.context.workspace.connections.list()).toHaveLength(1);
    const { outcome } = await work.session.client.send({
      ...{ purpose: 'list', method: 'GET', url: `${gateway.url}/x`, headers: [], body: null, isWrite: false },
      ...{ badgeId: null, jobKey: null },
    });
    expect(outcome.kind).toBe('success');
    const md5 = createHash('md5').update('geheim').digest('hex');
    const basic = Buffer.from(`somebody:${md5}`).toString('base64');
    expect(gateway.seen[0]?.headers.authorization).toBe(`Basic ${basic}`);
    expect(() => work.context.requestFacts(1)).toThrow();
    expect(work.context.times).toEqual({ exchange: {}, backoff: { first: 500, most: 60_000 }, quiet: 3_000 });
    const { workspaceFile } = work.context;
    work.close();
    expect([workspaceFile, path.dirname(workspaceFile)].map((each) => existsSync(each))).toEqual([false, false]);
    await gateway.stop();
  });

  test('uses the connection and the list of calls of an open workspace, and leaves it open', async () => {
    const kept = await testWorkspace();
    const gateway = await hostileGateway((_request, response) => json(response, page([])));
    const { org, ...rest } = options(gateway.url);
    const connection = kept.current.connections.add({ ...org, auth: 'basic', account: 'x', secretId: 'secret' });
    const interrupted = kept.current.ledger.begin(
      {
        ...{ connectionKey: connection.key, connectionName: 'Acme', purpose: 'list', badgeId: null, jobKey: null },
        ...{ method: 'GET', url: 'x', headers: [], body: null, sentOn: 1 },
      },
      true,
    );
    const work = await openOrgWork({
      ...rest,
      org,
      environment: {} as never,
      kept: { workspace: kept.current, connection },
    });
    expect(work.connection).toBe(connection);
    expect(kept.current.ledger.find(interrupted)?.outcome).toBe('unknown');
    expect(await work.context.secrets.take('secret')).toEqual(toSecret(credentials));
    work.close();
    expect(kept.current.connections.list()).toHaveLength(1);
    await gateway.stop();
  });
});
