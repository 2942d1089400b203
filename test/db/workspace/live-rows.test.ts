/** Rows of a live job against a plain list of what was put in: any page of any filter, whatever stands between. */
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WORKSPACE } from '../../../db/kinds';
import { migrate } from '../../../db/migrate';
import type { CustomerOutcome } from '../../../db/workspace/live-chunks';
import { LiveJobRows, type LiveCustomerState, type LiveRow } from '../../../db/workspace/live-job-rows';
import {
  LiveJobStore,
  openStateOf,
  reasonOf,
  type ChunkState,
  type RefusalCount,
} from '../../../db/workspace/live-jobs';

const STATES: readonly ChunkState[] = ['waiting', 'sent', 'unknown', 'consumed', 'settled'];
const ID = 'ab'.repeat(12);

function stores() {
  const connection = new Database(':memory:');
  migrate(connection, WORKSPACE.migrations, WORKSPACE.applicationId);
  const jobs = new LiveJobStore(connection);
  const job = {
    ...{ connectionKey: 1, connectionName: 'Org', badgeName: 'Badge', remoteBadgeId: 'r', action: 'award' as const },
    ...{ ownerType: 'Loyalty', referenceId: '1', eventDate: null, source: '', startedOn: 1 },
  };
  return {
    connection,
    jobs,
    rows: new LiveJobRows(connection),
    add: (uid: string): number => jobs.add({ ...job, uid }).key,
  };
}

type Fate = 'open' | 'done' | 'bare' | 811 | 990_001;
const outcomeOf = (fate: Fate): CustomerOutcome => {
  if (typeof fate === 'number') return { kind: 'refused', code: fate };
  if (fate === 'open') return { kind: 'open' };
  return { kind: 'done', issuedId: fate === 'done' ? ID : null };
};

/** Puts chunks and lines that were none into a job. @returns its rows, as they should be seen */
function fill(
  jobs: LiveJobStore,
  key: number,
  chunks: readonly { state: ChunkState; fates: readonly Fate[]; lines: number }[],
): LiveRow[] {
  const expected: LiveRow[] = [];
  const reject = (): void => {
    const ordinal = expected.length;
    jobs.addReject(key, ordinal, `line ${String(ordinal)}`, 'not-a-number');
    const rest = { issuedId: null, code: null, message: 'not-a-number', terms: null };
    expected.push({ ordinal, customer: `line ${String(ordinal)}`, state: 'refused', ...rest });
  };
  chunks.forEach(({ state, fates, lines }, number) => {
    for (let line = 0; line < lines; line += 1) reject();
    const customers = fates.map((_, index) => 100 + expected.length + index);
    jobs.addChunk(key, number, customers);
    const outcomes = fates.map(outcomeOf);
    const codes = [...new Set(fates.filter((fate): fate is 811 | 990_001 => typeof fate === 'number'))].map(
      (code): RefusalCount => [code, fates.filter((each) => each === code).length, `says ${String(code)}`],
    );
    const rest = { attempt: 1, sentAfter: null, known: null, records: null, terms: null };
    jobs.saveChunk(key, { number, state, customers, outcomes, codes, ...rest });
    outcomes.forEach((outcome, index) => {
      const code = outcome.kind === 'refused' ? outcome.code : null;
      expected.push({
        ordinal: expected.length,
        customer: String(customers[index]),
        state: outcome.kind === 'open' ? openStateOf(state) : outcome.kind,
        issuedId: outcome.kind === 'done' ? outcome.issuedId : null,
        code,
        message: code === null ? null : `says ${String(code)}`,
        terms: null,
      });
    });
  });
  return expected;
}

const chunk = fc.record({
  state: fc.constantFrom(...STATES),
  fates: fc.array(fc.constantFrom<Fate[]>('open', 'done', 'done', 'bare', 811, 811, 990_001), {
    minLength: 1,
    maxLength: 6,
  }),
  lines: fc.constantFrom(0, 0, 0, 1, 2),
});
const page = fc.record({
  states: fc.subarray<LiveCustomerState>(['waiting', 'sent', 'done', 'refused', 'unknown']),
  customer: fc.constantFrom('', '', '', '1', '10', 'line', 'none'),
  offset: fc.nat(20),
  limit: fc.integer({ min: 1, max: 9 }),
});

describe('rows of a live job', () => {
  test('any page of any filter is as of a plain list', () => {
    fc.assert(
      fc.property(
        fc.array(chunk, { maxLength: 8 }),
        fc.array(page, { minLength: 1, maxLength: 6 }),
        (chunks, pages) => {
          const { jobs, rows, add } = stores();
          const [before, key, after] = [add('before'), add('this'), add('after')];
          const other = [{ state: 'settled' as const, fates: [811 as const, 'done' as const], lines: 1 }];
          fill(jobs, before, other);
          const expected = fill(jobs, key, chunks);
          fill(jobs, after, other);
          expect([...rows.all(key)]).toEqual(expected);
          for (const { states, customer, offset, limit } of pages) {
            const fitting = expected.filter(
              (row) => (states.length === 0 || states.includes(row.state)) && row.customer.includes(customer),
            );
            const got = rows.page(key, { states, customer }, offset, limit);
            expect(got).toEqual({ total: fitting.length, rows: fitting.slice(offset, offset + limit) });
          }
          const counts = { waiting: 0, sent: 0, unknown: 0, done: 0, refused: 0 };
          for (const { state } of expected) counts[state] += 1;
          expect(jobs.counts(key)).toEqual(counts);
        },
      ),
      { numRuns: 120 },
    );
  });

  test('each is in its chunk, or in none', () => {
    const { jobs, rows, add } = stores();
    const key = add('a');
    fill(jobs, key, [
      { state: 'settled', fates: ['done', 811], lines: 1 },
      { state: 'sent', fates: ['open'], lines: 2 },
    ]);
    jobs.addReject(key, 6, 'last', 'too-long');
    expect([...rows.placed(key)].map(({ row, chunk: number }) => [row.ordinal, number])).toEqual([
      ...[
        [0, null],
        [1, 0],
        [2, 0],
        [3, null],
        [4, null],
        [5, 1],
        [6, null],
      ],
    ]);
  });

  test('a chunk whose bytes were cut short names no customer there', () => {
    const { connection, jobs, rows, add } = stores();
    const key = add('a');
    jobs.addChunk(key, 0, [7, 8, 9]);
    const named = (bytes: number): string[] => {
      connection.prepare('UPDATE live_chunks SET customers = substr(customers, 1, ?)').run(bytes);
      return [...rows.all(key)].map(({ customer }) => customer);
    };
    expect([24, 23, 16, 15].map(named)).toEqual([
      ['7', '8', '9'],
      ['7', '8', '?'],
      ['7', '8', '?'],
      ['7', '?', '?'],
    ]);
  });
});

describe('what live jobs count', () => {
  const refusal = (code: number, count: number, words: string): RefusalCount => [code, count, words];

  test('reasons are summed over chunks, most frequent first, lines apart from the org’s own', () => {
    const { jobs, add } = stores();
    const [key, other] = [add('a'), add('b')];
    fill(jobs, other, [{ state: 'settled', fates: [811, 990_001, 990_001], lines: 3 }]);
    fill(jobs, key, [
      { state: 'settled', fates: [811, 'done'], lines: 0 },
      { state: 'settled', fates: [990_001, 811], lines: 1 },
      { state: 'settled', fates: [990_001, 990_001], lines: 1 },
      { state: 'consumed', fates: ['done', 'open'], lines: 0 },
    ]);
    jobs.addReject(key, 90, 'x', 'zero');
    expect(jobs.orgRefusals(key)).toEqual([refusal(990_001, 3, 'says 990001'), refusal(811, 2, 'says 811')]);
    expect(jobs.refusals(key)).toEqual([
      ...[refusal(990_001, 3, 'says 990001'), refusal(811, 2, 'says 811')],
      ...[refusal(0, 2, 'not-a-number'), refusal(0, 1, 'zero')],
    ]);
    expect([jobs.rejectCount(key), jobs.rejectCount(other)]).toEqual([3, 3]);
    expect(jobs.wholeRefusals(key)).toEqual([refusal(990_001, 2, 'says 990001')]);
  });

  test.each<[string, ChunkState, Fate[], number]>([
    ['settled, all refused for one reason', 'settled', [811, 811], 1],
    ['settled, for two reasons', 'settled', [811, 990_001], 0],
    ['settled, one served', 'settled', [811, 'done'], 0],
    ['settled, one still open', 'settled', [811, 'open'], 0],
    ['consumed', 'consumed', [811, 811], 0],
  ])('a chunk refused whole: %s', (_, state, fates, whole) => {
    const { jobs, add } = stores();
    const [key, other] = [add('a'), add('b')];
    fill(jobs, key, [{ state, fates, lines: 0 }]);
    expect([jobs.wholeRefusals(key).length, jobs.wholeRefusals(other).length]).toEqual([whole, 0]);
  });

  test('only refused customers of settled chunks of the same job are opened again', () => {
    const { jobs, add } = stores();
    const [key, other] = [add('a'), add('b')];
    const chunks = [
      { state: 'settled' as const, fates: ['done', 811, 990_001] as Fate[], lines: 0 },
      { state: 'consumed' as const, fates: [811, 'open'] as Fate[], lines: 0 },
      { state: 'settled' as const, fates: ['done', 'bare'] as Fate[], lines: 0 },
      { state: 'settled' as const, fates: [811] as Fate[], lines: 0 },
    ];
    fill(jobs, key, chunks);
    fill(jobs, other, chunks);
    expect(jobs.reopenRefused(key, (code) => code === 811)).toBe(2);
    const kinds = (of: number, number: number): unknown => [
      jobs.chunk(of, number)?.state,
      ...(jobs.chunk(of, number)?.outcomes.map(({ kind }) => kind) ?? []),
    ];
    expect([0, 1, 2, 3].map((number) => kinds(key, number))).toEqual([
      ['consumed', 'done', 'open', 'refused'],
      ['consumed', 'refused', 'open'],
      ['settled', 'done', 'done'],
      ['consumed', 'open'],
    ]);
    expect(jobs.chunk(key, 0)?.codes).toEqual([refusal(990_001, 1, 'says 990001')]);
    expect(kinds(other, 0)).toEqual(['settled', 'done', 'refused', 'refused']);
  });

  test('chunks are numbered in order, whichever was written last', () => {
    const { jobs, add } = stores();
    const [key, other] = [add('a'), add('b')];
    for (const number of [4, 2, 9, 0]) jobs.addChunk(key, number, [number]);
    jobs.addChunk(other, 1, [1]);
    expect(jobs.chunkNumbers(key, 'waiting')).toEqual([0, 2, 4, 9]);
    expect([0, 1, 3, 4, 5, 10].map((from) => jobs.nextChunk(key, ['waiting'], from)?.number)).toEqual([
      ...[0, 2, 4, 4, 9, undefined],
    ]);
    jobs.moveChunk(key, { ...jobs.chunk(key, 2)!, state: 'sent', sentAfter: 5, known: ['a'] });
    expect([jobs.chunkNumbers(key, 'waiting'), jobs.chunkNumbers(key, 'sent')]).toEqual([[0, 4, 9], [2]]);
    // The first state that has any comes first, not the lowest number.
    expect(jobs.nextChunk(key, ['sent', 'waiting'], 0)?.number).toBe(2);
    expect(jobs.nextChunk(key, ['waiting', 'sent'], 0)?.number).toBe(0);
    expect(jobs.chunk(key, 4)).toMatchObject({ state: 'waiting', sentAfter: null, known: null });
  });

  test.each<[RefusalCount, RefusalCount, boolean]>([
    [refusal(811, 1, 'a'), refusal(811, 2, 'b'), true],
    [refusal(811, 1, 'a'), refusal(812, 1, 'a'), false],
    [refusal(0, 1, 'a'), refusal(0, 2, 'a'), true],
    [refusal(0, 1, 'a'), refusal(0, 1, 'b'), false],
  ])('reasons %j and %j are one: %s', (one, another, same) => {
    expect(reasonOf(one) === reasonOf(another)).toBe(same);
  });

  test('a state of another version is a pause, and says so', () => {
    const { connection, jobs, add } = stores();
    const key = add('a');
    connection.exec("UPDATE live_jobs SET state = 'dreaming'");
    const odd = { state: 'paused', note: expect.stringContaining('dreaming') as string };
    expect(jobs.get(key)).toMatchObject(odd);
    expect(jobs.list()).toMatchObject([odd]);
    for (const state of ['reading', 'running', 'paused', 'waiting-for-org', 'done', 'cancelled'] as const) {
      jobs.setState(key, state, null);
      expect(jobs.get(key)).toMatchObject({ state, note: null });
    }
  });
});
