import type { LiveChunk, LiveJob, RefusalCount } from '../../../../db/workspace/live-jobs';
import type { Outcome } from '../client/answers';
import { recordOfRequest, type CustomerRecord } from './customer-records';
import {
  openCustomersOf,
  openKeysOf,
  readBulkAnswer,
  recordIdOf,
  refusalOf,
  withAnswers,
  withRefusal,
  type BulkAnswers,
  type CustomerAnswer,
} from './request';
import { message, type Message } from '../../../../shared/words/message';
import { inEnglish } from '../../../../shared/words/english';

/** Code of a request id that was used before (semantics Q2). */
const REPEATED = 809;

/** Attempts in a row, each under an id of its own, that gave nobody anything before a person has to look. */
const MOST_FRUITLESS = 4;
/** Answers in a row that are none of a badge gateway before a person has to look. */
export const MOST_ODD = 6;

/** By customer, or in an import by the place in its chunk ({@link openKeysOf}). */
export type CustomerAnswers = ReadonlyMap<number, CustomerAnswer>;

const NOBODY: CustomerAnswers = new Map();

/** A chunk after an answer, or after none came. */
export interface Judgement {
  chunk: LiveChunk;
  /** What the org said of customers, to be believed only of those who turn out to have nothing. */
  refusals: CustomerAnswers;
  /** Ids of the records that the answer says were made. */
  ids: readonly string[];
}

/**
 * What an outcome says of a chunk. `isInDoubt`: an earlier sending of the same request may have been carried out.
 *
 * @param read the rows of an answer; null: it is none to this request
 */
export function judge(
  chunk: LiveChunk,
  outcome: Outcome,
  isInDoubt: boolean,
  read: (data: unknown) => BulkAnswers | null = readBulkAnswer,
): Judgement {
  const after = (next: LiveChunk, refusals = NOBODY): Judgement => ({ chunk: next, refusals, ids: [] });
  switch (outcome.kind) {
    case 'success': {
      const said = read(outcome.data);
      if (said === null) return after({ ...chunk, state: 'unknown' });
      const answered = withAnswers(chunk, said.answers);
      const isWhole = openCustomersOf(answered).length === 0;
      // A customer that the answer passed over must be looked up: the request was processed.
      return {
        chunk: { ...answered, state: isWhole ? 'settled' : 'consumed' },
        refusals: said.doubtful,
        ids: said.ids,
      };
    }
    case 'refused': {
      const [error] = outcome.errors;
      if (!error) return after({ ...chunk, state: 'unknown' });
      if (outcome.errors.some(({ code }) => code === REPEATED)) return after({ ...chunk, state: 'consumed' });
      const refusal = refusalOf(error.code, inEnglish(outcome.sentence));
      // Where the org may have carried it out before it said no, look before believing it: an earlier sending, a status
      // that speaks of success, a crash in the middle.
      if (isInDoubt || outcome.status < 300 || outcome.status >= 500) {
        const refusals = new Map(openKeysOf(chunk).map((key) => [key, refusal]));
        return after({ ...chunk, state: 'consumed' }, refusals);
      }
      return after({ ...withRefusal(chunk, refusal), state: 'settled' });
    }
    case 'ambiguous':
    case 'unusable':
      return after({ ...chunk, state: 'unknown' });
    case 'unauthorized':
    case 'throttled':
    case 'not-sent':
      return after({ ...chunk, state: isInDoubt ? 'unknown' : 'waiting' });
  }
}

/** Whether a whole answer came that no badge gateway gives: the same request will hardly get a better one. */
function isOdd(outcome: Outcome): boolean {
  switch (outcome.kind) {
    case 'success':
      return readBulkAnswer(outcome.data) === null;
    case 'ambiguous':
      return outcome.isAnswer && (outcome.status ?? 500) < 500;
    case 'unusable':
      return true;
    case 'refused':
    case 'unauthorized':
    case 'throttled':
    case 'not-sent':
      return false;
  }
}

/** The customers of a chunk that have a record of its request now. */
export function givenOf(
  records: ReadonlyMap<number, readonly CustomerRecord[]>,
  job: Pick<LiveJob, 'ownerType' | 'referenceId' | 'eventDate'>,
  chunk: LiveChunk,
  isClock: boolean,
): CustomerAnswers {
  const trusted = isClock ? chunk : { ...chunk, sentAfter: null };
  const answers = new Map<number, CustomerAnswer>();
  for (const [customer, all] of records) {
    const record = recordOfRequest(all, job, trusted);
    if (record) answers.set(customer, { outcome: { kind: 'done', issuedId: recordIdOf(record.id) }, message: '' });
  }
  return answers;
}

/**
 * A chunk whose customers were read twice since its request was processed. Who is still open has nothing of it, and takes
 * the refusal that the org gave, or goes into a fresh request.
 *
 * @param records what those customers have
 */
export function afterReading(
  chunk: LiveChunk,
  records: ReadonlyMap<number, readonly CustomerRecord[]>,
  refusals: CustomerAnswers,
): LiveChunk {
  const next = withAnswers(chunk, refusals);
  const missing = openCustomersOf(next);
  if (missing.length === 0) return { ...next, state: 'settled' };
  // What they have now is known by id, and what others of the chunk have still is by the instant noted at first.
  // What the chunk itself gave stays its own.
  const own = new Set(next.outcomes.map((outcome) => (outcome.kind === 'done' ? outcome.issuedId : null)));
  const ids = missing.flatMap((customer) => records.get(customer) ?? []).map(({ id }) => id);
  const known = [...new Set([...(next.known ?? []), ...ids.filter((id) => !own.has(id.toLowerCase()))])];
  return { ...next, state: 'waiting', attempt: next.attempt + 1, known };
}

/** The one reason for which every customer of a settled chunk was refused; null where somebody was served, or there are several. */
export function refusedWhole({ state, outcomes, codes }: LiveChunk): RefusalCount | null {
  if (state !== 'settled' || !outcomes.every(({ kind }) => kind === 'refused')) return null;
  return codes.length === 1 ? (codes[0] ?? null) : null;
}

/** Keeps account of one chunk's attempts, so that none is repeated for ever. */
export class Perseverance {
  #fruitless = 0;
  #odd = 0;

  /** Attempts in a row that gave nobody anything. */
  get fruitless(): number {
    return this.#fruitless;
  }

  /** @returns why the job has to pause, after the name of the org; null when it may go on */
  sent(outcome: Outcome): Message | null {
    this.#odd = isOdd(outcome) ? this.#odd + 1 : 0;
    if (this.#odd < MOST_ODD) return null;
    return outcome.kind === 'success' ? message('jobs.oddUnreadable') : message('jobs.odd', { said: outcome.sentence });
  }

  /** @returns why the job has to pause, after the name of the org; null when it may go on */
  looked(openBefore: number, openAfter: number): Message | null {
    this.#fruitless = openAfter < openBefore ? 0 : this.#fruitless + 1;
    if (this.#fruitless < MOST_FRUITLESS) return null;
    return message('jobs.fruitless', { count: openAfter });
  }
}
