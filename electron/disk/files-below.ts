import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Files that a person named: files as they are, folders with all below them whose names end so, in the order of their
 * names. Links to folders are not followed; what git and npm keep in a folder is passed over.
 *
 * @param ending `.policy.json`
 * @returns as they were named, or found in a folder that was
 * @throws the system's error where one cannot be read
 */
export function filesBelow(cwd: string, named: readonly string[], ending: string): string[] {
  const below = (folder: string): string[] =>
    readdirSync(path.resolve(cwd, folder), { withFileTypes: true })
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .flatMap((entry) => {
        const place = path.join(folder, entry.name);
        if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === '.git' ? [] : below(place);
        return entry.name.endsWith(ending) ? [place] : [];
      });
  const files = named.flatMap((place) => (statSync(path.resolve(cwd, place)).isDirectory() ? below(place) : [place]));
  return [...new Map(files.map((file) => [path.resolve(cwd, file), file])).values()];
}
