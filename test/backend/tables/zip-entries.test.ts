import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { piecesOfEntry, unpackedEntry, zipEntries, type ZipEntry } from '../../../electron/backend/tables/zip-entries';

const LONG = Buffer.from('Kundennummer 100\n'.repeat(100_000));
const archive = (): Buffer =>
  Buffer.from(
    zipSync({
      'xl/packed.xml': [LONG, { level: 6 }],
      'xl/stored.xml': [LONG, { level: 0 }],
      'xl/Zahlungen für Mai.xml': [Buffer.from('x'), { level: 6 }],
    }),
  );

const whole = async (entry: ZipEntry): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOfEntry(entry)) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** The same archive with its numbers where archives beyond 4 GiB have them: some programs always write so. */
function asLarge(bytes: Buffer): Buffer {
  const end = bytes.length - 22;
  const first = bytes.readUInt32LE(end + 16);
  const entries: Buffer[] = [];
  for (let at = first; at < end;) {
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const head = Buffer.from(bytes.subarray(at, at + 46));
    const field = Buffer.alloc(28);
    field.writeUInt16LE(1, 0);
    field.writeUInt16LE(24, 2);
    for (const [place, from] of [24, 20, 42].entries()) {
      field.writeBigUInt64LE(BigInt(head.readUInt32LE(from)), 4 + 8 * place);
      head.writeUInt32LE(0xffffffff, from);
    }
    // Another program's field stands before it.
    const other = Buffer.from([0x55, 0x54, 1, 0, 7]);
    head.writeUInt16LE(other.length + field.length, 30);
    head.writeUInt16LE(0, 32);
    entries.push(head, bytes.subarray(at + 46, at + 46 + name), other, field);
    at += 46 + name + extra + comment;
  }
  return Buffer.concat([bytes.subarray(0, first), ...entries, bytes.subarray(end)]);
}

describe('entries of a zip archive', () => {
  it.each([
    ['as it is', archive()],
    [
      'with a comment behind it',
      Buffer.concat([archive().subarray(0, -2), Buffer.from([5, 0]), Buffer.from('PK\x05\x06!')]),
    ],
    ['with numbers as archives beyond 4 GiB have them', asLarge(archive())],
  ])('%s, packed and stored', async (_, bytes) => {
    const entries = zipEntries(bytes);
    expect([...entries.keys()]).toEqual(['xl/packed.xml', 'xl/stored.xml', 'xl/Zahlungen für Mai.xml']);
    for (const name of ['xl/packed.xml', 'xl/stored.xml']) {
      const entry = entries.get(name)!;
      expect(entry.size).toBe(LONG.length);
      expect((await whole(entry)).equals(LONG)).toBe(true);
      expect(unpackedEntry(entry, LONG.length).equals(LONG)).toBe(true);
    }
  });

  it('of more than is wanted are not unpacked', () => {
    expect(() => unpackedEntry(zipEntries(archive()).get('xl/packed.xml')!, 1000)).toThrow(RangeError);
    expect(() => unpackedEntry(zipEntries(archive()).get('xl/stored.xml')!, 1000)).toThrow('larger');
  });

  it('that are damaged end with an error, never with other bytes', async () => {
    const bytes = archive();
    bytes.fill(0xff, 60, 200);
    await expect(whole(zipEntries(bytes).get('xl/packed.xml')!)).rejects.toThrow();
  });

  it('without a directory are none', () => {
    expect(() => zipEntries(archive().subarray(0, 2000))).toThrow('no directory');
    expect(() => zipEntries(Buffer.from('PK'))).toThrow();
    const lost = archive();
    lost.writeUInt32LE(7, lost.length - 6);
    expect(() => zipEntries(lost)).toThrow();
  });
});
