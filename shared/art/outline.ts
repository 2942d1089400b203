/** A glyph as it stands in its line. */
export interface Glyph {
  /** SVG path data, 1,000 units to the em, y downwards, with the base line at 0. */
  path: string;
  /** Where it begins, from the start of the line. */
  x: number;
  /** How far the line moves on. */
  advance: number;
}

/** A text as outlines, from left to right as it is seen. */
export interface Outlined {
  glyphs: readonly Glyph[];
  width: number;
  /** Characters that no font has, each once; nothing is drawn for them. */
  missing: readonly string[];
}

/** Turns a text into outlines. The fonts that it needs have been read already. */
export type Outliner = (text: string, weight: number) => Outlined;
