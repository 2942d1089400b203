import type { CountedBadge } from '../../../../db/workspace/award-counts';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { ORG } from '../../../../db/kinds';
import { migrate } from '../../../../db/migrate';
import { ensureOrg, OrgStore } from '../../../../db/org/org-store';
import type { StoredConnection } from '../../../../db/workspace/connections';
import type { Workspace } from '../../../../db/workspace/workspace';
import { syncHandlers } from '../../../../electron/backend/sync/badges/handlers';
import { KeptPlans } from '../../../../electron/backend/sync/badges/kept-plans';
import { OrgTurns } from '../../../../electron/backend/sync/badges/org-turns';
import { interpret, type Outcome } from '../../../../electron/backend/sync/client/answers';
import { ledgerRequest, type GatewayRequest } from '../../../../electron/backend/sync/client/gateway-client';
import type { OrgSession, OrgSessions } from '../../../../electron/backend/sync/client/org-sessions';
import { BadgeSteps, type DraftMove } from '../../../../electron/backend/badges/steps';
import type { OrgView } from '../../../../electron/backend/context';
import type { SyncContext } from '../../../../electron/backend/sync/context';
import { instantOf, type Instant } from '../../../../shared/domain/instant';
import { DEFAULT_SETTINGS } from '../../../../shared/domain/settings';
import { answerRequest } from '../../../../shared/gateway/router';
import { contract, type Input, type Output } from '../../../../shared/ipc/contract';
import { liveBody } from '../practice-org';
import { testWorkspace } from '../../../db/workspace/open-workspace';

type SyncName = Extract<keyof ReturnType<typeof syncHandlers>, keyof typeof contract>;

/** What a test answers in place of the org; undefined: the org answers. It may call the org itself by `pass`. */
export type Script = (request: GatewayRequest, pass: () => Outcome) => Outcome | undefined;

const BASE = '/api_gateway/v1/badges/';

/** The sync side of badges on a real workspace and a real org in memory, with neither network nor clock in between. */
export class InProcess {
  now: Instant = instantOf('2026-05-04T09:30:00Z');
  script: Script = () => undefined;
  /** Every request that reached the org, `METHOD path purpose`. */
  readonly sent: string[] = [];
  readonly handlers: ReturnType<typeof syncHandlers>;
  readonly session: OrgSession;
  connection: StoredConnection;
  /** Steps of undo, on a workspace in which nobody was enrolled. */
  readonly steps: BadgeSteps;
  readonly #org: OrgStore;
  #chance = 0;

  constructor(
    readonly workspace: Workspace,
    changes: Partial<StoredConnection> = {},
  ) {
    const nobody = { countsByBadge: () => new Map() } as unknown as OrgView;
    this.steps = new BadgeSteps(workspace, nobody, this.now);
    const database = new Database(':memory:');
    migrate(database, ORG.migrations, ORG.applicationId);
    ensureOrg(database, { orgId: 100, salt: 7, createdOn: this.now });
    this.#org = new OrgStore(database, DEFAULT_SETTINGS);
    this.connection = workspace.connections.add({
      ...{ name: 'Acme', baseUrl: 'https://acme.example', kind: 'test', timeZone: 'Europe/Berlin', chunkSize: 100 },
      ...{ parallel: 2, perSecond: 100, auth: 'basic', account: 'a…', secretId: 's' },
      ...changes,
    });
    this.session = {
      client: {
        org: { connectionKey: this.connection.key, name: 'Acme', baseUrl: 'https://acme.example' },
        send: (request: GatewayRequest) => Promise.resolve(this.#send(request)),
        noteCounts: (counted: readonly CountedBadge[]) =>
          this.workspace.counts.note(this.connection.key, this.now, counted),
      },
      ...{ authorizer: null, state: 'online', isUnlocked: false },
    } as unknown as OrgSession;
    const sessions = { of: () => this.session } as unknown as OrgSessions;
    this.handlers = syncHandlers(this.context, sessions, new OrgTurns(), new KeptPlans());
  }

  get context(): SyncContext {
    return {
      ...{ workspace: this.workspace, drafts: this.workspace.drafts, dice: () => 0 },
      noteStep: (moves: readonly DraftMove[]) => void this.steps.record(moves),
      ...{ times: { exchange: {}, backoff: { first: 0, most: 0 }, quiet: 0 }, now: () => this.now },
      randomBytes: (length: number) => {
        this.#chance += 1;
        const bytes = Buffer.alloc(length);
        bytes.writeUIntBE(this.#chance, length - 3, 3);
        return bytes;
      },
    } as unknown as SyncContext;
  }

  /** Calls the org as somebody else would. @returns the data of its answer */
  call(method: string, path: string, body?: unknown): Record<string, unknown> {
    const answer = this.#answer(method, `${BASE}${path}`, {}, body === undefined ? '' : JSON.stringify(body));
    const { data } = JSON.parse(JSON.stringify(answer.body)) as { data: Record<string, unknown> | null };
    if (answer.status >= 300 || data === null) throw new Error(JSON.stringify(answer.body));
    return data;
  }

  /** Makes a badge in the org as somebody else would; returns its id. */
  live(changes: Record<string, unknown> = {}): string {
    return this.call('POST', 'badgeMeta', liveBody(changes))['id'] as string;
  }

  /** Changes a badge of the org as somebody else would. */
  edit(id: string, changes: Record<string, unknown>): void {
    const { startOnISO: _start, expiresOnISO: _end, ...badge } = this.call('GET', `badgeMeta/${id}`);
    this.call('PUT', 'badgeMeta', { ...badge, ...changes });
  }

  /** Makes a draft; returns its id. */
  draft(changes: Record<string, unknown> = {}, migration = true): string {
    this.#chance += 1;
    const id = this.#chance.toString(16).padStart(24, '0');
    const body = JSON.stringify(liveBody(changes));
    return this.workspace.drafts.create(id, { body, migration, label: 'Created', now: this.now }).id;
  }

  /** Edits a draft as the editor does. */
  change(id: string, changes: Record<string, unknown>): void {
    const { body, revision, migration } = this.workspace.drafts.get(id);
    const next = JSON.stringify({ ...(JSON.parse(body) as object), ...changes });
    this.workspace.drafts.save(id, revision, { body: next, migration, label: 'Edited', now: this.now });
  }

  async ask<N extends SyncName>(
    name: N,
    input: Omit<Input<N>, 'connectionId'>,
    signal: AbortSignal = new AbortController().signal,
    progress: (report: unknown) => void = () => undefined,
  ): Promise<Output<N>> {
    const given: unknown = contract[name].input.parse(
      name === 'sync.push' ? input : { connectionId: this.connection.key, ...input },
    );
    const handler = this.handlers[name] as unknown as (
      input: unknown,
      context: { signal: AbortSignal; progress(report: unknown): void },
    ) => Output<N> | Promise<Output<N>>;
    return handler(given, { signal, progress });
  }

  /** Plans and pushes everything planned. */
  async push(...badgeIds: string[]): Promise<{ plan: Output<'sync.plan'>; pushed: Output<'sync.push'> | null }> {
    const plan = await this.ask('sync.plan', { badgeIds });
    const keys = plan.requests.map(({ key }) => key);
    return { plan, pushed: keys.length === 0 ? null : await this.ask('sync.push', { planId: plan.planId, keys }) };
  }

  #send(request: GatewayRequest): { outcome: Outcome } {
    const url = new URL(request.url);
    this.sent.push(`${request.method} ${url.pathname.slice(BASE.length)}${url.search} ${request.purpose}`);
    const key = this.workspace.ledger.begin(ledgerRequest(this.session.client.org, request, this.now), request.isWrite);
    const pass = (): Outcome => {
      const headers = Object.fromEntries(request.headers.map(({ name, value }) => [name.toLowerCase(), value]));
      const query = Object.fromEntries(url.searchParams);
      const answer = this.#answer(request.method, url.pathname, query, request.body ?? '', headers);
      const body = Buffer.from(JSON.stringify(answer.body));
      return interpret(
        { kind: 'answer', status: answer.status, headers: [], body },
        { host: url.host, isWrite: request.isWrite },
      );
    };
    const outcome = this.script(request, pass) ?? pass();
    const kept = { success: 'answered', refused: 'refused', ambiguous: 'unknown' } as const;
    this.workspace.ledger.settle(
      key,
      {
        outcome: outcome.kind in kept ? kept[outcome.kind as keyof typeof kept] : 'failed',
        ...{ answeredOn: this.now, status: null, codes: [], sentence: '', headers: [], body: null },
      },
      request.isWrite,
    );
    return { outcome };
  }

  #answer(
    method: string,
    path: string,
    query: Record<string, string>,
    body: string,
    headers: Record<string, string> = { 'x-cap-badges-migration': 'migration' },
  ) {
    return answerRequest(
      this.#org,
      { method, path, query, headers, body },
      { now: this.now, newBatchId: () => 'batch' },
    );
  }
}

export async function inProcess(changes: Partial<StoredConnection> = {}): Promise<InProcess> {
  const workspace = await testWorkspace();
  onTestFinished(() => undefined);
  return new InProcess(workspace.current, changes);
}
