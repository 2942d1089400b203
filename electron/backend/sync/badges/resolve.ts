import type { StoredConnection } from '../../../../db/workspace/connections';
import { isObject, type JsonObject } from '../../../../shared/domain/body-reader';
import type { BadgeDefinition, OwnerType } from '../../../../shared/domain/badge';
import { parseJson, writeJson } from '../../../../shared/domain/json';
import {
  fieldMessage,
  MEANING_FIELDS,
  readLiveBadge,
  type BadgeMeaning,
  type MeaningField,
} from '../../../../shared/gateway/meaning';
import { definitionThere, referencesOf } from '../../../../shared/gateway/references';
import { fromMeaningText, toMeaningText, withoutTwins, NOT_SAID } from '../../../../shared/gateway/meaning-text';
import { Failure } from '../../../../shared/ipc/errors';
import { outlineOf } from '../../../../db/workspace/outline';
import { freshBadgeId } from '../../badges/ids';
import type { DraftMove } from '../../badges/steps';
import { badgeBody, withFieldsOf } from '../../badges/badge-body';
import { compareBadge, differencesOf, pairOf } from './comparison';
import type { SyncContext } from '../context';
import { defaultsFor, seenFrom } from './lines';
import type { ComparisonView } from '../../../../shared/ipc/sync-contract';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';
import { referenceMessage } from '../../../../shared/gateway/reference-words';
import type { TermsOrDoubt } from './promotion-routes';

export interface Choice {
  field: string;
  take: 'draft' | 'live';
}

/**
 * Settles fields of a badge that both sides see differently. Taking `live` edits the draft, an ordinary edit that can be
 * undone; taking `draft` says that the live value was seen and is to be replaced by a push. Nothing is sent.
 *
 * @throws Failure `not-found`, `conflict` (a side cannot be read, or the field is no difference any more)
 */
export function resolve(
  context: SyncContext,
  connection: StoredConnection,
  badgeId: string,
  choices: readonly Choice[],
): ComparisonView {
  const { workspace, now } = context;
  const moves = workspace.transaction((): DraftMove[] => {
    const pair = pairOf(context, connection, badgeId);
    const { draft, link, snapshot, draftMeaning } = pair;
    const liveMeaning = snapshot?.meaning ?? null;
    if (!link || !snapshot || liveMeaning === null || draftMeaning === null) {
      throw new Failure('conflict', message('sync.nothingToChoose'));
    }
    const open = new Set(differencesOf(pair, connection).map(({ field }) => field));
    const fields = choices.map(({ field, take }) => ({ field: fieldOf(field, open), take }));
    const moved: DraftMove[] = [];
    const taken = fields.filter(({ take }) => take === 'live').map(({ field }) => field);
    if (taken.length > 0) {
      const body = withFieldsOf(parsed(draft.body), liveBody(snapshot.body, connection, pair.terms, taken), taken);
      const label = `Took ${taken.map((field) => inEnglish(fieldMessage(field)).toLowerCase()).join(', ')} from ${connection.name}`;
      const saved = workspace.drafts.save(draft.id, draft.revision, {
        body: writeJson(body, 2),
        migration: draft.migration,
        label: label.slice(0, 200),
        now: now(),
      });
      const { name } = outlineOf(saved.body);
      if (saved.revision !== draft.revision)
        moved.push({ id: draft.id, name, before: draft.revision, after: saved.revision });
    }
    // From here on the live value is the common past of the field: what the draft says otherwise is a change of its own.
    const live = fromMeaningText(liveMeaning);
    const defaults = defaultsFor(snapshot, connection);
    const base = baseOf(link.baseMeaning, seenFrom(fromMeaningText(draftMeaning), live, defaults), open, fields);
    workspace.sync.put(connection.key, { ...link, baseMeaning: toMeaningText(base), syncedOn: link.syncedOn }, now());
    return moved;
  });
  if (moves.length > 0) context.noteStep(moves);
  return compareBadge(context, connection, badgeId);
}

/** Without a common past, fields that differ and are not chosen yet must stay conflicts (NOT_SAID). */
function baseOf(
  before: string | null,
  live: BadgeMeaning,
  open: ReadonlySet<MeaningField>,
  chosen: readonly { field: MeaningField }[],
): BadgeMeaning {
  const past = before === null ? null : fromMeaningText(before);
  const settled = new Set(chosen.map(({ field }) => field));
  const entries = MEANING_FIELDS.map((field) => {
    if (settled.has(field) || (past === null && !open.has(field))) return [field, live[field]];
    return [field, past === null ? NOT_SAID : past[field]];
  });
  return Object.fromEntries(entries) as BadgeMeaning;
}

function fieldOf(name: string, open: ReadonlySet<MeaningField>): MeaningField {
  const field = MEANING_FIELDS.find((candidate) => candidate === name);
  if (field && open.has(field)) return field;
  throw new Failure('conflict', message('sync.noLongerDiffers'));
}

function parsed(text: string): JsonObject {
  const body = parseJson(text);
  if (isObject(body)) return body;
  throw new Failure('conflict', message('sync.draftUnreadable'));
}

function liveBody(
  text: string,
  connection: StoredConnection,
  terms: TermsOrDoubt,
  taken: readonly MeaningField[],
): Record<string, unknown> {
  const definition = readLiveBadge(withoutTwins(parseJson(text)));
  if (!definition) throw new Failure('conflict', message('sync.liveUnreadable'));
  const live = calledAsHere(definition, connection);
  if (terms === null || !taken.some((field) => field === 'benefits' || field === 'defaultTillId'))
    return badgeBody(live);
  if (terms === 'several') throw new Failure('conflict', message('promote.heldSeveral', { org: connection.name }));
  // Of what is taken only: a field that stays as it is here asks for nothing.
  const asked = {
    benefits: taken.includes('benefits') ? live.benefits : [],
    defaultTillId: taken.includes('defaultTillId') ? live.defaultTillId : null,
  };
  const untold = referencesOf(asked, []).filter((reference) => terms.back.of(reference) === null);
  if (untold.length > 0) {
    const what = untold.map(referenceMessage).reduceRight((rest, first) => message('sync.fieldsList', { first, rest }));
    const { name: home } = terms.home;
    throw new Failure('conflict', message('promote.takenUntold', { org: connection.name, home, what }));
  }
  return badgeBody({ ...live, ...definitionThere(asked, terms.back) });
}

/** Its group by the id that it has here. */
function calledAsHere(definition: BadgeDefinition, { groupsHere }: StoredConnection): BadgeDefinition {
  const { badgeGroupId: id } = definition;
  return id !== null && Object.hasOwn(groupsHere, id)
    ? { ...definition, badgeGroupId: groupsHere[id] ?? id }
    : definition;
}

/** Makes drafts of badges that exist only in the live org. Badges that are here already, or cannot be read, are left out. */
export function adopt(context: SyncContext, connection: StoredConnection, remoteIds: readonly string[]): string[] {
  const { workspace, now } = context;
  const made = workspace.transaction(() =>
    remoteIds.flatMap((remoteId): DraftMove[] => {
      const snapshot = workspace.snapshots.find(connection.key, remoteId);
      const link = workspace.sync.ofRemote(connection.key, remoteId);
      if (!snapshot?.meaning || (link && workspace.sync.isAlive(link.badgeKey))) return [];
      const at = now();
      const definition = readLiveBadge(withoutTwins(parseJson(snapshot.body)));
      if (!definition) return [];
      const till = definition.defaultTillId === snapshot.defaultTill ? null : definition.defaultTillId;
      const draft = workspace.drafts.create(freshBadgeId(context, at), {
        body: JSON.stringify(badgeBody({ ...calledAsHere(definition, connection), defaultTillId: till }), null, 2),
        // What has begun there could be created here only as a badge of the past.
        migration: definition.startOn < at,
        label: `Taken over from ${connection.name}`.slice(0, 200),
        now: at,
      });
      workspace.claims.change(draft.id, at, () =>
        snapshot.claims.map(({ ownerType, referenceId }) => ({
          ownerType: ownerType as OwnerType,
          referenceId,
          isActive: true,
        })),
      );
      workspace.sync.put(
        connection.key,
        { badgeKey: draft.key, remoteId, baseMeaning: snapshot.meaning, syncedOn: at },
        at,
      );
      const { name } = definition;
      return [{ id: draft.id, name, before: null, after: draft.revision, isAdopted: true }];
    }),
  );
  if (made.length > 0) context.noteStep(made);
  return made.map(({ id }) => id);
}
