import type { HeaderLine, LedgerContents, LedgerLine } from '../../../../db/workspace/ledger';
import { SECRET_MARK } from '../../fidelity/record/pseudonyms';
import { BEARER, NAMED_SECRET, USER_IN_ADDRESS, WEB_TOKEN } from '../../fidelity/record/redact-text';
import { fromAddress } from '../../../../shared/fidelity/in-address';
import { looksLikeJson, rewriteJson } from '../../../../shared/fidelity/rewrite-json';
import { rewriteNamed } from '../../../../shared/fidelity/rewrite-named';
import { holdsSecrets, isNamedSecret, isSecretName } from '../../../../shared/fidelity/sensitive-names';

/** One request of the ledger as it may leave Laurel, and its answer. */
export interface SharedExchange {
  line: LedgerLine;
  /** Of the line, without secrets. */
  url: string;
  requestHeaders: readonly HeaderLine[];
  requestBody: string | null;
  /** Null: no whole answer came. */
  answer: { status: number; headers: readonly HeaderLine[]; body: string | null } | null;
}

/** What looks like a secret in a text that is no JSON, or in a leaf of one. */
function plainWithout(text: string): string {
  return text
    .replace(BEARER, (_, word: string, space: string) => `${word}${space}${SECRET_MARK}`)
    .replace(WEB_TOKEN, SECRET_MARK)
    .replace(NAMED_SECRET, (_, before: string) => `${before}${SECRET_MARK}`)
    .replace(USER_IN_ADDRESS, (_, before: string) => `${before}${SECRET_MARK}@`);
}

/** The same, with what is named as a secret in a form, in XML or in a line. */
function namedWithout(text: string): string {
  return rewriteNamed(text, {
    tells: (key) => (isSecretName(key) ? 'whole' : null),
    named: ({ key, text: value }) => (isNamedSecret(key, value) ? SECRET_MARK : null),
    between: plainWithout,
  });
}

function bodyWithout(text: string): string {
  if (!looksLikeJson(text)) return namedWithout(text);
  return rewriteJson(
    text,
    ({ kind, text: leaf, key, isWithin }) => {
      const isSecret = isSecretName(key) || isWithin;
      if (isSecret && (kind === 'string' || kind === 'number')) return kind === 'number' ? '0' : SECRET_MARK;
      const other = kind === 'number' ? leaf : namedWithout(leaf);
      return other === leaf ? null : other;
    },
    holdsSecrets,
  );
}

/** An address with the values of its secret parameters, and whoever stands before its host, taken out. */
function addressWithout(url: string): string {
  const plain = url.replace(USER_IN_ADDRESS, (_, before: string) => before);
  const named = plain.replace(/([?&])([^=&#]+)=([^&#]*)/g, (whole, mark: string, name: string) =>
    isSecretName(fromAddress(name)) ? `${mark}${name}=${encodeURIComponent(SECRET_MARK)}` : whole,
  );
  // A mark has brackets, which no address has as they are.
  return plainWithout(named).replaceAll(SECRET_MARK, encodeURIComponent(SECRET_MARK));
}

/** Headers that say who is calling are left out; the reader has their own. */
const headersWithout = (headers: readonly HeaderLine[]): HeaderLine[] =>
  headers.filter(({ name }) => !isSecretName(name)).map(({ name, value }) => ({ name, value: plainWithout(value) }));

/**
 * A request of the ledger without secrets. The ledger keeps none of Laurel's own; what an org answers, and what a person
 * wrote into a body or an address, is gone through once more.
 */
export function withoutSecrets(line: LedgerLine, contents: LedgerContents): SharedExchange {
  const { requestHeaders, requestBody, responseHeaders, responseBody } = contents;
  // Who signs in has nothing to show but the secret.
  const isSignIn = line.purpose === 'token';
  const body = (text: string | null): string | null => (text === null || isSignIn ? null : bodyWithout(text));
  return {
    line,
    url: addressWithout(line.url),
    requestHeaders: headersWithout(requestHeaders),
    requestBody: body(requestBody),
    answer:
      line.status === null
        ? null
        : { status: line.status, headers: headersWithout(responseHeaders), body: body(responseBody) },
  };
}
