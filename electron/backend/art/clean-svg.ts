import { parseXml, XmlElement, XmlText, XmlCdata, type XmlNode } from '@rgrove/parse-xml';

/** Elements, in all and below each other; a drawing for the size of a badge has far fewer. */
const MOST_ELEMENTS = 5_000;
const DEEPEST = 50;
/** Elements that `use` may bring in: one that names one that names one could make millions of a few. */
const MOST_USED = 20_000;

/** What draws, and nothing that acts, fetches, moves or needs a font. */
const ELEMENTS = new Set([
  ...['svg', 'g', 'defs', 'symbol', 'use', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon'],
  ...['linearGradient', 'radialGradient', 'stop', 'clipPath', 'mask', 'style'],
]);
/** What is seen as nothing, so that its lack need not be told. */
const UNSEEN = new Set(['title', 'desc', 'metadata']);

const ATTRIBUTES = new Set([
  ...['id', 'class', 'd', 'x', 'y', 'width', 'height', 'cx', 'cy', 'r', 'rx', 'ry', 'x1', 'y1', 'x2', 'y2', 'fx', 'fy'],
  ...['points', 'transform', 'viewBox', 'preserveAspectRatio', 'gradientUnits', 'gradientTransform', 'spreadMethod'],
  ...['offset', 'clipPathUnits', 'maskUnits', 'maskContentUnits', 'style', 'href'],
]);
/** What makes a link lead somewhere; it goes with the link, and is not told by itself. */
const OF_LINKS = new Set(['href', 'xlink:href', 'target', 'rel', 'download', 'hreflang', 'type', 'ping']);
const PROPERTIES = new Set([
  ...['fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-linecap', 'color'],
  ...['stroke-linejoin', 'stroke-miterlimit', 'stroke-dasharray', 'stroke-dashoffset', 'opacity', 'stop-color'],
  ...['stop-opacity', 'clip-path', 'clip-rule', 'mask', 'display', 'visibility', 'overflow', 'paint-order'],
]);

export interface CleanSvg {
  /** A text that draws the same and does nothing else. */
  svg: string;
  /** What was left out, each once, as it is spelt: `<script>`, `onload`, `font-size`. */
  leftOut: readonly string[];
}

/** A length without a unit or in one of its own; no share of what is around it. */
const LENGTH = /^\s*(?<many>\+?\d*\.?\d+(?:e[+-]?\d+)?)(?<unit>px|pt|pc|mm|cm|in|q)?\s*$/i;

/** How wide and how high an SVG is, both in one unit; null where it does not say so. @param svg as {@link cleanSvg} writes it */
export function svgSize(svg: string): { width: number; height: number } | null {
  const { root } = parseXml(svg);
  if (root === null) return null;
  const { width, height, viewBox = '' } = root.attributes;
  const [wide, high] = [width, height].map((said) => LENGTH.exec(said ?? '')?.groups);
  if (wide !== undefined && high !== undefined && wide['unit']?.toLowerCase() === high['unit']?.toLowerCase())
    return { width: Number(wide['many']), height: Number(high['many']) };
  const [, , across, down] = viewBox
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return across !== undefined && down !== undefined && across > 0 && down > 0 ? { width: across, height: down } : null;
}

/** Why a file is no drawing that can be used. */
export type SvgMistake = 'broken' | 'no-svg' | 'doctype' | 'too-much' | 'empty';

const localName = (name: string): string => name.replace(/^svg:/, '');
/** Without parts that name something outside; `\` could spell one otherwise. */
const staysInside = (value: string): boolean =>
  !/\\|@|javascript:|expression\s*\(|url\(\s*["']?\s*(?!#)[^"'\s)]|image-set|var\(/i.test(value);

/**
 * Takes out of an SVG whatever acts, fetches or is no drawing, by a list of what may stay. What is left is written anew from
 * the parsed document, so that nothing gets through that this reader and a browser would read differently.
 */
export function cleanSvg(text: string): CleanSvg | SvgMistake {
  // An entity could grow to any size, and a declaration could name another file.
  if (/<!(DOCTYPE|ENTITY)/i.test(text.replace(/<!DOCTYPE\s+svg\s+PUBLIC\s+"[^"[\]]*"\s+"[^"[\]]*"\s*>/, '')))
    return 'doctype';
  let root: XmlElement | null;
  try {
    ({ root } = parseXml(text));
  } catch {
    return 'broken';
  }
  if (root === null || localName(root.name) !== 'svg') return 'no-svg';
  const cleaning = new Cleaning();
  try {
    if (!cleaning.isBounded(root)) return 'too-much';
    const inner = cleaning.written(root, { depth: 0, isAside: false });
    if (cleaning.drawn === 0) return 'empty';
    return { svg: inner, leftOut: [...cleaning.leftOut] };
  } catch (error) {
    if (error instanceof TooMuch) return 'too-much';
    throw error;
  }
}

class TooMuch extends Error {}

interface Place {
  depth: number;
  /** Inside a clip path or a mask, where another reference would be followed again and again. */
  isAside: boolean;
}

class Cleaning {
  readonly leftOut = new Set<string>();
  /** Elements that put ink on the picture. */
  drawn = 0;
  #elements = 0;

  /** Whether the elements that `use` brings in are few, and no used one uses another. */
  isBounded(root: XmlElement): boolean {
    const sizes = new Map<string, number>();
    const using = new Set<string>();
    const uses: string[] = [];
    const measure = (element: XmlElement, depth: number, within: readonly string[]): number => {
      if (depth > DEEPEST) throw new TooMuch();
      const id = element.attributes['id'];
      const inside = id === undefined ? within : [...within, id];
      if (localName(element.name) === 'use') {
        uses.push((element.attributes['href'] ?? element.attributes['xlink:href'] ?? '').trim().slice(1));
        for (const name of inside) using.add(name);
      }
      let size = 1;
      for (const child of element.children) if (child instanceof XmlElement) size += measure(child, depth + 1, inside);
      if (id !== undefined) sizes.set(id, size);
      return size;
    };
    if (measure(root, 0, []) > MOST_ELEMENTS) return false;
    if (uses.some((name) => using.has(name))) return false;
    return uses.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0) <= MOST_USED;
  }

  written(element: XmlElement, place: Place): string {
    const own = localName(element.name);
    const isLink = own === 'a';
    if (isLink) this.leftOut.add('<a>');
    // Of a link stays what it is drawn around.
    const name = isLink ? 'g' : own;
    if (!ELEMENTS.has(name)) {
      // What editors keep for themselves, as inkscape: and sodipodi:, draws nothing.
      if (!UNSEEN.has(name) && !name.includes(':')) this.leftOut.add(`<${name}>`);
      return '';
    }
    this.#elements += 1;
    if (this.#elements > MOST_ELEMENTS || place.depth > DEEPEST) throw new TooMuch();
    if (name === 'style') return this.#sheet(element);
    if (/^(path|rect|circle|ellipse|line|polyline|polygon|use)$/.test(name)) this.drawn += 1;
    const isAside = place.isAside || name === 'clipPath' || name === 'mask';
    const head = place.depth === 0 ? ' xmlns="http://www.w3.org/2000/svg"' : '';
    const attributes = Object.entries(element.attributes).map(([key, value]) =>
      isLink && OF_LINKS.has(key) ? '' : this.#attribute(key, value, name, isAside),
    );
    const children = element.children
      .map((child: XmlNode) =>
        child instanceof XmlElement ? this.written(child, { depth: place.depth + 1, isAside }) : '',
      )
      .join('');
    return `<${name}${head}${attributes.join('')}${children === '' ? '/>' : `>${children}</${name}>`}`;
  }

  #attribute(key: string, value: string, element: string, isAside: boolean): string {
    const name = key === 'xlink:href' ? 'href' : key;
    if (
      name.includes(':') ||
      name === 'xmlns' ||
      /^(version|xml|baseProfile|data-|aria-|role|enable-background)/.test(name)
    )
      return '';
    const keep = ATTRIBUTES.has(name) || PROPERTIES.has(name);
    const isReference = name === 'href' && /^(use|linearGradient|radialGradient)$/.test(element);
    const isInside = name === 'href' ? isReference && /^\s*#/.test(value) && !isAside : staysInside(value);
    if (!keep || !isInside || (isAside && /url\(/i.test(value) && name !== 'style')) {
      this.leftOut.add(name);
      return '';
    }
    const kept = name === 'style' ? this.#declarations(value, isAside) : value;
    return ` ${name}="${escaped(kept)}"`;
  }

  #declarations(value: string, isAside: boolean): string {
    return value
      .split(';')
      .map((part) => part.trim())
      .filter((part) => {
        if (part === '') return false;
        const property = part.split(':')[0]?.trim().toLowerCase() ?? '';
        const stays = PROPERTIES.has(property) && !(isAside && /url\(/i.test(part));
        if (!stays && !property.startsWith('-')) this.leftOut.add(property);
        return stays;
      })
      .join(';');
  }

  #sheet(element: XmlElement): string {
    const text = element.children
      .map((child: XmlNode) => (child instanceof XmlText || child instanceof XmlCdata ? child.text : ''))
      .join('')
      .replaceAll(/\/\*[^]*?\*\//g, '');
    if (!staysInside(text) || /url\(|</i.test(text)) {
      this.leftOut.add('<style>');
      return '';
    }
    return `<style>${escaped(text)}</style>`;
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
