/** Requests of the ledger in the forms that other programs read: HAR 1.2, a Postman collection 2.1, a folder of Bruno. */
import { version } from '../../../../package.json';
import type { HeaderLine } from '../../../../db/workspace/ledger';
import { toIso } from '../../../../shared/domain/instant';
import { BASE_PATH } from '../../../../shared/gateway/base-path';
import type { SharedExchange } from './without-secrets';

const JSON_TYPE = 'application/json';
const MILLISECOND = 1_000;

const typeOf = (headers: readonly HeaderLine[]): string =>
  headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? JSON_TYPE;
const bytesOf = (text: string | null): number => (text === null ? 0 : Buffer.byteLength(text));
const tookOf = ({ line }: SharedExchange): number =>
  line.answeredOn === null ? 0 : Math.max(0, (line.answeredOn - line.sentOn) / MILLISECOND);

/** What a request is called among others: its number in the ledger tells two of the same kind apart. */
const nameOf = ({ line, url }: SharedExchange): string => {
  const { pathname } = new URL(url);
  const at = pathname.indexOf(BASE_PATH);
  return `${String(line.key)} ${line.method} ${at < 0 ? pathname : pathname.slice(at + BASE_PATH.length)}`;
};

const queryOf = (url: string): { name: string; value: string }[] =>
  [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** An HTTP archive. Where no whole answer came, its status is 0, as browsers write it. */
export function harOf(exchanges: readonly SharedExchange[]): string {
  const entries = exchanges.map((exchange) => {
    const { line, url, requestHeaders, requestBody, answer } = exchange;
    const took = tookOf(exchange);
    return {
      startedDateTime: toIso(line.sentOn, 'UTC'),
      time: took,
      request: {
        ...{ method: line.method, url, httpVersion: 'HTTP/1.1', cookies: [], headers: requestHeaders },
        ...{ queryString: queryOf(url), headersSize: -1, bodySize: bytesOf(requestBody) },
        ...(requestBody === null ? {} : { postData: { mimeType: typeOf(requestHeaders), text: requestBody } }),
      },
      response: {
        ...{ status: answer?.status ?? 0, statusText: '', httpVersion: 'HTTP/1.1', cookies: [] },
        headers: answer?.headers ?? [],
        content: {
          size: bytesOf(answer?.body ?? null),
          mimeType: typeOf(answer?.headers ?? []),
          ...(answer?.body === null || answer === null ? {} : { text: answer.body }),
        },
        ...{ redirectURL: '', headersSize: -1, bodySize: bytesOf(answer?.body ?? null) },
      },
      cache: {},
      timings: { send: 0, wait: took, receive: 0 },
      comment: line.sentence,
    };
  });
  return json({ log: { version: '1.2', creator: { name: 'Laurel', version }, entries } });
}

const AUTHORIZATION = { key: 'Authorization', value: '{{authorization}}' };
const postmanHeaders = (headers: readonly HeaderLine[]) => headers.map(({ name, value }) => ({ key: name, value }));

/** A Postman collection: each request, its answer as a saved example. Who calls is the variable `authorization`. */
export function postmanOf(exchanges: readonly SharedExchange[]): string {
  const item = exchanges.map((exchange) => {
    const { line, url, requestHeaders, requestBody, answer } = exchange;
    const address = new URL(url);
    const request = {
      method: line.method,
      header: [AUTHORIZATION, ...postmanHeaders(requestHeaders)],
      url: {
        ...{ raw: url, protocol: address.protocol.replace(':', ''), host: address.hostname.split('.') },
        ...(address.port === '' ? {} : { port: address.port }),
        path: address.pathname.split('/').slice(1),
        query: queryOf(url).map(({ name, value }) => ({ key: name, value })),
      },
      ...(requestBody === null
        ? {}
        : { body: { mode: 'raw', raw: requestBody, options: { raw: { language: 'json' } } } }),
    };
    const name = nameOf(exchange);
    const response =
      answer === null
        ? []
        : [
            {
              ...{ name: `${String(answer.status)} ${line.sentence}`, originalRequest: request, status: line.outcome },
              ...{ code: answer.status, header: postmanHeaders(answer.headers), cookie: [] },
              ...{ responseTime: Math.round(tookOf(exchange)), body: answer.body ?? '' },
            },
          ];
    return { name, request, response };
  });
  const info = {
    name: 'Laurel',
    schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
  };
  return json({ info, item, variable: [{ key: 'authorization', value: '' }] });
}

/** A text block of Bruno's language: each of its lines is set in, so that none of them can end it. */
const block = (name: string, text: string): string =>
  `${name} {\n${text
    .split('\n')
    .map((each) => `  ${each}`)
    .join('\n')}\n}\n`;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function bruOf(exchange: SharedExchange, sequence: number): string {
  const { line, url, requestHeaders, requestBody } = exchange;
  const parameters = queryOf(url);
  return [
    block('meta', `name: ${oneLine(nameOf(exchange))}\ntype: http\nseq: ${String(sequence)}`),
    block(line.method.toLowerCase(), `url: ${url}\nbody: ${requestBody === null ? 'none' : 'json'}\nauth: none`),
    ...(parameters.length === 0
      ? []
      : [block('params:query', parameters.map(({ name, value }) => `${name}: ${oneLine(value)}`).join('\n'))]),
    block(
      'headers',
      [
        'Authorization: {{authorization}}',
        ...requestHeaders.map(({ name, value }) => `${name}: ${oneLine(value)}`),
      ].join('\n'),
    ),
    ...(requestBody === null ? [] : [block('body:json', requestBody)]),
    block('docs', oneLine(line.sentence)),
  ].join('\n');
}

/**
 * A folder of Bruno: each request, and `run.json`, the answers in the form in which Bruno keeps a run. Who calls is the
 * variable `authorization`.
 */
export function brunoOf(exchanges: readonly SharedExchange[]): { name: string; text: string }[] {
  const digits = Math.max(3, String(exchanges.length).length);
  const parsed = (text: string | null): unknown => {
    try {
      return text === null ? null : (JSON.parse(text) as unknown);
    } catch {
      return text;
    }
  };
  const results = exchanges.map((exchange) => {
    const { line, url, requestHeaders, requestBody, answer } = exchange;
    const record = (headers: readonly HeaderLine[]) =>
      Object.fromEntries(headers.map(({ name, value }) => [name, value]));
    return {
      test: { filename: `${nameOf(exchange)}.bru` },
      // As the bytes went: what is parsed and written again may lose digits of a number.
      request: { method: line.method, url, headers: record(requestHeaders), data: requestBody },
      response:
        answer === null
          ? null
          : {
              ...{ status: answer.status, headers: record(answer.headers), data: parsed(answer.body) },
              responseTime: Math.round(tookOf(exchange)),
            },
    };
  });
  return [
    { name: 'bruno.json', text: json({ version: '1', name: 'Laurel', type: 'collection', ignore: [] }) },
    ...exchanges.map((exchange, index) => ({
      name: `${String(index + 1).padStart(digits, '0')}-${exchange.line.purpose.replace(/\W+/g, '-')}.bru`,
      text: bruOf(exchange, index + 1),
    })),
    { name: 'run.json', text: json([{ results }]) },
  ];
}
