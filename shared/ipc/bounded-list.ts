import { z } from 'zod';
import { message, type Message, type PlainKey } from '../words/message';

/** What stands in a list, or another mistake that its words name whole. */
type ListKey = Extract<PlainKey, `lists.${string}`>;

/**
 * A list with a bound that no real use meets: what is longer is refused in words before anything walks it.
 *
 * @param what its entries, for the refusal
 */
export function boundedList<T extends z.ZodType>(element: T, most: number, what: ListKey): z.ZodArray<T> {
  return z.array(element).max(most, what);
}

const isListKey = (text: string): text is ListKey => text.startsWith('lists.');

/** The words of an input's mistake, where the contract gives it any. @returns null for a mistake in the form of the input */
export function contractMistake(issue: z.core.$ZodIssue): Message | null {
  if (!isListKey(issue.message)) return null;
  const what = message(issue.message);
  return issue.code === 'too_big' ? message('lists.atMost', { most: Number(issue.maximum), what }) : what;
}
