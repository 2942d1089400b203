import { randomBytes } from 'node:crypto';
import path from 'node:path';

/** A name that nobody can guess or have taken, in the folder of the file that it is to become. */
export function unfinishedBeside(target: string): string {
  return path.join(path.dirname(target), `.laurel-${randomBytes(12).toString('hex')}.unfinished`);
}
