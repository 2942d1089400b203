/** Reading an org's badges page by page, whatever it answers: what is asked, where it ends, and what is refused. */
import { describe, expect, test } from 'vitest';
import { defaultsOf, LiveReads } from '../../../../electron/backend/sync/badges/live-reads';
import type { Outcome } from '../../../../electron/backend/sync/client/answers';
import type { GatewayClient, GatewayRequest } from '../../../../electron/backend/sync/client/gateway-client';
import { instantOf } from '../../../../shared/domain/instant';
import type { Failure } from '../../../../shared/ipc/errors';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message } from '../../../../shared/words/message';

type Answer = object | Outcome;
type Asked = [purpose: string, path: string, query: Record<string, string>];

const KEPT = message('plans.nothingSent');

/** Reads of an org that answers with the data of `answer`, or with an outcome. */
function readsOf(answer: (page: number, request: GatewayRequest) => Answer, kept: Message | null = KEPT) {
  const asked: Asked[] = [];
  const org = { connectionKey: 1, name: 'Acme', baseUrl: 'https://acme.example' };
  const send = (request: GatewayRequest) => {
    const { pathname, searchParams } = new URL(request.url);
    asked.push([request.purpose, pathname.split('/badges/')[1] ?? '', Object.fromEntries(searchParams)]);
    expect([request.method, request.isWrite, request.body]).toEqual(['GET', false, null]);
    if (asked.length > 1_500) throw new Error('asks for ever');
    const given = answer(Number(searchParams.get('page') ?? -1), request);
    const outcome = 'kind' in given ? given : { kind: 'success', status: 200, data: given, text: '' };
    return Promise.resolve({ outcome });
  };
  const client = { org, send, noteCounts: () => undefined } as unknown as GatewayClient;
  return { asked, reads: new LiveReads(client, { dice: () => 0, times: { first: 0, most: 0 } }, kept) };
}

const id = (number: number): string => `b${String(number)}`;
const listOf = (rows: readonly object[], pagination: object): object => ({ metaBasicDetails: rows, pagination });
const row = (number: number): object => ({ id: id(number), name: `Badge ${String(number)}`, more: number });
const refused = (status: number): Outcome => ({
  ...{ kind: 'refused', status, errors: [{ code: 700, message: 'No', reference: null }] },
  sentence: message('org.gotToken'),
});
const failureOf = async (asking: Promise<unknown>): Promise<[code: string, words: string]> =>
  asking.then(
    () => ['none', ''],
    (error: unknown) => [(error as Failure).code, (error as Failure).message],
  );
const unlike = (what: Message, kept = true): string => {
  const sentence = message('org.notAsGateway', { org: 'Acme', what });
  return inEnglish(kept ? message('org.failed', { sentence, kept: KEPT }) : sentence);
};

describe('the list', () => {
  test('is read page by page, told as it grows, and each row is kept as it came', async () => {
    const { asked, reads } = readsOf((page) =>
      listOf([row(page * 2), row(page * 2 + 1)], { page, total: 5, totalPages: 3 }),
    );
    const told: number[][] = [];
    const found = await reads.list((...report) => void told.push(report));
    expect([...found]).toEqual([0, 1, 2, 3, 4, 5].map((number) => [id(number), { id: id(number), row: row(number) }]));
    expect(asked).toEqual(['0', '1', '2'].map((page) => ['list', 'badgeMeta', { page, size: '100' }]));
    // A total that is outgrown grows with what was found.
    expect(told).toEqual([
      [2, 5],
      [4, 5],
      [6, 6],
    ]);
  });

  test('ends with its last page, and with a page that is empty', async () => {
    for (const [pages, requests] of [
      [1, 1],
      [0, 1],
      [9, 3],
    ]) {
      const { asked, reads } = readsOf((page) =>
        listOf(page < 2 ? [row(page)] : [], { page, total: 0, totalPages: pages }),
      );
      expect((await reads.list(() => undefined)).size, String(pages)).toBe(Math.min(2, requests ?? 0));
      expect(asked).toHaveLength(requests ?? 0);
    }
  });

  test('that says the same again, has no end, or is no list is refused in words', async () => {
    const end = { page: 0, total: 1, totalPages: 9 };
    const same = readsOf(() => listOf([row(1)], end));
    expect(await failureOf(same.reads.list(() => undefined))).toEqual([
      'rejected-by-gateway',
      unlike(message('org.listRepeats')),
    ]);
    expect(same.asked).toHaveLength(2);
    const endless = readsOf((page) =>
      listOf(
        Array.from({ length: 1_000 }, (_, index) => row(page * 1_000 + index)),
        { page, total: 1, totalPages: 1e6 },
      ),
    );
    expect(await failureOf(endless.reads.list(() => undefined))).toEqual([
      'rejected-by-gateway',
      unlike(message('org.listTooLong', { most: '100000' })),
    ]);
    expect(endless.asked).toHaveLength(101);
    const none = readsOf(() => ({ metaBasicDetails: 'x' }), null);
    expect(await failureOf(none.reads.list(() => undefined))).toEqual([
      'rejected-by-gateway',
      unlike(message('org.listUnlike'), false),
    ]);
  });
});

describe('a badge by its name', () => {
  const whole = (badgeId: string): object => ({ id: badgeId, name: 'Gold', ownership: null });

  test('is the one of exactly this name, wherever in the list it stands, read whole', async () => {
    const { asked, reads } = readsOf((page, { url }) => {
      if (!url.includes('page=')) return whole('b7');
      const rows = page === 1 ? [{ id: 'b7', name: 'Gold' }] : [{ id: id(page), name: 'Golden' }];
      return listOf(rows, { page, total: 3, totalPages: 3 });
    });
    expect((await reads.named('Gold'))?.id).toBe('b7');
    expect(asked).toEqual([
      ['find', 'badgeMeta', { name: 'Gold', page: '0', size: '100' }],
      ['find', 'badgeMeta', { name: 'Gold', page: '1', size: '100' }],
      ['read', 'badgeMeta/b7', {}],
    ]);
  });

  test('is none at the end of the list, at an empty page, and after a thousand pages', async () => {
    for (const [rows, totalPages, requests] of [
      [[row(1)], 3, 3],
      [[], 3, 1],
      [[row(1)], 1e6, 1_002],
    ] as const) {
      const { asked, reads } = readsOf((page) => listOf(rows, { page, total: 1, totalPages }));
      expect(await reads.named('Gold')).toBeNull();
      expect(asked).toHaveLength(requests);
    }
    const { reads } = readsOf(() => []);
    expect(await failureOf(reads.named('Gold'))).toEqual(['rejected-by-gateway', unlike(message('org.listUnlike'))]);
  });
});

describe('a badge by its id', () => {
  test('is read for what it is asked for, and is none where the org has none', async () => {
    const { asked, reads } = readsOf(() => ({ id: 'b1', name: 'A', more: 1 }));
    expect(await reads.badge('b1')).toMatchObject({ id: 'b1', more: 1 });
    expect(await reads.badge('b1', 'look', { includeStatistics: 'true' })).toMatchObject({ id: 'b1' });
    expect(asked).toEqual([
      ['read', 'badgeMeta/b1', {}],
      ['look', 'badgeMeta/b1', { includeStatistics: 'true' }],
    ]);
    expect(await readsOf(() => refused(404)).reads.badge('b1')).toBeNull();
  });

  test('is refused where it is another, or none, or the org says no', async () => {
    for (const data of [{ id: 'b2', name: 'A' }, { name: 'A' }, []]) {
      expect(await failureOf(readsOf(() => data).reads.badge('b1'))).toEqual([
        'rejected-by-gateway',
        unlike(message('org.badgeUnlike')),
      ]);
    }
    expect((await failureOf(readsOf(() => refused(400)).reads.badge('b1')))[0]).toBe('rejected-by-gateway');
    const gone: Outcome = { kind: 'not-sent', status: null, fault: 'refused', sentence: message('org.gotToken') };
    expect(await failureOf(readsOf(() => gone).reads.badge('b1'))).toEqual([
      'offline',
      inEnglish(message('org.failed', { sentence: message('org.gotToken'), kept: KEPT })),
    ]);
  });
});

describe('what a cycle has counted', () => {
  const from = instantOf('2026-05-04T00:00:00.5Z');
  const cycle = (changes: object = {}): object => ({
    ...{ startDate: '2026-05-04T00:00:00.5Z', earnCount: 3, constraintType: 'BADGE_FIXED_WINDOW' },
    ...changes,
  });
  const counted = (...fixedWindowCycles: object[]) => readsOf(() => ({ fixedWindowCycles }));

  test('is asked of the badge alone, of that cycle', async () => {
    const { asked, reads } = counted(cycle());
    expect(await reads.awardsInCycle('b1', from)).toBe(3);
    expect(asked).toEqual([
      [
        'read',
        'badgeMeta/getFixedWindowDetails',
        {
          ...{ badgeMetaId: 'b1', constraintType: 'BADGE', includeEarnCount: 'true' },
          ...{ startDate: '2026-05-04T00:00:00.5Z', endDate: '2026-05-04T00:00:00.5Z' },
        },
      ],
    ]);
  });

  test('is of the badge’s window and this start, and unknown where several are said', async () => {
    const other = cycle({ startDate: '2026-05-11T00:00:00Z', earnCount: 9 });
    const customers = cycle({ constraintType: 'CUSTOMER_FIXED_WINDOW', earnCount: 8 });
    const odd = cycle({ startDate: 'soon', earnCount: 7 });
    expect(await counted(other, customers, cycle(), odd, cycle()).reads.awardsInCycle('b1', from)).toBe(3);
    expect(await counted(cycle(), cycle({ earnCount: 4 })).reads.awardsInCycle('b1', from)).toBeNull();
    expect(await counted(other).reads.awardsInCycle('b1', from)).toBeNull();
    expect(await counted(cycle({ earnCount: null })).reads.awardsInCycle('b1', from)).toBeNull();
    expect(await counted(cycle({ earnCount: 0 })).reads.awardsInCycle('b1', from)).toBe(0);
    expect(await readsOf(() => []).reads.awardsInCycle('b1', from)).toBeNull();
  });
});

describe('custom fields and groups', () => {
  test('are read to their last page, or to one that is empty, and no further than a hundred', async () => {
    const fields = [
      { name: 'Region', isMandatory: true, defaultValue: 'North' },
      { name: 'Count', isMandatory: true, isActive: true, defaultValue: 5 },
      { name: 'Bare', isMandatory: true },
      { name: 'Old', isMandatory: true, isActive: false, defaultValue: 'x' },
      { name: 'Free', isMandatory: false, defaultValue: 'x' },
      { name: 'Unsaid', defaultValue: 'x' },
    ];
    const { asked, reads } = readsOf((page) => ({
      customFieldROList: page === 0 ? fields.slice(0, 2) : fields.slice(2),
      pagination: { totalPages: 2 },
    }));
    expect(defaultsOf(await reads.customFields())).toEqual({ Region: 'North', Count: '5', Bare: '' });
    expect(asked).toEqual(['0', '1'].map((page) => ['fields', 'customField', { page, size: '100' }]));
    for (const [list, requests] of [
      [fields, 100],
      [[], 1],
    ] as const) {
      const endless = readsOf(() => ({ customFieldROList: list, pagination: { totalPages: 1e6 } }));
      await endless.reads.customFields();
      expect(endless.asked).toHaveLength(requests);
    }
    expect(await failureOf(readsOf(() => []).reads.customFields())).toEqual([
      'rejected-by-gateway',
      unlike(message('org.fieldsUnlike')),
    ]);
  });

  test('of groups, one without a rank is behind those before it, and one that was switched off says so', async () => {
    const groups = [
      { id: 'g1', name: 'One', rank: 5, isActive: true },
      { id: 'g2', name: 'Two', rank: null, isActive: false },
      { id: 'g3', name: 'Three' },
    ];
    const { asked, reads } = readsOf((page) => ({
      badgeGroups: page === 0 ? groups.slice(0, 2) : groups.slice(1),
      pagination: { totalPages: 2 },
    }));
    expect(await reads.groups()).toEqual([
      { id: 'g1', name: 'One', rank: 5, isActive: true },
      { id: 'g2', name: 'Two', rank: 3, isActive: false },
      { id: 'g3', name: 'Three', rank: 3, isActive: true },
    ]);
    expect(asked).toEqual(['0', '1'].map((page) => ['groups', 'group', { page, size: '100' }]));
    for (const [list, requests] of [
      [groups, 100],
      [[], 1],
    ] as const) {
      const endless = readsOf(() => ({ badgeGroups: list, pagination: { totalPages: 1e6 } }));
      await endless.reads.groups();
      expect(endless.asked).toHaveLength(requests);
    }
    expect(await failureOf(readsOf(() => []).reads.groups())).toEqual([
      'rejected-by-gateway',
      unlike(message('org.groupsUnlike')),
    ]);
  });
});

describe('counted cycles', () => {
  const cycle = (start: number, earnCount: number | null, change: object = {}): object => ({
    ...{ fixedWindowCycleReferenceId: 'w', startDate: start, endDate: start + 86_400, earnCount },
    ...{ constraintType: 'BADGE_FIXED_WINDOW', ...change },
  });
  const [from, to] = [instantOf('2026-01-05T00:00:00Z'), instantOf('2026-02-02T00:00:00Z')];

  test('are read page by page, the badge’s own that are counted', async () => {
    const { asked, reads } = readsOf((page) => ({
      fixedWindowCycles: [
        cycle(page * 172_800, page),
        cycle(9, 4, { constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW' }),
        cycle(10, null),
        cycle(11, 3, { endDate: null }),
      ],
      pagination: { totalPages: 2 },
    }));
    const second = 1_000_000;
    expect(await reads.countedCycles('b1', from, to)).toEqual([
      { window: 'w', start: 0, lastDay: 86_400 * second, awards: 0 },
      { window: 'w', start: 172_800 * second, lastDay: 259_200 * second, awards: 1 },
    ]);
    expect(asked[1]).toEqual([
      'read',
      'badgeMeta/getFixedWindowDetails',
      {
        ...{ badgeMetaId: 'b1', constraintType: 'BADGE', includeEarnCount: 'true', page: '1', size: '100' },
        ...{ startDate: '2026-01-05T00:00:00Z', endDate: '2026-02-02T00:00:00Z' },
      },
    ]);
  });

  test('that say the same again end, and an answer that is none has no cycles', async () => {
    const same = readsOf(() => ({ fixedWindowCycles: [cycle(0, 1)], pagination: { totalPages: 9 } }));
    expect(await same.reads.countedCycles('b1', from, to)).toHaveLength(1);
    expect(same.asked).toHaveLength(2);
    const other = readsOf(() => ({ cycles: [] }));
    expect(await other.reads.countedCycles('b1', from, to)).toEqual([]);
    const refusal = readsOf(() => refused(400));
    expect((await failureOf(refusal.reads.countedCycles('b1', from, to)))[0]).toBe('rejected-by-gateway');
  });
});
