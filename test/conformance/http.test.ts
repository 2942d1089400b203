import { afterAll, beforeAll, expect, test } from 'vitest';
import { CREDENTIALS, serve, type Served } from '../backend/practice/serve';
import { OWN_CASES } from './cases';
import { HttpGateway } from './http-gateway';
import { play } from './play';
import { loadVectors } from './vectors';

let served: Served;

beforeAll(async () => {
  served = await serve();
});

afterAll(async () => {
  await served.stop();
  expect(served.failures).toEqual([]);
});

test.each([...loadVectors(), ...OWN_CASES].map((vector) => ({ id: vector.id, vector })))(
  '$id over HTTP',
  async ({ vector }) => {
    expect(await play(vector, new HttpGateway(served.url, CREDENTIALS))).toEqual([]);
  },
);
