import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { inflateSync } from 'node:zlib';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placeBuiltPair } from '../../../db/backups/restore';
import { orgFileOf } from '../../../db/kinds';
import { readRows, writeCell } from '../../../db/portable/cells';
import { buildFromExport, isEmptyWorkspace } from '../../../db/portable/import';
import { writeExport } from '../../../db/portable/write-export';
import { realFile } from '../../../db/real-file';
import { DESIGN_NAMES, startingDesign } from '../../../shared/art/designs';
import { instantOf } from '../../../shared/domain/instant';
import { Failure } from '../../../shared/ipc/errors';
import { badgeText } from '../../domain/badge-bodies';
import { TestBackend, testBackend } from '../../backend/open-backend';
import { temporaryFolder } from '../temporary-folder';

const NOW = instantOf('2026-05-04T10:00:00Z');
const silent = (): void => undefined;
const DATABASES = 'test/fixtures/databases';

/** The database of the newest schema of its kind. */
function newest(kind: 'workspace' | 'org'): string {
  const names = readdirSync(DATABASES).filter((name) => new RegExp(`^v\\d+-${kind}\\.sqlite$`).test(name));
  return path.join(DATABASES, names.sort().at(-1) ?? '');
}

const write = (workspaceFile: string, target: string): Promise<number> =>
  writeExport(
    { workspaceFile, appVersion: '1.0.0-test', now: NOW, progress: silent },
    { path: target, form: target.endsWith('.zip') ? 'zip' : 'folder' },
  );

async function read(source: string, workspaceFile: string): Promise<void> {
  const folder = await buildFromExport({ source, workspaceFile, progress: silent });
  await placeBuiltPair({ workspaceFile, appVersion: '1.0.0-test', now: NOW, role: 'command' }, folder);
}

/** Everything in a file but work under way; what is deflated by its text, since the bytes may differ. */
function contentOf(file: string): Record<string, unknown> {
  const connection = new Database(file, { readonly: true });
  const names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all();
  const tables = (names as string[])
    .filter((name) => name !== 'jobs')
    .map((name) => {
      const rows = connection
        .prepare(`SELECT * FROM "${name}" ORDER BY rowid`)
        .raw()
        .safeIntegers()
        .all() as unknown[][];
      return [name, name === 'simulations' ? rows.map((row) => row.map(inflated)) : rows] as const;
    });
  const version = connection.pragma('user_version', { simple: true });
  connection.close();
  return { ...Object.fromEntries(tables), version };
}

function inflated(cell: unknown): unknown {
  try {
    return cell instanceof Uint8Array ? inflateSync(cell).toString('utf8') : cell;
  } catch {
    return cell;
  }
}

async function wordsOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    expect(error).toBeInstanceOf(Failure);
    return (error as Failure).message;
  }
  throw new Error('It should have failed.');
}

const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const step = fc.oneof(
  fc.record({
    kind: fc.constant('badge' as const),
    body: fc.oneof(
      text,
      text.map((name) => badgeText({ name })),
    ),
  }),
  fc.record({ kind: fc.constant('edit' as const), body: text }),
  fc.record({ kind: fc.constant('claim' as const), referenceId: fc.integer({ min: 1, max: 999 }).map(String) }),
  fc.record({ kind: fc.constant('delete' as const) }),
  fc.record({ kind: fc.constant('art' as const), design: fc.constantFrom(...DESIGN_NAMES), name: text }),
  fc.record({ kind: fc.constant('many' as const), days: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ kind: fc.constant('undo' as const) }),
  fc.record({ kind: fc.constant('rows' as const), values: fc.array(fc.tuple(text, text), { maxLength: 5 }) }),
  fc.record({ kind: fc.constant('simulation' as const), name: text, bytes: fc.boolean() }),
  fc.record({ kind: fc.constant('request' as const), customers: fc.array(fc.integer({ min: 1, max: 2 ** 40 })) }),
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function carryOut(backend: TestBackend, steps: readonly Step[]): Promise<void> {
  const ids: string[] = [];
  for (const one of steps) {
    const id = ids.at(-1);
    if (one.kind === 'badge') {
      ids.push((await backend.call('badges.create', { body: one.body, label: 'New', migration: true })).summary.id);
    } else if (one.kind === 'edit' && id !== undefined) {
      const { revision } = await backend.call('badges.get', { id });
      await backend.call('badges.save', {
        id,
        baseRevision: revision,
        body: one.body,
        migration: false,
        label: 'Edited',
      });
    } else if (one.kind === 'claim' && id !== undefined) {
      await backend.call('badges.claim', { id, ownerType: 'Loyalty', referenceId: one.referenceId }).catch(silent);
    } else if (one.kind === 'delete' && id !== undefined) {
      await backend.call('badges.delete', { ids: [id] });
      ids.pop();
    } else if (one.kind === 'art' && id !== undefined) {
      const { digest } = await backend.call('art.keep', { art: startingDesign(one.design, one.name) });
      const { body, migration, revision } = await backend.call('badges.get', { id });
      await backend.call('badges.save', { id, baseRevision: revision, body, migration, label: 'Art', art: digest });
    } else if (one.kind === 'many' && ids.length > 0) {
      const order = { ids, change: { kind: 'dates', which: 'all', days: one.days }, withBreaks: true } as const;
      const { seen, changing } = await backend.job('bulk.preview', { ...order, ids: [...ids] });
      if (changing > 0) await backend.job('bulk.apply', { ...order, ids: [...ids], seen });
    } else if (one.kind === 'undo' && id !== undefined) {
      await backend.call('badges.undo', { id }).catch(silent);
    } else if (one.kind === 'rows') addRows(backend.workspacePath, one.values);
    else if (one.kind === 'simulation') addSimulation(backend.workspacePath, one.name, one.bytes);
    else if (one.kind === 'request') addRequest(orgFileOf(backend.workspacePath), one.customers);
  }
}

function addRows(file: string, values: readonly (readonly [string, string])[]): void {
  const connection = new Database(file);
  for (const [name, value] of values)
    connection.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)').run(name, value);
  connection.close();
}

function addSimulation(file: string, name: string, bytes: boolean): void {
  const connection = new Database(file);
  // A row that another version wrote, or that is damaged, is kept as the bytes it has.
  const blob = bytes ? Buffer.from([1, 2, 3, 255]) : Buffer.from('789c03000000000001', 'hex');
  connection
    .prepare(
      `INSERT INTO simulations (name, ran_on, milliseconds, seed, engine, replications, events, sentence, scenario, pseudonyms, result, answers)
       VALUES (?, 1, 2, 3, 'e', 4, 5, '', ?, 0, ?, ?)`,
    )
    .run(name, blob, blob, blob);
  connection.prepare('DELETE FROM simulations WHERE key = (SELECT max(key) FROM simulations) AND ?').run(bytes ? 1 : 0);
  connection.close();
}

function addRequest(file: string, customers: readonly number[]): void {
  const connection = new Database(file);
  const { lastInsertRowid: request } = connection
    .prepare(
      `INSERT INTO requests (kind, request_id, state, badge_key, definition_key, owner_type, reference_id, event_date, event_date_sent,
         expires_on, processed_on, made_on, source, total, succeeded, first_key, first_refusal_key, refusals, errors, duration_milliseconds)
       VALUES ('issueBulk', hex(randomblob(8)), 'answered', 1, 1, 'Loyalty', NULL, 4611686018427387903, 1, 2, 3, 4, '{}', ?, 0, 1, 1, '[]', '[]', 7)`,
    )
    .run(customers.length);
  for (const [ordinal, customer] of customers.entries()) {
    connection
      .prepare(
        'INSERT INTO refusals (request_key, ordinal, outcome, outcome_rank, customer_id, line) VALUES (?, ?, 1, 0, ?, ?)',
      )
      .run(request, ordinal, customer, ordinal % 2 === 0 ? '' : '1,"2"\r\n');
  }
  connection.close();
}

describe('export and import', () => {
  test('give equal content, table by table, whatever was made', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), fc.boolean(), async (steps, asZip) => {
        const backend = await testBackend();
        await carryOut(backend, steps);
        const folder = temporaryFolder();
        const out = path.join(folder, asZip ? 'all.zip' : 'all');
        await write(backend.workspacePath, out);
        await backend.close();
        const target = realFile(path.join(folder, 'other.laurel'));
        expect(isEmptyWorkspace(target)).toBe(true);
        await read(out, target);
        expect(contentOf(target)).toEqual(contentOf(backend.workspacePath));
        expect(contentOf(orgFileOf(target))).toEqual(contentOf(orgFileOf(backend.workspacePath)));
        expect(readdirSync(folder).filter((name) => name.startsWith('.laurel-'))).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  test('carry every table of both files, in the newest version with rows in each', () => {
    const [workspace, org] = [newest('workspace'), newest('org')];
    for (const file of [workspace, org]) {
      const empty = Object.entries(contentOf(file)).filter(([, rows]) => Array.isArray(rows) && rows.length === 0);
      // `npm run db:fixture` fills every table, so that what a later version adds is carried here, too.
      expect(empty.map(([name]) => name)).toEqual([]);
    }
  });

  test.each([
    ['v0003-workspace.synced.sqlite', 'v0001-org.sqlite'],
    [path.basename(newest('workspace')), path.basename(newest('org'))],
  ])(
    'carry the workspace %s with its ledger and connections, which the present version then opens',
    async (...names) => {
      const folder = temporaryFolder();
      const from = path.join(folder, 'old.laurel');
      copyFileSync(path.join(DATABASES, names[0]), from);
      copyFileSync(path.join(DATABASES, names[1]), orgFileOf(from));
      await write(from, path.join(folder, 'all'));
      const target = realFile(path.join(folder, 'test.laurel'));
      await read(path.join(folder, 'all'), target);
      expect(contentOf(target)).toEqual(contentOf(from));
      expect(contentOf(orgFileOf(target))).toEqual(contentOf(orgFileOf(from)));
      const backend = new TestBackend(folder);
      await backend.open();
      expect((await backend.call('workspace.describe', {})).badges).toBeGreaterThan(0);
      await backend.close();
    },
  );

  test('badges stand as files that any tool reads, and a file that was changed is refused', async () => {
    const backend = await testBackend();
    const body = badgeText({ name: 'Grüße, Frühling!' });
    await backend.call('badges.create', { body, label: 'New', migration: false });
    const folder = temporaryFolder();
    const out = path.join(folder, 'all');
    await write(backend.workspacePath, out);
    const [name] = readdirSync(path.join(out, 'badges'));
    expect(name).toMatch(/^\d+-gru-e-fruhling\.badge\.json$/);
    const file = path.join(out, 'badges', name!);
    expect(readFileSync(file, 'utf8')).toBe(body);
    writeFileSync(file, body.replace('Frühling', 'Herbst'));
    const target = realFile(path.join(folder, 'other.laurel'));
    expect(await wordsOf(() => read(out, target))).toContain('was changed since it was exported');
    rmSync(file);
    expect(await wordsOf(() => read(out, target))).toContain('is missing from the export');
    expect(existsSync(target)).toBe(false);
    // What stands there already is never written over.
    expect(await wordsOf(() => write(backend.workspacePath, out))).toContain('not empty');
    expect(isEmptyWorkspace(backend.workspacePath)).toBe(false);
  });

  test('a cancel, a cut zip and something that is no export leave nothing', async () => {
    const backend = await testBackend();
    await backend.call('badges.addSamples', {});
    const folder = temporaryFolder();
    const target = realFile(path.join(folder, 'other.laurel'));
    const signal = { aborted: true };
    for (const name of ['all.zip', 'all']) {
      const order = { workspaceFile: backend.workspacePath, appVersion: '1', now: NOW, progress: silent };
      expect(
        await wordsOf(() =>
          writeExport(order, { path: path.join(folder, name), form: name === 'all' ? 'folder' : 'zip', signal }),
        ),
      ).toContain('Cancelled');
    }
    expect(readdirSync(folder)).toEqual([]);
    const zip = path.join(folder, 'all.zip');
    await write(backend.workspacePath, zip);
    writeFileSync(path.join(folder, 'cut.zip'), readFileSync(zip).subarray(0, 5_000));
    writeFileSync(path.join(folder, 'other.zip'), 'no zip');
    mkdirSync(path.join(folder, 'empty'));
    for (const name of ['cut.zip', 'other.zip', 'empty']) {
      expect(await wordsOf(() => read(path.join(folder, name), target))).toContain('Nothing was imported');
    }
    expect(readdirSync(folder).sort()).toEqual(['all.zip', 'cut.zip', 'empty', 'other.zip']);
  });

  test('a cell comes back as what it was', async () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.double({ noNaN: true }),
      fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed()),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1 })),
        fc.integer({ min: 1, max: 7 }),
        async (rows, size) => {
          const csv = rows.map((row) => `${row.map(writeCell).join(',')}\n`).join('');
          function* portions(): Generator<string> {
            for (let at = 0; at < csv.length; at += size) yield csv.slice(at, at + size);
          }
          const back: unknown[] = [];
          for await (const row of readRows(Readable.from(portions()) as AsyncIterable<string>)) back.push(row);
          expect(back).toEqual(rows);
        },
      ),
    );
  });
});
