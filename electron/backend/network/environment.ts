import { isThisMachine } from '../../../shared/ipc/this-machine';
import { isBypassed } from './bypass';
import type { Fault, Way } from './passage';
import { readProxy } from './proxy-address';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The way that the usual variables of the environment name: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in
 * either case. This machine itself is reached directly.
 */
export function wayOfEnvironment(environment: Environment, url: URL): Way | Fault {
  const find = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? '';
  if (isThisMachine(url.hostname)) return null;
  if (isBypassed(find('NO_PROXY').split(/[\s,]+/), url)) return null;
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = find(name);
  if (proxy !== '') return readProxy(proxy, name);
  const any = find('ALL_PROXY');
  return any === '' ? null : readProxy(any, 'ALL_PROXY');
}
