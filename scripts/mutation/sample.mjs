/** Which mutants a run takes: a seeded sample that stays the same while the sources around a mutant change. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { mutantsOf } from './mutators.mjs';

/**
 * @typedef {import('./mutators.mjs').Mutant & {
 *   file: string, line: number, lineText: string, original: string, key: string
 * }} PlacedMutant
 */

/** @param {string} text */
function oneLine(text) {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 90)}…` : line;
}

/**
 * All mutants of a folder. A mutant's key names its file, its line's text and the change, and not its line's number.
 *
 * @param {string} root
 * @param {string} folder relative to `root`, with `/`
 * @returns {PlacedMutant[]}
 */
export function mutantsBelow(root, folder) {
  /** @type {PlacedMutant[]} */
  const all = [];
  const files = globSync(`${folder}/**/*.ts`, { cwd: root }).filter((file) => !file.endsWith('.d.ts'));
  for (const file of files.map((each) => each.replaceAll(path.sep, '/')).sort()) {
    const text = readFileSync(path.join(root, file), 'utf8');
    /** @type {Map<string, number>} */
    const times = new Map();
    for (const mutant of mutantsOf(text, file)) {
      const line = text.slice(0, mutant.start).split('\n').length;
      const lineText = oneLine(text.split('\n')[line - 1] ?? '');
      const original = oneLine(text.slice(mutant.start, mutant.end));
      const name = [file, lineText, mutant.mutator, original, oneLine(mutant.replacement)].join(' | ');
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      all.push({ ...mutant, file, line, lineText, original, key: time === 1 ? name : `${name} | ${String(time)}` });
    }
  }
  return all;
}

/**
 * @param {readonly PlacedMutant[]} mutants
 * @param {number} seed
 * @param {number} size
 * @returns {PlacedMutant[]} at most `size`, in the order in which they are run
 */
export function sampleOf(mutants, seed, size) {
  const ranked = mutants.map((mutant) => ({
    mutant,
    rank: createHash('sha256')
      .update(`${String(seed)}\0${mutant.key}`)
      .digest('hex'),
  }));
  ranked.sort((one, other) => (one.rank < other.rank ? -1 : 1));
  return ranked.slice(0, size).map(({ mutant }) => mutant);
}
