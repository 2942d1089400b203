declare module 'bidi-js' {
  interface Levels {
    levels: Uint8Array;
    paragraphs: readonly { start: number; end: number; level: number }[];
  }
  interface Bidi {
    getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl'): Levels;
    /** Inclusive ranges that are to be turned round, one after the other. */
    getReorderSegments(text: string, levels: Levels, start?: number, end?: number): [number, number][];
    getMirroredCharactersMap(text: string, levels: Levels, start?: number, end?: number): Map<number, string>;
  }
  /** The bidirectional algorithm of Unicode (UAX 9). */
  export default function bidiFactory(): Bidi;
}
