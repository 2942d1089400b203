import path from 'node:path';
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Finding } from '../../shared/simulation/json-path';
import { Failure } from '../../shared/ipc/errors';
import { requireOutput, type KeptFile } from '../disk/output-place';
import { reasonOf } from '../disk/system-reasons';
import { writeWhole } from '../disk/whole-file';
import { fileNamedIn, type NamedByPerson } from '../backend/simulation/named-files';
import { policyFilesIn, readPolicyFile, runPolicy, type PolicyReport } from '../backend/simulation/policies';
import { withWorkers } from '../backend/simulation/worker-pool';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { junitOf, policyLines } from './policy-words';
import { tellWarnings } from './loaded-scenario';
import { ALLOW, ALLOW_HELP, inputsOf, namedBy } from './simulate';
import { RULES, RULES_HELP, rulesFrom, rulesKept } from './rules-file';
import { simulationProgressLine } from './simulation-words';
import { plainFailure } from './plain-failure';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  json: { type: 'boolean', default: false },
  junit: { type: 'string', completes: 'files' },
  allow: ALLOW,
  rules: RULES,
} as const satisfies CommandOptions;

const HELP = `Runs policy files: what must hold of a scenario, such as “P90 cost at most 50,000” or “no segment below 80% served”.

Usage: laurel test PATH… [--junit FILE] [--json]

  PATH          policy file, *.policy.json, or a folder with such files below it
  --junit FILE  write the verdicts as a JUnit file too
  --json        the verdicts (laurel/verdicts@1) as JSON
${ALLOW_HELP}
${RULES_HELP}

A policy names its scenario, the settings it is run with and what is expected of it. A measure is a path in the badge's
block of the result, or servedShare; "at" says where in the spread over the replications it is looked at: p10, p50, p90,
mean or first. Lines are min and max of numbers, notBefore and notAfter of instants, all inclusive; an instant that
never comes is after every date. "lint": "clean" asks for a scenario without a contradiction.
Exit code: 0 all hold, 1 one is broken or could not be judged, 2 called wrongly.`;

function filesOf(terminal: Terminal, places: readonly string[]): string[] {
  let reading = '';
  try {
    return places.flatMap((place) => {
      reading = place;
      return policyFilesIn(terminal.cwd, [place]);
    });
  } catch (error) {
    throw plainFailure('invalid-input', `${reading} cannot be read: ${reasonOf(error)}. Nothing was run.`);
  }
}

/** What a policy reads: itself, its scenario and all that this reads. */
function inputsOfPolicy(cwd: string, name: string, named: NamedByPerson): KeptFile[] {
  const file = path.resolve(cwd, name);
  const kept: KeptFile[] = [{ path: file, what: 'a policy file' }];
  const read = readPolicyFile(file);
  if (!read.ok) return kept;
  const scenario = fileNamedIn(path.dirname(file), read.policy.scenario, named);
  return scenario.ok ? [...kept, ...inputsOf(cwd, scenario.path, named)] : kept;
}

function summary(reports: readonly PolicyReport[]): string {
  const verdicts = reports.flatMap((report) => report.verdicts);
  const holding = verdicts.filter(({ ok }) => ok).length;
  const broken = verdicts.filter(({ kind, ok }) => kind !== 'mistake' && !ok).length;
  const mistakes = verdicts.filter(({ kind }) => kind === 'mistake').length;
  const unread = reports.filter(({ run }) => run === null).length;
  return [
    `${reports.length} ${reports.length === 1 ? 'policy' : 'policies'}: ${holding} of ${verdicts.length} ${verdicts.length === 1 ? 'expectation holds' : 'expectations hold'}`,
    broken > 0 ? `${broken} broken` : '',
    mistakes > 0 ? `${mistakes} could not be judged` : '',
    unread > 0 ? `${unread} ${unread === 1 ? 'file' : 'files'} could not be run` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: OPTIONS,
  });
  if (positionals.length === 0) throw new UsageError('Name at least one policy file, or a folder with some.');
  const { cwd } = terminal;
  const files = filesOf(terminal, positionals);
  if (files.length === 0)
    throw plainFailure('invalid-input', `There is no *.policy.json below ${positionals.join(', ')}. Nothing was run.`);
  const { junit } = values;
  // A folder that was named is one place: a policy in it reaches its scenario wherever it lies there.
  const folders = positionals.map((place) => path.resolve(cwd, place)).filter((place) => statSync(place).isDirectory());
  const named = { paths: [...namedBy(values.allow, cwd).paths, ...folders] };
  if (junit !== undefined) {
    const inputs = [...files.flatMap((file) => inputsOfPolicy(cwd, file, named)), ...rulesKept(values.rules, cwd)];
    requireOutput(path.resolve(cwd, junit), junit, inputs, 'Nothing was run.');
  }
  const rules = rulesFrom(values.rules, cwd);
  const reports = await withWorkers(false, async (pool) => {
    const done: PolicyReport[] = [];
    for (const file of files) {
      const progress = (report: Parameters<typeof simulationProgressLine>[0]): void =>
        terminal.draw(`${file}  ${simulationProgressLine(report)}`);
      const warned = (of: string, warnings: readonly Finding[]): void => tellWarnings(terminal, of, warnings);
      const report = await runPolicy(
        cwd,
        file,
        named,
        { signal: terminal.signal, pool, progress, warned },
        rules,
      ).catch((error: unknown): PolicyReport => {
        if (!(error instanceof Failure) || error.code === 'cancelled') throw error;
        return { file, ok: false, run: null, mistakes: [{ file, path: '', message: error.message }], verdicts: [] };
      });
      terminal.draw('');
      done.push(report);
      if (!values.json) for (const line of policyLines(report)) terminal.out(line);
    }
    return done;
  });
  const ok = reports.every((report) => report.ok);
  if (values.json) terminal.document(JSON.stringify({ schema: 'laurel/verdicts@1', ok, policies: reports }, null, 2));
  else terminal.out(summary(reports));
  if (junit !== undefined) await writeWhole(path.resolve(cwd, junit), junitOf(reports), { name: junit });
  return ok ? 0 : 1;
}

/** `laurel test`. */
export const testCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run,
};
