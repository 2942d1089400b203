import { describe, expect, test } from 'vitest';
import {
  numberText,
  numberTexts,
  parseJson,
  readJson,
  tellNumberTexts,
  withNumberTexts,
  writeJson,
} from '../../shared/domain/json';

const mistake = (text: string): string => {
  const reading = readJson(text);
  return reading.ok
    ? 'ok'
    : `${String(reading.mistake.line)}:${String(reading.mistake.column)} ${reading.mistake.reason}`;
};

describe('numbers that stand for text', () => {
  test.each([
    ['12345678901234567890', '12345678901234567890'],
    ['9007199254740993', '9007199254740993'],
    ['1.0', '1.0'],
    ['1', '1'],
    ['1e3', '1e3'],
    ['-0', '-0'],
    ['1706702400.000000000', '1706702400.000000000'],
    ['0.1', '0.1'],
  ])('%s keeps its digits', (written, kept) => {
    const body = parseJson(`{"a":{"id":${written},"other":"x"},"list":[1,${written}]}`) as { a: object; list: object };
    expect(numberText(body.a, 'id')).toBe(kept);
    expect(numberText(body.list, 1)).toBe(kept);
    expect(writeJson(body)).toBe(`{"a":{"id":${written},"other":"x"},"list":[1,${written}]}`);
  });

  test('numbers that no computer holds are written again as they stood', () => {
    expect(writeJson(parseJson('{"a":1E400,"b":[-1e999]}'))).toBe('{"a":1E400,"b":[-1e999]}');
    expect(writeJson({ a: Infinity })).toBe('{"a":null}');
  });

  test('they travel beside a plain value, and are told again where they still fit', () => {
    const text = '{"a":[1.10,{"b":12345678901234567890}],"c":2,"d":0.50}';
    const texts = numberTexts(parseJson(text));
    expect(texts).toEqual([
      [['a', '0'], '1.10'],
      [['a', '1', 'b'], '12345678901234567890'],
      [['d'], '0.50'],
    ]);
    expect(writeJson(tellNumberTexts(JSON.parse(text) as unknown, texts))).toBe(text);
    expect(writeJson(tellNumberTexts({ a: [7], d: 'x' }, texts))).toBe('{"a":[7],"d":"x"}');
    const odd = [
      [['d'], '0.5, "x": 1'],
      [['a', 'b', 'c'], '1.0'],
      [[], '1.0'],
      [['__proto__', 'd'], '0.50'],
    ] as const;
    expect(writeJson(tellNumberTexts({ d: 0.5 }, odd))).toBe('{"d":0.5}');
    expect(numberTexts('text')).toEqual([]);
  });

  test('a copy knows them too, and forgets the digits of a number that was replaced', () => {
    const body = parseJson('{"id":1.0,"rank":2.0}') as Record<string, unknown>;
    const copy = { ...body, rank: 7 };
    expect([numberText(copy, 'id'), numberText(copy, 'rank')]).toEqual(['1.0', '7']);
    expect(numberText(withNumberTexts({ id: 1 }, body), 'id')).toBe('1.0');
    expect(writeJson(copy)).toBe('{"id":1.0,"rank":7}');
    expect(Object.keys(copy)).toEqual(['id', 'rank']);
  });

  test('the last of two fields of one name counts', () => {
    expect(numberText(parseJson('{"id":1.0,"id":2.00}') as object, 'id')).toBe('2.00');
    expect(numberText(parseJson('{"id":1.0,"id":1}') as object, 'id')).toBe('1');
  });

  test('text that looks like a number, and half a surrogate pair, stay what they are', () => {
    expect(parseJson('{"id":"a, 1.0","half":"\\ud800"}')).toEqual({ id: 'a, 1.0', half: '\ufffd' });
  });
});

describe('what is no JSON', () => {
  test.each([
    ['{\n "a": 1,\n}', '3:1 the comma before this } is one too many'],
    ['[1,\n2,]', '2:3 the comma before this ] is one too many'],
    ['// my badge\n{}', '1:1 a comment stands here, and JSON has none'],
    ['{"a": /* one */ 1}', '1:7 a comment stands here, and JSON has none'],
    ["{'a': 1}", '1:2 names and texts stand in double quotes'],
    ['{"a": \'x\'}', '1:7 names and texts stand in double quotes'],
    ['{"a" 1}', "1:6 expected ':' after property name"],
    ['{"a": 1 "b": 2}', "1:9 expected ',' or '}' after property value"],
    ['{"a": 1', '1:8 the text ends before it is complete'],
    ['{} {}', '1:4 unexpected non-whitespace character after JSON'],
    ['{"a": 01}', '1:8 unexpected number'],
    ['{\n  "name": "A",\n  "startOn": }', "3:14 unexpected token '}'"],
    ['{"a": tru}', "1:10 unexpected token '}'"],
    ['{"a": "\\x"}', '1:9 bad escaped character'],
    ['{"a": "one\ntwo"}', '1:11 bad control character in string literal'],
    ['', '1:1 it is empty'],
    ['\ufeff{"a": 1,}', '1:9 the comma before this } is one too many'],
    ['{"a": NaN}', "1:7 unexpected token 'N'"],
  ])('%j is told by line and column', (text, words) => {
    expect(mistake(text)).toBe(words);
  });

  test('a mark at the start is passed over', () => {
    expect(readJson('\ufeff{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
  });

  test('text of any depth is answered', () => {
    expect(mistake(`${'['.repeat(200)}${']'.repeat(200)}`)).toBe('ok');
    for (const depth of [201, 5_000, 1_000_000]) {
      expect(mistake('{"a":'.repeat(depth))).toBe('1:1001 it is nested deeper than 200 levels');
    }
  });
});

test('a mistake is told by its place and never by what stands around it', () => {
  for (const text of [
    '{\n "a": hunter2-is-the-password }',
    '{"password": "hunter2" "x"}',
    '[hunter2, hunter2, hunter2, hunter2]',
  ]) {
    expect(mistake(text)).toMatch(/^\d+:\d+ (?!.*hunter2)/);
  }
});
