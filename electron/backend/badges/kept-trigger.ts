import { z } from 'zod';
import type { SettingsStore } from '../../../db/workspace/settings';
import { MOST_WEEKS_IN_ROW, type BadgeTrigger } from '../../../shared/domain/badge-trigger';

const trigger: z.ZodType<BadgeTrigger> = z.object({ weeksInRow: z.int().min(1).max(MOST_WEEKS_IN_ROW) });

/** What brings the award of a badge about, where that was said; null: nobody said, or what is written is no trigger. */
export function readTrigger(value: unknown): BadgeTrigger | null {
  return trigger.safeParse(value).data ?? null;
}

/** The trigger of a draft, which no field of the gateway holds; null: nobody said any. */
export function keptTrigger(settings: Pick<SettingsStore, 'kept'>, badgeId: string): BadgeTrigger | null {
  return readTrigger(settings.kept(`badgeTrigger:${badgeId}`));
}

/** @param given null keeps none */
export function keepTrigger(settings: Pick<SettingsStore, 'keep'>, badgeId: string, given: BadgeTrigger | null): void {
  if (given !== null) settings.keep(`badgeTrigger:${badgeId}`, given);
}
