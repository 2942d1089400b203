/** The parts of an audit pack by themselves: who decided about whom, and what a manifest may say. */
import { describe, expect, test } from 'vitest';
import { manifestText, readManifest, type AuditManifest } from '../../../electron/backend/sync/audit/manifest';
import { seenText } from '../../../electron/backend/sync/audit/pack';
import {
  LinesOfRecords,
  RequestsOfCustomers,
  sentIn,
} from '../../../electron/backend/sync/audit/requests-of-customers';
import { instantOf } from '../../../shared/domain/instant';

describe('which request decided about a customer', () => {
  const noted = (...ids: [string, number[]?][]): RequestsOfCustomers => {
    const requests = new RequestsOfCustomers('uid');
    for (const [requestId, customerIds] of ids) requests.note({ requestId, ...(customerIds ? { customerIds } : {}) });
    return requests;
  };

  test('is the only one of its chunk, whoever it named', () => {
    const requests = noted(['laurel-uid-1-1'], ['laurel-uid-12-1', [5]]);
    expect([requests.of(0, 9), requests.of(11, 5), requests.of(11, 6)]).toEqual([
      ...['laurel-uid-1-1', 'laurel-uid-12-1', 'laurel-uid-12-1'],
    ]);
    expect([requests.of(1, 9), requests.of(10, 5)]).toEqual(['', '']);
  });

  test('is the last attempt that named them', () => {
    const requests = noted(
      ...([['laurel-uid-2-1', [1, 2, 3]]] as [string, number[]][]),
      ...([
        ['laurel-uid-2-2', [2, 3]],
        ['laurel-uid-2-10', [3]],
      ] as [string, number[]][]),
    );
    expect([1, 2, 3].map((customer) => requests.of(1, customer))).toEqual([
      ...['laurel-uid-2-1', 'laurel-uid-2-2', 'laurel-uid-2-10'],
    ]);
  });

  test('an attempt that is noted twice is one; and one of enrolments names its customers otherwise', () => {
    const requests = noted(['laurel-uid-1-2', [7]], ['laurel-uid-1-2', [8]]);
    expect([requests.of(0, 7), requests.of(0, 8)]).toEqual(['laurel-uid-1-2', '']);
    const enrolled = new RequestsOfCustomers('uid');
    enrolled.note({ requestId: 'laurel-uid-1-3', customers: [4], customerIds: [5] });
    enrolled.note({ requestId: 'laurel-uid-2-3' });
    expect([enrolled.of(0, 4), enrolled.of(0, 5), enrolled.of(1, 4)]).toEqual(['laurel-uid-1-3', '', '']);
  });

  test('is none of another job, and none whose id is no id of a chunk', () => {
    const requests = noted(
      ...(['laurel-other-1-1', 'laurel-uid-1-1x', 'laurel-uid-1', 'laurel-uid-1-', 'laurel-uid-x-1', 'mine'].map(
        (id) => [id],
      ) as [string][]),
    );
    expect([0, 1].map((chunk) => requests.of(chunk, 5))).toEqual(['', '']);
  });

  test('is read from what was sent, and from nothing else', () => {
    expect(sentIn('{"requestId":"a","customers":[1],"other":2}')).toEqual({ requestId: 'a', customers: [1] });
    expect(sentIn('{"requestId":"a"}')).toEqual({ requestId: 'a' });
    for (const body of [null, '', '{', '[]', '{}', '{"requestId":1}', '{"requestId":"a","customerIds":["1"]}']) {
      expect(sentIn(body), String(body)).toBeNull();
    }
  });
});

test('which line decided about a record: the last that named it, however its id is spelt', () => {
  const lines = new LinesOfRecords();
  lines.note(3, '{"revokeIssuals":[{"customerId":1,"issueId":"AA"},{"customerId":2,"issueId":"bb"}]}');
  lines.note(4, '{"customerId":1,"earnedBadgeId":"CC"}');
  lines.note(5, '{"revokeIssuals":[{"customerId":2,"issueId":"BB"}]}');
  for (const body of [null, '', '{', '{"revokeIssuals":[{"issueId":"aa"}]}', '{"earnedBadgeId":5}'])
    lines.note(9, body);
  expect(['aa', 'Aa', 'bb', 'cc', 'dd', null].map((record) => lines.of(record))).toEqual([
    ...['line 3', 'line 3', 'line 5', 'line 4', '', ''],
  ]);
});

describe('a manifest', () => {
  const file = (index: number): AuditManifest['files'][number] => ({
    ...{ name: `f.${'abcdefghijklmnopqrstuvwxyz'[index % 26] ?? ''}`, bytes: index, sha256: 'ab'.repeat(32) },
  });
  const of = (...files: object[]): string =>
    manifestText({ schema: 'laurel/audit-manifest@1', files: files as AuditManifest['files'] });

  test('is read as it is written, with a hundred files at most', () => {
    const text = of(file(0), file(1));
    expect(text).toMatch(/^\{\n {2}"schema": "laurel\/audit-manifest@1",\n {2}"files": \[\n {4}\{\n {6}"name": "f\.a"/);
    expect(text.endsWith('\n}\n')).toBe(true);
    expect(readManifest(text)).toEqual({ schema: 'laurel/audit-manifest@1', files: [file(0), file(1)] });
    const many = (count: number) => readManifest(of(...Array.from({ length: count }, (_, index) => file(index))));
    expect([many(0)?.files, many(100)?.files.length, many(101)]).toEqual([[], 100, null]);
  });

  test.each([
    ['is not JSON', '{'],
    ['is spelt otherwise', of(file(0)).replace('\n', '\n ')],
    ['has no line break at its end', of(file(0)).trimEnd()],
    ['is of another kind', of(file(0)).replace('manifest@1', 'manifest@2')],
    ['has a name in capitals', of({ ...file(0), name: 'A.b' })],
    ['has a name that leads elsewhere', of({ ...file(0), name: '../a' })],
    ['has no name', of({ ...file(0), name: '' })],
    ['has a name of 62 letters', of({ ...file(0), name: 'a'.repeat(62) })],
    ['has less than no bytes', of({ ...file(0), bytes: -1 })],
    ['has half a byte', of({ ...file(0), bytes: 0.5 })],
    ['has a hash that is too short', of({ ...file(0), sha256: 'ab'.repeat(31) })],
    ['has a hash in capitals', of({ ...file(0), sha256: 'AB'.repeat(32) })],
  ])('that %s is none', (_, text) => {
    expect(readManifest(text)).toBeNull();
  });

  test('may name a file in 61 letters', () => {
    expect(readManifest(of({ ...file(0), name: 'a'.repeat(61) }))?.files).toHaveLength(1);
  });
});

test('a badge as the org showed it is what it showed, JSON or not, or nothing', () => {
  const seenOn = instantOf('2026-05-04T09:30:00.25Z');
  expect(seenText(null)).toBeNull();
  expect(seenText({ body: '{"name":"A"}', claims: [], seenOn })).toEqual({
    ...{ seenOn: '2026-05-04T09:30:00.25Z', claims: [], badge: { name: 'A' } },
  });
  expect(seenText({ body: '<html>', claims: [], seenOn })).toMatchObject({ badge: '<html>' });
});
