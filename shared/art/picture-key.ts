/** Characters of a name that a file's name keeps. */
const LONGEST = 40;
/** Digits of a badge's id behind its name: enough that no two badges of a programme share them. */
const OF_ID = 8;

/** A letter or digit of another script than Latin; what several scripts share counts for none. */
const OTHER_SCRIPT = /(?![\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}])[\p{L}\p{N}]/u;

/**
 * A name as a part of a file's name: small letters, digits and hyphens; empty where nothing of it fits. A name in Latin
 * letters has them without accents, as pictures of it were always called; one in another script keeps all letters and their
 * marks, in NFC. At most 40 characters, which are 160 bytes.
 */
export function slugOf(name: string): string {
  const composed = name.normalize('NFC');
  const latin = latinSlugOf(name);
  return latin === '' || OTHER_SCRIPT.test(composed) ? lettersOf(composed) : latin;
}

function lettersOf(composed: string): string {
  const words = composed
    .toLowerCase()
    .replaceAll(/\p{Cf}+/gu, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    // Marks of what is left out stand alone.
    .replaceAll(/(^|-)\p{M}+/gu, '$1')
    .normalize('NFC');
  let kept = '';
  for (const { segment } of new Intl.Segmenter('und').segment(words)) {
    if (Array.from(kept + segment).length > LONGEST) break;
    kept += segment;
  }
  return kept.replaceAll(/-+/g, '-').replaceAll(/^-|-$/g, '');
}

function latinSlugOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, '');
}

/**
 * What pictures of a badge are called, before `.<state>.png`: its name as far as every file system takes it, and the end of
 * its id, by which addresses find back to the badge even when it was renamed since.
 */
export function pictureKey({ name, id }: { name: string; id: string }): string {
  const slug = slugOf(name);
  return `${slug === '' ? 'badge' : slug}-${id.slice(-OF_ID).toLowerCase()}`;
}

/** The end of an id that a picture's key names; null where it names none. */
export const idEndOf = (key: string): string | null =>
  new RegExp(`-([0-9a-f]{${String(OF_ID)}})$`).exec(key.toLowerCase())?.[1] ?? null;
