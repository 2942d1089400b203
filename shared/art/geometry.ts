/**
 * Numbers and outlines of pictures. Sine and cosine are computed from additions and multiplications alone: the built-in
 * ones may differ in the last digit between engines, and the bytes of a picture are to be the same everywhere.
 */

const HALF_PI = 1.5707963267948966;

/** Sine of an angle between -π/4 and π/4, by its series. */
function sineNear(x: number): number {
  const z = x * x;
  return x * (1 - (z / 6) * (1 - (z / 20) * (1 - (z / 42) * (1 - (z / 72) * (1 - (z / 110) * (1 - z / 156))))));
}

function cosineNear(x: number): number {
  const z = x * x;
  return 1 - (z / 2) * (1 - (z / 12) * (1 - (z / 30) * (1 - (z / 56) * (1 - (z / 90) * (1 - z / 132)))));
}

/** @param degrees any angle */
export function sine(degrees: number): number {
  const turned = ((degrees % 360) + 360) % 360;
  const quarter = Math.floor((turned + 45) / 90);
  const rest = ((turned - quarter * 90) / 90) * HALF_PI;
  const near = quarter % 2 === 0 ? sineNear(rest) : cosineNear(rest);
  return quarter % 4 >= 2 ? -near : near;
}

/** @param degrees any angle */
export const cosine = (degrees: number): number => sine(degrees + 90);

/** A number as every picture writes it: at most `digits` decimals, no exponent, no negative nought. */
export function decimal(value: number, digits = 2): string {
  const power = 10 ** digits;
  const rounded = Math.round(value * power) / power;
  return String(rounded === 0 ? 0 : rounded);
}

export interface Point {
  x: number;
  y: number;
}

/** A point at a distance from a centre; 0 degrees is at the top, and angles go clockwise. */
export function around(centre: Point, distance: number, degrees: number): Point {
  return { x: centre.x + distance * sine(degrees), y: centre.y - distance * cosine(degrees) };
}

export const at = ({ x, y }: Point): string => `${decimal(x)} ${decimal(y)}`;

/** A closed outline through points. */
export function polygon(points: readonly Point[]): string {
  return `M${points.map(at).join('L')}Z`;
}

/** A whole circle as one outline. */
export function circle(centre: Point, radius: number): string {
  const [left, right] = [at({ x: centre.x - radius, y: centre.y }), at({ x: centre.x + radius, y: centre.y })];
  const r = decimal(radius);
  return `M${left}A${r} ${r} 0 1 1 ${right}A${r} ${r} 0 1 1 ${left}Z`;
}
