/** Whose rules a result was judged by, where these are not as Laurel reads the documents. */
import { z } from 'zod';
import { readInstant, toIsoExact, type Instant } from '../domain/instant';
import { DEFAULT_SETTINGS, type OrgSettings } from '../domain/settings';
import { GATEWAY_SWITCHES, readSwitches, switchText } from '../gateway/switches';
import { rulesInWords } from '../gateway/switch-words';
import { message, type Message } from '../words/message';

/**
 * The switches that a simulation looks at. The others are of requests (their ids, statuses, repeats), of awards in bulk or
 * revoked, and of creating badges under no migration header: a simulation has none of these.
 */
const SIMULATED: readonly (keyof OrgSettings)[] = [
  ...(['customerLimitCode', 'badgeLimitCode', 'weeklyCycles', 'rollingWindows', 'memberCareOwnerType'] as const),
];

const options = GATEWAY_SWITCHES.filter(({ key }) => SIMULATED.includes(key));

function canBeSet({ option, value }: { option: string; value: string }): boolean {
  try {
    readSwitches({ [option]: value });
    return options.some((known) => known.option === option);
  } catch {
    return false;
  }
}

export const resultRules = z.object({
  /** Null: all were set by hand. */
  from: z.object({ org: z.string(), learnedOn: z.string() }).nullable(),
  /** Options of `laurel gateway`; `isLearned` is false for what a person set by hand. */
  switches: z
    .array(z.object({ option: z.string(), value: z.string(), isLearned: z.boolean() }).refine(canBeSet))
    .min(1),
});
export type ResultRules = z.output<typeof resultRules>;

/** Of the rules that are used, those that a simulation looks at; null where it judges as Laurel reads the documents. */
export function simulatedRules(used: {
  from: { org: string; learnedOn: Instant } | null;
  switches: readonly { option: string; value: string; isLearned: boolean }[];
}): ResultRules | null {
  const switches = used.switches.filter(canBeSet);
  const isTurned = switches.some(
    ({ option, value }) =>
      !options.some((known) => known.option === option && switchText(DEFAULT_SETTINGS[known.key]) === value),
  );
  if (!isTurned) return null;
  const { from } = used;
  return {
    from: from === null ? null : { org: from.org, learnedOn: toIsoExact(from.learnedOn) },
    switches: [...switches],
  };
}

/** The rules of a result that was kept, whoever wrote it; null where there are none, or none that can be set. */
export function keptResultRules(result: unknown): ResultRules | null {
  return z.object({ rules: resultRules }).safeParse(result).data?.rules ?? null;
}

/** The settings that a simulation has to be run with to be judged by these rules; null: as Laurel reads the documents. */
export function settingsOfRules(rules: ResultRules | null): Partial<OrgSettings> {
  return readSwitches(Object.fromEntries((rules?.switches ?? []).map(({ option, value }) => [option, value])));
}

/** `Judged by the rules of Acme, learned on 28 November 2026: …`. @param dayOf an instant as a date */
export function judgedInWords({ from, switches }: ResultRules, dayOf: (instant: Instant) => string): Message {
  const rules = rulesInWords(switches);
  if (from === null || switches.every(({ isLearned }) => !isLearned))
    return message('orgRules.judgedByHand', { rules });
  const reading = readInstant(from.learnedOn);
  const named = { org: from.org, date: reading.ok ? dayOf(reading.instant) : from.learnedOn, rules };
  const isWhole = switches.every(({ isLearned }) => isLearned);
  return isWhole ? message('orgRules.judgedFrom', named) : message('orgRules.judgedPartly', named);
}
