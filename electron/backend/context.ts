import type { RequestFacts } from '../../db/org/request-history';
import type { DraftStore } from '../../db/workspace/drafts';
import type { JobStore } from '../../db/workspace/jobs';
import type { Workspace } from '../../db/workspace/workspace';
import type { Instant } from '../../shared/domain/instant';
import type { OrgSettings } from '../../shared/domain/settings';
import type { Handlers } from '../../shared/ipc/contract';
import type { GrantedFiles } from './files/granted-files';
import type { Message } from '../../shared/words/message';

/** The parts of a logger that the backend uses; pino's fits. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What every group of handlers works with. Built once by `openBackend`. */
export interface BackendContext {
  /** The clock of this process; the only place a handler reads the time from. */
  now(): Instant;
  /** Random bytes for ids and request ids. */
  randomBytes(length: number): Uint8Array;
  log: Log;
  /** Files a person chose, by token. */
  files: GrantedFiles;
  workspace: Workspace;
  drafts: DraftStore;
  /** Long work that is under way, so that the next start can say what was rolled back. */
  jobs: JobStore;
  /** The workspace's settings as they are now, over the defaults. */
  settings(): Readonly<OrgSettings>;
  /**
   * Makes a backup before many things are deleted; few are deleted without one.
   *
   * @param things how many, where they can be counted
   * @param made id of the backup that was already made for this deletion
   * @throws Failure `database` where none can be made: nothing is to be deleted then
   */
  beforeDeletion(things?: number, made?: string): Promise<void>;
  /** Absolute path of the org file beside the workspace; made and brought up to date by `openIssuance`. */
  orgFile: string;
}

/** How many enrolments and awards of a badge the local org holds, revoked ones included (semantics N1). */
export interface BadgeCounts {
  issuedCount: number;
  earnedCount: number;
}

/** What the badge side asks of the local org. */
export interface OrgView {
  /** Badges without any enrolment or award may be missing from the answer. */
  countsByBadge(ids: readonly string[]): ReadonlyMap<string, BadgeCounts>;
  /** When the last enrolment of a badge ends, exclusive; null where nobody was enrolled. */
  enrolledUntil(id: string): Instant | null;
  /** Requests in the history. */
  requestCount(): number;
}

/** The issuing side of the backend, which `openIssuance(context)` opens and `openBackend` closes. */
export interface IssuanceSide extends OrgView {
  handlers: Pick<Handlers, IssuingSideMethod>;
  /** A request of the history by its key. */
  findRequest(key: number): RequestFacts | undefined;
  /** Whether an answered request of this id is in the org file. */
  hasRequest(requestId: string): boolean;
  /** Whether the org file was brought up to date at this start. */
  wasUpdated: boolean;
  /** What of the org file cannot be read and would decide something, in sentences. */
  odd: readonly Message[];
  /** For people, when the org file is another one than at the last start; null otherwise. */
  otherHistory: Message | null;
  /** @throws Failure `database` when the org file was deleted, moved or replaced since it was opened */
  requireThere(): void;
  /** Reads the org file through where that was left for later. @throws Failure `database` when it is damaged */
  readThrough(): void;
  /** Ends jobs under way, leaving nothing half-written, and closes the org file. */
  close(): Promise<void>;
}

/** The methods of the issuing side. */
export type IssuingSideMethod = Extract<
  keyof Handlers,
  `issuance.${string}` | `customers.${string}` | `requests.${string}`
>;
