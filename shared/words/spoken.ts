import { en } from './en';
import type { Catalogue, Language } from './message';
import { speaker, type Speaker } from './speaker';

/** Other languages than English are loaded when they are first spoken: before, nobody waits for them. */
const LOADERS: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./de')).de,
};

/** The texts of a language. */
export const catalogueOf = (language: Language): Promise<Catalogue> => LOADERS[language]();

/** Who speaks a language, with its numbers. */
export async function speakerOf(language: Language): Promise<Speaker> {
  return speaker(language, await catalogueOf(language), language);
}
