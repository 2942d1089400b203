import { reasonOf } from '../disk/system-reasons';
import { plainWords } from '../../shared/ipc/plain-words';
import type { Console } from './command';

/** The terminal of this process. Ctrl-C cancels what is under way; a second one ends the process at once. */
export function processTerminal(): Console {
  const cancel = new AbortController();
  const left = new AbortController();
  let interrupts = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      interrupts += 1;
      if (interrupts > 1) process.exit(1);
      cancel.abort();
    });
  }
  // `laurel … | head` closes the pipe early; that is no mistake, and the exit code still tells the answer.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (left.signal.aborted) return;
    left.abort();
    if (error.code === 'EPIPE') return;
    process.exitCode = 1;
    if (!process.stderr.destroyed) process.stderr.write(`The answer could not be written: ${reasonOf(error)}.\n`);
  });
  // Whoever read the messages has gone: there is nobody to tell.
  process.stderr.on('error', () => undefined);
  let drawn = 0;
  const clear = (): void => {
    if (drawn > 0) process.stderr.write(`\r${' '.repeat(drawn)}\r`);
    drawn = 0;
  };
  return {
    cwd: process.cwd(),
    out: (line) => {
      clear();
      if (!left.signal.aborted) process.stdout.write(`${plainWords(line)}\n`);
    },
    error: (line) => {
      clear();
      process.stderr.write(`${plainWords(line)}\n`);
    },
    draw: (line) => {
      if (!process.stderr.isTTY) return;
      const cut = plainWords(line).slice(0, Math.max(0, process.stderr.columns - 1));
      process.stderr.write(`\r${cut.padEnd(drawn)}`);
      drawn = cut.length;
    },
    signal: cancel.signal,
    readerLeft: left.signal,
    // Looked at only by who asks: standard input that is named is opened.
    get pipes() {
      return { input: process.stdin, output: process.stdout };
    },
  };
}
