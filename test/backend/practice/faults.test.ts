import { afterEach, describe, expect, test } from 'vitest';
import { FaultInjector, FaultPlanError, readFaultPlan } from '../../../electron/backend/practice/server/faults';
import { faultPlan, type FaultPlan } from '../../../shared/gateway/fault-plan';
import { FAULT_PRESETS, rulesOfPreset } from '../../../shared/gateway/fault-presets';
import { basic, CREDENTIALS, serve, type Served } from './serve';
import { badgeBody } from '../../domain/badge-bodies';

const BADGE = '0000000000000000000000b1';
const headers = { authorization: basic(CREDENTIALS), 'content-type': 'application/json' };
let served: Served | undefined;
afterEach(async () => {
  await served?.stop();
  served = undefined;
});

async function serveWith(...rules: Record<string, unknown>[]): Promise<void> {
  served = await serve({ faults: readFaultPlan(JSON.stringify({ seed: 7, rules })) });
  const given = {
    now: '2026-03-10T12:00:00Z',
    badges: [
      {
        id: BADGE,
        createdAt: '2025-12-01T00:00:00Z',
        body: badgeBody({ startOn: 1767225600, expiresOn: 1798675200 }),
      },
    ],
    claims: [{ badge: BADGE, ownerType: 'Loyalty', referenceId: '1' }],
  };
  const response = await fetch(`${served.url}/__practice/given`, {
    method: 'POST',
    headers,
    body: JSON.stringify(given),
  });
  expect(response.status).toBe(200);
}

function earn(requestId: string, init: RequestInit = {}): Promise<Response> {
  const body = JSON.stringify({
    badgeMetaId: BADGE,
    customerId: 1,
    requestId,
    triggeredBy: { ownerType: 'Loyalty', referenceId: '1' },
  });
  return fetch(`${served?.url ?? ''}/api_gateway/v1/badges/customer/earn`, { method: 'POST', headers, body, ...init });
}

function awards(): number {
  const badge = served?.org.store.findBadge(BADGE);
  return badge && served ? served.org.store.countsOf(badge, served.org.now()).earnedCount : -1;
}

describe('faults', () => {
  test.each([
    { fault: '429', status: 429 },
    { fault: '500', status: 500 },
    { fault: '502', status: 502 },
  ])('$fault is answered in the envelope, and nothing is written', async ({ fault, status }) => {
    await serveWith({ fault, route: 'earn', retryAfterSeconds: 7 });
    const response = await earn('a');
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ data: null, errors: [{ code: status }], warnings: null });
    expect(response.headers.get('retry-after')).toBe(status === 429 ? '7' : null);
    expect(awards()).toBe(0);
  });

  test('a connection broken before the commit leaves nothing, after it the award', async () => {
    await serveWith({ fault: 'reset-before-commit', count: 1 }, { fault: 'reset-after-commit', after: 1, count: 1 });
    await expect(earn('a')).rejects.toThrow();
    expect(awards()).toBe(0);
    await expect(earn('a')).rejects.toThrow();
    expect(awards()).toBe(1);
    expect(await (await earn('a')).json()).toMatchObject({ errors: [{ code: 809 }] });
  });

  test('a body cut in the middle breaks off after the commit', async () => {
    await serveWith({ fault: 'cut-body', count: 1 });
    const response = await earn('a');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(awards()).toBe(1);
  });

  test('a reply that never comes does not hold up the stop', async () => {
    await serveWith({ fault: 'no-answer', requestId: 'silent' });
    const signal = AbortSignal.timeout(300);
    await expect(earn('silent', { signal })).rejects.toThrow();
    const waiting = earn('silent').catch(() => 'broken');
    await new Promise((resolve) => setTimeout(resolve, 50));
    await served?.stop();
    served = undefined;
    expect(await waiting).toBe('broken');
  });

  test('latency delays and then answers', async () => {
    await serveWith({ fault: 'latency', milliseconds: 30 });
    expect((await earn('a')).status).toBe(200);
  });

  test('tokens can be made to expire', async () => {
    await serveWith({ fault: 'expire-tokens', after: 1, count: 1 });
    const generate = await fetch(`${served?.url ?? ''}/v3/oauth/token/generate`, {
      method: 'POST',
      body: JSON.stringify({ key: CREDENTIALS.user, secret: CREDENTIALS.password }),
    });
    const { data } = (await generate.json()) as { data: { accessToken: string } };
    const withToken = { headers: { 'x-cap-api-oauth-token': data.accessToken } };
    expect((await earn('a', withToken)).status).toBe(200);
    expect((await earn('b', withToken)).status).toBe(401);
    expect((await earn('c', withToken)).status).toBe(401);
    expect((await earn('d')).status).toBe(200);
    expect(awards()).toBe(2);
  });

  test('strike only where their rule points', async () => {
    await serveWith({ fault: '500', route: 'GET /api_gateway/v1/badges/badgeMeta*' }, { fault: '502', requestId: 'x' });
    expect((await earn('a')).status).toBe(200);
    expect((await earn('x')).status).toBe(502);
    expect((await fetch(`${served?.url ?? ''}/api_gateway/v1/badges/badgeMeta/${BADGE}`, { headers })).status).toBe(
      500,
    );
    expect((await fetch(`${served?.url ?? ''}/api_gateway/v1/badges/group`, { headers })).status).toBe(200);
  });
});

describe('a fault plan', () => {
  const target = { endpoint: 'earn', method: 'POST', path: '/x', body: null, requestIdHeader: undefined };
  const strikes = (plan: FaultPlan): boolean[] => {
    const injector = new FaultInjector(plan);
    return Array.from({ length: 2_000 }, () => injector.decide(target).kind !== null);
  };
  const plan = (seed: number): FaultPlan =>
    readFaultPlan(JSON.stringify({ seed, rules: [{ fault: '500', share: 0.25 }] }));

  test('gives the same faults for the same seed, others for another, and about the share asked for', () => {
    expect(strikes(plan(1))).toEqual(strikes(plan(1)));
    expect(strikes(plan(1))).not.toEqual(strikes(plan(2)));
    const share = strikes(plan(1)).filter(Boolean).length / 2_000;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.3);
  });

  test.each([
    '',
    '[]',
    '{"rules":[{"fault":"503"}]}',
    '{"rules":[{"fault":"500","share":2}]}',
    '{"rules":[{"fault":"500","rate":1}]}',
  ])('%s is refused with the place of the mistake', (text) => {
    expect(() => readFaultPlan(text)).toThrow(FaultPlanError);
  });
});

describe('requests of a minute', () => {
  const target = { endpoint: 'earn', method: 'POST', path: '/', body: null, requestIdHeader: undefined };

  test('so many pass, the rest is told when the minute is over, and the next minute begins anew', () => {
    let now = 5_000;
    const plan = faultPlan.parse({ rules: [{ fault: '429', perMinute: 3 }] });
    const injector = new FaultInjector(plan, () => now);
    const kinds = (): (string | null)[] => Array.from({ length: 4 }, () => injector.decide(target).kind);
    expect(kinds()).toEqual([null, null, null, '429']);
    now += 59_500;
    expect(injector.decide(target)).toMatchObject({ kind: '429', retryAfterSeconds: 1 });
    now += 500;
    expect(kinds()).toEqual([null, null, null, '429']);
    expect(injector.decide(target).retryAfterSeconds).toBe(60);
    expect(injector.tallies).toEqual([{ met: 10, struck: 4 }]);
  });

  test.each(FAULT_PRESETS)('the preset %s is a plan that a file could hold', (preset) => {
    const rules = rulesOfPreset(preset);
    expect(rules.length).toBeGreaterThan(0);
    expect(readFaultPlan(JSON.stringify({ seed: 1, rules }))).toEqual({ seed: 1, rules });
  });
});
