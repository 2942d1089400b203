import { describe, expect, test } from 'vitest';
import { packTerms, unpackTerms, type CustomerOutcome } from '../../../../db/workspace/live-chunks';
import type { LiveChunk, LiveJob } from '../../../../db/workspace/live-jobs';
import { interpret } from '../../../../electron/backend/sync/client/answers';
import type { CustomerRecord } from '../../../../electron/backend/sync/live-jobs/customer-records';
import {
  foundOf,
  hasTerms,
  importRequest,
  readImportAnswer,
  withoutStanding,
} from '../../../../electron/backend/sync/live-jobs/import/request';
import { chancesIn } from '../../../../electron/backend/sync/live-jobs/second-chance';
import { refusalLabel } from '../../../../electron/backend/sync/live-jobs/view';
import { instantOf, SECOND } from '../../../../shared/domain/instant';

const ORG = { connectionKey: 4, name: 'Org', baseUrl: 'https://org.example' };
const JOB = { key: 9, uid: 'uid', remoteBadgeId: 'badge-1', action: 'import' } as LiveJob;
const id = (character: string): string => character.repeat(24);
const OPEN: CustomerOutcome = { kind: 'open' };
const AT = instantOf('2021-03-01T10:00:00.25Z');
const END = instantOf('2031-01-01T00:00:00Z');
const award = (days = 0, again = false) => ({ eventDate: AT + days * 86_400 * SECOND, expiresOn: END, again });

const chunkOf = (changes: Partial<LiveChunk> = {}): LiveChunk => ({
  ...{ number: 2, state: 'sent', attempt: 1, customers: [1, 1, 2], outcomes: [OPEN, OPEN, OPEN], codes: [] },
  ...{ sentAfter: null, known: [], records: null, terms: [award(), award(1), award()] },
  ...changes,
});

const record = (changes: Partial<CustomerRecord> = {}): CustomerRecord => ({
  ...{ id: id('a'), madeOn: AT, eventDate: AT, expiresOn: END, ownerType: null, referenceId: null, isRevoked: false },
  ...changes,
});

const given = (customerId: number, earnedBadgeId: string) => ({ data: { customerId, earnedBadgeId }, errors: null });
const refused = { data: null, errors: [{ code: 1054, message: 'GLOBAL.BADGE_NOT_FOUND', reference: null }] };

describe('an import', () => {
  test('names its open rows with the dates as given, and itself in its header', () => {
    const outcomes = [{ kind: 'done', issuedId: id('b') } as const, OPEN, OPEN];
    const request = importRequest(ORG, JOB, chunkOf({ outcomes }));
    expect(request.headers).toContainEqual({ name: 'X-CAP-REQUEST-ID', value: 'laurel-uid-3-2' });
    expect(JSON.parse(request.body ?? '')).toEqual([
      {
        ...{ badgeMetaId: 'badge-1', customerId: 1 },
        ...{ earnEventDate: '2021-03-02T10:00:00.25Z', earnExpiresOn: '2031-01-01T00:00:00Z' },
      },
      {
        ...{ badgeMetaId: 'badge-1', customerId: 2 },
        ...{ earnEventDate: '2021-03-01T10:00:00.25Z', earnExpiresOn: '2031-01-01T00:00:00Z' },
      },
    ]);
  });

  test('is answered row by row, by place; what names another customer or an older record says nothing', () => {
    const answer = readImportAnswer(chunkOf(), [given(1, id('b')), refused, given(2, id('c'))]);
    expect([...(answer?.answers ?? [])]).toEqual([
      [0, { outcome: { kind: 'done', issuedId: id('b') }, message: '' }],
      [1, { outcome: { kind: 'refused', code: 1054 }, message: 'GLOBAL.BADGE_NOT_FOUND' }],
      [2, { outcome: { kind: 'done', issuedId: id('c') }, message: '' }],
    ]);
    const odd = readImportAnswer(chunkOf({ known: [id('d')] }), [given(7, id('b')), given(1, id('d')), 'odd']);
    expect([odd?.answers.size, odd?.doubtful.size]).toEqual([0, 0]);
    const twice = readImportAnswer(chunkOf(), [given(1, id('b')), given(1, id('b')), { data: null, errors: null }]);
    expect([...(twice?.answers.keys() ?? [])]).toEqual([0]);
    const both = { ...given(1, id('b')), errors: refused.errors };
    expect([...(readImportAnswer(chunkOf(), [both, both, both])?.doubtful.keys() ?? [])]).toEqual([0, 1, 2]);
    expect(readImportAnswer(chunkOf(), [given(1, id('b'))])?.answers.size).toBe(0);
    expect(readImportAnswer(chunkOf(), { data: [] })).toBeNull();
  });

  test('finds what is new at the org, each record for one row; of what the org does not say, nothing speaks against it', () => {
    const found = (records: CustomerRecord[], changes: Partial<LiveChunk> = {}) =>
      [...foundOf(new Map([[1, records]]), chunkOf({ terms: [award(), award(), award()], ...changes }))].map(
        ([place, { outcome }]) => [place, outcome.kind === 'done' ? outcome.issuedId : null],
      );
    expect(found([record()])).toEqual([[0, id('a')]]);
    expect(found([record(), record({ id: id('b'), isRevoked: true })])).toEqual([[0, id('a')], [1, id('b')]]); // prettier-ignore
    expect(found([record()], { known: [id('A')] })).toEqual([]);
    expect(found([record({ eventDate: AT + SECOND })])).toEqual([]);
    expect(found([record({ expiresOn: END - SECOND })])).toEqual([]);
    expect(found([record({ eventDate: AT - SECOND / 4, expiresOn: null })])).toEqual([[0, id('a')]]);
    const named = [{ kind: 'done', issuedId: id('a') } as const, OPEN, OPEN];
    expect(found([record()], { outcomes: named })).toEqual([]);
    const unnamed = [{ kind: 'done', issuedId: null } as const, OPEN, OPEN];
    expect(found([record()], { outcomes: unnamed })).toEqual([]);
    expect(found([record(), record({ id: id('b') })], { outcomes: unnamed })).toEqual([[1, id('b')]]);
  });

  test('leaves out what stands, unless it is to be written again; what is left out alone settles the chunk', () => {
    const chunk = chunkOf({ state: 'waiting' });
    expect(withoutStanding(chunk, new Map([[1, [record({ isRevoked: true })]]]))).toBe(chunk);
    const one = withoutStanding(chunk, new Map([[1, [record()]]]));
    expect([one.state, one.outcomes.map(({ kind }) => kind)]).toEqual(['waiting', ['refused', 'open', 'open']]);
    const all = withoutStanding(
      chunk,
      new Map([
        [1, [record(), record({ id: id('b'), eventDate: award(1).eventDate })]],
        [2, [record({ id: id('c') })]],
      ]),
    );
    expect(all.state).toBe('settled');
    expect(refusalLabel(0, all.codes[0]?.[2] ?? '', 'import').key).toBe('refusals.lineStands');
    const again = chunkOf({ state: 'waiting', terms: [award(0, true), award(1, true), award(0, true)] });
    expect(withoutStanding(again, new Map([[1, [record()]]]))).toBe(again);
    expect(withoutStanding(chunk, new Map([[1, [record({ expiresOn: null })]]]))).toBe(chunk);
  });

  test('keeps its awards with its rows, and knows when they can no longer be read', () => {
    const terms = [award(), award(3, true)];
    expect(unpackTerms(packTerms(terms))).toEqual(terms);
    expect(unpackTerms([id('a')])).toBeNull();
    expect(unpackTerms([...packTerms(terms), 'odd'])).toBeNull();
    expect(unpackTerms(null)).toBeNull();
    expect(hasTerms(chunkOf())).toBe(true);
    expect(hasTerms(chunkOf({ terms: null }))).toBe(false);
    expect(hasTerms(chunkOf({ known: null }))).toBe(false);
    expect(hasTerms(chunkOf({ known: null, state: 'waiting' }))).toBe(true);
  });

  test('a list is an answer to an import, and to nothing else', () => {
    const body = Buffer.from('[{"data":null,"errors":null}]');
    const exchange = { kind: 'answer', status: 200, headers: [], body } as const;
    const asked = { host: 'org', isWrite: true };
    expect(interpret(exchange, { ...asked, isListAnswer: true })).toMatchObject({ kind: 'success' });
    expect(interpret(exchange, asked)).toMatchObject({ kind: 'ambiguous', isAnswer: true });
    expect(interpret({ ...exchange, status: 500 }, { ...asked, isListAnswer: true }).kind).toBe('ambiguous');
  });

  test('what the badge is missing for, and what was left out here, no second try can change', () => {
    const mayBeServed = chancesIn('import');
    expect([0, 1054, 400, 999999].map(mayBeServed)).toEqual([false, false, false, true]);
    expect(refusalLabel(1054, 'GLOBAL.BADGE_NOT_FOUND', 'import').key).toBe('refusals.outcomeNoBadge');
  });
});
