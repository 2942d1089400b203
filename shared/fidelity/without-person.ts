import { BADGE_OWNERS, BADGE_STATUSES, EARN_TYPES, PERIOD_UNITS } from '../domain/badge';
import { CONSTRAINT_TYPES } from '../domain/read-constraints';
import { isCustomerName, isIdentifierName, isQuantityName } from './sensitive-names';
import { fromForm } from './in-address';
import { looksLikeJson, rewriteJson } from './rewrite-json';
import { rewriteNamed } from './rewrite-named';

/** One customer as they stand in texts. */
export interface Person {
  /** Customer ids, as digits without leading zeros. */
  ids: ReadonlySet<string>;
  /** E-mail addresses, mobiles, external ids and card numbers; looked for whatever their case. */
  identifiers: readonly string[];
  /** Stands for the ids from then on; negative, so that no gateway and no reader takes it for a customer. */
  standIn: number;
}

/**
 * What a text is, which says where in it a customer may stand: `json` a body, in which names of fields tell; `url` an
 * address; `line` a row of somebody's file of customers, in which every whole number may be one; `text` a sentence, in
 * which a short number is a count or a code.
 */
export type TextKind = 'json' | 'url' | 'line' | 'text';

/** Stands where an identifier was. */
const FORGOTTEN = 'forgotten';

/** From this many digits on an id is looked for in every text; a shorter one would be found in any number. */
const SHORTEST_ID = 5;
/** Levels of texts in texts that are looked into. */
const DEEPEST = 6;
/** Ids of the gateway are passed over as a whole: digits in them are no customer. */
const RUNS = /\b[0-9a-f]{24}\b|\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\d+/gi;

/** Ids of requests, badges, orgs and tills: digits in them are no customer, and changed they would name something else. */
const isOtherId = (name: string): boolean => /^id$|Ids?$/.test(name);
const plainDigits = (digits: string): string => digits.replace(/^0+(?=\d)/, '');
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** Texts about one customer, made to name nobody. */
export class WithoutPerson {
  readonly #person: Person;
  readonly #names: ReadonlySet<string>;
  readonly #identifiers: RegExp | null;

  constructor(person: Person) {
    this.#person = person;
    this.#names = new Set(person.identifiers.map((each) => each.toLowerCase()));
    const forms = person.identifiers.flatMap((each) => [each, encodeURIComponent(each)]).map(escaped);
    const longestFirst = [...new Set(forms)].sort((one, other) => other.length - one.length);
    this.#identifiers =
      forms.length === 0
        ? null
        : new RegExp(String.raw`(?<![\p{L}\p{N}_@.+-])(?:${longestFirst.join('|')})(?![\p{L}\p{N}_@])`, 'giu');
  }

  isCustomer(id: number): boolean {
    return this.#person.ids.has(String(id));
  }

  /** @returns the text with the customer replaced; the same text where they are not in it */
  in(text: string, kind: TextKind): string {
    switch (kind) {
      case 'json':
        return this.#json(text, 0);
      case 'url':
        return this.#url(text);
      case 'line':
        return this.#text(text, 1);
      case 'text':
        return this.#text(text, SHORTEST_ID);
    }
  }

  #json(text: string, depth: number): string {
    if (!looksLikeJson(text)) return this.#named(text);
    return rewriteJson(text, ({ kind, text: leaf, key, of }) => {
      if (kind === 'loose') return this.#named(leaf);
      if (kind !== 'key' && (isCustomerName(key, of) || isIdentifierName(key)) && this.#isNamed(leaf))
        return kind === 'number' || this.#isId(leaf) ? String(this.#person.standIn) : FORGOTTEN;
      if (kind !== 'key' && isOtherId(key)) return null;
      if (kind === 'number')
        return !isQuantityName(key) && leaf.length >= SHORTEST_ID && this.#isId(leaf)
          ? String(this.#person.standIn)
          : null;
      const other = depth < DEEPEST && /^\s*[[{]/.test(leaf) ? this.#json(leaf, depth + 1) : this.#named(leaf);
      return other === leaf ? null : other;
    });
  }

  /** A text that is no JSON: short ids where a name tells that it is one, all else wherever it stands. */
  #named(text: string): string {
    return rewriteNamed(text, {
      tells: (key, parent) => (isCustomerName(key, parent) || isIdentifierName(key) ? 'word' : null),
      named: ({ text: value }) =>
        value
          .split(',')
          .map((one) => (this.#isId(one) ? String(this.#person.standIn) : this.#isNamed(one) ? FORGOTTEN : one))
          .join(','),
      between: (part) => this.#text(part, SHORTEST_ID),
    });
  }

  #url(text: string): string {
    const host = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(text)?.[0] ?? '';
    let before = '';
    const rest = text.slice(host.length).replaceAll(/[^/?&=#]+/g, (part) => {
      const name = before;
      before = part;
      const plain = fromForm(part);
      const isPlace = name === 'customer' || name === 'management' || isCustomerName(name) || isIdentifierName(name);
      if (isPlace && this.#isNamed(plain)) return this.#isId(plain) ? String(this.#person.standIn) : FORGOTTEN;
      const other = this.#text(plain, SHORTEST_ID);
      return other === plain ? part : encodeURIComponent(other);
    });
    return host + rest;
  }

  #text(text: string, shortest: number): string {
    const named = this.#identifiers === null ? text : text.replace(this.#identifiers, FORGOTTEN);
    return named.replace(RUNS, (run) =>
      /^\d+$/.test(run) && run.length >= shortest && this.#isId(run) ? String(this.#person.standIn) : run,
    );
  }

  #isNamed(value: string): boolean {
    return this.#isId(value) || this.#names.has(value.trim().toLowerCase());
  }

  #isId(value: string): boolean {
    const digits = /^\s*\+?(\d+)(?:\.0+)?\s*$/.exec(value)?.[1];
    return digits !== undefined && this.#person.ids.has(plainDigits(digits));
  }
}

/** Words that stand in requests of everybody; taken for a customer, they would be taken out of all of them. */
const WORDS = new Set(
  [
    ...[...BADGE_OWNERS, ...EARN_TYPES, ...BADGE_STATUSES, ...PERIOD_UNITS, ...CONSTRAINT_TYPES],
    ...['true', 'false', 'null', 'active', 'customer', 'customers', 'customerId', 'email', 'mobile', 'externalId'],
    ...['ISSUED', 'EARNED', 'UN_EARNED', 'IN_PROGRESS', 'ABSOLUTE', 'RELATIVE', 'NEVER', 'badge', 'badges', 'success'],
  ].map((word) => word.toLowerCase()),
);
const SHORTEST_IDENTIFIER = 3;

/**
 * Why what was typed cannot be looked for as a customer: `no-id` a number that no customer has, `word` a word of the gateway,
 * `short` a text so short that it stands in others by chance; null: it can.
 */
export function mistakeInPerson(typed: string): 'no-id' | 'word' | 'short' | null {
  const text = typed.trim();
  if (/^[+-]?\d+$/.test(text) && personOf(text, 0).ids.size === 0 && !/^\+?[1-9]/.test(text)) return 'no-id';
  if (WORDS.has(text.toLowerCase())) return 'word';
  return text.length < SHORTEST_IDENTIFIER && !/^\d+$/.test(text) ? 'short' : null;
}

/** What a person typed, as a customer: an id where it is a whole number, and the identifier it is in any case. */
export function personOf(typed: string, standIn: number): Person {
  const text = typed.trim();
  const isId = /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) && Number(text) > 0;
  return { ids: new Set(isId ? [plainDigits(text)] : []), identifiers: isId ? [] : [text], standIn };
}
