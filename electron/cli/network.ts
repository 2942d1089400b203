import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../../shared/ipc/errors';
import { inEnglish } from '../../shared/words/english';
import { message } from '../../shared/words/message';
import { realFile } from '../../db/real-file';
import { readJobs } from '../../db/workspace/read-jobs';
import { Network } from '../backend/network/network';
import { readAddress } from '../backend/network/read-address';
import { withClient, type ShownClient } from '../backend/network/shown-client';
import { storedNetwork, type StoredNetwork } from '../backend/network/stored-network';
import { traceWay } from '../backend/network/trace';
import { SessionSecrets } from '../backend/secrets/secret-keeper';
import type { NetworkTest } from '../../shared/ipc/network-contract';
import { CLIENT_HELP, CLIENT_OPTIONS, clientOf } from './client-option';
import { UsageError, type Command, type Terminal, type CommandOptions } from './command';

/** Read by `parseArgs` and by shell completions alike. */
const OPTIONS = {
  workspace: { type: 'string', completes: 'files' },
  ...CLIENT_OPTIONS,
  json: { type: 'boolean', default: false },
} as const satisfies CommandOptions;

const HELP = `Walks the way to a gateway hop by hop and says where it ends. No credentials of an org are sent.

Usage: laurel network ADDRESS [OPTIONS]

  ADDRESS            of a gateway, such as https://eu.api.example.com
  --workspace FILE   go by the network settings of this workspace, which may be open in a window; without it, as a
                     workspace that is set to the system
${CLIENT_HELP}
  --json             {"ok", "hop", "message"} (laurel/network@1) as JSON

Where the settings say “as the system” the variables HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY count, in either
case; each names an http://, https://, socks5:// or socks4:// proxy, and this machine itself is reached directly. A script
(PAC), one proxy or none of a workspace's settings count as they do in the window. SSL_CERT_FILE and NODE_EXTRA_CA_CERTS
name files of certificates that are trusted, too.
Secrets that the window keeps in the keychain are not read here. They come from the environment: LAUREL_PROXY_USER and
LAUREL_PROXY_PASSWORD, or inside HTTPS_PROXY; LAUREL_CLIENT_PASSPHRASE for the private key.
Exit code: 0 the way stands, 1 it ends somewhere, 2 called wrongly.`;

/** `laurel network`. */
export const networkCommand: Command = {
  options: OPTIONS,
  operands: [],
  help: HELP,
  run: async (args, terminal) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: OPTIONS,
    });
    const [address, ...more] = positionals;
    if (address === undefined || more.length > 0) throw new UsageError('Name one address of a gateway.');
    const client = clientOf(values, terminal.cwd);
    const url = readAddress(address);
    const stored = values.workspace === undefined ? storedNetwork.parse({}) : storedIn(values.workspace, terminal);
    const tested = await testOf(stored, url, client, terminal);
    const { ok, hop, said } = tested;
    if (values.json)
      terminal.document(JSON.stringify({ schema: 'laurel/network@1', ok, hop, message: inEnglish(said) }));
    else if (ok) terminal.out(inEnglish(said));
    else terminal.error(inEnglish(said));
    return ok ? 0 : 1;
  },
};

async function testOf(
  stored: StoredNetwork,
  url: URL,
  client: ShownClient | null,
  terminal: Terminal,
): Promise<NetworkTest> {
  const secrets = new SessionSecrets();
  const used = await withClient(stored, client, secrets);
  // Held in memory: a command changes no settings.
  const settings = { kept: () => used, keep: () => undefined };
  const network = new Network({ settings, secrets, environment: process.env, system: null });
  for (const name of network.unreadVariables) terminal.error(inEnglish(message('network.variableUnread', { name })));
  try {
    return await traceWay(network, url);
  } finally {
    network.close();
  }
}

/** The settings that a workspace keeps; it is only read, and a window may have it open. */
function storedIn(file: string, terminal: Terminal): StoredNetwork {
  const given = path.resolve(terminal.cwd, file);
  if (!existsSync(given)) throw new Failure('not-found', message('network.noWorkspace', { file }));
  const workspace = readJobs(realFile(given));
  try {
    const read = storedNetwork.safeParse(workspace.settings.kept('network') ?? {});
    if (read.success) return read.data;
    throw new Failure('database', message('network.settingsUnreadable', { file }));
  } finally {
    workspace.close();
  }
}
