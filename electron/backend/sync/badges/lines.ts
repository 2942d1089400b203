import type { StoredConnection } from '../../../../db/workspace/connections';
import type { Snapshot } from '../../../../db/workspace/snapshots';
import type { SyncLine } from '../../../../db/workspace/sync-state';
import { compareMeanings, type Comparison } from '../../../../shared/gateway/compare';
import { canonical, type BadgeMeaning } from '../../../../shared/gateway/meaning';
import { fromMeaningText, toMeaningText } from '../../../../shared/gateway/meaning-text';
import { meaningThere } from '../../../../shared/gateway/references';
import type { SyncRow } from '../../../../shared/ipc/sync-contract';
import type { SyncContext } from '../context';
import { Routes, type TermsOrDoubt } from './promotion-routes';

/** Drafts whose meaning is worked out before other calls have their turn; about 50 ms. */
const REFRESH_PORTION = 400;

/** What an org fills in by itself, and so is no difference where nobody chose anything. */
export interface OrgDefaults {
  /** The till shown where nobody chose one; null: none. */
  till: number | null;
  customFields: Readonly<Record<string, string>>;
  /** Ids here of groups that have another id in the org, by the ids there. */
  groups: Readonly<Record<string, string>>;
}

/** What an org fills in and calls otherwise, for one badge of it. */
export function defaultsFor(
  { defaultTill }: { defaultTill: number | null },
  { fieldDefaults, groupsHere }: Pick<StoredConnection, 'fieldDefaults' | 'groupsHere'>,
): OrgDefaults {
  return { till: defaultTill, customFields: fieldDefaults, groups: groupsHere };
}

/**
 * What one side of a comparison means, seen from the draft: values that the org filled in by itself because the draft
 * says nothing of them have disappeared (gateway-api: defaultTillId; semantics F1), and a group has the id that it has
 * here, unless the draft calls it as the org does.
 */
export function seenFrom(draft: BadgeMeaning, side: BadgeMeaning, defaults: OrgDefaults): BadgeMeaning {
  const till = String(defaults.till);
  const isFilledIn = defaults.till !== null && side.defaultTillId === 'null' && draft.defaultTillId === till;
  const customFields = withoutDefaults(draft.customFields, side.customFields, defaults.customFields);
  const badgeGroupId = groupSeen(draft.badgeGroupId, side.badgeGroupId, defaults.groups);
  if (!isFilledIn && customFields === side.customFields && badgeGroupId === side.badgeGroupId) return side;
  return { ...side, customFields, badgeGroupId, defaultTillId: isFilledIn ? till : side.defaultTillId };
}

function groupSeen(draft: string, side: string, groups: OrgDefaults['groups']): string {
  if (draft === side || isEmpty(groups)) return side;
  const id: unknown = JSON.parse(side);
  return typeof id === 'string' && Object.hasOwn(groups, id) ? canonical(groups[id]) : side;
}

function withoutDefaults(draft: string, side: string, defaults: Readonly<Record<string, string>>): string {
  if (draft === side || isEmpty(defaults)) return side;
  const chosen = JSON.parse(draft) as Record<string, string>;
  const all = JSON.parse(side) as Record<string, string>;
  const names = Object.keys(all).filter((name) => Object.hasOwn(chosen, name) || defaults[name] !== all[name]);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${JSON.stringify(all[name])}`)
    .join(',')}}`;
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}

/** How a draft and a live badge stand, field by field. */
export function compareTexts(base: string | null, draft: string, live: string, defaults: OrgDefaults): Comparison {
  const mine = fromMeaningText(draft);
  return compareMeanings(
    base === null ? null : seenFrom(mine, fromMeaningText(base), defaults),
    mine,
    seenFrom(mine, fromMeaningText(live), defaults),
  );
}

/** Whether a live badge is what a draft wants, apart from what the org filled in by itself. */
export function means(
  live: Pick<Snapshot, 'meaning' | 'defaultTill'>,
  draftMeaning: string,
  connection: Pick<StoredConnection, 'fieldDefaults' | 'groupsHere'>,
): boolean {
  if (live.meaning === null) return false;
  return compareTexts(null, draftMeaning, live.meaning, defaultsFor(live, connection)).differences.length === 0;
}

const IN_SYNC: Comparison = { state: 'in-sync', differences: [] };

/** How one line stands. Equal texts need no further look. */
export function comparisonOf(line: SyncLine, connection: StoredConnection): Comparison | null {
  const { draftMeaning, liveMeaning, baseMeaning, defaultTill } = line;
  if (draftMeaning === null || liveMeaning === null) return null;
  if (draftMeaning === liveMeaning) return IN_SYNC;
  return compareTexts(baseMeaning, draftMeaning, liveMeaning, defaultsFor({ defaultTill }, connection));
}

/** The state of a line, without looking for refusals. */
export function rowOf(line: SyncLine, connection: StoredConnection): Omit<SyncRow, 'refusals'> {
  const comparison = comparisonOf(line, connection);
  return {
    badgeId: line.badgeId ?? line.remoteId ?? '',
    remoteId: line.remoteId,
    name: line.name,
    state: stateOf(line, connection, comparison),
    differences: comparison?.differences.length ?? 0,
    problems: line.problems,
    lastSyncedOn: line.syncedOn,
  };
}

function stateOf(line: SyncLine, connection: StoredConnection, comparison: Comparison | null): SyncRow['state'] {
  if (comparison) return comparison.state;
  if (line.badgeId === null) return 'only-live';
  if (line.remoteId === null) return connection.lastPulledOn === null ? 'unknown' : 'only-here';
  return 'unreadable';
}

/** All lines of a connection, with the drafts' meanings as they are now. */
export function rawLinesOf({ workspace }: SyncContext, connection: StoredConnection): SyncLine[] {
  while (workspace.sync.refresh(REFRESH_PORTION) > 0);
  const problems = workspace.settings.current.allowPastStart ? 'problems_past_allowed' : 'problems';
  return workspace.sync.lines(connection.key, problems);
}

/** All lines of a connection, with the drafts' meanings as they are now, said with the ids of the org. */
export function linesOf(context: SyncContext, connection: StoredConnection): SyncLine[] {
  const routes = new Routes(context.workspace, true);
  return rawLinesOf(context, connection).map((line) => {
    const terms = line.badgeKey === null ? null : routes.termsOf(line.badgeKey, connection);
    return terms === null ? line : { ...line, draftMeaning: meaningFor(line.draftMeaning, terms) };
  });
}

/** What a draft means with the ids of the org that the terms lead to. */
export function meaningFor(draftMeaning: string | null, terms: TermsOrDoubt): string | null {
  if (draftMeaning === null || terms === null || terms === 'several') return draftMeaning;
  return toMeaningText(meaningThere(fromMeaningText(draftMeaning), terms.translation));
}

/** Where draft and live badge mean the same, that is what they agree on from now on. */
export function settleEqualLines(context: SyncContext, connection: StoredConnection): void {
  const { workspace, now } = context;
  const lines = linesOf(context, connection);
  workspace.transaction(() => {
    for (const line of lines) {
      const { badgeKey, liveMeaning, baseMeaning } = line;
      if (badgeKey === null || liveMeaning === null || liveMeaning === baseMeaning) continue;
      if (comparisonOf(line, connection)?.state === 'in-sync')
        workspace.sync.rebase(connection.key, badgeKey, liveMeaning, now());
    }
  });
}
