import type { SecretAnswer, SecretQuestion } from '../../../shared/ipc/secret-messages';
import type { SecretKeeper, SecretPlace } from './secret-keeper';

/** Asks main for credentials, which main keeps. An unanswered question waits: main answers as soon as it can. */
export class MainSecrets implements SecretKeeper {
  readonly #send: (id: number, question: SecretQuestion) => void;
  readonly #waiting = new Map<number, (answer: SecretAnswer) => void>();
  #lastId = 0;

  constructor(send: (id: number, question: SecretQuestion) => void) {
    this.#send = send;
  }

  /** Takes an answer of main. */
  receive(id: number, answer: SecretAnswer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  async hasKeychain(): Promise<boolean> {
    return (await this.#ask({ ask: 'keychain' })).hasKeychain;
  }

  async put(secretId: string, secret: Uint8Array, acceptRisk: boolean): Promise<SecretPlace> {
    const { place } = await this.#ask({ ask: 'put', secretId, secret, acceptRisk });
    // What crossed over was a copy.
    secret.fill(0);
    return place;
  }

  async take(secretId: string): Promise<Uint8Array | null> {
    return (await this.#ask({ ask: 'take', secretId })).secret;
  }

  async placeOf(secretId: string): Promise<SecretPlace> {
    return (await this.#ask({ ask: 'place', secretId })).place;
  }

  async forget(secretId: string): Promise<void> {
    await this.#ask({ ask: 'forget', secretId });
  }

  #ask(question: SecretQuestion): Promise<SecretAnswer> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#send(id, question);
    });
  }
}
