import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleForNode } from '../../scripts/build/bundle-for-node.mjs';
import { workerEntries } from '../../scripts/build/entries.mjs';
import { buildFaultLibrary, type Fault } from './fault-library';
import { bulkRequest } from './bulk-request';
import { liveJob } from './live-job';
import { migration } from './migration';
import { push } from './push';
import type { FaultScenario, Programs } from './scenario';

export const SCENARIOS: readonly FaultScenario[] = [bulkRequest, migration, push, liveJob];

/** Bundles what scenarios run, each process into a folder of its own, and builds the library. */
export async function makePrograms(): Promise<Programs> {
  const folder = path.resolve('out', 'faults', `programs-${String(process.pid)}`);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  buildFaultLibrary();
  const entries = {
    cli: path.resolve('electron/cli/index.ts'),
    backend: path.resolve('test/faults/children/faulted-laurel.ts'),
  };
  await bundleForNode({ ...entries, ...workerEntries(process.cwd()) }, folder);
  return { cli: path.join(folder, 'cli.js'), backend: path.join(folder, 'backend.js') };
}

export interface PreparedScenario {
  /** Calls that change files where nothing goes wrong. */
  calls: number;
  /** @returns what is wrong after a fault, and whether the program was killed, failed or noticed nothing */
  inject(fault: Fault): Promise<{ problems: string[]; outcome: 'killed' | 'refused' | 'done' }>;
  end(): void;
}

/**
 * Prepares a scenario, and counts the calls that can go wrong in it.
 *
 * @throws Error when it goes wrong without any fault
 */
export async function prepared(scenario: FaultScenario, programs: Programs): Promise<PreparedScenario> {
  const place = mkdtempSync(path.join(tmpdir(), 'laurel-faults-'));
  const template = path.join(place, 'template');
  mkdirSync(template);
  const run = async (fault: Fault | null) => {
    const folder = path.join(place, 'run');
    rmSync(folder, { recursive: true, force: true });
    cpSync(template, folder, { recursive: true });
    return scenario.run(folder, programs, fault);
  };
  const end = (): void => rmSync(place, { recursive: true, force: true });
  try {
    await scenario.prepare(template, programs);
    const { end: clean, problems } = await run(null);
    if (clean.code !== 0 || clean.calls === null || problems.length > 0) {
      throw new Error(`${scenario.name} without a fault: ${problems.join('; ')}\n${clean.out}${clean.error}`);
    }
    return {
      calls: clean.calls,
      inject: async (fault) => {
        const { end: ended, problems: found } = await run(fault);
        return { problems: found, outcome: ended.signal !== null ? 'killed' : ended.code === 0 ? 'done' : 'refused' };
      },
      end,
    };
  } catch (error) {
    end();
    throw error;
  }
}
