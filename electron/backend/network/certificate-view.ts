import { X509Certificate } from 'node:crypto';
import type { CertificateView } from '../../../shared/ipc/network-contract';
import type { StoredCertificate } from './stored-network';
import { nameIn } from './trust';

/** A certificate as people recognise it. */
export function certificateView({ pem, file }: StoredCertificate): CertificateView {
  const certificate = new X509Certificate(pem);
  return {
    id: idOf(certificate),
    subject: nameIn(certificate.subject),
    issuer: nameIn(certificate.issuer),
    from: Math.floor(Date.parse(certificate.validFrom) / 1_000),
    until: Math.floor(Date.parse(certificate.validTo) / 1_000),
    file,
  };
}

/** SHA-256 fingerprint in hex. */
export function idOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}
