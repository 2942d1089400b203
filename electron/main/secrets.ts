import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { renameSync } from 'node:fs';
import path from 'node:path';
import { readRegular } from '../disk/regular-file';
import type { SecretAnswer, SecretQuestion } from '../../shared/ipc/secret-messages';
import { freeNameBeside, KeptSecrets, writePrivate } from './kept-secrets';

/** Bytes; what is so much longer is no key. */
const LARGEST_KEY = 4096;

/** What seals secrets for the disk. Electron's safeStorage in the app (safe-storage.ts). */
export interface Keychain {
  /** False where the system offers none, or only one whose key is in the open. */
  isReal(): boolean;
  seal(text: string): Buffer;
  /** @throws when it was sealed by another keychain */
  unseal(sealed: Buffer): string;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Keeps the credentials of connections: sealed by the keychain in a file beside the workspace, in this process's memory
 * where there is no keychain, or, if a person accepts that, on disk without one. They leave only as the answer to a
 * question of the backend, for one request each.
 */
export class Secrets {
  readonly #kept: KeptSecrets;
  readonly #keyFile: string;
  readonly #keychain: Keychain;
  readonly #session = new Map<string, Uint8Array>();

  /** @param folder of this person's data, absolute */
  constructor(folder: string, keychain: Keychain) {
    this.#kept = new KeptSecrets(path.join(folder, 'secrets.json'));
    this.#keyFile = path.join(folder, 'secrets.key');
    this.#keychain = keychain;
  }

  /**
   * Answers a question. The caller sends the answer and then wipes its bytes. A disk or a keychain that fails is no
   * reason to leave a question open: what cannot be kept is kept for the session, and what cannot be read is missing.
   */
  answer(question: SecretQuestion): SecretAnswer {
    const hasKeychain = this.#keychain.isReal();
    switch (question.ask) {
      case 'keychain':
        return { hasKeychain, place: 'missing', secret: null };
      case 'put':
        return { hasKeychain, place: this.#put(question.secretId, question.secret, question.acceptRisk), secret: null };
      case 'take':
        return { hasKeychain, place: this.#placeOf(question.secretId), secret: this.#take(question.secretId) };
      case 'place':
        return { hasKeychain, place: this.#placeOf(question.secretId), secret: null };
      case 'forget':
        this.#forget(question.secretId);
        return { hasKeychain, place: 'missing', secret: null };
    }
  }

  #put(secretId: string, secret: Uint8Array, acceptRisk: boolean): SecretAnswer['place'] {
    this.#forgetSession(secretId);
    const text = Buffer.from(secret).toString('base64');
    secret.fill(0);
    try {
      // Sealed before anything is replaced: a keychain that is locked must not cost the credentials kept before.
      if (this.#keychain.isReal()) {
        this.#kept.put(secretId, { place: 'keychain', sealed: this.#keychain.seal(text).toString('base64') });
        return 'keychain';
      }
      if (acceptRisk) {
        this.#kept.put(secretId, { place: 'accepted-risk', sealed: this.#wrap(text).toString('base64') });
        return 'accepted-risk';
      }
      this.#kept.remove(secretId);
    } catch (error) {
      note('credentials are kept for this session only', error);
    }
    this.#session.set(secretId, new Uint8Array(Buffer.from(text, 'base64')));
    return 'session';
  }

  #take(secretId: string): Uint8Array | null {
    const inMemory = this.#session.get(secretId);
    if (inMemory) return inMemory.slice();
    try {
      const entry = this.#kept.find(secretId);
      if (!entry) return null;
      const sealed = Buffer.from(entry.sealed, 'base64');
      const text = entry.place === 'keychain' ? this.#keychain.unseal(sealed) : this.#unwrap(sealed);
      return new Uint8Array(Buffer.from(text, 'base64'));
    } catch {
      // Sealed on another machine or account, or with a keychain that is locked: it has to be entered again, or the
      // keychain opened. What is on the disk stays there.
      return null;
    }
  }

  #placeOf(secretId: string): SecretAnswer['place'] {
    if (this.#session.has(secretId)) return 'session';
    try {
      const entry = this.#kept.find(secretId);
      if (!entry || (entry.place === 'keychain' && !this.#keychain.isReal())) return 'missing';
      return entry.place;
    } catch (error) {
      note('the file of kept credentials cannot be read', error);
      return 'missing';
    }
  }

  #forget(secretId: string): void {
    this.#forgetSession(secretId);
    try {
      this.#kept.remove(secretId);
    } catch (error) {
      note('credentials could not be removed from the disk', error);
    }
  }

  #forgetSession(secretId: string): void {
    this.#session.get(secretId)?.fill(0);
    this.#session.delete(secretId);
  }

  /**
   * Without a keychain nothing hides a secret from whoever may read this folder; this keeps it out of searches, backups of
   * single files and glances, and says so by its name in the file.
   */
  #wrap(text: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key() ?? this.#newKey(), nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  #unwrap(wrapped: Buffer): string {
    const key = this.#key();
    if (key === null) throw new Error('the key is missing');
    const decipher = createDecipheriv(CIPHER, key, wrapped.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return text.toString('utf8');
  }

  /** Null when there is none, or what is there is no key. @throws the system's error when it may not be read */
  #key(): Buffer | null {
    try {
      const key = readRegular(this.#keyFile, LARGEST_KEY);
      return key.length === KEY_BYTES ? key : null;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    }
  }

  #newKey(): Buffer {
    try {
      renameSync(this.#keyFile, freeNameBeside(this.#keyFile));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
    const key = randomBytes(KEY_BYTES);
    writePrivate(this.#keyFile, key);
    return key;
  }
}

/** Says what went wrong without what it was about: neither ids nor secrets. */
function note(what: string, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'the keychain refused';
  console.error(`laurel: ${what} (${code})`);
}
