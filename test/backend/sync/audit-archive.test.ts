/** The archive of an audit pack: what of it is found, and that no changed byte of it goes unnoticed. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { archiveOf } from '../../../db/portable/write-export';
import { bytesOf, entriesOf, isAsWritten } from '../../../electron/backend/sync/audit/archive';
import { PACKING } from '../../../electron/backend/sync/audit/pack';
import { temporaryFolder } from '../../db/temporary-folder';

const FILES: Readonly<Record<string, string>> = { 'manifest.json': '{"a":1}', 'empty.csv': '', 'rows.csv': 'ü,1\r\n' };

async function packed(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const portions: Uint8Array[] = [];
  const given = Object.entries(files).map(([name, text]) => ({ name, content: Readable.from([Buffer.from(text)]) }));
  for await (const portion of archiveOf(given, PACKING)) portions.push(portion);
  return Buffer.concat(portions);
}

function fileOf(bytes: Uint8Array): string {
  const file = path.join(temporaryFolder(), 'a.zip');
  writeFileSync(file, bytes);
  return file;
}

async function contentOf(file: string): Promise<unknown> {
  const found: [string, string][] = [];
  for (const entry of entriesOf(file) ?? []) {
    const portions: Uint8Array[] = [];
    for await (const portion of bytesOf(file, entry)) portions.push(portion);
    found.push([entry.name, Buffer.concat(portions).toString('utf8')]);
  }
  return found;
}

const isWhole = async (file: string, size: number): Promise<boolean> => {
  const entries = entriesOf(file);
  return entries !== null && isAsWritten(file, entries, size);
};

describe('the archive of a pack', () => {
  test('gives each of its files, in their order, and is to the byte what they make', async () => {
    const bytes = await packed(FILES);
    const file = fileOf(bytes);
    expect(await contentOf(file)).toEqual(Object.entries(FILES));
    expect(await isWhole(file, bytes.length)).toBe(true);
    expect(await isWhole(file, bytes.length + 1)).toBe(false);
  });

  test('holds a hundred files at most', async () => {
    const many = (count: number): Promise<Buffer> =>
      packed(Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${String(index)}`, ''])));
    expect(entriesOf(fileOf(await many(100)))).toHaveLength(100);
    expect(entriesOf(fileOf(await many(101)))).toBeNull();
  });

  test('is none where it is cut short or something stands behind it', async () => {
    const bytes = await packed(FILES);
    for (const length of [0, 1, 21, 22, 40, bytes.length - 22, bytes.length - 1]) {
      expect(entriesOf(fileOf(bytes.subarray(0, length))), String(length)).toBeNull();
    }
    expect(entriesOf(fileOf(Buffer.concat([bytes, Buffer.from('x')])))).toBeNull();
  });

  test('shows every byte of it that was changed', async () => {
    const bytes = await packed(FILES);
    const file = fileOf(bytes);
    const unnoticed: number[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      writeFileSync(file, changed);
      if (await isWhole(file, bytes.length)) unnoticed.push(at);
    }
    expect(unnoticed).toEqual([]);
  });

  test.each<[string, number, number]>([
    ['more files than its directory has', 10, 4],
    ['a directory that is longer than it', 12, 0xffff],
    ['a directory that begins behind it', 16, 0xffff],
  ])('that names %s is none', async (_, place, value) => {
    const bytes = await packed(FILES);
    bytes.writeUInt16LE(value, bytes.length - 22 + place);
    expect(entriesOf(fileOf(bytes))).toBeNull();
  });
});
