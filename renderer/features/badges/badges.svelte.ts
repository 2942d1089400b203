import type { OwnTemplate } from '../../../shared/ipc/templates-contract';
import { OwnTemplateList } from './own-templates.svelte';
import { BADGE_TEMPLATES } from '../../../shared/domain/templates';
import type { BulkChange } from '../../../shared/domain/bulk-change';
import type { BadgeDetail } from '../../../shared/ipc/badges-contract';
import { MOST_CHANGED, type BadgeStep, type RememberedStep, type StepMove } from '../../../shared/ipc/bulk-contract';
import type { BackupProgress } from '../../../shared/ipc/backups-contract';
import type { Input, Output } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { NativeApi, PickedFile } from '../../../shared/ipc/native';
import { inEnglish } from '../../../shared/words/english';
import { message, type Message } from '../../../shared/words/message';
import { isObject } from '../../../shared/domain/body-reader';
import { readJson } from '../../../shared/domain/json';
import { readJsonBytes } from '../../../shared/domain/json-bytes';
import { laurelSchemaOf } from '../../../shared/domain/laurel-schema';
import { hasMergeMarks } from '../../../shared/domain/merge-marks';
import { misplacedBody } from '../../../shared/domain/misplaced-body';
import { backend } from '../../lib/backend';
import { clock } from '../../lib/clock.svelte';
import { say, sayMessage } from '../../lib/say.svelte';
import { workspace } from '../../lib/workspace.svelte';
import { navigation } from '../../shell/navigation.svelte';
import { toasts } from '../../shell/toasts.svelte';
import { BadgeEditor } from './editor.svelte';
import type { BulkStart } from './bulk.svelte';
import { BadgeListing } from './listing.svelte';
import { ListSelection } from '../../lib/list-selection.svelte';
import { revisionLabel } from './revision-labels';
import { LongWork } from '../../lib/long-work.svelte';
import { PortionedWork, portionsOf } from './portioned-work';
import { Thumbnails } from './thumbnails.svelte';
import { BadgeViews } from './views.svelte';
import { badgeTitle } from '../../lib/badge-title';
import { locale } from '../../lib/locale.svelte';

const OPEN_KEY = 'laurel.badges.open';
/** Bytes of a file that can be a badge's text: as many letters as the backend takes. */
const LONGEST_FILE = 4_000_000;

/** What was done to several badges at once, and undo takes back whole. The backend remembers it, in as many parts as it needs. */
interface WideStep {
  kind: RememberedStep['kind'];
  parts: readonly BadgeStep[];
}

const hasPart = ({ parts }: WideStep, key: number): boolean => parts.some((part) => part.key === key);
/** Badges that a step moved. */
const stepSize = ({ parts }: WideStep): number => parts.reduce((sum, { changed }) => sum + changed, 0);

const MOVED = {
  'bulk.undo': {
    change: 'bulk.undone',
    made: 'bulk.inTrash',
    deletion: 'badges.backInList',
    groups: 'bulk.groupsBack',
  },
  'bulk.redo': {
    change: 'bulk.redone',
    made: 'badges.backInList',
    deletion: 'bulk.inTrash',
    groups: 'bulk.groupsAgain',
  },
} as const;

/** Files and texts of which badges are made. */
export type ImportSource = Input<'transfer.look'>['sources'][number];

/** The Badges screen: what is selected in the list, the badge that is open, and what is done with them. */
class BadgesScreen {
  editor = $state.raw<BadgeEditor | null>(null);
  /** The row that the keyboard stands on. */
  active = $state(-1);
  openFailure = $state.raw<unknown>(null);
  /** The id being opened, while its text is on the way. */
  opening = $state<string | null>(null);
  busy = $state(false);
  readonly listing = new BadgeListing(() => this.#place());
  readonly views = new BadgeViews(backend, this.listing);
  /** The backup before a deletion, while it is made. */
  backingUp = $state.raw<LongWork<BackupProgress, { backup: string | null }> | null>(null);
  /** A long action on many badges, while it runs. */
  portions = $state.raw<PortionedWork | null>(null);
  readonly templates = new OwnTemplateList(backend);
  readonly thumbnails = new Thumbnails(backend);
  readonly selection = new ListSelection(() => this.listing.ids());
  /** The badges that one change is being made up for; null: none is. */
  changing = $state.raw<({ ids: readonly string[] } & BulkStart) | null>(null);
  /** What is looked at to be imported; null: nothing is. */
  importing = $state.raw<readonly ImportSource[] | null>(null);
  /** The badges of which a sheet is written; null: none are. */
  onSheet = $state.raw<readonly string[] | null>(null);
  /** The badges that are exported; null: none are. */
  exporting = $state.raw<readonly string[] | null>(null);
  /** What was done to several badges in this session and not taken back since, the last step at the end. */
  #steps = $state.raw<readonly WideStep[]>([]);
  /** Changes that were taken back and can be made again, the one to make first at the end. */
  #undone = $state.raw<readonly WideStep[]>([]);
  /** How often the open badge was stored after the last step: those edits are undone first. */
  #editsSince = $state(0);
  /** The last step of anybody that was taken note of. */
  #lastKey = 0;
  #undoing: Promise<void> = Promise.resolve();
  #deletionToast: number | null = null;
  /** The message about the last change of badges, and its step. */
  #changeToast: { toast: number; key: number } | null = null;
  /** Rises with every deletion and return: what counts the trash looks again. */
  trashed = $state(0);
  #wanted = $state.raw<{ badgeId: string; path: string; isNew?: boolean } | null>(null);
  #started = false;
  #starting: Promise<void> | null = null;
  /** The first page is read, and the badge that was open last. */
  isStarted = $state(false);
  /** Settles when the action under way is done. */
  #current: Promise<unknown> = Promise.resolve();

  /** The first page, and the badge that was open last. Called again it reads them anew. */
  async start(): Promise<void> {
    if (this.#started) {
      void this.views.load().catch(() => undefined);
      await Promise.all([this.listing.reload(), this.#refreshOpen(), this.#takeLater()]);
      return;
    }
    // The window and its first screen both ask.
    this.#starting ??= this.#startFirst().finally(() => {
      this.#starting = null;
      this.isStarted = true;
    });
    await this.#starting;
  }

  async #startFirst(): Promise<void> {
    // The list is shown without them where they cannot be read.
    await this.views.start().catch(() => undefined);
    void this.#takeLater().catch(() => undefined);
    await this.listing.restart();
    this.#started = true;
    const last = localStorage.getItem(OPEN_KEY);
    // What another screen asked for meanwhile comes first.
    if (last !== null && this.editor === null && this.opening === null)
      await this.open(last).catch(() => localStorage.removeItem(OPEN_KEY));
    if (this.editor === null) this.openFailure = null;
  }

  async open(id: string): Promise<void> {
    if (this.editor?.id === id) return;
    this.opening = id;
    this.openFailure = null;
    try {
      await this.editor?.flush();
      const detail = await backend('badges.get', { id });
      if (this.opening === id) this.#edit(detail);
    } catch (error) {
      if (this.opening === id) this.openFailure = error;
      throw error;
    } finally {
      if (this.opening === id) this.opening = null;
    }
  }

  /** Opens a badge and goes to a field of its body; `null`: to none. */
  async openAt(id: string, path: string | null): Promise<void> {
    await this.open(id);
    this.#wanted = path === null ? null : { badgeId: id, path };
  }

  /** The field that was asked for of this badge, once; a new badge's text there is to be typed over. */
  takeWanted(badgeId: string): { path: string; isNew: boolean } | null {
    if (this.#wanted?.badgeId !== badgeId) return null;
    const { path, isNew = false } = this.#wanted;
    this.#wanted = null;
    return { path, isNew };
  }

  async closeDetail(): Promise<void> {
    await this.editor?.close();
    this.editor = null;
    localStorage.removeItem(OPEN_KEY);
  }

  async createEmpty(): Promise<void> {
    await this.#create({ label: revisionLabel('badges.labelCreated') });
  }

  async createFromTemplate(id: string): Promise<void> {
    const template = BADGE_TEMPLATES.find((known) => known.id === id);
    if (template === undefined) return;
    // Its dates are those of the org's zone.
    if (workspace.view === null) await workspace.load();
    const name = await this.#freeName(say(template.title));
    const body = template.build({
      name,
      description: say(template.description),
      now: clock.read(),
      zone: workspace.zone,
    });
    await this.#create({
      body: JSON.stringify(body, null, 2),
      template: id,
      label: revisionLabel('badges.labelFromTemplate', { title: inEnglish(message(template.title)) }),
    });
  }

  /** A badge of a template that somebody made. */
  async createFromOwnTemplate({ id, name }: OwnTemplate): Promise<void> {
    const label = revisionLabel('badges.labelFromTemplate', { title: name }).slice(0, 200);
    await this.#creating(async () => {
      const made = await backend('ownTemplates.use', { id, label });
      return backend('badges.get', { id: made.id });
    });
  }

  /** Asks under which name a template is made of a badge. */
  async makeTemplate(id: string): Promise<void> {
    await this.editor?.flush();
    const { summary } = await backend('badges.get', { id });
    this.templates.making = { badge: id, name: badgeTitle(summary) };
  }

  /** A badge from pasted text, whatever it says: the editor shows what is wrong with it. A list or a table is looked at first. */
  async createFromText(text: string): Promise<void> {
    if (text.trim() === '' || isOneBadge(text) || !(await this.#holdsBadges(text)))
      await this.#create({ body: text, label: revisionLabel('badges.labelFromJson') });
    else this.importing = [{ text }];
  }

  /** Whether anything can be read of a text as of a list or a table of badges, be it only why not. */
  async #holdsBadges(text: string): Promise<boolean> {
    if (/^\s*[{[]/.test(text)) return true;
    try {
      const { counts } = await backend('transfer.look', { sources: [{ text }] });
      return counts.new + counts.same + counts.differs > 0;
    } catch (error) {
      toasts.failure(error);
      return false;
    }
  }

  /**
   * A badge of each file that holds one, whatever it says; lists, answers and tables are looked at first, with all files. A
   * file that is too long or cannot be read is named and passed over.
   */
  async createFromFiles(files: readonly File[], accept: NativeApi['acceptDroppedFile']): Promise<void> {
    const passedOver: string[] = [];
    const plain: { name: string; text: string }[] = [];
    const sources: ImportSource[] = [];
    for (const file of files) {
      const isJson = file.name.toLowerCase().endsWith('.json');
      const text = isJson && file.size <= LONGEST_FILE ? await textOf(file) : null;
      const isPlain = text !== null && isOneBadge(text);
      if (isPlain) plain.push({ name: file.name, text });
      else {
        const picked = await accept(file);
        if (picked !== null) sources.push({ token: picked.token });
        else if (text !== null) sources.push({ text });
        else passedOver.push(file.name);
      }
    }
    if (passedOver.length > 0) {
      const message = say('badges.passedOver', { files: passedOver.join(', ') });
      toasts.show({ tone: 'error', message });
    }
    if (sources.length > 0) this.importing = [...plain.map(({ text }) => ({ text })), ...sources];
    else await this.#work(() => this.#createEach(plain));
  }

  /** An import is done: what came is listed, and opened where it is one badge; undo takes it back whole. */
  async imported({ step, made, changed, last }: Output<'transfer.import'>): Promise<void> {
    if (step === null) return;
    const [kind, count] = made > 0 ? (['made', made] as const) : (['change', changed] as const);
    const kept: WideStep = { kind, parts: [step] };
    // Before anything is waited for: undo may be pressed at once.
    this.#stepped(kept);
    await this.#lookAgain();
    if (made === 1 && changed === 0 && last !== null) await this.open(last);
    else await this.listing.showNewest();
    const told = kind === 'made' ? say('badges.imported', { count }) : say('bulk.applied', { count });
    toasts.info(told, {
      label: say('phrases.undo'),
      run: () => this.#undoNow(kept),
    });
  }

  /**
   * A badge of each file that Laurel was asked to open, as soon as what is under way is done; where one of them is something
   * else, all are looked at first.
   */
  async createFromPicked(files: readonly PickedFile[]): Promise<void> {
    while (this.busy) await this.#current;
    await this.#work(async () => {
      const read: { name: string; token: string; text: string }[] = [];
      for (const { name, token } of files) {
        try {
          read.push({ name, token, text: (await backend('badges.readFile', { token })).text });
        } catch (error) {
          toasts.failure(error);
        }
      }
      if (read.every(({ text }) => isOneBadge(text))) await this.#createEach(read);
      else this.importing = read.map(({ token }) => ({ token }));
    });
  }

  /** A badge of each file; the last one is opened. */
  async #createEach(files: readonly { name: string; text: string }[]): Promise<void> {
    await this.editor?.flush();
    const made: string[] = [];
    let newest: BadgeDetail | null = null;
    for (const file of files) {
      const { text: body } = file;
      const label = revisionLabel('badges.labelImported', { file: file.name }).slice(0, 200);
      newest = await backend('badges.create', { body, label });
      made.push(newest.id);
    }
    if (newest !== null) await this.#showCreated(newest);
    await this.#made(made);
    if (made.length > 1) toasts.success(say('badges.imported', { count: made.length }));
  }

  async addSamples(): Promise<void> {
    await this.#work(async () => {
      const { created, skipped } = await backend('badges.addSamples', { language: locale.language });
      await this.listing.reload();
      const first = created[0];
      if (first !== undefined) await this.open(first);
      toasts.success(
        skipped === 0
          ? say('badges.samplesHere', { count: created.length })
          : say('badges.samplesSome', { count: created.length, taken: skipped }),
      );
    });
  }

  /** What an action on "the badge" means: the selected ones, or the one that is open. */
  targets(): string[] {
    if (this.selection.size > 0) return [...this.selection.ids];
    return this.editor === null ? [] : [this.editor.id];
  }

  /** Asks how the selected badges are exported, or all that the filter lists where none is selected. */
  async export(): Promise<void> {
    this.exporting = this.selection.size > 0 ? [...this.selection.ids] : await this.listing.ids();
  }

  /** Brings a badge into a scenario of its own, as it stands in the editor. */
  async simulate(id: string): Promise<void> {
    await this.editor?.flush();
    navigation.go('simulate', { badgeId: id });
  }

  /** Brings badges into one scenario of this name. */
  async simulateTogether(ids: readonly string[], name: string): Promise<void> {
    const [badgeId] = ids;
    if (badgeId === undefined) return;
    await this.editor?.flush();
    navigation.go('simulate', { badgeId, together: { ids, name } });
  }

  async duplicate(ids = this.targets()): Promise<void> {
    if (ids.length === 0) return;
    await this.#work(async () => {
      await this.editor?.flush();
      const created: string[] = [];
      const done = await this.#inPortions(say('badges.duplicating'), ids, async (portion) => {
        created.push(...(await backend('badges.duplicate', { ids: portion, language: locale.language })).created);
      });
      this.selection.clear();
      await this.listing.reload();
      const [first] = created;
      if (created.length === 1 && first !== undefined) await this.open(first);
      await this.#made(created);
      if (done < ids.length) toasts.info(say('badges.duplicatedSome', { count: created.length }));
      else if (created.length === 1) toasts.success(say('badges.duplicatedOne'));
      else toasts.success(say('badges.duplicatedAll', { count: created.length }));
    });
  }

  async delete(ids = this.targets()): Promise<void> {
    if (ids.length === 0) return;
    await this.#work(async () => {
      await this.editor?.flush();
      const deleted: string[] = [];
      const refused: { name: string; reason: Message }[] = [];
      const backup = await this.#backUpBefore(ids.length);
      const done = await this.#inPortions(say('badges.deleting'), ids, async (portion) => {
        const answer = await backend('badges.delete', { ids: portion, ...(backup === null ? {} : { backup }) });
        deleted.push(...answer.deleted);
        refused.push(...answer.refused);
      });
      if (this.editor !== null && deleted.includes(this.editor.id)) {
        this.editor = null;
        localStorage.removeItem(OPEN_KEY);
      }
      this.selection.clear();
      await this.listing.reload();
      if (deleted.length > 0) {
        const step: WideStep = { kind: 'deletion', parts: await this.#remembered('bulk.deleted', deleted) };
        this.#stepped(step);
        this.trashed += 1;
        const told = say(done < ids.length ? 'badges.deletedSome' : 'badges.deletedAll', { count: deleted.length });
        // One at a time: undo and the trash have what was deleted before.
        this.#tellDeletion(toasts.info(told, { label: say('phrases.undo'), run: () => this.#undoNow(step) }));
      }
      const [one] = refused;
      if (one !== undefined) {
        toasts.show({
          tone: 'error',
          message:
            refused.length === 1
              ? say('badges.keptOne', { name: one.name, reason: sayMessage(one.reason) })
              : say('badges.keptSome', { name: one.name, reason: sayMessage(one.reason), others: refused.length - 1 }),
        });
      }
    });
  }

  /** @param toast the message about the last deletion; null: it no longer holds */
  #tellDeletion(toast: number | null): void {
    if (this.#deletionToast !== null) toasts.dismiss(this.#deletionToast);
    this.#deletionToast = toast;
  }

  /** Makes one backup for all portions of a deletion. @returns its id; null where so few need none @throws Failure */
  async #backUpBefore(things: number): Promise<string | null> {
    const work = new LongWork<BackupProgress, { backup: string | null }>((options) =>
      backend('backups.beforeDeletion', { things }, options),
    );
    this.backingUp = work;
    await work.run();
    this.backingUp = null;
    const { answer, failure } = work;
    if (answer !== null) return answer.backup;
    throw failure instanceof Error ? failure : new Failure('cancelled', message('backups.deletionCancelled'));
  }

  /** Acts on all of the ids, unless cancelled. @returns on how many @throws what a portion failed with */
  #inPortions(title: string, ids: readonly string[], act: (portion: string[]) => Promise<void>): Promise<number> {
    return this.#inTurnsOf(title, ids.length, portionsOf(ids, act));
  }

  async #inTurnsOf(title: string, total: number, next: (done: number) => Promise<number>): Promise<number> {
    const work = new PortionedWork(title, total, next);
    this.portions = work;
    await work.run();
    this.portions = null;
    if (work.answer === null) throw work.failure;
    return work.answer;
  }

  #stepped(step: WideStep): void {
    this.#steps = [...this.#steps, step];
    this.#undone = [];
    this.#editsSince = 0;
  }

  /** Whether undo takes back a step of several badges: it was done after the last edit, or the open badge has nothing to undo. */
  get undoesStep(): boolean {
    return this.#steps.length > 0 && !(this.#editsSince > 0 && this.editor?.canUndo === true);
  }

  /** Whether redo makes such a step again: nothing was done since it was taken back. */
  get redoesStep(): boolean {
    return this.#undone.length > 0 && this.#editsSince === 0;
  }

  /** Badges were made together: one step, in as many parts as it takes. */
  async #made(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) this.#stepped({ kind: 'made', parts: await this.#remembered('bulk.made', ids) });
  }

  async #remembered(what: 'bulk.made' | 'bulk.deleted', ids: readonly string[]): Promise<BadgeStep[]> {
    const parts: BadgeStep[] = [];
    for (let from = 0; from < ids.length; from += MOST_CHANGED)
      parts.push(await backend(what, { ids: ids.slice(from, from + MOST_CHANGED) }));
    return parts;
  }

  /** Many badges were changed at once. */
  async changed(made: BadgeStep): Promise<void> {
    this.selection.clear();
    await this.#changed(made, say('bulk.applied', { count: made.changed }));
  }

  async #changed(made: BadgeStep, told: string): Promise<void> {
    const { key } = made;
    const step: WideStep = { kind: 'change', parts: [made] };
    // Before anything is waited for: undo may be pressed at once.
    this.#stepped(step);
    // One at a time, as of deletions: moves in the programme come quickly one after the other.
    this.#forgetChange(null);
    const undo = { label: say('phrases.undo'), run: () => this.#undoNow(step) };
    this.#changeToast = { toast: toasts.info(told, undo), key };
    await this.#lookAgain();
  }

  /** Takes the message about the last change away. @param key only where it is about this step */
  #forgetChange(key: number | null): void {
    if (this.#changeToast === null || (key !== null && this.#changeToast.key !== key)) return;
    toasts.dismiss(this.#changeToast.toast);
    this.#changeToast = null;
  }

  /**
   * Makes a settled change as one step, where nothing speaks against it. Where a rule would be broken, an org would refuse
   * it or a badge cannot be changed, the table of what would happen asks first.
   *
   * @param told what is said once it is made
   */
  async changeNow(ids: readonly string[], change: BulkChange, told: string): Promise<void> {
    await this.#work(async () => {
      await this.editor?.flush();
      const order = { ids: [...ids], change, withBreaks: false };
      const { rows, counts, changing, seen } = await backend('bulk.preview', order);
      if (counts.breaks + counts.kept > 0 || rows.some(({ warnings }) => warnings.length > 0))
        this.changing = { ids, change };
      else if (changing > 0) await this.#changed(await backend('bulk.apply', { ...order, seen }), told);
    });
  }

  async #lookAgain(): Promise<void> {
    await Promise.all([this.listing.reload(), this.#refreshOpen()]);
    this.trashed += 1;
  }

  /** Reads the open badge again; it is closed where a step put it into the trash. */
  async #refreshOpen(): Promise<void> {
    const edits = this.#editsSince;
    try {
      await this.editor?.refresh();
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'not-found') throw error;
      this.editor = null;
      localStorage.removeItem(OPEN_KEY);
    } finally {
      // What others stored is no edit: undo is still about the last step.
      this.#editsSince = edits;
    }
  }

  /** Steps that other screens or the workspace folder made since the last look: undo takes them back, too. */
  async #takeLater(): Promise<void> {
    const { steps } = await backend('bulk.later', { after: this.#lastKey });
    for (const { kind, ...part } of steps) {
      this.#lastKey = Math.max(this.#lastKey, part.key);
      const isKnown = (step: WideStep): boolean => hasPart(step, part.key);
      if (!this.#steps.some(isKnown) && !this.#undone.some(isKnown)) this.#stepped({ kind, parts: [part] });
    }
  }

  /** Groups were made, named or put in order. */
  async regrouped(): Promise<void> {
    await Promise.all([this.listing.reload(), this.#takeLater()]);
  }

  /** Takes a step back by its message. */
  #undoNow(step: WideStep): void {
    this.#undoStep(step).catch((error: unknown) => toasts.failure(error));
  }

  async #undoStep(step: WideStep): Promise<void> {
    await this.#moveStep('bulk.undo', step);
  }

  /** Takes a change of many badges back, or makes it again; what moved on since is named. A step of several parts can be cancelled between them. */
  async #moveStep(way: 'bulk.undo' | 'bulk.redo', step: WideStep): Promise<void> {
    await this.#work(async () => {
      await this.editor?.flush();
      const { kind, parts } = step;
      const isThis = (other: WideStep): boolean => parts.some(({ key }) => hasPart(other, key));
      this.#steps = this.#steps.filter((other) => !isThis(other));
      this.#undone = this.#undone.filter((other) => !isThis(other));
      const [moved, left]: [string[], StepMove['left'][number][]] = [[], []];
      const ordered = way === 'bulk.undo' ? parts.toReversed() : parts;
      let count = 0;
      const next = async (): Promise<number> => {
        const part = ordered[count] as BadgeStep;
        const answer = await backend(way, { key: part.key });
        moved.push(...answer.moved);
        left.push(...answer.left);
        count += 1;
        return part.changed;
      };
      const isDeleting = (kind === 'deletion') === (way === 'bulk.redo');
      if (ordered.length === 1) await next();
      else await this.#inTurnsOf(say(isDeleting ? 'badges.deleting' : 'badges.bringingBack'), stepSize(step), next);
      await this.#lookAgain();
      // What a cancellation left as it was stays a step of its own.
      const [done, rest] = [ordered.slice(0, count), ordered.slice(count)];
      const [taken, made] = way === 'bulk.undo' ? [done.toReversed(), rest.toReversed()] : [rest, done];
      if (made.length > 0) this.#steps = [...this.#steps, { kind, parts: made }];
      if (taken.length > 0) this.#undone = [...this.#undone, { kind, parts: taken }];
      this.#editsSince = 0;
      if (kind === 'deletion') this.#tellDeletion(null);
      for (const { key } of parts) this.#forgetChange(key);
      const [only] = moved;
      // The one badge that came back is what is worked on.
      const isBack = kind === 'deletion' && way === 'bulk.undo' && moved.length === 1;
      if (isBack && only !== undefined) await this.open(only);
      this.listing.announcement = say(MOVED[way][kind], { count: moved.length });
      const [one] = left;
      if (one === undefined) return;
      const facts = { name: one.name, reason: sayMessage(one.reason) };
      const told =
        left.length === 1 ? say('bulk.leftOne', facts) : say('bulk.leftSome', { ...facts, count: left.length });
      toasts.show({ tone: 'error', message: told });
    });
  }

  /**
   * One step back: the last edit of the open badge, or the last step of several badges, whichever came later. Steps that
   * are asked for quickly wait for each other.
   */
  undo(): Promise<void> {
    return this.#inTurn(() => this.#undoOne());
  }

  /** One step forward again. */
  redo(): Promise<void> {
    return this.#inTurn(async () => {
      const step = this.#undone.at(-1);
      if (step !== undefined && this.redoesStep) await this.#moveStep('bulk.redo', step);
      else await this.editor?.redo();
    });
  }

  #inTurn(move: () => Promise<void>): Promise<void> {
    const step = this.#undoing.then(move);
    this.#undoing = step.catch(() => undefined);
    return step;
  }

  async #undoOne(): Promise<void> {
    const last = this.#steps.at(-1);
    if (last !== undefined && this.undoesStep) {
      await this.#undoStep(last);
      return;
    }
    const before = this.#editsSince;
    await this.editor?.undo();
    this.#editsSince = Math.max(0, before - 1);
  }

  async undelete(ids: readonly string[]): Promise<void> {
    await this.#work(async () => {
      const restored: string[] = [];
      await this.#inPortions(say('badges.bringingBack'), ids, async (portion) => {
        restored.push(...(await backend('badges.undelete', { ids: portion })).restored);
      });
      this.trashed += 1;
      this.#tellDeletion(null);
      this.selection.clear();
      await this.listing.reload();
      const [only] = restored;
      if (restored.length === 1 && only !== undefined) await this.open(only);
      this.listing.announcement = say('badges.backInList', { count: restored.length });
    });
  }

  /** The badge at a row was clicked or reached by keys. */
  async activate(index: number, how: { extend: boolean; toggle: boolean; open: boolean }): Promise<void> {
    this.active = index;
    const row = this.listing.rows.at(index);
    if (row === undefined) return;
    if (how.extend) await this.selection.extendTo(row.id);
    else if (how.toggle) this.selection.toggle(row.id);
    else {
      this.selection.clear();
      this.selection.anchor(row.id);
      if (how.open) await this.open(row.id).catch(() => undefined);
    }
  }

  async #create(input: Input<'badges.create'>): Promise<void> {
    await this.#creating(() => backend('badges.create', { ...input, language: locale.language }));
  }

  async #creating(create: () => Promise<BadgeDetail>): Promise<void> {
    await this.#work(async () => {
      await this.editor?.flush();
      const detail = await create();
      this.#wanted = { badgeId: detail.id, path: 'name', isNew: true };
      await this.#showCreated(detail);
    });
  }

  /** Opens a new badge, and lists it first whatever was filtered before. */
  async #showCreated(detail: BadgeDetail): Promise<void> {
    this.#edit(detail);
    this.selection.clear();
    await this.listing.showNewest();
  }

  #edit(detail: BadgeDetail): void {
    const before = this.editor;
    this.editor = new BadgeEditor(detail, {
      door: backend,
      now: () => clock.read(),
      settings: () => workspace.settings,
      onstored: (stored, isOwn) => {
        // What a step of many badges did to the open one is undone with that step.
        if (isOwn) this.#editsSince += 1;
        this.listing.stored(stored);
      },
    });
    this.#editsSince = 0;
    void before?.close();
    localStorage.setItem(OPEN_KEY, detail.id);
    this.openFailure = null;
    this.#place();
  }

  /** The keyboard follows the open badge to its row, where that is known. */
  #place(): void {
    const id = this.editor?.id;
    this.active = id === undefined ? -1 : this.listing.rows.placeOf((row) => row.id === id);
  }

  async #freeName(wanted: string): Promise<string> {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? wanted : `${wanted} ${number}`;
      if (!(await backend('badges.nameTaken', { name })).taken) return name;
    }
  }

  async #work(task: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.#current = task()
      .catch((error: unknown) => toasts.failure(error))
      .finally(() => (this.busy = false));
    await this.#current;
  }
}

export const badges = new BadgesScreen();

/** Whether a text is one badge, right or not: it becomes a draft at once, and the editor shows what is wrong. */
function isOneBadge(text: string): boolean {
  const reading = readJson(text);
  if (!reading.ok) return /^\s*\{/.test(text) && !hasMergeMarks(text);
  return isObject(reading.value) && laurelSchemaOf(reading.value) === null && misplacedBody(reading.value) === null;
}

/** What the Badges screen needs to be usable at once. */
export const prepareBadges = (): Promise<void> => badges.start();

/** The text of a chosen file, UTF-8 or UTF-16; null when it cannot be read. */
async function textOf(file: File): Promise<string | null> {
  const bytes = await file.arrayBuffer().catch(() => null);
  if (bytes === null) return null;
  const reading = readJsonBytes(new Uint8Array(bytes), TextDecoder);
  return reading.ok ? reading.text : null;
}
