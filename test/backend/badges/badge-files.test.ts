import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testBackend, type TestBackend } from '../open-backend';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'laurel-badge-files-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function read(backend: TestBackend, name: string, content: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  backend.backend.grantFile('badge', { path: file, name, bytes: content.length, mode: 'read' });
  return (await backend.call('badges.readFile', { token: 'badge' })).text;
}

test('a badge file is read as it is, in UTF-8 or UTF-16, whatever it says', async () => {
  const backend = await testBackend();
  const text = '{ "name": "Für alle", "limit": 1.50 ';
  expect(await read(backend, 'a.badge.json', text)).toBe(text);
  expect(await read(backend, 'b.badge.json', Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe(text);
});

test('what is no text, too long, or not chosen is refused, and by name', async () => {
  const backend = await testBackend();
  const mark = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
  await expect(read(backend, 'c.badge.json', mark)).rejects.toMatchObject({ words: { key: 'opening.noText' } });
  const long = read(backend, 'd.badge.json', Buffer.alloc(4_000_001, 0x20));
  await expect(long).rejects.toMatchObject({ words: { key: 'opening.unreadable', values: { file: 'd.badge.json' } } });
  await expect(backend.call('badges.readFile', { token: 'other' })).rejects.toMatchObject({ code: 'not-found' });
});
