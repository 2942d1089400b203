import type { Input } from '../../../shared/ipc/contract';
import type { LiveRowCounts, LookAhead } from '../../../shared/ipc/look-ahead-contract';
import type { Door } from '../../lib/backend';
import { isCancelled } from '../../lib/failure-wording';
import { say, sayMessage } from '../../lib/say.svelte';

/** What is looked at; the rows are counted apart. */
export type LookQuestion = Omit<Input<'liveJobs.lookAhead'>, 'rows' | 'again'>;
type CountQuestion = Input<'liveJobs.countRows'>;

/** After the last change of the form. */
const SETTLE_MILLISECONDS = 250;

/** The look at a job before its first request. It follows the form, and only the last question counts. */
export class JobLook {
  ahead = $state.raw<LookAhead | null>(null);
  /** Whether the form was changed since. */
  looking = $state(false);
  /** Null until the rows were counted. */
  counts = $state.raw<LiveRowCounts | null>(null);
  counting = $state(false);
  /** Why there is no look, or no count, other than what an org answers. */
  failure = $state.raw<unknown>(null);
  countFailure = $state.raw<unknown>(null);
  /** A person decided to start although there is a doubt. */
  anyway = $state(false);

  /** Whether the org would most likely refuse, or could not be asked. */
  readonly needsDecision = $derived(
    this.failure !== null ||
      (this.ahead !== null && (this.ahead.unread !== null || this.ahead.findings.some(({ kind }) => kind === 'asks'))),
  );
  /** What a start is decided on. */
  readonly seen = $derived(this.ahead?.unread === null ? this.ahead.seen : null);

  readonly #door: Door;
  readonly #onlook: (ahead: LookAhead) => void;
  #question: LookQuestion | null = null;
  #asked = '';
  #counted = '';
  #turn = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #countTimer: ReturnType<typeof setTimeout> | null = null;
  #counter: AbortController | null = null;

  /** @param onlook told of each look that came of the last question */
  constructor(door: Door, onlook: (ahead: LookAhead) => void) {
    this.#door = door;
    this.#onlook = onlook;
  }

  /** What keeps the job from being started; null: nothing. */
  get blocked(): string | null {
    if (this.#question === null) return null;
    if (this.looking || (this.ahead === null && this.failure === null)) return say('lookAhead.notLookedYet');
    const refused = this.ahead?.findings.find(({ kind }) => kind === 'refuses');
    if (refused) return say('lookAhead.wouldRefuse', { reason: sayMessage(refused.words) });
    return this.needsDecision && !this.anyway ? say('lookAhead.decideFirst') : null;
  }

  /** Looks once the form has come to rest. @param question null: there is nothing to look at yet */
  ask(question: LookQuestion | null): void {
    const asked = JSON.stringify(question);
    if (asked === this.#asked) return;
    this.#asked = asked;
    if (question?.remoteBadgeId !== this.#question?.remoteBadgeId) this.ahead = null;
    this.#question = question;
    this.looking = question !== null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = question === null ? null : setTimeout(() => void this.#look(false), SETTLE_MILLISECONDS);
    if (question === null) this.#turn += 1;
  }

  /** Reads the badge anew. */
  async again(): Promise<void> {
    if (this.#question === null) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.looking = true;
    await this.#look(true);
  }

  /** Counts the rows once the form has come to rest. @param question null: there are none yet */
  count(question: CountQuestion | null): void {
    const asked = JSON.stringify(question);
    if (asked === this.#counted) return;
    this.#counted = asked;
    this.#counter?.abort();
    this.#counter = null;
    this.counts = null;
    this.countFailure = null;
    this.counting = question !== null;
    if (this.#countTimer !== null) clearTimeout(this.#countTimer);
    this.#countTimer = question === null ? null : setTimeout(() => void this.#count(question), SETTLE_MILLISECONDS);
  }

  async #look(again: boolean): Promise<void> {
    const question = this.#question;
    if (question === null) return;
    const turn = (this.#turn += 1);
    const rows = this.counts;
    try {
      const ahead = await this.#door('liveJobs.lookAhead', { ...question, rows, again });
      if (turn !== this.#turn) return;
      // Rows that were counted meanwhile are held against what was read.
      if (rows !== this.counts) return await this.#look(false);
      if (ahead.seen !== this.ahead?.seen) this.anyway = false;
      this.ahead = ahead;
      this.failure = null;
      this.looking = false;
      this.#onlook(ahead);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.ahead = null;
      this.failure = error;
      this.anyway = false;
      this.looking = false;
    }
  }

  async #count(question: CountQuestion): Promise<void> {
    const counter = new AbortController();
    this.#counter = counter;
    try {
      const counts = await this.#door('liveJobs.countRows', question, { signal: counter.signal });
      if (this.#counter !== counter) return;
      this.counts = counts;
      // What was found of the badge is held against the rows now.
      if (this.ahead !== null && !this.looking) await this.#look(false);
    } catch (error) {
      if (this.#counter === counter && !isCancelled(error)) this.countFailure = error;
    } finally {
      if (this.#counter === counter) {
        this.#counter = null;
        this.counting = false;
      }
    }
  }
}
