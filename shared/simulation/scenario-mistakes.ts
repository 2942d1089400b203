import type { z } from 'zod';

type RawIssue = Parameters<NonNullable<z.core.ParseContext<z.core.$ZodIssue>['error']>>[0];

const KINDS: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : (KINDS[typeof value] ?? typeof value);

const amount = (value: number | bigint): string => value.toLocaleString('en');

/**
 * What is wrong at one place of a scenario, as the rest of a sentence that begins with the place: `must be a number, not
 * text`. Undefined where the schema has words of its own, or zod's must do.
 */
export function mistakeSentence(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = KINDS[issue.expected] ?? `a ${issue.expected}`;
      if (issue.input === undefined) return `is missing: ${wanted} is expected here`;
      return typeof issue.input === 'number' && issue.expected === 'int'
        ? 'must be a whole number'
        : `must be ${wanted}, not ${kindOf(issue.input)}`;
    }
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      if (issue.origin === 'string') return 'must not be empty';
      if (issue.origin === 'array') return `needs at least ${amount(issue.minimum)} entries`;
      return issue.inclusive === false
        ? `must be more than ${amount(issue.minimum)}`
        : `must be ${amount(issue.minimum)} or more`;
    case 'too_big':
      if (issue.origin === 'string') return `must have at most ${amount(issue.maximum)} characters`;
      return issue.inclusive === false
        ? `must be less than ${amount(issue.maximum)}`
        : `must be ${amount(issue.maximum)} or less`;
    default:
      return undefined;
  }
}
