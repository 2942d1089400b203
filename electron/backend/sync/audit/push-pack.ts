import { setImmediate as othersTurn } from 'node:timers/promises';
import { version } from '../../../../package.json';
import { writeFiles, type ExportTarget } from '../../../../db/portable/write-export';
import type { LedgerTask } from '../../../../db/workspace/ledger-tasks';
import { readJobs, type JobsReading } from '../../../../db/workspace/read-jobs';
import type { Instant } from '../../../../shared/domain/instant';
import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';
import { csvCell } from '../../files/csv';
import { pushOrigin, type PushOrigin } from '../origin/origin';
import { ABOUT } from './manifest';
import { iso, jsonText, PACKING, seenText, withManifest } from './pack';

/** Lines of the ledger that are written at a time. */
const PORTION = 100;

const README = `This is the audit pack of a push of Laurel.

about.json      who pushed and when, to which org, from which file of a plan, and what came of it
badges.json     each badge as the org had shown it when the push began; null where the org had none, or it was never read
requests.jsonl  every request of the push, reads too, a line each: when it left, its body, what was answered; without secrets
changes.csv     each request that changes something: on which badge, what it does, what became of it, and its line above
manifest.json   size and SHA-256 of every file

laurel verify PACK names every file that is not as it was written.
`;

/** What is written of a push, and where it is told how far that is. */
export interface PushOrder {
  /** Absolute real path; it may be open, and the push may be under way. */
  workspaceFile: string;
  /** Of its task in the ledger. */
  taskKey: number;
  now: Instant;
  progress(report: { done: number; total: number }): void;
}

function aboutOf(task: LedgerTask, origin: PushOrigin | null, now: Instant): object {
  const { key, connectionName, about, startedOn, lastOn } = task;
  const { requests, writes, sending, answered, refused, unknown, failed } = task;
  return {
    schema: 'laurel/audit-push@1',
    madeOn: iso(now),
    laurel: version,
    who: origin === null ? null : { user: origin.user, computer: origin.computer, name: origin.name },
    push: {
      ...{ id: key, org: connectionName, badges: origin?.badges.map(({ name }) => name) ?? null, about },
      ...{ startedOn: iso(startedOn), lastOn: iso(lastOn) },
      requests: { total: requests, changes: writes, underWay: sending, answered, refused, unknown, failed },
    },
    files: origin?.files ?? null,
  };
}

function badgesOf(origin: PushOrigin | null): unknown {
  return origin?.badges.map(({ badgeId, name, before }) => ({ id: badgeId, name, before: seenText(before) })) ?? null;
}

async function* requestLines(
  { ledger }: JobsReading,
  { key: taskKey, requests: total }: LedgerTask,
  changes: string[],
  origin: PushOrigin | null,
  written: (rows: number) => void,
): AsyncGenerator<string> {
  const names = new Map(origin?.badges.map(({ badgeId, name }) => [badgeId, name]));
  let count = 0;
  for (let after = 0; ;) {
    const lines = ledger.ofTask(taskKey, after, PORTION);
    const last = lines.at(-1);
    if (!last) return;
    after = last.key;
    for (const { key, connectionKey: _, taskKey: _task, connectionName, sentOn, answeredOn, ...line } of lines) {
      const facts = { line: key, org: connectionName, ...line, sentOn: iso(sentOn), answeredOn: iso(answeredOn) };
      yield `${JSON.stringify({ ...facts, ...ledger.contents(key) })}\n`;
      count += 1;
      if (line.method === 'GET' || line.purpose === 'token') continue;
      const { badgeId, purpose, outcome, status, codes, sentence } = line;
      const cells = [`line ${String(key)}`, badgeId ?? '', names.get(badgeId ?? '') ?? '', purpose, outcome];
      changes.push([...cells, String(status ?? ''), codes.join(' '), sentence].map(csvCell).join(','));
    }
    written(Math.min(count, total));
    await othersTurn();
  }
}

/** Written when the requests were: what changed something is known then. */
function* changeLines(changes: readonly string[]): Generator<string> {
  yield 'request,badge,name,purpose,outcome,status,codes,message\r\n';
  for (const line of changes) yield `${line}\r\n`;
}

/**
 * Writes the audit pack of a push, as a folder or a zip, all of one instant of the workspace; `laurel verify` checks it as
 * it does the pack of a live job.
 *
 * @returns how many requests are in it
 * @throws Failure `not-found` where there is no such push, or its requests were given up; or why nothing was written
 */
export async function writePushPack(order: PushOrder, target: ExportTarget): Promise<number> {
  const { workspaceFile, taskKey, now, progress } = order;
  const reading = readJobs(workspaceFile);
  try {
    const task = reading.ledger.tasks.find(taskKey);
    if (task?.kind !== 'push') throw new Failure('not-found', message('audit.noPush'));
    if (reading.ledger.ofTask(taskKey, 0, 1).length === 0) throw new Failure('not-found', message('audit.pushGivenUp'));
    const kept = pushOrigin.safeParse(reading.settings.kept(`pushOrigin:${taskKey}`));
    const origin = kept.success ? kept.data : null;
    const changes: string[] = [];
    let rows = 0;
    const written = (count: number): void => {
      rows = count;
      progress({ done: count, total: task.requests });
    };
    const contents: [string, Iterable<string> | AsyncIterable<string>][] = [
      ['readme.txt', [README]],
      [ABOUT, [jsonText(aboutOf(task, origin, now))]],
      ['badges.json', [jsonText(badgesOf(origin))]],
      // Before the changes, which are found in them.
      ['requests.jsonl', requestLines(reading, task, changes, origin, written)],
      ['changes.csv', changeLines(changes)],
    ];
    await writeFiles(withManifest(contents), target, {
      ...PACKING,
      failed: (reason) => message('audit.notPacked', { reason }),
    });
    return rows;
  } finally {
    reading.close();
  }
}
