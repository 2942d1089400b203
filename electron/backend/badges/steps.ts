import type { Workspace } from '../../../db/workspace/workspace';
import { toMilliseconds, type Instant } from '../../../shared/domain/instant';
import type { BadgeStep, RememberedStep, StepMove } from '../../../shared/ipc/bulk-contract';
import { Failure } from '../../../shared/ipc/errors';
import { message, type Message } from '../../../shared/words/message';
import type { OrgView } from '../context';
import { refuseDeletion } from './removal';

/** Where a draft stands: its revision, or null while it is not in the list. */
type Place = number | null;

/** How one draft moved. */
export interface DraftMove {
  id: string;
  name: string;
  before: Place;
  after: Place;
  /** It was taken over from an org: taking that back trashes it though the org has it. */
  isAdopted?: boolean;
}

/** A step that is remembered, and whether it is done now or was taken back. */
interface KeptStep {
  moves: readonly DraftMove[];
  isDone: boolean;
}

/** Steps that are remembered; older ones are forgotten. */
const MOST_STEPS = 1_000;

/**
 * What was done to several drafts at once, as steps that are taken back and made again whole. A step moves drafts between
 * their saved states and the trash, writes no text, and is remembered as long as the workspace is open.
 */
export class BadgeSteps {
  readonly #workspace: Pick<Workspace, 'drafts' | 'history' | 'list' | 'removal' | 'transaction'>;
  readonly #org: OrgView;
  readonly #steps = new Map<number, KeptStep>();
  #last: number;

  /** @param opened keys begin after it, so that one of another life of the backend means no step of this one */
  constructor(
    workspace: Pick<Workspace, 'drafts' | 'history' | 'list' | 'removal' | 'transaction'>,
    org: OrgView,
    opened: Instant,
  ) {
    this.#workspace = workspace;
    this.#org = org;
    this.#last = Math.max(0, Math.floor(toMilliseconds(opened)));
  }

  /** Badges that were made together: they were not in the list before. Those that are gone already are left out. */
  recordMade(ids: readonly string[], now: Instant): BadgeStep {
    const moves = ids.flatMap((id): DraftMove[] => {
      const draft = this.#workspace.drafts.find(id);
      if (draft === undefined) return [];
      const name = this.#workspace.list.line(draft.key, now)?.name ?? '';
      return [{ id, name, before: null, after: draft.revision }];
    });
    return this.record(moves);
  }

  /** Badges that were deleted together. Those that are not in the trash are left out. */
  recordDeleted(ids: readonly string[]): BadgeStep {
    const moves = this.#workspace.removal
      .inTrash(ids)
      .map(({ id, name, revision }): DraftMove => ({ id, name, before: revision, after: null }));
    return this.record(moves);
  }

  /** The steps that were made after one and are done, in their order. */
  later(after: number): RememberedStep[] {
    return [...this.#steps].flatMap(([key, { moves, isDone }]) =>
      key > after && isDone ? [{ key, kind: kindOf(moves), changed: moves.length }] : [],
    );
  }

  record(moves: readonly DraftMove[]): BadgeStep {
    this.#last += 1;
    this.#steps.set(this.#last, { moves, isDone: true });
    const [oldest] = this.#steps.keys();
    if (this.#steps.size > MOST_STEPS && oldest !== undefined) this.#steps.delete(oldest);
    return { key: this.#last, changed: moves.length };
  }

  /** Takes a step back, in one transaction. @throws Failure `not-found` */
  undo(key: number, now: Instant): StepMove {
    const step = this.#get(key);
    const moved = this.#move(step.moves, now, ({ before, after }) => ({ from: after, to: before }));
    step.isDone = false;
    return moved;
  }

  /** Makes a step again that was taken back. @throws Failure `not-found` */
  redo(key: number, now: Instant): StepMove {
    const step = this.#get(key);
    const moved = this.#move(step.moves, now, ({ before, after }) => ({ from: before, to: after }));
    step.isDone = true;
    return moved;
  }

  #get(key: number): KeptStep {
    const step = this.#steps.get(key);
    if (step) return step;
    throw new Failure('not-found', message('bulk.noStep'));
  }

  #move(moves: readonly DraftMove[], now: Instant, way: (move: DraftMove) => { from: Place; to: Place }): StepMove {
    return this.#workspace.transaction(() => {
      const moved: string[] = [];
      const left: { id: string; name: string; reason: Message }[] = [];
      for (const move of moves) {
        const { id, name } = move;
        const { from, to } = way(move);
        const reason = this.#moveOne(move, from, to, now);
        if (reason === null) moved.push(id);
        else left.push({ id, name, reason });
      }
      return { moved, left };
    });
  }

  /** @returns why the draft stays where it is */
  #moveOne({ id, isAdopted = false }: DraftMove, from: Place, to: Place, now: Instant): Message | null {
    const { drafts, history, removal } = this.#workspace;
    const draft = drafts.find(id);
    // By hand, from the trash or by the badge's own undo, it may stand there already.
    if ((draft?.revision ?? null) === to) return null;
    if ((draft?.revision ?? null) !== from) return message('bulk.movedOn');
    if (to === null) {
      const candidates = removal.candidates([id]).map((one) => (isAdopted ? { ...one, pushedOn: null } : one));
      const [refused] = refuseDeletion(candidates, this.#org).refused;
      if (refused) return refused.reason;
      removal.delete([id], now);
      return null;
    }
    if (draft === undefined) return removal.undelete([id]).length === 1 ? null : message('badges.gone');
    if (!history.list(draft).some(({ revision }) => revision === to)) return message('bulk.notKept');
    drafts.moveTo(draft, to, now);
    return null;
  }
}

/** What a step of these moves is called: several ways at once go by those that were made. */
function kindOf(moves: readonly DraftMove[]): RememberedStep['kind'] {
  if (moves.some(({ before }) => before === null)) return 'made';
  return moves.some(({ after }) => after === null) ? 'deletion' : 'change';
}
