/**
 * Characters that act on a terminal or on the text around them instead of being shown: controls except line end and tab,
 * line and paragraph separators, the marks, embeddings and isolates of bidirectional text, and those without a width or a
 * meaning of their own.
 */
const ACTING =
  // oxlint-disable-next-line no-control-regex -- these are what is sought
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

/** By its UTF-16 units, as JSON escapes it: a JSON text stays one, with the same meaning. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

/**
 * A text for people in which nothing acts: characters that would move a cursor, colour a terminal or turn the order of
 * the text around them are shown as `\u202e`. Line ends and tabs stay, for texts of several lines.
 */
export function plainWords(text: string): string {
  return text.replaceAll(ACTING, escaped);
}

/** {@link plainWords} for a text from an org or a file that is quoted inside a sentence: line ends and tabs are shown, too. */
export function quotedWords(text: string): string {
  return plainWords(text).replaceAll(/[\n\t]/g, escaped);
}
