import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleForNode } from '../../scripts/build/bundle-for-node.mjs';
import { workerEntries } from '../../scripts/build/entries.mjs';
import { buildFaultLibrary, type Fault } from './fault-library';
import { bulkRequest } from './bulk-request';
import { freshLaurels, keptLaurels } from './laurels';
import { importJob, liveJob } from './live-job';
import { migration } from './migration';
import { push } from './push';
import type { FaultScenario, Programs } from './scenario';

export const SCENARIOS: readonly FaultScenario[] = [bulkRequest, migration, push, liveJob, importJob];

/** Bundled programs, and the ways to run them. */
export interface Ways {
  /** Quick; what goes wrong is seen again with `fresh` before it counts. */
  kept: Programs;
  /** Every start a process of its own, as with a person. */
  fresh: Programs;
  /** @returns how many processes did not end by themselves */
  end(): Promise<number>;
}

/** Bundles what scenarios run, each process into a folder of its own, and builds the library. */
export async function makePrograms(): Promise<Ways> {
  const folder = path.resolve('out', 'faults', `programs-${String(process.pid)}`);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  buildFaultLibrary();
  const entries = {
    cli: path.resolve('electron/cli/index.ts'),
    laurel: path.resolve('test/faults/children/faulted-laurel.ts'),
  };
  await bundleForNode({ ...entries, ...workerEntries(process.cwd()) }, folder);
  const [cli, laurel] = [path.join(folder, 'cli.js'), path.join(folder, 'laurel.js')];
  const kept = keptLaurels(laurel);
  return { kept: { cli, laurels: kept }, fresh: { cli, laurels: freshLaurels(laurel) }, end: () => kept.end() };
}

/** How a fault ended. */
export interface Injected {
  /** What is wrong after it. */
  problems: string[];
  /** What was wrong in a process that had seen other faults, and not in one of its own. */
  unconfirmed: string[];
  outcome: 'killed' | 'refused' | 'done';
}

export interface PreparedScenario {
  /** Calls that change files where nothing goes wrong. */
  calls: number;
  /** @param isReal whether it is injected into a process of its own at once, which a death then ends */
  inject(fault: Fault, isReal?: boolean): Promise<Injected>;
  end(): void;
}

/**
 * Prepares a scenario, and counts the calls that can go wrong in it.
 *
 * @throws Error when it goes wrong without any fault
 */
export async function prepared(scenario: FaultScenario, { kept, fresh }: Ways): Promise<PreparedScenario> {
  const place = mkdtempSync(path.join(tmpdir(), 'laurel-faults-'));
  const template = path.join(place, 'template');
  mkdirSync(template);
  let runs = 0;
  const run = async (programs: Programs, fault: Fault | null) => {
    // Names are not used twice: a process that is kept may still hold what was there.
    runs += 1;
    const folder = path.join(place, `run-${String(runs)}`);
    cpSync(template, folder, { recursive: true });
    try {
      return await scenario.run(folder, programs, fault);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const end = (): void => rmSync(place, { recursive: true, force: true });
  try {
    await scenario.prepare(template, fresh);
    const { end: clean, problems } = await run(fresh, null);
    if (clean.code !== 0 || clean.calls === null || problems.length > 0) {
      throw new Error(`${scenario.name} without a fault: ${problems.join('; ')}\n${clean.out}${clean.error}`);
    }
    const judged = async (programs: Programs, fault: Fault): Promise<Omit<Injected, 'unconfirmed'>> => {
      try {
        const { end: ended, problems: found } = await run(programs, fault);
        return { problems: found, outcome: ended.signal !== null ? 'killed' : ended.code === 0 ? 'done' : 'refused' };
      } catch (error) {
        return {
          problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
          outcome: 'refused',
        };
      }
    };
    return {
      calls: clean.calls,
      inject: async (fault, isReal = false) => {
        if (isReal) return { ...(await judged(fresh, fault)), unconfirmed: [] };
        const first = await judged(kept, fault);
        if (first.problems.length === 0) return { ...first, unconfirmed: [] };
        const second = await judged(fresh, fault);
        return { ...second, unconfirmed: second.problems.length === 0 ? first.problems : [] };
      },
      end,
    };
  } catch (error) {
    end();
    throw error;
  }
}
