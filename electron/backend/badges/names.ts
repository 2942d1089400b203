import { outlineOf } from '../../../db/workspace/outline';
import { writeJson } from '../../../shared/domain/json';
import { escaped } from '../../../shared/words/read-back';
import type { Speaker } from '../../../shared/words/speaker';

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

type Says = Pick<Speaker, 'say'>;

/**
 * What a copy of this badge is called: `Summer visitor copy`, and a copy of that `Summer visitor copy 2`.
 *
 * @param speaker in whose language
 * @param all the speakers of every language in which a name may have been made before
 */
export function copyName(name: string, { say }: Says, all: readonly Says[], taken: (name: string) => boolean): string {
  const endings = all.map((each) => escaped(each.say('samples.copyOf', { name: '' })));
  const base = name.replace(new RegExp(`(?:${endings.join('|')})(?: \\d+)?$`), '').trim();
  return freeName(base === '' ? say('samples.copyOfNone') : say('samples.copyOf', { name: base }), taken);
}

/** The text of a body under another name; a text that is not a JSON object stays as it is, because it has no name. */
export function renamed(text: string, name: string): string {
  const { body } = outlineOf(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return text;
  return writeJson({ ...body, name }, 2);
}
