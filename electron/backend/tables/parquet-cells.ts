/**
 * Columns of Parquet whose values are numbers already: what the reader would make of such a value's text, it takes without
 * the text. Every value for which that is not certain comes as the text, so that one reader decides about all of them.
 */
import type { DateReading } from './date-format';
import { sqlName } from './duckdb';
import { cellOf, groupsOf, sourceOf, type ParquetFile } from './parquet-files';
import type { TableReading } from './table-reading';

/** How rows are asked for, and what the columns of the answer are. */
export interface TypedRows {
  /** One after the other: each gives the rows of some files, in their order. */
  queries: readonly TypedQuery[];
  /** Columns of the table, read ones or not. */
  width: number;
  rows: number;
}

export interface TypedQuery {
  sql: string;
  /** Gives the texts of those rows for which the other gives something that is no number, in their order. */
  texts: string;
  /** Whether instants are local times, which the zone of the reading makes instants of. */
  isLocal: boolean;
  /** Whether an amount tells that the decimal sign is a point. */
  hasPoints: boolean;
}

/** Where a column stands in both answers. Numbers are NaN where the text must be read; a segment is a text in both. */
export const TYPED = { customer: 0, at: 1, amount: 2, segment: 3 } as const;

const INTEGER = /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const LOCAL = /^(?:DATE|TIMESTAMP|TIMESTAMP_S|TIMESTAMP_MS)$/;
/** The reader keeps the cells of so many columns apart. */
const MOST_COLUMNS = 4096;
/** Digits of numbers that are exact in every way of reading them. */
const EXACT = 15;

const NOT = "'nan'::DOUBLE";
const only = (isPlain: string, value: string): string => `CASE WHEN ${isPlain} THEN (${value})::DOUBLE ELSE ${NOT} END`;

function customerOf(name: string, type: string): string | null {
  if (INTEGER.test(type) || isWholeDecimal(type))
    return only(`${name} BETWEEN 1 AND ${String(Number.MAX_SAFE_INTEGER)}`, name);
  // A column of whole numbers with gaps: 90001.0.
  return type === 'DOUBLE' ? only(`${name} >= 1 AND ${name} < 1e15 AND ${name} = floor(${name})`, name) : null;
}

const isWholeDecimal = (type: string): boolean => /^DECIMAL\(\d+,0\)$/.test(type);

/** Years that every form of a date has in four digits. */
const FROM = '1900-01-01';
const TO = '2200-01-01';

const MULTIPLES: Partial<Record<DateReading['format'], [unit: number, least: number, most: number]>> = {
  iso: [1_000_000, 1e8, 4e9],
  seconds: [1_000_000, 1e8, 4e9],
  milliseconds: [1000, 1e11, 4e12],
  microseconds: [1, 1e14, 4e15],
};

function instantOf(name: string, type: string, date: DateReading): { sql: string; isLocal: boolean } | null {
  if (type === 'TIMESTAMP WITH TIME ZONE') {
    const within = `${name} >= TIMESTAMPTZ '${FROM} 00:00:00+00' AND ${name} < TIMESTAMPTZ '${TO} 00:00:00+00'`;
    return { sql: only(within, `epoch_us(${name})`), isLocal: false };
  }
  if (LOCAL.test(type) || type === 'TIMESTAMP_NS') {
    if (date.zone === null) return null;
    const time = `${name}::TIMESTAMP`;
    const within = `${time} >= TIMESTAMP '${FROM}' AND ${time} < TIMESTAMP '${TO}'`;
    const isExact = type === 'TIMESTAMP_NS' ? ` AND epoch_ns(${name}) % 1000 = 0` : '';
    return { sql: only(`${within}${isExact}`, `epoch_us(${time})`), isLocal: true };
  }
  const multiple = INTEGER.test(type) ? MULTIPLES[date.format] : undefined;
  if (multiple === undefined) return null;
  const [unit, least, most] = multiple;
  const within = `${name} >= ${String(least)} AND ${name} < ${String(most)}`;
  return { sql: only(within, `${name}::DOUBLE * ${String(unit)}`), isLocal: false };
}

function amountOf(name: string, type: string, reading: TableReading): { sql: string; hasPoints: boolean } | null {
  if (INTEGER.test(type) || isWholeDecimal(type)) {
    const most = `1e${String(EXACT)}`;
    return { sql: only(`${name}::DOUBLE > -${most} AND ${name}::DOUBLE < ${most}`, name), hasPoints: false };
  }
  // 1.234 may be a thousand and more, as long as the column has not told.
  if (reading.decimal !== '.' || !reading.isDecimalCertain) return null;
  const scale = /^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1];
  if (scale !== undefined) {
    if (Number(scale) >= EXACT) return null;
    const most = `1e${String(EXACT - Number(scale))}`;
    return { sql: only(`${name}::DOUBLE > -${most} AND ${name}::DOUBLE < ${most}`, name), hasPoints: true };
  }
  if (type !== 'DOUBLE' && type !== 'FLOAT') return null;
  // A short floating number is what its few digits say, not the long one nearest to it.
  const value = type === 'FLOAT' ? `CAST(CAST(${name} AS VARCHAR) AS DOUBLE)` : name;
  return { sql: only(`abs(${name}) < 1e15 AND (${name} = 0 OR abs(${name}) >= 1e-4)`, value), hasPoints: true };
}

/** Names of the columns of some files together, in the order of the table. */
const namesOf = (files: readonly ParquetFile[]): string[] => [
  ...new Set(files.flatMap(({ columns }) => columns.map(({ name }) => name))),
];

/**
 * How the rows of a table are had as numbers; null where its columns, or what the scenario says of them, need their texts.
 *
 * @param reading as the texts would be read
 */
export function typedRowsOf(files: readonly ParquetFile[], reading: TableReading): TypedRows | null {
  const { places, date } = reading;
  const names = namesOf(files);
  const used = Object.values(places);
  const isPlain = reading.customersAre === 'numbers' && places.time === undefined && new Set(used).size === used.length;
  if (date === null || !isPlain || names.length > MOST_COLUMNS) return null;
  const queries: TypedQuery[] = [];
  for (const group of groupsOf(files)) {
    const query = queryOf(group, names, reading, date);
    if (query === null) return null;
    queries.push(query);
  }
  return { queries, width: names.length, rows: files.reduce((sum, { rows }) => sum + rows, 0) };
}

function queryOf(
  group: readonly ParquetFile[],
  names: readonly string[],
  reading: TableReading,
  date: DateReading,
): TypedQuery | null {
  const { customer, at, amount, segment } = reading.places;
  const types = new Map(group[0]!.columns.map(({ name, type }) => [name, type]));
  const columnAt = (place: number): { name: string; type: string } | null => {
    const name = names[place]!;
    const type = types.get(name);
    return type === undefined ? null : { name, type };
  };
  const textAt = (place: number | undefined): string => {
    const column = place === undefined ? null : columnAt(place);
    return column === null ? 'NULL::VARCHAR' : cellOf(column.name, column.type);
  };
  const who = columnAt(customer!);
  const when = columnAt(at!);
  const id = who === null ? NOT : customerOf(sqlName(who.name), who.type);
  const instant = when === null ? { sql: NOT, isLocal: false } : instantOf(sqlName(when.name), when.type, date);
  if (id === null || instant === null) return null;
  let value: { sql: string; hasPoints: boolean } | null = { sql: '0::DOUBLE', hasPoints: false };
  if (amount !== undefined) {
    const column = columnAt(amount);
    value = column === null ? { sql: NOT, hasPoints: false } : amountOf(sqlName(column.name), column.type, reading);
  }
  if (value === null) return null;
  const source = sourceOf(group.map(({ path }) => path));
  const numbers = [id, instant.sql, value.sql].map((sql, place) => `coalesce(${sql}, ${NOT}) AS v${String(place)}`);
  const segments = segment === undefined ? [] : [textAt(segment)];
  const texts = [customer, at, amount, segment].map((place) => textAt(place));
  return {
    sql: `SELECT ${[...numbers, ...segments].join(', ')} FROM ${source}`,
    texts: `SELECT ${texts.join(', ')} FROM (SELECT *, ${numbers.join(', ')} FROM ${source}) WHERE isnan(v0) OR isnan(v1) OR isnan(v2)`,
    isLocal: instant.isLocal,
    hasPoints: value.hasPoints,
  };
}
