import path from 'node:path';
import { parseArgs } from 'node:util';
import { inEnglish } from '../../shared/words/english';
import { verifyPack, type PackVerdict } from '../backend/sync/audit/verify';
import { codeOf, reasonOf } from '../disk/system-reasons';
import { UsageError, type Command, type CommandOptions } from './command';
import { plainFailure } from './plain-failure';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = { json: { type: 'boolean', default: false } } as const satisfies CommandOptions;

const HELP = `Checks an audit pack: whether every byte is what its manifest says, and no file is missing or one too many.

Usage: laurel verify PACK [--json]

  PACK    what laurel audit wrote, or Audit pack … in the window: a folder or a zip
  --json  the verdict (laurel/verified@1) as JSON

A zip must be as Laurel wrote it, to the byte; one that was packed anew by another program is unpacked first, and its
folder verified. A pack tells that nothing was changed since it was written; it is not signed.
Exit code: 0 all is as it was written, 1 something is not, and is named, 2 called wrongly.`;

async function verdictOn(place: string, name: string, signal: AbortSignal): Promise<PackVerdict> {
  try {
    return await verifyPack(place, signal);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw plainFailure('not-found', `${name} cannot be read: ${reasonOf(error)}. Nothing was verified.`);
  }
}

/** `laurel verify`. */
export const verifyCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    const [pack, ...more] = positionals;
    if (pack === undefined || more.length > 0) throw new UsageError('Name one audit pack: its folder or its zip.');
    const verdict = await verdictOn(path.resolve(terminal.cwd, pack), pack, terminal.signal);
    const { files, bytes, about } = verdict;
    const problems = verdict.problems.map(({ words, ...rest }) => ({ ...rest, message: inEnglish(words) }));
    const ok = problems.length === 0;
    if (values.json) {
      terminal.document(
        JSON.stringify({ schema: 'laurel/verified@1', ok, pack, files, bytes, problems, about }, null, 2),
      );
    } else if (ok) {
      terminal.out(`${pack}: ${String(files)} files, ${bytes.toLocaleString('en')} bytes, all as they were written.`);
    } else {
      for (const { file, message } of problems)
        terminal.out(`${pack}: ${file === path.basename(pack) ? '' : `${file}: `}${message}.`);
    }
    return ok ? 0 : 1;
  },
};
