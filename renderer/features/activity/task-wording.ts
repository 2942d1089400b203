import type { ActivityTask } from '../../../shared/ipc/sync-contract';
import type { PlainKey } from '../../../shared/words/message';
import type { Look } from '../../lib/look';
import { say } from '../../lib/say.svelte';
import { LEDGER_OUTCOMES } from './ledger-outcomes';

const KINDS: Readonly<Record<ActivityTask['kind'], PlainKey>> = {
  push: 'activity.taskPush',
  pull: 'activity.taskPull',
  job: 'activity.taskJob',
  settling: 'activity.taskSettling',
  probe: 'activity.taskProbe',
  look: 'activity.taskLook',
  test: 'activity.taskTest',
  claim: 'activity.taskClaim',
  other: 'activity.taskOther',
};

export const TASK_KINDS = Object.keys(KINDS) as readonly ActivityTask['kind'][];

/** What requests were for, in a word or two. */
export function taskWord(kind: ActivityTask['kind']): string {
  return say(KINDS[kind]);
}

const SECOND = 1_000_000;

/** How long a task took, from its first request to its last answer. */
export function tookInWords({ startedOn, lastOn }: Pick<ActivityTask, 'startedOn' | 'lastOn'>): string {
  const took = Math.max(0, lastOn - startedOn);
  if (took < SECOND) return say('activity.tookMilliseconds', { count: Math.round(took / 1_000) });
  if (took < 120 * SECOND) return say('activity.tookSeconds', { count: Math.round(took / SECOND) });
  return took < 7_200 * SECOND
    ? say('activity.tookMinutes', { count: Math.round(took / SECOND / 60) })
    : say('activity.tookHours', { count: Math.round(took / SECOND / 3_600) });
}

/** How a task ended: what went wrong stands before what went well, with its count. */
export function outcomesOf(task: ActivityTask): (Look & { count: number; outcome: keyof typeof LEDGER_OUTCOMES })[] {
  return (['sending', 'unknown', 'refused', 'failed', 'answered'] as const).flatMap((outcome) => {
    const count = task[outcome];
    return count === 0 ? [] : [{ ...LEDGER_OUTCOMES[outcome], count, outcome }];
  });
}
