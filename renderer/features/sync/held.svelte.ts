import type { CustomerLook, HeldBadge, NamedCustomer } from '../../../shared/ipc/held-contract';
import type { SyncRow } from '../../../shared/ipc/sync-contract';
import type { Door } from '../../lib/backend';

const MOST_SUGGESTIONS = 100;

/** The badge that is looked at. */
interface ChosenBadge {
  remoteBadgeId: string;
  name: string;
}

/** One customer of an org, as the org tells of them; kept while the page of the org is left. */
export class Held {
  /** As it is typed. */
  by = $state<NamedCustomer['by']>('id');
  value = $state('');
  /** Who was asked for; null: nobody yet. */
  customer = $state.raw<NamedCustomer | null>(null);
  /** Null: not read yet, or it could not be. */
  list = $state.raw<{ isKnown: boolean; badges: readonly HeldBadge[]; isWhole: boolean } | null>(null);
  chosen = $state.raw<ChosenBadge | null>(null);
  look = $state.raw<CustomerLook | null>(null);
  listing = $state(false);
  looking = $state(false);
  listFailure = $state.raw<unknown>(null);
  lookFailure = $state.raw<unknown>(null);
  suggestions = $state.raw<readonly SyncRow[]>([]);

  readonly connectionId: number;
  readonly #door: Door;
  #listed = 0;
  #looked = 0;
  #searched = 0;

  constructor(door: Door, connectionId: number) {
    this.#door = door;
    this.connectionId = connectionId;
  }

  /** Looks up whom the fields name. */
  ask(): Promise<void> {
    const value = this.value.trim();
    return value === '' ? Promise.resolve() : this.#take({ by: this.by, value }, null);
  }

  /** Looks up a customer of a live job, and the job's badge. */
  open(customer: string, badge: ChosenBadge): Promise<void> {
    this.by = 'id';
    this.value = customer;
    return this.#take({ by: 'id', value: customer }, badge);
  }

  async choose(badge: ChosenBadge): Promise<void> {
    this.chosen = badge;
    this.look = null;
    this.lookFailure = null;
    const { customer, connectionId } = this;
    if (customer === null) return;
    const looked = (this.#looked += 1);
    this.looking = true;
    try {
      const { remoteBadgeId } = badge;
      const look = await this.#door('held.look', { connectionId, customer, remoteBadgeId });
      if (looked === this.#looked) this.look = look;
    } catch (error) {
      if (looked === this.#looked) this.lookFailure = error;
    } finally {
      if (looked === this.#looked) this.looking = false;
    }
  }

  /** Reads again what is shown. */
  async again(): Promise<void> {
    const { chosen, customer } = this;
    if (customer !== null) await this.#take(customer, chosen);
  }

  async search(search: string): Promise<void> {
    const searched = (this.#searched += 1);
    try {
      const { connectionId } = this;
      const { rows } = await this.#door('sync.list', { connectionId, search, limit: MOST_SUGGESTIONS });
      if (searched === this.#searched) this.suggestions = rows.filter(({ remoteId }) => remoteId !== null);
    } catch (error) {
      this.lookFailure = error;
    }
  }

  async #take(customer: NamedCustomer, badge: ChosenBadge | null): Promise<void> {
    this.customer = customer;
    this.list = null;
    this.listFailure = null;
    this.#looked += 1;
    this.looking = false;
    this.chosen = null;
    this.look = null;
    this.lookFailure = null;
    await Promise.all([this.#read(customer), badge === null ? undefined : this.choose(badge)]);
  }

  async #read(customer: NamedCustomer): Promise<void> {
    const { connectionId } = this;
    const listed = (this.#listed += 1);
    this.listing = true;
    try {
      const list = await this.#door('held.badges', { connectionId, customer });
      if (listed === this.#listed) this.list = list;
    } catch (error) {
      if (listed === this.#listed) this.listFailure = error;
    } finally {
      if (listed === this.#listed) this.listing = false;
    }
  }
}
