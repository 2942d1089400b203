import { createHash } from 'node:crypto';

/** A secret that stands out wherever it lies, with letters that encodings spell differently. */
export const CANARY = { user: 'laurel-tester', password: 'canary:Zwölf Ähren 7c41' };

/**
 * A secret in every form in which it, or what is made of it, could lie around: plain, as JSON, base64 and MD5.
 *
 * @param tokens other secrets that were made of it
 */
export function canaryForms({ user, password }: typeof CANARY, tokens: readonly string[] = []): string[] {
  const md5 = createHash('md5').update(password).digest('hex');
  const plain = [password, md5, `${user}:${password}`, `${user}:${md5}`, ...tokens];
  return plain.flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    Buffer.from(text).toString('base64').replace(/=+$/, ''),
  ]);
}

/** The forms that stand in these bytes, in any of the encodings in which a program keeps text. */
export function formsIn(bytes: Buffer, forms: readonly string[]): string[] {
  return forms.filter((form) =>
    (['utf8', 'latin1', 'utf16le'] as const).some((encoding) => bytes.includes(Buffer.from(form, encoding))),
  );
}
