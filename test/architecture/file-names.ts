/** How files and folders are called. */
import path from 'node:path';

const kebab = '[a-z0-9]+(?:-[a-z0-9]+)*';
const sourceName = new RegExp(
  `^${kebab}(?:\\.(?:svelte|worker|property|test|e2e|bench|package|d))*\\.(?:ts|mjs|cjs|js)$`,
);
const componentName = /^[A-Z][A-Za-z0-9]*\.svelte$/;
const migrationName = /^\d{4}_[a-z0-9]+(?:_[a-z0-9]+)+\.sql$/;
const folderName = new RegExp(`^\\.?${kebab}$`);
/** Folders whose name somebody else has chosen. */
const givenFolders = new Set(['ISSUE_TEMPLATE']);
const configurationName = /^[a-z]+(?:\.[a-z]+)*\.(?:ts|js)$/;
const emptyNames = /(?:^|[-.])(?:utils?|helpers?|managers?|common)(?:[-.]|$)/i;

/** Where the files of a kind live, so that their runner finds them. */
const homes: [ending: RegExp, home: RegExp, words: string][] = [
  [/\.test\.ts$/, /^test\/(?!e2e\/)/, 'test/'],
  [/\.e2e\.ts$/, /^test\/e2e\//, 'test/e2e/'],
  [/\.package\.ts$/, /^test\/package\//, 'test/package/'],
  [/\.bench\.ts$/, /^test\/bench\//, 'test/bench/'],
  [/\.worker\.ts$/, /^electron\/(backend|cli)\//, 'electron/backend/ or electron/cli/'],
  [/\.svelte\.ts$/, /^(renderer|test\/renderer)\//, 'renderer/'],
  [/\.svelte$/, /^(renderer|test\/renderer)\//, 'renderer/'],
];

/**
 * What is wrong with a file's name or place.
 *
 * @param file path from the repository's root, with `/`
 * @returns one sentence for each mistake
 */
export function namingMistakesOf(file: string): string[] {
  const name = path.posix.basename(file);
  const folders = file.split('/').slice(0, -1);
  const found: string[] = [];
  if (/^test\/(?:[^/]+\/)?fixtures\//.test(file)) {
    return found;
  }
  for (const folder of folders) {
    if (!folderName.test(folder) && !givenFolders.has(folder)) {
      found.push(`${file}: the folder ${folder} is not in kebab-case`);
    }
    if (emptyNames.test(folder)) {
      found.push(`${file}: the folder ${folder} does not say its subject`);
    }
  }
  if (emptyNames.test(name)) {
    found.push(`${file}: the name does not say its subject`);
  }
  if (name.endsWith('.svelte') && !componentName.test(name)) {
    found.push(`${file}: a component is called PascalCase.svelte`);
  }
  if (name.endsWith('.sql') && !migrationName.test(name)) {
    found.push(`${file}: a migration is called NNNN_verb_noun.sql`);
  }
  const isConfiguration = folders.length === 0 && configurationName.test(name);
  if (/\.(ts|mts|js|mjs|cjs)$/.test(name) && !isConfiguration && !sourceName.test(name)) {
    found.push(`${file}: a source file is in kebab-case with one of the known endings`);
  }
  for (const [ending, home, words] of homes) {
    if (ending.test(file) && !home.test(file)) {
      found.push(`${file}: belongs in ${words}`);
    }
  }
  return found;
}
