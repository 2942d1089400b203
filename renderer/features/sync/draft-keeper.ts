import type { KeptDraft } from '../../../shared/ipc/form-draft';

/** After the last change of a form, before it is kept. */
const KEEP_MILLISECONDS = 400;

/** A form whose draft is kept. */
export interface DraftedForm<Draft> {
  current(): Draft;
  read(): Promise<KeptDraft<Draft> | null>;
  /** @param draft null: there is none any more */
  write(draft: Draft | null): Promise<unknown>;
  /** Fills the form in. */
  take(draft: Draft, goneFile: string | null): void;
  /** Looks at the file of a draft that was taken. */
  takeFile?(kept: KeptDraft<Draft>): Promise<void>;
  failed(error: unknown): void;
}

/** Keeps a form that is filled in over clicks, restarts and other orgs, until it is started or emptied (docs/decisions/0116). */
export class DraftKeeper<Draft extends { isOpen: boolean }> {
  readonly #form: DraftedForm<Draft>;
  /** Of the draft as it is kept; null until it was read. */
  #kept: string | null = null;
  /** What is kept is being read: nothing is written over it. */
  #isReading = false;
  /** A person has opened or closed it. */
  #isSaid = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(form: DraftedForm<Draft>) {
    this.#form = form;
  }

  /** A person opened or closed the form. */
  said(): void {
    this.#isSaid = true;
    void this.keep();
  }

  /** Takes the draft that was kept, unless the form is in use already; whoever opened or closed it meanwhile is not overruled. */
  async restore(): Promise<void> {
    if (this.#kept !== null) return;
    const before = this.#closed();
    this.#kept = before;
    this.#isReading = true;
    try {
      const kept = await this.#form.read();
      this.#isReading = false;
      // Who was quicker than the reading has begun something else.
      if (kept === null || this.#kept !== before || before !== this.#closed()) return;
      const isOpen = this.#isSaid ? this.#form.current().isOpen : kept.draft.isOpen;
      this.#form.take({ ...kept.draft, isOpen }, kept.goneFile);
      if (isOpen === kept.draft.isOpen) this.#kept = JSON.stringify(this.#form.current());
      await this.#form.takeFile?.(kept);
    } catch (error) {
      this.#form.failed(error);
    } finally {
      this.#isReading = false;
    }
    if (this.#isSaid) await this.keep();
  }

  /** Keeps the form as it stands, once it has come to rest. */
  soon(): void {
    this.#rest();
    this.#timer = setTimeout(() => void this.keep(), KEEP_MILLISECONDS);
  }

  async keep(): Promise<void> {
    this.#rest();
    const draft = this.#form.current();
    const now = JSON.stringify(draft);
    if (this.#kept === null || this.#isReading || this.#kept === now) return;
    this.#kept = now;
    try {
      await this.#form.write(draft);
    } catch (error) {
      this.#form.failed(error);
    }
  }

  /** The form was emptied, and its draft goes. */
  async forget(): Promise<void> {
    this.#kept = JSON.stringify(this.#form.current());
    this.#rest();
    try {
      await this.#form.write(null);
    } catch (error) {
      this.#form.failed(error);
    }
  }

  /** Forgets what is shown: what is kept meanwhile is another form, which the next {@link restore} takes. */
  leave(): void {
    this.#rest();
    this.#kept = null;
    this.#isSaid = false;
  }

  #rest(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #closed(): string {
    return JSON.stringify({ ...this.#form.current(), isOpen: false });
  }
}
