import path from 'node:path';
import { parseArgs } from 'node:util';
import { version } from '../../package.json';
import type { Draft } from '../../db/workspace/drafts';
import { inspectDraft } from '../../db/workspace/inspect-draft';
import { readLibrary } from '../../db/workspace/read-library';
import { storeFiles } from '../../db/store-files';
import { fromMilliseconds } from '../../shared/domain/instant';
import { DEFAULT_SETTINGS, type OrgSettings } from '../../shared/domain/settings';
import { Failure } from '../../shared/ipc/errors';
import { MOST_ON_SHEET } from '../../shared/ipc/sheet-contract';
import { inEnglish } from '../../shared/words/english';
import { LANGUAGES, message } from '../../shared/words/message';
import { Artist } from '../backend/art/artist';
import { sheetPage, type SheetSource } from '../backend/sheet/sheet-page';
import { requireOutput, type KeptFile } from '../disk/output-place';
import { writeWhole } from '../disk/whole-file';
import { readBadgeFile, whyNoBody } from './badge-file';
import { chosenBadges } from './badges';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { presentWorkspace } from './export';
import { plainFailure } from './plain-failure';
import { printPdf, requirePrinter } from './print-pdf';

const HELP = `Badges on a sheet for people who do not have Laurel: in words, with art, timeline, limits and an example customer, claims, JSON, and the
curl lines that create them. One file that needs no network; no secret is in it.

Usage: laurel sheet BADGE… --out FILE.html|FILE.pdf [--workspace FILE] [--language en|de] [--json]

  BADGE             badge files, each a JSON object; with --workspace names or ids of badges in it, all of them where none is named
  --workspace FILE  the workspace, which may be open in a window; its zone is that of the dates, otherwise UTC
  --out FILE        .html: one page, in any browser. .pdf: printed by the Electron runtime, where it is
  --language en|de  default: en
  --json            what was written as one JSON document

Exit code: 0 written, 1 a file is no badge, nowhere to print, or cancelled, 2 called wrongly.`;

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  out: { type: 'string', completes: 'files' },
  language: { type: 'string', default: 'en', completes: LANGUAGES },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

interface Chosen {
  source: SheetSource;
  ids: readonly string[];
  settings: Readonly<OrgSettings>;
  /** What may not be written over. */
  kept: KeptFile[];
  close(): void;
}

/** @throws UsageError, Failure */
function fromWorkspace(named: readonly string[], workspace: string, terminal: Terminal): Chosen {
  const file = presentWorkspace(terminal.cwd, workspace);
  const library = readLibrary(file);
  try {
    const ids = chosenBadges(library, named);
    const { current } = library.settings;
    return { source: library, ids, settings: current, kept: [storeFiles(file)], close: () => library.close() };
  } catch (error) {
    library.close();
    throw error;
  }
}

/** @throws Failure where a file cannot be read, or is no badge */
function fromFiles(named: readonly string[], terminal: Terminal): Chosen {
  const now = fromMilliseconds(Date.now());
  const drafts = named.map((name, key): Draft => {
    const { text: body } = readBadgeFile(terminal.cwd, name);
    const why = whyNoBody(body);
    if (why !== null) throw plainFailure('invalid-input', `${name}: ${inEnglish(why.words)} Nothing was written.`);
    const times = { startSetOn: now, createdOn: now, changedOn: now, pushedOn: null };
    return { ...times, key, id: name, body, migration: false, revision: 1, claims: [], art: null };
  });
  const source: SheetSource = {
    drafts: {
      find: (id) => drafts.find((draft) => draft.id === id),
      inspect: (draft) => inspectDraft({ ...draft, claimedBy: [] }, DEFAULT_SETTINGS, () => false),
    },
    arts: { find: () => undefined },
  };
  const kept = named.map((name): KeptFile => ({
    path: path.resolve(terminal.cwd, name),
    what: 'a badge that is read',
  }));
  return { source, ids: named, settings: DEFAULT_SETTINGS, kept, close: () => undefined };
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
  const { out, workspace } = values;
  if (positionals.length === 0 && workspace === undefined)
    throw new UsageError('Name a badge file, or --workspace FILE.');
  if (out === undefined) throw new UsageError('Say where the sheet goes: --out sheet.html, or sheet.pdf.');
  const format = path.extname(out).toLowerCase().slice(1);
  if (format !== 'html' && format !== 'pdf')
    throw new UsageError(`--out ${out} can be no sheet: end it with .html or .pdf.`);
  const language = LANGUAGES.find((known) => known === values.language);
  if (language === undefined) throw new UsageError(`--language is ${LANGUAGES.join(' or ')}, not ${values.language}.`);
  const chosen =
    workspace === undefined ? fromFiles(positionals, terminal) : fromWorkspace(positionals, workspace, terminal);
  try {
    const { source, ids, settings, kept } = chosen;
    if (ids.length === 0) throw new UsageError(`There is no badge in ${workspace ?? 'them'}.`);
    if (ids.length > MOST_ON_SHEET)
      throw new UsageError(`At most ${String(MOST_ON_SHEET)} badges stand on one sheet; name some.`);
    const target = path.resolve(terminal.cwd, out);
    requireOutput(target, out, kept, 'Nothing was written.');
    if (format === 'pdf') requirePrinter(`${out.replace(/\.pdf$/i, '')}.html`);
    const order = {
      settings,
      now: fromMilliseconds(Date.now()),
      platform: process.platform,
      appVersion: version,
      language,
    };
    const page = await sheetPage(source, ids, new Artist(), order);
    const bytes = format === 'html' ? Buffer.from(page, 'utf8') : await printPdf(page, terminal.signal);
    if (terminal.signal.aborted) throw new Failure('cancelled', message('system.exportCancelled'));
    await writeWhole(target, bytes, { name: out });
    const document = {
      schema: 'laurel/sheet@1',
      written: out,
      format,
      bytes: bytes.length,
      language,
      badges: ids.length,
    };
    if (values.json) terminal.document(JSON.stringify(document, null, 2));
    else terminal.out(`${out} was written.`);
    return 0;
  } finally {
    chosen.close();
  }
}

/** `laurel sheet`. */
export const sheetCommand: Command = { options: OPTIONS, help: HELP, run };
