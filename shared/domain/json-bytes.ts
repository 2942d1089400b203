/** The text of a file's bytes, or why it is none, in words that complete “the file …”. */
export type TextReading = { ok: true; text: string } | { ok: false; reason: string };

/** The `TextDecoder` of the runtime. */
type Decoder = new (encoding: string, options: { fatal: true }) => { decode(bytes: Uint8Array): string };

const decoded = (Decode: Decoder, encoding: string, bytes: Uint8Array): string | null => {
  try {
    // The decoder takes the byte-order mark away.
    return new Decode(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** UTF-16 tells itself by its mark, or because JSON begins with a character of ASCII, which has a zero byte beside it. */
function sixteenBitOrder([first = 1, second = 1]: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : null;
}

/** Reads a JSON file as text: UTF-8, or UTF-16 as some editors save it, with or without a mark. */
export function readJsonBytes(bytes: Uint8Array, Decode: Decoder): TextReading {
  const order = sixteenBitOrder(bytes);
  const text = decoded(Decode, order ?? 'utf-8', bytes);
  if (text !== null) return { ok: true, text };
  return { ok: false, reason: 'is neither UTF-8 nor UTF-16 text: save it as UTF-8' };
}
