import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { badgeBody } from '../domain/badge-bodies';
import { askInProcess } from './command-line';

const ask = async (cwd: string, ...args: string[]) => {
  const { code, out, error } = await askInProcess(cwd, 'badges', ...args, '--json');
  return { code, error, document: JSON.parse(out) as Record<string, unknown> };
};

it('takes badges out in every format and into another workspace, where they are the same; a second time they are here already', async () => {
  const cwd = temporaryFolder();
  writeFileSync(
    path.join(cwd, 'given.json'),
    JSON.stringify([badgeBody({ name: 'A' }), badgeBody({ name: 'B', badgeRank: 4 })]),
  );
  const first = await ask(cwd, 'import', 'given.json', '--workspace', 'one.laurel');
  expect([first.code, first.document['made']]).toEqual([0, 2]);
  for (const out of ['folder', 'list.json', 'book.xlsx', 'template.csv']) {
    const { code, document } = await ask(cwd, 'export', '--workspace', 'one.laurel', '--out', out);
    expect([out, code, document['badges']]).toEqual([out, 0, 2]);
    const files = out === 'folder' ? readdirSync(path.join(cwd, out)).map((name) => path.join(out, name)) : [out];
    const into = `${path.parse(out).name}.laurel`;
    // Durations of an award have no column there.
    const isTemplate = out === 'template.csv';
    const came = await ask(cwd, 'import', ...files, '--workspace', into);
    expect([out, came.code, came.document['made']]).toEqual([out, 0, 2]);
    const again = await ask(cwd, 'import', 'given.json', '--workspace', into, '--look');
    expect([out, again.document['same'], again.document['left']]).toEqual(isTemplate ? [out, 0, 2] : [out, 2, 0]);
  }
  const notes = readFileSync(path.join(cwd, 'template.csv.notes.txt'), 'utf8');
  expect(notes).toContain('How long an award lasts is not in it.\n  A\n  B');
  expect(readFileSync(path.join(cwd, 'template.csv'), 'utf8').split('\r\n')[0]).toBe(
    '\ufeffname,description,isActive,startOn,expiresOn,earnType,EarnexpiryType,EarnexpiryWithBadgeMeta,EarnBadgestype,restrictedToOwners,ConstraintType1 for Cx,ConstraintType2 for Cx,maxEarnLimit for Cx,rollForDays for Cx,maxEarnForDays for Cx,rollForWeeks for Cx,maxEarnForWeeks for Cx,rollForMonths for Cx,maxEarnForMonths for Cx,maxEarnLimit for badge,badge constraintType1,badge constraintType2,badge constraintType3,badge constraintType4,badge rolltype1,badge rollvalue1,badge max earn limit1,badge rolltype2,badge rollvalue2,badge max earn limit2,badge rolltype3,badge rollvalue3,badge max earn limit3,badge max earn limit4,earnType,benefitType1,benefitType2,benefitType3,points1,program ID1 for points,promotion ID1 for points,allocationStrategyId1 for points,expirationStrategyId1 for points,couponseriesId2,couponseriesId1,tag name 1,tag value 1,tag name 2,tag value 2,tag name 3,badgeRank,badgeGroupId,tag value 3',
  );
});

it('takes only named badges, leaves what differs unless told to change it, and says what was called wrongly', async () => {
  const cwd = temporaryFolder();
  const list = (rank: number): string =>
    JSON.stringify([badgeBody({ name: 'A', badgeRank: rank }), badgeBody({ name: 'B' })]);
  writeFileSync(path.join(cwd, 'one.json'), list(1));
  writeFileSync(path.join(cwd, 'two.json'), list(2));
  await ask(cwd, 'import', 'one.json', '--workspace', 'w.laurel');
  const left = await ask(cwd, 'import', 'two.json', '--workspace', 'w.laurel');
  expect([left.code, left.document['left'], left.document['differs']]).toEqual([
    1,
    1,
    [{ name: 'A', fields: ['Rank'], reason: null }],
  ]);
  const changed = await ask(cwd, 'import', 'two.json', '--workspace', 'w.laurel', '--differing', 'change');
  expect([changed.code, changed.document['changed']]).toEqual([0, 1]);
  await ask(cwd, 'export', '--workspace', 'w.laurel', '--out', 'a.json', '--badge', 'A');
  expect(JSON.parse(readFileSync(path.join(cwd, 'a.json'), 'utf8'))).toMatchObject([{ name: 'A', badgeRank: 2 }]);
  mkdirSync(path.join(cwd, 'd'));
  for (const [args, said] of [
    [['export', '--workspace', 'w.laurel', '--out', 'b.json', '--badge', 'Z'], 'No badge is called Z'],
    [['export', '--workspace', 'w.laurel', '--out', 'b.parquet'], 'Say which format'],
    [['export', '--workspace', 'w.laurel'], 'Say where to'],
    [['import', '--workspace', 'w.laurel'], 'Name files'],
    [['import', 'one.json', '--workspace', 'w.laurel', '--differing', 'both'], '--differing is leave or change'],
    [['move'], 'There is no badges move'],
  ] as const) {
    const { code, error } = await askInProcess(cwd, 'badges', ...args);
    expect([code, error]).toEqual([2, expect.stringContaining(said)]);
  }
  const over = await askInProcess(
    cwd,
    'badges',
    'export',
    '--workspace',
    'w.laurel',
    '--out',
    'w.laurel',
    '--format',
    'list',
  );
  expect(over.code).toBe(1);
  const gone = await askInProcess(cwd, 'badges', 'import', 'gone.json', '--workspace', 'new.laurel');
  expect([gone.code, existsSync(path.join(cwd, 'new.laurel'))]).toEqual([1, false]);
});

it('makes no sheet of a file that is no badge, and no call of a draft that does not parse', async () => {
  const cwd = temporaryFolder();
  const files = {
    empty: ['', 'no JSON'],
    html: ['<!doctype html><p>Sign in</p>', 'no JSON'],
    broken: ['{"name": "A",', 'no JSON'],
    merge: ['<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> theirs\n', 'mark of a merge'],
    list: ['[]', ''],
    plan: ['{"schema":"laurel/plan@1"}', 'laurel/plan@1'],
  } as const;
  writeFileSync(path.join(cwd, 'a.badge.json'), JSON.stringify(badgeBody({ name: 'A' })));
  for (const [name, [text, said]] of Object.entries(files)) {
    writeFileSync(path.join(cwd, `${name}.badge.json`), text);
    const end = await askInProcess(cwd, 'sheet', 'a.badge.json', `${name}.badge.json`, '--out', 'x.html');
    expect([name, end.code, end.error]).toEqual([name, 1, expect.stringContaining(said)]);
    expect(end.error).toContain(`${name}.badge.json: `);
  }
  expect(existsSync(path.join(cwd, 'x.html'))).toBe(false);
  await ask(cwd, 'import', 'broken.badge.json', 'a.badge.json', '--workspace', 'w.laurel');
  await askInProcess(cwd, 'sheet', '--workspace', 'w.laurel', '--out', 'both.html');
  expect(readFileSync(path.join(cwd, 'both.html'), 'utf8').match(/curl /g)).toHaveLength(1);
});

it('writes a sheet of a badge file and of badges of a workspace, and says what was called wrongly', async () => {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'a.badge.json'), JSON.stringify(badgeBody({ name: 'A' })));
  const list = JSON.stringify([badgeBody({ name: 'A' }), badgeBody({ name: 'B' })]);
  writeFileSync(path.join(cwd, 'list.json'), list);
  await ask(cwd, 'import', 'list.json', '--workspace', 'w.laurel');
  const one = await askInProcess(cwd, 'sheet', 'a.badge.json', '--out', 'a.html', '--language', 'de');
  expect([one.code, one.out]).toEqual([0, 'a.html was written.\n']);
  expect(readFileSync(path.join(cwd, 'a.html'), 'utf8')).toContain('<html lang="de">');
  const both = await askInProcess(cwd, 'sheet', '--workspace', 'w.laurel', '--out', 'both.html', '--json');
  expect(JSON.parse(both.out)).toMatchObject({ schema: 'laurel/sheet@1', badges: 2 });
  for (const [args, code, said] of [
    [['a.badge.json', '--out', 'a.txt'], 2, 'can be no sheet'],
    [['--out', 'a.html'], 2, 'Name a badge file'],
    [['gone.badge.json', '--out', 'x.html'], 1, 'gone.badge.json cannot be read'],
    [['a.badge.json', '--out', 'a.badge.json'], 2, 'can be no sheet'],
    [['Z', '--workspace', 'w.laurel', '--out', 'x.html'], 2, 'No badge is called Z'],
  ] as const) {
    const end = await askInProcess(cwd, 'sheet', ...args);
    expect([end.code, end.error]).toEqual([code, expect.stringContaining(said)]);
  }
});
