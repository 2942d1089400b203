import type { JobBegin } from '../../../shared/ipc/job-queue-contract';
import type { JobDraft } from '../../../shared/ipc/look-ahead-contract';
import type { LiveJobView } from '../../../shared/ipc/sync-contract';
import type { Zone } from '../../../shared/domain/calendar';
import type { Instant } from '../../../shared/domain/instant';
import { UnreadTexts } from '../../components/unread-texts.svelte';
import { formatInstant } from '../../lib/format';
import { say } from '../../lib/say.svelte';

type Kept = NonNullable<JobDraft['begin']>;
export type BeginChoice = JobBegin['kind'];

/** Whether a job is not over: others can be put behind it. */
export function isUnfinished({ state }: LiveJobView): boolean {
  return state !== 'done' && state !== 'cancelled';
}

/** Jobs that wait for their turn, in their order. */
export function inTurn(jobs: readonly LiveJobView[]): readonly LiveJobView[] {
  return jobs.filter(({ place }) => place !== null).sort((one, other) => (one.place ?? 0) - (other.place ?? 0));
}

/** What the button that starts a job says, with when. @param start what it does, and where */
export function beginWord(start: string, form: BeginForm, others: readonly LiveJobView[], zone: Zone): string {
  const begin = form.begin(others);
  if (begin?.kind === 'after') return say('live.startAfter', { start });
  return begin?.kind === 'at' ? say('live.startAt', { start, time: formatInstant(begin.on, zone) }) : start;
}

/** When a live job begins, as a person says it: what is proposed follows the other jobs of the org until then. */
export class BeginForm {
  /** Null: what is proposed. */
  choice = $state<BeginChoice | null>(null);
  on = $state<Instant | null>(null);
  /** What stands typed in the field of the time and was not taken over; null: nothing does. */
  typed = $state<string | null>(null);
  readonly unread = new UnreadTexts();

  readonly #proposesAfter: boolean;

  /** @param proposesAfter while others of the org run, behind them is proposed; else beside them */
  constructor(proposesAfter = true) {
    this.#proposesAfter = proposesAfter;
  }

  /** What was chosen, or is proposed. @param others all live jobs of the org */
  chosen(others: readonly LiveJobView[]): BeginChoice {
    const { choice } = this;
    if (choice === 'after') return others.some(isUnfinished) ? 'after' : 'now';
    if (choice !== null) return choice;
    const isBusy = others.some((job) => isUnfinished(job) && job.state !== 'paused' && job.startsOn === null);
    return isBusy && this.#proposesAfter ? 'after' : 'now';
  }

  /** Null: not said whole yet. */
  begin(others: readonly LiveJobView[]): JobBegin | null {
    const kind = this.chosen(others);
    if (kind !== 'at') return { kind };
    return this.on === null ? null : { kind, on: this.on };
  }

  /** What keeps the job from being put to wait; null: nothing. */
  blocked(others: readonly LiveJobView[], now: Instant): string | null {
    if (this.chosen(others) !== 'at') return null;
    if (this.unread.reason !== null) return this.unread.reason;
    if (this.on === null) return say('live.chooseTime');
    return this.on <= now ? say('live.timeIsOver') : null;
  }

  /** What is kept with a draft; undefined where nothing was said. */
  get kept(): Kept | undefined {
    const { choice, on, typed } = this;
    return choice === null && on === null && typed === null ? undefined : { choice, on, typed };
  }

  take(kept: Kept | undefined): void {
    this.choice = kept?.choice ?? null;
    this.on = kept?.on ?? null;
    this.typed = kept?.typed ?? null;
  }
}
