import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { seenDigests, type FolderDraft, type FolderLine, type FolderRow } from '../../../db/workspace/folder-files';
import type { BadgeArt } from '../../../shared/art/model';
import { writeArt } from '../../../shared/art/art-text';
import { pictureKey } from '../../../shared/art/picture-key';
import { readBadge } from '../../../shared/domain/read-badge';
import { badgeFileText } from '../../../shared/gateway/badge-file';
import { withUnitsOf } from '../../../shared/gateway/merge-bodies';
import { Failure } from '../../../shared/ipc/errors';
import type {
  FolderAction,
  FolderCounts,
  FolderQuestion,
  FolderQuestionKind,
} from '../../../shared/ipc/folder-contract';
import { inEnglish } from '../../../shared/words/english';
import { message, type MessagePart } from '../../../shared/words/message';
import { causeOf, codeOf } from '../../disk/system-reasons';
import { writeWhole } from '../../disk/whole-file';
import { ART_ENDING } from '../art/art-file';
import { keptArt } from '../art/kept-art';
import { freshBadgeId } from '../badges/ids';
import type { BackendContext } from '../context';
import { fileTextOf, readArt, readBody } from './contents';
import { BASE, foldedPlace, matchFiles, type NewFile, type Step } from './plan';
import {
  BADGE_ENDING,
  digestOf,
  inTheWayOf,
  type FilePart,
  type FolderContents,
  type FolderFile,
  type FolderScan,
} from './scan';
import {
  ART_UNIT,
  differencesOf,
  fileArtOf,
  pairOf,
  tokenOf,
  type KnownPart,
  type Pair,
  type PairDifferences,
} from './standing';

/** Drafts looked at, or files handled, before other calls have their turn. */
const PORTION = 100;
/** Letters of a label in a draft's history. */
const LONGEST_LABEL = 200;

type Context = Pick<BackendContext, 'workspace' | 'now' | 'randomBytes'>;

interface About {
  place: string;
  name: string;
  badgeId: string | null;
}

/** What became of one badge: nothing to say, a question, or what is still to be written into the store. */
type Done = FolderQuestion | (() => void) | null;

/** What a look found, before anything is done about it. */
export interface FolderPlan {
  pairs: readonly Pair[];
  /** Badges besides of which neither side moved. */
  settled: number;
  /** New files that are of no draft here. */
  fresh: readonly { place: string; file: FolderFile; name: string }[];
  /** Questions about files that have no draft, and about several files at once. */
  aside: readonly FolderQuestion[];
  /** Badges that have a file. */
  badges: number;
}

/** What was done, and what is left for a person. */
export interface FolderOutcome extends FolderCounts {
  questions: readonly FolderQuestion[];
  /** Something moved while it was looked at: it is to be looked at again. */
  again: boolean;
}

const NOTHING_DONE: FolderCounts = { written: 0, taken: 0, made: 0, removed: 0, revived: 0 };

const ACTIONS: Partial<Record<FolderQuestionKind, readonly FolderAction[]>> = {
  removed: ['trash', 'write'],
  'removed-changed': ['write', 'trash'],
  'deleted-changed': ['bring', 'remove'],
  broken: ['write'],
  'broken-art': ['write'],
  'unwritable-changed': ['take'],
  unwritten: ['again'],
};

/** The steps that are questions as they stand. */
const ASKED: ReadonlySet<Step> = new Set<Step>([
  ...(['removed', 'removed-changed', 'deleted-changed', 'broken', 'broken-art'] as const),
  ...(['unwritable', 'unwritable-changed'] as const),
]);

/** The designs of a badge: what both last agreed on, the draft's, the file's. */
export interface Designs {
  base: BadgeArt | null;
  draft: BadgeArt | null;
  file: BadgeArt | null;
}

/** Compares one workspace folder with the drafts of a workspace, and brings each to the other. */
export class FolderWork {
  readonly #context: Context;
  readonly #scan: FolderScan;
  /** Canonical texts of drafts, by their key and revision; and what files say, by the digest of their bytes. */
  readonly #drafts = new Map<number, { revision: number; canonical: string | null }>();
  #bodies = new Map<string, KnownPart & { name?: string }>();
  #arts = new Map<string, KnownPart>();

  constructor(context: Context, scan: FolderScan) {
    this.#context = context;
    this.#scan = scan;
  }

  /** Compares what a look found with the drafts. Nothing is changed. */
  async plan({ badges: files, passed }: Pick<FolderContents, 'badges' | 'passed'>): Promise<FolderPlan> {
    const { folder } = this.#context.workspace;
    const settled: SettledLine[] = [];
    const moved: Moving[] = [];
    // Of ten thousand badges hardly one moved: the others cost no more than being told apart from it.
    for (const line of folder.lines()) {
      if (isLineSettled(line, files)) settled.push(line);
      else moved.push(...this.#moving(line.key));
    }
    const rowAt = new Map(moved.flatMap(({ row }) => (row === null ? [] : [[row.place, row] as const])));
    const settledAt = settled.length === files.size ? null : new Set(settled.map(({ place }) => place));
    const left = settledAt === null ? [] : [...files.values()].filter(({ place }) => !settledAt.has(place));
    const known = await this.#parts(left, rowAt);
    const lostRows = [...rowAt.values()].filter((row) => row.hasBase && !files.has(row.place));
    const freshFiles = left.filter(({ place }) => !rowAt.has(place));
    const matching = this.#match(freshFiles, known, lostRows, moved);
    const pairs: Pair[] = [];
    const pair = (draft: FolderDraft, row: FolderRow | null, place: string): void => {
      const file = files.get(place);
      const found = file === undefined ? { body: null, art: null } : this.#tokens(file, row, known);
      const hasArt = draft.art !== null || (row?.baseArt ?? null) !== null;
      const parts =
        passed.size === 0 ? found : partsInTheWay(found, hasArt, (ending) => inTheWayOf(passed, place + ending));
      pairs.push(pairOf({ row, draft, place, file, ...parts, text: this.#textOf(draft, row) }));
    };
    const breathe = (): Promise<void> | null => (pairs.length % PORTION === PORTION - 1 ? setImmediate() : null);
    for (const { draft, row } of moved) {
      if (row === null) continue;
      pair(draft, row, matching.moved.get(draft.key) ?? row.place);
      const breath = breathe();
      if (breath !== null) await breath;
    }
    // Told only where a draft has no place yet.
    let taken: Set<string> | null = null;
    const free = (wanted: string): string => {
      taken ??= new Set([...files.keys(), ...rowAt.keys(), ...placesOf(passed.keys())].map(foldedPlace));
      return freePlace(wanted, taken);
    };
    for (const { draft, row } of moved) {
      if (draft.isDeleted || row !== null) continue;
      pair(draft, null, matching.linked.get(draft.key) ?? free(pictureKey(draft)));
      const breath = breathe();
      if (breath !== null) await breath;
    }
    const fresh = matching.made.flatMap((place) => {
      const file = files.get(place);
      return file === undefined ? [] : [{ place, file, name: nameOf(known, file) }];
    });
    const shared = folder.namesakes(fresh.map(({ name }) => name));
    const ofSettled = shared.size === 0 ? [] : settled.filter(({ key }) => shared.has(key)).flatMap(this.#about);
    const named = [...ofSettled, ...pairs.flatMap(namedPair), ...fresh.map((one) => ({ ...one, badgeId: null }))];
    const aside = [...brokenAside(freshFiles, known), ...clashes(files), ...namesakes(named)];
    const withFile = pairs.filter(({ draft, file }) => !draft.isDeleted && file !== undefined).length;
    return { pairs, settled: settled.length, fresh, aside, badges: settled.length + withFile };
  }

  /** What would be done, and asked. */
  weigh({ pairs, settled, fresh, aside }: FolderPlan): FolderCounts & { same: number; questions: number } {
    const count = (...steps: readonly Step[]): number => pairs.filter(({ step }) => steps.includes(step)).length;
    const merges = pairs.filter(({ step }) => step === 'merge').map((one) => this.differences(one));
    const conflicts = merges.filter((one) => one === null || one.conflicts.length > 0).length;
    return {
      written: count('write'),
      taken: count('take') + merges.length - conflicts,
      made: fresh.length,
      removed: count('remove'),
      revived: count('revive'),
      same: settled + count('keep', 'agree'),
      questions: pairs.filter(({ step }) => ASKED.has(step)).length + conflicts + aside.length,
    };
  }

  /** Does what a look found, one badge after the other. What moved since is left for the next look. */
  async carryOut({ pairs, fresh, aside }: FolderPlan, isClosed: () => boolean): Promise<FolderOutcome> {
    const outcome = { ...NOTHING_DONE, questions: [...aside], again: false };
    let handled = 0;
    let writes: { about: About; write: () => void }[] = [];
    // One transaction for many: each waits for the disk.
    const commit = (): void => {
      const now = writes;
      writes = [];
      if (now.length === 0) return;
      this.#context.workspace.transaction(() => {
        for (const { about, write } of now) guard(about, write);
      });
    };
    const guard = (about: About, work: () => void): void => {
      try {
        work();
      } catch (error) {
        failed(about, error);
      }
    };
    const one = async (about: About, work: () => Promise<Done> | Done): Promise<void> => {
      handled += 1;
      if (handled % PORTION === 0) {
        commit();
        await setImmediate();
      }
      try {
        const done = await work();
        if (typeof done === 'function') writes.push({ about, write: done });
        else if (done !== null) outcome.questions.push(done);
      } catch (error) {
        failed(about, error);
      }
    };
    const failed = (about: About, error: unknown): void => {
      if (error instanceof Moved || (error instanceof Failure && error.code === 'conflict')) outcome.again = true;
      else if (error instanceof Failure || codeOf(error) !== undefined)
        outcome.questions.push(questionOf('unwritten', about, causeOf(error)));
      else throw error;
    };
    for (const pair of pairs) {
      if (isClosed()) break;
      if (isSettled(pair)) continue;
      const about = { place: pair.place, name: pair.draft.name, badgeId: pair.draft.id };
      await one(about, () => this.#handle(pair, outcome));
    }
    for (const { place, file, name } of fresh) {
      if (isClosed()) break;
      await one({ place, name, badgeId: null }, async () => {
        const make = await this.#make(place, file);
        return () => {
          make();
          outcome.made += 1;
        };
      });
    }
    commit();
    return isClosed() ? { ...outcome, again: false } : outcome;
  }

  /** What both sides of a pair differ in; null where either cannot be read just now. */
  differences(pair: Pair): PairDifferences | null {
    const { workspace } = this.#context;
    const base = pair.row?.hasBase === true ? workspace.folder.base(pair.row.badgeKey) : null;
    const draft = pair.text === BASE ? base : pair.text;
    const said = pair.body?.kind === 'said' ? pair.body.token : null;
    const file = said === BASE ? base : said;
    return draft === null || file === null ? null : differencesOf(pair, { base, draft, file });
  }

  /** The designs of a pair as they are now; null where there is none, or it cannot be read. */
  async designs(pair: Pair): Promise<Designs> {
    const { workspace } = this.#context;
    const kept = (digest: string | null): BadgeArt | null =>
      digest === null ? null : (keptArt(workspace, digest) ?? null);
    return {
      ...{ base: kept(pair.row?.baseArt ?? null), draft: kept(pair.draft.art) },
      file: await this.#designThere(pair),
    };
  }

  async #designThere({ place, file }: Pair): Promise<BadgeArt | null> {
    const seen = file?.art ?? null;
    if (seen === null) return null;
    try {
      const reading = await readArt(this.#read(place, 'art', seen), place);
      return reading.ok ? reading.art : null;
    } catch (error) {
      // It moved since: what is taken of it is looked at again, whatever was shown.
      if (error instanceof Moved || codeOf(error) !== undefined) return null;
      throw error;
    }
  }

  /**
   * Settles units that draft and file see differently. Taking the file's edits the draft; from then on the file's value is what
   * both agree on, so that what the draft says otherwise is a change of its own.
   *
   * @throws Failure `conflict` where one of them is no difference any more
   */
  async resolve(pair: Pair, choices: readonly { unit: string; take: 'draft' | 'file' }[]): Promise<void> {
    const { workspace } = this.#context;
    const found = this.differences(pair);
    const open = new Set(found?.units.map(({ unit }) => unit) ?? []);
    if ((found?.art ?? null) !== null) open.add(ART_UNIT);
    if (found === null || pair.row === null || choices.some(({ unit }) => !open.has(unit)))
      throw new Failure('conflict', message('folder.noLongerDiffers'));
    const units = choices.map(({ unit }) => unit).filter((unit) => unit !== ART_UNIT);
    const fromFile = choices.filter(({ take }) => take === 'file').map(({ unit }) => unit);
    const art = choices.some(({ unit }) => unit === ART_UNIT) ? fileArtOf(pair) : undefined;
    if (fromFile.includes(ART_UNIT)) await this.#keepArt(pair);
    const body = withUnitsOf(
      found.draft,
      found.file,
      fromFile.filter((unit) => unit !== ART_UNIT),
    );
    const row = pair.row;
    workspace.transaction(() => {
      if (fromFile.length > 0)
        this.#save(pair, badgeFileText(body).trimEnd(), fromFile.includes(ART_UNIT) ? (art ?? null) : undefined);
      const settled = new Set(choices.map(({ unit }) => unit));
      workspace.folder.put({
        ...row,
        place: pair.place,
        base: badgeFileText(withUnitsOf(found.base ?? found.file, found.file, units)),
        baseArt: art === undefined ? row.baseArt : art,
        open: row.open.filter((unit) => !settled.has(unit)),
        ...{ revision: null, bodySeen: null, artSeen: null },
      });
    });
  }

  /** Carries out what a person decided about a pair. What is no such question any more is passed over. */
  async settle(pair: Pair, action: FolderAction): Promise<'trash' | null> {
    const { workspace } = this.#context;
    const { row, step } = pair;
    const isRemoved = step === 'removed' || step === 'removed-changed';
    if (action === 'trash' && isRemoved) return 'trash';
    if (action === 'write' && isRemoved && row !== null) {
      workspace.folder.put({ ...row, place: pair.place, base: null, baseArt: null, open: [], ...UNSEEN });
    } else if (action === 'write' && isBroken(pair) && pair.text !== null) {
      await this.#overwrite(pair);
    } else if (action === 'bring' && step === 'deleted-changed') {
      workspace.removal.undelete([pair.draft.id]);
    } else if (action === 'remove' && step === 'deleted-changed') {
      await this.#removeFiles(pair);
    } else if (action === 'take' && step === 'unwritable-changed') {
      (await this.#take(pair))();
    }
    return null;
  }

  async #handle(pair: Pair, outcome: FolderCounts): Promise<Done> {
    const { workspace } = this.#context;
    const { row, step } = pair;
    if (row !== null && row.place !== pair.place) this.#move(row, pair.place);
    switch (step) {
      case 'keep':
        return isKnownByBytes(pair) ? null : () => this.#agree(pair);
      case 'agree':
        return () => this.#agree(pair);
      case 'write':
        await this.#write(pair);
        outcome.written += 1;
        return null;
      case 'take': {
        const take = await this.#take(pair);
        return () => {
          take();
          outcome.taken += 1;
        };
      }
      case 'merge':
        return this.#merge(pair, outcome);
      case 'remove':
        await this.#removeFiles(pair);
        outcome.removed += 1;
        return null;
      case 'revive': {
        const take = await this.#take(pair);
        return () => {
          workspace.transaction(() => {
            workspace.removal.undelete([pair.draft.id]);
            take();
          });
          outcome.revived += 1;
        };
      }
      default:
        return this.#ask(pair, step);
    }
  }

  #ask(pair: Pair, step: FolderQuestionKind): FolderQuestion {
    const part = step === 'broken' ? pair.body : step === 'broken-art' ? pair.art : null;
    const about = { place: pair.place, name: pair.draft.name, badgeId: pair.draft.id };
    if (part?.kind === 'passed') return questionOf('in-the-way', about, part.reason);
    if (part?.kind !== 'broken') return questionOf(step, about, null);
    const kind = part.isMerge ? 'markers' : step;
    // What stands between the marks is somebody's: it is not offered to be written over.
    const actions = part.isMerge || pair.text === null ? [] : (ACTIONS[step] ?? []);
    return { ...questionOf(kind, about, part.reason), actions };
  }

  /** Both sides have moved: what does not contradict is put together. */
  async #merge(pair: Pair, outcome: FolderCounts): Promise<FolderQuestion | null> {
    const { workspace } = this.#context;
    const found = this.differences(pair);
    if (found === null) throw new Moved();
    const about = { place: pair.place, name: pair.draft.name, badgeId: pair.draft.id };
    if (found.conflicts.length > 0) {
      if (found.base === null) {
        const entry = { badgeKey: pair.draft.key, place: pair.place, open: found.conflicts };
        workspace.folder.put({ ...entry, base: badgeFileText(found.file), baseArt: fileArtOf(pair), ...UNSEEN });
      }
      return questionOf('conflict', about, null);
    }
    // Where only the spelling differs, the file's is kept: nothing is to change in git where nothing changed here.
    const units = found.units.filter(({ change }) => change !== 'draft').map(({ unit }) => unit);
    const body = withUnitsOf(found.draft, found.file, units);
    const takesArt = found.art === 'live';
    if (takesArt) await this.#keepArt(pair);
    const canonical = badgeFileText(body);
    const fileText = badgeFileText(found.file);
    const isTaken = canonical !== badgeFileText(found.draft) || takesArt;
    const art = takesArt ? fileArtOf(pair) : pair.draft.art;
    const saved = isTaken
      ? this.#save(pair, canonical === fileText ? this.#rawText(pair) : canonical.trimEnd(), art)
      : pair.draft.revision;
    if (isTaken) outcome.taken += 1;
    const writes = { body: canonical !== fileText, art: art !== fileArtOf(pair) };
    const seen = await this.#writeParts(pair, canonical, art, writes);
    if (writes.body || writes.art) outcome.written += 1;
    this.#put(pair, { base: canonical, baseArt: art, revision: saved, ...seen });
    return null;
  }

  async #write(pair: Pair): Promise<void> {
    const canonical = this.#canonicalOf(pair);
    const { art } = pair.draft;
    const isSaid = pair.body?.kind === 'said' && pair.body.token === pair.text;
    const writes = { body: !isSaid, art: art !== fileArtOf(pair) };
    const seen = await this.#writeParts(pair, canonical, art, writes);
    this.#put(pair, { base: canonical, baseArt: art, revision: pair.draft.revision, ...seen });
  }

  /** Puts the draft over what cannot be read, because a person said so. */
  async #overwrite(pair: Pair): Promise<void> {
    const canonical = this.#canonicalOf(pair);
    const writes = { body: pair.body?.kind !== 'said' || pair.body.token !== canonical, art: true };
    const seen = await this.#writeParts(pair, canonical, pair.draft.art, writes);
    this.#put(pair, { base: canonical, baseArt: pair.draft.art, revision: pair.draft.revision, ...seen });
  }

  /** What saves what the file says as the next state of the draft. */
  async #take(pair: Pair): Promise<() => void> {
    const { workspace } = this.#context;
    await this.#keepArt(pair);
    const text = this.#rawText(pair);
    const canonical = fileTextOf(text)?.canonical ?? '';
    return () => {
      workspace.transaction(() => {
        const revision = this.#save(pair, text, fileArtOf(pair));
        this.#put(pair, { base: canonical, baseArt: fileArtOf(pair), revision, ...seenOf(pair.file) });
      });
    };
  }

  /** What makes a draft of a file that nobody here knows. */
  async #make(place: string, file: FolderFile): Promise<() => void> {
    const { workspace, now } = this.#context;
    const bytes = this.#read(place, 'body', file.body);
    const reading = readBody(bytes);
    if (!reading.ok) throw new Moved();
    const art = file.art === null ? null : await readArt(this.#read(place, 'art', file.art), place);
    if (art !== null && !art.ok) throw new Moved();
    if (art !== null) workspace.arts.keep(art.kept);
    const at = now();
    const definition = readBadge(reading.body).definition;
    const { text: body, canonical } = reading;
    const digest = art?.kept.digest ?? null;
    return () => {
      workspace.transaction(() => {
        const draft = workspace.drafts.create(freshBadgeId(this.#context, at), {
          body,
          // What has begun elsewhere could be created here only as a badge of the past.
          migration: definition !== null && definition.startOn < at,
          art: digest,
          label: this.#label(place),
          now: at,
        });
        const entry = { badgeKey: draft.key, place, open: [], base: canonical, revision: draft.revision };
        workspace.folder.put({ ...entry, baseArt: digest, ...seenOf(file) });
      });
    };
  }

  #agree(pair: Pair): void {
    const { workspace } = this.#context;
    const { row, draft } = pair;
    if (pair.file === undefined) {
      if (row !== null) workspace.folder.put({ ...row, base: null, baseArt: null, open: [], ...UNSEEN });
      return;
    }
    const base = this.#canonicalOf(pair);
    this.#put(pair, { base, baseArt: draft.art, revision: draft.revision, ...seenOf(pair.file) });
  }

  /** Another place of the same file; the one that another row had before is free by then, or gives way first. */
  #move(row: FolderRow, place: string): void {
    const { folder } = this.#context.workspace;
    folder.put({ ...row, place, base: folder.base(row.badgeKey) });
  }

  async #removeFiles(pair: Pair): Promise<void> {
    for (const part of ['body', 'art'] as const) {
      const seen = pair.file?.[part] ?? null;
      if (seen === null) continue;
      this.#requireUnmoved(pair.place, part, seen);
      rmSync(this.#scan.fileOf(pair.place, part), { force: true });
    }
    const { row } = pair;
    if (row !== null)
      this.#context.workspace.folder.put({
        ...{ ...row, place: pair.place, base: null, baseArt: null, open: [] },
        ...UNSEEN,
      });
    return Promise.resolve();
  }

  /** Writes the parts that differ, each whole or not at all, over nothing else than what was looked at. */
  async #writeParts(
    { place, file }: Pair,
    body: string,
    artDigest: string | null,
    writes: { body: boolean; art: boolean },
  ): Promise<{ bodySeen: string | null; artSeen: string | null }> {
    const seen = seenOf(file);
    if (writes.body || writes.art) {
      if (!this.#scan.isThere()) throw new Moved();
      mkdirSync(path.dirname(this.#scan.fileOf(place, 'body')), { recursive: true });
    }
    if (writes.art) {
      const art = artDigest === null ? undefined : keptArt(this.#context.workspace, artDigest);
      const target = this.#scan.fileOf(place, 'art');
      const text = art === undefined ? null : writeArt(art);
      if (file === undefined) this.#requireFree(place, text);
      else this.#requireUnmoved(place, 'art', file.art);
      if (text === null) rmSync(target, { force: true });
      else await writeWhole(target, text, { name: path.basename(target) });
      seen.artSeen = text === null ? null : digestOf(text);
    }
    if (writes.body) {
      this.#requireUnmoved(place, 'body', file?.body ?? null);
      const target = this.#scan.fileOf(place, 'body');
      await writeWhole(target, body, { name: path.basename(target) });
      seen.bodySeen = digestOf(body);
    }
    return seen;
  }

  /** @throws Moved where the file is another than the one that was looked at */
  #requireUnmoved(place: string, part: 'body' | 'art', seen: FilePart | null): void {
    const now = this.#scan.digestNow(place, part);
    if (seen !== null && !seen.isRead) return;
    if (now !== (seen?.digest ?? null)) throw new Moved();
  }

  /** A design without a badge may lie where one of ours is to go: it is somebody's. @throws Failure `invalid-input` */
  #requireFree(place: string, text: string | null): void {
    const now = this.#scan.digestNow(place, 'art');
    if (now === null || (text !== null && now === digestOf(text))) return;
    throw new Failure('invalid-input', message('folder.artInTheWay'));
  }

  #read(place: string, part: 'body' | 'art', seen: FilePart | null): Buffer {
    const bytes = this.#scan.read(place, part);
    if (seen?.isRead !== true || digestOf(bytes) !== seen.digest) throw new Moved();
    return bytes;
  }

  #rawText({ place, file }: Pair): string {
    const reading = readBody(this.#read(place, 'body', file?.body ?? null));
    if (!reading.ok) throw new Moved();
    return reading.text;
  }

  async #keepArt({ place, file }: Pair): Promise<void> {
    const seen = file?.art ?? null;
    if (seen === null) return;
    const reading = await readArt(this.#read(place, 'art', seen), place);
    if (!reading.ok) throw new Moved();
    this.#context.workspace.arts.keep(reading.kept);
  }

  /** @param art unchanged unless given @returns the revision of the draft now @throws Failure `conflict` when it moved */
  #save({ draft, place }: Pair, body: string, art?: string | null): number {
    const { drafts } = this.#context.workspace;
    const { migration } = drafts.get(draft.id);
    const state = { body, migration, label: this.#label(place), now: this.#context.now() };
    return drafts.save(draft.id, draft.revision, { ...state, ...(art === undefined ? {} : { art }) }).revision;
  }

  #label(place: string): string {
    return inEnglish(message('folder.label', { file: `${place}${BADGE_ENDING}` })).slice(0, LONGEST_LABEL);
  }

  #put(
    { draft, place }: Pair,
    agreed: { base: string; baseArt: string | null; revision: number; bodySeen: string | null; artSeen: string | null },
  ): void {
    this.#context.workspace.folder.put({ badgeKey: draft.key, place, open: [], ...agreed });
  }

  /** The draft's text as its file holds it. @throws Moved where it has none any more */
  #canonicalOf(pair: Pair): string {
    const text = pair.text === BASE ? this.#context.workspace.folder.base(pair.draft.key) : pair.text;
    if (text === null) throw new Moved();
    return text;
  }

  #textOf(draft: FolderDraft, row: FolderRow | null): string | null {
    if (draft.isDeleted) return null;
    if (row?.hasBase === true && row.revision === draft.revision) return BASE;
    let known = this.#drafts.get(draft.key);
    if (known?.revision !== draft.revision) {
      const stored = this.#context.workspace.drafts.find(draft.id);
      const canonical = stored === undefined ? null : (fileTextOf(stored.body)?.canonical ?? null);
      // Edited between the list and here: the next look sees it whole.
      known = { revision: draft.revision, canonical: stored?.revision === draft.revision ? canonical : null };
      if (stored?.revision === draft.revision) this.#drafts.set(draft.key, known);
    }
    if (known.canonical === null) return null;
    return tokenOf(known.canonical, row?.hasBase === true ? this.#context.workspace.folder.base(draft.key) : null);
  }

  #moving(key: number): Moving[] {
    const found = this.#context.workspace.folder.one(key);
    return found === undefined ? [] : [found];
  }

  readonly #about = ({ key, place }: SettledLine): About[] =>
    this.#moving(key).map(({ draft }) => ({ place, name: draft.name, badgeId: draft.id }));

  /** Reads the parts that are not known by their bytes. */
  async #parts(files: readonly FolderFile[], rowAt: ReadonlyMap<string, FolderRow>): Promise<Known> {
    const bodies = new Map<string, KnownPart & { name?: string }>();
    const arts = new Map<string, KnownPart>();
    let parsed = 0;
    for (const { place, body, art } of files) {
      const row = rowAt.get(place);
      if (body?.isRead === true && !(row?.hasBase === true && row.bodySeen === body.digest)) {
        bodies.set(body.digest, this.#bodies.get(body.digest) ?? this.#bodyOf(place, body.digest));
        parsed += 1;
      }
      if (art?.isRead === true && !(row?.hasBase === true && row.artSeen === art.digest)) {
        arts.set(art.digest, this.#arts.get(art.digest) ?? (await this.#artOf(place, art.digest)));
        parsed += 1;
      }
      if (parsed >= PORTION) {
        parsed = 0;
        await setImmediate();
      }
    }
    this.#bodies = bodies;
    this.#arts = arts;
    return { bodies, arts };
  }

  #bodyOf(place: string, digest: string): KnownPart & { name?: string } {
    try {
      const bytes = this.#scan.read(place, 'body');
      if (digestOf(bytes) !== digest) return UNSETTLED;
      const reading = readBody(bytes);
      if (!reading.ok) return { kind: 'broken', isMerge: reading.isMerge, reason: reading.reason };
      const { name } = reading.body;
      return { kind: 'said', token: reading.canonical, ...(typeof name === 'string' ? { name } : {}) };
    } catch (error) {
      return { kind: 'broken', isMerge: false, reason: causeOf(error) };
    }
  }

  async #artOf(place: string, digest: string): Promise<KnownPart> {
    try {
      const bytes = this.#scan.read(place, 'art');
      if (digestOf(bytes) !== digest) return UNSETTLED;
      const reading = await readArt(bytes, path.basename(this.#scan.fileOf(place, 'art')));
      if (!reading.ok) return { kind: 'broken', isMerge: reading.isMerge, reason: reading.reason };
      return { kind: 'said', token: reading.kept.digest };
    } catch (error) {
      return { kind: 'broken', isMerge: false, reason: causeOf(error) };
    }
  }

  #tokens(
    { body, art }: FolderFile,
    row: FolderRow | null,
    parts: Known,
  ): { body: KnownPart | null; art: KnownPart | null } {
    const base = row?.hasBase === true ? row : null;
    const bodyPart = ((): KnownPart | null => {
      if (body === null) return null;
      if (!body.isRead) return { kind: 'broken', isMerge: false, reason: body.reason };
      if (base?.bodySeen === body.digest) return { kind: 'said', token: BASE };
      const part = parts.bodies.get(body.digest) ?? UNSETTLED;
      if (part.kind !== 'said' || base === null) return part;
      return { kind: 'said', token: tokenOf(part.token, this.#context.workspace.folder.base(base.badgeKey)) };
    })();
    const artPart = ((): KnownPart | null => {
      if (art === null) return null;
      if (!art.isRead) return { kind: 'broken', isMerge: false, reason: art.reason };
      const known = base?.artSeen === art.digest ? base.baseArt : null;
      if (known !== null) return { kind: 'said', token: known };
      return parts.arts.get(art.digest) ?? UNSETTLED;
    })();
    return { body: bodyPart, art: artPart };
  }

  #match(files: readonly FolderFile[], known: Known, lost: readonly FolderRow[], moving: readonly Moving[]) {
    const { folder } = this.#context.workspace;
    const fresh = files.flatMap((file): NewFile[] => {
      const part = file.body?.isRead === true ? known.bodies.get(file.body.digest) : undefined;
      const art = file.art?.isRead === true ? known.arts.get(file.art.digest) : undefined;
      // A design that cannot be read is mended first.
      const isWhole = file.art === null || art?.kind === 'said';
      return part?.kind === 'said' && isWhole ? [{ place: file.place, text: part.token, name: part.name ?? '' }] : [];
    });
    const free = new Map(
      moving.filter(({ draft, row }) => row === null && !draft.isDeleted).map(({ draft }) => [draft.key, draft.name]),
    );
    const gone = fresh.length === 0 ? [] : lost;
    const lostFiles = gone.map(({ badgeKey, place }) => {
      const base = folder.base(badgeKey) ?? '';
      const name: unknown = fileTextOf(base)?.body['name'];
      return { badgeKey, place, base, name: typeof name === 'string' ? name : '' };
    });
    return matchFiles(fresh, lostFiles, free);
  }
}

/** A badge that may have moved: its draft, and what is known of its file. */
interface Moving {
  draft: FolderDraft;
  row: FolderRow | null;
}

/** A badge of which neither side moved. */
type SettledLine = FolderLine & { place: string };

type Known = {
  bodies: ReadonlyMap<string, KnownPart & { name?: string }>;
  arts: ReadonlyMap<string, KnownPart>;
};

/** A file or a draft moved while it was looked at: the next look decides. */
class Moved extends Error {}

/** Whether a part cannot be read that a person may have written over. */
function isBroken({ step, body, art }: Pair): boolean {
  return step === 'broken' ? body?.kind === 'broken' : step === 'broken-art' && art?.kind === 'broken';
}

/**
 * What is known of a badge's parts where something that a look passes over lies in the place of one: the badge waits, as its
 * draft would be written through a link or over it.
 */
function partsInTheWay(
  parts: { body: KnownPart | null; art: KnownPart | null },
  hasArt: boolean,
  inTheWay: (ending: string) => MessagePart | null,
): { body: KnownPart | null; art: KnownPart | null } {
  const passed = (reason: MessagePart | null): KnownPart | null =>
    reason === null ? null : { kind: 'passed', reason };
  const art = parts.art === null && hasArt ? passed(inTheWay(ART_ENDING)) : null;
  // A badge without a file is written with its design, or not at all.
  const body = parts.body ?? passed(inTheWay(BADGE_ENDING)) ?? art;
  return { body, art: parts.art ?? art };
}

/** The places of badges of which something is passed over. */
function placesOf(passed: Iterable<string>): string[] {
  return [...passed].flatMap((file) =>
    [BADGE_ENDING, ART_ENDING].filter((ending) => file.endsWith(ending)).map((ending) => file.slice(0, -ending.length)),
  );
}

const UNSEEN = { revision: null, bodySeen: null, artSeen: null } as const;
/** A file that changed between two looks at its bytes. */
const UNSETTLED: KnownPart = { kind: 'broken', isMerge: false, reason: message('folder.stillWritten') };

/** Whether a pair in step is known by the revision of its draft and the bytes of its files: then neither is read again. */
function isKnownByBytes({ row, draft, file, body }: Pair): boolean {
  if (draft.isDeleted || row === null || file === undefined || body?.kind !== 'said') return true;
  const { bodySeen, artSeen } = seenOf(file);
  return row.revision === draft.revision && row.bodySeen === bodySeen && row.artSeen === artSeen;
}

function isSettled(pair: Pair): boolean {
  return pair.step === 'keep' && (pair.row === null || pair.place === pair.row.place) && isKnownByBytes(pair);
}

function seenOf(file: FolderFile | undefined): { bodySeen: string | null; artSeen: string | null } {
  const digest = (part: FilePart | null | undefined): string | null => (part?.isRead === true ? part.digest : null);
  return { bodySeen: digest(file?.body), artSeen: digest(file?.art) };
}

function questionOf(
  kind: FolderQuestionKind,
  about: { place: string; name: string; badgeId: string | null },
  reason: MessagePart | null,
): FolderQuestion {
  return { kind, ...about, reason, actions: ACTIONS[kind] ?? [] };
}

function freePlace(wanted: string, taken: Set<string>): string {
  let place = wanted;
  for (let number = 2; taken.has(foldedPlace(place)); number += 1) place = `${wanted}-${String(number)}`;
  taken.add(foldedPlace(place));
  return place;
}

function nameOf(known: Known, file: FolderFile): string {
  const part = file.body?.isRead === true ? known.bodies.get(file.body.digest) : undefined;
  return part?.name ?? '';
}

/** New files that cannot be read: there is no draft that they could be of. */
function brokenAside(files: readonly FolderFile[], known: Known): FolderQuestion[] {
  return files.flatMap((file): FolderQuestion[] => {
    const about = { place: file.place, name: nameOf(known, file), badgeId: null };
    for (const [kind, part, parts] of [
      ['broken', file.body, known.bodies],
      ['broken-art', file.art, known.arts],
    ] as const) {
      if (part === null) continue;
      const said = part.isRead ? (parts.get(part.digest) ?? UNSETTLED) : { ...UNSETTLED, reason: part.reason };
      if (said.kind !== 'broken') continue;
      return [{ ...questionOf(said.isMerge ? 'markers' : kind, about, said.reason), actions: [] }];
    }
    return [];
  });
}

/** Files whose names differ in capital letters only: another system takes them for one. */
function clashes(files: ReadonlyMap<string, FolderFile>): FolderQuestion[] {
  // Two places that are one in small letters are two: at least one of them has others.
  const odd = [...files.keys()].filter((place) => foldedPlace(place) !== place);
  if (odd.length === 0) return [];
  const folded = new Set(odd.map(foldedPlace));
  const plain = [...folded].filter((place) => files.has(place));
  return groups([...odd, ...plain], foldedPlace).map((same) => {
    const [first, ...others] = same.sort() as [string, ...string[]];
    return questionOf('case-clash', { place: first, name: '', badgeId: null }, others.join(', '));
  });
}

const namedPair = ({ draft, file, place }: Pair): About[] =>
  draft.isDeleted || file === undefined ? [] : [{ place, name: draft.name, badgeId: draft.id }];

/** Files of badges of one name, which no org takes twice. */
function namesakes(files: readonly About[]): FolderQuestion[] {
  const named = files.filter(({ name }) => name !== '');
  return groups(named, ({ name }) => name).map((same) => {
    const [first, ...others] = same.sort((one, other) => (one.place < other.place ? -1 : 1)) as [About, ...About[]];
    const { place, name, badgeId } = first;
    return questionOf('same-name', { place, name, badgeId }, others.map((other) => other.place).join(', '));
  });
}

/**
 * Whether neither side of a badge moved, by the revision of its draft and the bytes of its files: {@link isSettled} would say so
 * of it as a pair.
 */
function isLineSettled(line: FolderLine, files: ReadonlyMap<string, FolderFile>): line is SettledLine {
  const { place, seen } = line;
  const file = place === null || seen === null ? undefined : files.get(place);
  if (file?.body?.isRead !== true) return false;
  if (file.art === null) return file.body.digest === seen;
  return file.art.isRead && seenDigests(file.body.digest, file.art.digest) === seen;
}

/** What shares a key with something else. */
function groups<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const firsts = new Map<string, T>();
  const found = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const first = firsts.get(key);
    // Hardly any shares its key: a list for each would cost more than all the rest.
    if (first === undefined) firsts.set(key, item);
    else (found.get(key) ?? found.set(key, [first]).get(key))?.push(item);
  }
  return [...found.values()];
}
