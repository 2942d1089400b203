import { DAY } from '../domain/instant';
import { limitInWords } from '../domain/limit-words';
import type { Finding } from '../simulation/json-path';
import { partsOfPath } from '../simulation/scenario-value';
import type { Message, PlainKey } from '../words/message';
import type { ReportVersion } from './report-model';
import type { ReportWords } from './report-words';

/** What of a badge a finding can be about, by its field in a scenario. */
const PARTS: Readonly<Record<string, PlainKey>> = {
  trigger: 'report.partTrigger',
  owner: 'report.partOwner',
  enrol: 'report.partEnrolment',
  cost: 'report.partCost',
  'badge.startOn': 'report.partStart',
  'badge.expiresOn': 'report.partEnd',
  'badge.name': 'report.partName',
  'badge.active': 'report.partActive',
};

/** A place of a scenario as people know it: which badge and which of its limits, which segment, which days of the calendar. */
function placeInWords(words: ReportWords, { scenario, badges }: ReportVersion, path: string): string {
  const { say, speaker } = words;
  const [list = '', place = '', ...rest] = partsOfPath(path);
  if (list === 'badges') {
    const entry = scenario?.badges[Number(place)];
    const badge = badges.find(({ key }) => key === entry?.key);
    const named = say('report.placeBadge', { badge: badge?.name ?? entry?.key ?? place });
    const [body, level, limit] = rest;
    if (body === 'badge' && (level === 'customerConstraints' || level === 'badgeConstraints')) {
      const constraint = badge?.definition?.[level][Number(limit)];
      if (constraint !== undefined) {
        const told = limitInWords(speaker, constraint, level === 'badgeConstraints' ? 'BADGE' : 'CUSTOMER');
        return say('report.placeLimit', { badge: named, limit: told });
      }
    }
    const key = [rest.slice(0, 2).join('.'), rest[0] ?? ''].map((field) => PARTS[field]).find(Boolean);
    return key === undefined ? named : say('report.placePart', { badge: named, part: say(key) });
  }
  if (list === 'customers' && place === 'segments') {
    const segment = scenario?.customers?.segments[Number(rest[0])]?.name;
    if (segment !== undefined) return say('report.placeSegment', { segment });
  }
  if (list === 'calendar') {
    const entry = scenario?.calendar[Number(place)];
    if (place !== '' && entry !== undefined) {
      const [from, to] = [words.dayOf(entry.from * DAY, 'UTC'), words.dayOf(entry.to * DAY, 'UTC')];
      const days = from === to ? from : say('calendar.reportDays', { first: from, last: to });
      return entry.name === ''
        ? say('report.placeDays', { days })
        : say('report.placeNamed', { name: entry.name, days });
    }
    return say('report.calendar');
  }
  if (list === 'customers' || list === 'events') return say('report.placeCustomers');
  return say('report.placeScenario');
}

/** A place that a message names, in words. */
const withPlace = ({ key, values }: Message, words: ReportWords, version: ReportVersion): Message =>
  typeof values['place'] === 'string'
    ? { key, values: { ...values, place: placeInWords(words, version, values['place']) } }
    : { key, values };

/** What was found in a version's scenario, and where, in words. */
export function findingInWords(
  words: ReportWords,
  version: ReportVersion,
  { path, message, words: told }: Finding,
): { place: string; said: string } {
  const place = placeInWords(words, version, path);
  const said = told === undefined ? message : words.speaker.sayMessage(withPlace(told, words, version));
  // Of a slip of the pen nobody has another name than what was written.
  const field = told?.key === 'scenarios.unknownField' ? partsOfPath(path).at(-1) : undefined;
  return { place: field === undefined ? place : words.say('report.placeField', { place, field }), said };
}
