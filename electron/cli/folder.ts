import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileOfQuestion, type FolderLook, type FolderState } from '../../shared/ipc/folder-contract';
import { folderQuestionMessage } from '../../shared/ipc/folder-words';
import { inEnglish } from '../../shared/words/english';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { openWorkspace } from './open-workspace';
import { presentWorkspace } from './export';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Brings the badges of a workspace and a folder of badge files to each other, as the window does with its workspace folder.

Usage: laurel folder status DIR --workspace FILE [--json]   what would be done; nothing is changed
       laurel folder sync DIR --workspace FILE [--json]     does it; DIR is the workspace's folder from then on

  DIR               a git clone, a shared drive, any folder: NAME.badge.json with NAME.badge-art.json beside it,
                    NAME.scenario.json, NAME.policy.json, one NAME.definitions.json
  --workspace FILE  not open in a window
  --json            laurel/folder@1 as JSON

What both sides changed in one field, what was removed and what cannot be read is left as it is on both sides and named:
decide it in the window.
Exit code: 0 in step, 1 something needs a person or the folder cannot be used, 2 called wrongly.`;

const TOKEN = 'named';

const COUNTS = ['made', 'taken', 'revived', 'written', 'removed'] as const;
const WORDS: Readonly<Record<(typeof COUNTS)[number], string>> = {
  made: 'new in the workspace',
  taken: 'changed in the workspace',
  revived: 'back from the trash',
  written: 'written into the folder',
  removed: 'removed from the folder',
};

type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;

function sayCounts(terminal: Terminal, counts: Counts): void {
  for (const what of COUNTS)
    if (counts[what] > 0) terminal.out(`  ${counts[what].toLocaleString('en')} ${WORDS[what]}`);
}

function sayLook(terminal: Terminal, dir: string, look: FolderLook, isInStep: boolean): void {
  if (isInStep) {
    terminal.out(`${dir} is in step: ${badgesInWords(look.same)}.`);
    return;
  }
  terminal.out(`${dir}: ${badgesInWords(look.same)} the same on both sides; a sync would bring:`);
  sayCounts(terminal, look);
  if (look.questions > 0) terminal.out(`  ${look.questions.toLocaleString('en')} for you to decide`);
  terminal.out('Nothing was changed.');
}

function sayState(terminal: Terminal, dir: string, { badges, questions, last }: FolderState): void {
  if (last !== null) sayCounts(terminal, last);
  for (const question of questions)
    terminal.error(`${fileOfQuestion(question)}: ${inEnglish(folderQuestionMessage(question))}`);
  terminal.out(
    questions.length === 0
      ? `${dir} is in step: ${badgesInWords(badges)}.`
      : `${dir}: ${badgesInWords(badges)}, ${questions.length.toLocaleString('en')} for you to decide in the window.`,
  );
}

const badgesInWords = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'badge' : 'badges'}`;

function documentOf(look: FolderLook | null, state: FolderState | null): unknown {
  const counts: Counts | null = state === null ? look : state.last;
  const questions = (state?.questions ?? []).map((question) => {
    const { kind, name } = question;
    return { kind, file: fileOfQuestion(question), name };
  });
  return {
    ...{ schema: 'laurel/folder@1', changed: state !== null },
    ...Object.fromEntries(COUNTS.map((what) => [what, counts?.[what] ?? 0])),
    asked: state === null ? (look?.questions ?? 0) : questions.length,
    questions,
  };
}

/** `laurel folder`. */
export const folderCommand: Command = {
  options: OPTIONS,
  operands: { first: ['status', 'sync'], then: 'folders' },
  help: HELP,
  run: async (args, terminal): Promise<ExitCode> => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    const [action, dir, more] = positionals;
    if ((action !== 'status' && action !== 'sync') || dir === undefined || more !== undefined)
      throw new UsageError('Say what to do with which folder: laurel folder status DIR, or sync DIR.');
    const backend = await openWorkspace(terminal, presentWorkspace(terminal.cwd, values.workspace));
    try {
      const place = path.resolve(terminal.cwd, dir);
      backend.grantFile(TOKEN, { path: place, name: dir, bytes: 0, mode: 'folder' });
      // Looked at first in both: a workspace that works with another folder says so.
      const look = await backend.handlers['folder.look']({ token: TOKEN });
      const state = action === 'sync' ? await backend.handlers['folder.choose']({ token: TOKEN }) : null;
      const isInStep =
        state === null
          ? look.questions === 0 && COUNTS.every((what) => look[what] === 0)
          : state.presence === 'there' && state.questions.length === 0;
      if (values.json) terminal.document(JSON.stringify(documentOf(look, state), null, 2));
      else if (state === null) sayLook(terminal, dir, look, isInStep);
      else sayState(terminal, dir, state);
      return isInStep ? 0 : 1;
    } finally {
      await backend.close();
    }
  },
};
