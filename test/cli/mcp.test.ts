import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLibrary } from '../../db/workspace/read-library';
import { TestBackend } from '../backend/open-backend';
import { badgeBody } from '../simulation/scenarios';
import { bundleCommandLine, commandLine } from '../setup/command-line-once';
import { askInProcess, laurel } from './command-line';

beforeAll(bundleCommandLine);

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures', 'scenarios');
const SMALL = [
  { path: 'customers.segments.0.size', value: 300 },
  { path: 'customers.segments.1.size', value: 50 },
  { path: 'replications', value: 3 },
];
const KNOB = 'badges.0.badge.badgeConstraints.0.maxEarnLimit';

const open: Client[] = [];
const folders: string[] = [];
afterAll(async () => {
  await Promise.all(open.map((client) => client.close()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that lasts as long as the tests of this file. */
function lastingFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-test-'));
  folders.push(folder);
  return folder;
}

interface Called {
  isError: boolean;
  text: string;
  answer: Record<string, unknown>;
}

/** A client of the official SDK and the server it started, in a folder with a scenario and its badges. */
class Program {
  readonly folder = lastingFolder();
  readonly client = new Client({ name: 'test', version: '1' });
  errors = '';

  constructor() {
    cpSync(FIXTURES, this.folder, { recursive: true });
    open.push(this.client);
  }

  async start(...args: string[]): Promise<this> {
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [commandLine, 'mcp', ...args],
      cwd: this.folder,
      stderr: 'pipe',
    });
    transport.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    await this.client.connect(transport);
    return this;
  }

  async call(name: string, given: Record<string, unknown> = {}, signal?: AbortSignal): Promise<Called> {
    const options = { timeout: 120_000, ...(signal ? { signal } : {}) };
    const result = await this.client.callTool({ name, arguments: given }, undefined, options);
    const [part] = result.content as { type: string; text: string }[];
    return {
      isError: result.isError === true,
      text: part?.text ?? '',
      answer: (result.structuredContent ?? {}) as Record<string, unknown>,
    };
  }
}

describe('laurel mcp', () => {
  let program: Program;
  // One server for all: to start a process takes longer than most calls.
  beforeAll(async () => {
    program = new Program();
    const outside = lastingFolder();
    writeFileSync(path.join(outside, 'a.badge.json'), JSON.stringify(badgeBody()));
    symlinkSync(path.join(outside, 'a.badge.json'), path.join(program.folder, 'out.badge.json'));
    writeFileSync(path.join(program.folder, 'secret.txt'), 'secret');
    symlinkSync('secret.txt', path.join(program.folder, 'secret.badge.json'));
    await program.start();
  });

  it('lists its tools with schemas that describe every argument, and the same as laurel mcp --json', async () => {
    const { tools } = await program.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      ...['check_badge', 'check_scenario', 'explain_refusal', 'simulate', 'compare_scenarios', 'seek_goal'],
      ...['list_files', 'read_file', 'list_badges', 'get_badge'],
    ]);
    const undescribed = tools.flatMap(({ name, inputSchema }) =>
      Object.entries(inputSchema.properties ?? {}).flatMap(([argument, schema]) =>
        'description' in schema ? [] : [`${name}.${argument}`],
      ),
    );
    expect(undescribed).toEqual([]);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
    const listed = await askInProcess(program.folder, 'mcp', '--json');
    expect(JSON.parse(listed.out)).toMatchObject({ schema: 'laurel/mcp-tools@1', tools: [...tools] });
  });

  it('checks badges by file and by body, and scenarios', async () => {
    const good = await program.call('check_badge', { body: badgeBody(), migration: true });
    expect([good.isError, good.answer]).toEqual([
      false,
      { ok: true, mistakes: [], warnings: expect.anything() as unknown },
    ]);
    writeFileSync(path.join(program.folder, 'bad.badge.json'), JSON.stringify({ ...badgeBody(), name: '' }));
    const bad = await program.call('check_badge', { path: 'bad.badge.json', migration: true });
    expect(bad.answer).toMatchObject({ ok: false, mistakes: [{ code: expect.any(Number) as unknown, path: 'name' }] });
    expect((bad.answer['mistakes'] as { advice: string }[])[0]?.advice).not.toBe('');
    expect((await program.call('check_badge', { body: '{ not JSON' })).answer).toMatchObject({ ok: false });
    expect((await program.call('check_scenario', { scenario: 'spring.scenario.json' })).answer).toMatchObject({
      ok: true,
    });
  });

  it('simulates as the command line does, explains, compares and seeks', async () => {
    const scenario = 'spring.scenario.json';
    const run = await program.call('simulate', { scenario, set: SMALL, byDay: true });
    const set = SMALL.flatMap(({ path: at, value }) => ['--set', `${at}=${String(value)}`]);
    const same = await laurel(program.folder, 'simulate', scenario, ...set, '--json');
    expect(run.answer['result']).toEqual(JSON.parse(same.out));
    const short = await program.call('simulate', { scenario, set: SMALL });
    expect(JSON.stringify(short.answer)).not.toContain('byDay');

    const why = await program.call('explain_refusal', { scenario, set: SMALL, customer: 3, awards: true, most: 2 });
    expect(why.answer).toMatchObject({ customerId: 3, tried: expect.any(Number) as unknown });
    expect((why.answer['attempts'] as unknown[]).length).toBeLessThanOrEqual(2);

    const compared = await program.call('compare_scenarios', {
      scenarios: [scenario],
      set: [...SMALL, { path: KNOB, value: 1 }],
    });
    expect(compared.answer).toMatchObject({ schema: 'laurel/comparison@1', variants: [{ name: scenario }, {}] });

    const sought = await program.call('seek_goal', { scenario, set: SMALL, serve: 0.1, knob: KNOB });
    expect([sought.isError, sought.answer['schema'], sought.answer['knob']]).toEqual([false, 'laurel/goal@1', KNOB]);
  });

  it('tells in every answer what a value to set means nothing to', async () => {
    const scenario = 'spring.scenario.json';
    const set = [...SMALL, { path: 'customers.count', value: 5 }];
    const slip = [{ path: 'customers.count', message: expect.stringContaining('does not know') as unknown }];
    for (const [name, given] of [
      ['simulate', { scenario, set }],
      ['explain_refusal', { scenario, set, customer: 1 }],
      ['seek_goal', { scenario, set, serve: 0.1, knob: KNOB }],
    ] as const)
      expect((await program.call(name, given)).answer['warnings'], name).toEqual(slip);
    const compared = await program.call('compare_scenarios', { scenarios: [scenario], set });
    expect(compared.answer['warnings']).toEqual([{ scenario: `${scenario} as set`, warnings: slip }]);
  });

  it('says mistakes of arguments and of scenarios in its own words, each on a line', async () => {
    const wrong = await program.call('simulate', { scenario: 5, zzz: 1 });
    expect(wrong.text.split('\n').slice(1)).toEqual([
      '  scenario: must be text, not a number',
      '  the arguments: has what means nothing here: zzz',
    ]);
    expect((await program.call('check_scenario', {})).text).toContain('scenario: is missing: text is expected here');
    expect((await program.call('check_badge', { body: 5 })).text).toContain('body: must be text, not a number');
    const set = [
      { path: 'replications', value: 0 },
      { path: 'timeZone', value: 'x\nforged' },
    ];
    const lines = (await program.call('simulate', { scenario: 'spring.scenario.json', set })).text.split('\n');
    expect(lines[0]).toMatch(/Mend these first:$/);
    expect(lines.slice(1).every((line) => line.startsWith('spring.scenario.json: '))).toBe(true);
  });

  it('bounds objects as it bounds texts', async () => {
    const large = 'x'.repeat(1_000_001);
    for (const [name, given, field] of [
      ['check_badge', { body: { name: large } }, 'body'],
      ['check_badge', { body: large }, 'body'],
      ['simulate', { scenario: 'spring.scenario.json', set: [{ path: 'name', value: large }] }, 'set.0.value'],
    ] as const) {
      const { isError, text } = await program.call(name, given);
      expect([isError, text]).toEqual([
        true,
        expect.stringContaining(`${field}: must have at most 1,000,000 characters`),
      ]);
    }
  });

  it('refuses a huge scenario before it is run, and says by how much', async () => {
    const huge = [...SMALL, { path: 'customers.segments.0.size', value: 1_000_000 }];
    for (const [tool, more] of [
      ['simulate', {}],
      ['seek_goal', { serve: 0.5, knob: KNOB }],
    ] as const) {
      const refused = await program.call(tool, { scenario: 'spring.scenario.json', set: huge, ...more });
      expect([refused.isError, refused.text]).toEqual([true, expect.stringContaining('Too large to be run here')]);
      expect(refused.text).toContain('customers × replications come to 3,000,150');
      expect(refused.text).toContain('Nothing was simulated.');
    }
    const busy = [...SMALL, { path: 'customers.segments.0.activity.perWeek', value: 9_999 }];
    const events = await program.call('simulate', { scenario: 'spring.scenario.json', set: busy });
    expect(events.text).toContain('the events to be expected');
  });

  it.each([
    ['simulate', {}, 'scenario: '],
    ['simulate', { scenario: 'spring.scenario.json', replications: 0 }, 'replications: '],
    ['simulate', { scenario: 'spring.scenario.json', replication: 2 }, 'replication'],
    ['simulate', { scenario: 'none.scenario.json' }, 'list_files names what is there'],
    ['simulate', { scenario: 'spring.scenario.json', set: [{ path: 'nothing.here', value: 1 }] }, 'Mend these first'],
    [
      'simulate',
      { scenario: 'spring.scenario.json', set: [{ path: 'events', value: { csv: '/etc/passwd' } }] },
      'set cannot change',
    ],
    [
      'simulate',
      { scenario: 'spring.scenario.json', set: [{ path: 'badges.0.badge', value: '/etc/passwd' }] },
      'mistakes',
    ],
    ['check_badge', {}, 'either path or body'],
    ['check_badge', { path: '../../../etc/passwd' }, 'lies outside'],
    ['check_badge', { path: '/etc/passwd' }, 'lies outside'],
    ['check_badge', { path: '//server/share/a.badge.json' }, 'lies outside'],
    ['check_badge', { path: 'a\0b' }, 'empty'],
    ['read_file', { path: 'out.badge.json' }, 'lies outside'],
    ['read_file', { path: 'secret.badge.json' }, 'no badge, scenario or policy'],
    ['explain_refusal', { scenario: 'spring.scenario.json', set: SMALL, customer: 99_999 }, 'has no customer 99999'],
    ['explain_refusal', { scenario: 'spring.scenario.json', customer: 1, badge: 'none' }, 'its badges are'],
    ['compare_scenarios', { scenarios: ['spring.scenario.json'] }, 'Name a second scenario'],
    ['seek_goal', { scenario: 'spring.scenario.json', knob: KNOB }, 'serve or budget'],
    ['seek_goal', { scenario: 'spring.scenario.json', set: SMALL, knob: 'name', serve: 0.5 }, 'cannot be turned'],
    ['list_badges', {}, '--workspace FILE'],
    ['get_badge', { id: 'x' }, '--workspace FILE'],
    ['write_draft', { body: {} }, 'There is no tool write_draft'],
  ])('answers a wrong call of %s with %j in words', async (tool, given, words) => {
    const { isError, text } = await program.call(tool, given);
    expect([isError, text]).toEqual([true, expect.stringContaining(words)]);
    expect(text).not.toMatch(/\n\s+at |node_modules|\.js:\d/);
  });

  it('lists and reads files of its folders, and not what links lead to outside', async () => {
    const { answer } = await program.call('list_files');
    const names = (answer['files'] as { path: string }[]).map(({ path: name }) => name);
    expect(names).toContain('spring.scenario.json');
    expect(names).not.toContain('out.badge.json');
    const read = await program.call('read_file', { path: 'spring.scenario.json' });
    expect(read.answer['text']).toBe(readFileSync(path.join(FIXTURES, 'spring.scenario.json'), 'utf8'));
  });

  it('answers calls side by side, ends one that is cancelled, and goes on', async () => {
    const long = [
      { path: 'customers.segments.0.size', value: 1_000 },
      { path: 'customers.segments.1.size', value: 0 },
      { path: 'replications', value: 2_000 },
    ];
    const cancel = new AbortController();
    const cancelled = program.call('simulate', { scenario: 'spring.scenario.json', set: long }, cancel.signal);
    const ended = expect(cancelled).rejects.toThrow();
    const checks = await Promise.all(
      Array.from({ length: 20 }, () => program.call('check_badge', { body: badgeBody(), migration: true })),
    );
    expect(checks.every(({ answer }) => answer['ok'] === true)).toBe(true);
    cancel.abort();
    await ended;
    const answers = await Promise.all(
      [1, 2, 3].map((seed) => program.call('simulate', { scenario: 'spring.scenario.json', set: SMALL, seed })),
    );
    expect(answers.map(({ answer }) => (answer['result'] as { seed: number }).seed)).toEqual([1, 2, 3]);
  });

  it('says how far it is to who asks', async () => {
    const shares: number[] = [];
    await program.client.callTool(
      { name: 'simulate', arguments: { scenario: 'spring.scenario.json', set: SMALL } },
      undefined,
      { onprogress: ({ progress }) => shares.push(progress) },
    );
    expect(shares.length).toBeGreaterThan(0);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
  });

  it('ends when standard input is closed in the middle of a run, and writes nothing but the protocol', async () => {
    const { folder } = new Program();
    const child = spawn(process.execPath, [commandLine, 'mcp'], {
      cwd: folder,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let out = '';
    let error = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (error += chunk));
    const send = (message: object): void =>
      void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
    const hello = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
    send({ id: 1, method: 'initialize', params: hello });
    await once(child.stdout, 'data');
    send({ method: 'notifications/initialized' });
    child.stdin.write('this is no message\n');
    const set = [{ path: 'replications', value: 500 }, ...SMALL.slice(0, 2)];
    const params = { name: 'simulate', arguments: { scenario: 'spring.scenario.json', set } };
    send({ id: 2, method: 'tools/call', params });
    send({ id: 3, method: 'ping' });
    await once(child.stdout, 'data');
    child.stdin.end();
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(0);
    for (const line of out.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
    expect(error).toContain('could not be understood and was passed over: it is no JSON.');
    expect(error).not.toMatch(/\n\s+at /);
  });

  it.each([
    [['--root', 'nowhere'], '--root nowhere cannot be read'],
    [['--root', 'spring.scenario.json'], 'is no folder'],
    [['--allow-drafts'], '--allow-drafts needs --workspace'],
  ])('is called wrongly with %j', async (args, words) => {
    const end = await askInProcess(program.folder, 'mcp', ...args);
    expect([end.code, end.out, end.error]).toEqual([2, '', expect.stringContaining(words)]);
  });
});

describe('laurel mcp --workspace', () => {
  it('reads the library, also while it is open elsewhere, and writes drafts only where that was allowed', async () => {
    const program = new Program();
    const backend = new TestBackend(program.folder);
    await backend.open();
    const made = await backend.call('badges.create', {
      body: JSON.stringify(badgeBody()),
      migration: true,
      label: 'x',
      language: 'en',
    });
    await program.start('--workspace', 'test.laurel', '--allow-drafts');
    const { answer } = await program.call('list_badges', { search: '' });
    expect(answer).toMatchObject({ total: 1, badges: [{ id: made.id }] });
    const got = await program.call('get_badge', { id: made.id });
    expect(got.answer).toMatchObject({ id: made.id, revision: made.revision, body: JSON.stringify(badgeBody()) });
    expect((await program.call('get_badge', { id: 'f'.repeat(24) })).text).toContain('list_badges names those');
    const taken = await program.call('write_draft', { body: badgeBody() });
    expect([taken.isError, taken.text]).toEqual([true, expect.stringContaining('already open')]);
    await backend.close();

    const fresh = await program.call('write_draft', { body: { ...badgeBody(), name: 'Second' }, migration: true });
    expect(fresh.answer).toMatchObject({ revision: 1, mistakes: [] });
    const id = fresh.answer['id'] as string;
    const next = { body: { ...badgeBody(), name: 'Third' }, migration: true, id };
    expect((await program.call('write_draft', { ...next, revision: 1 })).answer).toMatchObject({ id, revision: 2 });
    const stale = await program.call('write_draft', { ...next, body: badgeBody(), revision: 1 });
    expect(stale.isError).toBe(true);
    const library = readLibrary(path.join(program.folder, 'test.laurel'));
    try {
      expect(JSON.parse(library.drafts.find(id)?.body ?? '')).toMatchObject({ name: 'Third' });
    } finally {
      library.close();
    }
  });
});
