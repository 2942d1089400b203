/** Importing awards of the past, over HTTP into a real practice org (semantics M1, docs/decisions/0198). */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SyncTimes } from '../../../../electron/backend/sync/context';
import { instantOf, toIso, toIsoExact, type Instant } from '../../../../shared/domain/instant';
import { askInProcess } from '../../../cli/command-line';
import { lasting } from '../../../domain/badge-bodies';
import { laurel, type Laurel } from '../laurel';
import { createLive, startOrg, type TestOrg } from '../practice-org';
import { mulberry } from './survival';

let org: TestOrg;
let badges = 0;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(() => org.stop());

interface Place {
  here: Laurel;
  connectionId: number;
  remoteBadgeId: string;
}

async function place(connection: object = {}, times: Partial<SyncTimes> = {}): Promise<Place> {
  const here = await laurel({ times });
  const { id: connectionId } = await here.connect(org.url, { chunkSize: 50, ...connection });
  badges += 1;
  // Nobody claimed it, and each customer could have it once: an import asks for neither.
  const remoteBadgeId = createLive(org, { name: `Past ${String(badges)}`, earnedBadgeExpiry: lasting(30, 'DAYS') });
  return { here, connectionId, remoteBadgeId };
}

const DAY = 86_400_000_000;
const FIRST = instantOf('2021-03-01T10:15:00Z');
const END = instantOf('2031-01-01T00:00:00Z');
const day = (number: number): Instant => FIRST + number * DAY;

type Award = readonly [customer: number, eventDate: Instant, expiresOn?: Instant];

function table(here: Laurel, awards: readonly Award[], name = 'past.csv'): string {
  const lines = awards.map(([customer, at, end = END]) => `${String(customer)},${toIsoExact(at)},${toIsoExact(end)}`);
  return here.file(name, `customerId,earnEventDate,earnExpiresOn\n${lines.join('\n')}\n`);
}

/** Looks, starts, and waits until it ends, going on whenever it asks. */
async function run(at: Place, token: string, rest: { again?: boolean; choices?: object } = {}) {
  const { here, connectionId, remoteBadgeId } = at;
  const source = { connectionId, remoteBadgeId, token, ...rest };
  const look = await here.job('liveJobs.lookImport', source);
  const { id } = await here.call('liveJobs.import', { ...source, seen: look.seen });
  for (;;) {
    const view = await here.until(id);
    if (view.state !== 'paused') return { look, view };
    await here.call('liveJobs.resume', { id });
  }
}

/** What a customer holds, as `date expiry`, in order; revoked ones too. */
function held({ remoteBadgeId }: Place, customer: number): string[] {
  const stored = org.store.findBadge(remoteBadgeId);
  if (!stored) throw new Error('no badge');
  return org.store
    .awardHistory(stored, customer)
    .map(({ eventDate, expiresOn }) => `${toIso(eventDate, 'UTC')} ${toIso(expiresOn, 'UTC')}`)
    .sort();
}

const shown = (at: Instant, end = END): string => `${toIso(at, 'UTC')} ${toIso(end, 'UTC')}`;
const sent = (endpoint: string): number => org.activity.filter((entry) => entry.endpoint === endpoint).length;

/** As somebody else would. */
function byOthers({ remoteBadgeId }: Place, awards: readonly Award[]): void {
  const items = awards.map(([customerId, at, end = END]) => ({
    ...{ badgeMetaId: remoteBadgeId, customerId },
    ...{ earnEventDate: toIsoExact(at), earnExpiresOn: toIsoExact(end) },
  }));
  expect(org.call('POST', 'import/customerBadges', items).status).toBe(200);
}

describe('importing', () => {
  test('writes each award of the table, one customer several times, with dates and expiries as given', async () => {
    const at = await place();
    const awards = Array.from({ length: 130 }, (_, row): Award => [(row % 40) + 1, day(row), day(row + 400)]);
    const { look, view } = await run(at, table(at.here, awards));
    expect(look).toMatchObject({ total: 130, awards: 130, repeated: 0, leftOut: [], requests: 4 });
    // Of 20, 50, 50 and 10 rows, 40 customers in turn.
    expect(look.reads).toBe(20 + 40 + 40 + 10);
    expect(look.span).toEqual({ from: day(0), to: day(129) });
    expect(view).toMatchObject({ state: 'done', action: 'import', total: 130, done: 130, refused: 0 });
    for (let customer = 1; customer <= 40; customer += 1) {
      const own = awards.filter(([who]) => who === customer).map(([, from, to]) => shown(from, to));
      expect(held(at, customer)).toEqual(own.sort());
    }
    expect(sent('import')).toBe(4);
    const { rows } = await at.here.call('liveJobs.rows', { id: view.id, offset: 41, limit: 1 });
    const [row] = rows;
    expect(row).toMatchObject({ customer: '2', state: 'done', label: { key: 'live.rowImported' } });
    expect(row?.award).toEqual({ eventDate: day(41), expiresOn: day(441) });
    const record = org.store.findAward(row?.issuedId ?? '');
    expect([record?.customerId, record?.eventDate]).toEqual([2, day(41)]);
    const target = at.here.saveTarget('rows.csv');
    await at.here.job('liveJobs.export', { id: view.id, target: target.token });
    const [head, , second] = readFileSync(target.path, 'utf8').split(/\r?\n/);
    // Behind the mark that spreadsheets know UTF-8 by.
    expect(head?.slice(1)).toBe('row,customer,state,id,code,message,date,expiry');
    expect(second).toMatch(
      new RegExp(`^2,2,done,[0-9a-f]{24},,Imported,${toIsoExact(day(1))},${toIsoExact(day(401))}$`),
    );
    const { total } = await at.here.call('activity.list', { connectionId: at.connectionId, search: 'import' });
    expect(total).toBe(4);
  });

  test('leaves out what stands at the org or in an earlier row, and says so; what was revoked does not stand', async () => {
    const at = await place();
    byOthers(at, [
      [1, day(1)],
      [2, day(2)],
      [3, day(3), END + DAY],
    ]);
    const stored = org.store.findBadge(at.remoteBadgeId);
    const [revoked] = stored ? org.store.awardHistory(stored, 2) : [];
    if (!revoked) throw new Error('no award');
    const id = org.store.awardId(revoked);
    org.call('POST', 'customer/revokeEarn', { badgeMetaId: at.remoteBadgeId, customerId: 2, earnedBadgeId: id });
    const awards: Award[] = [[1, day(1)], [2, day(2)], [3, day(3)], [4, day(4)], [4, day(4)]]; // prettier-ignore
    const { look, view } = await run(at, table(at.here, awards));
    expect(look).toMatchObject({ total: 5, awards: 4, repeated: 0 });
    expect(look.leftOut.map(({ count, words }) => [count, words.key])).toEqual([[1, 'refusals.lineAwardAgain']]);
    expect(view).toMatchObject({ state: 'done', done: 3, refused: 2, retryable: 0 });
    expect(view.refusals.map(({ label, count }) => [label.key, count]).sort()).toEqual([
      ['refusals.lineAwardAgain', 1],
      ['refusals.lineStands', 1],
    ]);
    expect([1, 2, 3, 4].map((customer) => held(at, customer).length)).toEqual([1, 2, 2, 1]);
    // The same table again writes nothing: no request is sent at all.
    const before = sent('import');
    const second = await run(at, table(at.here, awards));
    expect(second.view).toMatchObject({ state: 'done', done: 0, refused: 5 });
    expect(sent('import')).toBe(before);
  });

  test('writes the same award again where a person wants it', async () => {
    const at = await place();
    byOthers(at, [[7, day(1)]]);
    const { look, view } = await run(at, table(at.here, [[7, day(1)], [7, day(1)], [8, day(1)]]), { again: true }); // prettier-ignore
    expect(look).toMatchObject({ awards: 3, repeated: 1, leftOut: [] });
    expect(view).toMatchObject({ state: 'done', done: 3 });
    expect([held(at, 7).length, held(at, 8).length]).toEqual([3, 1]);
  });

  test('leaves out rows that name no customer, no date or expiry, a date to come, or an expiry before it', async () => {
    const at = await place();
    const token = at.here.file(
      'odd.csv',
      [
        'customer;awarded on;valid until',
        '1;2021-03-01T10:00:00Z;2031-01-01T00:00:00Z',
        'nobody;2021-03-01T10:00:00Z;2031-01-01T00:00:00Z',
        '2;soon;2031-01-01T00:00:00Z',
        '3;2921-03-01T10:00:00Z;2931-01-01T00:00:00Z',
        '4;2021-03-01T10:00:00Z;',
        '5;2021-03-01T10:00:00Z;2020-01-01T00:00:00Z',
      ].join('\n'),
    );
    const { look, view } = await run(at, token);
    expect(look).toMatchObject({ total: 6, awards: 1 });
    expect(look.leftOut.map(({ words }) => words.key).sort()).toEqual([
      'refusals.lineEventAhead',
      'refusals.lineExpiryBefore',
      'refusals.lineNoCustomer',
      'refusals.lineNoEventDate',
      'refusals.lineNoExpiry',
    ]);
    expect(view).toMatchObject({ state: 'done', total: 6, done: 1, refused: 5 });
    expect(held(at, 1)).toEqual([shown(instantOf('2021-03-01T10:00:00Z'))]);
  });

  test('minds a column of badge ids, as the vendor’s template has one: rows of another badge are left out', async () => {
    const at = await place();
    const other = await place();
    const row = (badge: string, customer: number) =>
      `${badge},${String(customer)},2021-03-01T10:15:00Z,2031-01-01T00:00:00Z`;
    const token = at.here.file(
      'template.csv',
      [
        'badgeMetaId,customerId,earnEventDate,earnExpiresOn',
        row(at.remoteBadgeId.toUpperCase(), 1),
        row(other.remoteBadgeId, 2),
        row('', 3),
      ].join('\n'),
    );
    const { look, view } = await run(at, token);
    expect(look.leftOut.map(({ count, words }) => [count, words.key])).toEqual([[2, 'refusals.lineOtherBadge']]);
    expect(view).toMatchObject({ state: 'done', done: 1, refused: 2 });
    expect([1, 2, 3].map((customer) => held(at, customer).length)).toEqual([1, 0, 0]);
  });

  test('guesses neither a zone nor the order of day and month: it asks', async () => {
    const at = await place();
    const { here, connectionId, remoteBadgeId } = at;
    const token = here.file('asks.csv', 'customer,date,expiry\n1,02/03/2021,01/02/2031\n');
    const looking = (choices: object) =>
      here.job('liveJobs.lookImport', { connectionId, remoteBadgeId, token, choices });
    await expect(looking({})).rejects.toMatchObject({ code: 'invalid-input', words: { key: 'imports.sayWhich' } });
    await expect(looking({ dateFormat: 'day-month-year' })).rejects.toMatchObject({
      words: { values: { question: { key: 'tables.datesWithoutZone' } } },
    });
    const choices = { dateFormat: 'day-month-year', zone: 'Europe/Berlin' };
    const { view } = await run(at, token, { choices });
    expect(view).toMatchObject({ state: 'done', done: 1 });
    expect(held(at, 1)).toEqual([shown(instantOf('2021-03-01T23:00:00Z'), instantOf('2031-01-31T23:00:00Z'))]);
    const list = here.file('list.csv', '1\n2\n3\n');
    await expect(here.job('liveJobs.lookImport', { connectionId, remoteBadgeId, token: list })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    expect(sent('import')).toBe(1);
  });

  test('a badge that the org does not know is refused here, before any request', async () => {
    const at = await place();
    const { here, connectionId } = at;
    const token = table(here, [[1, day(1)]]);
    const source = { connectionId, remoteBadgeId: 'f'.repeat(24), token };
    await expect(here.job('liveJobs.lookImport', source)).rejects.toMatchObject({
      code: 'not-found',
      words: { key: 'imports.noSuchBadge' },
    });
    expect(sent('import')).toBe(0);
  });

  test('only what was shown is imported: another table by then, and nothing is sent', async () => {
    const at = await place();
    const { here, connectionId, remoteBadgeId } = at;
    const token = table(here, [[1, day(1)]]);
    const source = { connectionId, remoteBadgeId, token };
    const { seen } = await here.job('liveJobs.lookImport', source);
    table(here, [[2, day(1)]]);
    const { id } = await here.call('liveJobs.import', { ...source, seen });
    const view = await here.until(id);
    expect(view).toMatchObject({ state: 'cancelled', done: 0 });
    expect(view.note).toContain('no longer what you were shown');
    const again = await here.call('liveJobs.import', { ...source, again: true, seen });
    expect(await here.until(again.id)).toMatchObject({ state: 'cancelled' });
    expect(sent('import')).toBe(0);
  });

  test('production wants to be unlocked and its name typed', async () => {
    const at = await place({ kind: 'production', name: 'Acme' });
    const { here, connectionId, remoteBadgeId } = at;
    const source = { connectionId, remoteBadgeId, token: table(here, [[1, day(1)]]) };
    const { seen } = await here.job('liveJobs.lookImport', source);
    const start = (typedName?: string) =>
      here.call('liveJobs.import', { ...source, seen, ...(typedName === undefined ? {} : { typedName }) });
    await expect(start('Acme')).rejects.toMatchObject({ code: 'conflict' });
    await here.call('connections.unlock', { id: connectionId, typedName: 'Acme' });
    await expect(start()).rejects.toMatchObject({ code: 'invalid-input' });
    expect(sent('import')).toBe(0);
    const { id } = await start('Acme');
    expect(await here.until(id)).toMatchObject({ state: 'done', done: 1 });
  });

  test('what was imported can be taken back, and only that', async () => {
    const at = await place();
    byOthers(at, [[1, day(9)]]);
    const { here, connectionId } = at;
    const { view } = await run(at, table(here, [[1, day(1)], [1, day(2)], [2, day(1)]])); // prettier-ignore
    const source = { kind: 'job' as const, jobId: view.id };
    const look = await here.job('liveJobs.lookBack', { connectionId, source });
    expect(look).toMatchObject({ action: 'revoke-award', records: 3 });
    const { id } = await here.call('liveJobs.takeBack', { connectionId, source, seen: look.seen });
    expect(await here.until(id)).toMatchObject({ state: 'done', done: 3, takesBack: view.id });
    const stored = org.store.findBadge(at.remoteBadgeId);
    const standing = stored && org.store.awardHistory(stored, 1).filter(({ revokedOn }) => revokedOn === null);
    expect(standing?.map(({ eventDate }) => eventDate)).toEqual([day(9)]);
  });

  test('an org that fails over every import is not asked for ever: the job pauses, and goes on when it is well', async () => {
    const at = await place();
    const { here, connectionId, remoteBadgeId } = at;
    const source = { connectionId, remoteBadgeId, token: table(here, [[1, day(1)], [2, day(1)]]) }; // prettier-ignore
    const { seen } = await here.job('liveJobs.lookImport', source);
    org.setFaults({ route: 'import', fault: '500', share: 1 });
    const { id } = await here.call('liveJobs.import', { ...source, seen });
    const paused = await here.until(id);
    expect(paused).toMatchObject({ state: 'paused', done: 0 });
    expect(paused.note).toContain('Practice');
    // A second import of the badge would make it unknowable whose records are whose.
    await expect(here.call('liveJobs.import', { ...source, seen })).rejects.toMatchObject({
      words: { key: 'jobs.rivalImports' },
    });
    org.setFaults();
    await here.call('liveJobs.resume', { id });
    expect(await here.until(id)).toMatchObject({ state: 'done', done: 2 });
    expect([held(at, 1).length, held(at, 2).length]).toEqual([1, 1]);
  });

  test('an org that writes after nobody waits for its answer any more is waited for, not asked again', async () => {
    const at = await place({}, { quiet: 150 });
    // Longer than an answer is waited for here (400 ms), and far shorter than the quiet before a second look (3 s).
    org.setFaults({ route: 'import', fault: 'latency', share: 1, milliseconds: 650 });
    const { view } = await run(at, table(at.here, [[1, day(1)], [2, day(1)]])); // prettier-ignore
    expect(view).toMatchObject({ state: 'done', done: 2 });
    // A second request would arrive after this test is over: none may have left.
    const { total } = await at.here.call('activity.list', { connectionId: at.connectionId, search: 'import' });
    expect([held(at, 1).length, held(at, 2).length, total]).toEqual([1, 1, 1]);
  });

  test('its audit pack names the file, and of each row the request that wrote it, its dates and its record', async () => {
    const at = await place({ chunkSize: 2 });
    byOthers(at, [[3, day(3)]]);
    const { here, remoteBadgeId } = at;
    const { view } = await run(at, table(here, [[1, day(1)], [1, day(2)], [2, day(1)], [3, day(3)], [2, day(1)]])); // prettier-ignore
    const cli = (...args: string[]) => askInProcess(here.folder, ...args);
    const packed = await cli(
      'audit',
      '--workspace',
      'test.laurel',
      '--job',
      String(view.id),
      '--out',
      'pack',
      '--json',
    );
    expect(JSON.parse(packed.out)).toMatchObject({ job: view.id, customers: 5 });
    expect((await cli('verify', 'pack')).code).toBe(0);
    const read = (name: string): string[] =>
      readFileSync(path.join(here.folder, 'pack', name), 'utf8')
        .trim()
        .split(/\r?\n/);
    expect(JSON.parse(read('about.json').join('\n'))).toMatchObject({
      job: { action: 'import', badge: { id: remoteBadgeId }, owner: null, source: 'past.csv' },
      files: [{ name: 'past.csv' }],
    });
    const [head, ...rows] = read('customers.csv').map((line) => line.split(','));
    expect(head).toEqual(['row', 'customer', 'state', 'request', 'record', 'code', 'message', 'date', 'expiry']);
    const requests = new Map(
      read('requests.jsonl').map((line) => {
        const request = JSON.parse(line) as { line: number; requestBody: string | null; responseBody: string | null };
        return [`line ${String(request.line)}`, request];
      }),
    );
    expect(rows.map(([, customer, state]) => [customer, state])).toEqual([
      ['1', 'done'],
      ['1', 'done'],
      ['2', 'done'],
      ['3', 'refused'],
      [expect.stringMatching(/^2 /), 'refused'],
    ]);
    for (const [, customer, state, request = '', record = '', , , date, expiry] of rows) {
      if (state !== 'done') continue;
      expect(requests.get(request)?.requestBody).toContain(`"earnEventDate":"${date ?? ''}"`);
      expect(requests.get(request)?.responseBody).toContain(record);
      const award = org.store.findAward(record);
      expect([award?.customerId, award && toIsoExact(award.eventDate), award && toIsoExact(award.expiresOn)]).toEqual([
        Number(customer),
        date,
        expiry,
      ]);
    }
  });

  test('a customer who is forgotten is found nowhere of it any more; what counts stays counted', async () => {
    const at = await place();
    const { here } = at;
    const person = 77_123_456;
    const { view } = await run(at, table(here, [[person, day(1)], [2, day(1)], [person, day(1)]])); // prettier-ignore
    const standing = async () => (await here.job('forget.look', { customer: String(person) })).found.length;
    expect(await standing()).toBeGreaterThan(1);
    await here.job('forget.run', { customer: String(person) });
    expect(await standing()).toBe(0);
    const after = await here.call('liveJobs.get', { id: view.id });
    expect(after).toMatchObject({ done: 2, refused: 1, total: 3 });
    const { rows } = await here.call('liveJobs.rows', { id: view.id, offset: 0, limit: 10 });
    expect(rows.filter(({ customer }) => customer.includes(String(person)))).toEqual([]);
    await here.close();
    for (const name of readdirSync(here.folder).filter((each) => each.startsWith('test.laurel')))
      if (!name.includes('backups'))
        expect(readFileSync(path.join(here.folder, name)).includes(String(person)), name).toBe(false);
  });

  test('however answers are lost and whatever others write meanwhile: each row once, or left out because it stood', async () => {
    for (const seed of [1, 2, 3]) {
      const dice = mulberry(seed);
      const at = await place({ name: `Run ${String(seed)}`, parallel: 3, chunkSize: 12 });
      const again = seed === 3;
      // Few customers and few days, so that the same award comes up again and again.
      const awards = Array.from({ length: 60 }, (): Award => [
        1 + Math.floor(dice() * 12),
        day(Math.floor(dice() * 4)),
        END + Math.floor(dice() * 2) * DAY,
      ]);
      const stood = awards.filter(() => dice() < 0.2);
      byOthers(at, stood);
      // Of the same customer and date, but not the same award.
      byOthers(
        at,
        awards.filter(() => dice() < 0.1).map(([who, when]): Award => [who, when, END + 9 * DAY]),
      );
      org.setFaults(
        ...['reset-after-commit', 'reset-before-commit', 'cut-body', '500', '429'].map((fault) => ({
          ...{ route: 'import', fault, share: 0.15, retryAfterSeconds: 0 },
        })),
      );
      const { view } = await run(at, table(at.here, awards), { again });
      org.setFaults();
      expect(view).toMatchObject({ state: 'done', total: 60, unknown: 0, sent: 0, waiting: 0 });
      const name = ([who, when, end = END]: Award): string => `${String(who)} ${shown(when, end)}`;
      const count = (list: readonly Award[], of: string): number => list.filter((each) => name(each) === of).length;
      const distinct = [...new Set(awards.map(name))];
      let written = 0;
      for (const each of distinct) {
        const [who = '', ...dates] = each.split(' ');
        const now = held(at, Number(who)).filter((one) => one === dates.join(' ')).length;
        const before = count(stood, each);
        const wanted = again ? count(awards, each) : before > 0 ? 0 : 1;
        expect(now - before, `${each} of seed ${String(seed)}`).toBe(wanted);
        written += wanted;
      }
      expect(view.done).toBe(written);
      const { rows } = await at.here.call('liveJobs.rows', { id: view.id, state: ['done'], offset: 0, limit: 60 });
      expect(new Set(rows.map(({ issuedId }) => issuedId)).size).toBe(written);
      for (const { customer, issuedId, award } of rows) {
        const record = org.store.findAward(issuedId ?? '');
        expect([record?.customerId, record?.eventDate, record?.expiresOn]).toEqual([
          Number(customer),
          award?.eventDate,
          award?.expiresOn,
        ]);
      }
    }
  });
});
