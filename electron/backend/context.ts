import type { Workspace } from '../../db/workspace/workspace';
import type { Instant } from '../../shared/domain/instant';
import type { GrantedFiles } from './files';

/** The parts of a logger that the backend uses; pino's fits. */
export interface Log {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** How many enrolments and awards of a badge the local org holds, revoked ones included (semantics N1). */
export interface BadgeCounts {
  issuedCount: number;
  earnedCount: number;
}

/** What the badge handlers ask of the org file. */
export interface OrgView {
  /** Badges without any enrolment or award may be missing from the answer. */
  countsByBadge(ids: readonly string[]): ReadonlyMap<string, BadgeCounts>;
  /** Requests in the history. */
  requestCount(): number;
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
  /** Drafts, claims, settings, and the notes of long work under way. */
  workspace: Workspace;
  /** Absolute path of the org file beside the workspace; made and brought up to date before any handler is built. */
  orgFile: string;
}
