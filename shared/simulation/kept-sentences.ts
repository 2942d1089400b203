import { en } from '../words/en';
import type { Message, MessageKey, MessagePart } from '../words/message';
import { dayOfWords } from './day-in-words';

/** Reasons inside a sentence that are messages of their own. */
const REASONS = [
  'scenarios.noOwner',
  'scenarios.noKindOfOwner',
  'scenarios.claimRefused',
] as const satisfies readonly MessageKey[];

/** Limits and why they never free, as `domain/explain` says them. */
const LIMITS = [
  'answers.limitInAll',
  'answers.limitEachCycle',
  'answers.limitLastDay',
  'answers.limitLastWeek',
  'answers.limitLastMonth',
  'answers.limitLastDays',
  'answers.limitLastWeeks',
  'answers.limitLastMonths',
  'answers.neverLimitIsZero',
  'answers.neverForEver',
  'answers.neverLastCycle',
  'answers.neverBadgeEnds',
  'answers.neverEnrolmentEnds',
] as const satisfies readonly MessageKey[];

const textOf = (key: string): string => {
  const [area = '', name = ''] = key.split('.');
  return (en as unknown as Record<string, Record<string, string>>)[area]?.[name] ?? '';
};

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Pattern {
  key: MessageKey;
  matches: RegExp;
  names: readonly { name: string; isNumber: boolean }[];
}

/** What texts of a message look like: plain words with values between them. */
function patternOf(key: MessageKey): Pattern {
  const names: { name: string; isNumber: boolean }[] = [];
  const parts = textOf(key).split(/\{(\w+)(, number[^}]*)?\}/);
  let source = '';
  // The words, and between them the name of a value and how it is written.
  for (let at = 0; at < parts.length; at += 3) {
    source += escaped(parts[at] ?? '');
    const name = parts[at + 1];
    if (name === undefined) continue;
    const isNumber = parts[at + 2] !== undefined;
    names.push({ name, isNumber });
    source += isNumber ? '([\\d,.]+)' : name === 'day' ? '(\\d{1,2} [A-Z][a-z]+ \\d{4})' : '([^]+?)';
  }
  return { key, matches: new RegExp(`^${source}$`), names };
}

const answers = [...LIMITS, ...Object.keys(en.answers).map((name) => `answers.${name}` as MessageKey)].map(patternOf);
const reasons = REASONS.map(patternOf);

function read(text: string, patterns: readonly Pattern[]): Message | null {
  for (const { key, matches, names } of patterns) {
    const found = matches.exec(text);
    if (found === null) continue;
    const values = names.map(({ name, isNumber }, index): [string, MessagePart] => {
      const value = found[index + 1] ?? '';
      if (isNumber) return [name, Number(value.replaceAll(',', ''))];
      if (name === 'day') return [name, dayOfWords(value) ?? value];
      return [name, name === 'reason' ? (read(value, reasons) ?? value) : value];
    });
    return { key, values: Object.fromEntries(values) };
  }
  return null;
}

/**
 * The messages of an answer that is kept as its English text, for a page in another language.
 *
 * @returns null for a text that no message gives, such as one of an older version; a `day` is `2026-03-14`
 */
export function readKeptSentence(text: string): readonly Message[] | null {
  const whole = read(text, answers);
  if (whole !== null) return [whole];
  // What becomes of the cap stands before what becomes of the customers.
  const end = text.startsWith('The cap of ') ? text.indexOf('. ') : -1;
  const cap = end < 0 ? null : read(text.slice(0, end + 1), answers);
  const people = end < 0 ? null : read(text.slice(end + 2), answers);
  return cap === null || people === null ? null : [cap, people];
}
