/** The points that the documents leave open, and how they are set, as people read them. */
import { message, type Message } from '../words/message';

interface SwitchValue {
  option: string;
  value: string;
}

/** The points that the documents leave open, by the option that sets each. */
const RULES: Readonly<Record<string, Message>> = {
  'customer-limit-code': message('practice.customerLimitCode'),
  'badge-limit-code': message('practice.badgeLimitCode'),
  'request-id-scope': message('practice.requestIdScope'),
  'weekly-cycles': message('practice.weeklyCycles'),
  'allow-past-start': message('practice.pastStart'),
  'rolling-windows': message('practice.rollingWindows'),
  'revoke-frees-caps': message('practice.revokeFrees'),
  'member-care-owner': message('practice.memberCare'),
  'status-801': message('practice.statusOf', { code: '801' }),
  'status-815': message('practice.statusOf', { code: '815' }),
  'status-816': message('practice.statusOf', { code: '816' }),
  'status-1039': message('practice.statusOf', { code: '1039' }),
  'refuse-overlapping-awards': message('practice.overlaps'),
};

/** What a switch decides. */
export const ruleInWords = (option: string): Message => RULES[option] ?? message('fidelity.other', { text: option });

const VALUES: Readonly<Record<string, Message>> = {
  weekday: message('practice.onStartDay'),
  'from-start': message('practice.everySevenDays'),
  hours: message('practice.timesHours'),
  dates: message('practice.calendarDates'),
  org: message('practice.scopeOrg'),
  endpoint: message('practice.scopeEndpoint'),
  badge: message('practice.scopeBadge'),
  on: message('orgRules.yes'),
  off: message('orgRules.no'),
};

/** How a switch is set: its choices have words, codes and names stand as they are. */
export function valueInWords({ option, value }: SwitchValue): Message {
  const words = option === 'member-care-owner' ? undefined : VALUES[value];
  return words ?? message('orgRules.raw', { text: value });
}

/** `Weekly cycles change: every seven days; HTTP status of 801: 400`; at least one. */
export function rulesInWords([first, ...rest]: readonly SwitchValue[]): Message {
  if (first === undefined) return message('orgRules.raw', { text: '' });
  const one = message('orgRules.rule', { rule: ruleInWords(first.option), value: valueInWords(first) });
  return rest.length === 0 ? one : message('orgRules.andBetween', { one, other: rulesInWords(rest) });
}
