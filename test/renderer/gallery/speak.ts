import { locale } from '../../../renderer/lib/locale.svelte';
import { words } from '../../../renderer/lib/say.svelte';
import type { Language } from '../../../shared/words/message';

/** Has all components speak a language; settles when its words are there. */
export async function speak(language: Language): Promise<void> {
  locale.chooseLanguage(language);
  await words.follow();
}
