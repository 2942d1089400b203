import { interruptedFailure } from '../../db/failures';
import { Failure } from '../../shared/ipc/errors';
import { removeLeftOvers } from '../backend/tables/temporary-folder';
import { argumentErrorInWords, isArgumentError } from './called-wrongly';
import { mistakeInWords } from './mistake';
import { terminalOf, UsageError, type Console, type ExitCode, type ListedCommand, type Terminal } from './command';

function overview(commands: readonly ListedCommand[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    'laurel: loyalty badges from the command line, the same as in the window.',
    '',
    'Usage: laurel COMMAND [OPTIONS]',
    '',
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    '',
    'laurel COMMAND --help tells more about a command; laurel --version names the version.',
  ].join('\n');
}

/**
 * Carries out one call of `laurel`.
 *
 * @param args what stands behind `laurel`
 */
export async function runCommandLine(
  args: readonly string[],
  commands: readonly ListedCommand[],
  version: string,
  console: Console,
): Promise<ExitCode> {
  removeLeftOvers();
  const terminal = terminalOf(console);
  const wantsJson = args.slice(1).includes('--json') && !args.includes('--help') && !args.includes('-h');
  return wantsJson
    ? inJson(terminal, (heard) => call(args, commands, version, heard))
    : call(args, commands, version, terminal);
}

/**
 * With --json standard output always gets a document. A command that ended without one said why in messages: they make
 * the document then, beside standing on standard error for whoever watches.
 */
async function inJson(terminal: Terminal, work: (heard: Terminal) => Promise<ExitCode>): Promise<ExitCode> {
  const messages: string[] = [];
  let isAnswered = false;
  const answers = (write: (text: string) => void) => (text: string) => {
    isAnswered = true;
    write(text);
  };
  const end = await work({
    ...terminal,
    out: answers(terminal.out),
    document: answers(terminal.document),
    error: (line) => {
      if (!isAnswered) messages.push(line);
      terminal.error(line);
    },
  });
  // In one line: some commands answer in lines, and whoever reads those must be able to read this.
  if (!isAnswered)
    terminal.document(JSON.stringify({ schema: 'laurel/messages@1', ok: end === 0, exitCode: end, messages }));
  return end;
}

async function call(
  args: readonly string[],
  commands: readonly ListedCommand[],
  version: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') {
    terminal.out(version);
    return 0;
  }
  if (name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    terminal.document(overview(commands));
    return 0;
  }
  if (name === undefined) {
    for (const line of overview(commands).split('\n')) terminal.error(line);
    return 2;
  }
  const wanted = name === 'help' ? rest[0] : name;
  const listed = commands.find((candidate) => candidate.name === wanted);
  if (!listed) {
    terminal.error(`There is no command “${wanted ?? ''}”. laurel --help lists them all.`);
    return 2;
  }
  const command = await listed.load();
  if (name === 'help' || rest.includes('--help') || rest.includes('-h')) {
    terminal.document(command.help);
    return 0;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (error instanceof UsageError || isArgumentError(error)) {
      terminal.error(error instanceof UsageError ? error.message : argumentErrorInWords(error));
      terminal.error(`laurel ${listed.name} --help tells how it is called. Nothing was done.`);
      return 2;
    }
    const failure = interruptedFailure(error, `laurel ${listed.name}`);
    if (failure instanceof Failure) {
      // Its line ends are the words' own: those of names inside it are escaped.
      for (const line of failure.message.split('\n')) terminal.error(line);
      for (const { code, message, reference } of failure.gatewayErrors) {
        terminal.error(`  ${String(code)}  ${message}${reference === null ? '' : `  (${reference})`}`);
      }
      return 1;
    }
    terminal.error(mistakeInWords(error));
    return 1;
  }
}
