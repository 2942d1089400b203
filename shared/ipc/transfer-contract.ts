import { z } from 'zod';
import type { MeaningField } from '../gateway/meaning';
import { LANGUAGES, type Message, type MessagePart } from '../words/message';
import { boundedList } from './bounded-list';
import type { BadgeStep } from './bulk-contract';
import { job } from './method';

/**
 * How badges leave: a file each, one JSON list, an Excel workbook with a column for each field, or the bulk template of
 * the vendor, which has no column for some fields.
 */
export const TRANSFER_FORMATS = ['files', 'list', 'workbook', 'template'] as const;
export type TransferFormat = (typeof TRANSFER_FORMATS)[number];

/** Letters that can be pasted at once. */
const LONGEST_PASTED = 32_000_000;
/** Files that are imported at once. */
const MOST_FILES = 10_000;

const token = z.string().min(1).max(100);

/** What an export did not take with it, and of which badges. */
export interface TransferLoss {
  what: Message;
  names: readonly string[];
}

export interface TransferExport {
  /** Badges that were written. */
  badges: number;
  /** Name of the file or folder. */
  name: string;
  /** Badges that the format cannot hold at all. */
  left: readonly { name: string; reason: Message }[];
  losses: readonly TransferLoss[];
  /** What is to be known about the format. */
  notes: readonly Message[];
  /** Name of the file in which notes and losses stand; null where the format needs none. */
  notesFile: string | null;
}

/**
 * What would become of a badge that is imported. `new`: it comes; `same`: it is here, or twice in the source, and says the
 * same; `differs`: one of its name is here and says something else.
 */
export type TransferVerdict = 'new' | 'same' | 'differs';

export interface TransferLook {
  counts: Readonly<Record<TransferVerdict, number>>;
  /** The first badges that differ, at most {@link MOST_TOLD}: fields that say something else, and why they cannot be changed. */
  differing: readonly { name: string; fields: readonly MeaningField[]; reason: Message | null }[];
  unread: readonly { from: MessagePart; reason: Message }[];
  /** How many were passed over. */
  unreadCount: number;
  notes: readonly Message[];
  /** Every source holds exactly one create body: there is nothing to ask. */
  isPlain: boolean;
  /** What was looked at: `transfer.import` does this and nothing else. */
  seen: string;
}

/** Badges that a look names one by one. */
export const MOST_TOLD = 200;

export interface TransferImport {
  /** The step that takes the import back whole; null: nothing changed. */
  step: BadgeStep | null;
  made: number;
  changed: number;
  same: number;
  /** Badges that differ and stay as they are. */
  left: number;
  /** Why it ended early: what had come by then stays; null: it is whole. */
  stopped: Message | null;
  /** The badge that came last. */
  last: string | null;
}

const sources = boundedList(
  z.union([z.object({ token }), z.object({ text: z.string().max(LONGEST_PASTED) })]),
  MOST_FILES,
  'lists.files',
).min(1);

export const transferMethods = {
  /** Writes badges into a file, or a folder for `files`. */
  'transfer.export': job<{ done: number; total: number }, TransferExport>()(() =>
    z.object({
      token,
      ids: boundedList(z.string().min(1).max(64), 100_000, 'lists.badges').min(1),
      format: z.enum(TRANSFER_FORMATS),
      /** Of the notes beside a template. */
      language: z.enum(LANGUAGES).default('en'),
    }),
  ),
  /** Reads badges and compares them with those that are here. Nothing is written. */
  'transfer.look': job<{ done: number; total: number | null }, TransferLook>()(() => z.object({ sources })),
  /** Imports what was looked at, as one step of undo. A conflict when anything moved since: nothing is written. */
  'transfer.import': job<{ done: number; total: number | null }, TransferImport>()(() =>
    z.object({ sources, differing: z.enum(['leave', 'change']), seen: z.string().min(1).max(100) }),
  ),
};
