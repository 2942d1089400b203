import { programmeLanes } from '../../../shared/domain/programme';
import { placesInGap, type ProgrammeGap, type ProgrammePlace } from '../../../shared/domain/programme-moves';
import { programmeMarks, type ProgrammeMark } from '../../../shared/domain/programme-marks';
import type { BadgeProgramme } from '../../../shared/ipc/badges-contract';
import type { ParsedInput } from '../../../shared/ipc/contract';
import type { Door } from '../../lib/backend';
import { programmeRows } from './programme-rows';

const NOTHING: BadgeProgramme = { groups: [], entries: [] };

/** What is said of one badge in its lane. */
interface Notes {
  /** How many others of the lane have its rank. */
  ties: number;
  overlaps: boolean;
}

/** The badges of the list as lanes on one axis: read whole, since what is marked depends on all of a lane. */
export class Programme {
  /** Null until the first answer. */
  #read = $state.raw<BadgeProgramme | null>(null);
  /** Why it could not be read last; what was read before stays. */
  failure = $state.raw<unknown>(null);
  #filtered = $state(false);
  #reading = 0;
  readonly #door: Door;

  /** Groups without a badge are not shown among what a filter finds. */
  readonly lanes = $derived.by(() => {
    const { groups, entries } = this.#read ?? NOTHING;
    return programmeLanes(entries, groups).filter((lane) => !this.#filtered || lane.entries.length > 0);
  });
  readonly #lines = $derived(programmeRows(this.lanes));
  readonly marks: readonly ProgrammeMark[] = $derived(programmeMarks(this.lanes));
  readonly #notes = $derived.by(() => {
    const notes: Record<string, Notes> = Object.create(null) as Record<string, Notes>;
    for (const mark of this.marks) {
      if (mark.kind === 'gap') continue;
      for (const id of mark.ids) {
        const note = (notes[id] ??= { ties: 0, overlaps: false });
        if (mark.kind === 'tie') note.ties = mark.ids.length - 1;
        else note.overlaps = true;
      }
    }
    return notes;
  });

  constructor(door: Door) {
    this.#door = door;
  }

  get entries(): BadgeProgramme['entries'] {
    return (this.#read ?? NOTHING).entries;
  }

  get groups(): BadgeProgramme['groups'] {
    return (this.#read ?? NOTHING).groups;
  }

  get isRead(): boolean {
    return this.#read !== null;
  }

  get rows(): ReturnType<typeof programmeRows>['rows'] {
    return this.#lines.rows;
  }

  /** The line of a badge by its place in the list; -1 where there is none. */
  rowOf(index: number): number {
    return this.#lines.rowOfBadge[index] ?? -1;
  }

  notesOf(id: string): Notes | undefined {
    return this.#notes[id];
  }

  /** Groups and ranks by which a badge comes to stand where a person saw room, whatever a filter hides. @throws Failure */
  async placesIn(id: string, gap: ProgrammeGap): Promise<readonly ProgrammePlace[]> {
    const { entries } = await this.#door('badges.programme', {});
    return placesInGap(entries, id, gap);
  }

  /** Makes a group here. @param id the one it has in the org; blank: it is given one @throws Failure */
  async createGroup(name: string, id: string): Promise<void> {
    await this.#door('badges.createGroup', { name, id });
  }

  /** The lanes of groups beside a lane, as they are seen; null: there is none to that side. */
  groupBeside(lane: number, by: -1 | 1): string | null {
    return this.lanes[lane + by]?.group?.id ?? null;
  }

  /** Puts a group past the one that is seen beside it. @throws Failure */
  async moveGroup(lane: number, by: -1 | 1): Promise<void> {
    const id = this.lanes[lane]?.group?.id;
    const next = this.groupBeside(lane, by);
    if (id === undefined || next === null) return;
    await this.#door('badges.moveGroup', { id, next, side: by < 0 ? 'before' : 'after' });
  }

  /** Names a group here. @throws Failure */
  async name(id: string, name: string): Promise<void> {
    await this.#door('badges.nameGroup', { id, name });
  }

  /** Reads what a filter selects; the answer for an older one never overwrites a newer. */
  async read(filter: ParsedInput<'badges.programme'>['filter']): Promise<void> {
    const reading = (this.#reading += 1);
    try {
      const answer = await this.#door('badges.programme', { filter });
      if (reading !== this.#reading) return;
      const { search, status, earnType, owner, tag, withProblems } = filter;
      this.#filtered =
        search.trim() !== '' || withProblems || [status, earnType, owner, tag].some((chosen) => chosen.length > 0);
      this.#read = answer;
      this.failure = null;
    } catch (error) {
      if (reading === this.#reading) this.failure = error;
    }
  }
}
