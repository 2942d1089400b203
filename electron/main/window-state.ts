import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readRegularText } from '../disk/regular-file';
import { writeWholeNow } from '../disk/whole-file';

export const SMALLEST = { width: 960, height: 640 } as const;
const FIRST = { width: 1440, height: 900 } as const;
/** So much of the window has to lie on a display that a person can see it and take hold of it. */
const GRIP = { width: 200, height: 80 } as const;

export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const length = z.int().min(1).max(100_000);
const position = z.int().min(-100_000).max(100_000);
const windowState = z.object({
  bounds: z.object({ x: position, y: position, width: length, height: length }).nullable().catch(null),
  maximised: z.boolean().catch(false),
  theme: z.enum(['light', 'dark', 'system']).catch('system'),
});
/** How the window was left. `bounds` are those of the window when it is not maximised. */
export type WindowState = z.infer<typeof windowState>;

/** Reads how the window was left. A file that is missing or damaged is as good as none. */
export function readWindowState(file: string): WindowState {
  let saved: unknown = {};
  try {
    saved = JSON.parse(readRegularText(file, 1_000_000));
  } catch {
    // The first start, or a file that cannot be read: the window opens as it does for the first time.
  }
  const parsed = windowState.safeParse(saved);
  return parsed.success ? parsed.data : { bounds: null, maximised: false, theme: 'system' };
}

/** Saves how the window was left, whole or not at all. Failing to is no reason to trouble anybody. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeWholeNow(file, `${JSON.stringify(state, null, 2)}\n`);
  } catch (error) {
    console.error('laurel: the window’s place could not be saved:', error);
  }
}

/**
 * Where to open the window: as it was left when that can still be seen and held, else centred on the first display.
 * Never smaller than the smallest size, nor larger than the display's work area while that allows it.
 *
 * @param workAreas of the displays, the primary one first
 */
export function placeOnScreen(saved: Rectangle | null, workAreas: readonly Rectangle[]): Rectangle {
  if (saved) {
    for (const area of workAreas) {
      const place = { x: saved.x, y: Math.max(saved.y, area.y), ...fit(saved, area) };
      if (saved.y >= area.y - GRIP.height / 2 && isWithinReach(place, area)) return place;
    }
  }
  const area = workAreas[0] ?? { x: 0, y: 0, ...FIRST };
  const { width, height } = fit(saved ?? FIRST, area);
  return {
    x: area.x + Math.max(0, Math.floor((area.width - width) / 2)),
    y: area.y + Math.max(0, Math.floor((area.height - height) / 2)),
    width,
    height,
  };
}

function fit(wanted: Pick<Rectangle, 'width' | 'height'>, area: Rectangle): Pick<Rectangle, 'width' | 'height'> {
  return {
    width: Math.max(SMALLEST.width, Math.min(wanted.width, area.width)),
    height: Math.max(SMALLEST.height, Math.min(wanted.height, area.height)),
  };
}

/** Whether a person could take hold of the window's title bar on this display. */
function isWithinReach(window: Rectangle, area: Rectangle): boolean {
  const overlap = Math.min(area.x + area.width, window.x + window.width) - Math.max(area.x, window.x);
  return overlap >= GRIP.width && area.y + area.height - window.y >= GRIP.height;
}
