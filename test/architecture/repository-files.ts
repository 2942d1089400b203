/** The files of this repository, found without version control, which a copy of the tree may not have. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Folder of the repository, absolute. */
const root = path.resolve(import.meta.dirname, '..', '..');

/**
 * Whether `.gitignore` leaves a name out. Knows the two forms that ours has: `folder/` and `*.ending`.
 */
function readIgnored(): (name: string, isFolder: boolean) => boolean {
  const lines = readFileSync(path.join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  return (name, isFolder) =>
    name === '.git' ||
    lines.some((line) => (line.startsWith('*') ? name.endsWith(line.slice(1)) : isFolder && line === `${name}/`));
}

/** @returns every file that is or would be kept, as a path from the root, with `/` */
export function repositoryFiles(): string[] {
  const isIgnored = readIgnored();
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      if (isIgnored(entry.name, entry.isDirectory())) {
        continue;
      }
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        walk(file);
      } else if (entry.isFile()) {
        found.push(file);
      }
    }
  };
  walk('');
  return found.sort();
}

/** @param file path from the root */
export function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Whether a file is a module whose imports count. */
export function isSource(file: string): boolean {
  return /\.(ts|mts|js|mjs|cjs|svelte)$/.test(file);
}
