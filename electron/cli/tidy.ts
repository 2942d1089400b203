import path from 'node:path';
import { requireOutput, type KeptFile } from '../disk/output-place';
import { writeTable } from '../backend/files/written-table';
import { TIDY_TABLE, tidyPortions } from '../backend/simulation/tidy-table';
import type { TidyVariant } from '../../shared/simulation/tidy';
import type { Terminal } from './command';

/** Refuses a place for the tidy table, before anything is simulated, where something would be lost. @throws Failure */
export function requireTidyPlace(cwd: string, name: string, inputs: readonly KeptFile[]): void {
  requireOutput(path.resolve(cwd, name), name, inputs, 'Nothing was simulated.');
}

/** Writes the numbers of results as one tidy table, in the format of its ending. @throws Failure */
export async function writeTidy(terminal: Terminal, name: string, variants: readonly TidyVariant[]): Promise<void> {
  const target = { path: path.resolve(terminal.cwd, name), name };
  const rows = await writeTable(target, TIDY_TABLE, tidyPortions(variants), { signal: terminal.signal });
  terminal.error(`${name}: ${rows.toLocaleString('en')} rows`);
}
