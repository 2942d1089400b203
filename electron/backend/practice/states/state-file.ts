import path from 'node:path';
import { z } from 'zod';
import type { ImageCell, ImageTable } from '../../../../db/org/org-image';
import { readSettings } from '../../../../db/stored-settings';
import { readRegularText } from '../../../disk/regular-file';
import { causeOf, codeOf } from '../../../disk/system-reasons';
import { writeWhole } from '../../../disk/whole-file';
import { isObject } from '../../../../shared/domain/body-reader';
import { readInstant, toIsoExact, type Instant } from '../../../../shared/domain/instant';
import { readJson } from '../../../../shared/domain/json';
import { Failure } from '../../../../shared/ipc/errors';
import { jsonMistake } from '../../../../shared/words/json-mistakes';
import { message, type Message } from '../../../../shared/words/message';
import type { SavedState } from './saved-state';

/** How a state file names what it is. */
const STATE_SCHEMA = 'laurel/practice-state@1';
/** How the names of state files end. */
export const STATE_ENDING = '.practice-state.json';

const SCHEMA = /^laurel\/practice-state@(\d+)$/;
/** Bytes; the largest state that is saved takes about half of it. */
const LARGEST_STATE = 400_000_000;
const PORTION_ROWS = 1_000;

/** A whole number that a double does not hold exactly, as text. */
const large = z.strictObject({ integer: z.string().regex(/^-?\d{1,19}$/) });
const cell = z.union([z.null(), z.int(), z.string(), large]);
const stateFile = z.strictObject({
  schema: z.literal(STATE_SCHEMA),
  name: z.string().max(200),
  savedOn: z.string(),
  /** Null: the clock runs with the machine's. */
  clock: z.string().nullable(),
  settings: z.record(z.string(), z.unknown()),
  org: z.strictObject({
    /** Of the schema of the tables below. */
    version: z.int().min(1),
    tables: z.array(
      z.strictObject({
        name: z.string().max(100),
        columns: z.array(z.string().max(100)).max(100),
        // Each cell is looked at below: a schema of a million of them takes minutes.
        rows: z.array(z.array(z.unknown())),
      }),
    ),
  }),
});

/** The text of a state file, portion by portion: one row of a table is one line, so that two states can be compared. */
export function* textOfState({ name, savedOn, clock, settings, org }: SavedState): Generator<string> {
  const head = {
    schema: STATE_SCHEMA,
    name,
    savedOn: toIsoExact(savedOn),
    clock: clock === null ? null : toIsoExact(clock),
    settings,
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "org": {\n    "version": ${String(org.version)},\n    "tables": [`;
  for (const [index, table] of org.tables.entries()) yield* textOfTable(table, index === 0);
  yield '\n    ]\n  }\n}\n';
}

function* textOfTable({ name, columns, rows }: ImageTable, isFirst: boolean): Generator<string> {
  yield `${isFirst ? '' : ','}\n      {\n        "name": ${JSON.stringify(name)},\n        "columns": ${JSON.stringify(columns)},\n        "rows": [`;
  for (let from = 0; from < rows.length; from += PORTION_ROWS) {
    const lines = rows.slice(from, from + PORTION_ROWS).map((row) => `          ${JSON.stringify(row.map(written))}`);
    yield `${from === 0 ? '' : ','}\n${lines.join(',\n')}`;
  }
  yield `${rows.length === 0 ? '' : '\n        '}]\n      }`;
}

const written = (value: ImageCell): unknown => (typeof value === 'bigint' ? { integer: String(value) } : value);

/**
 * Writes a state into a file, whole or not at all.
 *
 * @param file absolute path
 * @throws Failure `internal` in plain words; what stood there before is as it was
 */
export async function writeStateFile(file: string, state: SavedState): Promise<void> {
  await writeWhole(file, textOfState(state));
}

/**
 * Reads a state file.
 *
 * @param file absolute path
 * @param name what the person calls it; its own name unless given
 * @throws Failure `not-found` when it cannot be read, `invalid-input` when it is none or was broken, `database-newer`
 *   when a newer Laurel wrote it
 */
export function readStateFile(file: string, name = path.basename(file)): SavedState {
  let text: string;
  try {
    text = readRegularText(file, LARGEST_STATE);
  } catch (error) {
    const reason = codeOf(error) === 'ENOENT' ? message('practiceStates.noFile') : causeOf(error);
    throw new Failure('not-found', message('practiceStates.unreadable', { name, reason }));
  }
  return readState(text, name);
}

/** {@link readStateFile} for its text. */
export function readState(text: string, name: string): SavedState {
  const value = parsed(text, name);
  const schema = isObject(value) && typeof value['schema'] === 'string' ? SCHEMA.exec(value['schema']) : null;
  if (schema === null) throw refused(message('practiceStates.noState', { name }));
  if (schema[1] !== '1') throw new Failure('database-newer', message('practiceStates.newer', { name }));
  const result = stateFile.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw refused(message('practiceStates.broken', { name, place: issue?.path.join('.') ?? '' }));
  }
  const { data } = result;
  const { settings, odd } = readSettings(data.settings);
  const [unknown] = [
    ...odd.map((each) => each.name),
    ...Object.keys(data.settings).filter((key) => !Object.hasOwn(settings, key)),
  ];
  if (unknown !== undefined) {
    throw refused(message('practiceStates.broken', { name, place: `settings.${unknown}` }));
  }
  return {
    name: data.name,
    savedOn: instantOf(data.savedOn, name, 'savedOn'),
    clock: data.clock === null ? null : instantOf(data.clock, name, 'clock'),
    settings,
    org: {
      version: data.org.version,
      tables: data.org.tables.map((table) => ({
        ...table,
        rows: table.rows.map((row, index) => row.map((each) => cellOf(each, name, table.name, index))),
      })),
    },
  };
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const reading = readJson(text);
    if (reading.ok) return reading.value;
    throw refused(message('practiceStates.notJson', { name, mistake: jsonMistake(reading.mistake) }));
  }
}

function instantOf(text: string, name: string, place: string): Instant {
  const reading = readInstant(text);
  if (!reading.ok) throw refused(message('practiceStates.broken', { name, place }));
  return reading.instant;
}

function cellOf(value: unknown, name: string, table: string, row: number): ImageCell {
  // The plain cases first: a state has millions of them.
  if (value === null || typeof value === 'string' || Number.isSafeInteger(value)) return value as ImageCell;
  const result = cell.safeParse(value);
  if (!result.success || !isObject(result.data)) {
    throw refused(message('practiceStates.broken', { name, place: `org.tables.${table}, row ${String(row + 1)}` }));
  }
  return BigInt(result.data.integer);
}

function refused(words: Message): Failure {
  return new Failure('invalid-input', words);
}
