import { setImmediate } from 'node:timers/promises';
import { inEnglish } from '../../../shared/words/english';
import { message, type Message, type MessagePart } from '../../../shared/words/message';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { TransferImport } from '../../../shared/ipc/transfer-contract';
import type { BackendContext } from '../context';
import { freshBadgeId } from '../badges/ids';
import type { BadgeSteps, DraftMove } from '../badges/steps';
import { changedText, type ImportPlan, type PlannedEntry } from './plan-import';

/** Badges written before other calls have their turn; one transaction. */
const PORTION = 100;
/** Letters of a label. */
const LONGEST_LABEL = 200;

const labelOf = (from: MessagePart): string =>
  inEnglish(message('badges.labelImported', { file: from })).slice(0, LONGEST_LABEL);

/**
 * Imports a plan as one step of undo. What had come before a cancel, or before the disk was full, stays and is in the step.
 */
export async function importBadges(
  context: Pick<BackendContext, 'workspace' | 'now' | 'randomBytes'>,
  steps: BadgeSteps,
  { planned, counts }: ImportPlan,
  differing: 'leave' | 'change',
  work: { signal: CancelSignal; progress(report: { done: number; total: number }): void },
): Promise<TransferImport> {
  const isWritten = ({ verdict, target }: PlannedEntry): boolean =>
    verdict === 'new' || (verdict === 'differs' && differing === 'change' && target !== null);
  const todo = planned.filter(isWritten);
  const moves = new Map<string, DraftMove>();
  let stopped: Message | null = null;
  for (let from = 0; from < todo.length && stopped === null; from += PORTION) {
    work.progress({ done: from, total: todo.length });
    await setImmediate();
    if (work.signal.aborted) {
      stopped = message('transfer.cancelled');
      break;
    }
    try {
      const portion = todo.slice(from, from + PORTION);
      for (const move of context.workspace.transaction(() => portion.flatMap((plan) => writeOne(context, plan)))) {
        const { before } = moves.get(move.id) ?? move;
        moves.set(move.id, { ...move, before });
      }
    } catch (error) {
      if (moves.size === 0) throw error;
      stopped = error instanceof Failure ? error.words : message('transfer.stoppedEarly');
    }
  }
  work.progress({ done: todo.length, total: todo.length });
  const all = [...moves.values()];
  const made = all.filter(({ before }) => before === null).length;
  const changed = all.length - made;
  return {
    step: all.length === 0 ? null : steps.record(all),
    ...{ made, changed, stopped },
    same: counts.same,
    left: counts.differs - (differing === 'change' ? changed : 0),
    last: all.findLast(({ before }) => before === null)?.id ?? all.at(-1)?.id ?? null,
  };
}

function writeOne(
  context: Pick<BackendContext, 'workspace' | 'now' | 'randomBytes'>,
  { entry, name, target }: PlannedEntry,
): DraftMove[] {
  const { drafts } = context.workspace;
  const now = context.now();
  const label = labelOf(entry.from);
  if (target === null) {
    const { text: body, migration } = entry;
    const draft = drafts.create(freshBadgeId(context, now), { body, migration, label, now });
    return [{ id: draft.id, name, before: null, after: draft.revision }];
  }
  const draft = drafts.find(target);
  if (draft === undefined) return [];
  const body = changedText(draft, entry);
  const migration = draft.migration || entry.migration;
  const saved = drafts.save(target, draft.revision, { body, migration, label, now });
  if (saved.revision === draft.revision) return [];
  return [{ id: target, name, before: draft.revision, after: saved.revision }];
}
