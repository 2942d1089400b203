import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { orgFileOf, practiceFileOf, practicePicturesOf, practiceStatesOf } from '../../db/kinds';
import { carryOutRestore, removeAbandonedBeside } from '../../db/backups/restore';
import { readBackupNote } from '../../db/backups/place';
import { backUpBeforeUpdate, noteToldUpdate, noteVersion, isUntoldUpdate } from '../../db/backups/update';
import { databaseFailure, opening } from '../../db/failures';
import type { LockRole } from '../disk/lock-holder';
import { realFile } from '../../db/real-file';
import { storeFiles } from '../../db/store-files';
import { openWorkspace, type Workspace } from '../../db/workspace/workspace';
import { fromMilliseconds, type Instant } from '../../shared/domain/instant';
import type { Handlers } from '../../shared/ipc/contract';
import { Failure } from '../../shared/ipc/errors';
import { message, type Message, type MessagePart } from '../../shared/words/message';
import { artHandlers } from './art/handlers';
import { bulkHandlers } from './badges/bulk/handlers';
import { badgeViewsHandlers } from './badges/views/handlers';
import { folderHandlers } from './folder/handlers';
import { WorkspaceFolder } from './folder/workspace-folder';
import { sheetHandlers } from './sheet/handlers';
import { transferHandlers } from './transfer/handlers';
import { BadgeSteps } from './badges/steps';
import { badgeHandlers } from './badges/handlers';
import type { BackendContext, IssuanceSide, Log } from './context';
import { GrantedFiles, type GrantedFile } from './files/granted-files';
import { guarded } from './store/guard';
import { backupHandlers } from './store/backups/handlers';
import { diagnosticsHandlers } from './store/diagnostics';
import { portableHandlers } from './store/portable/handlers';
import { forgetHandlers } from './store/forget/handlers';
import { RetentionKeeper } from './store/forget/retention-keeper';
import { BackupKeeper } from './store/backups/keeper';
import { fidelityHandlers, RecordingDesk } from './fidelity/handlers';
import { openIssuance } from './issuance/open-issuance';
import { refuseLoneOrgFile } from './store/org-pair';
import { networkHandlers } from './network/handlers';
import { networkKinds } from './network/network-kinds';
import { Network, type NetworkParts } from './network/network';
import { practiceHandlers } from './practice/handlers';
import { PracticeOptionStore } from './practice/options';
import { KeptAccess } from './practice/kept-access';
import { PracticeSession } from './practice/session';
import { StateFolder } from './practice/states/state-folder';
import { practiceOrgHandlers } from './practice-orgs';
import { practicePicturesHandlers } from './practice-pictures';
import { openSimulation } from './simulation/open-simulation';
import { reportHandlers } from './report/handlers';
import { nobodyPrints, type PrintPage } from './report/main-printer';
import { SessionSecrets } from './secrets/secret-keeper';
import { settingsHandlers } from './settings/handlers';
import { zoneOfNew } from './settings/new-zone';
import { usedRules } from './settings/used-rules';
import { noticesOf } from './process/start-notices';
import { tablesHandlers } from './tables/handlers';
import { templatesHandlers } from './templates/handlers';
import { removeLeftOvers } from './tables/temporary-folder';
import { openSync, type SyncOptions } from './sync/open-sync';
import { UpdateFetcher } from './updates/fetch-update';
import { workspaceHandlers } from './store/handlers';

export interface BackendOptions {
  /**
   * Absolute path of the workspace file, or of a link to it; made when it is not there. The org file stands beside the
   * file itself.
   */
  workspacePath: string;
  /** As what the store is opened, for the words of whoever finds it taken; a command unless given. */
  role?: LockRole;
  /**
   * When files that were closed in order are checked whole: `later` leaves it to `begin`, so that the first rows need
   * not wait for it; at once unless given.
   */
  whole?: 'now' | 'later';
  appVersion: string;
  /** The runtime in words, for the About box. */
  runtime: MessagePart;
  log: Log;
  /** Absolute; null where nothing is logged to a file, which is so unless given. */
  logFolder?: string | null;
  /** The machine's clock and chance unless given. */
  now?: () => Instant;
  randomBytes?: (length: number) => Uint8Array;
  /** Where credentials are kept, and how patient Laurel is with an org; in memory and the usual way unless given. */
  sync?: Partial<Pick<SyncOptions, 'secrets' | 'dice' | 'times'>>;
  /** What a workspace that is made at this start takes its time zone from; it counts days in UTC unless given. */
  newZone?: { from: string | null; isTold: boolean };
  /** Prints a page as PDF; nobody does unless given. */
  print?: PrintPage;
  /** What stands around the network; the variables of this process and no system to ask unless given. */
  network?: Partial<Pick<NetworkParts, 'environment' | 'system'>>;
}

/** The domain with its store, without any transport: the window, the command line and the tests use the same one. */
export interface Backend {
  handlers: Handlers;
  /** Lets calls use a file that a person chose, by its token. */
  grantFile(token: string, file: GrantedFile): void;
  /** Fetches something of an update of Laurel, by this workspace's settings of the network. Never rejects. */
  fetchUpdate: UpdateFetcher['fetch'];
  /**
   * Checks the files whole where that was left for later, and then starts what goes on by itself: live jobs, the
   * practice org, backups, the folder. Only where `whole` is `later`; otherwise opening did it.
   *
   * @throws Failure `database` when a file is damaged; nothing is started then
   */
  begin(): void;
  /** Ends jobs under way, leaving nothing half-written, and closes the store. */
  close(): Promise<void>;
  /** What a person should know about this start. What happened before it is told again until `noteTold` is called. */
  notices: readonly Message[];
  noteTold(): void;
}

/**
 * Opens a workspace and everything that answers calls about it.
 *
 * @throws Failure `database` or `database-newer` when the workspace or its org file cannot be opened, with nothing
 *   changed and nothing left open
 */
export async function openBackend(given: BackendOptions): Promise<Backend> {
  try {
    return await open({ ...given, workspacePath: placeOf(given.workspacePath) });
  } catch (error) {
    throw namingOpener(databaseFailure(error, given.workspacePath, opening(given.workspacePath)), given);
  }
}

/** A workspace of a newer Laurel: says which version that is, where it was noted. */
function namingOpener(error: unknown, { workspacePath, appVersion }: BackendOptions): unknown {
  if (!(error instanceof Failure) || error.code !== 'database-newer') return error;
  const { lastVersion } = readBackupNote(realFile(workspacePath));
  if (lastVersion === null || lastVersion === appVersion) return error;
  return new Failure(error.code, message('updates.openedBy', { said: error.words, version: lastVersion }));
}

/** The one path of a workspace; its folder is made. @throws Failure `database`, or the system's error */
export function placeOf(workspacePath: string): string {
  mkdirSync(path.dirname(workspacePath), { recursive: true });
  return realFile(workspacePath);
}

async function open(options: BackendOptions): Promise<Backend> {
  const { workspacePath, role = 'command', whole = 'now', appVersion } = options;
  removeLeftOvers();
  const now = options.now ?? (() => fromMilliseconds(Date.now()));
  const restored = await carryOutRestore({ workspaceFile: workspacePath, appVersion, now: now(), role });
  removeAbandonedBeside(workspacePath);
  refuseLoneOrgFile(workspacePath);
  let isSaved = false;
  const backUp = async (): Promise<boolean> => {
    isSaved = (await backUpBeforeUpdate({ workspaceFile: workspacePath, appVersion, now: now() })) !== null;
    return isSaved;
  };
  const workspace = await openWorkspace(workspacePath, role, backUp, whole);
  let keeper: BackupKeeper | undefined;
  try {
    workspace.removal.purge(now());
    workspace.arts.purge();
    const context: BackendContext = {
      now,
      randomBytes: options.randomBytes ?? randomBytes,
      log: options.log,
      files: new GrantedFiles([storeFiles(workspacePath)]),
      workspace,
      drafts: workspace.drafts,
      jobs: workspace.jobs,
      settings: () => workspace.settings.current,
      beforeDeletion: async (things, made) => {
        await keeper?.beforeDeletion(things, made);
      },
      orgFile: realFile(orgFileOf(workspacePath)),
    };
    const issuance = await openIssuance(context, role, { whole, isSaved });
    keeper = new BackupKeeper({ workspaceFile: workspacePath, appVersion, now, log: options.log });
    const said = [restored, takeZone(workspace, options.newZone)].filter((each) => each !== null);
    const backend = assemble(options, context, issuance, keeper, said);
    noteVersion(workspacePath, appVersion);
    if (whole === 'now') backend.begin();
    return backend;
  } catch (error) {
    workspace.close();
    throw error;
  }
}

/** @returns what a person is to be told of it */
function takeZone(workspace: Workspace, newZone: BackendOptions['newZone']): Message | null {
  if (!workspace.wasCreated || newZone === undefined) return null;
  const { zone, said } = zoneOfNew(newZone.from, new Intl.DateTimeFormat().resolvedOptions().timeZone);
  workspace.settings.update({ zone });
  return newZone.isTold ? said : null;
}

function assemble(
  options: BackendOptions,
  context: BackendContext,
  issuance: IssuanceSide,
  keeper: BackupKeeper,
  said: readonly Message[],
): Backend {
  const { workspace } = context;
  const unfinished = workspace.jobs.unfinished();
  const wasUpdated = isUntoldUpdate(options.workspacePath) || workspace.wasUpdated || issuance.wasUpdated;
  const notices = [...said, ...noticesOf(workspace, issuance, { wasUpdated, unfinished })];
  let isTold = false;
  const noteTold = (): void => {
    if (isTold) return;
    isTold = true;
    noteToldUpdate(options.workspacePath);
    try {
      workspace.jobs.forget(unfinished);
    } catch {
      // Nobody asked to write anything: where that cannot be done they are told once more.
    }
  };
  const secrets = options.sync?.secrets ?? new SessionSecrets();
  const practice = new PracticeSession({
    file: practiceFileOf(options.workspacePath),
    options: new PracticeOptionStore(context.workspace.settings),
    access: new KeptAccess(context.workspace.settings, secrets, context.randomBytes),
    states: new StateFolder(practiceStatesOf(options.workspacePath), context.randomBytes),
    pictures: practicePicturesOf(options.workspacePath),
    now: context.now,
    log: context.log,
  });
  // Asked only by calls, which come when everything is open.
  const simulation = openSimulation(
    context,
    (badgeId, body) => sync.refusalsOf(badgeId, body),
    () => usedRules(workspace.settings),
    (connectionId, asked, signal) => sync.awardCounts(connectionId, asked, signal),
  );
  const network = new Network({
    settings: context.workspace.settings,
    secrets,
    environment: options.network?.environment ?? process.env,
    system: options.network?.system ?? null,
  });
  const updates = new UpdateFetcher(network);
  const recordings = new RecordingDesk();
  const steps = new BadgeSteps(context.workspace, issuance, context.now());
  const folder = new WorkspaceFolder(context, issuance, (ids) => steps.recordDeleted(ids));
  const sync = openSync(context, {
    ...options.sync,
    secrets,
    network,
    workspaceFile: options.workspacePath,
    appVersion: options.appVersion,
    findRequest: (key) => issuance.findRequest(key),
    noteStep: (moves) => void steps.record(moves),
    clockOf: (baseUrl) => (practice.state.url === baseUrl ? practice.state.options.clock : null),
    servedBySimulation: (resultId, badgeKey) => simulation.served(resultId, badgeKey),
  });
  const retention = new RetentionKeeper({
    ...{ workspaceFile: options.workspacePath, settings: context.workspace.settings },
    ...{ now: context.now, log: context.log },
  });
  const requireStore = (): void => {
    context.workspace.requireThere();
    issuance.requireThere();
  };
  const handlers: Handlers = {
    ...workspaceHandlers(context, issuance, { ...options, notices, noteTold }),
    ...settingsHandlers(context),
    ...portableHandlers(context, options.workspacePath, options.appVersion),
    ...forgetHandlers(
      {
        ...{ workspaceFile: options.workspacePath, settings: context.workspace.settings },
        states: (person, erases) => practice.states.without(person, erases),
      },
      retention,
    ),
    ...diagnosticsHandlers(context.files, () => ({
      workspaceFile: options.workspacePath,
      appVersion: options.appVersion,
      runtime: options.runtime,
      logFolder: options.logFolder ?? null,
      now: context.now(),
      workspace: {
        settings: context.settings(),
        connections: context.workspace.connections.list().map(({ kind, auth }) => ({ kind, auth })),
        network: { ...networkKinds(network.stored) },
      },
    })),
    ...backupHandlers({
      workspaceFile: options.workspacePath,
      trouble: () => keeper.trouble,
      take: (watch) => keeper.take('by-hand', watch),
      beforeDeletion: (things, watch) => keeper.beforeDeletion(things, undefined, watch),
      // It is open here, and nowhere else therefore.
      requireOurs: () => undefined,
      folder: (token) => context.files.find(token, 'folder').path,
    }),
    ...networkHandlers({ ...context, secrets, network }),
    ...badgeHandlers(context, issuance, steps, (copies) => sync.noteCopies(copies)),
    ...bulkHandlers(context, sync, steps),
    ...badgeViewsHandlers(context),
    ...templatesHandlers(context, {
      of: (badgeKey) => sync.homes.of(badgeKey),
      note: (badgeId, homes) => sync.homes.note(badgeId, homes),
    }),
    ...transferHandlers(context, steps),
    ...folderHandlers(context, folder),
    ...sheetHandlers(context, options.appVersion, options.print ?? nobodyPrints),
    ...artHandlers(context),
    ...issuance.handlers,
    ...tablesHandlers(context),
    ...practiceHandlers(practice, context.files),
    ...practiceOrgHandlers(context, practice, sync),
    ...practicePicturesHandlers(context, practice),
    ...sync.handlers,
    ...simulation.handlers,
    ...reportHandlers(context, options.appVersion, options.print ?? nobodyPrints),
    ...fidelityHandlers({
      ...context,
      desk: recordings,
      workspaceFile: options.workspacePath,
      appVersion: options.appVersion,
    }),
  };
  return {
    handlers: guarded(handlers, requireStore, [options.workspacePath]),
    grantFile: (token, file) => {
      context.files.grant(token, file);
    },
    fetchUpdate: (order, onProgress, signal) => updates.fetch(order, onProgress, signal),
    begin: () => {
      workspace.readThrough();
      issuance.readThrough();
      sync.begin();
      // A live job that goes on already waits for it. A command starts nothing by itself.
      if (options.role !== 'window') return;
      void practice.resume();
      retention.start();
      folder.start();
      keeper.start();
    },
    close: async () => {
      try {
        // Live jobs may be talking to the practice org.
        await folder.close();
        await sync.close();
        updates.close();
        network.close();
        await keeper.close();
        await retention.close();
        await Promise.all([practice.close(), issuance.close(), simulation.close(), recordings.close()]);
      } finally {
        context.workspace.close();
      }
    },
    notices,
    noteTold,
  };
}
