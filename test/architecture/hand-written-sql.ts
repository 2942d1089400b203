/**
 * Where SQL is written by hand: queries are built from the schema (docs/decisions/0085), so that a column that is renamed
 * or taken away does not compile.
 */
import { is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import ts from 'typescript';
import * as org from '../../db/org/schema';
import * as workspace from '../../db/workspace/schema';

/**
 * What talks to SQLite about the file itself, carries rows of any version, or hands a built query to the driver; and the schemas, whose conditions of
 * indexes test/db/schema.test.ts compares.
 */
const FILES_WITH_SQL = [
  'db/driver-statements.ts',
  'db/migrate.ts',
  'db/open.ts',
  'db/org/schema.ts',
  'db/portable/table-rows.ts',
  'db/workspace/schema.ts',
];

const TRANSACTION = /^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b/;

/** Tables and columns of both files by their names in SQL. */
const NAMES = new Set(
  [...Object.values(org), ...Object.values(workspace)]
    .filter((value) => is(value, SQLiteTable))
    .map((table) => getTableConfig(table))
    .flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]),
);

/** Fixed text of a string or template; undefined for any other expression. */
function fixedTextOf(node: ts.Node | undefined): string | undefined {
  if (!node) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ');
}

/**
 * @param file path from the repository's root, with `/`
 * @param text its source
 * @returns one sentence for each statement that was written by hand, or that names what the schema names
 */
export function handWrittenSql(file: string, text: string): string[] {
  if (!/^(db|electron)\//.test(file) || !file.endsWith('.ts') || FILES_WITH_SQL.includes(file)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const say = (node: ts.Node, what: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${String(line + 1)} ${what}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression;
      const argument = node.arguments[0];
      const fixed = fixedTextOf(argument);
      if (name.text === 'prepare' && argument && (file.startsWith('db/') || fixed !== undefined)) {
        say(node, 'prepares SQL that was written by hand: build it from the schema');
      } else if (name.text === 'exec' && fixed !== undefined && /\s/.test(fixed) && !TRANSACTION.test(fixed)) {
        say(node, 'runs SQL that was written by hand: build it from the schema');
      } else if (name.text === 'raw' && ts.isIdentifier(expression) && expression.text === 'sql') {
        say(node, 'puts a text into a query that the schema does not know: name its tables and columns');
      }
    }
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'sql') {
      const words = (fixedTextOf(node.template) ?? '').replaceAll(/'[^']*'/g, '').match(/\w+/g) ?? [];
      const names = words.filter((word) => NAMES.has(word));
      if (names.length > 0) say(node, `names ${names.join(', ')} in a text: take them from the schema`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
