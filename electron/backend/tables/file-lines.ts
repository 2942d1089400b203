/** Which line of which file a line of a table is, where several files make one text. Plain data, can be sent to a worker. */
export interface FileLines {
  /** For people; null where only one file was named. */
  name: string | null;
  /** Lines of the text before the first one of the file. */
  before: number;
}

export interface FilePlace {
  file: string | null;
  /** Of the file, from 1. Of a Parquet file its row. */
  line: number;
}

/** @param files in the order of the text; null: the text is the file itself */
export function placeOfLine(files: readonly FileLines[] | null, line: number): FilePlace {
  if (files === null) return { file: null, line };
  let [low, high] = [0, files.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (files[middle]!.before < line) low = middle;
    else high = middle;
  }
  const { name, before } = files[low]!;
  return { file: name, line: Math.max(1, line - before) };
}
