import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainSimulation, runSimulation, type SimulationJob } from '../../../../electron/backend/simulation/run';
import { arrangeRuns, PieceReader, RunWriter } from '../../../../electron/backend/simulation/replay/spilled-rows';
import { removeLeftOvers, requireRoom } from '../../../../electron/backend/tables/temporary-folder';
import { serialiseResult } from '../../../../shared/simulation/result';
import { badgeBody, scenarioBody } from '../../../simulation/scenarios';

let root = '';
let temporary = '';
const TMPDIR = process.env['TMPDIR'];
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'laurel-spilled-'));
  temporary = path.join(root, 'temporary');
  mkdirSync(temporary);
  process.env['TMPDIR'] = temporary;
});
afterAll(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  rmSync(root, { recursive: true, force: true });
});

/** Rows in no order, many at one instant, some bad and some outside the period; customers come and change segments. */
function transactions(rows: number): string {
  const lines = ['who,when,amount,shop'];
  for (let row = 0; row < rows; row += 1) {
    const mixed = Math.imul(row ^ 0x5bd1e995, 0x9e3779b1) >>> 0;
    const when = row % 3 === 0 ? Date.UTC(2026, 2, 9) : Date.UTC(2026, 1, 20) + (mixed % 9_000_000) * 1000;
    const who = row % 501 === 7 ? 'x' : String(1000 + (mixed % 977));
    lines.push(
      `${who},${new Date(when).toISOString().slice(0, 19)}Z,${String((mixed % 5000) / 100)},s${String(row % 5)}`,
    );
  }
  return lines.join('\n');
}

function jobOf(name: string, rows: number, text = transactions(rows)): SimulationJob {
  const csv = path.join(root, name);
  writeFileSync(csv, text);
  const events = { csv: name, customer: 'who', at: 'when', amount: 'amount', segment: 'shop' };
  const customerConstraints = [{ constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 7, maxEarnForDays: 2 }];
  const body = scenarioBody(
    { customers: null, events, replications: 2 },
    {
      badge: badgeBody({
        customerConstraints,
        badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 900 }],
      }),
      award: { when: 'event', probability: 0.7 },
    },
  );
  return { body, csv, detail: true };
}

async function outcomeOf(job: SimulationJob, rowsInMemory: number | null, workers: number) {
  const limits = rowsInMemory === null ? {} : { rowsInMemory };
  const { result, detail, badRows, skippedSpan, replay } = await runSimulation(job, { workers, limits });
  const isSpilled = replay !== null && 'runs' in replay.columns;
  expect(readdirSync(temporary)).toHaveLength(isSpilled ? 1 : 0);
  replay?.dispose();
  expect(readdirSync(temporary)).toEqual([]);
  return { isSpilled, bytes: serialiseResult(result), facts: { detail, badRows, skippedSpan } };
}

describe('a file of another year, shifted onto the period', () => {
  test.each([364, -7])(
    'gives what its rows give with dates %i days later, from memory and from files',
    async (days) => {
      const text = transactions(12_000);
      const earlier = text.replaceAll(/,(2026-[^,]*Z),/g, (_, at: string) => {
        const moved = new Date(Date.parse(at) - days * 86_400_000).toISOString().slice(0, 19);
        return `,${moved}Z,`;
      });
      const plain = await outcomeOf(jobOf('moved.csv', 0, text), null, 1);
      const job = jobOf('moved.csv', 0, earlier);
      const body = job.body as { events: object };
      const shifted = { ...job, body: { ...body, events: { ...body.events, shiftDays: days } } };
      for (const rowsInMemory of [null, 999]) {
        const { bytes, facts } = await outcomeOf(shifted, rowsInMemory, rowsInMemory === null ? 2 : 1);
        expect(JSON.parse(bytes)).toEqual(JSON.parse(plain.bytes));
        expect(facts).toEqual(plain.facts);
      }
      expect((await outcomeOf(job, null, 1)).bytes).not.toBe(plain.bytes);
    },
  );
});

describe('rows that are more than the memory may hold', () => {
  test.each([50, 999, 4096, 11_000])('give the same bytes from files, %i in memory at once', async (rowsInMemory) => {
    const job = jobOf('small.csv', 12_000);
    const inMemory = await outcomeOf(job, null, 1);
    const inFiles = await outcomeOf(job, rowsInMemory, 1);
    expect([inMemory.isSpilled, inFiles.isSpilled]).toEqual([false, true]);
    expect(inFiles.bytes).toBe(inMemory.bytes);
    expect(inFiles.facts).toEqual(inMemory.facts);
  });

  test('give the same bytes where customers are known by texts: those of numbers in the order of first rows', async () => {
    const texts = transactions(230_000).replaceAll(/^\w+(?=,\d)/gm, (id) =>
      id.endsWith('7') ? `K ${id}` : `customer.${id}.of.the.loyalty.programme@shop.example.org`,
    );
    const numbers = new Map<string, number>();
    const numbered = texts.replaceAll(/^[^,\n]+(?=,\d)/gm, (text) => {
      if (!numbers.has(text)) numbers.set(text, numbers.size + 1);
      return String(numbers.get(text));
    });
    const job = jobOf('texts.csv', 0, texts);
    const inMemory = await outcomeOf(jobOf('numbered.csv', 0, numbered), null, 1);
    const inFiles = await outcomeOf(job, 50_000, 2);
    expect([inMemory.isSpilled, inFiles.isSpilled]).toEqual([false, true]);
    expect(await outcomeOf(job, null, 2)).toEqual(inMemory);
    expect([inFiles.bytes, inFiles.facts]).toEqual([inMemory.bytes, inMemory.facts]);
    const text = 'customer.1001.of.the.loyalty.programme@shop.example.org';
    const explained = await explainSimulation(job, 0, text, { workers: 2 });
    expect([explained?.customerId, explained?.texts?.[numbers.get(text)!]]).toEqual([numbers.get(text), text]);
    expect(await explainSimulation(job, 0, 'nobody@example.org', { workers: 2 })).toBeNull();
  });

  test('read in parts by several threads, too', async () => {
    const job = jobOf('large.csv', 560_000);
    const inMemory = await outcomeOf(job, null, 2);
    const inFiles = await outcomeOf(job, 100_000, 2);
    expect([inMemory.isSpilled, inFiles.isSpilled]).toEqual([false, true]);
    expect(inFiles.bytes).toBe(inMemory.bytes);
    expect(inFiles.facts).toEqual(inMemory.facts);
  });

  test('a customer is explained alike, and nothing is left behind', async () => {
    const job = jobOf('small.csv', 12_000);
    const explained = await explainSimulation(job, 0, 1001, { workers: 1 });
    expect(explained?.attempts.length).toBeGreaterThan(0);
    expect(await explainSimulation(job, 0, 1001, { workers: 1, limits: { rowsInMemory: 500 } })).toEqual(explained);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('a cancelled run leaves nothing behind', async () => {
    const job = jobOf('large.csv', 560_000);
    const stop = new AbortController();
    const run = runSimulation(job, {
      workers: 2,
      limits: { rowsInMemory: 20_000 },
      signal: stop.signal,
      progress: () => stop.abort(),
    });
    await expect(run).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('runs', () => {
  const runOf = (name: string, at: number[], customer: number[]) => {
    const writer = new RunWriter(path.join(root, name));
    writer.add({ at: Float64Array.from(at), customer: Uint32Array.from(customer), amount: null, segment: null });
    writer.close();
    return writer.runs;
  };

  test('an instant of very many rows stays in file order, in pieces of bounded size', () => {
    const rows = 30_000;
    const numbers = Array.from({ length: rows }, (_, row) => row);
    const runs = [
      ...runOf(
        'heavy-a',
        numbers.map((row) => (row < 20_000 ? 5 : 6 + row)),
        numbers,
      ),
      ...runOf(
        'heavy-b',
        numbers.map((row) => (row < 10 ? row % 5 : 5)).sort((a, b) => a - b),
        numbers.map((row) => rows + row),
      ),
    ].map((one) => ({ ...one, part: 0 }));
    const { pieces, mostRows } = arrangeRuns(runs, 8192);
    expect(mostRows).toBeLessThanOrEqual(8192 + 2 * 4096);
    const reader = new PieceReader(runs, [null], mostRows);
    const all = pieces.flatMap((piece) => {
      const { at, customer } = reader.read(piece);
      return Array.from(at, (instant, row) => [instant, customer[row]!] as const);
    });
    reader.close();
    expect(all).toHaveLength(2 * rows);
    expect(
      all.every(
        ([at, who], row) => row === 0 || at > all[row - 1]![0] || (at === all[row - 1]![0] && who > all[row - 1]![1]),
      ),
    ).toBe(true);
  });
});

describe('temporary folders', () => {
  test('those of processes that are no more go, those of others stay', () => {
    const gone = path.join(temporary, 'laurel-table-4194399-abc');
    const own = path.join(temporary, `laurel-table-${String(process.pid)}-abc`);
    const other = path.join(temporary, 'somebody-elses');
    for (const folder of [gone, own, other]) mkdirSync(folder);
    removeLeftOvers();
    expect(readdirSync(temporary).sort()).toEqual([path.basename(own), path.basename(other)].sort());
    for (const folder of [own, other]) rmSync(folder, { recursive: true });
  });

  test('a disk without the room is said before anything is read', () => {
    expect(() => requireRoom(temporary, 1e18)).toThrow(/takes 1,?000,?000,?000 GB for a while .* GB are free/);
  });
});
