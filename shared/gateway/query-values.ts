import { z } from 'zod';
import { enumError, parseError } from '../domain/codes';
import { readInstant, type Instant } from '../domain/instant';
import { INSTANT } from './body-form';
import { UnreadableValue } from './body-values';
import type { GatewayCall } from './call';

type Query = GatewayCall['query'];

const DEFAULT_SIZE = 10;

/** A page of a list: 0-based number and size (gateway-api, Pagination). */
export interface Page {
  page: number;
  size: number;
}

function wholeNumber(name: string, least: number, note: string): QueryParameter<number | null> {
  return {
    name,
    schema: z.int().min(least).max(999_999_999_999_999),
    note,
    of: (query) => {
      const value = query[name];
      if (value === undefined || value === '') return null;
      if (/^\d{1,15}$/.test(value) && Number(value) >= least) return Number(value);
      throw new UnreadableValue(parseError(`${name} must be a whole number of ${least} or more`));
    },
  };
}

const PAGE = wholeNumber('page', 0, 'From 0; 0 unless given.');
const SIZE = wholeNumber('size', 1, `Rows of a page; ${DEFAULT_SIZE} unless given.`);
const LIMIT = wholeNumber('limit', 1, 'Another word for size, which wins.');
/** Parameters of every list. */
export const PAGING = [PAGE, SIZE, LIMIT];

/** `page` and `size`, of which `limit` is a synonym; defaults 0 and 10. */
export function pageOf(query: Query): Page {
  return { page: PAGE.of(query) ?? 0, size: SIZE.of(query) ?? LIMIT.of(query) ?? DEFAULT_SIZE };
}

export function paginationView({ page, size }: Page, total: number): Record<string, number> {
  return { page, size, total, totalPages: Math.ceil(total / size) };
}

/** The rows of one page, and the pagination block beside them. */
export function cutPage<T>(rows: readonly T[], page: Page): { rows: readonly T[]; pagination: Record<string, number> } {
  const start = page.page * page.size;
  return { rows: rows.slice(start, start + page.size), pagination: paginationView(page, rows.length) };
}

/** One parameter of a query, declared once: its reading checks a call, its schema is what the OpenAPI document says. */
export interface QueryParameter<T> {
  name: string;
  schema: z.ZodType;
  /** What a schema cannot say, for whoever reads the document. */
  note: string | null;
  /** @throws UnreadableValue for a value that is none of its own */
  of(query: Query): T;
}

/** A member of an enumeration; null when absent. `anyCase` where the documents say so. */
export function choice<T extends string>(
  name: string,
  allowed: readonly T[],
  options: { anyCase?: boolean } = {},
): QueryParameter<T | null> {
  return {
    name,
    schema: z.enum(allowed as readonly [T, ...T[]]),
    note: options.anyCase ? 'In any case.' : null,
    of: (query) => {
      const value = query[name];
      if (value === undefined || value === '') return null;
      const wanted = options.anyCase ? value.toUpperCase() : value;
      const found = allowed.find((candidate) => candidate === wanted);
      if (found !== undefined) return found;
      throw new UnreadableValue(enumError(value, name, allowed));
    },
  };
}

/** A comma list of members of an enumeration; null when absent. */
export function choices<T extends string>(name: string, allowed: readonly T[]): QueryParameter<T[] | null> {
  return {
    name,
    schema: z.array(z.enum(allowed as readonly [T, ...T[]])),
    note: null,
    of: (query) => {
      const value = query[name];
      if (value === undefined || value === '') return null;
      return value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map((part) => {
          const found = allowed.find((candidate) => candidate === part);
          if (found === undefined) throw new UnreadableValue(enumError(part, name, allowed));
          return found;
        });
    },
  };
}

/** `true` or `false` in any case; the default when absent. */
export function yesOrNo(name: string, whenAbsent: boolean): QueryParameter<boolean> {
  const word = choice(name, ['TRUE', 'FALSE'], { anyCase: true });
  return {
    name,
    schema: z.boolean().default(whenAbsent),
    note: null,
    of: (query) => {
      const said = word.of(query);
      return said === null ? whenAbsent : said === 'TRUE';
    },
  };
}

/** An instant: seconds or ISO-8601, whose `+` may have arrived as the space it stands for in a query; null when absent. */
export function date(name: string): QueryParameter<Instant | null> {
  return {
    name,
    schema: INSTANT,
    note: null,
    of: (query) => {
      const value = query[name]?.trim();
      if (value === undefined || value === '') return null;
      const isNumber = /^-?\d+(?:\.\d+)?$/.test(value);
      const reading = readInstant(isNumber ? Number(value) : value.replace(/ (?=\d\d:?\d\d$)/, '+'));
      if (!reading.ok) throw new UnreadableValue(parseError(`${name} ${reading.reason}`));
      return reading.instant;
    },
  };
}

/** Any text; empty when absent. */
export function words(name: string, note: string | null = null): QueryParameter<string> {
  return { name, schema: z.string(), note, of: (query) => query[name] ?? '' };
}

/** The order of a list; null when absent. */
export const ORDER = choice('order', ['ASC', 'DESC'], { anyCase: true });
