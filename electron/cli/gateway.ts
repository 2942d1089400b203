import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readRegularText } from '../disk/regular-file';
import { reasonOf } from '../disk/system-reasons';
import { isZone } from '../../shared/domain/calendar';
import { toIsoExact, type Instant } from '../../shared/domain/instant';
import { BASE_PATH } from '../../shared/gateway/endpoints';
import { FAULT_PRESETS, rulesOfPreset } from '../../shared/gateway/fault-presets';
import { defaultText, GATEWAY_SWITCHES, readSwitches } from '../../shared/gateway/switches';
import { plainWords } from '../../shared/ipc/plain-words';
import type { GatewayActivity } from '../backend/practice/activity';
import { Gate, newCredentials, TOKEN_TTL_SECONDS, type Credentials } from '../backend/practice/credentials';
import { FaultInjector, FaultPlanError, readFaultPlan } from '../backend/practice/server/faults';
import { PATIENCE } from '../backend/practice/server/broken-requests';
import { portFailure } from '../backend/practice/server/port-failure';
import { practiceDocument, TOKEN_PATH } from '../backend/practice/calls';
import { PracticeOrg } from '../backend/practice/org';
import type { SavedState } from '../backend/practice/states/saved-state';
import { readStateFile, writeStateFile } from '../backend/practice/states/state-file';
import { PracticeServer } from '../backend/practice/server/practice-server';
import { BODY_LIMIT_BYTES } from '../backend/practice/server/request-body';
import { UsageError, type Command, type Terminal, type CommandOptions } from './command';
import { readNow } from './org-option';
import { plainFailure } from './plain-failure';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  port: { type: 'string' },
  data: { type: 'string', completes: 'files' },
  memory: { type: 'boolean', default: false },
  state: { type: 'string', completes: 'files' },
  keep: { type: 'boolean', default: false },
  now: { type: 'string' },
  tz: { type: 'string' },
  user: { type: 'string' },
  password: { type: 'string' },
  'no-auth': { type: 'boolean', default: false },
  faults: { type: 'string', completes: 'files' },
  preset: { type: 'string', completes: FAULT_PRESETS },
  pictures: { type: 'string', completes: 'folders' },
  openapi: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  ...Object.fromEntries(
    GATEWAY_SWITCHES.map(({ option, choices }) => [option, { type: 'string' as const, completes: choices ?? [] }]),
  ),
} as const satisfies CommandOptions;

const SWITCH_HELP = GATEWAY_SWITCHES.map((gatewaySwitch) => {
  const values = gatewaySwitch.choices?.join('|') ?? 'VALUE';
  return `  --${gatewaySwitch.option} ${values}\n      ${gatewaySwitch.summary} (${defaultText(gatewaySwitch)})`;
}).join('\n');

const HELP = `Runs a practice org: a badge gateway on this machine that answers as the live one would.

Usage: laurel gateway [--port N] [--data FILE | --memory | --state FILE [--keep]] [--now ISO] [--tz ZONE]
                      [--user U --password P | --no-auth] [--faults FILE | --preset NAME] [--pictures FOLDER] [--json] [SWITCHES]
       laurel gateway --openapi [SWITCHES]

  --port N        port on 127.0.0.1; 0, the default, takes any free one
  --data FILE     keep what the org holds in this file, made if it is not there: badges, claims, requests, enrolments,
                  awards. Port, credentials, clock, zone and switches are those of each start: name them again.
                  --memory, the default, forgets it at the end
  --state FILE    begin with the org that was saved in this file, with its rules, zone and clock; --tz, --now and SWITCHES
                  go before them. The file stays as it is, so that each start begins alike; with --keep the org as it
                  is at the end is written back to it, whole, and a kill leaves it as it was
  --now ISO       the clock stands still here; PUT /__practice/clock {"now": ISO} moves it, and
                  POST /__practice/given empties the org and fills it with a given state
  --tz ZONE       zone of calendar work and ISO output, such as Europe/Berlin (UTC)
  --user U --password P   credentials; without them new ones are made and shown on standard error
  --no-auth       every program on this machine may call
  --faults FILE   what is to go wrong: {"seed": 1, "rules": [{"route": "earn", "share": 0.1, "fault": "429"}]}
                  a rule has fault, and may have route (an endpoint's name, or METHOD /path, * at its end for any
                  rest), requestId, share (0-1), after, count, perMinute, milliseconds, retryAfterSeconds; faults are latency,
                  429, 500, 502, reset-before-commit, reset-after-commit, cut-body, no-answer, expire-tokens
  --openapi       prints the OpenAPI 3.1 document of the calls, with statuses and codes as the switches set them, and
                  starts nothing; a practice org that runs serves its own under /openapi.json
  --preset NAME   the world outside: rate-limit (100 requests a minute, as the vendor's testing clusters allow),
                  slow-friday, flaky-network, expiring-tokens
  --pictures FOLDER   serves the pictures of badges that “laurel art export” wrote there, under /pictures/NAME, to whoever asks
  --json          first line {"listening": URL}, then one line of JSON for each request, with its first 50 codes

Calls go to ${BASE_PATH}/… with Basic authentication (the password, or its MD5), or with a token of
POST ${TOKEN_PATH} {"key": user, "secret": password} in X-CAP-API-OAUTH-TOKEN, which holds for ${TOKEN_TTL_SECONDS} seconds.
A body may have up to ${BODY_LIMIT_BYTES / 1024 / 1024} MB, packed with gzip, deflate or br or not; a call may take ${PATIENCE.request / 1000} s to arrive.
Calls that a web page makes a browser send are refused. SIGTERM or Ctrl-C finishes the calls under way and ends with 0. npm does not
pass signals on: started by npm it ends within a second after npm has; "node scripts/laurel.mjs gateway …" in the project
takes signals itself.

Switches for what the published documents leave least certain:
${SWITCH_HELP}`;

/** Bytes. */
const LARGEST_FAULT_PLAN = 16_000_000;

interface GatewayOptions {
  port: number;
  file: string | null;
  state: SavedState | null;
  /** Where the org is written at the end; null: nowhere. */
  keptIn: string | null;
  now: Instant | null;
  settings: ReturnType<typeof readSwitches>;
  credentials: Credentials | null;
  /** New credentials have to be shown; given ones are known. */
  areCredentialsNew: boolean;
  faults: FaultInjector | null;
  pictures: string | null;
  json: boolean;
  openapi: boolean;
}

function readPort(text: string | undefined): number {
  const port = /^\d{1,5}$/.test(text ?? '0') ? Number(text ?? '0') : NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port is a number from 0 to 65535, not ${text ?? ''}.`);
  return port;
}

function readFaults(cwd: string, file: string | undefined): FaultInjector | null {
  if (file === undefined) return null;
  let text: string;
  try {
    text = readRegularText(path.resolve(cwd, file), LARGEST_FAULT_PLAN);
  } catch (error) {
    throw plainFailure('not-found', `The fault file ${file} cannot be read: ${reasonOf(error)}. Nothing was started.`);
  }
  try {
    return new FaultInjector(readFaultPlan(text));
  } catch (error) {
    if (!(error instanceof FaultPlanError)) throw error;
    throw plainFailure('invalid-input', `The fault file ${file} is wrong: ${error.message}. Nothing was started.`);
  }
}

function picturesFolder(cwd: string, folder: string): string {
  const place = path.resolve(cwd, folder);
  if (statSync(place, { throwIfNoEntry: false })?.isDirectory() === true) return place;
  throw plainFailure('not-found', `--pictures: there is no folder ${folder}. Nothing was started.`);
}

function presetFaults(name: string): FaultInjector {
  const preset = FAULT_PRESETS.find((each) => each === name);
  if (preset === undefined) throw new UsageError(`--preset is one of ${FAULT_PRESETS.join(', ')}, not ${name}.`);
  return new FaultInjector({ seed: 1, rules: rulesOfPreset(preset) });
}

function readOptions(args: readonly string[], cwd: string): GatewayOptions {
  const { values } = parseArgs({
    args: [...args],
    options: OPTIONS,
  });
  if ([values.data !== undefined, values.memory, values.state !== undefined].filter(Boolean).length > 1) {
    throw new UsageError('Use one of --data, --memory and --state.');
  }
  if (values.keep && values.state === undefined) throw new UsageError('--keep belongs to --state FILE.');
  if (values.faults !== undefined && values.preset !== undefined) {
    throw new UsageError('Use --faults or --preset, not both.');
  }
  if ((values.user === undefined) !== (values.password === undefined)) {
    throw new UsageError('--user and --password belong together.');
  }
  if (values.user !== undefined && values['no-auth']) throw new UsageError('Use --user or --no-auth, not both.');
  if (values.user?.includes(':'))
    throw new UsageError('--user cannot contain a colon: Basic authentication splits there.');
  if (values.tz !== undefined && !isZone(values.tz)) {
    throw new UsageError(`--tz ${values.tz} is not a time zone. Write a name such as Europe/Berlin.`);
  }
  let settings: ReturnType<typeof readSwitches>;
  try {
    settings = readSwitches(values);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(`${error.message}.`) : error;
  }
  const { user, password } = values;
  const given = user === undefined || password === undefined ? null : { user, password };
  const stateFile = values.state === undefined ? null : path.resolve(cwd, values.state);
  const state = stateFile === null ? null : readStateFile(stateFile, values.state);
  return {
    port: readPort(values.port),
    file: values.data === undefined ? null : path.resolve(cwd, values.data),
    state,
    keptIn: values.keep ? stateFile : null,
    now: readNow(values.now) ?? state?.clock ?? null,
    settings: { ...state?.settings, ...settings, ...(values.tz === undefined ? {} : { zone: values.tz }) },
    credentials: values['no-auth'] ? null : (given ?? newCredentials()),
    areCredentialsNew: given === null,
    faults: values.preset === undefined ? readFaults(cwd, values.faults) : presetFaults(values.preset),
    pictures: values.pictures === undefined ? null : picturesFolder(cwd, values.pictures),
    json: values.json,
    openapi: values.openapi,
  };
}

/** The one document of `--openapi`; with a port it says where it would be served. */
function documentText({ settings, port, credentials, now }: GatewayOptions): string {
  const url = port === 0 ? null : `http://127.0.0.1:${String(port)}`;
  const document = practiceDocument({
    ...{ settings, url },
    ...{ asksCredentials: credentials !== null, hasStillClock: now !== null },
  });
  return JSON.stringify(document, null, 2);
}

function placeWords(file: string | null, state: SavedState | null, keptIn: string | null): string {
  if (file !== null)
    return `What it holds is kept in ${file}; port, credentials, clock, zone and switches are those of this start.`;
  if (state === null) return 'It lives in memory and is forgotten at the end.';
  const began = `It begins with the state “${plainWords(state.name)}”`;
  return keptIn === null
    ? `${began} and is forgotten at the end; the file stays as it is.`
    : `${began} and is written back to ${keptIn} at the end.`;
}

function greet(terminal: Terminal, url: string, options: GatewayOptions): void {
  const { credentials, json, file, now, state, keptIn } = options;
  if (json) terminal.document(JSON.stringify({ listening: url }));
  else {
    terminal.out(`The practice org answers at ${url}${BASE_PATH}`);
    terminal.out(placeWords(file, state, keptIn));
    if (now !== null) terminal.out(`Its clock stands at ${toIsoExact(now)}.`);
    terminal.out(`Ctrl-C ends it.`);
  }
  if (credentials === null) terminal.error('Every program on this machine may call it (--no-auth).');
  else if (options.areCredentialsNew) {
    terminal.error(`User ${credentials.user}, password ${credentials.password}`);
  }
}

/** Nothing a caller sends acts on the terminal; as JSON the line means the same. */
function activityLine({ at, milliseconds, ...activity }: GatewayActivity): string {
  return plainWords(
    JSON.stringify({ at: toIsoExact(at), ...activity, milliseconds: Math.round(milliseconds * 1000) / 1000 }),
  );
}

/** Puts the org into its state; what the command line says goes before what the state says. */
function begin(org: PracticeOrg, { state, settings, now }: GatewayOptions): void {
  if (state === null) return;
  org.restore({ ...state, settings: { ...state.settings, ...settings }, clock: now });
}

async function keep(org: PracticeOrg, { state, keptIn }: GatewayOptions): Promise<void> {
  if (keptIn !== null && state !== null) await writeStateFile(keptIn, org.saved(state.name));
}

function failureWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** `laurel gateway`. */
export const gatewayCommand: Command = {
  options: OPTIONS,
  operands: [],
  help: HELP,
  run: async (args, terminal) => {
    const options = readOptions(args, terminal.cwd);
    if (options.openapi) {
      terminal.document(documentText(options));
      return 0;
    }
    const org = await PracticeOrg.open(options);
    try {
      begin(org, options);
      const server = new PracticeServer({
        org,
        gate: new Gate(options.credentials),
        faults: options.faults,
        pictures: options.pictures,
        onActivity: options.json ? (activity) => terminal.out(activityLine(activity)) : null,
        onFailure: (error) => terminal.error(`A request failed: ${failureWords(error)}`),
      });
      const port = await server.listen(options.port).catch((error: unknown) => {
        throw portFailure(error, options.port);
      });
      greet(terminal, `http://127.0.0.1:${port}`, options);
      await new Promise<void>((resolve) => {
        for (const end of [terminal.signal, terminal.readerLeft]) {
          if (end.aborted) resolve();
          end.addEventListener('abort', () => resolve(), { once: true });
        }
      });
      await server.close();
      await keep(org, options);
    } finally {
      org.close();
    }
    return 0;
  },
};
