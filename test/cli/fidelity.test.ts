import { cpSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { parseRecording } from '../../shared/fidelity/recording';
import { richSession } from '../backend/fidelity/rich-session';
import { canaryForms, formsIn } from '../backend/sync/canary-forms';
import { laurel } from '../backend/sync/laurel';
import { createClaimed, CREDENTIALS, startOrg } from '../backend/sync/practice-org';
import { temporaryFolder } from '../db/temporary-folder';
import { OWNER } from '../domain/badge-bodies';
import { askInProcess } from './command-line';

type Json = Record<string, unknown>;

/** A folder with the recordings that are kept for the tests. */
function folder(): string {
  const cwd = temporaryFolder();
  cpSync(path.join(import.meta.dirname, '..', 'fixtures', 'recordings'), cwd, { recursive: true });
  return cwd;
}

test('the recording that is kept for the tests says what is in it, row by row', async () => {
  const cwd = folder();
  const { code, out } = await askInProcess(cwd, 'replay', 'visits.recording.json', '--json', '--out', 'report.html');
  const report = JSON.parse(out) as Json & { calls: Json[]; switches: Json[] };
  expect([code, report['schema'], report['same']]).toEqual([1, 'laurel/fidelity@1', false]);
  expect(report['answer']).toEqual([
    '1 answer differs from those of the practice org; 6 are the same, 1 cannot be decided.',
    'Everything is explained by customer-limit-code=4711.',
  ]);
  expect(report.calls.map(({ endpoint, verdict, reason }) => [endpoint, verdict, reason])).toEqual([
    ['listBadges', 'same', null],
    ['createBadge', 'same', null],
    ['claim', 'same', null],
    ['earn', 'same', null],
    ['earn', 'different', null],
    ['earn', 'undecidable', 'too-many'],
    ['badgeById', 'same', null],
    ['customerBadgeDetails', 'same', null],
  ]);
  expect(report.calls[4]).toMatchObject({
    call: 5,
    differences: [{ path: 'errors[0].code', recorded: '4711', practice: '990001' }],
  });
  const page = readFileSync(path.join(cwd, 'report.html'), 'utf8');
  expect(page).toContain('Everything is explained by customer-limit-code=4711.');
  expect(page).not.toMatch(/<script|https?:\/\//);
  const german = await askInProcess(cwd, 'replay', 'visits.recording.json', '--language', 'de', '--out', 'de.html');
  expect(german.code).toBe(1);
  expect(readFileSync(path.join(cwd, 'de.html'), 'utf8')).toContain(
    'Alles wird erklärt durch customer-limit-code=4711.',
  );
});

test('with the switch that was named nothing differs any more', async () => {
  const cwd = folder();
  const { code, out } = await askInProcess(
    cwd,
    'replay',
    'visits.recording.json',
    '--switch',
    'customer-limit-code=4711',
  );
  expect(code).toBe(0);
  expect(out).toContain('No answer differs. 7 answers are the same, 1 cannot be decided.');
  expect(out).toMatch(/customer-limit-code=4711 +holds: another setting would answer call 5 differently/);
  expect(out).toMatch(/weekly-cycles=weekday +open/);
});

test.each([
  [['replay'], 'Name one recording.'],
  [['replay', 'a', '--switch', 'x=1'], 'There is no switch x.'],
  [['replay', 'a', '--switch', 'status-801=99'], '--switch status-801 is an HTTP status, not 99.'],
  [['replay', 'a', '--switch', 'status-801=400', '--switch', 'statusOf801=400'], 'given twice'],
  [['replay', 'a', '--switch', 'status-801'], '--switch needs NAME=VALUE'],
  [['replay', 'a', '--tz', 'Nowhere'], 'is not a time zone'],
  [['replay', 'a', '--out', 'a.pdf'], 'end it with .html'],
  [['record'], 'Name a file, or --workspace FILE and --connection NAME.'],
  [['record', 'a', '--workspace', 'b'], '--workspace belongs to --connection'],
])('%j is called wrongly', async (args, words) => {
  const { code, out, error } = await askInProcess(temporaryFolder(), ...args);
  expect([code, out]).toEqual([2, '']);
  expect(error).toContain(words);
});

test('odd files are refused in words, and nothing is written', async () => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'half.har'), '{"log": {"entries": [');
  writeFileSync(path.join(cwd, 'other.json'), '{"hello": 1}');
  writeFileSync(path.join(cwd, 'empty.har'), '{"log": {"entries": []}}');
  writeFileSync(path.join(cwd, 'huge.har'), '');
  truncateSync(path.join(cwd, 'huge.har'), 200_000_000);
  mkdirSync(path.join(cwd, 'folder.har'));
  for (const [name, words] of [
    ['half.har', 'half.har is no JSON: Line 1, column 22'],
    ['other.json', 'other.json holds no calls that Laurel can read'],
    ['huge.har', 'huge.har cannot be read: it is larger than 128 MB'],
    ['folder.har', 'folder.har cannot be read'],
    ['none.har', 'none.har cannot be read'],
  ] as const) {
    for (const command of ['record', 'replay']) {
      const { code, out, error } = await askInProcess(cwd, command, name);
      expect([name, code, out]).toEqual([name, 1, '']);
      expect(error).toContain(words);
    }
  }
  const empty = await askInProcess(cwd, 'replay', 'empty.har');
  expect([empty.code, empty.out]).toEqual([1, 'There is no call of the badge gateway in it.\n']);
});

test('what Laurel itself sent becomes a recording, from a workspace that a window has open', async () => {
  const org = await startOrg();
  onTestFinished(() => org.stop());
  const here = await laurel();
  const { id: connectionId } = await here.connect(org.url, { chunkSize: 3 });
  const badge = createClaimed(org);
  await here.job('sync.pull', { connectionId });
  const { id } = await here.call('liveJobs.start', {
    ...{ connectionId, remoteBadgeId: badge, action: 'award', owner: OWNER },
    customers: {
      kind: 'file',
      token: here.file('members.csv', 'customer\n566135941\n566135942\n566135943\n566135944\n'),
    },
  });
  expect((await here.until(id)).state).toBe('done');
  const cli = (...args: string[]) => askInProcess(here.folder, ...args);
  const args = ['record', '--workspace', 'test.laurel', '--connection', 'Practice'];
  const shown = await cli(...args, '--json');
  expect(JSON.parse(shown.out)).toMatchObject({
    out: null,
    replaced: [{ kind: 'headers' }, { kind: 'customers', count: 4 }],
  });
  const kept = await cli(...args, '--out', 'acme.recording.json');
  expect(kept.out).toContain('4 customers got other ids');
  const bytes = readFileSync(path.join(here.folder, 'acme.recording.json'));
  const forms = [...canaryForms(CREDENTIALS), '566135941', '566135942', '566135943', '566135944'];
  expect(formsIn(bytes, forms)).toEqual([]);
  const report = JSON.parse((await cli('replay', 'acme.recording.json', '--json')).out) as Json;
  expect(report['counts']).toMatchObject({ different: 0 });
  const none = await cli('record', '--workspace', 'test.laurel', '--connection', 'Acme');
  expect([none.code, none.error]).toEqual([
    1,
    'test.laurel has no connection Acme; it has Practice. Nothing was done.\n',
  ]);
});

test('a recording is read back as it was written, and one of another version is refused', async () => {
  const text = JSON.stringify(await richSession());
  expect(parseRecording(text)).toEqual({ ok: true, recording: JSON.parse(text) as unknown });
  expect(parseRecording(text.replace('recording@1', 'recording@2'))).toMatchObject({ ok: false });
  expect(parseRecording('{"schema": "laurel/recording@1"')).toMatchObject({ ok: false });
});

test('a test org is asked once its name was typed, and only then; what it says makes a practice org alike', async () => {
  const org = await startOrg();
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await org.stop();
  });
  vi.stubEnv('LAUREL_ORG_USER', CREDENTIALS.user);
  vi.stubEnv('LAUREL_ORG_PASSWORD', CREDENTIALS.password);
  const cwd = temporaryFolder();
  const probe = (...args: string[]) => askInProcess(cwd, 'probe', '--org', org.url, ...args);
  const name = new URL(org.url).host;
  const listed = await probe('--now', '2026-03-10T12:00:00Z');
  expect(listed.code).toBe(0);
  expect(listed.out).toContain(`Nothing was sent. These 26 calls`);
  const tag = /--tag ([0-9a-f]{8})\.$/m.exec(listed.out)?.[1] ?? '';
  expect(listed.out).toContain(`Laurel probe ${tag} 1`);
  expect((await probe('--tag', tag)).out).toContain(`Laurel probe ${tag} 1`);
  expect((await probe('--tag', 'mine')).code).toBe(2);
  expect((await probe('--test-org', 'Acme')).code).toBe(2);
  const guarded = await probe('--kind', 'production', '--test-org', name);
  expect([guarded.code, guarded.error]).toEqual([1, expect.stringContaining('is a production org')]);
  expect(org.activity).toEqual([]);

  org.setFaults({ route: 'earn', fault: '429', retryAfterSeconds: 0, count: 2 });
  const { code, out } = await probe('--test-org', name, '--tag', tag, '--json');
  const learned = JSON.parse(out) as Json & { points: { option: string; value: string | null }[]; badges: Json[] };
  // Near midnight one point cannot be told, and is not asked about.
  const decided = learned.points.filter(({ value }) => value !== null);
  expect([code, decided.length]).toEqual(decided.length === 13 ? [0, 13] : [1, 12]);
  expect(learned['options']).toEqual([]);
  expect(learned.badges.map(({ isActive }) => isActive)).toEqual([false, false]);
  expect(learned.badges.map((badge) => String(badge['name']).startsWith(`Laurel probe ${tag} `))).toEqual([true, true]);
  expect(org.activity.length).toBeGreaterThan(decided.length === 13 ? 26 : 23);
});
