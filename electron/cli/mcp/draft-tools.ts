import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Workspace } from '../../../db/workspace/workspace';
import { fromMilliseconds, type Instant } from '../../../shared/domain/instant';
import { inEnglish } from '../../../shared/words/english';
import { freshBadgeId } from '../../backend/badges/ids';
import type { Draft } from '../../../db/workspace/drafts';
import { UsageError } from '../command';
import { openWorkspaceAlone } from '../open-alone';
import { body, textOf } from './check-tools';
import { tool, type Tool, type ToolContext } from './tool';

/** Under which the history of a draft shows what was written here. */
const LABEL = 'From a program (MCP)';

async function writing<T>(workspaceFile: string, work: (workspace: Workspace, now: Instant) => T): Promise<T> {
  const now = fromMilliseconds(Date.now());
  const workspace = await openWorkspaceAlone(workspaceFile);
  try {
    return work(workspace, now);
  } finally {
    workspace.close();
  }
}

/** Tools that write drafts into the workspace; there are none unless that was allowed. Nothing is ever sent to an org. */
export function draftTools({ workspace: file, alone }: ToolContext): Tool[] {
  if (file === null) return [];
  return [
    tool(
      {
        name: 'write_draft',
        title: 'Write a draft',
        description:
          'Saves a badge as a draft of the workspace: a new one, or with id and revision the next state of one that is there (undo brings the one before back). Mistakes are allowed in a draft and are answered with codes and advice. Nothing is sent to an org. Fails while a window has the workspace open.',
        writes: true,
        input: z.strictObject({
          body,
          migration: z.boolean().default(false).describe('A start date in the past is allowed.'),
          id: z.string().min(1).max(64).optional().describe('The draft to change; a new one is made without it.'),
          revision: z
            .int()
            .min(1)
            .optional()
            .describe('The revision that the change was made on, as get_badge gives it.'),
        }),
      },
      ({ body: given, migration, id, revision }, { signal }) => {
        if ((id === undefined) !== (revision === undefined))
          throw new UsageError('id and revision belong together: get_badge gives both.');
        return alone(signal, () =>
          writing(file, ({ drafts }, now) => {
            const state = { body: textOf(given), migration, label: LABEL, now };
            const draft: Draft =
              id === undefined || revision === undefined
                ? drafts.create(freshBadgeId({ randomBytes }, now), state)
                : drafts.save(id, revision, state);
            const { issues } = drafts.inspect(draft);
            return {
              id: draft.id,
              revision: draft.revision,
              mistakes: issues.map(({ code, message, reference, path, advice }) => ({
                ...{ code, message, reference, path },
                advice: inEnglish(advice),
              })),
            };
          }),
        );
      },
    ),
  ];
}
