import { message } from '../../../shared/words/message';
import type { Fault, Way } from './passage';
import { readProxy } from './proxy-address';

/**
 * The ways that a script or the system answers with, such as `PROXY a:8080; PROXY b:8080; DIRECT`.
 *
 * The direct way is taken where it stands first. Behind a proxy it is not: when the proxies are gone, a request would
 * leave by a way that nobody who set a proxy expects.
 */
export function waysOfAnswer(answer: string): readonly Way[] | Fault {
  const ways: Way[] = [];
  let unusable: Fault | null = null;
  for (const part of answer.split(';')) {
    const [kind = '', address = ''] = part.trim().split(/\s+/);
    const word = kind.toUpperCase();
    if (word === '') continue;
    if (word === 'DIRECT') {
      if (ways.length === 0 && unusable === null) return [null];
      continue;
    }
    // SOCKS alone is version 4, as it always was in scripts.
    const scheme = { PROXY: 'http', SOCKS: 'socks4' }[word] ?? word.toLowerCase();
    const way = readProxy(`${scheme}://${address}`, part.trim());
    if ('hop' in way) unusable ??= way;
    else ways.push(way);
  }
  if (ways.length > 0) return ways;
  return unusable ?? { hop: 'settings', said: message('network.pacNoAnswer', { answer: answer.slice(0, 100) }) };
}
