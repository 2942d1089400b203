/** Red, green and blue from 0 to 255. */
type Rgb = readonly [number, number, number];

/** @returns null for what is not written `#rrggbb` */
export function readColour(text: string): string | null {
  return /^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : null;
}

const rgbOf = (hex: string): Rgb => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

const hexOf = (rgb: Rgb): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance (WCAG 2.2). */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours (WCAG 2.2), from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(rgbOf(one)), luminance(rgbOf(other))].toSorted((left, right) => left - right);
  return (high + 0.05) / (low + 0.05);
}

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
