/**
 * `npm run bench -- activity`: each filter of Activity on 10,000 lines of the ledger and on 1,000,000, turn by turn, as the
 * window asks for it. What a filter takes must not grow with the ledger.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWorkspace, type Workspace } from '../../db/workspace/workspace';
import { filterOf } from '../../electron/backend/sync/activity/filter';

const SIZES = [10_000, Number(process.env['LAUREL_LINES'] ?? 1_000_000)] as const;
const TIMES = 60;
const WANTED_FACTOR = 5;
/** Below this nobody feels a difference, and the clock cannot tell one: milliseconds. */
const FLOOR = 2;
const START = Date.UTC(2026, 0, 1) * 1_000;
const STEP = 2_000_000;

const badgeOf = (line: number): string => (line % 400).toString(16).padStart(24, '0');

/** Ten writes under 26,000 reads, as a busy org leaves them, over three orgs; a task for each 500 lines. */
async function filled(folder: string, lines: number): Promise<Workspace> {
  const workspace = await openWorkspace(path.join(folder, `${String(lines)}.laurel`));
  const { ledger } = workspace;
  for (let line = 0; line < lines;) {
    workspace.transaction(() => {
      const errand = { kind: 'pull', about: null } as const;
      for (const end = Math.min(lines, line + 500); line < end; line += 1) {
        const isWrite = line % 2_600 === 0;
        const url = `https://org.example/api_gateway/v1/badges/badgeMeta/${badgeOf(line)}`;
        const key = ledger.begin(
          {
            ...{ connectionKey: 1 + (line % 3), connectionName: `Org ${String(line % 3)}`, jobKey: null, errand },
            ...{ purpose: isWrite ? 'claim' : 'read', badgeId: badgeOf(line), method: isWrite ? 'POST' : 'GET' },
            ...{ url: isWrite ? `${url}/claim` : url, headers: [], body: null, sentOn: START + line * STEP },
          },
          false,
        );
        const outcome = line % 997 === 0 ? 'refused' : 'answered';
        const answer = { outcome, answeredOn: START + line * STEP + 40_000, status: 200, codes: [] } as const;
        ledger.settle(key, { ...answer, sentence: `Answer ${String(line)}.`, headers: [], body: '{}' }, false);
      }
    });
  }
  return workspace;
}

const ASKED = { search: '', outcome: [], purposes: [], kinds: [], reads: true };
const day = (count: number): number => START + count * 86_400_000_000;
const FILTERS: Readonly<Record<string, Partial<Parameters<typeof filterOf>[1]>>> = {
  everything: {},
  'writes only': { reads: false },
  org: { connectionId: 2 },
  'org, writes only': { connectionId: 2, reads: false },
  time: { from: START, until: day(0.1) },
  purpose: { purposes: ['claim'] },
  endpoint: { endpoint: 'claim' },
  outcome: { outcome: ['refused'] },
  'outcome, rare in org': { outcome: ['refused'], connectionId: 3 },
  badge: { badgeId: badgeOf(7) },
  'text, frequent': { search: 'answer' },
  'text, nowhere': { search: 'nowhere at all' },
  'all at once': { connectionId: 1, reads: false, outcome: ['answered'], badgeId: badgeOf(0), search: 'claim' },
};

function p95(workspace: Workspace, asked: Partial<Parameters<typeof filterOf>[1]>, isTasks: boolean): number {
  const { ledger } = workspace;
  const times = Array.from({ length: TIMES }, () => {
    const started = performance.now();
    const filter = filterOf(ledger, { ...ASKED, ...asked });
    if (isTasks) ledger.search.tasks(filter, 0, 100);
    else ledger.list(filter, 0, 100);
    return performance.now() - started;
  }).sort((one, other) => one - other);
  return times[Math.floor(TIMES * 0.95)] ?? NaN;
}

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-activity-'));
try {
  const [small, large] = [await filled(folder, SIZES[0]), await filled(folder, SIZES[1])];
  let worst = 0;
  for (const isTasks of [false, true]) {
    for (const [name, asked] of Object.entries(FILTERS)) {
      const [few, many] = [p95(small, asked, isTasks), p95(large, asked, isTasks)];
      const factor = Math.max(many, FLOOR) / Math.max(few, FLOOR);
      worst = Math.max(worst, factor);
      console.log(
        `${isTasks ? 'tasks' : 'lines'}, ${name}: p95 ${few.toFixed(1)} ms on ${String(SIZES[0])} lines, ${many.toFixed(1)} ms on ${String(SIZES[1])}: ${factor.toFixed(2)} times`,
      );
    }
  }
  console.log(`Worst: ${worst.toFixed(2)} times; wanted: at most ${String(WANTED_FACTOR)}.`);
  if (worst > WANTED_FACTOR) process.exitCode = 1;
  small.close();
  large.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
