import { contrast, hexOf, luminance, rgbOf, type Rgb } from '../art/colour';

/**
 * A colour that can be told from its ground, as near to the given one as it goes: mixed with black, or with white on a dark
 * ground.
 */
export function onGround(colour: string, ground: string, least: number): string {
  const target = luminance(rgbOf(ground)) > 0.5 ? 0 : 255;
  const given = rgbOf(colour);
  for (let share = 0; share <= 20; share += 1) {
    const mixed = hexOf(given.map((part) => part + ((target - part) * share) / 20) as unknown as Rgb);
    if (contrast(mixed, ground) >= least) return mixed;
  }
  return hexOf([target, target, target]);
}
