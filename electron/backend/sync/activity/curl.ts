import { shellWord } from '../../../../shared/ipc/shell-word';
import type { SharedExchange } from './without-secrets';

/**
 * A request as a command for the terminal of a system. How to prove who is calling is never in it: it is taken from the
 * variable `AUTHORIZATION` of whoever runs it.
 *
 * @param platform as Node names it; the terminal of Windows takes no command over several lines
 */
export function curlOf(
  {
    line,
    url,
    requestHeaders,
    requestBody,
  }: Pick<SharedExchange, 'url' | 'requestHeaders' | 'requestBody'> & { line: Pick<SharedExchange['line'], 'method'> },
  platform: string,
): string {
  const word = (text: string): string => shellWord(text, platform);
  const isWindows = platform === 'win32';
  const words = [
    `curl --request ${word(line.method)} ${word(url)}`,
    `--header "Authorization: ${isWindows ? '%AUTHORIZATION%' : '$AUTHORIZATION'}"`,
    // How a body is packed is between curl and the server.
    ...requestHeaders
      .filter(({ name }) => !/^(accept-encoding|content-length|host)$/i.test(name))
      .map(({ name, value }) => `--header ${word(`${name}: ${value}`)}`),
    ...(requestBody === null ? [] : [`--data-raw ${word(requestBody)}`]),
  ];
  return `${words.join(isWindows ? ' ' : ' \\\n  ')}\n`;
}
