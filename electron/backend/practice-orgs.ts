import type { Handlers } from '../../shared/ipc/contract';
import { Failure } from '../../shared/ipc/errors';
import { message, type Message } from '../../shared/words/message';
import { inEnglish } from '../../shared/words/english';
import type { BackendContext } from './context';
import type { PracticeSession } from './practice/session';
import type { PulledOrg } from './practice/states/fill-org';
import { notRunning } from './practice/host';
import type { SyncSide } from './sync/open-sync';

/** Handlers of what the practice org and the connections do together. */
export function practiceOrgHandlers(
  { workspace }: Pick<BackendContext, 'workspace'>,
  practice: PracticeSession,
  sync: Pick<SyncSide, 'handlers' | 'groupsOf'>,
): Pick<Handlers, 'practice.fill' | 'practice.connect'> {
  const { connections, snapshots } = workspace;
  return {
    'practice.fill': async ({ connectionId }) => {
      const connection = connections.get(connectionId);
      if (connection.baseUrl === practice.state.url) {
        throw new Failure('invalid-input', message('practiceStates.ownPull', { name: connection.name }));
      }
      if (connection.lastPulledOn === null) {
        throw new Failure('invalid-input', message('practiceStates.neverPulled', { name: connection.name }));
      }
      const badges = snapshots.all(connectionId).map(({ remoteId, name, body, claims }) => ({
        ...{ id: remoteId, name, body, claims },
      }));
      const { groups, unread } = await groupsOf(badges, () => sync.groupsOf(connectionId));
      const filled = await practice.fill({
        ...{ timeZone: connection.timeZone, pulledOn: connection.lastPulledOn },
        ...{ badges, groups, fieldDefaults: connection.fieldDefaults },
      });
      return { ...filled, groupsUnread: unread };
    },
    'practice.connect': async ({ name }, ...rest) => {
      const { url, credentials, options } = practice.state;
      if (url === null) throw notRunning();
      const all = connections.list();
      const made = all.find(({ key, kind }) => key === practice.access.connectionId && kind === 'practice');
      const before = made ?? all.find(({ baseUrl, kind }) => baseUrl === url && kind === 'practice');
      const { id } = await sync.handlers['connections.save'](
        {
          ...(before ? { id: before.key } : {}),
          connection: {
            name: before?.name ?? freeName(name, new Set(all.map((each) => each.name))),
            baseUrl: url,
            kind: 'practice',
            timeZone: options.timeZone,
            chunkSize: before?.chunkSize ?? 500,
            parallel: before?.parallel ?? 4,
            perSecond: before?.perSecond ?? 20,
          },
          // One that lets everybody in takes any.
          credentials: { kind: 'basic', ...(credentials ?? { user: 'practice', password: 'practice' }) },
          acceptRisk: true,
        },
        ...rest,
      );
      practice.access.keep({ connectionId: id });
      if (options.port === 0) practice.access.keep({ port: Number(new URL(url).port) });
      return { connectionId: id };
    },
  };
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let turn = 1; ; turn += 1) {
    const candidate = turn === 1 ? name : `${name} ${String(turn)}`;
    if (!taken.has(candidate)) return candidate;
  }
}

type Groups = PulledOrg['groups'];

/**
 * The groups that pulled badges belong to. A pull does not read them, so the org is asked; where it does not answer they
 * are called by their ids.
 */
async function groupsOf(
  badges: readonly { body: string }[],
  ask: () => Promise<Groups>,
): Promise<{ groups: Groups; unread: Message | null }> {
  const named = new Set(badges.map(({ body }) => groupIdIn(body)).filter((id) => id !== null));
  if (named.size === 0) return { groups: [], unread: null };
  const standIn = (id: string, index: number): Groups[number] => ({
    ...{ id, name: inEnglish(message('practiceStates.groupCalled', { id })), rank: index + 1, isActive: true },
  });
  try {
    const groups = await ask();
    const known = new Set(groups.map(({ id }) => id));
    const missing = [...named].filter((id) => !known.has(id));
    return { groups: [...groups, ...missing.map((id, index) => standIn(id, groups.length + index))], unread: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      groups: [...named].map(standIn),
      unread: message('practiceStates.groupsUnread', { reason: error.words }),
    };
  }
}

function groupIdIn(body: string): string | null {
  const [, id] = /"badgeGroupId":\s*"?([\w-]{1,64})"?/.exec(body) ?? [];
  return id === undefined || id === 'null' ? null : id;
}
