import path from 'node:path';
import { LARGEST_IMAGE } from '../../../../shared/art/model';
import { readRegular } from '../../../disk/regular-file';

/** Where pictures of badges are served, beside the gateway's own paths. */
export const PICTURES_PATH = '/pictures/';

/** Names as an export of pictures gives them: nothing that leads out of the folder. */
const NAME = /^[a-z0-9-]{1,80}\.(?:UN_EARNED|IN_PROGRESS|EARNED)\.(?<format>png|svg)$/;

/** A picture as it is sent. */
export interface ServedPicture {
  headers: Readonly<Record<string, string>>;
  bytes: Uint8Array;
}

/** The picture that a path names, read anew each time; null where there is none. */
export function servedPicture(folder: string | null, method: string, pathname: string): ServedPicture | null {
  if (folder === null || !['GET', 'HEAD'].includes(method) || !pathname.startsWith(PICTURES_PATH)) return null;
  const name = pathname.slice(PICTURES_PATH.length);
  const format = NAME.exec(name)?.groups?.['format'];
  if (format === undefined) return null;
  try {
    return {
      headers: {
        'content-type': format === 'png' ? 'image/png' : 'image/svg+xml',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
        // An SVG is a page of its own where it is opened by its address.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      },
      bytes: readRegular(path.join(folder, name), LARGEST_IMAGE),
    };
  } catch {
    return null;
  }
}
