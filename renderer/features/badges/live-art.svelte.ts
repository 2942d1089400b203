import type { ArtState, BadgeArt } from '../../../shared/art/model';
import type { DrawnState } from '../../../shared/ipc/art-contract';
import type { Door } from '../../lib/backend';

type States = Readonly<Record<ArtState, DrawnState>>;

/** A design as it looks now. While one is being drawn only the newest waits, so that a slider never queues up. */
export class LiveArt {
  states = $state.raw<States | null>(null);
  failure = $state.raw<unknown>(null);

  readonly #door: Door;
  #waiting: BadgeArt | null = null;
  #drawing = false;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Shows a design; null: nothing. */
  show(art: BadgeArt | null): void {
    this.#waiting = art;
    if (art === null) this.states = null;
    else if (!this.#drawing) void this.#draw();
  }

  async #draw(): Promise<void> {
    this.#drawing = true;
    try {
      while (this.#waiting !== null) {
        const art = this.#waiting;
        this.#waiting = null;
        const { states } = await this.#door('art.draw', { art });
        // A design that was taken away meanwhile is not shown again.
        if (this.#waiting === null) this.states = states;
        this.failure = null;
      }
    } catch (error) {
      this.failure = error;
    } finally {
      this.#drawing = false;
    }
  }
}
