import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../electron/cli/commands';
import { PAGE_TITLES } from '../../renderer/handbook/handbook-titles';
import { PAGE_NAMES, type Page } from '../../renderer/handbook/page';
import { anchorOf, readPage } from '../../scripts/build/handbook-pages.mjs';
import { de } from '../../shared/words/de';
import { en } from '../../shared/words/en';
import { MESSAGES } from '../../shared/domain/codes';
import { blocksOf, filesIn, FOLDER, HANDBOOK_LANGUAGES, inlinesOf, pagesOf } from './handbook-files';
import { limitDrawings } from './draw-limits';
import { namesOf } from './names';

const WORDS = { en, de };
const MOST_BYTES = 60_000;
const MOST_PICTURES = 15;

const anchorsOf = (page: Page): string[] =>
  page.blocks.flatMap((block) => (block.kind === 'heading' ? [block.anchor] : []));
/** What a page is made of, without its words. */
const shapeOf = ({ blocks }: Page): string[] =>
  blocks.map((block) => {
    if (block.kind === 'heading') return `heading ${String(block.level)}`;
    if (block.kind === 'list') return `${block.ordered ? 'steps' : 'list'} of ${String(block.items.length)}`;
    if (block.kind === 'table') return `table of ${String(block.rows.length)}`;
    return block.kind === 'picture' ? `picture ${block.file}` : block.kind;
  });

describe.each(HANDBOOK_LANGUAGES)('the handbook in %s', (language) => {
  const pages = pagesOf(language);

  test('has the pages that the window knows, each called as its title', () => {
    expect(pages.map(({ name }) => name).sort()).toEqual([...PAGE_NAMES].sort());
    for (const { name, title } of pages) {
      const key = PAGE_TITLES[name].slice('handbook.'.length) as keyof typeof en.handbook;
      expect(title).toBe(WORDS[language].handbook[key]);
    }
  });

  test('links lead to pages and headings that are there', () => {
    const anchors = new Map(pages.map((page) => [page.name, anchorsOf(page)]));
    const isThere = (to: string, anchor: string | null): boolean =>
      anchors.has(to as Page['name']) && (anchor === null || anchors.get(to as Page['name'])!.includes(anchor));
    const broken = pages.flatMap((page) =>
      inlinesOf(page)
        .filter((part) => part.kind === 'link')
        .filter((link) => !isThere(link.page, link.anchor))
        .map(({ page: to, anchor }) => `${page.name}: ${to}#${anchor ?? ''}`),
    );
    expect(broken).toEqual([]);
  });

  test('what is bold is a name of the window, as the window writes it', () => {
    const isName = namesOf(WORDS[language]);
    const unknown = pages.flatMap((page) =>
      inlinesOf(page)
        .filter((part) => part.kind === 'name' && !isName(part.text))
        .map(({ text }) => `${page.name}: ${text}`),
    );
    expect(unknown).toEqual([]);
  });

  test('every picture that is shown is there, small, and with words; and none is there that is not shown', () => {
    const shown = pages.flatMap(({ blocks }) => blocksOf(blocks).filter((block) => block.kind === 'picture'));
    expect(shown.map(({ file }) => file).sort()).toEqual(filesIn('pictures', language));
    expect(shown.filter(({ words }) => words.length < 10)).toEqual([]);
    expect(shown.length).toBeLessThanOrEqual(MOST_PICTURES);
    const large = shown.filter(({ file }) => statSync(path.join(FOLDER, 'pictures', language, file)).size > MOST_BYTES);
    expect(large.map(({ file }) => file)).toEqual([]);
  });

  test('pictures are of the page’s own language', () => {
    for (const file of filesIn(language)) {
      const other = language === 'en' ? 'de' : 'en';
      expect(readFileSync(path.join(FOLDER, language, file), 'utf8')).not.toContain(`pictures/${other}/`);
    }
  });

  test('commands of the command line that are named are there', () => {
    const known = new Set(COMMANDS.map(({ name }) => name));
    const codes = pages.flatMap((page) => [
      ...blocksOf(page.blocks).flatMap((block) => (block.kind === 'code' ? block.text.split('\n') : [])),
      ...inlinesOf(page).flatMap((part) => (part.kind === 'code' ? [part.text] : [])),
    ]);
    const named = codes.flatMap((code) => /^laurel ([a-z]+)/.exec(code)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  test('codes that are named are there', () => {
    const text = pages.map((page) => JSON.stringify(page.blocks)).join(' ');
    const named = [...text.matchAll(/(?<![\d.,#-])(?:8\d\d|7[0-5]\d|10[2-5]\d|9900\d\d)(?![\d.,]\d|\d)/g)].map(
      ([code]) => Number(code),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((code) => !(code in MESSAGES))).toEqual([]);
  });
});

test('both languages have the same headings, steps, tables and pictures on every page', () => {
  const german = pagesOf('de');
  for (const page of pagesOf('en')) {
    const other = german.find(({ name }) => name === page.name);
    expect(other && shapeOf(other), page.name).toEqual(shapeOf(page));
  }
});

test('the list for repository viewers has every page of both languages, in their order', () => {
  const list = readFileSync(path.join(FOLDER, 'README.md'), 'utf8');
  const links = [...list.matchAll(/\[([^\]]+)\]\((en|de)\/([a-z-]+)\.md\)/g)].map(([, said, language, name]) => ({
    said,
    language,
    name,
  }));
  const titles = { en: pagesOf('en'), de: pagesOf('de') };
  const wanted = PAGE_NAMES.flatMap((name) =>
    HANDBOOK_LANGUAGES.map((language) => ({
      said: titles[language].find((page) => page.name === name)?.title,
      language,
      name,
    })),
  );
  expect(links).toEqual(wanted);
});

describe('a page', () => {
  test('is read as data', () => {
    expect(
      readPage('limits', '# Limits\n\n## In all\n\nPress **Add a limit**,\nsee [push](push.md#a-b) and `x < y`.'),
    ).toEqual({
      name: 'limits',
      title: 'Limits',
      blocks: [
        { kind: 'heading', level: 2, text: 'In all', anchor: 'in-all' },
        {
          kind: 'paragraph',
          parts: [
            { kind: 'text', text: 'Press ' },
            { kind: 'name', text: 'Add a limit' },
            { kind: 'text', text: ', see ' },
            { kind: 'link', text: 'push', page: 'push', anchor: 'a-b' },
            { kind: 'text', text: ' and ' },
            { kind: 'code', text: 'x < y' },
            { kind: 'text', text: '.' },
          ],
        },
      ],
    });
  });

  test.each([
    ['markup', '# A\n\n<script>alert(1)</script>'],
    ['markup in a line', '# A\n\nOne <b>word</b>.'],
    ['an address outside', '# A\n\n[there](https://example.com)'],
    ['an address that is typed bare', '# A\n\nSee https://example.com now.'],
    ['a picture elsewhere', '# A\n\n![far away](https://example.com/a.png)'],
    ['a picture in a line', '# A\n\nLook ![here](../pictures/en/a.png) now.'],
    ['two headings of one name', '# A\n\n## B\n\n## B'],
    ['no title', 'Only text.'],
  ])('with %s is refused', (_what, markdown) => {
    expect(() => readPage('limits', markdown)).toThrow('The handbook’s page limits'.replace('’', "'"));
  });

  test('anchors are those of repository viewers', () => {
    expect(anchorOf('What is kept, and what is not')).toBe('what-is-kept-and-what-is-not');
    expect(anchorOf('Für große Läufe: 2 Wege')).toBe('für-große-läufe-2-wege');
  });
});

describe('the drawings of limits', () => {
  test.each(HANDBOOK_LANGUAGES)('in %s are as the rules judge the tries today', (language) => {
    for (const [file, drawing] of limitDrawings(language)) {
      const drawn = readFileSync(path.join(FOLDER, 'pictures', language, file), 'utf8');
      expect(drawn === drawing, `${file} is out of date: npm run handbook`).toBe(true);
    }
  });
});

test('a name that no control has is told from one that has', () => {
  const isName = namesOf(en);
  for (const name of ['Badges', 'File › Open Recent', 'Pull from Acme UAT', 'Take Acme UAT’s']) {
    expect(isName(name), name).toBe(true);
  }
  for (const name of ['Badgets', 'Print a PDF', 'File › Take back', 'pull from Acme UAT', 'Important']) {
    expect(isName(name), name).toBe(false);
  }
});
