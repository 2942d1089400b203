import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { bundleForNode } from '../../../scripts/build/bundle-for-node.mjs';
import { workerEntries } from '../../../scripts/build/entries.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
/** Test files run at the same time, and bundling empties its folder first: each has its own. */
const folder = path.join(root, 'out', 'test-gateway', randomUUID());

/** Bundles the command line once for a test file, apart from the app's own build; returns how to remove it. */
export async function bundleCommandLine(): Promise<() => void> {
  await bundleForNode({ cli: path.join(root, 'electron/cli/index.ts'), ...workerEntries() }, folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Path of what {@link bundleCommandLine} has bundled. */
export const commandLine = (): string => path.join(folder, 'cli.js');

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
  const child = spawn(process.execPath, [commandLine(), 'gateway', '--json', ...args], {
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
