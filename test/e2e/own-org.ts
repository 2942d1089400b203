import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { nodePath } from '../../scripts/bootstrap/pinned-node.mjs';

const repository = path.resolve(import.meta.dirname, '..', '..');
const BADGES = '/api_gateway/v1/badges';

export interface OrgAccess {
  user: string;
  password: string;
}

/**
 * A practice org in a process of its own, as a live org is one: it can go away and come back at the same address with
 * everything it had, and nothing of it is known to the window but what a person types.
 */
export class OwnOrg {
  readonly access: OrgAccess;
  readonly #file: string;
  readonly #arguments: readonly string[];
  #child: ChildProcess | null = null;
  #port = 0;

  /** @param file keeps the org while it is away; `more` goes to `laurel gateway` as it is */
  constructor(file: string, access: OrgAccess, more: readonly string[] = []) {
    this.#file = file;
    this.access = access;
    this.#arguments = more;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const { user, password } = this.access;
    const child = spawn(
      nodePath(),
      [
        ...[path.join(repository, 'out', 'main', 'cli.js'), 'gateway', '--json', '--port', String(this.#port)],
        ...['--data', this.#file, '--user', user, '--password', password, ...this.#arguments],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child = child;
    const lines = createInterface({ input: child.stdout });
    const url = await new Promise<string>((resolve, reject) => {
      lines.once('line', (line) => resolve((JSON.parse(line) as { listening: string }).listening));
      child.once('exit', (code) => reject(new Error(`The practice org ended with ${String(code)}.`)));
    });
    this.#port = Number(new URL(url).port);
  }

  /** Calls it as somebody else would. */
  async call(
    method: string,
    target: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Record<string, unknown>> {
    const { user, password } = this.access;
    const answer = await fetch(`${this.url}${BADGES}${target}`, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Record<string, unknown>;
  }

  /** The network between window and org is gone; what the org holds stays. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }
}
