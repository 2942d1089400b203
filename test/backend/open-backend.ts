import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openBackend, type Backend } from '../../electron/backend/backend';
import type { LockRole } from '../../electron/disk/lock-holder';
import type { SecretKeeper } from '../../electron/backend/secrets/secret-keeper';
import { instantOf, type Instant } from '../../shared/domain/instant';
import {
  contract,
  type CallName,
  type Input,
  type JobName,
  type Output,
  type Progress,
} from '../../shared/ipc/contract';
import { temporaryFolder } from '../db/temporary-folder';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The real backend on a real store in a temporary folder; only clock and chance are given. */
export class TestBackend {
  readonly workspacePath: string;
  now: Instant = instantOf('2026-05-04T09:30:00Z');
  /** As what it is opened; a window starts by itself what ran. */
  role: LockRole = 'command';
  /** Kept over a restart only where a test gives one. */
  secrets: SecretKeeper | undefined;
  #chance = 0;
  #open: Backend | undefined;

  /** @param folder one that lasts as long as the test unless given */
  constructor(folder = temporaryFolder()) {
    this.workspacePath = path.join(folder, 'test.laurel');
  }

  get backend(): Backend {
    if (!this.#open) throw new Error('The backend is closed.');
    return this.#open;
  }

  async open(): Promise<void> {
    this.#open = await openBackend({
      workspacePath: this.workspacePath,
      appVersion: '0.0.0-test',
      runtime: 'Node of the tests',
      log: silent,
      role: this.role,
      ...(this.secrets ? { sync: { secrets: this.secrets } } : {}),
      now: () => this.now,
      randomBytes: (length) => {
        this.#chance += 1;
        const bytes = Buffer.alloc(length);
        bytes.writeUIntBE(this.#chance, length - 3, 3);
        return bytes;
      },
    });
  }

  async close(): Promise<void> {
    await this.#open?.close();
    this.#open = undefined;
  }

  async restart(): Promise<void> {
    await this.close();
    await this.open();
  }

  /** Calls as the page does: the input is parsed by the contract first. */
  async call<N extends CallName>(name: N, input: Input<N>): Promise<Output<N>> {
    const parsed: unknown = contract[name].input.parse(input);
    const handler = this.backend.handlers[name] as (given: unknown) => Output<N> | Promise<Output<N>>;
    return handler(parsed);
  }

  /** Runs a job as the page does. */
  async job<N extends JobName>(
    name: N,
    input: Input<N>,
    progress: (report: Progress<N>) => void = () => undefined,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Output<N>> {
    const parsed: unknown = contract[name].input.parse(input);
    const handler = this.backend.handlers[name] as unknown as (
      given: unknown,
      context: { signal: AbortSignal; progress(report: Progress<N>): void },
    ) => Output<N> | Promise<Output<N>>;
    return handler(parsed, { signal, progress });
  }
}

export async function testBackend(): Promise<TestBackend> {
  const backend = new TestBackend();
  await backend.open();
  onTestFinished(() => backend.close());
  return backend;
}
