import { parseArgs } from 'node:util';
import type { CapReason, ExplainedAttempt } from '../../shared/simulation/why-not';
import { explainSimulation } from '../backend/simulation/run';
import type { ExplainedCustomer } from '../../shared/ipc/simulation-contract';
import { UsageError, type Command, type ExitCode, type Terminal, type CommandOptions } from './command';
import { ALLOW, ALLOW_HELP, namedBy, settingsFrom, wholeNumber } from './simulate';
import { RULES, RULES_HELP, rulesFrom } from './rules-file';
import { simulationProgressLine } from './simulation-words';
import { loadTold } from './loaded-scenario';
import { plainFailure } from './plain-failure';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  badge: { type: 'string' },
  customer: { type: 'string' },
  seed: { type: 'string' },
  set: { type: 'string', multiple: true, default: [] as string[] },
  allow: ALLOW,
  rules: RULES,
  all: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Explains what becomes of one customer: every attempt at a badge, and what refused it.

Usage: laurel why FILE --customer ID [OPTIONS]

  FILE              scenario, *.scenario.json
  --customer ID     simulated customers are numbered from 1 in the order of the segments; a replayed one has its own id,
                    or its text where the file knows customers by texts, such as e-mail addresses
  --badge KEY       default: the first badge of the scenario
  --all             list the awards too, not only the refusals
${ALLOW_HELP}
${RULES_HELP}
  --set, --seed     as in laurel simulate; with replications, the first one is explained
  --json            everything (laurel/explanation@1) as JSON: each attempt with constraint, window, count against limit, the
                    awards that used it up, and the instant when a place frees

Exit code: 0 explained, 1 no such customer, mistakes in the file or cancelled, 2 called wrongly.`;

/** Awards that used a limit up, of those listed on a terminal; the JSON has them all. */
const MOST_NAMED = 3;
const count = (value: number): string => value.toLocaleString('en');
const times = (value: number): string => (value === 1 ? 'once' : value === 2 ? 'twice' : `${count(value)} times`);

/** A customer as the file knows it, and by the number it was given where that is a text. */
type NameOf = (customerId: number) => string;

function capLines(cap: CapReason, nameOf: NameOf): string[] {
  const window = cap.from === null ? '' : `, counted from ${cap.from} to before ${cap.to}`;
  const latest = cap.usedUpBy.slice(-MOST_NAMED).map(({ at, customerId }) => `${at} (customer ${nameOf(customerId)})`);
  return [
    `    ${cap.constraintType}: ${cap.limitInWords}; ${count(cap.count)} of ${count(cap.limit)} used${window}`,
    ...(latest.length === 0 ? [] : [`    latest awards that count: ${latest.join(', ')}`]),
    cap.freesAt === null
      ? `    ${cap.neverBecause ?? 'It never frees.'}`
      : `    the next place frees at ${cap.freesAt}`,
  ];
}

function attemptLines({ at, code, message, cap }: ExplainedAttempt, nameOf: NameOf): string[] {
  return [
    `  ${at}  ${code === null ? message : `${code}  ${message}`}`,
    ...(cap === null ? [] : capLines(cap, nameOf)),
  ];
}

function explanationLines({ badge, customerId, attempts, texts }: ExplainedCustomer, all: boolean): string[] {
  const nameOf: NameOf = (id) => texts?.[id] ?? String(id);
  const refused = attempts.filter(({ code }) => code !== null);
  const awarded = attempts.length - refused.length;
  const head =
    attempts.length === 0
      ? `Customer ${nameOf(customerId)} never tries for ${badge} in the period.`
      : `Customer ${nameOf(customerId)} tries for ${badge} ${times(attempts.length)} and gets it ${awarded === 0 ? 'never' : times(awarded)}.`;
  return [head, ...(all ? attempts : refused).flatMap((attempt) => attemptLines(attempt, nameOf))];
}

/** A whole number, or the text that a file knows a customer by. */
function customerFrom(text: string | undefined): number | string | undefined {
  const isNumber = text !== undefined && /^(?:0|-?[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text));
  return isNumber ? wholeNumber('customer', text, 0) : text;
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: OPTIONS,
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('Name exactly one scenario file.');
  const customer = customerFrom(values.customer);
  if (customer === undefined || customer === '')
    throw new UsageError('--customer ID is missing: who is to be explained?');
  const settings = settingsFrom(values.set, wholeNumber('seed', values.seed, -Infinity), undefined);
  const rules = rulesFrom(values.rules, terminal.cwd);
  const loaded = loadTold(terminal, file, settings, namedBy(values.allow, terminal.cwd), rules);
  if (loaded === null) return 1;
  const keys = loaded.prepared.scenario.badges.map(({ key }) => key);
  const badge = values.badge === undefined ? 0 : keys.indexOf(values.badge);
  if (badge < 0)
    throw new UsageError(`The scenario has no badge ${values.badge ?? ''}; its badges are ${keys.join(', ')}.`);
  const explanation = await explainSimulation(loaded.job, badge, customer, {
    signal: terminal.signal,
    progress: (report) => terminal.draw(simulationProgressLine(report)),
  });
  terminal.draw('');
  if (explanation === null)
    throw plainFailure('not-found', `${file}: the scenario has no customer ${customer}. Nothing was explained.`);
  if (values.json) terminal.document(JSON.stringify({ schema: 'laurel/explanation@1', ...explanation }, null, 2));
  else for (const line of explanationLines(explanation, values.all)) terminal.out(line);
  return 0;
}

/** `laurel why`. */
export const whyCommand: Command = {
  options: OPTIONS,
  help: HELP,
  run,
};
