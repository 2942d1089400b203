import { readSync } from 'node:fs';
import { closeRegular, openRegular } from './regular-file';

const PORTION = 1 << 20;

/**
 * Whether two files hold the same bytes. Reads both by portions, so that they may be of any size.
 *
 * @throws NotRegular, or the system's error, where one of them cannot be read
 */
export function hasSameBytes(one: string, other: string): boolean {
  const first = openRegular(one);
  try {
    const second = openRegular(other);
    try {
      return first.size === second.size && readAlike(first.handle, second.handle);
    } finally {
      closeRegular(second.handle);
    }
  } finally {
    closeRegular(first.handle);
  }
}

function readAlike(first: number, second: number): boolean {
  const [one, other] = [Buffer.allocUnsafe(PORTION), Buffer.allocUnsafe(PORTION)];
  for (;;) {
    const read = readSync(first, one);
    if (readSync(second, other) !== read || one.compare(other, 0, read, 0, read) !== 0) return false;
    if (read === 0) return true;
  }
}
