/** Texts that people read and that stand in the page's sources instead of the catalogue. */
import { parse, type AST } from 'svelte/compiler';
import ts from 'typescript';

/** Attributes whose values are for the machine. */
const MACHINE_ATTRIBUTES =
  /^(class|id|for|form|type|style|d|viewBox|points|transform|fill|stroke|href|src|name|role|rel|target|method|lang|dir|data-.*|aria-(hidden|live|haspopup|controls|labelledby|describedby|current|expanded|sort|orientation|autocomplete|relevant|atomic|busy|modal|pressed|checked|selected|invalid|required|multiselectable|activedescendant|rowindex|colindex)|autocomplete|inputmode|spellcheck|tone|shape|kind|variant|size|side|align|weight|icon|autocapitalize|part|slot|preserveAspectRatio|text-anchor|dominant-baseline|stroke-.*|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|width|height|gradient.*|clip-path|marker-.*|tabindex|placement|edge|layout|density|language|mode|level|status|state|axis|as|tag|area|field|path|key|value|format)$/;

/** Two words in a row, or one that begins as a sentence or a label does. */
const READS_LIKE_TEXT = /\p{L}{2,}[,;:]? +\p{L}|^\P{L}*\p{Lu}\p{Ll}+[.:!?…]?$/u;

/** Names of the platform: keys, events, types of media, selectors, formats. */
const MACHINE_TEXT =
  /^(Enter|Escape|Tab|Space|Home|End|Delete|Backspace|Shift|Control|Meta|Alt|Mod\S*|Arrow\w+|Page(Up|Down)|[A-Z][A-Za-z]*Error|UTC|GMT|Etc\/.*|[A-Z][A-Za-z]+\/[A-Z][\w/]+|application\/.*|text\/.*|image\/.*|Blob|Map|Set|Date|Intl|Files|Content-Type|Authorization|Europe.*)$/;

interface Found {
  line: number;
  text: string;
}

function isForPeople(text: string): boolean {
  const trimmed = text.trim();
  return READS_LIKE_TEXT.test(trimmed) && !MACHINE_TEXT.test(trimmed);
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Whether a text is put into a message: that is read by people, while its key is not. */
const isInValues = (node: ts.Node, call: ts.Node): boolean => {
  for (let at = node; at !== call; at = at.parent) if (ts.isObjectLiteralExpression(at)) return true;
  return false;
};

/** Whether a string stands where nobody reads it: an import, a type, a mistake in the program, an index, a comparison. */
function isMachinePlace(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)) return true;
  if (ts.isElementAccessExpression(parent) || ts.isCaseClause(parent) || ts.isExternalModuleReference(parent))
    return true;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (ts.isBinaryExpression(parent) && /^(={2,3}|!={1,2}|in)$/.test(parent.operatorToken.getText())) return true;
  for (let at: ts.Node = parent; !ts.isStatement(at); at = at.parent) {
    if (ts.isNewExpression(at) && at.expression.getText() === 'Error') return true;
    if (ts.isCallExpression(at)) {
      const callee = at.expression.getText();
      if (/^(say|sayRich|message)$/.test(callee)) return !isInValues(node, at);
      if (
        /^(querySelector\w*|.*\.querySelector\w*|.*\.closest|.*\.matches|css|Symbol|matchMedia|setContext|getContext|.*\.(setItem|getItem|addEventListener|has|get|includes|startsWith|endsWith))$/.test(
          callee,
        )
      )
        return true;
      return false;
    }
    if (ts.isTypeNode(at)) return true;
  }
  return false;
}

/** Texts in a script. @param source TypeScript @param shift lines before it @param isLeft places that are nobody’s */
export function inScript(source: string, shift: number, isLeft: (node: ts.Node) => boolean = () => false): Found[] {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const walk = (node: ts.Node): void => {
    if (isLeft(node)) return;
    if ((ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) && !isMachinePlace(node)) {
      if (isForPeople(node.text)) found.push({ line: shift + lineAt(source, node.getStart()), text: node.text.trim() });
    } else if (ts.isTemplateExpression(node) && !isMachinePlace(node)) {
      const pieces = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
      const whole = pieces.join('…');
      if (pieces.some((piece) => /\p{L}{2,} +\p{L}/u.test(piece) || /(^|\s)\p{L}{3,}(\s|[.,:;]|$)/u.test(piece)))
        found.push({ line: shift + lineAt(source, node.getStart()), text: whole });
    }
    ts.forEachChild(node, walk);
  };
  walk(file);
  return found;
}

function inSvelte(text: string): Found[] {
  const root = parse(text, { modern: true });
  const found: Found[] = [];
  const note = (at: number, data: string): void => {
    if (/\p{L}{2,}/u.test(data)) found.push({ line: lineAt(text, at), text: data.trim() });
  };
  const expression = (start: number, end: number): void => {
    // A parenthesis keeps an object literal an expression; the line is the markup's own.
    found.push(...inScript(`(${text.slice(start, end)})`, lineAt(text, start) - 1));
  };
  for (const script of [root.instance, root.module]) {
    if (!script) continue;
    const { start, end } = script.content as unknown as { start: number; end: number };
    found.push(...inScript(text.slice(start, end), lineAt(text, start) - 1));
  }
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const { type } = node as { type?: string };
    if (type === 'Text') {
      const { data, start } = node as AST.Text;
      if (!/^(Script|Style)/.test(type)) note(start, data);
      return;
    }
    if (type === 'Attribute') {
      const { name, value } = node as AST.Attribute;
      if (MACHINE_ATTRIBUTES.test(name)) return;
      if (value === true) return;
      for (const part of Array.isArray(value) ? value : [value]) {
        if (part.type === 'Text') {
          if (isForPeople(part.data)) found.push({ line: lineAt(text, part.start), text: part.data.trim() });
        } else walk(part);
      }
      return;
    }
    if (type === 'ExpressionTag') {
      const { expression: inner } = node as unknown as { expression: { start: number; end: number } };
      expression(inner.start, inner.end);
      return;
    }
    if (
      ['ClassDirective', 'StyleDirective', 'BindDirective', 'OnDirective', 'TransitionDirective'].includes(type ?? '')
    )
      return;
    for (const [key, child] of Object.entries(node)) {
      if (
        [
          'start',
          'end',
          'type',
          'name',
          'metadata',
          'expression',
          'context',
          'key',
          'test',
          'css',
          'instance',
          'module',
          'options',
          'comments',
          'parameters',
        ].includes(key)
      )
        continue;
      walk(child);
    }
  };
  walk(root.fragment);
  return found;
}

/**
 * Texts for people that are written into a source of the page.
 *
 * @param file its path; `.svelte` or `.ts`
 * @returns `file:line text`, one for each
 */
export function pageTextsOf(file: string, text: string): string[] {
  const found = file.endsWith('.svelte') ? inSvelte(text) : inScript(text, 0);
  return [...new Set(found.map(({ line, text: words }) => `${file}:${String(line)} ${words.replaceAll(/\s+/g, ' ')}`))];
}
