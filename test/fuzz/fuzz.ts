/**
 * `npm run fuzz [-- NAME…]`: the long versions of random tests. Each prints how far it got, and ends with 1 on the first
 * input that breaks something, together with the seed that makes it again.
 */
import { fuzzBandCoverage } from './band-coverage';
import { fuzzGatewayBodies } from './gateway-bodies';
import { fuzzGatewayKills } from './gateway-kills';
import { fuzzLearningCoverage } from './learning-coverage';
import { fuzzSimulationHistories } from './simulation-histories';
import { fuzzTables } from './tables';
import { fuzzUpgradeKills } from './upgrade-kills';

export interface FuzzRun {
  name: string;
  /** Throws, with what broke and its seed in the message. */
  run(report: (line: string) => void): Promise<void>;
}

const RUNS: readonly FuzzRun[] = [
  fuzzGatewayBodies,
  fuzzGatewayKills,
  fuzzSimulationHistories,
  fuzzTables,
  fuzzUpgradeKills,
  fuzzLearningCoverage,
  fuzzBandCoverage,
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !RUNS.some((run) => run.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no run called ${unknown.join(' or ')}. There are ${RUNS.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
for (const { name, run } of RUNS.filter((each) => asked.length === 0 || asked.includes(each.name))) {
  try {
    await run((line) => console.log(`${name}: ${line}`));
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
