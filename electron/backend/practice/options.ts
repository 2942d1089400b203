import type { z } from 'zod';
import type { SettingsStore } from '../../../db/workspace/settings';
import { isObject } from '../../../shared/domain/body-reader';
import { isZone } from '../../../shared/domain/calendar';
import type { OrgSettings } from '../../../shared/domain/settings';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import type { FaultPlan } from '../../../shared/gateway/fault-plan';
import { Failure } from '../../../shared/ipc/errors';
import { practiceOptions, practiceSwitches, type PracticeOptions } from '../../../shared/ipc/practice-contract';
import { message } from '../../../shared/words/message';

/** What a person chose for the practice org, kept in the workspace. */
export class PracticeOptionStore {
  readonly #settings: SettingsStore;
  #current: PracticeOptions;

  constructor(settings: SettingsStore) {
    this.#settings = settings;
    this.#current = readable(settings.kept('practiceOrg'), defaults(settings.current.zone));
  }

  get current(): PracticeOptions {
    return this.#current;
  }

  /** @throws Failure `invalid-input` for a time zone that does not exist; nothing is changed */
  update(changes: Partial<PracticeOptions>): PracticeOptions {
    if (changes.timeZone !== undefined && !isZone(changes.timeZone)) {
      throw new Failure('invalid-input', message('practice.noSuchZone', { zone: changes.timeZone }));
    }
    const next = { ...this.#current, ...changes };
    this.#settings.keep('practiceOrg', next);
    this.#current = next;
    return next;
  }
}

function defaults(zone: string): PracticeOptions {
  const { zone: _, ...switches } = DEFAULT_SETTINGS;
  return {
    port: 0,
    keepsData: true,
    asksCredentials: true,
    clock: null,
    timeZone: zone,
    switches: { ...switches },
    faults: { seed: 1, rules: [] },
  };
}

/** The options that this version can read, each switch on its own: the others keep their default. */
function readable(kept: unknown, standard: PracticeOptions): PracticeOptions {
  const options = { ...standard, ...fieldsOf(practiceOptions.omit({ switches: true }).shape, kept) };
  const { switches } = isObject(kept) ? kept : {};
  return { ...options, switches: { ...standard.switches, ...fieldsOf(practiceSwitches.shape, switches) } };
}

function fieldsOf<T>(shape: { readonly [K in keyof T]: z.ZodType<T[K]> }, kept: unknown): Partial<T> {
  const found: Partial<T> = {};
  if (!isObject(kept)) return found;
  for (const name of Object.keys(shape) as (keyof T & string)[]) {
    const parsed = shape[name].safeParse(kept[name]);
    if (parsed.success) found[name] = parsed.data;
  }
  return found;
}

/** The settings of the practice org's own rules. */
export function orgSettingsOf({ switches, timeZone }: PracticeOptions): OrgSettings {
  return { ...switches, zone: timeZone };
}

/** The fault rules that are on; null when there are none. */
export function faultPlanOf({ faults }: PracticeOptions): FaultPlan | null {
  const rules = faults.rules.filter((rule) => rule.isOn).map(({ isOn: _, ...rule }) => rule);
  return rules.length === 0 ? null : { seed: faults.seed, rules };
}
