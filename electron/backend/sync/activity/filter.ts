import type { LedgerFilter, LedgerStore } from '../../../../db/workspace/ledger';
import { BASE_PATH } from '../../../../shared/gateway/base-path';
import { findRoute } from '../../../../shared/gateway/router';
import type { ParsedInput } from '../../../../shared/ipc/contract';

/** Which endpoint of the gateway a request is for, by its short name; null where it is for none. */
function endpointOf(method: string, url: string): string | null {
  return URL.canParse(url) ? (findRoute(method, pathBelowHost(url))?.endpoint.name ?? null) : null;
}

/** An org may lie below a path of its own; the gateway's begins where its base path does. */
function pathBelowHost(url: string): string {
  const { pathname } = new URL(url);
  const at = pathname.indexOf(BASE_PATH);
  return at < 0 ? pathname : pathname.slice(at);
}

/** What the window asks for. */
export type Asked = Omit<ParsedInput<'activity.list'>, 'offset' | 'limit'>;

/** A filter as the ledger takes it. */
export function filterOf(ledger: LedgerStore, asked: Asked): LedgerFilter {
  const { connectionId, search, outcome, purposes, kinds, badgeId, endpoint, from, until, taskId, reads, before } =
    asked;
  return {
    ...{ connectionKey: connectionId ?? null, search, outcomes: outcome },
    ...{ purposes, kinds, reads },
    ...{ from: from ?? null, until: until ?? null, taskKey: taskId ?? null, before: before ?? null },
    badgeIds: badgeId === undefined ? [] : ledger.search.idsOf(badgeId),
    endpoint: endpoint === undefined ? null : { name: endpoint, of: endpointOf },
  };
}
