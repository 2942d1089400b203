import { frame } from './frame';
import { around, at, decimal } from './geometry';
import { layerMarkup, type Drawing } from './layer-markup';
import { CANVAS, type ArtState, type BadgeArt, type StateLook } from './model';
import { colourOf } from './palette';
import { greyPaint, outlinePaint, plainPaint, type Paint } from './paint';
import type { Outliner } from './outline';

export interface Composed {
  svg: string;
  /** Characters that no font has, each once; nothing is drawn for them, so that whoever asked must say so. */
  missing: readonly string[];
}

const MIDDLE = CANVAS / 2;
/** Between the ring and what it encloses. */
const RING_GAP = 10;
/** Of the faintest ghost, in hundredths. */
const FAINTEST = 15;

/** Per cent that a state shows as done. @param share of IN_PROGRESS, where it is to be another than the design's */
export function shareOf(look: StateLook, state: ArtState, share?: number): number {
  if (state === 'UN_EARNED') return 0;
  if (state === 'EARNED') return 100;
  return share ?? look.share;
}

/**
 * One state of a design as an SVG that needs nothing else: texts are outlines, own pictures stand inside. The same design
 * gives the same bytes on every machine and in every process.
 *
 * @param outline knows the fonts of every text of the design
 * @param share per cent done, of IN_PROGRESS; the design's unless given
 */
export function composeArt(art: BadgeArt, state: ArtState, outline: Outliner, share?: number): Composed {
  let ids = 0;
  const drawing: Drawing = {
    ...{ outline, pictures: art.pictures, missing: new Set<string>() },
    freshId: () => `a${String((ids += 1))}`,
  };
  const shown = art.layers.filter((layer) => !layer.hidden && layer.states.includes(state));
  const draw = (paint: Paint): string => shown.map((layer) => layerMarkup(layer, paint, drawing)).join('');
  const look = art.states[state];
  const inner = styled(art, look, shareOf(look, state, share), draw, drawing);
  return { svg: frame(inner), missing: [...drawing.missing] };
}

function styled(
  art: BadgeArt,
  look: StateLook,
  share: number,
  draw: (paint: Paint) => string,
  drawing: Drawing,
): string {
  const { palette } = art;
  const plain = (): string => draw(plainPaint(palette));
  switch (look.style) {
    case 'plain':
      return plain();
    case 'grey':
      return revealed(draw(greyPaint(palette, look.strength)), plain, share, drawing);
    case 'outline':
      return revealed(draw(outlinePaint(palette, look.colour, 1 + look.strength / 10)), plain, share, drawing);
    case 'ghost': {
      const opacity = decimal((100 - (look.strength * (100 - FAINTEST)) / 100) / 100);
      return revealed(`<g opacity="${opacity}">${plain()}</g>`, plain, share, drawing);
    }
    case 'ring': {
      const scale = 1 - (2 * (look.width + RING_GAP)) / CANVAS;
      const middle = decimal(MIDDLE * (1 - scale));
      const content = draw(share >= 100 ? plainPaint(palette) : greyPaint(palette, look.strength));
      return `${ring(art, look, share)}<g transform="translate(${middle} ${middle}) scale(${decimal(scale, 4)})">${content}</g>`;
    }
  }
}

/** The plain badge rises over its pale one from below, as far as it is done. */
function revealed(pale: string, plain: () => string, share: number, drawing: Drawing): string {
  if (share <= 0) return pale;
  if (share >= 100) return plain();
  const id = drawing.freshId();
  const y = decimal(CANVAS * (1 - share / 100));
  const clip = `<clipPath id="${id}"><rect x="0" y="${y}" width="${String(CANVAS)}" height="${String(CANVAS)}"/></clipPath>`;
  return `${pale}<defs>${clip}</defs><g clip-path="url(#${id})">${plain()}</g>`;
}

function ring({ palette }: BadgeArt, { colour, track, width }: StateLook, share: number): string {
  const centre = { x: MIDDLE, y: MIDDLE };
  const radius = MIDDLE - width / 2;
  const r = decimal(radius);
  const whole = (of: string): string =>
    `<circle cx="${String(MIDDLE)}" cy="${String(MIDDLE)}" r="${r}" fill="none" stroke="${of}" stroke-width="${decimal(width)}"/>`;
  if (share >= 100) return whole(colourOf(palette, colour));
  const rest = whole(colourOf(palette, track));
  if (share <= 0) return rest;
  const end = at(around(centre, radius, share * 3.6));
  const large = share > 50 ? 1 : 0;
  return `${rest}<path d="M${at(around(centre, radius, 0))}A${r} ${r} 0 ${String(large)} 1 ${end}" fill="none" stroke="${colourOf(palette, colour)}" stroke-width="${decimal(width)}" stroke-linecap="round"/>`;
}
