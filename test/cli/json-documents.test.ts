import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { COMMANDS } from '../../electron/cli/commands';
import { TestBackend } from '../backend/open-backend';
import { CREDENTIALS, startOrg } from '../backend/sync/practice-org';
import { temporaryFolder } from '../db/temporary-folder';
import { badgeBody } from '../simulation/scenarios';
import { bundleCommandLine } from '../setup/command-line-once';
import { askInProcess, laurel, type CommandEnd } from './command-line';

beforeAll(bundleCommandLine);

const FIXTURES = path.join(import.meta.dirname, '..', 'fixtures', 'scenarios');
const SMALL = { 'customers.segments.0.size': 40, 'customers.segments.1.size': 10, replications: 2 };
const SET = Object.entries(SMALL).flatMap(([name, value]) => ['--set', `${name}=${String(value)}`]);
const SCENARIO = 'spring.scenario.json';
const KNOB = ['--knob', 'badges.0.badge.badgeConstraints.0.maxEarnLimit'];

interface Field {
  types: readonly string[];
  isAlways: boolean;
}

/** The documents of docs/json.md, their fields by name. */
function documented(): Map<string, Map<string, Field>> {
  const text = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'json.md'), 'utf8');
  const sections = text.split(/^## /m).filter((section) => section.startsWith('laurel/'));
  return new Map(
    sections.map((section) => {
      const rows = [...section.matchAll(/^\| `(\w+)` \| ([^|]+) \|/gm)];
      const fields = rows.map(([, name = '', type = '']): [string, Field] => {
        const [kinds = '', ...condition] = type.trim().split(', ');
        return [name, { types: kinds.split(' or '), isAlways: condition.length === 0 }];
      });
      return [section.split('\n')[0]!.trim(), new Map(fields)];
    }),
  );
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

/** What of a document is not as it is documented. */
function differences(document: Record<string, unknown>, fields: ReadonlyMap<string, Field>): string[] {
  const odd = Object.entries(document).flatMap(([name, value]) => {
    const field = fields.get(name);
    if (field === undefined) return [`${name} is not documented`];
    return field.types.includes(typeOf(value)) ? [] : [`${name} is ${typeOf(value)}, not ${field.types.join(' or ')}`];
  });
  const missing = [...fields].flatMap(([name, { isAlways }]) =>
    isAlways && !(name in document) ? [`${name} is missing`] : [],
  );
  return [...odd, ...missing];
}

it('every command prints the documents of docs/json.md, one each, and nothing else on standard output', async () => {
  const cwd = temporaryFolder();
  cpSync(FIXTURES, cwd, { recursive: true });
  const far = badgeBody({ startOnISO: '2099-01-01T00:00:00Z', expiresOnISO: '2100-01-01T00:00:00Z' });
  const files: Record<string, unknown> = {
    'a.badge.json': far,
    'past.badge.json': badgeBody(),
    'holds.policy.json': {
      ...{ schema: 'laurel/policy@1', scenario: SCENARIO, set: SMALL },
      expect: [{ badge: 'streak', measure: 'awarded', at: 'p90', min: 0 }],
    },
  };
  for (const [name, body] of Object.entries(files)) writeFileSync(path.join(cwd, name), JSON.stringify(body));
  writeFileSync(path.join(cwd, 'customers.csv'), 'customer\n1\n2\n');
  const days = Array.from({ length: 60 }, (_, day) => new Date(Date.UTC(2025, 0, 1 + day)).toISOString());
  const sales = days.flatMap((at, day) => [1, 2, 3].map((customer) => `${String(customer + (day % 2))},${at}`));
  writeFileSync(path.join(cwd, 'sales.csv'), `customer,at\n${sales.join('\n')}\n`);
  const backend = new TestBackend(cwd);
  await backend.open();
  await backend.close();
  const store = ['--workspace', 'test.laurel'];

  const documents = documented();
  const seen = new Map<string, string>();
  const hold = (
    args: readonly string[],
    { code, out }: CommandEnd,
    codes: readonly number[],
  ): Record<string, unknown> => {
    const called = args.join(' ');
    expect([called, codes.includes(code ?? -1) ? '' : `${String(code)}: ${out}`]).toEqual([called, '']);
    const document = JSON.parse(out) as Record<string, unknown>;
    const schema = String(document['schema']);
    expect([called, documents.has(schema)]).toEqual([called, true]);
    expect([called, differences(document, documents.get(schema)!)]).toEqual([called, []]);
    seen.set(schema, args[0] ?? '');
    return document;
  };
  /** In this process. */
  const ask = async (...args: string[]) => hold(args, await askInProcess(cwd, ...args, '--json'), [0, 1]);
  /** As a process. */
  const run = async (codes: readonly number[], ...args: string[]) =>
    hold(args, await laurel(cwd, ...args, '--json'), codes);

  await ask('check', 'a.badge.json', SCENARIO);
  await ask('inspect', 'customers.csv');
  await ask('mcp');
  await ask('holidays', 'DE', '--from', '2026-01-01', '--to', '2026-12-31');
  await ask('art', 'start');
  await ask('art', 'start', 'gem', '--title', 'Gem', '--out', 'gem.badge-art.json');
  await ask('art', 'draw', 'gem.badge-art.json', '--out', 'pictures', '--size', '64');
  await ask('art', 'check', 'gem.badge-art.json');
  await ask('art', 'mend', 'pictures/gem.EARNED.png', '--out', 'mended.png');
  await ask('completions', 'bash');
  await ask('network', 'http://127.0.0.1:9');
  const org = await startOrg();
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await org.stop();
  });
  vi.stubEnv('LAUREL_ORG_USER', CREDENTIALS.user);
  vi.stubEnv('LAUREL_ORG_PASSWORD', CREDENTIALS.password);
  await ask('diff', 'a.badge.json', '--org', org.url);
  await ask('plan', 'a.badge.json', '--org', org.url, '--out', 'a.plan.json');
  await ask('apply', 'a.plan.json');
  await ask('probe', '--org', org.url);
  hold(['check'], await askInProcess(cwd, 'check', '--json'), [2]);
  await ask('art', 'export', ...store, '--out', 'pictures');
  await ask('badges', 'import', 'a.badge.json', '--workspace', 'other.laurel');
  await ask('badges', 'export', '--workspace', 'other.laurel', '--out', 'badges.json');
  await ask('sheet', 'a.badge.json', '--out', 'sheet.html');
  const taken = await ask('backup', 'take', ...store);
  const { id } = taken['backup'] as { id: string };
  await ask('backup', 'list', ...store);
  await ask('backup', 'look', id, ...store);
  await ask('backup', 'restore', id, ...store);
  mkdirSync(path.join(cwd, 'programme'));
  await ask('folder', 'sync', 'programme', ...store);
  await ask('folder', 'status', 'programme', ...store);
  await ask('forget', '4711', ...store);
  await ask('audit', ...store);
  hold(['audit'], await askInProcess(cwd, 'audit', ...store, '--job', '9', '--out', 'pack', '--json'), [1]);
  await ask('verify', cwd);
  writeFileSync(path.join(cwd, 'empty.har'), '{"log": {"entries": []}}');
  await ask('record', 'empty.har');
  await ask('replay', 'empty.har');
  await ask('export', ...store, '--out', 'all');
  await ask('import', 'all', '--workspace', 'new.laurel');
  await run(
    [0],
    'issue',
    '--badge',
    'past.badge.json',
    '--customers',
    'customers.csv',
    '--action',
    'award',
    '--owner',
    'Loyalty:626',
    '--at',
    '2026-05-01T00:00:00Z',
  );
  await ask('simulate', SCENARIO, ...SET);
  await ask('simulate', SCENARIO, ...SET, '--slice', '1/1', '--out', 'part');
  await ask('merge', 'part');
  await ask('compare', SCENARIO, '--set', 'badges.0.trigger.every=2', ...SET);
  await ask(
    'compare',
    SCENARIO,
    '--set',
    'badges.0.trigger.every=2',
    ...SET,
    '--replications',
    '2',
    '--until-decided',
    'awarded',
  );
  await ask('report', SCENARIO, '--out', 'report.html', ...SET);
  await ask('test', 'holds.policy.json');
  await ask('why', SCENARIO, '--customer', '1', ...SET);
  await ask('goal', SCENARIO, ...KNOB, '--serve', '0.01', ...SET);
  await ask('goal', SCENARIO, ...KNOB, '--serve', '1', '--low', '0', '--high', '1', ...SET);
  const awards = [
    'customer,at',
    ...Array.from({ length: 9 }, (_, day) => `1,2026-03-0${String(day + 1)}T09:00:00Z`),
    '',
  ];
  writeFileSync(path.join(cwd, 'awards.csv'), awards.join('\n'));
  await ask('scorecard', SCENARIO, 'awards.csv', ...SET);
  await ask('scorecard', SCENARIO, 'awards.csv', '--badge-column', 'customer', ...SET);
  await ask('learn', 'sales.csv', '--zone', 'UTC', '--out', 'next.scenario.json');

  // A live job and a push need an org: audit.test.ts and push-pack.test.ts have one.
  expect([...documents.keys()].filter((schema) => !seen.has(schema))).toEqual([
    'laurel/audited@1',
    'laurel/audited-push@1',
  ]);
  const called = new Set(seen.values());
  expect(COMMANDS.map(({ name }) => name).filter((name) => !called.has(name) && !LINES.has(name))).toEqual([]);
}, 300_000);

/** Prints a document a line until it is ended: laurel.test.ts looks at it. */
const LINES = new Set(['gateway']);
