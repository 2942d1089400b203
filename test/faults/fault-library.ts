import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

const root = process.cwd();
const source = path.join(root, 'test/faults/faults.c');

/** What is preloaded into a program. */
export const FAULT_LIBRARY = path.join(root, 'out', 'faults', 'faults.so');

/** How a call that changes a file can go wrong; `faults.c` says what each is. */
export const FAULT_KINDS = ['full', 'readonly', 'io', 'half', 'die', 'die-half'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  kind: FaultKind;
  /** Which call below the folder, from 1. */
  at: number;
  /** Every later call goes wrong, too: a disk that stays full. */
  lasting: boolean;
}

/** Whether faults can be injected here: the dynamic linker's preload and a C compiler are needed. */
export const canInject = process.platform === 'linux' && hasCompiler();

function hasCompiler(): boolean {
  try {
    execFileSync('gcc', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Builds the library where its source is newer. */
export function buildFaultLibrary(): void {
  if (existsSync(FAULT_LIBRARY) && statSync(FAULT_LIBRARY).mtimeMs > statSync(source).mtimeMs) return;
  mkdirSync(path.dirname(FAULT_LIBRARY), { recursive: true });
  execFileSync('gcc', ['-shared', '-fPIC', '-O1', '-o', FAULT_LIBRARY, source, '-ldl']);
}

/** What a program said and how it ended. */
export interface FaultedEnd {
  out: string;
  error: string;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Calls that change files below the folder; null where the program was killed. */
  calls: number | null;
}

/** Longest time a program may take before it counts as hanging. */
export const LONGEST_MS = 60_000;

/** What is said of a program that took longer. */
export const HUNG = '\nIt hung and was ended.';

/** Takes the number of calls that the library wrote, if it did. */
export function takeCalls(folder: string): number | null {
  const count = `${folder}.calls`;
  const calls = existsSync(count) ? Number(readFileSync(count, 'utf8')) : null;
  rmSync(count, { force: true });
  return calls;
}

/**
 * Runs a program under the pinned Node with one fault, counted from its start.
 *
 * @param args its file, and its arguments
 * @param folder where calls count
 * @param fault null: none, calls are only counted
 */
export async function runFaulted(args: readonly string[], folder: string, fault: Fault | null): Promise<FaultedEnd> {
  takeCalls(folder);
  const child = spawn(process.execPath, [...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      LD_PRELOAD: FAULT_LIBRARY,
      TMPDIR: folder,
      FAULTS_FOLDER: folder,
      FAULTS_COUNT: `${folder}.calls`,
      FAULTS_AT: String(fault?.at ?? 0),
      FAULTS_KIND: fault?.kind ?? 'full',
      FAULTS_LASTING: fault?.lasting === true ? '1' : '0',
    },
  });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  const timer = setTimeout(() => {
    error += HUNG;
    child.kill('SIGKILL');
  }, LONGEST_MS);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return { out, error, code, signal, calls: takeCalls(folder) };
}
