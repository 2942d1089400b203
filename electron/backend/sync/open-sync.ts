import { Failure } from '../../../shared/ipc/errors';
import type { DraftMove } from '../badges/steps';
import type { BackendContext } from '../context';
import { activityHandlers } from './activity/handlers';
import { auditHandlers } from './audit/handlers';
import { heldHandlers } from './held/handlers';
import { orgRulesHandlers } from './rules/handlers';
import { connectionsHandlers } from './connections/handlers';
import { StandingLooks } from './live-jobs/standing-records';
import { importHandlers } from './live-jobs/import/handlers';
import { takeBackHandlers } from './live-jobs/take-back/handlers';
import { liveJobHandlers } from './live-jobs/handlers';
import { jobQueueHandlers } from './live-jobs/queue-handlers';
import { BadgeLooks } from './live-jobs/badge-looks';
import { LiveJobs } from './live-jobs/jobs';
import { lookBefore } from './live-jobs/look-ahead/look-before';
import { lookHandlers } from './live-jobs/look-ahead/handlers';
import { onErrand } from './client/errand';
import { linked } from './client/linked-signal';
import type { CancelSignal } from '../../../shared/ipc/method';
import { OrgSessions } from './client/org-sessions';
import type { Dice } from './client/pace';
import type { SecretKeeper } from '../secrets/secret-keeper';
import type { ServedCustomers } from '../simulation/served-customers';
import { TIMES, type SyncContext, type SyncHandlers, type SyncTimes } from './context';
import { refusalsOfBody } from './badges/expected-refusals';
import { syncHandlers } from './badges/handlers';
import type { Network } from '../network/network';
import { readAwardCounts } from './badges/award-counts';
import { LiveReads } from './badges/live-reads';
import { KeptPlans } from './badges/kept-plans';
import { homesOf, noteArrival, noteCopies, noteHomes, type Copied, type NamedHome } from './badges/origins';
import { Routes } from './badges/promotion-routes';
import { noteHomeless, noteStrays } from './badges/promotion-strays';
import { OrgTurns } from './badges/org-turns';
import { planHandlers } from './plans/handlers';
import type { RequestFacts } from '../../../db/org/request-history';
import type { Instant } from '../../../shared/domain/instant';
import { inEnglish } from '../../../shared/words/english';
import { message } from '../../../shared/words/message';

export interface SyncOptions {
  /** Absolute path of the workspace file. */
  workspaceFile: string;
  /** Where credentials are kept. */
  secrets: SecretKeeper;
  /** How orgs are reached. */
  network: Network;
  /** Stands in the plans that are saved. */
  appVersion: string;
  dice?: Dice;
  times?: Partial<SyncTimes>;
  /** A request of the local history by its key, or undefined. */
  findRequest(key: number): RequestFacts | undefined;
  /** Drafts were changed or made by taking over what an org has: a step of undo. Nobody remembers it unless given. */
  noteStep?(moves: readonly DraftMove[]): void;
  /** Where the clock of the org at an address stands; null: it runs, as it does unless given. */
  clockOf?(baseUrl: string): Instant | null;
  /** Customers whom a kept simulation result served. */
  servedBySimulation?(resultId: number, badgeKey: string): Promise<ServedCustomers>;
}

export interface SyncSide {
  handlers: SyncHandlers;
  /** What live orgs that have a badge would refuse, were its draft this body. @throws Failure `not-found` */
  refusalsOf(badgeId: string, body: string): ReturnType<typeof refusalsOfBody>;
  /** Drafts were made of others, by their keys: they carry the ids of the same org. */
  noteCopies(copies: readonly Copied[]): void;
  /** The orgs whose ids a draft may carry, and what notes that another one carries those of such. */
  homes: { of(badgeKey: number): NamedHome[]; note(badgeId: string, homes: readonly NamedHome[]): void };
  /** Reads the groups of an org. @throws Failure */
  groupsOf(connectionId: number): ReturnType<LiveReads['groups']>;
  /** What an org counts now of its badge of a name; null: it has none. @throws Failure */
  awardCounts(
    connectionId: number,
    asked: { name: string; from: Instant; to: Instant },
    signal: CancelSignal,
  ): Promise<{ org: string; counts: Awaited<ReturnType<typeof readAwardCounts>> }>;
  /** Goes on with the live jobs that an earlier end interrupted. */
  begin(): void;
  /** Ends what is under way where it is; live jobs go on at the next start. */
  close(): Promise<void>;
}

const INTERRUPTED = inEnglish(message('org.interrupted'));

/** Opens everything that has to do with live orgs. Nothing is sent before `begin`. */
export function openSync(backend: BackendContext, options: SyncOptions): SyncSide {
  const context: SyncContext = {
    ...backend,
    workspaceFile: options.workspaceFile,
    secrets: options.secrets,
    network: options.network,
    dice: options.dice ?? Math.random,
    times: { ...TIMES, ...options.times },
    requestFacts: (key) => {
      const facts = options.findRequest(key);
      if (facts) return facts;
      throw new Failure('not-found', message('jobs.requestGone'));
    },
    clockOf: options.clockOf ?? (() => null),
    noteStep: options.noteStep ?? (() => undefined),
    servedBySimulation:
      options.servedBySimulation ?? (() => Promise.reject(new Failure('not-found', message('jobs.resultGone')))),
  };
  context.workspace.ledger.settleInterrupted(INTERRUPTED);
  const closing = new AbortController();
  const sessions = new OrgSessions(context);
  const turns = new OrgTurns();
  const plans = new KeptPlans();
  const looks = new BadgeLooks(context, sessions);
  const jobs = new LiveJobs(context, sessions, lookBefore(looks));
  const standing = new StandingLooks();
  return {
    begin: () => jobs.resumeAll(),
    handlers: {
      ...connectionsHandlers(context, sessions, jobs, {
        leaving: (connection, isGone) => {
          noteStrays(context, connection, context.workspace.connections.list());
          if (isGone) noteHomeless(context, connection);
        },
        arrived: (connection) => noteArrival(context.workspace, connection),
      }),
      ...syncHandlers(context, sessions, turns, plans),
      ...planHandlers(context, sessions, turns, plans, options.appVersion),
      ...activityHandlers(context, closing.signal),
      ...auditHandlers(context, closing.signal),
      ...heldHandlers(context, sessions, closing.signal),
      ...orgRulesHandlers(context, sessions, turns),
      ...lookHandlers(context, sessions, looks, jobs.forms, closing.signal),
      ...jobQueueHandlers(context, sessions, jobs),
      ...liveJobHandlers(context, sessions, jobs, looks, closing.signal),
      ...takeBackHandlers(context, sessions, jobs, standing, closing.signal),
      ...importHandlers(context, sessions, jobs, closing.signal),
    },
    noteCopies: (copies) => noteCopies(context.workspace, new Routes(context.workspace, true), copies),
    homes: {
      of: (badgeKey) => homesOf(context.workspace, badgeKey),
      note: (badgeId, homes) => noteHomes(context.workspace, badgeId, homes),
    },
    groupsOf: (connectionId) => {
      const { client } = sessions.of(context.workspace.connections.get(connectionId));
      const patience = { dice: context.dice, times: context.times.backoff };
      return onErrand('look', [], () => new LiveReads(client, patience, null, closing.signal).groups());
    },
    awardCounts: async (connectionId, asked, signal) => {
      const connection = context.workspace.connections.get(connectionId);
      const session = sessions.of(connection);
      const counts = await readAwardCounts(context, connection, session, asked, linked(signal, closing.signal));
      return { org: connection.name, counts };
    },
    refusalsOf: (badgeId, body) => refusalsOfBody(context, badgeId, body),
    close: async () => {
      closing.abort();
      await Promise.all([turns.close(), jobs.close()]);
      sessions.close();
    },
  };
}
