import { MESSAGES } from '../../shared/domain/codes';
import { message, type Message, type PlainKey } from '../../shared/words/message';

/**
 * Why a line is not a customer id, with the number under which a row keeps it. Gateway codes are three digits and more,
 * so the two cannot be confused.
 */
export const LINE_FAULTS = {
  empty: 1,
  'not-a-number': 2,
  negative: 3,
  zero: 4,
  decimal: 5,
  'too-large': 6,
  scientific: 7,
  grouped: 8,
  'too-long': 9,
  'other-digits': 10,
} as const;
export type LineFault = keyof typeof LINE_FAULTS;

const FAULT_NAMES = new Map<number, LineFault>(
  Object.entries(LINE_FAULTS).map(([fault, number]) => [number, fault as LineFault]),
);

interface Wording {
  /** Of its own, as a sentence begins. */
  label: PlainKey;
  /** Behind a colon, within a sentence. */
  reason: PlainKey;
}

const FAULT_WORDS: Readonly<Record<LineFault, Wording>> = {
  empty: { label: 'refusals.lineEmpty', reason: 'refusals.lineEmptyReason' },
  'not-a-number': { label: 'refusals.lineNotANumber', reason: 'refusals.lineNotANumberReason' },
  negative: { label: 'refusals.lineNegative', reason: 'refusals.lineNegativeReason' },
  zero: { label: 'refusals.lineZero', reason: 'refusals.lineZeroReason' },
  decimal: { label: 'refusals.lineDecimal', reason: 'refusals.lineDecimalReason' },
  'too-large': { label: 'refusals.lineTooLarge', reason: 'refusals.lineTooLargeReason' },
  scientific: { label: 'refusals.lineScientific', reason: 'refusals.lineScientificReason' },
  grouped: { label: 'refusals.lineGrouped', reason: 'refusals.lineGroupedReason' },
  'other-digits': { label: 'refusals.lineOtherDigits', reason: 'refusals.lineOtherDigitsReason' },
  'too-long': { label: 'refusals.lineTooLong', reason: 'refusals.lineTooLongReason' },
};

/** The outcome of a row that got what was asked for. */
export const OK = 'ok';

/** `not-a-number`, or the digits of a gateway code. */
export function outcomeName(outcome: number): string {
  return FAULT_NAMES.get(outcome) ?? String(outcome);
}

/** The number behind a name, or undefined when there is none such. */
export function outcomeNumber(name: string): number | undefined {
  if (Object.hasOwn(LINE_FAULTS, name)) return LINE_FAULTS[name as LineFault];
  return /^\d{3,9}$/.test(name) ? Number(name) : undefined;
}

/** Plain words for an outcome. */
export function outcomeLabel(name: string, action: 'enrol' | 'award'): Message {
  if (name === OK) return message(action === 'enrol' ? 'refusals.enrolled' : 'refusals.gotBadge');
  const words = wordsOf(name, action);
  if (words !== null) return message(words.label);
  const text = messageOf(name);
  return text === null ? message('refusals.withCode', { code: name }) : message('refusals.quoted', { text });
}

/** Plain words for why a row was refused, to stand within a sentence. */
export function outcomeReason(name: string, action: 'enrol' | 'award'): Message {
  const words = wordsOf(name, action);
  if (words !== null) return message(words.reason);
  const text = messageOf(name);
  if (text === null) return message('refusals.withCodeReason', { code: name });
  return message('refusals.quoted', { text: text.charAt(0).toLowerCase() + text.slice(1) });
}

/** Whether an outcome has words of Laurel or of the gateway, and not its code alone. */
export function isKnownOutcome(name: string): boolean {
  return wordsOf(name, 'award') !== null || messageOf(name) !== null;
}

function wordsOf(name: string, action: 'enrol' | 'award'): Wording | null {
  if (Object.hasOwn(FAULT_WORDS, name)) return FAULT_WORDS[name as LineFault];
  if (name === '1040' && action === 'award')
    return { label: 'refusals.outcomeHeld', reason: 'refusals.outcomeHeldReason' };
  return Object.hasOwn(CODE_WORDS, name) ? (CODE_WORDS[name] ?? null) : null;
}

function messageOf(name: string): string | null {
  return Object.hasOwn(MESSAGES, name) ? ((MESSAGES as Readonly<Record<string, string>>)[name] ?? null) : null;
}

const CODE_WORDS: Readonly<Record<string, Wording>> = {
  '811': { label: 'refusals.outcome811', reason: 'refusals.outcome811Reason' },
  '1040': { label: 'refusals.outcome1040', reason: 'refusals.outcome1040Reason' },
  '990001': { label: 'refusals.outcome990001', reason: 'refusals.outcome990001Reason' },
  '990002': { label: 'refusals.outcome990002', reason: 'refusals.outcome990002Reason' },
  '990003': { label: 'refusals.outcome990003', reason: 'refusals.outcome990003Reason' },
};
