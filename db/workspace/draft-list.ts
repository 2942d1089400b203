import type { Database, Statement } from 'better-sqlite3';
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
import { folded, outlineOf } from './outline';
import { ownerBits, ownersOfBits } from './stored-owners';
import type { SettingsStore } from './settings';
import { isTexts, jsonOr } from '../stored-json';

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
  by: 'name' | 'startOn' | 'expiresOn' | 'changedOn' | 'status' | 'earnType';
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
/** How long a selection by status may lag behind the clock. */
const STATUS_KEPT_FOR = 5 * SECOND;
const MOST_IDS = 100_000;

/** Live badges first, those to come next, the past last; drafts without readable dates after all of them. */
const STATUS_ORDER = `CASE WHEN start_on IS NULL OR expires_on IS NULL THEN NULL
  WHEN :now < start_on THEN 2 WHEN :now < expires_on THEN 1 ELSE 3 END`;

const STATUS_CONDITION: Readonly<Record<BadgeStatus, string>> = {
  UPCOMING: '(:now < start_on AND expires_on IS NOT NULL)',
  LIVE: '(start_on <= :now AND :now < expires_on)',
  EXPIRED: '(start_on <= :now AND expires_on <= :now)',
};

const SORT_COLUMN: Readonly<Record<DraftSort['by'], string>> = {
  name: 'sort_name',
  startOn: 'start_on',
  expiresOn: 'expires_on',
  changedOn: 'changed_on',
  status: STATUS_ORDER,
  earnType: 'earn_type',
};

type Parameters = Record<string, number | string>;
type LineRow = Omit<DraftLine, 'excerpt' | 'status' | 'active' | 'owners' | 'tags' | 'pushed'> & {
  key: number;
  active: number;
  owners: number;
  tags: string;
  pushed: number;
};

const tagsOf = (body: string): readonly string[] => outlineOf(body).tags.map(({ tag }) => tag);

/** The list of drafts: pages, totals, facets. Deleted drafts are in none of them. */
export class DraftList {
  readonly #connection: Database;
  readonly #settings: SettingsStore;
  readonly #changes: Statement<[], number>;
  readonly #body: Statement<[number], string>;
  #selection: { signature: string; changes: number; keys: readonly number[] } | undefined;

  constructor(connection: Database, settings: SettingsStore) {
    this.#connection = connection;
    this.#settings = settings;
    this.#changes = connection.prepare<[], number>('SELECT total_changes()').pluck();
    this.#body = connection
      .prepare<[number], string>(
        'SELECT body FROM badges JOIN revisions ON badge_key = key AND revisions.revision = badges.revision WHERE key = ?',
      )
      .pluck();
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
    const read = this.#connection.prepare<[number], LineRow>(`${this.#columns()} WHERE key = ?`);
    const rows = keys.slice(offset, offset + limit).flatMap((key) => read.get(key) ?? []);
    return { total: keys.length, lines: rows.map((row) => this.#line(row, now)) };
  }

  /** The line of one draft, as {@link page} would show it. */
  line(key: number, now: Instant): DraftLine | undefined {
    const row = this.#connection.prepare<[number], LineRow>(`${this.#columns()} WHERE key = ?`).get(key);
    return row && this.#line(row, now);
  }

  /** Ids in list order, at most 100,000. */
  ids(filter: DraftFilter, sort: DraftSort, now: Instant): string[] {
    const keys = this.#selected(filter, sort, now).slice(0, MOST_IDS);
    // One pass over the index of ids is much faster than a look-up for each of many keys.
    const idOf = new Map(
      this.#connection.prepare('SELECT key, id FROM badges INDEXED BY badges_id').raw().all() as [
        key: number,
        id: string,
      ][],
    );
    return keys.flatMap((key) => idOf.get(key) ?? []);
  }

  /**
   * How many drafts each choice of a filter would leave: each kind of choice is counted under the others, so that the
   * count beside a choice is what the list has once it is chosen alone among its kind.
   */
  facets(filter: DraftFilter, now: Instant): DraftFacets {
    const count = (condition: string, name: string): string => `count(*) FILTER (WHERE ${condition}) AS "${name}"`;
    const wanted: readonly [change: Partial<DraftFilter>, sums: readonly string[]][] = [
      [{}, ['count(*) AS total']],
      [{ withProblems: false }, [count(this.#hasProblems(), 'withProblems')]],
      [{ status: [] }, BADGE_STATUSES.map((status) => count(STATUS_CONDITION[status], status))],
      [{ earnType: [] }, EARN_TYPES.map((type) => count(`earn_type = '${type}'`, type))],
      [{ owner: [] }, BADGE_OWNERS.map((owner) => count(`owners & ${String(ownerBits([owner]))}`, owner))],
    ];
    // Kinds in which nothing is chosen are counted under the same filter, in one pass.
    const passes = new Map<string, { filter: DraftFilter; sums: string[] }>();
    for (const [change, sums] of wanted) {
      const under = { ...filter, ...change };
      const key = JSON.stringify(under);
      const pass = passes.get(key) ?? { filter: under, sums: [] };
      pass.sums.push(...sums);
      passes.set(key, pass);
    }
    const counts: Record<string, number> = {};
    for (const pass of passes.values()) {
      const { from, where, parameters } = this.#under(pass.filter, now);
      const row = this.#connection
        .prepare(`SELECT ${pass.sums.join(', ')} FROM ${from} WHERE ${where}`)
        .get(parameters);
      Object.assign(counts, row);
    }
    const pick = <T extends string>(names: readonly T[]): Record<T, number> =>
      Object.fromEntries(names.map((name) => [name, counts[name] ?? 0])) as Record<T, number>;
    return {
      total: counts['total'] ?? 0,
      withProblems: counts['withProblems'] ?? 0,
      status: pick(BADGE_STATUSES),
      earnType: pick(EARN_TYPES),
      owner: pick(BADGE_OWNERS),
      tag: this.#tags({ ...filter, tag: [] }, now),
    };
  }

  #tags(filter: DraftFilter, now: Instant): DraftFacets['tag'] {
    const { from, where, parameters, isFiltered } = this.#under(filter, now);
    // Deleted drafts have no tags in the table, so that without a filter the table of badges need not be read.
    const under = isFiltered ? `WHERE badge_key IN (SELECT key FROM ${from} WHERE ${where})` : '';
    return this.#connection
      .prepare<[Parameters], { tag: string; count: number }>(
        `SELECT tag, count(*) AS count FROM badge_tags ${under} GROUP BY tag ORDER BY count DESC, tag LIMIT ${String(MOST_FACET_TAGS)}`,
      )
      .all(isFiltered ? parameters : {});
  }

  count(): number {
    return this.#connection.prepare('SELECT count(*) FROM badges WHERE deleted_on IS NULL').pluck().get() as number;
  }

  #line({ key, ...row }: LineRow, now: Instant): DraftLine {
    const { name, startOn, expiresOn } = row;
    return {
      ...row,
      earnType: EARN_TYPES.includes(row.earnType as EarnType) ? row.earnType : null,
      // Only a text without a name may be none that can be read.
      excerpt: name === '' ? outlineOf(this.#body.get(key) ?? '').excerpt : null,
      status: startOn === null || expiresOn === null ? null : badgeStatus({ startOn, expiresOn }, now),
      active: row.active === 1,
      owners: ownersOfBits(row.owners),
      // The column is a copy of what the text says: where it cannot be read, the text itself is asked.
      tags: jsonOr<string[] | null>(row.tags, null, isTexts) ?? tagsOf(this.#body.get(key) ?? ''),
      pushed: row.pushed === 1,
    };
  }

  #problems(): string {
    return `(${this.#settings.current.allowPastStart ? 'problems_past_allowed' : 'problems'} + name_shared)`;
  }

  #hasProblems(): string {
    return `${this.#problems()} > 0`;
  }

  #columns(): string {
    return `SELECT key, id, name, description, earn_type AS earnType, start_on AS startOn, expires_on AS expiresOn, active, owners, tags,
      active_claims AS activeClaims, ${this.#problems()} AS problemCount, changed_on AS changedOn, pushed_on IS NOT NULL AS pushed FROM badges`;
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

  #sorted({ by, descending }: DraftSort, now: Instant): number[] {
    const direction = descending ? 'DESC' : 'ASC';
    const parameters = by === 'status' ? [{ now }] : [];
    const from = by === 'status' || by === 'earnType' ? 'badges INDEXED BY badges_by_facet' : 'badges';
    return this.#connection
      .prepare(
        `SELECT key FROM ${from} WHERE deleted_on IS NULL ORDER BY ${SORT_COLUMN[by]} ${direction} NULLS LAST, key ${direction}`,
      )
      .pluck()
      .all(...parameters) as number[];
  }

  /** Undefined when the filter lets everything pass. */
  #found(filter: DraftFilter, now: Instant): ReadonlySet<number> | undefined {
    const { from, where, parameters, isFiltered } = this.#under(filter, now);
    if (!isFiltered) return undefined;
    const keys = this.#connection.prepare(`SELECT key FROM ${from} WHERE ${where}`).pluck().all(parameters) as number[];
    return new Set(keys);
  }

  /** Where drafts that a filter selects are read from: the index that has all that it asks for. */
  #under(
    filter: DraftFilter,
    now: Instant,
  ): { from: string; where: string; parameters: Parameters; isFiltered: boolean } {
    const { conditions, parameters } = this.#conditions(filter, now);
    return {
      from: `badges INDEXED BY ${filter.search.trim() === '' ? 'badges_by_facet' : 'badges_by_search'}`,
      where: ['deleted_on IS NULL', ...conditions].join(' AND '),
      // Counting by status asks for the clock where the filter does not.
      parameters: { ...parameters, now },
      isFiltered: conditions.length > 0,
    };
  }

  #conditions(filter: DraftFilter, now: Instant): { conditions: string[]; parameters: Parameters } {
    const parts: string[] = [];
    const parameters: Parameters = {};
    const bind = (value: number | string): string => {
      const name = `p${String(Object.keys(parameters).length)}`;
      parameters[name] = value;
      return `:${name}`;
    };
    for (const word of folded(filter.search).split(/\s+/).filter(Boolean))
      parts.push(`search_text GLOB ${bind(`*${globLiteral(word)}*`)}`);
    if (filter.status.length > 0) {
      parts.push(`(${filter.status.map((status) => STATUS_CONDITION[status]).join(' OR ')})`);
      parameters['now'] = now;
    }
    if (filter.earnType.length > 0) parts.push(`earn_type IN (${filter.earnType.map(bind).join(', ')})`);
    if (filter.owner.length > 0) parts.push(`owners & ${bind(ownerBits(filter.owner))}`);
    if (filter.tag.length > 0) {
      const tags = filter.tag.map(bind).join(', ');
      parts.push(
        `key IN (SELECT badge_key FROM badge_tags WHERE tag IN (${tags}) UNION ALL SELECT badge_key FROM badge_tags WHERE name IN (${tags}))`,
      );
    }
    if (filter.withProblems) parts.push(this.#hasProblems());
    return { conditions: parts, parameters };
  }
}

/** GLOB is twice as fast as LIKE and instr, and knows three special characters. */
function globLiteral(word: string): string {
  return word.replaceAll(/[*?[]/g, '[$&]');
}
