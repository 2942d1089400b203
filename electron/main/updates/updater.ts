import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Writable } from 'node:stream';
import { CancellationError, CancellationToken, DigestTransform, HttpExecutor } from 'builder-util-runtime';
import type { CustomPublishOptions, DownloadOptions, UpdateInfo } from 'builder-util-runtime';
import type { AppAdapter } from 'electron-updater/out/AppAdapter';
import type { AppUpdater } from 'electron-updater';
import { Provider, resolveFiles, type ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider';
import type { ResolvedUpdateFileInfo } from 'electron-updater';
import type { UpdateAnswer, UpdateOrder } from '../../../shared/ipc/updates';
import { message, type Message } from '../../../shared/words/message';
import { Refusal, type FeedContent } from './signed-feed';
import type { PackageKind } from './update-source';

/** The folder in the system's caches that packages are downloaded into. */
const CACHE_FOLDER = 'laurel-updater';

export type FetchUpdate = (
  order: UpdateOrder,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
) => Promise<UpdateAnswer>;

/** What electron-updater is asked to do. */
export interface PackageUpdater {
  /** Whether a version is one for this machine. It is the one that `download` fetches. */
  offer(content: FeedContent): Promise<boolean>;
  /**
   * Downloads it, checks its hash, and lets it be installed when Laurel quits.
   *
   * @throws Refusal
   */
  download(onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<void>;
}

/** A feed that was verified already, in place of one that electron-updater would fetch itself. */
class VerifiedProvider extends Provider<UpdateInfo> {
  readonly #options: VerifiedOptions;

  constructor(options: VerifiedOptions, _updater: AppUpdater, runtimeOptions: ProviderRuntimeOptions) {
    super(runtimeOptions);
    this.#options = options;
  }

  getLatestVersion(): Promise<UpdateInfo> {
    const { content } = this.#options;
    // What it leaves out are fields of an older form of feeds, which a list of files stands in for.
    return Promise.resolve({ ...content, releaseDate: '' } as unknown as UpdateInfo);
  }

  resolveFiles(info: UpdateInfo): ResolvedUpdateFileInfo[] {
    return resolveFiles(info, this.#options.address);
  }
}

interface VerifiedOptions extends CustomPublishOptions {
  content: FeedContent;
  address: URL;
}

/** Fetches by the backend's ways, and checks hashes as electron-updater's own does. */
class FetchingExecutor extends HttpExecutor<never> {
  readonly #fetch: FetchUpdate;
  /** Of the download under way. */
  content: FeedContent | null = null;
  onProgress: (done: number, total: number) => void = () => undefined;

  constructor(fetch: FetchUpdate) {
    super();
    this.#fetch = fetch;
  }

  override createRequest(): never {
    throw new Error('Everything is fetched by the backend.');
  }

  /** @throws Refusal; CancellationError */
  async download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    const file = this.content?.files.find(({ sha512 }) => sha512 === options.sha512);
    if (!file) throw new Refusal(message('updates.wrongHash', { host: url.host }));
    const abort = new AbortController();
    options.cancellationToken.once('cancel', () => abort.abort());
    if (options.cancellationToken.cancelled) abort.abort();
    const order = { url: url.href, target: { path: destination, bytes: file.size } };
    const answer = await this.#fetch(order, (done) => this.onProgress(done, file.size), abort.signal);
    if (abort.signal.aborted) throw new CancellationError();
    if (answer.kind !== 'saved') throw new Refusal(answerInWords(answer, url));
    const digest = new DigestTransform(file.sha512, 'sha512', 'base64');
    try {
      await pipeline(createReadStream(destination), digest, nowhere());
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_CHECKSUM_MISMATCH') throw error;
      throw new Refusal(message('updates.wrongHash', { host: url.host }));
    }
    return destination;
  }
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** What an answer means that is not the one asked for. */
export function answerInWords(answer: UpdateAnswer, url: URL): Message {
  if (answer.kind === 'failed') return answer.said;
  const status = answer.kind === 'status' ? answer.status : 200;
  if (status >= 300 && status < 400) return message('updates.redirected', { host: url.host });
  return message(status === 404 ? 'updates.notThere' : 'updates.badStatus', { host: url.host, status: String(status) });
}

/**
 * electron-updater for this copy of Laurel. Its own way out, Chromium's network, is shut in Laurel: it gets the backend's.
 *
 * @param app what it knows of the app; tests bring their own
 */
export async function openUpdater(given: {
  kind: PackageKind;
  app: AppAdapter;
  address: URL;
  fetch: FetchUpdate;
  /** Asked when Laurel quits: whether what was downloaded may still be installed. */
  mayInstall: () => boolean;
}): Promise<PackageUpdater> {
  const { kind, address, fetch, mayInstall } = given;
  let wanted: { path: string; sha512: string } | null = null;
  const updater = await updaterOf(kind, {
    ...adapterFrom(given.app),
    // Between the download and the end of Laurel the file lies in a folder of the person's, where others may write.
    onQuit: (install) =>
      given.app.onQuit((exitCode) => {
        if (!mayInstall()) console.error('laurel: updates are forbidden now; what was downloaded is not installed');
        else if (wanted !== null && isStill(wanted)) install(exitCode);
        else console.error('laurel: the downloaded update was changed since and is not installed');
      }),
  });
  const executor = new FetchingExecutor(fetch);
  // Both are public and left out of its types.
  Object.assign(updater, {
    httpExecutor: executor,
    configOnDisk: { value: Promise.resolve({ provider: 'generic', updaterCacheDirName: CACHE_FOLDER }) },
  });
  updater.logger = null;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = true;
  updater.allowDowngrade = false;
  // What a block map leads to is not what was signed.
  updater.disableDifferentialDownload = true;
  updater.disableWebInstaller = true;
  updater.forceDevUpdateConfig = !given.app.isPackaged;
  // Without a listener an error that is also thrown would end main.
  updater.on('error', () => undefined);
  return {
    async offer(content) {
      const options = { provider: 'custom', updateProvider: VerifiedProvider, content, address };
      updater.setFeedURL(options as unknown as CustomPublishOptions);
      executor.content = content;
      return (await updater.checkForUpdates())?.isUpdateAvailable === true;
    },
    async download(onProgress, signal) {
      const token = new CancellationToken();
      const cancel = (): void => token.cancel();
      signal.addEventListener('abort', cancel);
      executor.onProgress = onProgress;
      try {
        const [file] = await updater.downloadUpdate(token);
        if (file === undefined) throw new Refusal(message('updates.noPackage'));
        wanted = { path: file, sha512: sha512Of(file) };
        if (executor.content?.files.some(({ sha512 }) => sha512 === wanted?.sha512) !== true) {
          wanted = null;
          throw new Refusal(message('updates.wrongHash', { host: address.host }));
        }
      } catch (error) {
        if (error instanceof Refusal) throw error;
        if (signal.aborted) throw new Refusal(message('updates.stopped'));
        throw new Refusal(message('updates.notPrepared', { reason: shortly(error) }));
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
  };
}

/** The getters of a class are no properties that could be spread. */
function adapterFrom(app: AppAdapter): Omit<AppAdapter, 'onQuit'> {
  return {
    version: app.version,
    name: app.name,
    isPackaged: app.isPackaged,
    appUpdateConfigPath: app.appUpdateConfigPath,
    userDataPath: app.userDataPath,
    baseCachePath: app.baseCachePath,
    whenReady: () => app.whenReady(),
    relaunch: () => app.relaunch(),
    quit: () => app.quit(),
  };
}

async function updaterOf(kind: PackageKind, app: AppAdapter): Promise<AppUpdater> {
  switch (kind) {
    case 'nsis':
      return new (await import('electron-updater/out/NsisUpdater')).NsisUpdater(null, app);
    case 'mac':
      return new (await import('electron-updater/out/MacUpdater')).MacUpdater(undefined, app);
    case 'deb':
      return new (await import('electron-updater/out/DebUpdater')).DebUpdater(null, app);
    case 'rpm':
      return new (await import('electron-updater/out/RpmUpdater')).RpmUpdater(null, app);
    case 'appimage':
      return new (await import('electron-updater/out/AppImageUpdater')).AppImageUpdater(null, app);
  }
}

function sha512Of(file: string): string {
  return createHash('sha512').update(readFileSync(file)).digest('base64');
}

function isStill({ path, sha512 }: { path: string; sha512: string }): boolean {
  try {
    return sha512Of(path) === sha512;
  } catch {
    return false;
  }
}

function shortly(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]?.slice(0, 200) ?? '';
}
