import type { ConnectionView, LiveJobView, SyncRow } from '../../../shared/ipc/sync-contract';
import type { Input } from '../../../shared/ipc/contract';
import type { TakeBackAction, TakeBackLook } from '../../../shared/ipc/take-back-contract';
import { BeginForm } from './begin.svelte';
import type { Door } from '../../lib/backend';
import { isCancelled } from '../../lib/failure-wording';
import { say } from '../../lib/say.svelte';

type Source = Input<'liveJobs.lookBack'>['source'];

const MOST_SUGGESTIONS = 100;

/** What is taken back: what a job gave, or what a file names. */
type TakeBackFrom = { kind: 'job'; job: LiveJobView } | { kind: 'file' };

/** A take-back as a person sets it up: what is revoked is shown before anything is sent. */
export class TakeBackForm {
  from = $state.raw<TakeBackFrom | null>(null);
  /** Part of a customer id; empty: everybody. */
  customer = $state('');
  action = $state<TakeBackAction>('revoke-award');
  names = $state<'records' | 'customers'>('records');
  badge = $state.raw<{ badgeId: string; remoteId: string; name: string } | null>(null);
  badges = $state.raw<readonly SyncRow[]>([]);
  file = $state.raw<{ token: string; name: string } | null>(null);
  look = $state.raw<TakeBackLook | null>(null);
  /** Rows gone through by a look that is under way; null: none is. */
  looking = $state<number | null>(null);
  failure = $state.raw<unknown>(null);
  busy = $state(false);
  typedName = $state('');

  /** What is wrong is mended first: behind other jobs it waits only where that is chosen. */
  readonly begin = new BeginForm(false);
  readonly connectionId: number;
  readonly #door: Door;
  #searched = 0;
  #looker: AbortController | null = null;

  /** What is asked for; null: not said whole yet. */
  readonly source = $derived.by<Source | null>(() => {
    const { from, badge, file, action, names } = this;
    if (from === null) return null;
    if (from.kind === 'job') return { kind: 'job', jobId: from.job.id, customer: this.customer.trim() };
    if (badge === null || file === null) return null;
    return { kind: 'file', token: file.token, names, action, remoteBadgeId: badge.remoteId };
  });

  constructor(door: Door, connectionId: number) {
    this.#door = door;
    this.connectionId = connectionId;
  }

  /** Shows the form anew. @param customer what the rows of the job were searched for */
  open(from: TakeBackFrom, customer = ''): void {
    this.close();
    this.from = from;
    this.customer = customer;
    if (from.kind === 'file') void this.searchBadges('');
    else void this.ask();
  }

  close(): void {
    this.#looker?.abort();
    this.#looker = null;
    this.from = null;
    this.customer = '';
    this.typedName = '';
    this.file = null;
    this.look = null;
    this.looking = null;
    this.failure = null;
    this.begin.take(undefined);
  }

  async searchBadges(search: string): Promise<void> {
    const searched = (this.#searched += 1);
    try {
      const { connectionId } = this;
      const { rows } = await this.#door('sync.list', { connectionId, search, limit: MOST_SUGGESTIONS });
      if (searched === this.#searched) this.badges = rows.filter(({ remoteId }) => remoteId !== null);
    } catch (error) {
      this.failure = error;
    }
  }

  chooseBadge(badgeId: string): Promise<void> {
    const row = this.badges.find((known) => known.badgeId === badgeId);
    this.badge = row?.remoteId ? { badgeId, remoteId: row.remoteId, name: row.name } : null;
    return this.ask();
  }

  choose(action: TakeBackAction): Promise<void> {
    this.action = action;
    return this.ask();
  }

  nameBy(names: 'records' | 'customers'): Promise<void> {
    this.names = names;
    return this.ask();
  }

  take(file: { token: string; name: string }): Promise<void> {
    this.file = file;
    return this.ask();
  }

  find(customer: string): Promise<void> {
    this.customer = customer;
    return this.ask();
  }

  /** Looks at what would be taken back; only the last question counts. */
  async ask(): Promise<void> {
    this.#looker?.abort();
    this.#looker = null;
    this.look = null;
    this.looking = null;
    this.failure = null;
    const { source, connectionId } = this;
    if (source === null) return;
    const looker = new AbortController();
    this.#looker = looker;
    this.looking = 0;
    const isLast = (): boolean => looker === this.#looker;
    try {
      const onProgress = ({ done }: { done: number }): void => {
        if (isLast()) this.looking = done;
      };
      const look = await this.#door(
        'liveJobs.lookBack',
        { connectionId, source },
        { signal: looker.signal, onProgress },
      );
      if (isLast()) this.look = look;
    } catch (error) {
      if (isLast() && !isCancelled(error)) this.failure = error;
    } finally {
      if (isLast()) this.looking = null;
    }
  }

  /** What keeps it from being started; null: nothing. */
  blocked({ name, kind, writable }: ConnectionView): string | null {
    if (!writable) return say('sync.readOnly', { name });
    if (this.from?.kind === 'file' && this.badge === null) return say('takeBack.chooseBadge');
    if (this.from?.kind === 'file' && this.file === null) return say('takeBack.chooseFile');
    if (this.look === null) return say('lookAhead.notLookedYet');
    if (this.look.records === 0) return say('takeBack.nothing');
    if (kind === 'production' && this.typedName !== name) return say('sync.typeNameFirst');
    return null;
  }

  /** @param others all live jobs of the org */
  async start(
    connection: ConnectionView,
    others: readonly LiveJobView[],
    onstarted: (job: LiveJobView) => void,
  ): Promise<void> {
    const begin = this.begin.begin(others);
    const { source, look, typedName, connectionId } = this;
    if (this.busy || begin === null || source === null || look === null) return;
    this.busy = true;
    this.failure = null;
    try {
      const named = connection.kind === 'production' ? { typedName } : {};
      const job = await this.#door('liveJobs.takeBack', { connectionId, source, seen: look.seen, begin, ...named });
      this.close();
      onstarted(job);
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = false;
    }
  }
}
