import { createHash } from 'node:crypto';
import type { ReplacedKind } from '../../../../shared/fidelity/recording';

/** Stands where a secret was. */
export const SECRET_MARK = '[secret]';

/** From this length on a secret is looked for everywhere, and not only where it is named. */
const SHORTEST_SECRET = 6;
/** From this many digits on a customer's id is looked for in every text; a shorter one would be found in any number. */
const SHORTEST_ID = 5;
const FEW = 200;
const FIRST_CUSTOMER = 100_001;

/** Digits as a number has them: without leading zeros. */
const plainDigits = (digits: string): string => digits.replace(/^0+(?=\d)/, '');

function secretForms(secret: string): string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  const forms = [
    ...[secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)],
    ...[base64.replace(/=+$/, ''), base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')],
    createHash('md5').update(secret).digest('hex'),
  ];
  return forms.filter((form) => form.length >= SHORTEST_SECRET);
}

/**
 * Who is who in a recording: every secret and customer that came up, and what stands in its place. The same customer has
 * the same other name wherever they come.
 */
export class Pseudonyms {
  readonly #secrets = new Set<string>();
  #forms: string[] | null = null;
  readonly #customers = new Map<string, string>();
  #lengths: number[] | null = null;
  readonly #texts = new Map<string, string>();
  readonly #realTexts = new Set<string>();
  readonly #counts = new Map<ReplacedKind, Set<string>>();
  /** Ids that real customers have: nobody gets the name of another. */
  readonly #real = new Set<string>();
  #next = FIRST_CUSTOMER;

  learnSecret(secret: string): void {
    const text = secret.trim();
    if (text === '' || this.#secrets.has(text)) return;
    this.#secrets.add(text);
    this.#forms = null;
  }

  learnCustomer(digits: string): void {
    const plain = plainDigits(digits);
    this.#real.add(plain);
    this.#lengths = null;
  }

  /** An e-mail address, a mobile or another text that stands for one customer. */
  learnText(text: string): void {
    if (text.length >= SHORTEST_ID) this.#realTexts.add(text);
  }

  /** Counts something as replaced. */
  note(kind: ReplacedKind, original: string): void {
    const seen = this.#counts.get(kind) ?? new Set();
    seen.add(original);
    this.#counts.set(kind, seen);
  }

  counts(): { kind: ReplacedKind; count: number }[] {
    return [...this.#counts].map(([kind, seen]) => ({ kind, count: seen.size }));
  }

  secretFor(original: string): string {
    this.note('secrets', original);
    return SECRET_MARK;
  }

  /** The other id of a customer; as many leading zeros as it had. */
  customerFor(digits: string): string {
    const plain = plainDigits(digits);
    if (plain === '0') return digits;
    this.note('customers', plain);
    let other = this.#customers.get(plain);
    if (other === undefined) {
      while (this.#real.has(String(this.#next))) this.#next += 1;
      const number = this.#next++;
      // What no gateway reads as a customer stays what none reads.
      other = Number.isSafeInteger(Number(plain)) ? String(number) : `${'9'.repeat(14)}${String(number)}`;
      this.#customers.set(plain, other);
    }
    return digits.slice(0, digits.length - plain.length) + other;
  }

  textFor(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const number = String(this.#texts.size + 1);
    const other = text.includes('@')
      ? `person${number}@example.invalid`
      : /^\+?\d+$/.test(text)
        ? `${text.startsWith('+') ? '+' : ''}990000${number.padStart(6, '0')}`
        : `identifier-${number}`;
    this.#texts.set(text, other);
    return other;
  }

  personFor(text: string): string {
    this.note('people', text);
    return 'a person';
  }

  /** Secrets in every form in which they may stand, the longest first. */
  get forms(): readonly string[] {
    this.#forms ??= [...new Set([...this.#secrets].flatMap(secretForms))].sort(
      (left, right) => right.length - left.length,
    );
    return this.#forms;
  }

  /** Calls back for every known text that stands for a customer and is in this one. */
  eachTextIn(text: string, found: (known: string) => void): void {
    // Few are looked for one by one; of many, only whole words are.
    const candidates = this.#realTexts.size <= FEW ? this.#realTexts : new Set(text.match(/[^\s"',;()<>/?&=]+/g));
    for (const known of candidates) if (this.#realTexts.has(known)) found(known);
  }

  /** A run of digits with every customer's id in it replaced. */
  digits(run: string): string {
    if (run.length < SHORTEST_ID) return run;
    if (this.#real.has(plainDigits(run))) return this.customerFor(run);
    this.#lengths ??= [...new Set([...this.#real].map((id) => id.length))]
      .filter((length) => length >= SHORTEST_ID + 3)
      .sort((left, right) => right - left);
    for (const length of this.#lengths) {
      for (let start = 0; start + length <= run.length; start += 1) {
        const part = run.slice(start, start + length);
        if (this.#real.has(part))
          return this.digits(run.slice(0, start)) + this.customerFor(part) + this.digits(run.slice(start + length));
      }
    }
    return run;
  }
}
