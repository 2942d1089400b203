import { DAY, fromMilliseconds, HOUR } from '../../../shared/domain/instant';
import type { UpdateCheck, UpdatesState } from '../../../shared/ipc/updates';
import { message, type Message } from '../../../shared/words/message';
import { readKeptUpdates, writeKeptUpdates, type KeptUpdates } from './kept-updates';
import type { FeedContent } from './signed-feed';
import type { UpdateFeed } from './update-source';
import type { FetchUpdate, PackageUpdater } from './updater';

/** Milliseconds between the first screen and the first look: a start has enough to do. */
const AFTER_START_MS = 60_000;
/** Microseconds between two looks. */
const EVERY = DAY;

export interface UpdatesParts {
  /** The version that runs. */
  version: string;
  /** Null where this Laurel knows no address for updates. */
  feed: UpdateFeed | null;
  /** Name of the feed for this machine. */
  feedName: string;
  /** Why updates are forbidden on this computer, asked anew each time; null: they are not. */
  forbidden(): Message | null;
  /** Where a person's answer is kept, absolute. */
  file: string;
  fetch: FetchUpdate;
  /** Null where this copy of Laurel cannot renew itself. Called once, when there is something to install. */
  openUpdater: () => Promise<PackageUpdater> | null;
  /** Milliseconds since 1970. */
  now(): number;
  /** Something that windows show has changed. */
  tell(state: UpdatesState): void;
}

/** Looks for updates, and gets one: by itself only where a person wanted that, and never where it is forbidden. */
export class Updates {
  readonly #parts: UpdatesParts;
  #kept: KeptUpdates;
  #work: UpdatesState['work'] = null;
  #progress: UpdatesState['progress'] = null;
  #offered: FeedContent | null = null;
  #isInstallable = true;
  #waiting: string | null = null;
  #updater: Promise<PackageUpdater> | null = null;
  #stopping: AbortController | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
    this.#kept = readKeptUpdates(parts.file);
    this.#noteInstalled();
  }

  get state(): UpdatesState {
    const { version, feed, forbidden } = this.#parts;
    const managed = forbidden();
    const offered = this.#offered;
    return {
      version,
      availability: managed !== null ? 'managed' : feed === null ? 'none' : 'feed',
      managed,
      choice: this.#kept.choice,
      work: this.#work,
      progress: this.#progress,
      lastCheck: this.#kept.lastCheck,
      offered:
        offered === null || this.#waiting !== null
          ? null
          : { version: offered.version, bytes: largest(offered), isInstallable: this.#isInstallable },
      waiting: this.#waiting,
    };
  }

  /** Begins to look by itself, where that is wanted. The first screen stands. */
  begin(): void {
    if (this.#timer !== null || this.#parts.feed === null) return;
    const look = (): void => {
      this.#timer = setTimeout(look, HOUR / 1000);
      this.#timer.unref();
      void this.checkWhenDue();
    };
    this.#timer = setTimeout(look, AFTER_START_MS);
    this.#timer.unref();
  }

  /** Looks once a day, where a person wanted that. A last look in the future is one of a clock that was set back. */
  async checkWhenDue(): Promise<void> {
    const now = fromMilliseconds(this.#parts.now());
    const last = this.#kept.lastCheck?.at ?? null;
    if (this.#kept.choice !== 'on' || (last !== null && last <= now && now - last < EVERY)) return;
    await this.check();
  }

  choose(on: boolean): void {
    this.#keep({ choice: on ? 'on' : 'off' });
    this.#tell();
  }

  /** Looks now. How it ended is in the state. */
  async check(): Promise<void> {
    const { feed, forbidden } = this.#parts;
    if (this.#work !== null || this.#waiting !== null || feed === null || forbidden() !== null) return;
    this.#work = 'checking';
    this.#tell();
    let ended: Omit<UpdateCheck, 'at'>;
    try {
      ended = await this.#look(feed);
    } catch (error) {
      ended = { result: 'failed', said: await reasonOf(error) };
    }
    if (ended.result !== 'offered') this.#offered = null;
    this.#work = null;
    this.#keep({ lastCheck: { at: fromMilliseconds(this.#parts.now()), ...ended } });
    this.#tell();
  }

  /** Downloads what was offered; it is installed when Laurel quits. */
  async download(): Promise<void> {
    const { forbidden, feed } = this.#parts;
    const offered = this.#offered;
    if (offered === null || feed === null || this.#work !== null || this.#waiting !== null) return;
    if (forbidden() !== null) {
      this.#tell();
      return;
    }
    const updater = this.#updater;
    if (updater === null) return;
    this.#work = 'downloading';
    this.#progress = { done: 0, total: largest(offered) };
    const stopping = new AbortController();
    this.#stopping = stopping;
    this.#tell();
    let ended: Omit<UpdateCheck, 'at'>;
    try {
      const onProgress = (done: number, total: number): void => {
        this.#progress = { done, total };
        this.#tell();
      };
      await (await updater).download(onProgress, stopping.signal);
      this.#waiting = offered.version;
      ended = { result: 'offered', said: message('updates.downloaded', { version: offered.version }) };
    } catch (error) {
      ended = { result: 'failed', said: await reasonOf(error) };
    }
    this.#work = null;
    this.#progress = null;
    this.#stopping = null;
    this.#keep({ waiting: this.#waiting, lastCheck: { at: fromMilliseconds(this.#parts.now()), ...ended } });
    this.#tell();
  }

  /** Gives up the download. */
  stop(): void {
    this.#stopping?.abort();
  }

  async #look(feed: UpdateFeed): Promise<Omit<UpdateCheck, 'at'>> {
    const { version, feedName, openUpdater } = this.#parts;
    // Not at the start: most starts look for nothing.
    const { readFeed, Refusal } = await import('./signed-feed');
    const bytes = await this.#text(new URL(feedName, feed.address));
    const signature = await this.#text(
      new URL(`${feedName}.sig`, feed.address),
      message('updates.unsigned', {
        host: feed.address.host,
      }),
    );
    const read = readFeed({ bytes, signature, feed, current: version });
    if (read.kind === 'refused') throw new Refusal(read.said);
    if (read.kind === 'same') return { result: 'newest', said: message('updates.newest', { version }) };
    const { content } = read;
    this.#updater ??= openUpdater();
    this.#isInstallable = this.#updater !== null;
    if (this.#updater !== null && !(await (await this.#updater).offer(content))) {
      return { result: 'newest', said: message('updates.notForHere', { version: content.version }) };
    }
    this.#offered = content;
    return { result: 'offered', said: message('updates.offered', { version: content.version }) };
  }

  /** @param missing what is said where there is no such file. @throws Refusal */
  async #text(url: URL, missing?: Message): Promise<Uint8Array> {
    const { Refusal } = await import('./signed-feed');
    const { answerInWords } = await import('./updater');
    const order = { url: url.href, target: null };
    const answer = await this.#parts.fetch(order, () => undefined, new AbortController().signal);
    if (answer.kind === 'body') return Buffer.from(answer.body, 'base64');
    const isMissing = answer.kind === 'status' && (answer.status === 404 || answer.status === 410);
    throw new Refusal(missing !== undefined && isMissing ? missing : answerInWords(answer, url));
  }

  /** Says at the start whether the version that was downloaded is the one that runs now. */
  #noteInstalled(): void {
    const { waiting } = this.#kept;
    if (waiting === null) return;
    const { version, now } = this.#parts;
    const isThere = waiting === version;
    this.#keep({
      waiting: null,
      lastCheck: {
        at: fromMilliseconds(now()),
        result: isThere ? 'installed' : 'failed',
        said: isThere
          ? message('updates.installed', { version })
          : message('updates.notInstalled', { version, waiting }),
      },
    });
  }

  #keep(change: Partial<KeptUpdates>): void {
    this.#kept = { ...this.#kept, ...change };
    writeKeptUpdates(this.#parts.file, this.#kept);
  }

  #tell(): void {
    this.#parts.tell(this.state);
  }
}

function largest({ files }: FeedContent): number {
  return Math.max(...files.map(({ size }) => size));
}

async function reasonOf(error: unknown): Promise<Message> {
  const { Refusal } = await import('./signed-feed');
  if (error instanceof Refusal) return error.said;
  console.error('laurel: updates:', error instanceof Error ? error.message : error);
  return message('updates.failed');
}
