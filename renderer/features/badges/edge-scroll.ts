/** Pixels beside an edge in which what is dragged there scrolls. */
const EDGE = 40;
/** Pixels a second at the edge itself and beyond it. */
const FASTEST = 900;
/** A tab that was not drawn for long goes on from where it was. */
const LONGEST_FRAME_MS = 50;

/** How fast something scrolls that is held at a place between two edges, in pixels a second; below 0: back. */
export function edgeSpeed(at: number, from: number, to: number): number {
  // Where both edges are near, the middle stands still.
  const edge = Math.min(EDGE, (to - from) / 3);
  const into = at < from + edge ? at - (from + edge) : Math.max(0, at - (to - edge));
  return (Math.max(-1, Math.min(1, into / Math.max(1, edge))) || 0) * FASTEST;
}

/** Scrolls while something is held near an edge, frame by frame. */
export class EdgeScroll {
  #frame: number | null = null;
  #last = 0;

  /**
   * Scrolls from now on, until it is stopped.
   *
   * @param speed in pixels a second, asked at each frame; null: nothing is held any more
   * @param scroll by so many pixels
   */
  start(speed: () => { x: number; y: number } | null, scroll: (by: { x: number; y: number }) => void): void {
    if (this.#frame !== null) return;
    const next = (now: number): void => {
      const wanted = speed();
      if (wanted === null) {
        this.#frame = null;
        return;
      }
      const seconds = Math.min(LONGEST_FRAME_MS, now - this.#last) / 1_000;
      this.#last = now;
      if (wanted.x !== 0 || wanted.y !== 0) scroll({ x: wanted.x * seconds, y: wanted.y * seconds });
      this.#frame = requestAnimationFrame(next);
    };
    this.#last = performance.now();
    this.#frame = requestAnimationFrame(next);
  }

  stop(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }
}
