/** Where a connection's credentials are kept. */
export type SecretPlace = 'keychain' | 'accepted-risk' | 'session' | 'missing';

/**
 * Keeps credentials outside this process: main does so in the app (electron/main/secrets.ts), memory where there is no
 * main. What is taken is bytes, so that whoever took them can wipe them.
 */
export interface SecretKeeper {
  /** Whether the operating system offers a real keychain. */
  hasKeychain(): Promise<boolean>;
  /**
   * Keeps credentials; the bytes are the keeper's from then on.
   *
   * @param acceptRisk keep them on disk even without a keychain
   */
  put(secretId: string, secret: Uint8Array, acceptRisk: boolean): Promise<SecretPlace>;
  /** Null when they are not there and have to be entered again. */
  take(secretId: string): Promise<Uint8Array | null>;
  placeOf(secretId: string): Promise<SecretPlace>;
  forget(secretId: string): Promise<void>;
}

/** Keeps credentials in memory until the process ends: the command line and tests have no keychain to ask. */
export class SessionSecrets implements SecretKeeper {
  readonly #secrets = new Map<string, Uint8Array>();

  hasKeychain(): Promise<boolean> {
    return Promise.resolve(false);
  }

  put(secretId: string, secret: Uint8Array): Promise<SecretPlace> {
    this.#secrets.get(secretId)?.fill(0);
    this.#secrets.set(secretId, secret);
    return Promise.resolve('session');
  }

  take(secretId: string): Promise<Uint8Array | null> {
    return Promise.resolve(this.#secrets.get(secretId)?.slice() ?? null);
  }

  placeOf(secretId: string): Promise<SecretPlace> {
    return Promise.resolve(this.#secrets.has(secretId) ? 'session' : 'missing');
  }

  forget(secretId: string): Promise<void> {
    this.#secrets.get(secretId)?.fill(0);
    this.#secrets.delete(secretId);
    return Promise.resolve();
  }
}
