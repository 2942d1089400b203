import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Answer } from '../../../../shared/gateway/answer';
import type { ExchangeBody, ExchangeHeader, GatewayExchange } from '../activity';
import type { BrokenRequest } from './broken-requests';
import type { BodyText } from './request-body';

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Characters of a body that are kept for looking at: a bulk request of a thousand customers fits. */
const MOST_CHARACTERS = 64 * 1024;

const NO_BODY: ExchangeBody = { text: '', length: 0 };

/** A request and its answer as they can be looked at later. Both are read now, because fastify uses its objects again. */
export function exchangeOf(
  request: FastifyRequest,
  body: BodyText | null,
  reply: FastifyReply,
  answer: Answer | null,
): GatewayExchange {
  return {
    target: request.raw.url ?? '/',
    requestHeaders: headersOf(request.raw.rawHeaders),
    requestBody: requestBodyOf(body),
    answer:
      answer === null
        ? null
        : {
            headers: [
              { name: 'content-type', value: JSON_TYPE },
              ...Object.entries(reply.getHeaders()).map(([name, value]) => ({ name, value: String(value) })),
            ],
            body: shortened(JSON.stringify(answer.body)),
          },
  };
}

/** The same of a request that no handler got to see. */
export function brokenExchange({ target, rawHeaders, answer }: BrokenRequest): GatewayExchange {
  return {
    target,
    requestHeaders: headersOf(rawHeaders),
    requestBody: { text: null, length: 0 },
    answer: { headers: [{ name: 'content-type', value: JSON_TYPE }], body: shortened(JSON.stringify(answer.body)) },
  };
}

function requestBodyOf(body: BodyText | null): ExchangeBody {
  if (body === null) return NO_BODY;
  return body.kind === 'text' && body.text !== null ? shortened(body.text) : { text: null, length: 0 };
}

function shortened(text: string): ExchangeBody {
  if (text.length <= MOST_CHARACTERS) return { text, length: text.length };
  // Through bytes: V8 keeps the whole of a long text alive for as long as a slice of it.
  const kept = Buffer.from(text.slice(0, MOST_CHARACTERS), 'utf16le').toString('utf16le');
  return { text: kept, length: text.length };
}

function headersOf(raw: readonly string[]): ExchangeHeader[] {
  const headers: ExchangeHeader[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    headers.push({ name, value: shownValue(name.toLowerCase(), raw[index + 1] ?? '') });
  }
  return headers;
}

/** Somebody may call with the credentials of a live org by mistake; those must not stand on the screen. */
function shownValue(name: string, value: string): string {
  if (name === 'x-cap-api-oauth-token' || name === 'cookie') return `${value.slice(0, 4)}…`;
  if (name !== 'authorization') return value;
  const [, encoded] = /^basic +(\S+) *$/i.exec(value) ?? [];
  if (encoded === undefined) return `${value.split(' ', 1)[0] ?? ''} …`;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? 'Basic …' : `Basic (user ${text.slice(0, colon)}, password not shown)`;
}
