import { expect, test } from 'vitest';
import { laidOut } from '../../../renderer/components/json-layout';

test('JSON is laid out with every token as it was', () => {
  expect(laidOut('{"a":1.700000000,"b":[],"c":{"d":"x\\"{,"},"e":[1,2]}')).toBe(
    [
      '{',
      '  "a": 1.700000000,',
      '  "b": [],',
      '  "c": {',
      '    "d": "x\\"{,"',
      '  },',
      '  "e": [',
      '    1,',
      '    2',
      '  ]',
      '}',
    ].join('\n'),
  );
  expect(laidOut('not JSON')).toBe('not JSON');
  expect(laidOut('{"cut": "in the mid')).toBe('{\n  "cut": "in the mid');
});
