import { z } from 'zod';
import type { Instant } from '../domain/instant';
import type { Message } from '../words/message';
import { messageSchema } from './message-schema';

/** Whether Laurel looks for updates by itself: nobody was asked yet, or what a person answered. */
export const UPDATE_CHOICES = ['unasked', 'on', 'off'] as const;
export type UpdateChoice = (typeof UPDATE_CHOICES)[number];

/** How the last look for an update ended. */
export const CHECK_RESULTS = ['newest', 'offered', 'failed', 'installed'] as const;
export type CheckResult = (typeof CHECK_RESULTS)[number];

export interface UpdateCheck {
  at: Instant;
  result: CheckResult;
  said: Message;
}

/** What the window knows of updates. */
export interface UpdatesState {
  /** The version that runs. */
  version: string;
  /** `none`: this Laurel knows no address for updates; `managed`: whoever looks after this computer forbids them. */
  availability: 'feed' | 'none' | 'managed';
  /** For `managed`: who says so, and where. Else null. */
  managed: Message | null;
  choice: UpdateChoice;
  work: 'checking' | 'downloading' | null;
  /** Of the download, in bytes; null outside one. */
  progress: { done: number; total: number } | null;
  /** The last look that ended, also of an earlier start; null: there was none. */
  lastCheck: UpdateCheck | null;
  /** A newer version that can be downloaded. */
  offered: { version: string; bytes: number; isInstallable: boolean } | null;
  /** The version that is installed when Laurel quits. */
  waiting: string | null;
}

/** What main asks the backend to fetch: all ways out are the backend's. */
export const updateOrder = z.object({
  url: z.string().max(4_000),
  /** Absolute path of the file that it is written into, and its size in bytes; null: a short text, given back. */
  target: z.object({ path: z.string().min(1), bytes: z.int().min(1) }).nullable(),
});
export type UpdateOrder = z.infer<typeof updateOrder>;

export const updateAnswer = z.discriminatedUnion('kind', [
  /** Base64. */
  z.object({ kind: z.literal('body'), body: z.string() }),
  /** The file is there in the size that was said. */
  z.object({ kind: z.literal('saved') }),
  /** An answer other than what was asked for. */
  z.object({ kind: z.literal('status'), status: z.int() }),
  z.object({ kind: z.literal('failed'), said: messageSchema }),
]);
export type UpdateAnswer = z.infer<typeof updateAnswer>;
