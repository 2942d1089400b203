import path from 'node:path';
import type { Handlers } from '../../../shared/ipc/contract';
import type { Message, MessagePart } from '../../../shared/words/message';
import type { BackendContext, OrgView } from '../context';

/** Facts about this start that only the process knows. */
export interface StartFacts {
  appVersion: string;
  /** The runtime in words, for the About box. */
  runtime: MessagePart;
  workspacePath: string;
  notices: readonly Message[];
  /** Called when the notices have been handed out. */
  noteTold(): void;
}

/** Handlers of `workspace.*`. */
export function workspaceHandlers(
  { workspace }: Pick<BackendContext, 'workspace'>,
  org: OrgView,
  facts: StartFacts,
): Pick<Handlers, 'workspace.describe' | 'workspace.echo'> {
  return {
    'workspace.describe': () => {
      facts.noteTold();
      return {
        appVersion: facts.appVersion,
        runtime: facts.runtime,
        workspaceName: path.basename(facts.workspacePath, path.extname(facts.workspacePath)),
        schemaVersion: workspace.schemaVersion,
        badges: workspace.list.count(),
        requests: org.requestCount(),
        notices: facts.notices,
      };
    },
    'workspace.echo': ({ value }) => ({ value }),
  };
}
