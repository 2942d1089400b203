import { dateAt, isZone } from '../../../shared/domain/calendar';
import { instantOf } from '../../../shared/domain/instant';
import type { LearnAnswer, LearnedView } from '../../../shared/ipc/learning-contract';
import { dateText } from '../../../shared/simulation/timeline';
import type { Door } from '../../lib/backend';
import { LongWork } from '../../lib/long-work.svelte';
import { say } from '../../lib/say.svelte';
import { navigation } from '../../shell/navigation.svelte';
import { running } from '../../shell/running.svelte';
import { isDay, longDayText } from './day-text';
import { choicesOfEvents } from './events-reading';
import type { ScenarioForm } from './scenario-form.svelte';

const inWords = ({ from, to }: { from: string; to: string }): { from: string; to: string } => ({
  from: longDayText(from),
  to: longDayText(to),
});

type LearnWork = LongWork<{ share: number }, LearnAnswer>;

/** Share of the days beyond which nothing is left to learn from. */
const MOST_HELD = 0.9;

/** Learning from the file in the scenario: how it is to be done, at most one under way, and what was learned last. */
export class Learning {
  /** `auto`: those of the file's column, where it has one; a number: so many groups. */
  segments = $state<'auto' | number>('auto');
  population = $state<number | null>(null);
  /** Share of the days that are held back. */
  holdOut = $state(0.2);
  /** First and last day to learn from, as they were typed: `2026-12-24`; empty: all of the file. */
  from = $state('');
  to = $state('');
  work = $state.raw<LearnWork | null>(null);
  /** What the file was called. */
  file = $state('');
  learned = $state.raw<LearnedView | null>(null);
  /** The pane of the answer shows it. */
  isShown = $state(false);
  readonly #door: Door;
  readonly #form: ScenarioForm;

  constructor(door: Door, form: ScenarioForm) {
    this.#door = door;
    this.#form = form;
  }

  readonly isRunning = $derived(this.work?.active === true);
  readonly isHoldOutTooMuch = $derived(this.holdOut > MOST_HELD);
  /** What is wrong with the first and the last day; null: nothing. */
  readonly fromFault = $derived.by((): string | null => {
    if (this.from === '') return null;
    if (!isDay(this.from)) return say('scorecard.untilWrong');
    const span = this.#daysOfFile();
    return span !== null && this.from > span.to ? say('learning.outsideFile', inWords(span)) : null;
  });
  readonly toFault = $derived.by((): string | null => {
    if (this.to === '') return null;
    if (!isDay(this.to)) return say('scorecard.untilWrong');
    if (isDay(this.from) && this.from > this.to) return say('learning.endsBefore');
    const span = this.#daysOfFile();
    return span !== null && this.to < span.from ? say('learning.outsideFile', inWords(span)) : null;
  });
  /** Why nothing can be learned now; null: it can. */
  readonly blocked = $derived.by((): string | null => {
    const { draft, replay, look, unread } = this.#form;
    if (!draft?.events || replay === null) return say('learning.noFile');
    if (unread.reason !== null) return unread.reason;
    if (this.isHoldOutTooMuch) return say('learning.holdOutMost');
    const fault = this.fromFault ?? this.toFault;
    if (fault !== null) return fault;
    if ((look.inspection?.questions.length ?? 0) > 0) return say('learning.questionsFirst');
    return look.running && look.inspection === null ? say('learning.lookFirst') : null;
  });

  /** All customers are of one fit, in groups or not: how many there are can be said of that only. */
  readonly isTogether = $derived(this.segments !== 'auto' || this.#hasNoColumn());

  /** Days of the first and of the last row; null: they are not known yet. */
  #daysOfFile(): { from: string; to: string } | null {
    const { draft, look } = this.#form;
    const span = look.inspection?.span ?? null;
    if (span === null || !draft || !isZone(draft.timeZone)) return null;
    const dayOf = (at: string): string => dateText(dateAt(instantOf(at), draft.timeZone));
    return { from: dayOf(span.from), to: dayOf(span.to) };
  }

  /** Another file has other days. @param from the first to learn from; empty: all of them */
  startFrom(from: string): void {
    [this.from, this.to] = [from, ''];
  }

  #hasNoColumn(): boolean {
    return (this.#form.draft?.events?.segment ?? null) === null;
  }

  /** Learns; the answer is shown where it is still wanted. Does nothing while `blocked` says why not. @returns what a screen reader is told */
  async start(): Promise<string | null> {
    const { draft, replay } = this.#form;
    if (this.blocked !== null || this.isRunning || !draft?.events || replay === null) return null;
    const input = {
      ...{ events: replay.source, name: replay.name, choices: choicesOfEvents(draft.events), zone: draft.timeZone },
      ...{ from: this.from === '' ? null : this.from, to: this.to === '' ? null : this.to },
      ...{ segments: this.segments, holdOut: this.holdOut, population: this.isTogether ? this.population : null },
    };
    const work: LearnWork = new LongWork((options) => this.#door('simulation.learn', input, options));
    this.work = work;
    this.file = replay.name;
    this.learned = null;
    this.isShown = true;
    const leave = running.add({
      id: 'learn',
      title: say('learning.running', { file: replay.name }),
      get progress() {
        return work.share;
      },
      get text() {
        return say('learning.percentDone', { percent: Math.round((work.share ?? 0) * 100) });
      },
      open: () => {
        navigation.go('simulate');
        this.isShown = true;
      },
    });
    await work.run();
    leave();
    const { answer } = work;
    if (answer === null) return say(work.state === 'cancelled' ? 'learning.cancelled' : 'learning.unfinished');
    this.work = null;
    if ('questions' in answer) {
      this.isShown = false;
      await this.#form.lookAgain();
      return say('learning.asked');
    }
    this.learned = answer.learned;
    return say('learning.done', { file: answer.learned.file });
  }

  cancel(): void {
    this.work?.cancel();
  }

  close(): void {
    this.isShown = false;
    if (!this.isRunning) this.work = null;
  }
}
