import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { Artist } from '../../electron/backend/art/artist';
import { drawPng } from '../../electron/backend/art/draw-png';
import { DESIGN_NAMES, startingDesign } from '../../shared/art/designs';
import { ART_STATES, type BadgeArt } from '../../shared/art/model';

const digest = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** One in each writing that Laurel brings a font for, and one that runs in both directions. */
const TITLES = [
  ...['Early bird', 'Žluťoučký kůň', 'مرحبا بكم', 'Weekend 2027', 'शिखर विजेता', '春の常連さん'],
  ...['夜猫子', '환영합니다', 'Чемпион', 'Jardín', 'عضو ذهبي 2027 Gold', 'Δέκα χρόνια'],
];

it('draws every starting design in every state to the bytes that are kept here, on every machine', async () => {
  const artist = new Artist();
  const lines: string[] = [];
  for (const [index, name] of DESIGN_NAMES.entries()) {
    const art = startingDesign(name, TITLES[index] ?? '');
    for (const state of ART_STATES) {
      const { svg, missing } = await artist.draw(art, state);
      expect(missing, `${name} ${state}`).toEqual([]);
      lines.push(`${name}.${state}.svg ${digest(svg)}`, `${name}.${state}.png ${digest(await drawPng(svg, 96))}`);
    }
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./records/pictures.txt');
});

it('draws the same a second time, from another artist, and after other texts were drawn', async () => {
  const art = startingDesign('crest', 'مرحبا Welcome 12');
  const first = await new Artist().draw(art, 'EARNED');
  const artist = new Artist();
  await artist.draw(startingDesign('gem', 'Grüße'), 'EARNED');
  expect(await artist.draw(art, 'EARNED')).toEqual(first);
});

it('says which characters no font has, and draws nothing in their place', async () => {
  const artist = new Artist();
  const text = (title: string): BadgeArt => startingDesign('summit', title);
  const { missing, svg } = await artist.draw(text('A𓀀B🎉'), 'EARNED');
  expect(missing).toEqual(['𓀀', '🎉']);
  expect(svg).toBe((await artist.draw(text('AB'), 'EARNED')).svg);
});

it('joins Arabic letters and turns their line round, and leaves digits in it as they are read', async () => {
  const artist = new Artist();
  const svg = async (title: string): Promise<string> =>
    (await artist.draw(startingDesign('night', title), 'EARNED')).svg;
  // Three letters that join are other outlines than the three that stand alone.
  const paths = (text: string): string[] => [...text.matchAll(/ d="([^"]+)"\/>/g)].map(([, path]) => path ?? '');
  const [joined, alone] = [paths(await svg('ببب')), paths(await svg('ب ب ب'))];
  expect(new Set(joined).size).toBeGreaterThan(new Set(alone).size);
  // 12 is read from left to right in either writing.
  const [digits, mixed] = [paths(await svg('12')), paths(await svg('نقاط 12'))];
  const letters = digits.slice(-2);
  const places = letters.map((path) => mixed.findIndex((other) => other === path));
  expect(places[0]).toBeGreaterThanOrEqual(0);
  expect(places[1]).toBe((places[0] ?? 0) + 1);
});

it('makes a text narrower than its box instead of letting it run out', async () => {
  const artist = new Artist();
  const scaleOf = async (title: string): Promise<number> => {
    const { svg } = await artist.draw(startingDesign('summit', title), 'EARNED');
    return Number([...svg.matchAll(/scale\((0\.0\d+)\)/g)].at(-1)?.[1]);
  };
  expect(await scaleOf('Hi')).toBe(0.05);
  expect(await scaleOf('A very long name of a badge that nobody could read')).toBeLessThan(0.02);
});

it('shows progress by its share, and nothing else of the picture depends on it', async () => {
  const artist = new Artist();
  for (const name of ['postmark', 'summit'] as const) {
    const art = startingDesign(name, 'Trip');
    const drawn = await Promise.all([0, 35, 100].map((share) => artist.draw(art, 'IN_PROGRESS', share)));
    expect(new Set(drawn.map(({ svg }) => svg)).size).toBe(3);
    const [earned] = await Promise.all([artist.draw(art, 'EARNED')]);
    const other = await artist.draw(art, 'EARNED', 35);
    expect(other).toEqual(earned);
  }
});

it('draws a picture square, at the size that is asked for', async () => {
  const { svg } = await new Artist().draw(startingDesign('ticket', 'Free'), 'EARNED');
  for (const side of [32, 512]) {
    const png = Buffer.from(await drawPng(svg, side));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([side, side]);
    expect(png.length).toBeLessThan(2_000_000);
  }
});
