import type { BadgeListing, RecordListing } from '../../../db/org/org-listing';
import { badgeStatus } from '../../../shared/domain/badge';
import type { Instant } from '../../../shared/domain/instant';
import { Failure } from '../../../shared/ipc/errors';
import type { PracticeBadge, PracticeCall, PracticeRecord } from '../../../shared/ipc/practice-contract';
import type { ActivityListener, GatewayExchange } from './activity';
import { FaultInjector } from './server/faults';
import type { PracticeOrg } from './org';
import type { PracticeNews, PracticeQuestions, QuestionAnswer, QuestionInput, QuestionName } from './questions';
import type { PracticeServer } from './server/practice-server';
import { readStateFile, writeStateFile } from './states/state-file';
import { message } from '../../../shared/words/message';

/** Calls that can be looked at in full; older ones are forgotten. */
export const REMEMBERED_CALLS = 500;

/** Calls told at once. Under a load there are thousands, and nobody can read them. */
const TOLD_CALLS = 200;

/** What a practice org shows of itself: the calls that come in, and what the org holds. */
export class PracticeDesk {
  readonly #org: PracticeOrg;
  readonly #remembered = new Map<number, { call: PracticeCall; exchange: GatewayExchange }>();
  #untold: PracticeCall[] = [];
  #answered = 0;
  #server: PracticeServer | null = null;

  constructor(org: PracticeOrg) {
    this.#org = org;
  }

  /** The server whose calls are noted; set before it listens. */
  serves(server: PracticeServer): void {
    this.#server = server;
  }

  readonly note: ActivityListener = (activity, exchange) => {
    this.#answered += 1;
    const call: PracticeCall = { id: this.#answered, ...activity };
    this.#remembered.set(call.id, { call, exchange: exchange() });
    this.#remembered.delete(call.id - REMEMBERED_CALLS);
    this.#untold.push(call);
    if (this.#untold.length > 2 * TOLD_CALLS) this.#untold = this.#untold.slice(-TOLD_CALLS);
  };

  /** How things stand now; its calls are told this once. */
  news(): PracticeNews {
    const calls = this.#untold.slice(-TOLD_CALLS);
    this.#untold = [];
    return {
      answered: this.#answered,
      calls,
      totals: this.#org.listing.totals(),
      clock: this.#org.clock,
      faults: this.#server?.faultTallies ?? [],
    };
  }

  /** @throws Failure `not-found` for a call that is forgotten or a badge that the org does not have */
  async answer<Q extends QuestionName>(name: Q, input: QuestionInput<Q>): Promise<QuestionAnswer<Q>> {
    const answer: (given: QuestionInput<Q>) => QuestionAnswer<Q> | Promise<QuestionAnswer<Q>> = this.#answers[name];
    return answer(input);
  }

  readonly #answers: {
    [Q in QuestionName]: (
      input: QuestionInput<Q>,
    ) => PracticeQuestions[Q]['answer'] | Promise<PracticeQuestions[Q]['answer']>;
  } = {
    call: ({ id }) => {
      const found = this.#remembered.get(id);
      if (found) return { call: found.call, ...found.exchange };
      throw new Failure('not-found', message('practice.callForgotten', { most: REMEMBERED_CALLS }));
    },
    badges: ({ search, offset, limit }) => {
      const { total, rows } = this.#org.listing.badges(search, offset, limit);
      const now = this.#org.now();
      return { total, rows: rows.map((row) => badgeOf(row, now)) };
    },
    badge: ({ id }) => {
      const row = this.#org.listing.badge(id);
      const stored = this.#org.store.findBadge(id);
      if (!row || !stored) throw new Failure('not-found', message('practice.badgeGone'));
      return { badge: badgeOf(row, this.#org.now()), claims: stored.claims };
    },
    records: ({ kind, badgeId, customerId, offset, limit }) => {
      const { store, listing } = this.#org;
      const { total, rows } = listing.records(kind, { badgeId, customerId }, offset, limit);
      const idOf = ({ key, recordedOn }: RecordListing): string =>
        kind === 'enrolment'
          ? store.enrolmentId({ key, issuedOn: recordedOn })
          : store.awardId({ key, earnedOn: recordedOn });
      return { total, rows: rows.map((row) => recordOf(row, idOf(row))) };
    },
    settings: (settings) => {
      this.#org.configure(settings);
      return this.news();
    },
    faults: (plan) => {
      this.#server?.setFaults(plan && new FaultInjector(plan));
      return this.news();
    },
    empty: () => {
      this.#org.empty();
      return this.news();
    },
    clock: (clock) => {
      this.#org.chooseClock(clock);
      return this.news();
    },
    save: async ({ file, name }) => {
      await writeStateFile(file, this.#org.saved(name));
      return this.news();
    },
    restore: ({ file, name }) => {
      const state = readStateFile(file, name);
      this.#org.restore(state);
      return { ...this.news(), settings: state.settings };
    },
    fill: (pulled) => {
      const filled = this.#org.fill(pulled);
      return { ...this.news(), filled };
    },
  };
}

function badgeOf({ claims, ...row }: BadgeListing, now: Instant): PracticeBadge {
  return { ...row, status: badgeStatus(row, now), activeClaims: claims };
}

function recordOf({ key: _key, ...row }: RecordListing, id: string): PracticeRecord {
  return { ...row, id };
}
