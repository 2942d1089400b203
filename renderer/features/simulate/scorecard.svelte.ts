import type { PickedFile } from '../../../shared/ipc/native';
import type { ScorecardAnswer, ScoredFile, ScoredView } from '../../../shared/ipc/scorecard-contract';
import type { TableChoices } from '../../../shared/ipc/tables-contract';
import { TableLook } from '../../customers/table-look.svelte';
import type { Door } from '../../lib/backend';
import { LongWork } from '../../lib/long-work.svelte';
import { say } from '../../lib/say.svelte';
import { isDay } from './day-text';

/** A file of awards or of purchases that was chosen. */
export class ScorecardFile {
  readonly look: TableLook;

  constructor(
    door: Door,
    readonly picked: PickedFile,
  ) {
    this.look = new TableLook(door);
    void this.look.inspect(picked.token, 'events');
  }

  /** A person said more of how it is read. */
  async choose(choice: TableChoices): Promise<void> {
    const before = this.look.choices;
    await this.look.inspect(this.picked.token, 'events', {
      ...{ ...before, ...choice },
      columns: { ...before.columns, ...choice.columns },
    });
  }

  /** Reads it as it is found, without what was remembered. */
  async drop(): Promise<void> {
    await this.look.forget();
    await this.look.inspect(this.picked.token, 'events');
  }

  get asked(): { token: string; name: string; choices: TableChoices } {
    return { token: this.picked.token, name: this.picked.name, choices: this.look.choices };
  }
}

/** How customers who were kept out are told. */
export type KeptOut = 'none' | 'segment' | 'file';

/** A kept result held against what really came: the files and what is said of them, and the answer. */
export class ScorecardWork {
  awards = $state.raw<ScorecardFile | null>(null);
  sales = $state.raw<ScorecardFile | null>(null);
  control = $state.raw<ScorecardFile | null>(null);
  kept = $state<KeptOut>('none');
  segment = $state('');
  controlSize = $state<number | null>(null);
  size = $state<number | null>(null);
  /** The column of the awards that says of which badge each is; null: all are of the one that is shown. */
  badgeColumn = $state<string | null>(null);
  /** What that column calls badges, by their key, where a person said it. */
  badgeValues = $state.raw<Readonly<Record<string, string>>>({});
  /** Orgs that can be asked, and the one that is. */
  orgs = $state.raw<readonly { id: number; name: string }[]>([]);
  connectionId = $state<number | null>(null);
  /** As it was typed: `2026-12-24`. */
  until = $state('');
  work = $state.raw<LongWork<{ share: number }, ScorecardAnswer> | null>(null);
  #answer = $state.raw<{ scored: ScoredView; of: string } | null>(null);
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  /** What the answer hangs on and a person can change beside it: an answer to other questions would be taken for one to these. */
  readonly #questions = $derived(
    JSON.stringify([
      ...[this.until, this.kept, this.segment.trim(), this.controlSize, this.size],
      ...[this.awards, this.sales, this.control].map((file) => file?.look.choices ?? null),
    ]),
  );
  /** The answer to what is asked now; null: there is none. */
  readonly scored = $derived(this.#answer?.of === this.#questions ? this.#answer.scored : null);
  readonly untilWrong = $derived(this.until !== '' && !isDay(this.until));

  /** Why nothing can be compared now; null: it can. */
  readonly blocked = $derived.by((): string | null => {
    if (this.awards === null && this.connectionId === null) return say('scorecard.noAwards');
    if (this.untilWrong) return say('scorecard.untilWrong');
    const files = [this.awards, this.sales, this.kept === 'file' && this.sales !== null ? this.control : null];
    if (files.some((file) => (file?.look.inspection?.questions.length ?? 0) > 0)) return say('learning.questionsFirst');
    if (this.sales === null || this.kept === 'none') return null;
    if (this.kept === 'file' && this.control === null) return say('scorecard.noControl');
    if (this.kept === 'segment' && this.segment.trim() === '') return say('scorecard.noSegmentNamed');
    if (this.controlSize === null) return say('scorecard.noControlSize');
    return this.size === null ? say('scorecard.noSizeSaid') : null;
  });

  async loadOrgs(): Promise<void> {
    try {
      this.orgs = (await this.#door('connections.list', {})).connections;
    } catch {
      // Files can be laid over the forecast without an org.
      this.orgs = [];
    }
    if (!this.orgs.some(({ id }) => id === this.connectionId)) this.connectionId = null;
  }

  tellApart(column: string | null): void {
    this.badgeColumn = column;
    this.badgeValues = {};
    this.#answer = null;
  }

  /** The key of the badge that a value of the file was said to be; null: of none. */
  badgeOf(value: string): string | null {
    return Object.entries(this.badgeValues).find(([, said]) => said === value)?.[0] ?? null;
  }

  /** A person says which badge a value of the file is; it counts with the next comparison. */
  nameBadge(value: string, key: string | null): void {
    const others = Object.entries(this.badgeValues).filter(([badge, said]) => said !== value && badge !== key);
    this.badgeValues = Object.fromEntries(key === null ? others : [...others, [key, value]]);
  }

  ask(connectionId: number | null): void {
    this.connectionId = connectionId;
    this.#answer = null;
  }

  choose(of: ScoredFile, picked: PickedFile): void {
    this[of]?.look.clear();
    if (of === 'awards') this.tellApart(null);
    this[of] = new ScorecardFile(this.#door, picked);
    this.#answer = null;
  }

  remove(of: ScoredFile): void {
    this[of]?.look.clear();
    this[of] = null;
    this.#answer = null;
  }

  /** Compares. Does nothing while `blocked` says why not. @returns what a screen reader is told */
  async start(id: number, badge: number): Promise<string | null> {
    const { awards, sales, control, kept } = this;
    if (this.blocked !== null || this.work?.active === true) return null;
    const apart =
      sales === null || kept === 'none'
        ? null
        : kept === 'segment'
          ? { segment: this.segment.trim() }
          : (control?.asked ?? null);
    const input = {
      ...{
        id,
        badge,
        awards: awards?.asked ?? null,
        connectionId: this.connectionId,
        until: this.until === '' ? null : this.until,
      },
      ...{ badgeColumn: awards === null ? null : this.badgeColumn, badgeValues: this.badgeValues },
      ...{ sales: sales?.asked ?? null, control: apart, controlSize: this.controlSize, size: this.size },
    };
    const work = new LongWork<{ share: number }, ScorecardAnswer>((options) =>
      this.#door('simulation.scorecard', input, options),
    );
    const asked = this.#questions;
    this.work = work;
    this.#answer = null;
    await work.run();
    const { answer } = work;
    if (answer === null || this.work !== work) return null;
    this.work = null;
    if ('questions' in answer) {
      await this[answer.of]?.choose({});
      return say('learning.asked');
    }
    this.#answer = { scored: answer, of: asked };
    return null;
  }

  /** Another badge has other awards. */
  forget(): void {
    this.work?.cancel();
    this.work = null;
    this.#answer = null;
    for (const of of ['awards', 'sales', 'control'] as const) this[of]?.look.clear();
    this.tellApart(null);
    [this.awards, this.sales, this.control] = [null, null, null];
  }
}
