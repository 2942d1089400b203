import type { Instant } from '../../shared/domain/instant';
import type { OrgSettings } from '../../shared/domain/settings';
import type { DraftStore } from '../../db/workspace/drafts';
import type { JobStore } from '../../db/workspace/jobs';
import type { GrantedFiles } from './files';

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
  drafts: DraftStore;
  /** Long work that is under way, so that the next start can say what was rolled back. */
  jobs: JobStore;
  /** The workspace's settings as they are now, over the defaults. */
  settings(): Readonly<OrgSettings>;
  /** Absolute path of the org file beside the workspace; migrated and ready when handlers are built. */
  orgFile: string;
}
