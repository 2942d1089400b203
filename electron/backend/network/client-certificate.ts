import { createPrivateKey, X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { message } from '../../../shared/words/message';
import { Failure } from '../../../shared/ipc/errors';
import type { ClientCertificate } from './passage';
import { certificatesIn } from './trust';

const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\S]+?-----END (?:[A-Z]+ )?PRIVATE KEY-----/;

export interface GivenFile {
  name: string;
  content: Buffer;
}

/**
 * Reads a client certificate that a person chose: PFX, or PEM with the private key inside or in a second file.
 *
 * @returns what TLS takes, and the certificate alone for showing it
 * @throws Failure `invalid-input` in words when it cannot be used
 */
export function readClientCertificate(
  file: GivenFile,
  key: GivenFile | null,
  passphrase: string,
): { client: ClientCertificate; shown: X509Certificate } {
  const text = file.content.toString('latin1');
  const chain = certificatesIn(text);
  const { name } = file;
  if (chain.length === 0) {
    if (text.includes('-----BEGIN')) throw new Failure('invalid-input', message('network.noCertificates', { name }));
    const client: ClientCertificate = { kind: 'pfx', pfx: new Uint8Array(file.content), passphrase };
    return { client, shown: certificateOfPfx(client, name) };
  }
  const keyText = PRIVATE_KEY.exec(key === null ? text : key.content.toString('latin1'))?.[0];
  if (keyText === undefined)
    throw new Failure('invalid-input', message('network.keyMissing', { name: key?.name ?? name }));
  const shown = certificateOf(chain[0] as string, name);
  let isPair: boolean;
  try {
    isPair = shown.checkPrivateKey(createPrivateKey({ key: keyText, passphrase }));
  } catch {
    throw new Failure('invalid-input', message('network.passphraseWrong', { name: key?.name ?? name }));
  }
  if (!isPair) throw new Failure('invalid-input', message('network.keyUnfit', { name }));
  return { client: { kind: 'pem', cert: chain.join('\n'), key: keyText, passphrase }, shown };
}

function certificateOf(pem: string, name: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw new Failure('invalid-input', message('network.noCertificates', { name }));
  }
}

/** The certificate inside a PFX file, as TLS itself reads it. */
function certificateOfPfx({ pfx, passphrase }: ClientCertificate & { kind: 'pfx' }, name: string): X509Certificate {
  let context: tls.SecureContext;
  try {
    context = tls.createSecureContext({ pfx: Buffer.from(pfx), passphrase });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    if (/mac verify|bad decrypt|password/i.test(detail))
      throw new Failure('invalid-input', message('network.passphraseWrong', { name }));
    if (/unsupported/i.test(detail))
      throw new Failure('invalid-input', message('network.clientUnusable', { name, detail: detail.slice(0, 100) }));
    throw new Failure('invalid-input', message('network.noCertificates', { name }));
  }
  // Node hands out what it read of a PFX only through the context that holds it.
  const der = (context as unknown as { context: { getCertificate(): Buffer | null } }).context.getCertificate();
  if (der === null) throw new Failure('invalid-input', message('network.noCertificates', { name }));
  return new X509Certificate(der);
}
