import { drizzle } from 'drizzle-orm/better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OrgListing, recordsQuery, type RecordFilter } from '../../../db/org/org-listing';
import { DAY } from '../../../shared/domain/instant';
import type { IssuanceKind } from '../../../shared/domain/org';
import { atLength } from '../../setup/length';
import { definition, openOrg, START } from './opened-org';

const KINDS = ['enrolment', 'award'] as const;
const NONE = { lineNumber: null, earlierKey: null, cap: null, capCount: null };

const request = fc.record({
  badge: fc.nat(2),
  kind: fc.constantFrom<IssuanceKind>('issueBulk', 'earnBulk', 'earn', 'import'),
  customers: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }),
  refused: fc.boolean(),
});

describe('OrgListing.records', () => {
  it('gives any page of any filter as a plain list does', () => {
    const filter = fc.record({
      badge: fc.option(fc.nat(3)),
      customer: fc.option(fc.integer({ min: 1, max: 7 })),
      offset: fc.nat(12),
      limit: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(request, { maxLength: 14 }), fc.array(filter, { maxLength: 8 }), (requests, filters) => {
        const { connection, org } = openOrg();
        const badges = [0, 1, 2].map((number) => org.addBadge(definition({ name: `Badge ${String(number)}` }), START));
        const made = { enrolment: [] as string[], award: [] as string[] };
        requests.forEach(({ badge: place, kind, customers, refused }, index) => {
          const badge = badges[place] ?? badges[0]!;
          const requestId = `r${String(index)}`;
          const facts = {
            kind,
            requestId,
            badge,
            ownerType: 'Loyalty',
            referenceId: '1',
            eventDate: START,
            expiresOn: START + DAY,
            processedOn: START + index,
          };
          org.transaction(() => {
            if (refused) {
              org.addRefusedRequest(facts, [], {
                source: '',
                eventDateSent: false,
                madeOn: START,
                durationMilliseconds: 0,
              });
            } else if (kind === 'import') {
              for (const customer of customers) org.importAward(badge, customer, START, START + DAY, requestId);
            } else {
              org.openRequest(facts);
              for (const customer of customers) {
                // Refused rows take no key.
                if (customer === 6) org.recordRefusal({ outcome: 811, customerId: customer, line: null, ...NONE });
                else if (kind === 'issueBulk') org.recordEnrolment(customer);
                else org.recordAward(customer, null);
              }
            }
          });
          if (!refused) {
            const list = made[kind === 'issueBulk' ? 'enrolment' : 'award'];
            for (const customer of customers) {
              if (kind === 'import' || customer !== 6) list.unshift(`${badge.id} ${String(customer)} ${requestId}`);
            }
          }
        });
        const listing = new OrgListing(connection);
        for (const { badge, customer, offset, limit } of filters) {
          const badgeId = badge === null ? null : (badges[badge]?.id ?? 'unknown');
          for (const kind of KINDS) {
            const wanted = made[kind].filter((text) => {
              const [id, who] = text.split(' ');
              return (badgeId === null || id === badgeId) && (customer === null || Number(who) === customer);
            });
            const { total, rows } = listing.records(kind, { badgeId, customerId: customer }, offset, limit);
            expect(rows.map((row) => `${row.badgeId} ${String(row.customerId)} ${row.requestId}`)).toEqual(
              wanted.slice(offset, offset + limit),
            );
            expect(total).toBe(wanted.length);
          }
        }
        connection.close();
      }),
      { numRuns: atLength(40, 2_000) },
    );
  });

  it.each([
    [{ badgeId: null, customerId: null }, /^CO-ROUTINE/],
    [{ badgeId: 'b', customerId: null }, /SEARCH requests USING INDEX requests_badge \(badge_key=\?\)/],
    [
      { badgeId: null, customerId: 1 },
      /SEARCH (awards|enrolments) USING (COVERING )?INDEX \w+_customer \(customer_id=\?\)/,
    ],
    [
      { badgeId: 'b', customerId: 1 },
      /SEARCH (awards|enrolments) USING (COVERING )?INDEX \w+_customer \(customer_id=\? AND badge_key=\?\)/,
    ],
  ] satisfies [RecordFilter, RegExp][])('finds the page of %j without reading all records', (filter, way) => {
    const { connection } = openOrg();
    for (const kind of KINDS) {
      const { sql, params } = recordsQuery(drizzle(connection), kind, filter, 0, 100).toSQL();
      const plan = connection
        .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...params)
        .map(({ detail }) => detail);
      expect(plan.join('\n')).toMatch(way);
      // The whole list is read from its end, and no further than the page.
      const scans = filter.badgeId === null && filter.customerId === null ? 1 : 0;
      expect(plan.filter((line) => /^SCAN (awards|enrolments|requests|badges)/.test(line))).toHaveLength(scans);
      // A badge may have millions: only its page is sorted, never what leads to it.
      if (filter.customerId === null)
        expect(plan.filter((line) => line.includes('B-TREE')).length).toBeLessThanOrEqual(1);
    }
    connection.close();
  });
});
