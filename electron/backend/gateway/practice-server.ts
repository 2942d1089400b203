import { setTimeout as wait } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { parseError, ruleError } from '../../../shared/domain/codes';
import { Failure } from '../../../shared/ipc/errors';
import { refusalWithStatus, type Answer } from '../../../shared/gateway/answer';
import type { FaultTally } from '../../../shared/gateway/fault-plan';
import { findRoute, UNKNOWN_ENDPOINT, type GatewayRequest } from '../../../shared/gateway/router';
import { codesOfAnswer, type ActivityListener } from './activity';
import { exchangeOf, JSON_TYPE } from './exchange';
import type { Gate } from './credentials';
import type { FaultInjector, Faults } from './faults';
import { answerPractice, answerToken, TOKEN_PATH } from './practice-calls';
import { OpenConnections } from './open-connections';
import type { PracticeOrg } from './practice-org';
import { BODY_LIMIT_BYTES, readBody, type BodyText } from './request-body';

const LOOPBACK = '127.0.0.1';
const HOST_NAMES: readonly string[] = [LOOPBACK, 'localhost', '[::1]'];

export interface PracticeServerOptions {
  org: PracticeOrg;
  gate: Gate;
  faults: FaultInjector | null;
  onActivity: ActivityListener | null;
  /** Told about an exception that no rule accounts for; the caller gets a plain 500. */
  onFailure(error: unknown): void;
}

const NO_FAULTS: Faults = { delayMilliseconds: 0, kind: null, retryAfterSeconds: 0 };

/** Serves a practice org over HTTP on the loopback address. */
export class PracticeServer {
  readonly #app: FastifyInstance;
  readonly #options: PracticeServerOptions;
  /** Connections on which an answer is withheld on purpose: they must not hold up a stop. */
  readonly #silent = new Set<FastifyReply>();
  readonly #closing = new AbortController();
  readonly #connections: OpenConnections;
  #faults: FaultInjector | null;
  #port = 0;

  constructor(options: PracticeServerOptions) {
    this.#options = options;
    this.#faults = options.faults;
    this.#app = fastify({
      bodyLimit: BODY_LIMIT_BYTES,
      forceCloseConnections: 'idle',
      frameworkErrors: (_error, _request, reply) => {
        void this.#send(reply, refusalWithStatus(400, [parseError('the address of the request cannot be read')]));
      },
    });
    this.#connections = new OpenConnections(this.#app.server);
    this.#app.removeAllContentTypeParsers();
    this.#app.addContentTypeParser('*', (_request, payload, done) => {
      readBody(payload).then((body) => done(null, body), done);
    });
    this.#app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
      this.#fail(error, request, reply),
    );
    this.#app.all('*', (request, reply) => this.#serve(request, reply));
    this.#app.setNotFoundHandler((request, reply) => this.#serve(request, reply));
  }

  /**
   * @param port 0 for any free one
   * @returns the port
   * @throws the system's error when the port is taken
   */
  async listen(port: number): Promise<number> {
    await this.#app.listen({ host: LOOPBACK, port });
    const address = this.#app.server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : port;
    return this.#port;
  }

  /** What goes wrong from the next request on; null: nothing. */
  setFaults(faults: FaultInjector | null): void {
    this.#faults = faults;
  }

  /** How the rules in force have fared; empty when there are none. */
  get faultTallies(): readonly FaultTally[] {
    return this.#faults?.tallies ?? [];
  }

  /** Takes no more requests, finishes those under way without further delay, and closes. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const reply of this.#silent) reply.raw.destroy();
    this.#connections.close();
    await this.#app.close();
  }

  async #serve(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const started = performance.now();
    const { pathname, query } = split(request.raw.url ?? '/');
    const method = request.method;
    const body = request.body as BodyText | undefined | null;
    const note = (endpoint: string | null, answer: Answer | null, fault: string | null): void => {
      this.#options.onActivity?.(
        {
          at: this.#options.org.now(),
          method,
          path: pathname,
          endpoint,
          status: answer?.status ?? null,
          codes: answer === null ? [] : codesOfAnswer(answer.body),
          milliseconds: performance.now() - started,
          fault,
        },
        () => exchangeOf(request, body ?? null, reply, answer),
      );
    };
    const early = this.#refuseEarly(request, pathname, body?.kind === 'too-large');
    if (early !== null) {
      note(null, early, null);
      return this.#send(reply, early);
    }
    const text = body?.kind === 'text' ? body.text : '';
    const own = this.#answerOwn(method, pathname, text);
    if (own !== null) {
      note(null, own, null);
      return this.#send(reply, own);
    }
    const route = findRoute(method, pathname);
    if (route === null) {
      const answer = refusalWithStatus(404, [UNKNOWN_ENDPOINT]);
      note(null, answer, null);
      return this.#send(reply, answer);
    }
    const headers = request.headers as GatewayRequest['headers'];
    const work = (): Answer | Promise<Answer> =>
      this.#options.org.answer(route, { method, path: pathname, query, headers, body: text });
    const faults = this.#faults;
    if (faults === null) {
      const answer = await work();
      note(route.endpoint.name, answer, null);
      return this.#send(reply, answer);
    }
    const decided = faults.decide({
      endpoint: route.endpoint.name,
      method,
      path: pathname,
      body: text,
      requestIdHeader: headers['x-cap-request-id'],
    });
    return this.#serveFaulty(reply, decided, work, (answer) => note(route.endpoint.name, answer, nameOf(decided)));
  }

  async #serveFaulty(
    reply: FastifyReply,
    { delayMilliseconds, kind, retryAfterSeconds }: Faults,
    work: () => Answer | Promise<Answer>,
    note: (answer: Answer | null) => void,
  ): Promise<FastifyReply> {
    if (delayMilliseconds > 0) await this.#delay(delayMilliseconds);
    const answerWith = (answer: Answer): FastifyReply => {
      note(answer);
      return this.#send(reply, answer);
    };
    switch (kind) {
      case null:
        return answerWith(await work());
      case 'expire-tokens':
        this.#options.gate.expireTokens();
        return answerWith(refusalWithStatus(401, [ruleError(401)]));
      case '429':
        void reply.header('retry-after', String(retryAfterSeconds));
        return answerWith(faultAnswer(429, 'Too many requests'));
      case '500':
        return answerWith(faultAnswer(500, 'Internal server error'));
      case '502':
        return answerWith(faultAnswer(502, 'Bad gateway'));
      case 'reset-before-commit':
        break;
      case 'reset-after-commit':
        await work();
        break;
      case 'cut-body':
        cutBody(reply, await work());
        note(null);
        return reply;
      case 'no-answer':
        await work();
        reply.hijack();
        this.#silent.add(reply);
        reply.raw.once('close', () => this.#silent.delete(reply));
        note(null);
        return reply;
    }
    reply.hijack();
    reply.raw.socket?.resetAndDestroy();
    note(null);
    return reply;
  }

  #send(reply: FastifyReply, answer: Answer): FastifyReply {
    // A connection that is kept open would hold up the stop until it times out.
    if (this.#closing.signal.aborted) void reply.header('connection', 'close');
    return reply.code(answer.status).header('content-type', JSON_TYPE).send(JSON.stringify(answer.body));
  }

  /** A stop must not have to wait for a delay that was asked for. */
  async #delay(milliseconds: number): Promise<void> {
    try {
      await wait(milliseconds, undefined, { signal: this.#closing.signal });
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error;
    }
  }

  #refuseEarly(request: FastifyRequest, pathname: string, isTooLarge: boolean): Answer | null {
    if (!this.#isOurHost(request.headers.host)) {
      return refusalWithStatus(403, [
        {
          code: 403,
          message: `Only ${LOOPBACK}:${this.#port} and localhost:${this.#port} are served here`,
          reference: null,
        },
      ]);
    }
    const token = request.headers['x-cap-api-oauth-token'];
    const isAdmitted =
      pathname === TOKEN_PATH ||
      this.#options.gate.admits(
        request.headers.authorization,
        Array.isArray(token) ? token[0] : token,
        this.#options.org.now(),
      );
    if (!isAdmitted) return refusalWithStatus(401, [ruleError(401)]);
    if (!isTooLarge) return null;
    const limit = `${BODY_LIMIT_BYTES / 1024 / 1024} MB`;
    return refusalWithStatus(400, [parseError(`the body is larger than ${limit}; nothing was done. Send it in parts`)]);
  }

  /** A page in a browser can be made to send requests here under a name of its own; those are not for us. */
  #isOurHost(host: string | undefined): boolean {
    if (host === undefined) return false;
    const colon = host.lastIndexOf(':');
    const hasPort = colon > host.lastIndexOf(']');
    const name = hasPort ? host.slice(0, colon) : host;
    return HOST_NAMES.includes(name.toLowerCase()) && (!hasPort || host.slice(colon + 1) === String(this.#port));
  }

  #answerOwn(method: string, pathname: string, body: string | null): Answer | null {
    const { org, gate } = this.#options;
    if (method === 'POST' && pathname === TOKEN_PATH) return answerToken(gate, org, body);
    return answerPractice(org, method, pathname, body);
  }

  #fail(error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (request.raw.destroyed && !request.raw.complete) return reply;
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return this.#send(reply, refusalWithStatus(400, [parseError(error.message)]));
    }
    this.#options.onFailure(error);
    const words =
      error instanceof Failure ? error.message : 'The practice org failed; nothing of this request was kept';
    const answer = faultAnswer(500, words);
    return this.#send(reply, answer);
  }
}

function nameOf(faults: Faults): string | null {
  return faults.kind ?? (faults.delayMilliseconds > NO_FAULTS.delayMilliseconds ? 'latency' : null);
}

function faultAnswer(status: number, message: string): Answer {
  return refusalWithStatus(status, [{ code: status, message, reference: null }]);
}

/** Promises the whole body, sends half of it, and closes the connection. */
function cutBody(reply: FastifyReply, answer: Answer): void {
  const body = Buffer.from(JSON.stringify(answer.body));
  reply.hijack();
  reply.raw.writeHead(answer.status, { 'content-type': JSON_TYPE, 'content-length': body.length });
  reply.raw.write(body.subarray(0, Math.floor(body.length / 2)), () => reply.raw.destroy());
}

function split(url: string): { pathname: string; query: Record<string, string> } {
  const mark = url.indexOf('?');
  if (mark < 0) return { pathname: url, query: {} };
  const query: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(url.slice(mark + 1))) {
    query[key] = Object.hasOwn(query, key) ? `${query[key]},${value}` : value;
  }
  return { pathname: url.slice(0, mark), query };
}
