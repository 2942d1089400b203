import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { pairOf, storedBackups } from '../../db/backups/backups';
import { updateCopies } from '../../db/backups/update-copies';
import { WORKSPACE } from '../../db/kinds';
import { logicalContent } from '../db/workspace/logical-content';
import type { FaultedEnd } from './fault-library';
import { look } from './look';
import { damage, leftovers, wordsMissing, type FaultScenario } from './scenario';

const fixtures = path.resolve(process.cwd(), 'test/fixtures/databases');
const OLDEST = 1;
const NEWEST = WORKSPACE.migrations.length;

/** The oldest workspace and org file there are, opened by this version. */
export const migration: FaultScenario = {
  name: 'migration',
  prepare(folder) {
    copyFileSync(path.join(fixtures, 'v0001-workspace.sqlite'), path.join(folder, 'w.laurel'));
    copyFileSync(path.join(fixtures, 'v0001-org.sqlite'), path.join(folder, 'w.laurel-org'));
    return Promise.resolve();
  },
  async run(folder, { laurels }, fault) {
    const end = await laurels.faulted({ task: 'open', folder }, fault);
    return { end, problems: [...wordsMissing(end), ...(await judgeUpgrade(folder, end, OLDEST))] };
  },
};

/**
 * What is wrong after an update of `w.laurel` in a folder that came to whatever end: damage, a version that is neither,
 * content that is gone, words that are missing.
 *
 * @param oldest the version that it had
 */
export async function judgeUpgrade(folder: string, end: FaultedEnd, oldest: number): Promise<string[]> {
  const file = path.join(folder, 'w.laurel');
  const before = versionOf(file);
  const problems = [...damage(folder)];
  if (before !== oldest && before !== NEWEST) problems.push(`the workspace has version ${String(before)}`);
  const fixture = `v${String(oldest).padStart(4, '0')}`;
  const saved = storedBackups(file).filter((backup) => backup.manifest.schema.workspace === oldest);
  if (saved.some((backup) => versionOf(pairOf(backup).workspace) !== oldest))
    problems.push('the backup is not of the version before');
  if (before === NEWEST && saved.length === 0) problems.push('it was updated without a backup');
  if (updateCopies(file).length > 0) problems.push('a copy of a file was made beside the backup');
  const { notices, failure } = await look(folder);
  if (failure !== null) return [...problems, `the next start was refused: ${failure}`];
  const told = `${end.out} ${notices.join(' ')}`;
  if (!told.includes('brought up to date')) problems.push(`nobody says that it was brought up to date: ${told}`);
  problems.push(...damage(folder), ...leftovers(folder), ...(await lost(file, fixture)));
  return problems;
}

function versionOf(file: string): unknown {
  const connection = new Database(file);
  try {
    return connection.pragma('user_version', { simple: true });
  } finally {
    connection.close();
  }
}

/** What the fixture's record knows and the file no longer holds. */
async function lost(file: string, fixture: string): Promise<string[]> {
  const found = JSON.parse(JSON.stringify(await logicalContent(file))) as Record<string, unknown>;
  const recorded = JSON.parse(readFileSync(path.join(fixtures, `${fixture}-workspace.json`), 'utf8')) as object;
  const missing = Object.entries(afterStart(recorded)).filter(
    // Work under way is told once, and forgotten then.
    ([key, value]) => key !== 'unfinished' && !holds(found[key], value),
  );
  return missing.map(([key]) => `${key} differs from what the workspace held`);
}

/** A request without an answer is told as unknown by the next start: nobody can know whether it was done. */
function afterStart(recorded: object): object {
  const { sync } = recorded as { sync?: { ledger?: { outcome: string; sentence: string }[] } };
  if (sync?.ledger === undefined) return recorded;
  const ledger = sync.ledger.map(({ sentence, ...entry }) =>
    entry.outcome === 'sending' ? { ...entry, outcome: 'unknown' } : { ...entry, sentence },
  );
  return { ...recorded, sync: { ...sync, ledger } };
}

function holds(found: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return found === wanted;
  if (typeof found !== 'object' || found === null) return false;
  if (Array.isArray(wanted) && (!Array.isArray(found) || found.length !== wanted.length)) return false;
  return Object.entries(wanted).every(([key, value]) => holds((found as Record<string, unknown>)[key], value));
}
