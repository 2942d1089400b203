/** A set of positive numbers that takes eight bytes for each of its places; a Set of ten million would take a gigabyte. */
export class NumberSet {
  #places = new Float64Array(1024);
  #count = 0;

  /** @returns false when the number was in it already */
  add(number: number): boolean {
    if (this.#count * 2 >= this.#places.length) this.#grow();
    const place = this.#placeOf(number);
    if (this.#places[place] === number) return false;
    this.#places[place] = number;
    this.#count += 1;
    return true;
  }

  /** Where a number is, or would be put. */
  #placeOf(number: number): number {
    const mask = this.#places.length - 1;
    // Ids beyond 32 bits must spread over the places, too.
    const folded = (number % 4_294_967_296) ^ Math.floor(number / 4_294_967_296);
    let place = (Math.imul(folded, 0x9e3779b1) >>> 8) & mask;
    while (this.#places[place] !== 0 && this.#places[place] !== number) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const before = this.#places;
    this.#places = new Float64Array(before.length * 2);
    for (const number of before) if (number !== 0) this.#places[this.#placeOf(number)] = number;
  }
}
