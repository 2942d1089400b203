import { isOurHost } from './foreign-callers';

/** The path and query of an address; a whole one has to name this server, else null. */
export function ownTarget(url: string, port: number): string | null {
  if (url.startsWith('/')) return url;
  const [, authority = '', rest = ''] = /^http:\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  if (authority === '') return url;
  return isOurHost(authority, port) ? (rest.startsWith('/') ? rest : `/${rest}`) : null;
}

/** Path and query of an address; a parameter that comes again is joined with commas. */
export function splitTarget(url: string): { pathname: string; query: Record<string, string> } {
  const mark = url.indexOf('?');
  if (mark < 0) return { pathname: url, query: {} };
  const query: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(url.slice(mark + 1))) {
    query[key] = Object.hasOwn(query, key) ? `${query[key]},${value}` : value;
  }
  return { pathname: url.slice(0, mark), query };
}
