import { createHash } from 'node:crypto';
import { z } from 'zod';
import { credentialsInput } from '../../../../shared/ipc/sync-contract';

export type Credentials = z.output<typeof credentialsInput>;

/** What a keeper may hand out: besides what a person enters, what only a command line is given. */
const keptCredentials = z.discriminatedUnion('kind', [
  ...credentialsInput.options,
  z.object({ kind: z.literal('token'), token: z.string().regex(/^[\x21-\x7e]{1,16000}$/) }),
  /** For a practice org that lets every program of its machine in. */
  z.object({ kind: z.literal('none') }),
]);
export type KeptCredentials = z.output<typeof keptCredentials>;

/** A header that proves who is calling. */
export interface AuthorizationHeader {
  name: string;
  value: string;
}

/** Credentials as the bytes that a keeper keeps. */
export function toSecret(credentials: KeptCredentials): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(credentials));
}

/** Reads kept credentials and wipes the bytes they came in. Null when they are none. */
export function fromSecret(secret: Uint8Array): KeptCredentials | null {
  try {
    return keptCredentials.parse(JSON.parse(new TextDecoder().decode(secret)));
  } catch {
    return null;
  } finally {
    secret.fill(0);
  }
}

/** The first characters of the user or key, never more than a third of it. */
export function accountOf(credentials: Credentials): string {
  const account = credentials.kind === 'basic' ? credentials.user : credentials.key;
  return `${account.slice(0, Math.min(6, Math.ceil(account.length / 3)))}…`;
}

/**
 * Basic authentication as the live org expects it: the password goes as its MD5. One that was handed out in that form
 * already, 32 hex digits, goes as it is.
 */
export function basicHeader({ user, password }: { user: string; password: string }): AuthorizationHeader {
  const digest = /^[0-9a-f]{32}$/i.test(password) ? password : createHash('md5').update(password).digest('hex');
  return { name: 'authorization', value: `Basic ${Buffer.from(`${user}:${digest}`, 'utf8').toString('base64')}` };
}

/** Carries an OAuth access token. */
export const TOKEN_HEADER = 'x-cap-api-oauth-token';

export function tokenHeader(accessToken: string): AuthorizationHeader {
  return { name: TOKEN_HEADER, value: accessToken };
}

/**
 * Takes out of a text what an org may have echoed: the value of the header and, for Basic, what it says.
 *
 * @param header that the request left with
 */
export function withoutSecrets(text: string, header: AuthorizationHeader | null): string {
  if (header === null) return text;
  return secretsIn(header).reduce((clean, secret) => clean.replaceAll(secret, '(secret)'), text);
}

/** {@link withoutSecrets} for the bytes of a body, which are left as they are where nothing was echoed. */
export function bodyWithoutSecrets(body: Buffer, header: AuthorizationHeader | null): Buffer {
  if (header === null || !secretsIn(header).some((secret) => body.includes(secret))) return body;
  return Buffer.from(withoutSecrets(body.toString('utf8'), header), 'utf8');
}

function secretsIn({ name, value }: AuthorizationHeader): string[] {
  if (name !== 'authorization') return [value];
  const encoded = value.slice('Basic '.length);
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const password = decoded.slice(decoded.indexOf(':') + 1);
  return [encoded, decoded, password].filter((secret) => secret.length >= 6);
}
