import { TextDecoder } from 'node:util';
import { dropDocument, keepDocument, keptDocument, keptDocuments } from '../../../db/workspace/kept-documents';
import { keepGroupsAndFields, keptFields } from '../../../db/workspace/kept-definitions';
import { keptGroups } from '../../../db/workspace/kept-groups';
import type { SettingsStore } from '../../../db/workspace/settings';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { readJson } from '../../../shared/domain/json';
import { readJsonBytes } from '../../../shared/domain/json-bytes';
import { hasMergeMarks } from '../../../shared/domain/merge-marks';
import { badgeFileText } from '../../../shared/gateway/badge-file';
import { Failure } from '../../../shared/ipc/errors';
import { POLICY_ENDING, SCENARIO_ENDING } from '../../../shared/ipc/kept-scenarios-contract';
import { serialiseScenario } from '../../../shared/simulation/scenario-file';
import { jsonMistake } from '../../../shared/words/json-mistakes';
import { message, type MessagePart } from '../../../shared/words/message';
import { DEFINITIONS_ENDING, readDefinitions, writeDefinitions } from '../badges/definitions-file';

/** Endings of the files that are kept in step besides those of badges. */
export const DOCUMENT_ENDINGS: readonly string[] = [DEFINITIONS_ENDING, SCENARIO_ENDING, POLICY_ENDING];

/** What the file of definitions is called where the folder has none yet. */
const DEFINITIONS_FILE = `programme${DEFINITIONS_ENDING}`;

/** What a document says. */
export interface DocumentContent {
  body: JsonObject;
  /** The same for the same meaning, however its keys are ordered. */
  token: string;
}

export type DocumentReading =
  | ({ ok: true } & DocumentContent)
  /** `isPassed`: what lies there is no file of its own, and is neither read nor written over. */
  | { ok: false; isMerge: boolean; isPassed?: true; reason: MessagePart };

export const contentOf = (body: JsonObject): DocumentContent => ({ body, token: badgeFileText(body) });

/** A document as its file holds it: two spaces, one line break at the end. */
export const documentText = (body: JsonObject): string => serialiseScenario(body);

/** What stands in the file of a document. @param file what it is called */
export function readDocument(bytes: Uint8Array, file: string): DocumentReading {
  const decoded = readJsonBytes(bytes, TextDecoder);
  if (!decoded.ok) return { ok: false, isMerge: false, reason: message('folder.noText') };
  const { text } = decoded;
  const not = (reason: MessagePart): DocumentReading => ({ ok: false, isMerge: hasMergeMarks(text), reason });
  const reading = readJson(text);
  if (!reading.ok) return not(jsonMistake(reading.mistake));
  if (!isObject(reading.value)) return not(message('folder.noObject'));
  try {
    // What this version cannot read would be lost with the next change here.
    if (file.endsWith(DEFINITIONS_ENDING)) readDefinitions(text, file);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return not(error.words);
  }
  return { ok: true, ...contentOf(reading.value) };
}

/** The documents of a workspace, as a folder has them. */
export class WorkspaceDocuments {
  readonly #settings: SettingsStore;

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  /** Whether the workspace keeps a document under the path of this file. */
  isKept(file: string): boolean {
    return keptDocument(this.#settings, file) !== undefined;
  }

  /** The paths of all documents that the workspace keeps; not that of its definitions, which go by no path. */
  files(): ReadonlySet<string> {
    return new Set(keptDocuments(this.#settings).keys());
  }

  /** What the workspace says in the document of this file; undefined where it has none. */
  one(file: string): DocumentContent | undefined {
    if (file.endsWith(DEFINITIONS_ENDING)) return this.#definitions(file)?.content;
    const text = keptDocument(this.#settings, file);
    return text === undefined ? undefined : contentIn(text);
  }

  /**
   * What the workspace says in each of its documents, by the path of the file.
   *
   * @param files that the folder has, or had
   */
  all(files: ReadonlySet<string>): ReadonlyMap<string, DocumentContent> {
    const found = new Map<string, DocumentContent>();
    for (const [name, text] of keptDocuments(this.#settings)) {
      const content = contentIn(text);
      if (content !== undefined) found.set(name, content);
    }
    const definitions = this.#definitions([...files].find((one) => one.endsWith(DEFINITIONS_ENDING)));
    if (definitions !== undefined) found.set(definitions.file, definitions.content);
    return found;
  }

  /** @param file of the definitions, where the folder has or had one */
  #definitions(file: string | undefined): { file: string; content: DocumentContent } | undefined {
    const [groups, fields] = [keptGroups(this.#settings), keptFields(this.#settings)];
    const isSaid = groups.some(({ name }) => name !== null) || fields.length > 0;
    // A workspace that had definitions and has none now says just that.
    if (!isSaid && file === undefined) return undefined;
    return { file: file ?? DEFINITIONS_FILE, content: saidBy(writeDefinitions(groups, fields)) };
  }

  /** Has the workspace say what a document says. @throws Failure `invalid-input` where it cannot */
  save(file: string, body: JsonObject): void {
    if (!file.endsWith(DEFINITIONS_ENDING)) {
      keepDocument(this.#settings, file, documentText(body));
      return;
    }
    const { groups, fields } = readDefinitions(documentText(body), file);
    keepGroupsAndFields(this.#settings, groups, fields);
  }

  /** The workspace has this document no more. */
  remove(file: string): void {
    dropDocument(this.#settings, file);
  }
}

/** Whether a document can be taken away as a whole: groups and custom fields are not. */
export const isRemovable = (file: string): boolean => !file.endsWith(DEFINITIONS_ENDING);

function contentIn(text: string): DocumentContent | undefined {
  const reading = readJson(text);
  return reading.ok && isObject(reading.value) ? contentOf(reading.value) : undefined;
}

function saidBy(text: string): DocumentContent {
  const reading = readJson(text);
  if (!reading.ok || !isObject(reading.value)) throw new RangeError();
  return contentOf(reading.value);
}
