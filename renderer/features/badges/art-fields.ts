import {
  BORDER_LINES,
  FORMS,
  MOTIFS,
  RIBBON_LOOKS,
  TEXT_PATHS,
  type BadgeArt,
  type Form,
  type Layer,
  type LayerKind,
  type StateStyle,
  type Swatch,
} from '../../../shared/art/model';
import type { DesignName } from '../../../shared/art/designs';
import { hasPoints } from '../../../shared/art/forms';
import { ICON_NAMES } from '../../../shared/art/icons';
import type { PlainKey } from '../../../shared/words/message';
import { say } from '../../lib/say.svelte';

/** A property of a layer as its form shows it. */
export type ArtField = { key: string; label: PlainKey } & (
  | { type: 'number'; least: number; most: number; decimals?: boolean }
  | { type: 'choice'; options: readonly { value: string; label: PlainKey }[] }
  | { type: 'names'; names: readonly string[] }
  | { type: 'colour' }
  | { type: 'text' }
  | { type: 'switch' }
);

const FORM_WORDS: Readonly<Record<Form, PlainKey>> = {
  circle: 'art.form_circle',
  square: 'art.form_square',
  shield: 'art.form_shield',
  hexagon: 'art.form_hexagon',
  octagon: 'art.form_octagon',
  diamond: 'art.form_diamond',
  star: 'art.form_star',
  burst: 'art.form_burst',
  scallop: 'art.form_scallop',
  heart: 'art.form_heart',
  pennant: 'art.form_pennant',
  drop: 'art.form_drop',
  ticket: 'art.form_ticket',
};

export const KIND_WORDS: Readonly<Record<LayerKind, PlainKey>> = {
  shape: 'art.kind_shape',
  border: 'art.kind_border',
  gradient: 'art.kind_gradient',
  pattern: 'art.kind_pattern',
  ribbon: 'art.kind_ribbon',
  icon: 'art.kind_icon',
  letters: 'art.kind_letters',
  pathText: 'art.kind_pathText',
  picture: 'art.kind_picture',
};

export const STYLE_WORDS: Readonly<Record<StateStyle, PlainKey>> = {
  plain: 'art.style_plain',
  grey: 'art.style_grey',
  outline: 'art.style_outline',
  ghost: 'art.style_ghost',
  ring: 'art.style_ring',
};

export const SWATCH_WORDS: Readonly<Record<Swatch, PlainKey>> = {
  primary: 'art.swatch_primary',
  primaryLight: 'art.swatch_primaryLight',
  primaryDark: 'art.swatch_primaryDark',
  primaryPale: 'art.swatch_primaryPale',
  onPrimary: 'art.swatch_onPrimary',
  secondary: 'art.swatch_secondary',
  secondaryLight: 'art.swatch_secondaryLight',
  secondaryDark: 'art.swatch_secondaryDark',
  secondaryPale: 'art.swatch_secondaryPale',
  onSecondary: 'art.swatch_onSecondary',
  white: 'art.swatch_white',
  ink: 'art.swatch_ink',
};

export const DESIGN_WORDS: Readonly<Record<DesignName, PlainKey>> = {
  medal: 'art.design_medal',
  crest: 'art.design_crest',
  rosette: 'art.design_rosette',
  postmark: 'art.design_postmark',
  summit: 'art.design_summit',
  gem: 'art.design_gem',
  coffee: 'art.design_coffee',
  ticket: 'art.design_ticket',
  champion: 'art.design_champion',
  garden: 'art.design_garden',
  night: 'art.design_night',
  anniversary: 'art.design_anniversary',
};

const LINE_WORDS = {
  solid: 'art.line_solid',
  double: 'art.line_double',
  dashed: 'art.line_dashed',
  beads: 'art.line_beads',
} as const satisfies Record<(typeof BORDER_LINES)[number], PlainKey>;
const MOTIF_WORDS = {
  dots: 'art.motif_dots',
  stripes: 'art.motif_stripes',
  checks: 'art.motif_checks',
  rays: 'art.motif_rays',
  waves: 'art.motif_waves',
  chevrons: 'art.motif_chevrons',
} as const satisfies Record<(typeof MOTIFS)[number], PlainKey>;
const LOOK_WORDS = {
  banner: 'art.look_banner',
  swallow: 'art.look_swallow',
  curved: 'art.look_curved',
  tails: 'art.look_tails',
} as const satisfies Record<(typeof RIBBON_LOOKS)[number], PlainKey>;
const PATH_WORDS = {
  arc: 'art.path_arc',
  bowl: 'art.path_bowl',
  wave: 'art.path_wave',
} as const satisfies Record<(typeof TEXT_PATHS)[number], PlainKey>;

const choices = <K extends string>(
  values: readonly K[],
  words: Readonly<Record<K, PlainKey>>,
): { value: string; label: PlainKey }[] => values.map((value) => ({ value, label: words[value] }));

const colour = (key: string, label: PlainKey): ArtField => ({ key, label, type: 'colour' });
const number = (key: string, label: PlainKey, least: number, most: number, decimals = false): ArtField => ({
  ...{ key, label, type: 'number', least, most, decimals },
});

const FORM: readonly ArtField[] = [
  { key: 'form', label: 'art.form', type: 'choice', options: choices(FORMS, FORM_WORDS) },
  number('points', 'art.points', 3, 60),
];
const TYPE: readonly ArtField[] = [
  { key: 'text', label: 'art.text', type: 'text' },
  colour('colour', 'art.colour'),
  number('weight', 'art.weight', 400, 900),
  number('height', 'art.height', 6, 400),
];

const OF_KIND: Readonly<Record<LayerKind, readonly ArtField[]>> = {
  shape: [...FORM, colour('colour', 'art.colour')],
  border: [
    ...FORM,
    colour('colour', 'art.colour'),
    { key: 'line', label: 'art.line', type: 'choice', options: choices(BORDER_LINES, LINE_WORDS) },
    number('width', 'art.width', 0.5, 120, true),
  ],
  gradient: [
    ...FORM,
    colour('from', 'art.from'),
    colour('to', 'art.to'),
    number('angle', 'art.angle', -360, 360),
    { key: 'radial', label: 'art.radial', type: 'switch' },
  ],
  pattern: [
    ...FORM,
    { key: 'motif', label: 'art.motif', type: 'choice', options: choices(MOTIFS, MOTIF_WORDS) },
    colour('colour', 'art.colour'),
    number('step', 'art.step', 5, 256, true),
  ],
  ribbon: [
    { key: 'look', label: 'art.look', type: 'choice', options: choices(RIBBON_LOOKS, LOOK_WORDS) },
    colour('colour', 'art.colour'),
    colour('fold', 'art.fold'),
    number('height', 'art.height', 4, 512),
  ],
  icon: [
    { key: 'icon', label: 'art.icon', type: 'names', names: ICON_NAMES.toSorted() },
    colour('colour', 'art.colour'),
    number('width', 'art.width', 0.25, 6, true),
    { key: 'filled', label: 'art.filled', type: 'switch' },
  ],
  letters: TYPE,
  pathText: [
    ...TYPE,
    { key: 'path', label: 'art.path', type: 'choice', options: choices(TEXT_PATHS, PATH_WORDS) },
    number('spacing', 'art.spacing', -50, 500),
  ],
  picture: [],
};

const PLACE: readonly ArtField[] = [
  number('size', 'art.size', 4, 1024, true),
  number('x', 'art.x', -1024, 1024, true),
  number('y', 'art.y', -1024, 1024, true),
  number('turn', 'art.turn', -360, 360, true),
  number('opacity', 'art.opacity', 0, 100, true),
];

/** What can be changed of a layer, in the order of its form. Only forms with points have points. */
export function fieldsOf(layer: Layer): readonly ArtField[] {
  const own = OF_KIND[layer.kind].filter(({ key }) => key !== 'points' || ('form' in layer && hasPoints(layer.form)));
  return [...own, ...PLACE];
}

/** A layer as its buttons and findings call it: its kind, and its text, form or icon. */
export function layerName(layer: Layer, pictures: BadgeArt['pictures']): string {
  const kind = say(KIND_WORDS[layer.kind]);
  const what =
    layer.kind === 'letters' || layer.kind === 'pathText'
      ? layer.text
      : layer.kind === 'icon'
        ? layer.icon
        : layer.kind === 'picture'
          ? (pictures[layer.picture]?.name ?? '')
          : 'form' in layer
            ? say(FORM_WORDS[layer.form])
            : say(LOOK_WORDS[layer.look]);
  return say('art.layerOf', { kind, what });
}
