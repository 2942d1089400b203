import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readJobs } from '../../db/workspace/read-jobs';
import type { LedgerTask } from '../../db/workspace/ledger-tasks';
import type { LiveJob } from '../../db/workspace/live-jobs';
import { fromMilliseconds, toIso } from '../../shared/domain/instant';
import { writeAuditPack } from '../backend/sync/audit/pack';
import { writePushPack } from '../backend/sync/audit/push-pack';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { presentWorkspace } from './export';
import { plainFailure } from './plain-failure';
import { wholeNumber } from './simulate';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  job: { type: 'string' },
  push: { type: 'string' },
  out: { type: 'string', completes: 'files' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Writes the audit pack of a live job: who and when, which file, the badge as it was, every request with its answer, and each
customer with the request that served them and the record that was made. Or of a push: who and when, which plan, the
badges as they were, and every request with its answer. Without --job or --push: lists both.

Usage: laurel audit --workspace FILE [--json]
       laurel audit --workspace FILE --job N|--push N --out FOLDER|FILE.zip [--json]

  --workspace FILE  it may be open in a window, and the job may run: what is written is one instant
  --job N           number of the job
  --push N          number of the push
  --out             a new folder, or a new file that ends in .zip; what is there already is never replaced
  --json            the jobs and pushes (laurel/live-jobs@1), or what was written (laurel/audited@1 of a job,
                    laurel/audited-push@1 of a push), as JSON

laurel verify finds a changed byte. Secrets are in no pack; customers are.
Exit code: 0 done, 1 nothing was written, 2 called wrongly.`;

/** Evidence takes the place of no file. @throws UsageError, Failure `conflict` */
function requireNewPlace(cwd: string, out: string): void {
  const other = /\.(?:tar|tgz|gz|bz2|xz|zst|7z|rar)$/i.exec(out)?.[0];
  if (other !== undefined)
    throw new UsageError(`--out ${out} can be no pack: it is a folder, or a file that ends in .zip, not in ${other}.`);
  const there = statSync(path.resolve(cwd, out), { throwIfNoEntry: false });
  // Whether a folder is empty is looked at where it is written; a pipe holds nothing that could be lost.
  if (there?.isFile() !== true) return;
  throw plainFailure(
    'conflict',
    `${out} is there already, and a pack takes the place of nothing. Name a file that is not there yet. Nothing was written.`,
  );
}

function shownJob({ key, badgeName, connectionName, action, state, total, startedOn, endedOn }: LiveJob) {
  return {
    ...{ job: key, action, badge: badgeName, org: connectionName, state, total },
    startedOn: toIso(startedOn, 'UTC'),
    endedOn: endedOn === null ? null : toIso(endedOn, 'UTC'),
  };
}

function shownPush({ key, about, connectionName, startedOn, requests, writes }: LedgerTask) {
  return {
    ...{ push: key, badges: about, org: connectionName, requests, changes: writes },
    startedOn: toIso(startedOn, 'UTC'),
  };
}

/** `laurel audit`. */
export const auditCommand: Command = {
  options: OPTIONS,
  operands: [],
  help: HELP,
  run: async (args, terminal) => {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const workspaceFile = presentWorkspace(terminal.cwd, values.workspace);
    const job = wholeNumber('job', values.job, 1);
    const push = wholeNumber('push', values.push, 1);
    const { out } = values;
    const number = job ?? push;
    if (job !== undefined && push !== undefined) throw new UsageError('Name one: --job N or --push N.');
    if ((number === undefined) !== (out === undefined))
      throw new UsageError(
        '--job N or --push N, and --out FOLDER or --out FILE.zip belong together; without them the jobs and pushes are listed.',
      );
    if (number === undefined || out === undefined) return list(workspaceFile, values.json, terminal);
    requireNewPlace(terminal.cwd, out);
    const order = { workspaceFile, now: fromMilliseconds(Date.now()) };
    const what = job === undefined ? 'requests' : 'customers';
    const progress = ({ done, total }: { done: number; total: number }): void =>
      terminal.draw(`Packing ${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${what} …`);
    const target = {
      path: path.resolve(terminal.cwd, out),
      form: out.toLowerCase().endsWith('.zip') ? ('zip' as const) : ('folder' as const),
      signal: terminal.signal,
    };
    const rows =
      job === undefined
        ? await writePushPack({ ...order, taskKey: number, progress }, target)
        : await writeAuditPack({ ...order, jobKey: job, progress }, target);
    terminal.draw('');
    const written =
      job === undefined
        ? { schema: 'laurel/audited-push@1', push: number, out, requests: rows }
        : { schema: 'laurel/audited@1', job, out, customers: rows };
    if (values.json) terminal.document(JSON.stringify(written, null, 2));
    else {
      const of = `${job === undefined ? 'push' : 'job'} ${String(number)}`;
      terminal.out(`${out}: the audit pack of ${of}, with ${rows.toLocaleString('en')} ${what}.`);
    }
    return 0;
  },
};

function list(workspaceFile: string, json: boolean, terminal: Terminal): ExitCode {
  const reading = readJobs(workspaceFile);
  try {
    const jobs = reading.jobs.list().map(shownJob);
    const pushes = reading.ledger.tasks.pushes().map(shownPush);
    if (json) {
      terminal.document(JSON.stringify({ schema: 'laurel/live-jobs@1', jobs, pushes }, null, 2));
      return 0;
    }
    if (jobs.length === 0) terminal.out('There is no live job in this workspace.');
    for (const { job, startedOn, action, badge, org, total, state } of jobs) {
      const customers = total.toLocaleString('en');
      terminal.out(`${String(job)}  ${startedOn}  ${action}  ${badge} in ${org}, ${customers} customers, ${state}`);
    }
    for (const { push, startedOn, org, badges, changes } of pushes) {
      const about = badges === null ? '' : `  ${badges}`;
      terminal.out(`push ${String(push)}  ${startedOn}${about} to ${org}, ${changes.toLocaleString('en')} changes`);
    }
    return 0;
  } finally {
    reading.close();
  }
}
