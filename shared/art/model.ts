import { IMAGE_TAGS, type ImageTag } from '../domain/badge';

/** The form of a kept design, as `schema` in its file. */
export const ART_SCHEMA = 'laurel/badge-art@1';
/** Units of the square canvas along each side; positions and sizes of layers are in them. */
export const CANVAS = 512;

/** States a gateway keeps a picture for, in the order in which a customer meets them. */
export const ART_STATES: readonly ImageTag[] = IMAGE_TAGS;
export type ArtState = ImageTag;

export const MOST_LAYERS = 40;
export const MOST_PICTURES = 8;
/** Characters of one text. */
export const LONGEST_TEXT = 80;
/** Bytes of one own picture inside a design: a design with eight of them still travels by mail. */
export const LARGEST_PICTURE = 500_000;
/** Bytes of a picture that a gateway takes. */
export const LARGEST_IMAGE = 2_000_000;

/** Names of the colours that are derived from the two brand colours (palette.ts). */
export const SWATCHES = [
  ...['primary', 'primaryLight', 'primaryDark', 'primaryPale', 'onPrimary'],
  ...['secondary', 'secondaryLight', 'secondaryDark', 'secondaryPale', 'onSecondary'],
  ...['white', 'ink'],
] as const;
export type Swatch =
  | 'primary'
  | 'primaryLight'
  | 'primaryDark'
  | 'primaryPale'
  | 'onPrimary'
  | 'secondary'
  | 'secondaryLight'
  | 'secondaryDark'
  | 'secondaryPale'
  | 'onSecondary'
  | 'white'
  | 'ink';
/** A swatch, or a colour of its own as `#rrggbb`. */
export type Colour = Swatch | `#${string}`;

export const FORMS = [
  ...(['circle', 'square', 'shield', 'hexagon', 'octagon', 'diamond'] as const),
  ...(['star', 'burst', 'scallop', 'heart', 'pennant', 'drop', 'ticket'] as const),
] as const;
export type Form = (typeof FORMS)[number];

export const BORDER_LINES = ['solid', 'double', 'dashed', 'beads'] as const;
export const MOTIFS = ['dots', 'stripes', 'checks', 'rays', 'waves', 'chevrons'] as const;
export const RIBBON_LOOKS = ['banner', 'swallow', 'curved', 'tails'] as const;
export const TEXT_PATHS = ['arc', 'bowl', 'wave'] as const;
export const LAYER_KINDS = [
  ...(['shape', 'border', 'gradient', 'pattern', 'ribbon', 'icon', 'letters', 'pathText', 'picture'] as const),
] as const;
export type LayerKind = (typeof LAYER_KINDS)[number];

/** What every layer has. */
export interface LayerPlace {
  /** Names the layer within its design, so that it stays the same one when others move. */
  id: string;
  hidden: boolean;
  /** Centre, in units of the canvas from its top left. */
  x: number;
  y: number;
  /** Width of its box, in units. */
  size: number;
  /** Degrees, clockwise. */
  turn: number;
  /** Per cent. */
  opacity: number;
  /** The states it is drawn in. */
  states: readonly ArtState[];
}

export interface ShapeLayer extends LayerPlace {
  kind: 'shape';
  form: Form;
  /** Points of a star, burst or scallop; others have none. */
  points: number;
  colour: Colour;
}

export interface BorderLayer extends LayerPlace {
  kind: 'border';
  form: Form;
  points: number;
  colour: Colour;
  /** Of the line, in units. */
  width: number;
  line: (typeof BORDER_LINES)[number];
}

export interface GradientLayer extends LayerPlace {
  kind: 'gradient';
  form: Form;
  points: number;
  from: Colour;
  to: Colour;
  /** Degrees, clockwise from “left to right”; of no meaning where it is radial. */
  angle: number;
  radial: boolean;
}

export interface PatternLayer extends LayerPlace {
  kind: 'pattern';
  form: Form;
  points: number;
  motif: (typeof MOTIFS)[number];
  colour: Colour;
  /** Distance from one motif to the next, in units; of rays, in degrees. */
  step: number;
}

export interface RibbonLayer extends LayerPlace {
  kind: 'ribbon';
  look: (typeof RIBBON_LOOKS)[number];
  colour: Colour;
  /** Of what is folded back. */
  fold: Colour;
  height: number;
}

export interface IconLayer extends LayerPlace {
  kind: 'icon';
  icon: string;
  colour: Colour;
  /** Of its lines, in 24ths of its size. */
  width: number;
  filled: boolean;
}

export interface LettersLayer extends LayerPlace {
  kind: 'letters';
  text: string;
  colour: Colour;
  /** 400 to 900. */
  weight: number;
  /** Of the type, in units; less where the text would be wider than the box. */
  height: number;
}

export interface PathTextLayer extends LayerPlace {
  kind: 'pathText';
  text: string;
  colour: Colour;
  weight: number;
  height: number;
  path: (typeof TEXT_PATHS)[number];
  /** Between characters, in thousandths of the type's height. */
  spacing: number;
}

export interface PictureLayer extends LayerPlace {
  kind: 'picture';
  /** Key in `pictures`. */
  picture: string;
}

export type Layer =
  | ShapeLayer
  | BorderLayer
  | GradientLayer
  | PatternLayer
  | RibbonLayer
  | IconLayer
  | LettersLayer
  | PathTextLayer
  | PictureLayer;

export const STATE_STYLES = ['plain', 'grey', 'outline', 'ghost', 'ring'] as const;
export type StateStyle = (typeof STATE_STYLES)[number];

/** How one state is made from the design. */
export interface StateLook {
  style: StateStyle;
  /** Per cent: how grey, how faint, or how thick a line. */
  strength: number;
  /** Of the outline, or of what is filled of the ring. */
  colour: Colour;
  /** Of the rest of the ring. */
  track: Colour;
  /** Of the ring, in units. */
  width: number;
  /** Per cent done; counts in IN_PROGRESS alone. */
  share: number;
}

/** An own picture in base64: a PNG, or the text of a cleaned SVG. */
export interface Picture {
  name: string;
  type: 'png' | 'svg';
  data: string;
}

/** One design, from which all three states are drawn. Layers stand from the back to the front. */
export interface BadgeArt {
  schema: typeof ART_SCHEMA;
  palette: { primary: string; secondary: string };
  layers: readonly Layer[];
  states: Readonly<Record<ArtState, StateLook>>;
  pictures: Readonly<Record<string, Picture>>;
}

/** The texts of a design, which fonts are looked up for; hidden layers included, since they can be shown at any time. */
export function textsOf(art: BadgeArt): string[] {
  return art.layers.flatMap((layer) => (layer.kind === 'letters' || layer.kind === 'pathText' ? [layer.text] : []));
}
