/** A page of the handbook as data: made of its Markdown when Laurel is built (`scripts/build/handbook-pages.mjs`). */

/** The pages in their order. Each is a file of `docs/handbook/en` and `docs/handbook/de`. */
export const PAGE_NAMES = [
  'first-badge',
  'art',
  'limits',
  'issue',
  'simulate',
  'read-an-answer',
  'connect',
  'pull',
  'push',
  'live-job',
  'audit',
  'files-and-git',
  'command-line',
  'settings',
  'troubleshooting',
] as const;
export type PageName = (typeof PAGE_NAMES)[number];

/** What stands in a line. A name is what a control of the window is called. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'name'; text: string }
  | { kind: 'emphasis'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'link'; text: string; page: PageName; anchor: string | null };

export type Block =
  | { kind: 'heading'; level: 2 | 3; text: string; anchor: string }
  | { kind: 'paragraph'; parts: readonly Inline[] }
  | { kind: 'note'; parts: readonly Inline[] }
  | { kind: 'list'; ordered: boolean; items: readonly (readonly Block[])[] }
  | { kind: 'table'; head: readonly (readonly Inline[])[]; rows: readonly (readonly (readonly Inline[])[])[] }
  | { kind: 'code'; text: string }
  | { kind: 'picture'; file: string; words: string };

export interface Page {
  name: PageName;
  title: string;
  blocks: readonly Block[];
}
