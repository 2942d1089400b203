import { SvelteMap } from 'svelte/reactivity';
import type { Door } from '../../lib/backend';

/** A name is asked for when typing pauses this long. */
const ASK_AFTER = 150;

/** Which names other badges have, as far as the store was asked (semantics L6): an answer makes the rules judge again. */
export class TakenNames {
  readonly #door: Door;
  readonly #badgeId: string;
  readonly #known = new SvelteMap<string, boolean>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  /** @param badgeId the badge that may keep its own name */
  constructor(door: Door, badgeId: string) {
    this.#door = door;
    this.#badgeId = badgeId;
  }

  /** Whether another badge is known to have exactly this name. */
  has(name: string): boolean {
    return this.#known.get(name) === true;
  }

  learn(name: unknown, taken: boolean): void {
    if (typeof name === 'string') this.#known.set(name, taken);
  }

  /** Finds out about a name when typing pauses, unless it is known. */
  ask(name: unknown): void {
    if (typeof name !== 'string' || name.trim() === '' || this.#known.has(name)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#door('badges.nameTaken', { name, exceptId: this.#badgeId })
        .then(({ taken }) => {
          if (!this.#stopped) this.#known.set(name, taken);
        })
        // The answer to the next save says it too.
        .catch(() => undefined);
    }, ASK_AFTER);
  }

  /** Asks nothing any more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
}
