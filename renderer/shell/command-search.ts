import { groupWord, type Command } from './commands.svelte';

/** 3: the title begins so; 2: a word of the title begins so; 1: it is somewhere in title, group or keywords; 0: not found. */
function rank(command: Command, word: string): number {
  const title = command.title.toLowerCase();
  if (title.startsWith(word)) return 3;
  if (title.split(' ').some((part) => part.startsWith(word))) return 2;
  const rest = `${title} ${groupWord(command.group)} ${command.keywords ?? ''}`.toLowerCase();
  return rest.includes(word) ? 1 : 0;
}

/** The commands that fit every word of a search, the closest first; without a search all of them, in their order. */
export function searchCommands(commands: readonly Command[], search: string): readonly Command[] {
  const shown = commands.filter((command) => command.hidden !== true);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return shown.filter((command) => command.onlySearched !== true);
  return shown
    .map((command) => ({ command, ranks: words.map((word) => rank(command, word)) }))
    .filter(({ ranks }) => ranks.every((found) => found > 0))
    .map(({ command, ranks }) => ({ command, sum: ranks.reduce((total, found) => total + found, 0) }))
    .sort((a, b) => b.sum - a.sum)
    .map(({ command }) => command);
}
