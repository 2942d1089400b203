import { enumError, parseError } from '../domain/codes';
import { readInstant, type Instant } from '../domain/instant';
import { UnreadableValue } from './body-values';
import type { GatewayCall } from './call';

type Query = GatewayCall['query'];

const DEFAULT_SIZE = 10;

/** A page of a list: 0-based number and size (gateway-api, Pagination). */
export interface Page {
  page: number;
  size: number;
}

function wholeNumber(query: Query, key: string, least: number): number | null {
  const value = query[key];
  if (value === undefined || value === '') return null;
  if (/^\d{1,15}$/.test(value) && Number(value) >= least) return Number(value);
  throw new UnreadableValue(parseError(`${key} must be a whole number of ${least} or more`));
}

/** `page` and `size`, of which `limit` is a synonym; defaults 0 and 10. */
export function pageOf(query: Query): Page {
  return {
    page: wholeNumber(query, 'page', 0) ?? 0,
    size: wholeNumber(query, 'size', 1) ?? wholeNumber(query, 'limit', 1) ?? DEFAULT_SIZE,
  };
}

export function paginationView({ page, size }: Page, total: number): Record<string, number> {
  return { page, size, total, totalPages: Math.ceil(total / size) };
}

/** The rows of one page, and the pagination block beside them. */
export function cutPage<T>(rows: readonly T[], page: Page): { rows: readonly T[]; pagination: Record<string, number> } {
  const start = page.page * page.size;
  return { rows: rows.slice(start, start + page.size), pagination: paginationView(page, rows.length) };
}

/** A query parameter of an enumeration; null when absent. `anyCase` where the documents say so. */
export function choiceOf<T extends string>(
  query: Query,
  key: string,
  allowed: readonly T[],
  options: { anyCase?: boolean } = {},
): T | null {
  const value = query[key];
  if (value === undefined || value === '') return null;
  const wanted = options.anyCase ? value.toUpperCase() : value;
  const found = allowed.find((candidate) => candidate === wanted);
  if (found !== undefined) return found;
  throw new UnreadableValue(enumError(value, key, allowed));
}

/** A comma list of members of an enumeration; null when absent. */
export function choicesOf<T extends string>(query: Query, key: string, allowed: readonly T[]): T[] | null {
  const value = query[key];
  if (value === undefined || value === '') return null;
  return value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const found = allowed.find((candidate) => candidate === part);
      if (found === undefined) throw new UnreadableValue(enumError(part, key, allowed));
      return found;
    });
}

/** `true` or `false` in any case; the default when absent. */
export function switchOf(query: Query, key: string, whenAbsent: boolean): boolean {
  return choiceOf(query, key, ['TRUE', 'FALSE'], { anyCase: true }) === null
    ? whenAbsent
    : query[key]?.toUpperCase() === 'TRUE';
}

/** An instant in a query: seconds or ISO-8601, whose `+` may have arrived as the space it stands for in a query. */
export function dateOf(query: Query, key: string): Instant | null {
  const value = query[key]?.trim();
  if (value === undefined || value === '') return null;
  const isNumber = /^-?\d+(?:\.\d+)?$/.test(value);
  const reading = readInstant(isNumber ? Number(value) : value.replace(/ (?=\d\d:?\d\d$)/, '+'));
  if (!reading.ok) throw new UnreadableValue(parseError(`${key} ${reading.reason}`));
  return reading.instant;
}
