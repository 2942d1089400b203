import { z } from 'zod';
import { LANGUAGES } from '../words/message';
import { boundedList } from './bounded-list';
import { call } from './method';

/** How the last report looked, for the next one. */
export interface ReportLook {
  format: 'html' | 'pdf';
  /** `#rrggbb`; null: Laurel's own. */
  brandColour: string | null;
  /** Name of the file that the logo was read from; null: none. */
  logo: string | null;
}

const token = z.string().min(1).max(100);

export const reportMethods = {
  'report.look': call<ReportLook>()(() => z.object({})),
  /** Keeps a picture that was chosen as the logo of reports; null: none any more. */
  'report.useLogo': call<ReportLook>()(() => z.object({ token: token.nullable() })),
  /** Writes a report on kept results, the first in full, to the file that the native dialog named. */
  'report.write': call<{ name: string }>()(() =>
    z.object({
      target: token,
      ids: boundedList(z.int(), 6, 'lists.simulations').min(1),
      format: z.enum(['html', 'pdf']),
      title: z.string().max(300),
      brandColour: z.string().max(20),
      language: z.enum(LANGUAGES),
    }),
  ),
};
