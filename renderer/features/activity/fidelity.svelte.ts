import type { SwitchValue } from '../../../shared/fidelity/fidelity-report';
import { switchesInWords } from '../../../shared/fidelity/fidelity-words';
import { readSwitches } from '../../../shared/gateway/switches';
import type { Input } from '../../../shared/ipc/contract';
import type { FidelityView, RecordingView, ReplayProgress } from '../../../shared/ipc/fidelity-contract';
import type { Door } from '../../lib/backend';
import { LongWork } from '../../lib/long-work.svelte';
import { say, sayMessage, words } from '../../lib/say.svelte';

/** A recording of an org, and how truly the practice org answers it. It outlasts the dialog that shows it. */
export class Fidelity {
  readonly #door: Door;
  recording = $state.raw<RecordingView | null>(null);
  report = $state.raw<FidelityView | null>(null);
  /** What went wrong last; null after the next step. */
  failure = $state.raw<unknown>(null);
  /** What was done last, in a sentence. */
  said = $state('');
  #reading = $state.raw<LongWork<{ done: number; total: number | null }, RecordingView> | null>(null);
  #playing = $state.raw<LongWork<ReplayProgress, FidelityView> | null>(null);

  readonly isReading = $derived(this.#reading?.active === true);
  readonly isPlaying = $derived(this.#playing?.active === true);
  readonly isBusy = $derived(this.isReading || this.isPlaying);
  readonly isCancelling = $derived((this.#playing ?? this.#reading)?.state === 'cancelling');
  readonly progress = $derived(this.#playing?.progress ?? null);
  readonly share = $derived(this.#playing?.share ?? null);

  constructor(door: Door) {
    this.#door = door;
  }

  #begin(): void {
    this.failure = null;
    this.said = '';
  }

  /** Reads a file or what was sent over a connection; the recording before stays where that fails. Never rejects. */
  async read(input: Input<'fidelity.read'>): Promise<void> {
    if (this.isBusy) return;
    this.#begin();
    const work = new LongWork<{ done: number; total: number | null }, RecordingView>((options) =>
      this.#door('fidelity.read', input, options),
    );
    this.#reading = work;
    await work.run();
    this.failure = work.failure;
    if (work.answer === null) return;
    this.recording = work.answer;
    this.report = null;
  }

  /** Plays the recording. Never rejects. */
  async play(): Promise<void> {
    const id = this.recording?.id;
    if (id === undefined || this.isBusy) return;
    this.#begin();
    const work = new LongWork<ReplayProgress, FidelityView>((options) =>
      this.#door('fidelity.replay', { id }, options),
    );
    this.#playing = work;
    await work.run();
    this.#playing = null;
    this.failure = work.failure;
    if (work.answer !== null) this.report = work.answer;
  }

  cancel(): void {
    (this.#playing ?? this.#reading)?.cancel();
  }

  /** Back to choosing. */
  forget(): void {
    this.#begin();
    this.recording = null;
    this.report = null;
  }

  /** Never rejects. */
  async save(what: 'recording' | 'report', target: string): Promise<void> {
    const id = this.recording?.id;
    if (id === undefined) return;
    await this.#try(async () => {
      const { name } = await this.#door('fidelity.save', { id, target, what, language: words.speaker.language });
      this.said = say('fidelity.saved', { name });
    });
  }

  /** Sets the practice org's switches as the recording has them; the others stay. Never rejects. */
  async turn(switches: readonly SwitchValue[]): Promise<void> {
    await this.#try(async () => {
      const turned = readSwitches(Object.fromEntries(switches.map(({ option, value }) => [option, value])));
      const { options } = await this.#door('practice.get', {});
      await this.#door('practice.configure', { options: { switches: { ...options.switches, ...turned } } });
      this.said = say('fidelity.turned', { switches: sayMessage(switchesInWords(switches)) });
    });
  }

  async #try(step: () => Promise<void>): Promise<void> {
    this.#begin();
    try {
      await step();
    } catch (error) {
      this.failure = error;
    }
  }
}
