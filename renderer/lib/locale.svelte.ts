import { languageOf, LANGUAGES, type Language } from '../../shared/words/message';
import { firstWords } from './first-words';

const KEY = 'laurel.locale';
const LANGUAGE_KEY = 'laurel.language';

/** Offered in the settings beside what the system says; each writes numbers or dates in a way of its own. */
export const LOCALES: readonly string[] = [
  'en-US',
  'en-GB',
  'en-AU',
  'en-CA',
  'en-IN',
  'en-ZA',
  'ar-AE',
  'cs-CZ',
  'da-DK',
  'de-DE',
  'de-AT',
  'de-CH',
  'el-GR',
  'es-ES',
  'es-MX',
  'fi-FI',
  'fr-FR',
  'fr-CA',
  'hi-IN',
  'hu-HU',
  'id-ID',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nb-NO',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'pt-PT',
  'ro-RO',
  'sv-SE',
  'th-TH',
  'tr-TR',
  'vi-VN',
  'zh-CN',
];

/** What numbers and dates are written like where the system's locale belongs to another language than the words. */
const HOME: Readonly<Record<Exclude<Language, 'en'>, string>> = { de: 'de-DE' };

/** The locale by which numbers and dates are written and read: the system's, unless another is chosen and remembered. */
class LocaleChoice {
  readonly system = new Intl.NumberFormat().resolvedOptions().locale;
  #chosen = $state<string | null>(remembered());
  #language = $state<Language | null>(rememberedLanguage());

  /** Takes what is remembered now: another window of the same person may have chosen. */
  readAgain(): void {
    this.#chosen = remembered();
    this.#language = rememberedLanguage();
  }

  /** Null: as the system. */
  get chosen(): string | null {
    return this.#chosen;
  }

  /** A BCP 47 tag, for Intl. */
  get tag(): string {
    if (this.#chosen !== null) return this.#chosen;
    const { language } = this;
    return language === 'en' || languageOf(this.system) === language ? this.system : HOME[language];
  }

  /** Null: as the system. */
  get chosenLanguage(): Language | null {
    return this.#language;
  }

  /** The language of the words: the chosen one, else the system's where Laurel speaks it, else English. */
  get language(): Language {
    return this.#language ?? this.systemLanguage;
  }

  get systemLanguage(): Language {
    return languageOf(navigator.language) ?? 'en';
  }

  chooseLanguage(language: Language | null): void {
    this.#language = language;
    if (language === null) localStorage.removeItem(LANGUAGE_KEY);
    else localStorage.setItem(LANGUAGE_KEY, language);
  }

  choose(tag: string | null): void {
    this.#chosen = tag;
    if (tag === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, tag);
  }
}

function remembered(): string | null {
  const stored = localStorage.getItem(KEY);
  return LOCALES.find((known) => known === stored) ?? null;
}

function rememberedLanguage(): Language | null {
  const stored = localStorage.getItem(LANGUAGE_KEY);
  return LANGUAGES.find((known) => known === stored) ?? firstWords.language;
}

export const locale = new LocaleChoice();
