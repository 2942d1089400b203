import type { StoredConnection } from '../../../../../db/workspace/connections';
import { Failure } from '../../../../../shared/ipc/errors';
import type { CancelSignal } from '../../../../../shared/ipc/method';
import type { ImportLook, importMethods } from '../../../../../shared/ipc/import-contract';
import { message } from '../../../../../shared/words/message';
import { releaseSource } from '../../../customers/resolve-source';
import { readingChoices } from '../../../tables/handlers';
import { inspectTable } from '../../../tables/inspect-table';
import { LiveReads } from '../../badges/live-reads';
import { onErrand } from '../../client/errand';
import { linked } from '../../client/linked-signal';
import type { OrgSessions } from '../../client/org-sessions';
import { requireWritable } from '../../connections/write-permission';
import type { SyncContext, SyncHandlers } from '../../context';
import { keepOrigin, originOf } from '../../origin/origin';
import type { LiveJobs } from '../jobs';
import { countImport, LEFT_OUT, openImport, type ImportRows } from './rows';

type Source = Pick<Parameters<SyncHandlers['liveJobs.import']>[0], 'token' | 'choices'>;

const NOTES = [
  message('imports.unchecked'),
  message('imports.nothingElse'),
  message('imports.counts'),
  message('imports.undone'),
];

/** Handlers of importing awards of the past (semantics M1, docs/decisions/0198). */
export function importHandlers(
  context: SyncContext,
  sessions: OrgSessions,
  jobs: LiveJobs,
  closing: AbortSignal,
): Pick<SyncHandlers, keyof typeof importMethods> {
  const { connections } = context.workspace;

  /** As the org calls it now. Of a badge that it does not know it would refuse every row with 1054. */
  const badgeNameOf = async (connection: StoredConnection, remoteBadgeId: string): Promise<string> => {
    const patience = { dice: context.dice, times: context.times.backoff };
    const reads = new LiveReads(sessions.of(connection).client, patience, message('jobs.nothingSent'));
    const badge = await onErrand('look', [], () => reads.badge(remoteBadgeId));
    if (badge) return badge.name;
    throw new Failure('not-found', message('imports.noSuchBadge', { org: connection.name }));
  };

  return {
    'liveJobs.lookImport': async (
      { connectionId, remoteBadgeId, again, ...source },
      { signal, progress },
    ): Promise<ImportLook> => {
      const connection = connections.get(connectionId);
      const stop = linked(signal, closing);
      const rows = await awardsOf(context, source, stop);
      try {
        const { chunkSize, perSecond } = connection;
        const order = { remoteBadgeId, again };
        const opened = openImport(rows, order, context.now());
        const tell = (done: number): void => progress({ done, total: null });
        const found = await countImport(opened, order, chunkSize, () => stop.aborted, tell);
        if (found === null) throw new Failure('cancelled', message('jobs.nothingSent'));
        const badgeName = await badgeNameOf(connection, remoteBadgeId);
        const { seal, leftOut, ...counted } = found;
        return {
          ...{ ...counted, badgeName, remoteBadgeId, seen: seal, notes: NOTES },
          leftOut: [...leftOut]
            .sort((one, other) => other[1] - one[1])
            .map(([why, count]) => ({ count, words: message(LEFT_OUT[why]) })),
          secondsAtLeast: Math.ceil((found.requests + found.reads) / perSecond),
        };
      } finally {
        release(rows);
      }
    },
    'liveJobs.import': async ({ connectionId, remoteBadgeId, again, seen, begin, form, typedName, ...source }) => {
      const connection = connections.get(connectionId);
      requireWritable(connection, sessions, typedName);
      const rows = await awardsOf(context, source);
      try {
        const badgeName = await badgeNameOf(connection, remoteBadgeId);
        const origin = await originOf(context, connection, remoteBadgeId, source.token);
        // The org may have been locked while it was asked.
        requireWritable(connections.get(connectionId), sessions, typedName);
        const view = jobs.start(
          connection,
          { badgeName, remoteBadgeId, action: 'import', ownerType: '', referenceId: '', eventDate: null, source: '' },
          { kind: 'import', rows, again, seal: seen },
          begin,
          form,
        );
        keepOrigin(context, view.id, origin);
        return view;
      } catch (error) {
        release(rows);
        throw error;
      }
    },
    'liveJobs.importDraft': ({ connectionId }) => jobs.forms.import.of(connections.get(connectionId).key),
    'liveJobs.keepImportDraft': ({ connectionId, draft }) => {
      jobs.forms.import.keep(connections.get(connectionId).key, draft);
      return null;
    },
  };
}

/**
 * Looks at the whole table: how its dates are read is decided by all of them.
 *
 * @throws Failure `invalid-input` where only a person can say which column, order of day and month, or zone it is
 */
async function awardsOf(
  { files }: SyncContext,
  { token, choices }: Source,
  signal?: CancelSignal,
): Promise<ImportRows> {
  const { path, name } = files.find(token, 'read');
  const { inspection, reading, header, dispose } = await inspectTable(
    path,
    name,
    readingChoices(choices),
    'awards',
    signal,
  );
  try {
    const [question] = inspection.questions;
    if (question !== undefined)
      throw new Failure('invalid-input', message('imports.sayWhich', { name, question: question.words }));
    const { customer, at, expiry } = reading.places;
    if (reading.isList || customer === undefined || at === undefined || expiry === undefined)
      throw new Failure('invalid-input', message('imports.noColumns', { name }));
    return { name, reading, badgeColumn: badgeColumnOf(header) };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Headings of ids of badges: the vendor's template of awards to import, and what others call the same. */
const BADGE_HEADINGS = new Set(['badgemetaid', 'badgeid', 'metaid', 'badgeidmeta']);

function badgeColumnOf(header: readonly string[] | null): number | null {
  const column = header?.findIndex((heading) => BADGE_HEADINGS.has(heading.toLowerCase().replaceAll(/[^a-z]/g, '')));
  return column === undefined || column < 0 ? null : column;
}

/** Removes what was made to read the table. */
function release(rows: ImportRows): void {
  releaseSource({ kind: 'file', ...rows });
}
