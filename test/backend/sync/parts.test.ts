import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WORKSPACE } from '../../../db/kinds';
import { migrate } from '../../../db/migrate';
import {
  packCustomers,
  packOutcomes,
  unpackCustomers,
  unpackOutcomes,
  type CustomerOutcome,
} from '../../../db/workspace/live-chunks';
import { LiveJobRows, type LiveCustomerState } from '../../../db/workspace/live-job-rows';
import { LiveJobStore } from '../../../db/workspace/live-jobs';
import { badgeBody, withFieldsOf } from '../../../electron/backend/badges/badge-body';
import { NumberSet } from '../../../electron/backend/sync/live-jobs/number-set';
import { backoff, RateLimit } from '../../../electron/backend/sync/client/pace';
import { readStrictJson } from '../../../electron/backend/sync/client/strict-json';
import type { JsonObject } from '../../../shared/domain/body-reader';
import { readBadge } from '../../../shared/domain/read-badge';
import { MEANING_FIELDS, meaningOf } from '../../../shared/gateway/meaning';
import { fromMeaningText, meaningOfBody, toMeaningText } from '../../../shared/gateway/meaning-text';
import { badge } from '../../domain/arbitraries';
import { mulberry } from './live-jobs/survival';

describe('badges as bodies', () => {
  test('a body made of a definition means the same', () => {
    fc.assert(
      fc.property(badge, (definition) => {
        const text = JSON.stringify(badgeBody(definition));
        expect(meaningOfBody(text)).toBe(toMeaningText(meaningOf(definition)));
        expect(toMeaningText(fromMeaningText(meaningOfBody(text) ?? ''))).toBe(meaningOfBody(text));
      }),
    );
  });

  test('taking fields of another badge takes those and no others', () => {
    fc.assert(
      fc.property(badge, badge, fc.subarray([...MEANING_FIELDS]), (mine, theirs, fields) => {
        // The start and what follows from the earn type belong together in a readable badge.
        const taken = fields.includes('earnType')
          ? [...new Set([...fields, 'issuedBadgeExpiry' as const])]
          : fields.filter((field) => field !== 'issuedBadgeExpiry' || mine.earnType === theirs.earnType);
        const body = withFieldsOf(badgeBody(mine) as JsonObject, badgeBody(theirs), taken);
        const { definition } = readBadge(body);
        expect(definition).not.toBeNull();
        if (!definition) return;
        const merged = meaningOf(definition);
        for (const field of MEANING_FIELDS)
          expect(merged[field]).toBe(meaningOf(taken.includes(field) ? theirs : mine)[field]);
      }),
    );
  });

  test('other spellings of a field do not survive beside the one that was taken', () => {
    const mine = {
      startOnISO: '2027-01-01T00:00:00Z',
      startOn: 1,
      isActive: false,
      ownership: { restrictedToOwners: ['Loyalty'], claims: [] },
    };
    const theirs = { startOn: '2028-01-01T00:00:00Z', active: true, ownership: { restrictedToOwners: ['Milestones'] } };
    expect(withFieldsOf(mine, theirs, ['startOn', 'active', 'restrictedToOwners'])).toEqual({
      startOn: '2028-01-01T00:00:00Z',
      active: true,
      ownership: { restrictedToOwners: ['Milestones'], claims: [] },
    });
  });
});

const hexId = fc.stringMatching(/^[0-9a-f]{24}$/);
const outcome: fc.Arbitrary<CustomerOutcome> = fc.oneof(
  fc.constant<CustomerOutcome>({ kind: 'open' }),
  fc.option(hexId).map((issuedId) => ({ kind: 'done' as const, issuedId })),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((code) => ({ kind: 'refused' as const, code })),
);

describe('customers of a job', () => {
  test('come back from their bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), outcome)), (rows) => {
        const customers = rows.map(([customer]) => customer);
        const outcomes = rows.map(([, each]) => each);
        expect(unpackCustomers(packCustomers(customers))).toEqual(customers);
        expect(unpackOutcomes(packOutcomes(outcomes), outcomes.length)).toEqual(outcomes);
      }),
    );
  });

  test('any page of any filter is what a plain list would give', () => {
    const line = fc.oneof(
      { weight: 4, arbitrary: fc.record({ customer: fc.integer({ min: 1, max: 9_999 }), outcome }) },
      { weight: 1, arbitrary: fc.record({ reject: fc.stringMatching(/^[a-z]{0,4}$/) }) },
    );
    const filter = fc.record({
      states: fc.subarray(['waiting', 'done', 'refused'] as LiveCustomerState[]),
      customer: fc.constantFrom('', '', '7', 'a'),
    });
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        filter,
        fc.nat(45),
        fc.integer({ min: 1, max: 12 }),
        (lines, size, chosen, offset, limit) => {
          const connection = new Database(':memory:');
          migrate(connection, WORKSPACE.migrations, WORKSPACE.applicationId);
          const store = new LiveJobStore(connection);
          const { key } = store.add({
            ...{ uid: 'u', connectionKey: 1, connectionName: 'x', badgeName: 'b', remoteBadgeId: 'r', action: 'award' },
            ...{ ownerType: 'Loyalty', referenceId: '1', eventDate: null, source: '', startedOn: 0 },
          });
          const sent = lines.flatMap((entry) => ('customer' in entry ? [entry] : []));
          lines.forEach((entry, ordinal) => {
            if ('reject' in entry) store.addReject(key, ordinal, entry.reject, 'no customer');
          });
          for (let number = 0; number * size < sent.length; number += 1) {
            const part = sent.slice(number * size, (number + 1) * size);
            store.addChunk(
              key,
              number,
              part.map(({ customer }) => customer),
            );
            const chunk = store.chunk(key, number)!;
            store.saveChunk(key, { ...chunk, outcomes: part.map((entry) => entry.outcome) });
          }
          const plain = lines
            .map((entry, ordinal) => ({
              ordinal,
              customer: 'customer' in entry ? String(entry.customer) : entry.reject,
              state: 'reject' in entry ? 'refused' : entry.outcome.kind === 'open' ? 'waiting' : entry.outcome.kind,
            }))
            .filter(
              ({ state, customer }) =>
                (chosen.states.length === 0 || chosen.states.includes(state as LiveCustomerState)) &&
                customer.includes(chosen.customer),
            );
          const rows = new LiveJobRows(connection);
          const found = rows.page(key, chosen, offset, limit);
          expect(found.total).toBe(plain.length);
          expect(found.rows.map(({ ordinal, customer, state }) => ({ ordinal, customer, state }))).toEqual(
            plain.slice(offset, offset + limit),
          );
          expect([...rows.all(key)].map(({ ordinal }) => ordinal)).toEqual(lines.map((_, ordinal) => ordinal));
          const counts = store.counts(key);
          expect([counts.waiting, counts.done, counts.refused]).toEqual(
            (['waiting', 'done', 'refused'] as const).map(
              (state) =>
                lines.filter(
                  (entry) =>
                    ('reject' in entry ? 'refused' : entry.outcome.kind === 'open' ? 'waiting' : entry.outcome.kind) ===
                    state,
                ).length,
            ),
          );
          connection.close();
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a set of numbers knows each once, however many', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })), {
          maxLength: 5_000,
          size: 'max',
        }),
        (numbers) => {
          const mine = new NumberSet();
          const theirs = new Set<number>();
          for (const number of numbers) {
            expect(mine.add(number)).toBe(!theirs.has(number));
            theirs.add(number);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('pace', () => {
  test('a rate is held over any stretch of time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 20, maxLength: 200 }),
        (perSecond, gaps) => {
          let now = 0;
          const limit = new RateLimit(perSecond, () => now);
          const sent: number[] = [];
          let last = 0;
          for (const gap of gaps) {
            now += gap;
            last = Math.max(last, now + limit.take());
            sent.push(last);
          }
          const burst = Math.max(1, perSecond / 10);
          sent.forEach((from, first) => {
            const within = sent.slice(first).filter((at) => at <= from + 1_000).length;
            expect(within).toBeLessThanOrEqual(perSecond + burst + 1);
          });
        },
      ),
    );
  });

  test('what the org asked for is waited, whatever the dice say', () => {
    const limit = new RateLimit(1_000, () => 0);
    limit.closeFor(700);
    expect(limit.take()).toBe(700);
    const dice = mulberry(1);
    for (let tries = 0; tries < 40; tries += 1) {
      const jittered = backoff(tries, dice, { first: 100, most: 5_000 });
      expect(jittered).toBeLessThan(Math.min(5_000, 100 * 2 ** tries));
      expect(backoff(tries, dice, { first: 100, most: 5_000 }, 9_000)).toBe(9_000);
    }
  });
});

test('strict JSON reads what JSON.parse reads, up to its depth', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => {
      const text = JSON.stringify(value);
      expect(readStrictJson(Buffer.from(text)).value).toEqual(JSON.parse(text));
    }),
  );
  const brackets = JSON.stringify(`${'[{'.repeat(100)}\\"`.repeat(3));
  expect(readStrictJson(Buffer.from(brackets)).value).toBe(JSON.parse(brackets));
  expect(() => readStrictJson(Buffer.from('['.repeat(41) + ']'.repeat(41)))).toThrow(/nested deeper/);
});
