import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ORG, WORKSPACE } from '../../db/kinds';
import { OWNER_TYPES } from '../../shared/domain/badge';
import type * as Badge from '../../shared/domain/badge';
import type * as Meaning from '../../shared/gateway/meaning';
import { storedFormats } from './stored-formats';
import { badgeText, owners } from '../domain/badge-bodies';

const folder = path.resolve(import.meta.dirname, '../fixtures/databases');

afterEach(() => {
  vi.doUnmock('../../shared/gateway/meaning');
  vi.doUnmock('../../shared/domain/badge');
  vi.resetModules();
});

test('no stored format has changed since it was noted', () => {
  const noted = JSON.parse(readFileSync(path.join(folder, 'stored-formats.json'), 'utf8')) as object;
  expect(
    storedFormats(),
    'What changed needs a migration and a fixture first; what is only new needs this alone: npm run db:fixture',
  ).toEqual(noted);
});

describe.each([
  ['workspace', WORKSPACE],
  ['org', ORG],
] as const)('every released %s', (name, kind) => {
  test.each(kind.migrations.map(({ version }) => version))('of version %i has left rows in every table', (version) => {
    const prefix = `v${String(version).padStart(4, '0')}-${name}`;
    const files = readdirSync(folder).filter((file) => file.startsWith(prefix) && file.endsWith('.sqlite'));
    const rows = new Map<string, number>();
    for (const file of files) {
      const connection = new Database(path.join(folder, file), { readonly: true });
      expect(connection.pragma('user_version', { simple: true })).toBe(version);
      const tables = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .pluck()
        .all() as string[];
      for (const table of tables) {
        const count = connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
        rows.set(table, (rows.get(table) ?? 0) + count);
      }
      connection.close();
    }
    expect([...rows].filter(([, count]) => count === 0)).toEqual([]);
    expect(rows.size).toBeGreaterThan(0);
  });
});

describe('the order of a list in the code decides nothing that is stored', () => {
  const BODY = badgeText(owners('Loyalty', 'Milestones'));

  /** The module of meanings under another list of fields. */
  async function withFields(change: (fields: readonly string[]) => readonly string[]) {
    vi.resetModules();
    vi.doMock('../../shared/gateway/meaning', async (original) => {
      const actual = await original<typeof Meaning>();
      return {
        ...actual,
        MEANING_FIELDS: change(actual.MEANING_FIELDS),
        meaningOf: (badge: Parameters<typeof Meaning.meaningOf>[0]) => ({ ...actual.meaningOf(badge), colour: 'null' }),
      };
    });
    return import('../../shared/gateway/meaning-text');
  }

  test('meanings are the same text whichever way the fields are listed', async () => {
    const plain = await import('../../shared/gateway/meaning-text');
    const text = plain.meaningOfBody(BODY) ?? '';
    const meaning = plain.fromMeaningText(text);
    const turned = await withFields((fields) => [...fields].reverse());
    expect(turned.meaningOfBody(BODY)).toBe(text);
    expect(turned.fromMeaningText(text)).toEqual(meaning);
    expect(meaning.restrictedToOwners).toBe('["Loyalty","Milestones"]');
  });

  test('a 19th field reads every older meaning, and says that it knows nothing of it', async () => {
    const plain = await import('../../shared/gateway/meaning-text');
    const text = plain.meaningOfBody(BODY) ?? '';
    const more = await withFields((fields) => ['colour', ...fields]);
    expect(more.isCurrentMeaning(text)).toBe(false);
    expect(more.fromMeaningText(text)).toEqual({ ...plain.fromMeaningText(text), colour: more.NOT_SAID });
    // And back: a text with the field is read by a version without it.
    const newer = more.meaningOfBody(BODY) ?? '';
    expect(more.isCurrentMeaning(newer)).toBe(true);
    expect(plain.fromMeaningText(newer)).toMatchObject(plain.fromMeaningText(text));
    expect(plain.isCurrentMeaning(newer)).toBe(false);
  });

  test('what is no meaning is refused', async () => {
    const { fromMeaningText } = await import('../../shared/gateway/meaning-text');
    for (const text of ['', 'x', '2', '2 name', '2 name\n"a"\n"b"', '"name"\nnull']) {
      expect(() => fromMeaningText(text), text).toThrow(RangeError);
    }
  });

  test('owner kinds keep their bits', async () => {
    const plain = await import('../../db/workspace/stored-owners');
    const bits = OWNER_TYPES.map((owner) => plain.ownerBits([owner]));
    expect(new Set(bits).size).toBe(OWNER_TYPES.length);
    vi.resetModules();
    vi.doMock('../../shared/domain/badge', async (original) => {
      const actual = await original<typeof Badge>();
      return { ...actual, OWNER_TYPES: [...actual.OWNER_TYPES].reverse() };
    });
    const turned = await import('../../db/workspace/stored-owners');
    expect(OWNER_TYPES.map((owner) => turned.ownerBits([owner]))).toEqual(bits);
    for (const [index, owner] of OWNER_TYPES.entries()) {
      expect(turned.ownersOfBits(bits[index] as number)).toEqual([owner]);
    }
    // A kind that only a newer version knows is none of ours.
    expect(plain.ownersOfBits(1 | (2 ** 20))).toEqual(['Loyalty']);
  });
});
