import type { CountedBadge } from '../../../../db/workspace/award-counts';
import type { StoredConnection } from '../../../../db/workspace/connections';
import type { Outcome } from './answers';
import { KeptAuthorizer } from './authorizer';
import { Exchanger } from './exchange';
import { GatewayClient, type RemoteOrg } from './gateway-client';
import { RateLimit } from './pace';
import { reachability, type Reachability } from './reachability';
import type { SyncContext } from '../context';

/** Everything that is kept for one org while Laurel runs. */
export interface OrgSession {
  client: GatewayClient;
  authorizer: KeptAuthorizer;
  state: Reachability;
  /** The org's one rate: of this session and of all its live jobs together. */
  rate: RateLimit;
  /** Production only: a person has typed the org's name in this session. */
  isUnlocked: boolean;
}

const CONNECTIONS = 16;

export function remoteOrgOf({ key, name, baseUrl }: Pick<StoredConnection, 'key' | 'name' | 'baseUrl'>): RemoteOrg {
  return { connectionKey: key, name, baseUrl };
}

/**
 * Opens a session that nobody else sees, for a test of settings that are not saved. Close it.
 *
 * @param rate what the org is called at; its own, unless given
 * @param counted is told what the org counts; nobody is, unless given
 */
export function openSession(
  context: Pick<SyncContext, 'workspace' | 'now' | 'times' | 'network'>,
  connection: StoredConnection,
  takeSecret: () => Promise<Uint8Array | null>,
  rate = new RateLimit(connection.perSecond),
  counted?: (badges: readonly CountedBadge[]) => void,
): OrgSession & { close(): void } {
  const { workspace, now, times, network } = context;
  const org = remoteOrgOf(connection);
  const exchanger = new Exchanger(CONNECTIONS, network, times.exchange);
  const { ledger } = workspace;
  const authorizer = new KeptAuthorizer({ org, exchanger, ledger, now, takeSecret });
  const session = {
    authorizer,
    state: 'unknown' as Reachability,
    rate,
    isUnlocked: false,
    close: () => exchanger.close(),
  };
  const seen = (outcome: Outcome): void => {
    session.state = reachability(outcome);
    if (outcome.kind === 'throttled' && outcome.retryAfter !== null) rate.closeFor(outcome.retryAfter);
  };
  const turn = (signal?: AbortSignal): Promise<void> => rate.turn(signal);
  const parts = { org, exchanger, authorizer, ledger, now, turn, seen, ...(counted === undefined ? {} : { counted }) };
  return Object.assign(session, { client: new GatewayClient(parts) });
}

/** The sessions of all connections, opened when they are first needed. */
export class OrgSessions {
  readonly #context: SyncContext;
  readonly #sessions = new Map<number, OrgSession & { close(): void }>();
  /** They outlive their sessions: jobs that run while a connection is changed go on at one rate with the new session. */
  readonly #rates = new Map<number, { rate: RateLimit; baseUrl: string }>();

  constructor(context: SyncContext) {
    this.#context = context;
  }

  of(connection: StoredConnection): OrgSession {
    const known = this.#sessions.get(connection.key);
    if (known) return known;
    const { secrets } = this.#context;
    const opened = openSession(
      this.#context,
      connection,
      () => secrets.take(connection.secretId),
      this.#rateOf(connection),
      (badges) => this.#noteCounts(connection, badges),
    );
    this.#sessions.set(connection.key, opened);
    return opened;
  }

  /** A session that was opened before, and not dropped since. */
  known(connectionKey: number): OrgSession | undefined {
    return this.#sessions.get(connectionKey);
  }

  /** Ends a session because its connection was changed or deleted. */
  drop(connectionKey: number): void {
    this.#sessions.get(connectionKey)?.close();
    this.#sessions.delete(connectionKey);
  }

  /** What an org counts is kept, whatever it was asked for; not that of an org to which the connection leads no more. */
  #noteCounts({ key, baseUrl }: StoredConnection, badges: readonly CountedBadge[]): void {
    const { workspace, clockOf, now } = this.#context;
    if (workspace.connections.find(key)?.baseUrl === baseUrl)
      workspace.counts.note(key, clockOf(baseUrl) ?? now(), badges);
  }

  #rateOf({ key, baseUrl, perSecond }: StoredConnection): RateLimit {
    const known = this.#rates.get(key);
    // Another address is another org: how long the one before is closed says nothing of it.
    const kept = known?.baseUrl === baseUrl ? known.rate : null;
    kept?.setRate(perSecond);
    const rate = kept ?? new RateLimit(perSecond);
    this.#rates.set(key, { rate, baseUrl });
    return rate;
  }

  close(): void {
    for (const key of [...this.#sessions.keys()]) this.drop(key);
  }
}
