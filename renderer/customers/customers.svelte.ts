import type { CustomerFileView, CustomerSource } from '../../shared/ipc/issuance-contract';
import type { PickedFile } from '../../shared/ipc/native';
import { locale } from '../lib/locale.svelte';
import { readNumberText } from '../lib/number-text';
import type { Door } from '../lib/backend';
import { say } from '../lib/say.svelte';
import type { TableChoices } from '../../shared/ipc/tables-contract';
import { TableLook } from './table-look.svelte';

export type CustomerSourceKind = 'file' | 'paste' | 'range';

/** More lines than this are refused by the file reader; a range is held to the same bound. */
const MOST_CUSTOMERS = 10_000_000;

/** What can be said of the customers before a run: how many there are, whether that is exact, or what is still missing. */
export type CustomersReading =
  | { ready: true; source: CustomerSource; count: number; exact: boolean }
  | { ready: false; reason: string };

export interface PastedCount {
  count: number;
  exact: boolean;
}

/**
 * How many customers a pasted text names. Ids may be parted by blanks, line ends, commas, semicolons or bars; a text
 * with tabs or words is a table with one customer a line, whose header only the backend can tell from a faulty id.
 */
export function countPasted(text: string): PastedCount {
  const table = /[\t\p{L}]/u.test(text);
  // A line of blanks and separators alone names nobody.
  const named = table
    ? text.split(/[\r\n]+/).filter((line) => /[^\s,;|"]/u.test(line))
    : text.split(/[\s,;|]+/u).filter((part) => part !== '');
  const count = named.length;
  return { count, exact: !table };
}

/** A customer id of a range, or what is wrong with it. */
function readId(text: string, which: 'first' | 'last'): number | string {
  const reading = readNumberText(text, { locale: locale.tag });
  if (!reading.ok) {
    const { reason, advice } = reading;
    return say(which === 'first' ? 'customers.firstIdUnread' : 'customers.lastIdUnread', { reason, advice });
  }
  if (reading.value !== null && reading.value > 0) return reading.value;
  return say(which === 'first' ? 'customers.firstIdWrong' : 'customers.lastIdWrong');
}

/** @returns the place of a column that was remembered by its name, or as `#3`; -1 */
function placeOf(view: CustomerFileView | null, name: string): number {
  const place = /^#(\d+)$/.exec(name);
  if (place === null) return view?.header?.indexOf(name) ?? -1;
  const column = Number(place[1]) - 1;
  return column < (view?.columns ?? 0) ? column : -1;
}

const choicesOf = (column: number | undefined, sheet: string | undefined): TableChoices => ({
  ...(column === undefined ? {} : { columns: { customer: `#${String(column + 1)}` } }),
  ...(sheet === undefined ? {} : { sheet }),
});

/** The customers of a request as a person gives them: a file, a pasted text, a range, or one id. */
export class CustomersForm {
  kind = $state<CustomerSourceKind>('file');
  pasted = $state.raw('');
  rangeFrom = $state('1');
  rangeTo = $state('1000');
  one = $state('');

  file = $state.raw<PickedFile | null>(null);
  /** What was found in the file; null until it was looked at. */
  view = $state.raw<CustomerFileView | null>(null);
  inspecting = $state(false);
  fileFailure = $state.raw<unknown>(null);

  readonly pastedCount = $derived(countPasted(this.pasted));
  /** All rows of the file, counted behind the screen. */
  readonly look: TableLook;
  readonly #door: Door;
  #inspection = 0;

  constructor(door: Door) {
    this.#door = door;
    this.look = new TableLook(door);
  }

  /** Takes a file from the dialog or a drop and looks at its first lines. */
  async take(file: PickedFile): Promise<void> {
    this.kind = 'file';
    this.file = file;
    this.view = null;
    this.look.startWaiting();
    await this.#inspect();
  }

  /** Takes a file that was taken before, as it was read then. */
  async takeAs(file: PickedFile, column: number | undefined, sheet: string | undefined): Promise<void> {
    this.kind = 'file';
    this.file = file;
    this.view = null;
    await this.#inspect(column, sheet);
  }

  /** Reads the customer id from another column of the same file. */
  async chooseColumn(column: number): Promise<void> {
    await this.#inspect(column, this.view?.sheet ?? undefined);
    await this.#remember({ columns: { customer: this.view?.roles.customer ?? `#${String(column + 1)}` } });
  }

  /** Reads another sheet of the same workbook. */
  async chooseSheet(sheet: string): Promise<void> {
    await this.#inspect(undefined, sheet);
    await this.#remember({});
  }

  async #remember(choices: TableChoices): Promise<void> {
    const { file, view } = this;
    if (file === null || view === null || this.fileFailure !== null) return;
    await this.look.remember(file.name, { ...choices, ...(view.sheets.length > 1 ? { sheet: view.sheet ?? '' } : {}) });
  }

  /** Forgets what was remembered of files of this shape, and reads this one as it is found. */
  async dropRemembered(): Promise<void> {
    await this.look.forget();
    await this.#inspect();
  }

  /** Reads a file as was said of the last one of its shape. */
  async #propose(inspection: number): Promise<void> {
    const { proposed } = this.look;
    if (proposed === null || inspection !== this.#inspection) return;
    const { sheet, columns } = proposed.choices;
    if (sheet !== undefined && sheet !== this.view?.sheet && this.view?.sheets.includes(sheet) === true)
      await this.#inspect(undefined, sheet);
    const name = columns?.customer;
    const column = name === undefined ? -1 : placeOf(this.view, name);
    if (column >= 0 && column !== this.view?.column) await this.#inspect(column, sheet);
  }

  dropFile(): void {
    this.#inspection += 1;
    this.look.clear();
    this.file = null;
    this.view = null;
    this.fileFailure = null;
    this.inspecting = false;
  }

  async #inspect(column?: number, sheet?: string): Promise<void> {
    const file = this.file;
    if (!file) return;
    const inspection = (this.#inspection += 1);
    this.inspecting = true;
    this.fileFailure = null;
    try {
      const view = await this.#door('customers.inspectFile', {
        token: file.token,
        ...(column === undefined ? {} : { column }),
        ...(sheet === undefined ? {} : { sheet }),
      });
      if (inspection !== this.#inspection) return;
      this.view = view;
      const isFirst = column === undefined && sheet === undefined;
      void this.look.inspect(file.token, 'customers', choicesOf(column, sheet)).then(async (found) => {
        if (found !== null && isFirst) await this.#propose(inspection);
      });
    } catch (error) {
      if (inspection !== this.#inspection) return;
      this.fileFailure = error;
      this.look.clear();
    } finally {
      if (inspection === this.#inspection) this.inspecting = false;
    }
  }

  /** The source to send for many customers, or for one. */
  read(single: boolean): CustomersReading {
    if (single) {
      const customerId = this.one.trim();
      if (customerId === '') return { ready: false, reason: say('customers.enterId') };
      return { ready: true, source: { kind: 'one', customerId }, count: 1, exact: true };
    }
    switch (this.kind) {
      case 'paste': {
        if (this.pastedCount.count === 0) return { ready: false, reason: say('customers.pasteOne') };
        return { ready: true, source: { kind: 'paste', text: this.pasted }, ...this.pastedCount };
      }
      case 'range':
        return this.#readRange();
      case 'file': {
        if (!this.file) return { ready: false, reason: say('customers.chooseFileFirst') };
        if (this.fileFailure) return { ready: false, reason: say('customers.fileUnreadable') };
        if (!this.view) return { ready: false, reason: say('customers.inspecting') };
        if (this.view.column === null && !this.view.isList)
          return { ready: false, reason: say('customers.whichColumn') };
        return {
          ready: true,
          source: {
            kind: 'file',
            token: this.file.token,
            ...(this.view.column === null ? {} : { column: this.view.column }),
            ...(this.view.sheet === null ? {} : { choices: { sheet: this.view.sheet } }),
          },
          count: this.view.estimatedLines,
          exact: false,
        };
      }
    }
  }

  #readRange(): CustomersReading {
    const from = readId(this.rangeFrom, 'first');
    if (typeof from === 'string') return { ready: false, reason: from };
    const to = readId(this.rangeTo, 'last');
    if (typeof to === 'string') return { ready: false, reason: to };
    if (to < from) return { ready: false, reason: say('customers.rangeBackwards') };
    if (to - from >= MOST_CUSTOMERS) return { ready: false, reason: say('customers.rangeTooLong') };
    return { ready: true, source: { kind: 'range', from, to }, count: to - from + 1, exact: true };
  }
}
