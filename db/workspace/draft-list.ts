import type { Database, Statement } from 'better-sqlite3';
import {
  and,
  asc,
  count,
  desc,
  eq,
  inArray,
  isNull,
  or,
  sql,
  type Placeholder,
  type SQL,
  type SQLWrapper,
} from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { unionAll } from 'drizzle-orm/sqlite-core';
import {
  BADGE_STATUSES,
  badgeStatus,
  EARN_TYPES,
  BADGE_OWNERS,
  type BadgeStatus,
  type EarnType,
  type BadgeOwner,
} from '../../shared/domain/badge';
import { SECOND, type Instant } from '../../shared/domain/instant';
import { programmeLanes, type ProgrammeEntry, type ProgrammeGroup } from '../../shared/domain/programme';
import { firstColumn, named, prepareForDriver, type DriverRow } from '../driver-statements';
import { given } from '../given';
import { lazily } from '../lazily';
import { folded, outlineOf } from './outline';
import { badges, badgeTags, revisions } from './schema';
import { ownerBits, ownersOfBits } from './stored-owners';
import { keptGroups } from './kept-groups';
import type { SettingsStore } from './settings';
import { isList, isTexts, jsonOr } from '../stored-json';

/** Which drafts a list shows. Lists of values: any of them; empty: all. The parts are joined by "and". */
export interface DraftFilter {
  /** Every word must occur in name, description, tags or id, whatever its case and accents. */
  search: string;
  status: readonly BadgeStatus[];
  earnType: readonly EarnType[];
  owner: readonly BadgeOwner[];
  /** `name` or `name=value`. */
  tag: readonly string[];
  withProblems: boolean;
}

export interface DraftSort {
  /** `programme`: by group and rank, as {@link DraftList.programme} lists them. */
  by: keyof typeof SORT_COLUMN | 'programme';
  descending: boolean;
}

/** One line of the list. */
export interface DraftLine {
  id: string;
  name: string;
  /** What a draft whose text is no JSON object is told by; null for all others. */
  excerpt: string | null;
  description: string | null;
  status: BadgeStatus | null;
  earnType: EarnType | null;
  startOn: Instant | null;
  expiresOn: Instant | null;
  active: boolean;
  owners: readonly BadgeOwner[];
  tags: readonly string[];
  activeClaims: number;
  problemCount: number;
  changedOn: Instant;
  pushed: boolean;
  /** Digest of its design; null where it has none. */
  art: string | null;
}

export interface DraftFacets {
  total: number;
  withProblems: number;
  status: Record<BadgeStatus, number>;
  earnType: Record<EarnType, number>;
  owner: Record<string, number>;
  tag: { tag: string; count: number }[];
}

const MOST_FACET_TAGS = 200;
const MOST_PREPARED_FACETS = 20;
/** How long a selection by status may lag behind the clock. */
const STATUS_KEPT_FOR = 5 * SECOND;
const MOST_IDS = 100_000;

const { startOn, expiresOn } = badges;

/** The clock, as it is or as each call of a prepared query gives it. */
type Now = Instant | Placeholder;

/** Live badges first, those to come next, the past last; drafts without readable dates after all of them. */
const statusOrder = (now: Now): SQL => sql`CASE WHEN ${startOn} IS NULL OR ${expiresOn} IS NULL THEN NULL
  WHEN ${now} < ${startOn} THEN 2 WHEN ${now} < ${expiresOn} THEN 1 ELSE 3 END`;

const STATUS_CONDITION: Readonly<Record<BadgeStatus, (now: Now) => SQL>> = {
  UPCOMING: (now) => sql`(${now} < ${startOn} AND ${expiresOn} IS NOT NULL)`,
  LIVE: (now) => sql`(${startOn} <= ${now} AND ${now} < ${expiresOn})`,
  EXPIRED: (now) => sql`(${startOn} <= ${now} AND ${expiresOn} <= ${now})`,
};

/** What the present text of a draft says at some places of it, the first that says anything; null where it cannot be read. */
function said(...places: readonly [string, ...string[]]): SQL {
  const { body, badgeKey, revision } = revisions;
  const each = places.map((place) => sql`json_extract(${body}, ${place})`);
  const first = each.length === 1 ? each[0] : sql`coalesce(${sql.join(each, sql`, `)})`;
  return sql`(SELECT CASE WHEN json_valid(${body}) THEN ${first} END FROM ${revisions}
    WHERE ${badgeKey} = ${badges.key} AND ${revision} = ${badges.revision})`;
}

const LIMITS = ['maxEarnLimit', 'maxEarnForDays', 'maxEarnForWeeks', 'maxEarnForMonths'] as const;
const firstLimit = (list: 'customerConstraints' | 'badgeConstraints'): SQL => {
  const [limit, ...others] = LIMITS.map((field) => `$.${list}[0].${field}`);
  return said(limit ?? '', ...others);
};

const SORT_COLUMN = {
  name: () => badges.sortName,
  startOn: () => startOn,
  expiresOn: () => expiresOn,
  changedOn: () => badges.changedOn,
  status: statusOrder,
  earnType: () => badges.earnType,
  owner: () => sql`nullif(${badges.owners} & -${badges.owners}, 0)`,
  tag: () => sql`nullif(${badges.tags}, '[]')`,
  group: () => said('$.badgeGroupId'),
  rank: () => sql`CAST(${said('$.badgeRank')} AS REAL)`,
  customerLimit: () => firstLimit('customerConstraints'),
  badgeLimit: () => firstLimit('badgeConstraints'),
  state: () => sql`${badges.pushedOn} IS NULL`,
} as const satisfies Record<string, (now: Now) => SQLWrapper>;

/**
 * Group and rank as the present text of a draft says them, each as a text of JSON, in a list; null where it cannot be
 * read. Joined to a text, they are not taken for JSON again, and a long number stays as it is written.
 */
const groupAndRank = sql<string | null>`CASE WHEN json_valid(${revisions.body})
  THEN json_array('' || (${revisions.body} -> '$.badgeGroupId'), '' || (${revisions.body} -> '$.badgeRank')) END`;

/** The table of badges, read through an index that SQLite would not choose by itself. The builder knows no such hint. */
const by = (index: 'badges_id' | 'badges_by_facet' | 'badges_by_search'): SQL =>
  sql`${badges} INDEXED BY ${sql.identifier(index)}`;
const KEY = sql<number>`${badges.key}`;

/** What a line shows, and what it is made of. */
const LINE = {
  key: badges.key,
  id: badges.id,
  name: badges.name,
  description: badges.description,
  art: badges.art,
  earnType: badges.earnType,
  startOn,
  expiresOn,
  active: badges.active,
  owners: badges.owners,
  tags: badges.tags,
  activeClaims: badges.activeClaims,
  problems: badges.problems,
  problemsPastAllowed: badges.problemsPastAllowed,
  nameShared: badges.nameShared,
  changedOn: badges.changedOn,
  pushedOn: badges.pushedOn,
};
type LineRow = DriverRow<typeof LINE>;

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const ofKey = eq(badges.key, given(badges.key, 'key'));
  const isCurrent = and(eq(revisions.badgeKey, badges.key), eq(revisions.revision, badges.revision));
  return lazily({
    body: () =>
      database.select({ body: revisions.body }).from(badges).innerJoin(revisions, isCurrent).where(ofKey).prepare(),
    count: () => database.select({ count: count() }).from(badges).where(isNull(badges.deletedOn)).prepare(),
    placed: () =>
      database
        .select({ key: badges.key, id: badges.id, startOn, expiresOn, said: groupAndRank })
        .from(badges)
        .innerJoin(revisions, isCurrent)
        .where(isNull(badges.deletedOn))
        .prepare(),
  });
}

type PlacedDraft = ProgrammeEntry & { key: number };

/** The counts beside the choices of one filter, at any time. */
interface PreparedFacets {
  passes: readonly { get(values: { now: Instant }): Record<string, number> | undefined }[];
  tags: { all(values: { now: Instant }): { tag: string; count: number }[] };
}

const tagsOf = (body: string): readonly string[] => outlineOf(body).tags.map(({ tag }) => tag);

/** The list of drafts: pages, totals, facets. Deleted drafts are in none of them. */
export class DraftList {
  readonly #connection: Database;
  readonly #database: BetterSQLite3Database;
  readonly #settings: SettingsStore;
  readonly #queries: ReturnType<typeof prepareQueries>;
  readonly #line: Statement<[key: number], LineRow>;
  readonly #changes: Statement<[], number>;
  readonly #facets = new Map<string, PreparedFacets>();
  readonly #groups: () => readonly ProgrammeGroup[];
  #placed: { changes: number; drafts: readonly PlacedDraft[] } | undefined;
  #selection: { signature: string; changes: number; keys: readonly number[] } | undefined;

  constructor(connection: Database, settings: SettingsStore) {
    this.#connection = connection;
    this.#database = drizzle(connection);
    this.#settings = settings;
    this.#groups = () => keptGroups(settings);
    this.#queries = prepareQueries(connection);
    // A hundred lines a page: 0.7 ms by the driver, 1.4 ms by the builder.
    this.#line = prepareForDriver(
      connection,
      this.#database
        .select(named(LINE))
        .from(badges)
        .where(eq(badges.key, given(badges.key, 'key'))),
      'key',
    );
    // Not about a table, so that the builder has nothing to say to it.
    this.#changes = prepareForDriver<[], number>(connection, sql`SELECT total_changes()`).pluck();
  }

  /** One stretch of the sorted list, and how many drafts the filter selects in all. */
  page(
    filter: DraftFilter,
    sort: DraftSort,
    offset: number,
    limit: number,
    now: Instant,
  ): { total: number; lines: DraftLine[] } {
    const keys = this.#selected(filter, sort, now);
    const rows = keys.slice(offset, offset + limit).flatMap((key) => this.#line.get(key) ?? []);
    return { total: keys.length, lines: rows.map((row) => this.#shown(row, now)) };
  }

  /** The line of one draft, as {@link page} would show it. */
  line(key: number, now: Instant): DraftLine | undefined {
    const row = this.#line.get(key);
    return row && this.#shown(row, now);
  }

  /** What places the drafts that a filter selects in the programme, in its order: group by group, by rank. */
  programme(filter: DraftFilter, now: Instant): ProgrammeEntry[] {
    const found = this.#found(filter, now);
    return this.#inProgramme().flatMap(({ key, ...entry }) => (found === undefined || found.has(key) ? [entry] : []));
  }

  /** All drafts, in the order of the programme; read anew when anything was written. */
  #inProgramme(): readonly PlacedDraft[] {
    const changes = this.#changes.get() ?? 0;
    if (this.#placed?.changes !== changes) {
      const rows = this.#queries.placed.all();
      const entries = rows.map(({ said, ...row }): PlacedDraft => ({ ...row, ...placeSaid(said) }));
      const drafts = programmeLanes(entries, this.#groups()).flatMap((lane) => lane.entries);
      this.#placed = { changes, drafts };
    }
    return this.#placed.drafts;
  }

  /** Ids in list order, at most 100,000. */
  ids(filter: DraftFilter, sort: DraftSort, now: Instant): string[] {
    const keys = this.#selected(filter, sort, now).slice(0, MOST_IDS);
    // One pass over the index of ids is much faster than a look-up for each of many keys.
    const rows = this.#database
      .select({ key: KEY, id: sql<string>`${badges.id}` })
      .from(by('badges_id'))
      .values() as [key: number, id: string][];
    const idOf = new Map(rows);
    return keys.flatMap((key) => idOf.get(key) ?? []);
  }

  /**
   * How many drafts each choice of a filter would leave: each kind of choice is counted under the others, so that the
   * count beside a choice is what the list has once it is chosen alone among its kind.
   */
  facets(filter: DraftFilter, now: Instant): DraftFacets {
    const { passes, tags } = this.#preparedFacets(filter);
    const counts = Object.fromEntries(passes.flatMap((pass) => Object.entries(pass.get({ now }) ?? {})));
    const pick = <T extends string>(names: readonly T[]): Record<T, number> =>
      Object.fromEntries(names.map((name) => [name, counts[name] ?? 0])) as Record<T, number>;
    return {
      total: counts['total'] ?? 0,
      withProblems: counts['withProblems'] ?? 0,
      status: pick(BADGE_STATUSES),
      earnType: pick(EARN_TYPES),
      owner: pick(BADGE_OWNERS),
      tag: tags.all({ now }),
    };
  }

  /** Writing these out takes the builder as long as half of the counting, so that those of the last filters are kept. */
  #preparedFacets(filter: DraftFilter): PreparedFacets {
    const key = JSON.stringify([filter, this.#settings.current.allowPastStart]);
    const known = this.#facets.get(key);
    if (known) return known;
    const prepared = this.#prepareFacets(filter);
    if (this.#facets.size >= MOST_PREPARED_FACETS) this.#facets.clear();
    this.#facets.set(key, prepared);
    return prepared;
  }

  #prepareFacets(filter: DraftFilter): PreparedFacets {
    const now = sql.placeholder('now');
    const countWhere = (condition: SQL): SQL<number> => sql<number>`count(*) FILTER (WHERE ${condition})`;
    const countEach = <T extends string>(
      names: readonly T[],
      condition: (name: T) => SQL,
    ): Record<string, SQL<number>> => Object.fromEntries(names.map((name) => [name, countWhere(condition(name))]));
    const wanted: readonly [change: Partial<DraftFilter>, sums: Record<string, SQL<number>>][] = [
      [{}, { total: count() }],
      [{ withProblems: false }, { withProblems: countWhere(this.#hasProblems()) }],
      [{ status: [] }, countEach(BADGE_STATUSES, (status) => STATUS_CONDITION[status](now))],
      [{ earnType: [] }, countEach(EARN_TYPES, (type) => eq(badges.earnType, type))],
      [{ owner: [] }, countEach(BADGE_OWNERS, (owner) => sql`${badges.owners} & ${ownerBits([owner])}`)],
    ];
    // Kinds in which nothing is chosen are counted under the same filter, in one pass.
    const passes = new Map<string, { filter: DraftFilter; sums: Record<string, SQL<number>> }>();
    for (const [change, sums] of wanted) {
      const under = { ...filter, ...change };
      const key = JSON.stringify(under);
      const pass = passes.get(key) ?? { filter: under, sums: {} };
      Object.assign(pass.sums, sums);
      passes.set(key, pass);
    }
    return {
      passes: [...passes.values()].map((pass) => {
        const { from, where } = this.#under(pass.filter, now);
        return this.#database.select(pass.sums).from(from).where(where).prepare();
      }),
      tags: this.#prepareTags({ ...filter, tag: [] }, now),
    };
  }

  #prepareTags(filter: DraftFilter, now: Now): PreparedFacets['tags'] {
    const { from, where, isFiltered } = this.#under(filter, now);
    const { tag, badgeKey } = badgeTags;
    // Deleted drafts have no tags in the table, so that without a filter the table of badges need not be read.
    const under = isFiltered
      ? inArray(badgeKey, this.#database.select({ key: KEY }).from(from).where(where))
      : undefined;
    return this.#database
      .select({ tag, count: count() })
      .from(badgeTags)
      .where(under)
      .groupBy(tag)
      .orderBy(desc(count()), tag)
      .limit(MOST_FACET_TAGS)
      .prepare();
  }

  /** Which of these tags, each `name` or `name=value`, no draft has. */
  unusedTags(tags: readonly string[]): string[] {
    const { tag, name } = badgeTags;
    return tags.filter((wanted) => {
      const [used] = this.#database
        .select({ key: badgeTags.badgeKey })
        .from(badgeTags)
        .where(or(eq(tag, wanted), eq(name, wanted)))
        .limit(1)
        .all();
      return used === undefined;
    });
  }

  count(): number {
    return this.#queries.count.get()?.count ?? 0;
  }

  #shown({ key, problems, problemsPastAllowed, nameShared, pushedOn, ...row }: LineRow, now: Instant): DraftLine {
    const { name, startOn, expiresOn } = row;
    return {
      ...row,
      earnType: EARN_TYPES.includes(row.earnType as EarnType) ? (row.earnType as EarnType) : null,
      // Only a text without a name may be none that can be read.
      excerpt: name === '' ? outlineOf(this.#bodyOf(key)).excerpt : null,
      status: startOn === null || expiresOn === null ? null : badgeStatus({ startOn, expiresOn }, now),
      active: row.active === 1,
      pushed: pushedOn !== null,
      owners: ownersOfBits(row.owners),
      // The column is a copy of what the text says: where it cannot be read, the text itself is asked.
      tags: jsonOr<string[] | null>(row.tags, null, isTexts) ?? tagsOf(this.#bodyOf(key)),
      problemCount: (this.#settings.current.allowPastStart ? problemsPastAllowed : problems) + nameShared,
    };
  }

  #bodyOf(key: number): string {
    return this.#queries.body.get({ key })?.body ?? '';
  }

  #hasProblems(): SQL {
    const problems = this.#settings.current.allowPastStart ? badges.problemsPastAllowed : badges.problems;
    return sql`${problems} + ${badges.nameShared} > 0`;
  }

  /**
   * The keys a filter selects, in order; kept until something is written, because a list is read page after page. All
   * keys come sorted from an index, and are then picked by what the filter found in another: neither reads the rows.
   */
  #selected(filter: DraftFilter, sort: DraftSort, now: Instant): readonly number[] {
    const byClock = filter.status.length > 0 || sort.by === 'status';
    const signature = JSON.stringify([
      filter,
      sort,
      this.#settings.current.allowPastStart,
      byClock && Math.floor(now / STATUS_KEPT_FOR),
    ]);
    const changes = this.#changes.get() ?? 0;
    if (this.#selection?.signature !== signature || this.#selection.changes !== changes) {
      const found = this.#found(filter, now);
      const sorted = this.#sorted(sort, now);
      this.#selection = { signature, changes, keys: found ? sorted.filter((key) => found.has(key)) : sorted };
    }
    return this.#selection.keys;
  }

  #sorted({ by: what, descending }: DraftSort, now: Instant): number[] {
    if (what === 'programme') {
      const keys = this.#inProgramme().map(({ key }) => key);
      return descending ? keys.toReversed() : keys;
    }
    const direction = descending ? desc : asc;
    const query = this.#database
      .select({ key: KEY })
      .from(what === 'status' || what === 'earnType' ? by('badges_by_facet') : badges)
      .where(isNull(badges.deletedOn))
      .orderBy(sql`${direction(SORT_COLUMN[what](now))} NULLS LAST`, direction(badges.key));
    // Keys of all drafts at each change: each costs 0.5 µs by the driver and 1.5 µs by the builder.
    return firstColumn<number>(this.#connection, query);
  }

  /** Undefined when the filter lets everything pass. */
  #found(filter: DraftFilter, now: Instant): ReadonlySet<number> | undefined {
    const { from, where, isFiltered } = this.#under(filter, now);
    if (!isFiltered) return undefined;
    return new Set(firstColumn<number>(this.#connection, this.#database.select({ key: KEY }).from(from).where(where)));
  }

  /** Where drafts that a filter selects are read from: the index that has all that it asks for. */
  #under(filter: DraftFilter, now: Now): { from: SQL; where: SQL | undefined; isFiltered: boolean } {
    const conditions = this.#conditions(filter, now);
    return {
      from: by(filter.search.trim() === '' ? 'badges_by_facet' : 'badges_by_search'),
      where: and(isNull(badges.deletedOn), ...conditions),
      isFiltered: conditions.length > 0,
    };
  }

  #conditions(filter: DraftFilter, now: Now): SQL[] {
    const words = folded(filter.search).split(/\s+/).filter(Boolean);
    const conditions: (SQL | undefined)[] = words.map(
      (word) => sql`${badges.searchText} GLOB ${`*${globLiteral(word)}*`}`,
    );
    if (filter.status.length > 0) conditions.push(or(...filter.status.map((status) => STATUS_CONDITION[status](now))));
    if (filter.earnType.length > 0) conditions.push(inArray(badges.earnType, filter.earnType));
    if (filter.owner.length > 0) conditions.push(sql`${badges.owners} & ${ownerBits(filter.owner)}`);
    if (filter.tag.length > 0) {
      const tagged = (column: typeof badgeTags.tag | typeof badgeTags.name) =>
        this.#database.select({ key: badgeTags.badgeKey }).from(badgeTags).where(inArray(column, filter.tag));
      conditions.push(inArray(badges.key, unionAll(tagged(badgeTags.tag), tagged(badgeTags.name))));
    }
    if (filter.withProblems) conditions.push(this.#hasProblems());
    return conditions.filter((condition) => condition !== undefined);
  }
}

/** Group and rank of what a draft's text says of them: an id is a text or a number, a rank a whole number. */
function placeSaid(said: string | null): { group: string | null; rank: number | null } {
  const [group, rank] = jsonOr<(string | null)[]>(said ?? '[]', [], isList);
  const text = textSaid(group);
  const digits = textSaid(rank)?.trim() ?? '';
  const number = digits === '' ? NaN : Number(digits);
  return { group: text === '' ? null : text, rank: Number.isSafeInteger(number) ? number : null };
}

/** The text that a value of JSON is, a number as it is written; null for anything else. */
function textSaid(json: string | null | undefined): string | null {
  if (json?.startsWith('"') === true) return jsonOr<string | null>(json, null, (value) => typeof value === 'string');
  return json !== null && json !== undefined && /^[-\d]/.test(json) ? json : null;
}

/** GLOB is twice as fast as LIKE and instr, and knows three special characters. */
function globLiteral(word: string): string {
  return word.replaceAll(/[*?[]/g, '[$&]');
}
