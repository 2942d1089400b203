import { parseArgs } from 'node:util';
import { UsageError, type Command, type CommandOptions, type ListedCommand } from './command';
import { SHELLS, completionScript, type CompletedCommand } from './completion-scripts';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = { json: { type: 'boolean', default: false } } as const satisfies CommandOptions;

const HELP = `Prints a script that lets a shell complete the commands, options and values of laurel.

Usage: laurel completions bash|zsh|fish [--json]

  bash   source <(laurel completions bash)           in ~/.bashrc
  zsh    laurel completions zsh > ~/.zfunc/_laurel   with fpath=(~/.zfunc $fpath) before compinit in ~/.zshrc
  fish   laurel completions fish > ~/.config/fish/completions/laurel.fish
  --json the script inside one JSON document (laurel/completions@1)

Options are those that the commands themselves are parsed with; after an update, write the script anew.
Exit code: 0 done, 2 called wrongly.`;

/** What shells offer of every command. */
export function completedCommands(commands: readonly ListedCommand[]): Promise<CompletedCommand[]> {
  return Promise.all(
    commands.map(async ({ name, summary, load }) => {
      const { options, operands } = await load();
      return { name, summary, options, operands: operands ?? 'files' };
    }),
  );
}

/** `laurel completions`. */
export const completionsCommand: Command = {
  options: OPTIONS,
  operands: SHELLS,
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
    const [named, ...more] = positionals;
    const shell = SHELLS.find((each) => each === named);
    if (shell === undefined || more.length > 0) throw new UsageError(`Name one shell: ${SHELLS.join(', ')}.`);
    // Asked for here: the list holds this command, too.
    const { COMMANDS } = await import('./commands');
    const script = completionScript(shell, await completedCommands(COMMANDS));
    if (values.json) terminal.document(JSON.stringify({ schema: 'laurel/completions@1', shell, script }, null, 2));
    else terminal.document(script);
    return 0;
  },
};
