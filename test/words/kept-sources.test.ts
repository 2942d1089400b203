import { expect, test } from 'vitest';
import { inEnglish } from '../../shared/words/english';
import { jobOfSource } from '../../shared/words/kept-sources';
import { message } from '../../shared/words/message';

test('which job a take-back is of is read from what is kept, whatever its badge is called', () => {
  for (const badge of ['Ten visits', 'what job 7 over x gave', 'over', ' gave', '12']) {
    expect(jobOfSource(inEnglish(message('sources.givenByJob', { badge, job: '41' })))).toBe(41);
  }
  for (const other of ['', 'members.csv', 'what job x over y gave', '1,000 pasted'])
    expect(jobOfSource(other)).toBeNull();
});
