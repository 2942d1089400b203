import { layerOf } from './layers';
import { ART_SCHEMA, LONGEST_TEXT, type BadgeArt, type Layer, type StateStyle } from './model';
import { statesOf } from './states';

/** Names of the designs to start from; their words are `art.design_…`. */
export const DESIGN_NAMES = [
  ...(['medal', 'crest', 'rosette', 'postmark', 'summit', 'gem'] as const),
  ...(['coffee', 'ticket', 'champion', 'garden', 'night', 'anniversary'] as const),
] as const;
export type DesignName = (typeof DESIGN_NAMES)[number];

interface Design {
  palette: BadgeArt['palette'];
  style: StateStyle;
  /** `title` is what the badge is called, or a word that stands for it. */
  layers(title: string): Layer[];
}

const DESIGNS: Readonly<Record<DesignName, Design>> = {
  medal: {
    palette: { primary: '#c8901f', secondary: '#8a2432' },
    style: 'grey',
    layers: (title) => [
      layerOf('ribbon', { look: 'tails', y: 372, size: 270, height: 270, colour: 'secondary', fold: 'secondaryDark' }),
      layerOf('shape', { form: 'scallop', points: 24, y: 214, size: 410, colour: 'primary' }),
      layerOf('gradient', { y: 214, size: 348, from: 'primaryLight', to: 'primary', radial: true }),
      layerOf('border', { y: 214, size: 348, width: 9, colour: 'primaryDark', line: 'double' }),
      layerOf('icon', { icon: 'star', y: 226, size: 150, colour: 'secondary', filled: true, width: 1 }),
      layerOf('pathText', { text: title, y: 214, size: 290, height: 36, colour: 'ink' }),
    ],
  },
  crest: {
    palette: { primary: '#1f4e8c', secondary: '#e0b13a' },
    style: 'outline',
    layers: (title) => [
      layerOf('shape', { form: 'shield', size: 490, colour: 'primary' }),
      layerOf('pattern', { form: 'shield', size: 490, motif: 'stripes', step: 44, colour: 'primaryDark', opacity: 45 }),
      layerOf('border', { form: 'shield', size: 470, width: 12, colour: 'secondary' }),
      layerOf('icon', { icon: 'crown', y: 178, size: 170, colour: 'secondary', filled: true, width: 1.2 }),
      layerOf('ribbon', { look: 'banner', y: 318, size: 500, height: 84, colour: 'secondary', fold: 'secondaryDark' }),
      layerOf('letters', { text: title, y: 318, size: 340, height: 54, colour: 'onSecondary' }),
    ],
  },
  rosette: {
    palette: { primary: '#a31f5b', secondary: '#f3c6d8' },
    style: 'ghost',
    layers: (title) => [
      layerOf('ribbon', { look: 'tails', y: 384, size: 260, height: 250, colour: 'primary', fold: 'primaryDark' }),
      layerOf('shape', { form: 'burst', points: 28, y: 208, size: 410, colour: 'primary' }),
      layerOf('pattern', {
        form: 'burst',
        points: 28,
        y: 208,
        size: 410,
        step: 6,
        colour: 'primaryLight',
        opacity: 35,
      }),
      layerOf('shape', { y: 208, size: 280, colour: 'white' }),
      layerOf('border', { y: 208, size: 280, width: 8, colour: 'secondary' }),
      layerOf('letters', { text: '1', y: 196, size: 190, height: 150, weight: 900, colour: 'primary' }),
      layerOf('pathText', { text: title, y: 208, size: 226, height: 26, path: 'bowl', colour: 'primaryDark' }),
    ],
  },
  postmark: {
    palette: { primary: '#0b5c5e', secondary: '#f6b26b' },
    style: 'ring',
    layers: (title) => [
      layerOf('shape', { size: 490, colour: 'primary' }),
      layerOf('border', { size: 466, width: 8, colour: 'primaryPale', line: 'dashed' }),
      layerOf('border', { size: 318, width: 5, colour: 'primaryPale' }),
      layerOf('icon', { icon: 'map-pin', size: 190, colour: 'secondary', width: 1.6 }),
      layerOf('pathText', { text: title, size: 390, height: 44, colour: 'white' }),
      layerOf('pathText', { text: '★ ★ ★', size: 390, height: 34, path: 'bowl', colour: 'secondary' }),
    ],
  },
  summit: {
    palette: { primary: '#2f5d50', secondary: '#f4e3c1' },
    style: 'grey',
    layers: (title) => [
      layerOf('shape', { form: 'hexagon', size: 496, colour: 'primary' }),
      layerOf('gradient', { form: 'hexagon', size: 452, from: 'primary', to: 'primaryDark' }),
      layerOf('border', { form: 'hexagon', size: 452, width: 7, colour: 'secondary' }),
      layerOf('icon', { icon: 'mountain', y: 214, size: 220, colour: 'secondary', width: 1.6 }),
      layerOf('letters', { text: title, y: 362, size: 300, height: 50, colour: 'secondary' }),
    ],
  },
  gem: {
    palette: { primary: '#5b3fa8', secondary: '#5fd3e0' },
    style: 'ghost',
    layers: (title) => [
      layerOf('shape', { form: 'octagon', size: 492, colour: 'primaryDark' }),
      layerOf('shape', { form: 'octagon', size: 440, colour: 'primary' }),
      layerOf('pattern', { form: 'octagon', size: 440, step: 22.5, colour: 'primaryLight', opacity: 30 }),
      layerOf('icon', { icon: 'gem', y: 226, size: 220, colour: 'secondary', width: 1.4 }),
      layerOf('letters', { text: title, y: 384, size: 270, height: 46, colour: 'white' }),
    ],
  },
  coffee: {
    palette: { primary: '#5a3825', secondary: '#f0d9b5' },
    style: 'ring',
    layers: (title) => [
      layerOf('shape', { form: 'scallop', points: 18, size: 492, colour: 'primary' }),
      layerOf('shape', { size: 400, colour: 'secondary' }),
      layerOf('border', { size: 384, width: 6, colour: 'primary', line: 'dashed' }),
      layerOf('icon', { icon: 'coffee', y: 236, size: 180, colour: 'primary', width: 1.7 }),
      layerOf('pathText', { text: title, size: 322, height: 38, path: 'bowl', colour: 'primary' }),
    ],
  },
  ticket: {
    palette: { primary: '#d1392b', secondary: '#ffe08a' },
    style: 'outline',
    layers: (title) => [
      layerOf('shape', { form: 'ticket', size: 500, turn: -12, colour: 'primary' }),
      layerOf('border', { form: 'ticket', size: 452, turn: -12, width: 6, colour: 'secondary', line: 'dashed' }),
      layerOf('icon', { icon: 'gift', x: 243, y: 208, turn: -12, size: 120, colour: 'secondary', width: 1.8 }),
      layerOf('letters', { text: title, x: 270, y: 320, turn: -12, size: 270, height: 54, colour: 'onPrimary' }),
    ],
  },
  champion: {
    palette: { primary: '#16213e', secondary: '#f5b700' },
    style: 'grey',
    layers: (title) => [
      layerOf('shape', { form: 'pennant', size: 500, colour: 'primary' }),
      layerOf('gradient', { form: 'pennant', size: 500, from: 'primary', to: 'primaryDark', opacity: 80 }),
      layerOf('border', { form: 'pennant', size: 460, width: 8, colour: 'secondary' }),
      layerOf('icon', { icon: 'trophy', y: 166, size: 190, colour: 'secondary', width: 1.5 }),
      layerOf('letters', { text: title, y: 318, size: 276, height: 54, colour: 'white' }),
    ],
  },
  garden: {
    palette: { primary: '#2f7a2c', secondary: '#fff4cf' },
    style: 'outline',
    layers: (title) => [
      layerOf('shape', { form: 'drop', size: 500, colour: 'primary' }),
      layerOf('gradient', { form: 'drop', size: 500, from: 'primary', to: 'primaryDark', angle: 70 }),
      layerOf('icon', { icon: 'sprout', y: 276, size: 190, colour: 'secondary', width: 1.7 }),
      layerOf('pathText', { text: title, y: 326, size: 270, height: 38, path: 'bowl', colour: 'secondary' }),
    ],
  },
  night: {
    palette: { primary: '#262a56', secondary: '#f7d774' },
    style: 'ghost',
    layers: (title) => [
      layerOf('shape', { form: 'square', size: 500, colour: 'primary' }),
      layerOf('gradient', { form: 'square', size: 500, from: 'primaryLight', to: 'primaryDark' }),
      layerOf('pattern', { form: 'square', size: 500, motif: 'dots', step: 58, colour: 'secondary', opacity: 25 }),
      layerOf('icon', { icon: 'moon', y: 210, size: 200, colour: 'secondary', filled: true, width: 1 }),
      layerOf('letters', { text: title, y: 378, size: 360, height: 62, colour: 'white' }),
    ],
  },
  anniversary: {
    palette: { primary: '#9c2f4f', secondary: '#e9c46a' },
    style: 'ring',
    layers: (title) => [
      layerOf('shape', { form: 'star', points: 10, size: 504, colour: 'secondary' }),
      layerOf('shape', { size: 346, colour: 'primary' }),
      layerOf('border', { size: 330, width: 11, colour: 'secondary', line: 'beads' }),
      layerOf('letters', { text: '10', y: 232, size: 200, height: 140, weight: 900, colour: 'onPrimary' }),
      layerOf('ribbon', { look: 'swallow', y: 352, size: 440, height: 72, colour: 'primaryDark', fold: 'primaryDark' }),
      layerOf('letters', { text: title, y: 352, size: 300, height: 44, colour: 'secondary' }),
    ],
  },
};

/** A title as a design can hold it: whole characters, and that something follows. */
export function titleInDesign(title: string): string {
  if (title.length <= LONGEST_TEXT) return title;
  let kept = '';
  for (const { segment } of new Intl.Segmenter('und').segment(title.slice(0, 4 * LONGEST_TEXT))) {
    if (kept.length + segment.length >= LONGEST_TEXT) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * A design to start from.
 *
 * @param title what the badge is called; it is written into the design, as far as one holds it
 */
export function startingDesign(name: DesignName, title: string): BadgeArt {
  const { palette, style, layers } = DESIGNS[name];
  return {
    schema: ART_SCHEMA,
    palette,
    layers: layers(titleInDesign(title)).map((layer, index) => ({ ...layer, id: `layer-${String(index + 1)}` })),
    states: statesOf(style),
    pictures: {},
  };
}
