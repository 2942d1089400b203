/** A text in quotes for the terminal of a system, so that nothing in it is read as a command. @param platform as Node names it */
export function quoted(text: string, platform: string): string {
  if (platform === 'win32') return `"${text.replaceAll(/(\\*)"/g, '$1$1\\"')}"`;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** A text as one word of a command: in quotes where something in it means more than itself. */
export function shellWord(text: string, platform: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text, platform);
}
