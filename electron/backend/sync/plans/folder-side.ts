import type { StoredConnection } from '../../../../db/workspace/connections';
import type { Instant } from '../../../../shared/domain/instant';
import { SECOND } from '../../../../shared/domain/instant';
import { fromMeaningText } from '../../../../shared/gateway/meaning-text';
import type { DefinitionView } from '../../../../shared/ipc/definitions-contract';
import {
  isDefinitionPurpose,
  type DifferenceView,
  type PushPlan,
  type SyncRow,
} from '../../../../shared/ipc/sync-contract';
import { message, type Message } from '../../../../shared/words/message';
import { keepPromotion } from '../../../../db/workspace/kept-promotion';
import { MESSAGES } from '../../../../shared/domain/codes';
import { referenceMessage } from '../../../../shared/gateway/reference-words';
import { parseJson } from '../../../../shared/domain/json';
import { readBadge } from '../../../../shared/domain/read-badge';
import { referenceKey, referencePlaces, type Partner } from '../../../../shared/gateway/references';
import { freshBadgeId } from '../../badges/ids';
import { keepField } from '../../../../db/workspace/kept-definitions';
import { nameGroup } from '../../../../db/workspace/kept-groups';
import { agreeOnDefinitions, definitionsView } from '../badges/definitions';
import type { FolderDefinitions } from '../../badges/definitions-file';
import { compareBadge } from '../badges/comparison';
import { linesOf, rowOf } from '../badges/lines';
import { planPush, type FrozenRequest } from '../badges/plan';
import { pull } from '../badges/pull';
import type { OrgSession } from '../client/org-sessions';
import type { SyncContext } from '../context';
import type { BadgeFolder, FolderBadge } from './badge-folder';
import type { FolderPartners, OrgAtAddress } from './partners-file';

/** How a badge of a folder stands against an org. */
export type FolderState = 'new' | 'changed' | 'same' | 'gone' | 'conflicting' | 'unreadable';

/** One badge of a folder, or of the org alone. */
export interface FolderLine {
  name: string;
  /** Null: it is in the org only. */
  file: string | null;
  /** Of the live badge; null: it is in the folder only. */
  id: string | null;
  state: FolderState;
  differences: readonly DifferenceView[];
  /** Why no request can be planned for it; null: one can, or none is needed. */
  held: { reason: Message; errors: PushPlan['held'][number]['errors'] } | null;
  warnings: readonly { code: number; message: Message; path: string }[];
  /** What would bring the org there. */
  requests: readonly FrozenRequest[];
}

/** How a definition of a folder stands against an org. */
export interface FolderDefinition extends Pick<DefinitionView, 'kind' | 'name' | 'differences'> {
  /** In the org; null: it is in the folder only. */
  id: string | null;
  state: FolderState;
  /** Why no request can be planned for it; null: one can, or none is needed. */
  held: Message | null;
  /** What would bring the org there. */
  requests: readonly FrozenRequest[];
}

/** A folder beside an org. */
export interface FolderSides {
  /** Where the folder says what they are, all; else none. */
  definitions: readonly FolderDefinition[];
  lines: readonly FolderLine[];
}

export interface FolderOptions {
  /** Names that are looked at; null: all. */
  only: readonly string[] | null;
  /** Whether a start in the past is asked for (X-CAP-BADGES-MIGRATION). */
  migration: boolean;
  /** As of when dates are judged; null: now. */
  judgedOn: Instant | null;
  /** What folder and org last agreed on, by the live badge; see {@link CommonPast}. */
  past: CommonPast;
  /** The definitions of the folder; null: it has no file of them. */
  definitions: FolderDefinitions | null;
  /** Those that folder and org last agreed on; undefined: nobody remembers, and what the folder says is to count. */
  definitionsPast: FolderDefinitions | null | undefined;
  /** Of which orgs the ids in the badge files are; null: nobody says, and they count as those of the org. */
  partners: FolderPartners | null;
}

/**
 * What both sides last agreed on, as a meaning text. `undefined`: nobody remembers, and what the folder says is to
 * count; null: they never did, and where they differ a person decides.
 */
export type CommonPast = (badge: { name: string; remoteId: string }) => string | null | undefined;

/**
 * Compares a folder with an org, with what the window does: the files become drafts of a workspace of this command alone,
 * the org is pulled into it, and both are compared and planned for.
 *
 * @param context of a workspace without drafts, which this command may fill
 * @throws Failure where the org cannot be read
 */
export async function compareFolder(
  context: SyncContext,
  connection: StoredConnection,
  session: OrgSession,
  folder: BadgeFolder,
  options: FolderOptions,
  watch: { signal: AbortSignal; progress(report: { done: number; total: number | null }): void },
): Promise<FolderSides> {
  const { workspace } = context;
  takeInDefinitions(context, options.definitions);
  const wants = ({ name }: { name: string }): boolean => options.only === null || options.only.includes(name);
  const files = takeIn(context, folder.badges.filter(wants), options.migration);
  if (options.partners !== null) noteHomes(context, connection, options.partners, files);
  await pull(context, connection, session, watch.signal, watch.progress);
  const pulled = workspace.connections.get(connection.key);
  agree(context, pulled, options.past);
  if (options.definitions !== null) agreeOnDefinitions(workspace, pulled.key, options.definitionsPast);
  const judged: SyncContext = { ...context, now: () => options.judgedOn ?? context.now() };
  const shared = new Map(folder.shared.map(({ name, files: names }) => [name, names]));
  const needed = new Set<string>();
  const lines = linesOf(context, pulled)
    .map((line) => rowOf(line, pulled))
    .filter((row) => wants(row) && !shared.has(row.name))
    .map((row) => lineOf(judged, pulled, row, files.get(row.badgeId) ?? null, options, needed));
  // Which badge a file was meant to be, nobody can tell: it stands in the way of those only whom nobody named.
  const odd = options.only === null ? unreadable(folder) : [];
  return {
    definitions: definitionsOf(judged, pulled, options, needed),
    lines: [...lines, ...twins(folder.shared.filter(wants)), ...odd].sort((one, other) =>
      one.name === other.name ? 0 : one.name < other.name ? -1 : 1,
    ),
  };
}

function takeInDefinitions({ workspace }: SyncContext, definitions: FolderDefinitions | null): void {
  for (const { id, name } of definitions?.groups ?? []) nameGroup(workspace.settings, id, name);
  for (const field of definitions?.fields ?? []) keepField(workspace.settings, field);
}

/** What is told of definitions: all that the folder has; of chosen badges, only the groups that these need. */
function definitionsOf(
  context: SyncContext,
  connection: StoredConnection,
  { definitions, only }: FolderOptions,
  needed: ReadonlySet<string>,
): FolderDefinition[] {
  if (definitions === null) return [];
  const { groups, fields } = definitionsView(context.workspace, connection.key);
  const inFile = new Set(definitions.groups.map(({ id }) => id));
  return [...fields, ...groups]
    .filter(({ kind, id }) => only === null || (kind === 'group' && needed.has(id)))
    .map((view): FolderDefinition => {
      const { kind, id, name, remoteId, differences } = view;
      // A pull brings groups that badges of the org name: of these the folder says nothing.
      const isGone = kind === 'group' && !inFile.has(id);
      const state = isGone ? 'gone' : stateOf(view.state);
      const line = { kind, name, id: remoteId, state, differences: isGone ? [] : differences };
      if (state === 'same' || state === 'gone') return { ...line, held: null, requests: [] };
      const chosen = { groups: kind === 'group' ? [id] : [], fields: kind === 'field' ? [id] : [] };
      const { requests, held } = planPush(context, connection, [], chosen);
      return { ...line, requests, held: held[0]?.reason ?? null };
    });
}

/** @returns the files by the ids of their drafts */
function takeIn(
  context: SyncContext,
  badges: readonly FolderBadge[],
  migration: boolean,
): ReadonlyMap<string, FolderBadge> {
  const { workspace, now } = context;
  return workspace.transaction(
    () =>
      new Map(
        badges.map((badge) => {
          const id = freshBadgeId(context, now());
          workspace.drafts.create(id, { body: badge.text, migration, label: 'file', now: now() });
          return [id, badge];
        }),
      ),
  );
}

/** Whether an org asks for partners of ids although no file says a word of it; a practice org validates nothing. */
export const asksForPartners = ({ kind }: Pick<StoredConnection, 'kind'>): boolean => kind !== 'practice';

/** Notes of which org the ids are that each badge carries, and what other orgs call them, as a workspace keeps it. */
function noteHomes(
  { workspace, randomBytes }: SyncContext,
  connection: StoredConnection,
  partners: FolderPartners,
  files: ReadonlyMap<string, FolderBadge>,
): void {
  const orgs = new Map([[connection.baseUrl, connection.key]]);
  const keyOf = ({ name, address }: OrgAtAddress): number => {
    const known = orgs.get(address);
    if (known !== undefined) return known;
    // It is only spoken of: nothing is asked of it, and its kind decides nothing.
    const added = workspace.connections.add({
      ...{ name, baseUrl: address, kind: 'practice', timeZone: connection.timeZone, chunkSize: connection.chunkSize },
      ...{ parallel: 1, perSecond: 1, auth: 'basic', account: '' },
      secretId: Buffer.from(randomBytes(12)).toString('hex'),
    });
    orgs.set(address, added.key);
    return added.key;
  };
  const tables = new Map<number, Record<string, readonly Partner[]>>();
  const noteTable = (source: number, target: number, table: readonly Partner[]): void =>
    void tables.set(target, { ...tables.get(target), [String(source)]: table });
  for (const { from, to, partners: table } of partners.files) noteTable(keyOf(from), keyOf(to), table);
  const homes = new Map<number, number[]>();
  const isAsked = asksForPartners(connection) || partners.knows(connection.baseUrl);
  for (const [id, { name }] of files) {
    const home = keyOf(partners.homeOf(name));
    homes.set(home, [...(homes.get(home) ?? []), workspace.drafts.get(id).key]);
    if (home === connection.key || !isAsked) continue;
    const isLed = tables.get(connection.key)?.[String(home)] ?? tables.get(home)?.[String(connection.key)];
    if (isLed === undefined) noteTable(home, connection.key, []);
  }
  for (const key of orgs.values()) {
    const own = homes.get(key) ?? [];
    keepPromotion(workspace.settings, key, { from: null, tables: tables.get(key) ?? {}, own, said: 0, strays: {} });
  }
}

/** Gives each badge the past that it has with the org: without one a person would have to decide field by field. */
function agree({ workspace, now }: SyncContext, connection: StoredConnection, past: CommonPast): void {
  const lines = workspace.sync.lines(connection.key, 'problems');
  workspace.transaction(() => {
    for (const { badgeKey, remoteId, name, liveMeaning } of lines) {
      if (badgeKey === null || remoteId === null || liveMeaning === null) continue;
      const base = past({ name, remoteId });
      const agreed = base === undefined ? liveMeaning : base;
      workspace.sync.put(connection.key, { badgeKey, remoteId, baseMeaning: agreed, syncedOn: null }, now());
    }
  });
}

function lineOf(
  context: SyncContext,
  connection: StoredConnection,
  row: Omit<SyncRow, 'refusals'>,
  file: FolderBadge | null,
  { judgedOn }: FolderOptions,
  needed: Set<string>,
): FolderLine {
  const state = stateOf(row.state);
  const line = { name: row.name, file: file?.file ?? null, id: row.remoteId, state };
  const none = { differences: [], held: null, warnings: [], requests: [] };
  if (file === null || state === 'same') return { ...line, ...none };
  const { differences, warnings } =
    row.remoteId === null ? { differences: [], warnings: [] } : compareBadge(context, connection, row.badgeId);
  const { held, requests } = planned(context, connection, row.badgeId, file, judgedOn !== null, needed);
  return { ...line, differences, warnings, held, requests };
}

/** Each place of a badge where an id stands that nobody has told. */
function untoldIn(
  text: string,
  { home, references }: NonNullable<PushPlan['held'][number]['missing']>,
  org: string,
): PushPlan['held'][number]['errors'] {
  const untold = new Set(references.map(referenceKey));
  const { definition } = readBadge(parseJson(text));
  return (definition === null ? [] : referencePlaces(definition))
    .filter(({ reference }) => untold.has(referenceKey(reference)))
    .map(({ reference, path }) => {
      const advice = message('partners.advice', { what: referenceMessage(reference), home: home.name, org });
      return { code: UNTOLD, message: MESSAGES[UNTOLD], path, advice };
    });
}

/** Code of an id of another org that has no partner. */
const UNTOLD = 990012;

/** Code of a start date that has passed (error-codes). */
const PAST_START = 722;

/** A practice org's clock may stand anywhere: what only this machine's clock forbids there, the org itself judges. */
function planned(
  context: SyncContext,
  connection: StoredConnection,
  badgeId: string,
  { meaning, text }: FolderBadge,
  isJudged: boolean,
  needed: Set<string>,
): Pick<FolderLine, 'held' | 'requests'> {
  const look = (now: () => Instant): Pick<FolderLine, 'held' | 'requests'> => {
    const { requests: all, held } = planPush({ ...context, now }, connection, [badgeId]);
    const [first] = held;
    const missing = first?.missing ?? null;
    // A group that several badges need is made once.
    for (const { definition } of all) if (definition !== null) needed.add(definition);
    const requests = all.filter(({ purpose }) => !isDefinitionPurpose(purpose));
    if (!first) return { requests, held: null };
    return {
      requests,
      held: {
        reason: first.reason,
        errors: missing === null ? first.errors : untoldIn(text, missing, connection.name),
      },
    };
  };
  const said = look(context.now);
  const errors = said.held?.errors ?? [];
  if (isJudged || connection.kind !== 'practice' || errors.length === 0) return said;
  if (!errors.every(({ code }) => code === PAST_START)) return said;
  const start = JSON.parse(fromMeaningText(meaning).startOn) as Instant;
  return look(() => start - SECOND);
}

function stateOf(state: SyncRow['state']): FolderState {
  switch (state) {
    case 'in-sync':
      return 'same';
    case 'draft-changed':
      return 'changed';
    case 'live-changed':
    case 'both-changed':
    case 'conflict':
      return 'conflicting';
    case 'only-here':
    case 'unknown':
      return 'new';
    case 'only-live':
      return 'gone';
    case 'unreadable':
      return 'unreadable';
  }
}

function twins(shared: BadgeFolder['shared']): FolderLine[] {
  return shared.map(({ name, files }) => ({
    ...{ name, file: files[0] ?? null, id: null, state: 'conflicting', differences: [], warnings: [], requests: [] },
    held: { reason: message('plans.nameShared', { files: files.join(', ') }), errors: [] },
  }));
}

function unreadable(folder: BadgeFolder): FolderLine[] {
  return folder.unreadable.map(({ file, reason, issues }) => ({
    ...{ name: '', file, id: null, state: 'unreadable', differences: [], warnings: [], requests: [] },
    held: {
      reason,
      errors: issues.map(({ code, message: text, path, advice }) => ({ code, message: text, path, advice })),
    },
  }));
}
