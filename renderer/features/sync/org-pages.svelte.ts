import { backend, type Door } from '../../lib/backend';
import { workspace } from '../../lib/workspace.svelte';
import { connections } from '../../orgs/connections.svelte';
import { Held } from './held.svelte';
import { ImportForm } from './import.svelte';
import { JobForm } from './job-form.svelte';
import { OrgBadges } from './org-badges.svelte';
import { OrgRules } from './rules.svelte';
import { TakeBackForm } from './take-back.svelte';

export const ORG_TABS = ['badges', 'jobs', 'customer', 'rules', 'connection'] as const;
export type OrgTab = (typeof ORG_TABS)[number];

/** What was opened of each connection: a push or a pull that is under way, and a form, are still there when its page was left. */
export class OrgPages {
  tab = $state<OrgTab>('badges');
  readonly #door: Door;
  readonly #onasked: () => void;
  #badges: readonly OrgBadges[] = [];
  #forms: readonly JobForm[] = [];
  #takeBacks: readonly TakeBackForm[] = [];
  #imports: readonly ImportForm[] = [];
  #helds: readonly Held[] = [];
  #rules: readonly OrgRules[] = [];

  constructor(door: Door, onasked: () => void) {
    this.#door = door;
    this.#onasked = onasked;
  }

  /** The job that is being filled in for a connection. */
  jobFormOf(connectionId: number): JobForm {
    const known = this.#forms.find((form) => form.connectionId === connectionId);
    if (known) return known;
    const form = outliving(() => new JobForm(this.#door, connectionId));
    this.#forms = [...this.#forms, form];
    return form;
  }

  /** The take-back that is being filled in for a connection. */
  takeBackOf(connectionId: number): TakeBackForm {
    const known = this.#takeBacks.find((form) => form.connectionId === connectionId);
    if (known) return known;
    const form = outliving(() => new TakeBackForm(this.#door, connectionId));
    this.#takeBacks = [...this.#takeBacks, form];
    return form;
  }

  /** The import that is being filled in for a connection. */
  importOf(connectionId: number): ImportForm {
    const known = this.#imports.find((form) => form.connectionId === connectionId);
    if (known) return known;
    const form = outliving(() => new ImportForm(this.#door, connectionId));
    this.#imports = [...this.#imports, form];
    return form;
  }

  /** The customer of a connection that is looked at. */
  heldOf(connectionId: number): Held {
    const known = this.#helds.find((held) => held.connectionId === connectionId);
    if (known) return known;
    const held = outliving(() => new Held(this.#door, connectionId));
    this.#helds = [...this.#helds, held];
    return held;
  }

  /** What is learned of how a connection's org answers. */
  rulesOf(connectionId: number): OrgRules {
    const known = this.#rules.find((rules) => rules.connectionId === connectionId);
    if (known) return known;
    const rules = outliving(() => new OrgRules(this.#door, connectionId, () => workspace.load()));
    this.#rules = [...this.#rules, rules];
    return rules;
  }

  badgesOf(connectionId: number): OrgBadges {
    const known = this.#badges.find((badges) => badges.connectionId === connectionId);
    if (known) return known;
    const badges = outliving(() => new OrgBadges(this.#door, connectionId, this.#onasked));
    this.#badges = [...this.#badges, badges];
    return badges;
  }

  show(tab: string): void {
    this.tab = ORG_TABS.find((known) => known === tab) ?? 'badges';
  }
}

/** What a component makes while it is created would die with it; this is to outlive it. */
function outliving<T>(make: () => T): T {
  let made: T | undefined;
  $effect.root(() => {
    made = make();
  });
  return made ?? make();
}

export const orgPages = new OrgPages(backend, () => void connections.load());
