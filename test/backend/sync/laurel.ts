import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openBackend, type Backend } from '../../../electron/backend/backend';
import { openLog, type BackendLog } from '../../../electron/backend/process/log';
import { SessionSecrets } from '../../../electron/backend/secrets/secret-keeper';
import type { SystemProxies } from '../../../electron/backend/network/system-proxies';
import type { SyncTimes } from '../../../electron/backend/sync/context';
import {
  contract,
  type CallName,
  type Input,
  type JobName,
  type Output,
  type Progress,
} from '../../../shared/ipc/contract';
import type {
  ConnectionInput,
  ConnectionView,
  LiveJobView,
  PushPlan,
  PushedRequest,
} from '../../../shared/ipc/sync-contract';
import { temporaryFolder } from '../../db/temporary-folder';
import { CREDENTIALS, liveBody } from './practice-org';

/** Waits as short as a test can bear; the waits themselves are what a person would have. */
export const QUICK: SyncTimes = {
  exchange: { connect: 2_000, idle: 400, total: 3_000 },
  backoff: { first: 10, most: 60 },
  quiet: 30,
};

export interface LaurelOptions {
  secrets?: SessionSecrets;
  times?: Partial<SyncTimes>;
  /** Variables of the environment that speak of the network; none unless given. */
  environment?: Readonly<Record<string, string>>;
  system?: SystemProxies;
}

/** The real backend on a real store, with the machine's clock; waits are short. */
export class Laurel {
  readonly folder = temporaryFolder();
  readonly workspacePath = path.join(this.folder, 'test.laurel');
  readonly secrets: SessionSecrets;
  readonly #times: SyncTimes;
  readonly #network: { environment: Readonly<Record<string, string>>; system?: SystemProxies };
  #log: BackendLog | undefined;
  #open: Backend | undefined;

  constructor(options: LaurelOptions = {}) {
    this.secrets = options.secrets ?? new SessionSecrets();
    const { environment = {}, system } = options;
    this.#network = { environment, ...(system ? { system } : {}) };
    this.#times = { ...QUICK, ...options.times };
  }

  get backend(): Backend {
    if (!this.#open) throw new Error('The backend is closed.');
    return this.#open;
  }

  async open(): Promise<this> {
    this.#log = openLog(path.join(this.folder, 'logs'));
    this.#open = await openBackend({
      workspacePath: this.workspacePath,
      appVersion: '0.0.0-test',
      runtime: 'Node of the tests',
      log: this.#log.log,
      sync: { secrets: this.secrets, times: this.#times },
      network: this.#network,
    });
    return this;
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.close();
    this.#log?.close();
    this.#log = undefined;
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

  connect(
    url: string,
    changes: Partial<ConnectionInput> = {},
    auth: 'basic' | 'oauth' = 'basic',
  ): Promise<ConnectionView> {
    const { user, password } = CREDENTIALS;
    const credentials = auth === 'basic' ? { kind: auth, user, password } : { kind: auth, key: user, secret: password };
    return this.call('connections.save', {
      connection: { name: 'Practice', baseUrl: url, kind: 'practice', timeZone: 'UTC', perSecond: 1_000, ...changes },
      credentials,
    });
  }

  /** Makes a draft of a badge that is live at once. */
  async draft(changes: Record<string, unknown> = {}): Promise<string> {
    const body = JSON.stringify(liveBody(changes));
    return (await this.call('badges.create', { body, migration: true })).id;
  }

  /** Edits a draft as the editor does. */
  async edit(id: string, changes: Record<string, unknown>): Promise<void> {
    const { body, revision, migration } = await this.call('badges.get', { id });
    const next = JSON.stringify({ ...(JSON.parse(body) as object), ...changes });
    await this.call('badges.save', { id, baseRevision: revision, body: next, migration, label: 'Edited' });
  }

  /** Plans and pushes everything planned. */
  async push(
    connectionId: number,
    ...badgeIds: string[]
  ): Promise<{ plan: PushPlan; results: readonly PushedRequest[] }> {
    const plan = await this.call('sync.plan', { connectionId, badgeIds });
    if (plan.requests.length === 0) return { plan, results: [] };
    const keys = plan.requests.map(({ key }) => key);
    const { results } = await this.job('sync.push', { planId: plan.planId, keys });
    return { plan, results };
  }

  /** The state of a draft or live badge by its name. */
  async stateOf(connectionId: number, name: string): Promise<string | undefined> {
    const { rows } = await this.call('sync.list', { connectionId, limit: 500 });
    return rows.find((row) => row.name === name)?.state;
  }

  /** Waits until a job is over, or in one of these states. */
  async until(id: number, ...states: LiveJobView['state'][]): Promise<LiveJobView> {
    const wanted = states.length === 0 ? ['done', 'cancelled', 'paused'] : states;
    for (;;) {
      const view = await this.call('liveJobs.get', { id });
      if (wanted.includes(view.state)) return view;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** A token for saving a file of this name into the test's folder; `path` is where it will be. */
  saveTarget(name: string): { token: string; path: string } {
    const file = path.join(this.folder, name);
    const token = `token-${name}`;
    this.backend.grantFile(token, { path: file, name, bytes: 0, mode: 'write' });
    return { token, path: file };
  }

  /** A token for reading a file of this text. */
  file(name: string, text: string | Buffer): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    const token = `read-${name}`;
    this.backend.grantFile(token, { path: file, name, bytes: text.length, mode: 'read' });
    return token;
  }
}

/** An open Laurel that is closed when the test is over. */
export async function laurel(options: LaurelOptions = {}): Promise<Laurel> {
  const opened = new Laurel(options);
  await opened.open();
  onTestFinished(() => opened.close());
  return opened;
}
