import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { OutputRow, OutputTable } from '../../../electron/backend/files/table-output';
import { writeTable } from '../../../electron/backend/files/written-table';
import { withDuckDb } from '../../../electron/backend/tables/duckdb';
import { instantOf } from '../../../shared/domain/instant';

const TABLE: OutputTable = {
  sheet: 'Customers',
  zone: 'Europe/Berlin',
  columns: [
    { name: 'customer', kind: 'text' },
    { name: 'line', kind: 'integer' },
    { name: 'cost', kind: 'number' },
    { name: 'expiry', kind: 'instant' },
    { name: 'sent', kind: 'exact-instant' },
    { name: 'day', kind: 'date' },
  ],
};
const AT = instantOf('2026-07-01T22:30:00.250Z');
const ROWS: OutputRow[] = [
  ['0042', 7, -1.5, AT, AT, '2026-07-02'],
  ['=HYPERLINK("http://x")', null, null, null, null, null],
  ['line\r\nend, "quoted" & <kept> _x0041_ Ü', 1e15, 0, instantOf('1850-01-01T00:00:00Z'), null, '1899-12-31'],
];
const signal = new AbortController().signal;

const place = (name: string) => ({ name, path: path.join(mkdtempSync(path.join(tmpdir(), 'laurel-out-')), name) });

/** A sheet's cells by their references, read without the library that wrote them. */
function cellsOf(
  file: string,
  sheet = 1,
): Record<string, { type: string; format: string; value: string; isFormula: boolean }> {
  const parts = unzipSync(readFileSync(file));
  const text = (name: string): string => strFromU8(parts[name]!);
  const styles = text('xl/styles.xml');
  const formats = new Map(
    [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id!, code!]),
  );
  const uses = [...styles.slice(styles.indexOf('<cellXfs')).matchAll(/<xf [^>]*numFmtId="(\d+)"/g)].map(
    ([, id]) => id!,
  );
  const sheetText = text(`xl/worksheets/sheet${String(sheet)}.xml`);
  return Object.fromEntries(
    [...sheetText.matchAll(/<c r="([A-Z]+\d+)"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map(
      ([, ref, attributes, inner = '']) => {
        const style = Number(/ s="(\d+)"/.exec(attributes!)?.[1] ?? 0);
        const id = uses[style] ?? '0';
        return [
          ref!,
          {
            type: / t="(\w+)"/.exec(attributes!)?.[1] ?? 'n',
            format: formats.get(id) ?? id,
            value: inner.replaceAll(/<[^>]*>/g, ''),
            isFormula: inner.includes('<f'),
          },
        ];
      },
    ),
  );
}

test('a workbook has typed cells: ids as text, numbers, local dates, and no formula', async () => {
  const file = place('out.xlsx');
  expect(await writeTable(file, TABLE, [ROWS], { signal })).toBe(3);
  const cells = cellsOf(file.path);
  expect(cells['A2']).toMatchObject({ type: 'inlineStr', value: '0042', format: '@' });
  expect(cells['B2']).toMatchObject({ type: 'n', value: '7' });
  expect(cells['C2']).toMatchObject({ type: 'n', value: '-1.5' });
  // 2 July 2026, half past midnight in Berlin.
  expect(Number(cells['D2']!.value)).toBeCloseTo(46_205 + 30 / 1440, 6);
  expect(cells['D2']).toMatchObject({ type: 'n', format: 'yyyy-mm-dd hh:mm:ss' });
  expect(cells['D1']!.value).toBe('expiry (Europe/Berlin)');
  expect(cells['E1']!.value).toBe('sent (UTC)');
  expect(Number(cells['E2']!.value)).toBeCloseTo(46_204 + (22.5 * 60 + 0.25 / 60) / 1440, 7);
  expect(cells['F2']).toMatchObject({ type: 'n', value: '46205' });
  expect(cells['A3']).toMatchObject({ type: 'inlineStr', format: '@' });
  expect(Object.values(cells).some(({ isFormula }) => isFormula)).toBe(false);
  // What Excel cannot hold as a number or a date stays readable.
  expect(cells['B4']).toMatchObject({ type: 'inlineStr', value: '1000000000000000' });
  expect(cells['D4']!.value).toMatch(/^1850-01-01T/);
  expect(cells['F4']).toMatchObject({ type: 'inlineStr', value: '1899-12-31' });
  expect(strFromU8(unzipSync(readFileSync(file.path))['xl/worksheets/sheet1.xml']!)).toMatch(
    /<pane ySplit="1" topLeftCell="A2" state="frozen"/,
  );
});

const python = '/usr/bin/python3';
const hasOpenpyxl = (): boolean => {
  try {
    execFileSync(python, ['-c', 'import openpyxl'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

test.skipIf(!hasOpenpyxl())('a reader of another house reads the workbook back', async () => {
  const file = place('out.xlsx');
  await writeTable(file, TABLE, [ROWS], { signal });
  const program = `import json,sys,openpyxl
w=openpyxl.load_workbook(sys.argv[1]); s=w.active
print(json.dumps([[str(c.value) if c.value is not None else None for c in r] for r in s.iter_rows()]+[s.title,s.freeze_panes,s['A3'].data_type]))`;
  const read: unknown = JSON.parse(execFileSync(python, ['-c', program, file.path], { encoding: 'utf8' }));
  expect(read).toEqual([
    ['customer', 'line', 'cost', 'expiry (Europe/Berlin)', 'sent (UTC)', 'day'],
    ['0042', '7', '-1.5', '2026-07-02 00:30:00', '2026-07-01 22:30:00.250000', '2026-07-02 00:00:00'],
    ['=HYPERLINK("http://x")', null, null, null, null, null],
    expect.arrayContaining(['1000000000000000', '0', '1899-12-31']),
    'Customers',
    'A2',
    expect.any(String),
  ]);
});

test('CSV keeps texts from being formulas, and numbers as they are', async () => {
  const file = place('out.csv');
  await writeTable(file, TABLE, [ROWS.slice(0, 2)], { signal });
  expect(readFileSync(file.path, 'utf8')).toBe(
    '\ufeffcustomer,line,cost,expiry,sent,day\r\n0042,7,-1.5,2026-07-02T00:30:00+02:00,2026-07-01T22:30:00.25Z,2026-07-02\r\n"\'=HYPERLINK(""http://x"")",,,,,\r\n',
  );
});

test('Parquet has typed columns and every text as it is', async () => {
  const file = place('out.parquet');
  await writeTable(file, TABLE, [ROWS, [['', null, null, null, null, null]]], { signal });
  const reach = { files: [file.path], folder: path.dirname(file.path) };
  const [types, rows] = await withDuckDb(reach, undefined, async ({ run }) => [
    await run(`DESCRIBE SELECT * FROM '${file.path}'`),
    await run(`SELECT customer, line, cost, epoch_us(expiry), epoch_us(sent), day FROM '${file.path}'`),
  ]);
  expect(types.map(([name, type]) => [name, type])).toEqual([
    ['customer', 'VARCHAR'],
    ['line', 'BIGINT'],
    ['cost', 'DOUBLE'],
    ['expiry', 'TIMESTAMP WITH TIME ZONE'],
    ['sent', 'TIMESTAMP WITH TIME ZONE'],
    ['day', 'DATE'],
  ]);
  expect(rows).toEqual([
    ['0042', '7', -1.5, String(AT), String(AT), '2026-07-02'],
    [ROWS[1]![0], null, null, null, null, null],
    [ROWS[2]![0], '1000000000000000', 0, String(ROWS[2]![3]), null, '1899-12-31'],
    ['', null, null, null, null, null],
  ]);
});

test.each(['out.csv', 'out.xlsx', 'out.parquet'])(
  '%s: who cancels keeps the older file, and nothing else is left',
  async (name) => {
    const file = place(name);
    writeFileSync(file.path, 'before');
    const cancel = new AbortController();
    function* rows(): Generator<OutputRow[]> {
      for (let portion = 0; ; portion += 1) {
        if (portion === 3) cancel.abort();
        yield ROWS;
      }
    }
    await expect(writeTable(file, TABLE, rows(), { signal: cancel.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(readFileSync(file.path, 'utf8')).toBe('before');
    expect(readdirSync(path.dirname(file.path))).toEqual([name]);
    expect(existsSync(file.path)).toBe(true);
  },
);
