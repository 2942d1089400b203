import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { parseJson } from '../../../shared/domain/json';
import {
  mergeDocuments,
  type DocumentChoices,
  type DocumentDifference,
  type MergedDocument,
} from '../../../shared/gateway/merge-documents';
import { Failure } from '../../../shared/ipc/errors';
import {
  placeOfDocument,
  type FolderAction,
  type FolderCounts,
  type FolderQuestion,
  type FolderQuestionKind,
} from '../../../shared/ipc/folder-contract';
import { message, type MessagePart } from '../../../shared/words/message';
import { causeOf, codeOf } from '../../disk/system-reasons';
import { writeWhole } from '../../disk/whole-file';
import { DEFINITIONS_ENDING } from '../badges/definitions-file';
import type { BackendContext } from '../context';
import {
  contentOf,
  DOCUMENT_ENDINGS,
  documentText,
  isRemovable,
  readDocument,
  WorkspaceDocuments,
  type DocumentContent,
  type DocumentReading,
} from './documents';
import { foldedPlace, matchFiles, planStep, type Step } from './plan';
import { digestOf, inTheWayOf, type FilePart, type FolderContents, type FolderScan } from './scan';
import { tokenOf } from './standing';

const keptBase = z.object({
  /** What both last agreed on, as JSON. */
  said: z.string(),
  /** Digest of the bytes of the file that say it; null: it says something else by now. */
  seen: z.string().nullable(),
});
type Base = z.infer<typeof keptBase>;

/** A document and its file, as a look found them. */
export interface DocumentPair {
  /** Path in the folder. */
  file: string;
  /** The path that it had before; null: the same. */
  movedFrom: string | null;
  base: Base | null;
  here: DocumentContent | null;
  part: FilePart | null;
  there: DocumentReading | null;
  step: Step;
}

export interface DocumentPlan {
  pairs: readonly DocumentPair[];
  aside: readonly FolderQuestion[];
  /** Documents that have a file. */
  documents: number;
}

export interface DocumentOutcome extends FolderCounts {
  questions: readonly FolderQuestion[];
  again: boolean;
}

/** A file or a document moved while it was looked at: the next look decides, or whoever decided looks again. */
class Moved extends Failure {
  constructor() {
    super('conflict', message('folder.noLongerDiffers'));
  }
}

const ACTIONS: Partial<Record<FolderQuestionKind, readonly FolderAction[]>> = {
  removed: ['trash', 'write'],
  'removed-changed': ['write', 'trash'],
  'deleted-changed': ['bring', 'remove'],
  broken: ['write'],
  unwritten: ['again'],
};

/** Keeps documents that are no badges in step with their files, by the same rules (`decisions/0190`). */
export class DocumentWork {
  readonly #context: Pick<BackendContext, 'workspace'>;
  readonly #scan: FolderScan;
  readonly #documents: WorkspaceDocuments;
  /** What files say, by path and digest of their bytes. */
  #known = new Map<string, DocumentReading>();

  constructor(context: Pick<BackendContext, 'workspace'>, scan: FolderScan) {
    this.#context = context;
    this.#scan = scan;
    this.#documents = new WorkspaceDocuments(context.workspace.settings);
  }

  /** Compares what a look found with the workspace. Nothing is changed. */
  plan({ documents: files, passed }: Pick<FolderContents, 'documents' | 'passed'>): DocumentPlan {
    const bases = this.#bases();
    const definitions = [...files.keys()].filter((file) => file.endsWith(DEFINITIONS_ENDING)).sort();
    const [first = '', ...others] = definitions;
    const aside = others.length === 0 ? [] : [this.#question('same-name', first, others.join(', '))];
    const usable = new Map([...files].filter(([file]) => others.length === 0 || !definitions.includes(file)));
    const isUsable = (file: string): boolean => others.length === 0 || !file.endsWith(DEFINITIONS_ENDING);
    const known = new Map<string, DocumentReading>();
    for (const [file, part] of usable) known.set(file, this.#read(file, part));
    this.#known = new Map([...usable].map(([file, part]) => [keyOf(file, part), known.get(file) as DocumentReading]));
    const movedTo = this.#moves(usable, known, bases);
    const movedFrom = new Map([...movedTo].map(([before, now]) => [now, before]));
    const paths = new Set(
      [...usable.keys(), ...[...bases.keys()].map((file) => movedTo.get(file) ?? file)].filter(isUsable),
    );
    const here = this.#documents.all(paths);
    const gone = new Set(movedFrom.values());
    const pairs = [...new Set([...paths, ...[...here.keys()].filter((file) => isUsable(file) && !gone.has(file))])]
      .sort()
      .map((file): DocumentPair => {
        const before = movedFrom.get(file) ?? null;
        const base = bases.get(before ?? file) ?? null;
        const part = usable.get(file) ?? null;
        const there = known.get(file) ?? null;
        const said = here.get(file) ?? (before === null ? undefined : here.get(before)) ?? null;
        // What nobody here has may lie there as what it is.
        const inTheWay = part === null && said !== null ? inTheWayOf(passed, file) : null;
        const found: DocumentReading | null =
          inTheWay === null ? there : { ok: false, isMerge: false, isPassed: true, reason: inTheWay };
        return { file, movedFrom: before, base, part, there: found, ...stepOf(base, said, found) };
      });
    return {
      pairs,
      aside: [...aside, ...clashes(usable.keys()).map(([one, more]) => this.#question('case-clash', one, more))],
      documents: pairs.filter(({ here: said, part }) => said !== null && part !== null).length,
    };
  }

  /** What would be done, and asked. */
  weigh({ pairs, aside }: DocumentPlan): FolderCounts & { same: number; questions: number } {
    const count = (...steps: readonly Step[]): number => pairs.filter(({ step }) => steps.includes(step)).length;
    const merges = pairs.filter(({ step }) => step === 'merge').map((pair) => conflictsOf(mergeOf(pair)));
    const conflicts = merges.filter(({ length }) => length > 0).length;
    return {
      written: count('write'),
      taken: count('take') + merges.length - conflicts,
      made: count('revive'),
      removed: count('remove'),
      revived: 0,
      same: count('keep', 'agree'),
      questions: count('removed', 'removed-changed', 'deleted-changed', 'broken') + conflicts + aside.length,
    };
  }

  /** Does what a look found. What moved since is left for the next look. */
  async carryOut({ pairs, aside }: DocumentPlan, isClosed: () => boolean): Promise<DocumentOutcome> {
    const outcome = { written: 0, taken: 0, made: 0, removed: 0, revived: 0, questions: [...aside], again: false };
    for (const pair of pairs) {
      if (isClosed()) break;
      try {
        const question = await this.#handle(pair, outcome);
        if (question !== null) outcome.questions.push(question);
      } catch (error) {
        if (error instanceof Moved) outcome.again = true;
        else if (error instanceof Failure || codeOf(error) !== undefined)
          outcome.questions.push(this.#question('unwritten', pair.file, causeOf(error)));
        else throw error;
      }
    }
    return isClosed() ? { ...outcome, again: false } : outcome;
  }

  /** Takes one side of some differences. @throws Failure `conflict` where one of them is no difference any more */
  resolve(pair: DocumentPair, choices: DocumentChoices): void {
    const open = new Set(conflictsOf(mergeOf(pair)).map(({ unit }) => unit));
    if ([...choices.keys()].some((unit) => !open.has(unit)))
      throw new Failure('conflict', message('folder.noLongerDiffers'));
    const { merged, base } = mergeOf(pair, choices);
    this.#context.workspace.transaction(() => {
      this.#save(pair, merged);
      this.#put(pair, { said: contentOf(base).token, seen: null });
    });
  }

  /** Carries out what a person decided about a pair. What is no such question any more is passed over. */
  async settle(pair: DocumentPair, action: FolderAction): Promise<void> {
    const { step, file } = pair;
    if (step === 'deleted-changed' && action === 'bring') {
      this.#context.workspace.transaction(() => {
        this.#save(pair, bodyOf(pair.there));
        this.#agree(pair);
      });
    } else if (step === 'deleted-changed' && action === 'remove') {
      this.#removeFile(pair);
    }
    if (pair.here === null) return;
    const isRemoved = step === 'removed' || step === 'removed-changed';
    if (isRemoved && action === 'trash' && isRemovable(file)) {
      this.#context.workspace.transaction(() => {
        this.#requireHere(pair);
        this.#documents.remove(file);
        this.#forget(pair);
      });
    }
    if (action !== 'write') return;
    if (isRemoved) this.#forget(pair);
    else if (step === 'broken' && pair.there?.ok === false && !pair.there.isMerge && pair.there.isPassed !== true)
      await this.#write(pair, pair.here.body);
  }

  async #handle(pair: DocumentPair, outcome: FolderCounts): Promise<FolderQuestion | null> {
    const { file, base, here, there, part, step } = pair;
    if (pair.movedFrom !== null) this.#context.workspace.transaction(() => this.#move(pair, pair.movedFrom as string));
    switch (step) {
      case 'keep':
        if (base !== null && there?.ok === true && base.seen !== digestIn(part)) this.#agree(pair);
        return null;
      case 'agree':
        this.#agree(pair);
        return null;
      case 'write':
        await this.#write(pair, here?.body ?? {});
        outcome.written += 1;
        return null;
      case 'take':
      case 'revive':
        this.#context.workspace.transaction(() => {
          this.#save(pair, bodyOf(there));
          this.#agree(pair);
        });
        outcome[step === 'take' ? 'taken' : 'made'] += 1;
        return null;
      case 'merge':
        return this.#merge(pair, outcome);
      case 'remove':
        this.#removeFile(pair);
        outcome.removed += 1;
        return null;
      default: {
        if (there?.ok !== false) return this.#question(step, file, null);
        if (there.isPassed === true) return this.#question('in-the-way', file, there.reason);
        const kind = there.isMerge ? 'markers' : 'broken';
        const actions = there.isMerge || here === null ? [] : (ACTIONS[kind] ?? []);
        return { ...this.#question(kind, file, there.reason), actions };
      }
    }
  }

  /** Both sides have moved: what does not contradict is put together. */
  async #merge(pair: DocumentPair, outcome: FolderCounts): Promise<FolderQuestion | null> {
    const found = mergeOf(pair);
    if (conflictsOf(found).length > 0) return this.#question('conflict', pair.file, null);
    const { merged } = found;
    const { token } = contentOf(merged);
    const isTaken = token !== pair.here?.token;
    if (isTaken) this.#save(pair, merged);
    if (isTaken) outcome.taken += 1;
    if (token === (pair.there?.ok === true ? pair.there.token : null)) {
      this.#put(pair, { said: token, seen: digestIn(pair.part) });
    } else {
      await this.#write(pair, merged);
      outcome.written += 1;
    }
    return null;
  }

  /** Writes a document whole or not at all, its keys as they stand in the file, over nothing else than what was looked at. */
  async #write(pair: DocumentPair, body: JsonObject): Promise<void> {
    const { file, there } = pair;
    const old = there?.ok === true ? there.body : null;
    const text = documentText(old === null ? body : mergeDocuments({ base: old, draft: body, file: old }).merged);
    if (!this.#scan.isThere()) throw new Moved();
    const target = this.#scan.pathOf(file);
    mkdirSync(path.dirname(target), { recursive: true });
    this.#requireUnmoved(pair);
    await writeWhole(target, text, { name: path.basename(target) });
    this.#put(pair, { said: contentOf(body).token, seen: digestOf(text) });
  }

  #removeFile(pair: DocumentPair): void {
    this.#requireUnmoved(pair);
    rmSync(this.#scan.pathOf(pair.file), { force: true });
    this.#forget(pair);
  }

  /** Has the workspace say what a document says. @throws Moved where it says something else than what was looked at */
  #save(pair: DocumentPair, body: JsonObject): void {
    this.#requireHere(pair);
    this.#documents.save(pair.file, body);
  }

  /** @throws Moved where the workspace says something else than what was looked at */
  #requireHere({ file, here }: DocumentPair): void {
    if (this.#documents.one(file)?.token !== here?.token) throw new Moved();
  }

  /** What the file says is what both agree on; or that there is no file. */
  #agree(pair: DocumentPair): void {
    if (pair.there?.ok === true) this.#put(pair, { said: pair.there.token, seen: digestIn(pair.part) });
    else this.#forget(pair);
  }

  #move({ file, base, here }: DocumentPair, before: string): void {
    const { settings } = this.#context.workspace;
    // The document goes by the path of its file.
    if (here !== null && isRemovable(file)) {
      const now = this.#documents.one(before);
      if (now?.token !== here.token || this.#documents.isKept(file)) throw new Moved();
      this.#documents.save(file, here.body);
      this.#documents.remove(before);
    }
    settings.forget(`folderBase:${before}`);
    settings.keep(`folderBase:${file}`, base);
  }

  #put({ file }: DocumentPair, base: Base): void {
    this.#context.workspace.settings.keep(`folderBase:${file}`, base);
  }

  #forget({ file }: DocumentPair): void {
    this.#context.workspace.settings.forget(`folderBase:${file}`);
  }

  #bases(): Map<string, Base> {
    const found = new Map<string, Base>();
    for (const [file, value] of this.#context.workspace.settings.keptBelow('folderBase:')) {
      const read = keptBase.safeParse(value);
      if (read.success && DOCUMENT_ENDINGS.some((ending) => file.endsWith(ending))) found.set(file, read.data);
    }
    return found;
  }

  #read(file: string, part: FilePart): DocumentReading {
    if (!part.isRead) return { ok: false, isMerge: false, reason: part.reason };
    const known = this.#known.get(keyOf(file, part));
    if (known !== undefined) return known;
    const not = (reason: MessagePart): DocumentReading => ({ ok: false, isMerge: false, reason });
    try {
      const bytes = this.#scan.readDocument(file);
      return digestOf(bytes) === part.digest ? readDocument(bytes, file) : not(message('folder.stillWritten'));
    } catch (error) {
      return not(causeOf(error));
    }
  }

  /** Where files lie by now that are gone from where both last agreed on them. */
  #moves(
    files: ReadonlyMap<string, FilePart>,
    known: ReadonlyMap<string, DocumentReading>,
    bases: ReadonlyMap<string, Base>,
  ): Map<string, string> {
    const moved = new Map<string, string>();
    const kept = this.#documents.files();
    for (const ending of DOCUMENT_ENDINGS) {
      const lost = [...bases].filter(([file]) => file.endsWith(ending) && !files.has(file));
      const fresh = [...files.keys()].filter((file) => file.endsWith(ending) && !bases.has(file) && !kept.has(file));
      // A folder has one file of definitions, whatever it is called.
      const isOne = ending === DEFINITIONS_ENDING;
      const name = (file: string): string => (isOne ? ending : path.posix.basename(file));
      const matching = matchFiles(
        fresh.flatMap((place) => {
          const said = known.get(place);
          return said?.ok === true ? [{ place, text: said.token, name: name(place) }] : [];
        }),
        lost.map(([place, base], badgeKey) => ({ badgeKey, place, base: base.said, name: name(place) })),
        new Map(),
      );
      for (const [index, place] of matching.moved) moved.set((lost[index] as (typeof lost)[number])[0], place);
    }
    return moved;
  }

  /** @throws Moved where the file is another than the one that was looked at */
  #requireUnmoved({ file, part }: DocumentPair): void {
    if (part !== null && !part.isRead) return;
    if (this.#scan.documentDigestNow(file) !== (part?.digest ?? null)) throw new Moved();
  }

  #question(kind: FolderQuestionKind, file: string, reason: MessagePart | null): FolderQuestion {
    const place = placeOfDocument(file);
    const actions = (ACTIONS[kind] ?? []).filter((action) => action !== 'trash' || isRemovable(file));
    return { kind, place, name: '', badgeId: null, reason, actions };
  }
}

/** Values in which document and file differ; null where either cannot be read just now. */
export function documentDifferences(pair: DocumentPair): readonly DocumentDifference[] | null {
  return pair.here === null || pair.there?.ok !== true ? null : mergeOf(pair).differences;
}

function stepOf(
  base: Base | null,
  here: DocumentContent | null,
  there: DocumentReading | null,
): Pick<DocumentPair, 'here' | 'step'> {
  // What nobody here knows and cannot be read is told, too: there is no trash that it could lie in.
  if (here === null && there?.ok === false) return { here, step: 'broken' };
  const step = planStep({
    hasBase: base !== null,
    isOpen: false,
    draft: here === null ? null : { body: tokenOf(here.token, base?.said ?? null), art: null },
    baseArt: null,
    body:
      there === null
        ? { kind: 'absent' }
        : there.ok
          ? { kind: 'said', token: tokenOf(there.token, base?.said ?? null) }
          : { kind: 'broken' },
    art: { kind: 'absent' },
  });
  return { here, step };
}

function mergeOf({ base, here, there }: DocumentPair, choices?: DocumentChoices): MergedDocument {
  if (here === null || there?.ok !== true) throw new Moved();
  const before = base === null ? {} : parseJson(base.said);
  return mergeDocuments({ base: isObject(before) ? before : {}, draft: here.body, file: there.body }, choices);
}

const conflictsOf = ({ differences }: MergedDocument): DocumentDifference[] =>
  differences.filter(({ change }) => change === 'conflict');

const digestIn = (part: FilePart | null): string | null => (part?.isRead === true ? part.digest : null);
const keyOf = (file: string, part: FilePart): string => `${digestIn(part) ?? ''} ${file}`;

function bodyOf(there: DocumentReading | null): JsonObject {
  if (there?.ok !== true) throw new Moved();
  return there.body;
}

/** Files whose names differ in capital letters only, as the first of them and the others. */
function clashes(files: Iterable<string>): [first: string, others: string][] {
  const found = new Map<string, string[]>();
  for (const file of files) found.set(foldedPlace(file), [...(found.get(foldedPlace(file)) ?? []), file]);
  return [...found.values()].flatMap(([first = '', ...others]): [string, string][] =>
    others.length === 0 ? [] : [[first, others.join(', ')]],
  );
}
