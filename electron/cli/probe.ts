import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fromMilliseconds, readInstant, toIsoExact, type Instant } from '../../shared/domain/instant';
import { ruleInWords } from '../../shared/gateway/switch-words';
import { probeOrg, type LearnedOrg, type ProbeAnswer, type ProbeCall } from '../../shared/fidelity/probe-org';
import { plannedCalls } from '../../shared/fidelity/probe-plan';
import { defaultText, GATEWAY_SWITCHES } from '../../shared/gateway/switches';
import { inEnglish } from '../../shared/words/english';
import { probeWorld } from '../backend/fidelity/probe-world';
import { isProduction } from '../backend/fidelity/test-org';
import { UsageError, type Command, type CommandOptions, type ExitCode, type Terminal } from './command';
import { CREDENTIALS_HELP, openToldOrg, ORG_HELP, ORG_OPTIONS, toldOrg, type ToldOrg } from './org-option';
import { plainFailure } from './plain-failure';

const OPTIONS = {
  ...ORG_OPTIONS,
  'test-org': { type: 'string' },
  tag: { type: 'string' },
  now: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Learns from a test org which way it answers the points that the documents leave open. Without --test-org the calls that would be
sent are listed, and nothing is sent.

Usage: laurel probe --org CONNECTION [--test-org NAME] [OPTIONS]

${ORG_HELP}
  --test-org NAME   the name of the org, typed: the calls are sent. Never to a production org
  --tag TAG         what the names of the badges end with: the list says its own, and with it the calls are sent under the
                    names that were listed, their times being those of the sending; default: a new one
  --now ISO         the org's clock, where it stands still, as that of a practice org can
  --json            what was learned or would be sent (laurel/probed@1) as one JSON document

It makes two badges, called Laurel probe …, enrols and awards customers from 900000001 on, and switches the badges off at the end;
nothing can be deleted from an org. Each point is told with the calls that decide it, or not decided with the reason: nothing is
guessed. Where a limit, a lost answer or a dead network comes in between, what depends on it begins anew.
${CREDENTIALS_HELP}
Exit code: 0 all points are known, or the calls were listed; 1 some are not, or nothing was sent; 2 called wrongly.`;

function nowFrom(text: string | undefined): Instant {
  if (text === undefined) return fromMilliseconds(Date.now());
  const reading = readInstant(text);
  if (!reading.ok) throw new UsageError(`--now ${reading.reason}. Write it like 2026-03-10T12:00:00Z.`);
  return reading.instant;
}

/** @throws UsageError */
function tagFrom(text: string | undefined): string {
  if (text === undefined) return randomBytes(4).toString('hex');
  if (!/^[0-9a-f]{8}$/.test(text))
    throw new UsageError(`--tag is the eight hex digits that the list says, not ${text}.`);
  return text;
}

/** @throws Failure `conflict`, UsageError: nothing was sent */
function requireTestOrg({ org, connections }: ToldOrg, typed: string): void {
  if (isProduction(org, connections))
    throw plainFailure(
      'conflict',
      `${org.name} is a production org, and badges that were made there stay for ever. Nothing was sent. A test org says so itself: --kind test, or its connection.`,
    );
  if (typed !== org.name)
    throw new UsageError(`--test-org names ${typed}, and the org is ${org.name}. Nothing was sent.`);
}

const callInJson = (call: ProbeCall, answer: ProbeAnswer | null, index: number): object => ({
  ...{
    call: index + 1,
    method: call.method,
    path: call.path,
    query: call.query,
    headers: call.headers,
    body: call.body,
  },
  status: answer?.kind === 'answered' ? answer.status : null,
  outcome: answer === null ? 'not-sent' : answer.kind,
});

const callInWords = ({ method, path, query, body }: ProbeCall, index: number): string[] => [
  `${String(index + 1).padStart(3)}  ${method} ${path}${query === '' ? '' : `?${query}`}`,
  ...(body === null ? [] : [`     ${JSON.stringify(body)}`]),
];

/** Switches that are not as Laurel reads the documents, as options of `laurel gateway`. */
function optionsOf({ points }: LearnedOrg): string[] {
  return GATEWAY_SWITCHES.flatMap((known) => {
    const value = points.find(({ option }) => option === known.option)?.value ?? null;
    return value === null || value === defaultText(known) ? [] : [`--${known.option}`, value];
  });
}

function tell(learned: LearnedOrg, org: ToldOrg['org'], now: Instant, json: boolean, terminal: Terminal): ExitCode {
  const isWhole = learned.points.every(({ value }) => value !== null);
  const options = optionsOf(learned);
  if (json) {
    const document = {
      ...{ schema: 'laurel/probed@1', sent: true, org: { name: org.name, address: org.baseUrl, kind: org.kind } },
      learnedOn: toIsoExact(now),
      points: learned.points.map(({ option, value, reason, calls }) => ({
        ...{ option, value, reason: reason && inEnglish(reason), calls },
      })),
      options,
      badges: learned.badges,
      calls: learned.sent.map(({ call, answer }, index) => callInJson(call, answer, index)),
    };
    terminal.document(JSON.stringify(document, null, 2));
    return isWhole ? 0 : 1;
  }
  for (const { option, value, reason, calls } of learned.points) {
    const told = value ?? `not decided: ${reason === null ? '' : inEnglish(reason)}`;
    const evidence = calls.length === 0 ? '' : `  (call ${calls.join(', ')})`;
    terminal.out(`  ${inEnglish(ruleInWords(option)).padEnd(52)} ${told}${evidence}`);
  }
  terminal.out(`${learned.sent.length.toLocaleString('en')} calls were sent to ${org.name}.`);
  for (const { id, name, isActive } of learned.badges)
    terminal.out(`${name} (${id}) ${isActive ? 'could not be switched off: do it by hand' : 'is switched off'}.`);
  terminal.out(
    options.length === 0
      ? 'What is known is as Laurel reads the documents.'
      : `A practice org that answers so: laurel gateway ${options.join(' ')}`,
  );
  return isWhole ? 0 : 1;
}

/** `laurel probe`. */
export const probeCommand: Command = {
  options: OPTIONS,
  operands: [],
  help: HELP,
  run: async (args, terminal) => {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const now = nowFrom(values.now);
    const told = await toldOrg(values, terminal.cwd, values['test-org'] === undefined ? 'read' : 'keep');
    try {
      const { org } = told;
      const order = { tag: tagFrom(values.tag), now, zone: org.timeZone };
      const typed = values['test-org'];
      if (typed === undefined) {
        const calls = await plannedCalls(order);
        if (values.json) {
          const document = {
            ...{
              schema: 'laurel/probed@1',
              sent: false,
              tag: order.tag,
              org: { name: org.name, address: org.baseUrl, kind: org.kind },
            },
            ...{ points: [], options: [], badges: [] },
            calls: calls.map((call, index) => callInJson(call, null, index)),
          };
          terminal.document(JSON.stringify(document, null, 2));
        } else {
          for (const line of calls.flatMap(callInWords)) terminal.out(line);
          terminal.out(
            `Nothing was sent. These ${String(calls.length)} calls, and where ${org.name} answers otherwise some more, are sent under these names with --test-org "${org.name}" --tag ${order.tag}.`,
          );
        }
        return 0;
      }
      requireTestOrg(told, typed);
      const work = await openToldOrg(told, terminal);
      try {
        const world = probeWorld(work.session.client, work.connection.baseUrl, terminal.signal);
        let sent = 0;
        const learned = await probeOrg(
          {
            ...world,
            send: (call) => {
              sent += 1;
              terminal.draw(`Call ${String(sent)} …`);
              return world.send(call);
            },
          },
          order,
        );
        terminal.draw('');
        return tell(learned, org, now, values.json, terminal);
      } finally {
        work.close();
      }
    } finally {
      told.close();
    }
  },
};
