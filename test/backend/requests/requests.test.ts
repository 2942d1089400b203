import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { csvCell } from '../../../electron/backend/files/csv';
import { DAY, HOUR, instantOf } from '../../../shared/domain/instant';
import type { RowExplanation } from '../../../shared/ipc/issuance-contract';
import { temporaryFolder } from '../../db/temporary-folder';
import { badgeText, enrolFirst, lasting } from '../../domain/badge-bodies';
import { claimedBadge, exportRows, issue } from '../issuance/issuance-calls';
import { testBackend, type TestBackend } from '../open-backend';
import { inEnglish } from '../../../shared/words/english';

type InWords = Omit<RowExplanation, 'sentence' | 'freesNote'> & { sentence: string; freesNote: string | null };

async function explain(backend: TestBackend, id: number, ordinal: number): Promise<InWords> {
  const explanation = await backend.call('requests.explain', { id, ordinal });
  const { sentence, freesNote } = explanation;
  return {
    ...explanation,
    sentence: inEnglish(sentence),
    freesNote: freesNote === null ? null : inEnglish(freesNote),
  };
}

describe('requests.explain', () => {
  it('names the customer’s window, what counted and when it frees', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend, {
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 7, maxEarnForDays: 2 }],
    });
    const start = backend.now;
    await issue(backend, { badgeId, action: 'award', to: '5' });
    backend.now = start + DAY;
    const second = await issue(backend, { badgeId, action: 'award', to: '5' });
    backend.now = start + 2 * DAY;
    const third = await issue(backend, { badgeId, action: 'award', to: '6, 5' });
    // What came later must not change what is told of the earlier request.
    backend.now = start + 9 * DAY;
    await issue(backend, { badgeId, action: 'award', to: '5' });
    const explanation = await explain(backend, third.id, 1);
    expect(explanation).toMatchObject({
      constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW',
      level: 'CUSTOMER',
      windowFrom: start + 2 * DAY - 7 * DAY + 1,
      count: 2,
      limit: 2,
      freesAt: start + 7 * DAY,
      freesNote: null,
    });
    expect(explanation.sentence).toBe(
      'The customer had 2 awards counting at 2026-05-06 09:30 in the window from 2026-04-29 09:30 to 2026-05-06 09:30, and ' +
        '2 in the last 7 days are allowed (CUSTOMER_BADGE_ROLLING_WINDOW). The next place frees on 2026-05-11 09:30, if nothing else is awarded meanwhile.',
    );
    const [row] = (await backend.call('requests.rows', { id: second.id, offset: 0, limit: 1 })).rows;
    expect(explanation.evidence.map(({ id, recordedOn }) => [id === row?.issuedId, recordedOn])).toEqual([
      [true, start + DAY],
      [false, start],
    ]);
    expect((await explain(backend, third.id, 0)).sentence).toMatch(
      /^Got the badge for 2026-05-06 09:30 and holds it until 2026-05-20/,
    );
  });

  it('tells a row by the badge and the awards of its own time', async () => {
    const backend = await testBackend();
    const limit = (maxEarnLimit: number) => ({
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit }],
    });
    const badgeId = await claimedBadge(backend, limit(1));
    await issue(backend, { badgeId, action: 'award', to: '5' });
    const refused = await issue(backend, { badgeId, action: 'award', to: '5' });
    const { revision } = await backend.call('badges.get', { id: badgeId });
    const edit = { id: badgeId, baseRevision: revision, body: badgeText(limit(3)), migration: true, label: 'Limit' };
    await backend.call('badges.save', edit);
    expect(await issue(backend, { badgeId, action: 'award', to: '5' })).toMatchObject({ succeeded: 1 });
    const explanation = await explain(backend, refused.id, 0);
    expect(explanation).toMatchObject({ count: 1, limit: 1 });
    expect(explanation.evidence).toHaveLength(1);
  });

  it('finds the award of a badge that must leave a rolling window, among many', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend, {
      badgeConstraints: [{ constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 2, maxEarnLimit: 40 }],
    });
    const start = backend.now;
    await issue(backend, { badgeId, action: 'award', to: '', customers: { kind: 'range', from: 1, to: 10 } });
    backend.now = start + HOUR;
    await issue(backend, { badgeId, action: 'award', to: '', customers: { kind: 'range', from: 11, to: 20 } });
    backend.now = start + 2 * HOUR;
    const last = await issue(backend, {
      badgeId,
      action: 'award',
      to: '',
      customers: { kind: 'range', from: 21, to: 60 },
    });
    expect(last).toMatchObject({ succeeded: 20, refused: 20 });
    const explanation = await explain(backend, last.id, 20);
    expect(explanation).toMatchObject({ level: 'BADGE', count: 40, limit: 40, freesAt: start + 2 * DAY });
    expect(explanation.evidence).toHaveLength(20);
    expect(new Set(explanation.evidence.map(({ recordedOn }) => recordedOn))).toEqual(new Set([start + 2 * HOUR]));
  });

  it.each([
    { earlier: 0, own: 3, leaves: 'its own' },
    { earlier: 1, own: 2, leaves: 'the earlier' },
    { earlier: 2, own: 1, leaves: 'the earlier' },
  ])('of $earlier earlier and $own own awards that fill a rolling window, $leaves must leave', async (awards) => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend, {
      badgeConstraints: [{ constraintType: 'BADGE_ROLLING_WINDOW', rollType: 'DAYS', rollValue: 2, maxEarnLimit: 3 }],
    });
    const start = backend.now;
    for (let customer = 1; customer <= awards.earlier; customer += 1) {
      backend.now = start + customer * HOUR;
      await issue(backend, { badgeId, action: 'award', to: String(customer) });
    }
    backend.now = start + 9 * HOUR;
    const last = await issue(backend, {
      badgeId,
      action: 'award',
      to: '',
      customers: { kind: 'range', from: 11, to: 11 + awards.own },
    });
    expect(last).toMatchObject({ succeeded: awards.own, refused: 1 });
    const left = awards.earlier === 0 ? start + 9 * HOUR : start + HOUR;
    expect(await explain(backend, last.id, awards.own)).toMatchObject({ count: 3, limit: 3, freesAt: left + 2 * DAY });
  });

  it('names the cycle of a fixed window, and limits that never free', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend, {
      customerConstraints: [
        {
          constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
          durationType: 'WEEKS',
          startDayOfTheWeek: 'MONDAY',
          maxEarnLimit: 1,
        },
      ],
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
    });
    const { id } = await issue(backend, { badgeId, action: 'award', to: '1, 2, 3' });
    const total = await explain(backend, id, 2);
    expect(total).toMatchObject({ constraintType: 'BADGE_FIXED_VALUE', freesAt: null });
    expect(total.freesNote).toMatch(/whole life/);
    const repeated = await issue(backend, { badgeId, action: 'award', to: '2' });
    expect(await explain(backend, repeated.id, 0)).toMatchObject({
      level: 'CUSTOMER',
      windowFrom: instantOf('2026-05-04T00:00:00Z'),
      windowTo: instantOf('2026-05-11T00:00:00Z'),
      freesAt: instantOf('2026-05-11T00:00:00Z'),
    });
  });

  it('never frees a place after the badge’s end, but for requests that name the event date', async () => {
    const backend = await testBackend();
    const end = '2026-06-01T00:00:00Z';
    const badgeId = await claimedBadge(backend, {
      expiresOn: end,
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForMonths: 3, maxEarnForMonths: 1 }],
    });
    const start = backend.now;
    await issue(backend, { badgeId, action: 'award', to: '5' });
    const now = await issue(backend, { badgeId, action: 'award', to: '5' });
    const explanation = await explain(backend, now.id, 0);
    expect(explanation).toMatchObject({ count: 1, limit: 1, freesAt: null });
    expect(explanation.freesNote).toMatch(/badge ends before/);
    // The clock decides the window and the event date the badge's life: made again later, this one would pass.
    const dated = await issue(backend, { badgeId, action: 'award', to: '5', eventDate: start });
    const { freesAt } = await explain(backend, dated.id, 0);
    expect(freesAt).toBe(start + 92 * DAY);
    backend.now = freesAt!;
    expect(await issue(backend, { badgeId, action: 'award', to: '5', eventDate: start })).toMatchObject({
      succeeded: 1,
    });
  });

  it('never frees an enrolment’s place where the badge ends first', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend, {
      ...enrolFirst(lasting(5, 'DAYS')),
      expiresOn: '2026-05-09T09:30:00Z',
    });
    await issue(backend, { badgeId, action: 'enrol', to: '1' });
    const overlap = await issue(backend, { badgeId, action: 'enrol', to: '1' });
    expect(await explain(backend, overlap.id, 0)).toMatchObject({
      freesAt: null,
      freesNote: expect.any(String) as string,
    });
  });

  it('tells enrolments, repeated customers and bad lines', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend, enrolFirst(lasting(5, 'DAYS')));
    const start = backend.now;
    await issue(backend, { badgeId, action: 'enrol', to: '1' });
    const overlap = await issue(backend, { badgeId, action: 'enrol', to: '1 2 2 abc' });
    expect(await explain(backend, overlap.id, 0)).toMatchObject({
      sentence:
        'The customer is enrolled from 2026-05-04 09:30 to 2026-05-09 09:30, and a second enrolment may not overlap with that.',
      freesAt: start + 5 * DAY,
    });
    expect((await explain(backend, overlap.id, 1)).sentence).toMatch(/^Enrolled from/);
    expect((await explain(backend, overlap.id, 2)).sentence).toMatch(/named before in row 2/);
    expect((await explain(backend, overlap.id, 3)).sentence).toMatch(/whole number.*“abc”.*row 4/);
    backend.now = start + 6 * DAY;
    const award = await issue(backend, { badgeId, action: 'award', to: '1 9 9' });
    expect((await explain(backend, award.id, 0)).sentence).toMatch(
      /only enrolment ran from 2026-05-04 09:30 to 2026-05-09 09:30; none covered 2026-05-10 09:30/,
    );
    expect((await explain(backend, award.id, 1)).sentence).toMatch(/never been enrolled/);
    expect((await explain(backend, award.id, 2)).sentence).toMatch(/named before in row 2/);
    await expect(explain(backend, award.id, 3)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('requests.rows', () => {
  it('filters by outcome and customer', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend);
    const { id } = await issue(backend, { badgeId, action: 'award', to: '1 x 2 -3 2' });
    const rows = async (outcomes: string[], customer = ''): Promise<string[]> => {
      const page = await backend.call('requests.rows', { id, filter: { outcomes, customer }, offset: 0, limit: 10 });
      return page.rows.map((row) => row.customer);
    };
    expect(await rows(['ok'])).toEqual(['1', '2']);
    expect(await rows(['negative', '990003'])).toEqual(['-3', '2']);
    expect(await rows(['no-such-outcome'])).toEqual([]);
    expect(await rows([], '2')).toEqual(['2', '2']);
    expect(await rows(['ok'], ' 2 ')).toEqual(['2']);
    expect(await rows([], '3')).toEqual(['-3']);
  });
});

describe('a row that names no customer', () => {
  const TABLE = 'name;customer\r\n"Anna\r\nMaria";1\r\n\r\nBert;x7\r\nCleo;2\r\n\r\n\r\nDora;\r\n';

  it('is named by its line in the file, header, blank and broken lines counted', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend);
    const folder = temporaryFolder();
    const file = path.join(folder, 'customers.csv');
    writeFileSync(file, TABLE);
    backend.backend.grantFile('customers', {
      path: file,
      name: 'customers.csv',
      bytes: TABLE.length,
      mode: 'read',
    });
    const customers = { kind: 'file', token: 'customers', choices: { column: 'customer' } } as const;
    const { id } = await issue(backend, { badgeId, action: 'award', to: '', customers });
    const { rows } = await backend.call('requests.rows', { id, offset: 0, limit: 10 });
    expect(rows.map(({ customer, outcome, line }) => [customer, outcome, line])).toEqual([
      ['1', 'ok', null],
      ['x7', 'not-a-number', 5],
      ['2', 'ok', null],
      ['', 'empty', 9],
    ]);
    expect((await explain(backend, id, 1)).sentence).toMatch(
      /“x7”\. It is line 5 of the text, header and blank lines counted/,
    );
    const target = path.join(folder, 'rows.csv');
    backend.backend.grantFile('out', { path: target, name: 'rows.csv', bytes: 0, mode: 'write' });
    await exportRows(backend, { id, target: 'out' });
    const lines = readFileSync(target, 'utf8').split('\r\n');
    expect(lines.slice(1, 5).map((line) => line.replace(/^.*,/, ''))).toEqual(['', '5', '', '9']);
  });

  it('of a list without lines is named by its place', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend);
    const { id } = await issue(backend, { badgeId, action: 'award', to: '1 x 2' });
    const { rows } = await backend.call('requests.rows', { id, offset: 1, limit: 1 });
    expect(rows[0]).toMatchObject({ customer: 'x', line: null });
    expect((await explain(backend, id, 1)).sentence).toMatch(/It is row 2 of the request/);
  });
});

describe('requests.export', () => {
  it('writes the chosen rows, safe for spreadsheets, and replaces the file only when it is whole', async () => {
    const backend = await testBackend();
    await backend.call('settings.update', { timeZone: 'Asia/Kolkata' });
    const badgeId = await claimedBadge(backend);
    const { id } = await issue(backend, { badgeId, action: 'award', to: '7 =1+1 -5' });
    const target = path.join(temporaryFolder(), 'rows.csv');
    backend.backend.grantFile('out', { path: target, name: 'rows.csv', bytes: 0, mode: 'write' });
    expect(await exportRows(backend, { id, target: 'out' })).toEqual({ rows: 3, name: 'rows.csv' });
    const [head, first, second, third] = readFileSync(target, 'utf8').split('\r\n');
    expect(head).toBe('\ufeffcustomer,id,status,expiry,outcome,message,line');
    expect(first).toMatch(/^7,[0-9a-f]{24},LIVE,2026-05-18T15:00:00\+05:30,ok,Got the badge,$/);
    expect(second).toMatch(/^'=1\+1,,,,not-a-number,/);
    expect(third).toMatch(/^'-5,,,,negative,/);
    writeFileSync(target, 'older');
    const cancelled = AbortSignal.abort();
    await expect(exportRows(backend, { id, target: 'out' }, cancelled)).rejects.toMatchObject({ code: 'cancelled' });
    expect(readFileSync(target, 'utf8')).toBe('older');
    expect(readdirSync(path.dirname(target))).toEqual(['rows.csv']);
    backend.backend.grantFile('nowhere', { path: path.join(target, 'x.csv'), name: 'x.csv', bytes: 0, mode: 'write' });
    await expect(exportRows(backend, { id, target: 'nowhere' })).rejects.toThrow(/could not be written/);
    expect(existsSync(target)).toBe(true);
  });

  it.each([
    ['plain', 'plain'],
    ['=SUM(A1)', "'=SUM(A1)"],
    ['+49', "'+49"],
    ['@x', "'@x"],
    ['\tx', "'\tx"],
    ['a "b", c', '"a ""b"", c"'],
    ['=a"b', '"\'=a""b"'],
    // What would act on a terminal or turn the text around it is escaped; what a cell of two lines holds is kept.
    ['\u202e7\u0007', String.raw`\u202e7\u0007`],
    ['a\nb', '"a\nb"'],
  ])('writes the cell %j as %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });
});
