import { z } from 'zod';
import {
  BADGE_STATUSES,
  EARN_TYPES,
  BADGE_OWNERS,
  type BadgeStatus,
  type EarnType,
  type BadgeOwner,
  type OwnerType,
  type Constraint,
} from '../domain/badge';
import type { BadgeTrigger } from '../domain/badge-trigger';
import type { Instant } from '../domain/instant';
import type { ProgrammeEntry, ProgrammeGroup } from '../domain/programme';
import { LANGUAGES, type Message } from '../words/message';
import { boundedList } from './bounded-list';
import { call } from './method';

const badgeId = z.string().min(1).max(64);
/** In which Laurel names what it makes. */
const language = z.enum(LANGUAGES).default('en');

export const badgeFilter = z.object({
  search: z.string().max(200).default(''),
  status: boundedList(z.enum(BADGE_STATUSES), 20, 'lists.statuses').default([]),
  earnType: boundedList(z.enum(EARN_TYPES), 20, 'lists.earnTypes').default([]),
  owner: boundedList(z.enum(BADGE_OWNERS), 100, 'lists.owners').default([]),
  /** `name` or `name=value` of a tag. */
  tag: boundedList(z.string().max(400), 1_000, 'lists.tags').default([]),
  /** Only badges that break a rule. */
  withProblems: z.boolean().default(false),
});
export type BadgeFilter = z.input<typeof badgeFilter>;

/**
 * What the list is sorted by. Owners by the first in their order, tags as they are written, limits of a customer and of
 * all by the number of the first, `state` with what an org has before drafts; what a badge does not say comes last.
 * `programme` is group by group in their order, and inside a group by rank (semantics G2).
 */
export const BADGE_SORTS = [
  ...(['name', 'startOn', 'expiresOn', 'changedOn', 'status', 'earnType'] as const),
  ...(['owner', 'tag', 'group', 'rank', 'customerLimit', 'badgeLimit', 'state'] as const),
  'programme',
] as const;

export const badgeSort = z.object({
  by: z.enum(BADGE_SORTS).default('changedOn'),
  descending: z.boolean().default(true),
});

/** One line of the badge list. Instants are microseconds since the epoch; null where the draft has none that can be read. */
export interface BadgeSummary {
  id: string;
  name: string;
  /** The first words of a draft whose text is no JSON object, so that it can be told from others; null for all others. */
  excerpt: string | null;
  description: string | null;
  status: BadgeStatus | null;
  earnType: EarnType | null;
  startOn: number | null;
  expiresOn: number | null;
  active: boolean;
  owners: readonly BadgeOwner[];
  tags: readonly string[];
  activeClaims: number;
  problemCount: number;
  changedOn: number;
  /** `draft`: known only here; `pushed`: a live org has it too, and it cannot be deleted. */
  state: 'draft' | 'pushed';
  issuedCount: number;
  earnedCount: number;
  /** Digest of its design (`art.thumbnails`); null where it has none. */
  art: string | null;
  /** Where they were asked for. */
  facts?: BadgeFacts;
}

/** What a table of badges shows besides: as the text says it, as far as it can be read. */
export interface BadgeFacts {
  group: string | null;
  rank: string | null;
  customerLimits: readonly Constraint[];
  badgeLimits: readonly Constraint[];
  /** Who has claimed it, each kind of owner once. */
  claimedBy: readonly OwnerType[];
}

/** A group that a badge can be put into, and how many badges are in it. */
export interface GroupChoice extends ProgrammeGroup {
  badges: number;
}

/** Characters of the name of a group. */
export const LONGEST_GROUP_NAME = 200;

/** The badges that a filter selects in the order of the programme, and all groups that are kept, in theirs. */
export interface BadgeProgramme {
  groups: readonly ProgrammeGroup[];
  entries: readonly ProgrammeEntry[];
}

export interface BadgePage {
  total: number;
  offset: number;
  rows: readonly BadgeSummary[];
}

/** A rule that a draft breaks. `path` is the field in the create body, e.g. `customerConstraints[0].refreshRate`. */
export interface BadgeProblem {
  code: number;
  message: string;
  reference: string | null;
  path: string;
  advice: Message;
}

export interface BadgeClaim {
  ownerType: OwnerType;
  referenceId: string;
}

export interface BadgeDetail {
  id: string;
  /** The create body as JSON text, exactly as it was last saved; may break any rule. */
  body: string;
  /** Sent with X-CAP-BADGES-MIGRATION, so that a start date in the past is allowed (semantics L4). */
  migration: boolean;
  /** When the start date got its value; a start in the past (722) is judged as of then, not as of now. */
  startSetOn: number;
  revision: number;
  /** Digest of the design of this revision; null: it has none. */
  art: string | null;
  canUndo: boolean;
  canRedo: boolean;
  problems: readonly BadgeProblem[];
  warnings: readonly { code: number; message: Message; path: string }[];
  claims: readonly BadgeClaim[];
  /** What its campaign counts before it asks for an award, as a template brought it; null: nobody said. */
  trigger: BadgeTrigger | null;
  /** When the last enrolment made here ends, exclusive; null: nobody was enrolled. */
  enrolledUntil: number | null;
  summary: BadgeSummary;
}

export interface BadgeRevision {
  revision: number;
  savedOn: number;
  /** What changed, in words: `Start date`, `Pasted JSON`, `Created from template Welcome`. */
  label: string;
  current: boolean;
}

/** How many badges each choice of a filter would leave, under the other kinds of choices that are made. */
export interface BadgeFacets {
  total: number;
  withProblems: number;
  status: Readonly<Record<BadgeStatus, number>>;
  earnType: Readonly<Record<EarnType, number>>;
  owner: Readonly<Record<string, number>>;
  /** Most used first, at most 200, as `name=value`. */
  tag: readonly { tag: string; count: number }[];
}

/** A draft in the trash. Instants in microseconds since the epoch. */
export interface DeletedBadge {
  id: string;
  name: string;
  deletedOn: Instant;
  goneOn: Instant;
}

export const badgeMethods = {
  'badges.list': call<BadgePage>()(() =>
    z.object({
      filter: badgeFilter.prefault({}),
      sort: badgeSort.prefault({}),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
      withFacts: z.boolean().default(false),
    }),
  ),
  'badges.facets': call<BadgeFacets>()(() => z.object({ filter: badgeFilter.prefault({}) })),
  /** The ids of all badges a filter selects, in list order, for Select all; at most 100,000. */
  'badges.ids': call<{ ids: readonly string[] }>()(() =>
    z.object({ filter: badgeFilter.prefault({}), sort: badgeSort.prefault({}) }),
  ),
  /** What the programme is drawn of; its rows are those of `badges.list` sorted by `programme`. */
  'badges.programme': call<BadgeProgramme>()(() => z.object({ filter: badgeFilter.prefault({}) })),
  /** All groups: those that are kept, in their order, then those that only badges name. */
  'badges.groups': call<{ groups: readonly GroupChoice[] }>()(() => z.object({})),
  /** Gives a group a name in this workspace; a blank one takes it away. Invalid-input where another has it (733). */
  'badges.nameGroup': call<null>()(() =>
    z.object({ id: z.string().min(1).max(1_000), name: z.string().max(LONGEST_GROUP_NAME) }),
  ),
  /**
   * Makes a group in this workspace, the last of those that are kept. Without an id: a new one, which no org knows.
   * Invalid-input where another group has the name (733) or the id.
   */
  'badges.createGroup': call<ProgrammeGroup>()(() =>
    z.object({ name: z.string().max(LONGEST_GROUP_NAME), id: z.string().max(1_000).default('') }),
  ),
  /** Puts a group before or behind another one; the order stays in this workspace. */
  'badges.moveGroup': call<null>()(() =>
    z.object({
      id: z.string().min(1).max(1_000),
      next: z.string().min(1).max(1_000),
      side: z.enum(['before', 'after']),
    }),
  ),
  'badges.get': call<BadgeDetail>()(() => z.object({ id: badgeId })),
  /** Saves a new draft. Without a body: an empty one with a free name. A taken name in a body is kept and marked (725). */
  'badges.create': call<BadgeDetail>()(() =>
    z.object({
      body: z.string().max(4_000_000).optional(),
      migration: z.boolean().default(false),
      label: z.string().max(200).default('Created'),
      /** Id of the template that the body is of: what Simulate knows of it stays with the badge. */
      template: z.string().max(100).optional(),
      language,
    }),
  ),
  /** Saves the next revision. A stale baseRevision is a conflict: nothing is written. */
  /** The text of a badge file that a person chose, UTF-8 or UTF-16, whatever it says. */
  'badges.readFile': call<{ text: string }>()(() => z.object({ token: z.string().min(1).max(100) })),
  'badges.save': call<BadgeDetail>()(() =>
    z.object({
      id: badgeId,
      baseRevision: z.int().min(1),
      body: z.string().max(4_000_000),
      migration: z.boolean(),
      label: z.string().max(200),
      /** Digest that `art.keep` answered, or null to take the design away; it stays as it is unless given. */
      art: z
        .string()
        .regex(/^[0-9a-f]{32}$/)
        .nullable()
        .optional(),
    }),
  ),
  'badges.undo': call<BadgeDetail>()(() => z.object({ id: badgeId })),
  'badges.redo': call<BadgeDetail>()(() => z.object({ id: badgeId })),
  'badges.revisions': call<{ revisions: readonly BadgeRevision[] }>()(() => z.object({ id: badgeId })),
  'badges.restore': call<BadgeDetail>()(() => z.object({ id: badgeId, revision: z.int().min(1) })),
  'badges.duplicate': call<{ created: readonly string[] }>()(() =>
    z.object({ ids: boundedList(badgeId, 10_000, 'lists.badges').min(1), language }),
  ),
  /** Drafts only (semantics L11); badges with enrolments or awards, or pushed ones, are refused with a reason. */
  'badges.delete': call<{
    deleted: readonly string[];
    refused: readonly { id: string; name: string; reason: Message }[];
  }>()(() =>
    z.object({
      ids: boundedList(badgeId, 100_000, 'lists.badges').min(1),
      /** The backup that `backups.beforeDeletion` made for this deletion; one is made where it is another, or none. */
      backup: z.string().min(1).max(100).optional(),
    }),
  ),
  /** Brings back drafts deleted in this or an earlier session. */
  'badges.undelete': call<{ restored: readonly string[] }>()(() =>
    z.object({ ids: boundedList(badgeId, 100_000, 'lists.badges').min(1) }),
  ),
  /** Deleted drafts that can still be brought back, the one deleted last first; `goneOn` is when each goes for good. */
  'badges.trash': call<{ total: number; rows: readonly DeletedBadge[] }>()(() =>
    z.object({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(500).default(100) }),
  ),
  /** Removes deleted drafts for good; without ids all of them. A backup is made before many. */
  'badges.forget': call<{ forgotten: number }>()(() =>
    z.object({ ids: boundedList(badgeId, 100_000, 'lists.badges').min(1).optional() }),
  ),
  /** Whether another badge has exactly this name (semantics L6). */
  'badges.nameTaken': call<{ taken: boolean }>()(() => z.object({ name: z.string(), exceptId: badgeId.optional() })),
  /** Rules K2, K3: the gateway's codes come back in `rejected-by-gateway`; claiming again is answered with `already`. */
  'badges.claim': call<{ detail: BadgeDetail; already: boolean }>()(() =>
    z.object({ id: badgeId, ownerType: z.string().max(100), referenceId: z.string().max(200) }),
  ),
  'badges.unclaim': call<BadgeDetail>()(() =>
    z.object({ id: badgeId, ownerType: z.string().max(100), referenceId: z.string().max(200) }),
  ),
  /** Adds the sample programme: a dozen badges of every kind, claimed. Names already taken are skipped. */
  'badges.addSamples': call<{ created: readonly string[]; skipped: number }>()(() => z.object({ language })),
};
