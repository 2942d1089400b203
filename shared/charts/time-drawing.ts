import { DASHES, type Level, type SeriesColour, type TimeSeries } from './chart-data';
import { niceScale, spread, type Scale } from './scale';

/** Room around the plot of a chart over time, in pixels. */
export const TIME_FRAME = { left: 56, right: 12, top: 10, bottom: 22 } as const;

const WIDEST_BAR = 44;
/** Pixels from the middle of a point to its edge. */
const POINT = 4;
/** How many times what is drawn a level may be to be drawn too. */
const FAR = 3;

/** A path of one series. */
export interface SeriesPath {
  id: string;
  colour: SeriesColour;
  path: string;
  dashes?: string | undefined;
}

/** Where everything of a chart over time lies, in pixels. */
export interface TimeDrawing {
  /** Pixels from one position to the next. */
  step: number;
  /** Pixels between the left end of the plot and its right end. */
  inside: number;
  y: Scale;
  /** Of a position's left edge, and of its middle; positions may lie between two. */
  left(index: number): number;
  middle(index: number): number;
  bars: readonly SeriesPath[];
  bands: readonly SeriesPath[];
  lines: readonly SeriesPath[];
  points: readonly SeriesPath[];
  /** Positions that have room for their names. */
  named: readonly number[];
  /** Whether a level is drawn at its height; one far above all that is drawn would press the rest flat. */
  isNear(level: Level): boolean;
}

interface TimeOrder {
  positions: readonly string[];
  /** Those that are shown. */
  series: readonly TimeSeries[];
  limits: readonly Level[];
  width: number;
  height: number;
  /** From the first position that is drawn to before the last one; all unless given. */
  window?: readonly [number, number] | undefined;
  formatPosition: (position: string) => string;
}

/** Draws a chart over time: bars on each other, lines with their bands, and what stands on the axes. */
export function drawTime({
  positions,
  series,
  limits,
  width,
  height,
  window = [0, positions.length],
  formatPosition,
}: TimeOrder): TimeDrawing {
  const { left: LEFT, right, top, bottom } = TIME_FRAME;
  const [first, end] = window;
  const bars = series.filter(({ kind }) => kind === 'bar');
  const lines = series.filter(({ kind }) => kind === 'line');
  const dotted = series.filter(({ kind }) => kind === 'points');
  const inside = Math.max(1, width - LEFT - right);
  const step = inside / Math.max(1, end - first);
  const left = (index: number): number => LEFT + (index - first) * step;
  const middle = (index: number): number => left(index) + step / 2;
  const stacks = stacked(bars, positions.length);
  let most = 0;
  for (let index = first; index < end; index += 1) {
    most = Math.max(most, stacks.at(-1)?.[index]?.[1] ?? 0);
    for (const line of [...lines, ...dotted])
      most = Math.max(most, line.values[index] ?? 0, line.band?.high[index] ?? 0);
  }
  const isNear = ({ value }: Level): boolean => most === 0 || value <= FAR * most;
  const highest = Math.max(most, ...limits.filter(isNear).map(({ value }) => value));
  const y = niceScale(0, highest, [height - bottom, top], 4);
  const points = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
  const at = (index: number, value: number): string => `${round(middle(index))} ${round(y(value))}`;

  const bar = Math.min(WIDEST_BAR, Math.max(0.6, step > 6 ? step - 1 : step));
  const barPath = (stack: readonly (readonly [number, number])[]): string =>
    points
      .map((index) => {
        const [low, high] = stack[index] ?? [0, 0];
        return high <= low
          ? ''
          : `M${round(middle(index) - bar / 2)} ${round(y(low))}V${round(y(high))}h${round(bar)}V${round(y(low))}z`;
      })
      .join('');

  /** From where to where a value without a neighbour is drawn. */
  const alone = (index: number): [number, number] => [middle(index) - bar / 2, middle(index) + bar / 2];
  const linePath = (values: readonly (number | null)[]): string => {
    let path = '';
    let pen = 'M';
    const isThere = (index: number): boolean => index >= first && index < end && (values[index] ?? null) !== null;
    for (const index of points) {
      const value = values[index] ?? null;
      // A line of one point cannot be seen.
      const isAlone = !isThere(index - 1) && !isThere(index + 1);
      if (value !== null)
        path += isAlone
          ? `M${round(alone(index)[0])} ${round(y(value))}H${round(alone(index)[1])}`
          : pen + at(index, value);
      pen = value === null ? 'M' : 'L';
    }
    return path;
  };

  const pointsPath = (values: readonly (number | null)[]): string =>
    points
      .flatMap((index) => {
        const value = values[index] ?? null;
        const arc = `a${String(POINT)} ${String(POINT)} 0 1 0`;
        return value === null
          ? []
          : [
              `M${round(middle(index) - POINT)} ${round(y(value))}${arc} ${String(2 * POINT)} 0${arc} ${String(-2 * POINT)} 0z`,
            ];
      })
      .join('');

  const bandPath = (low: readonly number[], high: readonly number[]): string => {
    const [only] = points;
    if (only === undefined) return '';
    if (points.length === 1) {
      const [from, to] = alone(only).map(round) as [string, string];
      return `M${from} ${round(y(low[only] ?? 0))}H${to}V${round(y(high[only] ?? 0))}H${from}z`;
    }
    const above = points.map((index) => at(index, high[index] ?? 0)).join('L');
    const below = points.toReversed().map((index) => at(index, low[index] ?? 0));
    return `M${above}L${below.join('L')}z`;
  };

  // 6.5 pixels a letter: the first name begins at its point, the next lies around its own.
  const letters = Math.max(
    ...[positions[0], positions.at(-1)].map((position) => formatPosition(position ?? '').length),
  );
  const nameWidth = Math.max(92, 14 + 1.5 * 6.5 * letters);
  return {
    ...{ step, inside, y, left, middle, isNear },
    bars: bars.map(({ id, colour }, index) => ({ id, colour, path: barPath(stacks[index] ?? []) })),
    bands: lines.flatMap(({ id, colour, band }) =>
      band === undefined ? [] : [{ id, colour, path: bandPath(band.low, band.high) }],
    ),
    lines: lines.map(({ id, colour, values, dashed }) => ({
      ...{ id, colour, path: linePath(values) },
      dashes: dashed === true ? DASHES[colour] : undefined,
    })),
    points: dotted.map(({ id, colour, values }) => ({ id, colour, path: pointsPath(values) })),
    named: spread(end - first, Math.floor(inside / nameWidth)).map((offset) => first + offset),
  };
}

const round = (pixel: number): string => pixel.toFixed(1);

/** By series: where each bar begins and ends on those before it. */
function stacked(bars: readonly TimeSeries[], count: number): (readonly [number, number])[][] {
  const sums = new Array<number>(count).fill(0);
  return bars.map(({ values }) =>
    values.map((value, index): readonly [number, number] => {
      const base = sums[index] ?? 0;
      sums[index] = base + (value ?? 0);
      return [base, sums[index]];
    }),
  );
}
