import fastify from 'fastify';
import { ORG } from '../../db/kinds';
import { openDatabase } from '../../db/open';

interface Body {
  badgeMetaId: string;
  requestId: string;
  customerId?: number;
  customerIds?: number[];
  triggeredBy: { ownerType: string; referenceId: string };
}

/** The same tables, indexes and pragmas; no rules: each customer named becomes an award. */
export async function serveBare(file: string): Promise<number> {
  const { connection } = await openDatabase(file, ORG);
  connection.pragma('synchronous = NORMAL');
  const insertRequest = connection.prepare(
    `INSERT INTO requests (kind, request_id, state, badge_key, definition_key, owner_type, reference_id, event_date,
       event_date_sent, expires_on, processed_on, made_on, source, total, succeeded, first_key, first_refusal_key,
       refusals, errors, duration_milliseconds)
     VALUES (@kind, @requestId, 'answered', 1, 1, @ownerType, @referenceId, @now, 0, @now, @now, @now, '', @total, @total,
       1, 1, '[]', '[]', 0)`,
  );
  const insertAward = connection.prepare(
    'INSERT INTO awards (badge_key, customer_id, request_key, enrolment_key, revoked_on) VALUES (1, ?, ?, NULL, NULL)',
  );
  const insert = connection.transaction((kind: string, body: Body, customers: readonly number[]) => {
    const { lastInsertRowid } = insertRequest.run({
      kind,
      requestId: body.requestId,
      ownerType: body.triggeredBy.ownerType,
      referenceId: body.triggeredBy.referenceId,
      now: Date.now() * 1000,
      total: customers.length,
    });
    for (const customer of customers) insertAward.run(customer, lastInsertRowid);
  });
  const app = fastify({ bodyLimit: 16 * 1024 * 1024 });
  app.post<{ Body: Body }>('/api_gateway/v1/badges/customer/earn', ({ body }) => {
    insert.immediate('earn', body, [body.customerId ?? 0]);
    return { data: { requestId: body.requestId }, errors: [], warnings: [] };
  });
  app.post<{ Body: Body }>('/api_gateway/v1/badges/customer/earnBulk', ({ body }) => {
    insert.immediate('earnBulk', body, body.customerIds ?? []);
    return { data: { requestId: body.requestId }, errors: [], warnings: [] };
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
