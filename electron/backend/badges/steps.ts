import { keepGroups, keptGroups } from '../../../db/workspace/kept-groups';
import type { Workspace } from '../../../db/workspace/workspace';
import { toMilliseconds, type Instant } from '../../../shared/domain/instant';
import type { ProgrammeGroup } from '../../../shared/domain/programme';
import { mergeDocuments } from '../../../shared/gateway/merge-documents';
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
type KeptStep = (
  | { moves: readonly DraftMove[] }
  | { before: readonly ProgrammeGroup[]; after: readonly ProgrammeGroup[] }
) & { isDone: boolean };

type StepsOf = Pick<Workspace, 'drafts' | 'history' | 'list' | 'removal' | 'settings' | 'transaction'>;

/** Steps, and moves of drafts in all of them, that are remembered; older ones are forgotten. A move takes some 130 bytes. */
const MOST_STEPS = 1_000;
const MOST_MOVES = 1_000_000;

/**
 * What was done to several drafts at once, as steps that are taken back and made again whole. A step moves drafts between
 * their saved states and the trash, writes no text, and is remembered as long as the workspace is open.
 */
export class BadgeSteps {
  readonly #workspace: StepsOf;
  readonly #org: OrgView;
  readonly #steps = new Map<number, KeptStep>();
  #last: number;
  /** Moves in all steps that are remembered. */
  #moves = 0;
  readonly #mostMoves: number;

  /** @param opened keys begin after it, so that one of another life of the backend means no step of this one */
  constructor(workspace: StepsOf, org: OrgView, opened: Instant, mostMoves = MOST_MOVES) {
    this.#mostMoves = mostMoves;
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
    return [...this.#steps].flatMap(([key, step]): RememberedStep[] => {
      if (key <= after || !step.isDone) return [];
      return 'moves' in step
        ? [{ key, kind: kindOf(step.moves), changed: step.moves.length }]
        : [{ key, kind: 'groups', changed: changedGroups(step.before, step.after).length }];
    });
  }

  record(moves: readonly DraftMove[]): BadgeStep {
    return this.#keep({ moves, isDone: true }, moves.length);
  }

  /** Changes the groups that are kept, as a step; a change that changes nothing is none. */
  changeGroups<T>(change: () => T): T {
    const before = keptGroups(this.#workspace.settings);
    const made = change();
    const after = keptGroups(this.#workspace.settings);
    const changed = changedGroups(before, after).length;
    if (changed > 0) this.#keep({ before, after, isDone: true }, changed);
    return made;
  }

  #keep(step: KeptStep, changed: number): BadgeStep {
    this.#last += 1;
    this.#steps.set(this.#last, step);
    this.#moves += movesIn(step);
    for (const [oldest, old] of this.#steps) {
      const isTooMuch = this.#steps.size > MOST_STEPS || this.#moves > this.#mostMoves;
      if (!isTooMuch || oldest === this.#last) break;
      this.#steps.delete(oldest);
      this.#moves -= movesIn(old);
    }
    return { key: this.#last, changed };
  }

  /** Takes a step back, in one transaction. @throws Failure `not-found` */
  undo(key: number, now: Instant): StepMove {
    const step = this.#get(key);
    const moved =
      'moves' in step
        ? this.#move(step.moves, now, ({ before, after }) => ({ from: after, to: before }))
        : this.#moveGroups(step.after, step.before);
    step.isDone = false;
    return moved;
  }

  /** Makes a step again that was taken back. @throws Failure `not-found` */
  redo(key: number, now: Instant): StepMove {
    const step = this.#get(key);
    const moved =
      'moves' in step
        ? this.#move(step.moves, now, ({ before, after }) => ({ from: before, to: after }))
        : this.#moveGroups(step.before, step.after);
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

  /** What others changed in the groups since stays: of a group that they changed, too, it is theirs. */
  #moveGroups(from: readonly ProgrammeGroup[], to: readonly ProgrammeGroup[]): StepMove {
    const { settings } = this.#workspace;
    const sides = { base: { groups: from }, draft: { groups: keptGroups(settings) }, file: { groups: to } };
    const { merged, differences } = mergeDocuments(sides);
    const next = merged['groups'] as ProgrammeGroup[];
    const changed = changedGroups(from, to);
    const nameOf = (id: string): string => [...to, ...from].find((group) => group.id === id)?.name ?? id;
    const names = next.flatMap(({ name }) => name ?? []);
    // Another group has come to be called so: a file of both could be read by nobody.
    if (new Set(names).size < names.length)
      return { moved: [], left: changed.map((id) => ({ id, name: nameOf(id), reason: message('bulk.movedOn') })) };
    keepGroups(settings, next);
    const idOf = (unit: string): string => (unit.split('/')[1] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
    const stays = new Set(differences.flatMap(({ unit, change }) => (change === 'conflict' ? [idOf(unit)] : [])));
    return {
      moved: changed.filter((id) => !stays.has(id)),
      left: [...stays].map((id) => ({ id, name: nameOf(id), reason: message('bulk.movedOn') })),
    };
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

const movesIn = (step: KeptStep): number => ('moves' in step ? step.moves.length : 0);

/** The ids of groups that are called otherwise, came, went, or stand at another place. */
function changedGroups(before: readonly ProgrammeGroup[], after: readonly ProgrammeGroup[]): string[] {
  const placesOf = (groups: readonly ProgrammeGroup[]) =>
    new Map(groups.map(({ id, name }, index) => [id, `${String(index)} ${name ?? ''}`]));
  const [old, now] = [placesOf(before), placesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id));
}

/** What a step of these moves is called: several ways at once go by those that were made. */
function kindOf(moves: readonly DraftMove[]): RememberedStep['kind'] {
  if (moves.some(({ before }) => before === null)) return 'made';
  return moves.some(({ after }) => after === null) ? 'deletion' : 'change';
}
