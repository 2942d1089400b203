import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { commandLine } from '../../setup/command-line-once';

export interface GatewayProcess {
  url: string;
  child: ChildProcess;
  /** Lines of standard output after the first. */
  lines: string[];
  errors(): string;
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | string>;
}

/** Runs `laurel gateway --json …` as a process of its own until the test is over. */
export async function startGatewayProcess(...args: string[]): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [commandLine, 'gateway', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (errors += chunk));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(reader, 'line').then(([line]) => line as string),
    ended.then((end) => Promise.reject(new Error(`The gateway ended with ${end}: ${errors}`))),
  ]);
  const { listening } = JSON.parse(first) as { listening?: string };
  if (listening === undefined) throw new Error(`The gateway ended with ${await ended}: ${errors}`);
  reader.on('line', (line) => lines.push(line));
  return { url: listening, child, lines, errors: () => errors, ended };
}
