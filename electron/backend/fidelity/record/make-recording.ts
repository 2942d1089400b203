import { fromAddress } from '../../../../shared/fidelity/in-address';
import { isObject } from '../../../../shared/domain/body-reader';
import { readInstant, toIsoExact, type Instant } from '../../../../shared/domain/instant';
import { readJson } from '../../../../shared/domain/json';
import { BASE_PATH } from '../../../../shared/gateway/base-path';
import {
  ANSWER_HEADERS,
  RECORDING_SCHEMA,
  REQUEST_HEADERS,
  type LeftOutReason,
  type RecordedCall,
  type Recording,
} from '../../../../shared/fidelity/recording';
import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';
import { Pseudonyms } from './pseudonyms';
import { Redaction } from './redact-text';
import { isCustomerName, isIdentifierName, isSecretName } from '../../../../shared/fidelity/sensitive-names';
import type { NamedValue, Source, SourceBody, SourceCall } from './source';

interface Addressed {
  call: SourceCall;
  host: string;
  path: string;
  query: string;
  /** Percent-encoded name and password of an address, which some programs put there. */
  user: string;
}

const BASES = [`${BASE_PATH}/`, `${BASE_PATH.replace('/api_gateway', '')}/`];
const TOKEN_PATH = /\/oauth\/(?:.*\/)?(?:token|generate)/;
const CREDENTIALS = /^basic\s+(\S+)$/i;

function addressed(call: SourceCall): Addressed | null {
  const parts = /^(?:[a-z][\w+.-]*:\/\/(?:([^/?#@]*)@)?([^/?#]*))?([^?#]*)(?:\?([^#]*))?/i.exec(call.url);
  if (parts === null) return null;
  const [, user = '', host = '', path = '', query = ''] = parts;
  return { call, host: host.toLowerCase(), path: path.startsWith('/') ? path : `/${path}`, query, user };
}

const isCall = ({ path }: Addressed): boolean => BASES.some((base) => path.startsWith(base));

/** The host of most calls: a recording is of one org. */
function hostOf(calls: readonly Addressed[]): string | null {
  const counts = new Map<string, number>();
  for (const each of calls) if (isCall(each)) counts.set(each.host, (counts.get(each.host) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0] ?? null;
}

function headersOf(pairs: readonly NamedValue[]): Map<string, string> {
  return new Map(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}

function dateOf(pairs: readonly NamedValue[]): Instant | null {
  const milliseconds = Date.parse(headersOf(pairs).get('date') ?? '');
  return Number.isNaN(milliseconds) ? null : milliseconds * 1000;
}

/** When something was made by the org's own clock, where the answer to a call says so. */
function madeOn({ method, answer }: SourceCall): Instant | null {
  if (answer === null || answer.status >= 300 || method.toUpperCase() === 'GET') return null;
  const reading = readJson(answer.body.text ?? '');
  const data = reading.ok && isObject(reading.value) ? reading.value['data'] : null;
  if (!isObject(data)) return null;
  const made = readInstant(data['lastUpdatedOn'] ?? data['createdOn']);
  return made.ok ? made.instant : null;
}

/** The instant of each call: as the source says, or by the answer, or just after the call before. */
function timesOf(calls: readonly Addressed[]): Instant[] {
  const said = calls.map(({ call: { at, answer, milliseconds } }) => {
    if (at !== null) return at;
    const date = answer && dateOf(answer.headers);
    return date === null ? null : date - Math.round((milliseconds ?? 0) * 1000);
  });
  const known = said.find((at) => at !== null) ?? calls.map(({ call }) => madeOn(call)).find((at) => at !== null);
  if (known === undefined || known === null) {
    if (calls.length === 0) return [];
    throw new Failure('invalid-input', message('fidelity.noTimes'));
  }
  let last = known;
  return said.map((at) => (last = at ?? last + 1000));
}

/** The instant to which a call set the clock of a practice org; null for any other. */
function clockMark({ path, call }: Addressed): Instant | null {
  if (!path.endsWith('/__practice/clock') && !path.endsWith('/__practice/given')) return null;
  if (call.answer?.status !== 200 || call.body.text === null) return null;
  const reading = readJson(call.body.text);
  const now = reading.ok && isObject(reading.value) ? readInstant(reading.value['now']) : null;
  return now?.ok ? now.instant : null;
}

/** Where a still clock stood before it was moved first, as far as an answer tells; null where none was moved. */
function firstMark(calls: readonly Addressed[]): Instant | null {
  const moved = calls.findIndex((each) => clockMark(each) !== null);
  if (moved < 0) return null;
  const told = calls.slice(0, moved).map(({ call }) => madeOn(call));
  return told.find((at) => at !== null) ?? clockMark(calls[moved]!);
}

/** Learns from everything that came up, calls of the recording or not, which secrets and customers there are. */
function learn(names: Pseudonyms, redaction: Redaction, { call, user, path, query }: Addressed): void {
  if (user !== '') for (const part of [user, ...user.split(':').slice(1)]) names.learnSecret(fromAddress(part));
  for (const [name, value] of [...call.headers, ...(call.answer?.headers ?? [])]) {
    if (!isSecretName(name)) continue;
    learnHeader(names, value);
  }
  partOf(redaction, path, call);
  queryOf(redaction, query);
  if (call.body.text !== null) redaction.body(call.body.text);
  if (call.answer !== null && call.answer.body.text !== null) redaction.body(call.answer.body.text);
}

function learnHeader(names: Pseudonyms, value: string): void {
  names.learnSecret(value);
  const basic = CREDENTIALS.exec(value)?.[1];
  if (basic !== undefined) {
    const pair = Buffer.from(basic, 'base64').toString('utf8');
    names.learnSecret(basic);
    names.learnSecret(pair);
    if (pair.includes(':')) names.learnSecret(pair.slice(pair.indexOf(':') + 1));
    return;
  }
  names.learnSecret(value.replace(/^\w+\s+/, ''));
  // Cookies: each has a name that is no secret.
  for (const part of value.split(/;\s*/)) {
    const mark = part.indexOf('=');
    if (mark > 0 && !/^(?:path|domain|expires|max-age|samesite)$/i.test(part.slice(0, mark)))
      names.learnSecret(part.slice(mark + 1));
  }
}

/** A text as it was, or encoded anew where something in it was replaced. */
function again(encoded: string, replace: (plain: string) => string): string {
  const plain = fromAddress(encoded);
  const other = replace(plain);
  return other === plain ? encoded : encodeURIComponent(other);
}

const FIXED_SEGMENT = /^(?:earn|earnBulk|issueBulk|revokeEarn|revokeIssue)$/;

function partOf(redaction: Redaction, path: string, { headers }: Pick<SourceCall, 'headers'>): string {
  const named = headersOf(headers).get('x-cap-customer-identifier')?.trim();
  const segments = path.split('/');
  return segments
    .map((segment, index) => {
      const before = segments[index - 1];
      const isCustomer = before === 'management' || (before === 'customer' && !FIXED_SEGMENT.test(segment));
      if (!isCustomer) return again(segment, (plain) => redaction.text(plain));
      return again(segment, (plain) =>
        named === undefined || named === '' ? redaction.customer(plain) : redaction.identifier(plain),
      );
    })
    .join('/');
}

function queryOf(redaction: Redaction, query: string): string {
  return query
    .split('&')
    .map((pair) => {
      const mark = pair.indexOf('=');
      if (mark < 0) return again(pair, (plain) => redaction.text(plain));
      const name = pair.slice(0, mark);
      const value = again(pair.slice(mark + 1).replaceAll('+', '%20'), (plain) => {
        const key = fromAddress(name);
        if (isSecretName(key)) return redaction.secret(plain);
        if (isCustomerName(key)) return redaction.customer(plain);
        return isIdentifierName(key) ? redaction.identifier(plain) : redaction.text(plain);
      });
      return `${again(name, (plain) => redaction.text(plain))}=${value}`;
    })
    .join('&');
}

function keptHeaders(
  redaction: Redaction,
  names: Pseudonyms,
  pairs: readonly NamedValue[],
  kept: readonly string[],
): Record<string, string> {
  const all = headersOf(pairs);
  for (const [name, value] of all) if (isSecretName(name) && value !== '') names.note('headers', `${name}: ${value}`);
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = all.get(name);
      return value === undefined ? [] : [[name, redaction.text(value).slice(0, 20_000)]];
    }),
  );
}

const redactedBody = (redaction: Redaction, { text, missing }: SourceBody): Pick<RecordedCall, 'body' | 'missing'> => ({
  body: text === null ? null : redaction.body(text),
  missing: text === null ? (missing ?? 'not-recorded') : null,
});

/**
 * A source as a recording: the calls of one org in their order, secrets and customers replaced.
 *
 * @throws Failure `invalid-input` where nothing in the source says when its calls were made
 */
export function makeRecording(source: Source): Recording {
  const all = source.calls.map(addressed).filter((each) => each !== null);
  const host = hostOf(all);
  const names = new Pseudonyms();
  const learning = new Redaction(names, true);
  for (const each of all) learn(names, learning, each);
  const redaction = new Redaction(names, false);

  const leftOut = new Map<LeftOutReason, number>(source.broken > 0 ? [['no-request', source.broken]] : []);
  const leaveOut = (reason: LeftOutReason): void => void leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  const isOurs = (each: Addressed): boolean =>
    each.host === host && (isCall(each) || each.path.includes('/__practice/'));
  const ours = all.filter((each) => {
    if (isOurs(each)) return true;
    leaveOut(TOKEN_PATH.test(each.path) ? 'token' : 'elsewhere');
    return false;
  });
  const times = timesOf(ours);
  const inOrder = ours
    .map((each, index) => ({ each, at: times[index] ?? 0 }))
    .sort((left, right) => left.at - right.at);

  const calls: RecordedCall[] = [];
  let mark = firstMark(inOrder.map(({ each }) => each));
  for (const { each, at } of inOrder) {
    const { call, path, query } = each;
    if (!isCall(each)) {
      mark = clockMark(each) ?? mark;
      leaveOut('practice');
      continue;
    }
    const method = call.method.toUpperCase();
    if (!/^[A-Z]{1,20}$/.test(method)) {
      leaveOut('no-request');
      continue;
    }
    calls.push({
      ...{ at: toIsoExact(mark ?? at), milliseconds: call.milliseconds, method },
      ...{ path: partOf(redaction, path, call), query: queryOf(redaction, query) },
      headers: keptHeaders(redaction, names, call.headers, REQUEST_HEADERS),
      ...redactedBody(redaction, call.body),
      answer: call.answer && {
        status: call.answer.status,
        headers: keptHeaders(redaction, names, call.answer.headers, ANSWER_HEADERS),
        ...redactedBody(redaction, call.answer.body),
      },
    });
  }
  return {
    schema: RECORDING_SCHEMA,
    source: {
      kind: source.kind,
      program: source.program === null ? null : redaction.text(source.program).slice(0, 200),
    },
    clock: mark === null ? 'running' : 'still',
    replaced: names.counts(),
    leftOut: [...leftOut].map(([kind, count]) => ({ kind, count })),
    calls,
  };
}
