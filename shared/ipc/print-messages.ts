import { z } from 'zod';

/** What main answers when the backend asks for a page to be printed. */
export const printAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('printed'), pdf: z.instanceof(Uint8Array) }),
  /** Nothing came within the time a print may take. */
  z.object({ kind: z.literal('late') }),
  /** In Chromium's words. */
  z.object({ kind: z.literal('failed'), reason: z.string().max(4_000) }),
]);
export type PrintAnswer = z.infer<typeof printAnswer>;
