import type { ForgetBackup, ForgetKind, ForgetLook, ForgetProgress } from '../../../shared/ipc/forget-contract';
import { copyWords } from '../../backups/copy-words';
import { backend } from '../../lib/backend';
import { failureSentence } from '../../lib/failure-wording';
import { formatInstant, formatNumber } from '../../lib/format';
import { say } from '../../lib/say.svelte';

const WORDS = {
  records: 'forget.records',
  requests: 'forget.requests',
  practice: 'forget.practice',
  states: 'forget.states',
  ledger: 'forget.ledger',
  jobs: 'forget.jobs',
  results: 'forget.results',
  notes: 'forget.notes',
  backups: 'forget.backups',
} as const satisfies Record<ForgetKind | 'backups', string>;

/** Looking for one customer in the whole workspace, and erasing them. */
export class Forgetting {
  typed = $state('');
  look = $state.raw<ForgetLook | null>(null);
  /** Whom the look is about; what is typed meanwhile is somebody else. */
  customer = $state('');
  failure = $state<string | null>(null);
  said = $state('');
  work = $state.raw<{ erases: boolean; abort: AbortController } | null>(null);
  progress = $state.raw<ForgetProgress | null>(null);

  get working(): string {
    if (this.work === null || this.progress === null) return '';
    const { kind, rows } = this.progress;
    return say(this.work.erases ? 'forget.erasing' : 'forget.looking', { what: say(WORDS[kind]), rows });
  }

  /** Where the customer stands, in words; an erased one stands in backups alone. */
  get places(): { words: string; rows: string }[] {
    return (this.look?.found ?? []).map(({ kind, rows }) => ({
      words: say(WORDS[kind]),
      rows: say('forget.rows', { rows }),
    }));
  }

  get openJobs(): string | null {
    const jobs = this.look?.openJobs ?? [];
    if (jobs.length === 0) return null;
    return say('forget.openJobs', { jobs: jobs.map(({ badge, connection }) => `${badge} (${connection})`).join(', ') });
  }

  /** What is said where the customer is in no table. */
  get nowhere(): string {
    const { customer } = this;
    const count = this.look?.backups.length ?? 0;
    return count === 0 ? say('forget.nowhere', { customer }) : say('forget.nowhereButBackups', { customer, count });
  }

  backupWords({ madeOn, rows, until, copyOf }: ForgetBackup, zone: string): string {
    const made = formatInstant(madeOn, zone);
    if (rows === null) return say('forget.backupUnknown', { made });
    if (copyOf !== null) return say('forget.copyKept', { made, copy: copyWords(copyOf) });
    return until === null
      ? say('forget.backupKept', { made })
      : say('forget.backupUntil', { made, until: formatInstant(until, zone) });
  }

  async find(): Promise<void> {
    const customer = this.typed.trim();
    if (customer === '' || this.work !== null) return;
    this.look = null;
    this.customer = customer;
    await this.#carryOut(false, async (options) => {
      this.look = await backend('forget.look', { customer }, options);
    });
  }

  async erase(): Promise<void> {
    const { customer } = this;
    await this.#carryOut(true, async (options) => {
      const { standIn, backups, away } = await backend('forget.run', { customer }, options);
      this.said = say('forget.done', { customer, standIn: formatNumber(standIn) });
      this.look = backups.length + away.length === 0 ? null : { also: [], found: [], openJobs: [], backups, away };
    });
  }

  async deleteBackups(): Promise<void> {
    const backups = this.look?.backups ?? [];
    this.failure = null;
    try {
      for (const { id } of backups) await backend('backups.delete', { id });
      this.said = say('forget.backupsDeleted', { count: backups.length });
      this.look = this.look && this.look.found.length > 0 ? { ...this.look, backups: [] } : null;
    } catch (error) {
      this.failure = failureSentence(error);
    }
  }

  async #carryOut(
    erases: boolean,
    run: (options: { signal: AbortSignal; onProgress: (report: ForgetProgress) => void }) => Promise<void>,
  ): Promise<void> {
    const abort = new AbortController();
    this.work = { erases, abort };
    this.failure = null;
    this.said = '';
    this.progress = null;
    try {
      await run({ signal: abort.signal, onProgress: (report) => void (this.progress = report) });
    } catch (error) {
      this.failure = failureSentence(error);
    } finally {
      this.work = null;
    }
  }
}
