import path from 'node:path';
import { z } from 'zod';
import type { AwardCountStore } from '../../db/workspace/award-counts';
import { readJobs } from '../../db/workspace/read-jobs';
import type { Workspace } from '../../db/workspace/workspace';
import type { StoredConnection } from '../../db/workspace/connections';
import { isZone } from '../../shared/domain/calendar';
import { readInstant, type Instant } from '../../shared/domain/instant';
import { jsonMistakeInWords, readJson } from '../../shared/domain/json';
import { Failure } from '../../shared/ipc/errors';
import { inEnglish } from '../../shared/words/english';
import type { Message } from '../../shared/words/message';
import { readBaseUrl } from '../backend/sync/connections/base-url';
import type { KeptCredentials } from '../backend/sync/client/credentials';
import type { ShownClient } from '../backend/network/shown-client';
import { openOrgWork, type NamedOrg, type OrgWork } from '../backend/sync/open-org-work';
import { isThisMachine } from '../../shared/ipc/this-machine';
import { readRegularText } from '../disk/regular-file';
import { reasonOf } from '../disk/system-reasons';
import { CLIENT_HELP, CLIENT_OPTIONS, clientOf, type ClientValues } from './client-option';
import { UsageError, type CommandOptions, type Terminal } from './command';
import { presentWorkspace } from './export';
import { loggedInWords } from './mistake';
import { openWorkspaceAlone } from './open-alone';
import { plainFailure } from './plain-failure';

export const ORG_OPTIONS = {
  org: { type: 'string', completes: 'files' },
  workspace: { type: 'string', completes: 'files' },
  kind: { type: 'string', completes: ['practice', 'test', 'production'] },
  'time-zone': { type: 'string' },
  ...CLIENT_OPTIONS,
} as const satisfies CommandOptions;

export const ORG_HELP = `  --org CONNECTION  the org: its address, https://…; a *.connection.json file; or the name of a connection of --workspace
  --workspace FILE  the workspace whose connections, network settings and list of requests are used
  --kind KIND       of an address: practice, test or production; practice on this machine and production elsewhere unless given
  --time-zone ZONE  of an address: the zone of the org, such as Europe/Berlin (UTC)
${CLIENT_HELP}`;

export const CREDENTIALS_HELP = `Credentials come from the environment and stand nowhere else: LAUREL_ORG_USER and LAUREL_ORG_PASSWORD, or LAUREL_ORG_KEY
and LAUREL_ORG_SECRET (OAuth), or LAUREL_ORG_TOKEN (a token that holds already). The way to the org is that of
laurel network: HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and their kin, or the network settings of --workspace. LAUREL_CLIENT_PASSPHRASE
is that of the key of --client-certificate.`;

/** The instant of `--now`; null: none is given. @throws UsageError */
export function readNow(text: string | undefined): Instant | null {
  if (text === undefined) return null;
  const reading = readInstant(text);
  if (!reading.ok) throw new UsageError(`--now ${reading.reason}. Write it like 2026-03-10T12:00:00Z.`);
  return reading.instant;
}

/** Values that parseArgs gives for {@link ORG_OPTIONS}. */
export interface OrgValues extends ClientValues {
  org?: string | undefined;
  workspace?: string | undefined;
  kind?: string | undefined;
  'time-zone'?: string | undefined;
}

/** Bytes. */
const LARGEST = 1_000_000;
const SCHEMA = 'laurel/connection@1';
const KINDS = ['practice', 'test', 'production'] as const;

/** A connection as a file: no secret has a place in it. */
const connectionFile = z.strictObject({
  schema: z.literal(SCHEMA),
  name: z.string().trim().min(1).max(200),
  address: z.string().max(2_000),
  kind: z.enum(KINDS),
  timeZone: z.string().max(100).default('UTC'),
  parallel: z.int().min(1).max(16).default(4),
  perSecond: z.int().min(1).max(1_000).default(20),
});

const CHUNK = 500;

type WorkspaceUse = 'read' | 'keep' | 'keep-if-free';

/** What an org said of a badge before. */
interface Heard {
  earlier: ReturnType<AwardCountStore['before']>;
  namesake: ReturnType<AwardCountStore['namesake']>;
}

/** An org that a command was told, and what the workspace that knows it says about the way there. */
export interface ToldOrg {
  org: NamedOrg;
  /** All connections of the workspace; none where no workspace was named. */
  connections: readonly Pick<StoredConnection, 'kind' | 'baseUrl'>[];
  /** What the workspace keeps of the network; undefined: no workspace was named. */
  network: unknown;
  /** The certificate to show; null: none was named. */
  client: ShownClient | null;
  /** The open workspace in whose ledger is kept what is sent; null: nothing is kept. */
  kept: { workspace: Workspace; connection: StoredConnection } | null;
  /** A workspace that can be read and not be kept in: why not, and what was heard of the org before. Null: it was not to be kept in, or is. */
  onlyRead: { why: Message; heard(badge: { id: string; name: string }, at: Instant): Heard } | null;
  close(): void;
}

/**
 * Reads which org is meant.
 *
 * @param use `read`: a workspace is looked into and left as it is, also one that a window has open; `keep`: what is sent is
 *   kept in it, so that it is opened for this command alone and brought up to date; `keep-if-free`: so, and one that cannot be
 *   is read
 * @throws UsageError, Failure
 */
export async function toldOrg(values: OrgValues, cwd: string, use: WorkspaceUse): Promise<ToldOrg> {
  const { org, workspace } = values;
  const client = clientOf(values, cwd);
  if (org === undefined) throw new UsageError('Say which org: --org CONNECTION.');
  if (workspace !== undefined) {
    for (const name of ['kind', 'time-zone'] as const)
      if (values[name] !== undefined) throw new UsageError(`--${name} belongs to an address.`);
    return { ...(await ofWorkspace(org, workspace, cwd, use)), client };
  }
  const alone = (named: NamedOrg): ToldOrg => ({
    ...{ org: named, connections: [], network: undefined, client, kept: null, onlyRead: null },
    close: () => undefined,
  });
  if (/^https?:\/\//i.test(org)) return alone(ofAddress(org, values));
  if (values.kind !== undefined || values['time-zone'] !== undefined)
    throw new UsageError('--kind and --time-zone belong to an address; a *.connection.json says both itself.');
  if (org.endsWith('.json')) return alone(ofFile(org, cwd));
  throw new UsageError(
    `--org ${org} is neither an address (https://…) nor a *.connection.json. The name of a connection needs --workspace FILE.`,
  );
}

function ofAddress(address: string, { kind, 'time-zone': timeZone = 'UTC' }: OrgValues): NamedOrg {
  const baseUrl = addressOf(address);
  const url = new URL(baseUrl);
  if (kind !== undefined && !KINDS.some((known) => known === kind))
    throw new UsageError(`--kind is practice, test or production, not ${kind}.`);
  if (!isZone(timeZone))
    throw new UsageError(`--time-zone ${timeZone} is not a time zone. Write a name such as Europe/Berlin.`);
  const guessed = isThisMachine(url.hostname) ? 'practice' : 'production';
  return {
    ...{
      name: url.host,
      baseUrl,
      timeZone,
      chunkSize: CHUNK,
      parallel: 4,
      perSecond: guessed === 'practice' ? 1_000 : 20,
    },
    kind: KINDS.find((known) => known === kind) ?? guessed,
  };
}

function addressOf(address: string): string {
  try {
    return readBaseUrl(address);
  } catch (error) {
    throw error instanceof Failure ? new UsageError(error.message) : error;
  }
}

function ofFile(name: string, cwd: string): NamedOrg {
  const refuse = (why: string): Failure => plainFailure('invalid-input', `${name} ${why}. Nothing was done.`);
  let text: string;
  try {
    text = readRegularText(path.resolve(cwd, name), LARGEST);
  } catch (error) {
    throw plainFailure('not-found', `${name} cannot be read: ${reasonOf(error)}. Nothing was done.`);
  }
  const reading = readJson(text);
  if (!reading.ok) throw refuse(`is no JSON: ${jsonMistakeInWords(reading.mistake)}`);
  const parsed = connectionFile.safeParse(reading.value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : null;
    throw refuse(
      unknown === null
        ? `is no connection: ${issue === undefined || issue.path.length === 0 ? 'the whole file' : issue.path.join('.')} is not as ${SCHEMA} has it`
        : `has ${unknown}, which no connection file has; credentials come from the environment`,
    );
  }
  const { address, timeZone, schema: _, ...rest } = parsed.data;
  if (!isZone(timeZone)) throw refuse(`names the time zone ${timeZone}, which there is not`);
  return { ...rest, timeZone, chunkSize: CHUNK, baseUrl: readBaseUrl(address) };
}

/** The connection of a workspace by its name. @throws Failure `not-found`, which names those that are there */
export function connectionNamed(
  connections: readonly StoredConnection[],
  name: string,
  workspaceName: string,
): StoredConnection {
  const found = connections.find((candidate) => candidate.name === name);
  if (found) return found;
  const names = connections.map((candidate) => candidate.name).join(', ');
  throw plainFailure(
    'not-found',
    `${workspaceName} has no connection ${name}${names === '' ? '' : `; it has ${names}`}. Nothing was done.`,
  );
}

async function ofWorkspace(
  name: string,
  workspaceName: string,
  cwd: string,
  use: WorkspaceUse,
): Promise<Omit<ToldOrg, 'client'>> {
  const file = presentWorkspace(cwd, workspaceName);
  const opened =
    use === 'read'
      ? null
      : await openWorkspaceAlone(file).catch((error: unknown) => {
          if (use === 'keep-if-free' && error instanceof Failure && error.code === 'database') return error;
          throw error;
        });
  const workspace = opened instanceof Failure ? null : opened;
  try {
    const reading = workspace ?? readJobs(file);
    try {
      const connections = reading.connections.list();
      const connection = connectionNamed(connections, name, workspaceName);
      const { name: known, baseUrl, kind, timeZone, chunkSize, parallel, perSecond } = connection;
      return {
        org: { name: known, baseUrl, kind, timeZone, chunkSize, parallel, perSecond },
        ...{ connections, network: reading.settings.kept('network') },
        kept: workspace === null ? null : { workspace, connection },
        onlyRead: opened instanceof Failure ? { why: opened.words, heard: heardIn(file, connection.key) } : null,
        close: () => workspace?.close(),
      };
    } finally {
      if (reading !== workspace) reading.close();
    }
  } catch (error) {
    workspace?.close();
    throw error;
  }
}

/** What a workspace keeps of what an org said, read anew each time. */
function heardIn(file: string, connectionKey: number): NonNullable<ToldOrg['onlyRead']>['heard'] {
  return ({ id, name }, at) => {
    const { counts, close } = readJobs(file);
    try {
      return {
        earlier: counts.before(connectionKey, id, at),
        namesake: counts.namesake(connectionKey, id, name),
      };
    } finally {
      close();
    }
  };
}

/**
 * Credentials as the environment has them.
 *
 * @throws UsageError where they are half given, or twice; Failure `unauthorized` where there are none
 */
function credentialsOf(environment: Readonly<Record<string, string | undefined>>, org: NamedOrg): KeptCredentials {
  const given = (name: string): string | null => {
    const value = environment[name];
    // A build server hands out a secret that there is not as an empty text.
    return value === undefined || value === '' ? null : value;
  };
  const pair = (one: string, other: string): [string, string] | null => {
    const [first, second] = [given(one), given(other)];
    if (first !== null && second !== null) return [first, second];
    if (first === null && second === null) return null;
    throw new UsageError(`${one} and ${other} belong together; ${first === null ? one : other} is not set.`);
  };
  const basic = pair('LAUREL_ORG_USER', 'LAUREL_ORG_PASSWORD');
  const oauth = pair('LAUREL_ORG_KEY', 'LAUREL_ORG_SECRET');
  const token = given('LAUREL_ORG_TOKEN');
  if ([basic, oauth, token].filter((kind) => kind !== null).length > 1)
    throw new UsageError('The environment has several kinds of credentials (LAUREL_ORG_…). Leave one.');
  if (basic) return { kind: 'basic', user: basic[0], password: basic[1] };
  if (oauth) return { kind: 'oauth', key: oauth[0], secret: oauth[1] };
  if (token !== null) {
    if (!/^[\x21-\x7e]{1,16000}$/.test(token))
      throw new UsageError('LAUREL_ORG_TOKEN is no token: no header can carry it.');
    return { kind: 'token', token };
  }
  if (org.kind === 'practice' && isThisMachine(new URL(org.baseUrl).hostname)) return { kind: 'none' };
  throw plainFailure(
    'unauthorized',
    `No credentials for ${org.name} are in the environment. Nothing was sent. Set LAUREL_ORG_USER and LAUREL_ORG_PASSWORD, ` +
      'LAUREL_ORG_KEY and LAUREL_ORG_SECRET, or LAUREL_ORG_TOKEN.',
  );
}

/**
 * Opens the org for a command, with what the environment of this process says. Close it, then what was told.
 *
 * @param clock where the org's clock is said to stand; unless given it runs
 */
export async function openToldOrg(
  { org, kept, network, client }: ToldOrg,
  terminal: Terminal,
  clock: Instant | null = null,
): Promise<OrgWork> {
  const work = await openOrgWork({
    org,
    credentials: credentialsOf(process.env, org),
    kept,
    network,
    client,
    clock,
    environment: process.env,
    log: {
      info: () => undefined,
      warn: () => undefined,
      error: (details, words) => terminal.error(loggedInWords(details, words)),
    },
  });
  for (const notice of work.notices) terminal.error(inEnglish(notice));
  return work;
}
