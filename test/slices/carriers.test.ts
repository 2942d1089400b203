/** The short form of `npm run slices`: what every Linux can carry, and that the page says what is run. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleCommandLine, commandLine } from '../setup/command-line-once';
import { carried } from './carried';
import { CARRIERS, missingFor, type Carrier } from './carriers';
import { MERGE, ordered, PARALLEL, SLURM, SLURM_SCRIPT, XARGS } from './recipes';
import { programCalled, Room } from './room';

const root = path.resolve(import.meta.dirname, '../..');

test.each([XARGS, PARALLEL, SLURM, SLURM_SCRIPT, MERGE])('the page says what is run: %s', (recipe) => {
  expect(readFileSync(path.join(root, 'docs/simulation-in-scripts.md'), 'utf8')).toContain(recipe);
});

test('an order takes the place of all slices', () => {
  const order = { slices: [1, 2, 3, 5, 7, 8], of: 8, part: 'again' };
  expect(ordered(SLURM_SCRIPT, order)).toContain('--array=1-3,5,7-8\n');
  expect(ordered(XARGS, order)).toMatch(/^printf '%s\\n' 1 2 3 5 7 8 \| .* --slice \{\}\/8 .* --out again-\{\}\.json$/);
});

test('what a system lacks is named by its Debian packages, once each', () => {
  const carrier: Carrier = {
    ...CARRIERS[0]!,
    needs: [
      ['sh', 'dash'],
      ['no-such-controller', 'no-such-cluster'],
      ['no-such-node', 'no-such-cluster'],
    ],
  };
  expect(missingFor(carrier)).toEqual(['no-such-cluster']);
});

const xargs = CARRIERS.find(({ name }) => name === 'xargs')!;

describe.skipIf(process.platform !== 'linux' || programCalled('xargs') === undefined)('slices carried by xargs', () => {
  let room: Room;
  beforeAll(async () => {
    await bundleCommandLine();
    room = new Room(
      path.join(root, 'docs/sample-report/thousand-cups.scenario.json'),
      commandLine,
      root,
      () => undefined,
    );
  });
  afterAll(async () => {
    await room.end();
  });

  test('are merged to the bytes of one run, and a lost and a doubled one are named', async () => {
    expect(await carried(xargs, room)).toEqual([]);
    expect(room.lines.join('\n')).not.toContain(root);
  });
});
