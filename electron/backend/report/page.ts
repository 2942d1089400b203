import { createHash } from 'node:crypto';
import { reportHtml } from '../../../shared/report/report-html';
import type { Report } from '../../../shared/report/report-model';
import type { Language } from '../../../shared/words/message';
import { speakerOf } from '../../../shared/words/spoken';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');

/** A report as one page in a language. */
export async function reportPage(report: Report, language: Language): Promise<string> {
  return reportHtml(report, await speakerOf(language), digest);
}
