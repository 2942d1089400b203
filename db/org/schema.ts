import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { EarnType, OwnerType } from '../../shared/domain/badge';
import type { CustomerIdentifierKind, CustomFieldType, IssuanceKind } from '../../shared/domain/org';

/*
 * An org's file. Instants are whole microseconds since the epoch. A `key` is this file's own short name for a row; the
 * 24-digit ids of enrolments and awards are computed from it (shared/domain/object-id.ts) and stored nowhere.
 */

/** One row: what the org is, and the part of its ids that sets them apart from another org's. */
export const org = sqliteTable('org', {
  key: integer().primaryKey(),
  orgId: integer('org_id').notNull(),
  /** 24 bits, drawn once. */
  salt: integer().notNull(),
  /** OrgSettings as JSON; a setting that is absent has its default. */
  settings: text().notNull(),
  createdOn: integer('created_on').notNull(),
});

export const badges = sqliteTable(
  'badges',
  {
    key: integer().primaryKey(),
    /** 24 hex digits, as callers know it. */
    id: text().notNull(),
    numericId: integer('numeric_id').notNull(),
    /** The newest row of `definitions` of this badge. */
    definitionKey: integer('definition_key').notNull(),
    // The columns below repeat parts of the definition, for lists that filter and sort.
    name: text().notNull(),
    startOn: integer('start_on').notNull(),
    expiresOn: integer('expires_on').notNull(),
    earnType: text('earn_type').$type<EarnType>().notNull(),
    active: integer({ mode: 'boolean' }).notNull(),
    groupId: text('group_id'),
    rank: integer(),
    /** Every enrolment and award ever made, revoked ones included (semantics N1). */
    issuedCount: integer('issued_count').notNull().default(0),
    earnedCount: integer('earned_count').notNull().default(0),
    createdOn: integer('created_on').notNull(),
    createdBy: integer('created_by').notNull(),
    lastUpdatedOn: integer('last_updated_on').notNull(),
    lastUpdatedBy: integer('last_updated_by').notNull(),
  },
  (table) => [
    uniqueIndex('badges_id').on(table.id),
    uniqueIndex('badges_numeric_id').on(table.numericId),
    // Not unique: in a workspace a draft may take over the name that another one had when it was last issued.
    index('badges_name').on(table.name),
  ],
);

/** Every form a badge has had, so that an old request is explained by the rules it was judged by. */
export const definitions = sqliteTable(
  'definitions',
  {
    key: integer().primaryKey(),
    badgeKey: integer('badge_key').notNull(),
    /** BadgeDefinition as JSON. */
    definition: text().notNull(),
  },
  (table) => [index('definitions_badge').on(table.badgeKey)],
);

/** Claims in the order they were made; an unclaimed one stays, inactive (semantics K4). */
export const claims = sqliteTable(
  'claims',
  {
    key: integer().primaryKey(),
    badgeKey: integer('badge_key')
      .notNull()
      .references(() => badges.key),
    position: integer().notNull(),
    ownerType: text('owner_type').$type<OwnerType>().notNull(),
    referenceId: text('reference_id').notNull(),
    isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  },
  (table) => [uniqueIndex('claims_badge_position').on(table.badgeKey, table.position)],
);

export const groups = sqliteTable(
  'groups',
  {
    key: integer().primaryKey(),
    id: text().notNull(),
    name: text().notNull(),
    rank: integer().notNull(),
    isActive: integer('is_active', { mode: 'boolean' }).notNull(),
    createdOn: integer('created_on').notNull(),
    createdBy: integer('created_by').notNull(),
    lastUpdatedOn: integer('last_updated_on').notNull(),
    lastUpdatedBy: integer('last_updated_by').notNull(),
  },
  (table) => [
    uniqueIndex('groups_id').on(table.id),
    uniqueIndex('groups_active_name')
      .on(table.name)
      .where(sql`is_active = 1`),
  ],
);

export const customFields = sqliteTable(
  'custom_fields',
  {
    key: integer().primaryKey(),
    id: text().notNull(),
    name: text().notNull(),
    /** INTEGER, BOOLEAN, DATE or STRING; never changes (semantics F1). */
    dataType: text('data_type').$type<CustomFieldType>().notNull(),
    isMandatory: integer('is_mandatory', { mode: 'boolean' }).notNull(),
    defaultValue: text('default_value'),
    isActive: integer('is_active', { mode: 'boolean' }).notNull(),
    createdOn: integer('created_on').notNull(),
    createdBy: integer('created_by').notNull(),
    lastUpdatedOn: integer('last_updated_on').notNull(),
    lastUpdatedBy: integer('last_updated_by').notNull(),
  },
  (table) => [
    uniqueIndex('custom_fields_id').on(table.id),
    uniqueIndex('custom_fields_active_name')
      .on(table.name)
      .where(sql`is_active = 1`),
  ],
);

/** The tag definitions of the org, at most one row. */
export const orgMeta = sqliteTable('org_meta', {
  key: integer().primaryKey(),
  id: text().notNull(),
  /** `[{ key, dataType, description, mandatory }]` as JSON. */
  tags: text().notNull(),
  createdOn: integer('created_on').notNull(),
  createdBy: integer('created_by').notNull(),
  lastUpdatedOn: integer('last_updated_on').notNull(),
  lastUpdatedBy: integer('last_updated_by').notNull(),
});

/** The roster's other names of customers (semantics S1). */
export const customerIdentifiers = sqliteTable(
  'customer_identifiers',
  {
    key: integer().primaryKey(),
    /** email, mobile, externalId or cardNumber. */
    kind: text().$type<CustomerIdentifierKind>().notNull(),
    value: text().notNull(),
    customerId: integer('customer_id').notNull(),
  },
  (table) => [uniqueIndex('customer_identifiers_value').on(table.kind, table.value)],
);

/** One issuance call. What is equal for all its customers stands here and not on their rows. */
export const requests = sqliteTable(
  'requests',
  {
    key: integer().primaryKey(),
    /** issueBulk, earnBulk, earn or import. */
    kind: text().$type<IssuanceKind>().notNull(),
    requestId: text('request_id').notNull(),
    /** `answered` consumes the request id, `refused` does not (semantics Q2). */
    state: text().$type<'answered' | 'refused'>().notNull(),
    badgeKey: integer('badge_key').notNull(),
    definitionKey: integer('definition_key').notNull(),
    ownerType: text('owner_type').notNull(),
    referenceId: text('reference_id'),
    /** The event date the rules used, and whether the caller sent it. */
    eventDate: integer('event_date').notNull(),
    eventDateSent: integer('event_date_sent', { mode: 'boolean' }).notNull(),
    expiresOn: integer('expires_on').notNull(),
    /** Clock of the call, and when the work was really done. */
    processedOn: integer('processed_on').notNull(),
    madeOn: integer('made_on').notNull(),
    /** Where the customers came from, in words. */
    source: text().notNull(),
    total: integer().notNull(),
    succeeded: integer().notNull(),
    /** Records of a request have consecutive keys: these are the first ones. */
    firstKey: integer('first_key').notNull(),
    firstRefusalKey: integer('first_refusal_key').notNull(),
    /** Refused rows by outcome number (outcomes.ts), as JSON `[[outcome, count]]`. */
    refusals: text().notNull(),
    /** Why the whole request was refused, as JSON. */
    errors: text().notNull(),
    durationMilliseconds: integer('duration_milliseconds').notNull(),
  },
  (table) => [index('requests_request_id').on(table.requestId), index('requests_badge').on(table.badgeKey)],
);

/** Enrolments. Dates are the request's. */
export const enrolments = sqliteTable(
  'enrolments',
  {
    key: integer().primaryKey(),
    badgeKey: integer('badge_key').notNull(),
    customerId: integer('customer_id').notNull(),
    requestKey: integer('request_key')
      .notNull()
      .references(() => requests.key),
    revokedOn: integer('revoked_on'),
  },
  // A customer's records are read from the index alone: the table behind it is touched only row by row.
  (table) => [index('enrolments_customer').on(table.customerId, table.badgeKey, table.requestKey, table.revokedOn)],
);

/** Awards. Dates are the request's. */
export const awards = sqliteTable(
  'awards',
  {
    key: integer().primaryKey(),
    badgeKey: integer('badge_key').notNull(),
    customerId: integer('customer_id').notNull(),
    requestKey: integer('request_key')
      .notNull()
      .references(() => requests.key),
    enrolmentKey: integer('enrolment_key'),
    revokedOn: integer('revoked_on'),
  },
  (table) => [
    index('awards_customer').on(
      table.customerId,
      table.badgeKey,
      table.requestKey,
      table.enrolmentKey,
      table.revokedOn,
    ),
    index('awards_revoked')
      .on(table.badgeKey)
      .where(sql`revoked_on IS NOT NULL`),
  ],
);

/** Customers and lines of a request that got nothing. */
export const refusals = sqliteTable(
  'refusals',
  {
    key: integer().primaryKey(),
    requestKey: integer('request_key')
      .notNull()
      .references(() => requests.key),
    /** Position in the request, counted over all its customers, from zero. */
    ordinal: integer().notNull(),
    /** outcomes.ts. */
    outcome: integer().notNull(),
    /** How many rows of this request with the same outcome come before this one. */
    outcomeRank: integer('outcome_rank').notNull(),
    /** Null when the line was not a customer id: then `line` has its text. */
    customerId: integer('customer_id'),
    line: text(),
    /** Line of the text on which such a row begins, from 1, all lines counted; null where there are no lines. */
    lineNumber: integer('line_number'),
    /** The enrolment or award that stands in the way (1040). */
    earlierKey: integer('earlier_key'),
    /** The cap that was reached (caps-on-rows.ts), and how many awards counted towards it. */
    cap: integer(),
    capCount: integer('cap_count'),
  },
  (table) => [
    index('refusals_outcome').on(table.requestKey, table.outcome),
    index('refusals_customer').on(table.customerId, table.requestKey),
  ],
);
