import { jsonMistakeInWords, readJson, writeJson } from '../../../shared/domain/json';
import { say, sayMessage, words as spoken } from '../../lib/say.svelte';
import { jsonMistake } from '../../../shared/words/json-mistakes';
import { isJsonObject, type JsonObject } from '../../lib/body-path';

/** Where reading a JSON text stopped, and why, in words. */
export interface JsonFault {
  from: number;
  to: number;
  line: number;
  message: string;
}

export type JsonReading = { body: JsonObject; fault: null } | { body: null; fault: JsonFault };

/** Reads the text of a badge: one JSON object. */
export function readBadgeText(text: string): JsonReading {
  const reading = readJson(text);
  if (!reading.ok) {
    const { offset, line } = reading.mistake;
    const from = Math.max(0, Math.min(offset, text.length - 1));
    // In English as the gateway says it, for whoever looks it up.
    const { mistake } = reading;
    const words = spoken.speaker.language === 'en' ? jsonMistakeInWords(mistake) : sayMessage(jsonMistake(mistake));
    const message = `${words}.`;
    return { body: null, fault: { from, to: Math.min(text.length, from + 1), line, message } };
  }
  const { value } = reading;
  if (isJsonObject(value)) return { body: value, fault: null };
  const message = say(Array.isArray(value) ? 'badges.jsonList' : 'badges.jsonNoObject', { braces: '{ … }' });
  return { body: null, fault: { from: 0, to: text.length, line: 1, message } };
}

/** The text of a body as Laurel writes it. */
export function writeBadgeText(body: JsonObject): string {
  return writeJson(body, 2);
}
