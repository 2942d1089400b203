import { createHash } from 'node:crypto';
import { openWorkspace } from '../../../db/workspace/workspace';
import { syncContent } from './sync-content';
import { instantOf } from '../../../shared/domain/instant';

const NOTHING = { search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false };

/** Long texts as a digest, so that a fixture's record stays readable. */
const shown = (body: string): string => (body.length < 500 ? body : createHash('sha256').update(body).digest('hex'));

/**
 * Everything a person has in a workspace, independent of how the tables hold it: what every later version must find
 * again in a fixture. Opens the file, updates it, and walks through every state of every draft, which changes the file.
 */
export async function logicalContent(file: string): Promise<unknown> {
  const workspace = await openWorkspace(file);
  const { drafts, history, list, removal, settings, jobs, simulations, close } = workspace;
  try {
    const now = instantOf('2026-05-05T00:00:00Z');
    const sorted = { by: 'changedOn', descending: false } as const;
    const living = list.ids(NOTHING, sorted, now);
    const { lines } = list.page(NOTHING, sorted, 0, 1_000, now);
    const deletedIds = Array.from({ length: 100 }, (_, n) => `69f86ea0${n.toString(16).padStart(16, '0')}`);
    const deleted = removal.undelete(deletedIds.filter((id) => !living.includes(id)));
    const states = (id: string): unknown => {
      const draft = drafts.get(id);
      const { revision, migration, startSetOn, createdOn, changedOn, pushedOn, claims } = draft;
      const { undo, redo } = history.neighbours(draft);
      const bodies = history
        .list(draft)
        .map((state) => ({ ...state, body: shown(drafts.moveTo(draft, state.revision, changedOn).body) }));
      drafts.moveTo(draft, revision, changedOn);
      return {
        id,
        revision,
        migration,
        startSetOn,
        createdOn,
        changedOn,
        pushedOn,
        claims,
        undo,
        redo,
        states: bodies,
      };
    };
    return {
      sync: syncContent(workspace),
      settings: settings.current,
      simulations: simulations.list('', 0, 100).rows.map(({ key }) => simulations.get(key)),
      unfinished: jobs.unfinished().map(({ key: _, ...job }) => job),
      lines: lines.map(({ problemCount: _rulesNotContent, ...line }) => ({
        ...line,
        description: line.description && shown(line.description),
        tags: line.tags.slice(0, 3),
      })),
      facets: { ...list.facets(NOTHING, now), withProblems: undefined, tag: undefined },
      living: living.map(states),
      deleted: deleted.map(states),
    };
  } finally {
    close();
  }
}
