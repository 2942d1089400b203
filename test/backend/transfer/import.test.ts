import path from 'node:path';
import { expect, test } from 'vitest';
import { TEMPLATE_HEADINGS } from '../../../electron/backend/transfer/template-row';
import { temporaryFolder } from '../../db/temporary-folder';
import { badgeBody, badgeText } from '../../domain/badge-bodies';
import { testBackend } from '../open-backend';
import { allBodies, allIds, grant, lookAndImport, readable, runJob } from './transfer-work';

test('a JSON list becomes a badge an entry, as one step that undo takes back whole', async () => {
  const backend = await testBackend();
  const text = JSON.stringify([badgeBody({ name: 'A' }), badgeBody({ name: 'B' }), 7]);
  const { look, outcome } = await lookAndImport(backend, [{ text }]);
  expect(look.counts).toEqual({ new: 2, same: 0, differs: 0 });
  expect(look.unread.map(({ reason }) => reason.key)).toEqual(['transfer.isNoBadge']);
  expect([outcome.made, outcome.stopped]).toEqual([2, null]);
  expect((await allBodies(backend)).map((body) => (JSON.parse(body) as { name: string }).name)).toEqual(['A', 'B']);
  const { moved, left } = await backend.call('bulk.undo', { key: outcome.step?.key ?? 0 });
  expect([moved.length, left]).toEqual([2, []]);
  expect(await allIds(backend)).toEqual([]);
});

test('what is here already and what differs is told by field; changing it keeps all else, and undo brings it back', async () => {
  const backend = await testBackend();
  const here = badgeText({ name: 'B', campaignNote: 'ours', badgeRank: 1 });
  for (const body of [badgeText({ name: 'A' }), here]) await backend.call('badges.create', { body });
  const sources = [
    {
      text: JSON.stringify([
        badgeBody({ name: 'A' }),
        badgeBody({ name: 'B', badgeRank: 2 }),
        badgeBody({ name: 'C' }),
        badgeBody({ name: 'C' }),
      ]),
    },
  ];
  const left = await lookAndImport(backend, sources);
  expect(left.look.counts).toEqual({ new: 1, same: 2, differs: 1 });
  expect(left.look.differing).toEqual([{ name: 'B', fields: ['badgeRank'], reason: null }]);
  expect([left.outcome.made, left.outcome.changed, left.outcome.left]).toEqual([1, 0, 1]);
  const { outcome } = await lookAndImport(backend, sources, 'change');
  expect([outcome.made, outcome.changed, outcome.left]).toEqual([0, 1, 0]);
  const changed = (await allBodies(backend))
    .map((body) => JSON.parse(body) as Record<string, unknown>)
    .find(({ name }) => name === 'B');
  expect([changed?.['badgeRank'], changed?.['campaignNote']]).toEqual([2, 'ours']);
  await backend.call('bulk.undo', { key: outcome.step?.key ?? 0 });
  expect(await allBodies(backend)).toContain(here);
});

/** As a gateway prints a badge, and a row of its list. */
const printed = (name: string) => ({
  ...badgeBody({
    name,
    startOn: 1_767_225_600,
    expiresOn: 1_798_675_200,
    customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
  }),
  ...{
    id: '65f0000000000000000000b1',
    badgeNumericId: 7,
    orgId: 1,
    status: 'LIVE',
    createdOn: 1_700_000_000,
    createdBy: 1,
  },
  ...{ badgeConstraints: [], tags: [], benefits: [], images: [], customFields: {}, active: true, description: null },
  ...{ badgeGroupId: null, badgeRank: null, defaultTillId: 1, issuedBadgeExpiry: null },
});

test('the answer of a read becomes one badge without what the org adds, and is sent with the migration header', async () => {
  const backend = await testBackend();
  const folder = temporaryFolder();
  const token = readable(
    backend,
    folder,
    'answer.json',
    JSON.stringify({ data: printed('Live'), errors: [], warnings: null }),
  );
  const { look, outcome } = await lookAndImport(backend, [{ token }]);
  expect(look.isPlain).toBe(false);
  expect(look.notes.map(({ key }) => key)).toEqual(['transfer.printedNote']);
  const detail = await backend.call('badges.get', { id: outcome.last ?? '' });
  const body = JSON.parse(detail.body) as Record<string, unknown>;
  expect(['id', 'orgId', 'status'].filter((key) => key in body)).toEqual([]);
  expect([body['customerConstraints'], detail.migration, detail.problems]).toEqual([
    [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
    true,
    [],
  ]);
});

test('a list answer says nothing about limits: they are told as missing, and those of a badge that is here stay', async () => {
  const backend = await testBackend();
  const limits = [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 9 }];
  await backend.call('badges.create', {
    body: badgeText({ name: 'Live', customerConstraints: limits, description: 'old' }),
  });
  const unsaid = ['customerConstraints', 'badgeConstraints', 'tags', 'benefits', 'defaultTillId'];
  const row = Object.fromEntries(Object.entries(printed('Live')).filter(([key]) => !unsaid.includes(key)));
  const text = JSON.stringify({
    data: { metaBasicDetails: [{ ...row, description: 'new' }] },
    errors: [],
    warnings: null,
  });
  const { look, outcome } = await lookAndImport(backend, [{ text }], 'change');
  expect(look.notes.map(({ key }) => key)).toContain('transfer.leftOutNote');
  expect(look.differing.map(({ fields }) => fields)).toEqual([expect.arrayContaining(['description'])]);
  expect(look.differing[0]?.fields).not.toContain('customerConstraints');
  expect(outcome.changed).toBe(1);
  const [body = ''] = await allBodies(backend);
  expect(JSON.parse(body)).toMatchObject({ description: 'new', customerConstraints: limits });
});

/** The row that the vendor's public page shows under the header. */
const SAMPLE = [
  ...[
    'test34567',
    'Purchase 5 pet products in 3 months',
    'TRUE',
    '1757777926',
    '1799632870',
    'EARN',
    'ABSOLUTE',
    'TRUE',
  ],
  ...['WITH_BADGE_META', '"Loyalty,Milestones"', 'CUSTOMER_BADGE_FIXED_VALUE', 'CUSTOMER_BADGE_ROLLING_WINDOW', '100'],
  ...['1', '1', '1', '2', '1', '10', '100000', 'BADGE_ROLLING_WINDOW', 'BADGE_FIXED_VALUE', 'BADGE_ROLLING_WINDOW'],
  ...[
    'BADGE_ROLLING_WINDOW',
    'DAYS',
    '1',
    '100',
    'WEEKS',
    '1',
    '2000',
    'MONTHS',
    '1',
    '5000',
    '10000',
    'EARN',
    'COUPON',
  ],
  ...[
    'LOYALTY_POINTS',
    'COUPON',
    '100',
    '626',
    '80332',
    '1489',
    '3843',
    '234',
    '136',
    'Type1',
    'Birthday',
    'Type2',
    'name',
  ],
  ...['Type3', '3', '456', 'mnp'],
];

test.each([
  ['commas', (line: readonly string[]) => line.join(',')],
  ['semicolons', (line: readonly string[]) => line.join(';')],
])('the row of the vendor’s page is read with %s, each limit where it belongs', async (_, joined) => {
  const backend = await testBackend();
  const text = `${joined(TEMPLATE_HEADINGS)}\r\n${joined(SAMPLE)}\r\n`;
  const token = readable(backend, temporaryFolder(), 'template.csv', text);
  const { outcome } = await lookAndImport(backend, [{ token }]);
  const detail = await backend.call('badges.get', { id: outcome.last ?? '' });
  expect(detail.problems.filter(({ code }) => code !== 722)).toEqual([]);
  expect(JSON.parse(detail.body)).toMatchObject({
    name: 'test34567',
    startOn: '2025-09-13T15:38:46Z',
    ownership: { restrictedToOwners: ['Loyalty', 'Milestones'] },
    customerConstraints: [{ maxEarnLimit: 100 }, { rollForDays: 1, maxEarnForWeeks: 2, maxEarnForMonths: 10 }],
    badgeConstraints: [
      { rollType: 'DAYS', maxEarnLimit: 100 },
      { maxEarnLimit: 100_000 },
      { rollType: 'WEEKS', maxEarnLimit: 2000 },
      { rollType: 'MONTHS', maxEarnLimit: 5000 },
    ],
    benefits: [{ seriesId: 136 }, { points: 100, programId: 626, expirationStrategyId: 3843 }, { seriesId: 234 }],
    tags: [
      { name: 'Type1', value: 'Birthday' },
      { name: 'Type2', value: 'name' },
      { name: 'Type3', value: 'mnp' },
    ],
    ...{ badgeRank: 3, badgeGroupId: '456', active: true },
  });
});

test('a table pasted from a spreadsheet, a broken list, a picture and a table of customers: read, or said why not', async () => {
  const backend = await testBackend();
  const folder = temporaryFolder();
  const pasted = 'name\tstartOn\tbadgeRank (JSON)\nFrom a sheet\t2026-06-01T00:00:00Z\t4';
  const sources = [
    { text: pasted },
    { token: readable(backend, folder, 'broken.json', '[{"name": "A",}]') },
    { token: readable(backend, folder, 'picture.json.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])) },
    { token: readable(backend, folder, 'customers.csv', 'customer,name\n1,Ann\n2,Ben\n') },
    { token: grant(backend, path.join(folder, 'gone.json'), 'read') },
    { token: readable(backend, folder, 'empty-list.json', '[]') },
  ];
  const { look, outcome } = await lookAndImport(backend, sources);
  expect(look.unread.map(({ from, reason }) => [from, reason.key])).toEqual([
    ['broken.json', expect.stringMatching(/^json\./)],
    ['picture.json.png', 'transfer.isNoBadges'],
    ['customers.csv', 'transfer.noColumns'],
    ['gone.json', 'opening.unreadable'],
    ['empty-list.json', 'transfer.nothingInIt'],
  ]);
  expect(outcome.made).toBe(1);
  expect((await allBodies(backend)).map((body) => JSON.parse(body) as unknown)).toEqual([
    { name: 'From a sheet', startOn: '2026-06-01T00:00:00Z', badgeRank: 4 },
  ]);
});

test('ten thousand badges come with progress; cancelled, what had come stays as one step', async () => {
  const backend = await testBackend();
  const bodies = Array.from({ length: 10_000 }, (_, place) => badgeBody({ name: `Badge ${String(place)}` }));
  const sources = [{ text: JSON.stringify(bodies) }];
  const { seen, counts } = await runJob(backend, 'transfer.look', { sources });
  expect(counts).toEqual({ new: 10_000, same: 0, differs: 0 });
  const cancel = new AbortController();
  const outcome = await runJob(
    backend,
    'transfer.import',
    { sources, differing: 'leave', seen },
    cancel.signal,
    ({ done }) => {
      // Reading reports each 250 badges, writing each 100.
      if (done >= 300 && done % 250 !== 0) cancel.abort();
    },
  );
  expect(outcome.stopped?.key).toBe('transfer.cancelled');
  expect(outcome.made).toBe(300);
  expect(await allIds(backend)).toHaveLength(outcome.made);
  await backend.call('bulk.undo', { key: outcome.step?.key ?? 0 });
  expect(await allIds(backend)).toEqual([]);
});

test('an import that was overtaken writes nothing', async () => {
  const backend = await testBackend();
  const sources = [{ text: JSON.stringify([badgeBody({ name: 'A' })]) }];
  const { seen } = await runJob(backend, 'transfer.look', { sources });
  await backend.call('badges.create', { body: badgeText({ name: 'A', badgeRank: 5 }) });
  await expect(runJob(backend, 'transfer.import', { sources, differing: 'change', seen })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await allIds(backend)).toHaveLength(1);
});

test('what is no badge does not come, and is named: nothing, a page, a merge that is not finished, a table, other files of Laurel', async () => {
  const backend = await testBackend();
  const folder = temporaryFolder();
  const file = (name: string, text: string) => ({ token: readable(backend, folder, name, text) });
  const sources = [
    file('empty.badge.json', ''),
    file('page.badge.json', '<html><body>Sign in</body></html>'),
    file('merge.badge.json', '{\r\n<<<<<<< HEAD\r\n"name": "A"\r\n=======\r\n"name": "B"\r\n>>>>>>> theirs\r\n}\r\n'),
    file('template.json', `${TEMPLATE_HEADINGS.join(',')}\r\n${SAMPLE.join(',')}\r\n`),
    file('a.plan.json', JSON.stringify({ schema: 'laurel/plan@3', name: 'P' })),
    file('a.badge-art.json', JSON.stringify({ schema: 'laurel/badge-art@1', name: 'P', data: [] })),
    file('list.json', JSON.stringify([{ schema: 'laurel/policy@1' }, badgeBody({ name: 'Good' })])),
  ];
  const { look, outcome } = await lookAndImport(backend, sources);
  expect(look.unread.map(({ from, reason }) => [typeof from === 'object' ? from.key : from, reason.key])).toEqual([
    ['empty.badge.json', 'json.at'],
    ['page.badge.json', 'json.at'],
    ['merge.badge.json', 'plans.fileMergeMarkers'],
    ['template.json', 'json.at'],
    ['a.plan.json', 'transfer.isOtherFile'],
    ['a.badge-art.json', 'transfer.isOtherFile'],
    ['transfer.place', 'transfer.isOtherFile'],
  ]);
  expect(look.unread[2]?.reason.values).toEqual({ line: '2' });
  expect([look.counts.new, outcome.made]).toEqual([1, 1]);
});

test('a draft with mistakes in its JSON comes as it stands and is told; a second time it is here already', async () => {
  const backend = await testBackend();
  const folder = temporaryFolder();
  const broken = '{ "name": "Half", }';
  const sources = [
    { token: readable(backend, folder, 'half.badge.json', broken) },
    { text: '[{ "badgeRank": 1, "active": true }, { "active": true, "badgeRank": 1 }, { "badgeRank": 2 }]' },
  ];
  const first = await lookAndImport(backend, sources);
  expect(first.look.notes).toEqual([{ key: 'transfer.mistakesNote', values: { from: 'half.badge.json' } }]);
  expect(first.look.counts).toEqual({ new: 3, same: 1, differs: 0 });
  expect(await allBodies(backend)).toContain(broken);
  const again = await lookAndImport(backend, sources, 'change');
  expect([again.look.counts, again.outcome.made]).toEqual([{ new: 0, same: 4, differs: 0 }, 0]);
});

test('of several different badges of one name that come together the first comes; the others are told, and left', async () => {
  const backend = await testBackend();
  const sources = [
    { text: badgeText({ name: 'Dup', badgeRank: 1 }) },
    { text: JSON.stringify([badgeBody({ name: 'Dup', badgeRank: 2 }), badgeBody({ name: 'Dup', badgeRank: 1 })]) },
  ];
  const { look, outcome } = await lookAndImport(backend, sources, 'change');
  expect(look.counts).toEqual({ new: 1, same: 1, differs: 1 });
  expect(look.differing).toEqual([
    { name: 'Dup', fields: ['badgeRank'], reason: { key: 'transfer.severalComing', values: {} } },
  ]);
  expect([outcome.made, outcome.changed, outcome.left]).toEqual([1, 0, 1]);
  expect((await allBodies(backend)).map((body) => JSON.parse(body) as unknown)).toMatchObject([{ badgeRank: 1 }]);
});
