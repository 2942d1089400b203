import path from 'node:path';
import { parseArgs } from 'node:util';
import { serialiseResult } from '../../shared/simulation/result';
import { mergeParts, type Part } from '../../shared/simulation/slice';
import { readPartText } from '../backend/simulation/part-file';
import { requireOutput } from '../disk/output-place';
import { readRegularText } from '../disk/regular-file';
import { reasonOf } from '../disk/system-reasons';
import { writeWhole } from '../disk/whole-file';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { resultLines } from './simulation-words';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  json: { type: 'boolean', default: false },
  out: { type: 'string', completes: 'files' },
} as const satisfies CommandOptions;

const HELP = `Puts the slices of a simulation together to what one run of it gives, to the byte.

Usage: laurel merge PART… [--json] [--out FILE]

  PART        what laurel simulate FILE --slice K/N --out PART wrote; all N of them, in any order
  --json      the result (laurel/result@1) as JSON
  --out FILE  write the result into this file

A slice that is missing, there twice, or of another scenario is named, and a part that was cut off or changed since it was written.
Exit code: 0 done, 1 the parts do not make a whole, 2 called wrongly.`;

/** Bytes. Longer texts cannot be held in one piece. */
const LARGEST = 500_000_000;
const NOTHING = 'Nothing was merged.';

function readPartFile(cwd: string, name: string): { part: Part } | { reason: string } {
  let text: string;
  try {
    text = readRegularText(path.resolve(cwd, name), LARGEST);
  } catch (error) {
    return { reason: `cannot be read (${reasonOf(error)})` };
  }
  const read = readPartText(text);
  switch (read.kind) {
    case 'part':
      return { part: read.part };
    case 'damaged': {
      const { slice, scenario } = read.part;
      const which = `${String(slice.number)}/${String(slice.of)}`;
      const again = `make slice ${which} of ${scenario.name} again, with laurel simulate … --slice ${which} --out ${name}`;
      return {
        reason: `was changed or damaged since it was written; its numbers cannot be trusted: ${again}. ${NOTHING}`,
      };
    }
    case 'cut':
      return { reason: `is cut off, or no JSON: copy it whole, or run its slice again. ${NOTHING}` };
    case 'none':
      return { reason: `is no part of a simulation (laurel/part@1), or not whole: make it anew. ${NOTHING}` };
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: OPTIONS,
  });
  if (positionals.length === 0) throw new UsageError('Name the parts to merge.');
  const { out } = values;
  if (out !== undefined) {
    const inputs = positionals.map((name) => ({ path: path.resolve(terminal.cwd, name), what: 'a part' }));
    requireOutput(path.resolve(terminal.cwd, out), out, inputs, NOTHING);
  }
  const parts: { name: string; part: Part }[] = [];
  for (const name of positionals) {
    const read = readPartFile(terminal.cwd, name);
    if ('part' in read) parts.push({ name, part: read.part });
    else terminal.error(`${name}: ${read.reason}`);
  }
  if (parts.length < positionals.length) return 1;
  const merge = mergeParts(parts);
  if (!merge.ok) {
    for (const mistake of merge.mistakes) terminal.error(mistake);
    return 1;
  }
  const bytes = serialiseResult(merge.result);
  if (out !== undefined) await writeWhole(path.resolve(terminal.cwd, out), bytes, { name: out });
  if (values.json) terminal.document(bytes.trimEnd());
  else for (const line of resultLines(merge.result, merge.nobody)) terminal.out(line);
  return 0;
}

/** `laurel merge`. */
export const mergeCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run,
};
