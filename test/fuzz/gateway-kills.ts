import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FuzzRun } from './fuzz';

const KILLS = 25;

/** The practice org, killed again and again while it writes: the test of `npm test` with more kills. */
export const fuzzGatewayKills: FuzzRun = {
  name: 'kill',
  async run(report) {
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node', 'test/backend/practice/kill.test.ts'];
    const env = { ...process.env, LAUREL_KILLS: String(KILLS) };
    const child = spawn(process.execPath, args, { env, stdio: 'inherit' });
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error('what a killed practice org had answered was not all kept');
    report(`killed ${String(KILLS)} times, nothing lost`);
  },
};
