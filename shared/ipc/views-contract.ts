import { z } from 'zod';
import { badgeFilter, badgeSort } from './badges-contract';
import { boundedList } from './bounded-list';
import { call } from './method';

/** Views that a workspace keeps. */
export const MOST_VIEWS = 100;
/** Letters of a view's name. */
export const LONGEST_VIEW_NAME = 80;

/** How the list of badges is shown. */
export const BADGE_LOOKS = ['list', 'grid', 'table', 'programme'] as const;
export type BadgeLook = (typeof BADGE_LOOKS)[number];

/** Columns of the table beside the name, which is always the first. */
export const BADGE_COLUMNS = [
  ...(['status', 'earnType', 'startOn', 'expiresOn', 'customerLimit', 'badgeLimit', 'owner', 'group'] as const),
  ...(['rank', 'tag', 'changedOn', 'state', 'claims', 'enrolled', 'awarded', 'description', 'id'] as const),
] as const;
export type BadgeColumn = (typeof BADGE_COLUMNS)[number];

const someColumns = (columns: readonly BadgeColumn[]): BadgeColumn[] => [...new Set(columns)];
/** The columns of a table that nobody changed. */
export const FIRST_COLUMNS: readonly BadgeColumn[] = [
  ...(['status', 'earnType', 'startOn', 'expiresOn', 'customerLimit', 'owner', 'tag', 'changedOn'] as const),
];

const shownAs = z.object({
  look: z.enum(BADGE_LOOKS).default('list'),
  /** In their order; each once. */
  columns: boundedList(z.enum(BADGE_COLUMNS), 100, 'lists.fields')
    .default([...FIRST_COLUMNS])
    .transform(someColumns),
});
/** How the badges are shown: as what, and with which columns where that is a table. */
export type ShownAs = z.output<typeof shownAs>;

const viewName = z.string().trim().min(1).max(LONGEST_VIEW_NAME);

const shownBadges = shownAs.extend({ filter: badgeFilter, sort: badgeSort });
/** What a view shows of the badge list: which badges, in which order, and how. */
export type ShownBadges = z.output<typeof shownBadges>;

/**
 * A view that was kept under a name. `missing` is what its filter asks for and no badge has any more: tags as `name` or
 * `name=value`, and owners, also ones that only another version of Laurel knows; the latter are not in the filter.
 */
export interface BadgeView extends ShownBadges {
  name: string;
  missing: { tags: readonly string[]; owners: readonly string[] };
}

/** All views, in the order in which they were kept, and how the list was shown last. */
interface KeptViews {
  views: readonly BadgeView[];
  shownAs: ShownAs;
}

export const viewsMethods = {
  'badgeViews.list': call<KeptViews>()(() => z.object({})),
  /**
   * Keeps a view; at `place` of the order, or as the last. A conflict where its name is taken, unless it is to replace
   * that one, which keeps its place. Nothing is written then, nor where there are too many (`invalid-input`).
   */
  'badgeViews.keep': call<KeptViews>()(() =>
    shownBadges.extend({
      name: viewName,
      replace: z.boolean().default(false),
      place: z.int().min(0).max(MOST_VIEWS).optional(),
    }),
  ),
  /** Keeps how the list is shown from now on, whatever view is chosen. */
  'badgeViews.showAs': call<null>()(() => shownAs),
  /** A conflict where the new name is taken, not-found where the old one is not there. */
  'badgeViews.rename': call<KeptViews>()(() => z.object({ from: z.string().max(1_000), to: viewName })),
  /** Deletes a view; badges are not touched. One that is not there is gone already. */
  'badgeViews.remove': call<KeptViews>()(() => z.object({ name: z.string().max(1_000) })),
};
