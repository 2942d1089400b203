import { isObject } from '../../../../shared/domain/body-reader';
import { readInstant } from '../../../../shared/domain/instant';
import { listAt, namedValues, numberAt, objectAt, statusAt, textAt } from './loose-json';
import { bodyOfBytes, NO_BODY, NOT_RECORDED, type Source, type SourceBody, type SourceCall } from './source';

/** Whether a parsed file is an HTTP archive. */
export const isHar = (value: unknown): boolean => {
  const log = objectAt(value, 'log');
  return log !== null && Array.isArray(log['entries']);
};

/** An HTTP archive (HAR 1.2), as browsers and proxies write them. */
export function readHar(value: unknown): Source {
  const log = objectAt(value, 'log');
  const entries = listAt(log, 'entries');
  const calls = entries.map(callOf).filter((call) => call !== null);
  const creator = objectAt(log, 'creator');
  const program = [textAt(creator, 'name'), textAt(creator, 'version')].filter((text) => text !== null).join(' ');
  return { kind: 'har', program: program === '' ? null : program, calls, broken: entries.length - calls.length };
}

function callOf(entry: unknown): SourceCall | null {
  const request = objectAt(entry, 'request');
  const method = textAt(request, 'method');
  const url = textAt(request, 'url');
  if (method === null || url === null) return null;
  const response = objectAt(entry, 'response');
  const status = statusAt(response, 'status');
  const started = readInstant(textAt(entry, 'startedDateTime'));
  const time = numberAt(entry, 'time');
  return {
    ...{ at: started.ok ? started.instant : null, milliseconds: time === null || time < 0 ? null : time },
    ...{ method, url, headers: namedValues(request?.['headers']), body: requestBody(request) },
    answer:
      status === null
        ? null
        : { status, headers: namedValues(response?.['headers']), body: answerBody(response, status) },
  };
}

function requestBody(request: unknown): SourceBody {
  const data = objectAt(request, 'postData');
  const text = textAt(data, 'text');
  if (text !== null) {
    const isEncoded = textAt(data, 'encoding') === 'base64' || textAt(data, '_encoding') === 'base64';
    return isEncoded ? bodyOfBytes(Buffer.from(text, 'base64')) : { text, missing: null };
  }
  const size = numberAt(request, 'bodySize') ?? 0;
  return data !== null || size > 0 ? NOT_RECORDED : NO_BODY;
}

function answerBody(response: unknown, status: number): SourceBody {
  const content = objectAt(response, 'content');
  const text = textAt(content, 'text');
  if (text === null || text === '') {
    const size = numberAt(content, 'size') ?? 0;
    const isEmpty = status === 204 || status === 304 || (text === '' && size <= 0);
    return isEmpty ? NO_BODY : NOT_RECORDED;
  }
  if (textAt(content, 'encoding') === 'base64') return bodyOfBytes(Buffer.from(text, 'base64'));
  // Some programs cut what is long and say so only by its size.
  const size = isObject(content) ? numberAt(content, 'size') : null;
  const isCut = size !== null && size > Buffer.byteLength(text) && !isWhole(text);
  return isCut ? { text: null, missing: 'cut' } : { text, missing: null };
}

function isWhole(text: string): boolean {
  return /[\]}]\s*$/.test(text);
}
