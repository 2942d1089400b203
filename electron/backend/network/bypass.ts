import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { bareHost, portOf } from './passage';

/** What an exception stands for; hosts in small letters, as `URL` has them. */
type Exception = { port: number | null } & (
  | { kind: 'everything' | 'local' }
  | { kind: 'network'; address: string; bits: number; family: 4 | 6 }
  | { kind: 'pattern'; parts: readonly string[] }
  | { kind: 'address' | 'name'; host: string }
);

/**
 * Reads an exception as the usual tools write them: `example.com`, `.example.com` and `*.example.com` stand for the name
 * and all below it, `*` for everything, `10.0.0.0/8` and `192.168.*` for a network, `<local>` for names without a dot; a
 * port may stand behind each.
 *
 * @returns null for what is none of these, an address with its scheme for example
 */
export function readException(text: string): Exception | null {
  const entry = text.trim().toLowerCase();
  const found = /^(\[[^\]]+\](?:\/\d+)?|[^:]+):(\d{1,5})$/.exec(entry);
  const port = found ? Number(found[2]) : null;
  if (port !== null && (port < 1 || port > 65_535)) return null;
  const name = (found?.[1] ?? entry).replace(/^\[([^\]]+)\]/, '$1');
  if (name === '*') return { kind: 'everything', port };
  if (name === '<local>') return { kind: 'local', port };
  if (isIP(name) !== 0) return { kind: 'address', host: name, port };
  if (name.includes('/')) return readNetwork(name, port);
  const parts = name.split('.');
  if (parts.length <= 4 && parts.every((part) => part === '*' || /^\d{1,3}$/.test(part)))
    return parts.at(-1) === '*' && parts.every((part) => part === '*' || Number(part) < 256)
      ? { kind: 'pattern', parts, port }
      : null;
  // A name at whose end a dot stands is the same name, told to be whole.
  const host = domainToASCII(name.replace(/^\*?\./, '').replace(/\.$/, ''));
  return /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/.test(host) &&
    !/(^|\.)\d+$/.test(host)
    ? { kind: 'name', host, port }
    : null;
}

function readNetwork(name: string, port: number | null): Exception | null {
  const [address = '', bits = '', ...more] = name.split('/');
  const family = isIP(address);
  if ((family !== 4 && family !== 6) || more.length > 0 || !/^\d{1,3}$/.test(bits)) return null;
  return Number(bits) > (family === 4 ? 32 : 128)
    ? null
    : { kind: 'network', address, bits: Number(bits), family, port };
}

/** Whether a list of exceptions names an address. What cannot be read names nothing. */
export function isBypassed(list: readonly string[], url: URL): boolean {
  const host = bareHost(url).toLowerCase().replace(/\.$/, '');
  return list.some((text) => {
    const exception = readException(text);
    if (exception === null || (exception.port !== null && exception.port !== portOf(url))) return false;
    return names(exception, host);
  });
}

function names(exception: Exception, host: string): boolean {
  const family = isIP(host);
  switch (exception.kind) {
    case 'everything':
      return true;
    case 'local':
      return family === 0 && !host.includes('.');
    case 'address':
      return family !== 0 && blockOf(exception.host, isIP(exception.host) === 6 ? 128 : 32).check(host, typeOf(family));
    case 'network':
      return family === exception.family && blockOf(exception.address, exception.bits).check(host, typeOf(family));
    case 'pattern': {
      const given = host.split('.');
      return family === 4 && exception.parts.every((part, at) => part === '*' || Number(part) === Number(given[at]));
    }
    case 'name':
      return family === 0 && (host === exception.host || host.endsWith(`.${exception.host}`));
  }
}

const typeOf = (family: number): 'ipv4' | 'ipv6' => (family === 6 ? 'ipv6' : 'ipv4');

function blockOf(address: string, bits: number): BlockList {
  const block = new BlockList();
  block.addSubnet(address, bits, typeOf(isIP(address)));
  return block;
}
