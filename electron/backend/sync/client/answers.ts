import type { RemoteError } from '../../../../shared/gateway/client-schemas';
import { envelope } from '../../../../shared/gateway/client-schemas';
import { inEnglish } from '../../../../shared/words/english';
import type { Exchange } from './exchange';
import { faultInWords } from './fault-words';
import { readStrictJson, UnreadableJson } from './strict-json';

/**
 * What one request to an org came to.
 *
 * - `success`: done, with the data of the answer.
 * - `refused`: the org's rules said no, with their codes; nothing was done.
 * - `unauthorized`, `throttled`, `not-sent`: surely nothing was done; worth another try as it is.
 * - `ambiguous`: nobody can tell from this whether it was done. `isAnswer`: the org did answer, only not as a gateway.
 * - `unusable`: an answer to a read that is none of a badge gateway.
 */
export type Outcome =
  | { kind: 'success'; status: number; data: unknown; text: string }
  | { kind: 'refused'; status: number; errors: readonly RemoteError[]; sentence: string }
  | { kind: 'unauthorized'; status: number; sentence: string }
  | { kind: 'throttled'; status: number; retryAfter: number | null; sentence: string }
  | { kind: 'not-sent'; status: null; fault: string; sentence: string }
  | { kind: 'ambiguous'; status: number | null; retryAfter: number | null; isAnswer: boolean; sentence: string }
  | { kind: 'unusable'; status: number | null; sentence: string };

/** The code of the validator crash, the one documented answer with status 500 (error-codes 999999). */
const CRASH = 999999;

/** Reads how an exchange ended. A write is `ambiguous` wherever it is not certain that nothing was done. */
export function interpret(exchange: Exchange, { host, isWrite }: { host: string; isWrite: boolean }): Outcome {
  if (exchange.kind !== 'answer') {
    const said = exchange.kind === 'not-sent' ? exchange.said : undefined;
    const sentence = said ? inEnglish(said) : faultInWords(exchange.fault, exchange.detail, host);
    if (exchange.kind === 'not-sent') return { kind: 'not-sent', status: null, fault: exchange.fault, sentence };
    const isAnswerAtFault = exchange.fault === 'too-large' || exchange.fault === 'unreadable';
    if (!isWrite && isAnswerAtFault) return { kind: 'unusable', status: exchange.status, sentence };
    return { kind: 'ambiguous', status: exchange.status, retryAfter: null, isAnswer: isAnswerAtFault, sentence };
  }
  const { status } = exchange;
  const retryAfter = retryAfterOf(headerOf(exchange, 'retry-after'));
  if (status === 401 || status === 403) {
    return { kind: 'unauthorized', status, sentence: unauthorizedInWords(status, host) };
  }
  if (status === 429) {
    return { kind: 'throttled', status, retryAfter, sentence: `${host} asked to be called less often.` };
  }
  if (status >= 300 && status < 400) {
    const sentence = `${host} answered with a redirect${targetOf(headerOf(exchange, 'location'))}. Laurel does not follow it, so that credentials go nowhere else. Check the address.`;
    if (!isWrite) return { kind: 'unusable', status, sentence };
    return { kind: 'ambiguous', status, retryAfter: null, isAnswer: true, sentence };
  }
  return interpretBody(exchange, status, retryAfter, host, isWrite);
}

function interpretBody(
  exchange: Exchange & { kind: 'answer' },
  status: number,
  retryAfter: number | null,
  host: string,
  isWrite: boolean,
): Outcome {
  const unclear = (reason: string): Outcome => {
    const sentence = `${host} answered ${String(status)}, but ${reason}.`;
    if (isWrite || status >= 500) return { kind: 'ambiguous', status, retryAfter, isAnswer: true, sentence };
    return { kind: 'unusable', status, sentence };
  };
  let text: string;
  let value: unknown;
  try {
    ({ text, value } = readStrictJson(exchange.body));
  } catch (error) {
    if (!(error instanceof UnreadableJson)) throw error;
    return unclear(`what it sent cannot be read: ${error.message}`);
  }
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return unclear('what it sent is not what a badge gateway answers');
  const { data, errors } = parsed.data;
  if (status >= 200 && status < 300 && errors.length === 0) {
    if (data === undefined || data === null) return unclear('what it sent is not what a badge gateway answers');
    return { kind: 'success', status, data, text };
  }
  const isRefusal = errors.length > 0 && (status < 500 || errors.some((error) => error.code === CRASH));
  if (!isRefusal) return unclear(errors[0] ? errors[0].message : 'it did not say why');
  return { kind: 'refused', status, errors, sentence: errorsInWords(errors) };
}

/** `723 · Start Date cannot change once the badge is live; …` */
function errorsInWords(errors: readonly RemoteError[]): string {
  return errors
    .slice(0, 5)
    .map(({ code, message }) => `${String(code)} · ${message}`)
    .join('; ');
}

function headerOf(exchange: { headers: readonly { name: string; value: string }[] }, name: string): string | null {
  return exchange.headers.find((header) => header.name.toLowerCase() === name)?.value ?? null;
}

/** Milliseconds that a Retry-After header asks to wait, at most an hour; it holds seconds or a date. */
function retryAfterOf(value: string | null): number | null {
  if (value === null) return null;
  const milliseconds = /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(milliseconds) ? Math.min(Math.max(milliseconds, 0), 3_600_000) : null;
}

function targetOf(location: string | null): string {
  if (location === null) return '';
  try {
    return ` to ${new URL(location, 'https://org.invalid').host.replace('org.invalid', 'another page')}`;
  } catch {
    return '';
  }
}

function unauthorizedInWords(status: number, host: string): string {
  return status === 401
    ? `${host} did not accept the credentials (401). Enter them again, or ask who runs the org.`
    : `${host} does not let this account do that (403). Ask who runs the org for access.`;
}
