import { describe, expect, test } from 'vitest';
import { play } from '../conformance/play';
import { memoryOrg, PureGateway } from '../conformance/pure-gateway';
import { storedOrg } from '../conformance/stored-org';
import { OWN_CASES } from '../conformance/cases';
import { loadVectors } from '../conformance/vectors';

describe.each([
  { name: 'in memory', makeOrg: memoryOrg },
  { name: 'in SQLite', makeOrg: storedOrg },
])('the reference cases over an org $name', ({ makeOrg }) => {
  test.each([...loadVectors(), ...OWN_CASES].map((vector) => ({ id: vector.id, vector })))(
    '$id',
    async ({ vector }) => {
      expect(await play(vector, new PureGateway(makeOrg))).toEqual([]);
    },
  );
});
