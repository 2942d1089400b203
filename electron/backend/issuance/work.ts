import type { Database } from 'better-sqlite3';
import { capNumber } from '../../../db/org/caps-on-rows';
import { outcomeName } from '../../../db/org/outcomes';
import type { OrgStore } from '../../../db/org/org-store';
import type { Refusal, RequestCircumstances } from '../../../db/org/request-store';
import { openAward, type AwardOutcome } from '../../../shared/domain/award';
import type { BadgeDefinition, Claim } from '../../../shared/domain/badge';
import { MESSAGES, parseError, ruleError, type KnownCode, type RuleError } from '../../../shared/domain/codes';
import { openEnrolment, type EnrolmentRun } from '../../../shared/domain/enrolment';
import type { Instant } from '../../../shared/domain/instant';
import type { IssuanceInput } from '../../../shared/domain/issuance-input';
import type { IssuanceKind, IssuanceRequest, StoredBadge } from '../../../shared/domain/org';
import type { OrgSettings } from '../../../shared/domain/settings';
import { Failure } from '../../../shared/ipc/errors';
import type { IssueProgress } from '../../../shared/ipc/issuance-contract';
import { CustomerBatch } from '../customers/batch';
import { MOST_CUSTOMERS, openCustomers, type CustomerStream, type ResolvedSource } from '../customers/source';

/** One issuance request with everything resolved; plain data, so that it can be sent to a worker. */
export interface IssuanceOrder {
  badge: { id: string; definition: BadgeDefinition; claims: readonly Claim[] };
  action: 'enrol' | 'award' | 'awardOne';
  source: ResolvedSource;
  owner: { ownerType: string; referenceId: string };
  requestId: string;
  /** Clock of the call. */
  at: Instant;
  /** Explicit event date; null: none. */
  eventDate: Instant | null;
  /** When the person started it. */
  madeOn: Instant;
  settings: Readonly<OrgSettings>;
}

/** What the work asks of and tells its host while it runs. */
export interface IssuanceHost {
  isCancelled(): boolean;
  progress(report: IssueProgress): void;
  /** Milliseconds of any steady clock. */
  clock(): number;
}

/** Thrown inside the transaction when a person cancels, so that it takes everything back. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Thrown when the customer file cannot be read, at its opening or half-way. */
export class SourceUnreadable extends Error {
  override readonly name = 'SourceUnreadable';
}

const REPORT_EVERY = 100;
const RATE_OVER = 1_000;

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
  const poll = (): void => {
    if (host.isCancelled()) throw new Cancelled();
  };
  const stream = openSource(order.source, poll, most);
  try {
    return store.transaction(() => {
      const badge = register(store, order);
      const pace = new Pace(host, stream);
      const started = host.clock();
      const circumstances = (): RequestCircumstances => ({
        source: stream.description,
        eventDateSent: order.eventDate !== null,
        madeOn: order.madeOn,
        durationMilliseconds: Math.round(host.clock() - started),
      });
      const key =
        order.action === 'enrol'
          ? enrol(store, order, badge, stream, pace, circumstances)
          : order.action === 'award'
            ? award(store, order, badge, stream, pace, circumstances)
            : awardOne(store, order, badge, stream, circumstances);
      pace.saving();
      return key;
    });
  } finally {
    stream.close();
  }
}

/** What the rules are told about a request. */
export function issuanceInput(
  order: Pick<IssuanceOrder, 'owner' | 'requestId' | 'eventDate'> & { badge: { id: string } },
): IssuanceInput {
  const { ownerType, referenceId } = order.owner;
  return {
    badgeMetaId: order.badge.id,
    requestId: order.requestId === '' ? null : order.requestId,
    triggeredBy: {
      ownerType: ownerType === '' ? null : ownerType,
      referenceId: referenceId === '' ? null : referenceId,
    },
    eventDate: order.eventDate,
  };
}

function openSource(source: ResolvedSource, poll: () => void, most: number): CustomerStream {
  try {
    return openCustomers(source, poll, most);
  } catch (error) {
    if (error instanceof Failure || error instanceof Cancelled) throw error;
    throw new SourceUnreadable('', { cause: error });
  }
}

function register(store: OrgStore, { badge, madeOn }: IssuanceOrder): StoredBadge {
  const known = store.findBadge(badge.id);
  const registered = known
    ? store.updateBadge(known, badge.definition, madeOn)
    : store.addBadge(badge.definition, madeOn, badge.id);
  return store.setClaims(registered, badge.claims);
}

function enrol(
  store: OrgStore,
  order: IssuanceOrder,
  badge: StoredBadge,
  stream: CustomerStream,
  pace: Pace,
  circumstances: () => RequestCircumstances,
): number {
  const opening = openEnrolment(store, issuanceInput(order), order.at, store.seenCustomers(stream.total(0) ?? 0));
  if (!opening.ok) return refuseWhole(store, order, 'issueBulk', badge, opening.errors, circumstances());
  each(store, stream, pace, (customerId) => enrolOne(opening.run, customerId));
  return store.closeRequest(circumstances());
}

function enrolOne(run: EnrolmentRun, customerId: number): Refusal | null {
  const outcome = run.enrol(customerId);
  if (outcome.ok) return null;
  return {
    outcome: outcome.code,
    customerId,
    line: null,
    lineNumber: null,
    earlierKey: outcome.existing?.key ?? null,
    cap: null,
    capCount: null,
  };
}

function award(
  store: OrgStore,
  order: IssuanceOrder,
  badge: StoredBadge,
  stream: CustomerStream,
  pace: Pace,
  circumstances: () => RequestCircumstances,
): number {
  const seen = store.seenCustomers(stream.total(0) ?? 0);
  const opening = openAward(store, issuanceInput(order), 'earnBulk', 'given', order.at, seen);
  if (!opening.ok) return refuseWhole(store, order, 'earnBulk', badge, opening.errors, circumstances());
  const { run } = opening;
  run.begin();
  each(store, stream, pace, (customerId) => {
    const outcome = run.award(customerId);
    return outcome.ok ? null : refusalOf(customerId, outcome);
  });
  return store.closeRequest(circumstances());
}

/** The earn call: its one customer is awarded, or the call as a whole is refused and its id stays free (semantics Q2). */
function awardOne(
  store: OrgStore,
  order: IssuanceOrder,
  badge: StoredBadge,
  stream: CustomerStream,
  circumstances: () => RequestCircumstances,
): number {
  const batch = new CustomerBatch();
  stream.fill(batch);
  const refuse = (errors: readonly RuleError[], row?: Refusal): number =>
    refuseWhole(store, order, 'earn', badge, errors, circumstances(), row);
  const isMissing = batch.length === 0 || outcomeName(batch.faults[0] ?? 0) === 'empty';
  const input = issuanceInput(order);
  const opening = openAward(store, input, 'earn', isMissing ? 'missing' : 'given', order.at, { add: () => true });
  if (!opening.ok) return refuse(opening.errors);
  if (batch.faults[0] !== 0) return refuse([parseError('customerId must be a whole number')], faultOf(batch, 0));
  const customerId = batch.customerIds[0] as number;
  const decision = opening.run.decide(customerId);
  if (!decision.ok) return refuse([errorOf(decision)], refusalOf(customerId, decision));
  opening.run.begin();
  opening.run.record(customerId, decision.enrolmentKey);
  return store.closeRequest(circumstances());
}

function errorOf(outcome: AwardOutcome & { ok: false }): RuleError {
  if (outcome.breach === null) return ruleError(outcome.code as KnownCode);
  const { level, constraintType } = outcome.breach.cap;
  return { code: outcome.code, message: MESSAGES[level === 'CUSTOMER' ? 990001 : 990002], reference: constraintType };
}

function refusalOf(customerId: number, outcome: AwardOutcome & { ok: false }): Refusal {
  return {
    outcome: outcome.code,
    customerId,
    line: null,
    lineNumber: null,
    earlierKey: outcome.existing?.key ?? null,
    cap: outcome.breach === null ? null : capNumber(outcome.breach.cap),
    capCount: outcome.breach?.count ?? null,
  };
}

function faultOf(batch: CustomerBatch, index: number): Refusal {
  return {
    outcome: batch.faults[index] as number,
    customerId: null,
    line: batch.lines[index] as string,
    lineNumber: batch.lineNumbers[index] === 0 ? null : (batch.lineNumbers[index] as number),
    earlierKey: null,
    cap: null,
    capCount: null,
  };
}

function refuseWhole(
  store: OrgStore,
  order: IssuanceOrder,
  kind: IssuanceKind,
  badge: StoredBadge,
  errors: readonly RuleError[],
  circumstances: RequestCircumstances,
  row?: Refusal,
): number {
  const request: IssuanceRequest = {
    kind,
    badge,
    requestId: order.requestId,
    ownerType: order.owner.ownerType,
    referenceId: order.owner.referenceId === '' ? null : order.owner.referenceId,
    eventDate: order.eventDate ?? order.at,
    expiresOn: order.at,
    processedOn: order.at,
  };
  return store.addRefusedRequest(request, errors, circumstances, row);
}

/** Judges every customer and line in order; those that get nothing become rows of the request. */
function each(
  store: OrgStore,
  stream: CustomerStream,
  pace: Pace,
  judge: (customerId: number) => Refusal | null,
): void {
  const batch = new CustomerBatch();
  for (;;) {
    try {
      stream.fill(batch);
    } catch (error) {
      if (error instanceof Failure || error instanceof Cancelled) throw error;
      throw new SourceUnreadable('', { cause: error });
    }
    if (batch.length === 0) return;
    for (let index = 0; index < batch.length; index++) {
      const refusal = batch.faults[index] === 0 ? judge(batch.customerIds[index] as number) : faultOf(batch, index);
      if (refusal !== null) store.recordRefusal(refusal);
    }
    pace.tick(batch.length);
  }
}

/** Reports progress some ten times a second, and stops the work when it is cancelled. */
class Pace {
  readonly #host: IssuanceHost;
  readonly #stream: CustomerStream;
  readonly #marks: { at: number; done: number }[] = [];
  #done = 0;
  #reportedAt: number;

  constructor(host: IssuanceHost, stream: CustomerStream) {
    this.#host = host;
    this.#stream = stream;
    this.#reportedAt = host.clock();
    this.#marks.push({ at: this.#reportedAt, done: 0 });
    host.progress({ phase: 'reading', done: 0, total: stream.total(0), perSecond: null, secondsLeft: null });
  }

  /** @throws Cancelled */
  tick(count: number): void {
    this.#done += count;
    if (this.#host.isCancelled()) throw new Cancelled();
    const now = this.#host.clock();
    if (now - this.#reportedAt < REPORT_EVERY) return;
    this.#reportedAt = now;
    while (this.#marks.length > 1 && now - (this.#marks[1]?.at ?? now) >= RATE_OVER) this.#marks.shift();
    const since = this.#marks[0] ?? { at: now, done: this.#done };
    this.#marks.push({ at: now, done: this.#done });
    const perSecond = ((this.#done - since.done) * 1000) / Math.max(1, now - since.at);
    const total = this.#stream.total(this.#done);
    const secondsLeft = total === null || perSecond === 0 ? null : Math.max(0, total - this.#done) / perSecond;
    this.#host.progress({ phase: 'issuing', done: this.#done, total, perSecond, secondsLeft });
  }

  saving(): void {
    if (this.#host.isCancelled()) throw new Cancelled();
    this.#host.progress({ phase: 'saving', done: this.#done, total: this.#done, perSecond: null, secondsLeft: null });
  }
}
