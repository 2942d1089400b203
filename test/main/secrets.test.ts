import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Secrets, type Keychain } from '../../electron/main/secrets';
import { secretQuestion } from '../../shared/ipc/secret-messages';

const CANARY = 'canary-Ähre-91';
const ID = '0a1b';

/** Turns bytes around, as a keychain that is really there would do something better. */
const realKeychain: Keychain = {
  isReal: () => true,
  seal: (text) => Buffer.from(text, 'utf8').map((byte) => byte ^ 0x5a) as Buffer,
  unseal: (sealed) => Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString('utf8'),
};
const noKeychain: Keychain = {
  isReal: () => false,
  seal: () => {
    throw new Error('there is none');
  },
  unseal: () => {
    throw new Error('there is none');
  },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'laurel-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const canary = (): Uint8Array => new TextEncoder().encode(CANARY);
const text = (bytes: Uint8Array | null): string | null => bytes && new TextDecoder().decode(bytes);
const onDisk = (): string =>
  readdirSync(folder)
    .map((name) => readFileSync(path.join(folder, name), 'latin1'))
    .join('\n');

describe('secrets', () => {
  test('go to the keychain, come back for a request, and are wiped where they came from', () => {
    const secrets = new Secrets(folder, realKeychain);
    const given = canary();
    expect(secrets.answer({ ask: 'put', secretId: ID, secret: given, acceptRisk: false })).toMatchObject({
      place: 'keychain',
    });
    expect(given.every((byte) => byte === 0)).toBe(true);
    const later = new Secrets(folder, realKeychain);
    expect(text(later.answer({ ask: 'take', secretId: ID }).secret)).toBe(CANARY);
    expect(onDisk()).not.toContain(CANARY);
    expect(statSync(path.join(folder, 'secrets.json')).mode & 0o077).toBe(0);
    later.answer({ ask: 'forget', secretId: ID });
    expect(later.answer({ ask: 'take', secretId: ID })).toMatchObject({ place: 'missing', secret: null });
  });

  test('stay in memory for the session where there is no keychain', () => {
    const secrets = new Secrets(folder, noKeychain);
    expect(secrets.answer({ ask: 'put', secretId: ID, secret: canary(), acceptRisk: false })).toMatchObject({
      hasKeychain: false,
      place: 'session',
    });
    expect(text(secrets.answer({ ask: 'take', secretId: ID }).secret)).toBe(CANARY);
    expect(readdirSync(folder)).toEqual([]);
    expect(new Secrets(folder, noKeychain).answer({ ask: 'take', secretId: ID })).toMatchObject({
      place: 'missing',
      secret: null,
    });
  });

  test('are kept on disk without a keychain only where a person accepted that, and not in the open', () => {
    const secrets = new Secrets(folder, noKeychain);
    expect(secrets.answer({ ask: 'put', secretId: ID, secret: canary(), acceptRisk: true })).toMatchObject({
      place: 'accepted-risk',
    });
    const later = new Secrets(folder, noKeychain);
    expect(later.answer({ ask: 'place', secretId: ID })).toMatchObject({ place: 'accepted-risk' });
    expect(text(later.answer({ ask: 'take', secretId: ID }).secret)).toBe(CANARY);
    for (const form of [CANARY, Buffer.from(CANARY).toString('base64')]) expect(onDisk()).not.toContain(form);
    for (const name of readdirSync(folder)) expect(statSync(path.join(folder, name)).mode & 0o077).toBe(0);
  });

  test('sealed by a keychain that is gone are missing, not an error', () => {
    new Secrets(folder, realKeychain).answer({ ask: 'put', secretId: ID, secret: canary(), acceptRisk: false });
    expect(new Secrets(folder, noKeychain).answer({ ask: 'place', secretId: ID })).toMatchObject({ place: 'missing' });
    expect(new Secrets(folder, noKeychain).answer({ ask: 'take', secretId: ID }).secret).toBeNull();
  });

  test('a question under a name that is no id is none', () => {
    expect(secretQuestion.safeParse({ ask: 'take', secretId: '__proto__' }).success).toBe(false);
    expect(secretQuestion.safeParse({ ask: 'take', secretId: ID }).success).toBe(true);
  });
});
