import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DraftFilter, DraftLine, DraftSort } from '../../../db/workspace/draft-list';
import { ownerBits } from '../../../db/workspace/stored-owners';
import { folded, outlineOf } from '../../../db/workspace/outline';
import { BADGE_STATUSES, badgeStatus, EARN_TYPES, OWNER_TYPES, type BadgeStatus } from '../../../shared/domain/badge';
import { DAY, SECOND } from '../../../shared/domain/instant';
import { NOW, TestWorkspace } from './open-workspace';
import { badgeBody } from '../../domain/badge-bodies';
import { atLength } from '../../setup/length';

const word = fc.constantFrom(
  'Gold',
  'gold',
  'Café',
  'cafe',
  '50%',
  '[x]',
  '*',
  '?',
  'a_b',
  'Ünïcode',
  '🏅',
  "O'Neil",
  'x',
);
const text = fc.array(word, { maxLength: 3 }).map((words) => words.join(' '));
const instant = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map((days) => new Date((NOW + days * DAY) / 1000).toISOString()),
  fc.constantFrom(null, 'soon', NOW / 1_000_000),
);
const tag = fc.record({
  name: fc.constantFrom('season', 'tier', 'a=b', ''),
  value: fc.constantFrom('summer', '1', '', null, 7),
});
const body = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .record({
        name: text,
        description: fc.option(text),
        startOn: instant,
        expiresOn: instant,
        earnType: fc.constantFrom(...EARN_TYPES, 'OTHER', null),
        ownership: fc.record({ restrictedToOwners: fc.subarray([...OWNER_TYPES]) }),
        tags: fc.array(tag, { maxLength: 3 }),
        badgeGroupId: fc.constantFrom('spring', 'winter', null),
        badgeRank: fc.constantFrom(1, 2, 10, null),
        customerConstraints: fc.constantFrom(
          [],
          [{ maxEarnLimit: 9 }],
          [{ maxEarnForDays: 10 }, { maxEarnLimit: 1 }],
          7,
        ),
        active: fc.boolean(),
        earnedBadgeExpiry: fc.constant({ expiryType: 'NEVER' }),
        issuedBadgeExpiry: fc.constant({ expiryType: 'NEVER' }),
      })
      .map((value) => JSON.stringify(value)),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '{', '[]', '{"name": "Gold x', '{"name": 5, "tags": {}, "ownership": []}'),
  },
);

const filter: fc.Arbitrary<DraftFilter> = fc.record({
  search: fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    text,
    fc.constantFrom('  gold   cafe ', '[', '00000001', 'season=summer'),
  ),
  status: fc.subarray([...BADGE_STATUSES]),
  earnType: fc.subarray([...EARN_TYPES]),
  owner: fc.oneof(fc.constant([]), fc.subarray([...OWNER_TYPES], { maxLength: 2 })),
  tag: fc.oneof(fc.constant([]), fc.subarray(['season', 'season=summer', 'tier=1', 'a=b', 'none'])),
  withProblems: fc.boolean(),
});

const sort: fc.Arbitrary<DraftSort> = fc.record({
  by: fc.constantFrom(
    'name' as const,
    'startOn' as const,
    'expiresOn' as const,
    'changedOn' as const,
    'status' as const,
    'earnType' as const,
    ...(['owner', 'tag', 'group', 'rank', 'customerLimit', 'badgeLimit', 'state'] as const),
  ),
  descending: fc.boolean(),
});

interface Known extends DraftLine {
  key: number;
  /** What only the text says. */
  said: { group: string | null; rank: number | null; customerLimit: number | null };
}

interface SaidBody {
  badgeGroupId?: string | null;
  badgeRank?: number | null;
  customerConstraints?: readonly { maxEarnLimit?: number; maxEarnForDays?: number }[] | 7;
}

function saidIn(body: unknown): Known['said'] {
  const { badgeGroupId = null, badgeRank = null, customerConstraints } = (body ?? {}) as SaidBody;
  const first = Array.isArray(customerConstraints) ? customerConstraints[0] : undefined;
  return { group: badgeGroupId, rank: badgeRank, customerLimit: first?.maxEarnLimit ?? first?.maxEarnForDays ?? null };
}

/** What the list should show of a draft, worked out from its text and its mistakes alone. */
function known(workspace: TestWorkspace, id: string): Known {
  const { drafts } = workspace.current;
  const draft = drafts.get(id);
  const { body: parsed, ...outline } = outlineOf(draft.body);
  const { name, excerpt, description, earnType, startOn, expiresOn, active, owners, tags } = outline;
  return {
    key: draft.key,
    id,
    name,
    excerpt,
    description,
    earnType,
    startOn,
    expiresOn,
    active,
    owners,
    status: startOn === null || expiresOn === null ? null : badgeStatus({ startOn, expiresOn }, NOW),
    tags: tags.map((entry) => entry.tag),
    activeClaims: 0,
    problemCount: drafts.inspect(draft).issues.length,
    changedOn: draft.changedOn,
    pushed: false,
    art: null,
    said: saidIn(parsed),
  };
}

const lineOf = ({ key: _key, said: _said, ...line }: Known): DraftLine => line;

function passes(line: Known, wanted: DraftFilter): boolean {
  const haystack = [line.name, line.excerpt ?? '', line.description ?? '', ...line.tags, line.id].map(folded);
  const words = folded(wanted.search).split(/\s+/).filter(Boolean);
  const tagNames = line.tags.flatMap((entry) => [entry, ...tagNamesOf(entry)]);
  return (
    words.every((wordOfSearch) => haystack.some((hay) => hay.includes(wordOfSearch))) &&
    (wanted.status.length === 0 || (line.status !== null && wanted.status.includes(line.status))) &&
    (wanted.earnType.length === 0 || (line.earnType !== null && wanted.earnType.includes(line.earnType))) &&
    (wanted.owner.length === 0 || wanted.owner.some((owner) => line.owners.includes(owner))) &&
    (wanted.tag.length === 0 || wanted.tag.some((entry) => tagNames.includes(entry))) &&
    (!wanted.withProblems || line.problemCount > 0)
  );
}

const tagNamesOf = (entry: string): string[] =>
  ['season', 'tier', 'a=b'].filter((name) => entry === name || entry.startsWith(`${name}=`));

const ORDER: Record<BadgeStatus, number> = { LIVE: 1, UPCOMING: 2, EXPIRED: 3 };

function sortValue(line: Known, by: DraftSort['by']): number | string | null {
  switch (by) {
    case 'name':
      return folded(line.name);
    case 'status':
      return line.status && ORDER[line.status];
    case 'owner': {
      const bits = ownerBits(line.owners);
      return bits === 0 ? null : bits & -bits;
    }
    case 'tag':
      return line.tags.length === 0 ? null : JSON.stringify(line.tags);
    case 'badgeLimit':
      return null;
    case 'state':
      return line.pushed ? 0 : 1;
    case 'group':
    case 'rank':
    case 'customerLimit':
      return line.said[by];
    case 'programme':
      throw new Error('The order of the programme has a test of its own.');
    default:
      return line[by];
  }
}

/** Values ascending or descending, unknown ones always last, then the older draft first or last. */
function compare(one: Known, other: Known, { by, descending }: DraftSort): number {
  const [a, b] = [sortValue(one, by), sortValue(other, by)];
  if ((a === null) !== (b === null)) return a === null ? 1 : -1;
  const sign = descending ? -1 : 1;
  if (a === null || b === null || a === b) return sign * (one.key - other.key);
  const less =
    typeof a === 'string' && typeof b === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0 : a < b;
  return less ? -sign : sign;
}

const EVERYTHING: DraftFilter = { search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false };

test('list, total, ids and facets say what a plain filter over all drafts would say', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(body, { maxLength: 25 }),
      fc.array(fc.tuple(filter, sort, fc.nat(8), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 6 }),
      fc.nat(4),
      async (bodies, questions, deletions) => {
        const workspace = new TestWorkspace();
        const { list, removal } = await workspace.open();
        try {
          const ids = bodies.map((draft) => workspace.create(draft));
          removal.delete(ids.slice(0, deletions), NOW);
          const all = ids.slice(deletions).map((id) => known(workspace, id));
          for (const [wanted, order, offset, limit] of questions) {
            const expected = all
              .filter((line) => passes(line, wanted))
              .sort((one, other) => compare(one, other, order));
            const { total, lines } = list.page(wanted, order, offset, limit, NOW);
            expect(total).toBe(expected.length);
            expect(lines).toEqual(expected.slice(offset, offset + limit).map(lineOf));
            expect(list.ids(wanted, order, NOW)).toEqual(expected.map(({ id }) => id));
          }
          for (const [wanted] of [...questions, [EVERYTHING] as const]) {
            const facets = list.facets(wanted, NOW);
            const count = (change: Partial<DraftFilter>, test: (line: Known) => boolean): number =>
              all.filter((line) => passes(line, { ...wanted, ...change }) && test(line)).length;
            const counts = <T extends string>(
              names: readonly T[],
              kind: Partial<DraftFilter>,
              has: (line: Known, name: T) => boolean,
            ): Record<string, number> =>
              Object.fromEntries(names.map((name) => [name, count(kind, (line) => has(line, name))]));
            expect(facets).toMatchObject({
              total: count({}, () => true),
              withProblems: count({ withProblems: false }, (line) => line.problemCount > 0),
              status: counts(BADGE_STATUSES, { status: [] }, (line, status) => line.status === status),
              earnType: counts(EARN_TYPES, { earnType: [] }, (line, type) => line.earnType === type),
              owner: counts(OWNER_TYPES, { owner: [] }, (line, owner) => line.owners.includes(owner)),
            });
            const tags = new Set(
              all.filter((line) => passes(line, { ...wanted, tag: [] })).flatMap((line) => line.tags),
            );
            expect(new Map(facets.tag.map((entry) => [entry.tag, entry.count]))).toEqual(
              new Map([...tags].map((entry) => [entry, count({ tag: [] }, (line) => line.tags.includes(entry))])),
            );
          }
        } finally {
          workspace.close();
        }
      },
    ),
    { numRuns: atLength(20, 1_000) },
  );
});

const MINUTE = 60 * SECOND;
test('a list that was read before a change shows the change when it is read again', async () => {
  const workspace = new TestWorkspace();
  const { list, drafts, removal, settings } = await workspace.open();
  try {
    const names = (changes: Partial<DraftFilter> = {}): string[] =>
      list
        .page({ ...EVERYTHING, ...changes }, { by: 'name', descending: false }, 0, 10, NOW)
        .lines.map(({ name }) => name);
    const past = badgeBody({ startOn: '2020-01-01T00:00:00Z', expiresOn: '2030-01-01T00:00:00Z' });
    const id = workspace.create({ ...past, name: 'B' });
    expect([names({ withProblems: true }), names()]).toEqual([['B'], ['B']]);
    workspace.create('{"name": "A"}');
    expect(names()).toEqual(['A', 'B']);
    drafts.save(id, 1, {
      body: JSON.stringify({ ...past, name: '0' }),
      migration: false,
      label: '',
      now: NOW,
    });
    expect(names()).toEqual(['0', 'A']);
    expect(names({ withProblems: true })).toEqual(['0', 'A']);
    settings.update({ allowPastStart: true });
    expect(names({ withProblems: true })).toEqual(['A']);
    expect(names()).toEqual(['0', 'A']);
    removal.delete([id], NOW);
    expect(names()).toEqual(['A']);
  } finally {
    workspace.close();
  }
});

test('the status of a badge follows the clock in a list that is read again', async () => {
  const workspace = new TestWorkspace();
  const { list } = await workspace.open();
  try {
    workspace.create({ name: 'A', startOn: NOW / SECOND, expiresOn: (NOW + DAY) / SECOND });
    const live = (now: number): number =>
      list.page({ ...EVERYTHING, status: ['LIVE'] }, { by: 'status', descending: false }, 0, 10, now).total;
    expect([live(NOW - MINUTE), live(NOW), live(NOW + DAY - MINUTE), live(NOW + DAY + MINUTE)]).toEqual([0, 1, 1, 0]);
  } finally {
    workspace.close();
  }
});
