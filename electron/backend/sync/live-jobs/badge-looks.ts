import { createHash } from 'node:crypto';
import type { StoredConnection } from '../../../../db/workspace/connections';
import { badgeStatus, type BadgeStatus, type Claim } from '../../../../shared/domain/badge';
import { SECOND, type Instant } from '../../../../shared/domain/instant';
import type { StoredBadge } from '../../../../shared/domain/org';
import type { RemoteBadge } from '../../../../shared/gateway/client-schemas';
import { Failure } from '../../../../shared/ipc/errors';
import type { LiveRowCounts, LookAhead, LookedBadge, LookFinding } from '../../../../shared/ipc/look-ahead-contract';
import { message } from '../../../../shared/words/message';
import { orgSettings } from '../badges/expected-refusals';
import { countOf, snapshotOf } from '../badges/live-badge';
import { LiveReads } from '../badges/live-reads';
import { storedLiveBadge } from '../badges/stored-live-badge';
import { onErrand } from '../client/errand';
import type { OrgSessions } from '../client/org-sessions';
import type { SyncContext } from '../context';
import { badgeCaps, findingsOf, paceOf, type LookQuestion } from './look-ahead/look';

/** What a look is about. */
export interface LookedJob {
  remoteBadgeId: string;
  action: 'enrol' | 'award';
  owner: { ownerType: string; referenceId: string } | null;
  eventDate: Instant | null;
  rows: LiveRowCounts | null;
}

/** A look, with the failure that came in its place where the badge could not be read. */
export interface Look {
  ahead: LookAhead;
  failure: Failure | null;
}

/** A badge that was read, and the cycles that were counted of it. */
interface Reading {
  readOn: Instant;
  badge: RemoteBadge | null;
  cycles: Map<Instant, number | null>;
}

/** A form is looked at again with each of its changes: what was read a moment ago is not asked for anew. */
const FRESH_FOR = 10 * SECOND;
const MOST_KEPT = 50;

/** Looks at badges in live orgs before a job over them begins. Reads only. */
export class BadgeLooks {
  readonly #context: SyncContext;
  readonly #sessions: OrgSessions;
  readonly #readings = new Map<string, Reading>();

  constructor(context: SyncContext, sessions: OrgSessions) {
    this.#context = context;
    this.#sessions = sessions;
  }

  /** @param again read anew, however short a while ago that was done */
  look(connection: StoredConnection, job: LookedJob, again: boolean): Promise<Look> {
    return onErrand('look', [], () => this.#look(connection, job, again));
  }

  async #look(connection: StoredConnection, job: LookedJob, again: boolean): Promise<Look> {
    const lookedOn = this.#context.now();
    const nothing = { badge: null, lookedOn, findings: [], ...pace(connection, job), seen: '' };
    try {
      const reading = await this.#reading(connection, job.remoteBadgeId, again);
      const question = await this.#question(connection, job, reading);
      if (question === null) {
        const words = message('lookAhead.unreadable', { org: connection.name });
        const findings: LookFinding[] = [{ kind: 'asks', code: null, words, advice: null, fix: null, atMost: null }];
        return { ahead: { ...nothing, unread: null, findings, seen: digest([reading.badge, null]) }, failure: null };
      }
      const { badge } = question;
      // What the rows are is not the org's word.
      const ofOrg = findingsOf({ ...question, rows: null }).filter(({ kind }) => kind === 'refuses' || kind === 'asks');
      const seen = digest([
        badge && [badge.definition, badge.claims, question.status],
        ofOrg.map(({ code, words }) => [code, words.key]),
      ]);
      const ahead = {
        ...{ ...nothing, unread: null, seen, findings: findingsOf(question) },
        badge: badge && lookedBadge(badge, question),
      };
      return { ahead, failure: null };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const reason = error.words;
      const unread = message('lookAhead.notLooked', { org: connection.name, reason });
      return { ahead: { ...nothing, unread }, failure: error };
    }
  }

  /** What was read of a badge is not what it is any more. */
  forget(connection: StoredConnection, remoteBadgeId: string): void {
    this.#readings.delete(nameOf(connection, remoteBadgeId));
  }

  #reads(connection: StoredConnection): LiveReads {
    const patience = { dice: this.#context.dice, times: this.#context.times.backoff };
    return new LiveReads(this.#sessions.of(connection).client, patience, message('jobs.nothingSent'));
  }

  async #reading(connection: StoredConnection, remoteBadgeId: string, again: boolean): Promise<Reading> {
    const name = nameOf(connection, remoteBadgeId);
    const known = this.#readings.get(name);
    const readOn = this.#context.now();
    if (known && !again && Math.abs(readOn - known.readOn) < FRESH_FOR) return known;
    const badge = await this.#reads(connection).badge(remoteBadgeId, 'read', { includeStatistics: 'true' });
    const reading: Reading = { readOn, badge, cycles: new Map() };
    this.#readings.delete(name);
    this.#readings.set(name, reading);
    for (const oldest of this.#readings.keys()) {
      if (this.#readings.size <= MOST_KEPT) break;
      this.#readings.delete(oldest);
    }
    return reading;
  }

  /** @returns null where the badge is there and cannot be read by the rules */
  async #question(connection: StoredConnection, job: LookedJob, reading: Reading): Promise<LookQuestion | null> {
    const { now } = this.#context;
    const { action, owner, eventDate, rows } = job;
    const settings = orgSettings(this.#context, connection);
    const { badge: remote } = reading;
    const stored = remote && storedBadge(remote, connection.timeZone);
    if (remote !== null && stored === null) return null;
    const question: LookQuestion = {
      ...{ org: connection.name, badge: stored, action, owner, eventDate, rows, now: now(), settings },
      status: statusOf(remote?.['status']),
      counts: { issued: countOf(remote?.['issuedCount']), earned: countOf(remote?.['earnedCount']) },
      cycleCounts: new Map(),
    };
    if (stored === null || action === 'enrol') return question;
    const cycleCounts = new Map<Instant, number>();
    for (const { level, by, span, limit } of badgeCaps(question, stored)) {
      if (level !== 'BADGE' || by !== 'eventDate' || span === null || limit <= 0) continue;
      const count = await this.#awardsInCycle(connection, job.remoteBadgeId, reading, span.from);
      if (count !== null) cycleCounts.set(span.from, count);
    }
    return { ...question, cycleCounts };
  }

  /** Some orgs do not count by cycle: then the limit is said without what is used of it. */
  async #awardsInCycle(
    connection: StoredConnection,
    remoteBadgeId: string,
    { cycles }: Reading,
    from: Instant,
  ): Promise<number | null> {
    const known = cycles.get(from);
    if (known !== undefined) return known;
    const count = await this.#reads(connection)
      .awardsInCycle(remoteBadgeId, from)
      .catch((error: unknown) => {
        if (error instanceof Failure && error.code === 'rejected-by-gateway') return null;
        throw error;
      });
    cycles.set(from, count);
    return count;
  }
}

const nameOf = (connection: StoredConnection, remoteBadgeId: string): string =>
  JSON.stringify([connection.key, connection.baseUrl, remoteBadgeId]);

const digest = (what: unknown): string => createHash('sha256').update(JSON.stringify(what)).digest('base64');

function pace(connection: StoredConnection, { rows }: LookedJob): Pick<LookAhead, 'requests' | 'secondsAtLeast'> {
  return rows === null ? { requests: null, secondsAtLeast: null } : paceOf(rows.good, connection);
}

/** A badge as the rules know it; null where it cannot be read. */
export function storedBadge(remote: RemoteBadge, zone: string): StoredBadge | null {
  const snapshot = snapshotOf(remote, '', 0);
  const live = storedLiveBadge(snapshot, zone);
  if (live === null) return null;
  // A claim in the name of a kind that is not known here counts in the org like any other.
  const claims = snapshot.claims.map((claim) => ({ ...claim, isActive: true }) as Claim);
  return { ...live.stored, claims };
}

/** What an org says of a badge's status; null: it does not say. */
export function statusOf(printed: unknown): BadgeStatus | null {
  if (printed === 'ENDED') return 'EXPIRED';
  return printed === 'UPCOMING' || printed === 'LIVE' || printed === 'EXPIRED' ? printed : null;
}

function lookedBadge({ definition, claims }: StoredBadge, { status, counts, now }: LookQuestion): LookedBadge {
  const { name, active, earnType, startOn, expiresOn, restrictedToOwners } = definition;
  return {
    ...{ name, active, earnType, startOn, expiresOn },
    status: status ?? badgeStatus(definition, now),
    allowedOwners: restrictedToOwners,
    claims: claims.map(({ ownerType, referenceId }) => ({ ownerType, referenceId })),
    issuedCount: counts.issued,
    earnedCount: counts.earned,
  };
}
