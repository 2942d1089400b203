import { SvelteMap } from 'svelte/reactivity';
import type { Door } from '../../lib/backend';
import { pictureAddress } from '../../../shared/art/picture-address';

/** Pictures that the page keeps; the backend has more. */
const MOST_KEPT = 2_000;
/** Pictures that are asked for at once. */
const PORTION = 40;

/** Small pictures of badges for a list: asked for together, once each, and kept while they are near. */
export class Thumbnails {
  readonly #door: Door;
  readonly #known = new SvelteMap<string, string>();
  #wanted: readonly string[] = [];
  #asking = false;

  constructor(door: Door) {
    this.#door = door;
  }

  /** The address of a picture, where it is there already. */
  at(digest: string): string | undefined {
    return this.#known.get(digest);
  }

  /** Asks for a picture, unless it is there or on its way. */
  want(digest: string): void {
    if (this.#known.has(digest) || this.#wanted.includes(digest)) return;
    this.#wanted = [...this.#wanted, digest];
    if (!this.#asking) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking = true;
    // Rows of one screen come in the same turn.
    await Promise.resolve();
    while (this.#wanted.length > 0) {
      // What was scrolled to last is asked for first.
      const digests = this.#wanted.slice(-PORTION);
      const { pictures } = await this.#door('art.thumbnails', { digests }).catch(() => ({ pictures: {} }));
      this.#wanted = this.#wanted.filter((digest) => !digests.includes(digest));
      for (const [digest, svg] of Object.entries(pictures)) this.#known.set(digest, pictureAddress(svg));
      for (const oldest of this.#known.keys()) {
        if (this.#known.size <= MOST_KEPT) break;
        this.#known.delete(oldest);
      }
    }
    this.#asking = false;
  }
}
