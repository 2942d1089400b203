import { toIso, toIsoExact } from '../../../shared/domain/instant';

/** What the cells of a column are; an instant is microseconds, a date `YYYY-MM-DD`. */
export type OutputKind =
  | 'text'
  | 'integer'
  | 'number'
  | 'date'
  /** In the zone of the table, to the second. */
  | 'instant'
  /** In UTC, to the microsecond. */
  | 'exact-instant';

export interface OutputColumn {
  name: string;
  kind: OutputKind;
}

export type OutputCell = string | number | null;
export type OutputRow = readonly OutputCell[];

/** A table that leaves Laurel: what every format of it is made of. */
export interface OutputTable {
  /** Name of a workbook's sheet: at most 31 characters, none of `[]:*?/\`. */
  sheet: string;
  columns: readonly OutputColumn[];
  /** IANA zone of its instants. */
  zone: string;
}

/** Some rows at a time, asked for one after the other. */
export type RowPortions = Iterable<readonly OutputRow[]> | AsyncIterable<readonly OutputRow[]>;

/** An instant's ISO text in the zone that its column is in. */
export function instantText(instant: number, kind: OutputKind, zone: string): string {
  return kind === 'exact-instant' ? toIsoExact(instant) : toIso(instant, zone);
}

export const isInstant = (kind: OutputKind): boolean => kind === 'instant' || kind === 'exact-instant';
