import { backend, type Door } from '../../lib/backend';
import { connections } from '../../orgs/connections.svelte';
import { OrgBadges } from './org-badges.svelte';

export const ORG_TABS = ['badges', 'jobs', 'connection'] as const;
export type OrgTab = (typeof ORG_TABS)[number];

/** What was opened of each connection: a push or a pull that is under way goes on when its page is left. */
export class OrgPages {
  tab = $state<OrgTab>('badges');
  readonly #door: Door;
  readonly #onasked: () => void;
  #badges: readonly OrgBadges[] = [];

  constructor(door: Door, onasked: () => void) {
    this.#door = door;
    this.#onasked = onasked;
  }

  badgesOf(connectionId: number): OrgBadges {
    const known = this.#badges.find((badges) => badges.connectionId === connectionId);
    return known ?? this.#keep(() => new OrgBadges(this.#door, connectionId, this.#onasked));
  }

  show(tab: string): void {
    this.tab = ORG_TABS.find((known) => known === tab) ?? 'badges';
  }

  /** What a component makes while it is created would die with it; this is to outlive it. */
  #keep(make: () => OrgBadges): OrgBadges {
    let badges: OrgBadges | null = null;
    $effect.root(() => {
      badges = make();
      this.#badges = [...this.#badges, badges];
    });
    return badges ?? make();
  }
}

export const orgPages = new OrgPages(backend, () => void connections.load());
