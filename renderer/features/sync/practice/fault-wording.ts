import type { FaultKind } from '../../../../shared/gateway/fault-plan';
import type { PracticeFault } from '../../../../shared/ipc/practice-contract';
import { formatNumber, formatShare } from '../../../lib/format';
import { ENDPOINT_NAMES, endpointWord, type EndpointName } from './endpoint-wording';

/** What each fault does to a call, as a person would say it. */
export const FAULT_WORDS: Readonly<Record<FaultKind, { label: string; explanation: string }>> = {
  latency: { label: 'Slow answer', explanation: 'The answer comes, only later.' },
  '429': { label: '429 Too many requests', explanation: 'Refused with Retry-After; nothing is written.' },
  '500': { label: '500 Server error', explanation: 'Refused; nothing is written.' },
  '502': { label: '502 Bad gateway', explanation: 'Refused on the way; nothing is written.' },
  'reset-before-commit': {
    label: 'Connection lost before writing',
    explanation: 'No answer comes, and nothing is written.',
  },
  'reset-after-commit': {
    label: 'Connection lost after writing',
    explanation: 'No answer comes, although everything was written.',
  },
  'cut-body': { label: 'Answer cut in the middle', explanation: 'Written; half of the answer comes.' },
  'no-answer': { label: 'No answer at all', explanation: 'Written; the connection stays open and silent.' },
  'expire-tokens': { label: 'Tokens expire', explanation: 'Every OAuth token ends at once: 401.' },
};

/** The routes that can be chosen for a rule, by the value that the rule stores. */
export const ROUTE_CHOICES: readonly { value: string; label: string; description: string }[] = [
  { value: '*', label: 'Every call', description: '' },
  ...ENDPOINT_NAMES.map((name: EndpointName) => ({ value: name, label: endpointWord(name), description: name })),
];

/** A rule in one sentence: `10 % of “Award one” get 429, after the first 5, at most 20 times`. */
export function ruleSentence(rule: PracticeFault): string {
  const route = rule.route === undefined || rule.route === '*' ? 'every call' : `“${endpointWord(rule.route)}”`;
  const parts = [
    `${rule.share === 1 ? 'All of' : `${formatShare(rule.share)} of`} ${route}`,
    rule.requestId === undefined ? '' : `with request id ${rule.requestId}`,
    rule.after > 0 ? `after the first ${formatNumber(rule.after)}` : '',
    rule.count === undefined ? '' : `at most ${formatNumber(rule.count)} times`,
  ].filter((part) => part !== '');
  return `${FAULT_WORDS[rule.fault].label}: ${parts.join(', ')}`;
}
