/** Mutants that change nothing by what they are, whatever the code around them means: they are not planted. */
import ts from 'typescript';

/** What is asked of a list, a set or a map without regard to the order in which it was written. */
const ASKED_WITHOUT_ORDER = new Set(['has', 'get', 'includes']);

/**
 * Whether nobody can tell the order of a list: it is a set, a map or a list under a name of this file alone, and of that
 * name nothing is asked but whether something is in it, or what stands under a key.
 *
 * @param {ts.ArrayLiteralExpression} node
 */
export function isOrderUnseen(node) {
  const { parent } = node;
  const isMade = ts.isNewExpression(parent) && ['Set', 'Map'].includes(parent.expression.getText());
  const whole = isMade ? parent : node;
  const declaration = withoutTypes(whole).parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name)) return false;
  const { text } = declaration.name;
  const statement = declaration.parent.parent;
  if (
    ts.isVariableStatement(statement) &&
    statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  )
    return false;
  const uses = namesIn(node.getSourceFile(), text).filter((use) => use !== declaration.name);
  return uses.length > 0 && uses.every(isAskedWithoutOrder);
}

/** @param {ts.Identifier} name */
function isAskedWithoutOrder({ parent }) {
  return (
    ts.isPropertyAccessExpression(parent) &&
    ASKED_WITHOUT_ORDER.has(parent.name.text) &&
    ts.isCallExpression(parent.parent) &&
    parent.parent.expression === parent
  );
}

/**
 * @param {ts.Node} node
 * @returns {ts.Node} with `as` and `satisfies` around it
 */
function withoutTypes(node) {
  let outer = node;
  while (ts.isAsExpression(outer.parent) || ts.isSatisfiesExpression(outer.parent)) outer = outer.parent;
  return outer;
}

/**
 * @param {ts.Node} root
 * @param {string} text
 * @returns {ts.Identifier[]} every use of a name, whatever it means there
 */
function namesIn(root, text) {
  /** @type {ts.Identifier[]} */
  const found = [];
  /** @param {ts.Node} node */
  const walk = (node) => {
    if (ts.isIdentifier(node) && node.text === text) found.push(node);
    ts.forEachChild(node, walk);
  };
  walk(root);
  return found;
}

/**
 * Whether a number is what a comparison of two elements answers, of which only the sign counts: 2 says what 1 says.
 *
 * @param {ts.Node} node
 */
export function isAnswerOfComparison(node) {
  if (node.getText() !== '1') return false;
  let inner = node;
  while (isBranch(inner)) inner = inner.parent;
  const { parent } = inner;
  const isBody = ts.isArrowFunction(parent) && parent.body === inner && parent.parameters.length === 2;
  if (!isBody || !ts.isCallExpression(parent.parent)) return false;
  const { expression } = parent.parent;
  return ts.isPropertyAccessExpression(expression) && ['sort', 'toSorted'].includes(expression.name.text);
}

/** @param {ts.Node} node */
function isBranch(node) {
  const { parent } = node;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.MinusToken;
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.BarBarToken;
  return ts.isParenthesizedExpression(parent);
}
