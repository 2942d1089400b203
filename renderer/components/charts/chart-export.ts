/** Properties that scoped styles give to the parts of a chart, as SVG attributes. */
const DRAWN = [
  ...[
    'fill',
    'fill-opacity',
    'stroke',
    'stroke-width',
    'stroke-dasharray',
    'stroke-linejoin',
    'paint-order',
    'opacity',
  ],
  ...['font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline'],
];
const COLOURS = new Set(['fill', 'stroke']);
const HEAD = 52;
const MARGIN = 12;

/** Colours of the tokens are OKLCH, which few programs beside browsers read. */
function plainColour(colour: string): string {
  if (colour === 'none' || colour === '') return 'none';
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (context === null) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  if (alpha === 0) return 'none';
  const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('');
  return alpha === 255 ? `#${hex}` : `rgba(${red},${green},${blue},${(alpha / 255).toFixed(3)})`;
}

function inlineStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of DRAWN) {
    const value = style.getPropertyValue(name);
    if (value !== '') to.setAttribute(name, COLOURS.has(name) ? plainColour(value) : value);
  }
  to.removeAttribute('class');
  to.removeAttribute('style');
  [...from.children].forEach((child, index) => {
    const twin = to.children[index];
    if (twin) inlineStyles(child, twin);
  });
}

const SVG = 'http://www.w3.org/2000/svg';

function element(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

export interface ExportedChart {
  text: string;
  width: number;
  height: number;
}

/**
 * A chart as an SVG document of its own, with its title and legend, colours and fonts written out.
 *
 * @param legend labels of what is shown, with the colour of each as any CSS colour, and its dashes where it is a line
 */
export function chartSvg(
  svg: SVGSVGElement,
  title: string,
  legend: readonly { label: string; colour: string; line: string | null }[],
): ExportedChart {
  const { width: drawn, height: drawnHeight } = svg.getBoundingClientRect();
  const [width, height] = [Math.ceil(drawn) + 2 * MARGIN, Math.ceil(drawnHeight) + HEAD + MARGIN];
  const page = getComputedStyle(svg.closest('[data-chart]') ?? svg);
  const ink = plainColour(page.color);
  const chart = svg.cloneNode(true) as SVGSVGElement;
  inlineStyles(svg, chart);
  for (const hidden of chart.querySelectorAll('[data-cursor]')) hidden.remove();
  const whole = element('svg', { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  const font = { 'font-family': page.fontFamily, fill: ink };
  whole.append(
    element('title', {}, title),
    element('rect', { width, height, fill: plainColour(page.backgroundColor) }),
    element('text', { x: MARGIN, y: 22, 'font-size': 14, 'font-weight': 600, ...font }, title),
  );
  let x = MARGIN;
  for (const { label, colour, line } of legend) {
    const sample = line === null ? 10 : 28;
    whole.append(
      line === null
        ? element('rect', { x, y: 32, width: 10, height: 10, rx: 2, fill: plainColour(colour) })
        : element('line', {
            x1: x,
            x2: x + 28,
            y1: 37,
            y2: 37,
            stroke: plainColour(colour),
            'stroke-width': 2,
            ...(line === '' ? {} : { 'stroke-dasharray': line }),
          }),
      element('text', { x: x + sample + 5, y: 41, 'font-size': 11, ...font }, label),
    );
    x += sample + 5 + label.length * 6.2 + 18;
  }
  const place = element('g', { transform: `translate(${MARGIN} ${HEAD})` });
  place.append(...chart.childNodes);
  whole.append(place);
  return {
    text: `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(whole)}\n`,
    width,
    height,
  };
}

const PIXELS_A_POINT = 2;

/** An exported chart as PNG in base64, at twice its size. @throws Error when it cannot be drawn */
export async function chartPng({ text, width, height }: ExportedChart): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PIXELS_A_POINT;
  canvas.height = height * PIXELS_A_POINT;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('There is no canvas to draw on.');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
