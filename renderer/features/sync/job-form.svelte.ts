import type { ConnectionView, LiveJobView, ServedBadge, SyncRow } from '../../../shared/ipc/sync-contract';
import type { RequestSummary } from '../../../shared/ipc/issuance-contract';
import type { Input } from '../../../shared/ipc/contract';
import { UnreadTexts } from '../../components/unread-texts.svelte';
import { formatNumber } from '../../lib/format';
import { CustomersForm } from '../../customers/customers.svelte';
import type { Door } from '../../lib/backend';
import { say } from '../../lib/say.svelte';

const MOST_SUGGESTIONS = 100;

export type JobSource = 'list' | 'request' | 'simulation';
export interface JobOwner {
  ownerType: string;
  referenceId: string;
}

type Customers = Input<'liveJobs.start'>['customers'];
type Reading = { ready: true; source: Customers; counted: string } | { ready: false; reason: string };

/** A live job as a person sets it up: badge, owner, and customers. */
export class JobForm {
  action = $state<LiveJobView['action']>('award');
  badge = $state.raw<SyncRow | null>(null);
  badges = $state.raw<readonly SyncRow[]>([]);
  /** Active claims on the live badge. */
  claims = $state.raw<readonly JobOwner[]>([]);
  owner = $state.raw<JobOwner | null>(null);
  source = $state<JobSource>('list');
  requests = $state.raw<readonly RequestSummary[]>([]);
  requestId = $state<number | null>(null);
  served = $state.raw<readonly ServedBadge[]>([]);
  servedChoice = $state<number | null>(null);
  eventDate = $state<number | null>(null);
  typedName = $state('');
  busy = $state(false);
  failure = $state.raw<unknown>(null);

  /** What stands typed in its fields and is in none of the values above. */
  readonly unread = new UnreadTexts();
  readonly customers: CustomersForm;
  readonly reading = $derived.by<Reading>(() => this.#read());

  readonly #door: Door;
  readonly #connectionId: number;
  #searched = 0;

  constructor(door: Door, connectionId: number) {
    this.#door = door;
    this.#connectionId = connectionId;
    this.customers = new CustomersForm(door);
  }

  /** What keeps the job from being started; null: nothing. */
  blocked({ name, kind, writable }: ConnectionView): string | null {
    if (!writable) return say('sync.readOnly', { name });
    if (this.badge === null) return say('live.chooseBadge');
    if (this.owner === null) return say('live.chooseOwner');
    if (!this.reading.ready) return this.reading.reason;
    if (this.unread.reason !== null) return this.unread.reason;
    if (kind === 'production' && this.typedName !== name) return say('sync.typeNameFirst');
    return null;
  }

  /** Reads what can be chosen from: live badges, local requests, kept simulations. */
  async load(): Promise<void> {
    await Promise.all([this.searchBadges(''), this.#loadRequests(), this.#loadSimulations()]);
  }

  async searchBadges(search: string): Promise<void> {
    const searched = (this.#searched += 1);
    try {
      const { rows } = await this.#door('sync.list', {
        connectionId: this.#connectionId,
        search,
        limit: MOST_SUGGESTIONS,
      });
      if (searched === this.#searched) this.badges = rows.filter(({ remoteId }) => remoteId !== null);
    } catch (error) {
      this.failure = error;
    }
  }

  async chooseBadge(badgeId: string): Promise<void> {
    const badge = this.badges.find((row) => row.badgeId === badgeId) ?? null;
    this.badge = badge;
    this.claims = [];
    this.owner = null;
    if (badge === null) return;
    try {
      const { claims } = await this.#door('sync.compare', { connectionId: this.#connectionId, badgeId });
      if (this.badge?.badgeId !== badgeId) return;
      this.claims = claims.filter(({ live }) => live).map(({ ownerType, referenceId }) => ({ ownerType, referenceId }));
      this.owner = this.claims[0] ?? null;
    } catch (error) {
      this.failure = error;
    }
  }

  /** Starts the job. @returns it; null: `failure` says why not, and nothing was sent */
  async start(connection: ConnectionView): Promise<LiveJobView | null> {
    const { badge, owner, reading } = this;
    if (this.busy || !badge?.remoteId || owner === null || !reading.ready) return null;
    this.busy = true;
    this.failure = null;
    try {
      return await this.#door('liveJobs.start', {
        connectionId: connection.id,
        remoteBadgeId: badge.remoteId,
        action: this.action,
        owner,
        eventDate: this.action === 'award' ? this.eventDate : null,
        customers: reading.source,
        ...(connection.kind === 'production' ? { typedName: this.typedName } : {}),
      });
    } catch (error) {
      this.failure = error;
      return null;
    } finally {
      this.busy = false;
      this.typedName = '';
    }
  }

  #read(): Reading {
    if (this.source === 'list') {
      const reading = this.customers.read(false);
      if (!reading.ready) return reading;
      const counted = reading.exact ? formatNumber(reading.count) : say('live.countAbout', { count: reading.count });
      return { ready: true, source: reading.source, counted };
    }
    if (this.source === 'request') {
      const request = this.requests.find(({ id }) => id === this.requestId);
      if (!request) return { ready: false, reason: say('live.chooseResult') };
      return {
        ready: true,
        source: { kind: 'request', requestId: request.id },
        counted: formatNumber(succeededOf(request)),
      };
    }
    const served = this.servedChoice === null ? undefined : this.served[this.servedChoice];
    if (!served) return { ready: false, reason: say('live.chooseSimulation') };
    const { resultId, badgeKey } = served;
    return { ready: true, source: { kind: 'simulation', resultId, badgeKey }, counted: say('live.countServed') };
  }

  async #loadRequests(): Promise<void> {
    try {
      const { rows } = await this.#door('requests.list', { limit: MOST_SUGGESTIONS });
      this.requests = rows.filter((request) => succeededOf(request) > 0);
    } catch (error) {
      this.failure = error;
    }
  }

  async #loadSimulations(): Promise<void> {
    try {
      this.served = (await this.#door('liveJobs.simulations', {})).badges;
    } catch (error) {
      this.failure = error;
    }
  }
}

/** Customers of a local request that were enrolled or awarded. */
export function succeededOf({ outcomes }: Pick<RequestSummary, 'outcomes'>): number {
  return outcomes.find(({ outcome }) => outcome === 'ok')?.count ?? 0;
}
