import { MESSAGES } from '../../shared/domain/codes';

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

const FAULT_LABELS: Readonly<Record<LineFault, string>> = {
  empty: 'The line has no customer id',
  'not-a-number': 'The line is not a customer id: it must be a whole number',
  negative: 'A customer id cannot be negative',
  zero: 'A customer id cannot be zero',
  decimal: 'A customer id cannot have decimals',
  'too-large': 'The number is too long to be a customer id',
  scientific:
    'A spreadsheet has turned the number into scientific notation, and digits of it are lost: export the customer ids as text',
  grouped:
    'The number has thousands separators, or is several customer ids in one: write every id on a line of its own, digits only',
  'other-digits': 'A customer id is written with the digits 0 to 9: export it in Western digits',
  'too-long': 'The line is longer than 1 MiB, or a quote on it is closed only much later',
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
export function outcomeLabel(name: string, action: 'enrol' | 'award'): string {
  if (name === OK) return action === 'enrol' ? 'Enrolled' : 'Got the badge';
  if (Object.hasOwn(FAULT_LABELS, name)) return FAULT_LABELS[name as LineFault];
  if (name === '1040' && action === 'award') return 'Still holds an earlier award of the badge';
  return LABELS[name] ?? (MESSAGES as Readonly<Record<string, string>>)[name] ?? `Refused with code ${name}`;
}

const LABELS: Readonly<Record<string, string>> = {
  '811': 'Was not enrolled at that time',
  '1040': 'Is enrolled already at that time',
  '990001': 'Has reached the customer limit',
  '990002': 'The limit of the badge is reached',
  '990003': 'Is named more than once in the request',
};
