import { SvelteMap } from 'svelte/reactivity';
import { OWNER_TYPES } from '../../../shared/domain/badge';
import type { BadgeIssue } from '../../../shared/domain/body-reader';
import { MESSAGES } from '../../../shared/domain/codes';
import { inspectBadge, type Inspection } from '../../../shared/domain/create-badge';
import type { Instant } from '../../../shared/domain/instant';
import type { BadgeDetail } from '../../../shared/ipc/badges-contract';
import { Failure } from '../../../shared/ipc/errors';
import type { WorkspaceSettings } from '../../../shared/ipc/workspace-contract';
import type { backend } from '../../lib/backend';
import { ownerWord } from '../../lib/words';
import { dateField } from './body-fields';
import { pathText, valueAt, withValueAt, type BodyPath, type JsonObject } from './body-path';
import { readBadgeText, writeBadgeText, type JsonFault } from './json-text';

/** `waiting`: typed and not yet sent; `failed`: sent and not saved; `conflict`: someone else saved meanwhile. */
export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';

export interface EditorPorts {
  door: typeof backend;
  now: () => Instant;
  settings: () => WorkspaceSettings;
  /** Called whenever the store has a new state of the badge. */
  onstored: (detail: BadgeDetail) => void;
}

/** Typing pauses shorter than this are one step of undo. */
const SAVE_AFTER = 400;
const ASK_NAME_AFTER = 150;

/**
 * One badge under the pen. The text is the truth: the form edits the object it says and writes it back, so that keys no
 * form field knows stay. While the text is no JSON object the form shows the last one that was, and cannot be edited.
 */
export class BadgeEditor {
  readonly id: string;
  text = $state('');
  body = $state.raw<JsonObject>({});
  fault = $state.raw<JsonFault | null>(null);
  migration = $state(false);
  detail = $state.raw() as BadgeDetail;
  saveState = $state<SaveState>('saved');
  failure = $state.raw<unknown>(null);

  readonly inspection: Inspection = $derived.by(() => this.#inspect());
  readonly canUndo = $derived(this.saveState === 'waiting' || this.detail.canUndo);
  readonly canRedo = $derived(this.saveState === 'saved' && this.detail.canRedo);

  readonly #ports: EditorPorts;
  #base = 0;
  #labels: readonly string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | null = null;
  #sentText = '';
  #closed = false;
  #startJudgedOn = $state<Instant>(0);
  readonly #takenNames = new SvelteMap<string, boolean>();
  #nameTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(detail: BadgeDetail, ports: EditorPorts) {
    this.id = detail.id;
    this.#ports = ports;
    this.#show(detail);
  }

  /** Every mistake, and the one that there is no badge to judge when the text is no JSON. */
  readonly problems = $derived.by(() =>
    this.fault === null
      ? this.inspection.issues
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

  /** Changes one field of the body, by the form. `undefined` removes it. */
  set(path: BodyPath, value: unknown, label: string): void {
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
    this.#changed(pasted ? 'Pasted JSON' : 'JSON');
  }

  setMigration(migration: boolean): void {
    this.migration = migration;
    this.#changed('Historical badge');
  }

  /** Notes for the fields at these places: mistakes that the rules found exactly there. */
  notesAt(...paths: BodyPath[]): { code: number; message: string; advice: string }[] {
    const texts = paths.map(pathText);
    return this.inspection.issues.filter((issue) => texts.includes(issue.path));
  }

  /** Notes for a whole group: mistakes at a place or anywhere below it. */
  notesUnder(path: BodyPath): { code: number; message: string; advice: string }[] {
    const text = pathText(path);
    return this.inspection.issues.filter(
      (issue) => issue.path === text || issue.path.startsWith(`${text}.`) || issue.path.startsWith(`${text}[`),
    );
  }

  warningsAt(...paths: BodyPath[]): { code: number; message: string }[] {
    const texts = paths.map(pathText);
    return this.inspection.warnings.filter((warning) => texts.includes(warning.path));
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
    if (stored.body === this.text && stored.migration === this.migration) {
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
    this.#closed = true;
    clearTimeout(this.#nameTimer);
  }

  async #step(method: 'badges.undo' | 'badges.redo'): Promise<void> {
    await this.flush();
    if (this.saveState !== 'saved') return;
    if (method === 'badges.undo' ? !this.detail.canUndo : !this.detail.canRedo) return;
    this.#adopt(await this.#ports.door(method, { id: this.id }));
  }

  #changed(label: string): void {
    this.#labels = [...this.#labels.filter((known) => known !== label), label];
    this.#askName();
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
    const { text, migration } = this;
    const label = this.#labels.slice(0, 3).join(', ').slice(0, 200) || 'Edited';
    this.#labels = [];
    this.#sentText = text;
    this.saveState = 'saving';
    try {
      const detail = await this.#ports.door('badges.save', {
        id: this.id,
        baseRevision: this.#base,
        body: text,
        migration,
        label,
      });
      this.#refreshMeta(detail);
      this.failure = null;
      const more = this.text !== text || this.migration !== migration;
      this.saveState = more ? 'waiting' : 'saved';
      if (more) this.#timer = setTimeout(() => void this.#send(), SAVE_AFTER);
    } catch (error) {
      this.failure = error;
      this.saveState = error instanceof Failure && error.code === 'conflict' ? 'conflict' : 'failed';
    }
  }

  #adopt(detail: BadgeDetail): void {
    clearTimeout(this.#timer);
    this.#labels = [];
    this.failure = null;
    this.#show(detail);
    this.#ports.onstored(detail);
  }

  #refreshMeta(detail: BadgeDetail): void {
    this.#base = detail.revision;
    this.detail = detail;
    if (this.text === detail.body) this.#learnName(detail);
    this.#ports.onstored(detail);
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
    this.#learnName(detail);
    // A draft that was right when its start was entered does not break by waiting.
    this.#startJudgedOn = detail.startSetOn;
  }

  #adoptBody(next: JsonObject): void {
    if (dateField(next, 'startOn').instant !== dateField(this.body, 'startOn').instant) {
      this.#startJudgedOn = this.#ports.now();
    }
    this.body = next;
  }

  #learnName(detail: BadgeDetail): void {
    const { name } = this.body;
    if (typeof name !== 'string') return;
    const taken = detail.problems.some((problem) => problem.code === 725);
    this.#takenNames.set(name, taken);
  }

  #askName(): void {
    const { name } = this.body;
    if (typeof name !== 'string' || name.trim() === '' || this.#takenNames.has(name)) return;
    clearTimeout(this.#nameTimer);
    this.#nameTimer = setTimeout(() => {
      this.#ports
        .door('badges.nameTaken', { name, exceptId: this.id })
        .then(({ taken }) => {
          if (!this.#closed) this.#takenNames.set(name, taken);
        })
        // The answer to the next save says it too.
        .catch(() => undefined);
    }, ASK_NAME_AFTER);
  }

  /** An owner with an active claim cannot be taken away (semantics K5). */
  #removedOwners(): BadgeIssue[] {
    const owners = valueAt(this.body, ['ownership', 'restrictedToOwners']);
    const kept: readonly unknown[] = Array.isArray(owners) ? owners : [];
    const lost = OWNER_TYPES.filter(
      (owner) => !kept.includes(owner) && this.detail.claims.some(({ ownerType }) => ownerType === owner),
    );
    return lost.map((owner) => ({
      code: 714,
      message: MESSAGES[714],
      reference: 'ownership.restrictedToOwners',
      path: 'ownership.restrictedToOwners',
      advice: `${ownerWord(owner)} has claimed this badge: allow it again, or give its claim up first.`,
      stage: 'rule',
    }));
  }

  #inspect(): Inspection {
    const { timeZone, allowPastStart } = this.#ports.settings();
    const inspection = inspectBadge(this.body, {
      now: this.#startJudgedOn,
      settings: { zone: timeZone, allowPastStart },
      migration: this.migration,
      nameTaken: (name) => this.#takenNames.get(name) === true,
    });
    return { ...inspection, issues: [...inspection.issues, ...this.#removedOwners()] };
  }
}
