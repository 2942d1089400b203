import { enumError, MESSAGES, parseError, VALIDATOR_CRASH, type KnownCode } from './codes';
import { readInstant, type Instant } from './instant';
import { message, type Message } from '../words/message';
import { numberText } from './json';

/**
 * How early the gateway notices a mistake: an `unreadable` value stops it first, then the validator `crash`, then
 * `incomplete` input; broken `rule`s are reported together (semantics L5, L7).
 */
export type IssueStage = 'unreadable' | 'crash' | 'incomplete' | 'rule';

/** One mistake in a badge body: the gateway's code, message and reference, and for people its field and a way out. */
export interface BadgeIssue {
  code: number;
  message: string;
  reference: string | null;
  /** Field in the body, for example `customerConstraints[0].refreshRate`; empty for the body itself. */
  path: string;
  advice: Message;
  stage: IssueStage;
}

export interface BadgeWarning {
  code: number;
  message: Message;
  path: string;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : isObject(value) ? 'an object' : `a ${typeof value}`;

/**
 * Reads fields of a JSON body one by one and collects every mistake on the way, so that a person sees all of them at
 * once while the gateway's answer can still be cut to the first stage that failed.
 */
export class BodyReader {
  readonly issues: BadgeIssue[] = [];
  readonly warnings: BadgeWarning[] = [];

  unreadable(path: string, detail: string, advice: Message): void {
    const refused = parseError(`${path || 'body'} ${detail}`);
    this.issues.push({ ...refused, path, advice, stage: 'unreadable' });
  }

  crash(path: string, advice: Message): void {
    this.issues.push({ code: 999999, message: VALIDATOR_CRASH, reference: null, path, advice, stage: 'crash' });
  }

  incomplete(path: string, said: string, advice: Message): void {
    this.issues.push({ code: 400, message: said, reference: path, path, advice, stage: 'incomplete' });
  }

  rule(code: KnownCode, path: string, advice: Message, reference: string | null = null): void {
    this.issues.push({ code, message: MESSAGES[code], reference, path, advice, stage: 'rule' });
  }

  /** Text; a number or boolean is taken as it was written (semantics Q1). */
  text(holder: JsonObject, key: string, path: string): string | null {
    const value = holder[key];
    if (value === undefined || value === null) return null;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return numberText(holder, key);
    if (typeof value === 'boolean') return String(value);
    this.unreadable(path, `must be text, not ${kindOf(value)}`, message('refusals.enterText'));
    return null;
  }

  flag(holder: JsonObject, key: string, path: string): boolean | null {
    const value = holder[key];
    if (value === undefined || value === null) return null;
    if (typeof value === 'boolean') return value;
    this.unreadable(path, `must be true or false, not ${kindOf(value)}`, message('refusals.useTrueOrFalse'));
    return null;
  }

  /** A whole number; numeric text is taken as the number it spells. */
  integer(holder: JsonObject, key: string, path: string): number | null {
    const value = holder[key];
    if (value === undefined || value === null) return null;
    const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
    this.unreadable(
      path,
      `must be a whole number, not ${typeof value === 'number' ? String(value) : kindOf(value)}`,
      message('refusals.enterWholeNumber'),
    );
    return null;
  }

  choice<T extends string>(holder: JsonObject, key: string, path: string, allowed: readonly T[]): T | null {
    const value = holder[key];
    if (value === undefined || value === null) return null;
    return this.member(value, key, path, allowed);
  }

  member<T extends string>(value: unknown, field: string, path: string, allowed: readonly T[]): T | null {
    const found = allowed.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    const shown = isObject(value) || Array.isArray(value) ? kindOf(value) : value;
    this.issues.push({
      ...enumError(shown, field, allowed),
      path,
      advice: message('refusals.chooseOneOf', { choices: allowed.join(', ') }),
      stage: 'unreadable',
    });
    return null;
  }

  /** The elements of a list of objects; absent and null are the empty list. */
  objects(holder: JsonObject, key: string, path: string): JsonObject[] {
    const value = holder[key];
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) {
      this.unreadable(path, `must be a list, not ${kindOf(value)}`, message('refusals.writeList'));
      return [];
    }
    const objects: JsonObject[] = [];
    value.forEach((element: unknown, index) => {
      if (isObject(element)) objects.push(element);
      else
        this.unreadable(
          `${path}[${index}]`,
          `must be an object, not ${kindOf(element)}`,
          message('refusals.writeObject'),
        );
    });
    return objects;
  }

  object(holder: JsonObject, key: string, path: string): JsonObject | null {
    const value = holder[key];
    if (value === undefined || value === null) return null;
    if (isObject(value)) return value;
    this.unreadable(path, `must be an object, not ${kindOf(value)}`, message('refusals.writeObject'));
    return null;
  }

  /** An instant, its ISO twin first (semantics T1, T3). */
  instant(holder: JsonObject, key: string, path: string): Instant | null {
    const twin = `${key}ISO`;
    const useTwin = holder[twin] !== undefined && holder[twin] !== null;
    const value = useTwin ? holder[twin] : holder[key];
    if (value === undefined || value === null) return null;
    const at = useTwin ? `${path}ISO` : path;
    const reading = readInstant(value);
    if (!reading.ok) {
      this.unreadable(at, reading.reason, message('refusals.writeDate'));
      return null;
    }
    if (reading.looksLikeMilliseconds) {
      this.warnings.push({ code: 990101, message: message('refusals.looksLikeMilliseconds'), path: at });
    }
    return reading.instant;
  }
}
