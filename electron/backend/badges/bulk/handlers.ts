import type { Handlers } from '../../../../shared/ipc/contract';
import { Failure } from '../../../../shared/ipc/errors';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';
import type { BackendContext } from '../../context';
import type { BadgeSteps, DraftMove } from '../steps';
import { planBulk, type LiveRefusals } from './plan';

/** Handlers of `bulk.*`: one change of many badges, looked at first, made whole, taken back whole. */
export function bulkHandlers(
  context: BackendContext,
  live: LiveRefusals,
  steps: BadgeSteps,
): Pick<Handlers, Extract<keyof Handlers, `bulk.${string}`>> {
  const { workspace, now } = context;
  return {
    'bulk.preview': async (order, watch) => (await planBulk(context, live, order, watch)).preview,
    'bulk.apply': async ({ seen, ...order }, watch) => {
      const { planned, preview } = await planBulk(context, live, order, watch);
      if (preview.seen !== seen) throw new Failure('conflict', message('bulk.movedMeanwhile'));
      if (planned.length === 0) throw new Failure('invalid-input', message('bulk.nothingToChange'));
      const label = inEnglish(message('badges.labelBulk'));
      const at = now();
      const moves = workspace.transaction(() =>
        planned.map(({ draft, text, row }): DraftMove => {
          const { id, migration, revision } = draft;
          const saved = workspace.drafts.save(id, revision, { body: text, migration, label, now: at });
          return { id, name: row.name, before: revision, after: saved.revision };
        }),
      );
      return steps.record(moves);
    },
    'bulk.made': ({ ids }) => steps.recordMade(ids, now()),
    'bulk.deleted': ({ ids }) => steps.recordDeleted(ids),
    'bulk.later': ({ after }) => ({ steps: steps.later(after) }),
    'bulk.undo': ({ key }) => steps.undo(key, now()),
    'bulk.redo': ({ key }) => steps.redo(key, now()),
  };
}
