import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../shared/ipc/errors';

/** A badge file is the body of a create call, `*.badge.json`. */
export interface BadgeFile {
  /** As the person named it. */
  name: string;
  text: string;
}

/** @throws Failure `not-found` when the file cannot be read */
export function readBadgeFile(cwd: string, name: string): BadgeFile {
  try {
    const text = readFileSync(path.resolve(cwd, name), 'utf8');
    return { name, text: text.startsWith('\ufeff') ? text.slice(1) : text };
  } catch (error) {
    throw new Failure('not-found', `${name} cannot be read (${reasonOf(error)}). Nothing was done.`);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'you may not read it';
  return String(code ?? error);
}
