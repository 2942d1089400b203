import { ART_STATES, type ArtState } from './model';

/** One line of what came back from wherever the pictures were put. */
export interface AddressLine {
  /** From 1. */
  line: number;
  /** What the picture is called, without its state and ending; may be a badge's name. */
  key: string;
  state: ArtState | null;
  /** `http` or `https`; null: none stood there. */
  url: string | null;
  handle: string | null;
}

/** Characters of a text of addresses; thirty thousand lines. */
export const LONGEST_ADDRESSES = 4_000_000;

const ADDRESS = /^https?:\/\/\S+$/i;
/** `spring.EARNED.png`, and without an ending. */
const FILE = /^(?<key>.+)\.(?<state>UN_EARNED|IN_PROGRESS|EARNED)(?:\.(?:png|svg|jpe?g))?$/i;

/** The cells of a line: by tabs where it has any, otherwise by semicolons or commas outside quotes. */
function cellsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : /;(?=(?:[^"]*"[^"]*")*[^"]*$)/.test(line) ? ';' : ',';
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell].map((text) => text.trim());
}

const stateOf = (text: string): ArtState | null =>
  ART_STATES.find((state) => state === text.toUpperCase().replaceAll(/[ -]/g, '_')) ?? null;

/**
 * What a pasted or read text says of addresses. In each line: a picture's file name, or a badge's name with the state in a
 * cell of its own; the address; and, where there is one, the handle. Their order does not matter, but that the name comes
 * before the handle. A first line without an address is taken for headings.
 */
export function readAddresses(text: string): AddressLine[] {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((content, index) => ({ content, line: index + 1 }))
    .filter(({ content }) => content.trim() !== '');
  return lines.flatMap(({ content, line }, index) => {
    const cells = cellsOf(content).filter((cell) => cell !== '');
    const url = cells.find((cell) => ADDRESS.test(cell)) ?? null;
    if (index === 0 && url === null && lines.length > 1) return [];
    const states = cells.filter((cell) => stateOf(cell) !== null);
    const [name = '', handle = null] = cells.filter((cell) => cell !== url && !states.includes(cell));
    const file = FILE.exec(name)?.groups;
    const state = stateOf(file?.['state'] ?? states[0] ?? '');
    return [{ line, key: file?.['key'] ?? name, state, url, handle }];
  });
}
