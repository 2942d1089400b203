import type { Zone } from '../domain/calendar';
import type { Figure, Measure } from './measure';
import { measureOf } from './measure';
import { figure, markup, NOTHING, type Html } from './html';
import type { Report, ReportBadge, ReportVersion } from './report-model';
import type { ReportWords } from './report-words';

/** What every section of a report works with. */
export interface Section {
  report: Report;
  words: ReportWords;
}

/** The version that the report is about. */
export const mainVersion = ({ report }: Section): ReportVersion => report.versions[0];

/** The badges of a version that somebody can get: of the others there are no figures. */
export const answeredBadges = (version: ReportVersion): ReportBadge[] =>
  version.badges.filter(({ nobody, key }) => nobody === null && version.result.badges[key] !== undefined);

/** The zone in which a version's days are told. */
export const zoneOf = (version: ReportVersion): Zone => version.scenario?.timeZone ?? 'UTC';

export const numberOf = (version: ReportVersion, badge: ReportBadge, ...path: string[]): Measure =>
  measureOf(version.result, badge.key, path);

/** What is worth saying of a spread: nothing where there is none. */
export function spreadOf({ words }: Section, measure: Measure, say: (value: number) => string, version = 0): Html {
  const { low, high } = measure;
  if (low === null || high === null || low.value === high.value) return NOTHING;
  const part = (of: Figure): Html => figure(of, say(of.value), version);
  // The words of a language stand between the two figures, wherever it puts them.
  const [before = '', between = '', after = ''] = words
    .say('report.spread', { low: '\u0001', high: '\u0001' })
    .split('\u0001');
  return markup`${before}${part(low)}${between}${part(high)}${after}`;
}
