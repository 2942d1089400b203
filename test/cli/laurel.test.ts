import { mkdirSync, linkSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../package.json';
import { badgeText, enrolFirst, lasting } from '../domain/badge-bodies';
import { temporaryFolder } from '../db/temporary-folder';
import { bundleCommandLine } from '../setup/command-line-once';
import { askAtTerminal, askInProcess, laurel, laurelUnderOldNode, type CommandEnd } from './command-line';

beforeAll(bundleCommandLine);

const FAR = { startOn: '2100-01-01T00:00:00Z', expiresOn: '2101-01-01T00:00:00Z' };
const AT = '2100-05-01T00:00:00Z';

function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

describe('laurel', () => {
  it('names its version, its commands and what is wrong with a call', async () => {
    const folder = temporaryFolder();
    expect(await laurel(folder, '--version')).toEqual({ code: 0, out: `${version}\n`, error: '' });
    // One process shows that the answers reach its streams and its exit code; the other questions need none.
    const ask = (...args: string[]): Promise<CommandEnd> => askInProcess(folder, ...args);
    const help = await ask('--help');
    expect([help.code, help.out]).toEqual([0, expect.stringMatching(/check .*[\s\S]*issue /)]);
    for (const command of ['check', 'issue']) {
      const own = await ask(command, '--help');
      expect([own.code, own.out]).toEqual([0, expect.stringContaining(`Usage: laurel ${command}`)]);
    }
    expect((await ask()).code).toBe(2);
    expect(await ask('dance')).toMatchObject({ code: 2, error: expect.stringContaining('“dance”') as string });
    const unknown = await ask('check', '--fast', 'x');
    expect(unknown).toMatchObject({ code: 2, error: expect.stringContaining('There is no option --fast.') as string });
    expect(await ask('issue', '--badge', 'b')).toMatchObject({
      code: 2,
      error: expect.stringMatching(/--customers/) as string,
    });
  });
});

it('says so where its Node is too old to read JSON to the digit, and reads nothing', async () => {
  const { code, out, error } = await laurelUnderOldNode(temporaryFolder(), 'check', 'x.badge.json');
  expect([code, out]).toEqual([2, '']);
  expect(error).toMatch(/^laurel needs Node 22 or newer, and this is v\d.*Nothing was done/);
});

describe('laurel check', () => {
  it('names code, field and message of each mistake', async () => {
    const folder = folderWith({
      'good.badge.json': badgeText(FAR),
      'bad.badge.json': badgeText({
        ...FAR,
        name: 'Other',
        ownership: { restrictedToOwners: [] },
        expiresOn: FAR.startOn,
      }),
      'same.badge.json': badgeText(FAR),
      'half.badge.json': '{"name": ',
    });
    // One call of check and one of issue are processes, with streams, threads and an exit code of their own.
    const good = await laurel(folder, 'check', 'good.badge.json');
    expect(good).toEqual({ code: 0, out: 'good.badge.json: no mistakes\n', error: '' });
    const all = await askInProcess(
      folder,
      'check',
      'good.badge.json',
      'bad.badge.json',
      'same.badge.json',
      'half.badge.json',
      'none',
    );
    expect(all.code).toBe(1);
    expect(all.out).toMatch(
      /bad\.badge\.json: 2 mistakes\n {2}728 {2}ownership\.restrictedToOwners: Atleast one owner is required/,
    );
    expect(all.out).toMatch(/ 720 {2}\S+: Start Date should be before End Date/);
    expect(all.out).toMatch(/same\.badge\.json: 1 mistake\n {2}725 {2}name: Badge name cannot be duplicate/);
    expect(all.out).toMatch(/half\.badge\.json: 1 mistake\n {2}400 {2}the whole file: JSON parse error/);
    expect(all.out).toMatch(/none: 1 mistake/);
    const json = await askInProcess(folder, 'check', 'bad.badge.json', '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      ok: false,
      files: [
        {
          file: 'bad.badge.json',
          ok: false,
          mistakes: [{ code: 728, path: 'ownership.restrictedToOwners' }, { code: 720 }],
        },
      ],
    });
  });

  it('refuses a start in the past unless the badge is a historical one', async () => {
    const folder = folderWith({ 'past.badge.json': badgeText() });
    expect((await askInProcess(folder, 'check', 'past.badge.json')).out).toMatch(
      / 722 {2}startOn: Start Date cannot be past date/,
    );
    expect((await askInProcess(folder, 'check', 'past.badge.json', '--migration')).code).toBe(0);
  });
});

describe('laurel check of files that are not quite a badge', () => {
  it('takes folders, and names a merge that is not finished and what is another file of Laurel', async () => {
    const folder = folderWith({
      'good.badge.json': badgeText(FAR),
      'merge.badge.json': '<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n',
      'a.policy.json': '{"schema":"laurel/policy@1"}',
    });
    mkdirSync(path.join(folder, 'empty'));
    const all = await askInProcess(folder, 'check', '.', 'a.policy.json');
    expect([all.code, all.error]).toEqual([1, '']);
    expect(all.out).toContain('good.badge.json: no mistakes\n');
    expect(all.out).toMatch(/merge\.badge\.json: 1 mistake\n {2}the whole file: Line 1 holds the mark of a merge/);
    expect(all.out).toMatch(/a\.policy\.json: 1 mistake\n {2}the whole file: .*laurel\/policy@1/);
    const beside = await askInProcess(folder, 'check', '.', 'good.badge.json');
    expect(beside.out.match(/good\.badge\.json/g)).toHaveLength(1);
    const none = await askInProcess(folder, 'check', 'empty');
    expect([none.code, none.error]).toEqual([1, expect.stringContaining('There is no *.badge.json')]);
  });

  const clean = badgeText(FAR);

  it('says what no gateway mentions, and still passes', async () => {
    const limit = (changes: object): string =>
      badgeText({ ...FAR, customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', ...changes }] });
    const folder = folderWith({
      'weeks.badge.json': limit({ maxEarnLimit: 1, durationType: 'WEEKS', refreshRate: 2 }),
      'zero.badge.json': limit({ maxEarnLimit: 0, durationType: 'MONTHS' }),
      'slip.badge.json': badgeText({ ...FAR, customerConstraint: [] }),
    });
    const told = async (name: string): Promise<string> => {
      const { code, out } = await askInProcess(folder, 'check', name);
      expect(code).toBe(0);
      return out;
    };
    expect(await told('weeks.badge.json')).toMatch(
      /990105 {2}customerConstraints\[0\]\.refreshRate: .*always one week.*refreshRate 2 is not used/,
    );
    expect(await told('zero.badge.json')).toMatch(/990104 {2}customerConstraints\[0\]\.maxEarnLimit: .*nobody/);
    expect(await told('slip.badge.json')).toMatch(/990103 {2}customerConstraint: .*Did you mean customerConstraints\?/);
  });

  it('tells an answer and a list as what they are, and the place where JSON ends', async () => {
    const folder = folderWith({
      'answer.badge.json': `{"data":${clean},"errors":[],"warnings":[]}`,
      'list.badge.json': `[${clean}]`,
      'comma.badge.json': `${clean.trimEnd().slice(0, -1)},\n}`,
      'comment.badge.json': `// mine\n${clean}`,
      'deep.badge.json': '['.repeat(100_000),
    });
    const mistake = async (name: string): Promise<string> => {
      const { code, out } = await askInProcess(folder, 'check', name);
      expect([code, out.includes(': 1 mistake\n')]).toEqual([1, true]);
      return out;
    };
    expect(await mistake('answer.badge.json')).toMatch(/the badge is under data/);
    expect(await mistake('list.badge.json')).toMatch(/a list of one entry/);
    expect(await mistake('comma.badge.json')).toMatch(/Line \d+, column 1: the comma before this } is one too many/);
    expect(await mistake('comment.badge.json')).toMatch(/Line 1, column 1: a comment/);
    expect(await mistake('deep.badge.json')).toMatch(/nested deeper than 200 levels/);
  });

  it('reads UTF-16 and a byte-order mark, and refuses what is no text', async () => {
    const folder = folderWith({ 'mark.badge.json': `\ufeff${clean}` });
    const little = Buffer.from(`\ufeff${clean}`, 'utf16le');
    writeFileSync(path.join(folder, 'little.badge.json'), little);
    writeFileSync(path.join(folder, 'bare.badge.json'), Buffer.from(clean, 'utf16le'));
    writeFileSync(path.join(folder, 'big.badge.json'), Buffer.from(little).swap16());
    writeFileSync(path.join(folder, 'latin.badge.json'), Buffer.from('{"name":"Caf\u00e9"}', 'latin1'));
    for (const name of ['mark', 'little', 'bare', 'big'])
      expect((await askInProcess(folder, 'check', `${name}.badge.json`)).out).toBe(`${name}.badge.json: no mistakes\n`);
    const latin = await askInProcess(folder, 'check', 'latin.badge.json');
    expect([latin.code, latin.out]).toEqual([1, expect.stringContaining('neither UTF-8 nor UTF-16')]);
  });
});

describe('laurel issue', () => {
  it('awards to a file of customers in a temporary workspace and writes every result', async () => {
    const folder = folderWith({ 'a.badge.json': badgeText(FAR), 'c.csv': 'customer_id,n\n1,a\nx,b\n2,c\n2,d\n' });
    const call = ['issue', '--badge', 'a.badge.json', '--customers', 'c.csv', '--action', 'award', '--at', AT];
    const owner = ['--owner', 'Loyalty:626'];
    const { code, out, error } = await laurel(folder, ...call, ...owner, '--out', 'rows.csv');
    expect([code, error]).toEqual([0, '']);
    expect(out).toMatch(/^Five visits: 2 of 4 customers got the badge; 2 were refused/);
    expect(out).toMatch(/1 {2}The line is not a customer id: it must be a whole number \(line 3\)\n/);
    expect(out).toMatch(/4 rows written to rows\.csv/);
    expect(out).toContain('\nCustomers from the column “customer_id”: its heading is “customer_id”.\n');
    const rows = readFileSync(path.join(folder, 'rows.csv'), 'utf8').trim().split('\r\n');
    expect(rows.slice(1).map((row) => row.replace(/[0-9a-f]{24}/, 'ID'))).toEqual([
      '1,ID,LIVE,2100-05-15T00:00:00Z,ok,Got the badge,',
      'x,,,,not-a-number,The line is not a customer id: it must be a whole number,3',
      '2,ID,LIVE,2100-05-15T00:00:00Z,ok,Got the badge,',
      '2,,,,990003,Is named more than once in the request,',
    ]);
    expect(readdirSync(folder).sort()).toEqual(['a.badge.json', 'c.csv', 'rows.csv']);
    const withoutOwner = await askInProcess(folder, ...call);
    expect(withoutOwner).toMatchObject({ code: 2, error: expect.stringContaining('--owner') as string });
  });

  it('says what was taken off the customers’ cells', async () => {
    const folder = folderWith({ 'a.badge.json': badgeText(FAR), 'c.csv': "id\n'7\n008\n" });
    const call = ['issue', '--badge', 'a.badge.json', '--customers', 'c.csv', '--action', 'award', '--at', AT];
    const { out } = await askInProcess(folder, ...call, '--owner', 'Loyalty:626');
    expect(out).toContain('\n  1 cleaned: An apostrophe in front of the customer id was left out.\n');
    const { reading } = JSON.parse((await askInProcess(folder, ...call, '--owner', 'Loyalty:626', '--json')).out) as {
      reading: unknown;
    };
    expect(reading).toMatchObject({ kind: 'csv', column: 'id', cleaned: 2, notes: [] });
  });

  it('reads a workbook once, says how far it is, and on Ctrl-C leaves nothing', async () => {
    const rows = [
      ['customerId', 'note'],
      ...Array.from({ length: 6000 }, (_, row) => [row + 1, `member ${String(row)}`]),
    ];
    const folder = folderWith({
      'a.badge.json': badgeText(FAR),
      'members.xlsx': Buffer.from(await writeXlsx({ sheets: [{ name: 'Members', rows }] })),
    });
    const call = ['issue', '--badge', 'a.badge.json', '--customers', 'members.xlsx', '--action', 'award', '--at', AT];
    const whole = [...call, '--owner', 'Loyalty:626', '--out', 'rows.csv', '--workspace', 'w.laurel'];
    const drawn: string[] = [];
    const stop = new AbortController();
    const isReading = /^Reading members\.xlsx: (\d+)% …$/;
    const stopped = await askAtTerminal(
      folder,
      (line) => {
        if (isReading.test(line)) stop.abort();
      },
      stop.signal,
      ...whole,
    );
    expect([stopped.code, stopped.out]).toEqual([1, '']);
    expect(readdirSync(folder)).not.toContain('rows.csv');
    const { code, out } = await askAtTerminal(
      folder,
      (line) => drawn.push(line),
      new AbortController().signal,
      ...whole,
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^Five visits: All 6,000 customers got the badge/);
    const shares = drawn.flatMap((line) => isReading.exec(line)?.[1] ?? []).map(Number);
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual([...shares].sort((left, right) => left - right));
    expect(drawn.filter((line) => line.startsWith('Looking'))).toEqual([]);
  });

  it('keeps badge and history in a workspace, where a repeated request id is refused', async () => {
    const folder = folderWith({
      'a.badge.json': badgeText({ ...FAR, ...enrolFirst(lasting(5, 'DAYS')) }),
      'c.txt': '1\n2\n',
    });
    const call = [
      'issue',
      '--badge',
      'a.badge.json',
      '--customers',
      'c.txt',
      '--workspace',
      'w.laurel',
      '--json',
      '--at',
      AT,
    ];
    const enrolled = await askInProcess(folder, ...call, '--action', 'enrol', '--request-id', 'r1');
    expect(enrolled.code).toBe(0);
    expect(JSON.parse(enrolled.out)).toMatchObject({
      state: 'answered',
      succeeded: 2,
      processedOn: AT,
      requestId: 'r1',
      sentence: expect.stringMatching(/ customers? /),
      outcomes: [{ outcome: 'ok', count: 2, label: 'Enrolled' }],
    });
    const again = await askInProcess(folder, ...call, '--action', 'enrol', '--request-id', 'r1');
    expect(again.code).toBe(1);
    const { state, errors } = JSON.parse(again.out) as { state: string; errors: { code: number; advice: string }[] };
    expect([state, errors.map(({ code }) => code)]).toEqual(['refused', [809]]);
    const inWords = call.filter((argument) => argument !== '--json');
    const told = await askInProcess(folder, ...inWords, '--action', 'enrol', '--request-id', 'r1');
    expect([told.code, told.out.split('\n')]).toEqual([
      1,
      expect.arrayContaining([expect.stringContaining('809'), `  ${errors[0]?.advice ?? 'none'}`]),
    ]);
    const awarded = await askInProcess(folder, ...call, '--action', 'award', '--owner', 'Loyalty:626');
    expect(JSON.parse(awarded.out)).toMatchObject({ state: 'answered', succeeded: 2 });
  });

  it('says what is wrong with the badge, the owner and the files, with exit code 1', async () => {
    const folder = folderWith({
      'bad.badge.json': badgeText({ earnType: 'BOTH' }),
      'a.badge.json': badgeText(FAR),
      'c.csv': '1\n',
    });
    const issue = (badge: string, customers: string, owner: string) =>
      askInProcess(folder, 'issue', '--badge', badge, '--customers', customers, '--action', 'award', '--owner', owner);
    const bad = await issue('bad.badge.json', 'c.csv', 'Loyalty:1');
    expect([bad.code, bad.error]).toEqual([
      1,
      expect.stringMatching(/a mistake, so nothing was issued[\s\S]* 400 .*BOTH/),
    ]);
    const owner = await issue('a.badge.json', 'c.csv', 'Journeys:1');
    expect([owner.code, owner.error]).toEqual([1, expect.stringContaining('714')]);
    const missing = await issue('a.badge.json', 'none.csv', 'Loyalty:1');
    expect([missing.code, missing.error]).toEqual([1, expect.stringContaining('none.csv')]);
    const early = await issue('a.badge.json', 'c.csv', 'Loyalty:1');
    expect([early.code, early.out]).toEqual([1, expect.stringContaining('815')]);
    expect((await issue('none.json', 'c.csv', 'Loyalty:1')).code).toBe(1);
  });

  it('refuses an output that would destroy what it reads or keeps, before anything is issued', async () => {
    const folder = folderWith({ 'a.badge.json': badgeText(FAR), 'c.csv': '1\n2\n' });
    linkSync(path.join(folder, 'c.csv'), path.join(folder, 'hard.csv'));
    const call = ['issue', '--badge', 'a.badge.json', '--customers', 'c.csv', '--action', 'award', '--at', AT];
    const kept = [...call, '--owner', 'Loyalty:626', '--workspace', 'w.laurel', '--request-id'];
    expect((await askInProcess(folder, ...kept, 'r0')).code).toBe(0);
    const outs = ['c.csv', 'hard.csv', 'a.badge.json', 'w.laurel', 'w.laurel-org', 'w.laurel-wal', 'none/r.csv', '.'];
    for (const out of outs) {
      const end = await askInProcess(folder, ...kept, out, '--out', out);
      expect([end.code, end.out, end.error], out).toEqual([1, '', expect.stringContaining('Nothing was issued.')]);
    }
    expect(readFileSync(path.join(folder, 'c.csv'), 'utf8')).toBe('1\n2\n');
    const again = await askInProcess(folder, ...kept, 'none/r.csv', '--json');
    expect(JSON.parse(again.out)).toMatchObject({ state: 'answered', succeeded: 2 });
  });

  it('says what was kept when the results cannot be written, and writes to standard output as it is', async () => {
    const folder = folderWith({ 'a.badge.json': badgeText(FAR), 'c.csv': '1\n2\n' });
    const call = ['issue', '--badge', 'a.badge.json', '--customers', 'c.csv', '--action', 'award', '--at', AT];
    const owned = [...call, '--owner', 'Loyalty:626', '--workspace', 'w.laurel'];
    const full = await askInProcess(folder, ...owned, '--request-id', 'r1', '--out', '/dev/full');
    expect([full.code, full.error]).toEqual([
      1,
      expect.stringMatching(/disk is full.*kept in w\.laurel, as request r1/),
    ]);
    const rows = await laurel(folder, ...owned, '--out', '/dev/stdout');
    expect([rows.code, rows.out.trim().split('\r\n').length]).toEqual([0, 3]);
    expect(rows.error).toMatch(/2 rows written to \/dev\/stdout/);
  });

  it('answers in one JSON document when it fails, too', async () => {
    const folder = folderWith({ 'a.badge.json': badgeText(FAR) });
    const asked: [number, string[]][] = [
      [2, ['issue', '--json']],
      [1, ['issue', '--badge', 'none', '--customers', 'none', '--action', 'enrol', '--json']],
      [1, ['simulate', 'none.scenario.json', '--json']],
      [1, ['why', 'none.scenario.json', '--customer', '1', '--json']],
      [1, ['goal', 'none.scenario.json', '--serve', '1', '--knob', 'x', '--json']],
      [1, ['gateway', '--faults', 'none', '--json']],
    ];
    for (const [code, args] of asked) {
      const end = await askInProcess(folder, ...args);
      expect([end.code, JSON.parse(end.out)], args.join(' ')).toMatchObject([code, { ok: false, exitCode: code }]);
      expect(end.error).not.toBe('');
    }
  });

  it('exits 1 where nobody got anything', async () => {
    const folder = folderWith({ 'a.badge.json': badgeText(FAR), 'c.csv': 'customer_id\nx\ny\n' });
    const call = ['issue', '--badge', 'a.badge.json', '--customers', 'c.csv', '--action', 'award', '--at', AT];
    const end = await askInProcess(folder, ...call, '--owner', 'Loyalty:626');
    expect([end.code, end.out]).toEqual([1, expect.stringContaining('0 of 2')]);
  });

  it('refuses a file of customers as a workspace and puts nothing beside it', async () => {
    const folder = folderWith({ 'a.badge.json': badgeText(FAR), 'c.csv': '1\n' });
    const call = ['issue', '--badge', 'a.badge.json', '--customers', 'c.csv', '--action', 'award'];
    const end = await askInProcess(folder, ...call, '--owner', 'Loyalty:626', '--workspace', 'c.csv');
    expect([end.code, end.error]).toEqual([1, expect.stringMatching(/c\.csv.*not a Laurel workspace/)]);
    expect(readdirSync(folder).sort()).toEqual(['a.badge.json', 'c.csv']);
  });

  it('names what is no list of customers, and awards nobody by half a number', async () => {
    const folder = folderWith({
      'a.badge.json': badgeText(FAR),
      'page.csv': '<!doctype html>\n<p>5</p>\n',
      'guess.csv': 'Bestellung;Anzahl;Punkte\n1;88001;100\n2;88002;250\n',
      'long.csv': `1,${'x'.repeat(1_100_000)}\n7,a\n`,
    });
    const issue = (file: string) =>
      askInProcess(
        folder,
        ...['issue', '--badge', 'a.badge.json', '--customers', file, '--action', 'award', '--at', AT],
        ...['--owner', 'Loyalty:626', '--json'],
      );
    const page = await issue('page.csv');
    expect([page.code, page.error]).toEqual([1, expect.stringMatching(/is a web page/)]);
    const guess = await issue('guess.csv');
    expect([guess.code, guess.error]).toEqual([
      1,
      expect.stringMatching(/no heading says which column holds the customers/),
    ]);
    const long = await issue('long.csv');
    expect([long.code, JSON.parse(long.out)]).toMatchObject([
      0,
      { total: 2, succeeded: 1, outcomes: [{}, { outcome: 'too-long' }] },
    ]);
  });
});
