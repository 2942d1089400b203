import { z } from 'zod';
import type { Message } from '../words/message';
import { call, job } from './method';

/** `time`: the time of day, where the file has it apart from the date. `expiry`: when an award of the past ends. */
export const TABLE_ROLES = ['customer', 'at', 'time', 'amount', 'segment', 'expiry'] as const;
export type TableRole = (typeof TABLE_ROLES)[number];

/** What a person says of a table, written as the options of the command line and a scenario's `events` are. */
export const tableChoices = z.object({
  sheet: z.string().max(200).optional(),
  columns: z.partialRecord(z.enum(TABLE_ROLES), z.string().max(1000)).optional(),
  dateFormat: z.string().max(100).optional(),
  zone: z.string().max(100).optional(),
  decimal: z.enum(['.', ',']).optional(),
});
export type TableChoices = z.input<typeof tableChoices>;

/** What a table is looked at for: the customers of a request, events that are replayed, awards that are imported. */
export const tablePurpose = z.enum(['customers', 'events', 'awards']);
export type WantedTable = z.output<typeof tablePurpose>;

export interface TableColumn {
  name: string;
  role: TableRole | null;
  why: Message | null;
  type: 'number' | 'date' | 'text' | 'empty';
  /** Of the dates: how they are read, by the whole column. */
  dateOrder: string | null;
  decimal: '.' | ',' | null;
  /** As a Parquet file stores it, such as BIGINT; null in any other. */
  storedType: string | null;
  examples: string[];
  /** Cells of all rows that hold nothing, and numbers that Excel has shortened, as in 1.0E+11. */
  empty: number;
  shortened: number;
}

/** Rows of one kind of oddity. */
export interface TableReason {
  code: string;
  words: Message;
  /** What becomes of such rows: read with something taken off, read though odd, or left out. */
  verdict: 'cleaned' | 'doubtful' | 'bad';
  count: number;
  /** The first of them, lines of the file; of Parquet its rows. */
  lines: number[];
  /** The file of each of those lines, where the table has several; else empty. */
  files: string[];
}

/** Rows of a table by what becomes of them. */
export interface CountedRows {
  /** Nothing is odd about them; something may have been taken off. */
  good: number;
  /** Of the good and doubtful ones: those from which something was taken off. */
  cleaned: number;
  /** Read, but odd. */
  doubtful: number;
  /** Left out. */
  bad: number;
  reasons: TableReason[];
}

/** What only a person can say. */
export interface TableQuestion {
  code: 'column' | 'date-order' | 'zone' | 'decimal' | 'sheet' | 'day-one';
  words: Message;
  /** The option of the command line that answers it. */
  option: string;
  /** Of `column`: what is looked for. */
  role?: TableRole;
  choices: string[];
}

/** What a whole table is, before anything is done with it. */
export interface TableInspection extends CountedRows {
  kind: 'csv' | 'excel' | 'open-document' | 'parquet';
  /** How many files make the table. */
  fileCount: number;
  /** What of the files is in no cell. */
  notes: Message[];
  /** One sentence: what it is. */
  sentence: Message;
  packing: 'gzip' | 'zstd' | null;
  encoding: string | null;
  delimiter: string | null;
  sheet: string | null;
  sheets: string[];
  header: boolean;
  /** Each cell of each row is a customer id. */
  isList: boolean;
  titles: string[];
  rows: number;
  blankRows: number;
  columns: TableColumn[];
  /** First rows as they stand in the file, which is named where there are several. */
  sample: { line: number; file: string | null; cells: string[] }[];
  span: { from: string; to: string } | null;
  questions: TableQuestion[];
}

/** What a person said of files of one shape. It only proposes: whatever is done is told the choices themselves. */
export const tableProfile = z.object({
  name: z.string().min(1).max(200),
  /** Of the header of the files it is for; see `shapeOf`. */
  shape: z.string().min(1).max(100),
  choices: tableChoices,
});
export type TableProfile = z.input<typeof tableProfile>;

/** A table as the window is told of it. */
export interface FoundTable extends TableInspection {
  /** Tells files of one header from others; null where there is no header, of which nothing can be remembered. */
  shape: string | null;
  /** What was said of the last file of this shape. */
  remembered: TableProfile | null;
}

export interface TableProgress {
  /** Share of the file that has been looked at, from 0 to 1. */
  share: number;
}

export const tablesMethods = {
  /** Looks at a whole table. The backend answers others meanwhile. */
  'tables.inspect': job<TableProgress, FoundTable>()(() =>
    z.object({
      token: z.string().min(1).max(100),
      purpose: tablePurpose,
      choices: tableChoices.default({}),
    }),
  ),
  'tables.profiles': call<readonly TableProfile[]>()(() => z.object({})),
  /** Remembers choices in place of those of the same shape, or of the same name. */
  'tables.remember': call<null>()(() => tableProfile),
  'tables.forget': call<null>()(() => z.object({ name: z.string() })),
};
