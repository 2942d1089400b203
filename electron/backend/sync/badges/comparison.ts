import { fromMeaningText, NOT_SAID } from '../../../../shared/gateway/meaning-text';
import type { StoredConnection } from '../../../../db/workspace/connections';
import type { Draft } from '../../../../db/workspace/drafts';
import type { Snapshot } from '../../../../db/workspace/snapshots';
import type { Link } from '../../../../db/workspace/sync-state';
import type { BadgeIssue } from '../../../../shared/domain/body-reader';
import type { FieldDifference } from '../../../../shared/gateway/compare';
import { fieldMessage, type MeaningField } from '../../../../shared/gateway/meaning';
import { Failure } from '../../../../shared/ipc/errors';
import type { BadgeIds, ComparisonView, DifferenceView, SyncRow } from '../../../../shared/ipc/sync-contract';
import { badgeStatus, type Claim } from '../../../../shared/domain/badge';
import { latestEnrolmentEnd, uncappedWarnings } from '../../../../shared/domain/lint-badge';
import { readBadge } from '../../../../shared/domain/read-badge';
import { applyUpdate } from '../../../../shared/domain/update-badge';
import { parseJson, readJson } from '../../../../shared/domain/json';
import { cyclesAround } from './cycles-view';
import { fieldOfPath, orgSettings, refusalsOfUpdate } from './expected-refusals';
import { storedLiveBadge } from './stored-live-badge';
import type { SyncContext } from '../context';
import { comparisonOf, meaningFor, rowOf } from './lines';
import { valueInWords } from '../../badges/value-words';
import { comparedDefinitions } from './definitions';
import { Routes, type TermsOrDoubt } from './promotion-routes';
import { claimsThere, referencesOf, referringParts } from '../../../../shared/gateway/references';
import { message, type Message } from '../../../../shared/words/message';

/** A draft and, where it has one, its live badge as last seen. */
export interface Pair {
  draft: Draft;
  link: Link | undefined;
  snapshot: Snapshot | undefined;
  /** What the draft means with the ids of the org, as far as these are known. */
  draftMeaning: string | null;
  /** Its claims, with the references of the org. */
  claims: readonly Claim[];
  /** How the draft's ids become those of the org. */
  terms: TermsOrDoubt;
}

/** @throws Failure `not-found` */
export function pairOf(context: SyncContext, connection: StoredConnection, badgeId: string): Pair {
  const { drafts, sync, snapshots } = context.workspace;
  const draft = drafts.get(badgeId);
  const link = sync.find(connection.key, draft.key);
  const snapshot = link && snapshots.find(connection.key, link.remoteId);
  const terms = new Routes(context.workspace, false).termsOf(draft.key, connection);
  const draftMeaning = meaningFor(sync.meaningOfDraft(draft), terms);
  // Of which org a claim is that was given up here, nobody can tell: none is given up there.
  const doubtful = terms === 'several' ? draft.claims.filter(({ isActive }) => isActive) : draft.claims;
  const claims = terms === null || terms === 'several' ? doubtful : claimsThere(draft.claims, terms.translation);
  return { draft, link, snapshot, draftMeaning, claims, terms };
}

/** The differences of a pair; empty where either side cannot be read or is missing. */
export function differencesOf(pair: Pair, connection: StoredConnection): readonly FieldDifference[] {
  const { draft, link, snapshot, draftMeaning } = pair;
  const comparison = comparisonOf(
    {
      ...{ badgeKey: draft.key, badgeId: draft.id, name: '', problems: 0, syncedOn: null },
      remoteId: snapshot?.remoteId ?? null,
      draftMeaning,
      liveMeaning: snapshot?.meaning ?? null,
      baseMeaning: link?.baseMeaning ?? null,
      defaultTill: snapshot?.defaultTill ?? null,
    },
    connection,
  );
  return comparison?.differences ?? [];
}

/** What the org would refuse of the differences that a push would send. */
export function refusalsOf(context: SyncContext, connection: StoredConnection, pair: Pair): readonly BadgeIssue[] {
  if (!pair.snapshot || differencesOf(pair, connection).length === 0) return [];
  return refusalsOfUpdate(context, connection, pair.draft, pair.snapshot);
}

/** A draft beside its live badge, field by field. @throws Failure `not-found` */
export function compareBadge(context: SyncContext, connection: StoredConnection, badgeId: string): ComparisonView {
  const { workspace } = context;
  if (!workspace.drafts.find(badgeId)) return onlyLive(context, connection, badgeId);
  const pair = pairOf(context, connection, badgeId);
  const refusals = refusalsOf(context, connection, pair);
  return {
    row: syncRow(context, connection, pair, refusals),
    art: pair.draft.art,
    differences: differencesOf(pair, connection).map((difference) =>
      view(context, connection, pair, difference, refusals),
    ),
    claims: claimsOf(pair),
    warnings: warningsOf(context, connection, pair),
    ids: idsOf(context, connection, pair),
  };
}

/** Of which org the ids of a draft are, where any other than this one is concerned. */
function idsOf({ workspace }: SyncContext, connection: StoredConnection, pair: Pair): BadgeIds | null {
  const routes = new Routes(workspace, false);
  const among = routes.among(pair.draft.key, connection);
  if (among.length < 2) return null;
  const named = ({ key: id, name }: StoredConnection): { id: number; name: string } => ({ id, name });
  const { terms, snapshot } = pair;
  const homes = routes.homesOf(pair.draft.key);
  const home =
    terms === null ? (homes.length === 1 ? (homes[0] ?? null) : null) : terms === 'several' ? null : terms.home;
  const live = snapshot?.meaning ? referencesOf(referringParts(fromMeaningText(snapshot.meaning)), []) : [];
  const untoldThere = terms === null || terms === 'several' ? [] : live.filter((each) => terms.back.of(each) === null);
  return { home: home && named(home), among: among.map(named), untoldThere };
}

function onlyLive(context: SyncContext, connection: StoredConnection, remoteId: string): ComparisonView {
  const snapshot = context.workspace.snapshots.find(connection.key, remoteId);
  if (!snapshot) throw new Failure('not-found', message('sync.neitherHereNorThere', { org: connection.name }));
  return {
    row: {
      ...{ badgeId: remoteId, remoteId, name: snapshot.name, state: 'only-live' },
      ...{ differences: 0, refusals: 0, problems: 0, lastSyncedOn: null },
    },
    art: null,
    differences: [],
    claims: snapshot.claims.map((claim) => ({ ...claim, here: false, live: true })),
    warnings: [],
    ids: null,
  };
}

function syncRow(
  context: SyncContext,
  connection: StoredConnection,
  { draft, link, snapshot, draftMeaning }: Pair,
  refusals: readonly BadgeIssue[],
): SyncRow {
  const { issues } = context.workspace.drafts.inspect(draft);
  const line = context.workspace.list.line(draft.key, context.now());
  const row = rowOf(
    {
      badgeKey: draft.key,
      badgeId: draft.id,
      remoteId: snapshot?.remoteId ?? null,
      name: line?.name ?? '',
      problems: issues.length,
      draftMeaning,
      liveMeaning: snapshot?.meaning ?? null,
      baseMeaning: link?.baseMeaning ?? null,
      defaultTill: snapshot?.defaultTill ?? null,
      syncedOn: link?.syncedOn ?? null,
    },
    connection,
  );
  return { ...row, refusals: refusals.length };
}

function view(
  context: SyncContext,
  connection: StoredConnection,
  pair: Pair,
  { field, change, base, draft, live }: FieldDifference,
  refusals: readonly BadgeIssue[],
): DifferenceView {
  const words = (text: string): Message =>
    (field === 'badgeGroupId' ? groupInWords(context, connection, text) : null) ??
    valueInWords(field, text, connection.timeZone);
  // Only what the draft would change can be refused; a change of the live side was let through already.
  const refusal = change === 'live' ? undefined : refusals.find(({ path }) => fieldOfPath(path) === field);
  return {
    field,
    label: fieldMessage(field),
    change,
    base: base === null || base === NOT_SAID ? null : words(base),
    draft: words(draft),
    live: words(live),
    refusal: refusal ? { code: refusal.code, message: refusal.message, advice: refusal.advice } : null,
    cycles: cyclesOf(context, connection, pair, field),
  };
}

/** A group by its name beside its id; null where it has none here and there. */
function groupInWords({ workspace }: SyncContext, { key }: StoredConnection, text: string): Message | null {
  const id: unknown = JSON.parse(text);
  const { groups } = comparedDefinitions(workspace, key);
  const group = groups.find((each) => each.id === id);
  return group ? message('definitions.groupValue', { name: group.name, id: group.id }) : null;
}

function cyclesOf(
  context: SyncContext,
  connection: StoredConnection,
  pair: Pair,
  field: MeaningField,
): DifferenceView['cycles'] {
  if ((field !== 'customerConstraints' && field !== 'badgeConstraints') || !pair.snapshot) return null;
  const live = storedLiveBadge(pair.snapshot, connection.timeZone);
  const { definition } = readBadge(parseJson(pair.draft.body));
  if (live === null || definition === null) return null;
  return cyclesAround(live.stored, definition, field, context.now(), orgSettings(context, connection));
}

/** Awards that an edit would leave without a cap: the org's enrolments keep the ends they were given (semantics W9). */
function warningsOf(context: SyncContext, connection: StoredConnection, pair: Pair): ComparisonView['warnings'] {
  const live = pair.snapshot && storedLiveBadge(pair.snapshot, connection.timeZone);
  const reading = readJson(pair.draft.body);
  const definition = reading.ok ? readBadge(reading.value).definition : null;
  if (!live || definition === null || badgeStatus(live.stored.definition, context.now()) === 'UPCOMING') return [];
  const { timeZone } = connection;
  const next = applyUpdate(live.stored, definition, context.now(), orgSettings(context, connection));
  return uncappedWarnings(next, latestEnrolmentEnd(live.stored.definition, context.now(), timeZone), timeZone);
}

function claimsOf({ claims: said, snapshot }: Pair): ComparisonView['claims'] {
  const claims = new Map<string, { ownerType: string; referenceId: string; here: boolean; live: boolean }>();
  const note = (ownerType: string, referenceId: string, side: 'here' | 'live'): void => {
    const name = `${ownerType}\n${referenceId}`;
    const known = claims.get(name) ?? { ownerType, referenceId, here: false, live: false };
    claims.set(name, { ...known, [side]: true });
  };
  for (const claim of said) if (claim.isActive) note(claim.ownerType, claim.referenceId, 'here');
  for (const claim of snapshot?.claims ?? []) note(claim.ownerType, claim.referenceId, 'live');
  return [...claims.values()];
}
