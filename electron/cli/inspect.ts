import path from 'node:path';
import { parseArgs } from 'node:util';
import { quoted } from '../backend/tables/date-format';
import { inspectTable, lookAtTable } from '../backend/tables/inspect-table';
import { shapeOf } from '../backend/tables/profiles';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { withProfile, withProfiles } from './table-profiles';
import type { TableInspection } from '../../shared/ipc/tables-contract';
import { UsageError, type Command, type CommandOptions } from './command';
import { lookingAt } from './progress-line';
import { readTableOptions, TABLE_OPTIONS, TABLE_OPTIONS_HELP, tableChoicesOf } from './table-options';
import { inEnglish } from '../../shared/words/english';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  ...TABLE_OPTIONS,
  profile: { type: 'string' },
  'save-profile': { type: 'string' },
  workspace: { type: 'string', completes: 'files' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Says what a table is before anything is done with it: its format, which column is taken for what and why, what is odd
about its rows, and what only you can say. Nothing is changed.

Usage: laurel inspect FILE [OPTIONS]

${TABLE_OPTIONS_HELP}
  --profile NAME     read it as was said before and saved; what is said beside it counts more
  --save-profile NAME  save what is said here, for --profile and for the window, which proposes it for files of this header
  --workspace FILE   where profiles are; needed by both
  --json             the inspection (laurel/inspection@1) as JSON

FILE is a file, a folder, or a pattern in quotes such as 'sales/2025-*.csv.gz'. Several files make one table, in the order
of their names: columns are put together by name, and rows are named with their file.
Reads CSV and its kin (any delimiter, UTF-8, UTF-16, Windows-1252, packed with gzip or zstd), workbooks (.xlsx,
.xls, .xlsb, .ods) and Parquet, whose rows are numbered. What a workbook hides is said and read as the rest.
Customers may be known by texts, such as e-mail addresses: a simulation gives each a number, a request refuses them.
Rows are good, doubtful (read, but odd) or bad (left out); of the good and doubtful ones, cleaned are those from which
something was taken off, such as zeros in front of an id.
Exit code: 0 done, 1 the file is no table, or something has to be said first (see questions), 2 called wrongly.`;

/** `laurel inspect`. */
export const inspectCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0)
      throw new UsageError('Name one file, folder or pattern, a pattern in quotes: laurel inspect FILE.');
    const said = readTableOptions(values);
    const { profile, workspace, 'save-profile': saved } = values;
    const file = path.resolve(terminal.cwd, name);
    const choices =
      profile === undefined
        ? said
        : await withProfiles(terminal, workspace, (profiles) => withProfile(profiles, profile, said));
    const shortName = path.basename(name);
    const { inspection, dispose } = await inspectTable(file, shortName, choices, 'any', terminal.signal, (share) =>
      terminal.draw(lookingAt(shortName, share)),
    );
    terminal.draw('');
    dispose();
    if (saved !== undefined) {
      // As the window finds it before anything is said: another sheet has another header.
      const { decoded, dialect } = await lookAtTable(file, path.basename(name), {}, 'any', terminal.signal);
      decoded.dispose();
      const shape = shapeOf(dialect.header);
      if (shape === null)
        throw new Failure('invalid-input', message('tables.noHeaderToRemember', { name: path.basename(name) }));
      await withProfiles(terminal, workspace, async (profiles) => {
        await profiles['tables.remember']({ name: saved, shape, choices: tableChoicesOf(values) });
      });
    }
    if (values.json) terminal.document(JSON.stringify(inEnglishJson(inspection), null, 2));
    else for (const line of inWords(inspection)) terminal.out(line);
    return inspection.questions.length > 0 ? 1 : 0;
  },
};

/** The inspection as programs read it: messages as English texts, everything else as it is. */
function inEnglishJson({ sentence, columns, reasons, questions, ...rest }: TableInspection): unknown {
  return {
    schema: 'laurel/inspection@1',
    ...rest,
    sentence: inEnglish(sentence),
    columns: columns.map((column) => ({ ...column, why: column.why === null ? null : inEnglish(column.why) })),
    reasons: reasons.map((reason) => ({ ...reason, words: inEnglish(reason.words) })),
    questions: questions.map((question) => ({ ...question, words: inEnglish(question.words) })),
  };
}

function inWords(table: TableInspection): string[] {
  const number = (count: number): string => count.toLocaleString('en');
  const lines = [`${inEnglish(table.sentence)}.`];
  if (table.titles.length > 0) lines.push(`Above the table: ${table.titles.map(quoted).join(', ')}.`);
  if (!table.header)
    lines.push(
      table.isList
        ? 'Each cell is taken for a customer id: there is no header, and nothing but ids.'
        : 'It has no header.',
    );
  lines.push('', 'Columns:');
  for (const { name, role, why, type, storedType, dateOrder, decimal, examples, empty, shortened } of table.columns) {
    const stored = storedType === null ? '' : `, stored as ${storedType}`;
    const is = role === null ? type : `${role}, because ${why === null ? '' : inEnglish(why)}`;
    const how = [
      dateOrder,
      decimal === null ? null : `decimal sign ${decimal}`,
      empty === 0 ? null : `${number(empty)} empty`,
      shortened === 0 ? null : `${number(shortened)} that Excel has shortened`,
    ].filter((one) => one !== null);
    const values = examples.map(quoted).join(', ');
    lines.push(
      `  ${quoted(name)}: ${is}${stored}${how.length > 0 ? ` (${how.join(', ')})` : ''}${values === '' ? '' : `; such as ${values}`}`,
    );
  }
  lines.push(
    '',
    `Rows: ${number(table.good)} good, ${number(table.doubtful)} doubtful, ${number(table.bad)} bad; ${number(table.cleaned)} cleaned.`,
  );
  if (table.span !== null) lines.push(`Dates from ${table.span.from} to ${table.span.to}.`);
  for (const { words, verdict, count, lines: where, files } of table.reasons) {
    const places = where
      .slice(0, 5)
      .map((line, place) => (files[place] === undefined ? number(line) : `${files[place]}:${String(line)}`));
    lines.push(`  ${number(count)} ${verdict}: ${inEnglish(words)}. Line ${places.join(', ')}${count > 5 ? ' …' : ''}`);
  }
  for (const note of table.notes) lines.push(`  ${inEnglish(note)}.`);
  if (table.questions.length > 0) lines.push('', 'To be said first:');
  for (const { words, option } of table.questions) lines.push(`  ${inEnglish(words)} Say it with ${option}.`);
  return lines;
}
