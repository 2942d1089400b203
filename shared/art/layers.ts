import {
  ART_STATES,
  type BorderLayer,
  type GradientLayer,
  type IconLayer,
  type Layer,
  type LayerKind,
  type LayerPlace,
  type LettersLayer,
  type PathTextLayer,
  type PatternLayer,
  type PictureLayer,
  type RibbonLayer,
  type ShapeLayer,
} from './model';

const PLACE: LayerPlace = {
  ...{ id: '', hidden: false, x: 256, y: 256, size: 400, turn: 0, opacity: 100 },
  states: ART_STATES,
};

const SHAPE: ShapeLayer = { ...PLACE, kind: 'shape', form: 'circle', points: 12, colour: 'primary', size: 480 };
const BORDER: BorderLayer = {
  ...{ ...PLACE, kind: 'border', form: 'circle', points: 12, colour: 'secondary', size: 480, width: 16, line: 'solid' },
};
const GRADIENT: GradientLayer = {
  ...{ ...PLACE, kind: 'gradient', form: 'circle', points: 12, from: 'primaryLight', to: 'primaryDark', angle: 90 },
  ...{ radial: false, size: 480 },
};
const PATTERN: PatternLayer = {
  ...{ ...PLACE, kind: 'pattern', form: 'circle', points: 12, motif: 'rays', colour: 'primaryLight', step: 15 },
  ...{ opacity: 40, size: 480 },
};
const RIBBON: RibbonLayer = {
  ...{ ...PLACE, kind: 'ribbon', look: 'banner', colour: 'secondary', fold: 'secondaryDark', height: 84, size: 460 },
  y: 380,
};
const ICON: IconLayer = {
  ...{ ...PLACE, kind: 'icon', icon: 'star', colour: 'onPrimary', width: 1.75, filled: false, size: 220 },
};
const LETTERS: LettersLayer = {
  ...{ ...PLACE, kind: 'letters', text: 'Badge', colour: 'onPrimary', weight: 700, height: 96, size: 340 },
};
const PATH_TEXT: PathTextLayer = {
  ...{ ...PLACE, kind: 'pathText', text: 'BADGE', colour: 'onPrimary', weight: 700, height: 48, path: 'arc' },
  ...{ spacing: 60, size: 400 },
};
const PICTURE: PictureLayer = { ...PLACE, kind: 'picture', picture: '', size: 300 };

const FRESH: { readonly [K in LayerKind]: Extract<Layer, { kind: K }> } = {
  ...{ shape: SHAPE, border: BORDER, gradient: GRADIENT, pattern: PATTERN, ribbon: RIBBON, icon: ICON },
  ...{ letters: LETTERS, pathText: PATH_TEXT, picture: PICTURE },
};

/** A layer of a kind as it is added, with what is given changed. */
export function layerOf<K extends LayerKind>(
  kind: K,
  changes: Partial<Extract<Layer, { kind: K }>> = {},
): Extract<Layer, { kind: K }> {
  return { ...FRESH[kind], ...changes };
}

/** An id that no layer of the design has. */
export function freeLayerId(layers: readonly Layer[]): string {
  const taken = new Set(layers.map(({ id }) => id));
  let number = layers.length + 1;
  while (taken.has(`layer-${String(number)}`)) number += 1;
  return `layer-${String(number)}`;
}
