import type { StoredConnection } from '../../../../db/workspace/connections';
import type { Draft } from '../../../../db/workspace/drafts';
import type { Snapshot } from '../../../../db/workspace/snapshots';
import type { BadgeIssue } from '../../../../shared/domain/body-reader';
import { answeredIssues, inspectBadge } from '../../../../shared/domain/create-badge';
import type { Instant } from '../../../../shared/domain/instant';
import { readBadge } from '../../../../shared/domain/read-badge';
import { DEFAULT_SETTINGS, type OrgSettings } from '../../../../shared/domain/settings';
import { earnTypeIssue, judgeUpdate, type UpdateContext } from '../../../../shared/domain/update-badge';
import { parseJson } from '../../../../shared/domain/json';
import { MEANING_FIELDS, type MeaningField } from '../../../../shared/gateway/meaning';
import { storedLiveBadge } from './stored-live-badge';
import type { SyncContext } from '../context';

/** The settings of a live org, as far as they are known: its zone, and what people set for the workspace. */
export function orgSettings(context: SyncContext, connection: StoredConnection): OrgSettings {
  return { ...DEFAULT_SETTINGS, ...context.workspace.settings.current, zone: connection.timeZone };
}

function bodyOf(draft: Pick<Draft, 'body'>): unknown {
  try {
    return parseJson(draft.body);
  } catch {
    return undefined;
  }
}

/** What the org would answer if the draft were created there now (semantics L4–L7). */
export function refusalsOfCreate(
  context: SyncContext,
  connection: StoredConnection,
  draft: Draft,
): readonly BadgeIssue[] {
  const { workspace, now } = context;
  const { issues } = inspectBadge(bodyOf(draft), {
    now: now(),
    settings: orgSettings(context, connection),
    migration: draft.migration,
    nameTaken: (name) => workspace.snapshots.named(connection.key, name) !== undefined,
  });
  return answeredIssues(issues);
}

/** What the org would answer if the live badge were replaced by the draft now (semantics L8–L10, K5, W8). */
export function refusalsOfUpdate(
  context: SyncContext,
  connection: StoredConnection,
  draft: Pick<Draft, 'body'>,
  snapshot: Snapshot,
): readonly BadgeIssue[] {
  const reading = readBadge(bodyOf(draft));
  if (reading.issues.length > 0) return answeredIssues(reading.issues);
  const live = storedLiveBadge(snapshot, connection.timeZone);
  if (live === null) return [];
  const now: Instant = context.now();
  const update: UpdateContext = {
    now,
    settings: orgSettings(context, connection),
    counts: live.counts,
    nameTaken: (name) =>
      (context.workspace.snapshots.named(connection.key, name) ?? snapshot).remoteId !== snapshot.remoteId,
  };
  const earnType = earnTypeIssue(live.stored, reading, update);
  return earnType ? [earnType] : judgeUpdate(live.stored, reading, update);
}

/** The field that an issue of a create or update body is about; null when it is about none of them. */
export function fieldOfPath(path: string): MeaningField | null {
  const head = path.replace(/^ownership\./, '').split(/[.[]/)[0] ?? '';
  if (head === 'isActive') return 'active';
  if (head === 'ownership' || head === 'claims') return 'restrictedToOwners';
  return MEANING_FIELDS.find((field) => field === head) ?? null;
}

/** The field that the gateway's own code is about; codes carry no reference for most fields (error-codes). */
export function pathOfCode(code: number, reference: string | null): string | null {
  if (reference !== null && reference !== '') return reference;
  switch (code) {
    case 722:
    case 723:
      return 'startOn';
    case 720:
    case 724:
      return 'expiresOn';
    case 725:
    case 733:
      return 'name';
    case 732:
      return 'rank';
    case 714:
    case 728:
      return 'ownership.restrictedToOwners';
    case 826:
      return 'customerConstraints';
    case 716:
      return 'ownerType';
    case 717:
      return 'referenceId';
    case 990010:
      return 'badgeGroupId';
    default:
      return null;
  }
}

/** What each org that has a badge would answer, were the draft this body: only what the rules on an update say of it. */
export function refusalsOfBody(
  context: SyncContext,
  badgeId: string,
  body: string,
): { org: string; code: number; message: string; advice: BadgeIssue['advice']; field: MeaningField | null }[] {
  const { connections, drafts, snapshots, sync } = context.workspace;
  const draft = drafts.get(badgeId);
  if (readBadge(bodyOf({ body })).issues.length > 0) return [];
  return connections.list().flatMap((connection) => {
    const link = sync.find(connection.key, draft.key);
    const snapshot = link && snapshots.find(connection.key, link.remoteId);
    if (!snapshot) return [];
    return refusalsOfUpdate(context, connection, { body }, snapshot).map(
      ({ code, message, advice, path, reference }) => ({
        ...{ org: connection.name, code, message, advice },
        field: fieldOfPath(path) ?? fieldOfPath(pathOfCode(code, reference) ?? ''),
      }),
    );
  });
}
