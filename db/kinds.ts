import { orgMigrations, workspaceMigrations } from './migrations';
import type { DatabaseKind } from './open';

/** Drafts, their revisions, and settings: what people write by hand. */
export const WORKSPACE: DatabaseKind = {
  foreign: 'store.noWorkspace',
  applicationId: 0x4c574b53,
  migrations: workspaceMigrations,
  synchronous: 'FULL',
};

/** An org's badges as registered, claims, requests, enrolments and awards. */
export const ORG: DatabaseKind = {
  foreign: 'store.noOrgFile',
  applicationId: 0x4c4f5247,
  migrations: orgMigrations,
  synchronous: 'FULL',
};

/** The org file that belongs to a workspace stands beside it. */
export function orgFileOf(workspaceFile: string): string {
  return `${workspaceFile}-org`;
}

/** The named states of a workspace's practice org are files in a folder beside it. */
export function practiceStatesOf(workspaceFile: string): string {
  return `${workspaceFile}-practice-states`;
}

/** Pictures of badges that the practice org of a workspace serves are files in a folder beside it. */
export function practicePicturesOf(workspaceFile: string): string {
  return `${workspaceFile}-practice-pictures`;
}

/** The practice org of a workspace, where it is kept, stands beside it, too; it is an org file. */
export function practiceFileOf(workspaceFile: string): string {
  return `${workspaceFile}-practice`;
}
