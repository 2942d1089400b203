import { statSync } from 'node:fs';
import { z } from 'zod';
import type { LiveJob } from '../../../../../db/workspace/live-jobs';
import type { KeptDraft } from '../../../../../shared/ipc/form-draft';
import { importDraft, type ImportDraft } from '../../../../../shared/ipc/import-contract';
import { jobDraft, type JobDraft } from '../../../../../shared/ipc/look-ahead-contract';
import { takeBackDraft, takesBack, type TakeBackDraft } from '../../../../../shared/ipc/take-back-contract';
import type { SyncContext } from '../../context';

/** The form that drafts are kept in; what another version wrote differently is no draft here, and stays in the file. */
const VERSION = 1;

/** A draft as the workspace holds it. */
const stored = <Draft extends z.ZodType>(draft: Draft) =>
  z.object({
    version: z.literal(VERSION),
    draft,
    /** Absolute path of the file, which the page never names: it is given a token for it anew. */
    path: z.string().min(1).max(32_000).nullable(),
  });

/** How a live job, an import, and a take-back are kept that are filled in and not started. */
export const storedJobDraft = stored(jobDraft);
export const storedImportDraft = stored(importDraft);
export const storedTakeBackDraft = stored(takeBackDraft);

/** What any live job can be filled in as. */
export type LiveForm = JobDraft | ImportDraft | TakeBackDraft;

type Context = Pick<SyncContext, 'workspace' | 'files' | 'randomBytes'>;
type File = { token: string; name: string } | null;

/** One kind of form. */
interface FormKind<Draft> {
  nameOf(connectionKey: number): Parameters<Context['workspace']['settings']['kept']>[0];
  /** @returns null for what this version does not know */
  read(kept: unknown): { draft: Draft; path: string | null } | null;
  fileOf(draft: Draft): File;
  /** The draft with its file by another token, or without. */
  withFile(draft: Draft, token: string | null): Draft;
}

const JOB: FormKind<JobDraft> = {
  nameOf: (key) => `liveJobDraft:${key}`,
  read: (kept) => storedJobDraft.safeParse(kept).data ?? null,
  fileOf: ({ customers }) => customers.file,
  withFile: ({ customers, ...draft }, token) => ({
    ...draft,
    customers: { ...customers, file: customers.file && token !== null ? { ...customers.file, token } : null },
  }),
};

const withFile = <Draft extends { file: File }>(draft: Draft, token: string | null): Draft => ({
  ...draft,
  file: draft.file && token !== null ? { ...draft.file, token } : null,
});

const IMPORT: FormKind<ImportDraft> = {
  ...{ nameOf: (key) => `liveImportDraft:${key}`, fileOf: ({ file }) => file, withFile },
  read: (kept) => storedImportDraft.safeParse(kept).data ?? null,
};

const TAKE_BACK: FormKind<TakeBackDraft> = {
  ...{ nameOf: (key) => `liveTakeBackDraft:${key}`, fileOf: ({ file }) => file, withFile },
  read: (kept) => storedTakeBackDraft.safeParse(kept).data ?? null,
};

/** Forms of one kind that were filled in and not started, one for each org, kept in the workspace as they were typed. */
class FormDrafts<Draft extends LiveForm> {
  readonly #context: Context;
  readonly #kind: FormKind<Draft>;

  constructor(context: Context, kind: FormKind<Draft>) {
    this.#context = context;
    this.#kind = kind;
  }

  of(connectionKey: number): KeptDraft<Draft> | null {
    const found = this.#kind.read(this.#context.workspace.settings.kept(this.#kind.nameOf(connectionKey)));
    if (found === null) return null;
    const { draft, path } = found;
    const file = this.#kind.fileOf(draft);
    if (file === null) return { draft, file: null, goneFile: null };
    const granted = path === null ? null : this.#grant(path, file.name);
    return {
      draft: this.#kind.withFile(draft, granted?.token ?? null),
      ...{ file: granted, goneFile: granted === null ? file.name : null },
    };
  }

  /** @param draft null: there is none any more */
  keep(connectionKey: number, draft: Draft | null): void {
    const { settings } = this.#context.workspace;
    const name = this.#kind.nameOf(connectionKey);
    if (draft === null) settings.forget(name);
    else settings.keep(name, { version: VERSION, draft, path: this.#pathOf(draft) });
  }

  /** Keeps how a job that waits was filled in. */
  keepForm(jobKey: number, form: Draft): void {
    const path = this.#pathOf(form);
    this.#context.workspace.settings.keep(formOf(jobKey), { version: VERSION, draft: form, path });
  }

  hasForm(jobKey: number): boolean {
    return this.#kind.read(this.#context.workspace.settings.kept(formOf(jobKey))) !== null;
  }

  /** Makes the form of a job the draft of its org, shown open. */
  takeForm(jobKey: number, connectionKey: number): void {
    const { settings } = this.#context.workspace;
    const form = this.#kind.read(settings.kept(formOf(jobKey)));
    if (form === null) throw new Error(`No form is kept of job ${String(jobKey)}.`);
    const { draft, path } = form;
    settings.keep(this.#kind.nameOf(connectionKey), { version: VERSION, draft: { ...draft, isOpen: true }, path });
    settings.forget(formOf(jobKey));
  }

  #pathOf(draft: Draft): string | null {
    const file = this.#kind.fileOf(draft);
    if (file === null) return null;
    try {
      return this.#context.files.find(file.token, 'read').path;
    } catch {
      // Of very many files that were chosen the oldest are forgotten; then the name alone is kept.
      return null;
    }
  }

  /** A person chose this file before, so that the page may have it again. */
  #grant(path: string, name: string): KeptDraft<Draft>['file'] {
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

/** The forms of live jobs of every kind: of each org what is not started yet, and of each job that waits how it was filled in. */
export class LiveForms {
  readonly giving: FormDrafts<JobDraft>;
  readonly import: FormDrafts<ImportDraft>;
  readonly takeBack: FormDrafts<TakeBackDraft>;
  readonly #settings: Context['workspace']['settings'];

  constructor(context: Context) {
    this.giving = new FormDrafts(context, JOB);
    this.import = new FormDrafts(context, IMPORT);
    this.takeBack = new FormDrafts(context, TAKE_BACK);
    this.#settings = context.workspace.settings;
  }

  /** Those of the kind that a job is of. */
  of(action: LiveJob['action']): FormDrafts<LiveForm> {
    if (action === 'import') return this.import as FormDrafts<LiveForm>;
    return (takesBack(action) ? this.takeBack : this.giving) as FormDrafts<LiveForm>;
  }

  /** How a job was filled in is not kept any more. */
  dropForm(jobKey: number): void {
    this.#settings.forget(formOf(jobKey));
  }

  /** Nothing is filled in for an org any more. */
  forget(connectionKey: number): void {
    for (const drafts of [this.giving, this.import, this.takeBack]) drafts.keep(connectionKey, null);
  }
}

const formOf = (jobKey: number): `liveJobForm:${number}` => `liveJobForm:${jobKey}`;
