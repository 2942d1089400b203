import type { FaultKind } from '../../../../shared/gateway/fault-plan';
import type { FaultPreset } from '../../../../shared/gateway/fault-presets';
import type { PracticeFault } from '../../../../shared/ipc/practice-contract';
import type { PlainKey } from '../../../../shared/words/message';
import { formatNumber, formatShare } from '../../../lib/format';
import { say } from '../../../lib/say.svelte';
import type { EndpointName } from '../../../../shared/gateway/endpoint-words';
import { ENDPOINT_NAMES, endpointWord } from './endpoint-wording';

/** What each fault does to a call, as a person would say it. */
export const FAULT_WORDS = {
  latency: { label: 'practice.latency', explanation: 'practice.latencyHint' },
  '429': { label: 'practice.tooMany', explanation: 'practice.tooManyHint' },
  '500': { label: 'practice.serverError', explanation: 'practice.serverErrorHint' },
  '502': { label: 'practice.badGateway', explanation: 'practice.badGatewayHint' },
  'reset-before-commit': { label: 'practice.resetBefore', explanation: 'practice.resetBeforeHint' },
  'reset-after-commit': { label: 'practice.resetAfter', explanation: 'practice.resetAfterHint' },
  'cut-body': { label: 'practice.cutBody', explanation: 'practice.cutBodyHint' },
  'no-answer': { label: 'practice.silent', explanation: 'practice.silentHint' },
  'expire-tokens': { label: 'practice.expireTokens', explanation: 'practice.expireTokensHint' },
} as const satisfies Record<FaultKind, { label: PlainKey; explanation: PlainKey }>;

/** The world outside, by the names that the command line has for it, too. */
export const PRESET_WORDS = {
  'rate-limit': { label: 'practiceStates.rateLimit', explanation: 'practiceStates.rateLimitHint' },
  'slow-friday': { label: 'practiceStates.slowFriday', explanation: 'practiceStates.slowFridayHint' },
  'flaky-network': { label: 'practiceStates.flakyNetwork', explanation: 'practiceStates.flakyNetworkHint' },
  'expiring-tokens': { label: 'practiceStates.expiringTokens', explanation: 'practiceStates.expiringTokensHint' },
} as const satisfies Record<FaultPreset, { label: PlainKey; explanation: PlainKey }>;

/** The routes that can be chosen for a rule, by the value that the rule stores. */
export function routeChoices(): readonly { value: string; label: string; description: string }[] {
  return [
    { value: '*', label: say('practice.everyCall'), description: '' },
    ...ENDPOINT_NAMES.map((name: EndpointName) => ({ value: name, label: endpointWord(name), description: name })),
  ];
}

function struckSentence(rule: PracticeFault): string {
  const fault = say(FAULT_WORDS[rule.fault].label);
  const share = formatShare(rule.share);
  if (rule.route === undefined || rule.route === '*')
    return rule.share === 1
      ? say('practice.ruleEveryAll', { fault })
      : say('practice.ruleEveryShare', { fault, share });
  const route = endpointWord(rule.route);
  return rule.share === 1
    ? say('practice.ruleRouteAll', { fault, route })
    : say('practice.ruleRouteShare', { fault, share, route });
}

/** A rule in one line: what strikes whom, then its conditions: `…, after the first 5, at most 20 times`. */
export function ruleSentence(rule: PracticeFault): string {
  return [
    struckSentence(rule),
    ...(rule.requestId === undefined ? [] : [say('practice.ruleRequestId', { id: rule.requestId })]),
    ...(rule.after > 0 ? [say('practice.ruleAfter', { count: formatNumber(rule.after) })] : []),
    ...(rule.perMinute === undefined ? [] : [say('practiceStates.rulePerMinute', { count: rule.perMinute })]),
    ...(rule.count === undefined ? [] : [say('practice.ruleAtMost', { count: formatNumber(rule.count) })]),
  ].join(', ');
}
