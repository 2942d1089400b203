import type { BulkPreview } from '../../../shared/ipc/bulk-contract';
import { domPort } from '../../../renderer/lib/dom-port';
import { badgeStatus } from '../../../shared/domain/badge';
import { DAY, fromMilliseconds, type Instant } from '../../../shared/domain/instant';
import { programmeLanes, type ProgrammeEntry, type ProgrammeGroup } from '../../../shared/domain/programme';
import type { BadgeSummary } from '../../../shared/ipc/badges-contract';
import { PAGE_MESSAGES } from '../../../shared/ipc/channel-names';
import { contract, type Handlers, type ParsedInput } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import { serve } from '../../../shared/ipc/serve';
import { FIRST_COLUMNS } from '../../../shared/ipc/views-contract';
import { message } from '../../../shared/words/message';

/** A badge of the programme: days from now, null for dates that cannot be read. */
export interface ShownBadge {
  name: string;
  group: string | null;
  rank: number | null;
  days: readonly [from: number, to: number] | null;
  change?: Partial<BadgeSummary>;
}

const now = fromMilliseconds(Date.now());
const dayOf = (days: number | undefined): Instant | null => (days === undefined ? null : now + days * DAY);

/** What the backend has now; a test says it before anything is read. */
export const shown: {
  badges: readonly ShownBadge[];
  groups: readonly ProgrammeGroup[];
  refuses: boolean;
  breaks: boolean;
} = {
  ...{ badges: [], groups: [], refuses: false, breaks: false },
};
/** The changes that were made, in their order. */
export const made: ParsedInput<'bulk.apply'>[] = [];
const counted = (ids: readonly string[]): BulkPreview => {
  const [changes, breaks] = shown.breaks ? [0, ids.length] : [ids.length, 0];
  return { rows: [], counts: { changes, breaks, same: 0, kept: 0 }, changing: changes, seen: 'seen' };
};

/** A backend of the badges that are said in `shown`, as a programme. One for a file: a port that is replaced loses calls. */
export function openProgramme(handlers: Partial<Handlers> = {}): void {
  const entryOf = ({ group, rank, days }: ShownBadge, index: number): ProgrammeEntry => {
    return { id: `b${index}`, group, rank, startOn: dayOf(days?.[0]), expiresOn: dayOf(days?.[1]) };
  };
  const inOrder = ({ search }: ParsedInput<'badges.list'>['filter']): ProgrammeEntry[] => {
    const { badges, groups } = shown;
    const entries = badges
      .map((badge, index) => ({ badge, entry: entryOf(badge, index) }))
      .filter(({ badge }) => badge.name.toLowerCase().includes(search.toLowerCase()));
    const lanes = programmeLanes(
      entries.map(({ entry }) => entry),
      groups,
    );
    return lanes.flatMap((lane) => [...lane.entries]);
  };
  const rowOf = ({ id, group, rank, startOn, expiresOn }: ProgrammeEntry): BadgeSummary => {
    const { name, change } = shown.badges[Number(id.slice(1))] as ShownBadge;
    return {
      ...{ id, name, excerpt: null, description: null, earnType: 'EARN', startOn, expiresOn, active: true },
      status: startOn === null || expiresOn === null ? null : badgeStatus({ startOn, expiresOn }, now),
      ...{ owners: ['Loyalty'], tags: [], activeClaims: 0, problemCount: 0, changedOn: now, state: 'pushed' },
      ...{ issuedCount: 0, earnedCount: 0, art: null },
      facts: { group, rank: String(rank), customerLimits: [], badgeLimits: [], claimedBy: [] },
      ...change,
    };
  };
  const { port1, port2 } = new MessageChannel();
  const served = {
    'badges.list': ({ filter, offset, limit }: ParsedInput<'badges.list'>) => {
      const rows = inOrder(filter);
      return { total: rows.length, offset, rows: rows.slice(offset, offset + limit).map(rowOf) };
    },
    'badges.programme': ({ filter }: ParsedInput<'badges.programme'>) => {
      if (shown.refuses) throw new Failure('internal', message('bulk.noStep'));
      return { groups: shown.groups, entries: inOrder(filter) };
    },
    'badges.ids': ({ filter }: ParsedInput<'badges.ids'>) => ({ ids: inOrder(filter).map(({ id }) => id) }),
    'badges.facets': () => ({ total: 0, withProblems: 0, status: {}, earnType: {}, owner: {}, tag: [] }),
    'badgeViews.list': () => ({ views: [], shownAs: { look: 'programme', columns: FIRST_COLUMNS } }),
    'badgeViews.showAs': () => null,
    'bulk.preview': ({ ids }: ParsedInput<'bulk.preview'>) => counted(ids),
    'bulk.apply': (order: ParsedInput<'bulk.apply'>) => {
      made.push(order);
      return { key: made.length, changed: order.ids.length };
    },
    'bulk.later': () => ({ steps: [] }),
    'badges.get': () => {
      throw new Failure('not-found', message('badges.gone'));
    },
    ...handlers,
  } as unknown as Handlers;
  serve(served, contract, domPort(port2), { warn: () => undefined, error: () => undefined });
  window.postMessage(PAGE_MESSAGES.port, window.location.origin, [port1]);
}

const owners = (...claimedBy: NonNullable<BadgeSummary['facts']>['claimedBy']): Partial<BadgeSummary> => ({
  activeClaims: claimedBy.length,
  facts: { group: null, rank: null, customerLimits: [], badgeLimits: [], claimedBy },
});

/** A programme with one of everything: tie, overlap, gap, states, claims, no dates, an Arabic name. */
export const SMALL: readonly ShownBadge[] = [
  { name: 'Spring blossom', group: 'spring', rank: 1, days: [-120, -60], change: owners('Loyalty') },
  { name: 'Picnic', group: 'spring', rank: 2, days: [-46, 20], change: owners('Loyalty', 'Journeys') },
  { name: 'شارة الربيع', group: 'spring', rank: 2, days: [-10, 60] },
  { name: 'Golden week', group: 'summer', rank: 1, days: [60, 120] },
  { name: 'A very long name of a badge that nobody can read at a glance', group: 'summer', rank: 3, days: [120, 150] },
  { name: 'Never meant to end', group: '65f0000000000000000000d1', rank: null, days: [-30, 300_000] },
  { name: 'Alone', group: null, rank: null, days: [-5, 5], change: { state: 'draft', active: false } },
  { name: 'Without dates', group: null, rank: null, days: null },
];
export const GROUPS: readonly ProgrammeGroup[] = [
  { id: 'summer', name: 'Summer' },
  { id: 'spring', name: 'Spring' },
  { id: 'empty', name: 'Nobody yet' },
];
