import type { BadgeArt } from './model';

/** Keys in the order in which a file has them; those that are missing here follow, as they stand. */
const ORDER = [
  ...['schema', 'palette', 'layers', 'kind', 'id', 'name', 'type', 'text', 'form', 'points', 'icon', 'picture'],
  ...['look', 'motif', 'path', 'line', 'style', 'colour', 'track', 'from', 'to', 'fold', 'angle', 'radial', 'filled'],
  ...['width', 'height', 'weight', 'spacing', 'step', 'strength', 'share', 'x', 'y', 'size', 'turn', 'opacity'],
  ...['hidden', 'states', 'data', 'pictures'],
];
const placeOf = new Map(ORDER.map((key, index) => [key, index]));

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const place = (key: string): number => placeOf.get(key) ?? ORDER.length;
  const entries = Object.entries(value).toSorted(
    ([one], [other]) => place(one) - place(other) || (one < other ? -1 : 1),
  );
  return Object.fromEntries(entries.map(([key, held]) => [key, ordered(held)]));
}

/** A design as its file holds it: keys in one order, two spaces, one line break at the end; the same design, the same text. */
export function writeArt(art: BadgeArt): string {
  return `${JSON.stringify(ordered({ ...art, pictures: usedPictures(art) }), null, 2)}\n`;
}

/** Own pictures that a layer shows; others are left out of what is kept. */
function usedPictures({ layers, pictures }: BadgeArt): BadgeArt['pictures'] {
  const used = new Set(layers.flatMap((layer) => (layer.kind === 'picture' ? [layer.picture] : [])));
  return Object.fromEntries(Object.entries(pictures).filter(([key]) => used.has(key)));
}
