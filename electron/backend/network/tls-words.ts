import type { DetailedPeerCertificate } from 'node:tls';
import { dayInWords } from '../../../shared/words/day-words';
import { message, type Message, type MessagePart } from '../../../shared/words/message';

/** Codes of Node's TLS for a certificate that does not hold, and for what is no TLS at all. */
const ABOUT_TLS = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO|SSL routines/;

/** Whether an error came from TLS rather than from the way to it. */
export function isAboutTls(error: NodeJS.ErrnoException): boolean {
  return ABOUT_TLS.test(error.code ?? '') || ABOUT_TLS.test(error.message);
}

/** What is wrong with TLS, by kind. */
export type TlsTrouble =
  | 'self-signed'
  | 'unknown-issuer'
  | 'wrong-host'
  | 'expired'
  | 'not-yet'
  | 'plain'
  | 'client-wanted'
  | 'client-refused'
  | 'other';

/** Reads a code of Node, of OpenSSL or of BoringSSL. */
export function tlsTroubleOf(error: NodeJS.ErrnoException): TlsTrouble {
  const text = `${error.code ?? ''} ${error.message}`;
  if (/ALTNAME|HOSTNAME_MISMATCH/.test(text)) return 'wrong-host';
  if (/HAS_EXPIRED|certificate has expired/.test(text)) return 'expired';
  if (text.includes('NOT_YET_VALID')) return 'not-yet';
  if (text.includes('DEPTH_ZERO_SELF_SIGNED')) return 'self-signed';
  if (/SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY|CERT_UNTRUSTED|INVALID_CA/.test(text))
    return 'unknown-issuer';
  if (/ALERT_CERTIFICATE_REQUIRED|certificate required/i.test(text)) return 'client-wanted';
  if (
    /ALERT_(BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_|UNSUPPORTED_CERTIFICATE|ACCESS_DENIED)|alert (bad certificate|unknown ca|access denied)/i.test(
      text,
    )
  )
    return 'client-refused';
  if (
    /WRONG_VERSION_NUMBER|HTTP_REQUEST|PACKET_LENGTH|RECORD_LAYER|UNKNOWN_PROTOCOL|wrong version number|packet length too long/i.test(
      text,
    )
  )
    return 'plain';
  return 'other';
}

/** Whether the other side ended the handshake over the certificate of this one, or for want of it. */
export function isAboutClient(error: NodeJS.ErrnoException): boolean {
  return ['client-wanted', 'client-refused'].includes(tlsTroubleOf(error));
}

/**
 * What is wrong with a certificate, in words.
 *
 * @param host whose certificate it should be, with its port
 * @param certificate what was shown, where it is known
 */
export function tlsInWords(error: NodeJS.ErrnoException, host: string, certificate?: DetailedPeerCertificate): Message {
  const issuer = nameOf(certificate?.issuer);
  switch (tlsTroubleOf(error)) {
    case 'self-signed':
      return message('network.selfSigned', { host });
    case 'unknown-issuer': {
      const top = topOf(certificate);
      return top === ''
        ? message('network.unknownIssuer', { host })
        : message('network.unknownIssuerNamed', { host, issuer: top });
    }
    case 'wrong-host': {
      const names = namesOf(certificate ?? (error as { cert?: DetailedPeerCertificate }).cert);
      return names === '' ? message('network.wrongHost', { host }) : message('network.wrongHostNamed', { host, names });
    }
    case 'expired':
      return issuer === ''
        ? message('network.expired', { host })
        : message('network.expiredNamed', { host, issuer, until: dayOf(certificate?.valid_to ?? '') });
    case 'not-yet':
      return message('network.notYet', { host });
    case 'plain':
      return message('network.plainPort', { host });
    case 'client-wanted':
      return message('network.clientWanted', { host });
    case 'client-refused':
      return message('network.clientRefused', { host });
    case 'other':
      return message('network.tlsBroken', { host, detail: error.code ?? error.message.slice(0, 100) });
  }
}

/** The day in UTC of a time as OpenSSL writes it; the text itself where it is none. */
function dayOf(text: string): MessagePart {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return text;
  return dayInWords({ day: time.getUTCDate(), month: time.getUTCMonth() + 1, year: time.getUTCFullYear() });
}

type Name = DetailedPeerCertificate['subject'] | undefined;

function nameOf(name: Name): string {
  const parts = (name ?? {}) as Readonly<Record<string, string | string[] | undefined>>;
  const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
  return first(parts['CN']) ?? first(parts['O']) ?? first(parts['OU']) ?? '';
}

/** The issuer at the top of what was shown: the one that would have to be trusted. */
function topOf(certificate: DetailedPeerCertificate | undefined): string {
  let top = certificate;
  for (let depth = 0; depth < 20 && top?.issuerCertificate && top.issuerCertificate !== top; depth += 1) {
    top = top.issuerCertificate;
  }
  return nameOf(top?.issuer);
}

function namesOf(certificate: DetailedPeerCertificate | undefined): string {
  const listed = (certificate?.subjectaltname ?? '')
    .split(', ')
    .map((entry) => entry.replace(/^(DNS|IP Address):/, ''))
    .filter((entry) => entry !== '');
  return (listed.length > 0 ? listed : [nameOf(certificate?.subject)].filter(Boolean)).slice(0, 5).join(', ');
}
