const KEY = 'laurel.locale';

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

/** The locale by which numbers and dates are written and read: the system's, unless another is chosen and remembered. */
class LocaleChoice {
  readonly system = new Intl.NumberFormat().resolvedOptions().locale;
  #chosen = $state<string | null>(remembered());

  /** Null: as the system. */
  get chosen(): string | null {
    return this.#chosen;
  }

  /** A BCP 47 tag, for Intl. */
  get tag(): string {
    return this.#chosen ?? this.system;
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

export const locale = new LocaleChoice();
