import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ruleError, type RuleError } from '../../../../shared/domain/codes';
import { Failure } from '../../../../shared/ipc/errors';
import { refusalWithStatus, success, type Answer } from '../../../../shared/gateway/answer';
import type { FaultTally } from '../../../../shared/gateway/fault-plan';
import { answerUnrouted, findRoute, methodsOf, type GatewayRequest } from '../../../../shared/gateway/router';
import { quotedWords } from '../../../../shared/ipc/plain-words';
import { codesOfAnswer, type ActivityListener } from '../activity';
import { answerBrokenRequests, HEADERS_LIMIT_BYTES, PATIENCE, type Patience } from './broken-requests';
import { brokenExchange, exchangeOf, JSON_TYPE } from './exchange';
import type { Gate } from '../credentials';
import type { FaultInjector, Faults } from './faults';
import { foreignCaller, foreignHost, LOOPBACK } from './foreign-callers';
import { answerOwn, isOpenPath, ownMethodsOf } from '../calls';
import { ownTarget, splitTarget } from './request-target';
import { PICTURES_PATH, servedPicture } from './served-pictures';
import { OpenConnections } from './open-connections';
import type { PracticeOrg } from '../org';
import { ACCEPTED_ENCODINGS, BodyBudget, BODY_LIMIT_BYTES, readBody, type BodyText } from './request-body';

export interface PracticeServerOptions {
  org: PracticeOrg;
  gate: Gate;
  faults: FaultInjector | null;
  onActivity: ActivityListener | null;
  /** Folder of pictures that are served to whoever asks, as a server of pictures would; absent: none are. */
  pictures?: string | null;
  /** Told about an exception that no rule accounts for; the caller gets a plain 500. */
  onFailure(error: unknown): void;
  /** How long a caller may take. */
  patience?: Patience;
  /** Bytes of bodies that may be under way at once. */
  bodyBudget?: BodyBudget;
}

/** How often connections are looked at for callers that take too long. */
const LOOK_MILLISECONDS = 1_000;

/** From so many characters on, an answer leaves sooner as bytes; a short one shares its write with the headers. */
const LONG_ANSWER = 16 * 1024;

const NO_FAULTS: Faults = { delayMilliseconds: 0, kind: null, retryAfterSeconds: 0 };

/** Serves a practice org over HTTP on the loopback address. */
export class PracticeServer {
  readonly #app: FastifyInstance;
  readonly #options: PracticeServerOptions;
  /** Connections on which an answer is withheld on purpose: they must not hold up a stop. */
  readonly #silent = new Set<FastifyReply>();
  readonly #closing = new AbortController();
  readonly #connections: OpenConnections;
  /** Requests that were told of while they were still arriving. */
  readonly #told = new WeakSet<IncomingMessage>();
  #faults: FaultInjector | null;
  #port = 0;

  constructor(options: PracticeServerOptions) {
    this.#options = options;
    this.#faults = options.faults;
    const patience = options.patience ?? PATIENCE;
    const budget = options.bodyBudget ?? new BodyBudget();
    this.#app = fastify({
      bodyLimit: BODY_LIMIT_BYTES,
      forceCloseConnections: 'idle',
      requestTimeout: patience.request,
      http: {
        headersTimeout: patience.headers,
        connectionsCheckingInterval: Math.min(LOOK_MILLISECONDS, patience.headers / 2),
        maxHeaderSize: HEADERS_LIMIT_BYTES,
        // A missing Host is refused in words by `foreignCaller`.
        requireHostHeader: false,
      },
      // All that the parser turns away is answered by `answerBrokenRequests`.
      clientErrorHandler: () => undefined,
      frameworkErrors: (error, request, reply) => void this.#fail(error, request, reply),
    });
    this.#connections = new OpenConnections(this.#app.server);
    answerBrokenRequests(this.#app.server, this.#connections, patience, (broken, unfinished) => {
      if (unfinished !== null) this.#told.add(unfinished);
      const { method, target, answer } = broken;
      options.onActivity?.(
        {
          at: options.org.now(),
          method,
          path: splitTarget(target).pathname,
          endpoint: null,
          status: answer.status,
          codes: codesOfAnswer(answer.body),
          hints: [],
          milliseconds: 0,
          fault: null,
        },
        () => brokenExchange(broken),
      );
    });
    this.#app.removeAllContentTypeParsers();
    this.#app.addContentTypeParser('*', (request, payload, done) => {
      readBody(payload, request.headers, budget).then((body) => done(null, body), done);
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
    const target = ownTarget(request.raw.url ?? '/', this.#port);
    const { pathname, query } = splitTarget(target ?? request.raw.url ?? '/');
    const body = request.body as BodyText | undefined | null;
    const note = (endpoint: string | null, answer: Answer | null, fault: string | null): void =>
      this.#note({ request, reply, pathname, started, endpoint, fault }, answer);
    const early =
      target === null
        ? refusalWithStatus(403, [refusalOf(foreignHost(this.#port))])
        : this.#refuseEarly(request, reply, pathname);
    if (early !== null) {
      note(null, early, null);
      return this.#send(reply, early);
    }
    const picture = servedPicture(this.#options.pictures ?? null, request.method, pathname);
    if (picture !== null) return reply.headers(picture.headers).send(picture.bytes);
    const text = body?.kind === 'text' ? body.text : '';
    const url = `http://${LOOPBACK}:${String(this.#port)}`;
    const own = answerOwn({ ...this.#options, url }, request.method, pathname, text);
    if (own !== null) {
      note(null, own, null);
      return this.#send(reply, own);
    }
    // A health check asks with HEAD what others ask with GET; Node leaves the body out.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = findRoute(method, pathname);
    if (route === null) {
      const answer = this.#answerUnrouted(request.method, pathname, reply);
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
    const text = JSON.stringify(answer.body);
    return reply
      .code(answer.status)
      .header('content-type', JSON_TYPE)
      .send(text.length < LONG_ANSWER ? text : Buffer.from(text));
  }

  /** A stop must not have to wait for a delay that was asked for. */
  async #delay(milliseconds: number): Promise<void> {
    try {
      await wait(milliseconds, undefined, { signal: this.#closing.signal });
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error;
    }
  }

  /** Tells of a call; `answer` is null where the connection was broken instead. */
  #note({ request, reply, pathname, started, endpoint, fault }: Noted, answer: Answer | null): void {
    const body = request.body as BodyText | undefined | null;
    this.#options.onActivity?.(
      {
        at: this.#options.org.now(),
        method: request.method,
        path: pathname,
        endpoint,
        status: answer?.status ?? null,
        codes: answer === null ? [] : codesOfAnswer(answer.body),
        hints: answer?.hints ?? [],
        milliseconds: performance.now() - started,
        fault,
      },
      () => exchangeOf(request, body ?? null, reply, answer),
    );
  }

  #refuseEarly(request: FastifyRequest, reply: FastifyReply, pathname: string): Answer | null {
    const foreign = foreignCaller(request.raw.rawHeaders, this.#port);
    if (foreign !== null) return refusalWithStatus(foreign.status, [refusalOf(foreign)]);
    const token = request.headers['x-cap-api-oauth-token'];
    const isAdmitted =
      isOpenPath(pathname) ||
      pathname.startsWith(PICTURES_PATH) ||
      this.#options.gate.admits(
        request.headers.authorization,
        Array.isArray(token) ? token[0] : token,
        this.#options.org.now(),
      );
    const body = request.body as BodyText | undefined | null;
    if (body?.kind === 'refused' && body.isCut) void reply.header('connection', 'close');
    if (!isAdmitted) return refusalWithStatus(401, [ruleError(401)]);
    if (body?.kind !== 'refused') return null;
    if (body.status === 415) void reply.header('accept-encoding', ACCEPTED_ENCODINGS);
    return refusalWithStatus(body.status, [refusalOf(body)]);
  }

  /** 404, 405 with the methods there are, or to OPTIONS those methods. */
  #answerUnrouted(method: string, pathname: string, reply: FastifyReply): Answer {
    const methods = [...ownMethodsOf(this.#options.org, pathname), ...methodsOf(pathname)];
    if (methods.length === 0) return answerUnrouted(method, methods);
    const allowed = [...methods, 'OPTIONS'];
    void reply.header('allow', allowed.join(', '));
    return method === 'OPTIONS' ? success({ methods: allowed }) : answerUnrouted(method, methods);
  }

  #fail(error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const pathname = splitTarget(request.raw.url ?? '/').pathname;
    const noted = { request, reply, pathname, started: performance.now(), endpoint: null, fault: null };
    if (request.raw.destroyed && !request.raw.complete) {
      // The caller has gone, or was told already that it took too long.
      if (!this.#told.has(request.raw)) this.#note(noted, null);
      return reply;
    }
    let answer: Answer;
    if (error.statusCode !== undefined && error.statusCode < 500) {
      answer = refusalWithStatus(400, [{ code: 400, message: quotedWords(error.message), reference: null }]);
    } else {
      this.#options.onFailure(error);
      const words =
        error instanceof Failure ? error.message : 'The practice org failed; nothing of this request was kept';
      answer = faultAnswer(500, words);
    }
    this.#note(noted, answer);
    return this.#send(reply, answer);
  }
}

/** What is known of a call when it is told. */
interface Noted {
  request: FastifyRequest;
  reply: FastifyReply;
  pathname: string;
  /** By `performance.now()`. */
  started: number;
  endpoint: string | null;
  fault: string | null;
}

function refusalOf({ status, message }: { status: number; message: string }): RuleError {
  return { code: status, message, reference: null };
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
