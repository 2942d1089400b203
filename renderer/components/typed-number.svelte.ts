import { locale } from '../lib/locale.svelte';
import { editableText, groupedText, readNumberText, type NumberKind, type NumberReading } from '../lib/number-text';
import { say } from '../lib/say.svelte';
import type { FieldNote } from './field-note';
import { isShortcut } from './keys';
import { noteUnread } from './unread-texts.svelte';

export interface TypedNumberSource {
  label: () => string;
  /** What holds now, in the unit of the text; a text is something stored that is no number. */
  value: () => number | string | null;
  onchange: (value: number | null) => void;
  kind: () => Omit<NumberKind, 'locale'>;
  /** More that a number must be; answers what is wrong with it. */
  refuse?: (value: number | null) => FieldNote | null;
  /** The digits are a name, as of a port: they stand without groups. */
  ungrouped?: () => boolean;
}

/**
 * The text of a number field. It stays as it was typed while the field has the focus, and for as long as it says no
 * number; until then the last number holds, and the note says so. Nothing is dropped from a text to make it a number.
 */
export class TypedNumber {
  #draft = $state<string | null>(null);
  #focused = $state(false);
  /** What held when the text was last typed, and when the field was entered. */
  #heldAtTyping: number | string | null = null;
  #heldAtFocus: number | string | null = null;
  #composing = false;
  readonly #source: TypedNumberSource;

  constructor(source: TypedNumberSource) {
    this.#source = source;
    noteUnread(() =>
      this.note === null || this.typed === null ? null : { label: this.#source.label(), text: this.typed },
    );
  }

  /** The typed text, unless what holds was changed from elsewhere since: by undo, or by another badge in the form. */
  get typed(): string | null {
    const draft = this.#draft;
    if (draft === null) return null;
    const value = this.#source.value();
    if (value === this.#heldAtTyping) return draft;
    const reading = this.#read(draft);
    return reading.ok && reading.value === value ? draft : null;
  }

  get text(): string {
    return this.typed ?? this.#stored(this.#focused);
  }

  /** What is wrong with the typed text; null: it was taken over, or nothing was typed. */
  get note(): FieldNote | null {
    const { typed } = this;
    if (typed === null) return null;
    const reading = this.#read(typed);
    if (!reading.ok) return { code: null, message: reading.reason, advice: `${reading.advice} ${this.#holds()}` };
    const refused = this.#source.refuse?.(reading.value) ?? null;
    return refused === null ? null : { ...refused, advice: [refused.advice, this.#holds()].filter(Boolean).join(' ') };
  }

  input(event: Event & { currentTarget: HTMLInputElement }): void {
    if (this.typed === null) this.#heldAtFocus = this.#source.value();
    this.#draft = event.currentTarget.value;
    this.#heldAtTyping = this.#source.value();
    // A text that an input method is still composing is not yet what the person means.
    if (!this.#composing && !(event instanceof InputEvent && event.isComposing)) this.#tell();
  }

  readonly composition = (event: CompositionEvent): void => {
    this.#composing = event.type === 'compositionstart';
    if (!this.#composing) this.#tell();
  };

  /** Entering the field takes the groups out of its text; what was selected stays selected. */
  focus(event: FocusEvent & { currentTarget: HTMLInputElement }): void {
    const input = event.currentTarget;
    if (this.#focused) return;
    this.#focused = true;
    this.#heldAtFocus = this.#source.value();
    const before = input.value;
    const next = this.text;
    if (next === before) return;
    const { selectionStart, selectionEnd } = input;
    input.value = next;
    const place = (at: number | null): number => placeAfterDigits(next, digitsIn(before.slice(0, at ?? 0)));
    if (selectionStart === 0 && selectionEnd === before.length) input.select();
    else input.setSelectionRange(place(selectionStart), place(selectionEnd));
  }

  blur(event: FocusEvent & { currentTarget: HTMLInputElement }): void {
    const input = event.currentTarget;
    // A field that is taken away loses its focus in the middle of an update, and a window that loses its own gives it
    // back to the same place later: then nothing is left.
    queueMicrotask(() => {
      if (document.activeElement === input || !input.isConnected) return;
      this.#focused = false;
      if (this.note === null) this.#draft = null;
    });
  }

  key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter' && this.note === null) this.#heldAtFocus = this.#source.value();
    if (event.key === 'Escape') this.#revert(event);
    // A text that was not taken over is the last thing done: undo begins with it.
    if (this.note !== null && isShortcut(event, 'Mod+Z')) {
      this.#draft = null;
      event.preventDefault();
      event.stopPropagation();
    }
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') event.preventDefault();
  }

  /** Another number than the typed one: by the arrows. A text that says no number is not stepped away. */
  step(by: number, min: number, max: number): void {
    if (this.note !== null) return;
    const value = this.#source.value();
    if (typeof value === 'string') return;
    this.#draft = null;
    this.#source.onchange(Math.min(max, Math.max(min, (value ?? 0) + by)));
  }

  /** Escape takes back what was typed since the field was entered, once; where there is nothing it leaves. */
  #revert(event: KeyboardEvent): void {
    if (this.#draft === null) return;
    const unread = this.note !== null;
    const held = this.#heldAtFocus;
    this.#draft = null;
    event.stopPropagation();
    if (!unread && typeof held !== 'string' && held !== this.#source.value()) this.#source.onchange(held);
  }

  #tell(): void {
    const { typed } = this;
    if (typed === null) return;
    const reading = this.#read(typed);
    // On the way to a text that is no number stood one that nobody meant: the 2 of 2.5 gives way to what held before.
    const next = reading.ok && this.note === null ? reading.value : this.#heldAtFocus;
    if (typeof next === 'string' || next === this.#source.value()) return;
    // The page may be drawn again before the call is back.
    this.#heldAtTyping = next;
    this.#source.onchange(next);
    this.#heldAtTyping = this.#source.value();
  }

  #read(text: string): NumberReading {
    return readNumberText(text, { ...this.#source.kind(), locale: locale.tag });
  }

  #stored(editing: boolean): string {
    const value = this.#source.value();
    if (value === null) return '';
    if (typeof value === 'string') return value;
    return editing || this.#source.ungrouped?.() === true
      ? editableText(value, locale.tag)
      : groupedText(value, locale.tag);
  }

  #holds(): string {
    const held = this.#stored(false);
    return held === '' ? say('components.countsAsEmpty') : say('components.heldUntilThen', { value: held });
  }
}

const digitsIn = (text: string): number => text.replaceAll(/\D/g, '').length;

function placeAfterDigits(text: string, count: number): number {
  let seen = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (seen === count) return at;
    if (/\d/.test(text[at] ?? '')) seen += 1;
  }
  return text.length;
}
