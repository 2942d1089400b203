import type { StoredConnection } from '../../../../db/workspace/connections';
import type { Instant } from '../../../../shared/domain/instant';
import { SECOND } from '../../../../shared/domain/instant';
import { fromMeaningText } from '../../../../shared/gateway/meaning-text';
import type { DifferenceView, PushPlan, SyncRow } from '../../../../shared/ipc/sync-contract';
import { message, type Message } from '../../../../shared/words/message';
import { freshBadgeId } from '../../badges/ids';
import { compareBadge } from '../badges/comparison';
import { linesOf, rowOf } from '../badges/lines';
import { planPush, type FrozenRequest } from '../badges/plan';
import { pull } from '../badges/pull';
import type { OrgSession } from '../client/org-sessions';
import type { SyncContext } from '../context';
import type { BadgeFolder, FolderBadge } from './badge-folder';

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

export interface FolderOptions {
  /** Names that are looked at; null: all. */
  only: readonly string[] | null;
  /** Whether a start in the past is asked for (X-CAP-BADGES-MIGRATION). */
  migration: boolean;
  /** As of when dates are judged; null: now. */
  judgedOn: Instant | null;
  /** What folder and org last agreed on, by the live badge; see {@link CommonPast}. */
  past: CommonPast;
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
): Promise<FolderLine[]> {
  const { workspace } = context;
  const wants = ({ name }: { name: string }): boolean => options.only === null || options.only.includes(name);
  const files = takeIn(context, folder.badges.filter(wants), options.migration);
  await pull(context, connection, session, watch.signal, watch.progress);
  const pulled = workspace.connections.get(connection.key);
  agree(context, pulled, options.past);
  const judged: SyncContext = { ...context, now: () => options.judgedOn ?? context.now() };
  const shared = new Map(folder.shared.map(({ name, files: names }) => [name, names]));
  const lines = linesOf(context, pulled)
    .map((line) => rowOf(line, pulled))
    .filter((row) => wants(row) && !shared.has(row.name))
    .map((row) => lineOf(judged, pulled, row, files.get(row.badgeId) ?? null, options));
  // Which badge a file was meant to be, nobody can tell: it stands in the way of those only whom nobody named.
  const odd = options.only === null ? unreadable(folder) : [];
  return [...lines, ...twins(folder.shared.filter(wants)), ...odd].sort((one, other) =>
    one.name === other.name ? 0 : one.name < other.name ? -1 : 1,
  );
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
): FolderLine {
  const state = stateOf(row.state);
  const line = { name: row.name, file: file?.file ?? null, id: row.remoteId, state };
  const none = { differences: [], held: null, warnings: [], requests: [] };
  if (file === null || state === 'same') return { ...line, ...none };
  const { differences, warnings } =
    row.remoteId === null ? { differences: [], warnings: [] } : compareBadge(context, connection, row.badgeId);
  const { held, requests } = planned(context, connection, row.badgeId, file, judgedOn !== null);
  return { ...line, differences, warnings, held, requests };
}

/** Code of a start date that has passed (error-codes). */
const PAST_START = 722;

/** A practice org's clock may stand anywhere: what only this machine's clock forbids there, the org itself judges. */
function planned(
  context: SyncContext,
  connection: StoredConnection,
  badgeId: string,
  { meaning }: FolderBadge,
  isJudged: boolean,
): Pick<FolderLine, 'held' | 'requests'> {
  const look = (now: () => Instant): Pick<FolderLine, 'held' | 'requests'> => {
    const { requests, held } = planPush({ ...context, now }, connection, [badgeId]);
    const [first] = held;
    return { requests, held: first ? { reason: first.reason, errors: first.errors } : null };
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
