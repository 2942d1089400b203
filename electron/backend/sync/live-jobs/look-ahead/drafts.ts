import { statSync } from 'node:fs';
import { z } from 'zod';
import { jobDraft, type JobDraft, type KeptJobDraft } from '../../../../../shared/ipc/look-ahead-contract';
import type { SyncContext } from '../../context';

/** The form that drafts are kept in; what another version wrote differently is no draft here, and stays in the file. */
const VERSION = 1;

/** A draft as the workspace holds it. */
export const storedJobDraft = z.object({
  version: z.literal(VERSION),
  draft: jobDraft,
  /** Absolute path of the file, which the page never names: it is given a token for it anew. */
  path: z.string().min(1).max(32_000).nullable(),
});

/** Jobs that were filled in and not started, one for each org, kept in the workspace as they were typed. */
export class JobDrafts {
  readonly #context: Pick<SyncContext, 'workspace' | 'files' | 'randomBytes'>;

  constructor(context: Pick<SyncContext, 'workspace' | 'files' | 'randomBytes'>) {
    this.#context = context;
  }

  of(connectionKey: number): KeptJobDraft | null {
    const parsed = storedJobDraft.safeParse(this.#context.workspace.settings.kept(nameOf(connectionKey)));
    if (!parsed.success) return null;
    const { draft, path } = parsed.data;
    const { file } = draft.customers;
    if (file === null) return { draft, file: null, goneFile: null };
    const granted = path === null ? null : this.#grant(path, file.name);
    if (granted === null) {
      return { draft: { ...draft, customers: { ...draft.customers, file: null } }, file: null, goneFile: file.name };
    }
    const { token } = granted;
    return {
      draft: { ...draft, customers: { ...draft.customers, file: { ...file, token } } },
      file: granted,
      goneFile: null,
    };
  }

  /** @param draft null: there is none any more */
  keep(connectionKey: number, draft: JobDraft | null): void {
    const { settings } = this.#context.workspace;
    if (draft === null) settings.forget(nameOf(connectionKey));
    else settings.keep(nameOf(connectionKey), { version: VERSION, draft, path: this.#pathOf(draft) });
  }

  /** Keeps how a job that waits was filled in. @param form null: it is not kept any more */
  keepForm(jobKey: number, form: JobDraft | null): void {
    const { settings } = this.#context.workspace;
    if (form === null) settings.forget(formOf(jobKey));
    else settings.keep(formOf(jobKey), { version: VERSION, draft: form, path: this.#pathOf(form) });
  }

  hasForm(jobKey: number): boolean {
    return storedJobDraft.safeParse(this.#context.workspace.settings.kept(formOf(jobKey))).success;
  }

  /** Makes the form of a job the draft of its org, shown open. */
  takeForm(jobKey: number, connectionKey: number): void {
    const { settings } = this.#context.workspace;
    const { draft, ...stored } = storedJobDraft.parse(settings.kept(formOf(jobKey)));
    settings.keep(nameOf(connectionKey), { ...stored, draft: { ...draft, isOpen: true } });
    settings.forget(formOf(jobKey));
  }

  #pathOf({ customers: { file } }: JobDraft): string | null {
    if (file === null) return null;
    try {
      return this.#context.files.find(file.token, 'read').path;
    } catch {
      // Of very many files that were chosen the oldest are forgotten; then the name alone is kept.
      return null;
    }
  }

  /** A person chose this file before, so that the page may have it again. */
  #grant(path: string, name: string): KeptJobDraft['file'] {
    const { files, randomBytes } = this.#context;
    try {
      const found = statSync(path);
      const token = `draft-${Buffer.from(randomBytes(16)).toString('hex')}`;
      files.grant(token, { path, name, bytes: found.size, mode: 'read' });
      return { token, name, bytes: found.size };
    } catch {
      return null;
    }
  }
}

const formOf = (jobKey: number): `liveJobForm:${number}` => `liveJobForm:${jobKey}`;
const nameOf = (connectionKey: number): `liveJobDraft:${number}` => `liveJobDraft:${connectionKey}`;
