import type { Input } from '../../../shared/ipc/contract';
import type { KeptDraft } from '../../../shared/ipc/form-draft';
import type { ImportDraft, ImportLook } from '../../../shared/ipc/import-contract';
import type { LiveJobView } from '../../../shared/ipc/sync-contract';
import type { TableChoices } from '../../../shared/ipc/tables-contract';
import { TableLook } from '../../customers/table-look.svelte';
import type { Door } from '../../lib/backend';
import { say } from '../../lib/say.svelte';
import { LookedForm, type ChosenFile, type LookOptions, type StartWith } from './looked-form.svelte';

type Source = Input<'liveJobs.lookImport'>;

/** An import of past awards as a person sets it up: what is written is shown before anything is sent. */
export class ImportForm extends LookedForm<ImportLook, ImportDraft> {
  /** Whether awards are written that a customer has already. */
  again = $state(false);
  /** What was said of how the table is read. */
  choices = $state.raw<TableChoices>({});
  /** How the table is read. */
  readonly table: TableLook;
  readonly #door: Door;

  /** Whether a person has to say something of the table first. */
  readonly asks = $derived.by(() => (this.table.inspection?.questions.length ?? 0) > 0);

  /** What is asked for; null: not said whole yet. */
  readonly source = $derived.by<Source | null>(() => {
    const { badge, file, table, again, connectionId, asks } = this;
    if (badge === null || file === null || table.inspection === null || table.running || asks) return null;
    return { connectionId, remoteBadgeId: badge.remoteId, token: file.token, choices: table.choices, again };
  });

  constructor(door: Door, connectionId: number) {
    super(door, connectionId, true);
    this.#door = door;
    this.table = new TableLook(door);
  }

  get draft(): ImportDraft {
    const { isOpen, badge, file, choices, again, begin } = this;
    return { isOpen, badge, file, choices, again, ...(begin.kept === undefined ? {} : { begin: begin.kept }) };
  }

  get isBegun(): boolean {
    return this.badge !== null || this.file !== null || this.begin.kept !== undefined;
  }

  override async shown(): Promise<void> {
    void this.searchBadges('');
    await this.restore();
    if (this.file !== null && this.table.inspection === null && !this.table.running) await this.#read(this.choices);
    else if (this.look === null && this.looking === null) await this.ask();
  }

  writeAgain(again: boolean): Promise<void> {
    this.again = again;
    return this.ask();
  }

  /** Takes a table, and reads it as was said of the last one with these headings. */
  override async take({ token, name }: ChosenFile): Promise<void> {
    const file = { token, name };
    this.file = file;
    this.goneFile = null;
    await this.#read({});
    const proposed = this.table.proposed?.choices;
    if (this.file === file && proposed !== undefined) await this.#read(proposed);
  }

  /** A person said more of how the table is read. */
  choose(choice: TableChoices): Promise<void> {
    const before = this.choices;
    return this.#read({ ...before, ...choice, columns: { ...before.columns, ...choice.columns } });
  }

  /** Reads the table as it is found, without what was remembered. */
  async drop(): Promise<void> {
    await this.table.forget();
    await this.#read({});
  }

  async #read(choices: TableChoices): Promise<void> {
    const { file } = this;
    this.choices = choices;
    if (file === null) return;
    void this.ask();
    if ((await this.table.inspect(file.token, 'awards', choices)) !== null) await this.ask();
  }

  protected readDraft(): Promise<KeptDraft<ImportDraft> | null> {
    return this.#door('liveJobs.importDraft', { connectionId: this.connectionId });
  }

  protected writeDraft(draft: ImportDraft | null): Promise<null> {
    return this.#door('liveJobs.keepImportDraft', { connectionId: this.connectionId, draft });
  }

  protected fill(draft: ImportDraft | null): void {
    this.table.clear();
    this.choices = draft?.choices ?? {};
    this.again = draft?.again ?? false;
  }

  protected lookAt(options: LookOptions): Promise<ImportLook> | null {
    return this.source && this.#door('liveJobs.lookImport', this.source, options);
  }

  protected missing(): string | null {
    if (this.badge === null) return say('takeBack.chooseBadge');
    if (this.file === null) return say('imports.chooseFile');
    if (this.table.running) return say('imports.lookingAtTable');
    if (this.asks) return say('imports.answerFirst');
    if (this.look === null) return say('lookAhead.notLookedYet');
    return this.look.awards === 0 ? say('imports.nothing') : null;
  }

  protected send(look: ImportLook, given: StartWith<ImportDraft>): Promise<LiveJobView> | null {
    const { source, file, table, choices } = this;
    if (source === null || file === null) return null;
    const remember = async (): Promise<LiveJobView> => {
      const job = await this.#door('liveJobs.import', { ...source, seen: look.seen, ...given });
      if (Object.keys(choices).length > 0) await table.remember(file.name, choices);
      return job;
    };
    return remember();
  }
}
