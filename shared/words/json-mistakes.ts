import { message, type Message, type PlainKey } from './message';
import { readerOf } from './read-back';

const ownWords = readerOf([
  'json.ends',
  'json.comma',
  'json.comment',
  'json.doubleQuotes',
  'json.noJson',
  'json.empty',
  'json.tooDeep',
]);

/** What the engine says of a text that is no JSON, by its beginning. */
const OF_ENGINE: readonly (readonly [said: RegExp, key: PlainKey])[] = [
  [/^expected ',' or '\}' after property value/, 'json.afterValue'],
  [/^expected ',' or ']' after array element/, 'json.afterElement'],
  [/^expected property name or '\}'/, 'json.propertyName'],
  [/^expected double-quoted property name/, 'json.quotedName'],
  [/^expected ':' after property name/, 'json.colon'],
  [/^bad control character/, 'json.control'],
  [/^unterminated string/, 'json.unterminated'],
  [/^bad (?:escaped character|Unicode escape)/i, 'json.escape'],
  [/^unexpected non-whitespace character after JSON/, 'json.afterJson'],
  [/^no number after minus sign/, 'json.minus'],
  [/^unexpected end of JSON input/, 'json.ends'],
  [/^unexpected token/, 'json.token'],
];

/**
 * Where and why a text is no JSON, of the English reason that the domain gives (shared/domain/json), which is also what
 * the gateway answers.
 */
export function jsonMistake({ line, column, reason }: { line: number; column: number; reason: string }): Message {
  const key = OF_ENGINE.find(([said]) => said.test(reason))?.[1];
  const words = ownWords(reason) ?? (key === undefined ? reason : message(key));
  return message('json.at', { line: String(line), column: String(column), reason: words });
}
