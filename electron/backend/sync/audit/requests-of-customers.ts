import { z } from 'zod';
import type { AwardTerms } from '../../../../db/workspace/live-chunks';
import { toIsoExact } from '../../../../shared/domain/instant';

const revoked = z.object({
  revokeIssuals: z.array(z.object({ customerId: z.number(), issueId: z.string() })).optional(),
  customerId: z.number().optional(),
  earnedBadgeId: z.string().optional(),
});

const imported = z.array(z.object({ customerId: z.number(), earnEventDate: z.string(), earnExpiresOn: z.string() }));

/**
 * Which line of the ledger decided about each record of a take-back, or each award of an import, whose requests have no ids:
 * the last one that named it.
 */
export class LinesOfRecords {
  readonly #lines = new Map<string, number>();

  /** @param body of a request that revokes or imports; any other is passed over */
  note(line: number, body: string | null): void {
    let value: unknown;
    try {
      value = JSON.parse(body ?? '');
    } catch {
      return;
    }
    for (const item of imported.safeParse(value).data ?? [])
      this.#lines.set(`${String(item.customerId)} ${item.earnEventDate} ${item.earnExpiresOn}`, line);
    const read = revoked.safeParse(value);
    if (!read.success) return;
    const { revokeIssuals = [], earnedBadgeId } = read.data;
    for (const { issueId } of revokeIssuals) this.#lines.set(issueId.toLowerCase(), line);
    if (earnedBadgeId !== undefined) this.#lines.set(earnedBadgeId.toLowerCase(), line);
  }

  /** `line 17`, as `requests.jsonl` numbers them; empty where none was sent. */
  of(record: string | null): string {
    return this.#of(record?.toLowerCase() ?? '');
  }

  /** The same of an award that an import writes. */
  ofAward(customer: string, { eventDate, expiresOn }: AwardTerms): string {
    return this.#of(`${customer} ${toIsoExact(eventDate)} ${toIsoExact(expiresOn)}`);
  }

  #of(name: string): string {
    const line = this.#lines.get(name);
    return line === undefined ? '' : `line ${String(line)}`;
  }
}

const sent = z.object({
  requestId: z.string(),
  customers: z.array(z.number()).optional(),
  customerIds: z.array(z.number()).optional(),
});

/** A bulk request of a job: its id, and whom it named. */
export type SentRequest = z.output<typeof sent>;

/** What a bulk request named; null for another body. */
export function sentIn(body: string | null): SentRequest | null {
  try {
    const read = sent.safeParse(JSON.parse(body ?? ''));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/**
 * Which request served a customer. Each attempt of a chunk has a request of its own and names those who are still open: the
 * last one that named a customer decided. Only what later attempts named is held, so that a million customers cost nothing.
 */
export class RequestsOfCustomers {
  readonly #uid: string;
  readonly #first = new Set<number>();
  readonly #later = new Map<number, { attempt: number; customers: Float64Array }[]>();

  /** @param uid of the job, a part of all its request ids */
  constructor(uid: string) {
    this.#uid = uid;
  }

  note({ requestId, customers, customerIds }: SentRequest): void {
    const [, chunk, attempt] = /-(\d+)-(\d+)$/.exec(requestId) ?? [];
    if (!requestId.startsWith(`laurel-${this.#uid}-`) || chunk === undefined) return;
    const number = Number(chunk) - 1;
    if (attempt === '1') {
      this.#first.add(number);
      return;
    }
    const known = this.#later.get(number) ?? [];
    if (known.some((each) => each.attempt === Number(attempt))) return;
    known.push({ attempt: Number(attempt), customers: Float64Array.from(customers ?? customerIds ?? []) });
    this.#later.set(number, known);
  }

  /** The request id; empty where none was sent. */
  of(chunk: number, customer: number): string {
    const later = this.#later.get(chunk)?.filter(({ customers }) => customers.includes(customer));
    const attempt = later?.at(-1)?.attempt ?? (this.#first.has(chunk) ? 1 : null);
    return attempt === null ? '' : `laurel-${this.#uid}-${String(chunk + 1)}-${String(attempt)}`;
  }
}
