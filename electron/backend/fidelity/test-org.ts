import type { StoredConnection } from '../../../db/workspace/connections';

type Place = Pick<StoredConnection, 'kind' | 'baseUrl'>;

/**
 * Whether an org is in production, by what its connection says or by what another connection to the same address says:
 * under a second name it is the same org.
 */
export function isProduction(org: Place, connections: readonly Place[]): boolean {
  return (
    org.kind === 'production' ||
    connections.some(({ kind, baseUrl }) => kind === 'production' && baseUrl === org.baseUrl)
  );
}
