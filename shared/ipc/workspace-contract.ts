import { z } from 'zod';
import type { Message, MessagePart } from '../words/message';
import { call } from './method';

/** What the About box and the status line show. */
export interface WorkspaceView {
  appVersion: string;
  runtime: MessagePart;
  workspaceName: string;
  schemaVersion: number;
  badges: number;
  requests: number;
  /** Notices about the last start, for example that an unfinished job was rolled back. */
  notices: readonly Message[];
}

export interface WorkspaceSettings {
  timeZone: string;
  /** Semantics E10. */
  refuseOverlappingAwards: boolean;
  /** Semantics L4. */
  allowPastStart: boolean;
}

export const workspaceMethods = {
  'workspace.describe': call<WorkspaceView>()(z.object({})),
  'settings.get': call<WorkspaceSettings>()(z.object({})),
  'settings.update': call<WorkspaceSettings>()(
    z.object({
      timeZone: z.string().max(100).optional(),
      refuseOverlappingAwards: z.boolean().optional(),
      allowPastStart: z.boolean().optional(),
    }),
  ),
  /** Answers with what it was given: measures the way there and back. */
  'workspace.echo': call<{ value: unknown }>()(z.object({ value: z.unknown() })),
};
