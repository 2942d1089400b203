import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeWholeNow } from '../../disk/whole-file';
import type { SecretAnswer, SecretQuestion } from '../../shared/ipc/secret-messages';

/** What seals secrets for the disk. Electron's safeStorage in the app (safe-storage.ts). */
export interface Keychain {
  /** False where the system offers none, or only one whose key is in the open. */
  isReal(): boolean;
  seal(text: string): Buffer;
  /** @throws when it was sealed by another keychain */
  unseal(sealed: Buffer): string;
}

const kept = z.record(z.string(), z.object({ place: z.enum(['keychain', 'accepted-risk']), sealed: z.string() }));
type Kept = z.infer<typeof kept>;

const OWNER_ONLY = 0o600;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keeps the credentials of connections: sealed by the keychain in a file beside the workspace, in this process's memory
 * where there is no keychain, or, if a person accepts that, on disk without one. They leave only as the answer to a
 * question of the backend, for one request each.
 */
export class Secrets {
  readonly #file: string;
  readonly #keyFile: string;
  readonly #keychain: Keychain;
  readonly #session = new Map<string, Uint8Array>();

  /** @param folder of this person's data, absolute */
  constructor(folder: string, keychain: Keychain) {
    this.#file = path.join(folder, 'secrets.json');
    this.#keyFile = path.join(folder, 'secrets.key');
    this.#keychain = keychain;
  }

  /** Answers a question. The caller sends the answer and then wipes its bytes. */
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
    this.#forget(secretId);
    const text = Buffer.from(secret).toString('base64');
    secret.fill(0);
    if (this.#keychain.isReal()) {
      this.#write({
        ...this.#read(),
        [secretId]: { place: 'keychain', sealed: this.#keychain.seal(text).toString('base64') },
      });
      return 'keychain';
    }
    if (acceptRisk) {
      this.#write({
        ...this.#read(),
        [secretId]: { place: 'accepted-risk', sealed: this.#wrap(text).toString('base64') },
      });
      return 'accepted-risk';
    }
    this.#session.set(secretId, new Uint8Array(Buffer.from(text, 'base64')));
    return 'session';
  }

  #take(secretId: string): Uint8Array | null {
    const inMemory = this.#session.get(secretId);
    if (inMemory) return inMemory.slice();
    const entry = this.#read()[secretId];
    if (!entry) return null;
    try {
      const sealed = Buffer.from(entry.sealed, 'base64');
      const text = entry.place === 'keychain' ? this.#keychain.unseal(sealed) : this.#unwrap(sealed);
      return new Uint8Array(Buffer.from(text, 'base64'));
    } catch {
      // Sealed on another machine or account, or with a keychain that is locked: it has to be entered again.
      return null;
    }
  }

  #placeOf(secretId: string): SecretAnswer['place'] {
    if (this.#session.has(secretId)) return 'session';
    const entry = this.#read()[secretId];
    if (!entry || (entry.place === 'keychain' && !this.#keychain.isReal())) return 'missing';
    return entry.place;
  }

  #forget(secretId: string): void {
    this.#session.get(secretId)?.fill(0);
    this.#session.delete(secretId);
    const { [secretId]: found, ...others } = this.#read();
    if (found) this.#write(others);
  }

  #read(): Kept {
    try {
      return kept.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return {};
    }
  }

  #write(entries: Kept): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    writeWholeNow(this.#file, JSON.stringify(entries), OWNER_ONLY);
  }

  /**
   * Without a keychain nothing hides a secret from whoever may read this folder; this keeps it out of searches, backups of
   * single files and glances, and says so by its name in the file.
   */
  #wrap(text: string): Buffer {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key(), nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  #unwrap(wrapped: Buffer): string {
    const decipher = createDecipheriv(CIPHER, this.#key(), wrapped.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(wrapped.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return text.toString('utf8');
  }

  #key(): Buffer {
    try {
      return readFileSync(this.#keyFile);
    } catch {
      const key = randomBytes(32);
      mkdirSync(path.dirname(this.#keyFile), { recursive: true });
      writeFileSync(this.#keyFile, key, { mode: OWNER_ONLY });
      return key;
    }
  }
}
