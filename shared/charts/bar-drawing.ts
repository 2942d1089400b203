import type { BarRow, BarSeries, SeriesColour } from './chart-data';
import { niceScale, type Scale } from './scale';

const ROW = 26;
const BAR = 14;
/** From one bar of a group to the next, and how high each is. */
const GROUP_STEP = 14;
const GROUP_BAR = 10;
/** Room for the names of values, below the rows. */
export const BARS_FOOT = 20;
const CHARACTER = 6.4;

/** One bar, or one part of it; `y` is from the top of its row. */
export interface BarPart {
  id: string;
  colour: SeriesColour;
  x: number;
  y: number;
  width: number;
  height: number;
  /** What stands at the end of a bar of a group. */
  text: string;
}

/** Where everything of a bar chart lies, in pixels. */
export interface BarsDrawing {
  x: Scale;
  labelWidth: number;
  rowHeight: number;
  height: number;
  /** Some bars go to the left of zero. */
  diverges: boolean;
  rows: readonly {
    row: BarRow;
    /** As long as there is room for it. */
    label: string;
    parts: readonly BarPart[];
    /** What stands beside the whole row, and from where; null where each bar says its own. */
    note: { text: string; x: number } | null;
  }[];
}

interface BarsOrder {
  rows: readonly BarRow[];
  series: readonly BarSeries[];
  /** By position of the series; all unless given. */
  shown?: readonly boolean[] | undefined;
  /** The values of a row lie under each other instead of end to end. */
  grouped: boolean;
  width: number;
  format: (value: number) => string;
}

/** Draws a bar chart: a row for each thing, values end to end or under each other. */
export function drawBars({ rows, series, shown, grouped, width, format }: BarsOrder): BarsDrawing {
  const shows = (index: number): boolean => shown === undefined || shown[index] === true;
  const longest = Math.max(4, ...rows.map(({ label }) => label.length));
  const labelWidth = Math.min(longest * CHARACTER + 12, width * 0.5);
  const noteWidth = Math.max(56, ...rows.map(({ note }) => (note ?? '').length * CHARACTER + 12));
  const visible = series.filter((_, index) => shows(index)).length;
  const rowHeight = grouped ? Math.max(ROW, visible * GROUP_STEP + 10) : ROW;
  const ends = rows.map(({ values }) => {
    let [low, high] = [0, 0];
    values.forEach((value, index) => {
      if (!shows(index)) return;
      if (grouped) [low, high] = [Math.min(low, value), Math.max(high, value)];
      else if (value < 0) low += value;
      else high += value;
    });
    return { low, high };
  });
  const x = niceScale(
    Math.min(0, ...ends.map(({ low }) => low)),
    Math.max(0, ...ends.map(({ high }) => high)),
    [labelWidth, Math.max(labelWidth + 20, width - noteWidth)],
    Math.max(2, Math.floor((width - labelWidth - noteWidth) / 110)),
  );

  const endToEnd = (row: BarRow): BarPart[] => {
    let [left, right] = [0, 0];
    return row.values.flatMap((value, index) => {
      const line = series[index];
      if (line === undefined || !shows(index) || value === 0) return [];
      const from = value < 0 ? left + value : right;
      const to = value < 0 ? left : right + value;
      if (value < 0) left = from;
      else right = to;
      const place = { x: x(from), y: (ROW - BAR) / 2, width: Math.max(1, x(to) - x(from)), height: BAR };
      return [{ id: line.id, colour: line.colour, ...place, text: '' }];
    });
  };

  const underEachOther = (row: BarRow): BarPart[] => {
    let at = (rowHeight - visible * GROUP_STEP) / 2 + (GROUP_STEP - GROUP_BAR) / 2;
    return row.values.flatMap((value, index) => {
      const line = series[index];
      if (line === undefined || !shows(index)) return [];
      const place = { x: x(Math.min(0, value)), y: at, width: Math.abs(x(value) - x(0)), height: GROUP_BAR };
      at += GROUP_STEP;
      return [{ id: line.id, colour: line.colour, ...place, text: format(value) }];
    });
  };

  const letters = Math.floor((labelWidth - 10) / CHARACTER);
  const cut = (text: string): string => (text.length > letters ? `${text.slice(0, Math.max(1, letters - 1))}…` : text);
  const sum = (row: BarRow): number =>
    row.values.reduce((total, value, index) => (shows(index) ? total + value : total), 0);
  return {
    ...{ x, labelWidth, rowHeight },
    height: rows.length * rowHeight + BARS_FOOT,
    diverges: ends.some(({ low }) => low < 0),
    rows: rows.map((row, index) => ({
      row,
      label: cut(row.label),
      parts: grouped ? underEachOther(row) : endToEnd(row),
      note: grouped ? null : { text: row.note ?? format(sum(row)), x: x(Math.max(0, ends[index]?.high ?? 0)) + 6 },
    })),
  };
}
