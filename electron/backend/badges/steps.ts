import type { Workspace } from '../../../db/workspace/workspace';
import type { Instant } from '../../../shared/domain/instant';
import type { BadgeStep, StepMove } from '../../../shared/ipc/bulk-contract';
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
  readonly #steps = new Map<number, readonly DraftMove[]>();
  #last = 0;

  constructor(workspace: Pick<Workspace, 'drafts' | 'history' | 'list' | 'removal' | 'transaction'>, org: OrgView) {
    this.#workspace = workspace;
    this.#org = org;
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

  record(moves: readonly DraftMove[]): BadgeStep {
    this.#last += 1;
    this.#steps.set(this.#last, moves);
    const [oldest] = this.#steps.keys();
    if (this.#steps.size > MOST_STEPS && oldest !== undefined) this.#steps.delete(oldest);
    return { key: this.#last, changed: moves.length };
  }

  /** Takes a step back, in one transaction. @throws Failure `not-found` */
  undo(key: number, now: Instant): StepMove {
    return this.#move(this.#get(key), now, ({ before, after }) => ({ from: after, to: before }));
  }

  /** Makes a step again that was taken back. @throws Failure `not-found` */
  redo(key: number, now: Instant): StepMove {
    return this.#move(this.#get(key), now, ({ before, after }) => ({ from: before, to: after }));
  }

  #get(key: number): readonly DraftMove[] {
    const moves = this.#steps.get(key);
    if (moves) return moves;
    throw new Failure('not-found', message('bulk.noStep'));
  }

  #move(moves: readonly DraftMove[], now: Instant, way: (move: DraftMove) => { from: Place; to: Place }): StepMove {
    return this.#workspace.transaction(() => {
      const moved: string[] = [];
      const left: { id: string; name: string; reason: Message }[] = [];
      for (const move of moves) {
        const { id, name } = move;
        const { from, to } = way(move);
        const reason = this.#moveOne(id, from, to, now);
        if (reason === null) moved.push(id);
        else left.push({ id, name, reason });
      }
      return { moved, left };
    });
  }

  /** @returns why the draft stays where it is */
  #moveOne(id: string, from: Place, to: Place, now: Instant): Message | null {
    const { drafts, history, removal } = this.#workspace;
    const draft = drafts.find(id);
    if ((draft?.revision ?? null) !== from) return message('bulk.movedOn');
    if (to === null) {
      const [refused] = refuseDeletion(removal.candidates([id]), this.#org).refused;
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
