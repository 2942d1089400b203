import { sql } from 'drizzle-orm';
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * One draft: what the list shows, filters and sorts by. The body itself is in its revisions, so that reading the list
 * never passes over megabytes of JSON. Instants are microseconds since the epoch. `deletedOn` is set on a draft that
 * can still be brought back.
 */
export const badges = sqliteTable(
  'badges',
  {
    key: integer().primaryKey(),
    /** 24 hex digits; kept when the draft is registered with an org. */
    id: text().notNull(),
    /** The revision that counts now; undo moves it back, redo forward. */
    revision: integer().notNull(),
    /** The highest number ever given, so that no number is used twice and a stale editor is always noticed. */
    lastRevision: integer('last_revision').notNull(),
    createdOn: integer('created_on').notNull(),
    changedOn: integer('changed_on').notNull(),
    deletedOn: integer('deleted_on'),
    pushedOn: integer('pushed_on'),

    name: text().notNull(),
    /** Name without accents and case, for sorting. */
    sortName: text('sort_name').notNull(),
    /** Name or excerpt, description, tags and id without accents and case. */
    searchText: text('search_text').notNull(),
    description: text(),
    earnType: text('earn_type', { enum: ['EARN', 'ISSUE_EARN'] }),
    startOn: integer('start_on'),
    expiresOn: integer('expires_on'),
    active: integer({ mode: 'boolean' }).notNull(),
    /** Bits of stored-owners.ts. */
    owners: integer().notNull(),
    /** JSON list of `name=value`, in the order of the body. */
    tags: text().notNull(),

    activeClaims: integer('active_claims').notNull(),
    /** Broken rules apart from 725, with a start in the past forbidden and with it allowed (semantics L4). */
    problems: integer().notNull(),
    problemsPastAllowed: integer('problems_past_allowed').notNull(),
    /** Another draft has exactly this name (725). */
    nameShared: integer('name_shared', { mode: 'boolean' }).notNull(),
    /** Digest of the design of the present revision: here too, so that the list reads it without the wide rows. */
    art: text(),
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

/** The newest saved states of a draft, as many as drafts.ts keeps. The text is kept as it came, also where it is not JSON. */
export const revisions = sqliteTable(
  'revisions',
  {
    badgeKey: integer('badge_key')
      .notNull()
      .references(() => badges.key, { onDelete: 'cascade' }),
    revision: integer().notNull(),
    savedOn: integer('saved_on').notNull(),
    label: text().notNull(),
    body: text().notNull(),
    migration: integer({ mode: 'boolean' }).notNull(),
    /** When the start date got its value: 722 is judged as of then, or a valid draft would break by waiting. */
    startSetOn: integer('start_set_on').notNull(),
    /** Digest of the design that the badge had then; null: it had none. */
    art: text().references(() => arts.digest),
  },
  (table) => [
    uniqueIndex('revisions_badge_revision').on(table.badgeKey, table.revision),
    index('revisions_art')
      .on(table.art)
      .where(sql`art IS NOT NULL`),
  ],
);

/** Designs of badges, each once: those that no revision names are removed at the next start. */
export const arts = sqliteTable('arts', {
  /** Of `design` as `writeArt` writes it, own pictures included. */
  digest: text().primaryKey(),
  /** `laurel/badge-art@1` as JSON, without the bytes of own pictures. */
  design: text().notNull(),
});

/** Own pictures of designs, each once however many states of a design show it. */
export const artPictures = sqliteTable('art_pictures', {
  /** Of what it holds. */
  key: text().primaryKey(),
  bytes: blob({ mode: 'buffer' }).notNull(),
});

/** Which designs show which own pictures. */
export const artUses = sqliteTable(
  'art_uses',
  {
    art: text()
      .notNull()
      .references(() => arts.digest, { onDelete: 'cascade' }),
    picture: text()
      .notNull()
      .references(() => artPictures.key),
  },
  (table) => [primaryKey({ columns: [table.art, table.picture] }), index('art_uses_picture').on(table.picture)],
);

export const badgeTags = sqliteTable(
  'badge_tags',
  {
    badgeKey: integer('badge_key')
      .notNull()
      .references(() => badges.key, { onDelete: 'cascade' }),
    /** `name=value`, or the bare name of a tag without a value. */
    tag: text().notNull(),
    name: text().notNull(),
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
    key: integer().primaryKey(),
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
  name: text().primaryKey(),
  value: text().notNull(),
});

/** Long work under way. A row left by an earlier start means that the work was rolled back. */
export const jobs = sqliteTable('jobs', {
  key: integer().primaryKey(),
  /** What was being done, for people: "Award of Summer visitor to customers.csv". */
  title: text().notNull(),
  /** The request it makes in the org file: if that is there, the work was done and only this row outlived it. */
  requestId: text('request_id'),
  startedOn: integer('started_on').notNull(),
  /** Why it failed, in sentences for people, where the row could not be struck out then; null: not known. */
  cause: text(),
});

/** Orgs a person connects to. Credentials are not here: main keeps them, under `secretId`. */
export const connections = sqliteTable('connections', {
  /** Never used twice, because the ledger names connections that were deleted. */
  key: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull(),
  baseUrl: text('base_url').notNull(),
  kind: text({ enum: ['practice', 'test', 'production'] }).notNull(),
  timeZone: text('time_zone').notNull(),
  chunkSize: integer('chunk_size').notNull(),
  parallel: integer().notNull(),
  perSecond: integer('per_second').notNull(),
  auth: text({ enum: ['basic', 'oauth'] }).notNull(),
  /** The first characters of the user or key, so that people tell accounts apart. */
  account: text().notNull(),
  secretId: text('secret_id').notNull(),
  lastPulledOn: integer('last_pulled_on'),
  /** JSON: defaults of the org's mandatory custom fields, which a live badge shows without anybody having set them. */
  fieldDefaults: text('field_defaults').notNull(),
});

/** Each badge of a live org as it was last seen. */
export const snapshots = sqliteTable(
  'snapshots',
  {
    connectionKey: integer('connection_key')
      .notNull()
      .references(() => connections.key, { onDelete: 'cascade' }),
    remoteId: text('remote_id').notNull(),
    name: text().notNull(),
    seenOn: integer('seen_on').notNull(),
    /** When the org last changed it, by the org's clock. */
    updatedOn: integer('updated_on'),
    /** What of the list's row tells whether the badge has to be read again. */
    rowDigest: text('row_digest').notNull(),
    /** Canonical text of what the badge means (meaning-text.ts); null when it cannot be read. */
    meaning: text(),
    /** JSON list of active claims. */
    claims: text().notNull(),
    /** The till that the org shows where nobody chose one. */
    defaultTill: integer('default_till'),
    body: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.connectionKey, table.remoteId] }),
    index('snapshots_name').on(table.connectionKey, table.name),
  ],
);

/** Badges of live orgs of which it was heard how many awards they have, those that are gone there too. */
export const countedBadges = sqliteTable(
  'counted_badges',
  {
    key: integer().primaryKey(),
    connectionKey: integer('connection_key')
      .notNull()
      .references(() => connections.key, { onDelete: 'cascade' }),
    remoteId: text('remote_id').notNull(),
    /** As it was last called there. */
    name: text().notNull(),
  },
  (table) => [
    uniqueIndex('counted_badges_remote').on(table.connectionKey, table.remoteId),
    index('counted_badges_name').on(table.connectionKey, table.name),
  ],
);

/** How many awards an org said there are of a badge, at most once a day, and once a week of what is long ago (award-counts.ts). */
export const awardCounts = sqliteTable(
  'award_counts',
  {
    badgeKey: integer('badge_key')
      .notNull()
      .references(() => countedBadges.key, { onDelete: 'cascade' }),
    /** Whole days since the epoch, in UTC. */
    day: integer().notNull(),
    /** Of the last time that it was heard on that day, by the org's clock where that is known. */
    readOn: integer('read_on').notNull(),
    /** Every award ever made, revoked ones too (semantics N1). */
    awards: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.badgeKey, table.day] })],
);

/** Which draft is which live badge, and what both last agreed on. */
export const links = sqliteTable(
  'links',
  {
    connectionKey: integer('connection_key')
      .notNull()
      .references(() => connections.key, { onDelete: 'cascade' }),
    badgeKey: integer('badge_key')
      .notNull()
      .references(() => badges.key, { onDelete: 'cascade' }),
    remoteId: text('remote_id').notNull(),
    /** Null: they were found to be the same badge, and nothing is known of a common past. */
    baseMeaning: text('base_meaning'),
    syncedOn: integer('synced_on'),
  },
  (table) => [
    primaryKey({ columns: [table.connectionKey, table.badgeKey] }),
    uniqueIndex('links_remote').on(table.connectionKey, table.remoteId),
  ],
);

/** What drafts mean, so that comparing thousands of them reads no JSON. A row of an older revision is worked out anew. */
export const draftMeanings = sqliteTable('draft_meanings', {
  badgeKey: integer('badge_key')
    .primaryKey()
    .references(() => badges.key, { onDelete: 'cascade' }),
  revision: integer().notNull(),
  /** Null when the draft cannot be read as a badge. */
  meaning: text(),
});

/** Which file of the workspace folder holds which draft, and what both last agreed on. */
export const folderFiles = sqliteTable(
  'folder_files',
  {
    badgeKey: integer('badge_key')
      .primaryKey()
      .references(() => badges.key, { onDelete: 'cascade' }),
    /** Path in the folder with `/` between its parts, without `.badge.json`. */
    place: text().notNull(),
    /** Digest of the design both last agreed on; null: that there is none. */
    baseArt: text('base_art'),
    /** JSON list of the units of which nothing is known of a common past. */
    open: text().notNull(),
    /** The revision of the draft that says the base; null: none does. */
    revision: integer(),
    /** SHA-256 of the bytes of the files that say the base, so that these are not parsed again. */
    bodySeen: text('body_seen'),
    artSeen: text('art_seen'),
    /** The body both last agreed on, as `badgeFileText` writes it; null: that there is no file. */
    base: text(),
  },
  (table) => [uniqueIndex('folder_files_place').on(table.place)],
);

/** Every request to a gateway: written before it leaves, its answer added. Outlives its connection. */
export const ledger = sqliteTable(
  'ledger',
  {
    key: integer().primaryKey(),
    connectionKey: integer('connection_key').notNull(),
    connectionName: text('connection_name').notNull(),
    purpose: text().notNull(),
    badgeId: text('badge_id'),
    jobKey: integer('job_key'),
    method: text().notNull(),
    url: text().notNull(),
    sentOn: integer('sent_on').notNull(),
    answeredOn: integer('answered_on'),
    outcome: text({ enum: ['sending', 'answered', 'refused', 'unknown', 'failed'] }).notNull(),
    status: integer(),
    /** JSON list of error codes. */
    codes: text().notNull(),
    sentence: text().notNull(),
    taskKey: integer('task_key'),
  },
  (table) => [
    index('ledger_connection').on(table.connectionKey, table.key),
    // Each filter of Activity has one that gives its newest lines first, so that none reads more than it shows.
    index('ledger_by_time').on(table.sentOn),
    index('ledger_writes')
      .on(table.sentOn)
      .where(sql`method <> 'GET' AND purpose <> 'token'`),
    index('ledger_org').on(table.connectionKey, table.sentOn),
    index('ledger_org_writes')
      .on(table.connectionKey, table.sentOn)
      .where(sql`method <> 'GET' AND purpose <> 'token'`),
    index('ledger_badge_time')
      .on(table.badgeId, table.sentOn)
      .where(sql`badge_id IS NOT NULL`),
    index('ledger_outcome').on(table.outcome, table.sentOn),
    index('ledger_purpose').on(table.purpose, table.sentOn),
    index('ledger_task').on(table.taskKey, table.sentOn),
    index('ledger_badge')
      .on(table.badgeId, table.key)
      .where(sql`badge_id IS NOT NULL`),
    index('ledger_sending')
      .on(table.key)
      .where(sql`outcome = 'sending'`),
  ],
);

/**
 * What requests were sent for: one push, one pull, one job. The counts are of the lines, kept with each of them, so that a
 * list of tasks reads no lines. Outlives its connection.
 */
export const ledgerTasks = sqliteTable(
  'ledger_tasks',
  {
    key: integer().primaryKey(),
    kind: text({ enum: ['push', 'pull', 'job', 'settling', 'probe', 'look', 'test', 'claim', 'other'] }).notNull(),
    connectionKey: integer('connection_key').notNull(),
    connectionName: text('connection_name').notNull(),
    jobKey: integer('job_key'),
    /** Names of the badges it was about, for people; null: not known. */
    about: text(),
    startedOn: integer('started_on').notNull(),
    /** When the last of its requests left, or was answered. */
    lastOn: integer('last_on').notNull(),
    requests: integer().notNull(),
    writes: integer().notNull(),
    sending: integer().notNull(),
    answered: integer().notNull(),
    refused: integer().notNull(),
    unknown: integer().notNull(),
    failed: integer().notNull(),
  },
  (table) => [
    index('ledger_tasks_time').on(table.startedOn),
    index('ledger_tasks_org').on(table.connectionKey, table.startedOn),
    index('ledger_tasks_kind').on(table.kind, table.startedOn),
    index('ledger_tasks_job')
      .on(table.jobKey, table.kind)
      .where(sql`job_key IS NOT NULL`),
  ],
);

/** What went over the wire, apart from the ledger's lines so that a list of them stays light. */
export const ledgerContents = sqliteTable('ledger_contents', {
  ledgerKey: integer('ledger_key')
    .primaryKey()
    .references(() => ledger.key, { onDelete: 'cascade' }),
  /** JSON lists of names and values, without secrets. */
  requestHeaders: text('request_headers').notNull(),
  responseHeaders: text('response_headers').notNull(),
  /** UTF-8, deflated where `…Packed` says so; null for none. */
  requestBody: blob('request_body', { mode: 'buffer' }),
  requestPacked: integer('request_packed', { mode: 'boolean' }).notNull(),
  responseBody: blob('response_body', { mode: 'buffer' }),
  responsePacked: integer('response_packed', { mode: 'boolean' }).notNull(),
});

/** Live bulk jobs. */
export const liveJobs = sqliteTable('live_jobs', {
  key: integer().primaryKey(),
  /** Part of every request id of the job, so that no two jobs anywhere use the same ids. */
  uid: text().notNull(),
  connectionKey: integer('connection_key').notNull(),
  connectionName: text('connection_name').notNull(),
  badgeName: text('badge_name').notNull(),
  remoteBadgeId: text('remote_badge_id').notNull(),
  action: text({ enum: ['enrol', 'award', 'revoke-enrolment', 'revoke-award', 'import'] }).notNull(),
  /** Empty in a job that takes back or imports, as is the reference: neither asks for one. */
  ownerType: text('owner_type').notNull(),
  referenceId: text('reference_id').notNull(),
  eventDate: integer('event_date'),
  source: text().notNull(),
  /** `queued`: its customers are read, and it waits for its turn or its time. */
  state: text({ enum: ['reading', 'queued', 'running', 'paused', 'waiting-for-org', 'done', 'cancelled'] }).notNull(),
  note: text(),
  /** Orders the jobs of an org that wait for their turn; null: it does not. */
  queuePlace: integer('queue_place'),
  /** When it starts by itself; null: at no time. */
  startsOn: integer('starts_on'),
  /** Customers named, lines that name none included. */
  total: integer().notNull(),
  startedOn: integer('started_on').notNull(),
  endedOn: integer('ended_on'),
  /** The latest instant of the org's own clock that an answer has shown; null before the first. */
  orgClock: integer('org_clock'),
});

/**
 * The customers of a job, in portions that are one request each. Customers and their outcomes are packed, so that a
 * million of them are two thousand rows. How they are packed: live-chunks.ts.
 */
export const liveChunks = sqliteTable(
  'live_chunks',
  {
    jobKey: integer('job_key')
      .notNull()
      .references(() => liveJobs.key, { onDelete: 'cascade' }),
    number: integer().notNull(),
    /** What is known of the request of the present attempt; customers without an outcome share it. */
    state: text({ enum: ['waiting', 'sent', 'unknown', 'consumed', 'settled'] }).notNull(),
    attempt: integer().notNull(),
    size: integer().notNull(),
    done: integer().notNull(),
    refused: integer().notNull(),
    /** JSON: [code, count, message] of the refusals. */
    codes: text().notNull(),
    /** The org's clock, as far as it was known, when the present attempt first left. */
    sentAfter: integer('sent_after'),
    /** JSON: ids of the records that the customers had before, where they were read. */
    known: text(),
    /**
     * JSON, customer by customer: ids of the records that a take-back revokes, or the dates of the awards that an import
     * writes (live-chunks.ts); null in a job that gives.
     */
    records: text(),
    customers: blob({ mode: 'buffer' }).notNull(),
    outcomes: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.jobKey, table.number] }),
    index('live_chunks_state').on(table.jobKey, table.state, table.number),
  ],
);

/** Lines of a job's source that name no customer, or one that was named before; they are never sent. */
export const liveRejects = sqliteTable(
  'live_rejects',
  {
    jobKey: integer('job_key')
      .notNull()
      .references(() => liveJobs.key, { onDelete: 'cascade' }),
    /** Place in the source. */
    ordinal: integer().notNull(),
    line: text().notNull(),
    reason: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobKey, table.ordinal] })],
);

/** Simulations that were run: what was asked, with which engine, and what came out. */
export const simulations = sqliteTable(
  'simulations',
  {
    key: integer().primaryKey({ autoIncrement: true }),
    name: text().notNull(),
    ranOn: integer('ran_on').notNull(),
    milliseconds: integer().notNull(),
    seed: integer().notNull(),
    engine: text().notNull(),
    replications: integer().notNull(),
    events: integer().notNull(),
    sentence: text().notNull(),
    /** The scenario as JSON, deflated. */
    scenario: blob({ mode: 'buffer' }).notNull(),
    /** Absolute path of the replayed file; null for synthetic customers. It is never exported. */
    csv: text(),
    pseudonyms: integer({ mode: 'boolean' }).notNull(),
    /** The result file (`laurel/result@1`), deflated. */
    result: blob({ mode: 'buffer' }).notNull(),
    /** Answers that the result file has no place for: cost by month, crowding, bad rows. JSON, deflated. */
    answers: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [index('simulations_ran').on(table.ranOn, table.key)],
);
