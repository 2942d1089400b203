/**
 * The small wrongs that a mutation run plants: every mutant of a source text, each one replaced piece of it.
 *
 * They are written here, not taken from Stryker, because its list is closed and lacks what matters most in this code:
 * the order of a table, a number, a single call left out, and the operators of queries (docs/decisions/0075).
 */
import ts from 'typescript';
import { isAnswerOfComparison, isOrderUnseen } from './changes-nothing.mjs';
import { isLeftOutOfQueries, otherQueryFunctions, otherQueryMethod } from './query-mutators.mjs';
import { regexMutants, sqlMutants, sqlPartMutants } from './text-mutators.mjs';

/**
 * @typedef {object} Mutant
 * @property {string} mutator
 * @property {number} start offset of the piece that is replaced
 * @property {number} end
 * @property {string} replacement
 * @property {string} [appended] what is put at the text's end besides
 */

/**
 * @param {string} text
 * @param {Mutant} mutant of it
 */
export function planted(text, { start, end, replacement, appended = '' }) {
  return text.slice(0, start) + replacement + text.slice(end) + appended;
}

const K = ts.SyntaxKind;

/** @type {Partial<Record<ts.SyntaxKind, readonly string[]>>} */
const OTHER_OPERATORS = {
  [K.PlusToken]: ['-'],
  [K.MinusToken]: ['+'],
  [K.AsteriskToken]: ['/'],
  [K.SlashToken]: ['*'],
  [K.PercentToken]: ['*'],
  [K.LessThanToken]: ['<=', '>='],
  [K.LessThanEqualsToken]: ['<', '>'],
  [K.GreaterThanToken]: ['>=', '<='],
  [K.GreaterThanEqualsToken]: ['>', '<'],
  [K.EqualsEqualsEqualsToken]: ['!=='],
  [K.ExclamationEqualsEqualsToken]: ['==='],
  [K.AmpersandAmpersandToken]: ['||'],
  [K.BarBarToken]: ['&&'],
  [K.QuestionQuestionToken]: ['&&'],
  [K.PlusEqualsToken]: ['-='],
  [K.MinusEqualsToken]: ['+='],
  [K.AsteriskEqualsToken]: ['/='],
  [K.QuestionQuestionEqualsToken]: ['&&='],
  [K.BarBarEqualsToken]: ['&&='],
};

/** @type {Readonly<Record<string, string>>} */
const OTHER_METHODS = {
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  some: 'every',
  every: 'some',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  toUpperCase: 'toLowerCase',
  toLowerCase: 'toUpperCase',
  indexOf: 'lastIndexOf',
  lastIndexOf: 'indexOf',
  isSafeInteger: 'isFinite',
};

/** Methods that give back what they were called on, somewhat changed. */
const LEFT_OUT_METHODS = new Set(['filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'slice', 'trim', 'flat']);

/** Names of functions that write for an engineer, in a file that no person reads as part of their work. */
const LOGGING = /^(log|logger)$/;

/** @param {ts.Node} node */
function isTypeOnly(node) {
  return (
    ts.isTypeNode(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isTypeParameterDeclaration(node)
  );
}

/**
 * What is left out by rule: the text of a mistake in the program (`new Error`), which no person is shown, lines for the
 * log, and the bundler's own call.
 *
 * @param {ts.Node} node
 */
function isLeftOut(node) {
  if (ts.isNewExpression(node)) return ts.isIdentifier(node.expression) && node.expression.text === 'Error';
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression;
  if (!ts.isPropertyAccessExpression(callee)) return false;
  return LOGGING.test(lastName(callee.expression)) || callee.expression.getText().startsWith('import.meta');
}

/** @param {ts.Expression} expression */
function lastName(expression) {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}

/**
 * Where a literal is a name and not a value.
 *
 * @param {ts.Node} node
 */
function isName(node) {
  const { parent } = node;
  return (
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    ts.isLiteralTypeNode(parent) ||
    ts.isExpressionStatement(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isTaggedTemplateExpression(parent)
  );
}

/**
 * @param {string} text of a TypeScript file
 * @param {string} [file]
 * @returns {Mutant[]} in the order of the text
 */
export function mutantsOf(text, file = 'source.ts') {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  /** @type {Mutant[]} */
  const mutants = [];
  const hasQueries = /from 'drizzle-orm'/.test(text);
  /**
   * @param {string} mutator
   * @param {ts.Node} node
   * @param {...string} replacements
   */
  const add = (mutator, node, ...replacements) => {
    const [start, end] = [node.getStart(source), node.getEnd()];
    for (const replacement of replacements) {
      if (text.slice(start, end) !== replacement) mutants.push({ mutator, start, end, replacement });
    }
  };
  /** @param {ts.Node} node */
  const walk = (node) => {
    if (isTypeOnly(node) || isLeftOut(node)) return;
    mutate(node, add);
    if (hasQueries) {
      mutateQuery(node, add);
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
        const [start, end] = [node.expression.getStart(source), node.expression.getEnd()];
        for (const other of otherQueryFunctions(node.expression.text)) {
          mutants.push({ mutator: 'query', start, end, ...other });
        }
      }
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return mutants;
}

/**
 * @param {ts.Node} node
 * @param {(mutator: string, node: ts.Node, ...replacements: string[]) => void} add
 */
function mutate(node, add) {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const isText = kind === K.PlusToken && [node.left, node.right].some((side) => ts.isStringLiteralLike(side));
    if (!isText) add('operator', node.operatorToken, ...(OTHER_OPERATORS[kind] ?? []));
  } else if (ts.isPrefixUnaryExpression(node)) {
    const operand = node.operand.getText();
    if (node.operator === K.ExclamationToken || node.operator === K.MinusToken) add('unary', node, `(${operand})`);
    if (node.operator === K.PlusPlusToken) add('unary', node, `--${operand}`);
    if (node.operator === K.MinusMinusToken) add('unary', node, `++${operand}`);
  } else if (ts.isPostfixUnaryExpression(node)) {
    add('unary', node, node.operand.getText() + (node.operator === K.PlusPlusToken ? '--' : '++'));
  } else if (node.kind === K.TrueKeyword || node.kind === K.FalseKeyword) {
    if (!ts.isLiteralTypeNode(node.parent)) add('boolean', node, node.kind === K.TrueKeyword ? 'false' : 'true');
  } else if (ts.isIfStatement(node) || ts.isWhileStatement(node)) {
    add('condition', node.expression, ...(ts.isIfStatement(node) ? ['true', 'false'] : ['false']));
  } else if (ts.isConditionalExpression(node)) {
    add('condition', node.condition, 'true', 'false');
  } else if (ts.isForStatement(node)) {
    if (node.condition) add('condition', node.condition, 'false');
  } else if (ts.isBlock(node)) {
    if (node.statements.length > 0) add('block', node, '{}');
  } else if (ts.isExpressionStatement(node)) {
    const expression = ts.isAwaitExpression(node.expression) ? node.expression.expression : node.expression;
    if (ts.isCallExpression(expression) && !isLeftOut(expression)) add('call', node, ';');
  } else if (ts.isStringLiteral(node)) {
    if (!isName(node)) addText(node, add);
  } else if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
    if (!isName(node)) addText(node, add);
  } else if (ts.isNumericLiteral(node) || ts.isBigIntLiteral(node)) {
    if (!isName(node) && !isAnswerOfComparison(node)) addNumber(node, add);
  } else if (ts.isArrayLiteralExpression(node)) {
    addArray(node, add);
  } else if (ts.isObjectLiteralExpression(node)) {
    if (node.properties.length > 0) add('object', node, '{}');
  } else if (ts.isArrowFunction(node)) {
    const { body } = node;
    if (!ts.isBlock(body) && !(ts.isIdentifier(body) && body.text === 'undefined')) add('arrow', body, 'undefined');
  } else if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    const other = Object.hasOwn(OTHER_METHODS, name.text) ? OTHER_METHODS[name.text] : undefined;
    if (other) add('method', name, other);
    if (LEFT_OUT_METHODS.has(name.text)) add('method', node, expression.getText());
  } else if (ts.isPropertyAccessExpression(node) && node.questionDotToken) {
    add('chain', node.questionDotToken, '.');
  } else if (ts.isRegularExpressionLiteral(node)) {
    add('regex', node, ...regexMutants(node.text));
  }
}

/**
 * @param {ts.Node} node of a file that builds queries
 * @param {(mutator: string, node: ts.Node, ...replacements: string[]) => void} add
 */
function mutateQuery(node, add) {
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    const other = otherQueryMethod(name.text);
    if (other) add('query', name, other);
    if (isLeftOutOfQueries(name.text)) add('query', node, expression.getText());
  } else if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') {
    add('sql', node.template, ...sqlPartMutants(node.template.getText()));
  }
}

/**
 * @param {ts.LiteralExpression | ts.TemplateExpression} node
 * @param {(mutator: string, node: ts.Node, ...replacements: string[]) => void} add
 */
function addText(node, add) {
  const inSql = sqlMutants(node.getText());
  // SQL that is empty fails at once, which would prove nothing.
  if (inSql) add('sql', node, ...inSql);
  else if (ts.isStringLiteralLike(node) && node.text === '') add('text', node, "'mutant'");
  else add('text', node, "''");
}

/**
 * @param {ts.LiteralExpression} node
 * @param {(mutator: string, node: ts.Node, ...replacements: string[]) => void} add
 */
function addNumber(node, add) {
  const isBig = ts.isBigIntLiteral(node);
  const value = Number(node.text.replace(/n$/, '').replaceAll('_', ''));
  const suffix = isBig ? 'n' : '';
  // A large number is a bound or a unit: one more of it is seldom another behaviour, none of it always is.
  add(
    'number',
    node,
    value < 1000 ? `${String(Number.isInteger(value) ? value + 1 : value * 2)}${suffix}` : `0${suffix}`,
  );
}

/**
 * @param {ts.ArrayLiteralExpression} node
 * @param {(mutator: string, node: ts.Node, ...replacements: string[]) => void} add
 */
function addArray(node, add) {
  const { elements } = node;
  if (elements.length === 0) return;
  add('array', node, '[]');
  const texts = elements.map((element) => element.getText());
  if (texts.length > 1 && !elements.some(ts.isOmittedExpression) && !isOrderUnseen(node)) {
    const [first = '', second = '', ...rest] = texts;
    add('order', node, `[${[second, first, ...rest].join(', ')}]`);
  }
}
