import type { BadgeArt } from '../../../shared/art/model';
import type { BadgeIssue } from '../../../shared/domain/body-reader';
import { claimedOwnerIssues } from '../../../shared/domain/claimed-owners';
import type { Inspection } from '../../../shared/domain/create-badge';
import { inspectBody } from '../../../shared/domain/inspect-body';
import { uncappedWarnings } from '../../../shared/domain/lint-badge';
import type { Instant } from '../../../shared/domain/instant';
import type { BadgeDetail } from '../../../shared/ipc/badges-contract';
import { Failure } from '../../../shared/ipc/errors';
import type { WorkspaceSettings } from '../../../shared/ipc/workspace-contract';
import type { Door } from '../../lib/backend';
import { sayMessage } from '../../lib/say.svelte';
import { dateField } from '../../lib/body-fields';
import { pathText, valueAt, withValueAt, type BodyPath, type JsonObject } from '../../lib/body-path';
import { readBadgeText, writeBadgeText, type JsonFault } from './json-text';
import { revisionLabel, type PlainRevisionLabel } from './revision-labels';
import { TakenNames } from './taken-names.svelte';

/** `waiting`: typed and not yet sent; `failed`: sent and not saved; `conflict`: someone else saved meanwhile. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';

export interface EditorPorts {
  door: Door;
  now: () => Instant;
  settings: () => WorkspaceSettings;
  /** Called whenever the store has a new state of the badge. `isOwn`: it came of this editor, not of a step elsewhere. */
  onstored: (detail: BadgeDetail, isOwn: boolean) => void;
}

/** Typing pauses shorter than this are one step of undo. */
const SAVE_AFTER = 400;

/**
 * One badge under the pen. The text is the truth: the form edits the object it says and writes it back, so that keys no
 * form field knows stay. While the text is no JSON object the form shows the last one that was, and cannot be edited.
 */
export class BadgeEditor {
  readonly id: string;
  text = $state('');
  body = $state.raw<JsonObject>({});
  fault = $state.raw<JsonFault | null>(null);
  /** Some text of this badge could be read since it was opened, and the form shows the last one that could. */
  hasForm = $state(false);
  migration = $state(false);
  /** The design; null: there is none, or it is being read. */
  art = $state.raw<BadgeArt | null>(null);
  artLoading = $state(false);
  /** Why the design could not be read; it stays in the store as it is. */
  artFailure = $state.raw<unknown>(null);
  detail = $state.raw() as BadgeDetail;
  saveState = $state<SaveState>('saved');
  failure = $state.raw<unknown>(null);

  readonly inspection: Inspection = $derived.by(() => this.#inspect());
  readonly canUndo = $derived(this.saveState === 'waiting' || this.detail.canUndo);
  readonly canRedo = $derived(this.saveState === 'saved' && this.detail.canRedo);

  readonly #ports: EditorPorts;
  #base = 0;
  #labels: readonly PlainRevisionLabel[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | null = null;
  #sentText = '';
  /** The design as the store has it, by its digest, and in full once it was read. */
  #artDigest: string | null = null;
  #keptArt: BadgeArt | null = null;
  /** The start that the store knows, and when one that it does not know yet was typed. */
  #storedStart: Instant | null = null;
  #startTypedOn = $state<Instant | null>(null);
  readonly #names: TakenNames;

  constructor(detail: BadgeDetail, ports: EditorPorts) {
    this.id = detail.id;
    this.#ports = ports;
    this.#names = new TakenNames(ports.door, detail.id);
    this.#show(detail);
  }

  /** Every mistake, and the one that there is no badge to judge when the text is no JSON. */
  readonly problems = $derived.by(() =>
    this.fault === null
      ? this.inspection.issues.map(worded)
      : [
          {
            code: 400,
            message: 'JSON parse error',
            reference: null,
            path: '',
            advice: this.fault.message,
            stage: 'unreadable' as const,
          },
        ],
  );

  /** What surprises though nothing refuses it, in the language of the window. */
  readonly warnings = $derived(
    this.inspection.warnings.map((warning) => ({ ...warning, message: sayMessage(warning.message) })),
  );

  /** Changes one field of the body, by the form. `undefined` removes it. */
  set(path: BodyPath, value: unknown, label: PlainRevisionLabel): void {
    if (this.fault !== null) return;
    const before = this.body;
    this.#adoptBody(withValueAt(before, path, value) as JsonObject);
    this.text = writeBadgeText(this.body);
    this.#changed(label);
  }

  at(path: BodyPath): unknown {
    return valueAt(this.body, path);
  }

  /** The text was typed or pasted. */
  type(text: string): void {
    if (text === this.text) return;
    // A paste replaces much at once; a key press changes a letter or two.
    const pasted = Math.abs(text.length - this.text.length) > 20;
    this.text = text;
    const reading = readBadgeText(text);
    this.fault = reading.fault;
    if (reading.body !== null) this.#adoptBody(reading.body);
    this.#changed(pasted ? 'badges.labelPasted' : 'badges.json');
  }

  setMigration(migration: boolean): void {
    this.migration = migration;
    this.#changed('badges.historical');
  }

  /** Changes the design, or takes it away. Not while it is still being read. */
  setArt(art: BadgeArt | null): void {
    if (this.artLoading || art === this.art) return;
    this.art = art;
    this.#changed('badges.labelArt');
  }

  /** Notes for the fields at these places: mistakes that the rules found exactly there. */
  notesAt(...paths: BodyPath[]): { code: number; message: string; advice: string }[] {
    const texts = paths.map(pathText);
    return this.inspection.issues.filter((issue) => texts.includes(issue.path)).map(worded);
  }

  /** Notes for a whole group: mistakes at a place or anywhere below it. */
  notesUnder(path: BodyPath): { code: number; message: string; advice: string }[] {
    const text = pathText(path);
    return this.inspection.issues
      .filter((issue) => issue.path === text || issue.path.startsWith(`${text}.`) || issue.path.startsWith(`${text}[`))
      .map(worded);
  }

  warningsAt(...paths: BodyPath[]): { code: number; message: string }[] {
    const texts = paths.map(pathText);
    return this.warnings.filter((warning) => texts.includes(warning.path));
  }

  /** Warnings for a whole group: at a place or anywhere below it. */
  warningsUnder(path: BodyPath): { code: number; message: string }[] {
    const text = pathText(path);
    return this.warnings.filter(
      (warning) => warning.path === text || warning.path.startsWith(`${text}.`) || warning.path.startsWith(`${text}[`),
    );
  }

  /** Waits until everything typed is in the store, or saving failed. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.saveState === 'waiting' || this.saveState === 'saving') {
      await (this.#sending ?? this.#send());
    }
  }

  async undo(): Promise<void> {
    await this.#step('badges.undo');
  }

  async redo(): Promise<void> {
    await this.#step('badges.redo');
  }

  async restore(revision: number): Promise<void> {
    await this.flush();
    this.#adopt(await this.#ports.door('badges.restore', { id: this.id, revision }));
  }

  async claim(ownerType: string, referenceId: string): Promise<{ already: boolean }> {
    await this.flush();
    const { detail, already } = await this.#ports.door('badges.claim', { id: this.id, ownerType, referenceId });
    this.#refreshMeta(detail);
    return { already };
  }

  async unclaim(ownerType: string, referenceId: string): Promise<void> {
    this.#refreshMeta(await this.#ports.door('badges.unclaim', { id: this.id, ownerType, referenceId }));
  }

  /** Shows what another screen saved, where nothing is typed here. */
  async refresh(): Promise<void> {
    if (this.saveState !== 'saved') return;
    const stored = await this.#ports.door('badges.get', { id: this.id });
    // What was typed meanwhile is on the way to the store, which tells of a conflict.
    if (this.saveState === 'saved' && stored.revision !== this.#base) this.#adopt(stored, false);
  }

  /** Someone else saved: shows their version and drops what was typed here. */
  async takeTheirs(): Promise<void> {
    clearTimeout(this.#timer);
    this.#adopt(await this.#ports.door('badges.get', { id: this.id }));
  }

  /** Someone else saved: saves what was typed here as the next revision on top of theirs. */
  async keepMine(): Promise<void> {
    this.#base = (await this.#ports.door('badges.get', { id: this.id })).revision;
    this.saveState = 'waiting';
    await this.flush();
  }

  /** After a failure: finds out how far the store came, and saves what it has not. */
  async retry(): Promise<void> {
    if (this.saveState !== 'failed') return;
    const stored = await this.#ports.door('badges.get', { id: this.id });
    if (stored.body === this.text && stored.migration === this.migration && this.art === this.#keptArt) {
      this.#refreshMeta(stored);
      this.saveState = 'saved';
      this.failure = null;
      return;
    }
    if (stored.revision !== this.#base && stored.body !== this.#sentText) {
      this.saveState = 'conflict';
      return;
    }
    this.#base = stored.revision;
    this.saveState = 'waiting';
    await this.flush();
  }

  /** Saves what is typed and stops. */
  async close(): Promise<void> {
    await this.flush();
    this.#names.stop();
  }

  async #step(method: 'badges.undo' | 'badges.redo'): Promise<void> {
    await this.flush();
    if (this.saveState !== 'saved') return;
    if (method === 'badges.undo' ? !this.detail.canUndo : !this.detail.canRedo) return;
    this.#adopt(await this.#ports.door(method, { id: this.id }));
  }

  #changed(label: PlainRevisionLabel): void {
    this.#labels = [...this.#labels.filter((known) => known !== label), label];
    this.#names.ask(this.body['name']);
    if (this.saveState === 'conflict') return;
    if (this.saveState !== 'saving') this.saveState = 'waiting';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#send(), SAVE_AFTER);
  }

  #send(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sending ??= this.#save().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  async #save(): Promise<void> {
    const { text, migration, art } = this;
    const label =
      this.#labels
        .slice(0, 3)
        .map((key) => revisionLabel(key))
        .join(', ')
        .slice(0, 200) || revisionLabel('badges.labelEdited');
    this.#labels = [];
    this.#sentText = text;
    this.saveState = 'saving';
    try {
      const digest = await this.#digestOf(art);
      const detail = await this.#ports.door('badges.save', {
        id: this.id,
        baseRevision: this.#base,
        body: text,
        migration,
        label,
        ...(digest === undefined ? {} : { art: digest }),
      });
      this.#artDigest = detail.art;
      this.#keptArt = art;
      this.#refreshMeta(detail);
      this.failure = null;
      const more = this.text !== text || this.migration !== migration || this.art !== art;
      this.saveState = more ? 'waiting' : 'saved';
      if (more) this.#timer = setTimeout(() => void this.#send(), SAVE_AFTER);
    } catch (error) {
      this.failure = error;
      this.saveState = error instanceof Failure && error.code === 'conflict' ? 'conflict' : 'failed';
    }
  }

  /** Keeps a design that the store does not have yet. @returns undefined where it is to stay as it is */
  async #digestOf(art: BadgeArt | null): Promise<string | null | undefined> {
    if (this.artLoading || art === this.#keptArt) return undefined;
    return art === null ? null : (await this.#ports.door('art.keep', { art })).digest;
  }

  /** Shows the design of what the store has; one that is the same as before stands already. */
  #showArt(digest: string | null): void {
    if (digest === this.#artDigest && this.art === this.#keptArt) return;
    this.#artDigest = digest;
    this.#keptArt = null;
    this.art = null;
    this.artLoading = digest !== null;
    this.artFailure = null;
    if (digest === null) return;
    void this.#ports
      .door('art.get', { digest })
      .then(({ art }) => {
        if (this.#artDigest !== digest) return;
        this.#keptArt = art;
        this.art = art;
        this.artLoading = false;
      })
      .catch((error: unknown) => {
        if (this.#artDigest === digest) this.artFailure = error;
      });
  }

  #adopt(detail: BadgeDetail, isOwn = true): void {
    clearTimeout(this.#timer);
    this.#labels = [];
    this.failure = null;
    this.#show(detail);
    this.#ports.onstored(detail, isOwn);
  }

  #refreshMeta(detail: BadgeDetail): void {
    this.#base = detail.revision;
    this.detail = detail;
    this.#learn(detail);
    this.#ports.onstored(detail, true);
  }

  #show(detail: BadgeDetail): void {
    this.detail = detail;
    this.#base = detail.revision;
    this.text = detail.body;
    this.migration = detail.migration;
    this.saveState = 'saved';
    const reading = readBadgeText(detail.body);
    this.fault = reading.fault;
    this.body = reading.body ?? this.body;
    this.hasForm ||= reading.body !== null;
    this.#showArt(detail.art);
    this.#learn(detail);
  }

  /** Takes over what only the store knows about its text: whether the name is taken, and since when the start stands. */
  #learn(detail: BadgeDetail): void {
    const { body } = readBadgeText(detail.body);
    this.#storedStart = body && startOf(body);
    this.#noteStart(this.body);
    if (this.text === detail.body) {
      this.#names.learn(
        this.body['name'],
        detail.problems.some(({ code }) => code === 725),
      );
    }
  }

  /** A draft that was right when its start was entered does not break by waiting: see `BadgeDetail.startSetOn`. */
  #noteStart(next: JsonObject): void {
    if (startOf(next) === this.#storedStart) this.#startTypedOn = null;
    else if (startOf(next) !== startOf(this.body)) this.#startTypedOn = this.#ports.now();
  }

  #adoptBody(next: JsonObject): void {
    this.#noteStart(next);
    this.body = next;
    this.hasForm = true;
  }

  #inspect(): Inspection {
    const { timeZone, allowPastStart } = this.#ports.settings();
    const inspection = inspectBody(this.body, {
      now: this.#startTypedOn ?? this.detail.startSetOn,
      settings: { zone: timeZone, allowPastStart },
      migration: this.migration,
      nameTaken: (name) => this.#names.has(name),
    });
    const owners = valueAt(this.body, ['ownership', 'restrictedToOwners']);
    const claimedBy = this.detail.claims.map(({ ownerType }) => ownerType);
    const lost = claimedOwnerIssues(Array.isArray(owners) ? owners : [], claimedBy);
    const uncapped =
      inspection.definition === null
        ? []
        : uncappedWarnings(inspection.definition, this.detail.enrolledUntil, timeZone);
    return {
      ...inspection,
      issues: [...inspection.issues, ...lost],
      warnings: [...inspection.warnings, ...uncapped],
    };
  }
}

/** A mistake with its advice in the language of the window. */
function worded(issue: BadgeIssue): Omit<BadgeIssue, 'advice'> & { advice: string } {
  return { ...issue, advice: sayMessage(issue.advice) };
}

function startOf(body: JsonObject): Instant | null {
  return dateField(body, 'startOn').instant;
}
