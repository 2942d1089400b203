import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { contract, type Input, type Output } from '../../../shared/ipc/contract';
import type { TransferFormat } from '../../../shared/ipc/transfer-contract';
import type { TestBackend } from '../open-backend';

type Job = 'transfer.export' | 'transfer.look' | 'transfer.import';

/** Runs a job as the page does: its input is parsed by the contract first. */
export async function runJob<N extends Job>(
  backend: TestBackend,
  name: N,
  input: Input<N>,
  signal: AbortSignal = new AbortController().signal,
  progress: (report: { done: number; total: number | null }) => void = () => undefined,
): Promise<Output<N>> {
  const parsed: unknown = contract[name].input.parse(input);
  const handler = backend.backend.handlers[name] as unknown as (
    given: unknown,
    work: { signal: AbortSignal; progress: typeof progress },
  ) => Promise<Output<N>>;
  return handler(parsed, { signal, progress });
}

export const FILE_NAMES: Readonly<Record<TransferFormat, string>> = {
  files: 'badges',
  list: 'badges.json',
  workbook: 'badges.xlsx',
  template: 'badges.csv',
};

/** Lets a backend use a place, and says by which token. */
export function grant(backend: TestBackend, place: string, mode: 'read' | 'write' | 'folder'): string {
  const token = `${mode}:${place}`;
  backend.backend.grantFile(token, { path: place, name: path.basename(place), bytes: 0, mode });
  return token;
}

/** A file with a content, and the token by which a backend reads it. */
export function readable(backend: TestBackend, folder: string, name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return grant(backend, file, 'read');
}

/** Looks, and imports what was seen. */
export async function lookAndImport(
  backend: TestBackend,
  sources: Input<'transfer.look'>['sources'],
  differing: 'leave' | 'change' = 'leave',
): Promise<{ look: Output<'transfer.look'>; outcome: Output<'transfer.import'> }> {
  const look = await runJob(backend, 'transfer.look', { sources });
  const outcome = await runJob(backend, 'transfer.import', { sources, differing, seen: look.seen });
  return { look, outcome };
}

const ALL = { search: '', status: [], earnType: [], owner: [], tag: [], withProblems: false };

/** Ids of all badges by name. */
export async function allIds(backend: TestBackend): Promise<readonly string[]> {
  return (await backend.call('badges.ids', { filter: ALL, sort: { by: 'name', descending: false } })).ids;
}

/** Texts of all badges. */
export async function allBodies(backend: TestBackend): Promise<string[]> {
  const bodies: string[] = [];
  for (const id of await allIds(backend)) bodies.push((await backend.call('badges.get', { id })).body);
  return bodies;
}
