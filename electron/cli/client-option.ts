import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Failure } from '../../shared/ipc/errors';
import { message } from '../../shared/words/message';
import { readClientCertificate } from '../backend/network/client-certificate';
import { certificateSecret } from '../backend/network/network';
import type { ShownClient } from '../backend/network/shown-client';
import { readRegular } from '../disk/regular-file';
import { causeOf } from '../disk/system-reasons';
import { UsageError, type CommandOptions } from './command';

/** Of commands that talk to a gateway: the certificate by which it knows who is calling. */
export const CLIENT_OPTIONS = {
  'client-certificate': { type: 'string', completes: 'files' },
  'client-key': { type: 'string', completes: 'files' },
} as const satisfies CommandOptions;

export const CLIENT_HELP = `  --client-certificate FILE  show this certificate: PFX, or PEM with its private key
  --client-key FILE  the private key, where the PEM file has none`;

/** Values that parseArgs gives for {@link CLIENT_OPTIONS}. */
export interface ClientValues {
  'client-certificate'?: string | undefined;
  'client-key'?: string | undefined;
}

/** Bytes. */
const LARGEST_FILE = 4_000_000;

/**
 * Reads the certificate that a command is told to show, with the passphrase of its key from LAUREL_CLIENT_PASSPHRASE.
 *
 * @returns null where none was named
 * @throws UsageError where a key is named alone; Failure where it cannot be read
 */
export function clientOf(values: ClientValues, cwd: string): ShownClient | null {
  const { 'client-certificate': file, 'client-key': key } = values;
  if (file === undefined) {
    if (key !== undefined) throw new UsageError('--client-key belongs to --client-certificate.');
    return null;
  }
  const read = (name: string): { name: string; content: Buffer } => {
    try {
      return { name, content: readRegular(path.resolve(cwd, name), LARGEST_FILE) };
    } catch (error) {
      throw new Failure('invalid-input', message('network.fileUnreadable', { name, reason: causeOf(error) }));
    }
  };
  const passphrase = process.env['LAUREL_CLIENT_PASSPHRASE'] ?? '';
  const { client, shown } = readClientCertificate(read(file), key === undefined ? null : read(key), passphrase);
  const secretId = randomBytes(12).toString('hex');
  return { certificate: { pem: shown.toString(), file, secretId }, secret: certificateSecret(client) };
}
