import type { OrgStore } from '../../../db/org/org-store';
import type { RequestFacts } from '../../../db/org/request-history';
import { RequestRows } from '../../../db/org/request-rows';
import type { Handlers } from '../../../shared/ipc/contract';
import { Failure } from '../../../shared/ipc/errors';
import type { BackendContext } from '../context';
import type { RunningWork } from '../process/running-work';
import type { OrgFile } from '../store/org-file';
import { explainRow } from './explanation';
import { exportRows } from './export';
import { rowFilterOf, rowView } from './rows';
import { summaryOf } from './summary';
import { message } from '../../../shared/words/message';

type RequestMethod = Extract<keyof Handlers, `requests.${string}`>;

/** Handlers of `requests.*`: history, rows, explanations and export. */
export function requestsHandlers(
  context: BackendContext,
  orgFile: OrgFile,
  exports: RunningWork,
): Pick<Handlers, RequestMethod> {
  const { history } = orgFile;
  const rows = new RequestRows(orgFile.connection);

  const find = (id: number): RequestFacts => {
    const facts = history.get(id);
    if (facts) return facts;
    throw new Failure('not-found', message('issue.noSuchRequest'));
  };
  const org = (): OrgStore => orgFile.org(context.workspace.settings.current);

  return {
    'requests.list': ({ badgeId, offset, limit }) => {
      const { total, requests } = history.list(badgeId ?? null, offset, limit);
      return { total, rows: requests.map(summaryOf) };
    },
    'requests.get': ({ id }) => summaryOf(find(id)),
    'requests.rows': ({ id, filter, offset, limit }) => {
      const facts = find(id);
      const page = rows.page(facts, rowFilterOf(filter), offset, limit);
      const store = org();
      return { total: page.total, offset, rows: page.rows.map((row) => rowView(store, facts, row)) };
    },
    'requests.explain': ({ id, ordinal }) => {
      const facts = find(id);
      const row = rows.row(facts, ordinal);
      if (!row) throw new Failure('not-found', message('issue.noSuchRow'));
      return explainRow({ org: org(), rows, facts, row });
    },
    'requests.export': async ({ id, filter, target }, { signal, progress }) => {
      const file = context.files.output(target);
      const work = exportRows(
        {
          org: org(),
          rows,
          facts: find(id),
          filter: rowFilterOf(filter),
          target: file.path,
          name: file.name,
          zone: context.workspace.settings.current.zone,
        },
        {
          get aborted() {
            return signal.aborted || exports.isClosing;
          },
          addEventListener: signal.addEventListener.bind(signal),
          removeEventListener: signal.removeEventListener.bind(signal),
        },
        progress,
      );
      return { rows: await exports.track(work), name: file.name };
    },
  };
}
