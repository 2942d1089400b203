/** What is no text is made one first: how far that is, how it ends early, and what is left of it. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectTable, lookAtTable } from '../../../electron/backend/tables/inspect-table';
import { readReplayFile } from '../../../electron/backend/simulation/replay/replay-file';
import { instantOf } from '../../../shared/domain/instant';
import { laurelWithin } from '../../cli/command-line';
import { bundleCommandLine } from '../../setup/command-line-once';
import { zipOf } from '../../setup/zip-archive';

const ROWS = 40_000;
let root = '';
let temporary = '';
const TMPDIR = process.env['TMPDIR'];
beforeAll(bundleCommandLine);
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'laurel-made-texts-'));
  temporary = path.join(root, 'temporary');
  mkdirSync(temporary);
  process.env['TMPDIR'] = temporary;
});
afterAll(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = TMPDIR;
  rmSync(root, { recursive: true, force: true });
});

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** A workbook of one sheet, as a program writes it that does not know beforehand how many rows there will be. */
function workbook(): Buffer {
  const text = (cell: string): string => `<c t="inlineStr"><is><t>${cell}</t></is></c>`;
  const header = `<row>${['customer', 'date', 'amount'].map(text).join('')}</row>`;
  const rows = Array.from(
    { length: ROWS },
    (_, row) => `<row><c><v>${String(row + 1)}</v></c>${text('2026-03-01T10:00:00Z')}<c><v>1.5</v></c></row>`,
  );
  return zipOf([
    {
      name: '[Content_Types].xml',
      text: `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      text: `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      text: `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Members" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/worksheets/sheet1.xml',
      text: `<worksheet xmlns="${MAIN}"><sheetData>${header}${rows.join('')}</sheetData></worksheet>`,
    },
  ]);
}

const rowsFrom = (first: number): string =>
  Array.from({ length: ROWS / 2 }, (_, row) => `${String(first + row)},2026-03-01T10:00:00Z,1.5\n`).join('');

const MADE: [what: string, make: () => string][] = [
  [
    'a workbook',
    () => {
      writeFileSync(path.join(root, 'members.xlsx'), workbook());
      return path.join(root, 'members.xlsx');
    },
  ],
  [
    'a folder, packed',
    () => {
      const folder = path.join(root, 'sales');
      mkdirSync(folder, { recursive: true });
      const header = 'customer,date,amount\n';
      writeFileSync(path.join(folder, '1.csv.gz'), gzipSync(`${header}${rowsFrom(1)}`));
      writeFileSync(path.join(folder, '2.csv.gz'), gzipSync(`${header}${rowsFrom(1 + ROWS / 2)}`));
      return folder;
    },
  ],
];

describe.each(MADE)('%s', (_, make) => {
  test('says from the first thousands of rows on how far it is', async () => {
    const shares: number[] = [];
    const file = make();
    const { decoded } = await lookAtTable(file, 'table', {}, 'any', undefined, (share) => shares.push(share));
    decoded.dispose();
    expect(shares).toEqual(shares.toSorted((left, right) => left - right));
    // Small packed files tell their share when they are read: half of it each.
    expect(new Set(shares).size).toBeGreaterThan(1);
    expect(shares[0]).toBeLessThanOrEqual(0.5);
    expect(shares.at(-1)).toBeGreaterThan(0.7);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  test('is the table that it was', async () => {
    const { inspection, dispose } = await inspectTable(make(), 'table');
    dispose();
    expect(inspection).toMatchObject({ rows: ROWS, good: ROWS });
    expect(readdirSync(temporary)).toEqual([]);
  });

  test.each([1, 2, 4])('ends where it is cancelled at report %i, and leaves nothing', async (place) => {
    const stop = new AbortController();
    let reports = 0;
    const looking = lookAtTable(make(), 'table', {}, 'any', stop.signal, () => {
      reports += 1;
      if (reports === place) stop.abort();
    });
    await expect(looking).rejects.toMatchObject({ code: 'cancelled' });
    expect(reports).toBe(place);
    expect(readdirSync(temporary)).toEqual([]);
  });

  test('says so to a replay, too, which ends as early', async () => {
    const events = { csv: 'table', customer: 'customer', at: 'date', amount: 'amount', segment: null };
    const period = { from: instantOf('2026-01-01T00:00:00Z'), to: instantOf('2027-01-01T00:00:00Z') };
    const stop = new AbortController();
    const shares: number[] = [];
    const reading = readReplayFile(make(), events, period, 1, undefined, stop.signal, {}, (share) => {
      shares.push(share);
      if (shares.length === 3) stop.abort();
    });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(shares).toHaveLength(3);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

test.skipIf(process.platform === 'win32')(
  'a disk that takes no more is named, and no workbook is called damaged for it',
  async () => {
    writeFileSync(path.join(root, 'members.xlsx'), workbook());
    const { code, error } = await laurelWithin(32 * 1024, root, 'inspect', 'members.xlsx');
    expect(code).toBe(1);
    expect(error).toContain('members.xlsx cannot be read');
    expect(error).not.toContain('damaged');
    expect(readdirSync(temporary)).toEqual([]);
  },
);
