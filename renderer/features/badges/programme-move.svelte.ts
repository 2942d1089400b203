import { addDays, type Zone } from '../../../shared/domain/calendar';
import { DAY, type Instant } from '../../../shared/domain/instant';
import type { ProgrammeEntry, ProgrammeLane } from '../../../shared/domain/programme';
import type { ProgrammeGap } from '../../../shared/domain/programme-moves';

/** What a badge is about to do, as long as the mouse or `Alt` holds it. */
export type PendingMove =
  /** Its dates, and those of what is chosen with it, move by whole days. */
  | { kind: 'dates'; entry: ProgrammeEntry; days: number }
  /** It stands in a lane, after so many of the others that are seen there. */
  | { kind: 'place'; entry: ProgrammeEntry; lane: number; at: number };

/** Pixels that the mouse goes before it is a drag. */
const IS_DRAG = 5;

/** Days by which dates are moved at once. */
const MOST_DAYS = 100_000;

/** Where a mouse button went down, and of what. */
interface Held {
  entry: ProgrammeEntry;
  x: number;
  y: number;
  /** On the bar; elsewhere a badge is moved up and down alone. */
  onBar: boolean;
}

/** A badge that is moved in the programme by mouse or keyboard: nothing happens before it is let go. */
export class ProgrammeMoving {
  pending = $state.raw<PendingMove | null>(null);
  #held: Held | null = null;
  /** A drag ends with a click, which is none. */
  #isClickOfDrag = false;

  /** The mouse went down on a badge. */
  hold(held: Held): void {
    this.#held = held;
  }

  /** What is under the pointer went aside by so many pixels: the bar is held where it was. */
  scrolledAside(by: number): void {
    if (this.#held !== null) this.#held = { ...this.#held, x: this.#held.x - by };
  }

  get isHeld(): boolean {
    return this.#held !== null;
  }

  /**
   * The mouse moved.
   *
   * @param perPixel microseconds of a pixel of the axis
   * @param placeAt the lane under the pointer, and the place among the others that are seen in it
   * @returns whether this is a drag
   */
  drag(
    { clientX, clientY }: { clientX: number; clientY: number },
    perPixel: number,
    placeAt: (entry: ProgrammeEntry) => { lane: number; at: number } | null,
  ): boolean {
    const held = this.#held;
    if (held === null) return false;
    const [aside, along] = [Math.abs(clientX - held.x), Math.abs(clientY - held.y)];
    const { pending } = this;
    if (pending === null && Math.max(aside, along) < IS_DRAG) return false;
    const { entry } = held;
    // Which way it goes first is which way it goes.
    if (pending?.kind === 'dates' || (pending === null && held.onBar && aside >= along)) {
      const days = Math.round(((clientX - held.x) * perPixel) / DAY);
      this.pending = { kind: 'dates', entry, days: clamped(days) };
    } else if (pending !== null || along >= IS_DRAG) {
      const place = placeAt(entry);
      if (place !== null) this.pending = { kind: 'place', entry, ...place };
    }
    return this.pending !== null;
  }

  /** Moves dates further by the keyboard. @returns false where the badge has none that can be read */
  shift(entry: ProgrammeEntry, days: number): boolean {
    if (entry.startOn === null || entry.expiresOn === null) return false;
    const before = this.#of(entry, 'dates')?.days ?? 0;
    this.pending = { kind: 'dates', entry, days: clamped(before + days) };
    return true;
  }

  /** Moves a badge up or down in its lane by the keyboard, as far as the lane goes. */
  step(entry: ProgrammeEntry, lane: number, entries: readonly ProgrammeEntry[], by: number): void {
    const stands = this.#of(entry, 'place')?.at ?? entries.findIndex(({ id }) => id === entry.id);
    const at = Math.max(0, Math.min(entries.length - 1, stands + by));
    this.pending = { kind: 'place', entry, lane, at };
  }

  /** It was let go. @returns what it is to do; null: nothing */
  letGo(): PendingMove | null {
    const { pending } = this;
    this.#isClickOfDrag = this.#held !== null && pending !== null;
    this.#held = null;
    this.pending = null;
    return pending?.kind === 'dates' && pending.days === 0 ? null : pending;
  }

  giveUp(): void {
    this.letGo();
  }

  /** Whether a click is the end of a drag; asked once. */
  takeClick(): boolean {
    const was = this.#isClickOfDrag;
    this.#isClickOfDrag = false;
    return was;
  }

  #of<K extends PendingMove['kind']>(entry: ProgrammeEntry, kind: K): Extract<PendingMove, { kind: K }> | null {
    const { pending } = this;
    if (pending?.kind !== kind || pending.entry.id !== entry.id) return null;
    return pending as Extract<PendingMove, { kind: K }>;
  }
}

const clamped = (days: number): number => Math.max(-MOST_DAYS, Math.min(MOST_DAYS, days));

/** Where a badge would run: whole days, its times of day as they are, as a change of many shifts dates. */
export function shiftedDates(
  { startOn, expiresOn }: ProgrammeEntry,
  days: number,
  zone: Zone,
): { startOn: Instant; expiresOn: Instant } | null {
  if (startOn === null || expiresOn === null) return null;
  return { startOn: addDays(startOn, days, zone), expiresOn: addDays(expiresOn, days, zone) };
}

/** What a badge stands between at a place among the others of a lane. */
export function gapAt(lane: ProgrammeLane, id: string, at: number): ProgrammeGap {
  const others = lane.entries.filter((one) => one.id !== id);
  return { group: lane.group?.id ?? null, after: others[at - 1]?.id ?? null, before: others[at]?.id ?? null };
}
