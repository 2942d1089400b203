import { waits, type JobWait, type LiveJob, type LiveJobState } from '../../../../db/workspace/live-jobs';
import { Failure } from '../../../../shared/ipc/errors';
import type { JobBegin } from '../../../../shared/ipc/job-queue-contract';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import type { LiveAction } from '../../../../shared/ipc/take-back-contract';
import { inEnglish } from '../../../../shared/words/english';
import { message, type Message, type MessageKey } from '../../../../shared/words/message';
import type { SyncContext } from '../context';
import type { LiveForms } from './look-ahead/drafts';
import { inTurn } from './queue';

export const NO_WAIT: JobWait = { queuePlace: null, startsOn: null };

const RIVALS = {
  enrol: 'jobs.rivalEnrols',
  award: 'jobs.rivalAwards',
  'revoke-enrolment': 'jobs.rivalTakesBack',
  'revoke-award': 'jobs.rivalTakesBack',
  import: 'jobs.rivalImports',
} as const satisfies Record<LiveAction, MessageKey>;

const STATES = {
  reading: 'jobs.isRunning',
  queued: 'jobs.isQueued',
  running: 'jobs.isRunning',
  paused: 'jobs.isPaused',
  'waiting-for-org': 'jobs.isWaiting',
  done: 'jobs.isDone',
  cancelled: 'jobs.isCancelled',
} as const satisfies Record<LiveJobState, MessageKey>;

/** What a job must not be for what is asked of it; `rule` says what it must be. */
export function notIn(state: LiveJobState, rule: Message): Failure {
  return new Failure('conflict', message('jobs.notIn', { rule, state: message(STATES[state]) }));
}

/** What a job does and to which badge; `key` where it is in the file. */
type Doing = Pick<LiveJob, 'remoteBadgeId' | 'action'> & { key?: number };

/** What the file says of live jobs, and how one begins, waits or is left there. It knows of no thread. */
export class JobRecords {
  readonly #context: Pick<SyncContext, 'workspace' | 'now'>;
  readonly #forms: LiveForms;

  constructor(context: Pick<SyncContext, 'workspace' | 'now'>, forms: LiveForms) {
    this.#context = context;
    this.#forms = forms;
  }

  ofConnection(connectionKey: number): LiveJob[] {
    return this.#context.workspace.liveJobs.list().filter((job) => job.connectionKey === connectionKey);
  }

  waiting(): LiveJob[] {
    return this.#context.workspace.liveJobs.list().filter(({ state }) => state === 'queued');
  }

  /** @throws Failure `conflict` when a job that is not over does the same to the same badge */
  requireNoRival(connectionKey: number, job: Doing): void {
    const rival = this.rivalOf(connectionKey, job);
    if (rival) throw new Failure('conflict', rival);
  }

  /** Why a job cannot begin now; null: nothing is in its way. A paused job is no rival of itself. */
  rivalOf(connectionKey: number, job: Doing): Message | null {
    const { key, remoteBadgeId, action } = job;
    const rival = this.ofConnection(connectionKey).find(
      (other) =>
        other.key !== key &&
        other.remoteBadgeId === remoteBadgeId &&
        other.action === action &&
        this.#isInTheWay(other),
    );
    return rival ? message(RIVALS[job.action], { badge: rival.badgeName }) : null;
  }

  /**
   * Whether a job keeps another one from doing the same to the same badge: it is under way, or something of it was sent,
   * whose answers would be taken for those of the other (docs/decisions/0032).
   */
  #isInTheWay(job: LiveJob): boolean {
    switch (job.state) {
      case 'running':
      case 'waiting-for-org':
        return true;
      case 'reading':
        return !waits(job);
      case 'paused':
      case 'queued':
        return !this.isUntouched(job);
      case 'done':
      case 'cancelled':
        return false;
    }
  }

  /** Nothing of it was ever sent. */
  isUntouched({ key }: LiveJob): boolean {
    const { liveJobs } = this.#context.workspace;
    const { sent, unknown, done, refused } = liveJobs.counts(key);
    return sent + unknown + done === 0 && refused === liveJobs.rejectCount(key) && !liveJobs.mayHaveSent(key);
  }

  /** @throws Failure `invalid-input` when the time is over */
  waitOf(connectionKey: number, begin: JobBegin): JobWait {
    if (begin.kind === 'now') return NO_WAIT;
    if (begin.kind === 'at') {
      if (begin.on <= this.#context.now()) throw new Failure('invalid-input', message('jobs.timeIsOver'));
      return { queuePlace: null, startsOn: begin.on };
    }
    const last = inTurn(this.ofConnection(connectionKey)).at(-1)?.queuePlace ?? 0;
    return { queuePlace: last + 1, startsOn: null };
  }

  placeOf(job: LiveJob): Partial<Pick<LiveJobView, 'place' | 'canTakeOut'>> {
    if (job.state !== 'queued') return {};
    const index = inTurn(this.ofConnection(job.connectionKey)).findIndex(({ key }) => key === job.key);
    return {
      place: index < 0 ? null : index + 1,
      canTakeOut: this.isUntouched(job) && this.#forms.of(job.action).hasForm(job.key),
    };
  }

  begin({ key }: LiveJob): void {
    this.#context.workspace.liveJobs.begin(key, this.#context.now());
    this.#forms.dropForm(key);
  }

  /** A job that waits, waits no more, and does not begin either. */
  leaveQueue({ key }: LiveJob, state: 'paused' | 'cancelled', why: Message | null): void {
    const { workspace, now } = this.#context;
    workspace.transaction(() => {
      workspace.liveJobs.setWait(key, NO_WAIT);
      const note = why === null ? null : inEnglish(why);
      workspace.liveJobs.setState(key, state, note, state === 'cancelled' ? now() : null);
      if (state === 'cancelled') this.#forms.dropForm(key);
    });
  }

  /** What is left of a job whose customers were not all read. */
  drop(key: number, note: string): void {
    const { workspace, now } = this.#context;
    workspace.transaction(() => {
      workspace.liveJobs.dropCustomers(key);
      this.#forms.dropForm(key);
      workspace.liveJobs.setState(key, 'cancelled', note, now());
    });
  }
}
