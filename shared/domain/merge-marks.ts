/** Git's marks of a merge that nobody has finished, at the start of a line. */
const MARK = /^(?:<{7}|={7}|>{7})(?: |$)/m;

/** The line, from 1, of the first mark that git left where a person has to choose a side; null where there is none. */
export function mergeMarkLine(text: string): number | null {
  const mark = MARK.exec(text);
  return mark === null ? null : text.slice(0, mark.index).split(/\r\n|\r|\n/).length;
}

/** Whether a text holds both sides of a merge for a person to choose. */
export const hasMergeMarks = (text: string): boolean => MARK.test(text);
