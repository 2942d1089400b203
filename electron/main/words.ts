import { en } from '../../shared/words/en';
import type { Catalogue, Language } from '../../shared/words/message';
import { speaker, type Speaker } from '../../shared/words/speaker';

/** Other languages than English are loaded when the window first speaks them: before, nobody waits for them. */
const LOADERS: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('../../shared/words/de')).de,
};

/** The words of the menu and of the system's dialogs: in the language that the page last told. */
export class MainWords {
  #speaker = speaker('en', en, 'en-US');
  #wanted: Language = 'en';

  readonly say: Speaker['say'] = (key, ...values) => this.#speaker.say(key, ...values);
  readonly sayMessage: Speaker['sayMessage'] = (words) => this.#speaker.sayMessage(words);

  get language(): Language {
    return this.#wanted;
  }

  /** Speaks another language once its words are there. @returns whether the language is another now */
  async follow(language: Language): Promise<boolean> {
    this.#wanted = language;
    if (this.#speaker.language === language) return false;
    const texts = await LOADERS[language]();
    if (this.#wanted !== language) return false;
    this.#speaker = speaker(language, texts, language);
    return true;
  }
}
