import { CANVAS } from './model';

/** The one element of every picture, around what is drawn. @param side of the square, in its units */
export function frame(inner: string, side = CANVAS): string {
  const s = String(side);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${s} ${s}" width="${s}" height="${s}">${inner}</svg>\n`;
}

/** A raster picture in the middle of a square, all of it, on whole pixels. @param address a `data:` address */
export function squared(address: string, width: number, height: number): string {
  const side = Math.max(width, height);
  const [x, y] = [Math.floor((side - width) / 2), Math.floor((side - height) / 2)].map(String);
  return frame(
    `<image x="${x}" y="${y}" width="${String(width)}" height="${String(height)}" href="${address}"/>`,
    side,
  );
}
