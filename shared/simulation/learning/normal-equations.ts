/** Cholesky’s lower factor of a symmetric, positive definite matrix; of a direction of which nothing is known, nothing. */
export function lowerFactor(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const factor = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let rest = matrix[row]![column]!;
      for (let at = 0; at < column; at += 1) rest -= factor[row]![at]! * factor[column]![at]!;
      if (row === column) factor[row]![row] = rest > 1e-12 * Math.max(1, matrix[row]![row]!) ? Math.sqrt(rest) : 0;
      else factor[row]![column] = factor[column]![column] === 0 ? 0 : rest / factor[column]![column]!;
    }
  }
  return factor;
}

/**
 * Solves a symmetric, positive definite system by Cholesky’s factors. A direction of which nothing is known is answered
 * with nothing.
 */
export function solved(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length;
  const factor = lowerFactor(matrix);
  const out = [...right];
  for (let row = 0; row < size; row += 1) {
    for (let at = 0; at < row; at += 1) out[row]! -= factor[row]![at]! * out[at]!;
    out[row] = factor[row]![row] === 0 ? 0 : out[row]! / factor[row]![row]!;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let at = row + 1; at < size; at += 1) out[row]! -= factor[at]![row]! * out[at]!;
    out[row] = factor[row]![row] === 0 ? 0 : out[row]! / factor[row]![row]!;
  }
  return out;
}
