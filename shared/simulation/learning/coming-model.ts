import { solved } from './normal-equations';

/** What was seen of some customers: how often each came, and when first and last, in weeks of average activity. */
export interface SeenCustomers {
  count: ArrayLike<number> & Iterable<number>;
  first: ArrayLike<number>;
  last: ArrayLike<number>;
  /** Weeks from the beginning to the end. */
  weeks: number;
}

/** Customers who join, come at rates of their own and leave (BG/NBD), as a scenario has them. */
export interface ComingModel {
  /** Events a week of average activity of a customer who is there. */
  perWeek: number;
  /** Squared coefficient of variation of the rates. */
  dispersion: number;
  /** Shapes of the probabilities of leaving after an event; null: nobody leaves. */
  leaving: { a: number; b: number } | null;
  /** Newcomers a week of average activity. */
  joins: number;
  /** Customers who were there at the beginning. */
  there: number;
}

export type Part = 'joins' | 'leaving';

/** Logarithm of a sum of which both logarithms are known. */
const added = (one: number, other: number): number =>
  one > other ? one + Math.log1p(Math.exp(other - one)) : other + Math.log1p(Math.exp(one - other));

/** What hangs on counts alone, for each count up to the largest. */
interface OfCounts {
  /** log Γ(r + n) − log Γ(r). */
  rising: Float64Array;
  /** Of the probabilities: that nobody left after n events, and that somebody left after the n-th. */
  stayed: Float64Array;
  left: Float64Array;
}

function ofCounts({ dispersion, leaving }: ComingModel, most: number): OfCounts {
  const shape = 1 / dispersion;
  const [rising, stayed, left] = [most, most, most].map((many) => new Float64Array(many + 2)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  left[0] = -Infinity;
  for (let n = 1; n <= most + 1; n += 1) {
    rising[n] = rising[n - 1]! + Math.log(shape + n - 1);
    if (leaving === null) left[n] = -Infinity;
    else {
      const { a, b } = leaving;
      stayed[n] = stayed[n - 1]! + Math.log((b + n - 1) / (a + b + n - 1));
      left[n] = stayed[n - 1]! + Math.log(a / (a + b + n - 1));
    }
  }
  return { rising, stayed, left };
}

/**
 * Logarithms of the densities of what was seen of a customer, apart by whether they are still there. `n` events hang on the
 * model, within `weeks`, the last of them after `last`.
 */
function densities(
  { rising, stayed, left }: OfCounts,
  { perWeek, dispersion }: ComingModel,
  [n, last, weeks]: readonly [number, number, number],
): [here: number, gone: number] {
  const shape = 1 / dispersion;
  const scale = shape / perWeek;
  const base = rising[n]! - n * Math.log(scale);
  return [
    base + stayed[n]! - (shape + n) * Math.log1p(weeks / scale),
    base + left[n]! - (shape + n) * Math.log1p(last / scale),
  ];
}

const mostOf = (counts: Iterable<number>): number => {
  let most = 0;
  for (const count of counts) most = Math.max(most, count);
  return most;
};

/** Log-likelihood of newcomers alone, whose first event is given: BG/NBD as it was published. */
export function newcomersLikelihood(model: ComingModel, { count, first, last, weeks }: SeenCustomers): number {
  const table = ofCounts(model, mostOf(count));
  let sum = 0;
  for (let index = 0; index < count.length; index += 1)
    sum += added(...densities(table, model, [count[index]! - 1, last[index]! - first[index]!, weeks - first[index]!]));
  return sum;
}

/** Share of those who were there at the beginning who had an event by the end. */
export function seenShare({ perWeek, dispersion }: ComingModel, weeks: number): number {
  return -Math.expm1(-Math.log1p(dispersion * perWeek * weeks) / dispersion);
}

/**
 * Log-likelihood of customers who were there at the beginning and of those who joined, who look alike: each is one or the
 * other, and both come as Poisson processes.
 *
 * @param unseen customers who are known to have had no event; null: not known
 */
export function comingLikelihood(model: ComingModel, seen: SeenCustomers, unseen: number | null): number {
  const { count, first, last, weeks } = seen;
  const table = ofCounts(model, mostOf(count));
  const [logThere, logJoins] = [Math.log(model.there), model.joins > 0 ? Math.log(model.joins) : -Infinity];
  let sum = -model.there * seenShare(model, weeks) - model.joins * weeks;
  for (let index = 0; index < count.length; index += 1) {
    const [n, begun, ended] = [count[index]!, first[index]!, last[index]!];
    const old = logThere + added(...densities(table, model, [n, ended, weeks]));
    sum +=
      model.joins > 0
        ? added(old, logJoins + added(...densities(table, model, [n - 1, ended - begun, weeks - begun])))
        : old;
  }
  if (unseen !== null) {
    const expected = model.there * (1 - seenShare(model, weeks));
    sum += unseen * Math.log(Math.max(expected, 1e-300)) - expected;
  }
  return sum;
}

/** How likely each story of a customer is, given what was seen: there from the beginning or joined, and still there or gone. */
function storyShares(
  table: OfCounts,
  model: ComingModel,
  [n, begun, ended, weeks]: readonly [n: number, begun: number, ended: number, weeks: number],
): { oldHere: number; oldGone: number; newHere: number; newGone: number } {
  const [here, gone] = densities(table, model, [n, ended, weeks]);
  const old = Math.log(model.there);
  const logs = [old + here, old + gone, -Infinity, -Infinity];
  if (model.joins > 0) {
    const joined = Math.log(model.joins);
    const [newHere, newGone] = densities(table, model, [n - 1, ended - begun, weeks - begun]);
    [logs[2], logs[3]] = [joined + newHere, joined + newGone];
  }
  const top = Math.max(...logs);
  const parts = logs.map((log) => Math.exp(log - top));
  const all = parts.reduce((sum, part) => sum + part, 0);
  const [oldHere, oldGone, newHere, newGone] = parts.map((part) => part / all) as [number, number, number, number];
  return { oldHere, oldGone, newHere, newGone };
}

/** The days of some customers’ first and last events, from 0. */
export interface SeenDays {
  first: ArrayLike<number>;
  last: ArrayLike<number>;
}

/**
 * Events a week of average activity that are expected of the customers who are there on each day, given what was seen of
 * each of them; newcomers’ first events are not in it. Who came on a day came in its middle.
 *
 * @param onDays the same customers as `seen`, in the same order
 * @param unseen of these customers, who had no event; null: not known
 */
export function rateByDay(
  model: ComingModel,
  seen: SeenCustomers,
  onDays: SeenDays,
  days: number,
  unseen: number | null,
): Float64Array {
  const { count, first, last, weeks } = seen;
  const table = ofCounts(model, mostOf(count));
  const shape = 1 / model.dispersion;
  const scale = shape / model.perWeek;
  // By how much the sum goes up on each day.
  const steps = new Float64Array(days + 2);
  const from = (day: number, rate: number): void => {
    steps[day]! += rate / 2;
    steps[day + 1]! += rate / 2;
  };
  const hidden = unseen ?? model.there * (1 - seenShare(model, weeks));
  steps[0]! += (hidden * shape) / (scale + weeks);
  for (let index = 0; index < count.length; index += 1) {
    const [n, begun, ended] = [count[index]!, first[index]!, last[index]!];
    const shares = storyShares(table, model, [n, begun, ended, weeks]);
    const [joined, left] = [onDays.first[index]!, onDays.last[index]!];
    const oldGone = (shares.oldGone * (shape + n)) / (scale + ended);
    const newGone = (shares.newGone * (shape + n - 1)) / (scale + ended - begun);
    const newHere = (shares.newHere * (shape + n - 1)) / (scale + weeks - begun);
    steps[0]! += (shares.oldHere * (shape + n)) / (scale + weeks) + oldGone;
    from(joined, newHere + newGone);
    from(left, -oldGone - newGone);
  }
  let sum = 0;
  return Float64Array.from({ length: days }, (_, day) => (sum += steps[day]!));
}

/** How often a customer without an event comes, in weeks of average activity: none of them has left. */
export function unseenRate({ perWeek, dispersion }: ComingModel, weeks: number): number {
  return perWeek / (1 + dispersion * perWeek * weeks);
}

/**
 * Of each customer, given what was seen of them: how likely they are still there, and events a week of average activity to be expected of them
 * if they are.
 */
export function standings(model: ComingModel, seen: SeenCustomers): { here: Float64Array; rate: Float64Array } {
  const { count, first, last, weeks } = seen;
  const table = ofCounts(model, mostOf(count));
  const shape = 1 / model.dispersion;
  const scale = shape / model.perWeek;
  const [here, rate] = [new Float64Array(count.length), new Float64Array(count.length)];
  for (let index = 0; index < count.length; index += 1) {
    const [n, begun] = [count[index]!, first[index]!];
    const { oldHere, newHere } = storyShares(table, model, [n, begun, last[index]!, weeks]);
    const [old, joined] = [(shape + n) / (scale + weeks), (shape + n - 1) / (scale + weeks - begun)];
    here[index] = oldHere + newHere;
    rate[index] = here[index]! > 0 ? (oldHere * old + newHere * joined) / here[index]! : old;
  }
  return { here, rate };
}

/** Who is there at the end, of all customers: how many, and moments of their rates and of their probabilities. */
export interface Remaining {
  customers: number;
  perWeek: number;
  dispersion: number;
  /** How far the mean of their rates may be from what is expected of it, given the model: a variance. */
  rateVariance: number;
  /** The same of the sum of their rates, in which it is open, too, how many they are. */
  sumVariance: number;
  /**
   * Whoever comes often stayed in spite of it, and leaves less often: by the squares of the rates, so that as many events are
   * lost as of these customers one by one, though a scenario draws both apart.
   */
  dropOut: { probability: number; dispersion: number } | null;
}

/**
 * @param each how many customers each that was seen stands for
 * @param unseen of all customers, who had no event; null: not known
 */
export function remaining(model: ComingModel, seen: SeenCustomers, each: number, unseen: number | null): Remaining {
  const { count, first, last, weeks } = seen;
  const table = ofCounts(model, mostOf(count));
  const shape = 1 / model.dispersion;
  const scale = shape / model.perWeek;
  const sums = { customers: 0, rate: 0, square: 0, cube: 0, leaves: 0, leavesSquare: 0 };
  const people: [share: number, each: number, mean: number, square: number][] = [];
  let sumVariance = 0;
  const sample = { sum: 0, squares: 0 };
  const add = (share: number, many: number, n: number, passed: number): [mean: number, square: number] => {
    const [alpha, beta] = [shape + n, scale + passed];
    const [mean, square] = [alpha / beta, (alpha * (alpha + 1)) / (beta * beta)];
    people.push([share, many, mean, square]);
    sums.customers += many * share;
    sums.rate += many * share * mean;
    sums.square += many * share * square;
    if (model.leaving !== null) {
      const { a, b } = model.leaving;
      const all = a + b + n;
      sums.leaves += (many * share * square * a) / all;
      const cube = (square * (alpha + 2)) / beta;
      sums.cube += many * share * cube;
      sums.leavesSquare += (many * share * cube * a * (a + 1)) / (all * (all + 1));
    }
    return [share * mean, share * square];
  };
  for (let index = 0; index < count.length; index += 1) {
    const [n, begun] = [count[index]!, first[index]!];
    const { oldHere, newHere } = storyShares(table, model, [n, begun, last[index]!, weeks]);
    const [asOld, asNew] = [add(oldHere, each, n, weeks), add(newHere, each, n - 1, weeks - begun)];
    const expected = asOld[0] + asNew[0];
    sumVariance += each * (asOld[1] + asNew[1] - expected ** 2);
    sample.sum += expected;
    sample.squares += expected ** 2;
  }
  // Those of a sample are not those whom they stand for: in these there are others, and more or fewer of them have left.
  sumVariance += each * (each - 1) * (sample.squares - sample.sum ** 2 / Math.max(1, count.length));
  // Nobody leaves without an event. How many had none is a Poisson count, where it is not known.
  const hidden = unseen ?? model.there * (1 - seenShare(model, weeks));
  const ofHidden = add(1, hidden, 0, weeks);
  sumVariance += hidden * (unseen === null ? ofHidden[1] : ofHidden[1] - ofHidden[0] ** 2);
  const { customers, rate, square, cube, leaves, leavesSquare } = sums;
  const probability = square === 0 ? 0 : leaves / square;
  const perWeek = customers === 0 ? 0 : rate / customers;
  // Of each customer on their own: those of a sample stand for others of whom no more is known than of them.
  const variance = people.reduce((sum, [share, many, mean, square]) => {
    const off = share * (mean - perWeek);
    const own = share * (square - 2 * perWeek * mean + perWeek * perWeek) - off * off;
    return sum + (many > each ? many : many * many) * own;
  }, 0);
  return {
    sumVariance,
    rateVariance: customers === 0 ? 0 : variance / (customers * customers),
    customers,
    perWeek,
    dispersion: rate === 0 ? 0 : Math.max(0, (square * customers) / (rate * rate) - 1),
    dropOut:
      model.leaving === null || probability === 0
        ? null
        : { probability, dispersion: Math.max(0, leavesSquare / cube / (probability * probability) - 1) },
  };
}

/** Where a function of several numbers is largest, and how it bends there. */
export interface Peak {
  at: number[];
  value: number;
  /** Inverse of minus the second derivatives. */
  covariance: number[][];
}

/** The largest value by the quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno, with differences for derivatives. */
export function largest(start: readonly number[], of: (at: readonly number[]) => number): Peak {
  const size = start.length;
  const STEP = 1e-4;
  const gradientAt = (at: readonly number[]): number[] =>
    at.map((value, axis) => {
      const moved = (by: number): number => of(at.map((other, place) => (place === axis ? value + by : other)));
      return (moved(STEP) - moved(-STEP)) / (2 * STEP);
    });
  const unit = (): number[][] =>
    Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => (row === column ? 1 : 0)));
  let at = [...start];
  let value = of(at);
  let gradient = gradientAt(at);
  let inverse = unit().map((row, index) => row.map((one) => one / Math.max(1, Math.abs(gradient[index]!))));
  for (let step = 0; step < 120; step += 1) {
    let direction = inverse.map((row) => row.reduce((sum, one, axis) => sum + one * gradient[axis]!, 0));
    const most = Math.max(...direction.map(Math.abs));
    if (most > 1) direction = direction.map((one) => one / most);
    const slope = direction.reduce((sum, one, axis) => sum + one * gradient[axis]!, 0);
    if (slope < 1e-7) break;
    let length = 1;
    let next = at;
    let nextValue = -Infinity;
    for (let half = 0; half < 30; half += 1, length /= 2) {
      next = at.map((one, axis) => one + length * direction[axis]!);
      nextValue = of(next);
      if (nextValue > value + 1e-4 * length * slope) break;
    }
    if (!(nextValue > value)) break;
    const nextGradient = gradientAt(next);
    const moved = next.map((one, axis) => one - at[axis]!);
    const bent = gradient.map((one, axis) => one - nextGradient[axis]!);
    const dot = moved.reduce((sum, one, axis) => sum + one * bent[axis]!, 0);
    [at, gradient] = [next, nextGradient];
    const gained = nextValue - value;
    value = nextValue;
    if (dot > 1e-12) {
      const mapped = inverse.map((row) => row.reduce((sum, one, axis) => sum + one * bent[axis]!, 0));
      const scale = 1 + bent.reduce((sum, one, axis) => sum + one * mapped[axis]!, 0) / dot;
      inverse = inverse.map((row, i) =>
        row.map(
          (one, j) => one + (scale * moved[i]! * moved[j]! - mapped[i]! * moved[j]! - moved[i]! * mapped[j]!) / dot,
        ),
      );
    }
    if (gained < 1e-7 && Math.max(...gradient.map(Math.abs)) < 1e-2) break;
  }
  return { at, value, covariance: inverted(bend(at, value, of)) };
}

/** Minus the second derivatives, by differences. */
function bend(at: readonly number[], value: number, of: (at: readonly number[]) => number): number[][] {
  const STEP = 1e-2;
  const moved = (axis: number, by: number, other = axis, also = 0): number =>
    of(at.map((one, place) => one + (place === axis ? by : 0) + (place === other ? also : 0)));
  const own = at.map((_, axis) => [moved(axis, STEP), moved(axis, -STEP)] as const);
  const matrix = at.map(() => at.map(() => 0));
  for (let row = 0; row < at.length; row += 1) {
    matrix[row]![row] = -(own[row]![0] + own[row]![1] - 2 * value) / (STEP * STEP);
    for (let column = 0; column < row; column += 1) {
      const mixed =
        moved(row, STEP, column, STEP) +
        moved(row, -STEP, column, -STEP) +
        2 * value -
        (own[row]![0] + own[row]![1] + own[column]![0] + own[column]![1]);
      matrix[row]![column] = -mixed / (2 * STEP * STEP);
      matrix[column]![row] = matrix[row]![column]!;
    }
  }
  return matrix;
}

function inverted(matrix: readonly (readonly number[])[]): number[][] {
  const columns = matrix.map((_, axis) =>
    solved(
      matrix,
      matrix.map((__, row) => (row === axis ? 1 : 0)),
    ),
  );
  return matrix.map((_, row) => columns.map((column) => column[row]!));
}
