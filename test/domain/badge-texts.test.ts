import { expect, test } from 'vitest';
import { withTextsWritten } from '../../shared/domain/badge-texts';
import type { JsonObject } from '../../shared/domain/body-reader';
import { parseJson } from '../../shared/domain/json';

const written = (text: string): JsonObject => withTextsWritten(parseJson(text) as JsonObject);

test('every text of a body that came as a number is the number as it was written (semantics Q1)', () => {
  const body = written(`{
    "name": 1.0, "description": 12345678901234567890, "badgeGroupId": 1e2, "badgeRank": 7.0,
    "images": [{ "name": 2.50, "fileSvcHandle": 9007199254740993, "url": 3.0, "tag": 4.0 }, null, 5],
    "tags": [{ "name": 6.0, "value": 7.0, "other": 8.0 }],
    "customFields": { "any": 9.00, "text": "as it is" }
  }`);
  expect(JSON.parse(JSON.stringify(body))).toEqual({
    ...{ name: '1.0', description: '12345678901234567890', badgeGroupId: '1e2', badgeRank: 7 },
    images: [{ name: '2.50', fileSvcHandle: '9007199254740993', url: '3.0', tag: 4 }, null, 5],
    tags: [{ name: '6.0', value: '7.0', other: 8 }],
    customFields: { any: '9.00', text: 'as it is' },
  });
});

test('what is no number, and what is not there, stays as it is', () => {
  const body = { name: 'B', images: 'none', tags: null, customFields: 'none', extra: [1.5] };
  expect(withTextsWritten(body)).toEqual(body);
  expect(withTextsWritten({ name: true })).toEqual({ name: true });
});
