import type { z } from 'zod';
import { isZone } from '../../../../shared/domain/calendar';
import { Failure } from '../../../../shared/ipc/errors';
import type { connectionInput, ConnectionView } from '../../../../shared/ipc/sync-contract';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { readBaseUrl } from './base-url';
import { testConnection } from './connection-test';
import { accountOf, toSecret, type Credentials } from '../client/credentials';
import { openSession, type OrgSessions } from '../client/org-sessions';
import type { SyncContext, SyncHandlers } from '../context';
import { isWritable, requireName } from './write-permission';
import { forgetDefinitions } from '../../../../db/workspace/kept-definitions';
import { forgetPromotion } from '../../../../db/workspace/kept-promotion';
import { forgetRules } from '../../settings/kept-rules';
import { message } from '../../../../shared/words/message';
import { inEnglish } from '../../../../shared/words/english';

type ConnectionMethod = Extract<keyof SyncHandlers, `connections.${string}`>;

/** What the jobs of a connection have to say about changes to it. */
export interface JobsOfConnections {
  hasUnfinished(connectionKey: number): boolean;
  pauseAll(connectionKey: number, note: string): Promise<void>;
  /** Forgets a job that was filled in and not started. */
  forgetDraft(connectionKey: number): void;
}

/** What is to be noted where connections change. */
export interface ChangesOfConnections {
  /** Before a connection is deleted, or leads to another org or one of another kind. @param isGone whether it leads to the org no more */
  leaving(connection: StoredConnection, isGone: boolean): void;
  /** After one was added, or leads to another org or one of another kind. */
  arrived(connection: StoredConnection): void;
}

/** Handlers of `connections.*`. Credentials pass through to the keeper and are in no answer. */
export function connectionsHandlers(
  context: SyncContext,
  sessions: OrgSessions,
  jobs: JobsOfConnections,
  changes: ChangesOfConnections,
): Pick<SyncHandlers, ConnectionMethod> {
  const { workspace, secrets } = context;
  const { connections } = workspace;

  const view = async (connection: StoredConnection): Promise<ConnectionView> => {
    const { key, name, baseUrl, kind, timeZone, chunkSize, parallel, perSecond, auth, account, lastPulledOn } =
      connection;
    return {
      id: key,
      ...{ name, baseUrl, kind, timeZone, chunkSize, parallel, perSecond, auth, account, lastPulledOn },
      secret: await secrets.placeOf(connection.secretId),
      writable: isWritable(connection, sessions),
      state: sessions.of(connection).state,
    };
  };

  const allKeys = (): number[] => connections.list().map(({ key }) => key);

  return {
    'connections.list': async () => ({
      connections: await Promise.all(connections.list().map(view)),
      keychain: (await secrets.hasKeychain()) ? 'available' : 'none',
    }),

    'connections.save': async ({ id, connection: input, credentials, acceptRisk, typedName }) => {
      const settings = readSettings(input);
      const before = id === undefined ? null : connections.get(id);
      if (connections.list().some((other) => other.name === settings.name && other.key !== id)) {
        throw new Failure('conflict', message('connections.nameTaken', { name: settings.name }));
      }
      const guarded = liftedGuard(connections.list(), before, settings);
      if (guarded && typedName !== guarded.name) {
        throw new Failure(
          'invalid-input',
          message(settings.kind === 'test' ? 'connections.guardedAsTest' : 'connections.guardedAsPractice', {
            name: guarded.name,
          }),
        );
      }
      if (before === null && !credentials) {
        throw new Failure('invalid-input', message('connections.credentialsMissing'));
      }
      // Credentials belong to one address: sent to another, they would be given away.
      const isElsewhere = before !== null && before.baseUrl !== settings.baseUrl;
      if (isElsewhere && jobs.hasUnfinished(before.key)) {
        throw new Failure('conflict', message('connections.addressInUse', { name: before.name }));
      }
      const secretId = before === null || credentials || isElsewhere ? freshSecretId(context) : before.secretId;
      if (credentials) await secrets.put(secretId, toSecret(credentials), acceptRisk);
      const auth = credentials?.kind ?? before?.auth ?? 'basic';
      const account = credentials ? accountOf(credentials) : (before?.account ?? '');
      const row = { ...settings, auth, account, secretId };
      const isOther = before === null || isElsewhere || before.kind !== settings.kind;
      if (before !== null && isOther) changes.leaving(before, isElsewhere);
      const saved = before === null ? connections.add(row) : connections.update({ ...row, key: before.key });
      if (before !== null && before.secretId !== secretId) await secrets.forget(before.secretId);
      sessions.drop(saved.key);
      if (isElsewhere) {
        workspace.counts.forget(saved.key);
        forgetRules(workspace.settings, saved.key);
        forgetDefinitions(workspace.settings, saved.key);
        forgetPromotion(workspace.settings, saved.key, allKeys());
      }
      if (isOther) changes.arrived(saved);
      return view(saved);
    },

    'connections.delete': async ({ id }) => {
      const connection = connections.find(id);
      if (!connection) return { deleted: false };
      const requireUnused = (): void => {
        if (jobs.hasUnfinished(id))
          throw new Failure('conflict', message('connections.inUse', { name: connection.name }));
      };
      requireUnused();
      await context.beforeDeletion();
      requireUnused();
      await secrets.forget(connection.secretId);
      // One may have been started meanwhile.
      requireUnused();
      sessions.drop(id);
      jobs.forgetDraft(id);
      return workspace.transaction(() => {
        changes.leaving(connection, true);
        forgetRules(workspace.settings, id);
        forgetDefinitions(workspace.settings, id);
        forgetPromotion(workspace.settings, id, allKeys());
        return { deleted: connections.delete(id) };
      });
    },

    'connections.test': async ({ id, connection: input, credentials }) => {
      const stored = id === undefined ? null : connections.get(id);
      if (stored && !input && !credentials) return testConnection(sessions.of(stored).client, context);
      const settings = input ? readSettings(input) : stored;
      if (!settings) throw new Failure('invalid-input', message('connections.addressFirst'));
      const tried: StoredConnection = {
        ...{ auth: 'basic', account: '', secretId: '', lastPulledOn: null, fieldDefaults: {}, groupsHere: {} },
        ...stored,
        ...settings,
        key: stored?.key ?? 0,
      };
      const rate = stored?.baseUrl === tried.baseUrl ? sessions.of(stored).rate : undefined;
      const session = openSession(context, tried, () => secretFor(tried, stored, credentials), rate);
      try {
        return await testConnection(session.client, context);
      } finally {
        session.close();
      }
    },

    'connections.unlock': ({ id, typedName }) => {
      const connection = connections.get(id);
      requireName(connection, typedName);
      sessions.of(connection).isUnlocked = true;
      return view(connection);
    },

    'connections.lock': async ({ id }) => {
      const connection = connections.get(id);
      sessions.of(connection).isUnlocked = false;
      if (connection.kind === 'production') await jobs.pauseAll(id, inEnglish(message('jobs.orgLocked')));
      return view(connection);
    },
  };

  /** Kept credentials are tried only where they were entered for. */
  async function secretFor(
    tried: StoredConnection,
    stored: StoredConnection | null,
    credentials: Credentials | undefined,
  ): Promise<Uint8Array | null> {
    if (credentials) return toSecret(credentials);
    return stored !== null && stored.baseUrl === tried.baseUrl ? secrets.take(stored.secretId) : null;
  }
}

/** The production org that could be written to without its guard if these settings were saved; undefined: none. */
function liftedGuard(
  all: readonly StoredConnection[],
  before: StoredConnection | null,
  settings: ConnectionSettings,
): StoredConnection | undefined {
  if (settings.kind === 'production') return undefined;
  if (before?.kind === 'production') return before;
  // Under a second name it is the same org; who had that already before is not asked again.
  if (before?.baseUrl === settings.baseUrl) return undefined;
  return all.find(({ kind, baseUrl }) => kind === 'production' && baseUrl === settings.baseUrl);
}

type ConnectionSettings = Pick<
  StoredConnection,
  'name' | 'baseUrl' | 'kind' | 'timeZone' | 'chunkSize' | 'parallel' | 'perSecond'
>;

function readSettings(input: z.output<typeof connectionInput>): ConnectionSettings {
  const name = input.name.trim();
  if (name === '') throw new Failure('invalid-input', message('connections.nameMissing'));
  if (!isZone(input.timeZone)) {
    throw new Failure('invalid-input', message('connections.noZone', { timeZone: input.timeZone }));
  }
  return { ...input, name, baseUrl: readBaseUrl(input.baseUrl) };
}

function freshSecretId(context: SyncContext): string {
  return Buffer.from(context.randomBytes(12)).toString('hex');
}
