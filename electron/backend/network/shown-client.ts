import type { SecretKeeper } from '../secrets/secret-keeper';
import { storedNetwork, type StoredNetwork } from './stored-network';

/** A client certificate that is shown for as long as a command runs. */
export interface ShownClient {
  certificate: NonNullable<StoredNetwork['clientCertificate']>;
  secret: Uint8Array;
}

/**
 * The settings of a command: those that a workspace keeps, with the client certificate that the command was told in place
 * of theirs.
 *
 * @param kept what a workspace keeps of the network; undefined: as a workspace that is set to the system
 */
export async function withClient(kept: unknown, client: ShownClient | null, secrets: SecretKeeper): Promise<unknown> {
  if (client === null) return kept;
  await secrets.put(client.certificate.secretId, client.secret, false);
  return { ...storedNetwork.parse(kept ?? {}), clientCertificate: client.certificate };
}
