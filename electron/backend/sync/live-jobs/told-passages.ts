import type { Passage, Passages, Trust } from '../../network/passage';
import type { SamePassage } from './live-job.worker';

/** Milliseconds that an answer holds: a job asks for its one org all the time, and settings change seldom. */
const LASTS = 500;

/** How orgs are reached, as the thread that holds the settings tells it. */
export class ToldPassages implements Passages {
  readonly #ask: (id: number, url: string, version: number) => void;
  readonly #waiting = new Map<number, (passage: Passage) => void>();
  #lastId = 0;
  #trust: Trust | null = null;
  #known: { origin: string; until: number; passage: Promise<Passage> } | null = null;

  /** @param ask for an address, naming the trust that is known here already; 0: none */
  constructor(ask: (id: number, url: string, version: number) => void) {
    this.#ask = ask;
  }

  passageTo(url: URL): Promise<Passage> {
    const { origin } = url;
    if (this.#known?.origin === origin && this.#known.until > performance.now()) return this.#known.passage;
    const id = ++this.#lastId;
    const passage = new Promise<Passage>((resolve) => this.#waiting.set(id, resolve));
    this.#known = { origin, until: performance.now() + LASTS, passage };
    this.#ask(id, url.href, this.#trust?.version ?? 0);
    return passage;
  }

  /** Takes an answer. */
  receive(id: number, told: Passage | SamePassage): void {
    const passage = 'version' in told && this.#trust ? { ways: told.ways, trust: this.#trust } : (told as Passage);
    if ('trust' in passage) this.#trust = passage.trust;
    this.#waiting.get(id)?.(passage);
    this.#waiting.delete(id);
  }
}
