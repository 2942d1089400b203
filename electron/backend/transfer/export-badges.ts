import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Draft } from '../../../db/workspace/drafts';
import { outlineOf } from '../../../db/workspace/outline';
import { pictureKey } from '../../../shared/art/picture-key';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { writeJson } from '../../../shared/domain/json';
import { readBadge } from '../../../shared/domain/read-badge';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { TransferExport, TransferFormat, TransferLoss } from '../../../shared/ipc/transfer-contract';
import type { Speaker } from '../../../shared/words/speaker';
import { message, type Message } from '../../../shared/words/message';
import { requireOutput } from '../../disk/output-place';
import { writeWhole } from '../../disk/whole-file';
import { EXPORT_AGAIN } from '../files/granted-files';
import type { OutputRow, OutputTable } from '../files/table-output';
import { writeTable } from '../files/written-table';
import { flatTable } from './flat-body';
import { TEMPLATE_HEADINGS, templateRow } from './template-row';

/** A whole file for each badge. */
const BADGE_ENDING = '.badge.json';
/** Behind the name of a template, for what its rows cannot say. */
const NOTES_ENDING = '.notes.txt';
const PORTION = 250;

export interface ExportOrder {
  format: TransferFormat;
  /** Absolute path of the file, or of the folder for `files`, and its name for people. */
  target: { path: string; name: string };
  signal: CancelSignal;
  progress(report: { done: number; total: number }): void;
  /** In whose language the notes of a template are written. */
  speaker: Pick<Speaker, 'sayMessage'>;
}

interface Exported {
  draft: Draft;
  name: string;
}

/** Notes by what they say, each with the names of its badges. */
class Losses {
  readonly #byKey = new Map<string, { what: Message; names: string[] }>();

  add(what: Message, name: string): void {
    const key = JSON.stringify(what);
    const known = this.#byKey.get(key);
    if (known === undefined) this.#byKey.set(key, { what, names: [name] });
    else known.names.push(name);
  }

  all(): TransferLoss[] {
    return [...this.#byKey.values()];
  }
}

/**
 * Writes badges, each file whole under its name or not at all. What a format cannot hold is told by name.
 *
 * @throws Failure `cancelled`, `invalid-input`, or of writing
 */
export async function exportBadgeList(
  drafts: { find(id: string): Draft | undefined },
  ids: readonly string[],
  order: ExportOrder,
): Promise<TransferExport> {
  const losses = new Losses();
  const left: { name: string; reason: Message }[] = [];
  const found: Exported[] = [];
  for (const [place, id] of [...new Set(ids)].entries()) {
    if (place % PORTION === 0) await othersTurn(order, place, ids.length);
    const draft = drafts.find(id);
    if (draft === undefined) continue;
    const { name, excerpt } = outlineOf(draft.body);
    found.push({ draft, name: name === '' ? (excerpt ?? '') : name });
  }
  const written = await writers[order.format](found, order, losses, left);
  for (const { draft, name } of written) {
    if (draft.claims.some(({ isActive }) => isActive)) losses.add(message('transfer.lostClaims'), name);
    if (draft.art !== null) losses.add(message('transfer.lostArt'), name);
    if (draft.migration) losses.add(message('transfer.lostMigration'), name);
  }
  order.progress({ done: ids.length, total: ids.length });
  const outcome = { badges: written.length, name: order.target.name, left, losses: losses.all() };
  if (order.format !== 'template') return { ...outcome, notes: [], notesFile: null };
  const notes = [
    message('transfer.templateOpen'),
    message('transfer.templateLimits'),
    message('transfer.templateDates'),
    message('transfer.templateApostrophe'),
  ];
  const notesFile = `${order.target.name}${NOTES_ENDING}`;
  await writeNotes(order, { ...outcome, notes }, notesFile);
  return { ...outcome, notes, notesFile };
}

type Writer = (
  found: readonly Exported[],
  order: ExportOrder,
  losses: Losses,
  left: { name: string; reason: Message }[],
) => Promise<readonly Exported[]>;

async function othersTurn({ signal, progress }: ExportOrder, done: number, total: number): Promise<void> {
  progress({ done, total });
  await setImmediate();
  if (signal.aborted) throw new Failure('cancelled', message('system.exportCancelled'));
}

/** The body of a draft; null for a text that is no object. */
function bodyOf({ draft }: Exported): JsonObject | null {
  const { body } = outlineOf(draft.body);
  return isObject(body) ? body : null;
}

/** Those whose texts are objects; the others are named. */
function objectsOf(
  found: readonly Exported[],
  left: { name: string; reason: Message }[],
): { exported: Exported; body: JsonObject }[] {
  return found.flatMap((exported) => {
    const body = bodyOf(exported);
    if (body === null) left.push({ name: exported.name, reason: message('transfer.leftNoObject') });
    return body === null ? [] : [{ exported, body }];
  });
}

const writeFiles: Writer = async (found, order) => {
  const { path: folder } = order.target;
  for (const [place, { draft, name }] of found.entries()) {
    if (place % 20 === 0) await othersTurn(order, place, found.length);
    const file = `${pictureKey({ name, id: draft.id })}${BADGE_ENDING}`;
    await writeWhole(path.join(folder, file), draft.body, { name: file, again: EXPORT_AGAIN });
  }
  return found;
};

const writeList: Writer = async (found, order, _, left) => {
  const objects = objectsOf(found, left);
  async function* text(): AsyncGenerator<string> {
    yield '[';
    for (const [place, { body }] of objects.entries()) {
      if (place % PORTION === 0) await othersTurn(order, place, objects.length);
      yield `${place === 0 ? '' : ','}\n${indented(writeJson(body, 2))}`;
    }
    yield '\n]\n';
  }
  const { target, signal } = order;
  await writeWhole(target.path, text(), { name: target.name, signal, again: EXPORT_AGAIN });
  return objects.map(({ exported }) => exported);
};

const indented = (text: string): string => text.replaceAll(/^/gm, '  ');

const writeWorkbook: Writer = async (found, order, _, left) => {
  requireEnding(order, '.xlsx');
  const objects = objectsOf(found, left);
  const { headings, rows } = flatTable(objects.map(({ body }) => body));
  const table: OutputTable = {
    sheet: 'Badges',
    columns: headings.map((name) => ({ name, kind: 'text' })),
    zone: 'UTC',
  };
  const kept = objects.flatMap(({ exported }, place) => {
    const cells = rows[place] ?? null;
    if (cells === null) left.push({ name: exported.name, reason: message('transfer.leftTooLong') });
    return cells === null ? [] : [{ exported, cells }];
  });
  await writeTable(order.target, table, portions(kept.map(({ cells }) => cells)), tableWork(order, kept.length));
  return kept.map(({ exported }) => exported);
};

const writeTemplate: Writer = async (found, order, losses, left) => {
  requireEnding(order, '.csv');
  const notes = `${order.target.path}${NOTES_ENDING}`;
  requireOutput(notes, `${order.target.name}${NOTES_ENDING}`, [], message('store.nothingWritten'));
  const kept: { exported: Exported; cells: readonly string[] }[] = [];
  for (const [place, exported] of found.entries()) {
    if (place % PORTION === 0) await othersTurn(order, place, found.length);
    const body = bodyOf(exported);
    const definition = body === null ? null : readBadge(body).definition;
    if (definition === null) {
      left.push({ name: exported.name, reason: message('transfer.leftUnreadable') });
      continue;
    }
    const { cells, lost } = templateRow(definition);
    for (const what of lost) losses.add(what, exported.name);
    kept.push({ exported, cells });
  }
  const table: OutputTable = {
    sheet: 'Badges',
    columns: TEMPLATE_HEADINGS.map((name) => ({ name, kind: 'text' })),
    zone: 'UTC',
  };
  await writeTable(order.target, table, portions(kept.map(({ cells }) => cells)), tableWork(order, kept.length));
  return kept.map(({ exported }) => exported);
};

const writers: Readonly<Record<TransferFormat, Writer>> = {
  files: writeFiles,
  list: writeList,
  workbook: writeWorkbook,
  template: writeTemplate,
};

const tableWork = ({ signal, progress }: ExportOrder, total: number) => ({
  signal,
  progress: (done: number) => progress({ done, total }),
});

/** The format of a table is what its file's ending says. */
function requireEnding({ target }: ExportOrder, ending: string): void {
  if (!target.path.toLowerCase().endsWith(ending))
    throw new Failure('invalid-input', message('transfer.otherEnding', { name: target.name, ending }));
}

function* portions(rows: readonly OutputRow[]): Generator<readonly OutputRow[]> {
  for (let from = 0; from < rows.length; from += PORTION) yield rows.slice(from, from + PORTION);
}

/** Notes beside the file: in it, a program would take them for a badge. */
async function writeNotes(
  { target, speaker }: ExportOrder,
  { left, losses, notes }: Pick<TransferExport, 'left' | 'losses' | 'notes'>,
  name: string,
): Promise<void> {
  const words = (said: Message): string => speaker.sayMessage(said);
  const lines = [
    ...notes.map(words),
    ...losses.map(({ what, names }) => `${words(what)}\n${names.map((one) => `  ${one}`).join('\n')}`),
    ...left.map((one) => words(message('transfer.leftOne', one))),
  ];
  await writeWhole(`${target.path}${NOTES_ENDING}`, `${lines.join('\n\n')}\n`, { name, again: EXPORT_AGAIN });
}
