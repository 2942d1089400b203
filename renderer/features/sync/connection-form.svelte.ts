import type {
  ConnectionInput,
  ConnectionTest,
  ConnectionView,
  CredentialsInput,
} from '../../../shared/ipc/sync-contract';
import type { PracticeState } from '../../../shared/ipc/practice-contract';
import { UnreadTexts } from '../../components/unread-texts.svelte';
import type { Connections } from '../../orgs/connections.svelte';
import { say } from '../../lib/say.svelte';

/** A connection as a person fills it in. Secrets stay here only until they are saved. */
export class ConnectionForm {
  name = $state('');
  baseUrl = $state('');
  kind = $state<ConnectionView['kind']>('test');
  timeZone = $state('UTC');
  chunkSize = $state<number | null>(500);
  parallel = $state<number | null>(4);
  perSecond = $state<number | null>(20);
  auth = $state<'basic' | 'oauth'>('basic');
  account = $state('');
  secret = $state('');
  acceptRisk = $state(false);
  typedName = $state('');

  busy = $state<'test' | 'save' | null>(null);
  tested = $state.raw<ConnectionTest | null>(null);
  /** Why the last step did not succeed; null: it did. */
  failure = $state.raw<unknown>(null);

  /** What stands typed in its fields and is in none of the values above. */
  readonly unread = new UnreadTexts();

  /** The production org whose guard is lifted when this is saved, so that its name has to be typed; null: none. */
  readonly guarded = $derived.by<string | null>(() => {
    if (this.kind === 'production') return null;
    const before = this.#before;
    if (before?.kind === 'production') return before.name;
    const address = withoutSlash(this.baseUrl);
    if (before !== null && withoutSlash(before.baseUrl) === address) return null;
    const same = this.#connections.list.find(
      ({ kind, baseUrl }) => kind === 'production' && withoutSlash(baseUrl) === address,
    );
    return same?.name ?? null;
  });

  /** What keeps it from being saved; null: nothing. */
  readonly blocked = $derived.by<string | null>(() => {
    if (this.name.trim() === '') return say('sync.giveName');
    if (this.baseUrl.trim() === '') return say('sync.enterAddress');
    if (this.unread.reason !== null) return this.unread.reason;
    if (this.chunkSize === null || this.parallel === null || this.perSecond === null) return say('sync.fillNumbers');
    const isElsewhere = this.#before !== null && this.baseUrl.trim() !== this.#before.baseUrl;
    if (this.secret === '' && (this.#before === null || this.account.trim() !== ''))
      return this.auth === 'basic' ? say('sync.enterPassword') : say('sync.enterSecret');
    if (this.secret === '' && isElsewhere) return say('sync.enterAgain');
    if (this.secret !== '' && this.account.trim() === '')
      return this.auth === 'basic' ? say('sync.enterUser') : say('sync.enterKey');
    if (this.guarded !== null && this.typedName !== this.guarded) return say('sync.typeProductionName');
    return null;
  });

  readonly #connections: Connections;
  readonly #before: ConnectionView | null;

  /** @param before the connection to edit; null for a new one */
  constructor(connections: Connections, before: ConnectionView | null, zone: string) {
    this.#connections = connections;
    this.#before = before;
    this.timeZone = before?.timeZone ?? zone;
    if (before === null) return;
    this.name = before.name;
    this.baseUrl = before.baseUrl;
    this.kind = before.kind;
    this.chunkSize = before.chunkSize;
    this.parallel = before.parallel;
    this.perSecond = before.perSecond;
    this.auth = before.auth;
    this.acceptRisk = before.secret === 'accepted-risk';
  }

  /** Fills in what the running practice org says of itself. */
  usePractice({ url, credentials, options }: Pick<PracticeState, 'url' | 'credentials' | 'options'>): void {
    if (url === null) return;
    this.name = this.name === '' ? say('sync.practiceOrg') : this.name;
    this.kind = 'practice';
    this.baseUrl = url;
    this.timeZone = options.timeZone;
    this.auth = 'basic';
    this.account = credentials?.user ?? 'anyone';
    this.secret = credentials?.password ?? 'anything';
    // It runs on this machine and sets no limit of its own.
    this.perSecond = 200;
    this.tested = null;
  }

  async test(): Promise<void> {
    await this.#step('test', async () => {
      const credentials = this.#credentials();
      this.tested = await this.#connections.test({
        ...(this.#before ? { id: this.#before.id } : {}),
        connection: this.#connection(),
        ...(credentials ? { credentials } : {}),
      });
    });
  }

  /** @returns the saved connection; null: `failure` says why not */
  async save(): Promise<ConnectionView | null> {
    let saved: ConnectionView | null = null;
    await this.#step('save', async () => {
      const credentials = this.#credentials();
      saved = await this.#connections.save({
        ...(this.#before ? { id: this.#before.id } : {}),
        connection: this.#connection(),
        ...(credentials ? { credentials } : {}),
        acceptRisk: this.acceptRisk,
        ...(this.guarded === null ? {} : { typedName: this.typedName }),
      });
      this.typedName = '';
      this.secret = '';
      this.account = '';
    });
    return saved;
  }

  #connection(): ConnectionInput {
    return {
      name: this.name.trim() === '' ? say('sync.tabConnection') : this.name.trim(),
      baseUrl: this.baseUrl.trim(),
      kind: this.kind,
      timeZone: this.timeZone,
      chunkSize: this.chunkSize ?? 500,
      parallel: this.parallel ?? 4,
      perSecond: this.perSecond ?? 20,
    };
  }

  #credentials(): CredentialsInput | null {
    if (this.secret === '') return null;
    const account = this.account.trim();
    return this.auth === 'basic'
      ? { kind: 'basic', user: account, password: this.secret }
      : { kind: 'oauth', key: account, secret: this.secret };
  }

  async #step(busy: 'test' | 'save', work: () => Promise<void>): Promise<void> {
    if (this.busy !== null) return;
    this.busy = busy;
    this.failure = null;
    this.tested = null;
    try {
      await work();
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = null;
    }
  }
}

function withoutSlash(address: string): string {
  return address.trim().replace(/\/+$/, '');
}
