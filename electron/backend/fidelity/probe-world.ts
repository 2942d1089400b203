import { setTimeout as wait } from 'node:timers/promises';
import { isObject } from '../../../shared/domain/body-reader';
import { readJson } from '../../../shared/domain/json';
import type { ProbeAnswer, ProbeCall, ProbeWorld } from '../../../shared/fidelity/probe-org';
import { BASE_PATH } from '../../../shared/gateway/base-path';
import { Failure } from '../../../shared/ipc/errors';
import { message } from '../../../shared/words/message';
import { errandOf, within } from '../sync/client/errand';
import type { Attempt, GatewayClient } from '../sync/client/gateway-client';
import { outcomeInWords } from '../sync/client/gateway-client';

/** Seconds before another try where the org does not say how many. */
const PAUSE = 2;
/** The longest that an org's wish to be left alone is heeded. */
const LONGEST_PAUSE = 120;

/**
 * Sends the calls of a probe to an org, each in the ledger before it leaves.
 *
 * @throws Failure `unauthorized` where the org does not let the caller in, `cancelled`
 */
export function probeWorld(client: GatewayClient, baseUrl: string, signal: AbortSignal): ProbeWorld {
  const errand = errandOf('probe');
  return {
    send: async (call) => {
      if (signal.aborted) throw new Failure('cancelled', message('fidelity.probeStopped'));
      return answerOf(
        await within(errand, () =>
          client.send(
            {
              ...{ purpose: 'probe', method: call.method, badgeId: null, jobKey: null, isWrite: call.method !== 'GET' },
              url: urlOf(baseUrl, call),
              headers: [
                ...(call.body === null ? [] : [{ name: 'Content-Type', value: 'application/json' }]),
                ...Object.entries(call.headers).map(([name, value]) => ({ name, value })),
              ],
              body: call.body === null ? null : JSON.stringify(call.body),
            },
            signal,
          ),
        ),
      );
    },
    wait: async (seconds) => {
      try {
        await wait(Math.min(seconds, LONGEST_PAUSE) * 1000, undefined, { signal });
      } catch {
        throw new Failure('cancelled', message('fidelity.probeStopped'));
      }
    },
  };
}

function urlOf(baseUrl: string, { path, query }: ProbeCall): string {
  return `${baseUrl}${BASE_PATH}/${path}${query === '' ? '' : `?${query}`}`;
}

function answerOf({ outcome, answer }: Attempt): ProbeAnswer {
  const { status } = answer;
  const reading = readJson(answer.body ?? '');
  const body = reading.ok ? reading.value : undefined;
  // Whatever its status, an answer with codes is one of the rules; an import answers with a bare list.
  const errors = isObject(body) ? body['errors'] : undefined;
  const hasCodes = Array.isArray(errors) && errors.some((one) => isObject(one) && one['code'] !== status);
  const isDone = status !== null && status >= 200 && status < 300 && (Array.isArray(body) || isObject(body));
  if (status !== null && (hasCodes || isDone)) return { kind: 'answered', status, body };
  switch (outcome.kind) {
    case 'unauthorized':
      throw new Failure('unauthorized', outcomeInWords(outcome));
    case 'throttled':
      return { kind: 'not-done', waitSeconds: outcome.retryAfter ?? PAUSE };
    case 'not-sent':
      return { kind: 'not-done', waitSeconds: PAUSE };
    case 'refused':
      return { kind: 'answered', status: outcome.status, body };
    case 'success':
      return { kind: 'answered', status: outcome.status, body };
    case 'ambiguous':
    case 'unusable':
      return { kind: 'lost' };
  }
}
