import { z } from 'zod';
import { LANGUAGES } from '../words/message';
import { boundedList } from './bounded-list';
import { call } from './method';

/** Badges on one sheet. */
export const MOST_ON_SHEET = 200;

export const sheetMethods = {
  /** Writes the hand-over sheet of badges to the file that the native dialog named. */
  'sheet.write': call<{ name: string }>()(() =>
    z.object({
      target: z.string().min(1).max(100),
      ids: boundedList(z.string().min(1).max(64), MOST_ON_SHEET, 'lists.badges').min(1),
      format: z.enum(['html', 'pdf']),
      /** Of the terminal for which the commands are written, as Node names it. */
      platform: z.string().max(20),
      language: z.enum(LANGUAGES),
    }),
  ),
};
