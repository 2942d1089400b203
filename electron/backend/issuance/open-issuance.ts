import type { Opening } from '../../../db/open';
import { oddInOrg } from '../../../db/odd-json';
import type { LockRole } from '../../disk/lock-holder';
import type { BackendContext, IssuanceSide } from '../context';
import { customersHandlers } from '../customers/handlers';
import { issuanceHandlers } from './handlers';
import { IssuanceJobs } from './jobs';
import { openOrgFile, type OrgFile } from '../store/org-file';
import { pairWith, requireOrgFile } from '../store/org-pair';
import { RunningWork } from '../process/running-work';
import { requestsHandlers } from '../requests/handlers';
import { message } from '../../../shared/words/message';

/**
 * Opens the issuing side of the backend: the org file beside the workspace, and the handlers of issuance, customers and
 * requests. The workspace's lock must be held.
 *
 * @param how the org file is opened
 * @throws Failure `database` or `database-newer` when the org file cannot be opened, or the one of this workspace is missing
 */
export async function openIssuance(context: BackendContext, role: LockRole, how: Opening): Promise<IssuanceSide> {
  const { beginsAnew } = requireOrgFile(context.workspace, context.orgFile);
  const randomBytes = (length: number): Uint8Array => context.randomBytes(length);
  const orgFile = await openOrgFile(context.orgFile, context.now(), randomBytes, role, how);
  try {
    return assemble(context, orgFile, beginsAnew);
  } catch (error) {
    orgFile.close();
    throw error;
  }
}

function assemble(context: BackendContext, orgFile: OrgFile, beginsAnew: boolean): IssuanceSide {
  const otherHistory = pairWith(context.workspace, context.orgFile, orgFile.mark);
  const jobs = new IssuanceJobs(context);
  const exports = new RunningWork();
  return {
    handlers: {
      ...customersHandlers(context),
      ...issuanceHandlers(context, orgFile, jobs),
      ...requestsHandlers(context, orgFile, exports),
    },
    countsByBadge: (ids) => orgFile.countsByBadge(ids),
    enrolledUntil: (id) => orgFile.enrolledUntil(id),
    findRequest: (key) => orgFile.history.get(key),
    requestCount: () => orgFile.history.count(),
    hasRequest: (requestId) => orgFile.history.hasAnswered(requestId),
    wasUpdated: orgFile.wasUpdated,
    odd: oddInOrg(orgFile.connection),
    otherHistory: beginsAnew ? message('store.newHistory') : otherHistory,
    requireThere: () => orgFile.requireThere(),
    readThrough: () => orgFile.readThrough(),
    close: async () => {
      await jobs.close();
      await exports.close();
      orgFile.close();
    },
  };
}
