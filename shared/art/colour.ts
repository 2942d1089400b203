/** Red, green and blue from 0 to 255. */
export type Rgb = readonly [number, number, number];

/** @returns null for what is not written `#rrggbb` */
export function readColour(text: string): string | null {
  return /^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : null;
}

export const rgbOf = (hex: string): Rgb =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

export const hexOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance (WCAG 2.2). */
export function luminance(rgb: Rgb): number {
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

/** One colour with a share of another in it. @param percent of `other`; whole numbers give the same bytes everywhere */
export function mixed(one: string, other: string, percent: number): string {
  const [from, to] = [rgbOf(one), rgbOf(other)];
  return hexOf(
    from.map((part, index) => (part * (100 - percent) + (to[index] ?? 0) * percent) / 100) as unknown as Rgb,
  );
}

/** The grey that looks as light as a colour does on an old television: whole numbers only. */
export function greyOf(colour: string): string {
  const [red, green, blue] = rgbOf(colour);
  const grey = Math.round((red * 299 + green * 587 + blue * 114) / 1000);
  return hexOf([grey, grey, grey]);
}
