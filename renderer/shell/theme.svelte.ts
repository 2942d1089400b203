import { firstWords } from '../lib/first-words';

export type Theme = 'light' | 'dark' | 'system';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

const KEY = 'laurel.theme';

/** Light, dark, or as the system is. Remembered, and told to the window's frame. */
class ThemeChoice {
  #value = $state<Theme>(THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? firstWords.theme);

  get value(): Theme {
    return this.#value;
  }

  choose(theme: Theme): void {
    this.#value = theme;
    localStorage.setItem(KEY, theme);
    this.apply();
  }

  apply(): void {
    if (this.#value === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.#value;
    window.laurel.setTheme(this.#value);
  }
}

export const theme = new ThemeChoice();
