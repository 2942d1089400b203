import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chmodSync, constants, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';

/** Where daemons lie that are not on the path of an ordinary user. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/sbin', '/sbin', '/usr/bin'];

/** Milliseconds. What a carrier, a command of a scheduler or the end of a daemon may take before it counts as hung. */
const LONGEST_CARRY = 300_000;
const LONGEST_COMMAND = 30_000;
const LONGEST_END = 10_000;

/** @returns its absolute path, as a shell would find it; undefined where the system has no such program */
export function programCalled(name: string): string | undefined {
  for (const folder of FOLDERS) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** How a command ended. */
export interface CommandEnd {
  /** Null where it was ended because it took too long. */
  code: number | null;
  /** What it wrote, both streams in the order in which they came. */
  text: string;
}

/** A temporary folder with a scenario and the program `laurel`, and all that was started in it. */
export class Room {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'laurel-slices-'));
  /** What commands in it find: the path, and what a carrier adds. */
  readonly env: NodeJS.ProcessEnv = { ...process.env };
  readonly lines: string[] = [];
  readonly #daemons: { name: string; child: ChildProcess }[] = [];
  readonly #repository: string;
  readonly #print: (line: string) => void;

  /**
   * @param scenario file that lies in the room as `spring.scenario.json`
   * @param commandLine the built `cli.js` that `laurel` runs
   * @param repository folder whose name is no part of a log
   * @param print hears each line of the log as it comes
   */
  constructor(scenario: string, commandLine: string, repository: string, print: (line: string) => void) {
    this.#repository = repository;
    this.#print = print;
    // munged refuses a socket that others could not reach.
    chmodSync(this.folder, 0o755);
    copyFileSync(scenario, this.file('spring.scenario.json'));
    mkdirSync(this.file('bin'));
    writeFileSync(this.file('bin/laurel'), `#!/bin/sh\nexec '${process.execPath}' '${commandLine}' "$@"\n`, {
      mode: 0o755,
    });
    this.env['PATH'] = [this.file('bin'), ...FOLDERS].join(path.delimiter);
  }

  /** @returns absolute path */
  file(name: string): string {
    return path.join(this.folder, name);
  }

  /** Prints, and keeps for the log, without what only this machine has. */
  say(text: string): void {
    const plain = text
      .replaceAll(this.folder, 'ROOM')
      .replaceAll(this.#repository, 'REPOSITORY')
      .replaceAll(new RegExp(`\\b${hostname().replaceAll('.', String.raw`\.`)}\\b`, 'g'), 'HOST')
      .trimEnd();
    this.lines.push(plain);
    this.#print(plain);
  }

  /** Runs a line of shell in the room, and ends it with all it started where it takes too long. */
  async shell(line: string, longest = LONGEST_COMMAND): Promise<CommandEnd> {
    // A group of its own: the shell's children end with it.
    const child = spawn('sh', ['-c', line], {
      cwd: this.folder,
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), longest);
    const [code] = (await once(child, 'close')) as [number | null];
    clearTimeout(timer);
    return { code, text: text.trimEnd() };
  }

  /** The same, said with what it answered. @throws where it fails or hangs */
  async told(line: string, longest = LONGEST_CARRY): Promise<string> {
    this.say(`$ ${line}`);
    const { code, text } = await this.shell(line, longest);
    if (text !== '') this.say(text.replaceAll(/^/gm, '  '));
    if (code !== 0) throw new Error(code === null ? `took longer than ${longest / 1_000} s` : `ended with ${code}`);
    return text;
  }

  /** Starts what serves the carrier until {@link end}; its output goes to `NAME.log` in the room. */
  daemon(name: string, program: string, args: readonly string[]): ChildProcess {
    const child = spawn('sh', ['-c', 'exec "$0" "$@" > "$LOG" 2>&1', program, ...args], {
      cwd: this.folder,
      env: { ...this.env, LOG: this.file(`${name}.log`) },
      stdio: 'ignore',
    });
    this.#daemons.push({ name, child });
    return child;
  }

  /** Waits until a command answers with 0 and a text that is wanted. @throws where a daemon ends first, or it takes too long */
  async until(line: string, wanted: RegExp): Promise<void> {
    const deadline = performance.now() + LONGEST_COMMAND;
    for (;;) {
      const { code, text } = await this.shell(line);
      if (code === 0 && wanted.test(text)) return;
      const gone = this.#daemons.find(({ child }) => child.exitCode !== null);
      if (gone !== undefined) throw new Error(`${gone.name} ended with ${String(gone.child.exitCode)}`);
      if (performance.now() > deadline) throw new Error(`${line}: ${text === '' ? String(code) : text}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** The last lines of each daemon's log, for whoever looks why something failed. */
  async lastWords(): Promise<string> {
    return (await this.shell('tail -n 15 -- *.log 2>/dev/null')).text;
  }

  /** Ends what was started, last first, by its id, and removes the folder. */
  async end(): Promise<void> {
    for (const { child } of this.#daemons.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_END);
      await closed;
      clearTimeout(timer);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** @returns ports of the loopback address that nobody listens on, all different */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(
    servers.map(async (server) => {
      server.close();
      await once(server, 'close');
    }),
  );
  return ports;
}

/** @returns the first line of what a program says of its version */
export function versionOf(program: string, option: string): string {
  const { stdout, stderr } = spawnSync(program, [option], { encoding: 'utf8', timeout: LONGEST_COMMAND });
  return `${stdout}${stderr}`.trim().split('\n')[0] ?? '';
}
