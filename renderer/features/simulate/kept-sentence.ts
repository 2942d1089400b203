import { readKeptBadRow } from '../../../shared/simulation/kept-bad-rows';
import { readKeptSentence } from '../../../shared/simulation/kept-sentences';
import { sayMessage, words } from '../../lib/say.svelte';
import { longDayText } from './day-text';

/** An answer that is kept in English, in the language of the window; a text of an older version stays as it was kept. */
export function keptSentence(text: string): string {
  if (words.speaker.language === 'en') return text;
  const messages = readKeptSentence(text);
  if (messages === null) return text;
  return messages
    .map(({ key, values }) =>
      sayMessage({
        key,
        values: typeof values['day'] === 'string' ? { ...values, day: longDayText(values['day']) } : values,
      }),
    )
    .join(' ');
}

/** What is wrong with a row of a file, which is kept in English, in the language of the window. */
export function keptBadRow(text: string): string {
  return readKeptBadRow(text)?.map(sayMessage).join('; ') ?? text;
}
