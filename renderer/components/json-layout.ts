/**
 * A JSON text with line ends and indentation, every token as it was: numbers keep their digits, which reading and
 * writing them again would not. Any other text is answered as it is.
 */
export function laidOut(text: string): string {
  const start = text.trimStart().charAt(0);
  if (start !== '{' && start !== '[') return text;
  let depth = 0;
  let result = '';
  const tokens = text.match(/"(?:[^"\\]|\\.)*"?|[[\]{},:]|[^\s"[\]{},:]+/g) ?? [];
  const line = (): string => `\n${'  '.repeat(depth)}`;
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      result += before === '{' || before === '[' ? token : line() + token;
    } else {
      const opens = before === '{' || before === '[';
      result += (opens ? line() : '') + token;
      if (token === '{' || token === '[') depth += 1;
      else if (token === ',') result += line();
      else if (token === ':') result += ' ';
    }
  });
  return result;
}
