import type { Language } from '../../shared/words/message';
import { words } from '../lib/say.svelte';
import { sectionsOf, type Content, type Section } from './content';
import { PAGE_NAMES, type Page, type PageName } from './page';

/** The pages come when the handbook is first opened or searched, in the language of the window. */
const LOADERS: Readonly<Record<Language, () => Promise<{ content: Content }>>> = {
  en: () => import('./pages-en'),
  de: () => import('./pages-de'),
};

export interface Place {
  page: PageName;
  anchor: string | null;
}

/** The handbook beside the screens: whether it is open, and where. */
export class Handbook {
  isOpen = $state(false);
  /** Null: the list of pages. */
  place = $state.raw<Place | null>(null);
  search = $state('');
  failure = $state.raw<unknown>(null);
  #content = $state.raw<{ language: Language; content: Content } | null>(null);
  #before = $state.raw<readonly (Place | null)[]>([]);
  #offered = $state.raw<readonly { page: PageName }[]>([]);
  #opener: Element | null = null;

  /** What F1 opens: the page of the part of the screen that came last. Null where nothing offers one. */
  readonly topic = $derived(this.#offered.at(-1)?.page ?? null);

  readonly pages: readonly Page[] = $derived.by(() => {
    const pages = this.#content?.content.pages ?? [];
    return PAGE_NAMES.flatMap((name) => pages.filter((page) => page.name === name));
  });

  /** Every heading of every page, once the pages are here. */
  readonly sections: readonly Section[] = $derived(sectionsOf(this.pages));

  readonly page: Page | null = $derived(this.pages.find(({ name }) => name === this.place?.page) ?? null);

  readonly canGoBack = $derived(this.#before.length > 0);

  /** Fetches the pages in the language of the window; again after a failure, and not twice after a success. */
  async load(): Promise<void> {
    const { language } = words.speaker;
    if (this.#content?.language === language) return;
    try {
      const { content } = await LOADERS[language]();
      if (words.speaker.language === language) this.#content = { language, content };
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
  }

  /** Opens the handbook at a page, or at the list of pages. */
  show(page: PageName | null, anchor: string | null = null): void {
    if (!this.isOpen) {
      this.#opener = document.activeElement;
      this.#before = [];
      this.isOpen = true;
    } else if (this.place?.page !== page || this.place?.anchor !== anchor) {
      this.#before = [...this.#before, this.place];
    }
    this.search = '';
    this.place = page === null ? null : { page, anchor };
  }

  back(): void {
    const last = this.#before.at(-1);
    if (last === undefined) return;
    this.#before = this.#before.slice(0, -1);
    this.search = '';
    this.place = last;
  }

  /** Closes it and gives the focus back to where it was. */
  close(): void {
    this.isOpen = false;
    const opener = this.#opener;
    this.#opener = null;
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  }

  /** Says that a part of the screen has this page, until the answer is called. */
  offer(page: PageName): () => void {
    const entry = { page };
    this.#offered = [...this.#offered, entry];
    return () => {
      this.#offered = this.#offered.filter((known) => known !== entry);
    };
  }

  /** Address of a picture of the pages that are shown. */
  pictureOf(file: string): string | undefined {
    return Object.entries(this.#content?.content.pictures ?? {}).find(([path]) => path.endsWith(`/${file}`))?.[1];
  }
}

export const handbook = new Handbook();
