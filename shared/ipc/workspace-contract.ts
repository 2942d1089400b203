import { z } from 'zod';
import type { OrgSettings } from '../domain/settings';
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

/** Settings of the org that are switched on and off in Settings (semantics E10, L4). */
export const WORKSPACE_SWITCHES = [
  'refuseOverlappingAwards',
  'allowPastStart',
] as const satisfies readonly (keyof OrgSettings)[];
type WorkspaceSwitch = (typeof WORKSPACE_SWITCHES)[number];

export type WorkspaceSettings = { timeZone: string } & Pick<OrgSettings, WorkspaceSwitch>;

/** What Settings shows of the settings of the org. */
export function workspaceSettingsOf(settings: Readonly<OrgSettings>): WorkspaceSettings {
  const switches = Object.fromEntries(WORKSPACE_SWITCHES.map((name) => [name, settings[name]]));
  return { timeZone: settings.zone, ...(switches as Pick<OrgSettings, WorkspaceSwitch>) };
}

const switchChanges = Object.fromEntries(WORKSPACE_SWITCHES.map((name) => [name, z.boolean().optional()])) as Record<
  WorkspaceSwitch,
  z.ZodOptional<z.ZodBoolean>
>;

export const workspaceMethods = {
  'workspace.describe': call<WorkspaceView>()(() => z.object({})),
  'settings.get': call<WorkspaceSettings>()(() => z.object({})),
  'settings.update': call<WorkspaceSettings>()(() =>
    z.object({
      timeZone: z.string().max(100).optional(),
      ...switchChanges,
    }),
  ),
  /** Answers with what it was given: measures the way there and back. */
  'workspace.echo': call<{ value: unknown }>()(() => z.object({ value: z.unknown() })),
};
