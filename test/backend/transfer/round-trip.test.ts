import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import type { BadgeDefinition } from '../../../shared/domain/badge';
import { parseJson, writeJson } from '../../../shared/domain/json';
import { readBadge } from '../../../shared/domain/read-badge';
import { canonical, meaningOf, type MeaningField } from '../../../shared/gateway/meaning';
import type { TransferFormat } from '../../../shared/ipc/transfer-contract';
import { badgeBody } from '../../../electron/backend/badges/badge-body';
import { temporaryFolder } from '../../db/temporary-folder';
import { badge } from '../../domain/arbitraries';
import { testBackend, type TestBackend } from '../open-backend';
import { allBodies, allIds, FILE_NAMES, grant, lookAndImport, runJob } from './transfer-work';

/** Texts that spreadsheets, CSV and terminals are known to change. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '=1+1',
    '-5',
    '+49',
    '@home',
    "'=1",
    "'",
    '"quoted"',
    'a,b;c\td',
    'two\nlines',
    '\r\nends\r',
    ' blank ',
  ),
  fc.constantFrom(
    '0042',
    '1e5',
    'TRUE',
    'null',
    '2026-05-04',
    '_x0041_',
    '\u202eturned',
    '\u0007bell',
    '😀',
    '',
    '夜',
    'ß',
  ),
);
const number = fc.option(fc.integer({ min: 0, max: 9_000_000_000 }), { nil: null });

const anyBadge: fc.Arbitrary<BadgeDefinition> = fc
  .record({
    base: badge,
    name: text,
    description: fc.option(text, { nil: null }),
    owners: fc.uniqueArray(fc.constantFrom('Loyalty' as const, 'Milestones' as const, 'Journeys' as const)),
    tags: fc.array(fc.record({ name: fc.option(text, { nil: null }), value: fc.option(text, { nil: null }) }), {
      maxLength: 5,
    }),
    images: fc.array(
      fc.record({
        ...{
          name: fc.option(text, { nil: null }),
          fileSvcHandle: fc.constant(null),
          url: fc.option(text, { nil: null }),
        },
        tag: fc.constantFrom('EARNED' as const, null),
      }),
      { maxLength: 2 },
    ),
    benefits: fc.array(
      fc.oneof(
        fc.record({ benefitType: fc.constant('COUPON' as const), seriesId: number }),
        fc.record({
          ...{
            benefitType: fc.constant('LOYALTY_POINTS' as const),
            points: number,
            programId: number,
            promotionId: number,
          },
          ...{ allocationStrategyId: number, expirationStrategyId: number, defaultTillId: number },
        }),
      ),
      { maxLength: 4 },
    ),
    badgeGroupId: fc.option(text, { nil: null }),
    badgeRank: number,
    defaultTillId: number,
    customFields: fc.dictionary(fc.oneof(text, fc.constantFrom('a.b', '1', 'x (JSON)')), text, { maxKeys: 3 }),
    active: fc.boolean(),
  })
  .map(({ base, owners, ...rest }) => ({ ...base, ...rest, restrictedToOwners: owners }));

const numbered = (definitions: readonly BadgeDefinition[]): BadgeDefinition[] =>
  definitions.map((definition, place) => ({ ...definition, name: `${definition.name} ${String(place + 1)}` }));

/** Exports all badges of one workspace, and imports them into an empty one. */
async function trip(from: TestBackend, format: TransferFormat) {
  const folder = temporaryFolder();
  const to = await testBackend();
  const place = path.join(folder, FILE_NAMES[format]);
  if (format === 'files') mkdirSync(place);
  const token = grant(from, place, format === 'files' ? 'folder' : 'write');
  const exported = await runJob(from, 'transfer.export', { token, ids: [...(await allIds(from))], format });
  const files = format === 'files' ? readdirSync(place).map((name) => path.join(place, name)) : [place];
  const sources = files.map((file) => ({ token: grant(to, file, 'read') }));
  const { look, outcome } = await lookAndImport(to, sources);
  return { to, exported, look, outcome };
}

test('any library comes back equal from files, from one list and from a workbook, whatever its bodies say', async () => {
  const anything: fc.Arbitrary<Record<string, unknown>> = fc.oneof(
    { weight: 3, arbitrary: anyBadge.map((definition) => badgeBody(definition)) },
    {
      weight: 1,
      arbitrary: fc.dictionary(text, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 }),
    },
  );
  const libraries = fc.sample(fc.array(anything, { minLength: 1, maxLength: 8 }), {
    numRuns: 12,
    seed: inject('propertySeed'),
  });
  for (const library of libraries) {
    const from = await testBackend();
    for (const [place, body] of library.entries())
      await from.call('badges.create', {
        body: JSON.stringify({
          ...body,
          name: `${typeof body['name'] === 'string' ? body['name'] : ''} ${String(place)}`,
        }),
      });
    const before = (await allBodies(from)).map((body) => canonical(parseJson(body))).sort();
    for (const format of ['files', 'list', 'workbook'] as const) {
      const { to, exported, look, outcome } = await trip(from, format);
      expect([format, exported.left, look.unread]).toEqual([format, [], []]);
      expect([format, outcome.made]).toEqual([format, library.length]);
      expect((await allBodies(to)).map((body) => canonical(parseJson(body))).sort()).toEqual(before);
      await to.close();
    }
    await from.close();
  }
});

test('numbers keep the digits that they were written with, and broken texts go as files only', async () => {
  const from = await testBackend();
  const exact = '{"name":"Exact","badgeRank":1.0,"id":12345678901234567890,"tags":[{"name":"n","value":1e3}]}';
  await from.call('badges.create', { body: exact });
  await from.call('badges.create', { body: '{"name": "Broken", ' });
  for (const format of ['files', 'list', 'workbook'] as const) {
    const { to, exported } = await trip(from, format);
    const texts = (await allBodies(to)).map((body) => body.replaceAll(/\s/g, ''));
    const said = texts.find((body) => body.includes('Exact')) ?? '';
    for (const digits of ['1.0', '12345678901234567890', '1e3'])
      expect([format, said]).toEqual([format, expect.stringContaining(digits)]);
    expect([format, exported.left.map(({ name }) => name)]).toEqual([format, format === 'files' ? [] : ['Broken']]);
    if (format === 'files') expect(await allBodies(to)).toContain('{"name": "Broken", ');
  }
});

/** Fields of which the template says that something is not in it. */
const FIELD_OF: Readonly<Record<string, MeaningField>> = {
  lostIssuedExpiry: 'issuedBadgeExpiry',
  lostExpiryDate: 'earnedBadgeExpiry',
  lostExpiryPeriod: 'earnedBadgeExpiry',
  lostImages: 'images',
  lostTill: 'defaultTillId',
  lostBenefitTill: 'benefits',
  lostBenefits: 'benefits',
  lostCustomFields: 'customFields',
  lostCustomerLimits: 'customerConstraints',
  lostBadgeLimits: 'badgeConstraints',
  lostTags: 'tags',
  lostEmptyTag: 'tags',
  lostEmptyGroup: 'badgeGroupId',
};

function fieldOf(key: string, column: unknown): MeaningField {
  const name = key.replace('transfer.', '');
  if (name === 'lostCharacters' && String(column).startsWith('tag ')) return 'tags';
  return FIELD_OF[name] ?? (String(column) as MeaningField);
}

test('what a bulk template does not bring back equal is told by name, and everything else is equal', async () => {
  const libraries = fc.sample(fc.array(anyBadge, { minLength: 1, maxLength: 8 }), {
    numRuns: 25,
    seed: inject('propertySeed'),
  });
  for (const library of libraries) {
    const definitions = numbered(library);
    const from = await testBackend();
    for (const definition of definitions) await from.call('badges.create', { body: writeJson(badgeBody(definition)) });
    const { to, exported, outcome } = await trip(from, 'template');
    expect(exported.left).toEqual([]);
    expect(outcome.made).toBe(definitions.length);
    const lost = (name: string): Set<MeaningField> =>
      new Set(
        exported.losses
          .filter(({ names }) => names.includes(name))
          .map(({ what }) => fieldOf(what.key, what.values['column'])),
      );
    const came = (await allBodies(to)).map((body) => parseJson(body) as Record<string, unknown>);
    for (const definition of definitions) {
      const told = lost(definition.name);
      const body = came.find((one) => one['name'] === definition.name);
      if (body === undefined) {
        expect(told).toContain('name');
        continue;
      }
      // What is told as lost stands in, so that all else can be compared.
      const stand = { ...body, issuedBadgeExpiry: badgeBody(definition)['issuedBadgeExpiry'] };
      const whole = told.has('earnedBadgeExpiry')
        ? { ...stand, earnedBadgeExpiry: badgeBody(definition)['earnedBadgeExpiry'] }
        : stand;
      const read = readBadge(whole).definition;
      expect([definition.name, read === null]).toEqual([definition.name, false]);
      if (read === null) continue;
      const [before, after] = [meaningOf(definition), meaningOf(read)];
      const differs = (Object.keys(before) as MeaningField[]).filter((field) => before[field] !== after[field]);
      expect([definition.name, differs.filter((field) => !told.has(field))]).toEqual([definition.name, []]);
    }
    await to.close();
    await from.close();
  }
});
