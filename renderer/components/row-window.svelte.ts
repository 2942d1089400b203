/** Browsers stop laying out boxes at about 33 million pixels, half of it at 200 % zoom: beyond this the scale is bent. */
const TALLEST = 12_000_000;
const OVERSCAN = 8;

/**
 * Which rows of a long list are to be drawn, and where. Rows are of equal height. Up to `TALLEST` pixels the scroll
 * position is the true one; above, the scrollbar stands for the whole list and the wheel and keys still move by rows,
 * so that ten million rows can be reached.
 */
export class RowWindow {
  #viewport = $state(0);
  #top = $state(0);
  #fraction = $state(0);
  readonly #count: () => number;
  readonly #rowHeight: () => number;

  constructor(options: { count: () => number; rowHeight: () => number }) {
    this.#count = options.count;
    this.#rowHeight = options.rowHeight;
  }

  /** Height of the whole list in true pixels. */
  get fullHeight(): number {
    return this.#count() * this.#rowHeight();
  }

  /** Height of the box that the scrollbar sees. */
  get boxHeight(): number {
    return Math.min(this.fullHeight, TALLEST);
  }

  get bent(): boolean {
    return this.fullHeight > TALLEST;
  }

  get viewport(): number {
    return this.#viewport;
  }

  /** True distance from the top of the list to the top of the viewport. */
  get offset(): number {
    const most = Math.max(0, this.fullHeight - this.#viewport);
    return this.bent ? Math.min(most, this.#fraction * most) : Math.min(most, this.#top);
  }

  get first(): number {
    return Math.max(0, Math.floor(this.offset / this.#rowHeight()) - OVERSCAN);
  }

  /** One past the last row to draw. */
  get end(): number {
    return Math.min(this.#count(), Math.ceil((this.offset + this.#viewport) / this.#rowHeight()) + OVERSCAN);
  }

  /** Where the first drawn row stands inside the box. */
  get shift(): number {
    return this.#top + this.first * this.#rowHeight() - this.offset;
  }

  resized(height: number): void {
    this.#viewport = height;
  }

  /** The element was scrolled to `scrollTop`. */
  scrolled(scrollTop: number): void {
    const most = this.boxHeight - this.#viewport;
    const fraction = most <= 0 ? 0 : Math.min(1, Math.max(0, scrollTop / most));
    // The wheel sets the exact fraction itself; the scroll event that follows would round it away.
    if (Math.abs(scrollTop - this.#top) >= 1) this.#fraction = fraction;
    this.#top = scrollTop;
  }

  /** Moves by true pixels; answers the scrollTop that belongs to it. For the bent scale only. */
  moveBy(pixels: number): number {
    return this.moveTo(this.offset + pixels);
  }

  /** Moves to a true offset; answers the scrollTop that belongs to it. */
  moveTo(offset: number): number {
    const most = Math.max(0, this.fullHeight - this.#viewport);
    const target = Math.min(most, Math.max(0, offset));
    this.#fraction = most === 0 ? 0 : target / most;
    this.#top = this.bent ? Math.round(this.#fraction * (this.boxHeight - this.#viewport)) : target;
    return this.#top;
  }

  /** The scrollTop at which a row is wholly in view, moving as little as possible; null: it is already. */
  reveal(index: number): number | null {
    const height = this.#rowHeight();
    const top = index * height;
    if (top < this.offset) return this.moveTo(top);
    if (top + height > this.offset + this.#viewport) return this.moveTo(top + height - this.#viewport);
    return null;
  }

  /** Rows that fit in the viewport, for Page Up and Page Down. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#viewport / this.#rowHeight()) - 1);
  }
}
