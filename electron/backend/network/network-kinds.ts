import { readProxy } from './proxy-address';
import type { StoredNetwork } from './stored-network';

/** The settings of the network as kinds and numbers, for a support case: no host, name, account or certificate. */
export interface NetworkKinds {
  mode: StoredNetwork['mode'];
  script: 'none' | 'file' | 'address';
  /** Without its colon, as `socks5`; `unreadable` where an address stands there that is none. */
  proxy: string;
  proxyCredentials: boolean;
  exceptions: number;
  systemCertificates: boolean;
  authorities: number;
  clientCertificate: boolean;
}

/** @see NetworkKinds */
export function networkKinds(stored: Readonly<StoredNetwork>): NetworkKinds {
  const { mode, pacFile, pacAddress, proxyLogin, bypass, systemCertificates, authorities, clientCertificate } = stored;
  return {
    mode,
    script: pacFile !== null ? 'file' : pacAddress === '' ? 'none' : 'address',
    proxy: kindOfProxy(stored.proxy),
    proxyCredentials: proxyLogin !== null,
    exceptions: bypass.length,
    systemCertificates,
    authorities: authorities.length,
    clientCertificate: clientCertificate !== null,
  };
}

function kindOfProxy(proxy: string): string {
  if (proxy === '') return 'none';
  const read = readProxy(proxy, '');
  return 'hop' in read ? 'unreadable' : read.protocol.slice(0, -1);
}
