import { afterEach, describe, expect, test } from 'vitest';
import { serve, type Served } from '../backend/practice/serve';
import { curlRequests, isJson, printedBodies, seedText, type CurlRequest } from './seeds';
import { badgeBody, enrolFirst, lasting, NEVER } from '../domain/badge-bodies';

let served: Served | undefined;
afterEach(() => served?.stop());

type Json = Record<string, unknown>;
interface Printed {
  data: Json;
  errors: { code: number; message: string; reference: string | null }[];
}

/** A server that lets the documents' own credentials in. */
async function open(given: Json): Promise<string> {
  served = await serve({ credentials: null });
  const response = await fetch(`${served.url}/__practice/given`, { method: 'POST', body: JSON.stringify(given) });
  expect(response.status).toBe(200);
  return served.url;
}

/** Sends a request as it is printed but for the host. */
async function send(
  url: string,
  { url: printed, headers, body }: CurlRequest,
): Promise<{ status: number; body: Printed }> {
  const response = await fetch(url + printed.pathname, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as Printed };
}

const post = (url: string, path: string, body: string, headers: Record<string, string> = {}): ReturnType<typeof send> =>
  send(url, { url: new URL(`http://x/api_gateway/v1/badges/${path}`), headers, body });

/** Every key that a printed answer has is there, with a value of the same kind. */
function expectShape(actual: unknown, printed: unknown): void {
  if (Array.isArray(printed)) {
    expect(Array.isArray(actual)).toBe(true);
    return;
  }
  if (typeof printed !== 'object' || printed === null) {
    if (printed !== null) expect(typeof actual).toBe(typeof printed);
    return;
  }
  for (const [key, value] of Object.entries(printed)) {
    expect(actual).toHaveProperty(key);
    expectShape((actual as Json)[key], value);
  }
}

const directBadge = badgeBody({
  startOn: '2024-01-01T00:00:00Z',
  expiresOn: '2027-01-01T00:00:00Z',
  earnedBadgeExpiry: lasting(60, 'DAYS'),
});
const enrolBadge = {
  ...directBadge,
  earnedBadgeExpiry: NEVER,
  ...enrolFirst({ expiryType: 'ABSOLUTE', type: 'FIXED_DATE', expiresOn: 1926235957 }),
};
const badge = (id: string, body: Json): Json => ({ id, createdAt: '2023-12-01T00:00:00Z', body });

describe('enrolling (seed 0)', () => {
  const curls = curlRequests(seedText(0));
  const [first, second] = curls as [CurlRequest, CurlRequest];

  test('prints two curl commands', () => {
    expect(curls).toHaveLength(2);
  });

  test('its first curl enrols one customer and answers in the printed shape', async () => {
    const url = await open({ now: '2026-02-02T10:11:49Z', badges: [badge('693804d8cebb9648d8974489', enrolBadge)] });
    const answer = await send(url, first);
    expect(answer.status).toBe(200);
    const printed = JSON.parse(printedBodies(seedText(0))[2] ?? '') as Printed;
    expectShape(answer.body, printed);
    expect(answer.body.data['issuedBadges']).toMatchObject([{ customerId: 566881933, status: 'ACTIVE' }]);
    expect(answer.body.data['expiresOnISO']).toBe(printed.data['expiresOnISO']);
    // The second curl repeats the first one's request id, which is documented as 809.
    const repeated = await send(url, second);
    expect([repeated.status, repeated.body.errors[0]?.code]).toEqual([400, 809]);
  });

  test('its second curl enrols two customers', async () => {
    const url = await open({ now: '2026-02-02T10:16:09Z', badges: [badge('693804d8cebb9648d8974489', enrolBadge)] });
    const answer = await send(url, second);
    expect(answer.status).toBe(200);
    expect(answer.body.data['issuedBadges']).toMatchObject([{ customerId: 566881933 }, { customerId: 566881934 }]);
  });

  test('the credentials it prints open nothing else', async () => {
    served = await serve();
    const answer = await send(served.url, first);
    expect([answer.status, answer.body.errors[0]?.code]).toEqual([401, 401]);
  });

  test('the bodies it prints without a comma are refused as what they are: no JSON', async () => {
    const url = await open({ now: '2026-02-02T10:11:49Z' });
    for (const body of printedBodies(seedText(0)).slice(0, 2)) {
      expect(isJson(body)).toBe(false);
      const answer = await post(url, 'badgeMeta/customer/issueBulk', body);
      expect([answer.status, answer.body.errors[0]?.code, answer.body.data]).toEqual([400, 400, null]);
    }
  });

  test('with the comma they enrol on the printed date', async () => {
    const url = await open({
      now: '2024-04-23T09:00:00Z',
      badges: [badge('66276dc68fe258516a88ff8e', enrolBadge)],
    });
    const [body = ''] = printedBodies(seedText(0));
    const answer = await post(url, 'badgeMeta/customer/issueBulk', body.replace('+05:30"\n', '+05:30",\n'));
    expect(answer.status).toBe(200);
    expect(answer.body.data['requestId']).toBe('21390');
  });
});

describe('awarding in bulk (seed 1)', () => {
  const [request = '', success = '', overlap = ''] = printedBodies(seedText(1));

  test('its request awards both customers in the printed shape', async () => {
    const id = '653de334b3cda7078c7c68eb';
    const url = await open({
      now: '2024-04-10T12:10:13.121711Z',
      badges: [
        { ...badge(id, { ...directBadge, startOn: '2023-10-28T00:00:00Z' }), createdAt: '2023-10-01T00:00:00Z' },
      ],
      claims: [{ badge: id, ownerType: 'Loyalty', referenceId: '123457' }],
    });
    const answer = await post(url, 'customer/earnBulk', request);
    expect(answer.status).toBe(200);
    const printed = JSON.parse(success) as Printed;
    expectShape(answer.body, printed);
    expect(answer.body.data['expiresOn']).toBe(printed.data['expiresOn']);
    const repeated = await post(url, 'customer/earnBulk', request);
    expect(repeated.body.errors[0]?.code).toBe(809);
  });

  test('without a claim it is answered with 810, as its table says', async () => {
    const url = await open({ now: '2024-04-10T12:10:13Z', badges: [badge('653de334b3cda7078c7c68eb', directBadge)] });
    const answer = await post(url, 'customer/earnBulk', request);
    expect([answer.status, answer.body.errors[0]?.code]).toEqual([409, 810]);
  });

  test('its overlap sample has the shape that a refused award gets under the setting', async () => {
    const id = '66f3be92a8647e03dc526a5f';
    const url = await open({
      now: '2024-09-25T07:46:09Z',
      settings: { refuseOverlappingAwards: true },
      badges: [badge(id, { ...directBadge, earnedBadgeExpiry: { expiryType: 'NEVER' } })],
      claims: [{ badge: id, ownerType: 'Loyalty', referenceId: 'xyz' }],
    });
    const call = (requestId: string): ReturnType<typeof send> =>
      post(
        url,
        'customer/earnBulk',
        JSON.stringify({
          badgeMetaId: id,
          customerIds: [11115],
          requestId,
          triggeredBy: { ownerType: 'Loyalty', referenceId: 'xyz' },
        }),
      );
    await call('first');
    const answer = await call('VGagtK2zN16jkRU56zs1');
    const printed = JSON.parse(overlap) as Printed;
    expectShape(answer.body, printed);
    const [row] = printed.data['issuedBadges'] as Json[];
    expect(answer.body.data['issuedBadges']).toMatchObject([
      { customerId: row?.['customerId'], error: row?.['error'] },
    ]);
  });
});

describe('awarding (seed 2)', () => {
  const text = seedText(2);
  const [, request = '', , response = ''] =
    /\n( {4}"badgeMetaId"[\s\S]*?"123694")\n([\s\S]*?)\n( {4}"data"[\s\S]*?"warnings": \[\])/.exec(text) ?? [];

  test('its request, printed without braces, is no JSON and refused', async () => {
    const url = await open({ now: '2024-04-23T08:30:53Z' });
    expect((await post(url, 'customer/earn', request)).status).toBe(400);
  });

  test('with its braces it awards, on the printed expiry', async () => {
    const id = '66276dc68fe258516a88ff8e';
    const url = await open({
      now: '2024-04-23T08:30:53.447744Z',
      badges: [
        badge(id, {
          ...directBadge,
          earnedBadgeExpiry: { expiryType: 'RELATIVE', relativeExpirytype: 'WEEKS', value: 2 },
        }),
      ],
      claims: [{ badge: id, ownerType: 'Loyalty', referenceId: '123694' }],
    });
    const answer = await post(url, 'customer/earn', `{${request}}}`);
    expect(answer.status).toBe(200);
    const printed = JSON.parse(`{${response.replace('2131', '2131},')}}`) as Printed;
    expect(answer.body.data['expiresOn']).toBe(printed.data['expiresOn']);
    expect(answer.body.data['customerId']).toBe(printed.data['customerId']);
    // The document sends 2132 and prints 2131; a request id is text (reference, disagreement 10).
    expect(answer.body.data['requestId']).toBe('2132');
  });
});

describe('creating (seed 3)', () => {
  const text = seedText(3);
  const bodies = printedBodies(text);
  const requests = bodies.filter((body) => body.startsWith('{\n"name": "') && body.includes('earnType'));
  const historical = bodies.find((body) => body.startsWith('{\n"orgId"')) ?? '';

  test('prints five bodies and a historical one', () => {
    expect([requests.length, historical.length > 0]).toEqual([5, true]);
  });

  test.each(requests.map((body) => ({ name: (JSON.parse(body) as { name: string }).name, body })))(
    'creates $name',
    async ({ body }) => {
      const url = await open({ now: '2024-04-23T05:35:28Z' });
      const answer = await post(url, 'badgeMeta', body);
      expect(answer.status).toBe(201);
      expect(answer.body.data).toMatchObject({ name: (JSON.parse(body) as { name: string }).name, status: 'UPCOMING' });
      // Once more: its name is taken now.
      expect((await post(url, 'badgeMeta', body)).body.errors.map((error) => error.code)).toEqual([725]);
    },
  );

  test('the body that is printed in two pieces is refused whole', async () => {
    const start = text.indexOf('{\n"name": "test6578791"');
    const end = text.indexOf('\n}\n{\n"orgId"', start) + 2;
    const url = await open({ now: '2024-04-23T05:35:28Z' });
    const answer = await post(url, 'badgeMeta', text.slice(start, end));
    expect([answer.status, answer.body.errors[0]?.code]).toEqual([400, 400]);
  });

  test('the historical body needs the header', async () => {
    const url = await open({ now: '2026-01-19T09:00:00Z' });
    expect((await post(url, 'badgeMeta', historical)).body.errors.map((error) => error.code)).toEqual([722]);
    const answer = await post(url, 'badgeMeta', historical, { 'X-CAP-BADGES-MIGRATION': 'migration' });
    expect([answer.status, answer.body.data['status']]).toEqual([201, 'LIVE']);
  });

  test('its second request is answered with its second response', async () => {
    const url = await open({ now: '2024-04-23T05:35:28Z' });
    const answer = await post(url, 'badgeMeta', requests[1] ?? '');
    const printed = JSON.parse(bodies.find((body) => body.includes('662748a08fe258516a88fe88')) ?? '') as Printed;
    expectShape(answer.body, printed);
    const {
      customerConstraints,
      earnedBadgeExpiry,
      issuedBadgeExpiry,
      startOn,
      expiresOn,
      earnType,
      badgeRank,
      active,
      tags,
    } = printed.data;
    expect(answer.body.data).toMatchObject({
      customerConstraints,
      earnedBadgeExpiry,
      issuedBadgeExpiry,
      startOn,
      expiresOn,
      earnType,
      badgeRank,
      active,
      tags,
    });
  });

  test('its failure is answered with the same codes, messages and references, in the same order', async () => {
    const printed = JSON.parse(bodies.find((body) => body.includes('"code": 728')) ?? '') as Printed;
    const url = await open({
      now: '2026-03-01T00:00:00Z',
      badges: [badge('662749408fe258516a88fe89', { ...directBadge, name: 'Taken' })],
    });
    const wrong = {
      ...directBadge,
      name: 'Taken',
      ownership: { restrictedToOwners: [], claims: [{ ownerType: 'Loyalty', referenceId: '626' }] },
    };
    const answer = await post(url, 'badgeMeta', JSON.stringify(wrong));
    expect(answer).toEqual({ status: 400, body: printed });
  });
});
