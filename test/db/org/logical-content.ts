import { ORG } from '../../../db/kinds';
import { openDatabase } from '../../../db/open';
import { OrgListing } from '../../../db/org/org-listing';
import { OrgStore } from '../../../db/org/org-store';
import { RequestHistory } from '../../../db/org/request-history';
import { RequestRows } from '../../../db/org/request-rows';
import { instantOf } from '../../../shared/domain/instant';

const EVERYTHING = { badgeId: null, customerId: null };
const MOST = 10_000;

/** The released contents note these rows under the names that their columns have in the file. */
const asNoted = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value as unknown,
    ]),
  );

/**
 * Everything an org file holds, independent of how the tables hold it: what every later version must find again in a
 * fixture. Opens the file and updates it.
 */
export async function logicalContent(file: string): Promise<unknown> {
  const { connection } = await openDatabase(file, ORG);
  try {
    const org = new OrgStore(connection);
    const listing = new OrgListing(connection);
    const rows = new RequestRows(connection);
    const now = instantOf('2026-05-05T00:00:00Z');
    const customers = new Set<number>();
    const records = (['enrolment', 'award'] as const).map((kind) => {
      const found = listing.records(kind, EVERYTHING, 0, MOST).rows;
      for (const { customerId } of found) customers.add(customerId);
      return found.map(asNoted);
    });
    const badges = [...org.badges()];
    const heldBy = (customer: number): unknown =>
      badges.map((badge) => ({
        enrolments: org.enrolmentHistory(badge, customer).map((row) => ({ ...row, id: org.enrolmentId(row) })),
        awards: org.awardHistory(badge, customer).map((row) => ({ ...row, id: org.awardId(row) })),
      }));
    return {
      org: { orgId: org.orgId, settings: org.settings },
      totals: listing.totals(),
      badges: badges.map((badge) => ({
        ...badge,
        counts: org.countsOf(badge, now),
        counted: [org.countAwards(badge, 'earnedOn', null), org.countAwards(badge, 'eventDate', { from: 0, to: now })],
      })),
      groups: org.groups(),
      customFields: org.customFields(),
      meta: org.orgMeta(),
      roster: ['anna@example.com', 'nobody@example.com'].map((value) => org.resolveCustomer('email', value) ?? null),
      records,
      customers: [...customers].sort((one, other) => one - other).map((id) => ({ id, held: heldBy(id) })),
      requests: new RequestHistory(connection).list(null, 0, MOST).requests.map((request) => ({
        ...request,
        refusals: [...request.refusals],
        rows: rows.page(request, { outcomes: null, customer: '' }, 0, MOST),
        consumed: org.isRequestConsumed(request.requestId, request.kind, request.badgeId),
      })),
    };
  } finally {
    connection.close();
  }
}
