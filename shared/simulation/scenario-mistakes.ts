import type { z } from 'zod';
import { message, type Message, type MessageKey } from '../words/message';

type RawIssue = Parameters<NonNullable<z.core.ParseContext<z.core.$ZodIssue>['error']>>[0];

const KINDS: Readonly<Record<string, Message>> = {
  number: message('scenarios.kindNumber'),
  int: message('scenarios.kindWholeNumber'),
  string: message('scenarios.kindText'),
  boolean: message('scenarios.kindBoolean'),
  array: message('scenarios.kindList'),
  object: message('scenarios.kindObject'),
  record: message('scenarios.kindObject'),
  null: message('scenarios.kindNull'),
};
const kindOf = (value: unknown): Message | string =>
  value === null
    ? message('scenarios.kindNull')
    : Array.isArray(value)
      ? message('scenarios.kindList')
      : (KINDS[typeof value] ?? typeof value);

/** A message as the schema's library carries it: as text. */
export function carried(words: Message): string {
  return JSON.stringify(words);
}

/** The message that the schema carried; the library's own words where it carried none. */
export function uncarried(text: string): Message {
  return text.startsWith('{"key":"scenarios.') ? (JSON.parse(text) as Message) : message('scenarios.text', { text });
}

const BOUNDS = {
  least: 'scenarios.atLeast',
  moreThan: 'scenarios.moreThan',
  most: 'scenarios.atMost',
  lessThan: 'scenarios.lessThan',
} as const satisfies Record<string, MessageKey>;

/**
 * What is wrong at one place of a scenario, as the rest of a sentence that begins with the place: `must be a number, not
 * text`. Undefined where the schema has words of its own, or zod's must do.
 */
function mistake(issue: RawIssue): Message | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = KINDS[issue.expected] ?? `a ${issue.expected}`;
      if (issue.input === undefined) return message('scenarios.isMissing', { wanted });
      return typeof issue.input === 'number' && issue.expected === 'int'
        ? message('scenarios.mustBeWhole')
        : message('scenarios.mustBeNot', { wanted, kind: kindOf(issue.input) });
    }
    case 'invalid_value': {
      const [first, ...others] = issue.values.map((value) => JSON.stringify(value));
      return others.reduce<Message>(
        (before, other) => message('scenarios.or', { before, other }),
        message('scenarios.mustBe', { value: first ?? '' }),
      );
    }
    case 'too_small':
      if (issue.origin === 'string') return message('scenarios.mustNotBeEmpty');
      if (issue.origin === 'array') return message('scenarios.needsEntries', { least: Number(issue.minimum) });
      return message(issue.inclusive === false ? BOUNDS.moreThan : BOUNDS.least, { bound: Number(issue.minimum) });
    case 'too_big':
      if (issue.origin === 'string') return message('scenarios.mostCharacters', { most: Number(issue.maximum) });
      if (issue.origin === 'array') return message('scenarios.moreEntries', { most: Number(issue.maximum) });
      return message(issue.inclusive === false ? BOUNDS.lessThan : BOUNDS.most, { bound: Number(issue.maximum) });
    default:
      return undefined;
  }
}

/**
 * What is wrong with a value that a schema refused, each with its place, whose parts are in their order.
 *
 * @param error of a reading with `{ error: mistakeSentence }`
 */
export function mistakesIn(error: z.ZodError): { path: readonly PropertyKey[]; words: Message }[] {
  return error.issues.map((issue) => {
    const { path } = issue;
    if (issue.code === 'unrecognized_keys')
      return { path, words: message('scenarios.policyUnknown', { names: issue.keys.join(', ') }) };
    if (issue.code !== 'invalid_union') return { path, words: uncarried(issue.message) };
    // Of several shapes, what is said is why the first does not fit that is of the value's own kind.
    const readings = issue.errors.flatMap((issues) => (issues.length > 0 ? [issues] : []));
    const nearest = readings.find(([first]) => first?.code !== 'invalid_type') ?? readings[0] ?? [];
    const [first] = nearest;
    if (first === undefined) return { path, words: uncarried(issue.message) };
    return { path: [...path, ...first.path], words: uncarried(first.message) };
  });
}

/** {@link mistake} as the schema's library takes it. */
export function mistakeSentence(issue: RawIssue): string | undefined {
  const words = mistake(issue);
  return words === undefined ? undefined : carried(words);
}
