/** A number of a report, as it is read back from its page. */
export interface ReadFigure {
  value: number;
  version: number;
  /** In the result file; null: it is reckoned from several. */
  path: readonly string[] | null;
  words: string;
}

const unescaped = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

/** Every number that a page gives with its exact value. */
export function figuresOf(page: string): ReadFigure[] {
  return [
    ...page.matchAll(/<data\s+value="([^"]*)"\s*(?:data-version="(\d+)"\s+data-of="([^"]*)")?\s*>([^<]*)<\/data>/g),
  ].map(([, value, version, path, words]) => ({
    ...{ value: Number(value), version: Number(version ?? 0), words: unescaped(words ?? '').trim() },
    path: path === undefined ? null : (JSON.parse(unescaped(path)) as string[]),
  }));
}

/** How often a page opens such a number; fewer that are read back would be numbers nobody compares. */
export const countOfFigures = (page: string): number => page.split('<data').length - 1;

/** What stands between the tags of a page, without styles and pictures. */
export function piecesOf(page: string): string[] {
  const body = page.slice(page.indexOf('<body')).replaceAll(/<svg[\s\S]*?<\/svg>/g, ' ');
  return body.split(/<[^>]*>/).flatMap((piece) => {
    const words = unescaped(piece).replaceAll(/\s+/g, ' ').trim();
    return words === '' ? [] : [words];
  });
}

/** The words of a page, without styles and pictures. */
export const wordsOf = (page: string): string => piecesOf(page).join(' ');

/** What stands at a place of a document. */
export function at(document: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document);
}
