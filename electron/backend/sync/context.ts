import type { HandlersOf } from '../../../shared/ipc/serve';
import type { plansMethods } from '../../../shared/ipc/plans-contract';
import type { syncMethods } from '../../../shared/ipc/sync-contract';
import type { Instant } from '../../../shared/domain/instant';
import type { RequestFacts } from '../../../db/org/request-history';
import type { BackendContext } from '../context';
import type { DraftMove } from '../badges/steps';
import type { Network } from '../network/network';
import type { ServedCustomers } from '../simulation/served-customers';
import type { ExchangeTimes } from './client/exchange';
import { BACKOFF_TIMES, type BackoffTimes, type Dice } from './client/pace';
import type { SecretKeeper } from '../secrets/secret-keeper';

/** Handlers of everything about live orgs. */
export type SyncHandlers = HandlersOf<typeof syncMethods & typeof plansMethods>;

/** Waiting times, which tests shorten. Milliseconds. */
export interface SyncTimes {
  exchange: Partial<ExchangeTimes>;
  backoff: BackoffTimes;
  /** Between reading that a customer has no record and sending the request for it again (docs/decisions/0032). */
  quiet: number;
}

/** The waits of everybody who is not a test. */
export const TIMES: Readonly<SyncTimes> = { exchange: {}, backoff: BACKOFF_TIMES, quiet: 3_000 };

/** What the sync side works with. */
export interface SyncContext extends BackendContext {
  secrets: SecretKeeper;
  /** How orgs are reached. */
  network: Network;
  dice: Dice;
  times: SyncTimes;
  /** Absolute path of the workspace file, for workers with a connection of their own. */
  workspaceFile: string;
  /** A request of the local history. @throws Failure `not-found` */
  requestFacts(key: number): RequestFacts;
  /** Where the clock of the org at an address stands, as that of a practice org can; null: it runs. */
  clockOf(baseUrl: string): Instant | null;
  /** Drafts were changed or made by taking over what an org has: a step of undo. */
  noteStep(moves: readonly DraftMove[]): void;
  /** @throws Failure `not-found` */
  servedBySimulation(resultId: number, badgeKey: string): Promise<ServedCustomers>;
}
