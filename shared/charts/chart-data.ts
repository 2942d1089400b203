/** Which of the six series colours of the tokens. */
export type SeriesColour = 1 | 2 | 3 | 4 | 5 | 6;

/** How a dashed line of a colour is broken; the swatch of its legend copies it. */
export const DASHES: Readonly<Record<SeriesColour, string>> = {
  1: '5 4',
  2: '5 4',
  3: '2 3',
  4: '5 4',
  5: '9 3 2 3',
  6: '12 4',
};

/** One series of a chart over time. */
export interface TimeSeries {
  id: string;
  label: string;
  colour: SeriesColour;
  /** `bar`: stacked on the bars before it. `points`: only where there is a value, with nothing between. */
  kind: 'bar' | 'line' | 'points';
  /** By position; null leaves a gap. */
  values: readonly (number | null)[];
  /** Drawn behind a line, from low to high. */
  band?: { label: string; low: readonly number[]; high: readonly number[] } | undefined;
  dashed?: boolean | undefined;
}

/** A stretch of positions with a name: when a cap runs out. Positions may lie between two. */
export interface TimeRange {
  from: number;
  to: number;
  at: number;
  label: string;
}

/** A level that must not be passed: a cap, a budget. */
export interface Level {
  value: number;
  label: string;
}

export interface BarSeries {
  id: string;
  label: string;
  colour: SeriesColour;
}

/** One row of a bar chart: a value for each series, stacked; values below zero go to the left. */
export interface BarRow {
  id: string;
  label: string;
  values: readonly number[];
  /** Said after the label where there is room for it: what is pointed at, and the table. */
  detail?: string | undefined;
  /** Said beside the bar instead of the sum. */
  note?: string | undefined;
}

/** The table behind a chart, and what its CSV holds. Numbers are aligned right. */
export interface ChartTable {
  columns: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}
