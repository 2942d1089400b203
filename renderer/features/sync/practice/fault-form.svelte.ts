import { FAULT_PRESETS, rulesOfPreset, type FaultPreset } from '../../../../shared/gateway/fault-presets';
import type { PracticeFault, PracticeFaults } from '../../../../shared/ipc/practice-contract';

/** As many as the contract lets through. */
export const MOST_RULES = 50;

/** What makes two rules the same. */
const signOf = (rule: PracticeFault): string =>
  JSON.stringify(Object.entries(rule).sort(([one], [other]) => (one < other ? -1 : 1)));

/** Between the last keystroke and saving. */
const SETTLE_MILLISECONDS = 300;

/** A rule in the form, with a key that stays its own while others are removed. */
export interface FaultEntry {
  key: number;
  rule: PracticeFault;
}

/** The rules of what is to go wrong, as a form that saves itself. */
export class FaultForm {
  entries = $state.raw<readonly FaultEntry[]>([]);
  seed = $state(1);

  readonly #save: (faults: PracticeFaults) => Promise<boolean>;
  #nextKey = 1;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #saving = 0;

  /** Rules that are on, in the order of their tallies. */
  readonly inForce = $derived(this.entries.filter(({ rule }) => rule.isOn));

  constructor(save: (faults: PracticeFaults) => Promise<boolean>) {
    this.#save = save;
  }

  /** Takes over what is kept, unless something here has not been saved yet. */
  adopt(kept: PracticeFaults): void {
    if (this.#timer !== null || this.#saving > 0) return;
    if (kept.seed === this.seed && JSON.stringify(kept.rules) === JSON.stringify(this.#rules())) return;
    this.seed = kept.seed;
    this.entries = kept.rules.map((rule) => ({ key: this.#nextKey++, rule }));
  }

  add(): void {
    const rule: PracticeFault = {
      isOn: true,
      fault: '429',
      share: 0.1,
      after: 0,
      milliseconds: 1_000,
      retryAfterSeconds: 1,
    };
    this.entries = [...this.entries, { key: this.#nextKey++, rule }];
    this.#changed();
  }

  /** A field that is undefined is taken away. */
  change(key: number, change: { [K in keyof PracticeFault]?: PracticeFault[K] | undefined }): void {
    this.entries = this.entries.map((entry) => {
      if (entry.key !== key) return entry;
      const changed = Object.entries({ ...entry.rule, ...change }).filter(([, value]) => value !== undefined);
      return { key, rule: Object.fromEntries(changed) as PracticeFault };
    });
    this.#changed();
  }

  /** Whether exactly the rules of a preset are on. */
  isPreset(preset: FaultPreset): boolean {
    const on = this.inForce.map(({ rule }) => signOf(rule));
    return JSON.stringify(on) === JSON.stringify(rulesOfPreset(preset).map((rule) => signOf({ ...rule, isOn: true })));
  }

  /** Whether a preset fits beside the rules that a person made. */
  hasRoomFor(preset: FaultPreset): boolean {
    return this.isPreset(preset) || this.#own().length + rulesOfPreset(preset).length <= MOST_RULES;
  }

  /**
   * Has the rules of a preset be on and no other: those that a person made stay, off; rules of presets are had again by their
   * button. Chosen again it turns its rules off. Where there is no room nothing changes.
   */
  usePreset(preset: FaultPreset): void {
    if (this.isPreset(preset)) return this.allOff();
    if (!this.hasRoomFor(preset)) return;
    const wanted = rulesOfPreset(preset).map((rule) => ({ key: this.#nextKey++, rule: { ...rule, isOn: true } }));
    const own = this.#own().map(({ key, rule }) => ({ key, rule: { ...rule, isOn: false } }));
    this.entries = [...wanted, ...own];
    this.#changed();
  }

  /** The rules that are of no preset. */
  #own(): readonly FaultEntry[] {
    const presets = FAULT_PRESETS.flatMap((each) => rulesOfPreset(each)).map((rule) => signOf({ ...rule, isOn: true }));
    return this.entries.filter(({ rule }) => !presets.includes(signOf({ ...rule, isOn: true })));
  }

  remove(key: number): void {
    this.entries = this.entries.filter((entry) => entry.key !== key);
    this.#changed();
  }

  chooseSeed(seed: number): void {
    this.seed = seed;
    this.#changed();
  }

  /** Counts and dice begin anew: the same calls meet the same faults again. */
  startOver(): Promise<void> {
    return this.#store();
  }

  allOff(): void {
    this.entries = this.entries.map(({ key, rule }) => ({ key, rule: { ...rule, isOn: false } }));
    this.#changed();
  }

  #rules(): PracticeFault[] {
    return this.entries.map(({ rule }) => rule);
  }

  #changed(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#store(), SETTLE_MILLISECONDS);
  }

  async #store(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#saving += 1;
    try {
      await this.#save({ seed: this.seed, rules: this.#rules() });
    } finally {
      this.#saving -= 1;
    }
  }
}
