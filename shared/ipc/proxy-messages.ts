import { z } from 'zod';

/** What main answers when the backend asks how the operating system would reach an address. */
export const proxyAnswer = z.discriminatedUnion('kind', [
  /** As a script's: `PROXY host:port; DIRECT`. */
  z.object({ kind: z.literal('rules'), rules: z.string().max(10_000) }),
  /** The system names a script: whoever asked reads it. */
  z.object({ kind: z.literal('script'), address: z.string().max(4_000) }),
]);
export type ProxyAnswer = z.infer<typeof proxyAnswer>;
