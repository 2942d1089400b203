import { runCommandLine } from './run';
import { COMMANDS } from './commands';
import { mistakeInWords } from './mistake';
import { processTerminal } from './terminal';
import { version } from '../../package.json';

const terminal = processTerminal();
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    terminal.error(mistakeInWords(error));
    process.exit(1);
  });
}
const end = await runCommandLine(process.argv.slice(2), COMMANDS, version, terminal);
// What could not be written has set it already.
process.exitCode ??= end;
