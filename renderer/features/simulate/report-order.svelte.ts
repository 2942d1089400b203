import type { ReportLook } from '../../../shared/ipc/report-contract';
import { readColour } from '../../../shared/art/colour';
import { fileNameOf } from '../../../shared/simulation/file-name';
import type { SaveTarget } from '../../../shared/ipc/native';
import type { Language } from '../../../shared/words/message';
import type { Door } from '../../lib/backend';
import { failureSentence, isCancelled } from '../../lib/failure-wording';

/** What a report is written from, and where its file was put. */
export interface WrittenReport {
  name: string;
  token: string;
}

/** A report that is being ordered: how it is to look, and what came of it. Looks are remembered by the workspace. */
export class ReportOrder {
  format = $state<ReportLook['format']>('html');
  title = $state('');
  brandColour = $state('');
  /** Name of the logo's file. */
  logo = $state<string | null>(null);
  withVersions = $state(true);
  writing = $state(false);
  failure = $state<string | null>(null);
  /** The colour of the last report, for charts that are copied. */
  rememberedColour = $state<string | null>(null);
  readonly colourWrong = $derived(this.brandColour.trim() !== '' && readColour(this.brandColour.trim()) === null);

  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Looks as the last report did. */
  async remember(): Promise<void> {
    await this.#ask(async () => {
      const look = await this.#door('report.look', {});
      this.#take(look);
      this.format = look.format;
      this.brandColour = look.brandColour ?? '';
    });
  }

  /** @param token of a picture that was chosen; null: no logo any more */
  async useLogo(token: string | null): Promise<void> {
    await this.#ask(async () => this.#take(await this.#door('report.useLogo', { token })));
  }

  /**
   * Asks where to, and writes.
   *
   * @param name of the result @param ids of it, and then of those that it is compared with
   * @returns null when nothing was written; why not stands in `failure`, unless nobody said where to
   */
  async write(
    { name, ids, language }: { name: string; ids: readonly number[]; language: Language },
    pickTarget: (suggestedName: string) => Promise<SaveTarget | null>,
  ): Promise<WrittenReport | null> {
    if (this.writing || this.colourWrong) return null;
    const { format, title, brandColour } = this;
    this.writing = true;
    try {
      return await this.#ask(async () => {
        const target = await pickTarget(`${fileNameOf(title.trim() === '' ? name : title)}.${format}`);
        if (target === null) return null;
        const written = await this.#door('report.write', {
          ...{ target: target.token, format, title, brandColour, language },
          ids: this.withVersions ? [...ids] : ids.slice(0, 1),
        });
        this.rememberedColour = readColour(brandColour.trim());
        return { name: written.name, token: target.token };
      });
    } finally {
      this.writing = false;
    }
  }

  #take({ logo, brandColour }: ReportLook): void {
    this.logo = logo;
    this.rememberedColour = brandColour;
  }

  async #ask<T>(what: () => Promise<T>): Promise<T | null> {
    this.failure = null;
    try {
      return await what();
    } catch (error) {
      this.failure = isCancelled(error) ? null : failureSentence(error);
      return null;
    }
  }
}
