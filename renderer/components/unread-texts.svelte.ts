import { say } from '../lib/say.svelte';
import { getContext, onDestroy, setContext, untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';

const KEY = Symbol('unread texts');

/** What stands typed in a field and is not taken over, because it says no value or more than one. */
export interface UnreadText {
  label: string;
  text: string;
}

/** The fields of a screen whose text is not what is saved or run. */
export class UnreadTexts {
  readonly #fields = new SvelteMap<symbol, UnreadText>();

  get all(): readonly UnreadText[] {
    return [...this.#fields.values()];
  }

  /** `Start, At most`; empty where every text was read. */
  get labels(): string {
    return this.all.map(({ label }) => label).join(', ');
  }

  /** What keeps a run, a job or a save from going on with values that are not those in the fields; null: nothing. */
  get reason(): string | null {
    const { all } = this;
    if (all.length === 0) return null;
    return say('components.unreadTexts', { fields: this.labels, count: all.length });
  }

  note(field: symbol, unread: UnreadText | null): void {
    if (unread === null) this.#fields.delete(field);
    else this.#fields.set(field, unread);
  }
}

/**
 * Collects what the fields below this component could not read. Call while the component is being created.
 *
 * @param into the collection of a form that outlasts the component; a new one where none is given
 */
export function provideUnreadTexts(into = new UnreadTexts()): UnreadTexts {
  return setContext(KEY, into);
}

/** What the fields around this component could not read; null outside any collection. */
export function unreadTexts(): UnreadTexts | null {
  return getContext<UnreadTexts | undefined>(KEY) ?? null;
}

/** Tells the screen around a field what stands in it unread. Call while the field is being created. */
export function noteUnread(unread: () => UnreadText | null): void {
  const texts = unreadTexts();
  if (texts === null) return;
  const field = Symbol('field');
  $effect(() => {
    const now = unread();
    untrack(() => texts.note(field, now));
  });
  onDestroy(() => texts.note(field, null));
}
