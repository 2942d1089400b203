import { z } from 'zod';
import { BADGE_OWNERS, IMAGE_TAGS, PERIOD_UNITS } from '../domain/badge';
import { DATE_FIELDS, EXPIRY_FIELDS, PLAIN_FIELDS, TEXT_FIELDS, type BulkCell } from '../domain/bulk-change';
import { LIMIT_KINDS } from '../domain/bulk-limits';
import { BENEFIT_FIELDS } from '../domain/bulk-lists';
import { CONSTRAINT_TYPES } from '../domain/read-constraints';
import { FARTHEST } from '../domain/instant';
import type { Message } from '../words/message';
import { boundedList } from './bounded-list';
import { call, job } from './method';

/** Badges that are changed at once. */
export const MOST_CHANGED = 10_000;

const limitKind = z.enum(LIMIT_KINDS);
const whole = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const words = z.string().max(10_000);
/** Microseconds. */
const instant = z.number().min(-FARTHEST).max(FARTHEST);

const limitAction = z.discriminatedUnion('action', [
  z.object({ action: z.literal('set'), kind: limitKind, limit: whole }),
  z.object({ action: z.literal('raise'), kind: limitKind, percent: z.int().min(-100).max(10_000) }),
  z.object({ action: z.literal('remove'), kind: limitKind }),
  z.object({
    action: z.literal('add'),
    constraint: z
      .object({ constraintType: z.enum(CONSTRAINT_TYPES) })
      .catchall(z.union([z.string().max(40), z.number()])),
  }),
]);

const benefit = z.object({
  benefitType: z.enum(['COUPON', 'LOYALTY_POINTS']),
  numbers: z.partialRecord(z.enum(BENEFIT_FIELDS), whole),
});

/** A change as `shared/domain/bulk-change.ts` makes it. */
const bulkChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('replace'),
    find: words.min(1),
    replacement: words,
    fields: boundedList(z.enum(TEXT_FIELDS), TEXT_FIELDS.length, 'lists.fields').min(1),
    matchCase: z.boolean(),
  }),
  z.object({
    kind: z.literal('field'),
    field: z.enum(PLAIN_FIELDS),
    value: z.union([words, z.number(), z.boolean(), z.null()]),
  }),
  z.object({ kind: z.literal('limit'), level: z.enum(['CUSTOMER', 'BADGE']), change: limitAction }),
  z.object({
    kind: z.literal('dates'),
    which: z.enum(['start', 'end', 'all']),
    days: z.int().min(-100_000).max(100_000),
  }),
  z.object({ kind: z.literal('date'), field: z.enum(DATE_FIELDS), at: instant }),
  z.object({
    kind: z.literal('expiry'),
    field: z.enum(EXPIRY_FIELDS),
    expiry: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('NEVER') }),
        z.object({ kind: z.literal('WITH_BADGE_META') }),
        z.object({ kind: z.literal('FIXED_DATE'), expiresOn: instant }),
        z.object({ kind: z.literal('RELATIVE'), unit: z.enum(PERIOD_UNITS), value: z.int().min(1) }),
      ])
      .nullable(),
  }),
  z.object({ kind: z.literal('owner'), action: z.enum(['add', 'remove']), owner: z.enum(BADGE_OWNERS) }),
  z.object({
    kind: z.literal('tag'),
    action: z.enum(['add', 'remove']),
    name: words.min(1),
    value: words.nullable(),
  }),
  z.object({ kind: z.literal('customField'), name: words.min(1), value: words.nullable() }),
  z.object({
    kind: z.literal('image'),
    tag: z.enum(IMAGE_TAGS),
    image: z.object({ name: words, url: words.nullable(), fileSvcHandle: words.nullable() }).nullable(),
  }),
  z.object({
    kind: z.literal('benefit'),
    change: z.discriminatedUnion('action', [
      z.object({ action: z.enum(['add', 'remove']), benefit }),
      z.object({ action: z.literal('set'), field: z.enum(BENEFIT_FIELDS), value: z.int().nullable() }),
    ]),
  }),
  z.object({
    kind: z.literal('places'),
    places: boundedList(
      z.object({
        id: z.string().min(1).max(64),
        group: z.string().min(1).max(1_000).nullable(),
        rank: z.int().nullable(),
      }),
      MOST_CHANGED,
      'lists.badges',
    ).min(1),
  }),
]);

/** A rule that the changed badge would break, or what an org that has it would refuse. */
export interface BulkBreak {
  code: number;
  message: string;
  path: string;
  advice: Message;
  /** The org that would refuse it; null: the draft itself breaks the rule. */
  org: string | null;
}

/**
 * What would become of one badge. `changes`: it is changed; `breaks`: it would break a rule that it keeps now, and is left
 * as it is unless asked otherwise; `same`: it says so already; `kept`: it cannot be changed, for the reason.
 */
export interface BulkRow {
  id: string;
  name: string;
  verdict: 'changes' | 'breaks' | 'same' | 'kept';
  cells: readonly BulkCell[];
  breaks: readonly BulkBreak[];
  /** What surprises though nothing refuses it. */
  warnings: readonly Message[];
  reason: Message | null;
}

export interface BulkPreview {
  /** In the order of the ids; badges that are gone are left out. */
  rows: readonly BulkRow[];
  counts: Readonly<Record<BulkRow['verdict'], number>>;
  /** How many would be changed. */
  changing: number;
  /** What was looked at: `bulk.apply` does this and nothing else. */
  seen: string;
}

/** Badges looked at. */
export interface BulkProgress {
  done: number;
  total: number;
}

/** One step of undo that is about several badges. */
export interface BadgeStep {
  key: number;
  changed: number;
}

/** A step that can be taken back: badges were changed, made or deleted together, in whatever way, or groups of badges were made, named or put in order. */
export interface RememberedStep extends BadgeStep {
  kind: 'change' | 'made' | 'deletion' | 'groups';
}

/** What undoing or redoing a step did; `left` are badges, or groups, that moved on since and stay as they are. */
export interface StepMove {
  moved: readonly string[];
  left: readonly { id: string; name: string; reason: Message }[];
}

const order = z.object({
  ids: boundedList(z.string().min(1).max(64), MOST_CHANGED, 'lists.badges').min(1),
  change: bulkChange,
  /** Whether badges that would break a rule are changed too. */
  withBreaks: z.boolean().default(false),
});

export const bulkMethods = {
  /** What a change would do to many badges; nothing is written. */
  'bulk.preview': job<BulkProgress, BulkPreview>()(() => order),
  /**
   * Makes the change that was looked at, in one transaction. A conflict when anything moved since: nothing is written. It
   * can be cancelled until it is written.
   */
  'bulk.apply': job<BulkProgress, BadgeStep>()(() => order.extend({ seen: z.string().min(1).max(100) })),
  /** Remembers that badges were made together, as a step: taking it back puts them into the trash. */
  'bulk.made': call<BadgeStep>()(() =>
    z.object({ ids: boundedList(z.string().min(1).max(64), MOST_CHANGED, 'lists.badges').min(1) }),
  ),
  /** Remembers that badges were deleted together, as a step: taking it back brings them back from the trash. */
  'bulk.deleted': call<BadgeStep>()(() =>
    z.object({ ids: boundedList(z.string().min(1).max(64), MOST_CHANGED, 'lists.badges').min(1) }),
  ),
  /**
   * Steps that were made after the one of a key and are done, in their order: those of other screens and of the workspace
   * folder, too. 0: all that are remembered.
   */
  'bulk.later': call<{ steps: readonly RememberedStep[] }>()(() => z.object({ after: z.int().min(0) })),
  /** Takes a step back, or makes it again. Not-found when this session made no such step. */
  'bulk.undo': call<StepMove>()(() => z.object({ key: z.int().min(1) })),
  'bulk.redo': call<StepMove>()(() => z.object({ key: z.int().min(1) })),
};
