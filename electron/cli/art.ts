import { lstatSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readLibrary } from '../../db/workspace/read-library';
import { writeArt } from '../../shared/art/art-text';
import { DESIGN_NAMES, startingDesign, titleInDesign, type DesignName } from '../../shared/art/designs';
import { ART_STATES, LARGEST_IMAGE, type ArtState, type BadgeArt } from '../../shared/art/model';
import { fromMilliseconds } from '../../shared/domain/instant';
import { Failure } from '../../shared/ipc/errors';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';
import { exportBadges } from '../backend/art/export-badges';
import { artName, ART_ENDING, readArtFile } from '../backend/art/art-file';
import { Artist } from '../backend/art/artist';
import { mendPng, svgTroubles, pngFacts } from '../backend/art/own-picture';
import {
  LARGEST_SIDE,
  missingWords,
  PICTURE_FORMATS,
  pictureFiles,
  SMALLEST_SIDE,
  USUAL_SIDE,
  writePictures,
  type PictureFormat,
  type WrittenPicture,
} from '../backend/art/picture-files';
import { filesBelow } from '../disk/files-below';
import { placeOf, requireOutput } from '../disk/output-place';
import { readRegular } from '../disk/regular-file';
import { causeOf } from '../disk/system-reasons';
import { writeWhole } from '../disk/whole-file';
import { requireNamedOutput } from './output-ending';
import { plainFailure } from './plain-failure';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { agreeing, counted } from './counted';
import { presentWorkspace } from './export';
import { folderForPictures } from './art-folder';
import { wholeNumber } from './simulate';

const DOES = ['start', 'draw', 'export', 'check', 'mend'] as const;

const HELP = `Pictures of badges: three states from one design, the same bytes on every machine.

Usage: laurel art start [DESIGN] --title TEXT --out FILE${ART_ENDING} [--json]
       laurel art draw FILE|FOLDER… --out FOLDER [--state STATE]… [--format png|svg]… [--size N] [--json]
       laurel art export --workspace FILE --out FOLDER [--badge NAME]… [--state STATE]… [--format png|svg]… [--size N] [--json]
       laurel art check FILE|FOLDER… [--json]
       laurel art mend PICTURE.png --out FILE.png [--json]

  start   a design to begin with, in a new file; without DESIGN they are named
  draw    each *${ART_ENDING} (laurel/badge-art@1) as NAME.STATE.png and NAME.STATE.svg; folders with all below them
  export  the same of the badges of a workspace, which may be open in a window; NAME is the badge's name and the end of its id
  check   designs, and own PNG and SVG pictures, for what an org or a design would refuse
  mend    a PNG made square by empty margins, and reduced to ${String(LARGEST_IMAGE / 1_000_000)} MB where it is larger

  --badge NAME    only badges of this name, or with this id; all that have art unless given; may be repeated
  --title TEXT    what the badge is called; it is written into the design
  --state STATE   ${ART_STATES.join(', ')}; all unless given; may be repeated
  --format        png or svg; both unless given; may be repeated
  --size N        pixels along the side of a PNG, ${String(SMALLEST_SIDE)} to ${String(LARGEST_SIDE)}; default: ${String(USUAL_SIDE)}
  --out           a folder, which is made where it is not there, or a file
  --json          what was done as one JSON document

A design with a character that no font of Laurel has is not drawn, and named.
Exit code: 0 done, 1 a file has mistakes or was not drawn, 2 called wrongly.`;

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  title: { type: 'string' },
  state: { type: 'string', multiple: true, default: [] as string[], completes: ART_STATES },
  format: { type: 'string', multiple: true, default: [] as string[], completes: PICTURE_FORMATS },
  size: { type: 'string' },
  workspace: { type: 'string', completes: 'files' },
  badge: { type: 'string', multiple: true, default: [] as string[] },
  out: { type: 'string', completes: 'files' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

type Values = ReturnType<typeof parsed>['values'];

function parsed(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options: OPTIONS });
}

const isOneOf = <T extends string>(list: readonly T[], text: string): text is T => list.some((known) => known === text);

/** @throws UsageError */
function chosen<T extends string>(option: string, given: readonly string[], known: readonly T[]): readonly T[] {
  const wrong = given.find((text) => !isOneOf(known, text));
  if (wrong !== undefined) throw new UsageError(`--${option} is ${known.join(', ')}, not ${wrong}.`);
  return given.length === 0 ? known : known.filter((one) => given.includes(one));
}

function requiredOut(values: Values, example: string): string {
  if (values.out === undefined) throw new UsageError(`Say where it goes: --out ${example}.`);
  return values.out;
}

async function start(names: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  const [name, ...more] = names;
  if (more.length > 0) throw new UsageError('Name one design.');
  if (name === undefined) {
    if (values.json)
      terminal.document(JSON.stringify({ schema: 'laurel/art-designs@1', designs: DESIGN_NAMES }, null, 2));
    else for (const design of DESIGN_NAMES) terminal.out(design);
    return 0;
  }
  if (!isOneOf(DESIGN_NAMES, name))
    throw new UsageError(`There is no design ${name}; there are ${DESIGN_NAMES.join(', ')}.`);
  const out = requiredOut(values, `first${ART_ENDING}`);
  const target = path.resolve(terminal.cwd, out);
  requireNamedOutput(target, out, { ending: ART_ENDING, what: 'design' }, [], 'Nothing was written.');
  if (placeOf(target).kind === 'file' && lstatSync(target, { throwIfNoEntry: false }) !== undefined)
    throw plainFailure('invalid-input', `${out} is there already; a design begins in a new file. Nothing was written.`);
  const title = titleInDesign(values.title ?? titleOf(name));
  await writeWhole(target, writeArt(startingDesign(name, title)), { name: out });
  if (values.json)
    terminal.document(JSON.stringify({ schema: 'laurel/art-started@1', design: name, title, out }, null, 2));
  else terminal.out(`${out} was written: the design ${name}. laurel art draw ${out} --out FOLDER draws it.`);
  return 0;
}

const titleOf = (name: DesignName): string => name.charAt(0).toUpperCase() + name.slice(1);

/** @throws UsageError; Failure where a place cannot be read */
function artFiles(named: readonly string[], terminal: Terminal): string[] {
  if (named.length === 0) throw new UsageError(`Name a design, *${ART_ENDING}, or a folder with designs.`);
  for (const place of named) {
    try {
      filesBelow(terminal.cwd, [place], ART_ENDING);
    } catch (error) {
      throw new Failure('invalid-input', message('art.fileUnread', { file: place, reason: causeOf(error) }));
    }
  }
  return filesBelow(terminal.cwd, named, ART_ENDING);
}

interface Drawn {
  file: string;
  key: string;
  ok: boolean;
  reason: string | null;
  pictures: readonly WrittenPicture[];
}

interface Form {
  states: readonly ArtState[];
  formats: readonly PictureFormat[];
  side: number;
}

/** @throws UsageError */
function formFrom(values: Values): Form {
  const states: readonly ArtState[] = chosen('state', values.state, ART_STATES);
  const formats: readonly PictureFormat[] = chosen('format', values.format, PICTURE_FORMATS);
  const side = wholeNumber('size', values.size, SMALLEST_SIDE) ?? USUAL_SIDE;
  if (side > LARGEST_SIDE) throw new UsageError(`--size is at most ${String(LARGEST_SIDE)}.`);
  return { states, formats, side };
}

const ALL = { search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false } as const;

async function exportArt(named: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  if (named.length > 0) throw new UsageError('Name badges with --badge.');
  const form = formFrom(values);
  const out = requiredOut(values, 'pictures');
  const workspaceFile = presentWorkspace(terminal.cwd, values.workspace);
  const folder = folderForPictures(terminal.cwd, out, { files: [], kept: [] });
  const now = fromMilliseconds(Date.now());
  const library = readLibrary(workspaceFile);
  try {
    const all = library.list.ids(ALL, { by: 'name', descending: false }, now).map((id) => {
      const draft = library.drafts.find(id);
      return { id, name: draft === undefined ? '' : (library.list.line(draft.key, now)?.name ?? '') };
    });
    const unknown = values.badge.find((text) => !all.some(({ id, name }) => id === text || name === text));
    if (unknown !== undefined) throw new UsageError(`No badge is called ${unknown}.`);
    const ids = all
      .filter(({ id, name }) => values.badge.length === 0 || values.badge.includes(id) || values.badge.includes(name))
      .map(({ id }) => id);
    const { exported, refused, without, written } = await exportBadges(library, ids, new Artist(), {
      ...{ ...form, folder, signal: terminal.signal, now },
      progress: ({ done, total }) => terminal.draw(`Drawing ${String(done)} of ${String(total)} …`),
    });
    terminal.draw('');
    const inWords = refused.map(({ name, reason }) => ({ name, reason: inEnglish(reason) }));
    if (values.json) {
      const document = {
        schema: 'laurel/art-exported@1',
        ok: refused.length === 0,
        out,
        badges: exported,
        refused: inWords,
        without,
      };
      terminal.document(JSON.stringify(document, null, 2));
    } else {
      for (const { name, reason } of inWords) terminal.error(`${name}: ${reason}`);
      terminal.out(
        `${counted(written, 'picture')} of ${counted(exported.length, 'badge')} ${agreeing(written, 'is', 'are')} in ${out}; ${counted(without, 'badge')} ${agreeing(without, 'has', 'have')} no art.`,
      );
    }
    return refused.length === 0 ? 0 : 1;
  } finally {
    library.close();
  }
}

async function draw(named: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  const { states, formats, side } = formFrom(values);
  const out = requiredOut(values, 'pictures');
  const files = artFiles(named, terminal);
  const keys = new Map<string, string>();
  for (const file of files) {
    const other = keys.get(artName(file).toLowerCase());
    if (other !== undefined)
      throw new UsageError(
        `${other} and ${file} have one name, so that their pictures would have one, too. Nothing was written.`,
      );
    keys.set(artName(file).toLowerCase(), file);
  }
  const folder = folderForPictures(terminal.cwd, out, {
    files: files.flatMap((file) => pictureFiles(artName(file), { states, formats })),
    kept: files.map((file) => ({ path: path.resolve(terminal.cwd, file), what: 'a design that is read' })),
  });
  const artist = new Artist();
  const drawn: Drawn[] = [];
  for (const file of files) {
    const key = artName(file);
    terminal.draw(`Drawing ${String(drawn.length + 1)} of ${String(files.length)} …`);
    const outcome = await drawOne(file, terminal, (art) =>
      writePictures(artist, art, key, { folder, states, formats, side, signal: terminal.signal }),
    );
    drawn.push({ file, key, ...outcome });
  }
  terminal.draw('');
  const ok = drawn.every((each) => each.ok);
  if (values.json) terminal.document(JSON.stringify({ schema: 'laurel/art-drawn@1', ok, out, badges: drawn }, null, 2));
  else {
    const count = drawn.reduce((sum, { pictures }) => sum + pictures.length, 0);
    for (const { file, reason } of drawn) if (reason !== null) terminal.error(`${file}: ${reason}`);
    const badges = counted(drawn.filter((each) => each.ok).length, 'badge');
    terminal.out(`${counted(count, 'picture')} of ${badges} ${agreeing(count, 'is', 'are')} in ${out}.`);
  }
  return ok ? 0 : 1;
}

async function drawOne(
  file: string,
  terminal: Terminal,
  write: (art: BadgeArt) => ReturnType<typeof writePictures>,
): Promise<Pick<Drawn, 'ok' | 'reason' | 'pictures'>> {
  try {
    const { written, refused } = await write(await readArtFile(path.resolve(terminal.cwd, file), file));
    return { ok: refused === null, reason: refused === null ? null : inEnglish(refused), pictures: written };
  } catch (error) {
    // A mistake of one file does not keep the others from being drawn; a full disk or Ctrl-C does.
    if (error instanceof Failure && error.code === 'invalid-input')
      return { ok: false, reason: error.message, pictures: [] };
    throw error;
  }
}

async function check(named: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  const artist = new Artist();
  const files = [];
  for (const file of artFiles(named, terminal)) {
    const troubles = await troublesOf(file, terminal.cwd, artist);
    files.push({ file, ok: troubles.length === 0, troubles });
  }
  const ok = files.every((each) => each.ok);
  if (values.json) terminal.document(JSON.stringify({ schema: 'laurel/art-checked@1', ok, files }, null, 2));
  else
    for (const { file, troubles } of files)
      for (const line of troubles.length === 0 ? ['good'] : troubles) terminal.out(`${file}: ${line}`);
  return ok ? 0 : 1;
}

async function troublesOf(file: string, cwd: string, artist: Artist): Promise<string[]> {
  try {
    if (!/\.(png|svg)$/i.test(file)) {
      const { missing } = await artist.draw(await readArtFile(path.resolve(cwd, file), file), 'EARNED');
      return missing.length === 0 ? [] : [inEnglish(missingWords(missing))];
    }
    const bytes = pictureBytes(file, cwd);
    if (/\.png$/i.test(file)) return pngFacts(bytes, file).troubles.map(inEnglish);
    return (await svgTroubles(bytes, file)).map(inEnglish);
  } catch (error) {
    if (error instanceof Failure) return [error.message];
    throw error;
  }
}

/** Bytes of the largest picture that is looked at. */
const LARGEST_READ = 64_000_000;

function pictureBytes(file: string, cwd: string): Buffer {
  try {
    return readRegular(path.resolve(cwd, file), LARGEST_READ);
  } catch (error) {
    throw new Failure('invalid-input', message('art.fileUnread', { file, reason: causeOf(error) }));
  }
}

async function mend([file, ...more]: readonly string[], values: Values, terminal: Terminal): Promise<ExitCode> {
  if (file === undefined || more.length > 0) throw new UsageError('Name one PNG.');
  const out = requiredOut(values, 'mended.png');
  const target = path.resolve(terminal.cwd, out);
  const source = path.resolve(terminal.cwd, file);
  requireOutput(target, out, [{ path: source, what: 'the picture that is read' }], 'Nothing was written.');
  const bytes = pictureBytes(file, terminal.cwd);
  const before = pngFacts(bytes, file);
  const mended = before.troubles.length === 0 ? bytes : await mendPng(bytes, before);
  const after = pngFacts(mended, out);
  await writeWhole(target, mended, { name: out });
  const size = ({ width, height, bytes: length }: typeof before) => ({ width, height, bytes: length });
  if (values.json)
    terminal.document(
      JSON.stringify({ schema: 'laurel/art-mended@1', file, out, before: size(before), after: size(after) }, null, 2),
    );
  else
    terminal.out(
      before.troubles.length === 0
        ? `${file} is as an org takes it; ${out} is the same.`
        : `${out} was written: ${String(after.width)} × ${String(after.height)} pixels, ${after.bytes.toLocaleString('en')} bytes. ${file} is as it was.`,
    );
  return 0;
}

/** `laurel art`. */
export const artCommand: Command = {
  options: OPTIONS,
  operands: DOES,
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parsed(args);
    const [what, ...named] = positionals;
    if (what === undefined) throw new UsageError(`Say what to do: laurel art ${DOES.join(', laurel art ')}.`);
    if (!isOneOf(DOES, what)) throw new UsageError(`There is no art ${what}; there are ${DOES.join(', ')}.`);
    return { start, draw, export: exportArt, check, mend }[what](named, values, terminal);
  },
};
