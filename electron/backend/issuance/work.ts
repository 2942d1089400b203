import type { Database } from 'better-sqlite3';
import { outcomeName } from '../../../db/org/outcomes';
import type { OrgStore } from '../../../db/org/org-store';
import type { Refusal, RequestCircumstances } from '../../../db/org/request-store';
import { openAward, type AwardRun } from '../../../shared/domain/award';
import { parseError, type RuleError } from '../../../shared/domain/codes';
import { openEnrolment } from '../../../shared/domain/enrolment';
import type { IssuanceKind, StoredBadge } from '../../../shared/domain/org';
import { Failure } from '../../../shared/ipc/errors';
import { CustomerBatch } from '../customers/batch';
import { MOST_CUSTOMERS, openCustomers, type CustomerStream, type ResolvedSource } from '../customers/source';
import { issuanceInput, type IssuanceOrder } from './order';
import { Cancelled, Pace, type IssuanceHost } from './pace';
import { awardError, awardRefusal, enrolmentRefusal, faultOf } from './row-refusals';

/** Thrown when the customer file cannot be read, at its opening or half-way. */
export class SourceUnreadable extends Error {
  override readonly name = 'SourceUnreadable';
}

/** Pages of the org file kept in memory while a request is written, in KiB; a million customers fill it, and more add nothing. */
const CACHE_KIBIBYTES = 48 * 1024;

/** Connection settings for writing a request of any size in one transaction. */
export function prepareForBulk(connection: Database): void {
  connection.pragma(`cache_size = -${String(CACHE_KIBIBYTES)}`);
}

/**
 * Carries out a whole request in one transaction of the org file: registers the badge as it stands, asks the rules
 * about every customer in order (semantics I, E, B1), and records what they decide. Either all of it stays or nothing.
 *
 * @returns the key of the request in history, answered or refused
 * @param most customers it may name
 * @throws Failure `invalid-input` where it names more, Cancelled, SourceUnreadable, or what SQLite throws; nothing was written then
 */
export function carryOut(store: OrgStore, order: IssuanceOrder, host: IssuanceHost, most = MOST_CUSTOMERS): number {
  const stream = openSource(order.source, host, most);
  try {
    const key = store.transaction(() => new Request(store, order, host, stream).carryOut());
    if (stream.tallied !== undefined) host.tallied?.(stream.tallied());
    return key;
  } finally {
    stream.close();
  }
}

/** What reading customers throws, as the work tells it. */
function readingError(error: unknown): unknown {
  return error instanceof Failure || error instanceof Cancelled ? error : new SourceUnreadable('', { cause: error });
}

function openSource(source: ResolvedSource, host: IssuanceHost, most: number): CustomerStream {
  const poll = (): void => {
    if (host.isCancelled()) throw new Cancelled();
  };
  try {
    return openCustomers(source, poll, most);
  } catch (error) {
    throw readingError(error);
  }
}

function register(store: OrgStore, { badge, madeOn }: IssuanceOrder): StoredBadge {
  const known = store.findBadge(badge.id);
  const registered = known
    ? store.updateBadge(known, badge.definition, madeOn)
    : store.addBadge(badge.definition, madeOn, badge.id);
  return store.setClaims(registered, badge.claims);
}

/** One request inside its transaction. */
class Request {
  readonly #store: OrgStore;
  readonly #order: IssuanceOrder;
  readonly #stream: CustomerStream;
  readonly #badge: StoredBadge;
  readonly #pace: Pace;
  readonly #elapsed: () => number;

  constructor(store: OrgStore, order: IssuanceOrder, host: IssuanceHost, stream: CustomerStream) {
    this.#store = store;
    this.#order = order;
    this.#stream = stream;
    this.#badge = register(store, order);
    this.#pace = new Pace(host, (done) => stream.total(done));
    const started = host.clock();
    this.#elapsed = () => Math.round(host.clock() - started);
  }

  /** @returns the request's key */
  carryOut(): number {
    const key = { enrol: () => this.#enrol(), award: () => this.#award(), awardOne: () => this.#awardOne() }[
      this.#order.action
    ]();
    this.#pace.saving();
    return key;
  }

  #enrol(): number {
    const seen = this.#store.seenCustomers(this.#stream.total(0) ?? 0);
    const opening = openEnrolment(this.#store, issuanceInput(this.#order), this.#order.at, seen);
    if (!opening.ok) return this.#refuse('issueBulk', opening.errors);
    const { run } = opening;
    this.#judgeEach(run, (customerId) => enrolmentRefusal(customerId, run.enrol(customerId)));
    return this.#store.closeRequest(this.#circumstances());
  }

  #award(): number {
    const seen = this.#store.seenCustomers(this.#stream.total(0) ?? 0);
    const opening = openAward(this.#store, issuanceInput(this.#order), 'earnBulk', 'given', this.#order.at, seen);
    if (!opening.ok) return this.#refuse('earnBulk', opening.errors);
    const { run } = opening;
    run.begin();
    this.#judgeEach(run, (customerId) => awardRefusal(customerId, run.award(customerId)));
    return this.#store.closeRequest(this.#circumstances());
  }

  /** The earn call: its one customer is awarded, or the call as a whole is refused and its id stays free (semantics Q2). */
  #awardOne(): number {
    const batch = new CustomerBatch();
    this.#stream.fill(batch);
    const isMissing = batch.length === 0 || outcomeName(batch.faults[0] ?? 0) === 'empty';
    const input = issuanceInput(this.#order);
    const given = isMissing ? 'missing' : 'given';
    const opening = openAward(this.#store, input, 'earn', given, this.#order.at, { add: () => true });
    if (!opening.ok) return this.#refuse('earn', opening.errors);
    if (batch.faults[0] !== 0)
      return this.#refuse('earn', [parseError('customerId must be a whole number')], faultOf(batch, 0));
    const customerId = batch.customerIds[0] as number;
    const decision = opening.run.decide(customerId);
    if (!decision.ok) return this.#refuse('earn', [awardError(decision)], awardRefusal(customerId, decision));
    opening.run.begin();
    opening.run.record(customerId, decision.enrolmentKey);
    return this.#store.closeRequest(this.#circumstances());
  }

  /** Judges every customer and line in order; those that get nothing become rows of the request. */
  #judgeEach(run: Pick<AwardRun, 'expect'>, judge: (customerId: number) => Refusal | null): void {
    const batch = new CustomerBatch();
    for (;;) {
      try {
        this.#stream.fill(batch);
      } catch (error) {
        throw readingError(error);
      }
      if (batch.length === 0) return;
      run.expect(batch.customers());
      for (let index = 0; index < batch.length; index++) {
        const refusal = batch.faults[index] === 0 ? judge(batch.customerIds[index] as number) : faultOf(batch, index);
        if (refusal !== null) this.#store.recordRefusal(refusal);
      }
      this.#pace.tick(batch.length);
    }
  }

  #refuse(kind: IssuanceKind, errors: readonly RuleError[], row?: Refusal): number {
    const { requestId, owner, eventDate, at } = this.#order;
    return this.#store.addRefusedRequest(
      {
        kind,
        badge: this.#badge,
        requestId,
        ownerType: owner.ownerType,
        referenceId: owner.referenceId === '' ? null : owner.referenceId,
        eventDate: eventDate ?? at,
        expiresOn: at,
        processedOn: at,
      },
      errors,
      this.#circumstances(),
      row,
    );
  }

  #circumstances(): RequestCircumstances {
    return {
      source: this.#stream.description,
      eventDateSent: this.#order.eventDate !== null,
      madeOn: this.#order.madeOn,
      durationMilliseconds: this.#elapsed(),
    };
  }
}
