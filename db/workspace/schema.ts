import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * One draft: what the list shows, filters and sorts by. The body itself is in its revisions, so that reading the list
 * never passes over megabytes of JSON. Instants are microseconds since the epoch. `deletedOn` is set on a draft that
 * can still be brought back.
 */
export const badges = sqliteTable(
  'badges',
  {
    key: integer('key').primaryKey(),
    /** 24 hex digits; kept when the draft is registered with an org. */
    id: text('id').notNull(),
    /** The revision that counts now; undo moves it back, redo forward. */
    revision: integer('revision').notNull(),
    /** The highest number ever given, so that no number is used twice and a stale editor is always noticed. */
    lastRevision: integer('last_revision').notNull(),
    createdOn: integer('created_on').notNull(),
    changedOn: integer('changed_on').notNull(),
    deletedOn: integer('deleted_on'),
    pushedOn: integer('pushed_on'),

    name: text('name').notNull(),
    /** Name without accents and case, for sorting. */
    sortName: text('sort_name').notNull(),
    /** Name, description, tags and id without accents and case. */
    searchText: text('search_text').notNull(),
    description: text('description'),
    earnType: text('earn_type', { enum: ['EARN', 'ISSUE_EARN'] }),
    startOn: integer('start_on'),
    expiresOn: integer('expires_on'),
    active: integer('active', { mode: 'boolean' }).notNull(),
    /** Bit n: the n-th of OWNER_TYPES. */
    owners: integer('owners').notNull(),
    /** JSON list of `name=value`, in the order of the body. */
    tags: text('tags').notNull(),

    activeClaims: integer('active_claims').notNull(),
    /** Broken rules apart from 725, with a start in the past forbidden and with it allowed (semantics L4). */
    problems: integer('problems').notNull(),
    problemsPastAllowed: integer('problems_past_allowed').notNull(),
    /** Another draft has exactly this name (725). */
    nameShared: integer('name_shared', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    uniqueIndex('badges_id').on(table.id),
    index('badges_name')
      .on(table.name)
      .where(sql`deleted_on IS NULL`),
    index('badges_by_name')
      .on(table.sortName, table.key)
      .where(sql`deleted_on IS NULL`),
    index('badges_by_change')
      .on(table.changedOn, table.key)
      .where(sql`deleted_on IS NULL`),
    index('badges_by_start')
      .on(table.startOn, table.key)
      .where(sql`deleted_on IS NULL`),
    index('badges_by_end')
      .on(table.expiresOn, table.key)
      .where(sql`deleted_on IS NULL`),
    // The next two hold every column that the list's filters and counts read, so that these never touch the wide rows.
    index('badges_by_search')
      .on(
        table.searchText,
        table.earnType,
        table.owners,
        table.problems,
        table.problemsPastAllowed,
        table.nameShared,
        table.startOn,
        table.expiresOn,
      )
      .where(sql`deleted_on IS NULL`),
    index('badges_by_facet')
      .on(
        table.earnType,
        table.owners,
        table.problems,
        table.problemsPastAllowed,
        table.nameShared,
        table.startOn,
        table.expiresOn,
      )
      .where(sql`deleted_on IS NULL`),
    index('badges_deleted')
      .on(table.deletedOn)
      .where(sql`deleted_on IS NOT NULL`),
  ],
);

/** Every saved state of a draft, newest 200. The text is kept as it came, also where it is not JSON. */
export const revisions = sqliteTable(
  'revisions',
  {
    badgeKey: integer('badge_key')
      .notNull()
      .references(() => badges.key, { onDelete: 'cascade' }),
    revision: integer('revision').notNull(),
    savedOn: integer('saved_on').notNull(),
    label: text('label').notNull(),
    body: text('body').notNull(),
    migration: integer('migration', { mode: 'boolean' }).notNull(),
    /** When the start date got its value: 722 is judged as of then, or a valid draft would break by waiting. */
    startSetOn: integer('start_set_on').notNull(),
  },
  (table) => [uniqueIndex('revisions_badge_revision').on(table.badgeKey, table.revision)],
);

export const badgeTags = sqliteTable(
  'badge_tags',
  {
    badgeKey: integer('badge_key')
      .notNull()
      .references(() => badges.key, { onDelete: 'cascade' }),
    /** `name=value`, or the bare name of a tag without a value. */
    tag: text('tag').notNull(),
    name: text('name').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.badgeKey, table.tag] }),
    index('badge_tags_tag').on(table.tag, table.badgeKey),
    index('badge_tags_name').on(table.name, table.badgeKey),
  ],
);

/** Claims in the order they were made; an unclaimed one stays with isActive false (semantics K4). */
export const claims = sqliteTable(
  'claims',
  {
    key: integer('key').primaryKey(),
    badgeKey: integer('badge_key')
      .notNull()
      .references(() => badges.key, { onDelete: 'cascade' }),
    ownerType: text('owner_type').notNull(),
    referenceId: text('reference_id').notNull(),
    isActive: integer('is_active', { mode: 'boolean' }).notNull(),
    claimedOn: integer('claimed_on').notNull(),
  },
  (table) => [index('claims_badge').on(table.badgeKey)],
);

/** Settings that differ from the defaults, each as JSON. */
export const settings = sqliteTable('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});

/** Long work under way. A row left by an earlier start means that the work was rolled back. */
export const jobs = sqliteTable('jobs', {
  key: integer('key').primaryKey(),
  /** What was being done, for people: "Award of Summer visitor to customers.csv". */
  title: text('title').notNull(),
  /** The request it makes in the org file: if that is there, the work was done and only this row outlived it. */
  requestId: text('request_id'),
  startedOn: integer('started_on').notNull(),
});
