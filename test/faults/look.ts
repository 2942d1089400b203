import path from 'node:path';
import { openBackend } from '../../electron/backend/backend';
import { instantOf } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { inEnglish } from '../../shared/words/english';

export interface Look {
  /** What the start says. */
  notices: readonly string[];
  /** Why the store could not be opened. */
  failure: string | null;
  requests: { requestId: string; succeeded: number }[];
}

/** The day of the fixtures, so that what was deleted then is not yet forgotten. */
export const FIXTURE_DAY = instantOf('2026-05-05T00:00:00Z');

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Starts Laurel on a store that a fault befell, and ends it in order.
 *
 * @throws what is no failure in words
 */
export async function look(folder: string): Promise<Look> {
  try {
    const workspacePath = path.join(folder, 'w.laurel');
    const now = () => FIXTURE_DAY;
    const backend = await openBackend({ workspacePath, appVersion: '0', runtime: 'test', log: quiet, now });
    try {
      const { rows } = await backend.handlers['requests.list']({ offset: 0, limit: 100 });
      return {
        notices: backend.notices.map(inEnglish),
        failure: null,
        requests: rows.map(({ requestId, succeeded }) => ({ requestId, succeeded })),
      };
    } finally {
      await backend.close();
    }
  } catch (error) {
    if (error instanceof Failure) return { notices: [], failure: error.message, requests: [] };
    throw error;
  }
}
