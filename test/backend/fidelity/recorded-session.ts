import { instantOf, toIsoExact, SECOND, type Instant } from '../../../shared/domain/instant';
import type { OrgSettings } from '../../../shared/domain/settings';
import { RECORDING_SCHEMA, type RecordedCall, type Recording } from '../../../shared/fidelity/recording';
import { findRoute } from '../../../shared/gateway/router';
import { PracticeOrg } from '../../../electron/backend/practice/org';

export const BASE = '/api_gateway/v1/badges';

export interface SessionAnswer {
  status: number;
  body: Record<string, unknown>;
}

export interface CallMade {
  headers?: Record<string, string>;
  query?: string;
  body?: unknown;
}

/** A practice org whose every call is recorded, by a clock that the test moves. */
export class RecordedSession {
  readonly calls: RecordedCall[] = [];
  readonly #org: PracticeOrg;
  #now: Instant;

  private constructor(org: PracticeOrg, now: Instant) {
    this.#org = org;
    this.#now = now;
  }

  static async open(
    settings: Partial<OrgSettings> = {},
    now = '2026-03-02T09:00:00.123456Z',
  ): Promise<RecordedSession> {
    const start = instantOf(now);
    return new RecordedSession(await PracticeOrg.open({ file: null, settings, now: start }), start);
  }

  /** Moves the clock on. */
  wait(seconds: number): void {
    this.#now += seconds * SECOND;
    this.#org.setClock(this.#now);
  }

  get now(): Instant {
    return this.#now;
  }

  /** In seconds since 1970, so many days from now. */
  day(days: number): number {
    return Math.floor(this.#now / SECOND) + days * 86_400;
  }

  async call(method: string, path: string, { headers = {}, query = '', body }: CallMade = {}): Promise<SessionAnswer> {
    this.wait(1);
    const target = `${BASE}/${path}`;
    const route = findRoute(method, target);
    if (route === null) throw new Error(`${method} ${path} is no endpoint`);
    const text = body === undefined ? '' : JSON.stringify(body);
    const request = { method, path: target, query: Object.fromEntries(new URLSearchParams(query)), headers };
    const answer = await this.#org.answer(route, { ...request, body: text });
    const answered = JSON.stringify(answer.body);
    this.calls.push({
      ...{ at: toIsoExact(this.#now), milliseconds: 1, method, path: target, query, headers },
      ...{ body: text, missing: null },
      answer: { status: answer.status, headers: {}, body: answered, missing: null },
    });
    return { status: answer.status, body: JSON.parse(answered) as Record<string, unknown> };
  }

  /** The recording so far, and the end of the org. */
  end(): Recording {
    this.#org.close();
    return recordingOfCalls(this.calls);
  }
}

export function recordingOfCalls(calls: RecordedCall[]): Recording {
  return {
    ...{ schema: RECORDING_SCHEMA, source: { kind: 'har', program: 'test' }, clock: 'running' },
    ...{ replaced: [], leftOut: [], calls },
  };
}

/** The id of what a call made. */
export const idOf = ({ body }: SessionAnswer): string => String((body['data'] as Record<string, unknown>)['id']);
