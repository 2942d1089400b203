import type { PickedFile } from '../../../shared/ipc/native';
import type { NetworkMode, NetworkTest, NetworkView } from '../../../shared/ipc/network-contract';
import type { Door } from '../../lib/backend';
import { say } from '../../lib/say.svelte';

/** The network settings as a person fills them in. Secrets stay here only until they are saved. */
export class NetworkForm {
  view = $state.raw<NetworkView | null>(null);
  mode = $state<NetworkMode>('system');
  pacAddress = $state('');
  /** A script's file that was chosen and is not saved yet; null: what is saved counts. */
  pacFile = $state.raw<PickedFile | null>(null);
  /** A saved file is given up when this is saved. */
  forgetsPacFile = $state(false);
  proxy = $state('');
  bypass = $state('');
  user = $state('');
  password = $state('');
  forgetsLogin = $state(false);
  acceptRisk = $state(false);

  certificate = $state.raw<PickedFile | null>(null);
  key = $state.raw<PickedFile | null>(null);
  passphrase = $state('');

  address = $state('');
  tested = $state.raw<NetworkTest | null>(null);
  busy = $state<'save' | 'test' | 'certificates' | null>(null);
  failure = $state.raw<unknown>(null);
  /** Said once something was saved. */
  saved = $state('');

  readonly #backend: Door;

  /** What keeps it from being saved; null: nothing. */
  readonly blocked = $derived.by<string | null>(() => {
    const { view } = this;
    if (view === null) return say('network.save');
    if (this.mode === 'manual' && this.proxy.trim() === '') return say('network.proxyMissing');
    if ((this.user.trim() === '') !== (this.password === '')) return say('network.loginBoth');
    return null;
  });

  /** Whether something stands here that is not saved, so that a test would try something else. */
  readonly isChanged = $derived.by<boolean>(() => {
    const { view } = this;
    if (view === null) return false;
    return (
      this.mode !== view.mode ||
      this.pacAddress !== view.pacAddress ||
      this.pacFile !== null ||
      this.forgetsPacFile ||
      this.proxy !== view.proxy ||
      this.bypass !== view.bypass.join(', ') ||
      this.user !== '' ||
      this.password !== '' ||
      this.forgetsLogin
    );
  });

  constructor(backend: Door) {
    this.#backend = backend;
  }

  /** Reads what is saved. What was typed since, and not saved, stays. */
  async load(): Promise<void> {
    this.failure = null;
    this.saved = '';
    try {
      const isTyped = this.isChanged;
      const view = await this.#backend('network.get', {});
      if (isTyped) this.view = view;
      else this.#show(view);
      const { connections } = await this.#backend('connections.list', {});
      this.address ||= connections[0]?.baseUrl ?? '';
    } catch (error) {
      this.failure = error;
    }
  }

  save(): Promise<void> {
    const credentials = this.forgetsLogin
      ? null
      : this.user.trim() === ''
        ? undefined
        : { user: this.user.trim(), password: this.password };
    const pacFile = this.pacFile?.token ?? (this.forgetsPacFile ? null : undefined);
    return this.#work('save', say('network.saved'), async () => {
      const view = await this.#backend('network.update', {
        ...{ mode: this.mode, pacAddress: this.pacAddress, proxy: this.proxy, acceptRisk: this.acceptRisk },
        bypass: this.bypass.split(/[,;\s]+/).filter((entry) => entry !== ''),
        ...(pacFile === undefined ? {} : { pacFile }),
        ...(credentials === undefined ? {} : { proxyCredentials: credentials }),
      });
      this.#show(view);
    });
  }

  trustSystem(systemCertificates: boolean): Promise<void> {
    return this.#certificates(() => this.#backend('network.update', { systemCertificates }));
  }

  addAuthorities(file: PickedFile): Promise<void> {
    return this.#certificates(() => this.#backend('network.addAuthorities', { file: file.token }));
  }

  removeAuthority(id: string): Promise<void> {
    return this.#certificates(() => this.#backend('network.removeAuthority', { id }));
  }

  async useClient(): Promise<void> {
    const { certificate, key, passphrase, acceptRisk } = this;
    if (certificate === null) return;
    await this.#certificates(() =>
      this.#backend('network.setClientCertificate', {
        ...{ file: certificate.token, passphrase, acceptRisk },
        ...(key === null ? {} : { key: key.token }),
      }),
    );
    if (this.failure !== null) return;
    this.certificate = null;
    this.key = null;
    this.passphrase = '';
  }

  removeClient(): Promise<void> {
    return this.#certificates(() => this.#backend('network.removeClientCertificate', {}));
  }

  async test(): Promise<void> {
    this.tested = null;
    await this.#work('test', '', async () => {
      this.tested = await this.#backend('network.test', { address: this.address });
    });
  }

  #certificates(change: () => Promise<NetworkView>): Promise<void> {
    return this.#work('certificates', say('network.savedCertificates'), async () => {
      this.view = await change();
    });
  }

  async #work(what: NonNullable<NetworkForm['busy']>, sentence: string, work: () => Promise<void>): Promise<void> {
    this.busy = what;
    this.failure = null;
    this.saved = '';
    if (what !== 'test') this.tested = null;
    try {
      await work();
      this.saved = sentence;
    } catch (error) {
      this.failure = error;
    } finally {
      this.busy = null;
    }
  }

  #show(view: NetworkView): void {
    this.view = view;
    this.mode = view.mode;
    this.pacAddress = view.pacAddress;
    this.pacFile = null;
    this.forgetsPacFile = false;
    this.proxy = view.proxy;
    this.bypass = view.bypass.join(', ');
    this.user = '';
    this.password = '';
    this.forgetsLogin = false;
  }
}

let kept: NetworkForm | null = null;

/** The one form of the window: what was typed outlives a look at another screen. */
export const networkForm = (backend: Door): NetworkForm => (kept ??= new NetworkForm(backend));
