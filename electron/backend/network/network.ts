import { z } from 'zod';
import type { SettingsStore } from '../../../db/workspace/settings';
import { message, type Message } from '../../../shared/words/message';
import type { SecretKeeper } from '../secrets/secret-keeper';
import tls from 'node:tls';
import { isThisMachine } from '../../../shared/ipc/this-machine';
import { isBypassed } from './bypass';
import { wayOfEnvironment, type Environment } from './environment';
import { fetchScript } from './fetch-script';
import { PacScript } from './pac';
import { waysOfAnswer } from './pac-answer';
import type { ClientCertificate, Fault, Passage, Passages, Trust, Way } from './passage';
import { readProxy } from './proxy-address';
import { storedNetwork, type StoredNetwork } from './stored-network';
import type { SystemProxies } from './system-proxies';
import { authoritiesOfEnvironment, systemAuthorities } from './trust';

export interface NetworkParts {
  settings: Pick<SettingsStore, 'kept' | 'keep'>;
  secrets: SecretKeeper;
  environment: Environment;
  /** What the operating system says; null where nobody can ask it, and the environment's variables count. */
  system: SystemProxies | null;
}

/** Milliseconds after which a script is fetched anew. */
const SCRIPT_LASTS = 10 * 60_000;
/** Milliseconds that the system's answer for an address holds: it changes when somebody moves to another network. */
const ANSWER_LASTS = 10_000;

const login = z.object({ user: z.string(), password: z.string() });
const keptCertificate = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pfx'), pfx: z.string(), passphrase: z.string() }),
  z.object({ kind: z.literal('pem'), cert: z.string(), key: z.string(), passphrase: z.string() }),
]);

/** The workspace's settings of the network, and the way to an address by them. */
export class Network implements Passages {
  readonly #parts: NetworkParts;
  #stored: StoredNetwork;
  #version = 1;
  #trust: { of: number; trust: Promise<Trust | Fault> } | null = null;
  #script: { of: string; until: number; script: Promise<PacScript | Fault> } | null = null;
  readonly #answers = new Map<string, { until: number; ways: Promise<readonly Way[] | Fault> }>();
  /** Read once: the system's store changes seldom, and reading it takes a while. */
  #system: readonly string[] | null = null;

  constructor(parts: NetworkParts) {
    this.#parts = parts;
    const read = storedNetwork.safeParse(parts.settings.kept('network') ?? {});
    this.#stored = read.success ? read.data : storedNetwork.parse({});
  }

  get stored(): Readonly<StoredNetwork> {
    return this.#stored;
  }

  save(stored: StoredNetwork): void {
    this.#parts.settings.keep('network', stored);
    this.#stored = stored;
    this.changed();
  }

  /** What was worked out is worked out anew. */
  changed(): void {
    this.#version += 1;
    this.#trust = null;
    this.close();
    this.#answers.clear();
  }

  /** Ends what runs for it. */
  close(): void {
    void this.#script?.script.then((script) => 'hop' in script || script.close());
    this.#script = null;
  }

  /** Variables of the environment that name a file of certificates which cannot be used. */
  get unreadVariables(): readonly string[] {
    return authoritiesOfEnvironment(this.#parts.environment).unread;
  }

  async passageTo(url: URL): Promise<Passage> {
    const trust = await this.#currentTrust();
    if ('hop' in trust) return trust;
    const ways = await this.#waysTo(url, trust);
    return 'hop' in ways ? ways : { ways, trust };
  }

  async #waysTo(url: URL, trust: Trust): Promise<readonly Way[] | Fault> {
    const { mode } = this.#stored;
    if (mode === 'none') return [null];
    if (mode === 'manual') {
      if (isBypassed(this.#stored.bypass, url)) return [null];
      const proxy = await this.#manualProxy();
      return proxy !== null && 'hop' in proxy ? proxy : [proxy];
    }
    if (mode === 'system' && isThisMachine(url.hostname)) return [null];
    if (mode === 'system' && this.#parts.system === null) {
      const way = wayOfEnvironment(this.#parts.environment, url);
      return way !== null && 'hop' in way ? way : [way];
    }
    if (mode === 'pac' && isBypassed(this.#stored.bypass, url)) return [null];
    return this.#answered(url, () => (mode === 'pac' ? this.#byScript(url, trust) : this.#bySystem(url, trust)));
  }

  /** An answer holds for a moment: a script or the system is not asked anew for every request of a job. */
  #answered(url: URL, find: () => Promise<readonly Way[] | Fault>): Promise<readonly Way[] | Fault> {
    const known = this.#answers.get(url.origin);
    if (known && known.until > performance.now()) return known.ways.then((ways) => this.#withLogin(ways));
    const ways = find();
    this.#answers.set(url.origin, { until: performance.now() + ANSWER_LASTS, ways });
    return ways.then((found) => this.#withLogin(found));
  }

  async #bySystem(url: URL, trust: Trust): Promise<readonly Way[] | Fault> {
    const { system } = this.#parts;
    if (system === null) return [null];
    const answer = await system.find(url.origin);
    if (answer.kind === 'rules') return waysOfAnswer(answer.rules);
    const script = await this.#scriptAt(answer.address, trust);
    return this.#asked(script, url);
  }

  async #byScript(url: URL, trust: Trust): Promise<readonly Way[] | Fault> {
    const { pacFile, pacAddress } = this.#stored;
    const script =
      pacFile === null
        ? await this.#scriptAt(pacAddress, trust)
        : await this.#kept(`file ${pacFile.name}`, () => Promise.resolve(pacFile.text), pacFile.name);
    return this.#asked(script, url);
  }

  /** A script that was ended because it came to no end is begun anew for the next request. */
  async #asked(script: PacScript | Fault, url: URL): Promise<readonly Way[] | Fault> {
    if ('hop' in script) return script;
    const ways = await script.waysTo(url);
    if (script.isOver) this.close();
    return ways;
  }

  async #scriptAt(address: string, trust: Trust): Promise<PacScript | Fault> {
    if (address === '') return settingsFault(message('network.pacMissing'));
    const url = URL.canParse(address) ? new URL(address) : null;
    if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
      return settingsFault(message('network.pacAddressUnreadable', { address: address.slice(0, 200) }));
    return this.#kept(address, () => fetchScript(url, trust), address);
  }

  #kept(of: string, read: () => Promise<string>, name: string): Promise<PacScript | Fault> {
    const known = this.#script;
    if (known?.of === of && known.until > performance.now()) return known.script;
    this.close();
    const script = read().then(
      (text) =>
        PacScript.of(text).catch((error: unknown) =>
          settingsFault(message('network.pacNoScript', { name, detail: shortly(error) })),
        ),
      (error: unknown) => settingsFault(message('network.pacUnreachable', { name, detail: shortly(error) })),
    );
    const entry = { of, until: performance.now() + SCRIPT_LASTS, script };
    this.#script = entry;
    // What failed is tried again with the next request.
    void script.then((found) => {
      if ('hop' in found && this.#script === entry) this.#script = null;
      if ('hop' in found) this.#answers.clear();
    });
    return script;
  }

  async #manualProxy(): Promise<Way | Fault> {
    const { proxy, proxyLogin } = this.#stored;
    if (proxy.trim() === '') return settingsFault(message('network.proxyMissing'));
    const read = readProxy(proxy, proxy);
    if ('hop' in read || proxyLogin === null) return read;
    return this.#withCredentials(read);
  }

  /** A script and the system name proxies without who is calling: the kept credentials are for them, too. */
  async #withLogin(ways: readonly Way[] | Fault): Promise<readonly Way[] | Fault> {
    if ('hop' in ways || this.#stored.proxyLogin === null) return ways;
    const done: Way[] = [];
    for (const way of ways) {
      const next = way?.login === null ? await this.#withCredentials(way) : way;
      if (next !== null && 'hop' in next) return next;
      done.push(next);
    }
    return done;
  }

  async #withCredentials(proxy: Exclude<Way, null>): Promise<Exclude<Way, null> | Fault> {
    const { proxyLogin } = this.#stored;
    if (proxyLogin === null) return proxy;
    const { LAUREL_PROXY_USER: user, LAUREL_PROXY_PASSWORD: password } = this.#parts.environment;
    const kept = await readSecret(this.#parts.secrets, proxyLogin.secretId, login);
    if (kept !== null) return { ...proxy, login: kept };
    if (user !== undefined && password !== undefined) return { ...proxy, login: { user, password } };
    return { hop: 'proxy-credentials', said: message('network.proxySecretMissing') };
  }

  #currentTrust(): Promise<Trust | Fault> {
    if (this.#trust?.of === this.#version) return this.#trust.trust;
    const trust = this.#readTrust();
    this.#trust = { of: this.#version, trust };
    void trust.then((read) => {
      // A keychain that is locked now may be open with the next request.
      if ('hop' in read) this.#trust = null;
    });
    return trust;
  }

  async #readTrust(): Promise<Trust | Fault> {
    const { systemCertificates, authorities, clientCertificate } = this.#stored;
    const version = this.#version;
    this.#system ??= systemAuthorities();
    const all = new Set([
      ...tls.rootCertificates,
      ...(systemCertificates ? this.#system : []),
      ...authoritiesOfEnvironment(this.#parts.environment).authorities,
      ...authorities.map(({ pem }) => pem),
    ]);
    let client: ClientCertificate | null = null;
    if (clientCertificate !== null) {
      const kept = await readSecret(this.#parts.secrets, clientCertificate.secretId, keptCertificate);
      if (kept === null) return { hop: 'client-certificate', said: message('network.clientMissing') };
      client = kept.kind === 'pem' ? kept : { ...kept, pfx: new Uint8Array(Buffer.from(kept.pfx, 'base64')) };
    }
    return { version, authorities: [...all], client };
  }
}

/** A client certificate as the bytes that a keeper keeps. */
export function certificateSecret(client: ClientCertificate): Uint8Array {
  const kept = client.kind === 'pem' ? client : { ...client, pfx: Buffer.from(client.pfx).toString('base64') };
  return new TextEncoder().encode(JSON.stringify(kept));
}

/** A proxy's credentials as the bytes that a keeper keeps. */
export function loginSecret(given: z.infer<typeof login>): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(given));
}

/** Null when it is not there, or is none; the bytes it came in are wiped. */
async function readSecret<S extends z.ZodType>(
  secrets: SecretKeeper,
  secretId: string,
  schema: S,
): Promise<z.output<S> | null> {
  const secret = await secrets.take(secretId);
  if (secret === null) return null;
  try {
    const read = schema.safeParse(JSON.parse(new TextDecoder().decode(secret)));
    return read.success ? read.data : null;
  } catch {
    return null;
  } finally {
    secret.fill(0);
  }
}

function settingsFault(said: Message): Fault {
  return { hop: 'settings', said };
}

function shortly(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
