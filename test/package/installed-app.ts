import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Browser, type Page } from '@playwright/test';

/** An ordinary user of this machine, made for the test. */
export const USER = 'laurel-package-test';
const START_LIMIT = 90_000;

/** Runs a program of the system. @throws with what it said where it ends otherwise than with 0 */
export function system(program: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(status)}: ${stdout}${stderr}`);
  return stdout;
}

/** What the kernel says of one process: `Seccomp`, `NoNewPrivs`, `Uid` and so on. */
function statusOf(pid: string): Record<string, string> {
  const lines = readFileSync(`/proc/${pid}/status`, 'utf8').split('\n');
  return Object.fromEntries(
    lines.flatMap((line) => (line.includes(':') ? [line.split(/:\s*/, 2)] : [])) as [string, string][],
  );
}

export interface RunningProcess {
  pid: string;
  command: string;
  status: Record<string, string>;
}

/** The installed app, started by an ordinary user and driven from outside. */
export class InstalledApp {
  #child: ChildProcess | null = null;
  #browser: Browser | null = null;
  output = '';

  constructor(
    readonly home: string,
    private readonly display: string,
  ) {}

  get userData(): string {
    return path.join(this.home, '.config', 'Laurel');
  }

  /** Starts it as a person's session would, sandbox on, and waits until its first screen stands. */
  async start(): Promise<Page> {
    const port = path.join(this.userData, 'DevToolsActivePort');
    rmSync(port, { force: true });
    const session = ['--reset-env', `--reuid=${USER}`, `--regid=${USER}`, '--init-groups', 'env', `HOME=${this.home}`];
    const child = spawn(
      'setpriv',
      [
        ...session,
        `DISPLAY=${this.display}`,
        'PATH=/usr/bin:/bin',
        '/usr/bin/laurel-studio',
        '--remote-debugging-port=0',
      ],
      { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    child.stdout.on('data', (chunk) => (this.output += String(chunk)));
    child.stderr.on('data', (chunk) => (this.output += String(chunk)));
    const end = Date.now() + START_LIMIT;
    while (!existsSync(port)) {
      if (child.exitCode !== null || Date.now() > end) throw new Error(`Laurel did not start: ${this.output}`);
      await wait(100);
    }
    const [number] = readFileSync(port, 'utf8').split('\n');
    this.#browser = await chromium.connectOverCDP(`http://127.0.0.1:${String(number)}`);
    const [context] = this.#browser.contexts();
    const page = context!.pages()[0] ?? (await context!.waitForEvent('page'));
    await page.getByRole('navigation').first().waitFor({ timeout: START_LIMIT });
    return page;
  }

  /** Every process of the user. */
  processes(): RunningProcess[] {
    return readdirSync('/proc').flatMap((pid) => {
      try {
        if (!/^\d+$/.test(pid)) return [];
        const status = statusOf(pid);
        const [real] = status['Uid']!.split('\t');
        if (real !== system('id', '-u', USER).trim()) return [];
        return [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '), status }];
      } catch {
        return [];
      }
    });
  }

  /** Ends it as a logout does. */
  async stop(): Promise<void> {
    await this.#browser?.close().catch(() => undefined);
    this.#browser = null;
    const child = this.#child;
    this.#child = null;
    if (child?.exitCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  }
}
