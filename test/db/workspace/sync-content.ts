import type { Workspace } from '../../../db/workspace/workspace';
import { fromMeaningText } from '../../../shared/gateway/meaning-text';

const meaningOf = (text: string | null): unknown => text && fromMeaningText(text);
const short = (text: string | null): string | null =>
  text && (text.length < 200 ? text : `${text.slice(0, 50)}… ${String(text.length)}`);

/** Everything a workspace holds of live orgs: what every later version must find again in a fixture. */
export function syncContent(workspace: Workspace): unknown {
  const { connections, snapshots, counts, sync, ledger, liveJobs, liveRows } = workspace;
  const all = connections.list();
  const counted = all.map(({ key }) =>
    ['remote-0', 'remote-1'].map((remoteId) => counts.before(key, remoteId, Number.MAX_SAFE_INTEGER)),
  );
  while (sync.refresh(100) > 0);
  return {
    connections: all,
    snapshots: all.map(({ key }) =>
      [...snapshots.marks(key).values()].map((mark) => {
        const found = snapshots.find(key, mark.remoteId);
        return { ...mark, ...found, meaning: meaningOf(found?.meaning ?? null), body: short(found?.body ?? null) };
      }),
    ),
    // Earlier versions kept none.
    ...(counted.flat(2).length === 0 ? {} : { counts: counted }),
    links: all.map(({ key }) =>
      [...snapshots.marks(key).keys()].map((remoteId) => {
        const link = sync.ofRemote(key, remoteId);
        return link ? { ...link, baseMeaning: meaningOf(link.baseMeaning) } : null;
      }),
    ),
    compared: all.map(({ key }) =>
      sync.lines(key, 'problems').map(({ draftMeaning, liveMeaning, baseMeaning, ...line }) => ({
        ...line,
        problems: undefined,
        draft: meaningOf(draftMeaning),
        live: meaningOf(liveMeaning),
        base: meaningOf(baseMeaning),
      })),
    ),
    ledger: ledger.list({ connectionKey: null, search: '', outcomes: [] }, 0, 1_000).lines.map((line) => {
      const contents = ledger.contents(line.key);
      return {
        ...line,
        ...contents,
        requestBody: short(contents.requestBody),
        responseBody: short(contents.responseBody),
      };
    }),
    jobs: liveJobs.list().map((job) => ({
      ...job,
      counts: liveJobs.counts(job.key),
      refusals: liveJobs.refusals(job.key),
      chunks: [0, 1, 2].map((number) => liveJobs.chunk(job.key, number) ?? null),
      rows: liveRows.page(job.key, { states: [], customer: '' }, 0, 1_000),
    })),
  };
}
