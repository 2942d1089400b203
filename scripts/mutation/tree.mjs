/** The copy of the sources in which mutants are planted, so that nobody's work tree ever holds one. */
import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { modulesFolder, root } from '../bootstrap/places.mjs';

/** What is made, not written. */
const LEFT_OUT = new Set([
  '.git',
  '.laurel',
  'node_modules',
  'out',
  'dist',
  'test-results',
  'playwright-report',
  'coverage',
]);

/**
 * @param {string} name of the run
 * @returns {string} the tree's folder, made anew
 */
export function plantingTree(name) {
  const folder = path.join(root, 'out', 'mutation', name, 'tree');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(root).filter((name) => !LEFT_OUT.has(name))) {
    cpSync(path.join(root, entry), path.join(folder, entry), { recursive: true });
  }
  symlinkSync(modulesFolder, path.join(folder, 'node_modules'), 'junction');
  return folder;
}
