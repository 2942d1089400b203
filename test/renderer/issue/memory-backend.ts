import type { Door } from '../../../renderer/lib/backend';
import { domPort } from '../../../renderer/lib/dom-port';
import { snapshot } from '../../../renderer/lib/snapshot.svelte';
import { awardStatus, checkAward, openAward } from '../../../shared/domain/award';
import { badgeStatus, type OwnerType } from '../../../shared/domain/badge';
import { decideClaim } from '../../../shared/domain/claims';
import { inspectBadge } from '../../../shared/domain/create-badge';
import { checkEnrolment, openEnrolment } from '../../../shared/domain/enrolment';
import type { Instant } from '../../../shared/domain/instant';
import type { IssuanceInput } from '../../../shared/domain/issuance-input';
import { MemoryOrg } from '../../../shared/domain/memory-org';
import type { StoredBadge } from '../../../shared/domain/org';
import type { BadgeDetail } from '../../../shared/ipc/badges-contract';
import { connect } from '../../../shared/ipc/connect';
import { contract, type Handlers, type ParsedInput } from '../../../shared/ipc/contract';
import type { IssueRow, RequestSummary } from '../../../shared/ipc/issuance-contract';
import type { CancelSignal } from '../../../shared/ipc/method';
import { serve } from '../../../shared/ipc/serve';
import { message, type Message } from '../../../shared/words/message';
import { saidFailure } from '../../ipc/said-failure';

type Run = ParsedInput<'issuance.run'>;

/**
 * The real wire and the real rules over an org in memory, for tests of the page: no file, no process. Customers come
 * from ranges, pastes and single ids; a run stops at `gate` until the test opens it or it is cancelled.
 */
export class MemoryBackend {
  readonly org = new MemoryOrg();
  readonly asked: { method: string; input: unknown }[] = [];
  readonly requests: { summary: RequestSummary; rows: IssueRow[] }[] = [];
  now: Instant;
  gate: Promise<void> = Promise.resolve();
  readonly door: Door;

  constructor(now: Instant) {
    this.now = now;
    const { port1, port2 } = new MessageChannel();
    this.serve(port1);
    const connection = connect(domPort(port2));
    this.door = ((method: string, input: unknown, options?: object) => {
      this.asked.push({ method, input: snapshot(input) });
      return connection.call(method, snapshot(input), options);
    }) as Door;
  }

  /** Answers the calls that come over a port. */
  serve(port: MessagePort): void {
    serve(this.#handlers() as Handlers, contract, domPort(port), { warn: console.warn, error: console.error });
  }

  /** Adds a badge as its create body; returns its id. */
  add(body: Record<string, unknown>): string {
    const inspection = inspectBadge(body, {
      now: this.now,
      settings: this.org.settings,
      migration: true,
      nameTaken: () => false,
    });
    if (inspection.definition === null) throw new Error(JSON.stringify(inspection.issues));
    return this.org.addBadge(inspection.definition, this.now).id;
  }

  #badge(id: string): StoredBadge {
    const badge = this.org.findBadge(id);
    if (!badge) throw saidFailure('not-found', 'This badge is no longer there.');
    return badge;
  }

  #detail(badge: StoredBadge): BadgeDetail {
    const { definition } = badge;
    const claims = badge.claims.filter((claim) => claim.isActive);
    const counts = this.org.countsOf(badge, this.now);
    return {
      id: badge.id,
      body: '{}',
      migration: false,
      startSetOn: this.now,
      art: null,
      revision: 1,
      canUndo: false,
      canRedo: false,
      problems: [],
      warnings: [],
      claims,
      trigger: null,
      enrolledUntil: null,
      summary: {
        id: badge.id,
        name: definition.name,
        excerpt: null,
        description: definition.description,
        status: badgeStatus(definition, this.now),
        earnType: definition.earnType,
        startOn: definition.startOn,
        expiresOn: definition.expiresOn,
        active: definition.active,
        owners: definition.restrictedToOwners,
        tags: [],
        activeClaims: claims.length,
        problemCount: 0,
        changedOn: this.now,
        state: 'draft',
        issuedCount: counts.issuedCount,
        art: null,
        earnedCount: counts.earnedCount,
      },
    };
  }

  #request(input: Omit<Run, 'customers'>): IssuanceInput {
    return {
      badgeMetaId: input.badgeId,
      requestId: input.requestId ?? 'made-here',
      triggeredBy: { ownerType: input.owner.ownerType, referenceId: input.owner.referenceId },
      eventDate: input.eventDate,
    };
  }

  #handlers(): Partial<Handlers> {
    return {
      'badges.list': ({ filter, limit }) => {
        const rows = [...this.org.badges()]
          .map((badge) => this.#detail(badge).summary)
          .filter((summary) => summary.name.toLowerCase().includes(filter.search.toLowerCase()));
        return { total: rows.length, offset: 0, rows: rows.slice(0, limit) };
      },
      'badges.get': ({ id }) => this.#detail(this.#badge(id)),
      'badges.claim': ({ id, ownerType, referenceId }) => {
        const badge = this.#badge(id);
        const decision = decideClaim(badge, ownerType as OwnerType, referenceId);
        if (!decision.ok) throw saidFailure('rejected-by-gateway', 'The claim was refused.', decision.errors);
        return { detail: this.#detail(this.org.setClaims(badge, decision.claims)), already: false };
      },
      'issuance.check': (input) => {
        const request = this.#request({ ...input, requestId: null });
        const at = input.at ?? this.now;
        const readiness =
          input.action === 'enrol'
            ? checkEnrolment(this.org, request, at)
            : checkAward(this.org, request, input.action === 'award' ? 'earnBulk' : 'earn', 'given', at);
        return readiness.ok
          ? { errors: [], expiresOn: readiness.expiresOn }
          : {
              errors: readiness.errors.map((error) => ({ ...error, advice: quoted(`Advice on ${error.code}.`) })),
              expiresOn: null,
            };
      },
      'issuance.run': async (input, { signal, progress }) => ({
        ...(await this.#run(input, signal, progress)),
        reading: null,
      }),
      'requests.list': ({ badgeId, offset, limit }) => {
        const all = this.requests
          .map(({ summary }) => summary)
          .filter((summary) => badgeId === undefined || summary.badgeId === badgeId);
        return { total: all.length, rows: all.reverse().slice(offset, offset + limit) };
      },
      'requests.get': ({ id }) => {
        const request = this.requests[id];
        if (!request) throw saidFailure('not-found', 'This request is no longer there.');
        return request.summary;
      },
      'requests.rows': ({ id, filter, offset, limit }) => {
        const rows = (this.requests[id]?.rows ?? []).filter(
          (row) =>
            (filter.outcomes.length === 0 || filter.outcomes.includes(row.outcome)) &&
            row.customer.startsWith(filter.customer),
        );
        return { total: rows.length, offset, rows: rows.slice(offset, offset + limit) };
      },
      'requests.explain': ({ id, ordinal }) => ({
        sentence: quoted(`Why row ${ordinal} of request ${id} came out so.`),
        constraintType: 'BADGE_FIXED_VALUE',
        level: 'BADGE',
        windowFrom: this.now - 1_000_000,
        windowTo: this.now,
        count: 3,
        limit: 3,
        freesAt: null,
        freesNote: quoted('It never frees.'),
        evidence: [
          { id: '65f000000000000000000001', eventDate: this.now, recordedOn: this.now, expiresOn: this.now + 9e9 },
        ],
      }),
      'requests.export': ({ id, filter }, { progress }) => {
        const rows = (this.requests[id]?.rows ?? []).filter(
          (row) => filter.outcomes.length === 0 || filter.outcomes.includes(row.outcome),
        );
        progress({ done: rows.length, total: rows.length });
        return { rows: rows.length, name: 'awards.csv' };
      },
    };
  }

  async #run(
    input: Run,
    signal: CancelSignal,
    progress: (report: { phase: 'issuing'; done: number; total: number; perSecond: null; secondsLeft: null }) => void,
  ): Promise<RequestSummary> {
    const at = input.at ?? this.now;
    const request = this.#request(input);
    const customers = customersOf(input);
    const seen = new Set<number>();
    const meet = { add: (id: number) => !seen.has(id) && seen.add(id) !== undefined };
    const enrol = input.action === 'enrol';
    const readiness = enrol
      ? checkEnrolment(this.org, request, at)
      : checkAward(this.org, request, 'earnBulk', 'given', at);
    if (!readiness.ok) {
      const errors = readiness.errors.map((error) => ({ ...error, advice: quoted(`Advice on ${error.code}.`) }));
      return this.#keep(input, [], errors, null);
    }
    progress({ phase: 'issuing', done: 1, total: customers.length, perSecond: null, secondsLeft: null });
    await Promise.race([this.gate, new Promise<void>((resolve) => signal.addEventListener('abort', resolve))]);
    if (signal.aborted) throw saidFailure('cancelled', 'This was cancelled.');
    const rows: IssueRow[] = [];
    const add = (customer: number, ok: boolean, code: number | null, issuedId: string | null): void => {
      rows.push({
        ordinal: rows.length,
        line: null,
        customer: String(customer),
        issuedId,
        status: ok ? awardStatus({ expiresOn: readiness.expiresOn, revokedOn: null }, at) : null,
        expiresOn: ok ? readiness.expiresOn : null,
        outcome: ok ? 'ok' : String(code),
        label: quoted(ok ? 'Got the badge' : `Refused with ${code}`),
      });
    };
    if (enrol) {
      const opening = openEnrolment(this.org, request, at, meet);
      if (!opening.ok) throw new Error('The request was checked before.');
      for (const customer of customers) {
        const outcome = opening.run.enrol(customer);
        add(
          customer,
          outcome.ok,
          outcome.ok ? null : outcome.code,
          outcome.ok ? this.org.enrolmentId({ key: outcome.key, issuedOn: at }) : null,
        );
      }
    } else {
      const opening = openAward(this.org, request, 'earnBulk', 'given', at, meet);
      if (!opening.ok) throw new Error('The request was checked before.');
      opening.run.begin();
      for (const customer of customers) {
        const outcome = opening.run.award(customer);
        add(
          customer,
          outcome.ok,
          outcome.ok ? null : outcome.code,
          outcome.ok ? this.org.awardId({ key: outcome.key, earnedOn: at }) : null,
        );
      }
    }
    return this.#keep(input, rows, [], readiness.expiresOn);
  }

  #keep(input: Run, rows: IssueRow[], errors: RequestSummary['errors'], expiresOn: Instant | null): RequestSummary {
    const counts = new Map<string, number>();
    for (const { outcome } of rows) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    const succeeded = counts.get('ok') ?? 0;
    const summary: RequestSummary = {
      id: this.requests.length,
      requestId: input.requestId ?? 'made-here',
      action: input.action,
      badgeId: input.badgeId,
      badgeName: this.#badge(input.badgeId).definition.name,
      ownerType: input.owner.ownerType,
      referenceId: input.owner.referenceId,
      state: errors.length > 0 ? 'refused' : 'answered',
      errors,
      processedOn: input.at ?? this.now,
      madeOn: this.now,
      eventDate: input.eventDate,
      expiresOn,
      source: 'customers of a test',
      total: rows.length,
      succeeded,
      refused: rows.length - succeeded,
      outcomes: [...counts].map(([outcome, count]) => ({
        outcome,
        count,
        label: quoted(outcome === 'ok' ? 'Got the badge' : `Refused with ${outcome}`),
      })),
      sentence: quoted(
        errors.length > 0
          ? 'The request was refused as a whole.'
          : `${succeeded} of ${rows.length} customers got the badge.`,
      ),
      durationMilliseconds: 12,
    };
    this.requests.push({ summary, rows });
    return summary;
  }
}

function customersOf({ customers }: Run): number[] {
  switch (customers.kind) {
    case 'range':
      return Array.from({ length: customers.to - customers.from + 1 }, (_, step) => customers.from + step);
    case 'paste':
      return customers.text
        .trim()
        .split(/[\s,]+/)
        .map(Number);
    case 'one':
      return [Number(customers.customerId)];
    case 'file':
      throw saidFailure('not-found', 'That file is no longer at hand. Choose it again.');
  }
}

const quoted = (text: string): Message => message('refusals.quoted', { text });
