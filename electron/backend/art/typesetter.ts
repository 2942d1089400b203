import { readFile } from 'node:fs/promises';
import bidiFactory from 'bidi-js';
import type * as HarfBuzz from 'harfbuzzjs';
import { decimal } from '../../../shared/art/geometry';
import type { Glyph, Outlined, Outliner } from '../../../shared/art/outline';
import { familiesFor, filesFor } from './font-files';

/** Characters in a row that one font and one direction serve. */
interface Run {
  file: string;
  start: number;
  end: number;
  isRtl: boolean;
}

interface LoadedFont {
  font: HarfBuzz.Font;
  has(code: number): boolean;
}

/** What joins or marks the character before it, and so stays in its font. */
const STAYS = /^(?:\p{M}|\u200c|\u200d|\ufe0e|\ufe0f)$/u;
/** What is seen as nothing, wherever it stands: its lack is none. */
const UNSEEN = /^[\s\p{Cc}\p{Cf}\ufe00-\ufe0f]$/u;

/**
 * Turns texts into outlines by HarfBuzz, a WebAssembly of one build for all machines. Fonts are read when a text first
 * needs them, and only their pieces that hold its characters.
 */
export class Typesetter {
  #engine: Promise<typeof HarfBuzz> | null = null;
  readonly #fonts = new Map<string, Promise<LoadedFont>>();
  readonly #bidi = bidiFactory();

  /** An outliner that knows the fonts of these texts. @throws what a missing font file gives: the app is damaged then */
  async outlinerFor(texts: readonly string[]): Promise<Outliner> {
    const engine = await (this.#engine ??= import('harfbuzzjs'));
    const prepared = new Map<string, { text: string; runs: Run[]; missing: readonly string[] }>();
    const fonts = new Map<string, LoadedFont>();
    for (const text of new Set(texts)) prepared.set(text, await this.#prepare(engine, text, fonts));
    return (text, weight) => {
      const known = prepared.get(text);
      if (known === undefined) throw new Error('The fonts of this text were not read.');
      return outlined(engine, known, fonts, weight);
    };
  }

  async #prepare(
    engine: typeof HarfBuzz,
    given: string,
    fonts: Map<string, LoadedFont>,
  ): Promise<{ text: string; runs: Run[]; missing: readonly string[] }> {
    const text = given.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
    const families = familiesFor(text);
    const missing = new Set<string>();
    const fileAt: (string | null)[] = [];
    let before: string | null = null;
    for (const character of text) {
      const file: string | null = await this.#fileOf(engine, character, families, before, fonts);
      if (file === null && !UNSEEN.test(character)) missing.add(character);
      if (file !== null && !UNSEEN.test(character)) before = file;
      fileAt.push(...Array<string | null>(character.length).fill(file));
    }
    return { text, runs: this.#runs(text, fileAt), missing: [...missing] };
  }

  async #fileOf(
    engine: typeof HarfBuzz,
    character: string,
    families: Parameters<typeof filesFor>[1],
    before: string | null,
    fonts: Map<string, LoadedFont>,
  ): Promise<string | null> {
    const code = character.codePointAt(0) ?? 0;
    const files = filesFor(character, families);
    const stays = STAYS.test(character) || UNSEEN.test(character);
    for (const file of stays && before !== null ? [before, ...files] : files) {
      const font = await this.#font(engine, file);
      if (!font.has(code)) continue;
      fonts.set(file, font);
      return file;
    }
    return null;
  }

  #font(engine: typeof HarfBuzz, file: string): Promise<LoadedFont> {
    const known = this.#fonts.get(file);
    if (known !== undefined) return known;
    const loading = loadFont(engine, file);
    this.#fonts.set(file, loading);
    // A file that could not be read this time is asked for again the next.
    loading.catch(() => this.#fonts.delete(file));
    return loading;
  }

  /** Runs in the order in which they are seen, from left to right. */
  #runs(text: string, fileAt: readonly (string | null)[]): Run[] {
    const levels = this.#bidi.getEmbeddingLevels(text);
    const order = [...fileAt.keys()];
    for (const [from, to] of this.#bidi.getReorderSegments(text, levels))
      order.splice(from, to - from + 1, ...order.slice(from, to + 1).toReversed());
    const runs: Run[] = [];
    for (const index of order) {
      const file = fileAt[index] ?? null;
      if (file === null) continue;
      const isRtl = ((levels.levels[index] ?? 0) & 1) === 1;
      const last = runs.at(-1);
      const goesOn = last?.file === file && last.isRtl === isRtl;
      if (goesOn && !isRtl && last.end === index) last.end += 1;
      else if (goesOn && isRtl && last.start === index + 1) last.start = index;
      else runs.push({ file, start: index, end: index + 1, isRtl });
    }
    return runs;
  }
}

async function loadFont(engine: typeof HarfBuzz, file: string): Promise<LoadedFont> {
  const { default: decompress } = await import('woff2-encoder/decompress');
  const bytes = await decompress(await readFile(file));
  const face = new engine.Face(new engine.Blob(bytes), 0);
  const codes = new Set(face.collectUnicodes());
  return { font: new engine.Font(face), has: (code) => codes.has(code) };
}

function outlined(
  engine: typeof HarfBuzz,
  { text, runs, missing }: { text: string; runs: readonly Run[]; missing: readonly string[] },
  fonts: ReadonlyMap<string, LoadedFont>,
  weight: number,
): Outlined {
  const glyphs: Glyph[] = [];
  let x = 0;
  for (const { file, start, end, isRtl } of runs) {
    const { font } = fonts.get(file) as LoadedFont;
    font.setVariations([new engine.Variation('wght', weight)]);
    const buffer = new engine.Buffer();
    // The whole text goes in, so that a letter is joined with its neighbours across an edge of two runs.
    buffer.addText(text, start, end - start);
    buffer.setDirection(isRtl ? engine.Direction.RTL : engine.Direction.LTR);
    buffer.guessSegmentProperties();
    engine.shape(font, buffer);
    for (const glyph of buffer.getGlyphInfosAndPositions()) {
      const { codepoint, xAdvance = 0, xOffset = 0, yOffset = 0 } = glyph;
      const path = font
        .glyphToJson(codepoint)
        .map((command) => written(command, xOffset, yOffset))
        .join('');
      glyphs.push({ path, x, advance: xAdvance });
      x += xAdvance;
    }
  }
  return { glyphs, width: x, missing };
}

/** A step of an outline, which fonts draw upwards and pictures downwards. */
function written({ type, values }: HarfBuzz.SvgPathCommand, xOffset: number, yOffset: number): string {
  const numbers = values.map((value, index) => decimal(index % 2 === 0 ? value + xOffset : -(value + yOffset), 1));
  return `${type}${numbers.join(' ')}`;
}
