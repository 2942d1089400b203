import { at, around, decimal, sine } from './geometry';
import type { LettersLayer, PathTextLayer } from './model';
import type { Outlined, Outliner } from './outline';
import type { Paint } from './paint';

/** Units of an em, as outlines have them. */
const EM = 1000;
/** How high capitals stand in the fonts, in an em: what is centred is their middle. */
const CAPITALS = 714;

const translated = (x: number, y: number): string => `translate(${decimal(x)} ${decimal(y)})`;

/** @returns markup around 0, 0, and what no font has */
export function lettersMarkup(layer: LettersLayer, paint: Paint, outline: Outliner): [string, readonly string[]] {
  const { glyphs, width, missing } = outline(layer.text, layer.weight);
  if (width === 0) return ['', missing];
  const scale = Math.min(layer.height / EM, layer.size / width);
  const drawn = glyphs
    .filter(({ path }) => path !== '')
    .map(({ path, x }) =>
      x === 0 ? `<path d="${path}"/>` : `<path transform="translate(${decimal(x)} 0)" d="${path}"/>`,
    )
    .join('');
  const place = `${translated((-width * scale) / 2, (CAPITALS * scale) / 2)} scale(${decimal(scale, 5)})`;
  return [`<g fill="${paint.colour(layer.colour)}" transform="${place}">${drawn}</g>`, missing];
}

/** Where a point of a text's line comes to stand, and how it is turned; `along` is counted from the middle of the line. */
type Way = (along: number) => { place: string; turn: number };

const AROUND_FULL = 360 / (2 * 3.141592653589793);

/** Around the top of a circle, or along the inside of its bottom. */
function circular(radius: number, height: number, isBowl: boolean): Way {
  const middle = (CAPITALS / EM) * (height / 2);
  const base = isBowl ? radius + middle : radius - middle;
  const sign = isBowl ? -1 : 1;
  return (along) => {
    const angle = (along / radius) * AROUND_FULL * sign;
    return { place: at(around({ x: 0, y: 0 }, base, angle + (isBowl ? 180 : 0))), turn: angle };
  };
}

function waving(width: number, height: number): Way {
  const rise = width / 16;
  const middle = (CAPITALS / EM) * (height / 2);
  const per = 360 / width;
  return (along) => {
    const y = -rise * sine(along * per);
    const slope = -rise * sine(along * per + 90) * (per / AROUND_FULL);
    return { place: at({ x: along, y: y + middle }), turn: slopeInDegrees(slope) };
  };
}

/** The angle of a slope below one, within a hundredth of a degree; built-in arcs may differ between engines. */
function slopeInDegrees(slope: number): number {
  const z = slope * slope;
  return AROUND_FULL * slope * (1 - z * (1 / 3 - z * (1 / 5 - z * (1 / 7 - z / 9))));
}

/** @returns markup around 0, 0, and what no font has */
export function pathTextMarkup(layer: PathTextLayer, paint: Paint, outline: Outliner): [string, readonly string[]] {
  const line: Outlined = outline(layer.text, layer.weight);
  const radius = layer.size / 2;
  const gaps = Math.max(0, line.glyphs.filter(({ advance }) => advance > 0).length - 1) * layer.spacing;
  const width = line.width + gaps;
  if (width <= 0) return ['', line.missing];
  // Nine tenths of a circle, or the whole of a wave: more would run into its own beginning.
  const room = layer.path === 'wave' ? layer.size : layer.size * 2.8;
  const scale = Math.min(layer.height / EM, room / width);
  const way =
    layer.path === 'wave' ? waving(layer.size, scale * EM) : circular(radius, scale * EM, layer.path === 'bowl');
  let shift = 0;
  const drawn = line.glyphs.map(({ path, x, advance }) => {
    const middle = (x + shift + advance / 2 - width / 2) * scale;
    if (advance > 0) shift += layer.spacing;
    if (path === '') return '';
    const { place, turn } = way(middle);
    const steps = `translate(${place}) rotate(${decimal(turn)}) scale(${decimal(scale, 5)}) translate(${decimal(-advance / 2)} 0)`;
    return `<path transform="${steps}" d="${path}"/>`;
  });
  return [`<g fill="${paint.colour(layer.colour)}">${drawn.join('')}</g>`, line.missing];
}
