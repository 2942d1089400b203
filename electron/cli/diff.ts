import { parseArgs } from 'node:util';
import type { FolderDefinition, FolderLine, FolderSides, FolderState } from '../backend/sync/plans/folder-side';
import type { StoredConnection } from '../../db/workspace/connections';
import { inEnglish } from '../../shared/words/english';
import type { Command, CommandOptions, ExitCode, Terminal } from './command';
import { definitionName, errorsInJson, FOLDER_HELP, FOLDER_OPTIONS, heldLines, withCompared } from './folder-compared';
import { CREDENTIALS_HELP, ORG_HELP } from './org-option';

const OPTIONS = {
  ...FOLDER_OPTIONS,
  'ignore-gone': { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Compares the badge files of a folder with a live org. Nothing is sent but reads, and nothing is kept.

Usage: laurel diff DIR --org CONNECTION [OPTIONS]

${FOLDER_HELP}
${ORG_HELP}
  --ignore-gone     badges that only the org has are no difference
  --json            the comparison (laurel/diff@1) as one JSON document

new: only in the folder. changed: with each field in words. same. gone: only in the org, and nothing is done about it.
conflicting: the org has changes that the folder has not, or several files have one name. unreadable: a file is no badge.
What the gateway would refuse stands below, with its code.
${CREDENTIALS_HELP}
Exit code: 0 nothing differs, 1 something does or the org could not be read, 2 called wrongly.`;

/** In the order in which they are counted. */
const STATES: readonly FolderState[] = ['new', 'changed', 'conflicting', 'unreadable', 'gone', 'same'];

/** `laurel diff`. */
export const diffCommand: Command = {
  options: OPTIONS,
  operands: 'folders',
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: OPTIONS,
    });
    return withCompared(positionals, values, terminal, ({ definitions, lines, work }) => {
      const isShown = ({ state }: { state: FolderState }): boolean => !values['ignore-gone'] || state !== 'gone';
      const shown = { definitions: definitions.filter(isShown), lines: lines.filter(isShown) };
      return tell(shown, work.connection, values.json, terminal);
    });
  },
};

function tell({ definitions, lines }: FolderSides, org: StoredConnection, json: boolean, terminal: Terminal): ExitCode {
  const count = (state: FolderState): number => lines.filter((line) => line.state === state).length;
  const differs = [...definitions, ...lines].some(({ state }) => state !== 'same');
  if (json) {
    const document = {
      schema: 'laurel/diff@1',
      org: { name: org.name, address: org.baseUrl, kind: org.kind },
      differs,
      counts: Object.fromEntries(STATES.map((state) => [state, count(state)])),
      definitions: definitions.map(definitionInJson),
      badges: lines.map(inJson),
    };
    terminal.document(JSON.stringify(document, null, 2));
  } else {
    for (const definition of definitions) for (const text of definitionInWords(definition)) terminal.out(text);
    for (const line of lines) for (const text of inWords(line)) terminal.out(text);
    const counts = STATES.filter((state) => count(state) > 0).map(
      (state) => `${count(state).toLocaleString('en')} ${state}`,
    );
    terminal.out(`${org.name} (${org.baseUrl}): ${counts.length === 0 ? 'no badge here or there' : counts.join(', ')}`);
  }
  return differs ? 1 : 0;
}

function inWords(line: FolderLine): string[] {
  if (line.state === 'same') return [];
  const name = line.name === '' ? (line.file ?? '') : line.name;
  const place = line.name === '' || line.file === null ? '' : `  (${line.file})`;
  return [
    `${name}: ${line.state}${place}`,
    ...line.differences.map(
      ({ label, live, draft, change }) =>
        `  ${inEnglish(label)}: ${inEnglish(live)} → ${inEnglish(draft)}${change === 'draft' ? '' : change === 'live' ? '  (changed in the org)' : '  (changed on both sides)'}`,
    ),
    ...heldLines(line),
    ...line.warnings.map(({ code, path, message }) => `    ${String(code)}  ${path}: ${inEnglish(message)} (warning)`),
  ];
}

const CHANGED_BY = { draft: 'folder', live: 'org', conflict: 'both', 'same-on-both': 'both' } as const;

function definitionInWords(definition: FolderDefinition): string[] {
  const { state, differences, held } = definition;
  if (state === 'same') return [];
  return [
    `${definitionName(definition)}: ${state}`,
    ...differences.map(
      ({ label, live, draft, change }) =>
        `  ${inEnglish(label)}: ${inEnglish(live)} → ${inEnglish(draft)}${change === 'draft' ? '' : change === 'live' ? '  (changed in the org)' : '  (changed on both sides)'}`,
    ),
    ...(held === null ? [] : [`  ${inEnglish(held)}`]),
  ];
}

function definitionInJson({ kind, name, id, state, differences, held }: FolderDefinition): object {
  return {
    kind: kind === 'group' ? 'group' : 'customField',
    ...{ name, id, state },
    differences: differences.map(({ field, label, change, base, live, draft, refusal }) => ({
      ...{ field, label: inEnglish(label), changedBy: CHANGED_BY[change], base: base && inEnglish(base) },
      ...{ org: inEnglish(live), folder: inEnglish(draft) },
      refusal: refusal && { code: refusal.code, message: inEnglish(refusal.reason) },
    })),
    held: held && inEnglish(held),
  };
}

function inJson({ name, file, id, state, differences, held, warnings }: FolderLine): object {
  return {
    name: name === '' ? null : name,
    file,
    id,
    state,
    differences: differences.map(({ field, label, change, base, live, draft, refusal }) => ({
      field,
      label: inEnglish(label),
      /** `folder`: only the folder changed it; `org`: only the org; `both`: nobody can tell, or both did. */
      changedBy: change === 'draft' ? 'folder' : change === 'live' ? 'org' : 'both',
      base: base && inEnglish(base),
      org: inEnglish(live),
      folder: inEnglish(draft),
      refusal: refusal && { code: refusal.code, message: refusal.message },
    })),
    held: held && {
      reason: inEnglish(held.reason),
      errors: errorsInJson(held),
    },
    warnings: warnings.map(({ code, path, message }) => ({ code, path, message: inEnglish(message) })),
  };
}
