import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { orgFileOf } from '../../../db/kinds';
import type { StoredConnection } from '../../../db/workspace/connections';
import { openWorkspace, type Workspace } from '../../../db/workspace/workspace';
import { fromMilliseconds, type Instant } from '../../../shared/domain/instant';
import { Failure } from '../../../shared/ipc/errors';
import { inEnglish } from '../../../shared/words/english';
import { message, type Message } from '../../../shared/words/message';
import type { Log } from '../context';
import { GrantedFiles } from '../files/granted-files';
import type { Environment } from '../network/environment';
import { Network } from '../network/network';
import { withClient, type ShownClient } from '../network/shown-client';
import { SessionSecrets } from '../secrets/secret-keeper';
import { temporaryFolder } from '../tables/temporary-folder';
import { toSecret, type KeptCredentials } from './client/credentials';
import { OrgSessions, type OrgSession } from './client/org-sessions';
import { TIMES, type SyncContext, type SyncTimes } from './context';

/** An org as whoever has no window names it; everything but how to prove who one is. */
export type NamedOrg = Pick<
  StoredConnection,
  'name' | 'baseUrl' | 'kind' | 'timeZone' | 'chunkSize' | 'parallel' | 'perSecond'
>;

export interface OrgWorkOptions {
  org: NamedOrg;
  credentials: KeptCredentials;
  /** An open workspace whose ledger and connection are used; null: all that is kept is forgotten at the end. */
  kept: { workspace: Workspace; connection: StoredConnection } | null;
  /** What a workspace keeps of the network; undefined: as a workspace that is set to the system. */
  network: unknown;
  /** Shown to a gateway that asks who is calling; unless given that of `network`, whose secret is not here. */
  client?: ShownClient | null;
  environment: Environment;
  /** Where the org's clock is said to stand, as that of a practice org can; unless given it runs. */
  clock?: Instant | null;
  log: Log;
  times?: Partial<SyncTimes>;
}

/** Work on one org by one command. */
export interface OrgWork {
  context: SyncContext;
  connection: StoredConnection;
  session: OrgSession;
  /** What is odd about the environment, in sentences. */
  notices: readonly Message[];
  close(): void;
}

/**
 * Opens an org for one command, with the client, the comparison and the push of the window. Where nothing is to be kept
 * a workspace of its own holds what is read, in a folder that goes with the process.
 */
export async function openOrgWork(options: OrgWorkOptions): Promise<OrgWork> {
  const { kept, org, credentials } = options;
  const place = kept === null ? temporaryFolder() : null;
  let workspace: Workspace | undefined;
  try {
    const file = path.join(place?.folder ?? '', 'org.laurel');
    workspace = kept?.workspace ?? (await openWorkspace(file));
    workspace.ledger.settleInterrupted(inEnglish(message('org.interrupted')));
    const secrets = new SessionSecrets();
    const secretId = kept?.connection.secretId ?? randomBytes(12).toString('hex');
    await secrets.put(secretId, toSecret(credentials));
    const connection = kept?.connection ?? workspace.connections.add({ ...org, auth: 'basic', account: '', secretId });
    const settings = await withClient(options.network, options.client ?? null, secrets);
    const network = new Network({
      // Held in memory: a command changes no settings.
      settings: { kept: () => settings, keep: () => undefined },
      secrets,
      environment: options.environment,
      system: null,
    });
    const context = contextOf(workspace, file, { ...options, network, secrets });
    const sessions = new OrgSessions(context);
    const opened = workspace;
    return {
      context,
      connection,
      session: sessions.of(connection),
      notices: network.unreadVariables.map((name) => message('network.variableUnread', { name })),
      close: () => {
        sessions.close();
        network.close();
        if (kept === null) opened.close();
        place?.dispose();
      },
    };
  } catch (error) {
    if (kept === null) workspace?.close();
    place?.dispose();
    throw error;
  }
}

function contextOf(
  workspace: Workspace,
  workspaceFile: string,
  {
    log,
    network,
    secrets,
    times,
    clock = null,
  }: Pick<OrgWorkOptions, 'log' | 'times' | 'clock'> & Pick<SyncContext, 'network' | 'secrets'>,
): SyncContext {
  const notHere = (): never => {
    throw new Failure('not-found', message('jobs.requestGone'));
  };
  return {
    now: () => fromMilliseconds(Date.now()),
    randomBytes,
    log,
    files: new GrantedFiles(),
    workspace,
    drafts: workspace.drafts,
    jobs: workspace.jobs,
    settings: () => workspace.settings.current,
    beforeDeletion: () => Promise.resolve(),
    clockOf: () => clock,
    orgFile: orgFileOf(workspaceFile),
    workspaceFile,
    secrets,
    network,
    dice: Math.random,
    times: { ...TIMES, ...times },
    noteStep: () => undefined,
    requestFacts: notHere,
    servedBySimulation: notHere,
  };
}
