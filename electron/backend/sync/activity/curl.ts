import type { SharedExchange } from './without-secrets';

/** A word of a POSIX shell that means itself, whatever is in it. */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * A request as a command of a shell. How to prove who is calling is never in it: it is taken from the variable
 * `AUTHORIZATION` of whoever runs it.
 */
export function curlOf({ line, url, requestHeaders, requestBody }: SharedExchange): string {
  const words = [
    `curl --request ${shellWord(line.method)} ${shellWord(url)}`,
    '--header "Authorization: $AUTHORIZATION"',
    // How a body is packed is between curl and the server.
    ...requestHeaders
      .filter(({ name }) => !/^(accept-encoding|content-length|host)$/i.test(name))
      .map(({ name, value }) => `--header ${shellWord(`${name}: ${value}`)}`),
    ...(requestBody === null ? [] : [`--data-raw ${shellWord(requestBody)}`]),
  ];
  return `${words.join(' \\\n  ')}\n`;
}
