import type { Attempt } from '../client/gateway-client';
import { reachability, type Reachability } from '../client/reachability';
import { inEnglish } from '../../../../shared/words/english';
import { message } from '../../../../shared/words/message';

/** Failures in a row from which on the job says that it waits for the org. */
const FAILURES_TO_TELL = 3;
/** Times in a row that credentials are refused before a person has to look: accounts get locked for more. */
const MOST_UNAUTHORIZED = 3;
/** The same for tokens that the org itself gave, for each request at once: these may expire at any moment. */
const MOST_EXPIRED = 10;

/** What follows from an answer for the whole job. */
export interface Consequence {
  /** Whether the org answers; null while there is no telling. */
  reached: Reachability | null;
  /** Why the job pauses. */
  pause: string | null;
  /** Why the job says that it waits. */
  waits: string | null;
  /** It may say that it runs again. */
  recovered: boolean;
  /** Nobody calls for this long, in milliseconds. */
  closedFor: number;
}

const NOTHING: Consequence = { reached: null, pause: null, waits: null, recovered: false, closedFor: 0 };

/** Keeps account of how an org answers. */
export class JobStrain {
  readonly #parallel: number;
  #failures = 0;
  #unauthorized = 0;
  #isTelling = false;

  /** @param parallel requests at once */
  constructor(parallel: number) {
    this.#parallel = parallel;
  }

  note({ outcome, hadToken }: Pick<Attempt, 'outcome' | 'hadToken'>): Consequence {
    if (outcome.kind === 'success' || outcome.kind === 'refused') {
      const recovered = this.#isTelling;
      this.#failures = 0;
      this.#unauthorized = 0;
      this.#isTelling = false;
      return { ...NOTHING, reached: 'online', recovered };
    }
    const closedFor = outcome.kind === 'throttled' ? (outcome.retryAfter ?? 0) : 0;
    this.#failures += 1;
    if (outcome.kind === 'unauthorized') {
      this.#unauthorized += 1;
      const most = hadToken ? MOST_EXPIRED * this.#parallel : MOST_UNAUTHORIZED;
      if (outcome.status !== 401 || this.#unauthorized >= most)
        return { ...NOTHING, reached: 'unauthorized', pause: inEnglish(outcome.sentence) };
    }
    if (this.#failures < FAILURES_TO_TELL) return { ...NOTHING, closedFor };
    this.#isTelling = true;
    return {
      ...NOTHING,
      closedFor,
      reached: reachability(outcome),
      waits: inEnglish(message('jobs.goesOn', { sentence: outcome.sentence })),
    };
  }
}
