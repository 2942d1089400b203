import { isJsonObject, type JsonObject } from './body-path';
import { jsonFaultAt } from './json-fault';

/** Where reading a JSON text stopped, and why, in words. */
export interface JsonFault {
  from: number;
  to: number;
  line: number;
  message: string;
}

export type JsonReading = { body: JsonObject; fault: null } | { body: null; fault: JsonFault };

function lineOf(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Reads the text of a badge: one JSON object. */
export function readBadgeText(text: string): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const position = jsonFaultAt(text);
    const line = lineOf(text, position);
    const reason =
      text.trim() === ''
        ? 'it is empty'
        : said
            .replace(/,? ?(?:"(?:\.\.\.)?[\s\S]*" is not valid JSON|(?:in JSON )?at position[\s\S]*)$/, '')
            .replace(/ in JSON$/, '');
    const from = Math.max(0, Math.min(position, text.length - 1));
    return {
      body: null,
      fault: {
        from,
        to: Math.min(text.length, from + 1),
        line,
        message: `Line ${line}: ${lowerFirst(reason) || 'this is not JSON'}.`,
      },
    };
  }
  if (isJsonObject(value)) return { body: value, fault: null };
  const message = Array.isArray(value) ? 'This is a list. Paste one badge: { … }.' : 'A badge is an object: { … }.';
  return { body: null, fault: { from: 0, to: text.length, line: 1, message } };
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** The text of a body as Laurel writes it. */
export function writeBadgeText(body: JsonObject): string {
  return JSON.stringify(body, null, 2);
}
