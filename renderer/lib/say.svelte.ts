import type { NativeApi } from '../../shared/ipc/native';
import { en } from '../../shared/words/en';
import { IN_WINDOW } from '../../shared/words/in-window';
import type { Catalogue, Language, Message, MessageKey, Values } from '../../shared/words/message';
import { speaker, type Piece, type Speaker } from '../../shared/words/speaker';
import { catalogueOf } from '../../shared/words/spoken';
import { locale } from './locale.svelte';

/** The words of the page. What is read while a component is drawn is drawn anew when the language changes. */
class Words {
  #catalogue = $state.raw<{ language: Language; texts: Catalogue }>({ language: 'en', texts: en });
  readonly #speaker: Speaker = $derived(
    speaker(this.#catalogue.language, this.#catalogue.texts, locale.tag, { instead: IN_WINDOW }),
  );

  get speaker(): Speaker {
    return this.#speaker;
  }

  /** Speaks the language of the locale from now on. Until its words are there, the language before stays. */
  async follow(): Promise<void> {
    const { language } = locale;
    const texts = language === 'en' ? en : await catalogueOf(language);
    if (locale.language !== language) return;
    this.#catalogue = { language, texts };
    // Screen readers choose their voice by it, and the browser where words are hyphenated.
    document.documentElement.lang = language;
    // A component shown alone, as in the tests of the page, has no window with a menu.
    (window as { laurel?: NativeApi }).laurel?.setLanguage(language);
  }
}

export const words = new Words();

/** The text of a key in the language of the window. */
export function say<K extends MessageKey>(key: K, ...values: Values<K>): string {
  return words.speaker.say(key, ...values);
}

/** The text of a key in pieces, for `RichText`. */
export function sayRich<K extends MessageKey>(key: K, ...values: Values<K>): readonly Piece[] {
  return words.speaker.sayRich(key, ...values);
}

/** The text of a message that the backend made. */
export function sayMessage(message: Message): string {
  return words.speaker.sayMessage(message);
}

/** A label inside a sentence: English writes it small there, German as it is. */
export function inSentence(label: string): string {
  return words.speaker.language === 'en' ? label.toLowerCase() : label;
}

/** A text that is kept in English, in the language of the window; one that no message gives stays as it was kept. */
export function keptText(text: string, read: (text: string) => Message | null): string {
  if (words.speaker.language === 'en') return text;
  const message = read(text);
  return message === null ? text : sayMessage(message);
}
