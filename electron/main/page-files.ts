import path from 'node:path';
import { PAGE_HOST, PAGE_SCHEME } from './page-address';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface PageFile {
  path: string;
  type: string;
}

/**
 * The file of the built page that an address names, or null when it names anything else: another host, a path out of
 * the folder in whatever spelling, a kind of file that no page has.
 *
 * @param folder absolute, of the built page
 */
export function pageFile(folder: string, address: string): PageFile | null {
  let url: URL;
  let name: string;
  try {
    url = new URL(address);
    name = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (url.protocol !== `${PAGE_SCHEME}:` || url.host !== PAGE_HOST) return null;
  // A backslash separates folders on Windows, a colon names a drive or a stream there.
  if (/[\0\\:]/.test(name)) return null;
  const file = path.resolve(folder, `.${name === '/' ? '/index.html' : name}`);
  if (!file.startsWith(path.resolve(folder) + path.sep)) return null;
  const type = TYPES[path.extname(file).toLowerCase()];
  return type === undefined ? null : { path: file, type };
}
