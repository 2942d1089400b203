import { z } from 'zod';
import type { SettingsStore } from '../../../db/workspace/settings';
import { DEFAULT_SETTINGS, type OrgSettings } from '../../../shared/domain/settings';
import { GATEWAY_SWITCHES, switchText } from '../../../shared/gateway/switches';
import type { UsedRules } from '../../../shared/ipc/org-rules-contract';

const rulesFrom = z.object({
  org: z.string(),
  learnedOn: z.int(),
  /** What was learned, by option. */
  switches: z.record(z.string(), z.string()),
});
type RulesFrom = z.output<typeof rulesFrom>;

type Kept = Pick<SettingsStore, 'current' | 'kept' | 'keep' | 'forget' | 'update'>;

/**
 * Whose rules a workspace judges by: told by comparing what is set with what was taken over, so that a switch that was
 * set by hand since is known as such, wherever that was done. What was kept and cannot be read counts as nothing.
 */
export function usedRules(settings: Pick<Kept, 'current' | 'kept'>): UsedRules {
  const from = rulesFrom.safeParse(settings.kept('rulesFrom')).data;
  const switches = GATEWAY_SWITCHES.flatMap(({ key, option }) => {
    const value = switchText(settings.current[key]);
    const learned = from?.switches[option];
    if (value === switchText(DEFAULT_SETTINGS[key]) && (learned ?? value) === value) return [];
    return [{ option, value, isLearned: learned === value }];
  });
  return { from: from === undefined ? null : { org: from.org, learnedOn: from.learnedOn }, switches };
}

/** Takes over the rules of an org. @param changes the settings that its known points are */
export function takeRules(settings: Kept, from: RulesFrom, changes: Partial<OrgSettings>): UsedRules {
  settings.update(changes);
  settings.keep('rulesFrom', from);
  return usedRules(settings);
}

/** Sets every switch as Laurel reads the documents; the time zone stays. */
export function asDocumented(settings: Kept): UsedRules {
  const { zone: _, ...switches } = DEFAULT_SETTINGS;
  settings.update(switches);
  settings.forget('rulesFrom');
  return usedRules(settings);
}
