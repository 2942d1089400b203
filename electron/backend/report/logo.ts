import { parseXml, XmlElement, type XmlDocument } from '@rgrove/parse-xml';
import { Failure } from '../../../shared/ipc/errors';
import { message, type MessagePart } from '../../../shared/words/message';
import { readRegular } from '../../disk/regular-file';
import { causeOf } from '../../disk/system-reasons';

/** Bytes: a report is sent by mail. */
const LARGEST = 500_000;
const MOST_PIXELS = 4_000;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** What draws. Everything else – scripts, pages, pictures from elsewhere, things that move – is no part of a logo. */
const ELEMENTS = new Set([
  ...['svg', 'g', 'defs', 'title', 'desc', 'symbol', 'use', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline'],
  ...['polygon', 'text', 'tspan', 'linearGradient', 'radialGradient', 'stop', 'clipPath', 'mask', 'style', 'metadata'],
]);

/**
 * A logo as a `data:` address that a report can hold: a PNG, or an SVG that neither acts nor fetches.
 *
 * @param name as the person knows it
 * @throws Failure `invalid-input`
 */
export function readLogo(file: string, name: string): string {
  let bytes: Buffer;
  try {
    bytes = readRegular(file, LARGEST);
  } catch (error) {
    const cause = causeOf(error);
    if (typeof cause === 'object' && cause.key === 'system.largerThan') throw tooLarge(name);
    throw new Failure('invalid-input', message('report.logoUnread', { file: name, reason: cause }));
  }
  if (bytes.subarray(0, PNG.length).equals(PNG)) return pngAddress(bytes, name);
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  if (!/^\s*</.test(text)) throw new Failure('invalid-input', message('report.logoKind', { file: name }));
  return svgAddress(text, name);
}

const tooLarge = (file: string): Failure =>
  new Failure('invalid-input', message('report.logoLarge', { file, most: LARGEST / 1_000 }));
const broken = (file: string): Failure => new Failure('invalid-input', message('report.logoBroken', { file }));

function pngAddress(bytes: Buffer, file: string): string {
  const isWhole =
    bytes.length > 45 && bytes.toString('latin1', 12, 16) === 'IHDR' && bytes.includes('IEND', 33, 'latin1');
  if (!isWhole) throw broken(file);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (width === 0 || height === 0) throw broken(file);
  if (width > MOST_PIXELS || height > MOST_PIXELS)
    throw new Failure('invalid-input', message('report.logoWide', { file, width, height }));
  return `data:image/png;base64,${bytes.toString('base64')}`;
}

function svgAddress(text: string, file: string): string {
  const acts = (what: MessagePart): Failure => new Failure('invalid-input', message('report.logoActs', { file, what }));
  // An entity could grow to any size, and a declaration could name another file.
  if (/<!(DOCTYPE|ENTITY)/i.test(text.replace(/<!DOCTYPE\s+svg\s+PUBLIC\s+"[^"[\]]*"\s+"[^"[\]]*"\s*>/, '')))
    throw acts('<!DOCTYPE>');
  let document: XmlDocument;
  try {
    document = parseXml(text);
  } catch {
    throw broken(file);
  }
  const { root } = document;
  if (root === null) throw broken(file);
  if (root.name !== 'svg') throw new Failure('invalid-input', message('report.logoKind', { file }));
  if (isOfNoSize(root.attributes)) throw broken(file);
  const waiting: XmlElement[] = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    const { name, attributes, children } = element;
    const isEditorsOwn = name.includes(':') && !name.startsWith('svg:');
    if (!isEditorsOwn && !ELEMENTS.has(name.replace(/^svg:/, ''))) throw acts(`<${name}>`);
    for (const [attribute, value] of Object.entries(attributes)) {
      if (/^on/i.test(attribute)) throw acts(attribute);
      if (/^(xlink:)?href$/i.test(attribute) && !/^\s*#/.test(value)) throw acts(attribute);
      if (reachesOut(value) && !attribute.startsWith('xmlns')) throw acts(attribute);
    }
    if (name.replace(/^svg:/, '') === 'style' && reachesOut(element.text)) throw acts('<style>');
    waiting.push(...children.filter((child): child is XmlElement => child instanceof XmlElement));
  }
  return `data:image/svg+xml;base64,${Buffer.from(text, 'utf8').toString('base64')}`;
}

/** Whether nothing of the picture could be seen: one of its sides is said to be 0. */
function isOfNoSize(attributes: Readonly<Record<string, string>>): boolean {
  const [, , ...ofBox] = (attributes['viewBox'] ?? '').trim().split(/[\s,]+/);
  const sides = [attributes['width'], attributes['height'], ...ofBox];
  return sides.some((side) => side !== undefined && Number.parseFloat(side) <= 0);
}

/** Whether a style or an attribute names something outside the picture; `\` could spell it otherwise. */
function reachesOut(value: string): boolean {
  return /\\|@import|javascript:|expression\s*\(|url\(\s*["']?\s*(?!#)[^"'\s)]/i.test(value);
}
