import { message, type Message } from '../../shared/words/message';
import { inEnglish } from '../../shared/words/english';

/** A table of an export that is not as Laurel writes one. */
export class UnreadableTable extends Error {
  constructor(readonly words: Message) {
    super(inEnglish(words));
  }
}

/** A value that SQLite holds; integers as bigint, so that none of them is rounded. */
export type Cell = null | bigint | number | string | Uint8Array;

/** A cell whose value stands in a file of its own; deflated where it is so in the database. */
export interface FileCell {
  file: string;
  deflated: boolean;
}

const BLOB = 'base64:';
const FILE = 'file:';
const DEFLATED = 'deflated-file:';

/**
 * A cell as CSV writes it: texts in quotes and everything else without them, so that nothing and an empty text, and a
 * number and a text of digits, stay apart.
 */
export function writeCell(cell: Cell | FileCell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return `"${cell.replaceAll('"', '""')}"`;
  if (typeof cell === 'bigint') return String(cell);
  if (typeof cell === 'number') return Number.isInteger(cell) ? cell.toExponential() : String(cell);
  if (cell instanceof Uint8Array) return `${BLOB}${Buffer.from(cell).toString('base64')}`;
  return `${cell.deflated ? DEFLATED : FILE}${cell.file}`;
}

function readBare(text: string): Cell | FileCell {
  if (text === '') return null;
  if (text.startsWith(BLOB)) return Buffer.from(text.slice(BLOB.length), 'base64');
  if (text.startsWith(FILE)) return { file: text.slice(FILE.length), deflated: false };
  if (text.startsWith(DEFLATED)) return { file: text.slice(DEFLATED.length), deflated: true };
  if (/^-?\d+$/.test(text)) return BigInt(text);
  const real = Number(text);
  if (Number.isNaN(real)) throw new UnreadableTable(message('damaged.noValue', { text: text.slice(0, 40) }));
  return real;
}

const QUOTE = '"';

/**
 * The rows of a text in CSV as {@link writeCell} writes it, read portion by portion.
 *
 * @throws UnreadableTable where the text is something else
 */
export async function* readRows(portions: AsyncIterable<string>): AsyncGenerator<(Cell | FileCell)[]> {
  let row: (Cell | FileCell)[] = [];
  let text = '';
  let place: 'bare' | 'quoted' | 'after' = 'bare';
  const end = (): void => {
    row.push(place === 'after' ? text : readBare(text));
    text = '';
    place = 'bare';
  };
  for await (const portion of portions) {
    let from = 0;
    while (from < portion.length) {
      if (place === 'quoted') {
        const quote = portion.indexOf(QUOTE, from);
        text += portion.slice(from, quote < 0 ? portion.length : quote);
        from = quote < 0 ? portion.length : quote + 1;
        if (quote >= 0) place = 'after';
        continue;
      }
      const character = portion[from] as string;
      from += 1;
      if (character === ',') end();
      else if (character === '\n') {
        end();
        yield row;
        row = [];
      } else if (character === QUOTE) {
        // Twice inside a text it stands for itself.
        if (place === 'after') text += QUOTE;
        else if (text !== '') throw new UnreadableTable(message('damaged.quoteInside'));
        place = 'quoted';
      } else if (place === 'after') throw new UnreadableTable(message('damaged.afterText'));
      else text += character;
    }
  }
  if (place === 'quoted' || text !== '' || row.length > 0) throw new UnreadableTable(message('damaged.noEnd'));
}
