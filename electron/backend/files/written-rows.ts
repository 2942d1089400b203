import { setImmediate } from 'node:timers/promises';
import { writeWhole } from '../../disk/whole-file';
import { EXPORT_AGAIN, type GrantedFile } from './granted-files';

/**
 * Writes rows into a file that appears under its name only when it is complete.
 *
 * @param portions texts, each with the rows it holds; asked for one after the other, with turns for others between them
 * @returns the number of rows
 * @throws Failure `cancelled`, or `internal` in plain words when the file cannot be written; an older file of the name is kept then
 */
export async function writeRows(
  file: Pick<GrantedFile, 'path' | 'name'>,
  signal: AbortSignal,
  portions: Iterable<{ text: string; rows: number }>,
  progress: (rows: number) => void,
): Promise<number> {
  let rows = 0;
  async function* texts(): AsyncGenerator<string> {
    for (const portion of portions) {
      yield portion.text;
      rows += portion.rows;
      progress(rows);
      await setImmediate();
    }
  }
  await writeWhole(file.path, texts(), { name: file.name, signal, again: EXPORT_AGAIN });
  return rows;
}
