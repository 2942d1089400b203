import { around, at, circle, cosine, decimal, polygon, sine, type Point } from './geometry';
import type { Form } from './model';

const CENTRE: Point = { x: 0, y: 0 };

function corners(count: number, radius: number, from = 0): Point[] {
  return Array.from({ length: count }, (_, index) => around(CENTRE, radius, from + (360 * index) / count));
}

/** Points that alternate between two distances from the centre. */
function spikes(count: number, outer: number, inner: number): Point[] {
  return Array.from({ length: count * 2 }, (_, index) =>
    around(CENTRE, index % 2 === 0 ? outer : inner, (180 * index) / count),
  );
}

/** Half circles around a circle; their tops touch the box. */
function scallop(count: number, radius: number): string {
  const points = corners(count, radius / (cosine(180 / count) + sine(180 / count)));
  const [first = CENTRE, second = CENTRE] = points;
  const bow = decimal(Math.sqrt((second.x - first.x) ** 2 + (second.y - first.y) ** 2) / 2);
  return `M${at(first)}${[...points.slice(1), first].map((point) => `A${bow} ${bow} 0 0 1 ${at(point)}`).join('')}Z`;
}

/** A drawing in units of the radius, between -1 and 1, at a radius. */
function scaled(path: string, radius: number): string {
  return path
    .replaceAll(/-?\d*\.?\d+/g, (number) => ` ${decimal(Number(number) * radius)}`)
    .replaceAll(/ +/g, ' ')
    .replaceAll(/([A-Z]) /g, '$1');
}

const SHIELD =
  'M0 -1C0.3 -0.82 0.6 -0.75 0.86 -0.74L0.86 0.05C0.86 0.5 0.5 0.82 0 1C-0.5 0.82 -0.86 0.5 -0.86 0.05L-0.86 -0.74C-0.6 -0.75 -0.3 -0.82 0 -1Z';
const HEART =
  'M0 0.9C-0.35 0.6 -1 0.2 -1 -0.32C-1 -0.68 -0.74 -0.88 -0.48 -0.88C-0.26 -0.88 -0.08 -0.76 0 -0.56C0.08 -0.76 0.26 -0.88 0.48 -0.88C0.74 -0.88 1 -0.68 1 -0.32C1 0.2 0.35 0.6 0 0.9Z';
const PENNANT = 'M-0.72 -1L0.72 -1L0.72 1L0 0.62L-0.72 1Z';
const DROP =
  'M0 -1C0.34 -0.52 0.76 -0.1 0.76 0.3C0.76 0.7 0.42 1 0 1C-0.42 1 -0.76 0.7 -0.76 0.3C-0.76 -0.1 -0.34 -0.52 0 -1Z';
const TICKET =
  'M-1 -0.62L1 -0.62L1 -0.2C0.88 -0.2 0.8 -0.11 0.8 0C0.8 0.11 0.88 0.2 1 0.2L1 0.62L-1 0.62L-1 0.2C-0.88 0.2 -0.8 0.11 -0.8 0C-0.8 -0.11 -0.88 -0.2 -1 -0.2Z';

function square(radius: number): string {
  const [side, round] = [radius * 0.9, decimal(radius * 0.24)];
  const inner = side - radius * 0.24;
  const [s, i] = [decimal(side), decimal(inner)];
  return (
    `M-${i} -${s}L${i} -${s}A${round} ${round} 0 0 1 ${s} -${i}L${s} ${i}A${round} ${round} 0 0 1 ${i} ${s}` +
    `L-${i} ${s}A${round} ${round} 0 0 1 -${s} ${i}L-${s} -${i}A${round} ${round} 0 0 1 -${i} -${s}Z`
  );
}

/**
 * The outline of a form around 0, 0, as the data of an SVG path.
 *
 * @param points of a star, burst or scallop; other forms have none
 * @param radius half the width of the form's box
 */
export function formPath(form: Form, points: number, radius: number): string {
  const draw: Readonly<Record<Form, () => string>> = {
    circle: () => circle(CENTRE, radius),
    square: () => square(radius),
    shield: () => scaled(SHIELD, radius),
    hexagon: () => polygon(corners(6, radius)),
    octagon: () => polygon(corners(8, radius, 22.5)),
    diamond: () => polygon(corners(4, radius)),
    star: () => polygon(spikes(points, radius, radius * (points < 8 ? 0.52 : 0.74))),
    burst: () => polygon(spikes(points, radius, radius * 0.88)),
    scallop: () => scallop(points, radius),
    heart: () => scaled(HEART, radius),
    pennant: () => scaled(PENNANT, radius),
    drop: () => scaled(DROP, radius),
    ticket: () => scaled(TICKET, radius),
  };
  return draw[form]();
}

/** Forms whose number of points can be chosen. */
export const hasPoints = (form: Form): boolean => form === 'star' || form === 'burst' || form === 'scallop';
