/**
 * The handbook's Markdown as data, made when Laurel is built: the window then needs no reader of Markdown, and draws
 * nothing but what is known here. Whatever else a page holds (markup, an address outside, a picture elsewhere) ends the
 * build with the page's name.
 */
import path from 'node:path';
import { marked } from 'marked';

/** @import { Block, Inline, Page, PageName } from '../../renderer/handbook/page' */
/** @import { Token, Tokens } from 'marked' */

/**
 * A heading's anchor, as repository viewers make it.
 * @param {string} text
 */
export function anchorOf(text) {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}

/** A line may be broken anywhere between words. @param {string} text */
function unbroken(text) {
  return text.replaceAll('\n', ' ');
}

/** Reads one page. */
class PageReader {
  /** @param {PageName} name */
  constructor(name) {
    this.name = name;
    /** @type {Set<string>} */
    this.anchors = new Set();
  }

  /**
   * @param {string} what
   * @returns {never}
   */
  refuse(what) {
    throw new Error(`The handbook's page ${this.name}: ${what}`);
  }

  /**
   * @param {string} markdown
   * @returns {Page}
   */
  read(markdown) {
    const [title, ...rest] = marked.lexer(markdown);
    if (title?.type !== 'heading' || title.depth !== 1) {
      return this.refuse('it has to begin with its title, # …');
    }
    return { name: this.name, title: unbroken(title.text), blocks: this.blocks(rest) };
  }

  /**
   * @param {Token[]} tokens
   * @returns {Block[]}
   */
  blocks(tokens) {
    return tokens.flatMap((token) => (token.type === 'space' ? [] : [this.block(token)]));
  }

  /**
   * @param {Token} token
   * @returns {Block}
   */
  block(token) {
    switch (token.type) {
      case 'heading':
        return this.heading(/** @type {Tokens.Heading} */ (token));
      case 'paragraph':
      case 'text':
        return this.paragraph(/** @type {Tokens.Paragraph} */ (token));
      case 'blockquote': {
        const [only, ...more] = token.tokens ?? [];
        if (only?.type !== 'paragraph' || more.length > 0) {
          return this.refuse('a note is one paragraph');
        }
        return { kind: 'note', parts: this.line(only.tokens) };
      }
      case 'list': {
        const { ordered, items } = /** @type {Tokens.List} */ (token);
        return { kind: 'list', ordered, items: items.map((item) => this.blocks(item.tokens)) };
      }
      case 'table': {
        const { header, rows } = /** @type {Tokens.Table} */ (token);
        return {
          kind: 'table',
          head: header.map((cell) => this.line(cell.tokens)),
          rows: rows.map((row) => row.map((cell) => this.line(cell.tokens))),
        };
      }
      case 'code':
        return { kind: 'code', text: /** @type {Tokens.Code} */ (token).text };
      default:
        return this.refuse(`it may not hold ${token.type}: ${token.raw}`);
    }
  }

  /**
   * @param {Tokens.Heading} heading
   * @returns {Block}
   */
  heading({ depth, text: raw }) {
    if (depth !== 2 && depth !== 3) {
      return this.refuse(`a heading below the title has two or three signs: ${raw}`);
    }
    const text = unbroken(raw);
    const anchor = anchorOf(text);
    if (this.anchors.has(anchor)) {
      return this.refuse(`two headings are called “${text}”`);
    }
    this.anchors.add(anchor);
    return { kind: 'heading', level: depth, text, anchor };
  }

  /**
   * @param {Tokens.Paragraph} paragraph
   * @returns {Block}
   */
  paragraph({ tokens }) {
    const [only, ...more] = tokens ?? [];
    if (only?.type !== 'image') {
      return { kind: 'paragraph', parts: this.line(tokens) };
    }
    const place = /^\.\.\/pictures\/(?:en|de)\/([a-z0-9-]+\.(?:png|svg))$/.exec(only.href);
    if (more.length > 0 || place?.[1] === undefined) {
      return this.refuse(`a picture stands alone and lies in ../pictures: ${only.raw}`);
    }
    return { kind: 'picture', file: place[1], words: unbroken(only.text) };
  }

  /**
   * @param {Token[] | undefined} tokens
   * @returns {Inline[]}
   */
  line(tokens = []) {
    return tokens.map((token) => this.inline(token));
  }

  /**
   * @param {Token} token
   * @returns {Inline}
   */
  inline(token) {
    switch (token.type) {
      case 'text':
      case 'escape':
        return { kind: 'text', text: unbroken(token.text) };
      case 'strong':
        return { kind: 'name', text: unbroken(token.text) };
      case 'em':
        return { kind: 'emphasis', text: unbroken(token.text) };
      case 'codespan':
        return { kind: 'code', text: token.text };
      case 'link': {
        const place = /^(?:([a-z-]+)\.md)?(?:#(.+))?$/.exec(token.href);
        if (place === null || token.href === '') {
          return this.refuse(`a link leads to a page of the handbook: ${token.raw}`);
        }
        const page = /** @type {PageName} */ (place[1] ?? this.name);
        return { kind: 'link', text: unbroken(token.text), page, anchor: decodeURIComponent(place[2] ?? '') || null };
      }
      default:
        return this.refuse(`a line may not hold ${token.type}: ${token.raw}`);
    }
  }
}

/**
 * @param {string} name of the file, without its ending
 * @param {string} markdown
 * @returns {Page}
 * @throws {Error} that names what the page may not hold
 */
export function readPage(name, markdown) {
  return new PageReader(/** @type {PageName} */ (name)).read(markdown);
}

/**
 * Lets the page's sources import pages of the handbook.
 * @returns {import('vite').Plugin}
 */
export function handbookPages() {
  return {
    name: 'laurel-handbook',
    transform: {
      filter: { id: /\/docs\/handbook\/(en|de)\/[a-z-]+\.md$/ },
      handler(markdown, id) {
        const page = readPage(path.basename(id, '.md'), markdown);
        return { code: `export default ${JSON.stringify(page)}`, map: null, moduleType: 'js' };
      },
    },
  };
}
