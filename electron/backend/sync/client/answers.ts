import type { RemoteError } from '../../../../shared/gateway/client-schemas';
import { envelope } from '../../../../shared/gateway/client-schemas';
import type { Exchange } from './exchange';
import { faultInWords } from './fault-words';
import { readStrictJson, UnreadableJson } from './strict-json';
import { quotedWords } from '../../../../shared/ipc/plain-words';
import { message, type Message, type MessagePart } from '../../../../shared/words/message';

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
  | { kind: 'refused'; status: number; errors: readonly RemoteError[]; sentence: Message }
  | { kind: 'unauthorized'; status: number; sentence: Message }
  | { kind: 'throttled'; status: number; retryAfter: number | null; sentence: Message }
  | { kind: 'not-sent'; status: null; fault: string; sentence: Message }
  | { kind: 'ambiguous'; status: number | null; retryAfter: number | null; isAnswer: boolean; sentence: Message }
  | { kind: 'unusable'; status: number | null; sentence: Message };

/** The code of the validator crash, the one documented answer with status 500 (error-codes 999999). */
const CRASH = 999999;

/** What was asked, as far as its answer is read by it. */
interface Asked {
  host: string;
  isWrite: boolean;
  /** It is answered by a list of envelopes; what each says is for whoever asked. */
  isListAnswer?: true;
}

/** Reads how an exchange ended. A write is `ambiguous` wherever it is not certain that nothing was done. */
export function interpret(exchange: Exchange, asked: Asked): Outcome {
  const { host, isWrite } = asked;
  if (exchange.kind !== 'answer') {
    const said = exchange.kind === 'not-sent' ? exchange.said : undefined;
    const sentence = said ?? faultInWords(exchange.fault, exchange.detail, host);
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
    return { kind: 'throttled', status, retryAfter, sentence: message('org.lessOften', { host }) };
  }
  if (status >= 300 && status < 400) {
    const sentence = redirectInWords(host, headerOf(exchange, 'location'));
    if (!isWrite) return { kind: 'unusable', status, sentence };
    return { kind: 'ambiguous', status, retryAfter: null, isAnswer: true, sentence };
  }
  return interpretBody(exchange, status, retryAfter, asked);
}

function interpretBody(
  exchange: Exchange & { kind: 'answer' },
  status: number,
  retryAfter: number | null,
  { host, isWrite, isListAnswer }: Asked,
): Outcome {
  const unclear = (reason: MessagePart): Outcome =>
    unsure(message('org.unclear', { host, status: String(status), reason }));
  const unsure = (sentence: Message): Outcome => {
    if (isWrite || status >= 500) return { kind: 'ambiguous', status, retryAfter, isAnswer: true, sentence };
    return { kind: 'unusable', status, sentence };
  };
  let text: string;
  let value: unknown;
  try {
    ({ text, value } = readStrictJson(exchange.body));
  } catch (error) {
    if (!(error instanceof UnreadableJson)) throw error;
    return unclear(message('org.unreadable', { reason: error.words }));
  }
  if (isListAnswer === true && Array.isArray(value) && status >= 200 && status < 300)
    return { kind: 'success', status, data: value, text };
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return unclear(message('org.unlike'));
  const { data, errors } = parsed.data;
  if (status >= 200 && status < 300 && errors.length === 0) {
    if (data === undefined || data === null) return unclear(message('org.unlike'));
    return { kind: 'success', status, data, text };
  }
  const isRefusal = errors.length > 0 && (status < 500 || errors.some((error) => error.code === CRASH));
  if (!isRefusal) {
    if (!errors[0]) return unclear(message('org.didNotSayWhy'));
    return unsure(message('org.unclearSaying', { host, status: String(status), said: quotedWords(errors[0].message) }));
  }
  return { kind: 'refused', status, errors, sentence: errorsInWords(errors) };
}

/** `723 · Start Date cannot change once the badge is live; …` */
function errorsInWords(errors: readonly RemoteError[]): Message {
  const said = errors.slice(0, 5).map((error) => `${String(error.code)} · ${quotedWords(error.message)}`);
  return message('org.refused', { errors: said.join('; ') });
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

function redirectInWords(host: string, location: string | null): Message {
  const base = 'https://org.invalid';
  if (location === null || !URL.canParse(location, base)) return message('org.redirect', { host });
  const target = new URL(location, base).host;
  return target === 'org.invalid'
    ? message('org.redirectToPage', { host })
    : message('org.redirectTo', { host, target });
}

function unauthorizedInWords(status: number, host: string): Message {
  return message(status === 401 ? 'org.unauthorized' : 'org.forbidden', { host });
}
