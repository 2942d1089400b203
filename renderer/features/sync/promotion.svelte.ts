import { SvelteMap } from 'svelte/reactivity';
import type { PromotionView } from '../../../shared/ipc/promotion-contract';
import { byReference, referenceKey, type Reference } from '../../../shared/gateway/references';
import type { PushPlan } from '../../../shared/ipc/sync-contract';
import type { Door } from '../../lib/backend';

type Missing = NonNullable<PushPlan['held'][number]['missing']>;

/** What a push asks for, org by org, each id once. */
export function missingOf(held: PushPlan['held']): Missing[] {
  const byHome: Missing[] = [];
  for (const { missing } of held) {
    if (missing === null) continue;
    const at = byHome.findIndex(({ home }) => home.id === missing.home.id);
    const before = byHome[at]?.references ?? [];
    const known = before.map(referenceKey);
    const references = [...before, ...missing.references.filter((each) => !known.includes(referenceKey(each)))];
    const entry = { home: missing.home, references: references.toSorted(byReference) };
    if (at === -1) byHome.push(entry);
    else byHome[at] = entry;
  }
  return byHome;
}

/** What an org calls the things that badges bring from others. */
export class Promotion {
  view = $state.raw<PromotionView | null>(null);
  failure = $state.raw<unknown>(null);
  busy = $state(false);
  /** What was typed and is not kept yet, by the reference. */
  readonly #typed = new SvelteMap<string, string>();

  readonly untold = $derived((this.view?.references ?? []).filter(({ partner }) => partner === null));

  readonly #door: Door;
  readonly #connectionId: number;

  constructor(door: Door, connectionId: number) {
    this.#door = door;
    this.#connectionId = connectionId;
  }

  /** @param from the org that badges come from; null: the one that is most likely meant */
  async look(from: number | null): Promise<void> {
    this.#typed.clear();
    await this.#answered(() => this.#door('sync.promotion', { connectionId: this.#connectionId, from }));
  }

  /** What stands in the field of a reference. */
  valueOf(reference: Reference, partner: string | null): string {
    return this.#typed.get(referenceKey(reference)) ?? partner ?? '';
  }

  type(reference: Reference, text: string): void {
    this.#typed.set(referenceKey(reference), text.trim());
  }

  /** Of these, those in whose field stands another id than the one that is kept. */
  changedOf<T extends Reference & { partner?: string | null }>(references: readonly T[]): readonly T[] {
    return references.filter((each) => this.valueOf(each, each.partner ?? null) !== (each.partner ?? ''));
  }

  /**
   * Keeps what was filled in for these.
   *
   * @param chooses whether the org is the one that badges come from where several would do
   * @returns whether it was kept
   */
  async save(
    from: number,
    references: readonly (Reference & { partner?: string | null })[],
    chooses: 'first' | 'always' | 'never' = 'first',
  ): Promise<boolean> {
    const partners = this.changedOf(references).map((each) => ({
      ...{ kind: each.kind, owner: each.owner, here: each.id },
      there: this.valueOf(each, each.partner ?? null) || null,
    }));
    return this.#keep(from, partners, chooses);
  }

  /** Keeps what the home calls things of this org: what was filled in for the ids that a live badge has. @returns whether it was kept */
  saveThere(home: number, references: readonly Reference[]): Promise<boolean> {
    const partners = this.changedOf(references).map((each) => ({
      ...{ kind: each.kind, owner: each.owner, here: this.valueOf(each, null), there: each.id },
    }));
    return this.#keep(home, partners, 'never');
  }

  async #keep(
    from: number,
    partners: { kind: Reference['kind']; owner: string | null; here: string; there: string | null }[],
    chooses: 'first' | 'always' | 'never',
  ): Promise<boolean> {
    const { connectionId } = { connectionId: this.#connectionId };
    const asked = { connectionId, from, partners, chooses };
    const isKept = await this.#answered(() => this.#door('sync.keepPartners', asked));
    if (isKept) this.#typed.clear();
    return isKept;
  }

  /** Writes what is kept as a file. @throws Failure */
  saveFile(from: number, target: string): Promise<{ name: string; partners: number }> {
    return this.#door('plans.savePartners', { connectionId: this.#connectionId, from, target });
  }

  /** Takes over what a file says, and looks at it. @throws Failure */
  async takeFile(
    source: string,
  ): Promise<{ name: string; told: number; same: number; rest: number; own: number; unknown: number }> {
    const taken = await this.#door('plans.takePartners', { connectionId: this.#connectionId, source });
    await this.look(taken.from);
    return taken;
  }

  async stop(from: number): Promise<void> {
    this.#typed.clear();
    await this.#answered(() => this.#door('sync.stopPromoting', { connectionId: this.#connectionId, from }));
  }

  async #answered(ask: () => Promise<PromotionView>): Promise<boolean> {
    this.busy = true;
    try {
      this.view = await ask();
      this.failure = null;
      return true;
    } catch (error) {
      this.failure = error;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
