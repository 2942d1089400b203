import { readdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Fault, FaultedEnd } from './fault-library';
import type { Laurels } from './laurels';

/** Where a scenario's programs were bundled. */
export interface Programs {
  /** `laurel`. */
  cli: string;
  /** Runs `children/faulted-laurel.ts`. */
  laurels: Laurels;
}

/** Something that Laurel does to files, which a fault may befall anywhere. */
export interface FaultScenario {
  name: string;
  /** Fills a folder, once; every run works on a copy of it. */
  prepare(folder: string, programs: Programs): Promise<void>;
  /** Does it, under a fault or none, and says what is wrong afterwards: nothing, where all is well. */
  run(folder: string, programs: Programs, fault: Fault | null): Promise<{ end: FaultedEnd; problems: string[] }>;
}

/** What stands beside a workspace while Laurel is closed and all is well. */
const EXPECTED =
  /^(?:w\.laurel(?:-org|-practice)?(?:-lock)?|w\.laurel(?:-org)?\.v\d{4}\.backup|w\.laurel-backup-note|given-.*|result\.csv)$/;

/** Whole backups, each a folder of its own. */
const BACKUPS = /^w\.laurel-backups(?:\/\d{8}T\d{6}Z-[a-z]+-[\da-f]+(?:\/(?:backup\.json|w\.laurel(?:-org)?))?)?$/;

/** Files that nothing should have left behind. */
export function leftovers(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => !EXPECTED.test(file) && !BACKUPS.test(file))
    .map((file) => `${file} was left behind`);
}

/** What SQLite itself finds wrong in the store of a folder. */
export function damage(folder: string): string[] {
  const problems: string[] = [];
  for (const file of readdirSync(folder)) {
    if (!/^w\.laurel(?:-org)?$/.test(file) && !file.endsWith('.backup')) continue;
    const connection = new Database(path.join(folder, file));
    try {
      const check = connection.pragma('quick_check', { simple: true });
      if (check !== 'ok') problems.push(`${file}: ${String(check)}`);
      if ((connection.pragma('foreign_key_check') as unknown[]).length > 0)
        problems.push(`${file}: rows refer to nothing`);
    } catch (error) {
      problems.push(`${file}: ${String(error)}`);
    } finally {
      connection.close();
    }
  }
  return problems;
}

/** What a person must never be shown, and what they must be. */
export function wordsMissing({ out, error, code, signal }: FaultedEnd): string[] {
  const said = `${out}\n${error}`;
  const problems: string[] = [];
  if (error.includes('It hung and was ended')) problems.push('it hung');
  else if (signal !== null && signal !== 'SIGKILL') problems.push(`it was ended by ${signal}`);
  if (/(?:^|\\n)\s+at .*[:(]\d+/m.test(said) || /\bSQLITE_|SqliteError\b/.test(said)) {
    problems.push(`a person was shown: ${said.trim().slice(0, 300)}`);
  }
  if (code !== null && code !== 0 && said.trim() === '')
    problems.push(`it ended with ${String(code)} and said nothing`);
  return problems;
}
