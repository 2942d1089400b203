import { contrast } from './colour';
import { CANVAS, type BadgeArt, type Colour, type Layer } from './model';
import { colourOf } from './palette';

/** How well something stands out: `strong` from 4.5, `enough` from 3 (WCAG 2.2), otherwise `weak`. */
export type ContrastVerdict = 'strong' | 'enough' | 'weak';

export interface ContrastFinding {
  layer: Layer;
  /** From 1 to 21. */
  ratio: number;
  verdict: ContrastVerdict;
}

/** Grounds that a card may have, as most apps paint them. */
export const LIGHT_GROUND = '#ffffff';
export const DARK_GROUND = '#17181c';

export const verdictOf = (ratio: number): ContrastVerdict => (ratio >= 4.5 ? 'strong' : ratio >= 3 ? 'enough' : 'weak');

/** The colours that lie at a layer's centre, where it is one that covers; both ends of a gradient. */
function coverOf(layer: Layer): readonly Colour[] {
  if (layer.opacity < 50) return [];
  if (layer.kind === 'shape' || layer.kind === 'ribbon') return [layer.colour];
  return layer.kind === 'gradient' ? [layer.from, layer.to] : [];
}

/** Whether a layer reaches a point, judged by its box. */
function reaches(layer: Layer, x: number, y: number): boolean {
  const height = layer.kind === 'ribbon' ? layer.height : layer.size;
  return Math.abs(layer.x - x) <= layer.size / 2 && Math.abs(layer.y - y) <= height / 2;
}

/** Where a layer's ink is: texts on a circle stand at its edge, and not in its middle. */
function inkOf(layer: Layer): { x: number; y: number } {
  if (layer.kind !== 'pathText' || layer.path === 'wave') return layer;
  const distance = (layer.path === 'arc' ? -1 : 1) * (layer.size / 2);
  return { x: layer.x, y: layer.y + distance };
}

/**
 * How well texts and icons of a design stand out from what lies beneath them, each by its weakest place. What lies beneath is
 * the nearest layer that covers the place; own pictures are not looked into.
 */
export function contrastFindings(art: BadgeArt): ContrastFinding[] {
  const shown = art.layers.filter(({ hidden }) => !hidden);
  return shown.flatMap((layer, index): ContrastFinding[] => {
    if (layer.kind !== 'letters' && layer.kind !== 'pathText' && layer.kind !== 'icon') return [];
    const { x, y } = inkOf(layer);
    const beneath = shown.slice(0, index).findLast((other) => coverOf(other).length > 0 && reaches(other, x, y));
    if (beneath === undefined) return [];
    const own = colourOf(art.palette, layer.colour);
    const ratio = Math.min(...coverOf(beneath).map((colour) => contrast(own, colourOf(art.palette, colour))));
    return [{ layer, ratio, verdict: verdictOf(ratio) }];
  });
}

/** How well the whole badge stands out from a ground: by its outermost layer. Null: nothing covers. */
export function groundContrast(art: BadgeArt, ground: string): number | null {
  const outer = art.layers
    .filter((layer) => !layer.hidden && (layer.kind === 'border' || coverOf(layer).length > 0))
    .toSorted((one, other) => other.size - one.size)[0];
  if (outer === undefined || outer.size < CANVAS / 4) return null;
  const colours = outer.kind === 'border' ? [outer.colour] : coverOf(outer);
  return Math.max(...colours.map((colour) => contrast(colourOf(art.palette, colour), ground)));
}
