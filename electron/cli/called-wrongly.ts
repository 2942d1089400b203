/** Parse errors of node:util carry a code, and a message in which the argument stands. */
export function isArgumentError(error: unknown): error is Error & { code: string } {
  return (
    error instanceof TypeError &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  );
}

/** What is wrong with the arguments of a command, in one sentence. */
export function argumentErrorInWords({ code, message }: Error & { code: string }): string {
  const [first = ''] = message.split('\n');
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const option = /^Unknown option '(.+?)'(?:\. To specify .*)?$/.exec(first)?.[1];
    return option === undefined ? 'There is no such option.' : `There is no option ${option}.`;
  }
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
    const word = /^Unexpected argument '(.*)'\. This command /.exec(message.replaceAll('\n', ' '))?.[1];
    return `${word === undefined ? 'One word' : `“${word}”`} has no place here: this command takes options only.`;
  }
  // '-p, --port <value>' names the long form last.
  const option = /^Option '(?:-\w, )?(--?[^' ]+)(?: <value>)?'/.exec(first)?.[1] ?? 'An option';
  return first.endsWith('does not take an argument')
    ? `${option} takes no value.`
    : `${option} needs a value; one that begins with a dash is written ${option}=-VALUE.`;
}
