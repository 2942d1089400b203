import { z } from 'zod';

/**
 * A list with a bound that no real use meets: what is longer is refused in words before anything walks it.
 *
 * @param what its entries in words, for the refusal
 */
export function boundedList<T extends z.ZodType>(element: T, most: number, what: string): z.ZodArray<T> {
  return z.array(element).max(most, `Name at most ${most.toLocaleString('en')} ${what} at a time.`);
}
