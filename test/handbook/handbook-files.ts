/** The handbook as it lies in the repository. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Block, Inline, Page } from '../../renderer/handbook/page';
import { readPage } from '../../scripts/build/handbook-pages.mjs';

export const FOLDER = path.resolve('docs', 'handbook');
export const HANDBOOK_LANGUAGES = ['en', 'de'] as const;
export type HandbookLanguage = (typeof HANDBOOK_LANGUAGES)[number];

/** The names of the files of a folder of the handbook. */
export function filesIn(...folders: string[]): string[] {
  return readdirSync(path.join(FOLDER, ...folders)).sort();
}

/** Every page of a language, read as the build reads it. */
export function pagesOf(language: HandbookLanguage): Page[] {
  return filesIn(language).map((file) =>
    readPage(path.basename(file, '.md'), readFileSync(path.join(FOLDER, language, file), 'utf8')),
  );
}

/** A page's blocks, those inside lists, too. */
export function blocksOf(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) =>
    block.kind === 'list' ? [block, ...block.items.flatMap((item) => blocksOf(item))] : [block],
  );
}

/** Everything that stands in a line of a page. */
export function inlinesOf(page: Page): Inline[] {
  return blocksOf(page.blocks).flatMap((block) => {
    if (block.kind === 'paragraph' || block.kind === 'note') return [...block.parts];
    return block.kind === 'table' ? [block.head, ...block.rows].flat(2) : [];
  });
}
