import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { asTable, drawnTransactions, type DrawnSegment } from '../simulation/learning/drawn-transactions';
import { orgFileOf } from '../../db/kinds';
import { openWorkspace, type Workspace } from '../../db/workspace/workspace';
import { instantOf } from '../../shared/domain/instant';
import { writeTable } from '../../electron/backend/files/written-table';
import { savedTable } from '../../electron/backend/simulation/saved-table';
import { OWNER } from '../domain/badge-bodies';
import { badgeBody } from '../simulation/scenarios';
import { createLive, CREDENTIALS, startOrg, type TestOrg } from '../backend/sync/practice-org';
import { askInProcess } from './command-line';

const [FROM, TO] = ['2026-01-05T00:00:00Z', '2026-04-06T00:00:00Z'];
const segment = (name: string, size: number, perWeek: number, mean = 40): DrawnSegment => ({
  ...{ name, size, activity: { perWeek, dispersion: 0.5, amount: { mean, spread: 0.5 } } },
});
const FORECAST = [segment('all', 2000, 1.2)];

/** A scenario in which every event is an award, and what really came of customers that are drawn otherwise. */
function folderWith(real: readonly DrawnSegment[], seed = 91): string {
  const folder = temporaryFolder();
  const scenario = {
    ...{ schema: 'laurel/scenario@1', name: 'Spring', seed: 3, from: FROM, to: TO, replications: 30 },
    badges: [
      { key: 'any', badge: badgeBody({ startOnISO: FROM, expiresOnISO: TO }), owner: OWNER, trigger: { every: 1 } },
    ],
    customers: { segments: FORECAST },
  };
  writeFileSync(path.join(folder, 's.scenario.json'), JSON.stringify(scenario));
  writeFileSync(path.join(folder, 'awards.csv'), asTable(drawnTransactions(seed, FROM, TO, real)));
  return folder;
}

interface UpliftOf {
  value: number;
  low: number;
  high: number;
  reached: number;
  control: number;
}

interface Card {
  place: string;
  since: string | null;
  weeksOut: number;
  runs: number;
  knownDays: number;
  weeks: { from: string; to: string; actual: number; p10: number; p90: number; total: { actual: number } }[];
  causes: { code: string; ratio: number; month?: string }[];
  uplift: UpliftOf | null;
  upliftOfAmounts: UpliftOf | null;
  compared: { from: string | null; to: string | null; reached: number; control: number; unknown: object[] } | null;
}

async function ask(folder: string, ...args: string[]): Promise<{ code: number; card: Card; error: string }> {
  const end = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', ...args, '--json');
  return { code: end.code ?? -1, card: JSON.parse(end.out) as Card, error: end.error };
}

test('a file none of whose rows lies in the period is no answer', async () => {
  const folder = folderWith(FORECAST);
  writeFileSync(
    path.join(folder, 'later.csv'),
    'customer,time\n1,2030-01-05T10:00:00Z\n2,2030-01-06T10:00:00Z\n0,2030-01-06T10:00:00Z\n',
  );
  const said = await askInProcess(folder, 'scorecard', 's.scenario.json', 'later.csv');
  expect([said.code, said.out]).toEqual([1, '']);
  expect(said.error).toMatch(
    /None of the 2 readable rows of later\.csv lies in the scenario’s period, 2026-01-05 to 2026-04-05.* 1 more row cannot be read\./,
  );
});

test('dates that name no zone are read in the zone that is said, and weeks are those of the scenario', async () => {
  const folder = folderWith(FORECAST);
  const sunday = Array.from({ length: 50 }, (_, index) => `${String(index + 1)},2026-01-11 22:00`);
  writeFileSync(path.join(folder, 'awards.csv'), `customerId,date\n${sunday.join('\n')}\n60,2026-01-20 12:00\n`);
  const weeks = async (zone: string): Promise<number[]> =>
    (await ask(folder, '--zone', zone)).card.weeks.map(({ actual }) => actual).slice(0, 2);
  expect(await weeks('UTC')).toEqual([50, 0]);
  // A Sunday evening there is Monday here.
  expect(await weeks('America/New_York')).toEqual([0, 50]);
});

test('a file with no row, or none that can be read, is told as that', async () => {
  const folder = folderWith(FORECAST);
  const said = async (text: string, ...more: string[]) => {
    writeFileSync(path.join(folder, 'odd.csv'), text);
    const end = await askInProcess(folder, 'scorecard', 's.scenario.json', 'odd.csv', ...more);
    expect([end.code, end.out]).toEqual([1, '']);
    return end.error;
  };
  expect(await said('customer,date\n')).toContain('odd.csv has a heading and no row: nothing can be held');
  // That all awards up to a day are in it makes no file of it either.
  expect(await said('customer,date\n', '--until', '2026-02-01')).toContain('odd.csv has a heading and no row');
  const unread = 'customer,date\n1,2026-99-05T10:00:00Z\nx y,2026-99-06T10:00:00Z\n';
  const options = ['--column', 'customer=customer', '--column', 'at=date', '--date-format', 'iso'];
  expect(await said(unread, ...options)).toMatch(/None of the 2 rows of odd\.csv can be read.* Line 2: /s);
  const sales = ['scorecard', 's.scenario.json', 'awards.csv', '--sales', 'odd.csv'];
  writeFileSync(path.join(folder, 'odd.csv'), 'customer,date\n');
  expect((await askInProcess(folder, ...sales)).error).toContain('odd.csv has a heading and no row');
});

test('customers as forecast are in band; weeks are whole ones up to the last day that is known', async () => {
  const folder = folderWith(FORECAST);
  const { code, card } = await ask(folder);
  expect([code, card.place, card.since, card.causes, card.runs]).toEqual([0, 'in', null, [], 30]);
  expect(card.weeks).toHaveLength(13);
  expect(card.weeks[0]).toMatchObject({ from: '2026-01-05', to: '2026-01-11' });
  const awards = readFileSync(path.join(folder, 'awards.csv'), 'utf8').trim().split('\n').length - 1;
  expect(card.weeks.at(-1)!.total.actual).toBe(awards);
  const { card: early } = await ask(folder, '--until', '2026-02-04');
  expect([early.weeks.length, early.knownDays]).toEqual([4, 31]);
  const said = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', '--out', 'weeks.csv');
  expect(said.out).toMatch(/^In band: /);
  expect(readFileSync(path.join(folder, 'weeks.csv'), 'utf8').split('\n')).toHaveLength(15);
});

test('customers who come less often: out since when, and purchases tell that it is the rate', async () => {
  const folder = folderWith([segment('all', 2000, 0.9)]);
  const { code, card } = await ask(folder);
  expect([code, card.place, card.since]).toEqual([1, 'below', '2026-01-05']);
  expect(card.causes).toMatchObject([{ code: 'even' }]);
  const { card: told } = await ask(folder, '--sales', 'awards.csv');
  expect(told.causes.map(({ code: cause }) => cause)).toEqual(['rate']);
  expect(told.causes[0]!.ratio).toBeCloseTo(0.75, 1);
  const few = await askInProcess(
    ...([folder, 'scorecard', 's.scenario.json', 'awards.csv', '--sales', 'awards.csv'] as [string, ...string[]]),
    ...['--size', '10'],
  );
  expect([few.code, few.out]).toEqual([1, '']);
  expect(few.error).toMatch(/[\d,]+ customers of the file bought something, and 10 is said to be all of them/);
  const said = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', '--sales', 'awards.csv');
  expect(said.out).toContain('less often than the scenario says');
  expect(said.out).toContain('laurel learn awards.csv');
  // As it was read: with its columns, and in quotes where a shell would take it for more than one word.
  const table = readFileSync(path.join(folder, 'awards.csv'), 'utf8').replace(
    'customerId,date,amount',
    'who,when,was paid',
  );
  writeFileSync(path.join(folder, 'our sales.csv'), table);
  const named = ['customer=who', 'at=when', 'amount=was paid'].flatMap((column) => ['--sales-column', column]);
  const other = await askInProcess(
    ...([folder, 'scorecard', 's.scenario.json', 'awards.csv', '--sales', 'our sales.csv'] as [string, ...string[]]),
    ...[...named, '--decimal', '.'],
  );
  expect(other.out.replaceAll('"', "'")).toContain(
    "laurel learn 'our sales.csv' --column customer=who --column at=when --column 'amount=was paid' --decimal . --out",
  );
});

test('weeks as forecast, and off alike from one on: something changed there, and it is no season of the months before', async () => {
  const folder = folderWith(FORECAST);
  const drawn = drawnTransactions(91, FROM, TO, FORECAST);
  const came = drawn.filter(({ at }, row) => at < '2026-02-16' || row % 3 > 0);
  writeFileSync(path.join(folder, 'awards.csv'), asTable(came));
  const { card } = await ask(folder);
  expect(card.causes).toMatchObject([{ code: 'since', from: '2026-02-16' }]);
  expect(card.causes[0]!.ratio).toBeCloseTo(2 / 3, 1);
  const { out } = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv');
  expect(out).toMatch(/since the week of 2026-02-16 they are 3\d[.\d]*% below, alike: something changed there/);
  const again = async (): Promise<string> =>
    (await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', '--sales', 'awards.csv')).out;
  expect(await again()).toContain('laurel learn awards.csv --from 2026-02-16 --out next.scenario.json');
  const learn = ['learn', 'awards.csv', '--from', '2026-02-16', '--out', 'next.scenario.json'];
  expect((await askInProcess(folder, ...(learn as [string, ...string[]]))).out).toContain('from 2026-02-16 to before');
  // Days are those of the scenario's zone.
  const file = path.join(folder, 's.scenario.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"seed":3', '"seed":3,"timeZone":"Europe/Berlin"'));
  expect(await again()).toMatch(/laurel learn awards\.csv --from 2026-02-\d\d --zone Europe\/Berlin --out/);
});

test('a month that is not as the others is a season', async () => {
  const busy = {
    name: 'all',
    size: 2000,
    activity: { perWeek: 1.2, dispersion: 0.5, season: [1, 1.6, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
  };
  const { card } = await ask(folderWith([busy]));
  expect(card.causes).toMatchObject([{ code: 'season', month: '2026-02' }]);
});

test('a group that was kept out gives the uplift, as a value of a column and as a file of its own', async () => {
  const folder = folderWith(FORECAST);
  const rows = drawnTransactions(5, FROM, TO, [
    segment('reached', 2000, 1.2 * 1.2, 44),
    segment('kept out', 1000, 1.2),
  ]);
  writeFileSync(path.join(folder, 'sales.csv'), asTable(rows));
  const { card } = await ask(
    folder,
    '--sales',
    'sales.csv',
    '--control-segment',
    'kept out',
    '--control-size',
    '1000',
    '--size',
    '2000',
  );
  expect(card.uplift!.low).toBeLessThan(0.2);
  expect(card.uplift!.high).toBeGreaterThan(0.2);
  expect(card.uplift!.low).toBeGreaterThan(0.05);
  // A fifth more often, and a tenth dearer.
  const { low, high, reached, control } = card.upliftOfAmounts!;
  expect([low < 0.32, high > 0.32, low > 0.15]).toEqual([true, true, true]);
  const spentBy = (name: string): number =>
    rows.reduce((sum, { segment: group, amount }) => sum + (group === name ? amount : 0), 0);
  expect(reached).toBeCloseTo(spentBy('reached') / 2000, 2);
  expect(control).toBeCloseTo(spentBy('kept out') / 1000, 2);
  const of = (name: string): string => asTable(rows.filter(({ segment: group }) => group === name));
  writeFileSync(path.join(folder, 'reached.csv'), of('reached'));
  writeFileSync(path.join(folder, 'kept.csv'), of('kept out'));
  const apart = await ask(
    folder,
    '--sales',
    'reached.csv',
    '--control',
    'kept.csv',
    '--control-size',
    '1000',
    '--size',
    '2000',
  );
  expect(apart.card.uplift).toEqual(card.uplift);
  expect(apart.card.upliftOfAmounts).toEqual(card.upliftOfAmounts);
  const said = await askInProcess(
    ...([folder, 'scorecard', 's.scenario.json', 'awards.csv', '--sales', 'sales.csv'] as [string, ...string[]]),
    ...['--control-segment', 'kept out', '--control-size', '1000', '--size', '2000'],
  );
  expect(said.out).toMatch(/In money they spent \d+(\.\d)?% more/);
  // Whoever brings back what they bought has spent nothing, and bought all the same.
  const back = rows.flatMap((row) => (row.segment === 'reached' ? [row, { ...row, amount: -row.amount }] : [row]));
  writeFileSync(path.join(folder, 'returned.csv'), asTable(back));
  const returned = [
    '--sales',
    'returned.csv',
    '--control-segment',
    'kept out',
    '--control-size',
    '1000',
    '--size',
    '2000',
  ];
  const none = await ask(folder, ...returned);
  expect([none.card.upliftOfAmounts, none.card.uplift === null]).toEqual([null, false]);
  const wrong = await askInProcess(
    ...([folder, 'scorecard', 's.scenario.json', 'awards.csv', '--sales', 'sales.csv'] as [string, ...string[]]),
    ...['--control-segment', 'nobody', '--control-size', '1000', '--size', '2000'],
  );
  expect([wrong.code, wrong.out]).toEqual([1, '']);
  expect(wrong.error).toContain('It has “reached”, “kept out”');
});

test('a result needs its scenario, and must be that of it', async () => {
  const folder = folderWith(FORECAST);
  const made = await askInProcess(folder, 'simulate', 's.scenario.json', '--json');
  writeFileSync(path.join(folder, 'r.json'), made.out);
  const alone = await askInProcess(folder, 'scorecard', 'r.json', 'awards.csv');
  expect([alone.code, alone.out]).toEqual([2, '']);
  expect(alone.error).toContain('--scenario');
  const withIt = await askInProcess(folder, 'scorecard', 'r.json', 'awards.csv', '--scenario', 's.scenario.json');
  expect(withIt.code).toBe(0);
  writeFileSync(path.join(folder, 'r.json'), made.out.replace(/"awarded": (\d)/, '"awarded": 9$1'));
  const other = await askInProcess(folder, 'scorecard', 'r.json', 'awards.csv', '--scenario', 's.scenario.json');
  expect([other.code, other.out]).toEqual([1, '']);
  expect(other.error).toContain('its first run gives other numbers');
});

test('what cannot be asked is said, and nothing is run', async () => {
  const folder = folderWith(FORECAST);
  for (const [args, said] of [
    [['--badge', 'none'], 'no badge none'],
    [['--badge', 'any=x'], 'belongs to --badge-column'],
    [['--until', 'soon'], '--until must be a day'],
    [['--now', '2026-01-28T12:00:00Z'], 'belong to --org'],
    [['--until', '2026-02-30'], '--until must be a day'],
    [['--until', '2020-01-01'], 'before the scenario begins'],
    [['--control', 'awards.csv', '--control-size', '5'], '--sales'],
    [['--sales', 'awards.csv', '--control', 'awards.csv'], '--control-size'],
  ] as const) {
    const end = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', ...args);
    expect([args.join(' '), end.code, end.out]).toEqual([args.join(' '), 2, '']);
    expect(end.error).toContain(said);
  }
});

/** An org over HTTP with a badge of a weekly window, and these awards in it. */
async function orgWith(rows: readonly { customer: number; at: string }[]): Promise<TestOrg> {
  const org = await startOrg();
  onTestFinished(() => org.stop());
  vi.stubEnv('LAUREL_ORG_USER', CREDENTIALS.user);
  vi.stubEnv('LAUREL_ORG_PASSWORD', CREDENTIALS.password);
  const window = { constraintType: 'BADGE_FIXED_WINDOW', durationType: 'WEEKS', maxEarnLimit: 100_000 };
  const { name } = badgeBody({}) as { name: string };
  const badgeMetaId = createLive(org, {
    ...{ name, startOnISO: FROM, expiresOnISO: '2027-12-01T00:00:00Z', badgeConstraints: [window] },
  });
  const body = rows.map(({ customer, at }) => ({
    ...{ badgeMetaId, customerId: customer, earnEventDate: at, earnExpiresOn: '2027-12-01T00:00:00Z' },
  }));
  for (let from = 0; from < body.length; from += 500) {
    const { status, body: said } = org.call('POST', 'import/customerBadges', body.slice(from, from + 500));
    expect([status, (said as { data: unknown }[]).filter(({ data }) => data === null)]).toEqual([200, []]);
  }
  return org;
}

test('an org is asked what it counts: alone, beside the file, and where they disagree', async () => {
  const folder = folderWith(FORECAST);
  const readOn = '2026-01-28T12:00:00Z';
  const rows = drawnTransactions(91, FROM, TO, FORECAST).filter(({ at }) => at < readOn);
  const org = await orgWith(rows);
  const of = ['--org', org.url, '--now', readOn];
  const alone = await askInProcess(folder, 'scorecard', 's.scenario.json', ...of, '--json');
  const card = JSON.parse(alone.out) as { awards: null; place: null; org: Record<string, unknown> };
  expect([alone.code, card.awards, card.place]).toEqual([0, null, null]);
  expect(card.org).toMatchObject({
    ...{ name: new URL(org.url).host, found: true, readOn, awards: rows.length, unjudged: null, file: null },
    total: { actual: rows.length, place: 'in' },
  });
  const cycles = card.org['cycles'] as { from: string; to: string; open: boolean; actual: number; p50: number }[];
  expect(cycles.map(({ from, to, open }) => [from, to, open])).toEqual([
    ['2026-01-05', '2026-01-11', false],
    ['2026-01-12', '2026-01-18', false],
    ['2026-01-19', '2026-01-25', false],
    ['2026-01-26', '2026-01-28', true],
  ]);
  expect(cycles[0]!.actual).toBe(rows.filter(({ at }) => at < '2026-01-12').length);
  // The file goes on past the count, and agrees with it.
  const both = await ask(folder, ...of);
  expect([both.code, both.card.place]).toEqual([0, 'in']);
  expect((both.card as unknown as { org: object }).org).toMatchObject({
    ...{ file: { awards: rows.length, differs: false }, cycles: [{ file: cycles[0]!.actual }, {}, {}, { file: null }] },
  });
  // A day of the file is lost.
  const lost = rows.filter(({ at }) => !at.startsWith('2026-01-14'));
  writeFileSync(path.join(folder, 'awards.csv'), asTable(lost));
  const said = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', ...of, '--until', '2026-01-28');
  expect(said.code).toBe(1);
  expect(said.out).toContain(`${lost.length.toLocaleString('en')} awards are in the file until then`);
  expect(said.out).toContain('first from 2026-01-12 to 2026-01-18');
  writeFileSync(
    path.join(folder, 'other.scenario.json'),
    readFileSync(path.join(folder, 's.scenario.json'), 'utf8').replace('"Test badge"', '"Another"'),
  );
  const other = await askInProcess(folder, 'scorecard', 'other.scenario.json', ...of);
  expect([other.code, other.out]).toEqual([1, expect.stringContaining('has no badge of this name')]);
});

test('a file of several badges is held against each: told by key, name, id in the org, or as it is said', async () => {
  const folder = folderWith(FORECAST);
  const scenario = JSON.parse(readFileSync(path.join(folder, 's.scenario.json'), 'utf8')) as {
    badges: { key: string; badge: object }[];
  };
  const [any] = scenario.badges;
  const other = (key: string, name: string) => ({ ...any!, key, badge: { ...any!.badge, name } });
  scenario.badges = [any!, other('second', 'The second'), other('third', 'The third')];
  writeFileSync(path.join(folder, 's.scenario.json'), JSON.stringify(scenario));
  const rows = (seed: number, perWeek: number) => drawnTransactions(seed, FROM, TO, [segment('all', 2000, perWeek)]);
  const [first, second] = [rows(91, 1.2), rows(92, 0.9)];
  const line = (badge: string) => (row: { customer: number; at: string }) =>
    `${String(row.customer)},${row.at},${badge}`;
  const ghost = '7,2026-01-09T00:00:00Z,Ghost';
  const table = (...names: [string, string]): string =>
    ['customer,at,what', ...first.map(line(names[0])), ...second.map(line(names[1])), ghost, ''].join('\n');
  writeFileSync(path.join(folder, 'awards.csv'), table('ANY', 'The second'));
  const both = await ask(folder, '--badge-column', 'what');
  const { badges, unmatched } = both.card as unknown as { badges: (Card & { badge: string })[]; unmatched: object[] };
  expect(both.code).toBe(1);
  expect(badges.map(({ badge, place }) => [badge, place])).toEqual([
    ['any', 'in'],
    ['second', 'below'],
    // Nobody got it, and the file goes on to the end: that is known of it, too.
    ['third', 'below'],
  ]);
  expect(badges.map(({ weeks }) => weeks.at(-1)!.total.actual)).toEqual([first.length, second.length, 0]);
  expect(unmatched).toEqual([{ value: 'Ghost', awards: 1 }]);
  // The same as of a file of its own.
  writeFileSync(
    path.join(folder, 'own.csv'),
    ['customer,at', ...first.map(line('x')), ''].join('\n').replaceAll(',x', ''),
  );
  const own = await askInProcess(folder, 'scorecard', 's.scenario.json', 'own.csv', '--badge', 'any', '--json');
  const { schema: _, scenario: __, awards: ___, ...alone } = JSON.parse(own.out) as Record<string, unknown>;
  expect(badges[0]).toMatchObject(alone);

  writeFileSync(path.join(folder, 'awards.csv'), table('any', 'B-77'));
  const said = ['--badge-column', 'what', '--badge', 'any', '--badge', 'second', '--badge', 'second=B-77'];
  const words = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', ...said, '--out', 'w.csv');
  expect(words.out).toMatch(/^any \(Test badge\)\nIn band: [^]*\nsecond \(The second\)\nBelow the band/);
  expect(words.error).toContain('of no badge of the scenario: “Ghost” (1)');
  expect(readFileSync(path.join(folder, 'w.csv'), 'utf8').split('\n')[14]).toMatch(/^The second,2026-01-05,/);

  const early = first.filter(({ at }) => at < '2026-01-20');
  const org = await orgWith(early);
  const listed = org.call('GET', 'badgeMeta').body as { data: { metaBasicDetails: { id: string }[] } };
  const { id } = listed.data.metaBasicDetails[0]!;
  writeFileSync(path.join(folder, 'awards.csv'), table(id, 'The second'));
  const of = ['--org', org.url, '--now', '2026-01-20T00:00:00Z'];
  const asked = await ask(folder, '--badge-column', 'what', ...of);
  expect((asked.card as unknown as { badges: object[] }).badges).toMatchObject([
    { place: 'in', org: { found: true, awards: early.length, file: { awards: early.length, differs: false } } },
    { place: 'below', org: { found: false } },
    { org: { found: false } },
  ]);
  // A file of other badges does not say that nobody got these.
  writeFileSync(path.join(folder, 'others.csv'), 'customer,at,what\n1,2026-01-09T00:00:00Z,Ghost\n');
  const others = ['scorecard', 's.scenario.json', 'others.csv', '--badge-column', 'what'];
  const none = await askInProcess(folder, ...others);
  expect([none.code, none.out]).toEqual([1, '']);
  expect(none.error).toMatch(/^No award of the file is of a badge that is judged.*“Ghost” \(1\)/);
  const document = await askInProcess(folder, ...others, '--json');
  expect(JSON.parse(document.out)).toMatchObject({ badges: [{ place: null, weeks: [] }, {}, {}] });
  const wrong = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', '--badge-column', 'badge');
  expect([wrong.code, wrong.out]).toEqual([1, '']);
  expect(wrong.error).toContain('has no column “badge”');
});

test('badges are told apart in Parquet as in text', async () => {
  const folder = folderWith(FORECAST);
  const rows = drawnTransactions(91, FROM, TO, FORECAST);
  const file = { path: path.join(folder, 'awards.parquet'), name: 'awards.parquet' };
  const { portions, ...table } = savedTable({
    columns: ['customer', 'at', 'what'],
    rows: rows.map(({ customer, at }, row) => [customer, at, row % 3 === 0 ? 'b' : 'any']),
  });
  await writeTable(file, table, portions, { signal: new AbortController().signal });
  const end = await askInProcess(
    ...([folder, 'scorecard', 's.scenario.json', 'awards.parquet'] as [string, ...string[]]),
    ...['--badge-column', 'what', '--json'],
  );
  const { badges, unmatched } = JSON.parse(end.out) as { badges: Card[]; unmatched: object[] };
  const others = Math.ceil(rows.length / 3);
  expect([badges[0]!.weeks.at(-1)!.total.actual, unmatched]).toEqual([
    rows.length - others,
    [{ value: 'b', awards: others }],
  ]);
});

/** A workspace, open as a window has it, that knows the org as Acme. */
async function workspaceOf(folder: string, org: TestOrg): Promise<{ workspace: Workspace; key: number }> {
  const file = path.join(folder, 'w.laurel');
  copyFileSync(path.resolve('test/fixtures/databases/v0002-org.sqlite'), orgFileOf(file));
  const workspace = await openWorkspace(file, 'window');
  const { key } = workspace.connections.add({
    ...{ name: 'Acme', baseUrl: org.url, kind: 'practice', timeZone: 'UTC', chunkSize: 500, parallel: 4 },
    ...{ perSecond: 1_000, auth: 'basic', account: '', secretId: '0a1b' },
  });
  return { workspace, key };
}

interface OrgCard {
  awards: number;
  total: { place: string };
  history: {
    from: string;
    place: string;
    since: string | null;
    inBefore: string | null;
    spans: number;
    spansOut: number;
    cause: { code: string; from: string } | null;
    counts: { day: string; awards: number; span: { actual: number; place: string } | null; total: { place: string } }[];
  } | null;
  namesake: unknown;
  fell: { before: { awards: number }; after: { awards: number } } | null;
}

test('asked every Monday with a workspace, an org’s counts say since when it is out of the band, without a file', async () => {
  const folder = folderWith(FORECAST);
  const mondays = ['2026-01-12', '2026-01-19', '2026-01-26', '2026-02-02', '2026-02-09'].map(
    (day) => `${day}T06:00:00Z`,
  );
  const drawn = drawnTransactions(91, FROM, TO, FORECAST);
  // From the third week on two of three awards do not come.
  const came = drawn.filter(({ at }, row) => at < mondays[1]! || row % 3 === 0);
  const org = await orgWith([]);
  const { id: badgeMetaId } = (org.call('GET', 'badgeMeta').body as { data: { metaBasicDetails: { id: string }[] } })
    .data.metaBasicDetails[0]!;
  (await workspaceOf(folder, org)).workspace.close();
  let given = 0;
  const until = (at: string): number => came.filter((row) => row.at < at).length;
  const award = (at: string): void => {
    const rows = came.slice(given, until(at));
    given += rows.length;
    for (let from = 0; from < rows.length; from += 500)
      org.call(
        'POST',
        'import/customerBadges',
        rows.slice(from, from + 500).map((row) => ({
          ...{ badgeMetaId, customerId: row.customer, earnEventDate: row.at, earnExpiresOn: '2027-12-01T00:00:00Z' },
        })),
      );
  };
  const of = (now: string, ...more: string[]) => [
    ...['scorecard', 's.scenario.json', '--org', 'Acme', '--workspace', 'w.laurel', '--now', now, ...more],
  ];
  const cards: OrgCard[] = [];
  const codes: (number | null)[] = [];
  for (const monday of mondays) {
    award(monday);
    const end = await askInProcess(folder, ...of(monday, '--json'));
    expect(end.error).toBe('');
    codes.push(end.code);
    cards.push((JSON.parse(end.out) as { org: OrgCard }).org);
  }
  expect(codes).toEqual([0, 0, 1, 1, 1]);
  expect(cards.map(({ total: { place } }) => place)).toEqual(['in', 'in', 'below', 'below', 'below']);
  const { history, namesake, fell } = cards.at(-1)!;
  expect(history).toMatchObject({
    ...{ from: '2026-01-05T00:00:00Z', place: 'below', since: '2026-01-26', inBefore: '2026-01-19' },
    ...{ spans: 5, spansOut: 3, cause: { code: 'since', from: '2026-01-19' } },
  });
  expect(history!.counts.map(({ day, awards, span }) => [day, awards, span?.actual, span?.place])).toEqual(
    mondays.map((monday, week) => [
      ...[monday.slice(0, 10), until(monday), until(monday) - (week === 0 ? 0 : until(mondays[week - 1]!))],
      week < 2 ? 'in' : 'below',
    ]),
  );
  expect([namesake, fell]).toEqual([null, null]);
  // In words, and as a table; a second time on one day is the same count.
  const said = await askInProcess(folder, ...of(mondays.at(-1)!, '--out', 'counts.csv'));
  expect(said.out).toContain('Out of it since the count of 2026-01-26; by that of 2026-01-19 it was in.');
  expect(said.out).toContain('3 of 5 stretches from one count of it to the next are out of the band of their own');
  expect(said.out).toMatch(
    /Until the count of 2026-01-19 all came as forecast, and since then 6\d[.\d]*% fewer, alike/,
  );
  const lines = readFileSync(path.join(folder, 'counts.csv'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(6);
  expect(lines[3]).toMatch(/^2026-01-26T06:00:00Z,\d+,\d+,.*,below,/);
  // An org that was put back counts fewer.
  const { counts, connections, close } = await openWorkspace(path.join(folder, 'w.laurel'));
  counts.note(connections.list()[0]!.key, instantOf('2026-02-05T00:00:00Z'), [
    { remoteId: badgeMetaId, name: 'Test badge', awards: 999_999 },
  ]);
  close();
  const put = await askInProcess(folder, ...of(mondays.at(-1)!));
  expect(put.out).toMatch(
    /Acme counted 999,999 awards on 2026-02-05 and [\d,]+ on 2026-02-09\. A count .* cannot fall/,
  );
  // Without a workspace nothing is kept: there is one count, that of now.
  const alone = await askInProcess(
    folder,
    'scorecard',
    's.scenario.json',
    '--org',
    org.url,
    '--now',
    mondays.at(-1)!,
    '--json',
  );
  expect((JSON.parse(alone.out) as { org: OrgCard }).org.history?.counts).toHaveLength(1);
});

test('where a window has the workspace open, what it keeps is judged, and what the org says is not kept', async () => {
  const folder = folderWith(FORECAST);
  const org = await orgWith([]);
  const { id } = (org.call('GET', 'badgeMeta').body as { data: { metaBasicDetails: { id: string }[] } }).data
    .metaBasicDetails[0]!;
  const { workspace, key } = await workspaceOf(folder, org);
  workspace.counts.note(key, instantOf('2026-01-12T06:00:00Z'), [{ remoteId: id, name: 'Test badge', awards: 0 }]);
  const of = ['--org', 'Acme', '--workspace', 'w.laurel', '--now', '2026-01-19T06:00:00Z', '--json'];
  const end = await askInProcess(folder, 'scorecard', 's.scenario.json', ...of);
  expect(end.error).toMatch(
    /already open in another Laurel window.*What Acme counts is judged, and not kept for later\./s,
  );
  expect((JSON.parse(end.out) as { org: OrgCard }).org.history?.counts.map(({ day }) => day)).toEqual([
    ...['2026-01-12', '2026-01-19'],
  ]);
  expect(workspace.counts.before(key, id, Number.MAX_SAFE_INTEGER)).toHaveLength(1);
  workspace.close();
});

test('files of different lengths are compared over the days that both know, and the answer says which', async () => {
  const folder = folderWith(FORECAST);
  const of = (name: string, seed: number, size: number, perWeek: number) =>
    drawnTransactions(seed, FROM, TO, [segment(name, size, perWeek)]);
  const [reached, kept] = [of('reached', 5, 2000, 1.2), of('kept', 6, 500, 1.2)];
  const write = (name: string, rows: typeof kept): void => writeFileSync(path.join(folder, name), asTable(rows));
  write('sales.csv', reached);
  const asked = async (rows: typeof kept, ...more: string[]) => {
    write('kept.csv', rows);
    const args = ['--sales', 'sales.csv', '--control', 'kept.csv', '--control-size', '500', '--size', '2000', ...more];
    const { card } = await ask(folder, ...args);
    const { out } = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', ...args);
    return { ...card, out };
  };
  const whole = await asked(kept);
  expect(whole.compared).toEqual({
    from: '2026-01-05',
    to: '2026-04-05',
    reached: 2000,
    control: 500,
    scenario: 2000,
    unknown: [],
  });
  expect(whole.out).toContain(
    'Counted are purchases from 2026-01-05 to 2026-04-05, over 2,000 customers who could get the badge and 500 kept out.',
  );
  const each = (rows: typeof kept, size: number, from: string, to: string): number =>
    rows.filter(({ at }) => at >= from && at < to).length / size;
  for (const [from, to, where] of [
    [FROM, '2026-02-02', 'after'],
    ['2026-02-02', TO, 'before'],
  ] as const) {
    const { uplift, upliftOfAmounts, compared, out } = await asked(kept.filter(({ at }) => at >= from && at < to));
    expect(uplift!.reached).toBeCloseTo(each(reached, 2000, from, to), 3);
    expect(uplift!.control).toBeCloseTo(each(kept, 500, from, to), 3);
    expect([uplift!.low < 0, uplift!.high > 0, upliftOfAmounts!.low < 0, upliftOfAmounts!.high > 0]).toEqual(
      new Array(4).fill(true),
    );
    expect(compared).toMatchObject({ unknown: [{ of: 'control', where }] });
    expect(out).toMatch(
      where === 'after'
        ? /kept out have no purchase after 2026-02-01, where about [\d,]+ more would be expected/
        : /kept out have no purchase before 2026-02-02, where about [\d,]+ would be expected/,
    );
  }
  // The other file ends sooner.
  write(
    'sales.csv',
    reached.filter(({ at }) => at < '2026-02-02'),
  );
  const sooner = await asked(kept);
  expect(sooner.compared).toMatchObject({ to: '2026-02-01', unknown: [{ of: 'reached', where: 'after' }] });
  expect(sooner.uplift!.control).toBeCloseTo(each(kept, 500, FROM, '2026-02-02'), 3);
  // No day of both.
  const none = await asked(kept.filter(({ at }) => at >= '2026-03-02'));
  expect([none.uplift, none.compared]).toMatchObject([null, { from: null, to: null }]);
  expect(none.out).toContain('have no day in common');
  // Up to a day that is said.
  const until = await asked(kept, '--until', '2026-01-18');
  expect(until.compared).toMatchObject({ to: '2026-01-18', unknown: [] });
  expect(until.uplift!.reached).toBeCloseTo(each(reached, 2000, FROM, '2026-01-19'), 3);
  expect(until.uplift!.control).toBeCloseTo(each(kept, 500, FROM, '2026-01-19'), 3);
});

test('a few customers who bought nothing on the last days take no days away', async () => {
  const folder = folderWith(FORECAST);
  writeFileSync(
    path.join(folder, 'sales.csv'),
    asTable(drawnTransactions(5, FROM, TO, [segment('reached', 2000, 1.2)])),
  );
  const kept = drawnTransactions(6, FROM, TO, [segment('kept', 6, 0.5)]).filter(({ at }) => at < '2026-03-30');
  writeFileSync(path.join(folder, 'kept.csv'), asTable(kept));
  const control = ['--control', 'kept.csv', '--control-size', '6', '--size', '2000'];
  const { card } = await ask(folder, '--sales', 'sales.csv', ...control);
  expect(card.compared).toMatchObject({ from: '2026-01-05', to: '2026-04-05', unknown: [] });
  expect(card.uplift!.control).toBeCloseTo(kept.length / 6, 3);
});

test('purchases that begin later than the scenario are not taken for customers who buy less often', async () => {
  const folder = folderWith([segment('all', 2000, 0.9)]);
  const later = drawnTransactions(5, FROM, TO, FORECAST).filter(({ at }) => at >= '2026-02-16');
  writeFileSync(path.join(folder, 'sales.csv'), asTable(later));
  const { card } = await ask(folder, '--sales', 'sales.csv');
  expect(card.causes.map(({ code }) => code)).not.toContain('rate');
});

test('how many could get the badge is asked for where some were kept out: the scenario may have them or not', async () => {
  const folder = folderWith(FORECAST);
  const scenario = JSON.parse(readFileSync(path.join(folder, 's.scenario.json'), 'utf8')) as Record<string, unknown>;
  scenario['customers'] = { segments: [segment('all', 2500, 1.2)] };
  writeFileSync(path.join(folder, 's.scenario.json'), JSON.stringify(scenario));
  const rows = drawnTransactions(5, FROM, TO, [segment('reached', 2000, 1.2), segment('kept out', 500, 1.2)]);
  writeFileSync(path.join(folder, 'sales.csv'), asTable(rows));
  writeFileSync(path.join(folder, 'awards.csv'), asTable(rows.filter(({ segment: of }) => of === 'reached')));
  const args = ['--sales', 'sales.csv', '--control-segment', 'kept out', '--control-size', '500'];
  const without = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', ...args);
  expect([without.code, without.out]).toEqual([2, '']);
  expect(without.error).toContain(
    'The scenario has 2,500 customers: it is these if those kept out are none of them, and 2,000 if they are among them. Say it with --size N.',
  );
  const { card } = await ask(folder, ...args, '--size', '2000');
  expect([card.uplift!.low < 0, card.uplift!.high > 0]).toEqual([true, true]);
  expect(card.compared).toMatchObject({ reached: 2000, control: 500, scenario: 2500 });
  expect(card.causes.map(({ code }) => code)).not.toContain('rate');
  const { out } = await askInProcess(folder, 'scorecard', 's.scenario.json', 'awards.csv', ...args, '--size', '2000');
  expect(out).toContain('over 2,000 customers who could get the badge and 500 kept out.');
  expect(out).toContain('The forecast of awards is of the scenario’s 2,500 customers, and 2,000 could get the badge');
});
