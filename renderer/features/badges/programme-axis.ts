import { DAY, type Instant } from '../../../shared/domain/instant';

/** How much time is seen at once; `fit`: all that there is. */
export const PROGRAMME_ZOOMS = ['fit', 'year', 'quarter', 'month'] as const;
export type ProgrammeZoom = (typeof PROGRAMME_ZOOMS)[number];

const LENGTHS: Readonly<Record<Exclude<ProgrammeZoom, 'fit'>, number>> = {
  year: 365.25 * DAY,
  quarter: 91.3125 * DAY,
  month: 30.4375 * DAY,
};
/** Browsers stop laying out boxes at about 33 million pixels, half of it at 200 % zoom. */
const WIDEST = 12_000_000;

/** The whole axis of a programme: its ends with some air, and its width in pixels. */
export interface ProgrammeAxis {
  from: Instant;
  to: Instant;
  width: number;
  /** Pixels from the left end. */
  x: (at: Instant) => number;
  at: (x: number) => Instant;
}

/** @param view pixels that are seen of it at once */
export function programmeAxis(span: { from: Instant; to: Instant }, zoom: ProgrammeZoom, view: number): ProgrammeAxis {
  const seen = zoom === 'fit' ? 0 : LENGTHS[zoom];
  // What is shorter than what is seen at once has the rest of it to both sides.
  const length = Math.max(span.to - span.from, seen, DAY);
  const air = (length - (span.to - span.from)) / 2 + length * 0.02;
  const [from, to] = [Math.floor(span.from - air), Math.ceil(span.to + air)];
  const width = zoom === 'fit' ? view : Math.min(WIDEST, Math.max(view, ((to - from) / seen) * view));
  return {
    ...{ from, to, width },
    x: (at) => ((at - from) / (to - from)) * width,
    at: (x) => Math.round(from + (x / width) * (to - from)),
  };
}
