import {
  badgeList,
  customFieldList,
  groupList,
  windowCycles,
  type remoteField,
  type remoteGroup,
  type RemoteBadge,
} from '../../../../shared/gateway/client-schemas';
import type { z } from 'zod';
import type { OrgField, OrgGroup } from '../../../../shared/gateway/definitions';
import { readInstant, toIsoExact, type Instant } from '../../../../shared/domain/instant';
import type { JsonObject } from '../../../../shared/domain/body-reader';
import { Failure } from '../../../../shared/ipc/errors';
import { gatewayUrl, readRequest, type GatewayClient } from '../client/gateway-client';
import { countsIn, readRemoteBadge } from './live-badge';
import { outcomeFailure, withKept } from '../client/outcome-failure';
import { readPatiently, type Patience } from '../client/patient-read';
import { message, type Message, type MessagePart } from '../../../../shared/words/message';

/** Badges on one page of the list. */
const PAGE = 100;
/** Badges that are read of one org; a list that goes on beyond is taken for one without an end. */
const MOST_BADGES = 100_000;
const MOST_FIELD_PAGES = 100;
/** Of a window of one day: ten years. */
const MOST_CYCLE_PAGES = 40;

/** A cycle of a badge's own fixed window, as an org counts it. */
export interface CountedCycle {
  /** Tells its window from others of the badge. */
  window: string;
  start: Instant;
  /** Midnight of the last day, which is included (semantics W2). */
  lastDay: Instant;
  awards: number;
}

/** One row of the list: its id, and the row as it came. */
export interface ListedBadge {
  id: string;
  row: JsonObject;
}

/**
 * Reads of an org's badges, each retried a little when it fails on the way. How many awards an answer says there are is noted, whatever
 * it was asked for (docs/decisions/0216).
 */
export class LiveReads {
  readonly #client: GatewayClient;
  readonly #patience: Patience;
  readonly #signal: AbortSignal | undefined;
  readonly #kept: MessagePart | null;

  /** @param kept completes failures: what is as it was; null: whoever asks says it */
  constructor(client: GatewayClient, patience: Patience, kept: MessagePart | null, signal?: AbortSignal) {
    this.#client = client;
    this.#patience = patience;
    this.#kept = kept;
    this.#signal = signal;
  }

  /**
   * All badges, page by page. A list that repeats itself or never ends is an error, not a loop.
   *
   * @throws Failure
   */
  async list(progress: (done: number, total: number) => void): Promise<Map<string, ListedBadge>> {
    const found = new Map<string, ListedBadge>();
    for (let page = 0; ; page += 1) {
      const list = badgeList.safeParse(
        await this.#get('list', ['badgeMeta'], { page: String(page), size: String(PAGE) }),
      );
      if (!list.success) throw this.#unlike(message('org.listUnlike'));
      const { metaBasicDetails: rows, pagination } = list.data;
      this.#client.noteCounts(countsIn(rows));
      const before = found.size;
      for (const row of rows) found.set(row.id, { id: row.id, row });
      progress(found.size, Math.max(pagination.total, found.size));
      if (rows.length === 0 || page + 1 >= pagination.totalPages) return found;
      if (found.size === before) throw this.#unlike(message('org.listRepeats'));
      if (found.size > MOST_BADGES) throw this.#unlike(message('org.listTooLong', { most: String(MOST_BADGES) }));
    }
  }

  /**
   * The badge of exactly this name, read whole; null when there is none (semantics L6: names are unique).
   *
   * @param read as of {@link badge}
   */
  async named(name: string, read: Readonly<Record<string, string>> = {}): Promise<RemoteBadge | null> {
    for (let page = 0; ; page += 1) {
      const query = { name, page: String(page), size: String(PAGE) };
      const list = badgeList.safeParse(await this.#get('find', ['badgeMeta'], query));
      if (!list.success) throw this.#unlike(message('org.listUnlike'));
      const { metaBasicDetails: rows, pagination } = list.data;
      this.#client.noteCounts(countsIn(rows));
      // The filter finds names that contain this one, in any case.
      const row = rows.find((badge) => badge.name === name);
      if (row) return this.badge(row.id, 'read', read);
      if (rows.length === 0 || page + 1 >= pagination.totalPages || page > MOST_BADGES / PAGE) return null;
    }
  }

  /**
   * One badge; null when the org does not have it.
   *
   * @param query `includeStatistics` has the org count enrolments and awards, too
   * @throws Failure
   */
  async badge(
    remoteId: string,
    purpose = 'read',
    query: Readonly<Record<string, string>> = {},
  ): Promise<RemoteBadge | null> {
    const request = readRequest(purpose, gatewayUrl(this.#client.org, ['badgeMeta', remoteId], query), remoteId);
    const { outcome } = await readPatiently(this.#client, request, this.#patience, this.#signal);
    if (outcome.kind === 'refused' && outcome.status === 404) return null;
    if (outcome.kind !== 'success') throw outcomeFailure(outcome, this.#kept);
    const badge = readRemoteBadge(outcome.data);
    if (badge?.id !== remoteId) throw this.#unlike(message('org.badgeUnlike'));
    this.#client.noteCounts(countsIn([badge]));
    return badge;
  }

  /**
   * How many awards count in the cycle of a badge-level fixed window that begins at an instant.
   *
   * @returns null where the org does not say, or says several numbers
   * @throws Failure
   */
  async awardsInCycle(remoteId: string, from: Instant): Promise<number | null> {
    const date = toIsoExact(from);
    const query = { constraintType: 'BADGE', includeEarnCount: 'true', startDate: date, endDate: date };
    const cycles = windowCycles.safeParse(
      await this.#get('read', ['badgeMeta', 'getFixedWindowDetails'], { badgeMetaId: remoteId, ...query }),
    );
    if (!cycles.success) return null;
    const counts = cycles.data.fixedWindowCycles
      .filter(({ startDate, constraintType }) => {
        const start = readInstant(startDate);
        return constraintType === 'BADGE_FIXED_WINDOW' && start.ok && start.instant === from;
      })
      .map(({ earnCount }) => earnCount ?? null);
    return new Set(counts).size === 1 ? (counts[0] ?? null) : null;
  }

  /**
   * The cycles of a badge's own fixed windows that touch a span, with the awards that count in each. Cycles of which the org says no
   * number, or no end, are left out.
   *
   * @throws Failure
   */
  async countedCycles(remoteId: string, from: Instant, to: Instant): Promise<CountedCycle[]> {
    const found = new Map<string, CountedCycle>();
    const span = { startDate: toIsoExact(from), endDate: toIsoExact(to) };
    const query = { badgeMetaId: remoteId, constraintType: 'BADGE', includeEarnCount: 'true', ...span };
    for (let page = 0; page < MOST_CYCLE_PAGES; page += 1) {
      const list = windowCycles.safeParse(
        await this.#get('read', ['badgeMeta', 'getFixedWindowDetails'], {
          ...query,
          ...{ page: String(page), size: String(PAGE) },
        }),
      );
      if (!list.success) return [];
      const before = found.size;
      for (const cycle of list.data.fixedWindowCycles) {
        const [start, end] = [readInstant(cycle.startDate), readInstant(cycle.endDate)];
        const { earnCount, constraintType, fixedWindowCycleReferenceId } = cycle;
        if (constraintType !== 'BADGE_FIXED_WINDOW' || !start.ok || !end.ok || typeof earnCount !== 'number') continue;
        const window = fixedWindowCycleReferenceId ?? '';
        const key = JSON.stringify([window, start.instant]);
        found.set(key, { window, start: start.instant, lastDay: end.instant, awards: earnCount });
      }
      if (found.size === before || page + 1 >= (list.data.pagination?.totalPages ?? 1)) break;
    }
    return [...found.values()];
  }

  /**
   * The custom fields that are not disabled. One without an id or a type stands with an empty one: badges know it by its
   * name.
   *
   * @throws Failure
   */
  async customFields(): Promise<OrgField[]> {
    const found = new Map<string, OrgField>();
    for (let page = 0; page < MOST_FIELD_PAGES; page += 1) {
      const list = customFieldList.safeParse(
        await this.#get('fields', ['customField'], { page: String(page), size: String(PAGE) }),
      );
      if (!list.success) throw this.#unlike(message('org.fieldsUnlike'));
      for (const field of list.data.customFieldROList) {
        const read = orgFieldOf(field);
        if (read) found.set(read.name, read);
      }
      if (list.data.customFieldROList.length === 0 || page + 1 >= list.data.pagination.totalPages) break;
    }
    return [...found.values()];
  }

  /** The groups of badges in the order of the org's list, disabled ones too. @throws Failure */
  async groups(): Promise<OrgGroup[]> {
    const found = new Map<string, OrgGroup>();
    for (let page = 0; page < MOST_FIELD_PAGES; page += 1) {
      const list = groupList.safeParse(
        await this.#get('groups', ['group'], { page: String(page), size: String(PAGE) }),
      );
      if (!list.success) throw this.#unlike(message('org.groupsUnlike'));
      for (const group of list.data.badgeGroups) found.set(group.id, orgGroupOf(group, found.size + 1));
      if (list.data.badgeGroups.length === 0 || page + 1 >= list.data.pagination.totalPages) break;
    }
    return [...found.values()];
  }

  async #get(purpose: string, segments: readonly string[], query: Record<string, string>): Promise<unknown> {
    const request = readRequest(purpose, gatewayUrl(this.#client.org, segments, query));
    const { outcome } = await readPatiently(this.#client, request, this.#patience, this.#signal);
    if (outcome.kind !== 'success') throw outcomeFailure(outcome, this.#kept);
    return outcome.data;
  }

  #unlike(what: Message): Failure {
    return new Failure(
      'rejected-by-gateway',
      withKept(message('org.notAsGateway', { org: this.#client.org.name, what }), this.#kept),
    );
  }
}

/** @param rankless its rank where the org tells none */
export function orgGroupOf({ id, name, rank, isActive }: z.output<typeof remoteGroup>, rankless: number): OrgGroup {
  return { id, name, rank: rank ?? rankless, isActive: isActive !== false };
}

/** Null for a disabled one: nobody can use it again (semantics F1). */
export function orgFieldOf(field: z.output<typeof remoteField>): OrgField | null {
  const { id, name, dataType, isMandatory, isActive, defaultValue } = field;
  if (isActive === false) return null;
  return {
    ...{ id: id ?? '', name, dataType: dataType ?? '', isMandatory: isMandatory === true },
    defaultValue: defaultValue ?? null,
  };
}

/** Values that an org gives to mandatory custom fields nobody filled in (semantics F1). */
export function defaultsOf(fields: readonly OrgField[]): Record<string, string> {
  return Object.fromEntries(
    fields.filter(({ isMandatory }) => isMandatory).map(({ name, defaultValue }) => [name, defaultValue ?? '']),
  );
}
