/** What main tells a page before it has asked anything; the preload script takes it from its arguments. */
import type { FirstWords } from '../../shared/ipc/native';

export type { FirstWords };

/** The argument for the page's process. Encoded: the runtime parts arguments at blanks on some systems. */
export function firstArgument(words: FirstWords): string {
  return `--laurel-first=${encodeURIComponent(JSON.stringify(words))}`;
}
