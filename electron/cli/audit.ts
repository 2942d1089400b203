import path from 'node:path';
import { parseArgs } from 'node:util';
import { readJobs } from '../../db/workspace/read-jobs';
import type { LiveJob } from '../../db/workspace/live-jobs';
import { fromMilliseconds, toIso } from '../../shared/domain/instant';
import { writeAuditPack } from '../backend/sync/audit/pack';
import { UsageError, type Command, type CommandOptions } from './command';
import { presentWorkspace } from './export';
import { wholeNumber } from './simulate';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  job: { type: 'string' },
  out: { type: 'string', completes: 'files' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Writes the audit pack of a live job: who and when, which file, the badge as it was, every request with its answer, and each
customer with the request that served them and the record that was made. Without --job: lists the live jobs.

Usage: laurel audit --workspace FILE [--json]
       laurel audit --workspace FILE --job N --out FOLDER|FILE.zip [--json]

  --workspace FILE  it may be open in a window, and the job may run: what is written is one instant
  --job N           number of the job
  --out             a new folder, or a file that ends in .zip
  --json            the jobs (laurel/live-jobs@1), or what was written (laurel/audited@1), as JSON

laurel verify finds a changed byte. Secrets are in no pack; customers are.
Exit code: 0 done, 1 nothing was written, 2 called wrongly.`;

function shownJob({ key, badgeName, connectionName, action, state, total, startedOn, endedOn }: LiveJob) {
  return {
    ...{ job: key, action, badge: badgeName, org: connectionName, state, total },
    startedOn: toIso(startedOn, 'UTC'),
    endedOn: endedOn === null ? null : toIso(endedOn, 'UTC'),
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
    const { out } = values;
    if ((job === undefined) !== (out === undefined))
      throw new UsageError(
        '--job N and --out FOLDER or --out FILE.zip belong together; without both the jobs are listed.',
      );
    if (job === undefined || out === undefined) {
      const reading = readJobs(workspaceFile);
      try {
        const jobs = reading.jobs.list().map(shownJob);
        if (values.json) terminal.document(JSON.stringify({ schema: 'laurel/live-jobs@1', jobs }, null, 2));
        else if (jobs.length === 0) terminal.out('There is no live job in this workspace.');
        for (const each of values.json ? [] : jobs) {
          const { job: number, startedOn, action, badge, org, total, state } = each;
          terminal.out(
            `${String(number)}  ${startedOn}  ${action}  ${badge} in ${org}, ${total.toLocaleString('en')} customers, ${state}`,
          );
        }
        return 0;
      } finally {
        reading.close();
      }
    }
    const rows = await writeAuditPack(
      {
        ...{ workspaceFile, jobKey: job, now: fromMilliseconds(Date.now()) },
        progress: ({ done, total }) =>
          terminal.draw(`Packing ${done.toLocaleString('en')} of ${total.toLocaleString('en')} customers …`),
      },
      {
        path: path.resolve(terminal.cwd, out),
        form: out.toLowerCase().endsWith('.zip') ? 'zip' : 'folder',
        signal: terminal.signal,
      },
    );
    terminal.draw('');
    if (values.json)
      terminal.document(JSON.stringify({ schema: 'laurel/audited@1', job, out, customers: rows }, null, 2));
    else terminal.out(`${out}: the audit pack of job ${String(job)}, with ${rows.toLocaleString('en')} customers.`);
    return 0;
  },
};
