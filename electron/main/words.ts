import { en } from '../../shared/words/en';
import type { Language } from '../../shared/words/message';
import { speaker, type Speaker } from '../../shared/words/speaker';
import { speakerOf } from '../../shared/words/spoken';

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
    const spoken = await speakerOf(language);
    if (this.#wanted !== language) return false;
    this.#speaker = spoken;
    return true;
  }
}
