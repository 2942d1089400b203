import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { bundleForNode } from '../../scripts/build/bundle-for-node.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** What a program of a test said and how it ended. */
export interface ChildEnd {
  output: string;
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface ChildProgram {
  /** Resolves when the program has printed this line. */
  said(line: string): Promise<void>;
  kill(): void;
  ended: Promise<ChildEnd>;
}

/**
 * Bundles `test/db/children/<name>.ts`, or another program, so that a test can run, and kill, it as a process of its own.
 *
 * @param workers workers that the program starts, as `workerEntries()` lists them
 */
export async function bundleChild(
  name: string,
  source = path.join(import.meta.dirname, 'children', `${name}.ts`),
  workers: Readonly<Record<string, string>> = {},
): Promise<(...args: string[]) => ChildProgram> {
  const folder = path.join(root, 'out', 'test-children', name);
  await bundleForNode({ [name]: source, ...workers }, folder);
  return (...args) => start(path.join(folder, `${name}.js`), args);
}

function start(file: string, args: readonly string[]): ChildProgram {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({
    output,
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
  }));
  const said = (line: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!output.split('\n').includes(line)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      void ended.then((end) => reject(new Error(`The program ended before it said ${line}: ${end.output}`)));
    });
  return { said, kill: () => void child.kill('SIGKILL'), ended };
}
