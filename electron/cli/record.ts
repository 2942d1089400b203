import path from 'node:path';
import { parseArgs } from 'node:util';
import { readJobs } from '../../db/workspace/read-jobs';
import { importInWords } from '../../shared/fidelity/fidelity-words';
import type { Recording } from '../../shared/fidelity/recording';
import { inEnglish } from '../../shared/words/english';
import { readLedger } from '../backend/fidelity/record/ledger';
import { makeRecording } from '../backend/fidelity/record/make-recording';
import { requireOutput } from '../disk/output-place';
import { writeWhole } from '../disk/whole-file';
import { UsageError, type Command, type CommandOptions } from './command';
import { presentWorkspace } from './export';
import { connectionNamed } from './org-option';
import { readRecordingFile, SOURCES_HELP } from './recording-file';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  connection: { type: 'string' },
  out: { type: 'string', completes: 'files' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Makes a recording: calls of one org with their answers, in order, for laurel replay. Secrets and customers are replaced; the
same customer stays the same. What was replaced is told. Without --out it is only told, and nothing is kept.

Usage: laurel record FILE [--out RECORDING] [--json]
       laurel record --workspace FILE --connection NAME [--out RECORDING] [--json]

  FILE              ${SOURCES_HELP}
  --workspace FILE  what Laurel itself sent from this workspace; it may be open in a window
  --connection NAME to this org
  --out RECORDING   where it is kept (laurel/recording@1)
  --json            what was replaced and left out (laurel/recorded@1), as JSON

Authorization, cookies, tokens and X-… headers are left out; tokens, passwords and keys in addresses and bodies are replaced;
customers, e-mail addresses, mobiles, card numbers and external ids get other names, also inside other texts. Names and texts of
badges stay: look through a recording before you share it.
Exit code: 0 done, 1 it could not be read or has no call of the gateway, 2 called wrongly.`;

function ofWorkspace(cwd: string, workspace: string | undefined, name: string): Recording {
  const reading = readJobs(presentWorkspace(cwd, workspace));
  try {
    const connection = connectionNamed(reading.connections.list(), name, workspace ?? '');
    return makeRecording(readLedger(reading.ledger, connection.key));
  } finally {
    reading.close();
  }
}

/** `laurel record`. */
export const recordCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    const [file, ...more] = positionals;
    if (more.length > 0) throw new UsageError('Name one file.');
    if ((file === undefined) === (values.connection === undefined))
      throw new UsageError('Name a file, or --workspace FILE and --connection NAME.');
    if (file !== undefined && values.workspace !== undefined)
      throw new UsageError('--workspace belongs to --connection NAME, not to a file.');
    const { out, connection } = values;
    if (out !== undefined) {
      const keep =
        file === undefined ? [] : [{ path: path.resolve(terminal.cwd, file), what: 'the file that is read' }];
      requireOutput(path.resolve(terminal.cwd, out), out, keep, 'Nothing was written.');
    }
    const recording =
      file === undefined
        ? ofWorkspace(terminal.cwd, values.workspace, connection ?? '')
        : readRecordingFile(terminal.cwd, file);
    const { calls, source, replaced, leftOut } = recording;
    const isEmpty = calls.length === 0;
    if (out !== undefined && !isEmpty)
      await writeWhole(path.resolve(terminal.cwd, out), `${JSON.stringify(recording, null, 1)}\n`, { name: out });
    const written = out === undefined || isEmpty ? null : out;
    if (values.json) {
      const document = {
        ...{ schema: 'laurel/recorded@1', out: written, source, calls: calls.length },
        span: isEmpty ? null : { from: calls[0]?.at, to: calls.at(-1)?.at },
        ...{ replaced, leftOut },
      };
      terminal.document(JSON.stringify(document, null, 2));
    } else {
      if (isEmpty) terminal.out('There is no call of the badge gateway in it. Nothing was kept.');
      else
        terminal.out(
          `${calls.length.toLocaleString('en')} call${calls.length === 1 ? '' : 's'} from ${calls[0]?.at ?? ''} to ${calls.at(-1)?.at ?? ''}.`,
        );
      for (const line of importInWords(recording)) terminal.out(`  ${inEnglish(line)}`);
      if (written !== null) terminal.out(`${written} was written.`);
      else if (!isEmpty) terminal.out('Nothing was kept: --out RECORDING keeps it.');
    }
    return isEmpty ? 1 : 0;
  },
};
