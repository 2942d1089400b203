import { message } from '../words/message';

/** A scenario with its badges is some ten levels deep. */
const DEEPEST = 100;

/** Whether something is nested deeper than any scenario is. Looks level by level: no depth can overflow the stack. */
export function isTooDeep(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      for (const element of Object.values(value))
        if (typeof element === 'object' && element !== null) next.push(element);
    }
    level = next;
  }
  return false;
}

export const TOO_DEEP = message('scenarios.tooDeep', { most: DEEPEST });
