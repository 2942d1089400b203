import { z } from 'zod';

/**
 * How the backend asks main for credentials, which main keeps: in the operating system's keychain where there is one,
 * else for the session only, unless a person accepted to have them on disk. Secrets travel as bytes, so that whoever held
 * them can wipe them.
 */

const secretId = z.string().regex(/^[0-9a-f]{1,64}$/);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const secretQuestion = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('keychain') }),
  z.object({ ask: z.literal('put'), secretId, secret: bytes, acceptRisk: z.boolean() }),
  z.object({ ask: z.literal('take'), secretId }),
  z.object({ ask: z.literal('place'), secretId }),
  z.object({ ask: z.literal('forget'), secretId }),
]);
export type SecretQuestion = z.infer<typeof secretQuestion>;

export const secretAnswer = z.object({
  /** Whether the system has a real keychain. */
  hasKeychain: z.boolean(),
  place: z.enum(['keychain', 'accepted-risk', 'session', 'missing']),
  /** Only for `take`. */
  secret: bytes.nullable(),
});
export type SecretAnswer = z.infer<typeof secretAnswer>;
