import { boundedList } from './bounded-list';
import { z } from 'zod';
import type { Message } from '../words/message';
import { call } from './method';

/** How Laurel finds its way out: as the system does, by a script, by one proxy, or without any. */
export const NETWORK_MODES = ['system', 'pac', 'manual', 'none'] as const;
export type NetworkMode = (typeof NETWORK_MODES)[number];

/** Where a way to a gateway can end, in the order in which it is walked. */
export type NetworkHop =
  | 'settings'
  | 'proxy-name'
  | 'proxy'
  | 'proxy-tls'
  | 'proxy-credentials'
  | 'proxy-refusal'
  | 'gateway-name'
  | 'gateway-port'
  | 'tls'
  | 'client-certificate'
  | 'gateway';

/** A certificate as people recognise it; dates in epoch seconds. */
export interface CertificateView {
  /** SHA-256 fingerprint in hex. */
  id: string;
  subject: string;
  issuer: string;
  from: number;
  until: number;
  /** Name of the file it came in. */
  file: string;
}

/** Where a secret is kept; `missing`: it has to be entered again. */
type Place = 'keychain' | 'accepted-risk' | 'session' | 'missing';

export interface NetworkView {
  mode: NetworkMode;
  /** Of the script, where it is fetched; empty: none. */
  pacAddress: string;
  /** Name of the script's file, which then is what counts; null: it is fetched. */
  pacFile: string | null;
  /** `http://host:port` or `https://host:port`; empty: none. */
  proxy: string;
  bypass: readonly string[];
  /** Cut to its first characters; empty: the proxy asks nobody for a name. */
  proxyAccount: string;
  proxySecret: Place;
  /** Whether the certificates that the operating system trusts are trusted. */
  systemCertificates: boolean;
  authorities: readonly CertificateView[];
  clientCertificate: (CertificateView & { secret: Place }) | null;
  keychain: 'available' | 'none';
}

export interface NetworkTest {
  ok: boolean;
  /** The hop that failed; null: none did. */
  hop: NetworkHop | null;
  said: Message;
}

const token = z.string().min(1).max(100);

/** A proxy's user and password; null takes them away, and what is left out stays. */
const proxyCredentials = z.object({ user: z.string().min(1).max(400), password: z.string().max(4_000) }).nullable();

export const networkMethods = {
  'network.get': call<NetworkView>()(() => z.object({})),
  /** What is left out stays as it is. Nothing is saved when one of it cannot be. */
  'network.update': call<NetworkView>()(() =>
    z.object({
      mode: z.enum(NETWORK_MODES).optional(),
      pacAddress: z.string().max(4_000).optional(),
      /** A file that a person chose; null: the address counts again. */
      pacFile: token.nullable().optional(),
      proxy: z.string().max(2_000).optional(),
      bypass: boundedList(z.string().max(300), 500, 'lists.exceptions').optional(),
      proxyCredentials: proxyCredentials.optional(),
      systemCertificates: z.boolean().optional(),
      acceptRisk: z.boolean().default(false),
    }),
  ),
  /** Trusts the certificates of a PEM or DER file. */
  'network.addAuthorities': call<NetworkView>()(() => z.object({ file: token })),
  'network.removeAuthority': call<NetworkView>()(() => z.object({ id: z.string().max(100) })),
  /** A PFX file, or PEM with the private key inside or in a second file. It lies where secrets are kept. */
  'network.setClientCertificate': call<NetworkView>()(() =>
    z.object({
      file: token,
      key: token.optional(),
      passphrase: z.string().max(4_000).default(''),
      acceptRisk: z.boolean().default(false),
    }),
  ),
  'network.removeClientCertificate': call<NetworkView>()(() => z.object({})),
  /** Walks the way to an address hop by hop; no credentials of an org are sent. */
  'network.test': call<NetworkTest>()(() => z.object({ address: z.string().max(2_000) })),
};
