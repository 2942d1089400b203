import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { version } from '../../package.json';
import { COMMANDS } from '../../electron/cli/commands';
import { runCommandLine } from '../../electron/cli/run';
import { commandLine } from '../setup/command-line-once';

const root = path.resolve(import.meta.dirname, '../..');
/** Compiled code is kept as for people, and by all workers of the runner in one place, which is not theirs. */
const environment = { ...process.env, NODE_COMPILE_CACHE: path.join(root, 'out', 'test-compiled') };

export interface CommandEnd {
  code: number | null;
  out: string;
  error: string;
}

/** Runs `laurel` as a process of its own. */
export function laurel(cwd: string, ...args: string[]): Promise<CommandEnd> {
  return endOf(cwd, process.execPath, commandLine, ...args);
}

/** The same under a Node whose JSON does not tell how a number was written. */
export function laurelUnderOldNode(cwd: string, ...args: string[]): Promise<CommandEnd> {
  return endOf(cwd, process.execPath, '--import', 'data:text/javascript,delete JSON.rawJSON', commandLine, ...args);
}

/** Starts `laurel` as a process of its own, to be ended by the test. @param env beside the test's own */
export function startLaurel(cwd: string, env: Readonly<Record<string, string>>, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [commandLine, ...args], { cwd, env: { ...environment, ...env }, stdio: 'ignore' });
}

/** The same where no file may become larger than this: every write past it fails, as on a full disk. */
export function laurelWithin(bytes: number, cwd: string, ...args: string[]): Promise<CommandEnd> {
  const blocks = String(Math.floor(bytes / 512));
  return endOf(cwd, 'sh', '-c', 'ulimit -f "$0" && exec "$@"', blocks, process.execPath, commandLine, ...args);
}

async function endOf(cwd: string, program: string, ...args: string[]): Promise<CommandEnd> {
  const child = spawn(program, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (error += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, error };
}

/** Asks `laurel` without starting a process, for questions whose answer does not depend on one. */
export function askInProcess(cwd: string, ...args: string[]): Promise<CommandEnd> {
  return askAtTerminal(cwd, () => undefined, new AbortController().signal, ...args);
}

/** The same, with what is drawn on a terminal, and with a person who may press Ctrl-C. */
export async function askAtTerminal(
  cwd: string,
  draw: (line: string) => void,
  signal: AbortSignal,
  ...args: string[]
): Promise<CommandEnd> {
  let out = '';
  let error = '';
  const code = await runCommandLine(args, COMMANDS, version, {
    cwd,
    out: (line) => (out += `${line}\n`),
    error: (line) => (error += `${line}\n`),
    draw,
    signal,
    readerLeft: new AbortController().signal,
  });
  return { code, out, error };
}
