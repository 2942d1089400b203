import { contrast, mixed } from './colour';
import type { BadgeArt, Colour, Swatch } from './model';

const WHITE = '#ffffff';
const INK = '#1d1d26';

const LIGHT = 35;
const DARK = 35;
const PALE = 82;

/** What is written on a colour: white or ink, whichever stands out more. */
const onto = (colour: string): string => (contrast(WHITE, colour) >= contrast(INK, colour) ? WHITE : INK);

/**
 * All colours of a design from its two brand colours. Light and pale are mixed with 35 and 82 per cent of white, dark with
 * 35 per cent of black, in sRGB; `on…` is white or ink, whichever has more contrast.
 */
function swatchesOf({ primary, secondary }: BadgeArt['palette']): Readonly<Record<Swatch, string>> {
  return {
    primary,
    primaryLight: mixed(primary, WHITE, LIGHT),
    primaryDark: mixed(primary, '#000000', DARK),
    primaryPale: mixed(primary, WHITE, PALE),
    onPrimary: onto(primary),
    secondary,
    secondaryLight: mixed(secondary, WHITE, LIGHT),
    secondaryDark: mixed(secondary, '#000000', DARK),
    secondaryPale: mixed(secondary, WHITE, PALE),
    onSecondary: onto(secondary),
    white: WHITE,
    ink: INK,
  };
}

/** A colour of a design as `#rrggbb`. */
export function colourOf(palette: BadgeArt['palette'], colour: Colour): string {
  return colour.startsWith('#') ? colour : swatchesOf(palette)[colour as Swatch];
}
