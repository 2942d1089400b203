import { BASE_PATH } from '../../../../shared/gateway/base-path';
import type { FaultKind } from '../../../../shared/gateway/fault-plan';
import { toMilliseconds, type Instant } from '../../../../shared/domain/instant';
import { quotedWords } from '../../../../shared/ipc/plain-words';
import type { PracticeCall } from '../../../../shared/ipc/practice-contract';
import { dateTimeFormat, numberFormat } from '../../../lib/format';
import { FAULT_WORDS } from './fault-wording';
import { say } from '../../../lib/say.svelte';

/** What a call is below the base of all calls; what came where no request could be read. Nothing in it acts. */
export function shortPath(path: string): string {
  return quotedWords(path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length + 1) : path);
}

/** The method of a call, or what stands for the lack of one. */
export function methodText(call: PracticeCall): string {
  return call.method === '' ? '–' : call.method;
}

/** The answer in a word or a number. */
export function statusText(call: PracticeCall): string {
  return call.status === null ? say('practice.noAnswer') : String(call.status);
}

/** Whether a call was answered as its caller hoped. */
export function isFine(call: PracticeCall): boolean {
  return call.status !== null && call.status < 400 && call.codes.length === 0;
}

export function faultLabel(fault: string): string {
  return Object.hasOwn(FAULT_WORDS, fault) ? say(FAULT_WORDS[fault as FaultKind].label) : fault;
}

/** The time of day of a call, to the second. */
export function timeOfDay(at: Instant, zone: string): string {
  return dateTimeFormat({ timeZone: zone, timeStyle: 'medium', hourCycle: 'h23' }).format(toMilliseconds(at));
}

/** `0.42`, `12`, `1,204`: digits where they say something. */
export function millisecondsText(milliseconds: number): string {
  return numberFormat({ maximumFractionDigits: milliseconds < 10 ? 2 : 0 }).format(milliseconds);
}

/** The codes of a call, and what a refusal may come from, for the cell that shows only numbers. */
export function codesTitle({ codes, hints }: Pick<PracticeCall, 'codes' | 'hints'>): string {
  return [codes.join(', '), ...hints.map(({ code, message }) => `${String(code)}: ${message}`)].join(' · ');
}
