/** Charts as SVG text, for the report: the same drawing as the window's, without anything to point at. */
import { BARS_FOOT, drawBars } from './bar-drawing';
import {
  DASHES,
  type BarRow,
  type BarSeries,
  type Level,
  type SeriesColour,
  type TimeRange,
  type TimeSeries,
} from './chart-data';
import { drawTime, TIME_FRAME } from './time-drawing';

/** Colours of a chart, as any CSS colour. */
export interface ChartPalette {
  series: Readonly<Record<SeriesColour, string>>;
  text: string;
  textStrong: string;
  grid: string;
  /** Behind the chart: words are outlined with it where lines pass. */
  ground: string;
  limit: string;
}

/** Colours of paper; those of the tokens in the light theme. */
export const PAPER: ChartPalette = {
  series: { 1: '#1a7f50', 2: '#1b76b5', 3: '#b8770a', 4: '#b8472e', 5: '#8b3f92', 6: '#6b747b' },
  ...{ text: '#4a5157', textStrong: '#15191c', grid: '#dfe3e6', ground: '#ffffff', limit: '#b3261e' },
};

export interface TimePicture {
  kind: 'time';
  positions: readonly string[];
  series: readonly TimeSeries[];
  format: (value: number) => string;
  formatPosition: (position: string) => string;
  limits: readonly Level[];
  range?: TimeRange | undefined;
}

export interface BarPicture {
  kind: 'bars';
  series: readonly BarSeries[];
  rows: readonly BarRow[];
  grouped: boolean;
  format: (value: number) => string;
}

/** What is drawn. */
export type ChartPicture = TimePicture | BarPicture;

/** What stands for a series in a legend. */
export interface LegendEntry {
  label: string;
  colour: SeriesColour;
  shape: 'block' | 'line' | 'dashes';
}

const SIZE = 11;
const TIME_HEIGHT = 220;

/** Text that stands in SVG or HTML as it is. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`);
}

/** The series of a picture as its legend has them. */
export function legendOf(picture: ChartPicture): LegendEntry[] {
  return picture.kind === 'bars'
    ? picture.series.map(({ label, colour }) => ({ label, colour, shape: 'block' }))
    : picture.series.map(({ label, colour, kind, dashed }) => ({
        ...{ label, colour },
        shape: kind !== 'line' ? 'block' : dashed === true ? 'dashes' : 'line',
      }));
}

/** The inside of an SVG of this width, and its height. */
export function drawPicture(
  picture: ChartPicture,
  width: number,
  palette: ChartPalette,
): { inside: string; height: number } {
  return picture.kind === 'bars' ? bars(picture, width, palette) : time(picture, width, palette);
}

const text = (x: number, y: number, said: string, more: string): string =>
  `<text x="${round(x)}" y="${round(y)}" font-size="${String(SIZE)}" ${more}>${escaped(said)}</text>`;
const round = (pixel: number): string => String(Math.round(pixel * 10) / 10);
const line = (x1: number, y1: number, x2: number, y2: number, more: string): string =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" ${more}/>`;

function time(picture: TimePicture, width: number, palette: ChartPalette): { inside: string; height: number } {
  const { positions, limits, range, format, formatPosition } = picture;
  const height = TIME_HEIGHT;
  const { left: LEFT, right, top, bottom } = TIME_FRAME;
  const drawing = drawTime({ ...picture, width, height });
  const { y, middle, step } = drawing;
  const outlined = `stroke="${palette.ground}" stroke-width="4" stroke-linejoin="round" paint-order="stroke" font-weight="600"`;
  const colour = (of: SeriesColour): string => palette.series[of];
  const parts = [
    ...y.ticks.flatMap((tick) => [
      line(LEFT, y(tick), width - right, y(tick), `stroke="${palette.grid}"`),
      text(LEFT - 8, y(tick) + 4, format(tick), `fill="${palette.text}" text-anchor="end"`),
    ]),
    ...drawing.named.map((index) =>
      text(
        middle(index),
        height - 6,
        formatPosition(positions[index] ?? ''),
        `fill="${palette.text}" text-anchor="${index === 0 && step < 60 ? 'start' : 'middle'}"`,
      ),
    ),
  ];
  if (range !== undefined) {
    const from = Math.max(LEFT, middle(range.from));
    const to = Math.min(width - right, middle(range.to));
    parts.push(
      `<rect x="${round(from)}" y="${String(top)}" width="${round(Math.max(1, to - from))}" height="${String(height - top - bottom)}" fill="${colour(3)}" fill-opacity="0.18"/>`,
    );
  }
  for (const { colour: of, path } of drawing.bands)
    parts.push(`<path d="${path}" fill="${colour(of)}" fill-opacity="0.2"/>`);
  for (const { colour: of, path } of drawing.bars) parts.push(`<path d="${path}" fill="${colour(of)}"/>`);
  for (const { colour: of, path, dashes } of drawing.lines) {
    const dashed = dashes === undefined ? '' : ` stroke-dasharray="${dashes}"`;
    parts.push(
      `<path d="${path}" fill="none" stroke="${colour(of)}" stroke-width="2" stroke-linejoin="round"${dashed}/>`,
    );
  }
  for (const { colour: of, path } of drawing.points) parts.push(`<path d="${path}" fill="${colour(of)}"/>`);
  if (range !== undefined) {
    const at = middle(range.at);
    parts.push(line(at, top, at, height - bottom, `stroke="${colour(3)}" stroke-width="2"`));
  }
  for (const [index, limit] of limits.entries()) {
    const isNear = drawing.isNear(limit);
    const at = isNear ? y(limit.value) : top;
    if (isNear)
      parts.push(
        line(LEFT, at, width - right, at, `stroke="${palette.limit}" stroke-width="1.5" stroke-dasharray="6 3"`),
      );
    parts.push(
      text(
        LEFT + 4 + index * 110,
        at < top + 14 ? at + 14 : at - 5,
        `${limit.label}${isNear ? '' : ' ↑'}`,
        `fill="${palette.textStrong}" ${outlined}`,
      ),
    );
  }
  if (range !== undefined && range.at < positions.length) {
    const isNearEnd = middle(range.at) > width - 180;
    parts.push(
      text(
        middle(range.at) + (isNearEnd ? -6 : 6),
        height - bottom - 8,
        range.label,
        `fill="${palette.textStrong}" text-anchor="${isNearEnd ? 'end' : 'start'}" ${outlined}`,
      ),
    );
  }
  return { inside: parts.join(''), height };
}

function bars(picture: BarPicture, width: number, palette: ChartPalette): { inside: string; height: number } {
  const drawing = drawBars({ ...picture, width });
  const { x, height, rowHeight, labelWidth } = drawing;
  const parts = x.ticks.flatMap((tick) => [
    line(x(tick), 0, x(tick), height - BARS_FOOT, `stroke="${palette.grid}"`),
    text(x(tick), height - 6, picture.format(tick), `fill="${palette.text}" text-anchor="middle"`),
  ]);
  drawing.rows.forEach(({ label, parts: ofRow, note }, index) => {
    const top = index * rowHeight;
    parts.push(text(labelWidth - 8, top + rowHeight / 2 + 4, label, `fill="${palette.textStrong}" text-anchor="end"`));
    for (const part of ofRow) {
      parts.push(
        `<rect x="${round(part.x)}" y="${round(top + part.y)}" width="${round(part.width)}" height="${String(part.height)}" fill="${palette.series[part.colour]}"/>`,
      );
      if (part.text !== '')
        parts.push(
          text(part.x + part.width + 6, top + part.y + part.height - 1, part.text, `fill="${palette.textStrong}"`),
        );
    }
    if (note !== null) parts.push(text(note.x, top + rowHeight / 2 + 4, note.text, `fill="${palette.textStrong}"`));
  });
  return { inside: parts.join(''), height };
}

const HEAD = 34;
const MARGIN = 16;
const LEGEND_LINE = 18;
/** About as wide as a letter is; where it is drawn nothing measures texts. */
const LETTER = 6.2;

/** A chart with its title and legend as an SVG document of its own, as wide as asked: what stands in a report. */
export function chartDocument(
  picture: ChartPicture,
  title: string,
  width: number,
  palette: ChartPalette = PAPER,
): { text: string; width: number; height: number } {
  const { inside, height: drawn } = drawPicture(picture, width - 2 * MARGIN, palette);
  const legend = legendLines(legendOf(picture), width - 2 * MARGIN, palette);
  const top = HEAD + legend.height;
  const height = Math.ceil(top + drawn + MARGIN);
  const size = `width="${String(width)}" height="${String(height)}"`;
  const head = `<text x="${String(MARGIN)}" y="24" font-size="14" font-weight="600" fill="${palette.textStrong}">${escaped(title)}</text>`;
  const at = (y: number, what: string): string =>
    `<g transform="translate(${String(MARGIN)} ${String(y)})">${what}</g>`;
  return {
    text: `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${String(width)} ${String(height)}" font-family="system-ui, sans-serif"><rect ${size} fill="${palette.ground}"/>${head}${at(HEAD, legend.inside)}${at(top, inside)}</svg>`,
    ...{ width, height },
  };
}

/** A legend of one says nothing that the title does not. */
function legendLines(
  entries: readonly LegendEntry[],
  width: number,
  palette: ChartPalette,
): { inside: string; height: number } {
  if (entries.length < 2) return { inside: '', height: 0 };
  let [x, y] = [0, 0];
  const parts = entries.flatMap(({ label, colour, shape }) => {
    const sample = shape === 'block' ? 12 : 28;
    const wide = sample + 6 + label.length * LETTER;
    if (x > 0 && x + wide > width) [x, y] = [0, y + LEGEND_LINE];
    const from = x;
    x += wide + 18;
    const of = palette.series[colour];
    return [
      shape === 'block'
        ? `<rect x="${round(from)}" y="${String(y)}" width="12" height="10" rx="2" fill="${of}"/>`
        : line(
            ...([from, y + 5, from + 28, y + 5] as const),
            `stroke="${of}" stroke-width="2"${shape === 'dashes' ? ` stroke-dasharray="${DASHES[colour]}"` : ''}`,
          ),
      text(from + sample + 6, y + 9, label, `fill="${palette.text}"`),
    ];
  });
  return { inside: parts.join(''), height: y + LEGEND_LINE };
}
