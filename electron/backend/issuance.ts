import type { BackendContext, IssuanceSide } from './context';
import { customersHandlers } from './customers';
import { issuanceHandlers } from './issuance-handlers';
import { IssuanceJobs } from './issuance-jobs';
import { openOrgFile } from './org-file';
import { requestsHandlers } from './requests';

/**
 * Opens the issuing side of the backend: the org file beside the workspace, and the handlers of issuance, customers and
 * requests. The workspace's lock must be held.
 *
 * @throws Failure `database` or `database-newer` when the org file cannot be opened
 */
export async function openIssuance(context: BackendContext): Promise<IssuanceSide> {
  const orgFile = await openOrgFile(context.orgFile, context.now(), (length) => context.randomBytes(length));
  const jobs = new IssuanceJobs(context);
  const requests = requestsHandlers(context, orgFile);
  return {
    handlers: {
      ...customersHandlers(context),
      ...issuanceHandlers(context, orgFile, jobs),
      ...requests.handlers,
    },
    countsByBadge: (ids) => orgFile.countsByBadge(ids),
    findRequest: (key) => orgFile.history.get(key),
    requestCount: () => orgFile.history.count(),
    hasRequest: (requestId) => orgFile.history.hasAnswered(requestId),
    backup: orgFile.backup,
    close: async () => {
      await jobs.close();
      await requests.close();
      orgFile.close();
    },
  };
}
