import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inspectDraft } from '../../db/workspace/inspect-draft';
import type { BadgeIssue } from '../../shared/domain/body-reader';
import { fromMilliseconds, type Instant } from '../../shared/domain/instant';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings';
import { Failure } from '../../shared/ipc/errors';
import { filesBelow } from '../disk/files-below';
import { reasonOf } from '../disk/system-reasons';
import { inEnglish } from '../../shared/words/english';
import { readBadgeFile, whyNoBody } from './badge-file';
import { checkScenarioFile, isScenarioName } from './check-scenario';
import { UsageError, type Command, type CommandOptions } from './command';
import { plainFailure } from './plain-failure';
import { ALLOW, namedBy } from './simulate';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  json: { type: 'boolean', default: false },
  migration: { type: 'boolean', default: false },
  allow: ALLOW,
} as const satisfies CommandOptions;

const HELP = `Checks badges by the rules of the live gateway, and scenarios before they are run, without a network.

Usage: laurel check PATH… [--migration] [--allow PATH] [--json]

  PATH         body of a create call, *.badge.json; of several, names must differ. Or a scenario,
               *.scenario.json, with the badges it names: checked, and linted for contradictions.
               Or a folder with such files below it
  --migration  as if sent with X-CAP-BADGES-MIGRATION: a start date in the past is allowed
  --allow PATH a file or folder outside a scenario's own folder that the scenario may read; may be repeated
  --json       the result (laurel/check@1) as JSON

Each mistake is named with the gateway's code, the field, the message and what to do; of a scenario with its JSON path.
Exit code: 0 no mistakes, 1 mistakes or an unreadable file, 2 called wrongly.`;

interface FileResult {
  file: string;
  ok: boolean;
  /** `code` is null for what no gateway has a code for: a mistake in a scenario, and a file that is no badge. */
  mistakes: readonly (Pick<BadgeIssue, 'message' | 'reference' | 'path'> & { code: number | null; advice: string })[];
  warnings: readonly { code: number | null; message: string; path: string }[];
}

/** Checks one file. @param taken names of the badges checked before it; its own is added */
function check(cwd: string, name: string, now: Instant, migration: boolean, taken: Set<string>): FileResult {
  let text: string;
  try {
    text = readBadgeFile(cwd, name).text;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { file: name, ok: false, mistakes: [unreadable(error.message)], warnings: [] };
  }
  const why = whyNoBody(text);
  if (why !== null && why.kind !== 'unread') {
    const mistake = { code: null, message: inEnglish(why.words), reference: null, path: '', advice: '' };
    return { file: name, ok: false, mistakes: [mistake], warnings: [] };
  }
  return { file: name, ...checkBadge(text, now, migration, taken) };
}

/** Judges the text of a create call by the rules of the gateway. @param taken names of other badges; its own is added */
export function checkBadge(
  text: string,
  now: Instant,
  migration: boolean,
  taken: Set<string>,
): Omit<FileResult, 'file'> {
  const draft = { body: text, migration, startSetOn: now, claimedBy: [] };
  const { definition, issues, warnings } = inspectDraft(draft, DEFAULT_SETTINGS, (badge) => taken.has(badge));
  if (definition) taken.add(definition.name);
  const mistakes = issues.map(({ code, message, reference, path, advice }) => ({
    code,
    message,
    reference,
    path,
    advice: inEnglish(advice),
  }));
  const said = warnings.map((warning) => ({ ...warning, message: inEnglish(warning.message) }));
  return { ok: mistakes.length === 0, mistakes, warnings: said };
}

function checkScenario(cwd: string, name: string, allowed: readonly string[]): FileResult {
  const { ok, mistakes, warnings } = checkScenarioFile(cwd, name, namedBy(allowed, cwd));
  return {
    file: name,
    ok,
    mistakes: mistakes.map(({ path, message }) => ({ code: null, message, reference: null, path, advice: '' })),
    warnings: warnings.map((warning) => ({ code: null, ...warning })),
  };
}

const inWords = (code: number | null): string => (code === null ? '' : `${String(code)}  `);

function unreadable(message: string): FileResult['mistakes'][number] {
  return { code: 400, message, reference: null, path: '', advice: 'Name a file that can be read.' };
}

function describe({ file, ok, mistakes, warnings }: FileResult): string[] {
  const count = mistakes.length;
  const lines = [ok ? `${file}: no mistakes` : `${file}: ${String(count)} ${count === 1 ? 'mistake' : 'mistakes'}`];
  for (const { code, path, reference, message, advice } of mistakes) {
    lines.push(`  ${inWords(code)}${path === '' ? (reference ?? 'the whole file') : path}: ${message}`);
    if (advice !== '') lines.push(`       ${advice}`);
  }
  for (const { code, path, message } of warnings) lines.push(`  ${inWords(code)}${path}: ${message} (warning)`);
  return lines;
}

/**
 * Files that were named, and the badges and scenarios below folders that were.
 *
 * @throws Failure where a folder cannot be read, or has none
 */
function filesOf(cwd: string, place: string): string[] {
  if (statSync(path.resolve(cwd, place), { throwIfNoEntry: false })?.isDirectory() !== true) return [place];
  let files: string[];
  try {
    files = filesBelow(cwd, [place], '.json').filter((file) => file.endsWith('.badge.json') || isScenarioName(file));
  } catch (error) {
    throw plainFailure('invalid-input', `${place} cannot be read: ${reasonOf(error)}. Nothing was checked.`);
  }
  if (files.length > 0) return files;
  throw plainFailure(
    'invalid-input',
    `There is no *.badge.json and no *.scenario.json below ${place}. Nothing was checked.`,
  );
}

/** `laurel check`. */
export const checkCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run: (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: OPTIONS,
    });
    if (positionals.length === 0) throw new UsageError('Name at least one badge or scenario file.');
    const now = fromMilliseconds(Date.now());
    const taken = new Set<string>();
    const named = positionals.flatMap((place) => filesOf(terminal.cwd, place));
    // A file that is named beside its folder is one file, and its name is not taken by itself.
    const seen = new Set<string>();
    const files = named.filter((file) => seen.size < seen.add(path.resolve(terminal.cwd, file)).size);
    const results = files.map((file) =>
      isScenarioName(file)
        ? checkScenario(terminal.cwd, file, values.allow)
        : check(terminal.cwd, file, now, values.migration, taken),
    );
    if (values.json)
      terminal.document(
        JSON.stringify({ schema: 'laurel/check@1', ok: results.every((result) => result.ok), files: results }, null, 2),
      );
    else for (const line of results.flatMap(describe)) terminal.out(line);
    return Promise.resolve(results.every((result) => result.ok) ? 0 : 1);
  },
};
