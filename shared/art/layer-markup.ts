import { formPath } from './forms';
import { around, at, circle, decimal, polygon } from './geometry';
import { iconMarkup } from './icons';
import type {
  BorderLayer,
  GradientLayer,
  IconLayer,
  Layer,
  PatternLayer,
  Picture,
  PictureLayer,
  RibbonLayer,
} from './model';
import type { Outliner } from './outline';
import { area, type Paint } from './paint';
import { lettersMarkup, pathTextMarkup } from './text-layers';

/** What the drawing of one picture shares between its layers. */
export interface Drawing {
  outline: Outliner;
  pictures: Readonly<Record<string, Picture>>;
  /** A name within the picture that nothing else has. */
  freshId(): string;
  /** Characters that no font has. */
  missing: Set<string>;
}

function border({ form, points, colour, width, line, size }: BorderLayer, paint: Paint): string {
  const written = paint.outline === null ? paint.colour(colour) : paint.outline.colour;
  const w = paint.outline === null ? width : Math.min(width, paint.outline.width);
  const at = (radius: number, thick: number, more = ''): string =>
    `<path d="${formPath(form, points, radius)}" fill="none" stroke="${written}" stroke-width="${decimal(thick)}" stroke-linejoin="round"${more}/>`;
  const radius = size / 2 - width / 2;
  if (line === 'double') return at(size / 2 - width / 6, w / 3) + at(size / 2 - (width * 5) / 6, w / 3);
  if (line === 'dashed') return at(radius, w, ` stroke-dasharray="${decimal(w * 2)} ${decimal(w * 1.4)}"`);
  if (line === 'beads') return at(radius, w, ` stroke-linecap="round" stroke-dasharray="0.01 ${decimal(w * 1.7)}"`);
  return at(radius, w);
}

function gradient(layer: GradientLayer, paint: Paint, drawing: Drawing): string {
  const { form, points, size, from, to, angle, radial } = layer;
  // A line has no gradient: the form beneath it stands for both.
  if (paint.outline !== null) return '';
  const id = drawing.freshId();
  const stops = `<stop offset="0" stop-color="${paint.colour(from)}"/><stop offset="1" stop-color="${paint.colour(to)}"/>`;
  const radius = size / 2;
  const [start, end] = [around({ x: 0, y: 0 }, radius, angle - 90), around({ x: 0, y: 0 }, radius, angle + 90)];
  const head = radial
    ? `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="0" cy="${decimal(-radius * 0.3)}" r="${decimal(radius * 1.3)}">${stops}</radialGradient>`
    : `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${decimal(start.x)}" y1="${decimal(start.y)}" x2="${decimal(end.x)}" y2="${decimal(end.y)}">${stops}</linearGradient>`;
  return `<defs>${head}</defs><path d="${formPath(form, points, radius)}" fill="url(#${id})"/>`;
}

function motif({ motif: kind, step, size }: PatternLayer): { path: string; line: number } {
  const radius = size / 2;
  const count = Math.ceil(radius / step) + 1;
  const places = Array.from({ length: count * 2 + 1 }, (_, index) => (index - count) * step);
  const [low, high] = [decimal(-radius), decimal(radius)];
  if (kind === 'rays') {
    const rays = Array.from({ length: Math.max(1, Math.floor(180 / step)) }, (_, index) => index * step * 2);
    const centre = { x: 0, y: 0 };
    const path = rays
      .map((from) => polygon([centre, around(centre, radius * 1.5, from), around(centre, radius * 1.5, from + step)]))
      .join('');
    return { path, line: 0 };
  }
  if (kind === 'dots') {
    const path = places
      .flatMap((y, row) => places.map((x) => circle({ x: x + (row % 2 === 0 ? 0 : step / 2), y }, step / 5)))
      .join('');
    return { path, line: 0 };
  }
  if (kind === 'checks') {
    const s = decimal(step);
    const path = places
      .flatMap((y, row) =>
        places.flatMap((x, column) => ((row + column) % 2 === 0 ? [`M${at({ x, y })}h${s}v${s}h-${s}Z`] : [])),
      )
      .join('');
    return { path, line: 0 };
  }
  if (kind === 'stripes') {
    const path = places
      .map((x) => `M${at({ x: x - radius, y: -radius })}L${at({ x: x + radius, y: radius })}`)
      .concat(places.map((x) => `M${at({ x: x - radius * 3, y: -radius })}L${at({ x: x - radius, y: radius })}`))
      .concat(places.map((x) => `M${at({ x: x + radius, y: -radius })}L${at({ x: x + radius * 3, y: radius })}`));
    return { path: [...new Set(path)].join(''), line: step / 2.6 };
  }
  const half = decimal(step / 2);
  if (kind === 'waves') {
    const path = places
      .map((y) => `M${low} ${decimal(y)}q${decimal(step / 4)} -${half} ${half} 0${`t${half} 0`.repeat(count * 4)}`)
      .join('');
    return { path, line: step / 6 };
  }
  const path = places
    .map((y) => `M${low} ${decimal(y)}${`l${half} -${half}l${half} ${half}`.repeat(count * 2)}`)
    .join('');
  return { path: path.length > 0 ? path : `M${low} 0H${high}`, line: step / 6 };
}

function pattern(layer: PatternLayer, paint: Paint, drawing: Drawing): string {
  if (paint.outline !== null) return '';
  const id = drawing.freshId();
  const { path, line } = motif(layer);
  const colour = paint.colour(layer.colour);
  const look = line === 0 ? `fill="${colour}"` : `fill="none" stroke="${colour}" stroke-width="${decimal(line)}"`;
  const clip = `<clipPath id="${id}"><path d="${formPath(layer.form, layer.points, layer.size / 2)}"/></clipPath>`;
  return `<defs>${clip}</defs><g clip-path="url(#${id})"><path d="${path}" ${look}/></g>`;
}

function ribbon({ look, colour, fold, size, height }: RibbonLayer, paint: Paint): string {
  const [w, h] = [size / 2, height / 2];
  const [front, back] = [area(paint, colour), area(paint, fold)];
  const path = (d: string, fill: string): string => `<path d="${d}" ${fill}/>`;
  const n = (value: number): string => decimal(value);
  if (look === 'swallow')
    return path(`M${n(-w)} ${n(-h)}H${n(w)}L${n(w - h)} 0L${n(w)} ${n(h)}H${n(-w)}L${n(h - w)} 0Z`, front);
  if (look === 'curved') {
    const rise = size / 6;
    const d = `M${n(-w)} ${n(-h)}Q0 ${n(rise * 2 - h)} ${n(w)} ${n(-h)}V${n(h)}Q0 ${n(rise * 2 + h)} ${n(-w)} ${n(h)}Z`;
    return path(d, front);
  }
  if (look === 'tails') {
    const tail = (side: number): string =>
      `M${n(side * w * 0.1)} ${n(-h)}L${n(side * w)} ${n(h * 0.8)}L${n(side * w * 0.62)} ${n(h * 0.72)}L${n(side * w * 0.42)} ${n(h)}L${n(-side * w * 0.28)} ${n(-h)}Z`;
    return path(tail(-1), back) + path(tail(1), front);
  }
  const inner = w * 0.78;
  const tail = (side: number): string => {
    const x = (part: number): string => n(side * part);
    return `M${x(w)} ${n(-h * 0.55)}H${x(inner - h * 0.5)}V${n(h * 1.45)}H${x(w)}L${x(w - h * 0.7)} ${n(h * 0.45)}Z`;
  };
  return path(tail(-1) + tail(1), back) + path(`M${n(-inner)} ${n(-h)}H${n(inner)}V${n(h)}H${n(-inner)}Z`, front);
}

function icon({ icon: name, colour, width, filled, size }: IconLayer, paint: Paint): string {
  const elements = iconMarkup(name);
  if (elements === null) return '';
  const scale = size / 24;
  const written = paint.colour(colour);
  const fill = filled && paint.outline === null ? written : 'none';
  return (
    `<g transform="scale(${decimal(scale, 4)}) translate(-12 -12)" fill="${fill}" stroke="${written}" ` +
    `stroke-width="${decimal(width)}" stroke-linecap="round" stroke-linejoin="round">${elements}</g>`
  );
}

function picture({ picture: key, size }: PictureLayer, paint: Paint, drawing: Drawing): string {
  const held = drawing.pictures[key];
  if (held === undefined) return '';
  const [side, half] = [decimal(size), decimal(-size / 2)];
  const type = held.type === 'png' ? 'image/png' : 'image/svg+xml';
  const address = `data:${type};base64,${held.data}`;
  const image = `<image x="${half}" y="${half}" width="${side}" height="${side}" href="${address}"/>`;
  if (paint.greyness === 0) return image;
  const id = drawing.freshId();
  const saturation = decimal(1 - paint.greyness / 100);
  const filter = `<filter id="${id}" color-interpolation-filters="sRGB"><feColorMatrix type="saturate" values="${saturation}"/></filter>`;
  return `<defs>${filter}</defs><g filter="url(#${id})">${image}</g>`;
}

function around0(layer: Layer, paint: Paint, drawing: Drawing): string {
  switch (layer.kind) {
    case 'shape':
      return `<path d="${formPath(layer.form, layer.points, layer.size / 2)}" ${area(paint, layer.colour)}/>`;
    case 'border':
      return border(layer, paint);
    case 'gradient':
      return gradient(layer, paint, drawing);
    case 'pattern':
      return pattern(layer, paint, drawing);
    case 'ribbon':
      return ribbon(layer, paint);
    case 'icon':
      return icon(layer, paint);
    case 'picture':
      return picture(layer, paint, drawing);
    case 'letters':
    case 'pathText': {
      const [markup, missing] =
        layer.kind === 'letters'
          ? lettersMarkup(layer, paint, drawing.outline)
          : pathTextMarkup(layer, paint, drawing.outline);
      for (const character of missing) drawing.missing.add(character);
      return markup;
    }
  }
}

/** One layer at its place. */
export function layerMarkup(layer: Layer, paint: Paint, drawing: Drawing): string {
  const inner = around0(layer, paint, drawing);
  if (inner === '') return '';
  const turn = layer.turn === 0 ? '' : ` rotate(${decimal(layer.turn)})`;
  const faint = layer.opacity === 100 ? '' : ` opacity="${decimal(layer.opacity / 100)}"`;
  return `<g transform="translate(${decimal(layer.x)} ${decimal(layer.y)})${turn}"${faint}>${inner}</g>`;
}
