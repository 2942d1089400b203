import { open, rename, rm } from 'node:fs/promises';
import { Failure } from '../../../shared/ipc/errors';

/**
 * Writes a file that appears under its name only when it is complete.
 *
 * @param portions texts, each with the rows it holds; asked for one after the other, with turns for others between them
 * @returns the number of rows
 * @throws Failure `cancelled`, or `internal` in plain words when the file cannot be written; an older file of the name is kept then
 */
export async function writeFileInPortions(
  target: string,
  signal: AbortSignal,
  portions: Iterable<{ text: string; rows: number }>,
  progress: (rows: number) => void,
): Promise<number> {
  const unfinished = `${target}.unfinished`;
  let rows = 0;
  try {
    const file = await open(unfinished, 'w');
    try {
      for (const portion of portions) {
        if (signal.aborted) throw new Failure('cancelled', 'Cancelled. No file was written.');
        await file.write(portion.text);
        rows += portion.rows;
        progress(rows);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, target);
    return rows;
  } catch (error) {
    await rm(unfinished, { force: true });
    if (error instanceof Failure) throw error;
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Failure(
      'internal',
      `The file could not be written (${reason}). Nothing was saved. Free some space or choose another place, and export again.`,
    );
  }
}
