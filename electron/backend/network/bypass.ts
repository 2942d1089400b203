import { BlockList, isIP } from 'node:net';
import { bareHost, portOf } from './passage';

/**
 * Whether a list of exceptions names an address, as the usual tools read such lists: `example.com` and `.example.com`
 * stand for the name and all below it, `*` for everything, `10.0.0.0/8` for a network, `<local>` for names without a
 * dot; a port may stand behind each.
 */
export function isBypassed(list: readonly string[], url: URL): boolean {
  const host = bareHost(url).toLowerCase();
  return list.some((entry) => {
    const { name, port } = partsOf(entry.trim().toLowerCase());
    if (name === '' || (port !== null && port !== portOf(url))) return false;
    if (name === '*') return true;
    if (name === '<local>') return !host.includes('.') && isIP(host) === 0;
    if (name.includes('/')) return isWithin(name, host);
    const bare = name.replace(/^\*?\./, '');
    return host === bare || (isIP(host) === 0 && host.endsWith(`.${bare}`));
  });
}

function partsOf(entry: string): { name: string; port: number | null } {
  const found = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(entry);
  const name = found?.[1] ?? entry;
  return { name: name.replace(/^\[|\]$/g, ''), port: found ? Number(found[2]) : null };
}

function isWithin(network: string, host: string): boolean {
  const family = isIP(host);
  const [address = '', bits = ''] = network.split('/');
  if (family === 0 || isIP(address) !== family || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(address, Number(bits), type);
  return block.check(host, type);
}
