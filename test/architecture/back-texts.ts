/** Texts that people read and that stand in the sources of the backend, the store or main instead of the catalogue. */
import ts from 'typescript';
import { inScript } from './page-texts';

/** Statements of SQL, switches of Chromium, names of headers and formats, and what a process writes to its own terminal. */
const MACHINE_TEXT =
  /^(SELECT|INSERT|DELETE|UPDATE|BEGIN|COMMIT|CASE|PRAGMA|SET|COPY|DESCRIBE|CREATE|UNION|coalesce|CAST|\(ORDER BY|\(SELECT)\b|IS (NOT )?NULL$|^(AND epoch_ns|abs|isnan)\b|^laurel: /;

/** Whose arguments nobody reads in the window: the log, the terminal, the database. */
const MACHINE_CALLS =
  /^((.*\.)?#?(log|logging\.log)\.(debug|info|warn|error|fatal)|console\.\w+|.*\.(exec|prepare|pragma|setHeader|writeHead)|sql\.raw|note)$/;

function isLeft(node: ts.Node): boolean {
  if (ts.isTaggedTemplateExpression(node)) return /^sql\b/.test(node.tag.getText());
  if (ts.isCallExpression(node)) return MACHINE_CALLS.test(node.expression.getText().replaceAll('?', ''));
  // A mistake in the program; what people do wrong is a Failure.
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Error';
  if (ts.isStringLiteralLike(node)) return MACHINE_TEXT.test(node.text.trim());
  if (ts.isTemplateExpression(node)) return MACHINE_TEXT.test(node.head.text.trim());
  return false;
}

/**
 * @param file its path
 * @returns `file:line text`, one for each
 */
export function backTextsOf(file: string, text: string): string[] {
  const found = inScript(text, 0, isLeft).filter(({ text: words }) => /\p{L}{2,} +\p{L}|\p{L}\.$/u.test(words));
  return [...new Set(found.map(({ line, text: words }) => `${file}:${String(line)} ${words.replaceAll(/\s+/g, ' ')}`))];
}
