import { z } from 'zod';
import type { SettingsStore } from '../../../db/workspace/settings';
import { GATEWAY_SWITCHES, readSwitches } from '../../../shared/gateway/switches';
import { messageSchema } from '../../../shared/ipc/message-schema';
import type { LearnedRules } from '../../../shared/ipc/org-rules-contract';

/** What a version before or after this one kept otherwise is none. */
const learnedRules = z.object({
  org: z.string(),
  learnedOn: z.int(),
  points: z.array(
    z
      .object({
        option: z.enum(GATEWAY_SWITCHES.map(({ option }) => option)),
        value: z.string().nullable(),
        reason: messageSchema.nullable(),
        calls: z.array(z.int().min(1)),
      })
      .refine(({ option, value }) => value === null || canBeSet(option, value)),
  ),
  calls: z.array(
    z.object({
      method: z.enum(['GET', 'POST', 'PUT']),
      path: z.string(),
      query: z.string(),
      headers: z.record(z.string(), z.string()),
      body: z.string().nullable(),
      outcome: z.enum(['answered', 'not-done', 'lost']),
      status: z.number().nullable(),
      answer: z.string().nullable(),
    }),
  ),
  badges: z.array(z.object({ id: z.string(), name: z.string(), isActive: z.boolean() })),
});

function canBeSet(option: string, value: string): boolean {
  try {
    readSwitches({ [option]: value });
    return true;
  } catch {
    return false;
  }
}

const nameOf = (connectionKey: number): `orgRules:${number}` => `orgRules:${connectionKey}`;

/** What was learned of an org; null: nothing, or nothing that can be read. */
export function keptRules(settings: Pick<SettingsStore, 'kept'>, connectionKey: number): LearnedRules | null {
  return learnedRules.safeParse(settings.kept(nameOf(connectionKey))).data ?? null;
}

export function keepRules(settings: Pick<SettingsStore, 'keep'>, connectionKey: number, learned: LearnedRules): void {
  settings.keep(nameOf(connectionKey), learned);
}

/** Its connection is gone, or leads to another org. */
export function forgetRules(settings: Pick<SettingsStore, 'forget'>, connectionKey: number): void {
  settings.forget(nameOf(connectionKey));
}
