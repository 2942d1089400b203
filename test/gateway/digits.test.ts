import { describe, expect, test } from 'vitest';
import { instantOf } from '../../shared/domain/instant';
import { MemoryOrg } from '../../shared/domain/memory-org';
import { BASE_PATH } from '../../shared/gateway/base-path';
import { meaningOfBody } from '../../shared/gateway/meaning-text';
import { answerRequest } from '../../shared/gateway/router';

const NOW = instantOf('2026-03-10T12:00:00Z');

interface Envelope {
  data: Record<string, unknown> | null;
  errors: { code: number; message: string }[] | null;
  warnings: { code: number }[] | null;
}

function gateway(): (method: string, path: string, body: string) => Envelope & { hints: number[] } {
  const org = new MemoryOrg();
  return (method, path, body) => {
    const request = { method, path: `${BASE_PATH}/${path}`, query: {}, headers: {}, body };
    const answer = answerRequest(org, request, { now: NOW, newBatchId: () => 'batch' });
    return { ...(answer.body as Envelope), hints: (answer.hints ?? []).map(({ code }) => code) };
  };
}

const badge = (changes = ''): string =>
  `{"name":"B","startOnISO":"2026-03-11T00:00:00Z","expiresOnISO":"2027-01-01T00:00:00Z","earnType":"EARN",
    "earnedBadgeExpiry":{"expiryType":"NEVER"},"ownership":{"restrictedToOwners":["Loyalty"]}${changes}}`;

/** An org with one live, claimed badge. */
function withBadge(referenceId = '"626"'): { call: ReturnType<typeof gateway>; id: string } {
  const call = gateway();
  const id = String(call('POST', 'badgeMeta', badge()).data?.['id']);
  call('PUT', 'badgeMeta', badge(`,"id":"${id}","startOnISO":"2026-03-01T00:00:00Z"`));
  call('POST', `badgeMeta/${id}/claim`, `{"ownerType":"Loyalty","referenceId":${referenceId}}`);
  return { call, id };
}
const earn = (id: string, customer: number | string, requestId: string, more = '', referenceId = '"626"'): string =>
  `{"badgeMetaId":"${id}","customerId":${String(customer)},"requestId":${requestId},
    "triggeredBy":{"ownerType":"Loyalty","referenceId":${referenceId}}${more}}`;

describe('texts that come as numbers keep their digits (Q1)', () => {
  test('a request id of twenty digits is echoed, and the next one is no repeat', () => {
    const { call, id } = withBadge();
    const first = call('POST', 'customer/earn', earn(id, 1, '12345678901234567890'));
    expect(first.data?.['requestId']).toBe('12345678901234567890');
    expect(call('POST', 'customer/earn', earn(id, 2, '12345678901234567891')).data?.['requestId']).toBe(
      '12345678901234567891',
    );
    expect(call('POST', 'customer/earn', earn(id, 3, '"12345678901234567890"')).errors?.[0]?.code).toBe(809);
  });

  test('1.0 and 1 are two ids', () => {
    const { call, id } = withBadge();
    for (const requestId of ['1', '1.0', '1e0', '10e-1'])
      expect(call('POST', 'customer/earn', earn(id, 1, requestId)).data?.['requestId']).toBe(requestId);
  });

  test('a reference id is claimed and compared with its digits', () => {
    const { call, id } = withBadge('9007199254740993');
    expect(call('POST', 'customer/earn', earn(id, 1, '1', '', '9007199254740992')).errors?.[0]?.code).toBe(810);
    expect(call('POST', 'customer/earn', earn(id, 1, '1', '', '"9007199254740993"')).errors).toEqual([]);
    const again = call('POST', `badgeMeta/${id}/claim`, '{"ownerType":"Loyalty","referenceId":9007199254740993}');
    expect(again.data?.['referenceId']).toBe('9007199254740993');
    expect(again.warnings?.[0]?.code).toBe(900);
  });

  test('the texts of a badge too, at every level', () => {
    const call = gateway();
    const { data } = call(
      'POST',
      'badgeMeta',
      badge(',"name":12345678901234567890,"description":1.50,"tags":[{"name":9007199254740993,"value":0.10}]'),
    );
    expect(data).toMatchObject({
      name: '12345678901234567890',
      description: '1.50',
      tags: [{ name: '9007199254740993', value: '0.10' }],
    });
  });

  test('what a draft means keeps them', () => {
    const meanings = ['12345678901234567890', '12345678901234567891'].map((name) =>
      meaningOfBody(badge(`,"name":${name}`)),
    );
    expect(new Set(meanings).size).toBe(2);
  });
});

describe('dates in milliseconds are named beside the refusal they cause', () => {
  test.each([750, 816])('%d', (code) => {
    const { call, id } = withBadge();
    const milliseconds = code === 750 ? '1773144000000' : '-1773144000000';
    const refused = call('POST', 'customer/earn', earn(id, 1, '"r"', `,"earnEventDate":${milliseconds}`));
    expect(refused.errors?.[0]?.code).toBe(code);
    // The envelope of a failure has no warnings.
    expect(refused.warnings).toBeNull();
    expect(refused.hints).toEqual([990101]);
  });

  test('in a create body as well, and not where the date is none of that kind', () => {
    const call = gateway();
    const swapped = badge(',"startOnISO":null,"startOn":1773144000000');
    expect(call('POST', 'badgeMeta', swapped)).toMatchObject({
      errors: [{ code: 720 }],
      warnings: null,
      hints: [990101],
    });
    const { call: other, id } = withBadge();
    expect(other('POST', 'customer/earn', earn(id, 1, '"r"', ',"earnEventDate":1'))).toMatchObject({
      errors: [{ code: 816 }],
      hints: [],
    });
  });
});

describe('bodies that hold too much', () => {
  test('a hundred thousand tags and constraints, and any depth, are answered', () => {
    const call = gateway();
    const many = (entry: string): string => Array.from({ length: 100_000 }, () => entry).join(',');
    const tags = call('POST', 'badgeMeta', badge(`,"tags":[${many('{"name":"a"}')}]`));
    expect(tags.data?.['tags']).toHaveLength(100_000);
    const wrong = call('POST', 'badgeMeta', badge(`,"name":"C","tags":[${many('7')}]`));
    expect(wrong.errors).toHaveLength(1);
    const limits = call('POST', 'badgeMeta', badge(`,"name":"D","badgeConstraints":[${many('{}')}]`));
    expect(limits.errors?.[0]?.code).toBe(999999);
    const deep = call('POST', 'badgeMeta', `{"tags":${'['.repeat(5_000)}${']'.repeat(5_000)}}`);
    expect(deep.errors?.[0]?.code).toBe(400);
  });

  test.each(['9007199254740993', '"9007199254740993"', '1e300', '-9007199254740993', '"12345678901234567890"'])(
    'a customer id of %s is refused as too large, not as no whole number',
    (customer) => {
      const { call, id } = withBadge();
      const { data, errors } = call('POST', 'customer/earn', earn(id, customer, '1'));
      expect(data).toBeNull();
      expect(errors).toMatchObject([
        { code: 400, message: 'JSON parse error: customerId must be a whole number of at most 9007199254740991' },
      ]);
    },
  );

  test.each(['1.5', '"1e3"', '"1.0"', 'true', '[1]', '{}'])('a customer id of %s is no whole number', (customer) => {
    const { call, id } = withBadge();
    const { errors } = call('POST', 'customer/earn', earn(id, customer, '1'));
    expect(errors).toMatchObject([{ code: 400, message: 'JSON parse error: customerId must be a whole number' }]);
  });
});
