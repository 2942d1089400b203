import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** A certificate with its key, as PEM. */
export interface Issued {
  cert: string;
  key: string;
  /** PEM of whoever signed it; its own where nobody did. */
  issuer: string;
}

const DAY = 24 * 3_600_000;
let serial = 1;

function keyPair(): { key: string; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  };
}

export interface Wanted {
  name: string;
  /** Names and addresses it is for. */
  hosts?: readonly string[];
  signer?: Authority | undefined;
  isAuthority?: boolean;
  /** Days from now. */
  from?: number;
  until?: number;
  client?: boolean;
}

export type Authority = Issued & { name: string };

/** Makes a certificate; without a signer it signs itself. */
export function issue({
  name,
  hosts = [],
  signer,
  isAuthority = false,
  from = -10,
  until = 10,
  client,
}: Wanted): Authority {
  const { key, publicKey } = keyPair();
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey) as forge.pki.rsa.PublicKey;
  certificate.serialNumber = (serial++).toString(16).padStart(4, '0');
  certificate.validity.notBefore = new Date(Date.now() + from * DAY);
  certificate.validity.notAfter = new Date(Date.now() + until * DAY);
  const subject = [{ name: 'commonName', value: name }];
  certificate.setSubject(subject);
  certificate.setIssuer(signer ? [{ name: 'commonName', value: signer.name }] : subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: isAuthority, critical: true },
    ...(isAuthority ? [{ name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true }] : []),
    ...(client === true ? [{ name: 'extKeyUsage', clientAuth: true }] : []),
    ...(hosts.length === 0
      ? []
      : [
          {
            name: 'subjectAltName',
            altNames: hosts.map((host) => (/^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host })),
          },
        ]),
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(signer?.key ?? key), forge.md.sha256.create());
  const cert = forge.pki.certificateToPem(certificate).replaceAll('\r', '');
  return { name, cert, key, issuer: signer?.cert ?? cert };
}

/** A PFX file of a certificate and its key. */
export function pfxOf({ cert, key }: Issued, passphrase: string): Buffer {
  const made = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(key),
    [forge.pki.certificateFromPem(cert)],
    passphrase,
    // What OpenSSL 3 and BoringSSL both open.
    { algorithm: 'aes256' },
  );
  return Buffer.from(forge.asn1.toDer(made).getBytes(), 'binary');
}
