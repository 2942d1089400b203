import type { FirstWords } from '../../shared/ipc/native';

/**
 * The argument by which the preload script learns what a page knows before it has asked anything. Encoded: the runtime
 * parts arguments at blanks on some systems.
 */
export function firstArgument(words: FirstWords): string {
  return `--laurel-first=${encodeURIComponent(JSON.stringify(words))}`;
}
