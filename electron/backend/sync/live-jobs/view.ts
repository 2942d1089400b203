import { reasonOf, type LiveJob, type LiveJobStore } from '../../../../db/workspace/live-jobs';
import type { LiveJobView } from '../../../../shared/ipc/sync-contract';
import { isKnownOutcome, outcomeLabel } from '../../../../db/org/outcomes';
import { adviceOf } from '../client/refusal-advice';
import { chancesIn } from './second-chance';
import { plainWords } from '../../../../shared/ipc/plain-words';
import { readReject } from '../../../../shared/words/kept-rejects';
import { jobOfSource } from '../../../../shared/words/kept-sources';
import { message, type Message, type PlainKey } from '../../../../shared/words/message';
import { recordsOf, takesBack } from '../../../../shared/ipc/take-back-contract';
import { inEnglish } from '../../../../shared/words/english';

/** Seconds over which the pace of a job is measured. */
const PACE_OVER = 5_000;
const READING = inEnglish(message('jobs.liveReading'));

/** How quickly a running job gets on. */
export class JobPace {
  readonly #clock: () => number;
  #points: { at: number; settled: number }[] = [];

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** @returns customers settled per second lately; null while nothing can be said */
  note(settled: number): number | null {
    const at = this.#clock();
    this.#points = [...this.#points.filter((point) => at - point.at <= PACE_OVER), { at, settled }];
    const first = this.#points[0];
    if (!first || at - first.at < 500) return null;
    return ((settled - first.settled) * 1_000) / (at - first.at);
  }
}

/** A job as people see it. */
export function liveJobView(store: LiveJobStore, job: LiveJob, pace: JobPace | null): LiveJobView {
  const counts = store.counts(job.key);
  const isRunning = job.state === 'running' && pace !== null;
  const perSecond = isRunning ? pace.note(counts.done + counts.refused) : null;
  const left = counts.waiting + counts.sent + counts.unknown;
  const canRetry = chancesIn(job.action);
  const orgRefusals = store.orgRefusals(job.key).filter(([code]) => canRetry(code));
  const served = new Set(orgRefusals.map(reasonOf));
  return {
    id: job.key,
    connectionId: job.connectionKey,
    connectionName: job.connectionName,
    badgeName: job.badgeName,
    remoteBadgeId: job.remoteBadgeId,
    action: job.action,
    takesBack: takesBack(job.action) ? jobOfSource(job.source) : null,
    state: job.state === 'reading' ? 'running' : job.state,
    note: job.state === 'reading' ? READING : job.note,
    total: job.state === 'reading' ? left + counts.refused : job.total,
    ...counts,
    perSecond: perSecond === null ? null : Math.round(perSecond),
    secondsLeft: perSecond !== null && perSecond > 0 ? Math.ceil(left / perSecond) : null,
    startedOn: job.startedOn,
    place: null,
    startsOn: job.state === 'queued' ? job.startsOn : null,
    canTakeOut: false,
    endedOn: job.endedOn,
    retryable: orgRefusals.reduce((sum, [, count]) => sum + count, 0),
    refusals: store.refusals(job.key).map((refusal) => {
      const [code, count, said] = refusal;
      return {
        ...{ code, count },
        label: refusalLabel(code, said, job.action),
        advice: adviceOf(code),
        canRetry: served.has(reasonOf(refusal)),
      };
    }),
  };
}

/** Refusals that only taking back meets (error-codes). */
const REVOKE_WORDS: Readonly<Record<number, PlainKey>> = {
  404: 'refusals.outcomeNotEnrolled',
  814: 'refusals.outcomeNotHeld',
};

/** An import's row for a badge that is not in the org. */
const UNKNOWN_BADGE = 1054;

/** A refusal in words: Laurel's own for the codes it knows, else the org's. */
export function refusalLabel(code: number, said: string, action: LiveJob['action']): Message {
  // Of code 0 are the lines that were never sent, whose reasons are kept in words.
  const kept = code === 0 ? readReject(said) : null;
  if (kept !== null) return kept;
  if (action === 'import' && code === UNKNOWN_BADGE) return message('refusals.outcomeNoBadge');
  if (takesBack(action)) {
    const words = REVOKE_WORDS[code];
    // The same code says that the org has no such badge: those are its own words.
    if (words !== undefined && !(code === 404 && !/issue instance/i.test(said))) return message(words);
  }
  const isTheirs = code === 0 || (!isKnownOutcome(String(code)) && said !== '');
  return isTheirs
    ? message('refusals.quoted', { text: plainWords(said) })
    : outcomeLabel(String(code), recordsOf(action));
}
