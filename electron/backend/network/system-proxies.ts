import type { ProxyAnswer } from '../../../shared/ipc/proxy-messages';

/** Knows what the operating system says about proxies. */
export interface SystemProxies {
  find(origin: string): Promise<ProxyAnswer>;
}

/** Asks main, which has Electron's way to the system's settings. An unanswered question waits: main always answers. */
export class MainProxies implements SystemProxies {
  readonly #send: (id: number, origin: string) => void;
  readonly #waiting = new Map<number, (answer: ProxyAnswer) => void>();
  #lastId = 0;

  constructor(send: (id: number, origin: string) => void) {
    this.#send = send;
  }

  /** Takes an answer of main. */
  receive(id: number, answer: ProxyAnswer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  find(origin: string): Promise<ProxyAnswer> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#send(id, origin);
    });
  }
}
