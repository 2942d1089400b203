import { z } from 'zod';
import { NETWORK_MODES } from '../../../shared/ipc/network-contract';

const secretId = z.string().regex(/^[0-9a-f]{1,64}$/);

/** A certificate as it is kept, with the name of the file it came in. */
export const storedCertificate = z.object({ pem: z.string(), file: z.string() });
export type StoredCertificate = z.infer<typeof storedCertificate>;

/** The settings of the network as the workspace keeps them. Secrets are named here and kept elsewhere. */
export const storedNetwork = z.object({
  mode: z.enum(NETWORK_MODES).default('system'),
  pacAddress: z.string().default(''),
  pacFile: z.object({ name: z.string(), text: z.string() }).nullable().default(null),
  proxy: z.string().default(''),
  bypass: z.array(z.string()).default(['localhost', '127.0.0.1', '::1']),
  proxyLogin: z.object({ account: z.string(), secretId }).nullable().default(null),
  systemCertificates: z.boolean().default(true),
  authorities: z.array(storedCertificate).default([]),
  /** The certificate alone, for showing it; with its key it lies with the secrets. */
  clientCertificate: storedCertificate.extend({ secretId }).nullable().default(null),
});
export type StoredNetwork = z.infer<typeof storedNetwork>;
