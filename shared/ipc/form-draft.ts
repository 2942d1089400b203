import { z } from 'zod';

/** A badge as a draft of a live job, an import or a take-back holds it: its id here and in the org. */
export const draftBadge = z.object({
  badgeId: z.string().max(64),
  remoteId: z.string().min(1).max(64),
  name: z.string().max(10_000),
});

/** A file of a draft by its token. */
export const draftFile = z.object({ token: z.string().min(1).max(100), name: z.string().max(1_000) });

/** A draft as it is given back: a file that is gone is named, and has no token any more. */
export interface KeptDraft<Draft> {
  draft: Draft;
  file: { token: string; name: string; bytes: number } | null;
  goneFile: string | null;
}
