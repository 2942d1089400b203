import type { IncomingMessage, ServerResponse } from 'node:http';
import { hostileGateway, json, type HostileGateway } from './hostile-gateway';

type Dice = () => number;

/** What the ids of an org's records begin with, and what its Date header says. */
export const CLOCKS = ['true', 'random ids', 'uuids', 'no date', 'front is off', 'machines differ', 'stands'] as const;
export type ClockKind = (typeof CLOCKS)[number];

/** How an org answers a request for awards that it has carried out. */
export const ANSWERS_DONE = [
  ...['rows', 'rows', 'rows', 'other shape', 'rows missing', 'rows doubled', 'foreign rows', 'odd ids', 'nothing said'],
  ...['both', 'odd codes', 'odd lists', 'no data', 'a list', 'a text', 'errors in 200', 'refused', 'crash', 'html'],
  ...['redirect', 'empty', 'cut', 'reset', 'trickle', 'huge', 'no json', 'deep', '502', 'teapot'],
] as const;
/** How it answers one that it has not. */
const ANSWERS_NOT_DONE = ['429', '503', 'reset', 'refused', 'html'] as const;

export interface OddOrgPlan {
  clock: ClockKind;
  /** Share of requests that it does not carry out. */
  notDone: number;
  /** Share of those carried out that it answers oddly. */
  odd: number;
  /** Share of reads that go wrong. */
  oddReads: number;
  /** The one odd answer that it gives; null: any. */
  only: (typeof ANSWERS_DONE)[number] | null;
  /** It takes every request for a repeated one. */
  repeats: boolean;
}

interface AwardRecord {
  id: string;
  madeOn: number;
}

/** An org that keeps to Q1 and Q2 and otherwise answers as its dice fall. Its time passes by requests, not by the clock. */
export class OddOrg {
  plan: OddOrgPlan;
  requests = 0;
  readonly records = new Map<number, AwardRecord[]>();
  readonly #dice: Dice;
  readonly #used = new Set<string>();
  #seconds = 1_760_000_000;

  constructor(plan: OddOrgPlan, dice: Dice) {
    this.plan = plan;
    this.#dice = dice;
  }

  /** Gives a customer an award as somebody else would, a while ago. */
  giveBefore(customer: number, secondsAgo: number): void {
    this.#give(customer, this.#seconds - secondsAgo);
  }

  newAwards(customer: number, before: number): number {
    return (this.records.get(customer) ?? []).length - before;
  }

  answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    this.requests += 1;
    if (this.plan.clock !== 'stands') this.#seconds += Math.ceil(this.#dice() * 3);
    const front = this.plan.clock === 'front is off' ? -1_234 : this.plan.clock === 'stands' ? this.requests : 0;
    response.sendDate = false;
    if (this.plan.clock !== 'no date')
      response.setHeader('date', new Date((this.#seconds + front) * 1_000).toUTCString());
    if (request.method === 'GET') this.#read(Number(request.url?.split('/management/')[1]?.split('/')[0]), response);
    else this.#award(JSON.parse(body) as { requestId: string; customerIds: number[] }, response);
  }

  #read(customer: number, response: ServerResponse): void {
    const earns = (this.records.get(customer) ?? []).map(({ id, madeOn }) => ({
      ...{ earnId: id, earnedOn: madeOn, earnEventDate: madeOn, ownerType: 'Loyalty', ownerReferenceId: '626' },
    }));
    if (this.#dice() >= this.plan.oddReads)
      return json(response, { data: { earnDetails: { earnCount: earns.length, earns } }, errors: [], warnings: [] });
    const odd: (() => void)[] = [
      () => json(response, '<html>', 200),
      () => json(response, { data: {}, errors: null }),
      () => json(response, { data: { earnDetails: { earnCount: earns.length + 1, earns: null } }, errors: [] }),
      () => json(response, { data: null, errors: [{ code: 999_999, message: 'crash' }] }, 500),
      () => json(response, { data: null, errors: [{ code: -1, message: null }] }, 400),
      () => void response.socket?.destroy(),
      () => json(response, { data: { earnDetails: { earns: [{ earnId: null }] } }, errors: [] }),
    ];
    odd[Math.floor(this.#dice() * odd.length)]?.();
  }

  #award({ requestId, customerIds }: { requestId: string; customerIds: number[] }, response: ServerResponse): void {
    const repeated = { data: null, errors: [{ code: 809, message: 'Request id was used before' }], warnings: [] };
    if (this.plan.repeats || this.#used.has(requestId)) return json(response, repeated, 400);
    if (this.#dice() < this.plan.notDone) {
      const how = ANSWERS_NOT_DONE[Math.floor(this.#dice() * ANSWERS_NOT_DONE.length)];
      return this.#say(how ?? '503', customerIds, [], response);
    }
    this.#used.add(requestId);
    const refused = customerIds.filter(() => this.#dice() < 0.1);
    const machine = this.plan.clock === 'machines differ' ? Math.floor(this.#dice() * 4) - 2 : 0;
    for (const customer of customerIds) if (!refused.includes(customer)) this.#give(customer, this.#seconds + machine);
    const any = ANSWERS_DONE[Math.floor(this.#dice() * ANSWERS_DONE.length)] ?? 'rows';
    const how = this.#dice() < this.plan.odd ? (this.plan.only ?? any) : 'rows';
    this.#say(how, customerIds, refused, response);
  }

  #give(customer: number, madeOn: number): void {
    const digits = (length: number): string =>
      Array.from({ length }, () => Math.floor(this.#dice() * 16).toString(16)).join('');
    const { clock } = this.plan;
    const id =
      clock === 'random ids'
        ? digits(24)
        : clock === 'uuids'
          ? `${digits(8)}-${digits(12)}`
          : madeOn.toString(16) + digits(16);
    this.records.set(customer, [...(this.records.get(customer) ?? []), { id, madeOn }]);
  }

  #say(how: string, customers: readonly number[], refused: readonly number[], response: ServerResponse): void {
    const idOf = (customer: number): string => this.records.get(customer)?.at(-1)?.id ?? '';
    const error = { code: 811, message: 'Not enrolled', reference: null };
    const rows = customers.map((customerId) =>
      refused.includes(customerId) ? { customerId, error } : { customerId, issuedId: idOf(customerId) },
    ) as Record<string, unknown>[];
    const given = (issuedBadges: unknown): void => json(response, { data: { issuedBadges }, errors: [], warnings: [] });
    const whole = (data: unknown): void => json(response, { data, errors: [], warnings: [] });
    const isRefused = ({ error: found }: Record<string, unknown>): boolean => found !== undefined;
    switch (how) {
      case 'other shape':
        return whole({
          earnedBadgesList: rows
            .filter((row) => !isRefused(row))
            .map(({ customerId, issuedId }) => ({ customerId, earnedBadgeId: issuedId })),
          failedEarnBadgeErrorList: refused.map((customerId) => ({
            customerId: String(customerId),
            errorCode: '811',
            errorMessage: null,
          })),
        });
      case 'rows missing':
        return given(rows.filter(() => this.#dice() < 0.5));
      case 'rows doubled':
        return given([...rows, ...rows.map(({ customerId }) => ({ customerId, error }))]);
      case 'foreign rows':
        return given([{ customerId: 999_999, issuedId: 'x' }, null, 7, { customerId: {} }, ...rows]);
      case 'odd ids':
        return given(
          rows.map((row) =>
            isRefused(row) ? row : { ...row, issuedId: [12, {}, true, '', null][Math.floor(this.#dice() * 5)] },
          ),
        );
      case 'nothing said':
        return given(customers.map((customerId) => ({ customerId })));
      case 'both':
        return given(rows.map((row) => ({ ...row, error })));
      case 'odd codes':
        return given(
          rows.map((row) =>
            isRefused(row)
              ? { ...row, error: { code: [-1, 9e15, 1e300, 'x', 0.5][Math.floor(this.#dice() * 5)] } }
              : row,
          ),
        );
      case 'odd lists':
        return whole({ issuedBadges: 'none', earnedBadgesList: { 0: 1 }, failedEarnBadgeErrorList: null });
      case 'no data':
        return whole(null);
      case 'a list':
        return whole([]);
      case 'a text':
        return whole('done');
      case 'errors in 200':
        return json(response, { data: { issuedBadges: rows }, errors: [{ code: 42, message: 'But' }] });
      case 'refused':
        return json(response, { data: null, errors: [{ code: 810, message: 'No claim' }], warnings: null }, 400);
      case 'crash':
        return json(response, { data: null, errors: [{ code: 999_999, message: 'Something went wrong' }] }, 500);
      case 'html':
        return json(response, '<html><body>Welcome</body></html>', 200);
      case 'redirect':
        response.writeHead(302, { location: 'http://127.0.0.1:9/elsewhere' });
        return void response.end();
      case 'empty':
        return void response.end();
      case 'cut':
        response.writeHead(200, { 'content-length': '1000' });
        response.write('{"data":');
        return void setTimeout(() => response.socket?.destroy(), 2);
      case 'reset':
        return void response.socket?.destroy();
      case 'trickle':
        response.writeHead(200);
        return void response.write('{');
      case 'huge':
        response.writeHead(200, { 'content-length': String(9e12) });
        return void response.write('{');
      case 'no json':
        return json(response, '{"data":{"issuedBadges":[', 200);
      case 'deep':
        return json(response, `{"data":${'['.repeat(5_000)}${']'.repeat(5_000)}}`, 200);
      case '429':
        response.setHeader('retry-after', '0');
        return json(response, '', 429);
      case '502':
        return json(response, '<html>', 502);
      case '503':
        return json(response, '', 503);
      case 'teapot':
        return json(response, '', 418);
      default:
        return given(rows);
    }
  }
}

export interface OddServer {
  url: string;
  /** Who answers from now on. */
  org: OddOrg | null;
  stop: HostileGateway['stop'];
}

/** Serves one odd org after the other at the same address. */
export async function oddServer(): Promise<OddServer> {
  const gateway = await hostileGateway((request, response) => {
    let body = '';
    response.on('error', () => undefined);
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => server.org?.answer(request, response, body));
  });
  const server: OddServer = { url: gateway.url, org: null, stop: gateway.stop };
  return server;
}
