import type { Block, Inline, Page, PageName } from './page';

/** The handbook in one language. */
export interface Content {
  pages: readonly Page[];
  /** Addresses of the pictures by the path of their file. */
  pictures: Readonly<Record<string, string>>;
}

/** A heading with what stands below it, up to the next. */
export interface Section {
  page: PageName;
  /** Title of the page. */
  title: string;
  /** Null for what stands before the first heading. */
  heading: string | null;
  anchor: string | null;
  text: string;
}

export interface Found extends Section {
  /** What stands around the first word that was found, in one line. */
  excerpt: string;
}

const AROUND = 60;

/** The pages cut at their headings, in the order of the pages. */
export function sectionsOf(pages: readonly Page[]): Section[] {
  return pages.flatMap(({ name, title, blocks }) => {
    const sections: Section[] = [{ page: name, title, heading: null, anchor: null, text: '' }];
    for (const block of blocks) {
      if (block.kind === 'heading')
        sections.push({ page: name, title, heading: block.text, anchor: block.anchor, text: '' });
      else sections.at(-1)!.text += `${textOf(block)} `;
    }
    return sections;
  });
}

/** Sections that hold every word of a search: those first whose heading or title holds one. */
export function searchSections(sections: readonly Section[], search: string): Found[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return sections
    .map((section) => {
      const name = `${section.title} ${section.heading ?? ''}`.toLowerCase();
      const text = section.text.toLowerCase();
      return {
        section,
        named: words.filter((word) => name.includes(word)).length,
        holds: words.every((word) => name.includes(word) || text.includes(word)),
      };
    })
    .filter(({ holds }) => holds)
    .sort((a, b) => b.named - a.named)
    .map(({ section }) => ({ ...section, excerpt: excerptOf(section.text, words) }));
}

function excerptOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  const place = places.length === 0 ? 0 : Math.min(...places);
  const from = place <= AROUND ? 0 : text.indexOf(' ', place - AROUND) + 1;
  const to = from + 2 * AROUND + 20;
  return `${from > 0 ? '… ' : ''}${text.slice(from, to).trim()}${to < text.length ? ' …' : ''}`;
}

const lineText = (parts: readonly Inline[]): string => parts.map(({ text }) => text).join('');

function textOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'note':
      return lineText(block.parts);
    case 'list':
      return block.items.map((item) => item.map(textOf).join(' ')).join(' ');
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(lineText).join(' ')).join(' ');
    case 'code':
    case 'heading':
      return block.text;
    case 'picture':
      return block.words;
  }
}
