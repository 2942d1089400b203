import { realpathSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';
import { factsOf, isAlive, processFacts } from './lock-holder';
import { readRegularText } from './regular-file';
import { writeWholeNow } from './whole-file';

const moveMark = z.object({ host: z.string(), process: processFacts });

/** Of a move on another computer nobody can ask whether it still goes on; none takes longer. */
const SURELY_OVER_MS = 3_600_000;

const markOf = (workspaceFile: string): string => `${workspaceFile}-moving`;

/**
 * Says beside a workspace that this process moves it. Laurel's programs then open neither it nor its org file. What has it
 * open while this is said has to let it go afterwards: so nobody comes in between.
 *
 * @param file absolute path of the workspace
 * @returns takes the mark away
 * @throws the system's error
 */
export function markMoving(file: string): () => void {
  const mark = markOf(realpathSync(file));
  writeWholeNow(mark, JSON.stringify({ host: hostname(), process: factsOf(process.pid) }));
  return () => rmSync(mark, { force: true });
}

/**
 * Whether a workspace is being moved, or the workspace that an org or practice file belongs to. The mark of a move that was
 * killed counts no more and is taken away.
 *
 * @param real real path of a workspace, its org file or its practice org's
 */
export function isBeingMoved(real: string): boolean {
  return isMarked(markOf(real)) || isMarked(markOf(real.replace(/-(?:org|practice)$/, '')));
}

function isMarked(mark: string): boolean {
  try {
    const { host, process: mover } = moveMark.parse(JSON.parse(readRegularText(mark, 100_000)));
    const goesOn = host === hostname() ? isAlive(mover) : Date.now() - statSync(mark).mtimeMs < SURELY_OVER_MS;
    if (!goesOn) rmSync(mark, { force: true });
    return goesOn;
  } catch {
    return false;
  }
}
