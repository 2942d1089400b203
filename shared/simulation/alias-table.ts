/**
 * Prepares picks in proportion to rates in constant time (Walker's alias method, built as Vose does): of a uniform draw
 * times their number, the whole part is an index, which stays if the rest is below its share and else becomes its partner.
 *
 * @param rates not negative; each becomes the share of its index
 * @param partners as many, for at most 65,536; are written
 * @returns the sum of the rates; where it is 0 there is nothing to pick, and nothing is written
 */
export function aliasTable(rates: Float64Array, partners: Uint16Array): number {
  const shares = rates;
  const n = rates.length;
  let total = 0;
  for (const rate of rates) total += rate;
  if (total === 0) return 0;
  const small: number[] = [];
  const large: number[] = [];
  for (let index = 0; index < n; index += 1) {
    shares[index] = (rates[index]! * n) / total;
    (shares[index]! < 1 ? small : large).push(index);
  }
  for (;;) {
    const less = small.pop();
    const more = large.at(-1);
    if (less === undefined) break;
    if (more === undefined) {
      // Only rounding leaves one without a partner.
      shares[less] = 1;
      continue;
    }
    partners[less] = more;
    shares[more] = shares[more]! - (1 - shares[less]!);
    if (shares[more]! < 1) {
      large.pop();
      small.push(more);
    }
  }
  for (const index of large) shares[index] = 1;
  return total;
}
