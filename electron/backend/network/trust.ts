import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { readRegularText } from '../../disk/regular-file';
import type { Environment } from './environment';

/** Where Linux systems keep what they trust, by family; the first that is there counts. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
/** Bytes. */
const LARGEST_BUNDLE = 16_000_000;

const ONE_CERTIFICATE = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/** The certificates of a PEM text, each as a text of its own. */
export function certificatesIn(text: string): string[] {
  return text.match(ONE_CERTIFICATE) ?? [];
}

/** Certificates that the operating system trusts: on Linux from its bundle, elsewhere from its store where the runtime can. */
export function systemAuthorities(): readonly string[] {
  if (process.platform === 'linux') {
    for (const file of SYSTEM_BUNDLES) {
      const found = certificatesOfFile(file);
      if (found !== null && found.length > 0) return found;
    }
    return [];
  }
  // The fallback runtime has no such call; it is there for Linux only.
  const { getCACertificates } = tls as { getCACertificates?: (kind: 'system') => string[] };
  try {
    return getCACertificates?.('system') ?? [];
  } catch {
    return [];
  }
}

/** Files of certificates that the environment names, as OpenSSL and Node read them. */
export function authoritiesOfEnvironment(environment: Environment): {
  authorities: readonly string[];
  /** Names of variables whose file could not be used. */
  unread: readonly string[];
} {
  const unread: string[] = [];
  const authorities = ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'].flatMap((name) => {
    const file = environment[name] ?? '';
    if (file === '') return [];
    const found = certificatesOfFile(file);
    if (found === null || found.length === 0) unread.push(name);
    return found ?? [];
  });
  return { authorities, unread };
}

/** Null where the file cannot be read. */
function certificatesOfFile(file: string): string[] | null {
  try {
    return certificatesIn(readRegularText(file, LARGEST_BUNDLE));
  } catch {
    return null;
  }
}

/**
 * Certificates of a file that a person chose: PEM, however many, or one as DER.
 *
 * @returns empty when it holds none
 */
export function readCertificates(content: Buffer): X509Certificate[] {
  const texts = certificatesIn(content.toString('latin1'));
  const sources: (string | Buffer)[] = texts.length > 0 ? texts : [content];
  return sources.flatMap((source) => {
    try {
      return [new X509Certificate(source)];
    } catch {
      return [];
    }
  });
}

/** The name that people know a certificate's subject or issuer by: its common name, else its organisation. */
export function nameIn(distinguished: string | undefined): string {
  const lines = (distinguished ?? '').split('\n');
  const find = (key: string): string | undefined =>
    lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1);
  return find('CN') ?? find('O') ?? find('OU') ?? lines[0] ?? '';
}
