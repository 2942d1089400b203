import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WORKSPACE } from '../../db/kinds';
import { makePrograms } from '../faults/inject';
import { judgeUpgrade } from '../faults/migration';
import type { FuzzRun } from './fuzz';

const KILLS = Number(process.env['LAUREL_KILLS'] ?? 100);
/** Upgrades for each that is killed, at most. */
const MOST = 3;
const SEED = Number(process.env['LAUREL_SEED'] ?? 1);
const fixtures = path.resolve('test/fixtures/databases');

/** Workspaces of every released version, brought up to date by this one, which is killed at random instants. */
export const fuzzUpgradeKills: FuzzRun = {
  name: 'upgrades',
  async run(report) {
    const { fresh } = await makePrograms();
    const versions = Array.from({ length: WORKSPACE.migrations.length - 1 }, (_, index) => index + 1);
    const dice = diceOf(SEED);
    const outcomes = { killed: 0, done: 0 };
    /** By version: the milliseconds of the quickest that ran to its end. Kills within them hardly ever come too late. */
    const quickest = new Map<number, number>();
    let upgrades = 0;
    for (; outcomes.killed < KILLS && upgrades < MOST * KILLS; upgrades += 1) {
      const version = versions[upgrades % versions.length] ?? 1;
      const folder = mkdtempSync(path.join(tmpdir(), 'laurel-upgrades-'));
      try {
        fill(folder, version);
        // The first of each version runs to its end and tells how long one takes.
        const known = quickest.get(version);
        const wait = known === undefined ? null : dice() * known;
        const started = performance.now();
        const end = await fresh.laurels.faulted({ task: 'open', folder }, null, wait);
        const took = performance.now() - started;
        if (end.signal === null) quickest.set(version, Math.min(known ?? took, took));
        outcomes[end.signal === null ? 'done' : 'killed'] += 1;
        const problems = await judgeUpgrade(folder, end, version);
        if (problems.length > 0) {
          const when = wait === null ? 'not at all' : `after ${wait.toFixed(1)} ms`;
          throw new Error(
            `upgrade ${String(upgrades)} of seed ${String(SEED)}, version ${String(version)}, killed ${when}: ${problems.join('; ')}`,
          );
        }
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
    if (outcomes.killed < KILLS)
      throw new Error(`only ${String(outcomes.killed)} of ${String(upgrades)} upgrades could be killed in time`);
    report(
      `${String(upgrades)} upgrades of versions 1 to ${String(versions.length)} with seed ${String(SEED)}: ${String(outcomes.killed)} killed, ${String(outcomes.done)} ran to their end; nothing lost`,
    );
  },
};

/** A workspace of a version, with the newest org file that there was with it. */
function fill(folder: string, version: number): void {
  const fixture = (kind: string, of: number): string =>
    path.join(fixtures, `v${String(of).padStart(4, '0')}-${kind}.sqlite`);
  let org = version;
  while (!existsSync(fixture('org', org))) org -= 1;
  copyFileSync(fixture('workspace', version), path.join(folder, 'w.laurel'));
  copyFileSync(fixture('org', org), path.join(folder, 'w.laurel-org'));
}

/** Numbers in [0, 1), the same for a seed (mulberry32). */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
