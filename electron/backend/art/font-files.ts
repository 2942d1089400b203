import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** A piece of a font family: which characters it is for, and where it is. */
interface Slice {
  file: string;
  /** First and last code points, both inclusive. */
  ranges: readonly (readonly [number, number])[];
}

/** The families in the app, by the writing they are asked for. All are Noto Sans, under the SIL Open Font License. */
const FAMILIES = {
  latin: 'noto-sans',
  arabic: 'noto-sans-arabic',
  devanagari: 'noto-sans-devanagari',
  chinese: 'noto-sans-sc',
  japanese: 'noto-sans-jp',
  korean: 'noto-sans-kr',
} as const;
type Family = keyof typeof FAMILIES;

const installed = createRequire(import.meta.url);
const slicesOf = new Map<Family, readonly Slice[]>();

function readSlices(family: Family): readonly Slice[] {
  const name = FAMILIES[family];
  const folder = path.dirname(installed.resolve(`@fontsource-variable/${name}/package.json`));
  const ranges = JSON.parse(readFileSync(path.join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  return Object.entries(ranges).map(([slice, text]) => ({
    file: path.join(folder, 'files', `${name}-${slice.replaceAll(/[[\]]/g, '')}-wght-normal.woff2`),
    ranges: text.split(',').map((range) => {
      const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
    }),
  }));
}

function slices(family: Family): readonly Slice[] {
  const known = slicesOf.get(family) ?? readSlices(family);
  slicesOf.set(family, known);
  return known;
}

/**
 * Which families a text is looked up in, in this order. Han characters are drawn as the rest of the text is written: with
 * kana the Japanese way, with Hangul the Korean way, otherwise the Chinese way.
 */
export function familiesFor(text: string): readonly Family[] {
  const hasKana = /[\p{sc=Hiragana}\p{sc=Katakana}]/u.test(text);
  const hasHangul = /\p{sc=Hangul}/u.test(text);
  const east: readonly Family[] = hasKana
    ? ['japanese', 'chinese', 'korean']
    : hasHangul
      ? ['korean', 'chinese', 'japanese']
      : ['chinese', 'japanese', 'korean'];
  return ['latin', 'arabic', 'devanagari', ...east];
}

/** Writings whose digits, spaces and signs are to come from their own font, since a line of them is shaped as a whole. */
const OWN_WRITING: readonly (readonly [Family, RegExp])[] = [
  ['arabic', /\p{sc=Arabic}/u],
  ['devanagari', /\p{sc=Devanagari}/u],
];

/** The files that may hold a character, the likeliest first. */
export function filesFor(character: string, families: readonly Family[]): string[] {
  const code = character.codePointAt(0) ?? 0;
  const own = OWN_WRITING.find(([, writing]) => writing.test(character))?.[0];
  const order = own === undefined ? families : [own, ...families.filter((family) => family !== own)];
  return order.flatMap((family) =>
    slices(family)
      .filter(({ ranges }) => ranges.some(([from, to]) => from <= code && code <= to))
      .map(({ file }) => file),
  );
}
