/** How the customers of a live job's chunk, and what became of each, are packed into bytes. */
import type { Instant } from '../../shared/domain/instant';

/** What became of one customer; one that is still `open` shares the state of its chunk. */
export type CustomerOutcome =
  | { kind: 'open' }
  | { kind: 'done'; issuedId: string | null }
  | { kind: 'refused'; code: number };

const ID_BYTES = 12;
const CODE_BYTES = 4;
/** One byte for the kind, the code of a refusal, the id of a record. */
const OUTCOME_BYTES = 1 + CODE_BYTES + ID_BYTES;
/** One for all: most customers of most chunks are open when they are read. */
const OPEN_OUTCOME: CustomerOutcome = { kind: 'open' };
const OPEN = 0;
const DONE = 1;
const DONE_WITHOUT_ID = 2;
const REFUSED = 3;

/** Eight bytes each: customer ids go up to 2^53. */
export function packCustomers(customers: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(customers.length * 8);
  customers.forEach((customer, index) => bytes.writeDoubleLE(customer, index * 8));
  return bytes;
}

export function unpackCustomers(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 8 }, (_, index) => bytes.readDoubleLE(index * 8));
}

/** All open is the empty buffer, which is what a chunk starts with. */
export function packOutcomes(outcomes: readonly CustomerOutcome[]): Buffer {
  if (outcomes.every(({ kind }) => kind === 'open')) return Buffer.alloc(0);
  const bytes = Buffer.alloc(outcomes.length * OUTCOME_BYTES);
  outcomes.forEach((outcome, index) => {
    const at = index * OUTCOME_BYTES;
    if (outcome.kind === 'refused') {
      bytes[at] = REFUSED;
      bytes.writeUInt32LE(outcome.code, at + 1);
    } else if (outcome.kind === 'done') {
      bytes[at] = outcome.issuedId === null ? DONE_WITHOUT_ID : DONE;
      if (outcome.issuedId !== null) bytes.write(outcome.issuedId, at + 1 + CODE_BYTES, ID_BYTES, 'hex');
    }
  });
  return bytes;
}

export function unpackOutcomes(bytes: Buffer, size: number): CustomerOutcome[] {
  return Array.from({ length: size }, (_, index) => outcomeAt(bytes, index));
}

/** The outcome of one customer by its place in the chunk. */
export function outcomeAt(bytes: Buffer, index: number): CustomerOutcome {
  const at = index * OUTCOME_BYTES;
  switch (bytes[at] ?? OPEN) {
    case DONE:
      return { kind: 'done', issuedId: bytes.toString('hex', at + 1 + CODE_BYTES, at + OUTCOME_BYTES) };
    case DONE_WITHOUT_ID:
      return { kind: 'done', issuedId: null };
    case REFUSED:
      return { kind: 'refused', code: bytes.readUInt32LE(at + 1) };
    default:
      return OPEN_OUTCOME;
  }
}

/** Whether an id can be packed: 24 hex digits, as every record id of the gateway is. */
export function isRecordId(id: string): boolean {
  return /^[0-9a-f]{24}$/i.test(id);
}

/** An award of the past as a file gives it. */
export interface AwardTerms {
  eventDate: Instant;
  expiresOn: Instant;
  /** It is written although the customer may hold one of the same dates already. */
  again: boolean;
}

/** `@EVENT/EXPIRY` in microseconds, with `+` behind it where it is written again. No record id begins like this. */
const TERMS = /^@(-?\d{1,19})\/(-?\d{1,19})(\+?)$/;

/** Dates of awards as a chunk keeps them, where a take-back keeps ids. */
export function packTerms(terms: readonly AwardTerms[]): string[] {
  return terms.map(
    ({ eventDate, expiresOn, again }) => `@${String(eventDate)}/${String(expiresOn)}${again ? '+' : ''}`,
  );
}

/** @returns null where it is no list of {@link packTerms}, whole */
export function unpackTerms(kept: readonly unknown[] | null): AwardTerms[] | null {
  const read = kept?.map((each) => TERMS.exec(String(each)));
  if (!read?.every((each) => each !== null)) return null;
  return read.map(([, eventDate, expiresOn, again]) => ({
    eventDate: Number(eventDate),
    expiresOn: Number(expiresOn),
    again: again === '+',
  }));
}
