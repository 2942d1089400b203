import { createHash } from 'node:crypto';
import { composeArt, type Composed } from '../../../shared/art/compose';
import { textsOf, type ArtState, type BadgeArt } from '../../../shared/art/model';
import { Typesetter } from './typesetter';

/** Characters of SVG that are kept for the next time; ten thousand badges of a list take some eighty million. */
const MOST_KEPT = 48_000_000;

/** Names a design by what it holds. */
export const digestOfArt = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 32);

/** Draws designs and keeps what it has drawn, so that a list scrolls smoothly. */
export class Artist {
  readonly #typesetter = new Typesetter();
  readonly #kept = new Map<string, Composed>();
  #keptLength = 0;

  /**
   * One state of a design as SVG.
   *
   * @param share per cent done, of IN_PROGRESS; the design's unless given
   * @param digest of the design, where it is known and worth keeping what is drawn
   */
  async draw(art: BadgeArt, state: ArtState, share?: number, digest?: string): Promise<Composed> {
    const key = digest === undefined ? null : `${digest}.${state}.${String(share)}`;
    const known = key === null ? undefined : this.#kept.get(key);
    if (known !== undefined) return known;
    const outline = await this.#typesetter.outlinerFor(textsOf(art));
    const drawn = composeArt(art, state, outline, share);
    if (key !== null) this.#keep(key, drawn);
    return drawn;
  }

  /** A state that was drawn before, without reading its design again. */
  kept(digest: string, state: ArtState): Composed | undefined {
    return this.#kept.get(`${digest}.${state}.undefined`);
  }

  #keep(key: string, drawn: Composed): void {
    this.#kept.set(key, drawn);
    this.#keptLength += drawn.svg.length;
    // A map keeps the order of its entries: the first is the oldest.
    for (const [oldest, { svg }] of this.#kept) {
      if (this.#keptLength <= MOST_KEPT || oldest === key) break;
      this.#kept.delete(oldest);
      this.#keptLength -= svg.length;
    }
  }
}
