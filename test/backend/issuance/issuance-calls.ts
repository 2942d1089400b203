import { contract, type Input, type Output, type Progress } from '../../../shared/ipc/contract';
import type { IssueInput, RequestSummary } from '../../../shared/ipc/issuance-contract';
import { badgeText, OWNER } from '../../domain/badge-bodies';
import type { TestBackend } from '../open-backend';

/** Saves a badge and claims it. */
export async function claimedBadge(
  backend: TestBackend,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const { id } = await backend.call('badges.create', { body: badgeText(changes), migration: true });
  await backend.call('badges.claim', { id, ...OWNER });
  return id;
}

export interface IssueHost {
  signal?: AbortSignal;
  onProgress?: (report: Progress<'issuance.run'>) => void;
}

/** Runs an issuance request as the page does. */
export function issue(
  backend: TestBackend,
  input: Pick<IssueInput, 'badgeId' | 'action'> & Partial<IssueInput> & { to: string },
  host: IssueHost = {},
): Promise<RequestSummary> {
  const { to, ...rest } = input;
  const parsed = contract['issuance.run'].input.parse({
    owner: OWNER,
    customers: { kind: 'paste', text: to },
    ...rest,
  });
  return Promise.resolve(
    backend.backend.handlers['issuance.run'](parsed, {
      signal: host.signal ?? new AbortController().signal,
      progress: (report) => host.onProgress?.(report),
    }),
  );
}

/** Exports rows as the page does. */
export function exportRows(
  backend: TestBackend,
  input: Input<'requests.export'>,
  signal = new AbortController().signal,
): Promise<Output<'requests.export'>> {
  const parsed = contract['requests.export'].input.parse(input);
  return Promise.resolve(backend.backend.handlers['requests.export'](parsed, { signal, progress: () => undefined }));
}
