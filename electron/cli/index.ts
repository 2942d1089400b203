import { runCommandLine } from './run';
import { COMMANDS } from './commands';
import { processTerminal } from './terminal';
import { version } from '../../package.json';

const terminal = processTerminal();
try {
  process.exitCode = await runCommandLine(process.argv.slice(2), COMMANDS, version, terminal);
} catch (error) {
  terminal.error(`Laurel made a mistake. ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = 1;
}
