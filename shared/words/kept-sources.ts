import { keysOf, readerOf } from './read-back';

/** Where the customers of a request came from, of the English text that is kept; null: the name of a file. */
export const readSource = readerOf(keysOf('sources'));

const givenByJob = readerOf(['sources.givenByJob'], { job: { looks: '\\d{1,15}', read: (text) => text } });

/** The number of the job whose gifts a take-back takes back, of the English text that is kept as its source; null: none. */
export function jobOfSource(source: string): number | null {
  const job = givenByJob(source)?.values['job'];
  return typeof job === 'string' ? Number(job) : null;
}
