import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Carrier } from './carriers';
import { MERGE } from './recipes';
import type { Room } from './room';

/** More than one replication a slice, and not the same number in each. */
const REPLICATIONS = 20;
const SLICES = 8;
/** What befalls the second time. */
const LOST = 5;
const DOUBLED = 3;

function inWords(bytes: Buffer): string {
  return `${String(bytes.length)} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`;
}

/**
 * Has a carrier run the slices of a simulation, merges them and compares the bytes with those of one run; then again with one
 * slice lost and one done twice.
 *
 * @param room holds the scenario, whose replications are set here
 * @returns what is not as it has to be, in words; empty where all is
 */
export async function carried(carrier: Carrier, room: Room): Promise<string[]> {
  const problems: string[] = [];
  await room.shell(
    `sed -i -E 's/"replications": *[0-9]+/"replications": ${String(REPLICATIONS)}/' spring.scenario.json`,
  );
  const running = await carrier.start(room);
  try {
    const all = Array.from({ length: SLICES }, (_, index) => index + 1);
    await running.carry({ slices: all, of: SLICES, part: 'part' });
    await room.told(MERGE);
    await room.told('laurel simulate spring.scenario.json --json > whole.result.json');
    const [merged, whole] = ['spring', 'whole'].map((name) => readFileSync(room.file(`${name}.result.json`)));
    if (merged === undefined || whole === undefined || whole.length === 0) throw new Error('nothing was simulated');
    room.say(`merged:  ${inWords(merged)}`);
    room.say(`one run: ${inWords(whole)}`);
    if (!merged.equals(whole)) problems.push('the merged slices are not the bytes of one run');

    await running.carry({ slices: all.filter((slice) => slice !== LOST), of: SLICES, part: 'again' });
    await running.carry({ slices: [DOUBLED], of: SLICES, part: 'twice' });
    const line = 'laurel merge again-*.json twice-*.json';
    const { code, text } = await room.shell(line);
    room.say(`$ ${line}\n${text.replaceAll(/^/gm, '  ')}\n  exit code ${String(code)}`);
    if (code !== 1) problems.push(`a slice too few and one too many are merged with exit code ${String(code)}`);
    if (!text.includes(`slice ${String(LOST)} of ${String(SLICES)} is missing`))
      problems.push('the lost slice is not named');
    const slice = String(DOUBLED);
    if (!text.includes(`twice-${slice}.json: is slice ${slice}/${String(SLICES)} again, which is again-${slice}.json`))
      problems.push('the doubled slice is not named');
  } finally {
    await running.end();
  }
  return problems;
}
