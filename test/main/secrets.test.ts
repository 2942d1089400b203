import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
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

describe('a file of kept secrets that is odd', () => {
  const OTHER = 'beef';
  const file = (): string => path.join(folder, 'secrets.json');
  const put = (secrets: Secrets, secretId: string, value: string): string =>
    secrets.answer({ ask: 'put', secretId, secret: new TextEncoder().encode(value), acceptRisk: true }).place;
  const take = (secretId: string, keychain = realKeychain): string | null =>
    text(new Secrets(folder, keychain).answer({ ask: 'take', secretId }).secret);

  test.each<[string, unknown]>([
    ['of a place that only a newer version knows', { place: 'hardware-key', sealed: 'AAAA', slot: 3 }],
    ['without its bytes', { place: 'keychain' }],
    ['that is no object', 'scribbled over'],
    ['that is null', null],
  ])('an entry %s is kept as it is, and the others with it', (_, odd) => {
    put(new Secrets(folder, realKeychain), ID, CANARY);
    const before = JSON.parse(readFileSync(file(), 'utf8')) as Record<string, unknown>;
    writeFileSync(file(), JSON.stringify({ odd1: odd, ...before }));
    expect(take(ID)).toBe(CANARY);
    const secrets = new Secrets(folder, realKeychain);
    put(secrets, OTHER, 'second');
    secrets.answer({ ask: 'forget', secretId: 'cafe' });
    expect([take(ID), take(OTHER), take('odd1')]).toEqual([CANARY, 'second', null]);
    secrets.answer({ ask: 'forget', secretId: OTHER });
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ odd1: odd, ...before });
  });

  test('an entry that the keychain cannot open is kept for the day when it can', () => {
    put(new Secrets(folder, realKeychain), ID, CANARY);
    const locked: Keychain = { ...realKeychain, unseal: noKeychain.unseal };
    expect(take(ID, locked)).toBeNull();
    put(new Secrets(folder, locked), OTHER, 'second');
    expect([take(ID), take(OTHER)]).toEqual([CANARY, 'second']);
  });

  test('a file cut short is set aside, and every entry that is whole goes on', () => {
    const secrets = new Secrets(folder, realKeychain);
    put(secrets, ID, CANARY);
    put(secrets, OTHER, 'second');
    const whole = readFileSync(file(), 'utf8');
    const cut = whole.slice(0, whole.length - 10);
    writeFileSync(file(), cut);
    expect([take(ID), take(OTHER)]).toEqual([CANARY, null]);
    put(new Secrets(folder, realKeychain), 'cafe', 'third');
    expect([take(ID), take('cafe')]).toEqual([CANARY, 'third']);
    expect(readFileSync(`${file()}.unreadable-1`, 'utf8')).toBe(cut);
    writeFileSync(file(), '[1]');
    put(new Secrets(folder, realKeychain), 'cafe', 'fourth');
    expect(readFileSync(`${file()}.unreadable-1`, 'utf8')).toBe(cut);
    expect(readFileSync(`${file()}.unreadable-2`, 'utf8')).toBe('[1]');
  });

  test('a keychain that refuses to seal, and a disk that refuses to write, cost nothing that was kept', () => {
    put(new Secrets(folder, realKeychain), ID, CANARY);
    const refusing: Keychain = { ...realKeychain, seal: noKeychain.seal };
    const secrets = new Secrets(folder, refusing);
    expect(put(secrets, ID, 'new')).toBe('session');
    expect(text(secrets.answer({ ask: 'take', secretId: ID }).secret)).toBe('new');
    expect(take(ID)).toBe(CANARY);
    // Nothing can be renamed over a folder that holds something.
    rmSync(file());
    mkdirSync(path.join(file(), 'in the way'), { recursive: true });
    const blocked = new Secrets(folder, realKeychain);
    expect(put(blocked, OTHER, 'second')).toBe('session');
    expect(text(blocked.answer({ ask: 'take', secretId: OTHER }).secret)).toBe('second');
    expect(blocked.answer({ ask: 'place', secretId: ID })).toMatchObject({ place: 'missing' });
    expect(blocked.answer({ ask: 'forget', secretId: ID })).toMatchObject({ place: 'missing' });
  });

  test('a key that was cut short is set aside, never written over, and looking for a secret makes none', () => {
    const keyFile = path.join(folder, 'secrets.key');
    put(new Secrets(folder, noKeychain), ID, CANARY);
    const key = readFileSync(keyFile);
    writeFileSync(keyFile, key.subarray(0, 5));
    expect(take(ID, noKeychain)).toBeNull();
    put(new Secrets(folder, noKeychain), OTHER, 'second');
    expect(take(OTHER, noKeychain)).toBe('second');
    expect(readFileSync(`${keyFile}.unreadable-1`)).toEqual(key.subarray(0, 5));
    writeFileSync(keyFile, key);
    expect(take(ID, noKeychain)).toBe(CANARY);
    rmSync(keyFile);
    expect(take(ID, noKeychain)).toBeNull();
    expect(readdirSync(folder)).not.toContain('secrets.key');
  });
});
