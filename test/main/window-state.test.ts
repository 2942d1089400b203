import fc from 'fast-check';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { placeOnScreen, readWindowState, writeWindowState } from '../../electron/main/window-state';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const beside = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('where the window opens', () => {
  test('as it was left, on whichever display', () => {
    const onLaptop = { x: 40, y: 60, width: 1200, height: 700 };
    const onOther = { x: 1600, y: 100, width: 2000, height: 1200 };
    expect(placeOnScreen(onLaptop, [laptop, beside])).toEqual(onLaptop);
    expect(placeOnScreen(onOther, [laptop, beside])).toEqual(onOther);
  });

  test('centred on the first display when its own is gone', () => {
    const place = placeOnScreen({ x: 1600, y: 100, width: 2000, height: 1200 }, [laptop]);
    expect(place).toEqual({ x: 0, y: 25, width: 1440, height: 875 });
  });

  test('the first time: centred, no larger than the display', () => {
    expect(placeOnScreen(null, [beside])).toEqual({ x: 2000, y: 270, width: 1440, height: 900 });
    expect(placeOnScreen(null, [laptop])).toEqual({ x: 0, y: 25, width: 1440, height: 875 });
  });

  test('always with something to take hold of, and never smaller than the smallest', () => {
    const whole = (min: number, max: number) => fc.integer({ min, max });
    const saved = fc.record({
      x: whole(-9000, 9000),
      y: whole(-9000, 9000),
      width: whole(1, 9000),
      height: whole(1, 9000),
    });
    const area = fc.record({
      x: whole(-3000, 3000),
      y: whole(-3000, 3000),
      width: whole(960, 4000),
      height: whole(640, 3000),
    });
    fc.assert(
      fc.property(fc.option(saved), fc.array(area, { minLength: 1, maxLength: 3 }), (left, areas) => {
        const place = placeOnScreen(left, areas);
        expect(place.width).toBeGreaterThanOrEqual(960);
        expect(place.height).toBeGreaterThanOrEqual(640);
        const reachable = areas.some(
          (display) =>
            Math.min(display.x + display.width, place.x + place.width) - Math.max(display.x, place.x) >= 200 &&
            place.y >= display.y &&
            display.y + display.height - place.y >= 80,
        );
        expect(reachable).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what is remembered', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'laurel-window-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('comes back', () => {
    const file = path.join(folder, 'deeper', 'window.json');
    const state = { bounds: { x: -5, y: 7, width: 1000, height: 700 }, maximised: true, theme: 'dark' as const };
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
  });

  test.each([
    ['nothing', undefined],
    ['an empty file', ''],
    ['a torn file', '{"bounds":{"x":1'],
    ['another kind of thing', '[1,2]'],
    ['null', 'null'],
  ])('%s is as good as none', (_what, content) => {
    const file = path.join(folder, 'window.json');
    if (content !== undefined) writeFileSync(file, content);
    expect(readWindowState(file)).toEqual({ bounds: null, maximised: false, theme: 'system' });
  });

  test('a damaged part does not take the others with it', () => {
    const file = path.join(folder, 'window.json');
    writeFileSync(file, '{"bounds":{"x":"left"},"maximised":true,"theme":"dark"}');
    expect(readWindowState(file)).toEqual({ bounds: null, maximised: true, theme: 'dark' });
  });

  test('a place that cannot be written loses nothing else', () => {
    writeFileSync(path.join(folder, 'blocked'), 'a file, no folder');
    const state = { bounds: null, maximised: false, theme: 'system' as const };
    expect(() => writeWindowState(path.join(folder, 'blocked', 'window.json'), state)).not.toThrow();
    expect(readFileSync(path.join(folder, 'blocked'), 'utf8')).toBe('a file, no folder');
  });
});
