/** Runs of collections, as Postman's newman, Postman itself and Bruno keep them. */
import { isObject, type JsonObject } from '../../../../shared/domain/body-reader';
import { fromMilliseconds } from '../../../../shared/domain/instant';
import { writeJson } from '../../../../shared/domain/json';
import { listAt, namedValues, numberAt, objectAt, statusAt, textAt } from './loose-json';
import { bodyOfBytes, NO_BODY, NOT_RECORDED, type Source, type SourceBody, type SourceCall } from './source';

/** Whether a parsed file is what `newman run --reporters json` wrote. */
export const isNewman = (value: unknown): boolean => {
  const run = objectAt(value, 'run');
  return run !== null && Array.isArray(run['executions']);
};

/** Whether a parsed file is a Postman collection, whose saved examples are calls with their answers. */
export const isPostman = (value: unknown): boolean =>
  isObject(value) && Array.isArray(value['item']) && objectAt(value, 'info') !== null;

/** Whether a parsed file is what `bru run --reporter-json` wrote. */
export const isBruno = (value: unknown): boolean =>
  runsOfBruno(value).some((run) => listAt(run, 'results').some((result) => objectAt(result, 'request') !== null));

/** The address of a Postman request: a text, or its parts. */
function addressOf(url: unknown): string | null {
  if (typeof url === 'string') return url;
  const raw = textAt(url, 'raw');
  if (raw !== null && !raw.includes('{{')) return raw;
  const part = (key: string): string[] => listAt(url, key).filter((text) => typeof text === 'string');
  const host = part('host').join('.');
  const path = part('path').join('/');
  if (path === '') return raw;
  const query = listAt(url, 'query')
    .filter((entry) => isObject(entry) && entry['disabled'] !== true)
    .map((entry) => `${textAt(entry, 'key') ?? ''}=${textAt(entry, 'value') ?? ''}`)
    .join('&');
  return `https://${host === '' || host.includes('{{') ? 'org.invalid' : host}/${path}${query === '' ? '' : `?${query}`}`;
}

function postmanBody(body: unknown): SourceBody {
  if (!isObject(body)) return NO_BODY;
  const raw = textAt(body, 'raw');
  if (raw !== null) return { text: raw, missing: null };
  return body['mode'] === undefined ? NO_BODY : NOT_RECORDED;
}

function postmanCall(request: unknown, answer: SourceCall['answer'], milliseconds: number | null): SourceCall | null {
  const url = addressOf(typeof request === 'string' ? request : isObject(request) ? request['url'] : undefined);
  if (url === null) return null;
  return {
    ...{ at: null, milliseconds, method: textAt(request, 'method') ?? 'GET', url },
    headers: namedValues(isObject(request) ? request['header'] : undefined, 'key'),
    body: postmanBody(isObject(request) ? request['body'] : undefined),
    answer,
  };
}

function streamBody(response: JsonObject): SourceBody {
  const stream = objectAt(response, 'stream');
  const bytes = stream === null ? [] : listAt(stream, 'data');
  if (bytes.length > 0) return bodyOfBytes(Uint8Array.from(bytes, (byte) => Number(byte)));
  const text = textAt(response, 'body') ?? textAt(response, 'stream');
  if (text !== null) return { text, missing: null };
  return stream === null ? NOT_RECORDED : NO_BODY;
}

/** A run of newman. */
export function readNewman(value: unknown): Source {
  const run = objectAt(value, 'run');
  const executions = listAt(run, 'executions');
  let at = numberAt(objectAt(run, 'timings'), 'started');
  const calls = executions.flatMap((execution): SourceCall[] => {
    const response = objectAt(execution, 'response');
    const status = statusAt(response, 'code');
    const answer =
      response === null || status === null
        ? null
        : { status, headers: namedValues(response['header'], 'key'), body: streamBody(response) };
    const milliseconds = numberAt(response, 'responseTime');
    const call = postmanCall(isObject(execution) ? execution['request'] : undefined, answer, milliseconds);
    if (call === null) return [];
    const timed = { ...call, at: at === null ? null : fromMilliseconds(at) };
    if (at !== null) at += milliseconds ?? 0;
    return [timed];
  });
  return { kind: 'newman', program: 'newman', calls, broken: executions.length - calls.length };
}

/** The saved examples of a Postman collection, in the order of the collection. */
export function readPostman(value: unknown): Source {
  let broken = 0;
  const calls: SourceCall[] = [];
  const walk = (items: readonly unknown[]): void => {
    for (const item of items) {
      walk(listAt(item, 'item'));
      for (const response of listAt(item, 'response')) {
        const status = statusAt(response, 'code');
        const body = textAt(response, 'body');
        const answer =
          status === null
            ? null
            : {
                status,
                headers: namedValues(isObject(response) ? response['header'] : undefined, 'key'),
                body: body === null ? NOT_RECORDED : { text: body, missing: null },
              };
        const request = isObject(response) ? response['originalRequest'] : undefined;
        const call = postmanCall(
          request ?? (isObject(item) ? item['request'] : undefined),
          answer,
          numberAt(response, 'responseTime'),
        );
        if (call === null) broken += 1;
        else calls.push(call);
      }
    }
  };
  walk(listAt(value, 'item'));
  return { kind: 'postman', program: textAt(objectAt(value, 'info'), 'name'), calls, broken };
}

function runsOfBruno(value: unknown): readonly unknown[] {
  return Array.isArray(value)
    ? (value as unknown[])
    : isObject(value) && Array.isArray(value['results'])
      ? [value]
      : [];
}

/** Bruno keeps a JSON body as the value it read: it is written anew. */
function brunoBody(data: unknown): SourceBody {
  if (data === undefined || data === null || data === '') return NO_BODY;
  return { text: typeof data === 'string' ? data : writeJson(data), missing: null };
}

/** A run of Bruno's command line. */
export function readBruno(value: unknown): Source {
  const results = runsOfBruno(value).flatMap((run) => listAt(run, 'results'));
  const calls = results.flatMap((result): SourceCall[] => {
    const request = objectAt(result, 'request');
    const url = textAt(request, 'url');
    if (request === null || url === null) return [];
    const response = objectAt(result, 'response');
    const status = statusAt(response, 'status');
    return [
      {
        ...{ at: null, method: textAt(request, 'method') ?? 'GET', url },
        milliseconds: numberAt(response, 'responseTime'),
        headers: namedValues(request['headers']),
        body: brunoBody(request['data'] ?? request['body']),
        answer:
          response === null || status === null
            ? null
            : { status, headers: namedValues(response['headers']), body: brunoBody(response['data']) },
      },
    ];
  });
  return { kind: 'bruno', program: 'Bruno', calls, broken: results.length - calls.length };
}
