/** What a source reaches over its imports, all the way down. */
import path from 'node:path';
import { importsOf } from './source-imports';

/** What talks to a network. */
const NETWORK = /^(node:)?(http|https|http2|net|tls|dgram|dns)(\/|$)|^(undici|fastify)(\/|$)/;
/** Rooms of the backend that talk to an org, or make one. */
const ROOMS = /^electron\/backend\/(sync|network|practice|secrets)\//;

/**
 * @param from files of the repository
 * @param text the source of a file; undefined where there is none
 * @returns one line for each import, direct or not, that could send something: the way to it
 */
export function waysToSend(from: readonly string[], text: (file: string) => string | undefined): string[] {
  const seen = new Map<string, string | null>(from.map((file) => [file, null]));
  const wayOf = (file: string): string => {
    const before = seen.get(file) ?? null;
    return before === null ? file : `${wayOf(before)} → ${file}`;
  };
  const found: string[] = [];
  for (const file of seen.keys()) {
    for (const specifier of importsOf(file, text(file) ?? '')) {
      if (NETWORK.test(specifier)) found.push(`${wayOf(file)} → ${specifier}`);
      if (!specifier.startsWith('.')) continue;
      const target = path.posix.join(path.posix.dirname(file), specifier);
      const source = [`${target}.ts`, `${target}/index.ts`, target].find((each) => text(each) !== undefined);
      if (source === undefined || seen.has(source)) continue;
      seen.set(source, file);
      if (ROOMS.test(source)) found.push(wayOf(source));
    }
  }
  return found;
}
