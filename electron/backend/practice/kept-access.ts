import { z } from 'zod';
import type { SettingsStore } from '../../../db/workspace/settings';
import type { SecretKeeper } from '../secrets/secret-keeper';
import { newCredentials, type Credentials } from './credentials';

const kept = z.object({
  /** Under which the credentials are kept. */
  secretId: z
    .string()
    .regex(/^[0-9a-f]{1,64}$/)
    .nullable()
    .catch(null),
  /** The one it got last time it could take any; null: none yet. */
  port: z.int().min(1).max(65_535).nullable().catch(null),
  /** It ran when Laurel ended, and goes on at the next start. */
  runs: z.boolean().catch(false),
  /** The connection that was made for it. */
  connectionId: z.int().min(1).nullable().catch(null),
});
type Kept = z.output<typeof kept>;

const credentialsForm = z.object({ user: z.string().min(1), password: z.string().min(1) });

/**
 * What of a practice org stays from start to start, so that a client that was set up once goes on: its port, its
 * credentials, and whether it runs. The credentials are where those of connections are, and nowhere else.
 */
export class KeptAccess {
  readonly #settings: SettingsStore;
  readonly #secrets: SecretKeeper;
  readonly #randomBytes: (length: number) => Uint8Array;
  #kept: Kept;

  constructor(settings: SettingsStore, secrets: SecretKeeper, randomBytes: (length: number) => Uint8Array) {
    this.#settings = settings;
    this.#secrets = secrets;
    this.#randomBytes = randomBytes;
    const reading = kept.safeParse(settings.kept('practiceAccess') ?? {});
    this.#kept = reading.success ? reading.data : { secretId: null, port: null, runs: false, connectionId: null };
  }

  get port(): number | null {
    return this.#kept.port;
  }

  get runs(): boolean {
    return this.#kept.runs;
  }

  get connectionId(): number | null {
    return this.#kept.connectionId;
  }

  keep(change: Partial<Omit<Kept, 'secretId'>>): void {
    this.#change(change);
  }

  /** The pair of the last start; a new one where none is kept any more. */
  async credentials(): Promise<Credentials> {
    const { secretId } = this.#kept;
    const secret = secretId === null ? null : await this.#secrets.take(secretId);
    return (secret && credentialsIn(secret)) ?? this.#renewed();
  }

  /** Forgets the pair: the next start makes a new one. */
  async forgetCredentials(): Promise<void> {
    const { secretId } = this.#kept;
    if (secretId === null) return;
    this.#change({ secretId: null });
    await this.#secrets.forget(secretId);
  }

  async #renewed(): Promise<Credentials> {
    const credentials = newCredentials();
    const secretId = Buffer.from(this.#randomBytes(12)).toString('hex');
    // Made by Laurel, and good for a practice org of this machine alone: it may stand on a disk without a keychain.
    await this.#secrets.put(secretId, new TextEncoder().encode(JSON.stringify(credentials)), true);
    this.#change({ secretId });
    return credentials;
  }

  #change(change: Partial<Kept>): void {
    const next = { ...this.#kept, ...change };
    if (JSON.stringify(next) === JSON.stringify(this.#kept)) return;
    this.#settings.keep('practiceAccess', next);
    this.#kept = next;
  }
}

/** Reads kept credentials and wipes the bytes they came in. */
function credentialsIn(secret: Uint8Array): Credentials | null {
  try {
    return credentialsForm.parse(JSON.parse(new TextDecoder().decode(secret)));
  } catch {
    return null;
  } finally {
    secret.fill(0);
  }
}
