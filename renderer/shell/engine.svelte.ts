import type { BackendState } from '../../shared/ipc/native';
import type { Message } from '../../shared/words/message';

/** The state of the backend process, which this window calls its engine. */
class Engine {
  state = $state<BackendState>('starting');
  detail = $state.raw<Message | null>(null);
  /** How often it came back after it was lost: what is on screen may then be stale. */
  returns = $state(0);
  #wasGone = false;

  listen(): () => void {
    return window.laurel.onBackendState((state, detail) => {
      // Between a loss and its end there may be other states: one that a person starts again is `starting` first.
      if (state === 'restarting' || state === 'lost' || state === 'shut') this.#wasGone = true;
      if (state === 'ready' && this.#wasGone) {
        this.#wasGone = false;
        this.returns += 1;
      }
      this.state = state;
      this.detail = detail;
    });
  }

  restart(): Promise<void> {
    return window.laurel.restartBackend();
  }
}

export const engine = new Engine();
