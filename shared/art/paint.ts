import { greyOf, mixed } from './colour';
import { colourOf } from './palette';
import type { BadgeArt, Colour } from './model';

/** How a state changes what layers are painted with. */
export interface Paint {
  /** A colour of the design as it is written in this state. */
  colour(colour: Colour): string;
  /** The line that stands for areas; null where areas are filled. */
  outline: { colour: string; width: number } | null;
  /** Per cent of grey in own pictures. */
  greyness: number;
}

export const plainPaint = (palette: BadgeArt['palette']): Paint => ({
  colour: (colour) => colourOf(palette, colour),
  outline: null,
  greyness: 0,
});

/** @param percent of grey */
export const greyPaint = (palette: BadgeArt['palette'], percent: number): Paint => ({
  colour: (colour) => {
    const plain = colourOf(palette, colour);
    return mixed(plain, greyOf(plain), percent);
  },
  outline: null,
  greyness: percent,
});

export const outlinePaint = (palette: BadgeArt['palette'], colour: Colour, width: number): Paint => ({
  colour: () => colourOf(palette, colour),
  outline: { colour: colourOf(palette, colour), width },
  greyness: 100,
});

/** Attributes of an area: filled, or drawn as a line. */
export function area(paint: Paint, colour: Colour): string {
  if (paint.outline === null) return `fill="${paint.colour(colour)}"`;
  return `fill="none" stroke="${paint.outline.colour}" stroke-width="${String(paint.outline.width)}" stroke-linejoin="round"`;
}
