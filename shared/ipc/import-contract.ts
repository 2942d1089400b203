import { z } from 'zod';
import type { Message } from '../words/message';
import { draftBadge, draftFile, type KeptDraft } from './form-draft';
import { draftBegin, jobBegin } from './job-queue-contract';
import { call, job } from './method';
import type { LiveJobView } from './sync-contract';
import { tableChoices } from './tables-contract';

const importSource = z.object({
  connectionId: z.int().min(1),
  remoteBadgeId: z.string().min(1).max(64),
  /** A table with columns of customers, dates and expiries. */
  token: z.string().min(1).max(100),
  choices: tableChoices.default({}),
  /** Write an award although an earlier row, or the customer at the org, has one of the same date and expiry. */
  again: z.boolean().default(false),
});

/** What an import would write, before anything is sent. */
export interface ImportLook {
  /** As the org calls it now. */
  badgeName: string;
  remoteBadgeId: string;
  /** Rows of the table, and awards that would be written unless the customer holds them already. */
  total: number;
  awards: number;
  /** Of the awards: those that stand in an earlier row, too. */
  repeated: number;
  /** Why the other rows are left out, most frequent first. */
  leftOut: readonly { count: number; words: Message }[];
  /** The first awards, for a look at them. Instants. */
  sample: readonly { customer: string; eventDate: number; expiresOn: number }[];
  /** The earliest and the latest date of the awards; null where there are none. */
  span: { from: number; to: number } | null;
  /** Requests that write, and those that read a customer before. */
  requests: number;
  reads: number;
  secondsAtLeast: number;
  /** What an import does not check, and what is worth knowing before. */
  notes: readonly Message[];
  /** Names just these awards of this badge: an import that finds others when it starts sends nothing. */
  seen: string;
}

/** How an import is filled in, before it is started. */
export const importDraft = z.object({
  /** Whether the form stood open. */
  isOpen: z.boolean(),
  badge: draftBadge.nullable(),
  file: draftFile.nullable(),
  choices: tableChoices,
  again: z.boolean(),
  /** Left out where nothing was chosen of it. */
  begin: draftBegin.optional(),
});
export type ImportDraft = z.output<typeof importDraft>;

export const importMethods = {
  /** Goes through the table and reads the badge. Nothing is sent that changes anything. */
  'liveJobs.lookImport': job<{ done: number; total: number | null }, ImportLook>()(() => importSource),
  /** Starts a live job that writes what a look showed. For production with the org's name. */
  'liveJobs.import': call<LiveJobView>()(() =>
    importSource.extend({
      seen: z.string().min(1).max(100),
      begin: jobBegin,
      /** How it was filled in, kept while it waits, so that it can be taken out and changed. */
      form: importDraft.optional(),
      typedName: z.string().max(200).optional(),
    }),
  ),
  'liveJobs.importDraft': call<KeptDraft<ImportDraft> | null>()(() => z.object({ connectionId: z.int().min(1) })),
  /** Null: the draft is gone. */
  'liveJobs.keepImportDraft': call<null>()(() =>
    z.object({ connectionId: z.int().min(1), draft: importDraft.nullable() }),
  ),
};
