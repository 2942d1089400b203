import { parseArgs } from 'node:util';
import { digitsApart } from '../../shared/simulation/digits-apart';
import type { GoalAnswer, Trial } from '../../shared/simulation/goal';
import type { Goal } from '../../shared/simulation/knob';
import type { ResultRules } from '../../shared/simulation/result-rules';
import type { NamedByPerson } from '../backend/simulation/named-files';
import { withWorkers, type WorkerPool } from '../backend/simulation/worker-pool';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { ALLOW, ALLOW_HELP, namedBy, settingsFrom, wholeNumber } from './simulate';
import { RULES, RULES_HELP, rulesFrom } from './rules-file';
import { loadTold } from './loaded-scenario';
import { findingLine } from './simulation-words';
import { goalDocument, seekSetting, type Sought } from './sought';

const text = { type: 'string' } as const;

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  ...{ serve: text, budget: text, knob: text, badge: text, low: text, high: text, seed: text, replications: text },
  set: { type: 'string', multiple: true, default: [] as string[] },
  allow: ALLOW,
  rules: RULES,
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Seeks the setting of one value with which a badge meets a goal.

Usage: laurel goal FILE (--serve SHARE | --budget AMOUNT) --knob PATH [OPTIONS]

  FILE              scenario, *.scenario.json
  --serve SHARE     serve at least this share of the customers who attempt the badge, such as 0.95
  --budget AMOUNT   keep the expected cost at or below this
  --knob PATH       the value to turn: a whole number, or a date in steps of a day, such as
                    badges.0.badge.badgeConstraints.0.maxEarnLimit or badges.0.badge.expiresOn. It may be a limit, start, end,
                    expiry, trigger or cost of a badge, how many customers come how often, or a day of the calendar
  --badge KEY       whose goal it is; default: the badge the knob belongs to, or the first
  --low N, --high N range of the knob; default: what can matter in this scenario (dates: days from where they stand)
${ALLOW_HELP}
${RULES_HELP}
  --set, --seed, --replications as in laurel simulate; with replications, the mean counts
  --json            the answer (laurel/goal@1) as JSON

Of two neighbouring settings the one named passes and the other fails. Where both ends of the range fail, ranges of up
to 128 settings are tried whole, longer ones in many places; how many settings were tried is told.
Exit code: 0 found, 1 none of the settings tried meets the goal, mistakes in the file or cancelled, 2 called wrongly.`;

interface Request {
  file: string;
  goal: Goal;
  knob: string;
  badge: string | undefined;
  low: number | undefined;
  high: number | undefined;
  settings: ReturnType<typeof settingsFrom>;
  json: boolean;
  named: NamedByPerson;
  rules: ResultRules | null;
}

function readGoal(serve: string | undefined, budget: string | undefined): Goal {
  if ((serve === undefined) === (budget === undefined)) throw new UsageError('Name one goal: --serve or --budget.');
  const written = (serve ?? budget ?? '').trim();
  const value = written === '' ? NaN : Number(written);
  if (serve !== undefined) {
    if (!(value > 0 && value <= 1))
      throw new UsageError(`--serve needs a share above 0 and up to 1, such as 0.95 for 95 per cent, not “${serve}”.`);
    return { serve: value };
  }
  if (!(value >= 0 && Number.isFinite(value)))
    throw new UsageError(`--budget needs an amount such as 5000, not “${budget ?? ''}”.`);
  return { budget: value };
}

function readRequest(args: readonly string[], cwd: string): Request {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: OPTIONS,
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('Name exactly one scenario file.');
  if (values.knob === undefined || values.knob.trim() === '')
    throw new UsageError('--knob PATH is missing: which value is to be turned?');
  return {
    file,
    goal: readGoal(values.serve, values.budget),
    knob: values.knob,
    badge: values.badge,
    low: wholeNumber('low', values.low, -Infinity),
    high: wholeNumber('high', values.high, -Infinity),
    settings: settingsFrom(
      values.set,
      wholeNumber('seed', values.seed, -Infinity),
      wholeNumber('replications', values.replications, 1),
    ),
    json: values.json,
    named: namedBy(values.allow, cwd),
    rules: rulesFrom(values.rules, cwd),
  };
}

const LEAST_DIGITS = 2;
const percentText = (share: number): string => String(Number((share * 100).toFixed(10)));

function goalInWords(goal: Goal): string {
  return 'serve' in goal
    ? `serve ${percentText(goal.serve)}% of the customers who attempt it`
    : `cost no more than ${goal.budget}`;
}

/** A measure with as many decimals as tell it from the goal: what just misses it must not read like it. */
function measureInWords(goal: Goal, { measure }: Trial): string {
  if (Number.isNaN(measure)) return 'serve' in goal ? 'serves nobody, because nobody attempts it' : 'has no cost';
  if ('serve' in goal) {
    const digits = digitsApart([measure * 100, goal.serve * 100], LEAST_DIGITS);
    return `serves ${(measure * 100).toFixed(digits)}%`;
  }
  const maximumFractionDigits = digitsApart([measure, goal.budget], LEAST_DIGITS);
  return `costs ${measure.toLocaleString('en', { maximumFractionDigits })}`;
}

function reasonsInWords({ reasons, runs }: Trial): string {
  if (reasons.length === 0) return 'nothing was refused';
  const told = reasons.map(
    ([reason, count]) => `${reason}: ${count.toLocaleString('en', { maximumFractionDigits: 1 })}`,
  );
  return `refused by ${told.join(', ')}${runs > 1 ? ` (means of ${runs.toLocaleString('en')} runs)` : ''}`;
}

type Told = Pick<Extract<Sought, { ok: true }>, 'knob' | 'key' | 'fewest' | 'runs'>;

function answerLines(answer: GoalAnswer, goal: Goal, { knob, key, fewest, runs }: Told): string[] {
  const range = `from ${knob.words(knob.low)} to ${knob.words(knob.high)}`;
  const tried =
    answer.trials === 1 ? '1 setting was simulated' : `${answer.trials.toLocaleString('en')} settings were simulated`;
  const spared =
    fewest < runs
      ? [
          `  Settings far from the goal took fewer than all ${runs.toLocaleString('en')} runs, ${fewest.toLocaleString('en')} at least; those named here took all.`,
        ]
      : [];
  const at = (trial: Trial): string => `at ${knob.words(trial.position)} it ${measureInWords(goal, trial)}`;
  if (!answer.found) {
    const head = answer.all
      ? `No setting of ${knob.path} ${range} makes ${key} ${goalInWords(goal)}: all ${answer.trials.toLocaleString('en')} were simulated.`
      : `None of the ${answer.trials.toLocaleString('en')} settings of ${knob.path} that were simulated, ${range}, makes ${key} ${goalInWords(goal)}. The others were not tried.`;
    const shown = [answer.low, answer.closest, answer.high].filter(
      ({ position }, place, list) => list.findIndex((other) => other.position === position) === place,
    );
    return [
      head,
      ...shown.map(
        (trial) => `  ${at(trial)}${trial === answer.closest ? ', the closest' : ''}; ${reasonsInWords(trial)}`,
      ),
      ...spared,
    ];
  }
  const { best, neighbour, beyond } = answer;
  const verdict = 'serve' in goal ? 'not enough' : 'too much';
  const lines = [
    `${knob.path} = ${knob.words(best.position)} makes ${key} ${goalInWords(goal)}: it ${measureInWords(goal, best)}.`,
  ];
  if (neighbour === null)
    lines.push(
      answer.all
        ? `  Every setting ${range} does; this is the smallest.`
        : `  Both ends of the range ${range} do; this is the smaller. Those between were not tried.`,
    );
  else
    lines.push(
      `  At ${knob.words(neighbour.position)} it ${measureInWords(goal, neighbour)}, which is ${verdict}; ${reasonsInWords(neighbour)}.`,
    );
  if (beyond !== null) lines.push(`  Not for good: ${at(beyond)}, which is ${verdict}; ${reasonsInWords(beyond)}.`);
  return [...lines, `  ${tried}, ${range}${answer.all ? ': all there are' : ''}.`, ...spared];
}

async function seek(request: Request, terminal: Terminal, pool: WorkerPool): Promise<ExitCode> {
  const loaded = loadTold(terminal, request.file, request.settings, request.named, request.rules);
  if (loaded === null) return 1;
  const found = await seekSetting(request.file, loaded, request, {
    pool,
    signal: terminal.signal,
    trying: (trial) => terminal.draw(`Setting ${trial} …`),
    told: (line) => {
      terminal.draw('');
      terminal.error(line);
    },
  });
  terminal.draw('');
  if (!found.ok) {
    terminal.error(findingLine(request.file, found));
    return 1;
  }
  const { answer } = found;
  if (request.json) terminal.document(JSON.stringify(goalDocument(found, request.goal), null, 2));
  else for (const line of answerLines(answer, request.goal, found)) terminal.out(line);
  return answer.found ? 0 : 1;
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const request = readRequest(args, terminal.cwd);
  return withWorkers(false, (pool) => seek(request, terminal, pool));
}

/** `laurel goal`. */
export const goalCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run,
};
