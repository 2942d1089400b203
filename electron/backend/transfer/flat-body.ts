import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { numberText, readJson, withNumberTexts, writeJson } from '../../../shared/domain/json';
import { MEANING_FIELDS } from '../../../shared/gateway/meaning';
import { plainWords } from '../../../shared/ipc/plain-words';

/** Behind a heading whose cells are JSON rather than the text they show. */
const AS_JSON = ' (JSON)';
/** Columns that one table has at most; more fields than that stand together in fewer cells. */
const MOST_COLUMNS = 1_000;
/** Characters that a cell of Excel holds. */
const LONGEST_CELL = 32_767;
/** Heading of a column of whole bodies. */
const WHOLE = 'badge';

/** A table of bodies: a row a badge, a column a field. */
export interface FlatTable {
  headings: readonly string[];
  /** Cells in the order of the headings; null for a body of which one does not fit into a cell. */
  rows: readonly (readonly (string | null)[] | null)[];
}

type Holder = JsonObject | readonly unknown[];

/** A key that can be a part of a heading and is found there again. */
const isPlainKey = (key: string): boolean => /^[\p{L}_](?:[\p{L}\p{N}_ -]{0,58}[\p{L}\p{N}_])?$/u.test(key);

/** A text that a table shows and gives back as it is. */
const isPlainText = (text: string): boolean =>
  text !== '' && !/[\t\r\n]|^['"=+\-@]|^\s|\s$/.test(text) && plainWords(text) === text;

/** JSON of one entry: numbers with the digits they were written with, and nothing in it that acts instead of being shown. */
function jsonOf(holder: Holder, key: string): string {
  const digits = numberText(holder, key);
  return plainWords(digits ?? writeJson((holder as JsonObject)[key]));
}

const isFilled = (value: unknown): value is Holder =>
  (Array.isArray(value) && value.length > 0) ||
  (isObject(value) && Object.keys(value).length > 0 && Object.keys(value).every(isPlainKey));

/** The columns of a field in the order in which they were met, those of a list by its places. */
class Columns {
  readonly #children = new Map<string, Columns>();
  readonly #headings = new Set<string>();

  add(path: readonly string[], heading: string): void {
    const [first, ...rest] = path;
    if (first === undefined) {
      this.#headings.add(heading);
      return;
    }
    let child = this.#children.get(first);
    if (child === undefined) this.#children.set(first, (child = new Columns()));
    child.add(rest, heading);
  }

  *headings(): Generator<string> {
    yield* [...this.#headings].sort();
    const keys = [...this.#children.keys()];
    const isList = keys.every((key) => /^\d+$/.test(key));
    for (const key of isList ? keys.sort((one, other) => Number(one) - Number(other)) : keys)
      yield* this.#children.get(key)?.headings() ?? [];
  }
}

type Cell = readonly [path: readonly string[], heading: string, text: string];

/** @param depth how many levels of a body have cells of their own; 0: the body is one cell */
function* cellsOf(holder: Holder, depth: number, path: readonly string[]): Generator<Cell> {
  for (const [key, value] of Object.entries(holder) as [string, unknown][]) {
    // People count from one.
    const here = [...path, Array.isArray(holder) ? String(Number(key) + 1) : key];
    const heading = here.join('.');
    if (depth > 1 && isFilled(value)) yield* cellsOf(value, depth - 1, here);
    else if (typeof value === 'string' && isPlainText(value)) yield [here, heading, value];
    else if (value !== undefined) yield [here, `${heading}${AS_JSON}`, jsonOf(holder, key)];
  }
}

function isFlat(body: JsonObject): boolean {
  const fields = Object.keys(body);
  return fields.every(isPlainKey) && !fields.includes(WHOLE) && knownAmong(fields) >= 2;
}

function flattened(bodies: readonly JsonObject[], depth: number): FlatTable | null {
  const columns = new Columns();
  const known = new Set<string>();
  const cells: Map<string, string>[] = [];
  for (const body of bodies) {
    const of = new Map<string, string>();
    const isWhole = depth === 0 || !isFlat(body);
    const found: Iterable<Cell> = isWhole
      ? [[[WHOLE], `${WHOLE}${AS_JSON}`, plainWords(writeJson(body))]]
      : cellsOf(body, depth, []);
    for (const [path, heading, text] of found) {
      of.set(heading, text);
      if (known.has(heading)) continue;
      known.add(heading);
      columns.add(path, heading);
    }
    if (known.size > MOST_COLUMNS) return null;
    cells.push(of);
  }
  const headings = [...columns.headings()];
  const rows = cells.map((of) => {
    const row = headings.map((heading) => of.get(heading) ?? null);
    return row.some((cell) => cell !== null && cell.length > LONGEST_CELL) ? null : row;
  });
  return { headings, rows };
}

/**
 * Bodies as a table from which {@link bodyOfRow} makes them again, whatever they say: `name`, `tags.1.value`,
 * `badgeRank (JSON)`. What is no plain text stands as JSON.
 */
export function flatTable(bodies: readonly JsonObject[]): FlatTable {
  return flattened(bodies, Infinity) ?? flattened(bodies, 1) ?? flattened(bodies, 0) ?? { headings: [], rows: [] };
}

/** Fields by which a table of badges is known; a body with fewer than two of them stands whole in one cell. */
const KNOWN: ReadonlySet<string> = new Set<string>([
  ...MEANING_FIELDS.filter((field) => field !== 'restrictedToOwners'),
  'ownership',
  'isActive',
  'startOnISO',
  'expiresOnISO',
]);

const knownAmong = (fields: Iterable<string>): number => new Set([...fields].filter((field) => KNOWN.has(field))).size;

/** Whether these are headings of a flat table of badges. */
export function isFlatHeading(headings: readonly string[]): boolean {
  const fields = headings.map((heading) => heading.replace(/ \(JSON\)$/, '').split('.')[0] ?? '');
  return headings.includes(`${WHOLE}${AS_JSON}`) || knownAmong(fields) >= 2;
}

/** A spreadsheet program may have made a number or a truth of a cell: `TRUE`. */
function valueOf(text: string): { value: unknown; holder: object; key: string } {
  const reading = readJson(`{"value":${/^(?:true|false|null)$/i.test(text) ? text.toLowerCase() : text}}`);
  const isValue = reading.ok && isObject(reading.value) && Object.keys(reading.value).length === 1;
  const holder: object = isValue ? (reading.value as JsonObject) : { value: text };
  return { value: (holder as JsonObject)['value'], holder, key: 'value' };
}

interface Node {
  leaf: { value: unknown; holder: object } | null;
  children: Map<string, Node>;
}

const emptyNode = (): Node => ({ leaf: null, children: new Map() });

function built(node: Node): unknown {
  if (node.leaf !== null) return node.leaf.value;
  const entries = [...node.children];
  if (entries.every(([key]) => /^\d+$/.test(key))) {
    const sorted = entries.sort(([one], [other]) => Number(one) - Number(other));
    return withDigits(
      sorted.map(([, child]) => built(child)),
      sorted.map(([, child], place) => [String(place), child]),
    );
  }
  return withDigits(Object.fromEntries(entries.map(([key, child]) => [key, built(child)])), entries);
}

/** What was built of nodes, its numbers with the digits they were written with. */
function withDigits<T extends object>(value: T, entries: readonly (readonly [string, Node])[]): T {
  const numbers = entries.flatMap(([key, { leaf }]) => {
    const text = leaf === null ? null : numberText(leaf.holder, 'value');
    return text === null || text === String(leaf?.value) ? [] : [`${JSON.stringify(key)}:${text}`];
  });
  if (numbers.length === 0) return value;
  const reading = readJson(`{${numbers.join(',')}}`);
  return reading.ok && isObject(reading.value) ? withNumberTexts(value, reading.value) : value;
}

/** The body of a row of a flat table; empty cells are fields that it does not have. Null where no cell is filled. */
export function bodyOfRow(headings: readonly string[], cells: readonly string[]): JsonObject | null {
  const root = emptyNode();
  for (const [place, heading] of headings.entries()) {
    const text = cells[place] ?? '';
    if (text === '' || heading === '') continue;
    const isJson = heading.endsWith(AS_JSON);
    const path = (isJson ? heading.slice(0, -AS_JSON.length) : heading).split('.');
    let node = root;
    for (const key of path) {
      let next = node.children.get(key);
      if (next === undefined) node.children.set(key, (next = emptyNode()));
      node = next;
    }
    node.leaf = isJson ? valueOf(text) : { value: text, holder: { value: text } };
  }
  const whole = root.children.get(WHOLE)?.leaf?.value;
  if (isObject(whole)) return whole;
  const body = built(root);
  return root.children.size > 0 && isObject(body) ? body : null;
}
