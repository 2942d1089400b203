import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeNumber } from '../../../db/org/outcomes';
import { RequestHistory, type RequestFacts } from '../../../db/org/request-history';
import { RequestRows, type RowFilter } from '../../../db/org/request-rows';
import { DAY } from '../../../shared/domain/instant';
import { definition, openOrg, START } from './opened-org';

/** What became of one customer: nothing to say, a code, or a line that was none. */
type Fate = 'ok' | 811 | 990001 | 'not-a-number';
const NOT_A_NUMBER = outcomeNumber('not-a-number') as number;

const fate: fc.Arbitrary<Fate> = fc.constantFrom<Fate[]>('ok', 'ok', 'ok', 811, 811, 990001, 'not-a-number');
/** Runs of one fate, so that long gaps between two rows of a filter occur. */
const fates = fc
  .array(fc.tuple(fate, fc.integer({ min: 1, max: 40 })), { maxLength: 30 })
  .map((runs) => runs.flatMap(([kind, times]) => new Array<Fate>(times).fill(kind)));

function record(all: readonly Fate[]): { rows: RequestRows; facts: RequestFacts } {
  const { org, connection } = openOrg();
  const badge = org.addBadge(definition(), START);
  const request = {
    badge,
    ownerType: 'Loyalty',
    referenceId: '1',
    eventDate: START,
    expiresOn: START + DAY,
    processedOn: START,
  };
  const none = { lineNumber: null, earlierKey: null, cap: null, capCount: null };
  const make = (requestId: string, list: readonly Fate[]): number =>
    org.transaction(() => {
      org.openRequest({ ...request, kind: 'earnBulk', requestId });
      list.forEach((kind, index) => {
        if (kind === 'ok') org.recordAward(1_000 + index, null);
        else if (kind === 'not-a-number') {
          org.recordRefusal({ outcome: NOT_A_NUMBER, customerId: null, line: `line ${String(index)}`, ...none });
        } else org.recordRefusal({ outcome: kind, customerId: 1_000 + index, line: null, ...none });
      });
      return org.closeRequest();
    });
  // Requests before and after must not show through.
  make('before', ['ok', 811, 'ok']);
  const key = make('this', all);
  make('after', ['ok', 811, 'not-a-number']);
  return { rows: new RequestRows(connection), facts: new RequestHistory(connection).get(key) as RequestFacts };
}

const numberOf = (kind: Fate): number | 'ok' => (kind === 'not-a-number' ? NOT_A_NUMBER : kind);
const customerOf = (kind: Fate, index: number): string =>
  kind === 'not-a-number' ? `line ${String(index)}` : String(1_000 + index);

describe('RequestRows', () => {
  it('gives any page of any filter as a plain list does', () => {
    const outcomes = fc.option(
      fc.uniqueArray(fc.constantFrom<number | 'ok'>('ok', 811, 990001, NOT_A_NUMBER, 1040), { minLength: 1 }),
    );
    const page = fc.record({
      outcomes,
      offset: fc.integer({ min: 0, max: 700 }),
      limit: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fates, fc.array(page, { minLength: 1, maxLength: 8 }), (all, pages) => {
        const { rows, facts } = record(all);
        for (const { outcomes: wanted, offset, limit } of pages) {
          const filter: RowFilter = { outcomes: wanted, customer: '' };
          const expected = all
            .map((kind, ordinal) => ({ ordinal, outcome: numberOf(kind), customer: customerOf(kind, ordinal) }))
            .filter(({ outcome }) => wanted === null || wanted.includes(outcome));
          const got = rows.page(facts, filter, offset, limit);
          expect(got.total).toBe(expected.length);
          expect(
            got.rows.map((row) => ({
              ordinal: row.ordinal,
              outcome: row.ok ? 'ok' : row.outcome,
              customer: row.customerId === null ? (row.ok ? '' : row.line) : String(row.customerId),
            })),
          ).toEqual(expected.slice(offset, offset + limit));
        }
      }),
      { numRuns: 80 },
    );
  });

  it('finds a customer and part of a faulty line, within a filter too', () => {
    const { rows, facts } = record(['ok', 'not-a-number', 811, 'ok', 'not-a-number']);
    const find = (customer: string, outcomes: RowFilter['outcomes'] = null): number[] =>
      rows.page(facts, { outcomes, customer }, 0, 10).rows.map((row) => row.ordinal);
    expect(find('1003')).toEqual([3]);
    expect(find('1002')).toEqual([2]);
    expect(find('1002', ['ok'])).toEqual([]);
    expect(find('line')).toEqual([1, 4]);
    expect(find('line 4')).toEqual([4]);
    expect(find('9')).toEqual([]);
    expect(rows.row(facts, 2)).toMatchObject({ ok: false, outcome: 811, customerId: 1_002 });
    expect(rows.row(facts, 5)).toBeUndefined();
  });

  it('pages through the rows of one customer or line, whatever blanks stand around it', () => {
    const { org, connection } = openOrg();
    const badge = org.addBadge(definition(), START);
    const none = { line: null, lineNumber: null, earlierKey: null, cap: null, capCount: null };
    const key = org.transaction(() => {
      org.openRequest({
        ...{ badge, kind: 'earnBulk', requestId: 'r', ownerType: 'Loyalty', referenceId: '1' },
        ...{ eventDate: START, expiresOn: START + DAY, processedOn: START },
      });
      for (const outcome of [811, 990001, 811, 990001, 811])
        org.recordRefusal({ outcome, customerId: outcome === 811 ? 7 : 8, ...none });
      return org.closeRequest();
    });
    const rows = new RequestRows(connection);
    const facts = new RequestHistory(connection).get(key) as RequestFacts;
    const page = (customer: string, offset: number, limit: number): [number, number[]] => {
      const { total, rows: found } = rows.page(facts, { outcomes: null, customer }, offset, limit);
      return [total, found.map(({ ordinal }) => ordinal)];
    };
    expect(page('7', 0, 10)).toEqual([3, [0, 2, 4]]);
    expect(page(' 7\t', 1, 1)).toEqual([3, [2]]);
    expect(page('7', 2, 5)).toEqual([3, [4]]);
    expect(page('8', 3, 5)).toEqual([2, []]);
    expect(page('', 5, 5)).toEqual([5, []]);
    expect(page('', 3, 5)).toEqual([5, [3, 4]]);
    expect(page('9', 0, 5)).toEqual([0, []]);
  });
});

it('finds a customer among the rows of the request that is asked, whichever others they are in', () => {
  const { org, connection } = openOrg();
  const badge = org.addBadge(definition(), START);
  const facts = {
    ...{ badge, ownerType: 'Loyalty', referenceId: '1', eventDate: START, expiresOn: START + DAY, processedOn: START },
  };
  const none = { lineNumber: null, earlierKey: null, cap: null, capCount: null };
  const [first, second] = (['issueBulk', 'earnBulk', 'issueBulk', 'earnBulk'] as const).map((kind, index) =>
    org.transaction(() => {
      org.openRequest({ ...facts, kind, requestId: `request ${String(index)}` });
      for (let each = 0; each < 2; each += 1) {
        if (kind === 'issueBulk') org.recordEnrolment(7);
        else org.recordAward(7, null);
        org.recordRefusal({ outcome: 811, customerId: 7, line: null, ...none });
      }
      return org.closeRequest();
    }),
  );
  const rows = new RequestRows(connection);
  const history = new RequestHistory(connection);
  for (const key of [first, second]) {
    const request = history.get(key as number) as RequestFacts;
    const found = rows.page(request, { outcomes: null, customer: '7' }, 0, 10);
    expect(found.rows.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3]);
    expect(found.total).toBe(4);
  }
});
