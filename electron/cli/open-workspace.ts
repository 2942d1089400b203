import { version } from '../../package.json';
import { openBackend, type Backend } from '../backend/backend';
import type { Terminal } from './command';
import { loggedInWords } from './mistake';

/**
 * Opens a workspace for one command; what the backend logs as an error and goes on from is said on standard error.
 *
 * @param workspacePath absolute
 * @throws Failure as openBackend does
 */
export function openWorkspace(terminal: Terminal, workspacePath: string): Promise<Backend> {
  return openBackend({
    workspacePath,
    appVersion: version,
    runtime: `Node ${process.versions.node}`,
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (details, message) => terminal.error(loggedInWords(details, message)),
    },
  });
}
