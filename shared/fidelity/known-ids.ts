/** Which id of a recording is which of the practice org: both ways, one to one. */
export class KnownIds {
  readonly #toPractice = new Map<string, string>();
  readonly #toRecorded = new Map<string, string>();

  /** Notes a pair that is known. */
  bind(recorded: string, practice: string): void {
    this.#toPractice.set(recorded, practice);
    this.#toRecorded.set(practice, recorded);
  }

  /**
   * Whether two ids may be the same. A pair that comes up for the first time on both sides is noted.
   *
   * @param kind of counters, whose numbers are no ids of another kind
   */
  areSame(recorded: string, practice: string, kind = ''): boolean {
    const [one, other] = [`${kind}${recorded}`, `${kind}${practice}`];
    const known = this.#toPractice.get(one);
    if (known !== undefined) return known === other;
    if (this.#toRecorded.has(other)) return false;
    this.bind(one, other);
    return true;
  }

  isKnown(recorded: string): boolean {
    return this.#toPractice.has(recorded);
  }

  /** A text of a call with the recording's ids replaced by those of the practice org. */
  inPractice(text: string): string {
    if (this.#toPractice.size === 0) return text;
    return text.replace(/[\w-]{8,64}/g, (word) => this.#toPractice.get(word) ?? word);
  }
}
