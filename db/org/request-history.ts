import type { Database } from 'better-sqlite3';
import { and, count, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { RuleError } from '../../shared/domain/codes';
import type { IssuanceKind } from '../../shared/domain/org';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';
import { given } from '../given';
import { lazily } from '../lazily';
import { badges, definitions, refusals, requests } from './schema';
import { isList, jsonOr } from '../stored-json';

/** A request as history keeps it. */
export interface RequestFacts {
  key: number;
  kind: IssuanceKind;
  requestId: string;
  state: 'answered' | 'refused';
  badgeKey: number;
  badgeId: string;
  badgeName: string;
  definitionKey: number;
  ownerType: string;
  referenceId: string | null;
  eventDate: number;
  eventDateSent: boolean;
  expiresOn: number;
  processedOn: number;
  madeOn: number;
  source: string;
  total: number;
  succeeded: number;
  firstKey: number;
  firstRefusalKey: number;
  /** Refused rows by outcome number (outcomes.ts). */
  refusals: ReadonlyMap<number, number>;
  errors: readonly RuleError[];
  durationMilliseconds: number;
}

const REASONS_UNREADABLE: RuleError = {
  code: 0,
  message: inEnglish(message('damaged.reasons')),
  reference: null,
};

type RequestRow = typeof requests.$inferSelect & { badgeId: string; badgeName: string };

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  const { definition } = definitions;
  const ofBadge = eq(
    requests.badgeKey,
    sql`${database
      .select({ key: badges.key })
      .from(badges)
      .where(eq(badges.id, given(badges.id, 'badgeId')))}`,
  );
  const select = () =>
    database
      .select({
        ...getTableColumns(requests),
        badgeId: badges.id,
        // A request is shown under the name the badge had then.
        badgeName: sql<string>`coalesce(CASE WHEN json_valid(${definition}) THEN json_extract(${definition}, '$.name') END, ${badges.name})`,
      })
      .from(requests)
      .innerJoin(badges, eq(badges.key, requests.badgeKey))
      .innerJoin(definitions, eq(definitions.key, requests.definitionKey));
  const [limit, offset] = [sql.placeholder('limit'), sql.placeholder('offset')];
  return lazily({
    page: () => select().orderBy(desc(requests.key)).limit(limit).offset(offset).prepare(),
    pageOfBadge: () => select().where(ofBadge).orderBy(desc(requests.key)).limit(limit).offset(offset).prepare(),
    get: () =>
      select()
        .where(eq(requests.key, given(requests.key, 'key')))
        .prepare(),
    count: () => database.select({ count: count() }).from(requests).prepare(),
    countOfBadge: () => database.select({ count: count() }).from(requests).where(ofBadge).prepare(),
    answered: () =>
      database
        .select({ key: requests.key })
        .from(requests)
        .where(and(eq(requests.requestId, given(requests.requestId, 'requestId')), eq(requests.state, 'answered')))
        .limit(1)
        .prepare(),
    refused: () =>
      database
        .select({ outcome: refusals.outcome, count: count() })
        .from(refusals)
        .where(eq(refusals.requestKey, given(refusals.requestKey, 'key')))
        .groupBy(refusals.outcome)
        .prepare(),
  });
}

/** The requests of an org as they are shown: newest first, single ones by key. */
export class RequestHistory {
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#queries = prepareQueries(connection);
  }

  /** @param badgeId null: the requests of all badges */
  list(badgeId: string | null, offset: number, limit: number): { total: number; requests: readonly RequestFacts[] } {
    const { page, pageOfBadge, countOfBadge } = this.#queries;
    const rows = badgeId === null ? page.all({ limit, offset }) : pageOfBadge.all({ badgeId, limit, offset });
    const total = badgeId === null ? this.count() : (countOfBadge.get({ badgeId })?.count ?? 0);
    return { total, requests: rows.map((row) => this.#read(row)) };
  }

  get(key: number): RequestFacts | undefined {
    const row = this.#queries.get.get({ key });
    return row && this.#read(row);
  }

  /** Whether an answered request of this id is on record, whatever its scope. */
  hasAnswered(requestId: string): boolean {
    return this.#queries.answered.get({ requestId }) !== undefined;
  }

  /** Number of requests in the file. */
  count(): number {
    return this.#queries.count.get()?.count ?? 0;
  }

  /** Refusals are counted anew from the rows where the note of them cannot be read. */
  #read(row: RequestRow): RequestFacts {
    const counts = jsonOr<[number, number][] | null>(row.refusals, null, isList);
    const counted = (): [number, number][] =>
      this.#queries.refused.all({ key: row.key }).map(({ outcome, count }) => [outcome, count]);
    return {
      ...row,
      refusals: new Map(counts ?? counted()),
      errors: jsonOr<RuleError[]>(row.errors, row.state === 'refused' ? [REASONS_UNREADABLE] : [], isList),
    };
  }
}
