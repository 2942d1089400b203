import { outlineOf } from '../../../db/workspace/outline';
import { writeJson } from '../../../shared/domain/json';

/**
 * The name itself when it is free, else the name with a number after it. Looks at a handful of numbers, not at all of
 * them, so that the ten-thousandth copy is as quick as the first; the number is free, not always the lowest.
 *
 * @param taken whether a badge has exactly this name
 */
export function freeName(wanted: string, taken: (name: string) => boolean): string {
  if (!taken(wanted)) return wanted;
  const numbered = (number: number): string => `${wanted} ${String(number)}`;
  let high = 2;
  while (taken(numbered(high))) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (taken(numbered(middle))) low = middle;
    else high = middle;
  }
  return numbered(high);
}

/** What a copy of this badge is called: `Summer visitor copy`, and a copy of that `Summer visitor copy 2`. */
export function copyName(name: string, taken: (name: string) => boolean): string {
  const base = name.replace(/ copy(?: \d+)?$/, '').trim();
  return freeName(base === '' ? 'Badge copy' : `${base} copy`, taken);
}

/** The text of a body under another name; a text that is not a JSON object stays as it is, because it has no name. */
export function renamed(text: string, name: string): string {
  const { body } = outlineOf(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return text;
  return writeJson({ ...body, name }, 2);
}
