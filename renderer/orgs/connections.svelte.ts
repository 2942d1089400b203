import type { ConnectionInput, ConnectionTest, ConnectionView, CredentialsInput } from '../../shared/ipc/sync-contract';
import { backend, type Door } from '../lib/backend';

const KEY = 'laurel.connection';

/** What the Sync screen shows beside its list: the practice org's own page, a connection, or the form of a new one. */
export type Shown = { kind: 'practice' } | { kind: 'new' } | { kind: 'connection'; id: number };

/** The connections of the workspace, and the one whose page is shown. */
export class Connections {
  list = $state.raw<readonly ConnectionView[]>([]);
  keychain = $state<'available' | 'none'>('available');
  /** Why the list could not be read; null: it could. */
  failure = $state.raw<unknown>(null);
  shown = $state.raw<Shown>(remembered());

  /** The connection that buttons on Sync touch; null: none. */
  readonly chosen = $derived.by<ConnectionView | null>(() => {
    const { shown } = this;
    return shown.kind === 'connection' ? (this.list.find(({ id }) => id === shown.id) ?? null) : null;
  });

  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  async load(): Promise<void> {
    try {
      const { connections, keychain } = await this.#door('connections.list', {});
      this.list = connections;
      this.keychain = keychain;
      this.failure = null;
      const { shown } = this;
      if (shown.kind === 'connection' && !connections.some(({ id }) => id === shown.id))
        this.show({ kind: 'practice' });
    } catch (error) {
      this.failure = error;
    }
  }

  show(shown: Shown): void {
    this.shown = shown;
    localStorage.setItem(KEY, shown.kind === 'connection' ? String(shown.id) : '');
  }

  /** @throws Failure with what is wrong; nothing was saved then */
  async save(input: {
    id?: number;
    connection: ConnectionInput;
    credentials?: CredentialsInput;
    acceptRisk: boolean;
    typedName?: string;
  }): Promise<ConnectionView> {
    const saved = await this.#door('connections.save', input);
    this.take(saved);
    return saved;
  }

  /** @throws Failure */
  test(input: { id?: number; connection?: ConnectionInput; credentials?: CredentialsInput }): Promise<ConnectionTest> {
    return this.#door('connections.test', input);
  }

  /** @throws Failure */
  async remove(id: number): Promise<void> {
    await this.#door('connections.delete', { id });
    this.list = this.list.filter((connection) => connection.id !== id);
    if (this.shown.kind === 'connection' && this.shown.id === id) this.show({ kind: 'practice' });
  }

  /** @throws Failure `invalid-input`: another name was typed */
  async unlock(id: number, typedName: string): Promise<void> {
    this.take(await this.#door('connections.unlock', { id, typedName }));
  }

  /** @throws Failure */
  async lock(id: number): Promise<void> {
    this.take(await this.#door('connections.lock', { id }));
  }

  /** Puts a connection in its place as it was just answered. */
  take(connection: ConnectionView): void {
    const isKnown = this.list.some(({ id }) => id === connection.id);
    this.list = isKnown
      ? this.list.map((known) => (known.id === connection.id ? connection : known))
      : [...this.list, connection];
  }
}

function remembered(): Shown {
  const id = Number(localStorage.getItem(KEY));
  return Number.isSafeInteger(id) && id > 0 ? { kind: 'connection', id } : { kind: 'practice' };
}

/** The ones of the open workspace. They live outside the components, because every screen says which org is reached. */
export const connections = new Connections(backend);
