/** One table in workbooks as programs write them: each reads as its CSV does. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inspectTable } from '../../../electron/backend/tables/inspect-table';
import { TableRows, type ReadingChoices } from '../../../electron/backend/tables/table-reading';
import { cellText } from '../../../electron/backend/tables/text-rows';
import { inEnglish } from '../../../shared/words/english';
import { zipOf, type ZipEntry } from '../../setup/zip-archive';
import { xlsbOf } from './binary-workbook';

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-workbooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const FIXTURES = path.join(import.meta.dirname, '..', '..', 'fixtures', 'workbooks');

const TABLE = [
  ['Customer id', 'Date', 'Amount', 'Note'],
  ['000123', '2024-01-30T12:00:00', '12.5', 'first'],
  ['100045000123', '2024-02-29T00:00:00', '-3', 'Größe'],
  ['456', '2024-12-31T23:59:58', '1234567.25', ''],
];

async function read(file: string, choices: ReadingChoices = {}) {
  const { inspection, header, reading, dispose } = await inspectTable(file, path.basename(file), {
    zone: 'UTC',
    ...choices,
  });
  const rows = new TableRows(reading);
  const cells: string[][] = [];
  for (let row = rows.next(); row !== null; row = rows.next())
    cells.push(Array.from({ length: 4 }, (_, cell) => cellText(row!, cell)));
  rows.close();
  dispose();
  const notes = inspection.notes.map((note) => inEnglish(note));
  return { kind: inspection.kind, table: [header!.slice(0, 4), ...cells], notes, questions: inspection.questions };
}

const readBytes = (bytes: Uint8Array, choices?: ReadingChoices) => {
  const file = path.join(folder, 'book');
  writeFileSync(file, bytes);
  return read(file, choices);
};

test.each(readdirSync(FIXTURES).filter((name) => name !== 'README.md'))('%s', async (name) => {
  const { kind, table, notes } = await read(path.join(FIXTURES, name));
  expect(table).toEqual(TABLE);
  expect(kind).toBe(name.endsWith('.ods') ? 'open-document' : 'excel');
  if (name.endsWith('.ods'))
    expect(notes).toEqual([
      '1 row is hidden in the sheet and read as the others',
      '1 column is hidden in the sheet and read as the others',
      '1 hidden sheet is not read unless it is named: “Old & gone”',
    ]);
  else if (name.endsWith('.xls')) expect(notes[0]).toContain('is not told here');
  else expect(notes).toEqual([]);
});

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const STRICT = 'http://purl.oclc.org/ooxml';

interface Parts {
  sheet: string;
  strings?: string[];
  styles?: string;
  /** Behind the workbook's opening tag. */
  properties?: string;
  /** Attributes of the first sheet, and sheets beside it. */
  state?: string;
  others?: { name: string; state?: string; sheet: string }[];
  /** Where sheets lie, as relations name them. */
  root?: string;
  main?: string;
  relation?: string;
}

/** The entries of a workbook in the order of Excel, which writes the strings behind the sheets. */
function entriesOf({
  sheet,
  strings,
  styles,
  properties = '',
  state = '',
  others = [],
  root = '',
  main = MAIN,
  relation = RELATION,
}: Parts): ZipEntry[] {
  const sheets = [{ name: 'Members', state, sheet }, ...others];
  const relations = [
    ...sheets.map((_, place) => ['worksheet', `${root}worksheets/sheet${String(place + 1)}.xml`]),
    ...(styles === undefined ? [] : [['styles', `${root}styles.xml`]]),
    ...(strings === undefined ? [] : [['sharedStrings', `${root}sharedStrings.xml`]]),
  ].map(
    ([type, target], place) =>
      `<Relationship Id="rId${String(place + 1)}" Type="${relation}/${type!}" Target="${target!}"/>`,
  );
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  return [
    {
      name: '[Content_Types].xml',
      text: `${xml}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      text: `${xml}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      text: `${xml}<workbook xmlns="${main}" xmlns:r="${relation}">${properties}<sheets>${sheets.map(({ name, state: shown = '' }, place) => `<sheet name="${name}" sheetId="${String(place + 1)}" ${shown} r:id="rId${String(place + 1)}"/>`).join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      text: `${xml}<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`,
    },
    ...sheets.map(({ sheet: text }, place) => ({
      name: `xl/worksheets/sheet${String(place + 1)}.xml`,
      text: text.startsWith('<?xml')
        ? text
        : `${xml}<worksheet xmlns="${main}" xmlns:r="${relation}">${text}</worksheet>`,
    })),
    ...(styles === undefined
      ? []
      : [{ name: 'xl/styles.xml', text: `${xml}<styleSheet xmlns="${main}">${styles}</styleSheet>` }]),
    ...(strings === undefined
      ? []
      : [
          {
            name: 'xl/sharedStrings.xml',
            text: `${xml}<sst xmlns="${main}" count="9" uniqueCount="${String(strings.length)}">${strings.map((one) => `<si>${one}</si>`).join('')}</sst>`,
          },
        ]),
  ];
}

/** Style 1 is a date of Excel's own, 2 one that somebody wrote, 0 and 3 none. */
const STYLES =
  '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/><numFmt numFmtId="165" formatCode="0.00\\ &quot;d.m.y&quot;"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs>';
const STRINGS = [
  '<t>Customer id</t>',
  '<t>Date</t>',
  '<t>Amount</t>',
  '<t>Note</t>',
  '<t>000123</t>',
  '<r><rPr><b/></rPr><t>fi</t></r><r><t>rst</t></r><rPh sb="0" eb="1"><t>no</t></rPh>',
  '<t xml:space="preserve">Größe</t>',
];
const SERIALS = [45_321.5, 45_351, 45_657 + 86_398 / 86_400];

const shared = (ref: string, index: number): string => `<c r="${ref}" t="s"><v>${String(index)}</v></c>`;
const HEADER = `<row r="1" spans="1:4">${['A1', 'B1', 'C1', 'D1'].map(shared).join('')}</row>`;

/** The table as Excel writes it. @param shift days that dates count from another day */
const excelRows = (shift = 0, rowAttributes = ''): string =>
  `${HEADER}
<row r="2" spans="1:4">${shared('A2', 4)}<c r="B2" s="1"><v>${String(SERIALS[0]! - shift)}</v></c><c r="C2" s="3"><v>12.5</v></c>${shared('D2', 5)}</row>
<row r="3" spans="1:4" ${rowAttributes}><c r="A3"><v>100045000123</v></c><c r="B3" s="2"><v>${String(SERIALS[1]! - shift)}</v></c><c r="C3"><f>-1-2</f><v>-3</v></c>${shared('D3', 6)}</row>
<row r="4"><c r="A4" t="str"><f>"4"&amp;56</f><v>456</v></c><c r="B4" s="1"><v>${String(SERIALS[2]! - shift)}</v></c><c r="C4"><v>1234567.25</v></c><c r="D4" s="1"/></row>`;

const excel = (parts: Partial<Parts> = {}): ZipEntry[] =>
  entriesOf({
    sheet: `<dimension ref="A1:D4"/><sheetData>${excelRows()}</sheetData><mergeCells count="1"><mergeCell ref="C4:D4"/></mergeCells>`,
    strings: STRINGS,
    styles: STYLES,
    ...parts,
  });

const inline = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;

describe('reads the table as', () => {
  test.each<[string, Uint8Array]>([
    ['Excel writes it, the strings behind the sheet', zipOf(excel())],
    [
      'Excel writes it on a Mac, dates from 1904',
      zipOf(excel({ properties: '<workbookPr date1904="1"/>', sheet: `<sheetData>${excelRows(1462)}</sheetData>` })),
    ],
    [
      'LibreOffice writes it, sizes behind the entries and styled cells behind the table',
      zipOf(
        excel({
          sheet: `<sheetFormatPr defaultRowHeight="12.8"/><cols><col collapsed="false" customWidth="false" hidden="false" max="1024" min="1" style="0"/></cols><sheetData>${excelRows(0, 'hidden="false"')}<row r="5" hidden="false"><c r="A5" s="0"/><c r="E5" s="0"/></row><row r="1048576" hidden="false"/></sheetData>`,
        }).map((entry) => ({ ...entry, descriptor: true })),
      ),
    ],
    [
      'Google Sheets writes it, with a thousand empty rows',
      zipOf(
        excel({
          sheet: `<sheetData>${excelRows()}${Array.from({ length: 1000 }, (_, row) => `<row r="${String(row + 5)}"/>`).join('')}</sheetData>`,
        }),
      ),
    ],
    [
      'scripts write it: no references, no styles, no strings apart, no size',
      zipOf(
        entriesOf({
          sheet: `<sheetData>${TABLE.map((row, line) => `<row>${row.map((cell, column) => (line > 0 && column === 2 ? `<c><v>${cell}</v></c>` : inline(cell))).join('')}</row>`).join('')}</sheetData>`,
        }).map((entry) => ({ ...entry, stored: true })),
      ),
    ],
    [
      'the strict form of the standard has it',
      zipOf(excel({ main: `${STRICT}/spreadsheetml/main`, relation: `${STRICT}/officeDocument/relationships` })),
    ],
    [
      'libraries of .NET write it, whole addresses and prefixed names',
      zipOf(
        excel({
          root: '/xl/',
          sheet: prefixed(`<worksheet xmlns:x="${MAIN}"><sheetData>${excelRows()}</sheetData></worksheet>`),
        }),
      ),
    ],
    ['a binary workbook has it', xlsbOf(TABLE, SERIALS)],
  ])('%s', async (_, bytes) => {
    const { table, notes } = await readBytes(bytes);
    expect(table).toEqual(TABLE);
    expect(notes.filter((note) => !note.includes('is not told here'))).toEqual([]);
  });
});

describe('what a cell holds is not guessed anew from its text', () => {
  const cell = (value: number, style = 0): string => `<c s="${String(style)}"><v>${String(value)}</v></c>`;
  const book = (rows: string[][]): Uint8Array =>
    zipOf(excel({ sheet: `<sheetData>${rows.map((row) => `<row>${row.join('')}</row>`).join('')}</sheetData>` }));
  const look = async (bytes: Uint8Array) => {
    const file = path.join(folder, 'cells');
    writeFileSync(file, bytes);
    const { inspection, dispose } = await inspectTable(file, 'cells', { zone: 'UTC' });
    dispose();
    return inspection;
  };

  test('a time of day in a cell of its own belongs to the date beside it', async () => {
    const header = ['customer', 'date', 'time'].map(inline);
    const found = await look(book([header, [cell(7), cell(45_382, 1), cell(0.4375, 1)]]));
    expect(found.span).toEqual({ from: '2024-03-31T10:30:00Z', to: '2024-03-31T10:30:00Z' });
  });

  test('a number with three decimals is no thousand, whatever texts stand beside it', async () => {
    const header = ['customer', 'date', 'amount'].map(inline);
    const rows = [1.234, 5.125, 2].map((amount) => [cell(7), cell(45_382, 1), cell(amount)]);
    expect(await look(book([header, ...rows]))).toMatchObject({ good: 3, cleaned: 0, questions: [] });
    const text = [cell(7), cell(45_382, 1), inline('1.234,50')];
    expect(await look(book([header, rows[0]!, text]))).toMatchObject({ questions: [{ code: 'decimal' }] });
  });
});

function prefixed(xml: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>${xml.replaceAll(/<(\/?)(?=[a-z])/gi, '<$1x:')}`;
}

describe('what a workbook hides', () => {
  const other = (name: string, state: string): { name: string; state: string; sheet: string } => ({
    name,
    state: `state="${state}"`,
    sheet: `<sheetData>${excelRows()}</sheetData>`,
  });
  const hiding = excel({
    sheet: `<cols><col min="1" max="1" width="9"/><col min="3" max="16384" hidden="1"/></cols><sheetData>${excelRows(0, 'ht="15" hidden="1"')}<row r="5" hidden="1"/></sheetData>`,
    others: [other('Old', 'hidden'), other('Secret', 'veryHidden')],
  });

  test('is read where it is in the sheet, and said', async () => {
    const { table, notes, questions } = await readBytes(zipOf(hiding));
    expect(table).toEqual(TABLE);
    expect(questions).toEqual([]);
    expect(notes).toEqual([
      '1 row is hidden in the sheet and read as the others',
      '2 columns are hidden in the sheet and read as the others',
      '2 hidden sheets are not read unless they are named: “Old”, “Secret”',
    ]);
  });

  test('a hidden sheet is read where it is named', async () => {
    const { table, notes } = await readBytes(zipOf(hiding), { sheet: 'Secret' });
    expect(table).toEqual(TABLE);
    expect(notes).toContain('The sheet “Secret” is hidden in the workbook');
  });

  test('where all sheets with rows are hidden, it asks', async () => {
    const { questions } = await readBytes(
      zipOf(excel({ state: 'state="hidden"', others: [{ name: 'Cover', sheet: '<sheetData/>' }] })),
    );
    expect(questions).toMatchObject([{ code: 'sheet', choices: ['Members'] }]);
    expect(inEnglish(questions[0]!.words)).toBe('All sheets with rows are hidden in the workbook: “Members”.');
  });
});

describe('workbooks that cannot be read are told from each other', () => {
  const compound = (...names: string[]): Buffer =>
    Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(504),
      ...names.map((name) => Buffer.from(name, 'utf16le')),
    ]);
  test.each([
    ['with a password', compound('EncryptionInfo', 'EncryptedPackage'), 'locked with a password'],
    ['an old document', compound('WordDocument'), 'is a Word document'],
    ['a damaged old workbook', compound('Workbook'), 'older than Excel 97'],
    [
      'a damaged OpenDocument',
      zipOf([{ name: 'mimetype', text: 'application/vnd.oasis.opendocument.spreadsheet', stored: true }]),
      'save it as .xlsx or CSV',
    ],
    ['a damaged binary one', zipOf([{ name: 'xl/workbook.bin', text: 'nothing' }]), 'save it as .xlsx or CSV'],
  ])('%s', async (_, bytes, words) => {
    await expect(readBytes(bytes)).rejects.toThrow(words);
  });
});
