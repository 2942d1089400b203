import { readReplayFile } from '../../../../electron/backend/simulation/replay/replay-file';

/** Reads a transactions file that is small enough to be held in memory. @throws Error where its rows went to files */
export async function readInMemory(...args: Parameters<typeof readReplayFile>) {
  const file = await readReplayFile(...args);
  if ('runs' in file.columns) throw new Error('The rows went to files');
  return { ...file, columns: file.columns };
}
