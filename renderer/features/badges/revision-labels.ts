import { en } from '../../../shared/words/en';
import { inEnglish } from '../../../shared/words/english';
import { message, type MessageKey, type PlainKey, type Values } from '../../../shared/words/message';
import { sayMessage } from '../../lib/say.svelte';

/** What a revision can be called. Kept is the English text, whatever the window speaks: people share workspaces. */
const LABELS = [
  'badges.labelArt',
  'badges.labelBulk',
  'badges.labelSwitchedOn',
  'badges.labelSwitchedOff',
  'badges.name',
  'badges.description',
  'badges.benefits',
  'badges.tags',
  'badges.images',
  'badges.labelBenefitAdded',
  'badges.labelBenefitRemoved',
  'badges.labelTagAdded',
  'badges.labelTagRemoved',
  'badges.labelImageAdded',
  'badges.labelImageRemoved',
  'badges.labelCustomerLimit',
  'badges.labelBadgeLimit',
  'badges.labelCustomerLimitRemoved',
  'badges.labelBadgeLimitRemoved',
  'badges.customFields',
  'badges.labelStart',
  'badges.labelEnd',
  'badges.historical',
  'badges.earnType',
  'badges.enrolmentEnds',
  'badges.enrolmentWouldEnd',
  'badges.awardExpires',
  'badges.labelEnrolmentExpiry',
  'badges.labelGroup',
  'badges.labelTill',
  'badges.rank',
  'badges.labelCustomerLimitAdded',
  'badges.labelCustomerLimitInstead',
  'badges.labelBadgeLimitAdded',
  'badges.labelBadgeLimitInstead',
  'badges.labelOwners',
  'badges.labelCreated',
  'badges.labelFromTemplate',
  'badges.labelFromJson',
  'badges.labelImported',
  'badges.labelPasted',
  'badges.labelEdited',
  'badges.json',
  'badges.labelSamples',
  'badges.labelTakenOver',
  'badges.labelFromScenario',
  'badges.labelCopied',
  'badges.labelCopiedFrom',
] as const satisfies readonly MessageKey[];
type RevisionLabel = (typeof LABELS)[number];
/** A label that asks for nothing. */
export type PlainRevisionLabel = Extract<RevisionLabel, PlainKey>;

/** The text under which a revision is kept. */
export function revisionLabel<K extends RevisionLabel>(key: K, ...values: Values<K>): string {
  return inEnglish(message(key, ...values));
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Longer texts first: one of them begins with another and goes on behind a comma. */
const PATTERNS = LABELS.map((key) => {
  const text: string = (en.badges as Readonly<Record<string, string>>)[key.slice('badges.'.length)] ?? '';
  const value = /\{(\w+)\}$/.exec(text)?.[1];
  const fixed = value === undefined ? text : text.slice(0, text.lastIndexOf('{'));
  return {
    key,
    value,
    length: text.length,
    pattern: new RegExp(`^${escaped(fixed)}${value === undefined ? '(?=, |$)' : '(.*)$'}`, 'su'),
  };
}).sort((a, b) => b.length - a.length);

/** The kept label of a revision in the language of the window; what is none of Laurel's own labels stays as it is. */
export function revisionWords(kept: string): string {
  const said: string[] = [];
  for (let rest = kept; rest !== '';) {
    const found = PATTERNS.map((entry) => ({ entry, match: entry.pattern.exec(rest) })).find(
      ({ match }) => match !== null,
    );
    if (!found?.match) {
      said.push(rest);
      break;
    }
    const { entry, match } = found;
    const values: Record<string, string> = entry.value === undefined ? {} : { [entry.value]: match[1] ?? '' };
    said.push(sayMessage({ key: entry.key, values }));
    rest = rest.slice(match[0].length).replace(/^, /, '');
  }
  return said.join(', ');
}
