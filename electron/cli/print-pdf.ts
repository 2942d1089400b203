import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../shared/ipc/errors';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';

/** How long a print may take. */
const LIMIT = 120_000;
const DISPLAY_LIMIT = 20_000;
const WORDS_KEPT = 4_000;

/** What prints: the Electron runtime, and the built app that it opens. */
interface Printer {
  executable: string;
  app: string;
}

/** The built app: the folder above that has it. */
function builtApp(): string | null {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'package.json')))
      return existsSync(path.join(folder, 'out', 'main', 'index.js')) ? folder : null;
    if (path.dirname(folder) === folder) return null;
  }
}

const firstLine = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
};

/** The runtime that `LAUREL_RUNTIME` names, else the official one, else the stand-in that set-up prepared. */
function runtimeOf(app: string): string | null {
  const named = process.env['LAUREL_RUNTIME'];
  if (named) return existsSync(named) ? named : null;
  const official = path.join(app, 'node_modules', 'electron');
  const executable = firstLine(path.join(official, 'path.txt'));
  if (executable !== null && existsSync(path.join(official, 'dist', executable)))
    return path.join(official, 'dist', executable);
  const home = path.join(app, '.laurel', 'runtime');
  const prepared = existsSync(home) ? readdirSync(home).filter((name) => name.startsWith('electron-')) : [];
  return prepared.map((name) => path.join(home, name, 'electron')).find((file) => existsSync(file)) ?? null;
}

function printer(): Printer | null {
  const app = builtApp();
  const executable = app === null ? null : runtimeOf(app);
  return app === null || executable === null ? null : { executable, app };
}

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => Boolean(process.env[name]));

const hasVirtualDisplay = (): boolean =>
  (process.env['PATH'] ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, 'Xvfb')));

/**
 * Refuses a PDF, before anything is simulated, where nothing can print it.
 *
 * @param instead the name of the HTML that can be written everywhere
 * @throws Failure `invalid-input`
 */
export function requirePrinter(instead: string): void {
  if (printer() === null) throw new Failure('invalid-input', message('report.printRuntime', { name: instead }));
  if (!hasDisplay() && !hasVirtualDisplay())
    throw new Failure('invalid-input', message('report.printDisplay', { name: instead }));
}

/** A page as PDF, printed by the Electron runtime in a process of its own. @throws Failure in plain words */
export async function printPdf(page: string, signal: AbortSignal): Promise<Buffer> {
  const found = printer();
  if (found === null) throw new Failure('invalid-input', message('report.printRuntime', { name: 'report.html' }));
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-print-'));
  const display = hasDisplay() ? null : await virtualDisplay();
  try {
    const [from, to] = [path.join(folder, 'report.html'), path.join(folder, 'report.pdf')];
    writeFileSync(from, page, { mode: 0o600 });
    const { code, said, late } = await ended(found, [from, to, path.join(folder, 'user-data')], display?.name, signal);
    if (signal.aborted) throw new Failure('cancelled', message('system.exportCancelled'));
    if (code === 0 && existsSync(to)) return readFileSync(to);
    const last = said.split('\n').findLast((line) => line.startsWith('laurel: '));
    const reason = late ? message('report.printLate') : (last?.slice('laurel: '.length) ?? `code ${String(code)}`);
    throw new Failure('internal', message('report.printFailed', { reason }));
  } finally {
    display?.process.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function ended(
  { executable, app }: Printer,
  [from = '', to = '', userData = '']: readonly string[],
  display: string | undefined,
  signal: AbortSignal,
): Promise<{ code: number | null; said: string; late: boolean }> {
  // Chromium's own sandbox cannot work as root, in containers for example; everywhere else it stays on.
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env: NodeJS.ProcessEnv = { ...process.env, ...(display === undefined ? {} : { DISPLAY: display }) };
  delete env['ELECTRON_RUN_AS_NODE'];
  return new Promise((resolve, reject) => {
    const child = spawn(
      executable,
      [...flags, app, `--user-data-dir=${userData}`, `--print-report=${from}`, `--print-to=${to}`],
      { env, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    let late = false;
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString('utf8')).slice(-WORDS_KEPT);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const stop = (): void => void child.kill('SIGKILL');
    const limit = setTimeout(() => {
      late = true;
      stop();
    }, LIMIT);
    signal.addEventListener('abort', stop);
    child.once('error', (error) => {
      clearTimeout(limit);
      reject(new Failure('internal', message('report.printFailed', { reason: error.message })));
    });
    child.once('close', (code) => {
      clearTimeout(limit);
      signal.removeEventListener('abort', stop);
      resolve({ code, said, late });
    });
  });
}

/** A display without a screen, on a number that Xvfb chooses. */
function virtualDisplay(): Promise<{ name: string; process: ChildProcess }> {
  return new Promise((resolve, reject) => {
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp', '-noreset'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const fail = (reason: string): void => {
      clearTimeout(limit);
      child.kill('SIGKILL');
      reject(new Failure('internal', message('report.printFailed', { reason: `Xvfb: ${reason}` })));
    };
    const limit = setTimeout(() => fail(inEnglish(message('report.printLate'))), DISPLAY_LIMIT);
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`code ${String(code)}`));
    let chosen = '';
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      chosen += chunk.toString('latin1');
      if (!chosen.includes('\n')) return;
      clearTimeout(limit);
      child.removeAllListeners('exit');
      resolve({ name: `:${chosen.trim()}`, process: child });
    });
  });
}
