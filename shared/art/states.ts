import type { BadgeArt, Colour, StateLook, StateStyle } from './model';

/** What a style looks like where nothing else was chosen. */
const LOOKS: Readonly<Record<StateStyle, StateLook>> = {
  plain: look('plain', 100),
  grey: look('grey', 100),
  outline: { ...look('outline', 60), colour: 'primary' },
  ghost: look('ghost', 80),
  ring: look('ring', 85),
};

function look(style: StateStyle, strength: number, colour: Colour = 'secondary'): StateLook {
  return { style, strength, colour, track: 'primaryPale', width: 22, share: 60 };
}

export const lookOf = (style: StateStyle, share = 60): StateLook => ({ ...LOOKS[style], share });

/** All three states from one style: earned is the design itself, and the other two are made from it. */
export function statesOf(style: StateStyle): BadgeArt['states'] {
  return { UN_EARNED: lookOf(style), IN_PROGRESS: lookOf(style), EARNED: lookOf('plain') };
}
