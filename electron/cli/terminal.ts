import type { Terminal } from './command';

/** The terminal of this process. Ctrl-C cancels what is under way; a second one ends the process at once. */
export function processTerminal(): Terminal {
  const cancel = new AbortController();
  let interrupts = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      interrupts += 1;
      if (interrupts > 1) process.exit(1);
      cancel.abort();
    });
  }
  // `laurel … | head` closes the pipe early; that is no mistake.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  let drawn = 0;
  const clear = (): void => {
    if (drawn > 0) process.stderr.write(`\r${' '.repeat(drawn)}\r`);
    drawn = 0;
  };
  return {
    cwd: process.cwd(),
    out: (line) => {
      clear();
      process.stdout.write(`${line}\n`);
    },
    error: (line) => {
      clear();
      process.stderr.write(`${line}\n`);
    },
    draw: (line) => {
      if (!process.stderr.isTTY) return;
      const cut = line.slice(0, Math.max(0, process.stderr.columns - 1));
      process.stderr.write(`\r${cut.padEnd(drawn)}`);
      drawn = cut.length;
    },
    signal: cancel.signal,
  };
}
